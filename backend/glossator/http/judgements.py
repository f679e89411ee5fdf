"""Judgements of names: the pairs of a project, what was said about them, the file of all."""

from itertools import groupby
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import Field
from sqlalchemy.orm import Session

from glossator.agreement.names import Relation
from glossator.http.agreement_schemas import TileOut, TilesOut
from glossator.http.blinding import refuse_blinded_in
from glossator.http.deps import Asker, SessionDep, require
from glossator.http.downloads import csv_file
from glossator.http.paging import WideWindowDep, page_of
from glossator.http.runs import READERS
from glossator.http.schemas import Body, Moment, Page, Schema
from glossator.http.tiles import tiles_of
from glossator.maps.queries import finished_run
from glossator.namings import judgements, service
from glossator.namings.export import judgements_csv
from glossator.namings.judgements import State
from glossator.namings.pair_maps import PairMap, pair_maps
from glossator.people.accounts import Person
from glossator.refusal import not_found
from glossator.rounds.tables import NamingRound

router = APIRouter(prefix="/api/projects/{project_id}", tags=["namings"])

Name = Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[^\x00]*$")]
NameQuery = Annotated[str, Query(min_length=1, max_length=500, pattern=r"^[^\x00]*$")]
RoundQuery = Annotated[UUID | None, Query(alias="round")]
WHAT = "pairs of names"


class JudgementOut(Schema):
    relation: Relation
    judged_by: str
    judged_at: Moment


class ProposalOut(Schema):
    """Never counted by itself."""

    relation: Relation
    reason: str


class NamePairOut(Schema):
    """`shared`: maps that one annotator gave the first name and another the second."""

    id: UUID
    name_a: str
    name_b: str
    shared: int
    state: State
    judgement: JudgementOut | None
    proposal: ProposalOut


class ClassMapsOut(Schema):
    run_id: UUID
    tiles: TilesOut


class PairMapsOut(Schema):
    """Some of the `n_maps` different maps that one annotator gave the one name and another the other."""

    n_maps: int
    classes: list[ClassMapsOut]


class NewJudgement(Body):
    name_a: Name
    name_b: Name
    relation: Relation


@router.get("/judgements")
def name_pairs(
    project_id: UUID,
    session: SessionDep,
    person: Asker,
    window: WideWindowDep,
    naming_round: RoundQuery = None,
    state: State | None = None,
) -> Page[NamePairOut]:
    """Pairs of names that annotators gave to the same maps, those with most shared maps first."""
    _may_read(session, person, project_id, naming_round)
    pairs = judgements.name_pairs(session, project_id, naming_round)
    chosen = [each for each in pairs if state in {None, each.state}]
    shown, following = page_of(chosen, lambda each: each.id, window)
    return Page(items=[NamePairOut.model_validate(each) for each in shown], next=following)


def _may_read(session: Session, person: Person, project_id: UUID, naming_round: UUID | None) -> None:
    """Names tell what others named: for readers of the project without an open board, in a round of it."""
    require(session, person, project_id, *READERS)
    if naming_round is not None:
        found = session.get(NamingRound, naming_round)
        if found is None or found.project_id != project_id:
            raise not_found("naming round")
    refuse_blinded_in(session, person, project_id, WHAT)


@router.get("/judgements/maps")
def maps_of_a_pair(
    project_id: UUID,
    session: SessionDep,
    person: Asker,
    name_a: NameQuery,
    name_b: NameQuery,
    naming_round: RoundQuery = None,
) -> PairMapsOut:
    """Up to twelve maps behind a pair of names, always the same ones; not whose they are."""
    _may_read(session, person, project_id, naming_round)
    found = pair_maps(session, project_id, name_a=name_a, name_b=name_b, round_id=naming_round)
    by_class = groupby(found.shown, lambda each: (each.run_id, each.class_position))
    return PairMapsOut(
        n_maps=found.n_maps,
        classes=[_class_maps(session, *of, list(maps)) for of, maps in by_class],
    )


def _class_maps(session: Session, run_id: UUID, position: int, maps: list[PairMap]) -> ClassMapsOut:
    tiles = [TileOut(map_id=each.map_id, place=each.place, image_id=each.image_id) for each in maps]
    run = finished_run(session, run_id)
    return ClassMapsOut(run_id=run_id, tiles=tiles_of(session, run, position, tiles))


@router.put("/judgements", status_code=204)
def judge(project_id: UUID, body: NewJudgement, session: SessionDep, person: Asker) -> None:
    """Say how two names are related, in whatever order; what was said before is replaced."""
    require(session, person, project_id, *READERS)
    service.judge(
        session,
        project_id=project_id,
        name_a=body.name_a,
        name_b=body.name_b,
        relation=body.relation,
        judged_by=person.account_id,
    )


@router.delete("/judgements", status_code=204)
def withdraw(
    project_id: UUID, name_a: NameQuery, name_b: NameQuery, session: SessionDep, person: Asker
) -> None:
    """The pair is unjudged again."""
    require(session, person, project_id, *READERS)
    service.withdraw(session, project_id=project_id, name_a=name_a, name_b=name_b)


@router.get("/judgements.csv", response_class=Response)
def download(project_id: UUID, session: SessionDep, person: Asker) -> Response:
    """What `glossator export judgements` writes."""
    _may_read(session, person, project_id, None)
    return csv_file([judgements_csv(session, project_id)], "judgements.csv")
