"""What `glossator import` does once its options are read."""

import json
import sys
import tempfile
from pathlib import Path
from uuid import UUID

from pydantic import JsonValue

from glossator.classifiers import service as classifiers
from glossator.cli.finding import find_data_set, find_project
from glossator.cli.following import follow
from glossator.cli.installation import open_blobs, open_database, public_url
from glossator.database import Database
from glossator.datasets import queries, service
from glossator.datasets.packing import pack_folder
from glossator.datasets.splits import SplitRule
from glossator.refusal import Refusal
from glossator.settings import settings
from glossator.storage.blobs import Storage


def import_data_set(
    source: Path,
    *,
    project: str | None,
    name: str | None,
    split: SplitRule,
    labels: Path | None,
    note: str,
    wait: bool,
    data: Path | None,
) -> None:
    """Import a folder or a zip; prints the address of the data set."""
    storage = open_blobs(data)
    with open_database(data) as database:
        with database.transaction() as session:
            project_id = find_project(session, project)
        blob = stored_source(storage, source)
        labels_blob = storage.put(content_of(labels)) if labels else None
        with database.transaction() as session:
            made, job = service.ask_import(
                session,
                storage,
                project_id=project_id,
                name=name or source.resolve().stem,
                source_blob=blob,
                labels_blob=labels_blob,
                split=split,
                note=note,
                asked_by=None,
                settings=settings(),
            )
        if wait:
            follow(database, job.id)
            say_what_came_in(database, made.id)
    print(f"{public_url(data)}/data-sets/{made.id}")


def import_classifier(
    weights: Path,
    *,
    architecture: str,
    data_set: str,
    project: str | None,
    name: str | None,
    class_names: Path | None,
    preprocessing: Path | None,
    note: str,
    wait: bool,
    data: Path | None,
) -> None:
    """Import a classifier; prints its address."""
    names = class_names_in(class_names) if class_names else None
    own = json_object_in(preprocessing) if preprocessing else None
    storage = open_blobs(data)
    try:
        with weights.open("rb") as file:
            classifiers.check_weights(file)
            blob = storage.put_stream(file)
    except OSError as error:
        raise Refusal(f"{weights}: {error.strerror}.") from None
    with open_database(data) as database:
        with database.transaction() as session:
            project_id = find_project(session, project)
            made, job = classifiers.ask_register(
                session,
                project_id=project_id,
                data_set_id=find_data_set(session, project_id, data_set),
                name=name or weights.stem,
                architecture=architecture,
                weights_blob=blob,
                class_names=names,
                preprocessing=own,
                note=note,
                asked_by=None,
            )
        if wait:
            follow(database, job.id)
    print(f"{public_url(data)}/classifiers/{made.id}")


def stored_source(storage: Storage, source: Path) -> str:
    """The blob of a zip, or of a folder packed as one."""
    if source.is_dir():
        with tempfile.TemporaryFile(prefix="glossator-import-") as packed:
            pack_folder(source, packed)
            return storage.put_stream(packed)
    try:
        return storage.put_file(source)
    except OSError as error:
        raise Refusal(f"{source}: {error.strerror}.") from None


def say_what_came_in(database: Database, data_set_id: UUID) -> None:
    """How many images, and each file that was skipped, on standard error."""
    with database.transaction() as session:
        images = sum(each.images for each in queries.counts(session, data_set_id))
        lines = session.scalars(queries.report(data_set_id)).all()
    for line in sorted(lines, key=lambda line: line.file_name):
        print(f"{line.file_name}: {line.kind}: {line.reason}", file=sys.stderr)
    print(f"{images:,} images imported.", file=sys.stderr)


def content_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Refusal(f"{file}: {error.strerror}.") from None


def class_names_in(file: Path) -> list[str]:
    try:
        text = content_of(file).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal(f"{file}: line 1: this is not UTF-8 text; save it as UTF-8.") from None
    return [line for line in text.splitlines() if line.strip()]


def json_object_in(file: Path) -> dict[str, JsonValue]:
    try:
        found = json.loads(content_of(file))
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Refusal(f"{file}: line 1: a JSON object with the fields of a preprocessing is expected.")
    return found
