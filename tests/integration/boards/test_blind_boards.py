"""Nothing that a board sends tells an X-feature, a label, a file or another person's work."""

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.stats import binom
from sklearn.model_selection import cross_val_predict
from sklearn.tree import DecisionTreeClassifier
from tests.integration.boards.conftest import NewBoard, some_run
from tests.integration.boards.test_board_commands import Hand
from tests.integration.conftest import Browser, NewBrowser

from glossator.boards.making import make_boards
from glossator.boards.queries import names_of_maps
from glossator.boards.service import may_look
from glossator.database import Database
from glossator.people.tables import Role
from glossator.storage.blobs import FolderStorage

CERTAINTY = 0.999


def numbers_of(state: dict[str, Any], large: dict[str, Any], map_id: str) -> list[float]:
    """Everything a board sends about one map, as numbers: order, place, id, sizes."""
    order, (_, place) = next(
        (index, entry) for index, entry in enumerate(state["maps"]) if entry[0] == map_id
    )
    sheet = state["tile"]["photographs"]
    identifier = UUID(map_id)
    return [
        order,
        order % 2,
        place,
        place % 2,
        place // sheet["capacity"],
        place % sheet["columns"],
        abs(order - place),
        *identifier.bytes,
        identifier.int % 3,
        len(json.dumps(state["maps"][order])),
        len(json.dumps(large)),
    ]


def test_a_classifier_on_all_that_a_board_sends_beats_no_chance(
    browser: NewBrowser, database: Database, storage: FolderStorage, project_id: UUID
) -> None:
    """Right guesses stay within the binomial bound of always guessing the commonest X-feature."""
    annotator = browser(Role.ANNOTATOR)
    with database.transaction() as session:
        run = some_run(session, project_id, storage, images=300, seed=3)
        made = make_boards(session, run_id=run.run_id, account_ids=[annotator.account_id], seed=5)
        board_id = made.boards[0].id
    state = annotator.client.get(f"/api/boards/{board_id}").json()
    large = {
        name: annotator.client.get(f"/api/boards/{board_id}/maps/{name}/large").json()
        for name, _ in state["maps"][::40]
    }
    sent: NDArray[np.float64] = np.array(
        [numbers_of(state, large.get(name, {}), name) for name, _ in state["maps"]], float
    )
    secret = np.array([run.x_features[name] for name, _ in state["maps"]])

    for depth in (2, 6, None):
        guesses = cross_val_predict(
            DecisionTreeClassifier(max_depth=depth, random_state=0), sent, secret, cv=5
        )
        right = int((guesses == secret).sum())
        commonest = np.bincount(secret).max() / len(secret)
        assert right <= binom.ppf(CERTAINTY, len(secret), commonest), (depth, right / len(secret), commonest)


def test_the_classifier_of_this_test_finds_what_an_order_of_insertion_would_tell(
    database: Database, storage: FolderStorage, project_id: UUID
) -> None:
    """The guard itself: places in the order of the X-features would be found out."""
    with database.transaction() as session:
        run = some_run(session, project_id, storage, images=300, seed=3)
    secret = np.array(sorted(run.x_features.values()))
    order = np.arange(len(secret), dtype=float)[:, None]

    guesses = cross_val_predict(DecisionTreeClassifier(max_depth=6, random_state=0), order, secret, cv=5)

    commonest = np.bincount(secret).max() / len(secret)
    assert (guesses == secret).sum() <= len(secret)
    shuffled = np.random.default_rng(0).permutation(len(secret))
    found = cross_val_predict(
        DecisionTreeClassifier(max_depth=6, random_state=0), order[shuffled], secret[shuffled], cv=5
    )
    assert (found == secret[shuffled]).sum() > binom.ppf(CERTAINTY, len(secret), commonest)


def test_no_answer_of_a_board_holds_labels_files_or_features(
    browser: NewBrowser, new_board: NewBoard
) -> None:
    annotator = browser(Role.ANNOTATOR)
    board_id = new_board(annotator.account_id)
    state = annotator.client.get(f"/api/boards/{board_id}")
    map_id = state.json()["maps"][0][0]
    large = annotator.client.get(f"/api/boards/{board_id}/maps/{map_id}/large")

    for text in (state.text, large.text, annotator.client.get("/api/boards").text):
        for secret in ("crack", "secret-", ".png", "x_feature", "fine", "share", "scale", "image_id"):
            assert secret not in text


def test_another_persons_board_does_not_exist_for_anyone_else(
    browser: NewBrowser, new_board: NewBoard
) -> None:
    first, second, owner = browser(Role.ANNOTATOR), browser(Role.ANNOTATOR), browser(Role.OWNER)
    board_id = new_board(first.account_id)
    state = first.client.get(f"/api/boards/{board_id}").json()
    sheet = state["tile"]["maps"]["urls"][0]
    map_id = state["maps"][0][0]

    for other in (second, owner):
        for url in (
            f"/api/boards/{board_id}",
            f"/api/boards/{board_id}/commands?after=0",
            sheet,
            f"/api/boards/{board_id}/maps/{map_id}/large",
            f"/api/boards/{board_id}/maps/{map_id}/picture",
        ):
            assert other.client.get(url).status_code == 404
        assert other.client.post(f"/api/boards/{board_id}/show-anyway").status_code == 404


def test_tiles_are_kept_by_the_browser_and_asked_for_by_content(
    browser: NewBrowser, new_board: NewBoard
) -> None:
    annotator = browser(Role.ANNOTATOR)
    state = annotator.client.get(f"/api/boards/{new_board(annotator.account_id)}").json()

    for kind in ("photographs", "maps"):
        answer = annotator.client.get(state["tile"][kind]["urls"][0])
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
    contrastive = state["tile"]["maps"]["urls"][0].rsplit("/", 1)[0] + "/" + "f" * 64
    assert annotator.client.get(contrastive).status_code == 404


def test_an_open_board_blinds_its_person_until_it_is_finished_or_shown_anyway(
    browser: NewBrowser, database: Database, new_board: NewBoard
) -> None:
    annotator = browser(Role.ANNOTATOR)
    board_id = new_board(annotator.account_id)
    with database.transaction() as session:
        from glossator.boards.tables import Board
        from glossator.rounds.tables import NamingRound

        board = session.get_one(Board, board_id)
        run_id = session.get_one(NamingRound, board.naming_round_id).run_id
        assert not may_look(session, annotator.account_id, [run_id])

    assert annotator.client.post(f"/api/boards/{board_id}/show-anyway").status_code == 204
    assert annotator.client.get(f"/api/boards/{board_id}").json()["blind"] is False
    with database.transaction() as session:
        assert may_look(session, annotator.account_id, [run_id])
        assert session.get_one(Board, board_id).shown_at is not None
        assert names_of_maps(session, [], annotator.account_id) == {}


@dataclass(frozen=True)
class Reading:
    person: Browser
    hands: list[Hand]
    runs: list[UUID]

    def look(self, run: int) -> int:
        return self.person.client.get(f"/api/runs/{self.runs[run]}/namers").status_code

    def finish(self, run: int) -> None:
        hand = self.hands[run]
        assert hand.post(hand.state()["version"], hand.command("complete")).status_code == 200

    def reopen(self, run: int) -> bool:
        """Whether the board is blind after it."""
        hand = self.hands[run]
        assert hand.post(hand.state()["version"], hand.command("reopen")).status_code == 200
        blind: bool = hand.state()["blind"]
        return blind


@pytest.fixture
def reading(browser: NewBrowser, database: Database, storage: FolderStorage, project_id: UUID) -> Reading:
    """Somebody who names and may read agreement, with boards in two runs."""
    person = browser(Role.ANALYST, Role.ANNOTATOR)
    hands, runs = [], []
    with database.transaction() as session:
        for seed in (1, 2):
            run = some_run(session, project_id, storage, seed=seed)
            made = make_boards(session, run_id=run.run_id, account_ids=[person.account_id])
            hands.append(Hand(person, made.boards[0].id))
            runs.append(run.run_id)
    return Reading(person, hands, runs)


def test_a_finished_board_that_was_looked_past_is_not_blind_once_it_is_reopened(reading: Reading) -> None:
    reading.finish(0)
    assert reading.look(0) == 200
    assert reading.hands[0].state()["blind"] is True, "what was named until then was named blindly"

    assert reading.reopen(0) is False
    assert reading.look(0) == 200, "it has been told already"


def test_a_board_that_is_reopened_before_anything_was_looked_at_stays_blind(reading: Reading) -> None:
    reading.finish(0)

    assert reading.reopen(0) is True
    assert reading.look(0) == 403


def test_what_is_refused_or_of_another_run_counts_as_not_looked_at(
    reading: Reading, database: Database
) -> None:
    reading.finish(0)
    assert reading.look(1) == 403
    judgements = f"/api/projects/{reading.person.project_id}/judgements"
    assert reading.person.client.get(judgements).status_code == 403, "the other run's board is open"
    assert reading.reopen(0) is True
    reading.finish(1)
    assert reading.look(1) == 200
    reading.finish(0)
    assert reading.reopen(0) is True
    assert reading.reopen(1) is False
