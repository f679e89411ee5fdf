"""Everything the pages show about the namings of one class, computed in one go."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from glossator.agreement.cleaning import CleanNaming, clean_class
from glossator.agreement.consensus import Group, consensus
from glossator.agreement.measure import measure_class
from glossator.agreement.names import Judgements
from glossator.agreement.permutation import OnDraw, unheard
from glossator.agreement.rejudging import rejudged as rejudged_figures
from glossator.agreement.results import ClassAgreement, Explanation, Ratio
from glossator.agreement.settings import Settings
from glossator.namings.reading import ReadClass

NO_ACTIVATION = "no activation"


@dataclass(frozen=True)
class ClassBoards:
    """The boards behind the figures of a class.

    Attributes:
        boards: how many.
        complete: of them, those that their annotators finished.
        not_blind: annotators who chose to see what their board hides.
        discarded: by annotator in order, maps on the discard pile.
    """

    boards: int
    complete: int
    not_blind: tuple[str, ...]
    discarded: tuple[Ratio, ...]


@dataclass(frozen=True)
class MatchedWeight:
    """Over all pairs of a class, the weight of matched concepts in one reading.

    Attributes:
        key: of the reading.
        judged: of concepts whose names are judged.
        unjudged: of the others, which no figure about names counts.
    """

    key: str
    judged: int
    unjudged: int


@dataclass(frozen=True)
class ClassOverview:
    """What pages about all classes need: the figures without pairs, concepts and explanations.

    Attributes:
        figures: of the class.
        boards: behind the figures.
        n_both: for each pair of annotators in order, maps that both named.
        matched: for each reading.
    """

    figures: ClassAgreement
    boards: ClassBoards
    n_both: tuple[int, ...]
    matched: tuple[MatchedWeight, ...]


@dataclass(frozen=True)
class ClassDetails:
    """What pages about one class need.

    Attributes:
        figures: of the class, whole.
        groups: the consensus vocabulary.
        explanations: of images by the consensus.
    """

    figures: ClassAgreement
    groups: tuple[Group, ...]
    explanations: tuple[Explanation, ...]


@dataclass(frozen=True)
class CleanPlaces:
    """Where the concepts of an annotator lie, after cleaning.

    Attributes:
        annotator: pseudonym.
        concepts: ids, canonical order.
        concept_of: for each map an index into `concepts`, negative where it is in none.
    """

    annotator: str
    concepts: tuple[str, ...]
    concept_of: tuple[int, ...]


@dataclass(frozen=True)
class ClassPlaces:
    """Which maps the figures are about, so that any number leads to its images.

    Attributes:
        maps: ids, in the order of the activations.
        annotators: code-point order.
        group_of: for each map an index into the groups of the vocabulary, negative where it has none.
    """

    maps: tuple[UUID, ...]
    annotators: tuple[CleanPlaces, ...]
    group_of: tuple[int, ...]


@dataclass(frozen=True)
class ClassResult:
    """What is stored of a class, in the parts in which pages read it."""

    overview: ClassOverview
    details: ClassDetails
    places: ClassPlaces


def compute(
    read: ReadClass, settings: Settings, judgements: Judgements, on_draw: OnDraw = unheard
) -> ClassResult:
    """Measure a class and merge its vocabulary.

    Args:
        read: the namings of the class, and their boards.
        settings: what decides the figures.
        judgements: of names.
        on_draw: hears of each permutation.
    """
    figures = measure_class(read.namings, settings, judgements, on_draw=on_draw)
    merged = consensus(read.namings, settings.min_images)
    cleaned = sorted(clean_class(read.namings, settings.min_images), key=lambda each: each.annotator)
    return ClassResult(
        overview=ClassOverview(
            _slim(figures),
            _boards(read),
            n_both=tuple(pair.n_both for pair in figures.pairs),
            matched=_matched(figures),
        ),
        details=ClassDetails(figures, merged.groups, merged.explanations),
        places=ClassPlaces(read.maps, _places(cleaned), tuple(merged.group_of.tolist())),
    )


def rejudged(
    overview: ClassOverview, details: ClassDetails, judgements: Judgements
) -> tuple[ClassOverview, ClassDetails]:
    """The parts of a result that judgements of names change, as `compute` would give them with these."""
    figures = rejudged_figures(details.figures, judgements)
    return (
        replace(overview, figures=_slim(figures), matched=_matched(figures)),
        replace(details, figures=figures),
    )


def _slim(figures: ClassAgreement) -> ClassAgreement:
    annotators = tuple(
        replace(each, concepts=(), x_features=(), explanations=()) for each in figures.annotators
    )
    return replace(figures, annotators=annotators, pairs=())


def _matched(figures: ClassAgreement) -> tuple[MatchedWeight, ...]:
    by_reading = zip(*(pair.matchings for pair in figures.pairs), strict=True)
    return tuple(
        MatchedWeight(
            same[0].key,
            judged=sum(each.linguistic.exact.n for each in same),
            unjudged=sum(each.linguistic.unjudged_weight for each in same),
        )
        for same in by_reading
    )


def _boards(read: ReadClass) -> ClassBoards:
    named = zip(read.namings.namings, read.boards, strict=True)
    return ClassBoards(
        boards=len(read.boards),
        complete=sum(board.complete for board in read.boards),
        not_blind=tuple(naming.annotator for naming, board in named if not board.blind),
        discarded=tuple(
            Ratio.of(int(board.discarded.sum()), len(board.discarded), NO_ACTIVATION) for board in read.boards
        ),
    )


def _places(cleaned: Sequence[CleanNaming]) -> tuple[CleanPlaces, ...]:
    return tuple(
        CleanPlaces(
            each.annotator, tuple(concept.id for concept in each.concepts), tuple(each.concept_of.tolist())
        )
        for each in cleaned
    )
