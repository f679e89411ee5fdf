"""The job behind the pages of agreement: the figures of each class of a naming round that changed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

from pydantic import JsonValue
from sqlalchemy.orm import Session

from glossator.agreement.permutation import OnDraw
from glossator.namings.basis import Basis, permutations
from glossator.namings.class_results import compute
from glossator.namings.frame import frame_of
from glossator.namings.freshness import source_of
from glossator.namings.judgements import judgements_of
from glossator.namings.keeping import Place, add_chance, figures_of_now, has_figures, keep, keep_judged
from glossator.namings.progress import naming_round
from glossator.namings.reading import ReadClass, read_class
from glossator_worker.pipelines.pipeline import PlannedStep, StepContext, Write

CHANCE = "chance"


class MeasureAgreement:
    """Steps: `figures` for each class, or in another job `chance`, its levels of chance."""

    def plan(self, context: StepContext) -> Sequence[PlannedStep]:
        classes = context.parameters["classes"]
        name = str(context.parameters["measured"])
        return [
            PlannedStep(name, stage=1, chunk=chunk, parameters={"class": position})
            for chunk, position in enumerate(classes if isinstance(classes, list) else [])
        ]

    def run(self, context: StepContext, name: str, parameters: Mapping[str, JsonValue]) -> Write:
        chosen = context.parameters["basis"]
        place = Place(
            context.project_id,
            UUID(str(context.parameters["naming_round_id"])),
            int(str(parameters["class"])),
            Basis.from_json(chosen if isinstance(chosen, dict) else {}),
        )
        if name == CHANCE:
            return _chance(context, place)
        return _judged(context, place) or _figures(context, place)


def _judged(context: StepContext, place: Place) -> Write | None:
    """The figures that are there under the judgements of now; None if a board changed."""
    with context.read() as session:
        before = figures_of_now(session, place)
        judgements = judgements_of(session, place.project_id)
    if before is None:
        return None
    return partial(keep_judged, place=place, before=before, after=before.under(judgements))


def _figures(context: StepContext, place: Place) -> Write:
    with context.read() as session:
        read = _read(session, place)
        judgements = judgements_of(session, place.project_id)
    if read is None:
        return nothing
    context.progress(0, 1, read.namings.name)
    source = source_of(read, place.basis, judgements)
    return partial(keep, place=place, source=source, result=compute(read, place.basis.settings, judgements))


def _chance(context: StepContext, place: Place) -> Write:
    with context.read() as session:
        read = _read(session, place)
        judgements = judgements_of(session, place.project_id)
        if read is None:
            return nothing
        source = source_of(read, place.basis, judgements)
        if not has_figures(session, place, source):
            return nothing
    most = max(len(naming.concepts) for naming in read.namings.namings)
    settings = replace(place.basis.settings, permutations=permutations(most))
    result = compute(read, settings, judgements, _heard(context, read.namings.name))
    return partial(add_chance, place=place, source=source, result=result)


def _read(session: Session, place: Place) -> ReadClass | None:
    frame = frame_of(session, naming_round(session, place.round_id))
    return read_class(session, frame, place.position, place.basis.selection)


def _heard(context: StepContext, class_name: str) -> OnDraw:
    """Permutations take long: they show how far they are, can be stopped, and let figures go first."""

    def on_draw(done: int, count: int) -> None:
        context.progress(done, count, class_name)
        context.give_way()

    return on_draw


def nothing(session: Session) -> None:
    """The class has no board any more, or newer ones whose figures are still to come."""
