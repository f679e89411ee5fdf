"""The job behind the pages of agreement: the figures of each class of a naming round that changed."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from pydantic import JsonValue
from sqlalchemy.orm import Session

from glossator.namings.basis import Basis
from glossator.namings.class_results import compute
from glossator.namings.frame import frame_of
from glossator.namings.freshness import source_of
from glossator.namings.judgements import judgements_of
from glossator.namings.progress import naming_round
from glossator.namings.reading import read_class
from glossator.namings.stored_results import keep
from glossator_worker.pipelines.pipeline import PlannedStep, StepContext, Write

MEASURE = "measure"


class MeasureAgreement:
    """Steps: `measure` for each class."""

    def plan(self, context: StepContext) -> Sequence[PlannedStep]:
        classes = context.parameters["classes"]
        positions = classes if isinstance(classes, list) else []
        return [
            PlannedStep(MEASURE, stage=1, chunk=chunk, parameters={"class": position})
            for chunk, position in enumerate(positions)
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
            return lambda session: None
        context.progress(0, 1, read.namings.name)
        boards = [(board.board_id, board.version) for board in read.boards]
        source = source_of(boards, read.namings, basis, judgements)
        result = compute(read, basis.settings, judgements)

        def write(session: Session) -> None:
            keep(session, round_id=round_id, position=position, basis=basis, source=source, result=result)

        return write
