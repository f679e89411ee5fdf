"""What was measured: the figures of one class, of a pair of annotators, and over all classes.

Nothing here computes more than a quotient. An undefined value is None and carries its reason; a reason is
never there beside a defined value.
"""

from __future__ import annotations

from dataclasses import dataclass

from glossator.agreement.settings import Settings


@dataclass(frozen=True)
class Ratio:
    """k of n; undefined, with a reason, where n is 0."""

    k: int
    n: int
    reason: str | None = None

    @classmethod
    def of(cls, k: int, n: int, reason: str) -> Ratio:
        """The share of k in n; `reason` says what it means that n is 0."""
        return cls(int(k), int(n), None if n else reason)

    @property
    def value(self) -> float | None:
        return self.k / self.n if self.n else None


@dataclass(frozen=True)
class Value:
    """A number, or None and why."""

    value: float | None
    reason: str | None = None


@dataclass(frozen=True)
class Mean:
    """The plain mean of n defined values beside n_undefined others; None if no value is defined."""

    value: float | None
    n: int
    n_undefined: int


@dataclass(frozen=True)
class Average:
    """The mean of ratios (macro) and the ratio of their sums (pooled)."""

    macro: Mean
    pooled: Ratio


@dataclass(frozen=True)
class Summary:
    """n defined values, n_undefined left out; `reason` tells why all, or only `sd`, are None.

    Attributes:
        sd: sample deviation (n - 1).
    """

    n: int
    n_undefined: int
    min: float | None
    mean: float | None
    max: float | None
    sd: float | None
    reason: str | None = None


@dataclass(frozen=True)
class Coverages:
    """Shares of named activations, of images partly named, of images completely named (Figures 3 to 5)."""

    activation: Ratio
    partial: Ratio
    complete: Ratio


@dataclass(frozen=True)
class Permutation:
    """What a figure is worth by chance: its values under n permutations of concept labels.

    Attributes:
        q95: 95th percentile (linear).
        p: (1 + #{value >= observed}) / (n + 1).
        p_holm: p after Holm's correction over the pairs of the class; None where it makes no sense.
        corrected: (observed - mean) / (1 - mean).
        reason: why `corrected` or all are None.
    """

    n: int
    mean: float | None
    sd: float | None
    q95: float | None
    p: float | None
    p_holm: float | None
    corrected: float | None
    reason: str | None = None


@dataclass(frozen=True)
class ConceptFigures:
    """A concept after cleaning; `concept` is its name, None for a nameless one.

    `majority_x_feature` is the smallest id in code-point order where several are the most frequent.
    """

    concept: str | None
    concept_id: str
    n_activations: int
    n_images: int
    majority_x_feature: str
    majority_n: int
    majority_tied: bool


@dataclass(frozen=True)
class XFeatureFigures:
    """An X-feature with n_activations > 0 named activations; of tied concepts the smallest id is reported."""

    x_feature: str
    n_activations: int
    majority_concept_id: str
    majority_n: int
    majority_tied: bool


@dataclass(frozen=True)
class Explanation:
    """The images that share one set of names (a row of Table 4).

    Attributes:
        concepts: sorted names, a nameless concept as "#" and its id; empty for unlabeled images.
        images: ids of these images, sorted.
        share: of all images of the class.
        n_complete: of these images, those with every activation named.
        n_right, n_wrong: of these images, those that the network predicted right and wrong; the rest has no
            known answer.
    """

    concepts: tuple[str, ...]
    images: tuple[str, ...]
    share: float
    n_complete: int
    n_right: int
    n_wrong: int

    @property
    def n_images(self) -> int:
        return len(self.images)


@dataclass(frozen=True)
class AnnotatorFigures:
    """One annotator in one class.

    Attributes:
        concepts: in canonical order (most activations first, then id).
        x_features: code-point order, those with a named activation.
        explanations: most images first, then names.
        cx_purity_permutation, xc_purity_permutation: None without permutations.
    """

    annotator: str
    n_concepts_before_cleaning: int
    n_concepts_removed: int
    n_activations_removed: int
    n_concepts: int
    n_named: int
    coverage: Coverages
    cx_purity: Ratio
    xc_purity: Ratio
    cx_purity_permutation: Permutation | None
    xc_purity_permutation: Permutation | None
    concepts: tuple[ConceptFigures, ...]
    x_features: tuple[XFeatureFigures, ...]
    explanations: tuple[Explanation, ...]


@dataclass(frozen=True)
class NamedByExactly:
    """Activations named by exactly n_annotators, of those that every annotator had (Figure 6)."""

    n_annotators: int
    ratio: Ratio


@dataclass(frozen=True)
class AlphaInterval:
    """95 % interval from resampled images; low and high are None with a reason."""

    n_images: int
    resamples: int
    redrawn: int
    low: float | None
    high: float | None
    reason: str | None = None


@dataclass(frozen=True)
class NamedAlpha:
    """Krippendorff's alpha of named / not named.

    Attributes:
        equal_pairs: of the pairs of annotators on one activation, those that both named it or both did not.
        named: of all judgements (annotator, activation), those that name.
        interval: None without bootstrap or where alpha is undefined.
    """

    value: float | None
    reason: str | None
    n_units: int
    n_annotators: int
    equal_pairs: Ratio
    named: Ratio
    interval: AlphaInterval | None


@dataclass(frozen=True)
class Intersection:
    """Shared activations of every concept of a (rows) and of b (columns); ids in canonical order."""

    a: tuple[str, ...]
    b: tuple[str, ...]
    weights: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Family:
    """A set of a matching with at least one edge; ids in canonical order."""

    a: tuple[str, ...]
    b: tuple[str, ...]
    weight: int


@dataclass(frozen=True)
class Linguistic:
    """How the names of matched concepts go together, by weight (Table 6); `subset` includes `exact`."""

    exact: Ratio
    subset: Ratio
    unjudged_weight: int


@dataclass(frozen=True)
class Matching:
    """The best D-family matching of a pair, or bounds on it.

    Attributes:
        key: d1, d2_star, d2_biclique, d3 ... d9.
        weight: of `families`, the largest found.
        upper: no matching weighs more.
        agreement: weight of the activations named by both.
        families: heaviest first, then a, then b.
        unmatched_a, unmatched_b: ids of concepts in no family, canonical order.
        permutation: None without permutations, for d3 and more, and where nothing is named by both.
    """

    key: str
    weight: int
    upper: int
    agreement: Ratio
    families: tuple[Family, ...]
    unmatched_a: tuple[str, ...]
    unmatched_b: tuple[str, ...]
    linguistic: Linguistic
    permutation: Permutation | None

    @property
    def exact(self) -> bool:
        """Proven to be the largest."""
        return self.weight == self.upper


@dataclass(frozen=True)
class PairFigures:
    """Two annotators of a class, a < b; matchings in the order of the settings."""

    a: str
    b: str
    n_a: int
    n_b: int
    n_both: int
    n_either: int
    jaccard: Ratio
    intersection: Intersection
    matchings: tuple[Matching, ...]
    adjusted_rand: Value
    adjusted_mutual_information: Value
    v_measure: Value


@dataclass(frozen=True)
class MatchingSummary:
    """One reading over the pairs of a class.

    Attributes:
        n_bounds: pairs whose agreement is a lower bound.
        permutation: the mean agreement of the class against its means under permutation; None without
            permutations, for d3 and more, and where no pair has a baseline.
    """

    key: str
    agreement: Summary
    n_bounds: int
    exact: Summary
    subset: Summary
    permutation: Permutation | None


@dataclass(frozen=True)
class PairSummary:
    """Tables 5 and 6 of one class."""

    jaccard: Summary
    adjusted_rand: Summary
    adjusted_mutual_information: Summary
    v_measure: Summary
    matchings: tuple[MatchingSummary, ...]


@dataclass(frozen=True)
class ClassAgreement:
    """Everything about one class; annotators and pairs in code-point order."""

    name: str
    n_images: int
    n_activations: int
    n_x_features: int
    annotators: tuple[AnnotatorFigures, ...]
    any_annotator: Coverages
    named_by_exactly: tuple[NamedByExactly, ...]
    named_alpha: NamedAlpha
    pairs: tuple[PairFigures, ...]
    pair_summary: PairSummary
    cx_purity_average: Average
    xc_purity_average: Average

    @property
    def activations_per_image(self) -> float:
        return self.n_activations / self.n_images


@dataclass(frozen=True)
class OverallAnnotator:
    """One annotator over the classes in which they worked (last rows of Tables 2 and 3)."""

    annotator: str
    n_classes: int
    activation_coverage: Average
    partial_coverage: Average
    complete_coverage: Average
    cx_purity: Average
    xc_purity: Average


@dataclass(frozen=True)
class OverallMatching:
    """Means of the class means of one reading; n_bounds pairs in them are lower bounds."""

    key: str
    agreement: Mean
    exact: Mean
    subset: Mean
    n_bounds: int


@dataclass(frozen=True)
class OverallPairs:
    """Means of the class means over pairs (Global Average of Tables 5 and 6)."""

    jaccard: Mean
    adjusted_rand: Mean
    adjusted_mutual_information: Mean
    v_measure: Mean
    matchings: tuple[OverallMatching, ...]


@dataclass(frozen=True)
class Overall:
    """All classes together."""

    annotators: tuple[OverallAnnotator, ...]
    pairs: OverallPairs


@dataclass(frozen=True)
class Agreement:
    """What was measured, with what; `judged` tells whether judgements of names were given."""

    settings: Settings
    judged: bool
    classes: tuple[ClassAgreement, ...]
    overall: Overall
