"""What analysts said about pairs of names, and the figures that were computed."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from glossator.database import Base, Json, Sha256, Time


class NameJudgement(Base):
    """How two different names are related, in all naming rounds of a project.

    Both stand in the form in which names are compared, the first being the smaller in code-point order
    (agreement/names.unordered). Names may be longer than a key of an index, so the key is their hash.
    """

    __tablename__ = "name_judgement"
    __table_args__ = (
        CheckConstraint("relation in ('exact', 'subset', 'none')", name="relation"),
        CheckConstraint("name_a <> name_b", name="two_names"),
    )
    project_id: Mapped[UUID] = mapped_column(ForeignKey("project.id", ondelete="CASCADE"), primary_key=True)
    pair: Mapped[Sha256] = mapped_column(primary_key=True)  # of both names, a line feed between
    name_a: Mapped[str]
    name_b: Mapped[str]
    relation: Mapped[str]
    judged_by: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    judged_at: Mapped[Time]


class AgreementResult(Base):
    """The newest figures of a class of a naming round, for one choice of what counts.

    `boards`, `names` and `judgements` tell what they were computed from (`freshness.Source`); the three
    documents are the parts of `class_results.ClassResult`.
    """

    __tablename__ = "agreement_result"
    naming_round_id: Mapped[UUID] = mapped_column(
        ForeignKey("naming_round.id", ondelete="CASCADE"), primary_key=True
    )
    class_position: Mapped[int] = mapped_column(primary_key=True)
    basis: Mapped[Sha256] = mapped_column(primary_key=True)
    boards: Mapped[Sha256]
    names: Mapped[list[str]] = mapped_column(ARRAY(TEXT))
    judgements: Mapped[Sha256]
    computed_at: Mapped[Time]
    with_chance: Mapped[bool]  # the levels of chance are there too
    overview: Mapped[Json]
    details: Mapped[Json]
    places: Mapped[Json]
