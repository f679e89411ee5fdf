"""Runs of xNN and excitation backprop: X-features, activation maps, sheets of tiles."""

from uuid import UUID

from sqlalchemy import CheckConstraint, Double, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from glossator.database import Base, CreatedAt, Id, Json, Sha256, Time


class Run(Base):
    """One immutable result set; changed parameters make a new run.

    What stands in it counts from `finished_at` on: until then its rows are a job's work in progress.
    """

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
    parameters: Mapped[Json]  # maps/parameters.RunParameters
    versions: Mapped[Json]
    secret: Mapped[bytes] = mapped_column(
        LargeBinary
    )  # ids and places of its maps come from it: maps/secrets.py
    weights: Mapped[str | None]  # blob: safetensors of the xNNs
    start: Mapped[str | None]  # node names of the walk
    stop: Mapped[str | None]
    stops: Mapped[list[dict[str, object]] | None] = mapped_column(
        JSONB
    )  # maps/parameters.Stop, image side first
    map_height: Mapped[int | None]
    map_width: Mapped[int | None]
    figures: Mapped[Json | None]  # over all classes: maps/figures.RunFigures
    variant: Mapped[str | None]  # the one that stands on boards; none = the researcher has to choose
    variant_reason: Mapped[str | None]  # one sentence
    created_at: Mapped[CreatedAt]
    finished_at: Mapped[Time | None]


class RunArray(Base):
    """What one step of a run's job hands to the later ones, or to boards, as a blob.

    "content" is what the network sees at the maps of a chunk; "likeness" stands by class position in place of
    a chunk: maps/likeness.py.
    """

    __tablename__ = "run_array"
    __table_args__ = (CheckConstraint("name in ('features', 'xnns', 'content', 'likeness')", name="name"),)
    run_id: Mapped[UUID] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    chunk: Mapped[int] = mapped_column(primary_key=True)
    blob: Mapped[Sha256]


class RunClass(Base):
    """Table 1 of one class."""

    __tablename__ = "run_class"
    run_id: Mapped[UUID] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    figures: Mapped[Json]  # maps/figures.ClassFigures


class XFeature(Base):
    __tablename__ = "x_feature"
    __table_args__ = (CheckConstraint("status in ('live', 'dead', 'negative')", name="status"),)
    run_id: Mapped[UUID] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)
    class_position: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)  # 1 … n
    weight: Mapped[float]
    status: Mapped[str]


class ExplainedImage(Base):
    """A test image with a class of the classifier as its label, and its explanation by the xNN of that
    class.
    """

    __tablename__ = "explained_image"
    __table_args__ = (Index("ix_explained_image_run_id_class_position", "run_id", "class_position"),)
    run_id: Mapped[UUID] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)
    image_id: Mapped[UUID] = mapped_column(ForeignKey("image.id"), primary_key=True, index=True)
    class_position: Mapped[int]
    picture: Mapped[Sha256]  # blob: WebP of the square as the network saw it
    predicted: Mapped[int]  # position of the network's highest score, the lowest such position in a tie
    probability: Mapped[float]  # softmax of the predicted class
    score: Mapped[float]  # the network's for the label, before softmax
    rebuilt_score: Mapped[float | None]  # none = the class has no xNN
    contributions: Mapped[list[float]] = mapped_column(ARRAY(Double))  # w x of X-features 1 … n
    significant: Mapped[int]  # how many of them are significant
    plain_cosine: Mapped[
        float | None
    ]  # mean over pairs of its maps that are not empty; none = fewer than two
    contrastive_cosine: Mapped[float | None]
    baselines: Mapped[Json | None]  # maps/pointing.Baselines; none = no mask, or an empty one


class ActivationMap(Base):
    """One significant activation with both variants of its map, 8-bit rows with their scale.

    The id is random (UUIDv4), `place` a random order within run and class: neither tells the X-feature.
    """

    __tablename__ = "activation_map"
    __table_args__ = (
        UniqueConstraint("run_id", "class_position", "image_id", "x_feature"),
        Index("ix_activation_map_run_id_class_position_place", "run_id", "class_position", "place"),
        Index("ix_activation_map_run_id_image_id", "run_id", "image_id"),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True)
    run_id: Mapped[UUID] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"))
    class_position: Mapped[int]
    image_id: Mapped[UUID] = mapped_column(ForeignKey("image.id"), index=True)
    x_feature: Mapped[int]
    place: Mapped[int | None]  # position in the sheets; none = the whole mass was lost, on no board
    contribution: Mapped[float]  # w x
    share: Mapped[float]  # of the positive score
    plain: Mapped[bytes] = mapped_column(LargeBinary)  # height × width uint8, row by row
    plain_scale: Mapped[float]  # value of 255; 0 = an empty map
    plain_sum: Mapped[float]  # mass on the map
    plain_lost: Mapped[Json]  # cause -> mass, and "total"
    contrastive: Mapped[bytes] = mapped_column(LargeBinary)
    contrastive_scale: Mapped[float]
    contrastive_sum: Mapped[float]
    contrastive_lost: Mapped[Json]  # of the negated row's walk; {"no contrast": 1, …} where nothing feeds it
    pointing: Mapped[Json | None]  # maps/pointing.MapHits; none = no mask


class Sheet(Base):
    """A sprite sheet of a run and class, in order of `place`: tile p lies in sheet p // capacity.

    Photographs are square tiles of the picture as the network saw it. A tile of a map holds its cells, one
    pixel each, in its upper left corner; enlarging and colour are the reader's.
    """

    __tablename__ = "sheet"
    __table_args__ = (CheckConstraint("kind in ('photographs', 'plain', 'contrastive')", name="kind"),)
    run_id: Mapped[UUID] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), primary_key=True)
    class_position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)  # 0 …
    blob: Mapped[Sha256]
    tile: Mapped[int]  # pixels of a square tile
    columns: Mapped[int]
    capacity: Mapped[int]  # tiles per full sheet
