"""`glossator import`: data sets and classifiers without the browser."""

from pathlib import Path
from typing import Annotated, get_args

import typer

from glossator.cli.options import DataOption
from glossator.datasets.splits import RuleKind, SplitRule
from glossator.refusal import Refusal

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
    from glossator.cli.importing import import_data_set

    import_data_set(
        source,
        project=project,
        name=name,
        split=SplitRule(split, column, group_column, test_share, seed),  # type: ignore[arg-type]  # checked above
        labels=labels,
        note=note,
        wait=wait,
        data=data,
    )


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
    from glossator.cli.importing import import_classifier

    import_classifier(
        weights,
        architecture=architecture,
        data_set=data_set,
        project=project,
        name=name,
        class_names=class_names,
        preprocessing=preprocessing,
        note=note,
        wait=wait,
        data=data,
    )
