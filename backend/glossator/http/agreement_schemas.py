"""What each page of agreement receives: its choices, its figures, and what lies behind them."""

from uuid import UUID

from glossator.http.agreement_figures import (
    ClassFiguresOut,
    CombinationOut,
    ConceptsOut,
    GroupOut,
    OverallOut,
    PairOut,
    RatioOut,
)
from glossator.http.schemas import Moment, Schema
from glossator.namings.stored_results import State


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

    `n_unexplained`: images of the class that no figure counts, having no significant activation;
    `n_lost`: significant activations that no board shows, their map having lost its whole mass;
    `n_both`: for each pair of annotators in order, maps that both named; `matched`: for each reading.
    """

    position: int
    name: str
    n_unexplained: int
    n_lost: int
    state: State
    computed_at: Moment | None
    boards: ClassBoardsOut | None
    figures: ClassFiguresOut | None
    n_both: list[int]
    matched: list[MatchedWeightOut]


class NamedClassOut(Schema):
    position: int
    name: str


class ChoicesOut(Schema):
    """What can be chosen, and what is common to all figures of the page.

    `boards`, `complete`: of the chosen classes and annotators, whether they count or not.
    """

    round_id: UUID
    round_name: str
    run_id: UUID
    run_name: str
    project_id: UUID
    annotators: list[str]
    classes: list[NamedClassOut]
    matchings: list[str]
    resamples: int
    boards: int
    complete: int


class OverviewOut(Schema):
    """All chosen classes by name; `overall` is over those that have figures, null if none has.

    `job_id`: of the job that computes what is not fresh.
    """

    choices: ChoicesOut
    classes: list[ClassOverviewOut]
    overall: OverallOut | None
    job_id: UUID | None


class PairsOut(Schema):
    """All pairs of annotators of a class, and the concepts they are about."""

    computed_at: Moment
    n_activations: int
    n_images: int
    annotators: list[ConceptsOut]
    pairs: list[PairOut]


class CombinationsOut(Schema):
    """Of an annotator, or of the consensus (`annotator` is null)."""

    annotator: str | None
    rows: list[CombinationOut]


class TestSetSummaryOut(Schema):
    computed_at: Moment
    n_images: int
    explanations: list[CombinationsOut]


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


class SaidOut(Schema):
    annotator: str
    concept_id: str
    concept: str | None


class DisputedMapOut(Schema):
    """Of the pairs of annotators who both named the map, those whose concepts are not matched."""

    map_id: UUID
    n_pairs: int
    n_apart: int
    said: list[SaidOut]


class DisputesOut(Schema):
    """The first of `n_maps` maps."""

    n_maps: int
    maps: list[DisputedMapOut]


class ImageBehindOut(Schema):
    """`right`: whether the network was, null where the label is not known."""

    image_id: UUID
    picture_url: str
    right: bool | None
    maps: list[UUID]


class RefreshOut(Schema):
    """The job that computes what is not fresh; null if all is."""

    job_id: UUID | None
