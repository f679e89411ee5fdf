"""Practice boards: a few maps to learn the board with, as often as a person likes; nothing on them counts.

Which maps is the same for everybody in a naming round. They come from a class that the round does not name,
where the run has one: then nobody meets a map of the practice board again. Otherwise they are a sample of the
named class that has most maps, and the page says so.
"""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from glossator.boards.making import lay_out
from glossator.boards.tables import Board
from glossator.maps import queries as maps
from glossator.maps.tables import ActivationMap
from glossator.refusal import not_found
from glossator.rounds.tables import NamingRound

MAPS = 24
WEAK_EVERY = 4


@dataclass(frozen=True)
class Offer:
    """What a practice board of a round holds.

    Attributes:
        class_position: of the class whose maps it shows.
        maps: at most `MAPS` of them.
        repeats: the class is named in the round, too, so that these maps come again on its boards.
    """

    class_position: int
    maps: tuple[maps.BoardMap, ...]
    repeats: bool


@dataclass(frozen=True)
class Candidate:
    """A map that a practice board could hold; `share` of the score of its image."""

    map_id: UUID
    x_feature: int
    share: float


def offer(session: Session, naming_round: NamingRound) -> Offer:
    """The practice board of a round; refused where its run has no map at all."""
    named = classes_of(session, naming_round)
    run = maps.finished_run(session, naming_round.run_id)
    sizes = maps.board_sizes(session, run)
    if not sizes:
        raise not_found("practice board")
    position = min(sizes, key=lambda each: (each in named, -sizes[each], each))
    by_id = {each.id: each for each in maps.maps_on_board(session, run.id, position)}
    rows = session.execute(
        select(ActivationMap.id, ActivationMap.x_feature, ActivationMap.share)
        .where(ActivationMap.run_id == naming_round.run_id, ActivationMap.class_position == position)
        .order_by(ActivationMap.place)
    )
    chosen = sample([Candidate(*row) for row in rows if row.id in by_id], MAPS)
    return Offer(position, tuple(by_id[each] for each in chosen), position in named)


def classes_of(session: Session, naming_round: NamingRound) -> set[int]:
    """Positions of the classes that are named in the round."""
    return set(session.scalars(select(Board.class_position).where(Board.naming_round_id == naming_round.id)))


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
    found = board_in(session, naming_round.id, account_id)
    if found is not None and not again:
        return found
    if found is not None:
        session.delete(found)
        session.flush()
    offered = offer(session, naming_round)
    board = Board(
        practice_of=naming_round.id,
        class_position=offered.class_position,
        account_id=account_id,
        seed=secrets.randbits(62) if seed is None else seed,
        total=len(offered.maps),
    )
    lay_out(session, [(board, offered.maps)])
    return board


def board_in(session: Session, round_id: UUID, account_id: UUID) -> Board | None:
    """The practice board that this person began."""
    return session.scalar(select(Board).where(Board.practice_of == round_id, Board.account_id == account_id))


def rounds_of(session: Session, account_id: UUID, project_id: UUID) -> Sequence[NamingRound]:
    """The naming rounds of a project in which this person has a board, oldest first."""
    own = select(Board.naming_round_id).where(Board.account_id == account_id)
    return session.scalars(
        select(NamingRound)
        .where(NamingRound.project_id == project_id, NamingRound.id.in_(own))
        .order_by(NamingRound.id)
    ).all()
