"""Similar maps together, and more like these: orders from what the network sees, and from nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import httpx2
import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import binom
from sklearn.model_selection import cross_val_predict
from sklearn.tree import DecisionTreeClassifier
from sqlalchemy import select
from tests.integration.boards.conftest import NewBoard, SomeRun, some_run
from tests.integration.conftest import Browser, NewBrowser

from glossator.boards.making import make_boards
from glossator.database import Database
from glossator.maps import likeness, results
from glossator.maps.likeness import Likeness
from glossator.maps.tables import ActivationMap
from glossator.people.roles import Role
from glossator.storage.blobs import FolderStorage

KINDS = 4


@dataclass(frozen=True)
class Compared:
    """A board whose maps are of four kinds, seen by the network; `kinds` stand in the board's order."""

    person: Browser
    url: str
    run: SomeRun
    maps: list[str]
    kinds: NDArray[np.int64]

    def similar_together(self) -> list[int]:
        answer = self.person.client.get(f"{self.url}/similar-together")
        assert answer.status_code == 200, answer.text
        assert answer.json().keys() == {"order"}
        return [int(each) for each in answer.json()["order"]]

    def most_like(self, chosen: Iterable[int]) -> list[int]:
        answer = self.ask([self.maps[each] for each in chosen])
        assert answer.status_code == 200, answer.text
        assert answer.json().keys() == {"order"}
        return [int(each) for each in answer.json()["order"]]

    def ask(self, maps: list[str]) -> httpx2.Response:
        return self.person.client.post(f"{self.url}/most-like", json={"maps": maps})


def compared(
    browser: NewBrowser, database: Database, storage: FolderStorage, project_id: UUID, *, images: int = 40
) -> Compared:
    person = browser(Role.ANNOTATOR)
    draw = np.random.default_rng(1)
    with database.transaction() as session:
        run = some_run(session, project_id, storage, images=images, seed=2)
        placed = session.execute(
            select(ActivationMap.id)
            .where(ActivationMap.run_id == run.run_id, ActivationMap.place.is_not(None))
            .order_by(ActivationMap.place)
        )
        ids = [str(each) for (each,) in placed]
        kinds = draw.integers(0, KINDS, len(ids))
        plain, contrastive = (
            Likeness.of(draw.gamma(0.5, size=(KINDS, 24))[shown] + 0.05 * draw.random((len(ids), 24)))
            for shown in (kinds, draw.permutation(kinds))
        )
        blob = storage.put(likeness.to_bytes(plain, contrastive))
        results.store_array(session, run.run_id, results.LIKENESS, 0, blob)
        board = make_boards(session, run_id=run.run_id, account_ids=[person.account_id], seed=3).boards[0].id
    url = f"/api/boards/{board}"
    maps = [each for each, _ in person.client.get(url).json()["maps"]]
    of = dict(zip(ids, kinds.tolist(), strict=True))
    return Compared(person, url, run, maps, np.array([of[each] for each in maps]))


@pytest.fixture
def board(browser: NewBrowser, database: Database, storage: FolderStorage, project_id: UUID) -> Compared:
    return compared(browser, database, storage, project_id)


def test_similar_maps_stand_together_and_every_map_stands_once(board: Compared) -> None:
    order = board.similar_together()

    assert sorted(order) == list(range(len(board.maps)))
    row = board.kinds[order]
    assert int((row[1:] != row[:-1]).sum()) == KINDS - 1
    assert order == board.similar_together()


def test_what_is_like_some_maps_comes_right_behind_them(board: Compared) -> None:
    own = np.flatnonzero(board.kinds == 2)
    order = board.most_like(own[:3])

    assert sorted(order) == list(range(len(board.maps)))
    assert order[:3] == own[:3].tolist()
    assert set(order[: len(own)]) == set(own.tolist())


def test_orders_do_not_depend_on_what_anybody_did(board: Compared) -> None:
    before = board.similar_together(), board.most_like([0, 5])
    command = {
        "kind": "assign",
        "command_id": "018f0000-0000-7000-8000-000000000001",
        "sequence": 1,
        "at": "2026-01-01T00:00:00Z",
        "maps": board.maps[:7],
        "to": "discarded",
    }
    sent = {"client_id": "018f0000-0000-7000-8000-000000000002", "base_version": 0, "commands": [command]}
    assert board.person.client.post(f"{board.url}/commands", json=sent).status_code == 200

    assert (board.similar_together(), board.most_like([0, 5])) == before


def test_a_map_of_another_board_and_no_map_at_all_are_refused(board: Compared) -> None:
    stranger = "00000000-0000-4000-8000-000000000000"
    answer = board.ask([board.maps[0], stranger])

    assert answer.status_code == 422
    assert answer.json()["code"] == "unknown_map"
    assert stranger in answer.json()["detail"]
    assert board.ask([]).status_code == 422


def test_a_run_that_compared_no_maps_says_so_in_a_sentence(browser: NewBrowser, new_board: NewBoard) -> None:
    person = browser(Role.ANNOTATOR)
    url = f"/api/boards/{new_board(person.account_id)}"
    map_id = person.client.get(url).json()["maps"][0][0]

    for answer in (
        person.client.get(f"{url}/similar-together"),
        person.client.post(f"{url}/most-like", json={"maps": [map_id]}),
    ):
        assert answer.status_code == 409
        assert answer.json()["code"] == "maps_not_compared"
        assert "boards of a new run" in answer.json()["detail"]


def test_orders_tell_no_x_feature_where_what_the_network_sees_does_not(
    browser: NewBrowser, database: Database, storage: FolderStorage, project_id: UUID
) -> None:
    """Kinds are drawn without regard to X-features: a classifier on ranks in both orders beats no chance."""
    board = compared(browser, database, storage, project_id, images=300)
    orders = [board.similar_together(), board.most_like([0]), board.most_like([1, 2, 3])]
    ranks = np.stack([np.argsort(order) for order in orders], axis=1)
    sent = np.hstack([ranks, ranks % 2, np.arange(len(ranks))[:, None] - ranks])
    secret = np.array([board.run.x_features[each] for each in board.maps])

    for depth in (2, 6, None):
        tree = DecisionTreeClassifier(max_depth=depth, random_state=0)
        right = int((cross_val_predict(tree, sent, secret, cv=5) == secret).sum())
        commonest = np.bincount(secret).max() / len(secret)
        assert right <= binom.ppf(0.999, len(secret), commonest), (depth, right / len(secret), commonest)
