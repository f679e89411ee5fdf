"""Naming rounds are made and followed, and names judged, on pages; what is shown prints and downloads."""

import csv
import re
from pathlib import Path

import pyarrow.parquet
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response, expect
from tests.browser.installation import Workshop
from tests.browser.rounds.conftest import ROUND, Look, NamedRound
from tests.browser.test_accessibility import RULES

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def patient() -> None:
    expect.set_options(timeout=30_000)


def saved(page: Page, button: str, item: str, folder: Path) -> Path:
    """The file behind an item of a download menu."""
    page.get_by_role("button", name=button).click()
    with page.expect_download() as started:
        page.get_by_role("menuitem", name=item).click()
    target = folder / started.value.suggested_filename
    started.value.save_as(target)
    return target


def test_the_page_of_a_round_says_who_has_done_how_much(named_round: NamedRound, look: Look) -> None:
    page = look("/naming-rounds")
    page.get_by_role("link", name=ROUND, exact=True).click()
    rows = page.get_by_role("row")

    expect(page.get_by_role("heading", name=ROUND)).to_be_visible()
    expect(rows).to_have_count(3)
    expect(rows.nth(1)).to_contain_text("12 of")
    expect(page.get_by_text("finished", exact=True)).to_have_count(1)
    expect(rows.nth(2)).to_contain_text("0 of")
    expect(page.get_by_text("Barbara")).to_have_count(0)  # an analyst knows pseudonyms alone
    expect(page.get_by_role("button", name="Give boards")).to_have_count(0)


def test_a_table_downloads_with_its_types(named_round: NamedRound, look: Look, tmp_path: Path) -> None:
    page = look(f"/naming-rounds/{named_round.round_id}")
    button = f"Download: Boards of {ROUND}"

    table = pyarrow.parquet.read_table(saved(page, button, "Parquet", tmp_path))
    with saved(page, button, "CSV", tmp_path).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    types = {each.name: str(each.type) for each in table.schema}
    assert types["Annotator"] == "string"
    assert types["All classes"] == "double"
    assert types["DEFECTIVE"] == "int64"
    assert table.column("DEFECTIVE").to_pylist() == [12, 12]
    assert table.column("Name").to_pylist() == [None, None]
    assert table.column("DEFECTIVE, finished").to_pylist() == ["yes", "no"]
    assert [row["DEFECTIVE"] for row in rows] == ["12", "12"]
    assert list(rows[0]) == table.column_names


def is_kept(answer: Response) -> bool:
    """The service has a judgement; the page does not wait for it."""
    return answer.request.method == "PUT"


def test_names_are_judged_with_one_key_each_and_taken_back(
    named_round: NamedRound, look: Look, workshop: Workshop, tmp_path: Path
) -> None:
    page = look(f"/judgements?round={named_round.round_id}")
    pair = page.get_by_role("region", name="Pair of names")
    expect(page.get_by_text("0 of 2 pairs judged, 0 % of the maps in common (0 of 12)")).to_be_visible()
    expect(pair).to_contain_text("8 maps in common")
    expect(pair.locator("h2")).to_contain_text("fissure")

    with page.expect_response(is_kept):
        page.keyboard.press("e")
    expect(page.get_by_text("1 of 2 pairs judged, 67 % of the maps in common (8 of 12)")).to_be_visible()
    expect(pair).to_contain_text("the same words in the singular")
    with page.expect_response(is_kept):
        page.keyboard.press("Enter")  # as proposed
    expect(page.get_by_text("Every pair is judged")).to_be_visible()
    judged = workshop.analyst.get(
        f"/api/projects/{workshop.project_id}/judgements", params={"state": "judged"}
    )
    said = {(each["name_a"], each["name_b"]): each["judgement"] for each in judged.json()["items"]}
    assert said["fissure", "slit"]["relation"] == said["dent", "dents"]["relation"] == "exact"
    assert "fissure,slit,exact" in saved(page, "Download: judgements", "Judgements", tmp_path).read_text()

    page.get_by_role("radio", name="Judged", exact=True).check()
    page.wait_for_url("**state=judged**")
    page.get_by_role("button", name="Judge dent and dents").click()
    page.keyboard.press("s")
    expect(page.get_by_role("row", name="Judge dent and dents").get_by_text("Subset")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(page.get_by_role("row", name="Judge dent and dents").get_by_text("Subset")).to_have_count(0)
    for _ in range(2):
        pair.get_by_role("button", name="Withdraw").click()
    expect(page.get_by_text("0 of 2 pairs judged, 0 % of the maps in common (0 of 12)")).to_be_visible()
    page.reload()
    expect(page.get_by_text("No pair like this")).to_be_visible()  # the link keeps the filter


def test_the_maps_behind_a_pair_stay_in_sight_while_one_steps_on(named_round: NamedRound, look: Look) -> None:
    page = look(f"/judgements?state=all&round={named_round.round_id}")
    pair = page.get_by_role("region", name="Pair of names")
    tiles = pair.get_by_role("link", name="A map")
    drawn = pair.locator("canvas[data-drawn]")
    expect(pair.locator("h2")).to_contain_text("fissure")
    expect(tiles).to_have_count(0)

    pair.get_by_text("Maps in common", exact=True).click()
    expect(pair.get_by_text("8 maps", exact=True)).to_be_visible()
    expect(drawn).to_have_count(8)
    buttons = pair.get_by_role("button", name="Exact").bounding_box()
    page.keyboard.press("ArrowRight")
    expect(pair.locator("h2")).to_contain_text("dents")
    expect(drawn).to_have_count(4)
    assert pair.get_by_role("button", name="Exact").bounding_box() == buttons
    assert Axe().run(page, options=RULES).response["violations"] == []

    with page.expect_popup() as opened:
        tiles.first.click()
    expect(opened.value).to_have_url(re.compile("/explain/"))


def test_a_round_of_another_project_leaves_the_link(named_round: NamedRound, look: Look) -> None:
    page = look("/judgements?state=all&round=00000000-0000-4000-8000-000000000000")

    expect(page.get_by_role("region", name="Pair of names")).to_be_visible()
    expect(page.get_by_label("Naming round")).to_have_value("")
    assert "round=" not in page.url


def test_a_round_is_made_and_described_on_pages_alone(
    named_round: NamedRound, look: Look, workshop: Workshop
) -> None:
    page = look("/naming-rounds", as_owner=True)
    page.get_by_role("link", name="New naming round").click()
    page.get_by_role("button", name="Give boards").click()
    expect(page.get_by_text("Choose at least one person.")).to_be_visible()

    page.get_by_label("Name", exact=True).fill("Made by hand")
    page.get_by_label("Barbara").check()
    page.get_by_label("Edsger").check()
    other_class = page.get_by_role("checkbox", name="NOT DEFECTIVE")
    expect(other_class).to_be_checked()
    other_class.uncheck()
    page.get_by_label("Instructions").fill("Look at the bright part.")
    page.get_by_role("button", name="Give 2 boards").click()
    expect(page.get_by_role("heading", name="Made by hand")).to_be_visible()
    expect(page.get_by_text("Look at the bright part.")).to_be_visible()
    expect(page.get_by_role("row")).to_have_count(3)

    page.get_by_role("button", name="Edit name and texts").click()
    page.get_by_label("Name", exact=True).fill("Made anew")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Made anew")).to_be_visible()
    page.get_by_role("button", name="Give boards").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Ada").check()
    dialog.get_by_role("button", name="Give boards").click()
    expect(page.get_by_role("row")).to_have_count(4)
    expect(page.get_by_role("row", name="Ada")).to_contain_text("0 of")

    found = workshop.owner.get(f"/api/naming-rounds?project={workshop.project_id}").json()["items"]
    made = next(each for each in found if each["name"] == "Made anew")
    assert [each["name"] for each in made["classes"]] == ["DEFECTIVE"]


def test_paper_shows_the_page_in_light_without_what_is_pressed_and_says_where_it_is_from(
    named_round: NamedRound, look: Look, workshop: Workshop
) -> None:
    path = f"/naming-rounds/{named_round.round_id}"
    page = look(path)
    expect(page.get_by_role("row")).to_have_count(3)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate("getComputedStyle(document.body).color")

    page.emulate_media(color_scheme="dark", media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")

    for hidden in ("header nav", "main button:not([data-printed])", "main a[data-unprinted]"):
        shown = page.locator(hidden).evaluate_all("all => all.filter((each) => each.checkVisibility())")
        assert shown == [], hidden
    assert page.get_by_role("row").count() == 3
    assert page.get_by_text("Last change").is_visible()
    light = page.evaluate("getComputedStyle(document.body).color")
    assert light != dark
    assert light == "rgb(30, 28, 25)"
    foot = page.locator("main footer").inner_text()
    assert f"{workshop.address}{path}?project={workshop.project_id}" in foot
    assert re.search(r"\d{1,2} \w{3} \d{4}, \d\d:\d\d", foot)


def test_the_link_of_a_page_is_copied_with_its_filters(
    named_round: NamedRound, look: Look, workshop: Workshop
) -> None:
    page = look("/judgements?state=all")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_text("The link of this page is copied.")).to_be_visible()

    copied = page.evaluate("navigator.clipboard.readText()")
    assert "state=all" in copied
    assert f"project={workshop.project_id}" in copied
