"""What hands do at a board, and what a person expects without being told (peers.md A1)."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.boards.conftest import AtBoard, SitDown

pytestmark = pytest.mark.browser


def test_naming_twenty_maps_by_mouse(at_board: AtBoard) -> None:
    for number in range(4):
        at_board.tile(0).click()
        at_board.tile(4).click(modifiers=["Shift"])
        at_board.page.get_by_role("button", name="New concept").click()
        at_board.page.keyboard.type(f"spot {number + 1}")
        at_board.grid.click(position={"x": 5, "y": 5})

    at_board.saved()
    at_board.open()
    for number in range(4):
        at_board.holds(at_board.card(number + 1), 5)
        expect(at_board.card(number + 1).get_by_role("textbox")).to_have_value(f"spot {number + 1}")
    expect(at_board.page.get_by_text("20 of 60 maps placed")).to_be_visible()


def test_naming_twenty_maps_by_keyboard_only(at_board: AtBoard) -> None:
    for number in range(4):
        at_board.press("Home", "Shift+ArrowRight", "Shift+ArrowRight", "n")
        at_board.page.keyboard.type(f"spot {number + 1}")
        at_board.press("Enter", "Home", "Shift+ArrowRight", str(number + 1))

    for number in range(4):
        at_board.holds(at_board.card(number + 1), 5)
    at_board.saved()


def test_keys_wait_for_nothing_on_a_slow_device(at_board: AtBoard) -> None:
    at_board.page.context.new_cdp_session(at_board.page).send("Emulation.setCPUThrottlingRate", {"rate": 8})
    for number in range(6):
        at_board.press("Home", "n")
        at_board.page.keyboard.type(f"spot {number + 1}")
        at_board.press("Enter", "Home", str(number + 1))

    for number in range(6):
        at_board.holds(at_board.card(number + 1), 2)
        expect(at_board.card(number + 1).get_by_role("textbox")).to_have_value(f"spot {number + 1}")


def test_a_name_can_be_typed_the_moment_a_concept_is_created(at_board: AtBoard) -> None:
    at_board.new_concept("thin crack", 0, 3)

    expect(at_board.card(1).get_by_role("textbox")).to_have_value("thin crack")
    at_board.holds(at_board.card(1), 2)


def test_undo_works_directly_after_any_gesture(at_board: AtBoard) -> None:
    at_board.new_concept("crack", 0, 1)
    at_board.new_concept("hole", 0)
    at_board.select(0, 1)
    at_board.press("x")
    at_board.holds(at_board.discarded, 2)

    at_board.press("Control+z")
    at_board.holds(at_board.discarded, 0)
    at_board.press("Control+z", "Control+z")
    expect(at_board.page.locator("[data-concept]")).to_have_count(1)
    at_board.press("Control+Shift+z", "Control+y")
    expect(at_board.card(2).get_by_role("textbox")).to_have_value("hole")


def test_escape_leaves_every_mode(at_board: AtBoard) -> None:
    dialog = at_board.page.get_by_role("dialog")
    at_board.select(0, 1)
    for key in ("?", "m", " "):
        at_board.press(key)
        expect(dialog).to_be_visible()
        at_board.press("Escape")
        expect(dialog).to_be_hidden()
        expect(at_board.page.get_by_text("2 maps selected")).to_be_visible()
    at_board.press("Escape")
    expect(at_board.page.get_by_text("Nothing selected")).to_be_visible()

    at_board.new_concept("crack", 0)
    field = at_board.card(1).get_by_role("textbox")
    field.fill("something else")
    at_board.press("Escape")
    expect(field).to_have_value("crack")
    expect(at_board.grid).to_be_focused()


def test_the_number_of_selected_maps_is_visible(at_board: AtBoard) -> None:
    at_board.tile(0).click()
    expect(at_board.page.get_by_text("1 map selected")).to_be_visible()
    at_board.tile(4).click(modifiers=["Shift"])
    expect(at_board.page.get_by_text("5 maps selected")).to_be_visible()
    at_board.tile(2).click(modifiers=["Control"])
    expect(at_board.page.get_by_text("4 maps selected")).to_be_visible()
    at_board.press("Control+a")
    expect(at_board.page.get_by_text("60 maps selected")).to_be_visible()


def test_a_rectangle_selects_what_it_touches(at_board: AtBoard) -> None:
    first, last = at_board.tile(0).bounding_box(), at_board.tile(6).bounding_box()
    assert first
    assert last
    mouse = at_board.page.mouse
    mouse.move(first["x"] - 10, first["y"] - 10)
    mouse.down()
    mouse.move(first["x"] + 50, first["y"] + 50, steps=3)
    mouse.move(last["x"] + 10, last["y"] + 10, steps=5)
    mouse.up()

    expect(at_board.page.get_by_text("4 maps selected")).to_be_visible()
    expect(at_board.tile(0)).to_have_attribute("aria-selected", "true")
    expect(at_board.tile(6)).to_have_attribute("aria-selected", "true")


def test_dragging_takes_the_selection_and_the_drop_target_shows(at_board: AtBoard) -> None:
    at_board.new_concept("crack", 0)
    at_board.select(0, 1, 2)
    start, target = at_board.tile(1).bounding_box(), at_board.card(1).bounding_box()
    assert start
    assert target
    mouse = at_board.page.mouse
    mouse.move(start["x"] + 40, start["y"] + 40)
    mouse.down()
    mouse.move(start["x"] + 60, start["y"] + 50, steps=4)
    mouse.move(target["x"] + 60, target["y"] + 60, steps=8)
    expect(at_board.card(1)).to_have_class(re.compile("over"))
    mouse.up()

    at_board.holds(at_board.card(1), 4)


def test_dropping_a_card_on_a_card_merges_them(at_board: AtBoard) -> None:
    at_board.new_concept("crack", 0, 1)
    at_board.new_concept("hole", 0)
    at_board.card(2).get_by_text("2", exact=True).drag_to(at_board.card(1))

    expect(at_board.page.locator("[data-concept]")).to_have_count(1)
    at_board.holds(at_board.card(1), 3)
    expect(at_board.card(1).get_by_role("textbox")).to_have_value("crack")
    at_board.press("Control+z")
    expect(at_board.page.locator("[data-concept]")).to_have_count(2)


def test_a_concept_is_found_by_typing_its_name(at_board: AtBoard) -> None:
    at_board.new_concept("thin crack", 0)
    at_board.new_concept("round hole", 0)
    at_board.select(0, 1)
    at_board.press("m")
    at_board.page.keyboard.type("hol")
    at_board.press("Enter")

    at_board.holds(at_board.card(2), 3)
    expect(at_board.grid).to_be_focused()


def test_keys_are_letters_while_a_name_is_typed(at_board: AtBoard) -> None:
    at_board.new_concept("crack", 0)
    at_board.select(0)
    at_board.card(1).get_by_role("textbox").fill("")
    at_board.page.keyboard.type("x1mnu")
    at_board.press("Enter")

    expect(at_board.card(1).get_by_role("textbox")).to_have_value("x1mnu")
    at_board.holds(at_board.discarded, 0)
    expect(at_board.page.locator("[data-concept]")).to_have_count(1)


def test_scroll_and_size_survive_the_large_view(at_board: AtBoard) -> None:
    at_board.page.get_by_label("Size").fill("160")
    at_board.tile(0).click()
    for _ in range(6):
        at_board.press("ArrowDown")
    before = at_board.grid.evaluate("grid => grid.scrollTop")
    assert before > 0

    at_board.press(" ")
    expect(at_board.page.locator("[data-large=ready] canvas")).to_have_count(2)
    at_board.press("ArrowRight", "ArrowLeft", " ")

    expect(at_board.page.get_by_role("dialog")).to_be_hidden()
    assert at_board.grid.evaluate("grid => grid.scrollTop") == before
    expect(at_board.page.get_by_label("Size")).to_have_value("160")


def test_thumbnails_keep_their_places_when_a_board_is_opened_again(at_board: AtBoard) -> None:
    names = [at_board.tile(position).get_attribute("data-map") for position in range(8)]
    at_board.open()
    assert [at_board.tile(position).get_attribute("data-map") for position in range(8)] == names


def test_nothing_that_can_be_undone_is_asked_about(at_board: AtBoard) -> None:
    at_board.new_concept("crack", 0, 1)
    at_board.card(1).get_by_role("button", name="What to do").click()
    at_board.page.get_by_role("menuitem", name="Delete").click()

    expect(at_board.page.locator("[data-concept]")).to_have_count(0)
    expect(at_board.page.get_by_role("dialog")).to_be_hidden()
    at_board.press("Control+z")
    at_board.holds(at_board.card(1), 2)


def test_few_images_counts_different_images(at_board: AtBoard) -> None:
    at_board.new_concept("crack", 0)
    expect(at_board.card(1).get_by_text("Only 1 image")).to_be_visible()

    at_board.press("Control+a", "1")
    at_board.saved()
    expect(at_board.card(1).get_by_text("Only")).to_be_hidden()


def test_finishing_shows_a_short_check_and_can_be_taken_back(at_board: AtBoard) -> None:
    at_board.select(0)
    at_board.press("n", "Enter")
    at_board.page.get_by_role("button", name="I am done").click()
    expect(at_board.page.get_by_text("59 maps are unlabeled")).to_be_visible()
    expect(at_board.page.get_by_text("Concept 1 has no name")).to_be_visible()
    at_board.page.get_by_role("button", name="Finish nevertheless").click()

    expect(at_board.page.get_by_text("This board is finished.")).to_be_visible()
    at_board.select(0)
    at_board.press("x")
    expect(at_board.page.get_by_text("This board is finished; open it again to go on.")).to_be_visible()
    at_board.page.get_by_role("button", name="Open again").click()
    at_board.press("x")
    at_board.holds(at_board.discarded, 1)


def test_the_first_visit_is_explained_in_three_sentences_once(sit_down: SitDown) -> None:
    seat = sit_down()
    seat.page.context.clear_cookies()
    person = seat.room.annotator()
    answer = seat.page.context.request.post(
        f"{seat.room.address}/api/sign-in-links/{person.token}",
        data={"name": "Grace", "email": person.email, "password": "a long password"},
        headers={"Origin": seat.room.address},
    )
    assert answer.ok
    first = sit_down(person)
    panel = first.page.get_by_role("complementary", name="How to begin")
    expect(panel.locator("p")).to_have_count(3)
    expect(panel).to_contain_text("one or two images")
    panel.get_by_role("button").click()
    first.open()
    expect(panel).to_be_hidden()


def test_below_1000_pixels_the_concepts_are_a_drawer(at_board: AtBoard) -> None:
    at_board.new_concept("crack", 0)
    at_board.page.set_viewport_size({"width": 800, "height": 900})

    expect(at_board.card(1)).to_be_visible()
    at_board.page.get_by_role("button", name="1 concept").click()
    expect(at_board.card(1)).to_be_hidden()
