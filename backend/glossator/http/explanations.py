"""Explanations of test images, and the list to browse them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response
from sqlalchemy.orm import Session

from glossator.boards.names import named_maps, namers
from glossator.boards.queries import names_of_maps
from glossator.http.blinding import refuse_blinded
from glossator.http.blobs import blob
from glossator.http.deps import Asker, SessionDep, StorageDep, roles_of
from glossator.http.map_schemas import (
    CellsOut,
    ExplanationOut,
    FeatureOut,
    NamerOut,
    OtherTermOut,
    PredictedOut,
    RunImage,
)
from glossator.http.paging import WindowDep, page
from glossator.http.runs import READERS, knows_names, picture_url, visible_run
from glossator.http.schemas import Page, Position
from glossator.maps import explanations, queries
from glossator.maps.explanations import ExplainedFeature, Explanation
from glossator.maps.parameters import Variant
from glossator.maps.tables import ExplainedImage, Run
from glossator.people import projects
from glossator.people.accounts import Person
from glossator.refusal import Refusal, not_found

router = APIRouter(prefix="/api", tags=["explanations"])

OTHER = "other"
Naming = Annotated[
    str | None, Query(description="Pseudonym of the annotator whose names are shown", max_length=100)
]


def open_run(session: Session, person: Person, run_id: UUID) -> Run:
    """A finished run, for members who do not name blindly in it."""
    visible_run(session, person, run_id)
    refuse_blinded(session, person, run_id, "explanations")
    return queries.finished_run(session, run_id)


def reads_all(session: Session, person: Person, run: Run) -> bool:
    """Whether the person sees X-features and others' names."""
    return not roles_of(session, person, run.project_id).isdisjoint(READERS)


def namer_of(session: Session, person: Person, run: Run, naming: str | None, *, reader: bool) -> UUID | None:
    """Who is called `naming`; refused where nobody is, and to an annotator who asks for others' names."""
    if naming is None:
        return None
    called = {name: each for each, name in projects.pseudonyms(session, run.project_id).items()}
    found = called.get(naming)
    if not reader and found != person.account_id:
        raise Refusal("Annotators see their own names only.", code="forbidden", status=403)
    if found is None:
        raise not_found("annotator")
    return found


@router.get("/runs/{run_id}/images")
def images(
    run_id: UUID,
    session: SessionDep,
    person: Asker,
    window: WindowDep,
    class_position: Annotated[Position | None, Query(alias="class")] = None,
    right: bool | None = None,
    all_other: bool = False,
    naming: Naming = None,
) -> Page[RunImage]:
    """Test images to browse; `all_other`: those of whose maps `naming` (oneself by default) named none."""
    run = open_run(session, person, run_id)
    named_by = namer_of(session, person, run, naming, reader=reads_all(session, person, run))
    namer = named_by or (person.account_id if all_other else None)
    chosen = explanations.images(
        run,
        class_position=class_position,
        right=right,
        unnamed_but=named_maps(run_id, namer) if all_other and namer else None,
    )
    rows, following = page(session, chosen, ExplainedImage.image_id, window, ascending=True)
    listed = explanations.listed(session, run, rows)
    names = _names(session, [each for image in listed for each in image.maps], namer)
    items = [
        RunImage(
            image_id=image.image_id,
            picture_url=picture_url(run_id, image.image_id),
            label=image.label,
            class_position=image.class_position,
            predicted=image.predicted,
            right=image.right,
            significant=image.significant,
            names=[names[each] or OTHER for each in image.maps] if namer else None,
        )
        for image in listed
    ]
    return Page(items=items, next=following)


def _names(session: Session, map_ids: list[UUID], namer: UUID | None) -> dict[UUID, str | None]:
    """Names by an annotator; without one, none."""
    known = names_of_maps(session, map_ids, namer) if namer else {}
    return {each: known.get(each) for each in map_ids}


@router.get("/runs/{run_id}/namers")
def run_namers(run_id: UUID, session: SessionDep, person: Asker) -> list[NamerOut]:
    """Whose names an explanation can show: all annotators of the run, or for an annotator oneself."""
    run = open_run(session, person, run_id)
    all_of_them = reads_all(session, person, run)
    knows = knows_names(roles_of(session, person, run.project_id))
    nameless = {"account_id": None, "name": None}
    return [
        NamerOut.model_validate(each).model_copy(update={} if knows or own else nameless)
        for each in namers(session, run)
        for own in [each.account_id == person.account_id]
        if all_of_them or own
    ]


@router.get("/runs/{run_id}/images/{image_id}/picture", response_class=Response)
def picture(
    run_id: UUID, image_id: UUID, session: SessionDep, storage: StorageDep, person: Asker
) -> Response:
    """A test image as the network saw it, WebP; maps lie over it cell by cell."""
    run = visible_run(session, person, run_id)
    return blob(storage, explanations.picture(session, run, image_id), "image/webp")


@router.get("/explanations/{run_id}/{image_id}")
def explanation(
    run_id: UUID, image_id: UUID, session: SessionDep, person: Asker, naming: Naming = None
) -> ExplanationOut:
    """The significant X-features of a test image, with `naming`'s names for them."""
    run = open_run(session, person, run_id)
    reader = reads_all(session, person, run)
    namer = namer_of(session, person, run, naming, reader=reader)
    found = explanations.explanation(session, run, image_id)
    names = _names(session, [feature.map_id for feature in found.features], namer)
    features = [
        _feature(each, names[each.map_id] or (OTHER if namer else None), reader=reader)
        for each in found.features
    ]
    return _explanation(run, found, features, reader=reader)


def _feature(feature: ExplainedFeature, name: str | None, *, reader: bool) -> FeatureOut:
    return FeatureOut(
        map_id=feature.map_id,
        number=feature.number if reader else None,
        status=feature.status if reader else None,
        weight=feature.weight if reader else None,
        contribution=feature.contribution,
        share=feature.share,
        lost=feature.lost,
        mostly_lost=feature.mostly_lost,
        name=name,
        plain=CellsOut.model_validate(feature.plain),
        contrastive=CellsOut.model_validate(feature.contrastive),
    )


def _explanation(run: Run, found: Explanation, features: list[FeatureOut], *, reader: bool) -> ExplanationOut:
    return ExplanationOut(
        run_id=run.id,
        image_id=found.image_id,
        picture_url=picture_url(run.id, found.image_id),
        file_name=found.file_name if reader else None,
        fine_label=found.fine_label if reader else None,
        label=found.label,
        class_position=found.class_position,
        predicted=PredictedOut(name=found.predicted, probability=found.probability),
        right=found.right,
        score=found.score,
        rebuilt_score=found.rebuilt_score,
        variant=Variant(run.variant) if run.variant else None,
        height=found.height,
        width=found.width,
        features=features,
        others=[
            OtherTermOut(number=each.number if reader else None, contribution=each.contribution)
            for each in found.others
        ],
        lost=found.lost,
    )
