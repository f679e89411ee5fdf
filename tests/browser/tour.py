"""Every page that people see, with its address in a workshop."""

from dataclasses import dataclass
from uuid import uuid4

from tests.browser.installation import Workshop


@dataclass(frozen=True)
class Stop:
    """A page: its name in file names, its path, and what is there when it is complete."""

    name: str
    path: str
    shows: str  # a selector
    public: bool = False


def tour(workshop: Workshop) -> list[Stop]:
    """All pages; those marked public are seen without signing in."""
    owner, project = workshop.owner, workshop.project_id
    boards = owner.get(f"/api/boards?project={project}").json()["items"]
    board = next(each for each in boards if each["class_name"] == "DEFECTIVE")["id"]
    images = owner.get(f"/api/runs/{workshop.run_id}/images").json()["items"]
    image = images[0]["id"] if images else str(uuid4())
    invitation = owner.post(f"/api/projects/{project}/invitations", json={"role": "annotator"}).json()["link"]
    inside = f"?project={project}"
    return [
        Stop("sign-in", "/sign-in", "h1", public=True),
        Stop("invitation", f"/invitations/{invitation.rpartition('/')[2]}", "h1", public=True),
        Stop("projects", f"/{inside}", "h1"),
        Stop("people", f"/people{inside}", "h1"),
        Stop("data-sets", f"/data-sets{inside}", "h1"),
        Stop("new-data-set", f"/data-sets/new{inside}", "h1"),
        Stop("data-set", f"/data-sets/{workshop.data_set_id}{inside}", "h1"),
        Stop("classifiers", f"/classifiers{inside}", "h1"),
        Stop("new-classifier", f"/classifiers/new{inside}", "h1"),
        Stop("classifier", f"/classifiers/{workshop.classifier_id}{inside}", "h1"),
        Stop("runs", f"/runs{inside}", "h1"),
        Stop("new-run", f"/runs/new{inside}", "h1"),
        Stop("run", f"/runs/{workshop.run_id}{inside}", "h1"),
        Stop("run-features", f"/runs/{workshop.run_id}{inside}&part=features", "h1"),
        Stop("run-maps", f"/runs/{workshop.run_id}{inside}&part=maps", "h1"),
        Stop("jobs", f"/jobs{inside}", "h1"),
        Stop("explain", f"/explain/{workshop.run_id}{inside}", "h1"),
        Stop("explanation", f"/explain/{workshop.run_id}/{image}{inside}", "h1"),
        Stop("boards", f"/boards{inside}", "h1"),
        Stop("board", f"/boards/{board}{inside}", "[role=option]"),
        Stop("not-found", f"/nowhere{inside}", "h1"),
    ]
