"""Opening a page the way a person sees it: signed in, complete, in one theme and width."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from playwright.sync_api import Browser, Page
from tests.browser.installation import Workshop
from tests.browser.tour import Stop

Theme = Literal["light", "dark"]
PATIENCE = 30_000  # milliseconds; a limit for broken pages
BUSY = "[aria-busy=true], canvas:not([data-drawn])"


@contextmanager
def visit(browser: Browser, workshop: Workshop, stop: Stop, *, width: int, theme: Theme) -> Iterator[Page]:
    """The page when nothing on it is loading any more."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=theme,
        reduced_motion="reduce",
        bypass_csp=True,  # conditions to wait for are evaluated as text
    )
    context.set_default_timeout(PATIENCE)
    if stop.visitor is not None:
        context.add_cookies(
            [
                {"name": name, "value": value, "url": workshop.address}
                for name, value in stop.visitor.cookies.items()
            ]
        )
    try:
        page = context.new_page()
        page.goto(workshop.address + stop.path)
        page.locator(stop.shows).first.wait_for()
        page.wait_for_function(f"document.querySelectorAll('{BUSY}').length === 0")
        page.evaluate("document.fonts.ready.then(() => true)")
        page.evaluate("for (const image of document.images) image.loading = 'eager'")
        page.wait_for_function("[...document.images].every((image) => image.complete)")
        yield page
    finally:
        context.close()
