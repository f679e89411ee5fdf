"""Five scripted annotators with known overlaps: the same figures on every page, in every file, by command."""

import io
import json
import re
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect
from pyarrow import parquet
from tests.browser.agreement.reading import opened, rows_of, saved
from tests.browser.agreement.scripted import ROUND, Map, Played, judged
from tests.browser.installation import GLOSSATOR, Workshop

pytestmark = pytest.mark.browser

# By hand, from the script: pairs of annotators, then shared maps of those either named, and the weights of
# the best families of each reading of the maps that both named.
PAIRS = {
    (1, 2): {"jaccard": (20, 20), "d1": (20, 20), "d2_star": (20, 20), "d2_biclique": (20, 20)},
    (1, 3): {"jaccard": (20, 20), "d1": (16, 20), "d2_star": (20, 20), "d2_biclique": (20, 20)},
    (1, 4): {"jaccard": (10, 20), "d1": (10, 10), "d2_star": (10, 10), "d2_biclique": (10, 10)},
    (1, 5): {"jaccard": (15, 20), "d1": (10, 15), "d2_star": (10, 15), "d2_biclique": (10, 15)},
    (2, 3): {"jaccard": (20, 20), "d1": (16, 20), "d2_star": (20, 20), "d2_biclique": (20, 20)},
    (2, 4): {"jaccard": (10, 20), "d1": (10, 10), "d2_star": (10, 10), "d2_biclique": (10, 10)},
    (2, 5): {"jaccard": (15, 20), "d1": (10, 15), "d2_star": (10, 15), "d2_biclique": (10, 15)},
    (3, 4): {"jaccard": (10, 20), "d1": (6, 10), "d2_star": (10, 10), "d2_biclique": (10, 10)},
    (3, 5): {"jaccard": (15, 20), "d1": (10, 15), "d2_star": (10, 15), "d2_biclique": (10, 15)},
    (4, 5): {"jaccard": (5, 20), "d1": (5, 5), "d2_star": (5, 5), "d2_biclique": (5, 5)},
}
MEANS = {"jaccard": 0.70, "d1": 0.82, "d2_star": 0.90, "d2_biclique": 0.90}
# Of the named maps: those with their concept's most frequent X-feature, and the other way round.
PURITY = {
    1: {"cx": (20, 20), "xc": (20, 20)},
    2: {"cx": (20, 20), "xc": (20, 20)},
    3: {"cx": (20, 20), "xc": (16, 20)},
    4: {"cx": (10, 10), "xc": (10, 10)},
    5: {"cx": (10, 15), "xc": (10, 15)},
}
NAMED = {1: 20, 2: 20, 3: 20, 4: 10, 5: 15}
NAMED_BY_EXACTLY = {5: 5, 4: 15, 3: 0, 2: 0, 1: 0}
"""All five named P[:5]; P[5:] all but the fifth; Q all but the fourth, whose two are removed."""


def agreement_of(file: Path) -> dict[str, Any]:
    command = [str(GLOSSATOR), "agreement", str(file), "--format", "json", "--d", "1,2,3,4"]
    found: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return found


def test_the_exported_file_gives_the_expected_figures(
    five: Played, workshop: Workshop, tmp_path: Path
) -> None:
    file = tmp_path / "namings.csv"
    options = ["--round", ROUND, "--output", str(file), "--data", str(workshop.data)]
    subprocess.run([str(GLOSSATOR), "export", "namings", *options], check=True)
    downloaded = workshop.analyst.get(f"/api/naming-rounds/{five.round_id}/namings.csv")
    assert downloaded.content == file.read_bytes()

    defective = agreement_of(file)["classes"][0]

    assert {
        pair_of(five, pair["a"], pair["b"]): {
            "jaccard": ratio(pair["jaccard"]),
            **{key: ratio(pair["matchings"][key]["agreement"]) for key in ("d1", "d2_star", "d2_biclique")},
        }
        for pair in defective["pairs"]
    } == PAIRS
    by_number = {number_of(five, each["annotator"]): each for each in defective["annotators"]}
    assert {
        number: {"cx": ratio(each["cx_purity"]), "xc": ratio(each["xc_purity"])}
        for number, each in by_number.items()
    } == PURITY
    assert {number: each["n_named"] for number, each in by_number.items()} == NAMED


def ratio(value: dict[str, Any]) -> tuple[int, int]:
    return value["k"], value["n"]


def pair_of(five: Played, a: str, b: str) -> tuple[int, int]:
    """In the order of the script; pseudonyms have another."""
    low, high = sorted((number_of(five, a), number_of(five, b)))
    return low, high


def number_of(five: Played, pseudonym: str) -> int:
    return five.pseudonyms.index(pseudonym) + 1


@pytest.fixture
def analyst(context: BrowserContext, workshop: Workshop, five: Played) -> Page:
    """The page of somebody without a board, at the overview of the five."""
    context.add_cookies(
        [
            {"name": name, "value": value, "url": workshop.address}
            for name, value in workshop.analyst.cookies.items()
        ]
    )
    page = context.new_page()
    opened(page, f"{workshop.address}/agreement/{five.round_id}?project={workshop.project_id}")
    return page


def at(page: Page, part: str, **choices: str) -> None:
    """Another part of the agreement pages, by its address."""
    address, _, query = page.url.partition("?")
    round_address = "/".join(address.split("/")[:5])
    page.goto(f"{round_address}/{part}?{urlencode(dict(parse_qsl(query)) | choices)}")


def test_the_overview_shows_the_expected_figures(analyst: Page, five: Played) -> None:
    expect(
        analyst.get_by_text("Annotators disagree most on DEFECTIVE: matched agreement 0.82")
    ).to_be_visible()

    defective, other = sorted(rows_of(analyst, "Agreement by class"), key=lambda row: row["Class"])
    for key, title in READINGS.items():
        assert float(defective[title]) == pytest.approx(MEANS[key])
        assert defective[f"{title}, pairs"] == "10"
        assert 0 < float(defective[f"Chance, {title}"]) <= 1
    assert float(defective["Jaccard"]) == pytest.approx(MEANS["jaccard"])
    assert (float(other["D = 1"]), other["D = 1, pairs"], other["D = 1, undefined"]) == (1.0, "1", "9")
    # Both named: 6 of 6. One of the two and one who named nothing: 0 of 6. Nobody of two: undefined.
    assert float(other["Jaccard"]) == pytest.approx(1 / 7)
    assert other["Jaccard, undefined"] == "3"

    named_by = {row["Class"]: row for row in rows_of(analyst, "Named by how many")}
    n = len(five.maps["DEFECTIVE"])
    for number, k in NAMED_BY_EXACTLY.items():
        title = "1 annotator" if number == 1 else f"{number} annotators"
        assert named_by["DEFECTIVE"][f"{title}, k"] == str(k)
    assert named_by["DEFECTIVE"]["nobody, k"] == str(n - sum(NAMED_BY_EXACTLY.values()))

    for row in rows_of(analyst, "Which maps were named"):
        assert row["Maps, k"] == str(len(named_maps(five, row["Class"], row["Annotator"])))
    for index, (kind, title, figure) in enumerate(OF_IMAGES):
        at(analyst, "", coverage=kind)
        for row in rows_of(analyst, title):
            expected = coverage(five, row["Class"], row["Annotator"])[index]
            assert row[f"{figure}, k"] == str(expected)


OF_IMAGES = (
    ("partial", "Which images are explained in part", "Images, in part"),
    ("complete", "Which images are explained whole", "Images, whole"),
)
READINGS = {"d1": "D = 1", "d2_star": "D = 2, star", "d2_biclique": "D = 2, biclique"}


def named_maps(five: Played, class_name: str, annotator: str) -> list[Map]:
    """What the script lets an annotator, or any of them, name, after cleaning."""
    p, q = five.p, five.q
    of_defective = [[*p, *q], [*p, *q], [*p, *q], p, [*p[:5], *q]]
    of_other: list[list[Map]] = [five.band, five.band, [], [], []]
    lists = of_defective if class_name == "DEFECTIVE" else of_other
    if annotator not in five.pseudonyms:
        return [each for each in five.maps[class_name] if any(each in one for one in lists)]
    return list(lists[number_of(five, annotator) - 1])


def coverage(five: Played, class_name: str, annotator: str) -> tuple[int, int]:
    """Images with a named map, and with all maps named."""
    named = {each.id for each in named_maps(five, class_name, annotator)}
    of_image: dict[str, list[bool]] = {}
    for each in five.maps[class_name]:
        of_image.setdefault(each.image, []).append(each.id in named)
    return sum(any(each) for each in of_image.values()), sum(all(each) for each in of_image.values())


def test_purities_are_those_expected(analyst: Page, five: Played) -> None:
    for kind in ("cx", "xc"):
        at(analyst, "", purity=kind)
        [row] = [each for each in rows_of(analyst, f"{kind.upper()}-purity") if each["Class"] == "DEFECTIVE"]
        found = {
            number: (int(row[f"{who}, k"]), int(row[f"{who}, n"]))
            for number, who in enumerate(five.pseudonyms, 1)
        }
        assert found == {number: each[kind] for number, each in PURITY.items()}


def test_every_pair_has_the_expected_figures_and_the_maps_behind_an_edge(
    analyst: Page, five: Played, workshop: Workshop
) -> None:
    at(analyst, "pairs", **{"class": position_of(workshop, "DEFECTIVE")})
    rows = rows_of(analyst, "All pairs")
    for row in rows:
        a, _, b = row["Pair"].partition(" and ")
        expected = PAIRS[pair_of(five, a, b)]
        assert float(row["Jaccard"]) == pytest.approx(quotient(expected["jaccard"]))
        for key, title in READINGS.items():
            assert float(row[title]) == pytest.approx(quotient(expected[key]))
            assert row[f"{title}, k"] == str(expected[key][0])
    assert len(rows) == len(PAIRS)

    # The first and the fifth: crack with mark, 5 in common, 5 only left, 5 only right.
    first, fifth = sorted((five.pseudonyms[0], five.pseudonyms[4]))
    at(analyst, "pairs", **{"class": position_of(workshop, "DEFECTIVE"), "a": first, "b": fifth})
    expect(analyst.get_by_role("heading", name=f"{first} and {fifth}")).to_be_visible()
    expect(analyst.get_by_text("15 maps named by both, of 20 named by either")).to_be_visible()
    analyst.get_by_role("button", name="crack").and_(analyst.get_by_role("button", name="mark")).click()
    expect(
        analyst.get_by_role("heading", name=re.compile("(crack — mark|mark — crack) · 5 maps"))
    ).to_be_visible()
    for title in (
        "In common 5",
        f"Only in crack of {five.pseudonyms[0]} 5",
        f"Only in mark of {fifth_of(five)} 5",
    ):
        section = analyst.locator("section", has=analyst.get_by_role("heading", name=title, exact=True)).last
        expect(section.get_by_role("link", name=re.compile("^Map . of 5; opens"))).to_have_count(5)

    # The link has become that of the class, the pair and the band.
    query = dict(parse_qsl(analyst.url.partition("?")[2]))
    assert {query["a"], query["b"]} == {first, fifth}
    assert query["class"] == position_of(workshop, "DEFECTIVE")
    assert query["left"] != query["right"]


def fifth_of(five: Played) -> str:
    return five.pseudonyms[4]


def test_the_maps_on_which_most_pairs_disagree_are_listed(
    analyst: Page, five: Played, workshop: Workshop
) -> None:
    at(analyst, "pairs", **{"class": position_of(workshop, "DEFECTIVE")})
    rows = rows_of(analyst, "Maps on which most pairs disagree")

    # "line" of the third is matched with nothing of 1, 2 and 4, "mark" of the fifth with their cracks.
    disputed = {each.id for each in (*five.p[6:], *five.q[:5])}
    assert {row["Map"] for row in rows} == disputed
    assert {(row["Pairs that disagree"], row["Pairs that named it"]) for row in rows} == {("3", "6")}
    [line] = [row for row in rows if row["Map"] == five.p[6].id]
    assert [line[who] for who in five.pseudonyms] == ["crack", "cracks", "line", "crack", ""]


def test_the_answer_says_of_how_many_maps_it_is(analyst: Page) -> None:
    # 4 + 4 + 4 maps of "line", 5 + 5 + 5 of "mark", of pairs with the third and with the fifth.
    expect(analyst.get_by_text("the largest part of the rest over “hole” / “mark”")).to_be_visible()
    expect(
        analyst.get_by_text(
            "Not matched: 27 maps, each counted once for each pair of annotators; "
            "10 maps as “hole” / “mark”, 8 as “crack” / “line”, "
            "5 as “mark” / “pit”, 4 as “cracks” / “line”."
        )
    ).to_be_visible()


def test_a_link_without_a_class_goes_on_showing_the_one_it_opened(
    analyst: Page, five: Played, workshop: Workshop
) -> None:
    at(analyst, "vocabulary")
    expect(analyst.get_by_role("heading", name="DEFECTIVE: what the annotators")).to_be_visible()
    analyst.wait_for_url(re.compile(f"class={position_of(workshop, 'DEFECTIVE')}"))
    analyst.get_by_role("button", name="crack", exact=True).click()
    expect(analyst.get_by_role("heading", name="crack")).to_be_visible()
    expect(analyst.get_by_role("link", name=re.compile("^Map .+ of 10; opens"))).to_have_count(10)
    analyst.get_by_role("button", name="crack", exact=True).click()
    expect(analyst.get_by_text("Choose a word to see its maps.")).to_be_visible()

    # What refines the word leads to the pair and the maps that the two concepts share.
    analyst.get_by_role("link", name="line", exact=True).click()
    expect(
        analyst.get_by_role("heading", name=re.compile("(crack — line|line — crack) · 4 maps"))
    ).to_be_visible()


def quotient(of: tuple[int, int]) -> float:
    return of[0] / of[1]


def position_of(workshop: Workshop, class_name: str) -> str:
    classes = workshop.analyst.get(f"/api/runs/{workshop.run_id}").json()["classes"]
    return str(next(each["position"] for each in classes if each["name"] == class_name))


def test_the_summary_leads_to_the_images_behind_a_combination(
    analyst: Page, five: Played, workshop: Workshop
) -> None:
    first = five.pseudonyms[0]
    at(analyst, "summary", **{"class": position_of(workshop, "DEFECTIVE"), "by": first})
    rows = rows_of(analyst, f"Explanations of DEFECTIVE by {first}")

    crack, hole = {each.image for each in five.p}, {each.image for each in five.q}
    images = {each.image for each in five.maps["DEFECTIVE"]}
    expected = {
        "crack|hole": len(crack & hole),
        "crack": len(crack - hole),
        "hole": len(hole - crack),
        "": len(images - crack - hole),
    }
    assert {row["Names"]: int(row["Images"]) for row in rows} == {
        names: count for names, count in expected.items() if count
    }
    analyst.get_by_role("button", name=f"All “other”: {expected['']} images").click()
    shown = analyst.get_by_role(
        "link", name=re.compile(f"^Open the explanation of image .+ of {expected['']}$")
    )
    expect(shown).to_have_count(min(expected[""], 24))


def test_the_vocabulary_shows_who_stands_behind_a_word(
    analyst: Page, five: Played, workshop: Workshop
) -> None:
    at(analyst, "vocabulary", **{"class": position_of(workshop, "DEFECTIVE")})
    rows = {row["Word"]: row for row in rows_of(analyst, "Words")}

    # crack: 1, 2 and 4 on all ten, 3 holds six of them, 5 five; hole: 1, 2 and 3 on all ten, 5 holds five.
    assert rows["crack"]["Annotators"] == "5"
    assert rows["hole"]["Annotators"] == "4"
    assert [rows["crack"][who] for who in five.pseudonyms] == ["crack", "cracks", "crack", "crack", "mark"]
    assert [rows["hole"][who] for who in five.pseudonyms] == ["hole", "pit", "hole", "", "hole"]
    assert rows["crack"]["Finer"] == f"line ({five.pseudonyms[2]}, 4 maps in common)"


def test_what_an_analyst_says_about_names_counts_everywhere(
    analyst: Page, five: Played, workshop: Workshop
) -> None:
    judged(workshop)
    first, second = sorted(five.pseudonyms[:2])
    choices = {"class": position_of(workshop, "DEFECTIVE"), "a": first, "b": second}
    opened(analyst, f"{workshop.address}/agreement/{five.round_id}/pairs?{urlencode(choices)}")
    expect(analyst.get_by_text("names mean the same, 20 of 20 maps, all judged")).to_be_visible()


def test_charts_are_drawings_that_stand_alone(analyst: Page) -> None:
    drawing = saved(analyst, "Agreement by class", "SVG").decode()
    assert drawing.startswith("<svg")
    assert "DEFECTIVE" in drawing
    assert "var(" not in drawing
    assert saved(analyst, "Agreement by class", "PNG").startswith(b"\x89PNG")


def test_files_say_what_they_are_of(analyst: Page, five: Played) -> None:
    at(analyst, "", complete="true")
    expect(analyst.get_by_text("Boards: 4 of 10 count")).to_be_visible()
    drawing = saved(analyst, "Agreement by class", "SVG").decode()
    picture = Image.open(io.BytesIO(saved(analyst, "Agreement by class", "PNG")))
    table = parquet.read_metadata(io.BytesIO(saved(analyst, "Agreement by class", "Parquet"))).metadata

    said = {key.decode(): value.decode() for key, value in table.items()}
    for facts in (said, picture.info):
        assert facts["Naming round"] == ROUND
        assert facts["Boards"] == "finished ones only"
        assert facts["Annotators"] == "all 5"
        assert f"/agreement/{five.round_id}?" in facts["Link"]
    assert "finished ones only" in drawing
    assert f"/agreement/{five.round_id}" in drawing
