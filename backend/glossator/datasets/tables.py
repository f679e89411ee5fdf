"""Data sets, their images and labels, and what an import could not read."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from glossator.database import Base, CreatedAt, Id, Json, Sha256, Time


class DataSet(Base):
    """What was imported under one name; its images appear all at once when the import ends."""

    __tablename__ = "data_set"
    __table_args__ = (
        Index("ix_data_set_project_id_id", "project_id", "id"),
        UniqueConstraint("project_id", "name"),
    )
    id: Mapped[Id]
    project_id: Mapped[UUID] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    name: Mapped[str]
    note: Mapped[str] = mapped_column(default="")  # origin, terms, why the split is as it is
    source: Mapped[Sha256]  # blob: the zip as it came
    labels_source: Mapped[Sha256 | None]  # blob: a CSV that came beside the zip
    split_rule: Mapped[Json]  # SplitRule; never "automatic", which is resolved when asked
    ignored_columns: Mapped[list[str]] = mapped_column(ARRAY(TEXT), default=list)  # of its table
    job_id: Mapped[UUID | None] = mapped_column(ForeignKey("job.id", ondelete="SET NULL"), index=True)
    imported_at: Mapped[Time | None]
    created_at: Mapped[CreatedAt]


class Image(Base):
    """One image; ids ascend by `sha256`, so that the order is stable and says nothing about labels."""

    __tablename__ = "image"
    __table_args__ = (
        UniqueConstraint("data_set_id", "sha256"),
        UniqueConstraint("data_set_id", "picture"),
        CheckConstraint("split in ('train', 'test')", name="split"),
        Index("ix_image_data_set_id_id", "data_set_id", "id"),
        Index("ix_image_data_set_id_label", "data_set_id", "label"),
    )
    id: Mapped[Id]
    data_set_id: Mapped[UUID] = mapped_column(ForeignKey("data_set.id", ondelete="CASCADE"))
    sha256: Mapped[Sha256]  # of the file's bytes
    picture: Mapped[Sha256]  # blob: PNG, upright, 8-bit grey or RGB, no metadata
    thumbnail: Mapped[Sha256]  # blob: long side of 256 pixels, or the picture itself if it is small
    file_name: Mapped[str]  # path inside the import
    width: Mapped[int]
    height: Mapped[int]
    label: Mapped[str]
    fine_label: Mapped[str | None]
    group_name: Mapped[str | None]  # images of one object stay on one side of the split
    split: Mapped[str]
    mask: Mapped[str | None]  # blob: 1-bit PNG of the picture's size, or none
    created_at: Mapped[CreatedAt]


class ImportedFile(Base):
    """A file that a step of an import has read; turned into an image by the last step, then removed."""

    __tablename__ = "imported_file"
    data_set_id: Mapped[UUID] = mapped_column(ForeignKey("data_set.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)  # in the order of the archive's table or names
    file_name: Mapped[str]
    sha256: Mapped[Sha256]
    picture: Mapped[Sha256]
    thumbnail: Mapped[Sha256]
    width: Mapped[int]
    height: Mapped[int]
    label: Mapped[str]
    fine_label: Mapped[str | None]
    group_name: Mapped[str | None]
    split: Mapped[str | None]  # as the import states it, if it does
    mask: Mapped[str | None]


class ImportReport(Base):
    """A file of an import about which there is something to say, by name and reason."""

    __tablename__ = "import_report"
    __table_args__ = (
        UniqueConstraint("data_set_id", "file_name"),
        CheckConstraint("kind in ('unreadable', 'duplicate', 'ignored', 'remark')", name="kind"),
        Index("ix_import_report_data_set_id_id", "data_set_id", "id"),
    )
    id: Mapped[Id]
    data_set_id: Mapped[UUID] = mapped_column(ForeignKey("data_set.id", ondelete="CASCADE"))
    file_name: Mapped[str]
    kind: Mapped[str]  # all but "remark" were skipped
    reason: Mapped[str]
