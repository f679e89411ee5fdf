"""Naming rounds: make them, give boards, see how far they are, download what was named."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import Field
from sqlalchemy.orm import Session

from glossator.boards import making
from glossator.http.blinding import refuse_blinded
from glossator.http.deps import Asker, OnceDep, ServicesDep, SessionDep, require, roles_of
from glossator.http.downloads import csv_file
from glossator.http.paging import WindowDep, page
from glossator.http.runs import READERS, knows_names, visible_run
from glossator.http.schemas import Body, Moment, Page, Schema
from glossator.namings import progress
from glossator.namings.export import namings_csv
from glossator.people import projects
from glossator.people.accounts import Person
from glossator.people.roles import Role
from glossator.refusal import not_found
from glossator.rounds.service import describe
from glossator.rounds.tables import NamingRound

router = APIRouter(prefix="/api/naming-rounds", tags=["namings"])

Text = Annotated[str, Field(pattern=r"^[^\x00]*$")]
RoundName = Annotated[Text, Field(min_length=1, max_length=200)]
Instructions = Annotated[Text, Field(max_length=20_000)]
ClassNotes = Annotated[dict[int, Annotated[Text, Field(max_length=4_000)]], Field(max_length=1_000)]
AnnotatorInstructions = Annotated[
    dict[UUID, Annotated[Text, Field(max_length=20_000)]], Field(max_length=200)
]
Positions = Annotated[list[int], Field(max_length=1_000)]
Accounts = Annotated[list[UUID], Field(max_length=200)]


class BoardsFor(Body):
    """Accounts of members, and positions of classes; no classes = all that have maps."""

    annotators: Accounts
    classes: Positions | None = None


class NewRound(BoardsFor):
    run_id: UUID
    name: RoundName
    instructions: Instructions = ""
    class_notes: ClassNotes = Field(default_factory=dict)
    annotator_instructions: AnnotatorInstructions = Field(default_factory=dict)


class RoundText(Body):
    """What is left out stays as it is."""

    name: RoundName | None = None
    instructions: Instructions | None = None
    class_notes: ClassNotes | None = None
    annotator_instructions: AnnotatorInstructions | None = None


class ProgressOut(Schema):
    boards: int
    complete: int
    named: int
    placed: int
    total: int


class ClassProgressOut(Schema):
    position: int
    name: str
    progress: ProgressOut


class AnnotatorProgressOut(Schema):
    """Account and name only for owners and researchers."""

    annotator: str
    account_id: UUID | None
    name: str | None
    progress: ProgressOut


class BoardProgressOut(Schema):
    class_position: int
    annotator: str
    named: int
    placed: int
    total: int
    complete: bool
    blind: bool
    changed_at: Moment | None


class RoundOut(Schema):
    id: UUID
    project_id: UUID
    run_id: UUID
    run_name: str
    name: str
    created_at: Moment
    progress: ProgressOut
    classes: list[ClassProgressOut]
    annotators: list[AnnotatorProgressOut]


class RoundDetail(RoundOut):
    """`annotator_instructions` by account; only for owners and researchers, others get none."""

    instructions: str
    class_notes: dict[int, str]
    annotator_instructions: dict[UUID, str]
    boards: list[BoardProgressOut]


def visible_round(session: Session, person: Person, round_id: UUID, *roles: Role) -> NamingRound:
    """The round, for members of its project with one of the roles; for strangers it is not there."""
    found = progress.naming_round(session, round_id)
    if not roles_of(session, person, found.project_id):
        raise not_found("naming round")
    require(session, person, found.project_id, *roles)
    return found


@router.get("")
def list_rounds(project: UUID, session: SessionDep, person: Asker, window: WindowDep) -> Page[RoundOut]:
    """The naming rounds of a project, newest first, with the progress of their classes and annotators."""
    knows = knows_names(require(session, person, project, *READERS))
    rows, following = page(session, progress.listed(project), NamingRound.id, window)
    found = progress.progress_of(session, rows)
    return Page(items=[RoundOut(**_fields(each, knows=knows)) for each in found], next=following)


@router.post("", status_code=201)
def make_round(body: NewRound, session: SessionDep, person: Asker, once: OnceDep) -> RoundDetail:
    """A further naming round of a run, with a board for each annotator and class."""
    run = visible_run(session, person, body.run_id, Role.RESEARCHER)
    projects.require_members(session, run.project_id, [*body.annotators, *body.annotator_instructions])

    def make() -> RoundDetail:
        made = making.make_round(
            session,
            run_id=run.id,
            account_ids=body.annotators,
            classes=body.classes,
            name=body.name,
            instructions=body.instructions,
            class_notes=body.class_notes,
            annotator_instructions=body.annotator_instructions,
        )
        return _detail(session, person, made.naming_round)

    return once.answer(body, RoundDetail, make)


@router.get("/{round_id}")
def round_detail(round_id: UUID, session: SessionDep, person: Asker) -> RoundDetail:
    return _detail(session, person, visible_round(session, person, round_id, *READERS))


@router.patch("/{round_id}")
def describe_round(round_id: UUID, body: RoundText, session: SessionDep, person: Asker) -> RoundDetail:
    found = visible_round(session, person, round_id, Role.RESEARCHER)
    projects.require_members(session, found.project_id, body.annotator_instructions or {})
    describe(
        session,
        found,
        name=body.name,
        instructions=body.instructions,
        class_notes=body.class_notes,
        annotator_instructions=body.annotator_instructions,
    )
    return _detail(session, person, found)


@router.post("/{round_id}/boards", status_code=201)
def give_boards(round_id: UUID, body: BoardsFor, session: SessionDep, person: Asker) -> RoundDetail:
    """Boards for more annotators or classes; those that are there already stay."""
    found = visible_round(session, person, round_id, Role.RESEARCHER)
    projects.require_members(session, found.project_id, body.annotators)
    making.make_boards_in(session, found, account_ids=body.annotators, classes=body.classes)
    return _detail(session, person, found)


@router.get("/{round_id}/namings.csv", response_class=Response)
def download(
    round_id: UUID,
    session: SessionDep,
    services: ServicesDep,
    person: Asker,
    classes: Annotated[list[str], Query(alias="class", default_factory=list)],
    annotators: Annotated[list[str], Query(alias="annotator", default_factory=list)],
    complete_only: bool = False,
    names: bool = False,
) -> Response:
    """What `glossator export namings` writes with the same choices; `names` for owners only."""
    found = visible_round(session, person, round_id, *((Role.OWNER,) if names else READERS))
    refuse_blinded(session, person, found.run_id, "namings")
    pieces = namings_csv(
        session,
        services.database.transaction,
        found.id,
        classes=classes,
        annotators=annotators,
        complete_only=complete_only,
        by_name=names,
    )
    return csv_file(pieces, "namings.csv")


def _detail(session: Session, person: Person, found: NamingRound) -> RoundDetail:
    [read] = progress.progress_of(session, [found])
    knows = knows_names(roles_of(session, person, found.project_id))
    own = found.annotator_instructions if knows else {}
    return RoundDetail(
        **_fields(read, knows=knows),
        instructions=found.instructions,
        class_notes={int(position): str(note) for position, note in found.class_notes.items()},
        annotator_instructions={UUID(account): str(text) for account, text in own.items()},
        boards=[BoardProgressOut.model_validate(each) for each in read.boards],
    )


def _fields(read: progress.RoundProgress, *, knows: bool) -> dict[str, Any]:
    """Fields of RoundOut; who may not know names gets pseudonyms alone."""
    made = read.naming_round
    annotators = [AnnotatorProgressOut.model_validate(each) for each in read.annotators]
    nameless = {"account_id": None, "name": None}
    return {
        "id": made.id,
        "project_id": made.project_id,
        "run_id": made.run_id,
        "run_name": read.run_name,
        "name": made.name,
        "created_at": made.created_at,
        "progress": read.progress,
        "classes": read.classes,
        "annotators": [each if knows else each.model_copy(update=nameless) for each in annotators],
    }
