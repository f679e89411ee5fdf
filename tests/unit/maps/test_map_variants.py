"""Which maps stand on boards: the table of "automatic"."""

import pytest

from glossator.maps.figures import Measured, PointingRow, VariantFigures
from glossator.maps.parameters import Asked, Variant
from glossator.maps.variants import choose


def _figures(variant: Variant, cosine: float | None, pointing: float | None = None) -> VariantFigures:
    measured = Measured(None, 0, "no image has two maps") if cosine is None else Measured(cosine, 55)
    rows = () if pointing is None else tuple(_row(tolerance, pointing) for tolerance in ("one_cell", "exact"))
    return VariantFigures(variant, measured, 0, rows)


def _row(tolerance: str, value: float) -> PointingRow:
    value = value if tolerance == "exact" else 1 - value
    return PointingRow("pooled", None, tolerance, 120, 50, 20, 0, 60, value, 0.1, 0.9, 0.2, 0.2)


@pytest.mark.parametrize(
    ("cosine", "pointing", "variant", "said"),
    [
        (None, None, Variant.PLAIN, "no image has two maps"),
        (0.74, None, Variant.PLAIN, "the maps of one image differ (mean cosine 0.74 over 55 images)"),
        (0.9, (0.7, 0.9), Variant.PLAIN, "differ"),
        (
            0.91,
            (0.5, 0.5),
            Variant.CONTRASTIVE,
            "at least as well (0.50 against 0.50 of 120 maps in the mask)",
        ),
        (0.99, (0.45, 0.6), Variant.CONTRASTIVE, "nearly the same picture (mean cosine 0.99 over 55 images)"),
        (
            0.99,
            (0.45, 0.21),
            None,
            "point less often at the masks (0.21 against 0.45 of 120 maps in the mask)",
        ),
        (0.99, None, None, "without masks nothing shows"),
    ],
)
def test_automatic(
    cosine: float | None, pointing: tuple[float, float] | None, variant: Variant | None, said: str
) -> None:
    plain, contrastive = pointing or (None, None)
    choice = choose(
        Asked.AUTOMATIC,
        _figures(Variant.PLAIN, cosine, plain),
        _figures(Variant.CONTRASTIVE, 0.6, contrastive),
    )
    assert choice.variant == variant
    assert said in choice.reason
    assert choice.reason[0].isupper() and choice.reason.endswith(".") and choice.reason.count(". ") == 0


@pytest.mark.parametrize("asked", [Asked.PLAIN, Asked.CONTRASTIVE])
def test_what_a_researcher_asks_for_is_taken_whatever_the_maps_are_like(asked: Asked) -> None:
    choice = choose(asked, _figures(Variant.PLAIN, 0.99), _figures(Variant.CONTRASTIVE, 0.99))
    assert choice.variant == asked.value
    assert choice.reason == f"{asked.value.capitalize()} maps, as asked for."
