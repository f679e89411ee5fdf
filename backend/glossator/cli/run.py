"""`glossator run`: compute the activation maps of a classifier without the browser."""

from typing import Annotated

import typer

from glossator.cli.options import DataOption
from glossator.maps.parameters import Asked
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
    from glossator.cli.finding import find_classifier
    from glossator.cli.following import follow
    from glossator.cli.installation import open_database, public_url
    from glossator.maps import service

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
