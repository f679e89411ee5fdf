"""`namings.csv` and `judgements.csv`: what is in the database, as `glossator agreement` reads it."""

from collections.abc import Collection, Iterator
from uuid import UUID

from sqlalchemy.orm import Session

from glossator.agreement.files.csv_text import Cell, to_csv
from glossator.agreement.namings import MISSING
from glossator.namings.choosing import chosen
from glossator.namings.frame import frame_of
from glossator.namings.judgements import judgements_of
from glossator.namings.reading import ReadBoard, ReadClass, Selection, read_round
from glossator.refusal import Refusal
from glossator.rounds.tables import NamingRound

NAMINGS_HEADER = (
    *("annotator", "class", "activation", "image", "x_feature"),
    *("concept", "concept_id", "status", "correct"),
)
JUDGEMENTS_HEADER = ("name_a", "name_b", "relation")


def namings_csv(
    session: Session,
    naming_round: NamingRound,
    *,
    classes: Collection[str] = (),
    annotators: Collection[str] = (),
    complete_only: bool = False,
    by_name: bool = False,
) -> str:
    """One row for each board and map, sorted by class, annotator and activation.

    Args:
        classes: their names; none = all.
        annotators: as the file calls them; none = all.
        complete_only: leave out boards that are still worked on.
        by_name: call annotators by their names instead of their pseudonyms.

    Raises:
        Refusal: a class or annotator that the round does not have, or no board is left.
    """
    frame = frame_of(session, naming_round, by_name=by_name)
    selection = Selection(
        classes=chosen("class", classes, {name: each for each, name in frame.classes.items()}),
        annotators=chosen("annotator", annotators, {name: each for each, name in frame.annotators.items()}),
        complete_only=complete_only,
    )
    rows = [row for read in read_round(session, frame, selection) for row in naming_rows(read)]
    if not rows:
        kind = "finished board" if complete_only else "board"
        raise Refusal(
            f"The naming round '{naming_round.name}' has no {kind} to export with these choices.",
            code="no_boards",
            status=409,
        )
    return to_csv(NAMINGS_HEADER, rows)


def naming_rows(read: ReadClass) -> Iterator[tuple[Cell, ...]]:
    """The rows of a class, by annotator and activation."""
    namings = read.namings
    images = [namings.image_ids[code] for code in namings.image_of]
    x_features = [namings.x_feature_ids[code] for code in namings.x_feature_of]
    correct = [None if code < 0 else int(code) for code in namings.correct[namings.image_of]]
    for naming, board in zip(namings.namings, read.boards, strict=True):
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


def _status(board: ReadBoard, place: int) -> str:
    return "discarded" if board.discarded[place] else "unlabeled"


def judgements_csv(session: Session, project_id: UUID) -> str:
    """All judgements of a project, sorted by the two names."""
    relations = judgements_of(session, project_id).relations
    return to_csv(JUDGEMENTS_HEADER, sorted((*pair, relation) for pair, relation in relations.items()))
