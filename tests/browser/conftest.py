"""Chromium, and one installation for all browser tests of a session."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.browser.agreement.scripted import Played, played
from tests.browser.installation import Installation, Workshop, installation
from tests.browser.installation import workshop as build_workshop

FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


def chromium_path() -> str | None:
    """The browser of the machine; none = the one Playwright installed."""
    chosen = os.environ.get("GLOSSATOR_CHROMIUM")
    return chosen or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )


def sandbox() -> list[str]:
    """Chromium's sandbox does not run as root."""
    return ["--no-sandbox"] if os.geteuid() == 0 else []


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=[*FLAGS, *sandbox()])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("installation") / "data"
    # Tests wait for jobs, so the worker doesn't step back for them.
    with installation(folder, {"WORKER_NICENESS": "0"}) as started:
        yield started


@pytest.fixture(scope="session")
def workshop(running: Installation) -> Iterator[Workshop]:
    with build_workshop(running) as built:
        yield built


@pytest.fixture(scope="session")
def five(workshop: Workshop) -> Played:
    """A naming round of five scripted annotators."""
    return played(workshop)


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser of nobody; errors of its pages fail the test."""
    opened = chromium.new_context(viewport={"width": 1440, "height": 900})
    problems: list[str] = []
    opened.on("weberror", lambda error: problems.append(str(error.error)))
    yield opened
    opened.close()
    assert not problems


@pytest.fixture
def owner_page(context: BrowserContext, workshop: Workshop) -> Page:
    """A page of the signed-in owner."""
    context.add_cookies(
        [
            {"name": name, "value": value, "url": workshop.address}
            for name, value in workshop.owner.cookies.items()
        ]
    )
    context.set_default_timeout(15_000)
    return context.new_page()
