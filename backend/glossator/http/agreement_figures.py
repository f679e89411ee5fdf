"""Figures of agreement as they were computed, each with its n and, where it is undefined, its reason."""

from glossator.agreement.consensus import Relation
from glossator.http.schemas import Schema


class RatioOut(Schema):
    """k of n; `value` is null, with a reason, where n is 0."""

    k: int
    n: int
    value: float | None
    reason: str | None


class ValueOut(Schema):
    value: float | None
    reason: str | None


class MeanOut(Schema):
    """Of `n` defined values; `n_undefined` are left out."""

    value: float | None
    n: int
    n_undefined: int


class AverageOut(Schema):
    """The plain mean of ratios, and the ratio of the sums."""

    macro: MeanOut
    pooled: RatioOut


class SummaryOut(Schema):
    """Over pairs; `sd` is the sample deviation."""

    n: int
    n_undefined: int
    min: float | None
    mean: float | None
    max: float | None
    sd: float | None
    reason: str | None


class CoveragesOut(Schema):
    activation: RatioOut
    partial: RatioOut
    complete: RatioOut


class PermutationOut(Schema):
    """The figure under `n` permutations of labels."""

    n: int
    mean: float | None
    sd: float | None
    q95: float | None
    p: float | None
    p_holm: float | None
    corrected: float | None
    reason: str | None


class AnnotatorOut(Schema):
    annotator: str
    n_concepts_before_cleaning: int
    n_concepts_removed: int
    n_activations_removed: int
    n_concepts: int
    n_named: int
    coverage: CoveragesOut
    cx_purity: RatioOut
    xc_purity: RatioOut
    cx_purity_permutation: PermutationOut | None
    xc_purity_permutation: PermutationOut | None


class NamedByExactlyOut(Schema):
    n_annotators: int
    ratio: RatioOut


class AlphaIntervalOut(Schema):
    """95 %, from resampled images."""

    n_images: int
    resamples: int
    redrawn: int
    low: float | None
    high: float | None
    reason: str | None


class NamedAlphaOut(Schema):
    """`equal_pairs`: of the pairs of annotators on one map, those who both named it or both did not.

    `named`: of all annotators on all maps, those who named it.
    """

    value: float | None
    reason: str | None
    n_units: int
    n_annotators: int
    equal_pairs: RatioOut
    named: RatioOut
    interval: AlphaIntervalOut | None


class LinguisticOut(Schema):
    """By weight of matched concepts whose names are judged; `subset` includes `exact`."""

    exact: RatioOut
    subset: RatioOut
    unjudged_weight: int


class MatchingSummaryOut(Schema):
    key: str
    agreement: SummaryOut
    n_bounds: int
    exact: SummaryOut
    subset: SummaryOut
    permutation: PermutationOut | None


class PairSummaryOut(Schema):
    jaccard: SummaryOut
    adjusted_rand: SummaryOut
    adjusted_mutual_information: SummaryOut
    v_measure: SummaryOut
    matchings: list[MatchingSummaryOut]


class ClassFiguresOut(Schema):
    n_images: int
    n_activations: int
    n_x_features: int
    activations_per_image: float
    annotators: list[AnnotatorOut]
    any_annotator: CoveragesOut
    named_by_exactly: list[NamedByExactlyOut]
    named_alpha: NamedAlphaOut
    pair_summary: PairSummaryOut
    cx_purity_average: AverageOut
    xc_purity_average: AverageOut


class OverallAnnotatorOut(Schema):
    annotator: str
    n_classes: int
    activation_coverage: AverageOut
    partial_coverage: AverageOut
    complete_coverage: AverageOut
    cx_purity: AverageOut
    xc_purity: AverageOut


class OverallMatchingOut(Schema):
    key: str
    agreement: MeanOut
    exact: MeanOut
    subset: MeanOut
    n_bounds: int


class OverallPairsOut(Schema):
    jaccard: MeanOut
    adjusted_rand: MeanOut
    adjusted_mutual_information: MeanOut
    v_measure: MeanOut
    matchings: list[OverallMatchingOut]


class OverallOut(Schema):
    annotators: list[OverallAnnotatorOut]
    pairs: OverallPairsOut


class FamilyOut(Schema):
    a: list[str]
    b: list[str]
    weight: int


class MatchingOut(Schema):
    """`weight` of `families`; no matching weighs more than `upper`, and `exact` tells that they meet."""

    key: str
    weight: int
    upper: int
    exact: bool
    agreement: RatioOut
    families: list[FamilyOut]
    unmatched_a: list[str]
    unmatched_b: list[str]
    linguistic: LinguisticOut
    permutation: PermutationOut | None


class IntersectionOut(Schema):
    """Ids of concepts, and the maps that each two of them share."""

    a: list[str]
    b: list[str]
    weights: list[list[int]]


class PairOut(Schema):
    a: str
    b: str
    n_a: int
    n_b: int
    n_both: int
    n_either: int
    jaccard: RatioOut
    intersection: IntersectionOut
    matchings: list[MatchingOut]
    adjusted_rand: ValueOut
    adjusted_mutual_information: ValueOut
    v_measure: ValueOut


class MeasuredConceptOut(Schema):
    """A concept after cleaning."""

    concept: str | None
    concept_id: str
    n_activations: int
    n_images: int
    majority_x_feature: str
    majority_n: int
    majority_tied: bool


class ConceptsOut(Schema):
    annotator: str
    concepts: list[MeasuredConceptOut]


class CombinationOut(Schema):
    """Images with the same set of names; none: unlabeled."""

    concepts: list[str]
    n_images: int
    share: float
    n_complete: int
    n_right: int
    n_wrong: int


class MemberOut(Schema):
    annotator: str
    concept_id: str
    name: str | None
    n_activations: int


class ReadingOut(Schema):
    """A concept that is finer or broader than a member of the group it is listed under."""

    group: int
    relation: Relation
    member: MemberOut
    weight: int


class GroupOut(Schema):
    name: str | None
    support: int
    members: list[MemberOut]
    readings: list[ReadingOut]
    listed_under: int | None
    n_activations: int
