"""The job behind an import: look at the archive, read its pictures, find duplicates and divide."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from uuid import UUID

from pydantic import JsonValue, TypeAdapter
from sqlalchemy.orm import Session

from glossator.datasets import queries, service
from glossator.datasets.archive import opened_archive
from glossator.datasets.chunks import chunked, packed, unpacked
from glossator.datasets.finishing import finish
from glossator.datasets.layout import Remark
from glossator.datasets.reading import read_all
from glossator.datasets.splits import SplitRule
from glossator.datasets.tables import DataSet
from glossator_worker.pipelines.pipeline import PlannedStep, StepContext, Write

READ, FINISH = "read", "finish"
_RULE = TypeAdapter(SplitRule)
_REMARKS = TypeAdapter(tuple[Remark, ...])


class ImportDataSet:
    """Steps: `read` for each portion of files, then `finish`; all of it may run again."""

    def plan(self, context: StepContext) -> Sequence[PlannedStep]:
        if self._is_imported(context):
            return []
        context.progress(0, 1, "looking into the archive")
        labels_source = context.parameters["labels_source"]
        with service.opened_source(
            context.storage,
            source=_text(context.parameters, "source"),
            labels_source=None if labels_source is None else str(labels_source),
            rule=_rule(context),
            settings=context.settings,
        ) as (archive, arrangement):
            sizes = {item.stored: item.size for item in archive.items}
        portions = list(chunked(arrangement.entries, sizes))
        remarks = context.storage.put(json.dumps([asdict(each) for each in arrangement.remarks]).encode())
        steps = [
            PlannedStep(
                READ,
                stage=1,
                chunk=chunk,
                parameters={"entries": context.storage.put(packed(portion))},
                weight=len(portion),
            )
            for chunk, portion in enumerate(portions)
        ]
        end = PlannedStep(
            FINISH,
            stage=2,
            chunk=0,
            parameters={"remarks": remarks},
            weight=1 + len(arrangement.entries) / 50,
        )
        return [*steps, end]

    def run(self, context: StepContext, name: str, parameters: Mapping[str, JsonValue]) -> Write:
        if name == READ:
            return self._read(context, _text(parameters, "entries"))
        return self._finish(context, _text(parameters, "remarks"))

    def _read(self, context: StepContext, blob: str) -> Write:
        data_set_id = _data_set_id(context)
        entries = unpacked(context.storage.get(blob))
        with context.read() as session:
            known = queries.read_positions(session, data_set_id, [entry.position for entry in entries])
        left = [entry for entry in entries if entry.position not in known]

        def progress(done: int) -> None:
            context.progress(len(known) + done, len(entries), "reading pictures")

        progress(0)
        with (
            context.storage.open(_text(context.parameters, "source")) as file,
            opened_archive(file, unpacked_limit=context.settings.unpacked_limit_mb * 2**20) as archive,
        ):
            outcomes = read_all(
                archive,
                left,
                context.storage,
                limit_megapixels=context.settings.image_limit_megapixels,
                progress=progress,
            )
        return lambda session: service.store_outcomes(session, data_set_id, outcomes)

    def _finish(self, context: StepContext, remarks_blob: str) -> Write:
        data_set_id = _data_set_id(context)
        if self._is_imported(context):
            return lambda session: None
        remarks = _REMARKS.validate_json(context.storage.get(remarks_blob))
        context.progress(0, 1, "finding duplicates and dividing")
        with context.read() as session:
            files = queries.read_files(session, data_set_id)
            session.expunge_all()
        finished = finish(files, _rule(context))

        def write(session: Session) -> None:
            service.store_remarks(session, data_set_id, remarks)
            service.finish_import(session, data_set_id, files, finished)

        return write

    def _is_imported(self, context: StepContext) -> bool:
        with context.read() as session:
            return session.get_one(DataSet, _data_set_id(context)).imported_at is not None


def _data_set_id(context: StepContext) -> UUID:
    return UUID(_text(context.parameters, "data_set_id"))


def _rule(context: StepContext) -> SplitRule:
    return _RULE.validate_python(context.parameters["split_rule"])


def _text(values: Mapping[str, JsonValue], name: str) -> str:
    return str(values[name])
