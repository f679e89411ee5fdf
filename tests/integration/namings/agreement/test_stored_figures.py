"""Stored figures of agreement: what they are, what makes them old, what is computed again."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from tests.integration.conftest import NewBrowser
from tests.integration.namings.agreement.conftest import DEFECTIVE, IMAGES, NOT_DEFECTIVE, Round
from tests.integration.namings.conftest import fill

from glossator.boards.making import make_boards
from glossator.boards.service import show_anyway
from glossator.boards.tables import Board
from glossator.cli.main import main
from glossator.database import Database
from glossator.jobs.tables import Job
from glossator.namings import keeping
from glossator.people.tables import Role


def ratio(value: dict[str, Any]) -> tuple[int, int]:
    return value["k"], value["n"]


def test_before_anything_is_computed_the_classes_are_there_without_figures(named: Round) -> None:
    found = named.get()

    assert [(each["name"], each["state"], each["figures"]) for each in found["classes"]] == [
        ("defective", "missing", None),
        ("not defective", "missing", None),
    ]
    assert found["overall"] is None
    assert found["choices"]["annotators"] == ["annotator-01", "annotator-02", "annotator-03"]
    refused = named.get(f"/classes/{DEFECTIVE}/pairs", status=409)
    assert refused["code"] == "not_computed"


@pytest.mark.parametrize(
    "choice",
    [
        {},
        {"complete_only": True},
        {"annotator": ["annotator-01", "annotator-03"]},
        {"min_images": 6},
    ],
)
def test_the_figures_are_those_of_the_exported_file(
    named: Round, tmp_path: Path, capsys: pytest.CaptureFixture[str], choice: dict[str, Any]
) -> None:
    named.settle(**choice)

    download = {name: value for name, value in choice.items() if name != "min_images"}
    answer = named.analyst.client.get(f"/api/naming-rounds/{named.round_id}/namings.csv", params=download)
    file = tmp_path / "namings.csv"
    file.write_bytes(answer.content)
    keep = str(choice.get("min_images", 3))
    options = ["--d", "1,2,3,4", "--permutations", "200", "--min-images", keep]
    assert main(["agreement", str(file), "--format", "json", *options]) == 0
    expected = json.loads(capsys.readouterr().out)

    found = named.get(**choice)
    assert [each["name"] for each in found["classes"]] == [each["class"] for each in expected["classes"]]
    for mine, its in zip(found["classes"], expected["classes"], strict=True):
        assert agrees(mine["figures"], its)
        pairs = named.get(f"/classes/{mine['position']}/pairs", **choice)["pairs"]
        for pair, of_file in zip(pairs, its["pairs"], strict=True):
            assert pair["intersection"] == of_file["intersection"]
            for matching in pair["matchings"]:
                assert matching["families"] == of_file["matchings"][matching["key"]]["families"]
                assert matching["weight"] == of_file["matchings"][matching["key"]]["weight"]
    macro = found["overall"]["pairs"]["jaccard"]["value"]
    assert macro == expected["overall"]["pairs"]["jaccard"]


def agrees(mine: dict[str, Any], its: dict[str, Any]) -> bool:
    for shown, printed in zip(mine["annotators"], its["annotators"], strict=True):
        assert shown["annotator"] == printed["annotator"]
        assert shown["n_concepts_removed"] == printed["n_concepts_removed"]
        for figure in ("activation", "partial", "complete"):
            assert ratio(shown["coverage"][figure]) == ratio(printed[f"{figure}_coverage"])
        for figure in ("cx_purity", "xc_purity"):
            assert ratio(shown[figure]) == ratio(printed[figure])
    assert [ratio(each["ratio"]) for each in mine["named_by_exactly"]] == [
        ratio(each) for each in its["named_by_exactly"]
    ]
    assert mine["named_alpha"]["value"] == its["named_alpha"]["value"]
    for matching in mine["pair_summary"]["matchings"]:
        printed = its["pair_summary"][matching["key"]]
        assert matching["agreement"]["mean"] == printed["agreement"]["mean"]
        assert matching["exact"]["mean"] == printed["exact"]["mean"]
    return True


def test_only_the_class_whose_board_changed_is_computed_again(computed: Round, database: Database) -> None:
    before = {each["name"]: each["computed_at"] for each in computed.get()["classes"]}
    assert computed.states() == {"defective": "fresh", "not defective": "fresh"}
    assert computed.refresh() is None

    with database.transaction() as session:
        fill(session, computed.boards[NOT_DEFECTIVE][2], [("band", computed.maps[1][:6])])
    assert computed.states() == {"defective": "fresh", "not defective": "stale"}
    assert computed.get()["classes"][1]["figures"]["named_by_exactly"][3]["ratio"]["k"] == 0  # the old ones
    assert computed.refresh() is not None
    assert computed.compute() == 2  # its plan and one class
    computed.settle()

    found = computed.get()
    assert computed.states() == {"defective": "fresh", "not defective": "fresh"}
    assert found["classes"][0]["computed_at"] == before["defective"]
    assert found["classes"][1]["computed_at"] > before["not defective"]
    assert found["classes"][1]["figures"]["named_by_exactly"][3]["ratio"]["k"] == 6


def test_a_judgement_makes_old_what_it_is_about(computed: Round) -> None:
    def exact() -> tuple[int, int]:
        [pair, *_] = computed.get(f"/classes/{NOT_DEFECTIVE}/pairs")["pairs"]
        return ratio(pair["matchings"][0]["linguistic"]["exact"])

    assert exact() == (0, 0)
    computed.judge("Band", "STRIPE", "exact")
    assert computed.states() == {"defective": "fresh", "not defective": "stale"}
    computed.settle()
    assert exact() == (6, 6)

    computed.judge("band", "stripe", "none")
    computed.settle()
    assert exact() == (0, 6)
    computed.judge("band", "stripe", "exact")  # as it was once before: computed anew all the same
    computed.settle()
    assert exact() == (6, 6)


def test_while_a_job_computes_asking_again_answers_with_it(named: Round, database: Database) -> None:
    first = named.refresh()
    with database.transaction() as session:
        fill(session, named.boards[NOT_DEFECTIVE][2], [("band", named.maps[1][:6])])

    assert named.refresh() == first
    assert named.get()["job_id"] == first
    assert named.get(complete_only=True)["job_id"] is None  # other figures, another job
    named.compute()
    assert named.get()["job_id"] is None
    # It read the newer board.
    assert named.states() == {"defective": "without_chance", "not defective": "without_chance"}


def test_figures_of_some_annotators_are_computed_beside_those_of_more(
    named: Round, database: Database
) -> None:
    two, one = {"annotator": ["annotator-01", "annotator-02"]}, {"annotator": ["annotator-01"]}
    of_two = named.refresh(**two)

    assert named.get(**one)["job_id"] is None
    assert named.refresh(**one) not in (None, of_two)
    named.settle(**two)
    named.settle(**one)  # leaves the ended jobs of two alone
    with database.transaction() as session:
        jobs = session.scalars(select(Job).where(Job.kind == "measure_agreement")).all()
    counted = [(len(job.parameters["basis"]["annotators"]), job.parameters["measured"]) for job in jobs]
    assert sorted(counted) == [(1, "chance"), (1, "figures"), (2, "chance"), (2, "figures")]
    assert [each["annotator"] for each in named.get(**one)["classes"][0]["figures"]["annotators"]] == [
        "annotator-01"
    ]


def test_of_ended_jobs_the_last_one_stays(computed: Round, database: Database) -> None:
    for end in (6, 7):
        with database.transaction() as session:
            fill(session, computed.boards[NOT_DEFECTIVE][2], [(None, computed.maps[1][:end])])
        computed.settle()

    with database.transaction() as session:
        jobs = session.scalars(select(Job).where(Job.kind == "measure_agreement")).all()
    assert sorted(str(each.parameters["measured"]) for each in jobs) == ["chance", "figures"]


def test_figures_of_the_newest_choices_are_kept(computed: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "KEPT", 2)
    for count in (4, 5):
        computed.settle(min_images=count)

    assert computed.states() == {"defective": "missing", "not defective": "missing"}
    assert set(computed.states(min_images=5).values()) == {"fresh"}


def test_the_maps_behind_an_edge(computed: Round) -> None:
    found = computed.get(f"/classes/{DEFECTIVE}/pairs")
    id_of = {
        (each["annotator"], concept["concept"]): concept["concept_id"]
        for each in found["annotators"]
        for concept in each["concepts"]
    }
    crack, line = id_of["annotator-01", "crack"], id_of["annotator-02", "Crack"]
    maps = computed.maps[DEFECTIVE]

    edge = computed.get(
        f"/classes/{DEFECTIVE}/edge", a="annotator-01", concept_a=crack, b="annotator-02", concept_b=line
    )
    alone = computed.get(f"/classes/{DEFECTIVE}/edge", a="annotator-01", concept_a=crack, b="annotator-02")

    assert sorted(edge["common"]) == sorted(maps[:5])
    assert sorted(edge["only_a"]) == sorted(maps[5:8])
    assert edge["only_b"] == []
    assert sorted(alone["only_a"]) == sorted(maps[:8])
    tiles = computed.get(f"/classes/{DEFECTIVE}/tiles")
    assert {each["map_id"] for each in tiles["tiles"]} == set(maps)
    assert tiles["photographs"]["urls"][0].startswith("/api/runs/")
    assert computed.analyst.client.get(tiles["maps"]["urls"][0]).status_code == 200
    unknown = computed.get(f"/classes/{DEFECTIVE}/edge", status=404, a="annotator-09", b="annotator-01")
    assert "annotator-09" in unknown["detail"]


def test_the_summary_leads_to_its_images(computed: Round) -> None:
    summary = computed.get(f"/classes/{DEFECTIVE}/summary")
    assert [each["annotator"] for each in summary["explanations"]] == [
        "annotator-01",
        "annotator-02",
        "annotator-03",
        None,
    ]
    for of in summary["explanations"]:
        assert sum(row["n_images"] for row in of["rows"]) == summary["n_images"] == IMAGES // 2
        for row in of["rows"]:
            who = {} if of["annotator"] is None else {"of": of["annotator"]}
            images = computed.get(f"/classes/{DEFECTIVE}/images", name=row["concepts"], **who)
            assert len(images) == row["n_images"]
            assert sum(each["right"] for each in images) == row["n_right"]
    nothing = computed.get(f"/classes/{DEFECTIVE}/images", status=404, name=["no such name"])
    assert "combination" in nothing["detail"]


def test_the_vocabulary_tells_who_stands_behind_a_word(computed: Round) -> None:
    found = computed.get(f"/classes/{DEFECTIVE}/vocabulary")

    [crack, hole, line] = found["groups"]
    assert (crack["name"], crack["support"]) == ("crack", 3)
    assert (hole["support"], {each["name"] for each in hole["members"]}) == (2, {"hole", "pit"})
    assert (line["name"], line["listed_under"]) == ("line", 0)
    for member in crack["members"]:
        maps = computed.get(f"/classes/{DEFECTIVE}/groups/{member['concept_id']}/maps")["maps"]
        assert len(maps) == crack["n_activations"]
    gone = computed.get(f"/classes/{DEFECTIVE}/groups/{uuid4()}/maps", status=404)
    assert "load the page again" in gone["detail"]
    counted = sum(each["n_activations"] for each in found["groups"])
    assert counted + found["n_unnamed"] + found["n_split"] == found["n_activations"]


def test_the_maps_on_which_most_pairs_disagree_come_first(computed: Round) -> None:
    found = computed.get(f"/classes/{DEFECTIVE}/disputes")
    pairs = computed.get(f"/classes/{DEFECTIVE}/pairs")["pairs"]

    # Again, slowly: the concepts of each map from the answer, the families of each pair from the pairs.
    for each in found["maps"]:
        concept_of = {said["annotator"]: said["concept_id"] for said in each["said"]}
        both = [pair for pair in pairs if pair["a"] in concept_of and pair["b"] in concept_of]
        apart = [pair for pair in both if not in_one_family(pair, concept_of)]
        assert (each["n_pairs"], each["n_apart"]) == (len(both), len(apart))
    # By hand: to the first and the third 2 to 7 are "crack". The second says "line" of 5 to 7, which lies
    # apart from the first's; of two equally good matchings with the third one leaves out "line", one "Crack".
    first = computed.maps[DEFECTIVE]
    disputed = {each["map_id"]: each["n_apart"] for each in found["maps"]}
    assert {*first[5:8]} <= {*disputed} <= {*first[2:8]}
    assert sum(disputed.values()) == 6
    assert [each["n_apart"] for each in found["maps"]] == sorted(disputed.values(), reverse=True)
    assert found["n_maps"] == len(disputed)
    [line] = [each for each in found["maps"] if each["map_id"] == first[5]]
    assert [each["concept"] for each in line["said"]] == ["crack", "line", "crack"]
    assert len(computed.get(f"/classes/{DEFECTIVE}/disputes", limit=1)["maps"]) == 1
    assert "reading" in computed.get(f"/classes/{DEFECTIVE}/disputes", status=404, reading="d9")["detail"]


def in_one_family(pair: dict[str, Any], concept_of: dict[str, str]) -> bool:
    [one] = [each for each in pair["matchings"] if each["key"] == "d1"]
    a, b = concept_of[pair["a"]], concept_of[pair["b"]]
    return any(a in family["a"] and b in family["b"] for family in one["families"])


def test_boards_are_counted_whether_they_count_or_not(computed: Round) -> None:
    choices = computed.get(complete_only=True)["choices"]
    assert (choices["boards"], choices["complete"]) == (6, 1)
    of_one = computed.get(**{"class": DEFECTIVE, "annotator": "annotator-02"})["choices"]
    assert (of_one["boards"], of_one["complete"]) == (1, 0)


def test_the_boards_behind_the_figures_are_told(named: Round, database: Database) -> None:
    with database.transaction() as session:
        session.get_one(Board, named.boards[DEFECTIVE][1]).blind = False
    named.refresh()
    named.compute()

    boards = named.get()["classes"][DEFECTIVE]["boards"]
    assert (boards["boards"], boards["complete"]) == (3, 1)
    assert boards["not_blind"] == ["annotator-02"]
    assert [each["k"] for each in boards["discarded"]] == [0, 0, 1]


def test_what_is_on_no_board_is_counted_apart(named: Round) -> None:
    found = named.get()["classes"]
    # As Table 1 of the run has it: nothing needs to be computed, and no choice changes it.
    assert [(each["n_unexplained"], each["n_lost"]) for each in found] == [(2, 1), (3, 0)]
    assert [each["figures"] for each in found] == [None, None]


def test_alpha_stands_with_the_share_of_equal_pairs_and_of_what_is_named(computed: Round) -> None:
    found = computed.get()["classes"][DEFECTIVE]["figures"]
    alpha, maps = found["named_alpha"], len(computed.maps[DEFECTIVE])
    # By hand: of the first 14 maps, 2 to 7 are named by all three, 0, 1 and 8 to 12 by two and 13 by one.
    assert ratio(alpha["equal_pairs"]) == (3 * maps - 2 * 8, 3 * maps)
    assert ratio(alpha["named"]) == (6 * 3 + 7 * 2 + 1, 3 * maps)


def test_who_looks_at_what_a_board_hides_is_told_although_the_board_has_no_new_version(
    computed: Round, database: Database
) -> None:
    board_id = computed.boards[DEFECTIVE][1]
    with database.transaction() as session:
        before = session.get_one(Board, board_id).version
        show_anyway(session, board_id, computed.annotators[1].account_id)
    with database.transaction() as session:
        assert session.get_one(Board, board_id).version == before

    assert computed.states() == {"defective": "stale", "not defective": "fresh"}
    computed.settle()
    assert computed.get()["classes"][DEFECTIVE]["boards"]["not_blind"] == ["annotator-02"]


def test_whoever_has_an_open_board_sees_nothing(
    computed: Round, browser: NewBrowser, database: Database
) -> None:
    naming = browser(Role.ANNOTATOR, Role.ANALYST)
    with database.transaction() as session:
        run_id = computed.get()["choices"]["run_id"]
        make_boards(session, run_id=UUID(run_id), account_ids=[naming.account_id])

    answer = naming.client.get(computed.url)

    assert answer.status_code == 403
    assert answer.json()["code"] == "blinded"


def test_an_annotator_that_the_round_lacks_is_named(computed: Round) -> None:
    answer = computed.get(status=422, annotator="annotator-77")
    assert "annotator-77" in answer["detail"]
    assert "annotator-01" in answer["detail"]
