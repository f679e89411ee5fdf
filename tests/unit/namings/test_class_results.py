"""What is stored of a class beside its figures."""

from uuid import uuid4

import numpy as np
from tests.unit.agreement.made_namings import from_labels

from glossator.agreement.names import Judgements
from glossator.namings.basis import Basis
from glossator.namings.class_results import ClassOverview, MatchedWeight, compute
from glossator.namings.reading import ReadBoard, ReadClass

SETTINGS = Basis(min_images=1).settings


def overview(*labels: list[str | None], judgements: Judgements | None = None) -> ClassOverview:
    maps = len(labels[0])
    nothing = np.zeros(maps, dtype=bool)
    boards = tuple(ReadBoard(uuid4(), 1, complete=True, blind=True, discarded=nothing) for _ in labels)
    read = ReadClass(0, from_labels(*labels), boards, tuple(uuid4() for _ in range(maps)))
    return compute(read, SETTINGS, judgements or Judgements()).overview


def weights(found: ClassOverview) -> dict[str, tuple[int, int]]:
    return {each.key: (each.judged, each.unjudged) for each in found.matched}


def test_the_matched_weight_is_told_apart_by_whether_names_are_judged() -> None:
    # a and b share eye 2, wing/body 3; c names only what a calls eye, and calls it head.
    found = overview(
        ["eye", "eye", "wing", "wing", "wing"],
        ["eye", "eye", "body", "body", "body"],
        ["head", "head", None, None, None],
    )

    assert found.n_both == (5, 2, 2)
    assert weights(found)["d1"] == (2, 3 + 2 + 2)


def test_a_judgement_moves_its_weight() -> None:
    labels: list[list[str | None]] = [["eye", "eye", "wing"], ["head", "head", "wing"]]

    before = overview(*labels)
    after = overview(*labels, judgements=Judgements.of([("eye", "head", "none")]))

    assert before.matched[0] == MatchedWeight("d1", judged=1, unjudged=2)
    assert after.matched[0] == MatchedWeight("d1", judged=3, unjudged=0)


def test_a_reading_that_matches_more_weighs_more() -> None:
    found = weights(overview(["a", "a", "a"], ["b", "b", "c"]))

    assert found["d1"] == (0, 2)
    assert found["d2_star"] == (0, 3)


def test_one_annotator_has_no_pair() -> None:
    found = overview(["eye", None])

    assert found.n_both == ()
    assert found.matched == ()
