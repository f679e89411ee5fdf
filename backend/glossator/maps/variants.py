"""Which variant of the maps stands on boards, and the sentence that says why.

Plain maps of one image can be nearly one picture where a network pools globally, and a board of equal maps is
worthless; contrastive maps can differ and mean nothing. So the contrastive ones are taken by themselves only
where masks show that they point at least as well.
"""

from dataclasses import dataclass

from glossator.maps.figures import PointingRow, VariantFigures
from glossator.maps.parameters import Asked, Variant

NEARLY_THE_SAME = 0.9
"""Mean cosine of an image's plain maps above which they are too much alike for a board."""


@dataclass(frozen=True)
class Choice:
    """The variant, or None where the researcher has to choose, and one sentence."""

    variant: Variant | None
    reason: str


def choose(asked: Asked, plain: VariantFigures, contrastive: VariantFigures) -> Choice:
    """Follow what was asked for; for "automatic" see the module."""
    if asked is not Asked.AUTOMATIC:
        variant = Variant(asked.value)
        return Choice(variant, f"{variant.value.capitalize()} maps, as asked for.")
    cosine = plain.cosine
    if cosine.value is None:
        return Choice(Variant.PLAIN, "Plain maps: no image has two maps that could be alike.")
    alike = f"mean cosine {cosine.value:.2f} over {counted(cosine.n, 'image')}"
    if cosine.value <= NEARLY_THE_SAME:
        return Choice(Variant.PLAIN, f"Plain maps: the maps of one image differ ({alike}).")
    same = f"the plain maps of one image are nearly the same picture ({alike})"
    ours, theirs = exact_pooled(plain), exact_pooled(contrastive)
    if ours is None or theirs is None:
        return Choice(
            None,
            f"{_begun(same)}, and without masks nothing shows whether the contrastive ones point at "
            f"anything: "
            "look at the examples and choose which shall stand on boards.",
        )
    of = counted(ours.maps, "map")
    pointing = f"{theirs.value:.2f} against {ours.value:.2f} of {of} in the mask"
    if theirs.value >= ours.value:
        return Choice(
            Variant.CONTRASTIVE,
            f"Contrastive maps: {same}, and the contrastive ones point at least as well ({pointing}).",
        )
    return Choice(
        None,
        f"{_begun(same)}, and the contrastive ones point less often at the masks ({pointing}): "
        "look at the examples and choose which shall stand on boards.",
    )


def exact_pooled(figures: VariantFigures) -> PointingRow | None:
    """The row of all maps alike without tolerance, if there are masks."""
    return next((row for row in figures.pointing if row.level == "pooled" and row.tolerance == "exact"), None)


def counted(count: int, thing: str) -> str:
    """Say "1 image", "2 images"."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def _begun(sentence: str) -> str:
    return sentence[0].upper() + sentence[1:]
