"""Hands at a board whose maps stand in another order: similar ones together, or sorted by some."""

from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import expect
from sqlalchemy import select
from tests.browser.board_room import BoardRoom, board_room
from tests.browser.boards.conftest import AtBoard, SitDown
from tests.servers import Servers

from glossator.boards.tables import BoardItem
from glossator.maps import likeness, results
from glossator.maps.likeness import Likeness
from glossator.maps.tables import ActivationMap
from glossator.storage.blobs import FolderStorage

pytestmark = pytest.mark.browser

MAPS, KINDS = 60, 6


def kind_of_place(place: int) -> int:
    return place % KINDS


@pytest.fixture(scope="module")
def room(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BoardRoom]:
    """The room, whose run compared its maps: ten each of six kinds."""
    folder = tmp_path_factory.mktemp("similar-maps")
    with board_room(servers, folder, maps=MAPS) as opened:
        draw = np.random.default_rng(0)
        kinds = [kind_of_place(place) for place in range(MAPS)]
        seen = draw.gamma(0.5, size=(KINDS, 24))[kinds] + 0.05 * draw.random((MAPS, 24))
        compared = Likeness.of(seen)
        blob = FolderStorage(folder).put(likeness.to_bytes(compared, compared))
        with opened.database.transaction() as session:
            results.store_array(session, opened.run_id, results.LIKENESS, 0, blob)
        yield opened


def kinds_by_index(at_board: AtBoard) -> list[int]:
    """Of each map in the board's own order."""
    with at_board.room.database.transaction() as session:
        places = session.scalars(
            select(ActivationMap.place)
            .join(BoardItem, BoardItem.map_id == ActivationMap.id)
            .where(BoardItem.board_id == at_board.person.board_id)
            .order_by(BoardItem.position)
        )
        return [kind_of_place(place) for place in places if place is not None]


def row(at_board: AtBoard, count: int) -> list[int]:
    """The first maps in the grid, as indices of the board's own order."""
    return [int(at_board.tile(position).get_attribute("data-map") or -1) for position in range(count)]


def put_together(at_board: AtBoard) -> None:
    at_board.page.get_by_role("radio", name="Similar together").click()
    expect(at_board.tile(0)).not_to_have_attribute("data-map", "0")


def test_ranges_keys_drags_and_undo_follow_the_order_that_is_seen(at_board: AtBoard) -> None:
    kinds = kinds_by_index(at_board)
    assert row(at_board, 5) == [0, 1, 2, 3, 4]
    put_together(at_board)
    seen = row(at_board, 12)
    assert [kinds[each] for each in seen[:10]] == [kinds[seen[0]]] * 10
    assert kinds[seen[10]] != kinds[seen[0]]

    at_board.tile(0).click()
    at_board.tile(9).click(modifiers=["Shift"])
    expect(at_board.page.get_by_text("10 maps selected")).to_be_visible()
    at_board.press("n")
    at_board.page.keyboard.type("one kind")
    at_board.press("Enter")
    at_board.holds(at_board.card(1), 10)
    assert row(at_board, 2) == seen[10:12]

    at_board.tile(0).drag_to(at_board.card(1))
    at_board.holds(at_board.card(1), 11)
    assert row(at_board, 1) == seen[11:12]
    at_board.press("Control+z", "Control+z", "Control+z")  # the drag, the name, the concept
    expect(at_board.tile(9)).to_have_attribute("data-map", str(seen[9]))
    assert row(at_board, 12) == seen

    at_board.press("Home", "ArrowRight", "Shift+ArrowRight", "x")
    at_board.holds(at_board.discarded, 2)
    assert row(at_board, 2) == [seen[0], seen[3]]
    at_board.press("Control+z", "o", "Home")
    expect(at_board.tile(0)).to_have_attribute("data-map", "0")
    at_board.saved()


def test_more_like_the_selection_stands_first_until_one_goes_back(at_board: AtBoard) -> None:
    kinds = kinds_by_index(at_board)
    own = [index for index, kind in enumerate(kinds) if kind == 3]
    sorted_by = at_board.page.get_by_text("Sorted by similarity to 2 maps")
    at_board.page.locator(f"[data-map='{own[0]}']").click()
    at_board.page.locator(f"[data-map='{own[1]}']").click(modifiers=["Control"])

    at_board.press("l")
    expect(sorted_by).to_be_visible()
    assert sorted(row(at_board, 10)) == own
    assert row(at_board, 2) == own[:2]
    expect(at_board.page.get_by_text("2 maps selected")).to_be_visible()

    at_board.tile(9).click(modifiers=["Shift"])
    expect(at_board.page.get_by_text("10 maps selected")).to_be_visible()
    at_board.press("x")
    at_board.holds(at_board.discarded, 10)
    expect(sorted_by).to_be_visible()
    at_board.press("Control+z")
    at_board.holds(at_board.discarded, 0)
    assert sorted(row(at_board, 10)) == own

    at_board.page.get_by_role("button", name="Back to the usual order").click()
    expect(sorted_by).to_be_hidden()
    at_board.press("Home")
    assert row(at_board, 3) == [0, 1, 2]
    sorted_by = at_board.page.get_by_text("Sorted by similarity to 1 map")
    at_board.press("l")
    expect(sorted_by).to_be_visible()
    at_board.press("Escape")
    expect(at_board.page.get_by_text("Nothing selected")).to_be_visible()
    expect(sorted_by).to_be_visible()
    at_board.press("Escape")
    expect(sorted_by).to_be_hidden()


def test_more_like_a_whole_card_is_found_among_the_unlabeled_maps(at_board: AtBoard) -> None:
    kinds = kinds_by_index(at_board)
    own = [index for index, kind in enumerate(kinds) if kind == 1]
    put_together(at_board)
    at_board.page.get_by_role("radio", name="Mixed order").click()
    first = own[0]
    at_board.page.locator(f"[data-map='{first}']").click()
    at_board.press("n")
    at_board.page.keyboard.type("crack")
    at_board.press("Enter")

    at_board.card(1).get_by_role("button", name="What to do with concept 1").click()
    at_board.page.get_by_role("menuitem", name="More like these").click()
    expect(at_board.page.get_by_text("Sorted by similarity to the 1 map of crack")).to_be_visible()
    assert sorted(row(at_board, 9)) == own[1:]
    expect(at_board.page.get_by_text("Nothing selected")).to_be_visible()
    at_board.press("1")
    at_board.holds(at_board.card(1), 2)


def test_the_order_is_kept_on_this_device_for_this_board_alone(at_board: AtBoard, sit_down: SitDown) -> None:
    put_together(at_board)
    seen = row(at_board, 12)
    at_board.open()
    expect(at_board.tile(0)).to_have_attribute("data-map", str(seen[0]))
    assert row(at_board, 12) == seen
    assert (
        at_board.page.request.get(
            f"{at_board.room.address}/api/boards/{at_board.person.board_id}/commands?after=0"
        ).json()["commands"]
        == []
    )
