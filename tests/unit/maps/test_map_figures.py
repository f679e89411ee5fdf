"""Pointing and cosines from stored facts, by hand."""

from dataclasses import replace
from uuid import UUID

import pytest

from glossator.maps.figures import ClassFigures, Measured, PointingRow, Ratio, RunFigures
from glossator.maps.parameters import Variant
from glossator.maps.pointing import Baselines, Chances, Hits, MapHits
from glossator.maps.stored import from_json, to_json
from glossator_worker.pipelines.run_maps.figures import (
    Facts,
    ImageFacts,
    MapFacts,
    variant_figures,
    warnings_of,
    with_maps,
)

MISS, HIT = Hits(False, False, False), Hits(True, True, True)
NEAR = Hits(exact=False, half_cell=False, one_cell=True)


def _image(
    number: int, fine: str, group: str, *, uniform: float = 0.1, cosine: float | None = None
) -> tuple[UUID, ImageFacts]:
    baselines = Baselines(HIT if number == 1 else MISS, Chances(uniform, uniform, uniform))
    return UUID(int=number), ImageFacts(
        0, {Variant.PLAIN: cosine, Variant.CONTRASTIVE: None}, fine, group, baselines
    )


def _map(
    image: int, plain: Hits, contrastive: Hits = MISS, *, empty: bool = False, lost: float = 0.0
) -> MapFacts:
    no_mass = {Variant.PLAIN: empty, Variant.CONTRASTIVE: empty}
    return MapFacts(UUID(int=image), 0, lost, no_mass, MapHits(plain, contrastive))


@pytest.fixture
def facts() -> Facts:
    """Two cracks of one object with three maps, one fray with one map, and one map that lost everything."""
    images = dict(
        [
            _image(1, "crack", "a", uniform=0.1, cosine=0.5),
            _image(2, "crack", "a", uniform=0.4, cosine=0.7),
            _image(3, "fray", "b", uniform=0.2),
        ]
    )
    maps = (
        _map(1, HIT, HIT),
        _map(1, NEAR),
        _map(2, MISS, empty=True, lost=1.0),
        _map(3, HIT, lost=0.6),
    )
    return Facts(maps, images)


def _rows(facts: Facts, variant: Variant) -> dict[tuple[str, str | None, str], PointingRow]:
    return {
        (row.level, row.fine_label, row.tolerance): row for row in variant_figures(facts, variant).pointing
    }


def test_a_lost_map_is_a_miss_and_is_counted(facts: Facts) -> None:
    crack = _rows(facts, Variant.PLAIN)["fine_label", "crack", "exact"]
    assert (crack.maps, crack.images, crack.groups, crack.lost, crack.hits) == (3, 2, 1, 1, 1)
    assert crack.value == pytest.approx(1 / 3)


def test_pooled_counts_maps_alike_and_macro_counts_fine_labels_alike(facts: Facts) -> None:
    rows = _rows(facts, Variant.PLAIN)
    assert (rows["pooled", None, "exact"].hits, rows["pooled", None, "exact"].value) == (2, 0.5)
    assert rows["macro", None, "exact"].value == pytest.approx((1 / 3 + 1) / 2)
    assert rows["macro", None, "exact"].hits is None


def test_a_tolerance_lets_near_maps_point(facts: Facts) -> None:
    rows = _rows(facts, Variant.PLAIN)
    assert [rows["pooled", None, each].value for each in ("exact", "half_cell", "one_cell")] == [
        0.5,
        0.5,
        0.75,
    ]


def test_baselines_stand_for_the_same_maps(facts: Facts) -> None:
    pooled = _rows(facts, Variant.PLAIN)["pooled", None, "exact"]
    assert pooled.centre == 0.5, "both maps of the first image"
    assert pooled.uniform == pytest.approx((0.1 + 0.1 + 0.4 + 0.2) / 4)


def test_a_row_of_one_group_says_why_it_has_no_interval(facts: Facts) -> None:
    crack = _rows(facts, Variant.PLAIN)["fine_label", "crack", "exact"]
    assert (crack.low, crack.high, crack.reason) == (None, None, "fewer than two groups")
    pooled = _rows(facts, Variant.PLAIN)["pooled", None, "exact"]
    assert pooled.low == pytest.approx(1 / 3) and pooled.high == 1.0, "all draws of one group, or the other"


def test_the_variants_have_hits_of_their_own(facts: Facts) -> None:
    assert _rows(facts, Variant.CONTRASTIVE)["pooled", None, "exact"].hits == 1


def test_without_masks_there_are_no_rows() -> None:
    maps = MapFacts(UUID(int=1), 0, 0.0, {Variant.PLAIN: False, Variant.CONTRASTIVE: False}, None)
    image = ImageFacts(0, {Variant.PLAIN: None, Variant.CONTRASTIVE: None}, "a", "b", None)
    figures = variant_figures(Facts((maps,), {UUID(int=1): image}), Variant.PLAIN)
    assert figures.pointing == ()
    assert figures.cosine == Measured(None, 0, "no image has two maps")


def _class_figures() -> ClassFigures:
    nothing, ratio = Measured(None, 0, "-"), Ratio.of(1, 2)
    return ClassFigures(
        images=3,
        unexplained=0,
        significant=4,
        per_image=nothing,
        lost=None,
        mostly_lost=None,
        accuracy_network=ratio,
        accuracy_xnn=ratio,
        rmse_positives=nothing,
        rmse_negatives=nothing,
        rmse_all=nothing,
        relative_rmse_positives=nothing,
        relative_rmse_negatives=nothing,
        relative_rmse_all=nothing,
        live=2,
        dead=3,
        negative=0,
        plain_cosine=nothing,
        contrastive_cosine=nothing,
        attempts=1,
    )


def test_table_1_takes_cosines_and_losses_from_the_maps(facts: Facts) -> None:
    after = with_maps(_class_figures(), 0, facts)
    assert (after.lost, after.mostly_lost) == (1, 2)
    assert after.plain_cosine == Measured(0.6, 2)
    assert after.contrastive_cosine.value is None
    assert from_json(ClassFigures, to_json(after)) == after


def test_the_page_warns_of_lost_maps_and_of_maps_at_the_image_itself(facts: Facts) -> None:
    ratio = Ratio.of(1, 2)
    run = RunFigures(10, 3, ratio, ratio, ratio, Measured(1.0, 1), 4, (), ())
    classes = [("crack", with_maps(_class_figures(), 0, facts))]
    assert warnings_of(run, classes, at_image=False) == [
        "1 of 4 maps lost their whole mass and stand on no board.",
        "2 of 4 maps lost more than half of their mass and are marked.",
    ]
    assert "below zero" in warnings_of(run, classes, at_image=True)[0]
    assert warnings_of(run, [("crack", replace(classes[0][1], lost=0, mostly_lost=0))], at_image=False) == []
