"""`namings.csv` and `judgements.csv`: what is in the database, as `glossator agreement` reads it."""

from collections.abc import Callable, Collection, Iterable, Iterator
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
    session: Session,
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
        session: reads what decides about a refusal, and the first class.
        transaction: opened anew for each class after the first, so that none waits for who takes the text.
        round_id: the naming round.
        classes: their names; none = all.
        annotators: as the file calls them; none = all who have a board now.
        complete_only: leave out boards that are still worked on.
        by_name: call annotators by their names instead of their pseudonyms.

    Returns:
        The text in pieces, a board each; what is refused is refused before the first.

    Raises:
        Refusal: a class or annotator that the round does not have, or no board is left.
    """
    naming_round = session.get_one(NamingRound, round_id)
    frame = frame_of(session, naming_round, by_name=by_name)
    selection = Selection(
        classes=chosen("class", classes, {name: each for each, name in frame.classes.items()}),
        annotators=chosen("annotator", annotators, {name: each for each, name in frame.annotators.items()}),
        complete_only=complete_only,
    )
    positions = iter(selected_classes(frame, selection))
    found = (read_class(session, frame, each, selection) for each in positions)
    first = next((read for read in found if read is not None), None)
    if first is None:
        kind = "finished board" if complete_only else "board"
        raise Refusal(
            f"The naming round '{naming_round.name}' has no {kind} to export with these choices.",
            code="no_boards",
            status=409,
        )
    later = _each_alone(transaction, frame, positions, selection)
    boards = chain.from_iterable(map(naming_rows, chain([first], later)))
    return chain([to_csv(NAMINGS_HEADER, ())], map(to_lines, boards))


def _each_alone(
    transaction: Callable[[], AbstractContextManager[Session]],
    frame: Frame,
    positions: Iterable[int],
    selection: Selection,
) -> Iterator[ReadClass]:
    for position in positions:
        with transaction() as session:
            read = read_class(session, frame, position, selection)
        if read is not None:
            yield read


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
