"""Boards: the command log, and the state that is its fold."""

from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from glossator.database import Base, CreatedAt, Id, Json, Time


class Board(Base):
    """The board of one annotator for one class of a naming round; its state is the fold of its commands.

    A practice board is no board of the round but of `practice_of`: whatever asks for the boards of a round,
    to count or to export them, finds none of it.
    """

    __tablename__ = "board"
    __table_args__ = (
        UniqueConstraint("naming_round_id", "class_position", "account_id"),
        UniqueConstraint("practice_of", "account_id"),
        CheckConstraint("(naming_round_id is null) <> (practice_of is null)", name="counted_or_practice"),
    )
    id: Mapped[Id]
    naming_round_id: Mapped[UUID | None] = mapped_column(ForeignKey("naming_round.id", ondelete="CASCADE"))
    practice_of: Mapped[UUID | None] = mapped_column(ForeignKey("naming_round.id", ondelete="CASCADE"))
    class_position: Mapped[int]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    seed: Mapped[int] = mapped_column(BigInteger)  # of the board's own order of maps
    version: Mapped[int] = mapped_column(default=0)
    complete: Mapped[bool] = mapped_column(default=False)
    total: Mapped[int]
    named: Mapped[int] = mapped_column(default=0)  # counters kept by the commands
    discarded: Mapped[int] = mapped_column(default=0)
    blind: Mapped[bool] = mapped_column(default=True)  # false once what it hides was told to who names on it
    shown_at: Mapped[Time | None]  # when that was: by "show anyway", or while all boards were finished
    created_at: Mapped[CreatedAt]
    changed_at: Mapped[Time | None]

    @property
    def round_id(self) -> UUID | None:
        """The naming round that it belongs to or is practice for."""
        return self.naming_round_id or self.practice_of


class Concept(Base):
    __tablename__ = "concept"
    board_id: Mapped[UUID] = mapped_column(ForeignKey("board.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)  # made in the browser
    name: Mapped[str | None]
    note: Mapped[str] = mapped_column(default="")
    position: Mapped[int]


class BoardItem(Base):
    """Where one map of a board stands: in a concept, discarded, or (both empty) unlabeled.

    Half of each page is left free so that moving thousands of maps rewrites no index.
    """

    __tablename__ = "board_item"
    __table_args__ = (
        CheckConstraint("not (discarded and concept_id is not null)", name="one_place"),
        UniqueConstraint("board_id", "map_id"),
        {"postgresql_with": {"fillfactor": 50}},
    )
    board_id: Mapped[UUID] = mapped_column(ForeignKey("board.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)  # in the board's own order, 0 …
    map_id: Mapped[UUID] = mapped_column(ForeignKey("activation_map.id"), index=True)
    image_number: Mapped[int]  # equal for maps of one image; random, never sent
    concept_id: Mapped[UUID | None]
    discarded: Mapped[bool] = mapped_column(default=False)
    not_sure: Mapped[bool] = mapped_column(default=False)


class BoardCommand(Base):
    """One command of the log; what a gesture changed last is the `change` of the command at its `since`."""

    __tablename__ = "board_command"
    __table_args__ = (
        UniqueConstraint("board_id", "command_id"),
        UniqueConstraint("board_id", "client_id", "sequence"),
    )
    board_id: Mapped[UUID] = mapped_column(ForeignKey("board.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)  # of the board after this command
    command_id: Mapped[UUID]
    client_id: Mapped[UUID]
    sequence: Mapped[int]
    author_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    body: Mapped[Json]  # kind and fields
    change: Mapped[Json]  # state.Change: what it changed, for undo
    result: Mapped[Json]  # the stored answer
    concerns: Mapped[UUID | None]  # of an undo or redo: the gesture it is about
    done: Mapped[bool]  # of a gesture: stands, or was taken back
    since: Mapped[int]
    offered: Mapped[bool]  # still the next one for Ctrl+Z or Ctrl+Shift+Z at some time
    at: Mapped[Time]  # by the browser's clock
    received_at: Mapped[CreatedAt]
