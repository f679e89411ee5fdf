"""Training the xNNs on the stored features, and Table 1 of what came out."""

import torch

from glossator.maps import results
from glossator.maps.figures import ClassFigures, Measured, Ratio, RunFigures
from glossator_worker.explain.faithfulness import ClassRow, Faithfulness, faithfulness_table
from glossator_worker.explain.xnn import train_xnns
from glossator_worker.explain.xnn_networks import ClassState, XNNs
from glossator_worker.networks.hidden import check_head
from glossator_worker.pipelines.pipeline import StepContext, Write
from glossator_worker.pipelines.run_maps import features
from glossator_worker.pipelines.run_maps.inputs import ImageList, RunInputs, load_network, pack, unpack
from glossator_worker.threads import threads_for

_CHECKED_IMAGES = 512
_NO_MAPS = "the maps are not computed yet"
_UNCHECKED = (
    "This network pools behind its last convolution, with a ReLU between: its scores do not follow from the "
    "pooled features alone, so that they could not be checked against them."
)


def train(
    context: StepContext,
    inputs: RunInputs,
    images: ImageList,
    *,
    first: int,
    last: int,
    chunk: int,
    chunk_size: int,
) -> Write:
    """Train the xNNs of classes first … last - 1 on all training images."""
    rows = images.train_rows()
    read = features.read(context, inputs, rows, chunk_size=chunk_size)
    network = load_network(context, inputs)
    few = slice(_CHECKED_IMAGES)
    check_head(
        network.model,
        network.hidden,
        read.features[few].to(network.device),
        read.scores[few].to(network.device),
    )
    with threads_for((last - first) * read.features.shape[1]):
        xnns = train_xnns(
            read.features,
            read.scores,
            torch.tensor([images.labels[row] for row in rows]),
            x_features=inputs.parameters.x_features,
            seed=inputs.parameters.seed,
            classes=range(first, last),
            layer=network.hidden.start,
            progress=lambda done, total: context.progress(done, total, "training the xNNs"),
        )
    blob = context.storage.put(pack(xnns.state()))
    return lambda session: results.store_array(session, inputs.run_id, results.XNNS, chunk, blob)


def read_xnns(context: StepContext, inputs: RunInputs) -> XNNs:
    """Put together the xNNs of all classes."""
    with context.read() as session:
        blobs = results.arrays(session, inputs.run_id, results.XNNS)
    return XNNs.joined([XNNs.from_state(unpack(context.storage.get(blob))) for blob in blobs])


def assess(context: StepContext, inputs: RunInputs, images: ImageList, *, chunk_size: int) -> Write:
    """Compare the xNNs with the classifier on the test images."""
    context.progress(0, 1, "comparing the xNNs with the classifier")
    xnns = read_xnns(context, inputs)
    rows = images.test_rows()
    read = features.read(context, inputs, rows, chunk_size=chunk_size)
    labels = torch.tensor([images.labels[row] for row in rows])
    share = inputs.parameters.share
    table = faithfulness_table(xnns, read.features, read.scores, labels, share=share)
    marks = xnns.significant(read.features, share=share)[torch.arange(len(rows)), labels]
    explained = [int(marks[labels == position].any(1).sum()) for position in range(len(inputs.class_names))]
    blob = context.storage.put(pack(xnns.state()))
    classes = [
        (
            name,
            class_figures(
                row,
                name,
                test_images=len(rows),
                explained=explained[row.class_index],
                attempts=xnns.attempts[row.class_index],
            ),
        )
        for name, row in zip(inputs.class_names, table.rows, strict=True)
    ]
    notes = (_UNCHECKED,) if load_network(context, inputs).hidden.pooled else ()
    figures = run_figures(table, classes, train_images=len(images.train_rows()), notes=notes)
    x_features = [
        (position, number + 1, float(xnns.weights[position, number]), _status(xnns, position, number))
        for position in range(len(inputs.class_names))
        for number in range(inputs.parameters.x_features)
    ]
    return lambda session: results.store_xnns(
        session, inputs.run_id, weights=blob, figures=figures, classes=classes, x_features=x_features
    )


def _status(xnns: XNNs, position: int, number: int) -> str:
    if xnns.live[position, number]:
        return "live"
    return "negative" if xnns.negative[position, number] else "dead"


def class_figures(
    row: ClassRow, name: str, *, test_images: int, explained: int, attempts: int
) -> ClassFigures:
    """Table 1 of a class without what its maps tell, which comes later."""
    no_xnn = None if row.state.has_xnn else row.state.sentence(name)
    nothing = no_xnn or f"no test image is labelled {name}"
    positives, negatives = row.images, test_images - row.images
    no_others = no_xnn or f"every test image is labelled {name}"
    constant = no_xnn or f"the score of {name} is the same for all test images"
    return ClassFigures(
        images=row.images,
        unexplained=row.images - explained,
        significant=row.significant,
        per_image=_measured(row.significant_per_image, row.images, nothing),
        lost=None,
        mostly_lost=None,
        accuracy_network=_ratio(row.accuracy_network, row.images, nothing),
        accuracy_xnn=_ratio(row.accuracy_xnn, row.images, nothing),
        rmse_positives=_measured(row.rmse_positives, positives, nothing),
        rmse_negatives=_measured(row.rmse_negatives, negatives, no_others),
        rmse_all=_measured(row.rmse_all, test_images, nothing),
        relative_rmse_positives=_measured(
            row.relative_rmse_positives, positives, constant if positives else nothing
        ),
        relative_rmse_negatives=_measured(
            row.relative_rmse_negatives, negatives, constant if negatives else no_others
        ),
        relative_rmse_all=_measured(row.relative_rmse_all, test_images, constant),
        live=row.live,
        dead=row.dead,
        negative=row.negative,
        plain_cosine=Measured(None, 0, _NO_MAPS),
        contrastive_cosine=Measured(None, 0, _NO_MAPS),
        attempts=attempts,
        note=None if row.state is ClassState.TRAINED else f"{row.state.sentence(name)}.",
    )


def run_figures(
    table: Faithfulness,
    classes: list[tuple[str, ClassFigures]],
    *,
    train_images: int,
    notes: tuple[str, ...] = (),
) -> RunFigures:
    """The figures over all classes without what the maps tell; `notes` are warnings of the whole run."""
    overall = table.overall
    no_xnn = "no class has an xNN"
    counted = sum(figures.per_image.value is not None for _, figures in classes)
    return RunFigures(
        train_images=train_images,
        test_images=overall.images,
        accuracy_network=_ratio(overall.accuracy_network, overall.images, "no test image"),
        accuracy_xnn=_ratio(overall.accuracy_xnn, overall.images, no_xnn),
        agreement=_ratio(overall.agreement, overall.images, no_xnn),
        significant_per_image=_measured(overall.significant_per_image, counted, no_xnn),
        maps=sum(figures.significant for _, figures in classes),
        variants=(),
        warnings=(*notes, *(figures.note for _, figures in classes if figures.note)),
    )


def _measured(value: float | None, count: int, reason: str) -> Measured:
    return Measured(None, 0, reason) if value is None else Measured(value, count)


def _ratio(share: float | None, count: int, reason: str) -> Ratio:
    return Ratio(None, count, None, reason) if share is None else Ratio.of(round(share * count), count)
