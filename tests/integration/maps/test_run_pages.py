"""Runs and explanations over HTTP: what is answered, and what an open board hides."""

import base64
import io
from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from PIL import Image as Picture
from sqlalchemy import delete, select, update
from tests.integration.conftest import Browser
from tests.integration.maps.conftest import CLASSES, PER_CLASS, Bench, Finished

from glossator.boards.making import make_boards
from glossator.boards.tables import Board, BoardItem, Concept
from glossator.maps.tables import ActivationMap, ExplainedImage, Run
from glossator.people import projects
from glossator.people.tables import Role
from glossator.rounds.tables import NamingRound


@pytest.fixture
def boards(finished: Finished) -> Iterator[Finished]:
    """The run with plain maps chosen; the boards that a test makes are gone afterwards."""
    before = finished.bench.run(finished.run_id)
    _set(finished, variant="plain")
    yield finished
    finished.bench.write(
        lambda session: session.execute(delete(NamingRound).where(NamingRound.run_id == finished.run_id))
    )
    _set(finished, variant=before.variant)


def _set(finished: Finished, **values: Any) -> None:
    finished.bench.write(
        lambda session: session.execute(update(Run).where(Run.id == finished.run_id).values(values))
    )


def _give_boards(finished: Finished, person: Browser, **values: Any) -> None:
    """Boards of all classes, with columns of them changed."""

    def give(session: Any) -> None:
        made = make_boards(session, run_id=finished.run_id, account_ids=[person.account_id])
        ids = [board.id for board in made.boards]
        if values:
            session.execute(update(Board).where(Board.id.in_(ids)).values(values))

    finished.bench.write(give)


def _called(finished: Finished, person: Browser) -> str:
    """The pseudonym; the project has one more with each test."""
    with finished.bench.database.transaction() as session:
        return projects.pseudonyms(session, person.project_id)[person.account_id]


def _name(finished: Finished, person: Browser, map_ids: list[UUID], name: str) -> None:
    """Put maps of one class into a concept of this person."""

    def give(session: Any) -> None:
        board_id = session.scalars(
            select(BoardItem.board_id)
            .join(Board, Board.id == BoardItem.board_id)
            .where(Board.account_id == person.account_id, BoardItem.map_id == map_ids[0])
        ).one()
        concept = Concept(board_id=board_id, id=uuid4(), name=name, note="", position=0)
        session.add(concept)
        session.flush()
        items = update(BoardItem).where(BoardItem.board_id == board_id, BoardItem.map_id.in_(map_ids))
        session.execute(items.values(concept_id=concept.id))

    finished.bench.write(give)


def _image_with_maps(bench: Bench, run_id: UUID) -> tuple[UUID, list[ActivationMap]]:
    """The image that has most maps, largest share first."""
    with bench.database.transaction() as session:
        maps = session.scalars(
            select(ActivationMap)
            .where(ActivationMap.run_id == run_id, ActivationMap.place.is_not(None))
            .order_by(ActivationMap.share.desc())
        ).all()
    by_image: dict[UUID, list[ActivationMap]] = {}
    for each in maps:
        by_image.setdefault(each.image_id, []).append(each)
    return max(by_image.items(), key=lambda pair: len(pair[1]))


def test_a_reader_finds_the_run_in_the_list_and_on_its_page(finished: Finished) -> None:
    analyst = finished.browser(Role.ANALYST)
    listed = analyst.client.get("/api/runs", params={"project": str(analyst.project_id)}).json()
    assert [each["id"] for each in listed["items"]] == [str(finished.run_id)]
    assert listed["items"][0]["state"] == "finished"
    page = analyst.client.get(f"/api/runs/{finished.run_id}").json()
    assert [each["name"] for each in page["classes"]] == list(CLASSES)
    assert page["blinded"] is False
    assert len(page["x_features"]) == 8
    assert page["stop"] in [each["name"] for each in page["stops"]]
    assert {row["level"] for row in page["figures"]["variants"][0]["pointing"]} == {
        "fine_label",
        "macro",
        "pooled",
    }
    assert analyst.client.get(f"/api/runs/{finished.run_id}/stops").json() == page["stops"]


def test_runs_are_not_there_for_strangers_and_not_for_annotators(finished: Finished) -> None:
    stranger, annotator = finished.browser(), finished.browser(Role.ANNOTATOR)
    image_id, _ = _image_with_maps(finished.bench, finished.run_id)
    for path in (
        f"/api/runs/{finished.run_id}",
        f"/api/runs/{finished.run_id}/examples",
        f"/api/runs/{finished.run_id}/stops",
        f"/api/runs/{finished.run_id}/classes/0/sheets/plain/0",
    ):
        assert annotator.client.get(path).status_code == 403, path
        unknown = stranger.client.get(path.replace(str(finished.run_id), str(uuid4())))
        foreign = stranger.client.get(path)
        assert foreign.status_code == 404, path
        assert foreign.json()["detail"] == unknown.json()["detail"]
    for path in (f"/api/runs/{finished.run_id}/images", f"/api/explanations/{finished.run_id}/{image_id}"):
        assert stranger.client.get(path).status_code == 404, path


def test_an_analyst_asks_for_no_run_and_chooses_no_variant(finished: Finished) -> None:
    analyst = finished.browser(Role.ANALYST)
    body = {
        "project_id": str(analyst.project_id),
        "classifier_id": str(finished.bench.laid.classifier_id),
    }
    assert analyst.client.post("/api/runs", json=body).status_code == 403
    choice = analyst.client.post(f"/api/runs/{finished.run_id}/variant", json={"variant": "plain"})
    assert choice.status_code == 403


def test_a_researcher_who_asks_for_the_same_run_again_gets_it(finished: Finished) -> None:
    researcher = finished.browser(Role.RESEARCHER)
    body = {
        "project_id": str(researcher.project_id),
        "classifier_id": str(finished.bench.laid.classifier_id),
        "x_features": 4,
        "seed": 1,
    }
    answer = researcher.client.post("/api/runs", json=body)
    assert answer.status_code == 201
    assert answer.json()["run_id"] == str(finished.run_id)


@pytest.mark.parametrize(
    "wrong", [{"share": 0}, {"x_features": 0}, {"variant": "both"}, {"seed": -1}, {"colour": 1}]
)
def test_parameters_outside_their_range_are_refused_by_name(
    finished: Finished, wrong: dict[str, Any]
) -> None:
    researcher = finished.browser(Role.RESEARCHER)
    body = {
        "project_id": str(researcher.project_id),
        "classifier_id": str(finished.bench.laid.classifier_id),
        **wrong,
    }
    answer = researcher.client.post("/api/runs", json=body)
    assert answer.status_code == 422
    assert next(iter(wrong)) in answer.json()["fields"][0]["path"]


def test_an_open_board_hides_x_features_and_fine_labels_from_its_owner_whatever_the_role(
    boards: Finished,
) -> None:
    owner = boards.browser(Role.OWNER)
    _give_boards(boards, owner)
    page = owner.client.get(f"/api/runs/{boards.run_id}").json()
    assert page["blinded"] is True
    assert page["x_features"] is None
    text = owner.client.get(f"/api/runs/{boards.run_id}").text
    assert "large" not in text and "small" not in text, "names of fine labels"
    image_id, maps = _image_with_maps(boards.bench, boards.run_id)
    for path in (
        f"/api/explanations/{boards.run_id}/{image_id}",
        f"/api/runs/{boards.run_id}/images",
        f"/api/runs/{boards.run_id}/namers",
    ):
        answer = owner.client.get(path)
        assert (answer.status_code, answer.json()["code"]) == (403, "blinded"), path
        assert "finish your boards" in answer.json()["detail"]
    examples = owner.client.get(f"/api/runs/{boards.run_id}/examples").text
    assert not any(str(each.id) in examples for each in maps), "examples lead to no map of a board"


@pytest.mark.parametrize("opened", [{"complete": True}, {"blind": False}])
def test_a_finished_board_or_show_anyway_opens_explanations(
    boards: Finished, opened: dict[str, bool]
) -> None:
    person = boards.browser(Role.ANALYST, Role.ANNOTATOR)
    _give_boards(boards, person, **opened)
    image_id, _ = _image_with_maps(boards.bench, boards.run_id)
    assert person.client.get(f"/api/explanations/{boards.run_id}/{image_id}").status_code == 200
    assert person.client.get(f"/api/runs/{boards.run_id}").json()["blinded"] is False


def test_an_explanation_has_the_significant_x_features_with_shares_maps_and_names(boards: Finished) -> None:
    analyst, annotator = boards.browser(Role.ANALYST), boards.browser(Role.ANNOTATOR)
    _give_boards(boards, annotator)
    image_id, maps = _image_with_maps(boards.bench, boards.run_id)
    assert len(maps) >= 2
    _name(boards, annotator, [maps[0].id], "bright edge")
    path = f"/api/explanations/{boards.run_id}/{image_id}"
    plain = analyst.client.get(path).json()
    assert [each["name"] for each in plain["features"]] == [None] * len(maps)
    named = analyst.client.get(path, params={"naming": _called(boards, annotator)}).json()
    assert [each["name"] for each in named["features"]] == ["bright edge"] + ["other"] * (len(maps) - 1)
    assert [each["map_id"] for each in named["features"]] == [str(each.id) for each in maps]
    assert [each["number"] for each in named["features"]] == [each.x_feature for each in maps]
    with boards.bench.database.transaction() as session:
        explained = session.get_one(ExplainedImage, (boards.run_id, image_id))
    positive = sum(each for each in explained.contributions if each > 0)
    for each, row in zip(named["features"], maps, strict=True):
        assert each["share"] == pytest.approx(row.contribution / positive)
        assert base64.b64decode(each["plain"]["cells"]) == row.plain
        assert len(row.plain) == named["height"] * named["width"]
    assert sum(each["share"] for each in named["features"]) >= 0.9 - 1e-9
    terms = [each["contribution"] for each in (*named["features"], *named["others"])]
    assert sorted(terms) == pytest.approx(sorted(each for each in explained.contributions if each))
    assert named["label"] == CLASSES[named["class_position"]]
    assert named["right"] == (named["predicted"]["name"] == named["label"])
    picture = analyst.client.get(named["picture_url"])
    assert picture.headers["content-type"] == "image/webp"
    assert Picture.open(io.BytesIO(picture.content)).size == (32, 32)


def test_owners_and_researchers_alone_learn_who_is_behind_a_pseudonym(boards: Finished) -> None:
    annotator = boards.browser(Role.ANNOTATOR)
    _give_boards(boards, annotator)
    called = _called(boards, annotator)
    image_id, _ = _image_with_maps(boards.bench, boards.run_id)
    pages = (f"/api/runs/{boards.run_id}/images", f"/api/explanations/{boards.run_id}/{image_id}")
    known = {"annotator": called, "account_id": str(annotator.account_id), "name": "Ada"}
    nameless = {"annotator": called, "account_id": None, "name": None}
    for role, seen in ((Role.OWNER, known), (Role.RESEARCHER, known), (Role.ANALYST, nameless)):
        reader = boards.browser(role)
        namers = reader.client.get(f"/api/runs/{boards.run_id}/namers")
        assert namers.json() == [seen]
        for page in pages:
            answer = reader.client.get(page, params={"naming": called})
            assert answer.status_code == 200, answer.text
            assert role is not Role.ANALYST or str(annotator.account_id) not in answer.text + namers.text
            for unknown in ("annotator-99", str(annotator.account_id)):
                refused = reader.client.get(page, params={"naming": unknown})
                assert (refused.status_code, refused.json()["code"]) == (404, "not_found")


def test_an_annotator_sees_own_names_alone_and_neither_numbers_nor_files_nor_fine_labels(
    boards: Finished,
) -> None:
    mine, other = boards.browser(Role.ANNOTATOR), boards.browser(Role.ANNOTATOR)
    for person in (mine, other):
        _give_boards(boards, person, complete=True)
    image_id, maps = _image_with_maps(boards.bench, boards.run_id)
    _name(boards, mine, [each.id for each in maps], "mine")
    path = f"/api/explanations/{boards.run_id}/{image_id}"
    own = mine.client.get(path, params={"naming": _called(boards, mine)}).json()
    assert {each["name"] for each in own["features"]} == {"mine"}
    for each in own["features"]:
        assert (each["number"], each["weight"], each["status"]) == (None, None, None)
    assert all(each["number"] is None for each in own["others"])
    assert (own["file_name"], own["fine_label"]) == (None, None)
    for others in (_called(boards, other), "annotator-99"):
        refused = mine.client.get(path, params={"naming": others})
        assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    namers = mine.client.get(f"/api/runs/{boards.run_id}/namers").json()
    seen = {"annotator": _called(boards, mine), "account_id": str(mine.account_id), "name": "Ada"}
    assert namers == [seen]


def test_images_are_browsed_by_class_by_right_and_wrong_and_in_pages(finished: Finished) -> None:
    analyst = finished.browser(Role.ANALYST)
    path = f"/api/runs/{finished.run_id}/images"

    def ids(**parameters: object) -> list[str]:
        answer = analyst.client.get(path, params={"limit": 200, **parameters})
        assert answer.status_code == 200, answer.text
        return [each["image_id"] for each in answer.json()["items"]]

    everything = ids()
    assert len(everything) == len(CLASSES) * PER_CLASS["test"]
    assert sorted(ids(**{"class": 0}) + ids(**{"class": 1})) == sorted(everything)
    assert sorted(ids(right=True) + ids(right=False)) == sorted(everything)
    first = analyst.client.get(path, params={"limit": 5}).json()
    assert [each["image_id"] for each in first["items"]] == everything[:5]
    second = analyst.client.get(path, params={"limit": 5, "after": first["next"]}).json()
    assert [each["image_id"] for each in second["items"]] == everything[5:10]
    assert {each["names"] for each in first["items"]} == {None}


def test_images_of_which_nothing_was_named_can_be_asked_for(boards: Finished) -> None:
    analyst, annotator = boards.browser(Role.ANALYST), boards.browser(Role.ANNOTATOR)
    _give_boards(boards, annotator)
    image_id, maps = _image_with_maps(boards.bench, boards.run_id)
    _name(boards, annotator, [maps[-1].id], "found")
    parameters: dict[str, str | int] = {"naming": _called(boards, annotator), "limit": 200}
    path = f"/api/runs/{boards.run_id}/images"
    everything = analyst.client.get(path, params=parameters).json()["items"]
    others = analyst.client.get(path, params={**parameters, "all_other": True}).json()["items"]
    with_maps = {each["image_id"] for each in everything if each["names"]}
    assert {each["image_id"] for each in others} == with_maps - {str(image_id)}
    named = next(each for each in everything if each["image_id"] == str(image_id))
    assert named["names"] == ["other"] * (len(maps) - 1) + ["found"]


def test_sheets_and_pictures_are_kept_by_the_browser_of_their_person_only(finished: Finished) -> None:
    analyst = finished.browser(Role.ANALYST)
    for kind, media in (("photographs", "image/webp"), ("plain", "image/png"), ("contrastive", "image/png")):
        answer = analyst.client.get(f"/api/runs/{finished.run_id}/classes/0/sheets/{kind}/0")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == media
        assert answer.headers["cache-control"] == "private, max-age=31536000, immutable"
    missing = analyst.client.get(f"/api/runs/{finished.run_id}/classes/0/sheets/plain/1")
    assert missing.status_code == 404


def test_examples_show_both_variants_of_all_maps_of_a_few_images(finished: Finished) -> None:
    analyst = finished.browser(Role.ANALYST)
    found = analyst.client.get(f"/api/runs/{finished.run_id}/examples").json()
    assert 1 <= len(found["examples"]) <= 6
    for each in found["examples"]:
        assert len(each["maps"]) >= 2
        assert analyst.client.get(each["picture_url"]).status_code == 200
        for row in each["maps"]:
            for variant in ("plain", "contrastive"):
                assert len(base64.b64decode(row[variant]["cells"])) == found["height"] * found["width"]
    again = analyst.client.get(f"/api/runs/{finished.run_id}/examples").json()
    assert again == found
