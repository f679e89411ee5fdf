"""The commands of a board over the real API (contracts.md section 4)."""

import json
from typing import Any
from uuid import UUID, uuid4

import pytest
from tests.integration.boards.conftest import NewBoard
from tests.integration.conftest import Browser, NewBrowser
from tests.unit.boards.vectors import cases, uid

from glossator.boards.state import DISCARDED, UNLABELED
from glossator.people.tables import Role


class Hand:
    """One tab at one board: numbers its commands and posts them."""

    def __init__(self, browser: Browser, board_id: UUID) -> None:
        self.browser = browser
        self.url = f"/api/boards/{board_id}"
        self.client_id = str(uuid4())
        self.sequence = 0

    def state(self) -> dict[str, Any]:
        answer = self.browser.client.get(self.url)
        assert answer.status_code == 200, answer.text
        state: dict[str, Any] = answer.json()
        return state

    def maps(self) -> list[str]:
        return [each[0] for each in self.state()["maps"]]

    def command(self, kind: str, **body: Any) -> dict[str, Any]:
        self.sequence += 1
        return {
            "command_id": str(uuid4()),
            "sequence": self.sequence,
            "kind": kind,
            "at": "2026-01-01T00:00:00.000Z",
            **body,
        }

    def post(self, base: int, *commands: dict[str, Any]) -> Any:
        body = {"client_id": self.client_id, "base_version": base, "commands": list(commands)}
        return self.browser.client.post(f"{self.url}/commands", json=body)


@pytest.fixture
def hand(browser: NewBrowser, new_board: NewBoard) -> Hand:
    annotator = browser(Role.ANNOTATOR)
    return Hand(annotator, new_board(annotator.account_id))


def test_a_concept_made_and_filled_stands_on_the_board_after_reading_it_again(hand: Hand) -> None:
    maps = hand.maps()
    concept = str(uuid4())

    answer = hand.post(
        0,
        hand.command("create_concept", concept_id=concept, name=" thin  crack", after=None),
        hand.command("assign", maps=[maps[2], maps[0]], to=concept),
        hand.command("assign", maps=[maps[1]], to="discarded"),
        hand.command("flag", maps=[maps[3]], not_sure=True),
    )

    assert answer.status_code == 200, answer.text
    assert answer.json()["version"] == 4
    assert [result["version"] for result in answer.json()["results"]] == [1, 2, 3, 4]
    assert not any(result["repeated"] for result in answer.json()["results"])
    state = hand.state()
    assert state["concepts"] == [
        {"id": concept, "name": "thin crack", "note": "", "maps": [maps[0], maps[2]]}
        | {"images": answer.json()["images"][concept]}
    ]
    assert state["discarded"] == [maps[1]]
    assert state["not_sure"] == [maps[3]]
    assert len(state["undo"]) == 4


def test_a_command_sent_twice_is_applied_once_and_answered_as_before_whatever_the_base(hand: Hand) -> None:
    maps = hand.maps()
    command = hand.command("assign", maps=[maps[0]], to="discarded")
    first = hand.post(0, command).json()
    hand.post(1, hand.command("assign", maps=[maps[1]], to="discarded"))

    for base in (0, 1, 2, 77):
        again = hand.post(base, command)
        assert again.status_code == 200
        assert again.json()["results"] == [first["results"][0] | {"repeated": True}]
    assert hand.state()["version"] == 2


def test_in_a_list_that_is_partly_known_the_rest_is_applied(hand: Hand) -> None:
    maps = hand.maps()
    known = [hand.command("assign", maps=[each], to="discarded") for each in maps[:2]]
    assert hand.post(0, *known).status_code == 200

    answer = hand.post(0, *known, hand.command("assign", maps=[maps[2]], to="discarded"))

    assert answer.status_code == 200, answer.text
    assert [each["repeated"] for each in answer.json()["results"]] == [True, True, False]
    assert set(hand.state()["discarded"]) == set(maps[:3])


def test_a_list_is_applied_whole_or_not_at_all(hand: Hand) -> None:
    maps = hand.maps()

    answer = hand.post(
        0,
        hand.command("assign", maps=[maps[0]], to="discarded"),
        hand.command("rename_concept", concept_id=str(uuid4()), name="x"),
    )

    assert answer.status_code == 422
    problem = answer.json()
    assert problem["code"] == "concept_gone"
    assert problem["fields"][0]["path"] == "commands.1"
    assert hand.state()["version"] == 0
    assert hand.state()["discarded"] == []


def test_a_gap_in_the_sequence_names_what_is_expected_and_applies_nothing(hand: Hand) -> None:
    maps = hand.maps()
    first = hand.command("assign", maps=[maps[0]], to="discarded")
    second = hand.command("assign", maps=[maps[1]], to="discarded")

    answer = hand.post(0, second)
    assert (answer.status_code, answer.json()["code"], answer.json()["expected"]) == (409, "sequence_gap", 1)
    assert answer.headers["content-type"] == "application/problem+json"
    assert hand.post(0, first, second).status_code == 200
    late = hand.post(2, hand.command("assign", maps=[maps[2]], to="discarded") | {"sequence": 9})
    assert late.json()["expected"] == 3


def test_an_old_base_brings_the_commands_since_with_author_client_and_version(
    hand: Hand, browser: NewBrowser
) -> None:
    maps = hand.maps()
    other = Hand(hand.browser, UUID(hand.url.rsplit("/", 1)[1]))
    theirs = other.command("assign", maps=[maps[0]], to="discarded")
    other.post(0, theirs)
    mine = hand.command("assign", maps=[maps[1]], to="discarded")

    answer = hand.post(0, mine)

    assert answer.status_code == 409
    problem = answer.json()
    assert problem["code"] == "board_changed"
    assert problem["version"] == 1
    [since] = problem["commands"]
    assert since == theirs | {
        "author": str(hand.browser.account_id),
        "client_id": other.client_id,
        "version": 1,
    }
    assert hand.state()["version"] == 1
    assert hand.post(1, mine).status_code == 200


def test_more_than_500_commands_since_come_as_the_whole_board(hand: Hand) -> None:
    maps = hand.maps()
    other = Hand(hand.browser, UUID(hand.url.rsplit("/", 1)[1]))
    to = [DISCARDED, UNLABELED]
    many = [other.command("assign", maps=[maps[0]], to=to[turn % 2]) for turn in range(501)]
    assert other.post(0, *many).status_code == 200

    problem = hand.post(0, hand.command("assign", maps=[maps[1]], to="discarded")).json()

    assert problem["code"] == "board_changed"
    assert "commands" not in problem
    assert problem["state"]["version"] == 501
    assert problem["state"]["discarded"] == [maps[0]]
    since = hand.browser.client.get(f"{hand.url}/commands", params={"after": 2}).json()
    assert len(since["commands"]) == 499


def test_a_base_ahead_of_the_board_brings_the_whole_board(hand: Hand) -> None:
    answer = hand.post(5, hand.command("assign", maps=hand.maps()[:1], to="discarded"))

    assert (answer.status_code, answer.json()["code"]) == (409, "board_changed")
    assert answer.json()["state"]["version"] == 0


def test_a_finished_board_takes_nothing_until_it_is_reopened(hand: Hand) -> None:
    maps = hand.maps()
    assert hand.post(0, hand.command("complete")).status_code == 200
    assert hand.state()["complete"] is True

    refused = hand.command("assign", maps=maps[:1], to="discarded")
    answer = hand.post(1, refused)
    assert (answer.status_code, answer.json()["code"]) == (409, "board_complete")

    hand.sequence -= 1
    assert hand.post(1, hand.command("reopen")).status_code == 200
    assert hand.state()["complete"] is False


def test_undo_survives_a_reload_and_says_what_it_left_alone(hand: Hand) -> None:
    maps = hand.maps()
    move = hand.command("assign", maps=maps[:3], to="discarded")
    hand.post(0, move)
    hand.post(1, hand.command("assign", maps=[maps[1]], to="unlabeled"))
    assert hand.state()["history"][0]["change"] == {"moves": [["unlabeled", "discarded", [0, 1, 2]]]}

    [result] = hand.post(2, hand.command("undo", of=move["command_id"])).json()["results"]
    assert (result["applied"], result["left_alone"]) == (True, [maps[1]])
    assert hand.state()["discarded"] == []
    assert hand.state()["redo"] == [move["command_id"]]

    [again] = hand.post(3, hand.command("undo", of=move["command_id"])).json()["results"]
    assert (again["applied"], again["version"]) == (False, 4)


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"kind": "fly"}, "commands.0"),
        ({"maps": []}, "commands.0.assign.maps"),
        ({"to": "nowhere"}, "commands.0.assign.to"),
        ({"maps": ["not an id"]}, "commands.0.assign.maps.0"),
        ({"extra": 1}, "commands.0.assign.extra"),
        ({"at": "2026-01-01T00:00:00"}, "commands.0.assign.at"),
        ({"sequence": -1}, "commands.0.assign.sequence"),
    ],
)
def test_what_is_no_command_is_refused_by_field(hand: Hand, change: dict[str, Any], path: str) -> None:
    command = hand.command("assign", maps=hand.maps()[:1], to="discarded") | change

    answer = hand.post(0, command)

    assert answer.status_code == 422
    assert answer.json()["fields"][0]["path"].startswith(path)
    assert hand.state()["version"] == 0


@pytest.mark.parametrize("name", ["a\x00b", "\ud800", "x" * 501])
def test_names_that_no_table_can_hold_are_refused(hand: Hand, name: str) -> None:
    command = hand.command("create_concept", concept_id=str(uuid4()), name=name, after=None)
    body = {"client_id": hand.client_id, "base_version": 0, "commands": [command]}

    answer = hand.browser.client.post(
        f"{hand.url}/commands", content=json.dumps(body), headers={"content-type": "application/json"}
    )

    assert answer.status_code == 422, answer.text


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["name"])
def test_the_shared_cases_end_in_the_stated_board_over_the_api(hand: Hand, case: dict[str, Any]) -> None:
    """Every command in a request of its own; the maps m0, m1, … are the board's first ones."""
    maps = hand.maps()
    names = {f"m{index}": name for index, name in enumerate(maps)} | {
        UNLABELED: UNLABELED,
        DISCARDED: DISCARDED,
    }

    def real(key: str, value: Any) -> Any:
        if key in {"kind", "name", "text", "not_sure", "expect"} or value is None:
            return value
        if isinstance(value, list):
            return [real(key, each) for each in value]
        return names.get(value, uid(value))

    version = 0
    for content in case["commands"]:
        body = {key: real(key, value) for key, value in content.items() if key != "expect"}
        expect = content.get("expect", {})
        answer = hand.post(version, hand.command(**body))
        if "refused" in expect:
            assert answer.json()["code"] == expect["refused"]
            hand.sequence -= 1
            continue
        assert answer.status_code == 200, answer.text
        [result] = answer.json()["results"]
        assert result["applied"] is expect.get("applied", True)
        assert result["left_alone"] == [names[each] for each in expect.get("left_alone", [])]
        version += 1

    state, board = hand.state(), case["board"]
    assert state["version"] == board["version"] == version
    assert state["complete"] is board["complete"]
    for key in ("undo", "redo", "discarded", "not_sure"):
        assert state[key] == [names.get(each, uid(each)) for each in board[key]]
    assert [(each["id"], each["name"], each["note"], each["maps"]) for each in state["concepts"]] == [
        (uid(each["id"]), each["name"], each["note"], [names[one] for one in each["maps"]])
        for each in board["concepts"]
    ]
