"""Runs of xNN and excitation backprop: X-features, activation maps, sheets of tiles."""

from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from glossator.database import Base, CreatedAt, Id, Json, Sha256, Time


class Run(Base):
    """One immutable result set; changed parameters make a new run."""

    __tablename__ = "run"
    __table_args__ = (
        Index("ix_run_project_id_id", "project_id", "id"),
        CheckConstraint("variant in ('plain', 'contrastive')", name="variant"),
    )
    id: Mapped[Id]
    project_id: Mapped[UUID] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    classifier_id: Mapped[UUID] = mapped_column(ForeignKey("classifier.id"), index=True)
    data_set_id: Mapped[UUID] = mapped_column(ForeignKey("data_set.id"), index=True)
    job_id: Mapped[UUID | None] = mapped_column(ForeignKey("job.id"), index=True)
    name: Mapped[str]
    parameters: Mapped[
        Json
    ]  # x_features, share, seed, stop, variant asked for: "automatic" | "plain" | "contrastive"
    versions: Mapped[Json]
    weights: Mapped[str | None]  # blob: safetensors of the XNNs
    start: Mapped[str | None]  # node names of the walk
    stop: Mapped[str | None]
    map_height: Mapped[int | None]
    map_width: Mapped[int | None]
    figures: Mapped[Json | None]  # over all classes: maps/schemas.RunFigures
    variant: Mapped[str | None]  # the one that stands on boards; none = the researcher has to choose
    variant_reason: Mapped[str | None]  # one sentence
    created_at: Mapped[CreatedAt]
    finished_at: Mapped[Time | None]


class RunClass(Base):
    """Table 1 of one class: maps/schemas.ClassFigures."""

    __tablename__ = "run_class"
    run_id: Mapped[UUID] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    figures: Mapped[Json]


class XFeature(Base):
    __tablename__ = "x_feature"
    __table_args__ = (CheckConstraint("status in ('live', 'dead', 'negative')", name="status"),)
    run_id: Mapped[UUID] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)
    class_position: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)  # 1 … n
    weight: Mapped[float]
    status: Mapped[str]


class ActivationMap(Base):
    """One significant activation with both variants of its map, 8-bit rows with their scale.

    The id is random (UUIDv4), `place` a random order within run and class: neither tells the X-feature.
    """

    __tablename__ = "activation_map"
    __table_args__ = (
        UniqueConstraint("run_id", "class_position", "image_id", "x_feature"),
        Index("ix_activation_map_run_id_class_position_place", "run_id", "class_position", "place"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    run_id: Mapped[UUID] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"))
    class_position: Mapped[int]
    image_id: Mapped[UUID] = mapped_column(ForeignKey("image.id"), index=True)
    x_feature: Mapped[int]
    place: Mapped[int | None]  # position in the sheets; none = the whole mass was lost, on no board
    contribution: Mapped[float]  # w x
    share: Mapped[float]  # of the positive score
    plain: Mapped[bytes] = mapped_column(LargeBinary)  # height × width uint8, row by row
    plain_scale: Mapped[float]  # value of 255
    plain_lost: Mapped[Json]  # cause -> mass; "total"
    contrastive: Mapped[bytes] = mapped_column(LargeBinary)
    contrastive_scale: Mapped[float]
    contrastive_lost: Mapped[Json]


class Sheet(Base):
    """A sprite sheet of a run and class: photographs, or grey maps of one variant, in order of `place`."""

    __tablename__ = "sheet"
    __table_args__ = (CheckConstraint("kind in ('photographs', 'plain', 'contrastive')", name="kind"),)
    run_id: Mapped[UUID] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)
    class_position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)  # 0 …; tile of place p: sheet p // capacity
    blob: Mapped[Sha256]
    tile: Mapped[int]  # pixels of a square tile
    columns: Mapped[int]
    capacity: Mapped[int]  # tiles per full sheet
