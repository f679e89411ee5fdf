"""Reload, two tabs, no network, an ended session: every gesture arrives."""

import pytest
from playwright.sync_api import Route, expect
from tests.browser.boards.conftest import AtBoard, SitDown

pytestmark = pytest.mark.browser


def test_undo_goes_on_after_a_reload(at_board: AtBoard) -> None:
    at_board.new_concept("crack", 0, 1)
    at_board.select(0)
    at_board.press("x")
    at_board.saved()

    at_board.open()
    at_board.press("Control+z")
    at_board.holds(at_board.discarded, 0)
    at_board.press("Control+z", "Control+z")
    expect(at_board.page.locator("[data-concept]")).to_have_count(0)


def test_offline_and_back(at_board: AtBoard) -> None:
    context = at_board.page.context
    context.set_offline(True)
    at_board.new_concept("crack", 0, 1)
    at_board.select(0)
    at_board.press("x")
    state = at_board.page.locator("[data-saved]")
    expect(state).to_contain_text("Saved on this device, 3 changes to send")

    context.set_offline(False)
    at_board.saved()
    at_board.open()
    at_board.holds(at_board.card(1), 2)
    at_board.holds(at_board.discarded, 1)


def test_a_tab_closed_while_offline_loses_nothing(sit_down: SitDown) -> None:
    seat = sit_down()
    context = seat.page.context
    context.set_offline(True)
    seat.select(0, 1)
    seat.press("x")
    expect(seat.page.locator("[data-saved]")).to_contain_text("1 change to send")
    context.set_offline(False)
    context.route("**/commands", lambda route: route.abort())
    seat.page.close()
    context.unroute("**/commands")

    again = sit_down(seat.person)
    again.holds(again.discarded, 2)
    again.saved()


def test_two_tabs_in_conflict_end_as_one_board(sit_down: SitDown) -> None:
    first = sit_down()
    second = sit_down(first.person)
    first.new_concept("crack", 0, 1)
    second.holds(second.card(1), 2)

    second.select(0)
    second.press("x")
    first.select(1)
    first.press("1")

    for seat in (first, second):
        seat.holds(seat.card(1), 3)
        seat.holds(seat.discarded, 1)
        seat.saved()


def test_a_concept_gone_elsewhere_turns_into_a_question(sit_down: SitDown) -> None:
    seat = sit_down()
    seat.new_concept("crack", 0, 1)
    seat.saved()
    state = seat.page.request.get(f"{seat.room.address}/api/boards/{seat.person.board_id}").json()
    held: list[Route] = []
    seat.page.route("**/api/boards/*/commands*", lambda route: held.append(route))  # noqa: PLW0108 - Playwright wraps functions only
    seat.page.route("**/api/events*", lambda route: route.abort())
    seat.select(0)
    seat.press("1")
    answer = seat.page.request.post(
        f"{seat.room.address}/api/boards/{seat.person.board_id}/commands",
        data={
            "client_id": "00000000-0000-4000-8000-000000000001",
            "base_version": state["version"],
            "commands": [
                {
                    "command_id": "00000000-0000-4000-8000-000000000002",
                    "sequence": 1,
                    "kind": "delete_concept",
                    "concept_id": state["concepts"][0]["id"],
                    "at": "2026-01-01T00:00:00Z",
                }
            ],
        },
        headers={"Origin": seat.room.address},
    )
    assert answer.ok, answer.text()
    seat.page.unroute("**/api/boards/*/commands*")
    for route in held:
        route.continue_()

    question = seat.page.get_by_role("alert").filter(has_text="a concept that is gone")
    expect(question).to_be_visible()
    question.get_by_role("button", name="Make a new concept with them").click()
    seat.holds(seat.card(1), 1)
    expect(question).to_be_hidden()
    seat.saved()


def test_a_session_that_ends_while_naming_loses_nothing(at_board: AtBoard) -> None:
    page = at_board.page
    at_board.new_concept("crack", 0, 1)
    at_board.saved()
    page.context.clear_cookies()
    at_board.select(0)
    at_board.press("x")

    dialog = page.get_by_role("dialog", name="Sign in to go on")
    expect(dialog).to_be_visible()
    at_board.holds(at_board.discarded, 1)
    dialog.get_by_label("E-mail").fill(at_board.person.email)
    dialog.get_by_role("textbox", name="Password").fill("a long password")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    at_board.saved()
    at_board.open()
    at_board.holds(at_board.discarded, 1)
    at_board.holds(at_board.card(1), 2)


def test_somebody_else_is_told_whose_changes_wait(sit_down: SitDown) -> None:
    seat = sit_down()
    page = seat.page
    page.context.clear_cookies()
    seat.select(0)
    seat.press("x")
    dialog = page.get_by_role("dialog", name="Sign in to go on")
    other = seat.room.annotator()
    link = page.request.post(
        f"{seat.room.address}/api/sign-in-links/{other.token}",
        data={"name": "Edsger", "email": other.email, "password": "a long password"},
        headers={"Origin": seat.room.address},
    )
    assert link.ok
    page.context.clear_cookies()
    dialog.get_by_label("E-mail").fill(other.email)
    dialog.get_by_role("textbox", name="Password").fill("a long password")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()

    page.goto(f"{seat.room.address}/boards")
    expect(page.get_by_text("1 change of Grace wait")).to_be_visible()
