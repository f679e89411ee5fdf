"""Runs: ask for one, its page, its sheets, the choice of the variant."""

from collections.abc import Collection
from dataclasses import replace
from uuid import UUID

from fastapi import APIRouter, Response
from sqlalchemy.orm import Session

from glossator.http.blinding import blinded_in
from glossator.http.blobs import blob
from glossator.http.deps import Asker, OnceDep, SessionDep, StorageDep, require, roles_of
from glossator.http.map_schemas import (
    ClassRowOut,
    ExampleMapOut,
    ExampleOut,
    Examples,
    NewRun,
    RunAsked,
    RunDetail,
    RunOut,
    SheetKind,
    VariantChoice,
    XFeatureOut,
)
from glossator.http.paging import WindowDep, page
from glossator.http.schemas import Page, Position
from glossator.maps import queries, service
from glossator.maps.figures import RunFigures
from glossator.maps.parameters import Stop
from glossator.maps.tables import Run
from glossator.people.accounts import Person
from glossator.people.roles import Role
from glossator.refusal import not_found

router = APIRouter(prefix="/api", tags=["runs"])

READERS = (Role.OWNER, Role.RESEARCHER, Role.ANALYST)


def knows_names(held: Collection[Role]) -> bool:
    """Whether somebody with these roles learns who is behind a pseudonym."""
    return not {Role.OWNER, Role.RESEARCHER}.isdisjoint(held)


def visible_run(session: Session, person: Person, run_id: UUID, *roles: Role) -> Run:
    """The run, for members of its project with one of the roles (none named: any); for strangers it is not
    there.
    """
    run = session.get(Run, run_id)
    if run is None or not roles_of(session, person, run.project_id):
        raise not_found("run")
    require(session, person, run.project_id, *roles)
    return run


@router.get("/runs")
def list_runs(project: UUID, session: SessionDep, person: Asker, window: WindowDep) -> Page[RunOut]:
    require(session, person, project, *READERS)
    rows, following = page(session, queries.listed(project), Run.id, window)
    return Page(
        items=[RunOut.model_validate(each) for each in queries.summaries(session, rows)], next=following
    )


@router.post("/runs", status_code=201)
def ask_run(body: NewRun, session: SessionDep, person: Asker, once: OnceDep) -> RunAsked:
    """The same classifier and parameters again answer with the run that is there."""
    require(session, person, body.project_id, Role.RESEARCHER)

    def make() -> RunAsked:
        run, job = service.ask_run(
            session,
            project_id=body.project_id,
            classifier_id=body.classifier_id,
            name=body.name,
            x_features=body.x_features,
            share=body.share,
            stop=body.stop,
            variant=body.variant,
            seed=body.seed,
            asked_by=person.account_id,
        )
        return RunAsked(run_id=run.id, job_id=job.id)

    return once.answer(body, RunAsked, make)


@router.get("/runs/{run_id}")
def run_detail(run_id: UUID, session: SessionDep, person: Asker) -> RunDetail:
    run = visible_run(session, person, run_id, *READERS)
    return _detail(session, run, blinded=blinded_in(session, person, run_id))


def _detail(session: Session, run: Run, *, blinded: bool) -> RunDetail:
    summary = RunOut.model_validate(queries.summaries(session, [run])[0])
    figures = queries.run_figures(run)
    features = [XFeatureOut.model_validate(each) for each in queries.x_features(session, run.id)]
    return RunDetail(
        **dict(summary),
        start=run.start,
        stop=run.stop,
        map_height=run.map_height,
        map_width=run.map_width,
        stops=queries.stops(run),
        figures=_without_fine_labels(figures) if figures and blinded else figures,
        classes=[ClassRowOut.model_validate(each) for each in queries.class_rows(session, run)],
        x_features=None if blinded else features,
        blinded=blinded,
    )


def _without_fine_labels(figures: RunFigures) -> RunFigures:
    return replace(
        figures,
        variants=tuple(
            replace(each, pointing=tuple(row for row in each.pointing if row.level != "fine_label"))
            for each in figures.variants
        ),
    )


@router.get("/runs/{run_id}/stops")
def stops(run_id: UUID, session: SessionDep, person: Asker) -> list[Stop]:
    """Where maps of this run's classifier can be taken, image side first."""
    return queries.stops(visible_run(session, person, run_id, *READERS))


@router.post("/runs/{run_id}/variant")
def choose_variant(run_id: UUID, body: VariantChoice, session: SessionDep, person: Asker) -> RunDetail:
    visible_run(session, person, run_id, Role.RESEARCHER)
    run = service.choose_variant(session, run_id, body.variant, chosen_by=person.name)
    return _detail(session, run, blinded=blinded_in(session, person, run_id))


@router.get("/runs/{run_id}/examples")
def examples(run_id: UUID, session: SessionDep, person: Asker) -> Examples:
    """A few images with both variants of their maps side by side."""
    visible_run(session, person, run_id, *READERS)
    run = queries.finished_run(session, run_id)
    height, width = queries.map_size(run)
    return Examples(
        height=height,
        width=width,
        examples=[_example(run_id, each) for each in queries.examples(session, run)],
    )


def _example(run_id: UUID, example: queries.Example) -> ExampleOut:
    return ExampleOut(
        picture_url=picture_url(run_id, example.image_id),
        class_position=example.class_position,
        class_name=example.class_name,
        plain_cosine=example.plain_cosine,
        contrastive_cosine=example.contrastive_cosine,
        maps=[ExampleMapOut.model_validate(each) for each in example.maps],
    )


def picture_url(run_id: UUID, image_id: UUID) -> str:
    """Where the picture as the network saw it lies."""
    return f"/api/runs/{run_id}/images/{image_id}/picture"


@router.get("/runs/{run_id}/classes/{position}/sheets/{kind}/{number}", response_class=Response)
def sheet(
    run_id: UUID,
    position: Position,
    kind: SheetKind,
    number: Position,
    session: SessionDep,
    storage: StorageDep,
    person: Asker,
) -> Response:
    """A sprite sheet: photographs as WebP, maps as 8-bit grey PNG with a pixel a cell."""
    visible_run(session, person, run_id, *READERS)
    found = queries.sheet(session, run_id, position, kind, number)
    return blob(storage, found.blob, "image/webp" if kind == "photographs" else "image/png")
