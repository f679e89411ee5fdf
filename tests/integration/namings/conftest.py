"""Boards of a naming round filled by hand, and the pseudonyms behind which their annotators stand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests.integration.boards.conftest import SomeRun, some_run
from tests.integration.conftest import NewBrowser

from glossator.boards import service
from glossator.boards.commands import Envelope
from glossator.boards.making import make_boards
from glossator.boards.tables import Board, BoardItem
from glossator.database import Database
from glossator.namings import judgements
from glossator.people.tables import Role
from glossator.rounds.tables import NamingRound
from glossator.storage.blobs import FolderStorage

AT = "2026-01-01T00:00:00.000Z"


@dataclass(frozen=True)
class Round:
    """A naming round of one class with a board for each of several annotators, in order of pseudonyms."""

    run: SomeRun
    round_id: UUID
    boards: tuple[UUID, ...]
    people: tuple[UUID, ...]

    @property
    def maps(self) -> list[str]:
        return sorted(self.run.x_features)

    def naming_round(self, session: Session) -> NamingRound:
        return session.get_one(NamingRound, self.round_id)


def fill(
    session: Session,
    board_id: UUID,
    concepts: Sequence[tuple[str | None, Sequence[str]]],
    *,
    discarded: Sequence[str] = (),
    complete: bool = False,
) -> list[str]:
    """Play a board: concepts with their maps, the discard pile, the end; ids of the concepts."""
    ids = [str(uuid4()) for _ in concepts]
    bodies: list[Mapping[str, object]] = [
        {"kind": "create_concept", "concept_id": each, "name": name, "after": None, "maps": list(maps)}
        for each, (name, maps) in zip(ids, concepts, strict=True)
    ]
    if discarded:
        bodies.append({"kind": "assign", "maps": list(discarded), "to": "discarded"})
    if complete:
        bodies.append({"kind": "complete"})
    commands = [
        {"command_id": str(uuid4()), "sequence": number, "at": AT, **body}
        for number, body in enumerate(bodies, 1)
    ]
    board = session.get_one(Board, board_id)
    envelope = {"client_id": str(uuid4()), "base_version": board.version, "commands": commands}
    service.apply_commands(session, board_id, board.account_id, Envelope.model_validate(envelope))
    return ids


def maps_of(session: Session, board_id: UUID) -> list[UUID]:
    return list(session.scalars(select(BoardItem.map_id).where(BoardItem.board_id == board_id)))


@pytest.fixture(autouse=True)
def no_wordnet(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is proposed does not depend on what the machine has installed."""
    monkeypatch.setattr(judgements, "installed", lambda: None)


@pytest.fixture
def three(browser: NewBrowser, database: Database, storage: FolderStorage, project_id: UUID) -> Round:
    """Three annotators with empty boards of twelve images."""
    people = tuple(browser(Role.ANNOTATOR).account_id for _ in range(3))
    with database.transaction() as session:
        run = some_run(session, project_id, storage, images=12, seed=4)
        made = make_boards(session, run_id=run.run_id, account_ids=people, seed=1)
        return Round(run, made.naming_round.id, tuple(board.id for board in made.boards), people)
