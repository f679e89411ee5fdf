"""What crosses HTTP about boards."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, PlainSerializer


def rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


Moment = Annotated[datetime, PlainSerializer(rfc3339, return_type=str, when_used="json")]


class Answer(BaseModel):
    model_config = ConfigDict(frozen=True)


class CommandResult(Answer):
    """The answer to one command; stored, and given again to the same `command_id`."""

    command_id: str
    version: int
    applied: bool
    repeated: bool
    left_alone: tuple[str, ...]


class CommandsAnswer(Answer):
    version: int
    results: tuple[CommandResult, ...]
    images: dict[str, int]  # concept -> number of different images in it


class ConceptOut(Answer):
    id: str
    name: str | None
    note: str
    maps: tuple[str, ...]
    images: int


class HistoryEntry(Answer):
    """A gesture that can be undone or redone, with what it changed last (indices of `BoardState.maps`)."""

    command_id: str
    kind: str
    version: int
    done: bool
    since: int
    offered: bool
    change: dict[str, Any]


class Sheets(Answer):
    """One set of sprite sheets: the tile of place p is number p mod capacity of sheet p div capacity."""

    size: int  # pixels of a square tile
    columns: int
    capacity: int
    urls: tuple[str, ...]


class Tiles(Answer):
    photographs: Sheets
    maps: Sheets
    map_height: int
    map_width: int


class BoardContent(Answer):
    """The fold of the commands, as a rebase needs it."""

    version: int
    complete: bool
    concepts: tuple[ConceptOut, ...]
    discarded: tuple[str, ...]
    not_sure: tuple[str, ...]
    undo: tuple[str, ...]  # top last
    redo: tuple[str, ...]
    history: tuple[HistoryEntry, ...]


class BoardState(BoardContent):
    """Everything that opening a board needs, in one answer."""

    id: UUID
    class_name: str
    class_note: str | None
    project_id: UUID
    project_name: str
    round_id: UUID
    round_name: str
    instructions: str
    own_instructions: str | None  # for this annotator alone
    practice: bool  # nothing on it counts
    blind: bool
    total: int
    tile: Tiles
    maps: tuple[tuple[str, int], ...]  # (map, place in the sheets) in the board's own order


class BoardSummary(Answer):
    """One line of an annotator's home."""

    id: UUID
    run_id: UUID
    class_name: str
    project_name: str
    round_id: UUID
    round_name: str
    own_instructions: str | None
    named: int
    placed: int
    total: int
    complete: bool
    changed_at: Moment | None
    url: str


class PracticeOffer(Answer):
    """The practice board of a naming round; `repeats`: its maps come again on the boards of the round."""

    round_id: UUID
    round_name: str
    class_name: str
    total: int
    repeats: bool
    board: BoardSummary | None  # none = not begun


class LargeMap(Answer):
    height: int
    width: int
    cells: str  # base64 of height × width bytes, row by row


class LargeView(Answer):
    """A map and the picture as the network saw it, in the same coordinates."""

    picture_url: str
    map: LargeMap
