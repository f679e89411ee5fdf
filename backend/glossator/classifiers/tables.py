"""Registered classifiers: architecture, weights, classes, and what they predict."""

from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from glossator.database import Base, CreatedAt, Id, Json, Sha256, Time


class Classifier(Base):
    """A network with weights, tied to the data set whose labels are its classes."""

    __tablename__ = "classifier"
    __table_args__ = (
        Index("ix_classifier_project_id_id", "project_id", "id"),
        UniqueConstraint("project_id", "name"),
    )
    id: Mapped[Id]
    project_id: Mapped[UUID] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"))
    data_set_id: Mapped[UUID] = mapped_column(ForeignKey("data_set.id"), index=True)
    name: Mapped[str]
    architecture: Mapped[str]
    weights: Mapped[Sha256]
    preprocessing_given: Mapped[Json]  # as asked for; empty = the architecture's own
    preprocessing: Mapped[Json]  # what counts, complete; empty until a worker has looked
    note: Mapped[str] = mapped_column(default="")
    job_id: Mapped[UUID | None] = mapped_column(ForeignKey("job.id", ondelete="SET NULL"), index=True)
    predicted_at: Mapped[Time | None]  # when the predictions of all images were there
    created_at: Mapped[CreatedAt]


class ClassName(Base):
    __tablename__ = "class_name"
    classifier_id: Mapped[UUID] = mapped_column(
        ForeignKey("classifier.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True)  # index of the score
    name: Mapped[str]  # equal to the label of its images


class Prediction(Base):
    __tablename__ = "prediction"
    classifier_id: Mapped[UUID] = mapped_column(
        ForeignKey("classifier.id", ondelete="CASCADE"), primary_key=True
    )
    image_id: Mapped[UUID] = mapped_column(
        ForeignKey("image.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    predicted: Mapped[int]  # position of the highest score, the lowest such position in a tie
    probability: Mapped[float]  # softmax of the predicted class
    scores: Mapped[bytes] = mapped_column(LargeBinary)  # float32 little-endian, one per class, before softmax
