"""Naming rounds: a run whose boards people work on."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from glossator.database import Base, CreatedAt, Id, Json


class NamingRound(Base):
    __tablename__ = "naming_round"
    __table_args__ = (Index("ix_naming_round_project_id_id", "project_id", "id"),)
    id: Mapped[Id]
    project_id: Mapped[UUID] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    run_id: Mapped[UUID] = mapped_column(ForeignKey("run.id"), index=True)
    name: Mapped[str]
    instructions: Mapped[str] = mapped_column(default="")
    class_notes: Mapped[Json]  # position of a class -> what its annotators should know before they begin
    # account -> what this annotator alone reads beside the instructions
    annotator_instructions: Mapped[Json] = mapped_column(default=dict)
    created_at: Mapped[CreatedAt]
