"""Boards: an annotator's own, their commands, their tiles."""

import base64
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response
from sqlalchemy.orm import Session

from glossator.boards import alike, making, practice, queries, schemas, service
from glossator.boards.commands import Envelope, Maps
from glossator.boards.tables import Board
from glossator.http.blobs import blob
from glossator.http.deps import Asker, OnceDep, SessionDep, StorageDep, require
from glossator.http.paging import WindowDep, page
from glossator.http.schemas import Body, Page, Schema
from glossator.http.topics import State, provides
from glossator.maps import queries as maps
from glossator.namings.progress import naming_round
from glossator.people.accounts import Person
from glossator.people.roles import Role

router = APIRouter(prefix="/api", tags=["boards"])

Sha = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]


class BoardsAsked(Body):
    """Positions of the classes; none = all that have maps."""

    classes: list[int] | None = None


class PracticeAsked(Body):
    """`again`: a fresh one in place of the one that is there."""

    again: bool = False


class BoardsMade(Schema):
    round_id: UUID
    boards: list[schemas.BoardSummary]


class LikeThese(Body):
    """Maps of the board that others are to be like."""

    maps: Maps


class MapOrder(Schema):
    """All maps of a board, as indices in its own order."""

    order: list[int]


class LogAfter(Schema):
    """Commands after a version; the whole content instead where they are too many."""

    version: int
    commands: list[dict[str, Any]] | None
    state: schemas.BoardContent | None


def _own(session: Session, person: Person, board_id: UUID) -> Board:
    """The asker's own board, as long as they are in its project."""
    board = queries.board_of(session, board_id, person.account_id)
    require(session, person, queries.round_of(session, board).project_id)
    return board


@router.get("/boards")
def my_boards(
    session: SessionDep, person: Asker, window: WindowDep, project: UUID | None = None
) -> Page[schemas.BoardSummary]:
    """The asker's own boards, newest first."""
    if project is not None:
        require(session, person, project)
    boards, following = page(session, queries.boards_of(person.account_id, project), Board.id, window)
    return Page(items=queries.summaries(session, boards), next=following)


@router.post("/runs/{run_id}/boards", status_code=201)
def make_boards(run_id: UUID, body: BoardsAsked, session: SessionDep, person: Asker) -> BoardsMade:
    """The asker's own boards of a run, with the run's naming round; asking again changes nothing."""
    run = maps.finished_run(session, run_id)
    require(session, person, run.project_id, Role.RESEARCHER)
    made = making.make_boards(session, run_id=run_id, classes=body.classes, account_ids=[person.account_id])
    return BoardsMade(round_id=made.naming_round.id, boards=queries.summaries(session, made.boards))


@router.get("/practice-boards")
def practice_boards(session: SessionDep, person: Asker, project: UUID) -> list[schemas.PracticeOffer]:
    """The practice board of each naming round of a project in which the asker has boards."""
    require(session, person, project)
    rounds = practice.rounds_of(session, person.account_id, project)
    return queries.practice_offers(session, rounds, person.account_id)


@router.post("/naming-rounds/{round_id}/practice-board", status_code=201)
def begin_practice(
    round_id: UUID, body: PracticeAsked, session: SessionDep, person: Asker, once: OnceDep
) -> schemas.BoardSummary:
    """The asker's practice board of a round; nothing on it counts."""
    found = naming_round(session, round_id)
    require(session, person, found.project_id)

    def begin() -> schemas.BoardSummary:
        board = practice.begin(session, found, person.account_id, again=body.again)
        return queries.summaries(session, [board])[0]

    return once.answer(body, schemas.BoardSummary, begin)


@router.get("/boards/{board_id}")
def board(board_id: UUID, session: SessionDep, person: Asker) -> schemas.BoardState:
    return queries.board_state(session, _own(session, person, board_id))


@router.post("/boards/{board_id}/commands")
def commands(board_id: UUID, body: Envelope, session: SessionDep, person: Asker) -> schemas.CommandsAnswer:
    """All or nothing; idempotent by `command_id`."""
    _own(session, person, board_id)
    return service.apply_commands(session, board_id, person.account_id, body)


@router.get("/boards/{board_id}/commands")
def commands_after(
    board_id: UUID, session: SessionDep, person: Asker, after: Annotated[int, Query(ge=0, le=2**31 - 1)]
) -> LogAfter:
    """What a browser needs to catch up with changes made elsewhere."""
    found = _own(session, person, board_id)
    if 0 <= found.version - after <= service.LOG_LIMIT:
        log = queries.log_after(session, board_id, after, service.LOG_LIMIT)
        return LogAfter(version=found.version, commands=log, state=None)
    return LogAfter(version=found.version, commands=None, state=queries.board_content(session, found))


@router.get("/boards/{board_id}/similar-together")
def similar_together(board_id: UUID, session: SessionDep, person: Asker, storage: StorageDep) -> MapOrder:
    """An order in which similar maps stand together."""
    return MapOrder(order=alike.similar_together(session, storage, _own(session, person, board_id)))


@router.post("/boards/{board_id}/most-like")
def most_like(
    board_id: UUID, body: LikeThese, session: SessionDep, person: Asker, storage: StorageDep
) -> MapOrder:
    """These maps, then the others, most similar first. Changes nothing."""
    return MapOrder(order=alike.most_like(session, storage, _own(session, person, board_id), body.maps))


@router.post("/boards/{board_id}/show-anyway", status_code=204)
def show_anyway(board_id: UUID, session: SessionDep, person: Asker) -> None:
    _own(session, person, board_id)
    service.show_anyway(session, board_id, person.account_id)


@router.get("/boards/{board_id}/sheets/{sha256}")
def sheet(board_id: UUID, sha256: Sha, session: SessionDep, person: Asker, storage: StorageDep) -> Response:
    found = queries.sheet_of(session, _own(session, person, board_id), sha256)
    return blob(storage, sha256, "image/webp" if found.kind == "photographs" else "image/png")


@router.get("/boards/{board_id}/maps/{map_id}/large")
def large(board_id: UUID, map_id: UUID, session: SessionDep, person: Asker) -> schemas.LargeView:
    found = queries.large_map(session, _own(session, person, board_id), map_id)
    cells = base64.b64encode(found.shown.cells).decode()
    return schemas.LargeView(
        picture_url=f"/api/boards/{board_id}/maps/{map_id}/picture",
        map=schemas.LargeMap(height=found.height, width=found.width, cells=cells),
    )


@router.get("/boards/{board_id}/maps/{map_id}/picture")
def picture(
    board_id: UUID, map_id: UUID, session: SessionDep, person: Asker, storage: StorageDep
) -> Response:
    """The picture as the network saw it."""
    found = queries.large_map(session, _own(session, person, board_id), map_id)
    return blob(storage, found.picture, "image/webp")


@provides("board")
def board_topic(session: Session, person: Person, board_id: UUID | None) -> State:
    found = _own(session, person, board_id or UUID(int=0))
    return {"id": str(found.id), "version": found.version}
