"""What analysts said about pairs of names."""

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from glossator.database import Base, Sha256, Time


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
