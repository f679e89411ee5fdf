"""The practice board, the check before finishing, maps one is not sure about, splitting and merging."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect
from tests.browser.boards.conftest import AtBoard
from tests.browser.test_accessibility import RULES

pytestmark = pytest.mark.browser


def test_a_person_practises_starts_again_and_nothing_of_it_counts(at_board: AtBoard) -> None:
    page = at_board.page
    page.get_by_role("link", name="All boards").click()
    page.get_by_role("button", name="Practise").click()
    at_board.ready()
    expect(page.get_by_text("nothing on it counts and nobody else sees it")).to_be_visible()
    expect(page.get_by_text("0 of 24 maps placed")).to_be_visible()

    first = page.url
    at_board.press("Control+a", "x")
    at_board.holds(at_board.discarded, 24)
    page.get_by_role("button", name="I am done").click()
    page.get_by_role("button", name="Finish the board").click()
    expect(page.get_by_text("You finished the practice board")).to_be_visible()
    at_board.saved()
    page.get_by_role("button", name="Start again").click()
    expect(page.get_by_text("0 of 24 maps placed")).to_be_visible()
    assert page.url != first

    at_board.ready()
    at_board.select(0)
    at_board.press("x")
    at_board.saved()
    page.get_by_role("link", name="All boards").click()
    expect(page.get_by_role("button", name="Go on practising")).to_be_visible()
    expect(page.get_by_text("1 board open, 0 boards finished")).to_be_visible()
    expect(page.get_by_text("0 of 60 maps placed")).to_be_visible()
    assert Axe().run(page, options=RULES).response["violations"] == []


def test_the_check_points_out_what_is_open_and_leads_there(at_board: AtBoard) -> None:
    page = at_board.page
    at_board.new_concept("crack", 0)
    at_board.select(0)
    at_board.press("n", "Enter")
    at_board.select(0)
    at_board.press("q")
    page.get_by_role("button", name="I am done").click()

    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("listitem")).to_contain_text(
        [
            "58 maps are unlabeled",
            "You are not sure about 1 map",
            "“crack” rests on 1 image only",
            "Concept 2 rests on 1 image only",
            "Concept 2 has no name",
        ]
    )
    assert Axe().run(page, options=RULES).response["violations"] == []
    dialog.get_by_role("button", name="“crack” rests on 1 image only").click()
    expect(page.get_by_role("listbox", name="crack maps")).to_be_visible()
    expect(page.locator("[role=option]")).to_have_count(1)

    page.get_by_role("button", name="I am done").click()
    dialog.get_by_role("button", name="Concept 2 has no name").click()
    expect(at_board.card(2).get_by_role("textbox")).to_be_focused()
    page.keyboard.type("hole")
    at_board.press("Enter")

    page.get_by_role("button", name="I am done").click()
    expect(dialog.get_by_role("button", name="has no name")).to_have_count(0)
    dialog.get_by_role("button", name="Finish nevertheless").click()
    expect(page.get_by_text("This board is finished")).to_be_visible()

    at_board.card(1).get_by_role("button", name="What to do").click()
    expect(page.get_by_text("Finished: open the board again to change it")).to_be_visible()
    expect(page.get_by_role("menuitem", name="Delete")).to_have_attribute("aria-disabled", "true")
    expect(page.get_by_role("menuitem", name="More like these")).not_to_have_attribute(
        "aria-disabled", "true"
    )


def test_a_concept_is_split_by_mouse_and_merged_by_keys(at_board: AtBoard) -> None:
    page = at_board.page
    at_board.new_concept("crack", 0, 1, 2, 3)
    at_board.new_concept("hole", 0)
    at_board.card(1).get_by_role("button", name="What to do").click()
    page.get_by_role("menuitem", name="Split").click()
    expect(page.get_by_role("listbox", name="crack maps")).to_be_visible()
    expect(page.get_by_role("button", name="Split")).to_be_disabled()
    at_board.select(1, 2)
    page.get_by_role("button", name="Split off 2 maps").click()
    page.keyboard.type("thin crack")
    at_board.press("Enter")

    at_board.holds(at_board.card(1), 2)
    at_board.holds(at_board.card(2), 2)
    expect(at_board.card(2).get_by_role("textbox")).to_have_value("thin crack")
    expect(at_board.card(3).get_by_role("textbox")).to_have_value("hole")

    at_board.press("g")
    page.keyboard.type("thin")
    at_board.press("Enter")
    expect(page.locator("[data-concept]")).to_have_count(2)
    at_board.holds(at_board.card(1), 4)
    expect(at_board.card(1).get_by_role("textbox")).to_have_value("thin crack")
    at_board.press("Control+z")
    expect(page.locator("[data-concept]")).to_have_count(3)


def test_maps_one_is_not_sure_about_are_counted_and_found_wherever_they_stand(at_board: AtBoard) -> None:
    page = at_board.page
    at_board.new_concept("crack", 0, 1)
    at_board.select(0, 2)
    at_board.press("q", "Escape")
    at_board.card(1).get_by_role("button", name="2 maps").click()
    at_board.tile(1).click()
    at_board.press("q")

    page.get_by_role("button", name="3 not sure").click()
    expect(page.locator("[role=option]")).to_have_count(3)
    at_board.tile(0).click()
    at_board.press(" ")
    page.get_by_role("dialog").get_by_role("button", name="Sure again").click()
    expect(page.get_by_role("dialog").get_by_role("button", name="Sure again")).to_be_visible()
    at_board.press("Escape")
    expect(page.locator("[role=option]")).to_have_count(2)
    at_board.press("Shift+Q")
    expect(page.get_by_role("heading", name="Unlabeled")).to_be_visible()
    expect(page.get_by_role("button", name="2 not sure")).to_be_visible()
