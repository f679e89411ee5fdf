"""Practice boards: a few maps to learn the board with, as often as a person likes; nothing on them counts.

Which maps is the same for everybody in a naming round. They come from a class that the round does not name,
where the run has one: then nobody meets a map of the practice board again. Otherwise they are a sample of the
named class that has most maps, and the page says so.
"""

import secrets
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from glossator.boards.making import lay_out
from glossator.boards.tables import Board
from glossator.maps import queries as maps
from glossator.maps.extremes import extremes_on_board
from glossator.maps.tables import Run
from glossator.refusal import not_found
from glossator.rounds.tables import NamingRound

MAPS = 24
WEAK_EVERY = 4


@dataclass(frozen=True)
class Offer:
    """What a practice board of a round holds.

    Attributes:
        class_position: of the class whose maps it shows.
        total: how many maps, at most `MAPS`.
    """

    class_position: int
    total: int


@dataclass(frozen=True)
class Candidate:
    """A map that a practice board could hold; `share` of the score of its image."""

    map_id: UUID
    x_feature: int
    share: float


def offer(sizes: Mapping[int, int], named: Collection[int]) -> Offer:
    """The practice board of a round; refused where its run has no map at all.

    Args:
        sizes: maps on a board of each class of the run that has any.
        named: positions of the classes that the round names.
    """
    if not sizes:
        raise not_found("practice board")
    position = min(sizes, key=lambda each: (each in named, -sizes[each], each))
    return Offer(position, min(sizes[position], MAPS))


def classes_of(session: Session, round_ids: Collection[UUID]) -> defaultdict[UUID, set[int]]:
    """By round, positions of the classes that are named in it."""
    rows = session.execute(
        select(Board.naming_round_id, Board.class_position)
        .where(Board.naming_round_id.in_(round_ids))
        .distinct()
    )
    found: defaultdict[UUID, set[int]] = defaultdict(set)
    for round_id, position in rows:
        if round_id is not None:
            found[round_id].add(position)
    return found


def sample(candidates: Iterable[Candidate], count: int) -> list[UUID]:
    """Ids of at most so many maps with all that a person meets on a board.

    X-features take turns, so that each gives several maps that belong together; a turn takes the strongest
    that is left, every fourth the weakest: those are the maps that one is not sure about or discards.
    """
    left: defaultdict[int, list[Candidate]] = defaultdict(list)
    for each in sorted(candidates, key=lambda each: (-each.share, each.map_id)):
        left[each.x_feature].append(each)
    chosen: list[UUID] = []
    turn = 0
    while any(left.values()) and len(chosen) < count:
        turn += 1
        for x_feature in sorted(left):
            if left[x_feature] and len(chosen) < count:
                chosen.append(left[x_feature].pop(-1 if turn % WEAK_EVERY == 0 else 0).map_id)
    return chosen


def begin(
    session: Session,
    naming_round: NamingRound,
    account_id: UUID,
    *,
    again: bool = False,
    seed: int | None = None,
) -> Board:
    """The practice board of this person, made where there is none; `again` puts a fresh one in its place.

    For people without a board in the round it is not there.
    """
    if naming_round.id not in {each.id for each in rounds_of(session, account_id, naming_round.project_id)}:
        raise not_found("naming round")
    session.scalar(select(NamingRound.id).where(NamingRound.id == naming_round.id).with_for_update())
    found = boards_in(session, [naming_round.id], account_id).get(naming_round.id)
    if found is not None and not again:
        return found
    if found is not None:
        session.delete(found)
        session.flush()
    run = maps.finished_run(session, naming_round.run_id)
    offered = offer(maps.board_sizes(session, run), classes_of(session, [naming_round.id])[naming_round.id])
    board = Board(
        practice_of=naming_round.id,
        class_position=offered.class_position,
        account_id=account_id,
        seed=secrets.randbits(62) if seed is None else seed,
        total=offered.total,
    )
    lay_out(session, [(board, _maps(session, run, offered.class_position))])
    return board


def _maps(session: Session, run: Run, position: int) -> list[maps.BoardMap]:
    """Those of `sample`, which takes from either end of an X-feature."""
    found = extremes_on_board(session, run, position, MAPS)
    by_id = {each.map.id: each.map for each in found}
    chosen = sample([Candidate(each.map.id, each.x_feature, each.share) for each in found], MAPS)
    return [by_id[each] for each in chosen]


def boards_in(session: Session, round_ids: Collection[UUID], account_id: UUID) -> dict[UUID, Board]:
    """By round, the practice boards that this person began."""
    rows = session.scalars(
        select(Board).where(Board.practice_of.in_(round_ids), Board.account_id == account_id)
    )
    return {board.practice_of: board for board in rows if board.practice_of is not None}


def rounds_of(session: Session, account_id: UUID, project_id: UUID) -> Sequence[NamingRound]:
    """The naming rounds of a project in which this person has a board, oldest first."""
    own = select(Board.naming_round_id).where(Board.account_id == account_id)
    return session.scalars(
        select(NamingRound)
        .where(NamingRound.project_id == project_id, NamingRound.id.in_(own))
        .order_by(NamingRound.id)
    ).all()
