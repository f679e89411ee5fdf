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
from glossator.namings.progress import naming_round
from glossator.namings.reading import read_class
from glossator.namings.stored_results import add_chance, is_of, keep
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
        round_id = UUID(str(context.parameters["naming_round_id"]))
        chosen = context.parameters["basis"]
        basis = Basis.from_json(chosen if isinstance(chosen, dict) else {})
        position = int(str(parameters["class"]))
        with context.read() as session:
            frame = frame_of(session, naming_round(session, round_id))
            judgements = judgements_of(session, frame.project_id)
            read = read_class(session, frame, position, basis.selection)
            if read is None:
                return nothing
            source = source_of(read, basis, judgements)
            if name == CHANCE and not is_of(session, round_id, position, basis, source):
                return nothing
        context.progress(0, 1, read.namings.name)
        settings, write = basis.settings, keep
        if name == CHANCE:
            most = max(len(naming.concepts) for naming in read.namings.namings)
            settings, write = replace(settings, permutations=permutations(most)), add_chance
        result = compute(read, settings, judgements, _heard(context, read.namings.name))
        return partial(write, round_id=round_id, position=position, basis=basis, source=source, result=result)


def _heard(context: StepContext, class_name: str) -> OnDraw:
    """Permutations take long: they show how far they are, can be stopped, and let figures go first."""

    def on_draw(done: int, count: int) -> None:
        context.progress(done, count, class_name)
        context.give_way()

    return on_draw


def nothing(session: Session) -> None:
    """The class has no board any more, or newer figures that have no levels of chance yet."""
