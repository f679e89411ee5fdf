"""Classifiers: register one by upload, see how often it is right."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Request
from pydantic import Field, Json, JsonValue
from sqlalchemy.orm import Session

from glossator.classifiers import queries, service
from glossator.classifiers.accuracy import Accuracy
from glossator.classifiers.architectures import ARCHITECTURES
from glossator.classifiers.tables import Classifier
from glossator.http.blinding import blinded_on
from glossator.http.data_schemas import (
    AccuracyOut,
    ArchitectureOut,
    ClassifierAsked,
    ClassifierDetail,
    ClassifierOut,
    SplitAccuracy,
)
from glossator.http.data_sets import READERS, readable
from glossator.http.deps import Asker, Once, ServicesDep, SessionDep, require, roles_of
from glossator.http.paging import WindowDep, page
from glossator.http.schemas import Body, Page
from glossator.http.uploads import Upload, received
from glossator.people.accounts import Person
from glossator.people.roles import Role
from glossator.refusal import not_found

router = APIRouter(prefix="/api", tags=["classifiers"])


class RegisterForm(Body):
    """The text fields of an upload; `weights` is the file. Empty JSON fields mean the defaults."""

    name: str = Field(min_length=1, max_length=100)
    architecture: str
    data_set_id: UUID
    preprocessing: Json[dict[str, JsonValue]] | None = None
    class_names: Json[list[str]] | None = None
    note: str = Field(default="", max_length=4000)


@router.get("/architectures")
def list_architectures(person: Asker) -> list[ArchitectureOut]:
    """The networks a classifier can be, in the order in which pages offer them."""
    return [ArchitectureOut.model_validate(each) for each in ARCHITECTURES]


@router.get("/classifiers")
def list_classifiers(
    project: UUID, session: SessionDep, person: Asker, window: WindowDep
) -> Page[ClassifierOut]:
    require(session, person, project, *READERS)
    rows, following = page(session, queries.listed(project), Classifier.id, window)
    items = [ClassifierOut.model_validate(each) for each in queries.summaries(session, rows)]
    return Page(items=items, next=following)


@router.post("/classifiers", status_code=201)
def register_classifier(
    upload: Annotated[Upload, Depends(received)],
    services: ServicesDep,
    request: Request,
    idempotency_key: Annotated[UUID | None, Header()] = None,
) -> ClassifierAsked:
    """Takes weights; the same name and content again answers with the classifier that is there."""
    form = upload.fields(RegisterForm)
    with services.database.transaction() as session:
        project_id = readable(session, upload.person, form.data_set_id).project_id
        require(session, upload.person, project_id, Role.RESEARCHER)
    weights = upload.required_file("weights")
    service.check_weights(weights)
    blob = services.storage.put_stream(weights)

    def make() -> ClassifierAsked:
        classifier, job = service.ask_register(
            session,
            project_id=project_id,
            data_set_id=form.data_set_id,
            name=form.name,
            architecture=form.architecture,
            weights_blob=blob,
            preprocessing=form.preprocessing,
            class_names=form.class_names,
            note=form.note,
            asked_by=upload.person.account_id,
        )
        return ClassifierAsked(classifier_id=classifier.id, job_id=job.id)

    with services.database.transaction() as session:
        once = Once(session, upload.person, request, idempotency_key)
        return once.answer(f"{form.model_dump_json()}\n{blob}".encode(), ClassifierAsked, make)


@router.get("/classifiers/{classifier_id}")
def classifier_detail(classifier_id: UUID, session: SessionDep, person: Asker) -> ClassifierDetail:
    classifier = _readable(session, person, classifier_id)
    blinded = blinded_on(session, person, classifier.data_set_id)
    return ClassifierDetail(
        **dict(ClassifierOut.model_validate(queries.summaries(session, [classifier])[0])),
        note=classifier.note,
        preprocessing=classifier.preprocessing or classifier.preprocessing_given,
        class_names=queries.class_names(session, classifier_id),
        accuracy=[_side(each, blinded=blinded) for each in queries.accuracies(session, classifier)],
        blinded=blinded,
    )


def _readable(session: Session, person: Person, classifier_id: UUID) -> Classifier:
    found = session.get(Classifier, classifier_id)
    if found is None or not roles_of(session, person, found.project_id):
        raise not_found("classifier")
    require(session, person, found.project_id, *READERS)
    return found


def _side(side: queries.SideAccuracy, *, blinded: bool) -> SplitAccuracy:
    return SplitAccuracy(
        split=side.split,
        overall=_accuracy(side.overall),
        classes=[_accuracy(each) for each in side.classes],
        fine_labels=[] if blinded else [_accuracy(each) for each in side.fine_labels],
    )


def _accuracy(each: Accuracy) -> AccuracyOut:
    return AccuracyOut(
        name=each.name,
        n=each.n,
        k=each.k,
        value=each.value,
        low=each.wilson.low if each.wilson else None,
        high=each.wilson.high if each.wilson else None,
        groups=each.groups,
        group_low=each.by_group.low if each.by_group else None,
        group_high=each.by_group.high if each.by_group else None,
    )
