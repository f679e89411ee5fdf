"""The fold of a board: the shared cases, and laws that hold for any script."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.boards.vectors import board, cases, command, expected_board, expected_change, uid

from glossator.boards.commands import Command
from glossator.boards.reducer import reduce, tidy
from glossator.boards.state import Change, State, redo_stack, undo_stack
from glossator.refusal import Refusal

MAPS = tuple(uid(f"m{index}") for index in range(6))
CONCEPTS = ("a", "b", "c")


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["name"])
def test_the_shared_cases_end_in_the_stated_board(case: dict[str, Any]) -> None:
    state = State.empty(tuple(uid(name) for name in case["maps"]))
    for content in case["commands"]:
        expect = content.get("expect", {})
        if "refused" in expect:
            with pytest.raises(Refusal) as refusal:
                reduce(state, command(content))
            assert refusal.value.code == expect["refused"]
            continue
        step = reduce(state, command(content))
        assert step.applied is expect.get("applied", True)
        assert list(step.left_alone) == [uid(name) for name in expect.get("left_alone", [])]
        state = step.state

    assert board(state) == expected_board(case["board"])
    for name, change in case.get("changes", {}).items():
        assert state.history[uid(name)].change.to_json() == expected_change(change)


def test_a_change_survives_being_stored() -> None:
    for case in cases():
        state = State.empty(tuple(uid(name) for name in case["maps"]))
        for content in case["commands"]:
            if "refused" not in content.get("expect", {}):
                step = reduce(state, command(content))
                assert Change.from_json(step.change.to_json()) == step.change
                state = step.state


@pytest.mark.parametrize(
    ("typed", "kept"), [("  a  b ", "a b"), ("\x00\x1b", None), ("x\u0085y", "x y"), (None, None)]
)
def test_names_are_tidied_in_one_way(typed: str | None, kept: str | None) -> None:
    assert tidy(typed) == kept


gestures = st.one_of(
    st.fixed_dictionaries(
        {
            "kind": st.just("create_concept"),
            "concept_id": st.sampled_from(CONCEPTS),
            "name": st.sampled_from(["x", None]),
            "after": st.sampled_from([None, *CONCEPTS]),
            "maps": st.lists(st.sampled_from([f"m{index}" for index in range(6)]), max_size=3),
        }
    ),
    st.fixed_dictionaries(
        {
            "kind": st.just("assign"),
            "maps": st.lists(st.sampled_from([f"m{index}" for index in range(6)]), min_size=1, max_size=4),
            "to": st.sampled_from(["unlabeled", "discarded", *CONCEPTS]),
        }
    ),
    st.fixed_dictionaries(
        {
            "kind": st.just("merge_concepts"),
            "from": st.lists(st.sampled_from(CONCEPTS[:2]), min_size=1, max_size=2),
            "into": st.just("c"),
        }
    ),
    st.fixed_dictionaries({"kind": st.just("delete_concept"), "concept_id": st.sampled_from(CONCEPTS)}),
    st.fixed_dictionaries(
        {
            "kind": st.just("note_concept"),
            "concept_id": st.sampled_from(CONCEPTS),
            "text": st.sampled_from(["", "n"]),
        }
    ),
    st.fixed_dictionaries({"kind": st.just("reorder_concepts"), "order": st.permutations(CONCEPTS)}),
    st.fixed_dictionaries(
        {
            "kind": st.just("split_concept"),
            "concept_id": st.sampled_from(CONCEPTS),
            "new_concept_id": st.sampled_from(CONCEPTS),
            "name": st.none(),
            "maps": st.lists(st.sampled_from([f"m{index}" for index in range(6)]), min_size=1, max_size=4),
        }
    ),
    st.fixed_dictionaries(
        {
            "kind": st.just("flag"),
            "maps": st.lists(st.sampled_from([f"m{index}" for index in range(6)]), min_size=1, max_size=3),
            "not_sure": st.booleans(),
        }
    ),
)


def _content(state: State) -> tuple[object, ...]:
    return state.places, state.concepts, state.not_sure


def _fold(script: list[dict[str, Any]]) -> list[State]:
    """All states of a script, leaving out what is refused."""
    states = [State.empty(MAPS)]
    for number, content in enumerate(script):
        try:
            states.append(reduce(states[-1], command(content | {"command_id": f"k{number}"})).state)
        except Refusal:
            continue
    return states


@given(st.lists(gestures, max_size=25))
@settings(max_examples=300, deadline=None)
def test_undoing_everything_ends_in_the_empty_board_and_redoing_everything_in_the_last(
    script: list[dict[str, Any]],
) -> None:
    last = state = _fold(script)[-1]
    visited = [_content(state)]
    while stack := undo_stack(state.history):
        step = reduce(state, _travel("undo", f"u{len(visited)}", stack[-1]))
        assert step.applied
        assert step.left_alone == ()
        state = step.state
        visited.append(_content(state))
    assert _content(state) == _content(State.empty(MAPS))

    for expected in reversed(visited[:-1]):
        step = reduce(state, _travel("redo", f"r{state.version}", redo_stack(state.history)[-1]))
        state = step.state
        assert _content(state) == expected
    assert _content(state) == _content(last)


def _travel(kind: str, name: str, of: str) -> Command:
    return command({"kind": kind, "command_id": name, "of": of})


@given(st.lists(gestures, max_size=25), st.lists(st.integers(0, 40), max_size=10))
@settings(max_examples=200, deadline=None)
def test_undo_in_any_order_never_loses_a_map_nor_leaves_one_in_a_concept_that_is_gone(
    script: list[dict[str, Any]], picks: list[int]
) -> None:
    state = _fold(script)[-1]
    names = sorted(state.history)
    for number, pick in enumerate(picks if names else []):
        kind = "undo" if pick % 3 else "redo"
        state = reduce(state, _travel(kind, f"t{number}", names[pick % len(names)])).state
        places = {"unlabeled", "discarded", *(concept.id for concept in state.concepts)}
        assert len(state.places) == len(MAPS)
        assert places.issuperset(state.places)
