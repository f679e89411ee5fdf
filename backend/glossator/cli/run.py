"""`glossator run`: compute the activation maps of a classifier without the browser."""

from typing import Annotated
from uuid import UUID

import typer
from sqlalchemy import select
from sqlalchemy.orm import Session

from glossator.classifiers.tables import Classifier
from glossator.cli.following import follow
from glossator.cli.installation import DataOption, open_database, public_url
from glossator.maps import service
from glossator.maps.parameters import Asked
from glossator.people.tables import Project
from glossator.refusal import Refusal


def run(
    classifier: Annotated[str, typer.Argument(help="The classifier's name or id")],
    project: Annotated[str | None, typer.Option(help="Its project's name, where several have it")] = None,
    name: Annotated[str | None, typer.Option(help="Of the run; otherwise the classifier's")] = None,
    x_features: Annotated[int, typer.Option(min=1, max=20, help="X-features per class")] = 5,
    share: Annotated[
        float, typer.Option(help="Part of the positive score that an image's significant X-features hold")
    ] = 0.9,
    stop: Annotated[
        str | None, typer.Option(help="Layer at which maps are taken; otherwise the network's default")
    ] = None,
    variant: Annotated[Asked, typer.Option(help="Which maps stand on boards")] = Asked.AUTOMATIC,
    seed: Annotated[int, typer.Option(min=0, max=2**32 - 1, help="Of the training of the xNNs")] = 0,
    wait: Annotated[bool, typer.Option(help="Wait until the maps are there")] = True,
    data: DataOption = None,
) -> None:
    """Compute X-features and activation maps; asked for again, the same run is found and not computed
    twice.
    """
    if not 0 < share <= 1:
        raise Refusal(f"--share must lie above 0 and be at most 1, not {share}.")
    with open_database(data) as database:
        with database.transaction() as session:
            found = find_classifier(session, classifier, project)
            made, job = service.ask_run(
                session,
                project_id=found.project_id,
                classifier_id=found.id,
                name=name,
                x_features=x_features,
                share=share,
                stop=stop,
                variant=variant,
                seed=seed,
            )
        if wait:
            follow(database, job.id)
    print(f"{public_url(data)}/runs/{made.id}")


def find_classifier(session: Session, wanted: str, project: str | None) -> Classifier:
    """The one classifier of a name or id; refused where there is none, or several."""
    there = select(Classifier).join(Project, Project.id == Classifier.project_id)
    there = there.where(Project.deleted_at.is_(None))
    if project is not None:
        there = there.where(Project.name == project)
    same = Classifier.id == _as_id(wanted) if _as_id(wanted) else Classifier.name == wanted
    found = session.scalars(there.where(same)).all()
    if len(found) == 1:
        return found[0]
    if found:
        raise Refusal(
            f"{len(found)} projects have a classifier '{wanted}': say which with --project, or give its id.",
            code="several_classifiers",
        )
    names = session.scalars(
        there.with_only_columns(Classifier.name).order_by(Classifier.name).limit(10)
    ).all()
    known = f"there are {', '.join(names)}" if names else "import one first"
    raise Refusal(f"There is no classifier '{wanted}': {known}.", code="not_found", status=404)


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
