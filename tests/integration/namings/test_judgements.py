"""Pairs of names: which ask for a judgement, what is proposed, what was said."""

from pathlib import Path
from typing import Any

import pytest
from tests.integration.conftest import Browser, NewBrowser
from tests.integration.namings.conftest import Round, fill
from tests.unit.namings.tiny_wordnet import write

from glossator.cli.main import main
from glossator.database import Database
from glossator.namings import judgements
from glossator.namings.wordnet import opened
from glossator.people.tables import Role


def pairs(asker: Browser, **query: object) -> list[dict[str, Any]]:
    answer = asker.client.get(url_of(asker), params=query)
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def url_of(asker: Browser) -> str:
    return f"/api/projects/{asker.project_id}/judgements"


@pytest.fixture
def analyst(browser: NewBrowser, database: Database, three: Round) -> Browser:
    """Somebody who names nothing, after three others named the same maps."""
    maps = three.maps
    with database.transaction() as session:
        fill(session, three.boards[0], [("wing", maps[:6]), ("Beak", maps[6:8]), (None, maps[8:10])])
        fill(session, three.boards[1], [("Wings", maps[:4]), ("head", maps[4:8]), ("tail", maps[8:10])])
        fill(session, three.boards[2], [("WING", maps[:6]), ("beak", maps[6:7])])
    return browser(Role.ANALYST)


def test_pairs_that_share_maps_are_listed_heaviest_first_with_what_the_rules_propose(
    analyst: Browser,
) -> None:
    found = [
        (each["name_a"], each["name_b"], each["shared"], each["state"], each["proposal"]["relation"])
        for each in pairs(analyst)
    ]

    assert found == [
        ("wing", "wings", 8, "proposed", "exact"),
        ("head", "wing", 4, "unjudged", "none"),
        ("beak", "head", 3, "unjudged", "none"),
    ]
    [proposed] = pairs(analyst, state="proposed")
    assert proposed["proposal"]["reason"] == "the same words in the singular"
    assert proposed["judgement"] is None


def test_where_wordnet_is_installed_it_is_asked(
    analyst: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {"head": (["head"], {}), "beak": (["beak", "bill"], {"#p": ["head"]})})
    monkeypatch.setattr(judgements, "installed", lambda: opened(tmp_path))

    [found] = [each for each in pairs(analyst, state="proposed") if each["name_b"] == "head"]

    assert found["proposal"] == {"relation": "subset", "reason": "WordNet: 'beak' is part of 'head'"}


def test_pages_of_pairs_follow_one_another(analyst: Browser) -> None:
    first = analyst.client.get(url_of(analyst), params={"limit": 2}).json()

    rest = analyst.client.get(url_of(analyst), params={"limit": 2, "after": first["next"]}).json()

    assert [each["name_a"] for each in first["items"] + rest["items"]] == ["wing", "head", "beak"]
    assert rest["next"] is None
    gone = analyst.client.get(url_of(analyst), params={"state": "judged", "after": first["next"]})
    assert (gone.status_code, gone.json()["code"]) == (422, "cursor")


def test_a_judgement_counts_in_any_order_and_spelling_until_it_is_withdrawn(
    analyst: Browser, three: Round, data: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    url = url_of(analyst)
    for relation in ("none", "subset"):
        said = {"name_a": " Head ", "name_b": "BEAK", "relation": relation}
        assert analyst.client.put(url, json=said).status_code == 204
    assert analyst.client.put(url, json={**said, "name_a": "claw"}).status_code == 204

    [judged, elsewhere] = pairs(analyst, state="judged")
    assert (judged["name_a"], judged["name_b"], judged["shared"]) == ("beak", "head", 3)
    assert judged["judgement"]["relation"] == "subset"
    assert judged["judgement"]["judged_by"] == "person4@example.org"
    assert (elsewhere["name_b"], elsewhere["shared"]) == ("claw", 0)
    assert pairs(analyst, state="judged", round=str(three.round_id)) == [judged]
    file = "name_a,name_b,relation\nbeak,claw,subset\nbeak,head,subset\n"
    assert analyst.client.get(f"{url}.csv").text == file
    assert main(["export", "judgements", "--data", str(data)]) == 0
    assert capfd.readouterr().out == file

    for _ in range(2):  # what is gone stays gone
        gone = analyst.client.delete(url, params={"name_a": "HEAD", "name_b": "beak"})
        assert gone.status_code == 204
    assert [each["name_b"] for each in pairs(analyst, state="judged")] == ["claw"]


@pytest.mark.parametrize(
    ("name_a", "name_b", "code"),
    [("Wing", " wing", "same_name"), ("wing\u00a0", "\u3000\u00a0", "invalid"), ("", "wing", "invalid")],
)
def test_a_judgement_needs_two_different_names(
    browser: NewBrowser, name_a: str, name_b: str, code: str
) -> None:
    analyst = browser(Role.ANALYST)
    said = {"name_a": name_a, "name_b": name_b, "relation": "none"}

    answer = analyst.client.put(url_of(analyst), json=said)

    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_names_of_five_hundred_characters_can_be_judged(browser: NewBrowser) -> None:
    analyst = browser(Role.ANALYST)
    name = "".join(chr(0x4E00 + number * 7919 % 20_000) for number in range(500))  # nothing to compress
    said = {"name_a": name, "name_b": name[::-1], "relation": "exact"}

    assert analyst.client.put(url_of(analyst), json=said).status_code == 204
    assert [each["shared"] for each in pairs(analyst)] == [0]


def test_a_round_of_another_project_is_not_there(browser: NewBrowser, analyst: Browser) -> None:
    answer = analyst.client.get(url_of(analyst), params={"round": str(analyst.account_id)})
    assert answer.status_code == 404
