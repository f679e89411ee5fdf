"""`glossator import`: data sets and classifiers without the browser."""

import json
import sys
import tempfile
from pathlib import Path
from typing import Annotated, get_args
from uuid import UUID

import typer
from pydantic import JsonValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from glossator.classifiers import service as classifiers
from glossator.cli.following import follow
from glossator.cli.installation import DataOption, open_blobs, open_database, public_url
from glossator.database import Database
from glossator.datasets import queries, service
from glossator.datasets.packing import pack_folder
from glossator.datasets.splits import RuleKind, SplitRule
from glossator.datasets.tables import DataSet
from glossator.people.tables import Project
from glossator.refusal import Refusal
from glossator.settings import settings
from glossator.storage.blobs import Storage

import_ = typer.Typer(help="Import images or a classifier.", no_args_is_help=True)

ProjectOption = Annotated[
    str | None, typer.Option(help="The project's name, if there are several", show_default=False)
]
WaitOption = Annotated[bool, typer.Option(help="Wait until it is done")]


@import_.command("data-set")
def data_set(
    source: Annotated[Path, typer.Argument(help="A folder with one folder of images per label, or its zip")],
    project: ProjectOption = None,
    name: Annotated[str | None, typer.Option(help="Of the data set; otherwise the folder's")] = None,
    split: Annotated[str, typer.Option(help="automatic, folders, column, random or group")] = "automatic",
    column: Annotated[str, typer.Option(help="Column of the table that says train or test")] = "split",
    group_column: Annotated[str, typer.Option(help="Column that names the object of an image")] = "group",
    test_share: Annotated[float, typer.Option(help="Part of the images for testing")] = 0.2,
    seed: Annotated[int, typer.Option(min=0, max=2**32 - 1, help="Of a drawn split")] = 0,
    labels: Annotated[Path | None, typer.Option(help="CSV with file, label, … of the images")] = None,
    note: Annotated[str, typer.Option(help="Origin, terms, why the split is as it is")] = "",
    wait: WaitOption = True,
    data: DataOption = None,
) -> None:
    """Import a folder of images; run again after an interruption, it goes on where it was."""
    if split not in get_args(RuleKind):
        raise Refusal(f"--split is '{split}'; expected is one of {', '.join(get_args(RuleKind))}.")
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
                split=SplitRule(split, column, group_column, test_share, seed),  # type: ignore[arg-type]  # checked above
                note=note,
                asked_by=None,
                settings=settings(),
            )
        if wait:
            follow(database, job.id)
            say_what_came_in(database, made.id)
    print(f"{public_url(data)}/data-sets/{made.id}")


@import_.command("classifier")
def classifier(
    weights: Annotated[Path, typer.Argument(help="safetensors, or a torch checkpoint of tensors alone")],
    architecture: Annotated[str, typer.Option(help="Such as resnet50 or cifar_resnet56")],
    data_set: Annotated[str, typer.Option(help="Name of the data set whose labels are its classes")],
    project: ProjectOption = None,
    name: Annotated[str | None, typer.Option(help="Of the classifier; otherwise the file's")] = None,
    class_names: Annotated[
        Path | None,
        typer.Option(help="Text file with one class name per output; otherwise the labels, sorted"),
    ] = None,
    preprocessing: Annotated[
        Path | None, typer.Option(help="JSON file; otherwise the architecture's own")
    ] = None,
    note: str = "",
    wait: WaitOption = True,
    data: DataOption = None,
) -> None:
    """Import a classifier and let it predict every image of its data set."""
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


def find_project(session: Session, name: str | None) -> UUID:
    """The project of this name, or the only one there is."""
    rows = session.execute(select(Project.id, Project.name).where(Project.deleted_at.is_(None))).all()
    found = [each for each, its_name in rows if name in {None, its_name}]
    if len(found) == 1:
        return found[0]
    known = ", ".join(sorted(its_name for _, its_name in rows)) or "none"
    raise Refusal(f"Say with --project which project is meant; there are: {known}.", code="project")


def find_data_set(session: Session, project_id: UUID, name: str) -> UUID:
    there = select(DataSet.id).where(DataSet.project_id == project_id, DataSet.name == name)
    found = session.scalar(there)
    if found is None:
        raise Refusal(f"There is no data set '{name}' in this project; import it first.", code="not_found")
    return found


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
