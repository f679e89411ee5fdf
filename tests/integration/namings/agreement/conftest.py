"""A naming round whose agreement is measured: boards of two classes, and an analyst at the pages."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update
from tests.integration.boards.conftest import some_run
from tests.integration.conftest import Browser, NewBrowser
from tests.integration.namings.conftest import fill

from glossator.boards.making import make_boards
from glossator.database import Database
from glossator.maps.tables import ActivationMap, ExplainedImage
from glossator.people.tables import Role
from glossator.settings import Settings
from glossator.storage.blobs import FolderStorage
from glossator_worker.loop import Worker

IMAGES = 24
DEFECTIVE, NOT_DEFECTIVE = 0, 1


@dataclass(frozen=True)
class Round:
    """Three annotators at boards of two classes, and an analyst with none.

    Attributes:
        boards: by class and annotator, both in order.
        maps: of each class, ids in the order of X-features and images.
    """

    round_id: UUID
    boards: tuple[tuple[UUID, ...], ...]
    maps: tuple[tuple[str, ...], ...]
    analyst: Browser
    annotators: tuple[Browser, ...]
    compute: Callable[[], int]

    @property
    def url(self) -> str:
        return f"/api/agreement/{self.round_id}"

    def get(self, path: str = "", status: int = 200, **query: object) -> Any:
        answer = self.analyst.client.get(self.url + path, params=query)
        assert answer.status_code == status, answer.text
        return answer.json()

    def refresh(self, **query: object) -> str | None:
        answer = self.analyst.client.post(f"{self.url}/refresh", params=query)
        assert answer.status_code == 200, answer.text
        job_id: str | None = answer.json()["job_id"]
        return job_id

    def judge(self, name_a: str, name_b: str, relation: str) -> None:
        body = {"name_a": name_a, "name_b": name_b, "relation": relation}
        url = f"/api/projects/{self.analyst.project_id}/judgements"
        assert self.analyst.client.put(url, json=body).status_code == 204

    def settle(self, **query: object) -> None:
        """Figures, then levels of chance, until all is fresh."""
        while self.refresh(**query) is not None:
            self.compute()

    def states(self, **query: object) -> dict[str, str]:
        return {each["name"]: each["state"] for each in self.get(**query)["classes"]}


@pytest.fixture
def named(
    browser: NewBrowser,
    database: Database,
    storage: FolderStorage,
    service_settings: Settings,
    project_id: UUID,
) -> Round:
    """The boards of both classes, named by hand; nothing is computed yet."""
    annotators = tuple(browser(Role.ANNOTATOR) for _ in range(3))
    with database.transaction() as session:
        run = some_run(session, project_id, storage, images=IMAGES, seed=4)
        of_run = ExplainedImage.run_id == run.run_id
        images = session.scalars(select(ExplainedImage.image_id).where(of_run).order_by("image_id")).all()
        second = images[IMAGES // 2 :]
        session.execute(
            update(ExplainedImage).where(of_run, ExplainedImage.image_id.in_(second)).values(class_position=1)
        )
        session.execute(
            update(ActivationMap)
            .where(ActivationMap.run_id == run.run_id, ActivationMap.image_id.in_(second))
            .values(class_position=1)
        )
        people = [each.account_id for each in annotators]
        made = make_boards(session, run_id=run.run_id, account_ids=people, seed=1)
        boards = tuple(
            tuple(
                next(b.id for b in made.boards if b.class_position == position and b.account_id == account)
                for account in people
            )
            for position in (DEFECTIVE, NOT_DEFECTIVE)
        )
        rows = session.execute(
            select(ActivationMap.class_position, ActivationMap.id)
            .where(ActivationMap.run_id == run.run_id, ActivationMap.place.is_not(None))
            .order_by(ActivationMap.x_feature, ActivationMap.image_id)
        ).all()
        maps = tuple(
            tuple(str(each) for where, each in rows if where == position)
            for position in (DEFECTIVE, NOT_DEFECTIVE)
        )
        first, other = maps
        fill(session, boards[0][0], [("crack", first[:8]), ("hole", first[8:14])], complete=True)
        fill(session, boards[0][1], [("Crack", first[:5]), ("line", first[5:8]), ("pit", first[8:13])])
        fill(session, boards[0][2], [("crack", first[2:8])], discarded=first[:1])
        fill(session, boards[1][0], [("band", other[:6])])
        fill(session, boards[1][1], [("stripe", other[:6])])
    me = uuid4()
    worker = Worker(database, storage, service_settings, worker_id=lambda: me)
    return Round(
        made.naming_round.id, boards, maps, browser(Role.ANALYST), annotators, lambda: worker.drain("cpu")
    )


@pytest.fixture
def computed(named: Round) -> Round:
    """The same with its figures and their levels of chance."""
    named.settle()
    return named
