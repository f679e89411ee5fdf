"""What the pages of agreement receive: figures as they were computed, with their n and their reasons."""

from uuid import UUID

from glossator.agreement.consensus import Relation
from glossator.http.schemas import Moment, Schema
from glossator.namings.stored_results import State


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
    value: float | None
    reason: str | None
    n_units: int
    n_annotators: int
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


class ClassBoardsOut(Schema):
    """`discarded`: by annotator in order, maps on the discard pile."""

    boards: int
    complete: int
    not_blind: list[str]
    discarded: list[RatioOut]


class MatchedWeightOut(Schema):
    """Over all pairs of a class, the weight of matched concepts: with judged names, and with others."""

    key: str
    judged: int
    unjudged: int


class ClassOverviewOut(Schema):
    """A class; `boards` and `figures` are those of `computed_at`, null where nothing was computed yet.

    `n_both`: for each pair of annotators in order, maps that both named; `matched`: for each reading.
    """

    position: int
    name: str
    state: State
    computed_at: Moment | None
    boards: ClassBoardsOut | None
    figures: ClassFiguresOut | None
    n_both: list[int]
    matched: list[MatchedWeightOut]


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


class NamedClassOut(Schema):
    position: int
    name: str


class ChoicesOut(Schema):
    """What can be chosen, and what is common to all figures of the page."""

    round_id: UUID
    round_name: str
    run_id: UUID
    run_name: str
    project_id: UUID
    annotators: list[str]
    classes: list[NamedClassOut]
    matchings: list[str]
    permutations: int
    resamples: int


class OverviewOut(Schema):
    """All chosen classes by name; `overall` is over those that have figures, null if none has.

    `job_id`: of the job that computes what is not fresh.
    """

    choices: ChoicesOut
    classes: list[ClassOverviewOut]
    overall: OverallOut | None
    job_id: UUID | None


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


class ConceptOut(Schema):
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
    concepts: list[ConceptOut]


class PairsOut(Schema):
    """All pairs of annotators of a class, and the concepts they are about."""

    computed_at: Moment
    n_activations: int
    n_images: int
    annotators: list[ConceptsOut]
    pairs: list[PairOut]


class CombinationOut(Schema):
    """Images with the same set of names; none: unlabeled."""

    concepts: list[str]
    n_images: int
    share: float
    n_complete: int
    n_right: int
    n_wrong: int


class CombinationsOut(Schema):
    """Of an annotator, or of the consensus (`annotator` is null)."""

    annotator: str | None
    rows: list[CombinationOut]


class TestSetSummaryOut(Schema):
    computed_at: Moment
    n_images: int
    explanations: list[CombinationsOut]


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


class VocabularyOut(Schema):
    """`groups`: those with most annotators behind them first; others refer to them by their index.

    `n_split`: maps that at least half of the annotators named, and no group most of them.
    """

    computed_at: Moment
    n_annotators: int
    n_activations: int
    n_unnamed: int
    n_split: int
    groups: list[GroupOut]


class TileSheetsOut(Schema):
    """Sheets of tiles, row by row: place p is on sheet p // capacity."""

    size: int
    columns: int
    capacity: int
    urls: list[str]


class TileOut(Schema):
    map_id: UUID
    place: int
    image_id: UUID


class TilesOut(Schema):
    """Where the pictures of the maps of a class are."""

    photographs: TileSheetsOut
    maps: TileSheetsOut
    map_height: int
    map_width: int
    tiles: list[TileOut]


class EdgeMapsOut(Schema):
    """Maps behind an edge of a matching: in both concepts, only in the first, only in the second."""

    common: list[UUID]
    only_a: list[UUID]
    only_b: list[UUID]


class MapsOut(Schema):
    maps: list[UUID]


class ImageBehindOut(Schema):
    """`right`: whether the network was, null where the label is not known."""

    image_id: UUID
    picture_url: str
    right: bool | None
    maps: list[UUID]


class RefreshOut(Schema):
    """The job that computes what is not fresh; null if all is."""

    job_id: UUID | None
