"""`make screenshots`: photographs every page into docs/screenshots, wide and narrow, light and dark."""

import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright
from tests.browser.agreement.scripted import played
from tests.browser.conftest import FLAGS, chromium_path, sandbox
from tests.browser.installation import Workshop, installation, workshop
from tests.browser.tour import Stop, tour
from tests.browser.visits import Theme, visit

TARGET = Path(__file__).parents[2] / "docs" / "screenshots"
WIDTHS = (1440, 800)
THEMES: tuple[Theme, ...] = ("light", "dark")
QUALITY = 70


def photograph(browser: Browser, built: Workshop, stop: Stop, width: int, theme: Theme) -> Path:
    """The page from top to bottom as WebP, since PNGs of photographs are large."""
    target = TARGET / f"{stop.name}-{width}-{theme}.webp"
    with visit(browser, built, stop, width=width, theme=theme) as page:
        picture = Image.open(io.BytesIO(page.screenshot(full_page=True)))
        picture.crop((0, 0, picture.width, min(picture.height, 3000))).save(target, quality=QUALITY)
    return target


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        installation(Path(folder) / "data") as running,
        workshop(running) as built,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=[*FLAGS, *sandbox()])
        for stop in tour(built, played(built)):
            for width in WIDTHS:
                for theme in THEMES:
                    print(photograph(browser, built, stop, width, theme).relative_to(TARGET.parents[1]))
        browser.close()


if __name__ == "__main__":
    main()
