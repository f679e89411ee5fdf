"""What people do with runs: ask for one, choose the variant that stands on its boards."""

from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from glossator import __version__
from glossator.classifiers.tables import Classifier
from glossator.database import new_id
from glossator.jobs import service as jobs
from glossator.jobs.kinds import RUN_MAPS
from glossator.jobs.tables import Job
from glossator.maps.parameters import Asked, RunParameters, Variant
from glossator.maps.queries import finished_run
from glossator.maps.secrets import new_secret
from glossator.maps.stored import to_json
from glossator.maps.tables import Run
from glossator.refusal import conflict, not_found
from glossator.rounds.tables import NamingRound


def ask_run(
    session: Session,
    *,
    project_id: UUID,
    classifier_id: UUID,
    name: str | None = None,
    x_features: int = 5,
    share: float = 0.9,
    stop: str | None = None,
    variant: str = Asked.AUTOMATIC,
    seed: int = 0,
    asked_by: UUID | None = None,
    secret: bytes | None = None,
) -> tuple[Run, Job]:
    """Ask for the X-features and maps of a classifier, or find the run that was asked for with all of this
    before.

    Args:
        name: None for the classifier's.
        stop: node at which maps are taken; None for the network's default.
        variant: "automatic", "plain" or "contrastive".
        secret: of the run's ids and places; None for a random one.

    Raises:
        Refusal: no such classifier in the project, or its import is not finished.
    """
    classifier = session.get(Classifier, classifier_id)
    if classifier is None or classifier.project_id != project_id:
        raise not_found("classifier")
    _require_predictions(classifier)
    parameters = RunParameters(x_features, share, stop, Asked(variant), seed)
    run = Run(
        id=new_id(),
        project_id=project_id,
        classifier_id=classifier_id,
        data_set_id=classifier.data_set_id,
        name=(name or classifier.name).strip(),
        parameters=to_json(parameters),
        versions={"glossator": __version__},
        secret=secret or new_secret(),
    )
    job = jobs.ask(
        session,
        project_id=project_id,
        kind=RUN_MAPS,
        title=f"Maps of {classifier.name}",
        parameters={"run_id": str(run.id)},
        same_as={"classifier_id": str(classifier_id), **to_json(parameters)},
        asked_by=asked_by,
    )
    if job.parameters["run_id"] != str(run.id):
        return session.get_one(Run, UUID(str(job.parameters["run_id"]))), job
    run.job_id = job.id
    session.add(run)
    session.flush()
    return run, job


def _require_predictions(classifier: Classifier) -> None:
    if classifier.predicted_at is None:
        raise conflict(
            f"The classifier '{classifier.name}' has no predictions yet: "
            "ask for the run when its import is finished.",
            code="classifier_not_ready",
        )


def choose_variant(session: Session, run_id: UUID, variant: Variant, *, chosen_by: str) -> Run:
    """Decide which maps stand on the boards of a finished run.

    Raises:
        Refusal: the run is not finished, or boards of it were made with the other variant.
    """
    run = finished_run(session, run_id)
    session.refresh(run, with_for_update=True)
    if run.variant == variant:
        return run
    if session.scalar(select(exists().where(NamingRound.run_id == run_id))):
        raise conflict(
            f"Boards of this run were made with its {run.variant} maps; ask for a new run with {variant} "
            f"maps instead.",
            code="boards_made",
        )
    run.variant = variant
    run.variant_reason = f"{variant.capitalize()} maps, chosen by {chosen_by}."
    session.flush()
    return run
