"""What changes data sets: asking for an import, what its steps write, its end."""

import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from glossator.database import new_id, now
from glossator.datasets.archive import Archive, opened_archive
from glossator.datasets.finishing import Finished
from glossator.datasets.ids import ids_in_order
from glossator.datasets.index import INDEX_NAME, read_index
from glossator.datasets.layout import Arrangement, Remark, arrange, find_index
from glossator.datasets.reading import Outcome
from glossator.datasets.splits import SplitRule
from glossator.datasets.tables import DataSet, Image, ImportedFile, ImportReport
from glossator.jobs import service as jobs
from glossator.jobs.kinds import IMPORT_DATA_SET
from glossator.jobs.tables import Job
from glossator.refusal import Refusal, conflict
from glossator.settings import Settings
from glossator.storage.blobs import Storage

LONGEST_NAME = 100


@contextmanager
def opened_source(
    storage: Storage, *, source: str, labels_source: str | None, rule: SplitRule, settings: Settings
) -> Iterator[tuple[Archive, Arrangement]]:
    """The checked archive behind a blob and what is to be read from it; raises Refusal for what is wrong."""
    with (
        storage.open(source) as file,
        opened_archive(file, unpacked_limit=settings.unpacked_limit_mb * 2**20) as archive,
    ):
        inside = find_index(archive.items)
        if labels_source is not None:
            index = read_index(storage.get(labels_source), "labels.csv", rule)
        elif inside is not None:
            index = read_index(archive.read(inside.stored), INDEX_NAME, rule)
        else:
            index = None
        yield archive, arrange(archive.items, index, rule)


def ask_import(
    session: Session,
    storage: Storage,
    *,
    project_id: UUID,
    name: str,
    source_blob: str,
    split: SplitRule,
    labels_blob: str | None = None,
    note: str = "",
    asked_by: UUID | None,
    settings: Settings,
) -> tuple[DataSet, Job]:
    """Checks the archive and starts its import; the same name and content again gives the data set there is.

    An import that failed or was cancelled gives its name free for other content. Raises Refusal for an
    archive or table that is wrong, and for a name whose data set holds something else.
    """
    name = unicodedata.normalize("NFC", name.strip())
    if not 0 < len(name) <= LONGEST_NAME:
        raise Refusal(f"The name of a data set has 1 to {LONGEST_NAME} characters.", code="name")
    with opened_source(
        storage, source=source_blob, labels_source=labels_blob, rule=split, settings=settings
    ) as (_, arrangement):
        rule = asdict(arrangement.rule)
        ignored_columns = list(arrangement.ignored_columns)
    content = {"source": source_blob, "labels_source": labels_blob, "split_rule": rule}
    data_set = _named(
        session, project_id, name, {**content, "note": note, "ignored_columns": ignored_columns}
    )
    if any(getattr(data_set, key) != value for key, value in content.items()):
        _give_free(session, data_set)
        for key, value in content.items():
            setattr(data_set, key, value)
        data_set.note, data_set.ignored_columns = note, ignored_columns
    job = jobs.ask(
        session,
        project_id=project_id,
        kind=IMPORT_DATA_SET,
        title=f"Import of {name}",
        parameters={"data_set_id": str(data_set.id), **content},
        asked_by=asked_by,
    )
    data_set.job_id = job.id
    session.flush()
    return data_set, job


def _named(session: Session, project_id: UUID, name: str, values: dict[str, object]) -> DataSet:
    """The data set of this name, made if there is none, locked in any case."""
    session.execute(
        insert(DataSet)
        .values(id=new_id(), project_id=project_id, name=name, **values)
        .on_conflict_do_nothing(index_elements=[DataSet.project_id, DataSet.name])
    )
    mine = select(DataSet).where(DataSet.project_id == project_id, DataSet.name == name)
    return session.scalars(mine.with_for_update()).one()


def _give_free(session: Session, data_set: DataSet) -> None:
    """Refused if the name is in use; otherwise what a broken import has left is removed."""
    state = session.scalar(select(Job.state).where(Job.id == data_set.job_id))
    if data_set.imported_at is not None or state in {"waiting", "running"}:
        raise conflict(
            f"There is a data set '{data_set.name}' already, with other content or another split; choose "
            "another name.",
            code="name_taken",
        )
    session.execute(delete(ImportedFile).where(ImportedFile.data_set_id == data_set.id))
    session.execute(delete(ImportReport).where(ImportReport.data_set_id == data_set.id))


def store_remarks(session: Session, data_set_id: UUID, remarks: Sequence[Remark]) -> None:
    """Lines of the report; the last one said about a file stays."""
    by_name = {remark.file_name: remark for remark in remarks}
    if not by_name:
        return
    lines = [{"id": new_id(), "data_set_id": data_set_id, **asdict(remark)} for remark in by_name.values()]
    statement = insert(ImportReport)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[ImportReport.data_set_id, ImportReport.file_name],
            set_={"kind": statement.excluded.kind, "reason": statement.excluded.reason},
        ),
        lines,
    )


def store_outcomes(session: Session, data_set_id: UUID, outcomes: Sequence[Outcome]) -> None:
    """What a step has read; writing it twice changes nothing."""
    store_remarks(session, data_set_id, [remark for outcome in outcomes for remark in outcome.remarks])
    rows = [
        {
            "data_set_id": data_set_id,
            "position": read.entry.position,
            "file_name": read.entry.file_name,
            "sha256": read.sha256,
            "picture": read.picture,
            "thumbnail": read.thumbnail,
            "width": read.width,
            "height": read.height,
            "label": read.entry.label,
            "fine_label": read.entry.fine_label,
            "group_name": read.entry.group,
            "split": read.entry.split,
            "mask": read.mask,
        }
        for read in (outcome.read for outcome in outcomes)
        if read is not None
    ]
    if rows:
        session.execute(insert(ImportedFile).on_conflict_do_nothing(), rows)


def finish_import(
    session: Session,
    data_set_id: UUID,
    files: Sequence[ImportedFile],
    finished: Finished,
    *,
    at: datetime | None = None,
) -> None:
    """Turns read files into images, all at once; a second time it changes nothing."""
    data_set = session.scalars(select(DataSet).where(DataSet.id == data_set_id).with_for_update()).one()
    if data_set.imported_at is not None:
        return
    at = at or now()
    kept = sorted(
        ((files[place], side) for place, side in finished.kept.items()), key=lambda each: each[0].sha256
    )
    rows = [
        {
            "id": image_id,
            "data_set_id": data_set_id,
            "sha256": file.sha256,
            "picture": file.picture,
            "thumbnail": file.thumbnail,
            "file_name": file.file_name,
            "width": file.width,
            "height": file.height,
            "label": file.label,
            "fine_label": file.fine_label,
            "group_name": file.group_name,
            "split": side,
            "mask": file.mask,
            "created_at": at,
        }
        for image_id, (file, side) in zip(ids_in_order(len(kept), at), kept, strict=True)
    ]
    session.execute(insert(Image), rows)
    store_remarks(session, data_set_id, finished.remarks)
    session.execute(delete(ImportedFile).where(ImportedFile.data_set_id == data_set_id))
    data_set.imported_at = at
