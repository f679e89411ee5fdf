"""The figures of a run's page: the naming paper's Table 1 and what stands beside it.

Undefined figures are None with a reason, never 0. Every figure carries the number of things it was taken
over.
"""

from dataclasses import dataclass

from glossator.maps.parameters import Variant


@dataclass(frozen=True)
class Ratio:
    """k of n, or None and why."""

    k: int | None
    n: int
    value: float | None
    reason: str | None = None

    @classmethod
    def of(cls, k: int, n: int) -> "Ratio":
        """The share of k in n > 0."""
        return cls(k, n, k / n)


@dataclass(frozen=True)
class Measured:
    """A number taken over n things, or None and why."""

    value: float | None
    n: int
    reason: str | None = None

    @classmethod
    def mean(cls, values: list[float], reason: str) -> "Measured":
        """The mean of the values; `reason` says what it means that there are none."""
        if not values:
            return cls(None, 0, reason)
        return cls(sum(values) / len(values), len(values))


@dataclass(frozen=True)
class ClassFigures:
    """Table 1 of one class, on the test images labelled so unless said otherwise.

    Attributes:
        images: test images with this label.
        unexplained: of them, those without any significant X-feature.
        significant: significant activations of them all.
        per_image: significant activations per image.
        lost: activations whose map lost its whole mass, so that it is on no board; none before the maps are
            there.
        mostly_lost: activations whose map lost more than half of its mass, the lost ones among them.
        accuracy_network: share that the network calls so.
        accuracy_xnn: the same with this class's score alone replaced by the xNN's.
        rmse_positives, rmse_negatives, rmse_all: of the xNN's score, in logits, over test images labelled
            so, labelled otherwise, and all.
        relative_rmse_positives, relative_rmse_negatives, relative_rmse_all: the same, divided by the
            deviation of the network's score over all test images.
        live, dead, negative: X-features by their use on training images.
        plain_cosine, contrastive_cosine: mean over images with at least two maps of the mean cosine over
            pairs of maps.
        attempts: how often the class was trained.
        note: a sentence where the class has no xNN, or one with fewer than two live X-features.
    """

    images: int
    unexplained: int
    significant: int
    per_image: Measured
    lost: int | None
    mostly_lost: int | None
    accuracy_network: Ratio
    accuracy_xnn: Ratio
    rmse_positives: Measured
    rmse_negatives: Measured
    rmse_all: Measured
    relative_rmse_positives: Measured
    relative_rmse_negatives: Measured
    relative_rmse_all: Measured
    live: int
    dead: int
    negative: int
    plain_cosine: Measured
    contrastive_cosine: Measured
    attempts: int
    note: str | None = None


@dataclass(frozen=True)
class PointingRow:
    """How often maps point into the masks: one variant, one tolerance, one set of images.

    Attributes:
        level: "fine_label", "macro" (mean over fine labels) or "pooled" (all maps alike).
        fine_label: the label of a row of level "fine_label".
        tolerance: "exact", "half_cell" or "one_cell": how far from the mask the maximum may lie.
        maps, images, groups: what it was taken over.
        lost: maps without any mass, counted as misses.
        hits: maps that point; None in a macro row.
        value: share of maps that point.
        low, high: 95 % interval by bootstrap over groups; None with `reason`.
        centre: share of the same maps for whose image the centre of the picture points.
        uniform: expected share for a pixel drawn from all of the photograph alike.
    """

    level: str
    fine_label: str | None
    tolerance: str
    maps: int
    images: int
    groups: int
    lost: int
    hits: int | None
    value: float
    low: float | None
    high: float | None
    centre: float
    uniform: float
    reason: str | None = None


@dataclass(frozen=True)
class VariantFigures:
    """One variant of a run's maps.

    Attributes:
        cosine: mean over images with at least two maps that are not empty of the mean cosine over pairs.
        empty: maps of this variant without any mass, on no board.
        pointing: rows of the pointing game; empty where no test image has a mask.
    """

    variant: Variant
    cosine: Measured
    empty: int
    pointing: tuple[PointingRow, ...]


@dataclass(frozen=True)
class RunFigures:
    """A run over all classes.

    Attributes:
        train_images, test_images: used, those whose label is a class of the classifier.
        accuracy_network, accuracy_xnn: on the test images; the second with all scores replaced.
        agreement: test images for which network and xNNs predict the same class.
        significant_per_image: mean over classes.
        maps: significant activations of test images.
        variants: plain, then contrastive; empty before the maps are there.
        warnings: sentences for the page's head.
    """

    train_images: int
    test_images: int
    accuracy_network: Ratio
    accuracy_xnn: Ratio
    agreement: Ratio
    significant_per_image: Measured
    maps: int
    variants: tuple[VariantFigures, ...]
    warnings: tuple[str, ...]
