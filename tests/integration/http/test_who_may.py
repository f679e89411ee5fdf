"""Every route of the service × every kind of person: who comes past the door, and what the others are told.

`yes` is any answer but 401, 403 and 404; what the request then does is tested elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from fastapi.routing import APIRoute
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.routing import BaseRoute, Route
from starlette.testclient import TestClient
from tests.integration.conftest import ADDRESS, PASSWORD
from tests.servers import Servers

from glossator.app import create_app
from glossator.boards.making import make_boards
from glossator.classifiers.tables import Classifier
from glossator.database import Database, make_engine, now
from glossator.datasets.tables import DataSet, Image
from glossator.http.deps import cookie_name
from glossator.jobs.tables import Job
from glossator.maps.figures import ClassFigures
from glossator.maps.tables import ActivationMap, ExplainedImage, Run, RunClass, Sheet, XFeature
from glossator.people import accounts, projects
from glossator.people.roles import Role
from glossator.people.tables import Account, Membership
from glossator.settings import Settings
from glossator.storage.blobs import FolderStorage

PEOPLE = ("owner", "researcher", "analyst", "annotator", "stranger", "nobody")

# who may:        owner researcher analyst annotator stranger nobody
EVERYBODY = "     yes   yes        yes     yes       yes      yes"
SIGNED_IN = "     yes   yes        yes     yes       yes      401"
MEMBERS = "       yes   yes        yes     yes       404      401"
READERS = "       yes   yes        yes     403       404      401"
RESEARCHERS = "   yes   yes        403     403       404      401"
OWNERS = "        yes   403        403     403       404      401"
BOARDS_OWN = "    404   404        404     yes       404      401"
MAKERS = "        yes   yes        403     403       yes      401"  # the stranger does research elsewhere
RESTORERS = "     yes   404        404     404       404      401"  # others know of no deleted project

TABLE = {
    "GET /health": EVERYBODY,
    "GET /api/openapi.json": EVERYBODY,
    "GET /api/me": SIGNED_IN,
    "POST /api/sign-in": EVERYBODY,
    "POST /api/sign-out": EVERYBODY,
    "GET /api/sign-in-links/{token}": EVERYBODY,
    "POST /api/sign-in-links/{token}": EVERYBODY,
    "GET /api/invitations/{token}": EVERYBODY,
    "POST /api/invitations/{token}": EVERYBODY,
    "DELETE /api/invitations/{invitation_id}": OWNERS,
    "GET /api/projects": SIGNED_IN,
    "POST /api/projects": MAKERS,
    "PATCH /api/projects/{project_id}": OWNERS,
    "DELETE /api/projects/{project_id}": OWNERS,
    "POST /api/projects/{project_id}/restore": RESTORERS,
    "GET /api/projects/{project_id}/people": OWNERS,
    "PUT /api/projects/{project_id}/people/{account_id}/roles": OWNERS,
    "POST /api/projects/{project_id}/invitations": OWNERS,
    "GET /api/projects/{project_id}/members": RESEARCHERS,
    "GET /api/projects/{project_id}/judgements": READERS,
    "PUT /api/projects/{project_id}/judgements": READERS,
    "DELETE /api/projects/{project_id}/judgements": READERS,
    "GET /api/projects/{project_id}/judgements.csv": READERS,
    "GET /api/projects/{project_id}/judgements/maps": READERS,
    "GET /api/agreement/{round_id}": READERS,
    "POST /api/agreement/{round_id}/refresh": READERS,
    "GET /api/agreement/{round_id}/classes/{position}/pairs": READERS,
    "GET /api/agreement/{round_id}/classes/{position}/edge": READERS,
    "GET /api/agreement/{round_id}/classes/{position}/tiles": READERS,
    "GET /api/agreement/{round_id}/classes/{position}/summary": READERS,
    "GET /api/agreement/{round_id}/classes/{position}/images": READERS,
    "GET /api/agreement/{round_id}/classes/{position}/vocabulary": READERS,
    "GET /api/agreement/{round_id}/classes/{position}/groups/{concept}/maps": READERS,
    "GET /api/agreement/{round_id}/classes/{position}/disputes": READERS,
    "GET /api/naming-rounds": READERS,
    "POST /api/naming-rounds": RESEARCHERS,
    "GET /api/naming-rounds/{round_id}": READERS,
    "PATCH /api/naming-rounds/{round_id}": RESEARCHERS,
    "POST /api/naming-rounds/{round_id}/boards": RESEARCHERS,
    "GET /api/naming-rounds/{round_id}/namings.csv": READERS,
    "GET /api/jobs": READERS,
    "GET /api/jobs/{job_id}": READERS,
    "POST /api/jobs/{job_id}/cancel": RESEARCHERS,
    "POST /api/jobs/{job_id}/retry": RESEARCHERS,
    "GET /api/workers": SIGNED_IN,
    "GET /api/events": READERS,
    "GET /api/data-sets": READERS,
    "POST /api/data-sets": RESEARCHERS,
    "GET /api/data-sets/{data_set_id}": READERS,
    "GET /api/data-sets/{data_set_id}/images": READERS,
    "GET /api/data-sets/{data_set_id}/report": READERS,
    "GET /api/images/{image_id}/picture": MEMBERS,
    "GET /api/images/{image_id}/mask": READERS,
    "GET /api/architectures": SIGNED_IN,
    "GET /api/classifiers": READERS,
    "POST /api/classifiers": RESEARCHERS,
    "GET /api/classifiers/{classifier_id}": READERS,
    "GET /api/runs": READERS,
    "POST /api/runs": RESEARCHERS,
    "GET /api/runs/{run_id}": READERS,
    "GET /api/runs/{run_id}/stops": READERS,
    "POST /api/runs/{run_id}/variant": RESEARCHERS,
    "GET /api/runs/{run_id}/examples": READERS,
    "GET /api/runs/{run_id}/classes/{position}/sheets/{kind}/{number}": READERS,
    "GET /api/runs/{run_id}/images": MEMBERS,
    "GET /api/runs/{run_id}/namers": MEMBERS,
    "GET /api/runs/{run_id}/images/{image_id}/picture": MEMBERS,
    "GET /api/explanations/{run_id}/{image_id}": MEMBERS,
    "POST /api/runs/{run_id}/boards": RESEARCHERS,
    "GET /api/boards": MEMBERS,
    "GET /api/practice-boards": MEMBERS,
    "POST /api/naming-rounds/{round_id}/practice-board": MEMBERS,
    "GET /api/boards/{board_id}": BOARDS_OWN,
    "POST /api/boards/{board_id}/commands": BOARDS_OWN,
    "GET /api/boards/{board_id}/commands": BOARDS_OWN,
    "GET /api/boards/{board_id}/similar-together": BOARDS_OWN,
    "POST /api/boards/{board_id}/most-like": BOARDS_OWN,
    "POST /api/boards/{board_id}/show-anyway": BOARDS_OWN,
    "GET /api/boards/{board_id}/sheets/{sha256}": BOARDS_OWN,
    "GET /api/boards/{board_id}/maps/{map_id}/large": BOARDS_OWN,
    "GET /api/boards/{board_id}/maps/{map_id}/picture": BOARDS_OWN,
}

NO_FIGURE = {"k": None, "n": 0, "value": None}


@dataclass(frozen=True)
class House:
    """One project with a row of every kind, and the people around it."""

    client: TestClient
    database: Database
    cookie: str
    people: dict[str, UUID]
    ids: dict[str, object]

    def ask(self, route: str, who: str) -> int:
        """The status that this person meets; each request has a session of its own."""
        method, template = route.split()
        headers = {}
        if who in self.people:
            with self.database.transaction() as session:
                token = accounts.start_session(session, session.get_one(Account, self.people[who]))
            headers["Cookie"] = f"{self.cookie}={token}"
        ids = self.ids
        if route.endswith("/restore"):
            ids = {**ids, "project_id": ids["deleted_id"]}
        sent = {"params": self.query(route), **self.content(route)}
        answer = self.client.request(method, template.format(**ids), headers=headers, **sent)
        self.client.cookies.clear()
        return answer.status_code

    def query(self, route: str) -> dict[str, str]:
        project = str(self.ids["project_id"])
        if route == "GET /api/events":  # the second topic ends the stream before it begins, behind the door
            return {"topics": f"jobs:{project},nothing"}
        if route in {
            "DELETE /api/projects/{project_id}/judgements",
            "GET /api/projects/{project_id}/judgements/maps",
        }:
            return {"name_a": "wing", "name_b": "eye"}
        return {"project": project, "after": "0"} if "commands" in route else {"project": project}

    def content(self, route: str) -> dict[str, object]:
        """A body that is read without complaint, so that only the door refuses; uploads lack a file."""
        ids = {name: str(value) for name, value in self.ids.items()}
        create = {"kind": "create_concept", "concept_id": str(uuid4()), "name": "Spot", "after": None}
        envelope = {"command_id": str(uuid4()), "sequence": 0, "at": now().isoformat()}
        bodies: dict[str, object] = {
            "POST /api/sign-in": {"email": "spare@example.org", "password": PASSWORD},
            "POST /api/sign-in-links/{token}": {},
            "POST /api/invitations/{token}": {},
            "POST /api/projects": {"name": "Another"},
            "PATCH /api/projects/{project_id}": {"name": "Tiles"},
            "DELETE /api/projects/{project_id}": {"name": "not its name"},
            "PUT /api/projects/{project_id}/people/{account_id}/roles": {"roles": ["analyst"]},
            "POST /api/projects/{project_id}/invitations": {"role": "analyst"},
            "POST /api/runs": {"project_id": ids["project_id"], "classifier_id": ids["classifier_id"]},
            "POST /api/runs/{run_id}/variant": {"variant": "plain"},
            "POST /api/runs/{run_id}/boards": {"classes": [0]},
            "POST /api/naming-rounds": {"run_id": ids["run_id"], "name": "Second", "annotators": []},
            "PATCH /api/naming-rounds/{round_id}": {"instructions": "Name what you see."},
            "POST /api/naming-rounds/{round_id}/practice-board": {"again": False},
            "POST /api/naming-rounds/{round_id}/boards": {"annotators": [ids["account_id"]]},
            "PUT /api/projects/{project_id}/judgements": {
                "name_a": "wing",
                "name_b": "eye",
                "relation": "none",
            },
            "POST /api/boards/{board_id}/commands": {
                "client_id": str(uuid4()),
                "base_version": 0,
                "commands": [{**create, **envelope}],
            },
            "POST /api/boards/{board_id}/most-like": {"maps": [ids["map_id"]]},
        }
        if route in bodies:
            return {"json": bodies[route]}
        if route == "POST /api/data-sets":
            fields = {"project": ids["project_id"], "name": "New"}
        elif route == "POST /api/classifiers":
            fields = {"data_set_id": ids["data_set_id"], "name": "New", "architecture": "cifar_resnet20"}
        else:
            return {}
        return {"data": fields, "files": {"another": ("x", b"")}}


@pytest.fixture(scope="module")
def house(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder: Path = tmp_path_factory.mktemp("blobs")
    with servers.fresh_database() as url:
        servers_of = {
            "database_url": url,
            "redis_url": servers.redis.url(),
            "storage_url": f"file://{folder}",
        }
        settings = Settings(**servers_of, public_url=ADDRESS)
        database = Database(make_engine(url))
        with database.transaction() as session:
            people, ids = furnished(session, FolderStorage(folder).put(b"any bytes"))
        with TestClient(create_app(settings), base_url=ADDRESS, headers={"Origin": ADDRESS}) as client:
            yield House(client, database, cookie_name(settings), people, ids)
        database.close()


def furnished(session: Session, blob: str) -> tuple[dict[str, UUID], dict[str, object]]:
    """People by their role, and an id for every placeholder of a route."""
    founder = accounts.ensure_owner(session).id
    project_id, other_id, deleted_id = (
        projects.create(session, name=name, account_id=founder).id for name in ("Tiles", "Other", "Deleted")
    )
    people = {}
    for who in PEOPLE[:-1]:
        account = Account(email=f"{who}@example.org", name=who)
        session.add(account)
        session.flush()
        people[who] = account.id
        if who == "stranger":
            projects.set_roles(session, other_id, account.id, [Role.RESEARCHER])
        else:
            projects.set_roles(session, project_id, account.id, [Role(who)])
            projects.set_roles(session, deleted_id, account.id, [Role(who)])
    spare = accounts.new_account(session, name="Spare", email="spare@example.org", password=PASSWORD).id
    projects.set_roles(session, project_id, spare, [Role.ANALYST])
    invitation, _ = projects.invite(
        session, project_id=project_id, role=Role.ANALYST, note="", invited_by=founder
    )
    ids = computed(session, project_id, people["annotator"], blob)
    projects.delete_project(session, deleted_id, typed_name="Deleted")
    ids |= {"project_id": project_id, "deleted_id": deleted_id, "account_id": spare}
    ids |= {"invitation_id": invitation.id, "token": "A" * 22}
    return people, ids | {"sha256": blob, "position": 0, "kind": "photographs", "number": 0, "concept": 0}


def computed(session: Session, project_id: UUID, annotator: UUID, blob: str) -> dict[str, object]:
    """A data set, a classifier and a run with one map, and boards that hide nothing from their people."""

    def stored(row: Job | DataSet | Classifier | Image | Run) -> UUID:
        session.add(row)
        session.flush()
        return row.id

    asked = {"project_id": project_id, "kind": "maps", "title": "Maps", "parameters": {}}
    job = Job(**asked, fingerprint=b"f", state="failed")
    data_set = DataSet(project_id=project_id, name="tiles", source=blob, split_rule={}, imported_at=now())
    within = {"project_id": project_id, "data_set_id": stored(data_set)}
    classifier = Classifier(
        **within, name="net", architecture="tile_grid", weights=blob, preprocessing={}, preprocessing_given={}
    )
    shape = {"map_height": 1, "map_width": 1, "variant": "plain", "finished_at": now()}
    described = {"name": "run", "parameters": {}, "versions": {}, "secret": b"0" * 32}
    run = Run(**within, **described, **shape, classifier_id=stored(classifier))
    blobs = {"sha256": blob, "picture": blob, "thumbnail": blob, "mask": blob}
    shown = {"file_name": "1.png", "width": 1, "height": 1, "label": "A", "split": "test"}
    image = Image(data_set_id=data_set.id, **blobs, **shown)
    of_run = {"run_id": stored(run), "class_position": 0}
    table = {each.name: 0 if each.type is int else NO_FIGURE for each in fields(ClassFigures)}
    table |= {"lost": 0, "mostly_lost": 0, "note": None}
    session.add(RunClass(run_id=run.id, position=0, name="A", figures=table))
    of_image = {**of_run, "image_id": stored(image)}
    seen = {"predicted": 0, "probability": 0.9, "score": 1.0, "contributions": [1.0], "significant": 1}
    session.add(ExplainedImage(**of_image, **seen, picture=blob))
    variants = {
        f"{variant}{field}": value
        for variant in ("plain", "contrastive")
        for field, value in {"": b"0", "_scale": 1.0, "_sum": 1.0, "_lost": {"total": 0.0}}.items()
    }
    figures = {"x_feature": 1, "place": 0, "contribution": 1.0, "share": 1.0}
    drawn = ActivationMap(id=uuid4(), **of_image, **figures, **variants)
    session.add(drawn)
    session.add(XFeature(**of_run, number=1, weight=1.0, status="live"))
    for kind in ("photographs", "plain"):
        session.add(Sheet(**of_run, kind=kind, number=0, blob=blob, tile=1, columns=1, capacity=1))
    session.flush()
    members = session.scalars(select(Membership.account_id).where(Membership.project_id == project_id)).all()
    made = make_boards(session, run_id=run.id, account_ids=sorted(set(members)))
    boards = made.boards
    for board in boards:
        board.blind = False
    own = next(board.id for board in boards if board.account_id == annotator)
    ids = {"job_id": stored(job), "data_set_id": data_set.id, "classifier_id": classifier.id}
    ids["round_id"] = made.naming_round.id
    return {**ids, "run_id": run.id, "image_id": image.id, "map_id": drawn.id, "board_id": own}


def routes_of(routes: list[BaseRoute]) -> set[str]:
    """`GET /api/…` of every route, those of included routers too."""
    found: set[str] = set()
    for route in routes:
        inside = getattr(route, "original_router", None)
        if inside is not None:
            found |= routes_of(inside.routes)
        elif isinstance(route, Route | APIRoute) and route.path.startswith(("/api", "/health")):
            found |= {f"{method} {route.path}" for method in (route.methods or set()) - {"HEAD"}}
    return found


def test_every_route_stands_in_the_table() -> None:
    assert routes_of(create_app().routes) == set(TABLE)


@pytest.mark.parametrize("route", TABLE)
def test_a_route_lets_in_whom_the_table_says(house: House, route: str) -> None:
    met = {}
    for who in reversed(PEOPLE):  # who may do less comes first, so that nothing is gone before they ask
        status = house.ask(route, who)
        assert status < 500
        met[who] = str(status) if status in {401, 403, 404} else "yes"

    assert met == dict(zip(PEOPLE, TABLE[route].split(), strict=True))
