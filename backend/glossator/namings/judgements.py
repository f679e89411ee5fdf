"""Reading judgements of names, and the pairs of names that ask for one."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, cast
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from glossator.agreement.names import Judgements, Relation, unordered
from glossator.boards.tables import Board, BoardItem, Concept
from glossator.namings.proposals import Proposal, proposal
from glossator.namings.service import pair_key
from glossator.namings.tables import NameJudgement
from glossator.namings.wordnet import installed
from glossator.people import accounts
from glossator.rounds.tables import NamingRound

State = Literal["judged", "proposed", "unjudged"]
Pair = tuple[str, str]


@dataclass(frozen=True)
class Judgement:
    """What somebody said about a pair; `judged_by` is their name."""

    relation: Relation
    judged_by: str
    judged_at: datetime


@dataclass(frozen=True)
class NamePair:
    """Two different names that annotators gave to the same maps, or that were judged.

    Attributes:
        id: of the pair, the same wherever it occurs.
        name_a: in the form in which names are compared; the smaller one.
        name_b: the other one.
        shared: over all pairs of annotators, the maps that one gave `name_a` and the other `name_b`.
        judgement: None where nobody judged the pair.
        proposal: what the rules say; it never counts by itself.
    """

    id: UUID
    name_a: str
    name_b: str
    shared: int
    judgement: Judgement | None
    proposal: Proposal

    @property
    def state(self) -> State:
        """`proposed`: not judged, and the rules see a relation."""
        if self.judgement is not None:
            return "judged"
        return "unjudged" if self.proposal.relation == "none" else "proposed"


def judgements_of(session: Session, project_id: UUID) -> Judgements:
    """What was said about pairs of names in a project, in the form that `agreement.measure` takes."""
    rows = session.execute(
        select(NameJudgement.name_a, NameJudgement.name_b, NameJudgement.relation).where(
            NameJudgement.project_id == project_id
        )
    )
    return Judgements({(name_a, name_b): cast(Relation, relation) for name_a, name_b, relation in rows})


def name_pairs(session: Session, project_id: UUID, round_id: UUID | None = None) -> list[NamePair]:
    """The pairs that can matter to an agreement, those with most shared maps first.

    With `round_id` only the pairs of that naming round; otherwise of all, and judged ones that occur in none.
    """
    shared = _shared(session, project_id, round_id)
    judged = _judged(session, project_id)
    nouns = installed()
    pairs = set(shared) | (set(judged) if round_id is None else set())
    found = [
        NamePair(
            id=UUID(pair_key(pair)[:32]),
            name_a=pair[0],
            name_b=pair[1],
            shared=shared[pair],
            judgement=judged.get(pair),
            proposal=proposal(*pair, nouns),
        )
        for pair in pairs
    ]
    return sorted(found, key=lambda each: (-each.shared, each.name_a, each.name_b))


def _shared(session: Session, project_id: UUID, round_id: UUID | None) -> Counter[Pair]:
    left, right = aliased(Board), aliased(Board)
    left_item, right_item = aliased(BoardItem), aliased(BoardItem)
    pairs = (
        select(
            left.id.label("left_board"),
            left_item.concept_id.label("left"),
            right.id.label("right_board"),
            right_item.concept_id.label("right"),
            func.count().label("shared"),
        )
        .select_from(NamingRound)
        .join(left, left.naming_round_id == NamingRound.id)
        .join(right, (right.naming_round_id == NamingRound.id) & (right.account_id > left.account_id))
        .join(left_item, left_item.board_id == left.id)
        .join(right_item, (right_item.board_id == right.id) & (right_item.map_id == left_item.map_id))
        .where(
            NamingRound.project_id == project_id,
            right.class_position == left.class_position,
            left_item.concept_id.is_not(None),
            right_item.concept_id.is_not(None),
        )
        .group_by(left.id, left_item.concept_id, right.id, right_item.concept_id)
    )
    if round_id is not None:
        pairs = pairs.where(NamingRound.id == round_id)
    of = pairs.subquery()
    left_concept, right_concept = aliased(Concept), aliased(Concept)
    statement = (
        select(left_concept.name, right_concept.name, of.c.shared)
        .join_from(
            of, left_concept, (left_concept.board_id == of.c.left_board) & (left_concept.id == of.c.left)
        )
        .join(right_concept, (right_concept.board_id == of.c.right_board) & (right_concept.id == of.c.right))
    )
    counts: Counter[Pair] = Counter()
    for name_a, name_b, count in session.execute(statement):
        if name_a is None or name_b is None:
            continue
        pair = unordered(name_a, name_b)
        if pair[0] and pair[0] != pair[1]:
            counts[pair] += count
    return counts


def _judged(session: Session, project_id: UUID) -> dict[Pair, Judgement]:
    rows = session.scalars(select(NameJudgement).where(NameJudgement.project_id == project_id)).all()
    names = accounts.names_of(session, {row.judged_by for row in rows})
    return {
        (row.name_a, row.name_b): Judgement(cast(Relation, row.relation), names[row.judged_by], row.judged_at)
        for row in rows
    }
