"""Random scripts over a bad line: whatever is repeated, lost or late, the board is that of the script."""

import random
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test
from tests.integration.boards.conftest import NewBoard
from tests.integration.boards.test_board_commands import Hand
from tests.integration.conftest import Browser, NewBrowser
from tests.unit.boards.vectors import COMMAND, board

from glossator.boards.reducer import reduce
from glossator.boards.state import State, undo_stack
from glossator.people.tables import Role
from glossator.refusal import Refusal

SCRIPT = 150


def written(state: State, hand: Hand, numbers: random.Random, made: list[str]) -> dict[str, Any]:
    """One command that fits the board as it stands, of any kind."""
    concepts = [concept.id for concept in state.concepts]
    maps = numbers.sample(state.maps, numbers.randint(1, min(5, len(state.maps))))
    identifier = str(UUID(int=numbers.getrandbits(128), version=4))
    undoable = undo_stack(state.history)
    choices: list[tuple[str, dict[str, Any]]] = [
        (
            "create_concept",
            {"concept_id": identifier, "name": numbers.choice(["crack", None]), "after": None},
        ),
        ("assign", {"maps": maps, "to": numbers.choice(["unlabeled", "discarded", *concepts])}),
        ("assign", {"maps": maps, "to": numbers.choice(["discarded", *concepts])}),
        ("flag", {"maps": maps, "not_sure": numbers.random() < 0.5}),
    ]
    if concepts:
        one = numbers.choice(concepts)
        choices += [
            ("rename_concept", {"concept_id": one, "name": numbers.choice(["hole", " edge ", None])}),
            ("note_concept", {"concept_id": one, "text": numbers.choice(["", "left"])}),
            ("reorder_concepts", {"order": numbers.sample(concepts, len(concepts))}),
            ("split_concept", {"concept_id": one, "new_concept_id": identifier, "name": None, "maps": maps}),
            ("delete_concept", {"concept_id": one}),
        ]
    if len(concepts) > 1:
        first, second = numbers.sample(concepts, 2)
        choices.append(("merge_concepts", {"from": [first], "into": second}))
    if made:
        choices += [
            ("undo", {"of": numbers.choice([*undoable, *made])}),
            ("redo", {"of": numbers.choice(made)}),
        ]
    kind, body = numbers.choice(choices)
    return hand.command(kind, **body)


class BadLine(RuleBasedStateMachine):
    """A browser that keeps what is not acknowledged, and a line that loses, repeats and overtakes."""

    def __init__(self, browser: Browser, new_board: NewBoard) -> None:
        super().__init__()
        self.hand = Hand(browser, new_board(browser.account_id))
        self.shown = State.empty(tuple(self.hand.maps()))
        self.made: list[str] = []
        self.waiting: list[dict[str, Any]] = []
        self.acknowledged: list[dict[str, Any]] = []
        self.version = 0
        self.applied_unheard = 0  # waiting commands that the service has applied, as the browser can't know

    @precondition(lambda self: self.hand.sequence < SCRIPT)
    @rule(seed=st.integers(0, 2**32))
    def work(self, seed: int) -> None:
        """Ten gestures go onto the screen and into the outbox."""
        numbers = random.Random(seed)
        for _ in range(10):
            command = written(self.shown, self.hand, numbers, self.made)
            try:
                self.shown = reduce(self.shown, COMMAND.validate_python(command)).state
            except Refusal:
                self.hand.sequence -= 1
                continue
            self.made.append(command["command_id"])
            self.waiting.append(command)

    @precondition(lambda self: self.waiting)
    @rule(share=st.floats(0.1, 1.0), lost=st.booleans(), twice=st.booleans())
    def send(self, share: float, lost: bool, twice: bool) -> None:
        batch = self.waiting[: max(1, int(len(self.waiting) * share))]
        for _ in range(1 + twice):
            answer = self.hand.post(self.version, *batch)
            assert answer.status_code == 200, answer.text
        self.applied_unheard = max(self.applied_unheard, len(batch))
        if not lost:
            self._acknowledge(len(batch))

    def _acknowledge(self, count: int) -> None:
        self.acknowledged += self.waiting[:count]
        self.waiting = self.waiting[count:]
        self.version += count
        self.applied_unheard -= count

    @precondition(lambda self: len(self.waiting) - self.applied_unheard >= 2)
    @rule()
    def overtake(self) -> None:
        """A later command arrives before an earlier one: nothing is applied."""
        answer = self.hand.post(
            self.version + self.applied_unheard, *self.waiting[self.applied_unheard + 1 :]
        )
        assert (answer.status_code, answer.json()["code"]) == (409, "sequence_gap")

    @precondition(lambda self: self.acknowledged)
    @rule(data=st.data())
    def echo(self, data: st.DataObject) -> None:
        """An old request arrives once more."""
        first = data.draw(st.integers(0, len(self.acknowledged) - 1))
        old = self.acknowledged[first : first + 3]
        answer = self.hand.post(data.draw(st.integers(0, self.version)), *old)
        assert answer.status_code == 200, answer.text
        assert all(result["repeated"] for result in answer.json()["results"])

    def teardown(self) -> None:
        """Once the line is good again, the service has the script, each command once and in order."""
        if self.waiting:
            answer = self.hand.post(self.version, *self.waiting)
            assert answer.status_code == 200, answer.text
        expected, found = board(self.shown), self.hand.state()
        assert found["version"] == len(self.made)
        for key in ("complete", "discarded", "not_sure", "undo", "redo"):
            assert found[key] == expected[key], key
        without_images = [
            {key: value for key, value in concept.items() if key != "images"} for concept in found["concepts"]
        ]
        assert without_images == expected["concepts"]


def test_a_script_over_a_bad_line_ends_in_the_same_board_as_once_in_order(
    browser: NewBrowser, new_board: NewBoard
) -> None:
    annotator = browser(Role.ANNOTATOR)
    run_state_machine_as_test(
        lambda: BadLine(annotator, new_board),
        settings=settings(
            max_examples=6,
            stateful_step_count=45,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
