"""Data sets: import by upload, what is in them, what was skipped; single pictures and masks."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from pydantic import Field, Json
from sqlalchemy.orm import Session

from glossator.datasets import queries, service
from glossator.datasets.splits import Split
from glossator.datasets.tables import DataSet, Image, ImportReport
from glossator.http.blinding import blinded_on
from glossator.http.blobs import blob
from glossator.http.data_schemas import (
    Count,
    DataSetAsked,
    DataSetDetail,
    DataSetOut,
    Groups,
    ImageOut,
    PictureSize,
    ReportLine,
    SplitBody,
)
from glossator.http.deps import Asker, Once, ServicesDep, SessionDep, StorageDep, require, roles_of
from glossator.http.paging import WindowDep, page
from glossator.http.schemas import Body, Page
from glossator.http.uploads import Upload, received
from glossator.people.accounts import Person
from glossator.people.roles import Role
from glossator.refusal import Refusal, not_found

router = APIRouter(prefix="/api", tags=["data sets"])

READERS = (Role.OWNER, Role.RESEARCHER, Role.ANALYST)


class ImportForm(Body):
    """The text fields of an upload; `file` is the zip, `labels` an optional CSV."""

    project: UUID
    name: str = Field(min_length=1, max_length=100)
    split: Json[SplitBody] = SplitBody()
    note: str = Field(default="", max_length=4000)


def readable(session: Session, person: Person, data_set_id: UUID) -> DataSet:
    """The data set, for those who may see it; for strangers to its project it is not there."""
    found = session.get(DataSet, data_set_id)
    if found is None or not roles_of(session, person, found.project_id):
        raise not_found("data set")
    require(session, person, found.project_id, *READERS)
    return found


@router.get("/data-sets")
def list_data_sets(project: UUID, session: SessionDep, person: Asker, window: WindowDep) -> Page[DataSetOut]:
    require(session, person, project, *READERS)
    rows, following = page(session, queries.listed(project), DataSet.id, window)
    return Page(
        items=[DataSetOut.model_validate(each) for each in queries.summaries(session, rows)], next=following
    )


@router.post("/data-sets", status_code=201)
def import_data_set(
    upload: Annotated[Upload, Depends(received)],
    services: ServicesDep,
    request: Request,
    idempotency_key: Annotated[UUID | None, Header()] = None,
) -> DataSetAsked:
    """Takes a zip of pictures; the same name and content again answers with the data set that is there."""
    form = upload.fields(ImportForm)
    with services.database.transaction() as session:
        require(session, upload.person, form.project, Role.RESEARCHER)
    labels = upload.file("labels")
    source = services.storage.put_stream(upload.required_file("file"))
    labels_source = services.storage.put_stream(labels) if labels else None

    def make() -> DataSetAsked:
        data_set, job = service.ask_import(
            session,
            services.storage,
            project_id=form.project,
            name=form.name,
            source_blob=source,
            labels_blob=labels_source,
            split=form.split.rule(),
            note=form.note,
            asked_by=upload.person.account_id,
            settings=services.settings,
        )
        return DataSetAsked(data_set_id=data_set.id, job_id=job.id)

    with services.database.transaction() as session:
        once = Once(session, upload.person, request, idempotency_key)
        body = f"{form.model_dump_json()}\n{source}\n{labels_source}".encode()
        return once.answer(body, DataSetAsked, make)


@router.get("/data-sets/{data_set_id}")
def data_set_detail(data_set_id: UUID, session: SessionDep, person: Asker) -> DataSetDetail:
    data_set = readable(session, person, data_set_id)
    blinded = blinded_on(session, person, data_set_id)
    groups = queries.groups(session, data_set_id)
    return DataSetDetail(
        **dict(DataSetOut.model_validate(queries.summaries(session, [data_set])[0])),
        note=data_set.note,
        split_rule=data_set.split_rule,
        counts=[
            Count.model_validate(each)
            for each in queries.counts(session, data_set_id, with_fine_labels=not blinded)
        ],
        groups=Groups.model_validate(groups) if groups else None,
        images_with_mask=queries.images_with_mask(session, data_set_id),
        reported=queries.reported(session, data_set_id),
        ignored_columns=data_set.ignored_columns,
        blinded=blinded,
    )


@router.get("/data-sets/{data_set_id}/images")
def list_images(
    data_set_id: UUID,
    session: SessionDep,
    person: Asker,
    window: WindowDep,
    label: str | None = None,
    split: Split | None = None,
    fine: Annotated[str | None, Query(description="fine label; none while naming blindly")] = None,
) -> Page[ImageOut]:
    """Images in an order that never changes and says nothing about their labels."""
    readable(session, person, data_set_id)
    blinded = blinded_on(session, person, data_set_id)
    _refuse_if(blinded and fine is not None)
    statement = queries.images(data_set_id, label=label, split=split, fine_label=fine)
    rows, following = page(session, statement, Image.id, window, ascending=True)
    return Page(items=[_image(row, blinded=blinded) for row in rows], next=following)


def _image(row: Image, *, blinded: bool) -> ImageOut:
    return ImageOut(
        id=row.id,
        width=row.width,
        height=row.height,
        label=row.label,
        fine_label=None if blinded else row.fine_label,
        group=None if blinded else row.group_name,
        file_name=None if blinded else row.file_name,
        split=row.split,
        has_mask=row.mask is not None,
    )


def _refuse_if(blinded: bool) -> None:
    if blinded:
        raise Refusal(
            "File names and fine labels are hidden while a board of yours on these images is open; finish "
            'it, or use "Show anyway" there.',
            code="blinded",
            status=403,
        )


@router.get("/data-sets/{data_set_id}/report")
def import_report(
    data_set_id: UUID, session: SessionDep, person: Asker, window: WindowDep
) -> Page[ReportLine]:
    """What the import skipped or remarked, file by file."""
    readable(session, person, data_set_id)
    _refuse_if(blinded_on(session, person, data_set_id))
    rows, following = page(session, queries.report(data_set_id), ImportReport.id, window, ascending=True)
    return Page(items=[ReportLine.model_validate(row) for row in rows], next=following)


@router.get("/images/{image_id}/picture", response_class=Response)
def picture(
    image_id: UUID,
    session: SessionDep,
    person: Asker,
    storage: StorageDep,
    size: PictureSize = PictureSize.FULL,
) -> Response:
    """The picture for any member of the project: pixels only, re-encoded, without a name."""
    image = _image_in_project(session, person, image_id)
    sha256 = image.thumbnail if size is PictureSize.THUMB else image.picture
    return blob(storage, sha256, "image/png" if sha256 == image.picture else "image/webp")


@router.get("/images/{image_id}/mask", response_class=Response)
def mask(image_id: UUID, session: SessionDep, person: Asker, storage: StorageDep) -> Response:
    """What is marked on the picture, black and white, for those who may read the data set."""
    image = _image_in_project(session, person, image_id, *READERS)
    if image.mask is None:
        raise not_found("mask")
    return blob(storage, image.mask, "image/png")


def _image_in_project(session: Session, person: Person, image_id: UUID, *roles: Role) -> Image:
    found = queries.image_with_project(session, image_id)
    if found is None or not roles_of(session, person, found.project_id):
        raise not_found("image")
    require(session, person, found.project_id, *roles)
    return found.image
