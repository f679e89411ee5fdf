"""Pairs of names: which ask for a judgement, what is proposed, what was said."""

from pathlib import Path
from typing import Any

import pytest
from tests.integration.conftest import Browser, NewBrowser
from tests.integration.namings.conftest import Round, fill
from tests.unit.namings.tiny_wordnet import write

from glossator.boards.making import make_boards
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
    elsewhere = {"round": str(analyst.account_id)}
    names = {"name_a": "wing", "name_b": "wings"}

    assert analyst.client.get(url_of(analyst), params=elsewhere).status_code == 404
    assert analyst.client.get(f"{url_of(analyst)}/maps", params={**elsewhere, **names}).status_code == 404


def maps_behind(asker: Browser, name_a: str, name_b: str, **query: object) -> tuple[int, list[str]]:
    """How many there are, and those that are shown."""
    answer = asker.client.get(f"{url_of(asker)}/maps", params={"name_a": name_a, "name_b": name_b, **query})
    assert answer.status_code == 200, answer.text
    classes = answer.json()["classes"]
    return answer.json()["n_maps"], sorted(tile["map_id"] for of in classes for tile in of["tiles"]["tiles"])


def test_the_maps_behind_a_pair_are_those_that_two_people_named_so(analyst: Browser, three: Round) -> None:
    maps = three.maps

    assert maps_behind(analyst, "wing", "wings") == (4, maps[:4])  # counted once, though two called them wing
    assert maps_behind(analyst, " HEAD", "beak") == (2, maps[6:8])  # in any order and spelling
    assert maps_behind(analyst, "wing", "head", round=str(three.round_id)) == (2, maps[4:6])
    assert maps_behind(analyst, "tail", "wing") == maps_behind(analyst, "claw", "wing") == (0, [])


def test_of_many_maps_behind_a_pair_the_same_twelve_are_shown(
    browser: NewBrowser, database: Database, three: Round
) -> None:
    maps = three.maps
    with database.transaction() as session:
        fill(session, three.boards[0], [("wing", maps)])
        fill(session, three.boards[1], [("feather", maps)])
    analyst = browser(Role.ANALYST)

    assert maps_behind(analyst, "wing", "feather") == (len(maps), maps[:12])
    assert len(maps) > 12


def test_the_maps_behind_a_pair_come_with_their_pictures_and_not_with_who_named_them(
    analyst: Browser, three: Round
) -> None:
    query = {"name_a": "wing", "name_b": "wings"}

    answer = analyst.client.get(f"{url_of(analyst)}/maps", params=query)

    [of] = answer.json()["classes"]
    assert of["run_id"] == str(three.run.run_id)
    for url in (of["tiles"]["photographs"]["urls"][0], of["tiles"]["maps"]["urls"][0]):
        assert analyst.client.get(url).status_code == 200
    assert {"map_id", "place", "image_id"} == set(of["tiles"]["tiles"][0])
    assert "annotator-" not in answer.text


def test_the_maps_behind_a_pair_are_hidden_from_who_still_names(
    browser: NewBrowser, database: Database, three: Round
) -> None:
    naming = browser(Role.ANALYST)
    with database.transaction() as session:
        make_boards(session, run_id=three.run.run_id, account_ids=[naming.account_id], seed=2)

    answer = naming.client.get(f"{url_of(naming)}/maps", params={"name_a": "wing", "name_b": "wings"})

    assert (answer.status_code, answer.json()["code"]) == (403, "blinded")
