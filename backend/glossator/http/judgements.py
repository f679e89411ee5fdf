"""Judgements of names: the pairs of a project, what was said about them, the file of all."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import Field

from glossator.agreement.names import Relation
from glossator.http.blinding import refuse_blinded_in
from glossator.http.deps import Asker, SessionDep, require
from glossator.http.downloads import csv_file
from glossator.http.paging import WideWindowDep, page_of
from glossator.http.runs import READERS
from glossator.http.schemas import Body, Moment, Page, Schema
from glossator.namings import judgements, service
from glossator.namings.export import judgements_csv
from glossator.namings.judgements import State
from glossator.refusal import not_found
from glossator.rounds.tables import NamingRound

router = APIRouter(prefix="/api/projects/{project_id}", tags=["namings"])

Name = Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[^\x00]*$")]
NameQuery = Annotated[str, Query(min_length=1, max_length=500, pattern=r"^[^\x00]*$")]
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
    naming_round: Annotated[UUID | None, Query(alias="round")] = None,
    state: State | None = None,
) -> Page[NamePairOut]:
    """Pairs of names that annotators gave to the same maps, those with most shared maps first."""
    require(session, person, project_id, *READERS)
    if naming_round is not None:
        found = session.get(NamingRound, naming_round)
        if found is None or found.project_id != project_id:
            raise not_found("naming round")
    refuse_blinded_in(session, person, project_id, WHAT)
    pairs = judgements.name_pairs(session, project_id, naming_round)
    chosen = [each for each in pairs if state in {None, each.state}]
    shown, following = page_of(chosen, lambda each: each.id, window)
    return Page(items=[NamePairOut.model_validate(each) for each in shown], next=following)


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
    require(session, person, project_id, *READERS)
    refuse_blinded_in(session, person, project_id, WHAT)
    return csv_file([judgements_csv(session, project_id)], "judgements.csv")
