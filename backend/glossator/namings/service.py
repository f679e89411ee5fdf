"""Setting and withdrawing judgements of names."""

import hashlib
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from glossator.agreement.names import Relation, unordered
from glossator.database import now
from glossator.namings.tables import NameJudgement
from glossator.refusal import Refusal


def pair_key(pair: tuple[str, str]) -> str:
    """The key of a pair that `unordered` gave."""
    return hashlib.sha256("\n".join(pair).encode()).hexdigest()


def judge(
    session: Session,
    *,
    project_id: UUID,
    name_a: str,
    name_b: str,
    relation: Relation,
    judged_by: UUID,
    at: datetime | None = None,
) -> None:
    """Keep how two names are related, in place of what was said before.

    Raises:
        Refusal: a name is empty, or the two are equal but for case and white space.
    """
    pair = _two_names(name_a, name_b)
    said = {"relation": relation, "judged_by": judged_by, "judged_at": at or now()}
    session.execute(
        insert(NameJudgement)
        .values(project_id=project_id, pair=pair_key(pair), name_a=pair[0], name_b=pair[1], **said)
        .on_conflict_do_update(index_elements=["project_id", "pair"], set_=said)
    )


def withdraw(session: Session, *, project_id: UUID, name_a: str, name_b: str) -> None:
    """Take back what was said about a pair, if anything was."""
    session.execute(
        delete(NameJudgement).where(
            NameJudgement.project_id == project_id,
            NameJudgement.pair == pair_key(unordered(name_a, name_b)),
        )
    )


def _two_names(name_a: str, name_b: str) -> tuple[str, str]:
    pair = unordered(name_a, name_b)
    if not pair[0]:
        raise Refusal("A judgement needs two names; a concept without a name has none.", code="no_name")
    if pair[0] == pair[1]:
        raise Refusal(
            f"'{name_a}' and '{name_b}' are the same name: that needs no judgement.", code="same_name"
        )
    return pair
