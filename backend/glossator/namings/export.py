"""`namings.csv` and `judgements.csv`: what is in the database, as `glossator agreement` reads it."""

from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager
from itertools import chain
from uuid import UUID

from sqlalchemy.orm import Session

from glossator.agreement.files.csv_text import Cell, to_csv, to_lines
from glossator.agreement.namings import MISSING, Naming
from glossator.namings.choosing import chosen
from glossator.namings.frame import Frame, frame_of
from glossator.namings.judgements import judgements_of
from glossator.namings.reading import ReadBoard, ReadClass, Selection, read_class, selected_classes
from glossator.refusal import Refusal
from glossator.rounds.tables import NamingRound

NAMINGS_HEADER = (
    *("annotator", "class", "activation", "image", "x_feature"),
    *("concept", "concept_id", "status", "correct"),
)
JUDGEMENTS_HEADER = ("name_a", "name_b", "relation")


def namings_csv(
    transaction: Callable[[], AbstractContextManager[Session]],
    round_id: UUID,
    *,
    classes: Collection[str] = (),
    annotators: Collection[str] = (),
    complete_only: bool = False,
    by_name: bool = False,
) -> Iterator[str]:
    """One row for each board and map, sorted by class, annotator and activation.

    Args:
        transaction: opened anew for each class, so that none waits for who takes the text.
        round_id: the naming round.
        classes: their names; none = all.
        annotators: as the file calls them; none = all.
        complete_only: leave out boards that are still worked on.
        by_name: call annotators by their names instead of their pseudonyms.

    Returns:
        The text in pieces, a board each; what is refused is refused before the first.

    Raises:
        Refusal: a class or annotator that the round does not have, or no board is left.
    """
    with transaction() as session:
        naming_round = session.get_one(NamingRound, round_id)
        frame = frame_of(session, naming_round, by_name=by_name)
    selection = Selection(
        classes=chosen("class", classes, {name: each for each, name in frame.classes.items()}),
        annotators=chosen("annotator", annotators, {name: each for each, name in frame.annotators.items()}),
        complete_only=complete_only,
    )
    boards = _boards(transaction, frame, selection)
    first = next(boards, None)
    if first is None:
        kind = "finished board" if complete_only else "board"
        raise Refusal(
            f"The naming round '{naming_round.name}' has no {kind} to export with these choices.",
            code="no_boards",
            status=409,
        )
    return chain([to_csv(NAMINGS_HEADER, ()), first], boards)


def _boards(
    transaction: Callable[[], AbstractContextManager[Session]], frame: Frame, selection: Selection
) -> Iterator[str]:
    for position in selected_classes(frame, selection):
        with transaction() as session:
            read = read_class(session, frame, position, selection)
        if read is not None:
            yield from map(to_lines, naming_rows(read))


def naming_rows(read: ReadClass) -> Iterator[Iterator[tuple[Cell, ...]]]:
    """For each board of a class, by annotator, its rows by activation."""
    namings = read.namings
    images = [namings.image_ids[code] for code in namings.image_of]
    x_features = [namings.x_feature_ids[code] for code in namings.x_feature_of]
    correct = [None if code < 0 else int(code) for code in namings.correct[namings.image_of]]

    def rows(naming: Naming, board: ReadBoard) -> Iterator[tuple[Cell, ...]]:
        for place, code in enumerate(naming.concept_of.tolist()):
            if code == MISSING:
                continue
            concept = naming.concepts[code] if code >= 0 else None
            yield (
                naming.annotator,
                namings.name,
                namings.activation_ids[place],
                images[place],
                x_features[place],
                concept.name if concept else None,
                concept.id if concept else None,
                "named" if concept else _status(board, place),
                correct[place],
            )

    return map(rows, namings.namings, read.boards)


def _status(board: ReadBoard, place: int) -> str:
    return "discarded" if board.discarded[place] else "unlabeled"


def judgements_csv(session: Session, project_id: UUID) -> str:
    """All judgements of a project, sorted by the two names."""
    relations = judgements_of(session, project_id).relations
    return to_csv(JUDGEMENTS_HEADER, sorted((*pair, relation) for pair, relation in relations.items()))
