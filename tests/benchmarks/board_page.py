"""How soon a board can be used, and how soon gestures show: a real browser at the real web application.

    .venv/bin/python -m tests.benchmarks.board_page [--maps 170] [--repeats 5]

Prints one line per figure with its median and largest value in milliseconds. "Usable" is from the start
of the navigation until the first tile is drawn and the grid takes keys; a gesture is from the key until the
frame in which its result is in the page. Times hold for the machine and its load, which are printed too.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from tests.browser.board_room import Annotator, BoardRoom, board_room
from tests.browser.conftest import FLAGS, chromium_path
from tests.servers import running_servers

USABLE_MS = 1500
GESTURE_MS = 100


def signed_in(page: Page, room: BoardRoom, person: Annotator) -> None:
    answer = page.request.post(
        f"{room.address}/api/sign-in-links/{person.token}",
        data={"name": "Grace", "email": person.email, "password": "a long password"},
        headers={"Origin": room.address},
    )
    assert answer.ok, answer.text()


def usable(page: Page, room: BoardRoom, person: Annotator) -> float:
    """Milliseconds until the board can be used, as the browser counts them."""
    page.goto(f"{room.address}/boards/{person.board_id}", wait_until="commit")
    page.wait_for_function(
        "document.querySelector('[data-board-grid] canvas[data-drawn]') "
        "&& document.activeElement?.hasAttribute('data-board-grid')",
        polling="raf",
    )
    return float(page.evaluate("performance.now()"))


def gesture(page: Page, act: Callable[[], None], condition: str, *, event: str = "keydown") -> float:
    """Milliseconds from the event that `act` causes until `condition` holds in a painted frame."""
    page.evaluate(
        """([condition, name]) => {
          const test = new Function("return " + condition);
          window.shownAfter = new Promise((resolve) => {
            const begin = (event) => {
              removeEventListener(name, begin, true);
              const shown = () => resolve(performance.now() - event.timeStamp);
              const look = () => test() ? requestAnimationFrame(shown) : setTimeout(look, 0);
              look();
            };
            addEventListener(name, begin, true);
          });
        }""",
        [condition, event],
    )
    act()
    return float(page.evaluate("window.shownAfter"))


def count_of(place: str) -> str:
    return f"Number.parseInt(document.querySelector('{place} button').textContent)"


def gestures(page: Page, maps: int) -> dict[str, float]:
    """One after the other on the same board: select, move one, move all, undo, redo."""
    keyboard = page.keyboard
    selected = "[...document.querySelectorAll('[role=option]')].filter(e => e.ariaSelected === 'true').length"
    found = {"select by arrow": gesture(page, lambda: keyboard.press("ArrowRight"), f"{selected} === 1")}
    discarded = count_of("[data-discarded]")
    found["discard one"] = gesture(page, lambda: keyboard.press("x"), f"{discarded} === 1")
    all_of = f"document.body.textContent.includes('{maps - 1} maps selected')"
    found["select all"] = gesture(page, lambda: keyboard.press("Control+a"), all_of)
    found["discard all"] = gesture(page, lambda: keyboard.press("x"), f"{discarded} === {maps}")
    found["undo"] = gesture(page, lambda: keyboard.press("Control+z"), f"{discarded} === 1")
    found["redo"] = gesture(page, lambda: keyboard.press("Control+y"), f"{discarded} === {maps}")
    return found


def main() -> int:
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--maps", type=int, default=170)
    options.add_argument("--repeats", type=int, default=5)
    chosen = options.parse_args()
    figures: dict[str, list[float]] = {}
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    with (
        tempfile.TemporaryDirectory() as folder,
        running_servers() as servers,
        board_room(servers, Path(folder), maps=chosen.maps) as room,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=flags)
        for _ in range(chosen.repeats):
            # The conditions below are strings, which the page's content policy would not evaluate.
            context = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True)
            page = context.new_page()
            person = room.annotator()
            signed_in(page, room, person)
            figures.setdefault("usable, first time", []).append(usable(page, room, person))
            figures.setdefault("usable, again", []).append(usable(page, room, person))
            for name, value in gestures(page, chosen.maps).items():
                figures.setdefault(name, []).append(value)
            context.close()
        browser.close()
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    cores = os.cpu_count()
    print(f"{chosen.maps} maps, {chosen.repeats} times, {cores} cores, load {load}, {time.strftime('%F')}")
    print(f"{'':24}{'median ms':>12}{'largest ms':>12}")
    slow = 0
    for name, values in figures.items():
        bound = USABLE_MS if name.startswith("usable") else GESTURE_MS
        slow += statistics.median(values) > bound
        print(f"{name:24}{statistics.median(values):>12.0f}{max(values):>12.0f}")

    return slow


if __name__ == "__main__":
    sys.exit(main())
