"""Every page that people see, with its address in a workshop."""

from dataclasses import dataclass

import httpx2
from tests.browser.agreement.scripted import ROUND, Played
from tests.browser.installation import Workshop
from tests.browser.members import boards_of

FRESH = "text=nothing has changed since"


@dataclass(frozen=True)
class Stop:
    """A page: its name in file names, its path, who looks, and what is there when it is complete."""

    name: str
    path: str
    visitor: httpx2.Client | None
    shows: str = "h1"  # a selector


def tour(workshop: Workshop, five: Played) -> list[Stop]:
    """All pages; explanations are shown to the analyst, since the owner has an open board in the run."""
    owner, analyst, project = workshop.owner, workshop.analyst, workshop.project_id
    naming = five.people[4]  # has concepts on a board that is not finished
    board = boards_of(naming, ROUND)["DEFECTIVE"]
    images = analyst.get(f"/api/runs/{workshop.run_id}/images").json()["items"]
    image = images[0]["image_id"]
    classes = analyst.get(f"/api/runs/{workshop.run_id}").json()["classes"]
    defective = next(each["position"] for each in classes if each["name"] == "DEFECTIVE")
    first, fifth = sorted((five.pseudonyms[0], five.pseudonyms[4]))
    agreement = f"/agreement/{five.round_id}"
    invitation = owner.post(f"/api/projects/{project}/invitations", json={"role": "annotator"}).json()["link"]
    inside = f"?project={project}"
    of_class = f"{inside}&class={defective}"
    return [
        Stop("sign-in", "/sign-in", None),
        Stop("invitation", f"/invitations/{invitation.rpartition('/')[2]}", None),
        Stop("projects", f"/{inside}", owner),
        Stop("people", f"/people{inside}", owner),
        Stop("data-sets", f"/data-sets{inside}", owner),
        Stop("new-data-set", f"/data-sets/new{inside}", owner),
        Stop("data-set", f"/data-sets/{workshop.data_set_id}{inside}", owner),
        Stop("classifiers", f"/classifiers{inside}", owner),
        Stop("new-classifier", f"/classifiers/new{inside}", owner),
        Stop("classifier", f"/classifiers/{workshop.classifier_id}{inside}", owner),
        Stop("runs", f"/runs{inside}", owner),
        Stop("new-run", f"/runs/new{inside}", owner),
        Stop("run", f"/runs/{workshop.run_id}{inside}", owner),
        Stop("run-features", f"/runs/{workshop.run_id}{inside}&part=features", owner),
        Stop("run-maps", f"/runs/{workshop.run_id}{inside}&part=maps", owner),
        Stop("naming-rounds", f"/naming-rounds{inside}", owner),
        Stop("new-naming-round", f"/naming-rounds/new{inside}", owner),
        Stop("naming-round", f"/naming-rounds/{five.round_id}{inside}", owner, "table"),
        Stop("judgements", f"/judgements{inside}&round={five.round_id}", analyst),
        Stop("agreement", f"{agreement}{inside}", analyst, FRESH),
        Stop("agreement-pairs", f"{agreement}/pairs{of_class}&a={first}&b={fifth}", analyst, FRESH),
        Stop("agreement-summary", f"{agreement}/summary{of_class}", analyst, FRESH),
        Stop("agreement-vocabulary", f"{agreement}/vocabulary{of_class}", analyst, FRESH),
        Stop("jobs", f"/jobs{inside}", owner),
        Stop("explain", f"/explain/{workshop.run_id}{inside}", analyst),
        Stop("explanation", f"/explain/{workshop.run_id}/{image}{inside}", analyst),
        Stop("explain-blinded", f"/explain/{workshop.run_id}{inside}", owner),
        Stop("boards", f"/boards{inside}", owner),
        Stop("boards-annotator", f"/boards{inside}", five.people[0].client),
        Stop("board", f"/boards/{board}{inside}", naming.client, "[role=option]"),
        Stop("not-found", f"/nowhere{inside}", owner),
    ]
