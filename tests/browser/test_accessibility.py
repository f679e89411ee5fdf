"""No page breaks a rule of WCAG level A or AA, in light or dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from tests.browser.agreement.scripted import Played
from tests.browser.installation import Workshop
from tests.browser.tour import tour
from tests.browser.visits import Theme, visit

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_breaks_a_rule_of_level_a_or_aa(
    chromium: Browser, workshop: Workshop, five: Played, theme: Theme
) -> None:
    found = {}
    for stop in tour(workshop, five):
        with visit(chromium, workshop, stop, width=1440, theme=theme) as page:
            broken = Axe().run(page, options=RULES).response["violations"]
        if broken:
            found[stop.name] = [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in broken]

    assert found == {}


@pytest.mark.browser
def test_axe_sees_what_is_wrong(chromium: Browser, workshop: Workshop, five: Played) -> None:
    stop = next(stop for stop in tour(workshop, five) if stop.name == "projects")
    with visit(chromium, workshop, stop, width=1440, theme="light") as page:
        page.evaluate("document.body.append(Object.assign(document.createElement('button')))")

        assert [rule["id"] for rule in Axe().run(page, options=RULES).response["violations"]] == [
            "button-name"
        ]
