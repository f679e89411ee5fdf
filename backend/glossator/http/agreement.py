"""Agreement of a naming round: overview, pairs, test-set summary, vocabulary, and what lies behind them.

Nothing is computed here: a job measures what the boards say and stores it, and pages say how old it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from sqlalchemy.orm import Session

from glossator.agreement.consensus import SPLIT
from glossator.agreement.namings import UNNAMED
from glossator.http import agreement_figures as figure_schemas
from glossator.http import agreement_schemas as schemas
from glossator.http.blinding import refuse_blinded
from glossator.http.deps import Asker, SessionDep
from glossator.http.naming_rounds import visible_round
from glossator.http.runs import READERS, picture_url
from glossator.http.schemas import Position
from glossator.http.tiles import tiles_of
from glossator.maps import queries as maps
from glossator.maps.tables import Run
from glossator.namings import behind
from glossator.namings.basis import LARGEST_MIN_IMAGES, PAGE_MATCHINGS, RESAMPLES, Basis
from glossator.namings.choosing import chosen
from glossator.namings.disputes import disputed_maps
from glossator.namings.frame import Frame, frame_of
from glossator.namings.overview import board_count
from glossator.namings.overview import overview as read_overview
from glossator.namings.refreshing import refresh, running_job
from glossator.namings.stored_results import details, places, whole
from glossator.rounds.tables import NamingRound

router = APIRouter(prefix="/api/agreement/{round_id}", tags=["agreement"])


@dataclass(frozen=True)
class Shown:
    """A naming round as a page shows it, and whose boards count."""

    naming_round: NamingRound
    frame: Frame
    basis: Basis

    @property
    def id(self) -> UUID:
        return self.naming_round.id


def shown(
    round_id: UUID,
    session: SessionDep,
    person: Asker,
    annotators: Annotated[list[str], Query(alias="annotator", default_factory=list, max_length=200)],
    complete_only: bool = False,
    min_images: Annotated[int, Query(ge=1, le=LARGEST_MIN_IMAGES)] = 3,
) -> Shown:
    """The round of every route, refused to whom it would tell what an open board hides.

    `annotator`: pseudonyms; none named: all.
    """
    found = visible_round(session, person, round_id, *READERS)
    refuse_blinded(session, person, found.run_id, "agreement")
    frame = frame_of(session, found)
    counted = chosen("annotator", annotators, {name: each for each, name in frame.annotators.items()})
    return Shown(found, frame, Basis(counted, complete_only, min_images))


ShownDep = Annotated[Shown, Depends(shown)]
Text = Annotated[str, Query(min_length=1, max_length=500)]


@router.get("")
def overview(
    shown: ShownDep,
    session: SessionDep,
    classes: Annotated[list[Position], Query(alias="class", default_factory=list, max_length=1_000)],
) -> schemas.OverviewOut:
    """Coverage, purity and agreement of the chosen classes (none named: all), and of these together."""
    found = read_overview(session, shown.naming_round, shown.frame, shown.basis, classes)
    job = running_job(session, shown.naming_round, shown.basis)
    return schemas.OverviewOut(
        choices=_choices(session, shown, classes),
        classes=[schemas.ClassOverviewOut.model_validate(each) for each in found.classes],
        overall=figure_schemas.OverallOut.model_validate(found.overall) if found.overall else None,
        job_id=job.id if job else None,
    )


def _choices(session: Session, shown: Shown, positions: Sequence[int]) -> schemas.ChoicesOut:
    boards = board_count(session, shown.id, shown.basis, positions)
    return schemas.ChoicesOut(
        round_id=shown.id,
        round_name=shown.naming_round.name,
        run_id=shown.frame.run_id,
        run_name=session.get_one(Run, shown.frame.run_id).name,
        project_id=shown.frame.project_id,
        annotators=sorted(shown.frame.annotators.values()),
        classes=[
            schemas.NamedClassOut(position=position, name=name)
            for position, name in sorted(shown.frame.classes.items(), key=lambda item: item[1])
        ],
        matchings=list(PAGE_MATCHINGS),
        resamples=RESAMPLES,
        boards=boards.boards,
        complete=boards.complete,
    )


@router.post("/refresh")
def ask_refresh(shown: ShownDep, session: SessionDep, person: Asker) -> schemas.RefreshOut:
    """Compute what is not fresh; while that runs, asking again answers with the same job."""
    job = refresh(session, shown.naming_round, shown.basis, person.account_id)
    return schemas.RefreshOut(job_id=job.id if job else None)


@router.get("/classes/{position}/pairs")
def pairs(position: Position, shown: ShownDep, session: SessionDep) -> schemas.PairsOut:
    """Every pair of annotators: matchings in all readings, and the concepts they match."""
    stored = details(session, shown.id, position, shown.basis)
    figures = stored.part.figures
    return schemas.PairsOut(
        computed_at=stored.computed_at,
        n_activations=figures.n_activations,
        n_images=figures.n_images,
        annotators=[figure_schemas.ConceptsOut.model_validate(each) for each in figures.annotators],
        pairs=[figure_schemas.PairOut.model_validate(each) for each in figures.pairs],
    )


@router.get("/classes/{position}/edge")
def edge_maps(
    position: Position,
    shown: ShownDep,
    session: SessionDep,
    a: Text,
    b: Text,
    concept_a: Text | None = None,
    concept_b: Text | None = None,
) -> schemas.EdgeMapsOut:
    """The maps behind an edge of a matching; with one concept alone, all of its maps."""
    stored = places(session, shown.id, position, shown.basis)
    found = behind.edge_maps(stored.part, a=a, concept_a=concept_a, b=b, concept_b=concept_b)
    return schemas.EdgeMapsOut.model_validate(found)


@router.get("/classes/{position}/tiles")
def tiles(position: Position, shown: ShownDep, session: SessionDep) -> schemas.TilesOut:
    """Where the pictures of the class's maps are."""
    run = maps.finished_run(session, shown.frame.run_id)
    on_board = maps.maps_on_board(session, run.id, position)
    there = [schemas.TileOut(map_id=each.id, place=each.place, image_id=each.image_id) for each in on_board]
    return tiles_of(session, run, position, there)


@router.get("/classes/{position}/summary")
def summary(position: Position, shown: ShownDep, session: SessionDep) -> schemas.TestSetSummaryOut:
    """Which combinations of names explain how many test images, by annotator and by the consensus."""
    stored = details(session, shown.id, position, shown.basis)
    by = {each.annotator: each.explanations for each in stored.part.figures.annotators}
    return schemas.TestSetSummaryOut(
        computed_at=stored.computed_at,
        n_images=stored.part.figures.n_images,
        explanations=[
            schemas.CombinationsOut(
                annotator=annotator, rows=[figure_schemas.CombinationOut.model_validate(row) for row in rows]
            )
            for annotator, rows in [*by.items(), (None, stored.part.explanations)]
        ],
    )


@router.get("/classes/{position}/images")
def images(
    position: Position,
    shown: ShownDep,
    session: SessionDep,
    names: Annotated[list[str], Query(alias="name", default_factory=list, max_length=500)],
    of: Text | None = None,
) -> list[schemas.ImageBehindOut]:
    """The images of a row of the summary: `of` an annotator, or without one of the consensus."""
    stored = details(session, shown.id, position, shown.basis)
    row = behind.row_of(stored.part, of, names)
    return [
        schemas.ImageBehindOut(
            image_id=each.image_id,
            picture_url=picture_url(shown.frame.run_id, each.image_id),
            right=each.right,
            maps=list(each.maps),
        )
        for each in behind.images_behind(session, shown.frame, position, row.images)
    ]


@router.get("/classes/{position}/vocabulary")
def vocabulary(position: Position, shown: ShownDep, session: SessionDep) -> schemas.VocabularyOut:
    """Concepts of all annotators merged by the matchings, with who stands behind each."""
    stored = whole(session, shown.id, position, shown.basis)
    group_of = stored.places.group_of
    return schemas.VocabularyOut(
        computed_at=stored.computed_at,
        n_annotators=len(stored.details.figures.annotators),
        n_activations=stored.details.figures.n_activations,
        n_unnamed=group_of.count(UNNAMED),
        n_split=group_of.count(SPLIT),
        groups=[figure_schemas.GroupOut.model_validate(each) for each in stored.details.groups],
    )


@router.get("/classes/{position}/groups/{concept}/maps")
def group_maps(position: Position, concept: str, shown: ShownDep, session: SessionDep) -> schemas.MapsOut:
    """The maps whose consensus is the group of the vocabulary that this concept is in."""
    stored = whole(session, shown.id, position, shown.basis)
    return schemas.MapsOut(maps=behind.group_maps(stored.details, stored.places, concept))


@router.get("/classes/{position}/disputes")
def disputes(
    position: Position,
    shown: ShownDep,
    session: SessionDep,
    reading: Text = "d1",
    limit: Annotated[int, Query(ge=1, le=200)] = 60,
) -> schemas.DisputesOut:
    """The maps on which most pairs of annotators disagree in a reading of the matchings, those first."""
    stored = whole(session, shown.id, position, shown.basis)
    found = disputed_maps(stored.details, stored.places, reading)
    return schemas.DisputesOut(
        n_maps=len(found), maps=[schemas.DisputedMapOut.model_validate(each) for each in found[:limit]]
    )
