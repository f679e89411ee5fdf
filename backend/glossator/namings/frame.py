"""What all classes of a naming round share: its classes, what its annotators are called, how images are."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from glossator.agreement.files.cells import tidied
from glossator.boards.tables import Board
from glossator.datasets.tables import Image
from glossator.maps.queries import class_names
from glossator.maps.tables import ExplainedImage
from glossator.people import accounts, projects
from glossator.rounds.tables import NamingRound

DIGITS = 16
"""Of an image's SHA-256 in hexadecimal: so many are its id, where that tells the images of a run apart."""


@dataclass(frozen=True)
class Frame:
    """What a naming round is read with.

    Attributes:
        round_id: the naming round.
        run_id: its run.
        project_id: its project.
        classes: names by position of the classes that have a board.
        annotators: by account, what those with a board are called; no two the same.
        digits: of an image's SHA-256 that are its id.
    """

    round_id: UUID
    run_id: UUID
    project_id: UUID
    classes: Mapping[int, str]
    annotators: Mapping[UUID, str]
    digits: int


def frame_of(session: Session, naming_round: NamingRound, *, by_name: bool = False) -> Frame:
    """Read the frame; annotators are called by their pseudonyms in the project, or `by_name`.

    Of people with the same name each has the pseudonym behind it.
    """
    held = session.execute(
        select(Board.class_position, Board.account_id).where(Board.naming_round_id == naming_round.id)
    ).all()
    names = class_names(session, naming_round.run_id)
    pseudonyms = projects.pseudonyms(session, naming_round.project_id)
    annotators = {account_id: pseudonyms[account_id] for _, account_id in held}
    return Frame(
        round_id=naming_round.id,
        run_id=naming_round.run_id,
        project_id=naming_round.project_id,
        classes={position: tidied(names[position]) for position, _ in held},
        annotators=_named(session, annotators) if by_name else annotators,
        digits=_digits(session, naming_round.run_id),
    )


def _named(session: Session, pseudonyms: Mapping[UUID, str]) -> dict[UUID, str]:
    names = {each: tidied(name) for each, name in accounts.names_of(session, pseudonyms.keys()).items()}
    held_by = Counter(names.values())
    return {
        each: name if held_by[name] == 1 else f"{name} ({pseudonyms[each]})" for each, name in names.items()
    }


def _digits(session: Session, run_id: UUID) -> int:
    """As few digits from DIGITS on as tell all images of the run apart, whatever part of it is read."""
    start = func.left(Image.sha256, DIGITS)
    of_run = (
        select(Image.sha256, func.count().over(partition_by=start).label("alike"))
        .join(ExplainedImage, ExplainedImage.image_id == Image.id)
        .where(ExplainedImage.run_id == run_id)
        .subquery()
    )
    alike = session.scalars(select(of_run.c.sha256).where(of_run.c.alike > 1)).all()
    digits = DIGITS
    while len({sha256[:digits] for sha256 in alike}) < len(alike):
        digits += 1
    return digits
