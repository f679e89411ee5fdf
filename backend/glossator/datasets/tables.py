"""Data sets, their images and labels, and what an import could not read."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from glossator.database import Base, CreatedAt, Id, Json, Sha256


class DataSet(Base):
    __tablename__ = "data_set"
    __table_args__ = (
        Index("ix_data_set_project_id_id", "project_id", "id"),
        UniqueConstraint("project_id", "name"),
    )
    id: Mapped[Id]
    project_id: Mapped[UUID] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    name: Mapped[str]
    note: Mapped[str] = mapped_column(default="")  # origin, terms, why the split is as it is
    split_rule: Mapped[
        Json
    ]  # as asked for at the import: {"kind": "group", "column": …, "test_share": 0.2, "seed": 0}
    created_at: Mapped[CreatedAt]


class Image(Base):
    """One image; `sha256` is of the file's bytes, `picture` the re-encoded blob that is served."""

    __tablename__ = "image"
    __table_args__ = (
        UniqueConstraint("data_set_id", "sha256"),
        CheckConstraint("split in ('train', 'test')", name="split"),
        Index("ix_image_data_set_id_label", "data_set_id", "label"),
    )
    id: Mapped[Id]
    data_set_id: Mapped[UUID] = mapped_column(ForeignKey("data_set.id", ondelete="CASCADE"))
    sha256: Mapped[Sha256]
    picture: Mapped[Sha256]  # blob: upright RGB, lossless
    file_name: Mapped[str]  # path inside the import
    width: Mapped[int]
    height: Mapped[int]
    label: Mapped[str]
    fine_label: Mapped[str | None]
    group_name: Mapped[str | None]  # images of one object stay on one side of the split
    split: Mapped[str]
    mask: Mapped[str | None]  # blob: 1-bit PNG of the picture's size, or none
    created_at: Mapped[CreatedAt]


class ImportReport(Base):
    """A file of an import that was skipped, by name and reason."""

    __tablename__ = "import_report"
    __table_args__ = (
        UniqueConstraint("job_id", "file_name"),
        CheckConstraint("kind in ('unreadable', 'duplicate', 'ignored')", name="kind"),
    )
    id: Mapped[Id]
    data_set_id: Mapped[UUID] = mapped_column(ForeignKey("data_set.id", ondelete="CASCADE"), index=True)
    job_id: Mapped[UUID] = mapped_column(ForeignKey("job.id", ondelete="CASCADE"))
    file_name: Mapped[str]
    kind: Mapped[str]
    reason: Mapped[str]
