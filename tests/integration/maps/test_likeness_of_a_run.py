"""What the real pipeline stores of how alike the maps of a class are."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from sqlalchemy import select
from tests.integration.maps.conftest import Bench, Finished, Watched

from glossator.classifiers.tables import Classifier
from glossator.datasets.tables import Image
from glossator.maps import likeness, results
from glossator.maps.likeness import Likeness
from glossator.maps.tables import ActivationMap, RunArray
from glossator_worker.networks.architectures import architecture
from glossator_worker.networks.preprocessing import Preprocessing
from glossator_worker.pipelines.pipeline import StepContext
from glossator_worker.pipelines.run_maps.inputs import open_picture
from glossator_worker.pipelines.run_maps.pipeline import COMPARE

SIDE = 8  # cells of the last layer of the network that still knows places
STOP_SIDE = 16


def stored(finished: Finished, position: int, variant: str) -> Likeness:
    with finished.bench.database.transaction() as session:
        blob = session.get_one(RunArray, (finished.run_id, results.LIKENESS, position)).blob
    return likeness.from_bytes(finished.bench.storage.get(blob), variant)


def shown(finished: Finished, position: int) -> list[ActivationMap]:
    with finished.bench.database.transaction() as session:
        return list(
            session.scalars(
                select(ActivationMap)
                .where(
                    ActivationMap.run_id == finished.run_id,
                    ActivationMap.class_position == position,
                    ActivationMap.place.is_not(None),
                )
                .order_by(ActivationMap.place)
            )
        )


def activations(finished: Finished, maps: list[ActivationMap]) -> NDArray[np.float64]:
    """The last layer's activations (n, 64, 8, 8) on the image of each map, one image at a time."""
    bench, kind = finished.bench, architecture("cifar_resnet20")
    with bench.database.transaction() as session:
        weights = session.get_one(Classifier, bench.laid.classifier_id).weights
        pictures = {each.id: each.picture for each in session.scalars(select(Image))}
    path = bench.storage.folder.parent / "likeness-weights"
    path.write_bytes(bench.storage.get(weights))
    model = kind.load(path)
    preprocessing: Preprocessing = replace(kind.preprocessing, fit=type(kind.preprocessing.fit)("letterbox"))
    kept: list[torch.Tensor] = []
    model.get_submodule("layer3.2").register_forward_hook(lambda _, __, output: kept.append(output.clone()))
    for each in maps:
        picture = preprocessing.picture(open_picture(bench.storage, pictures[each.image_id]))
        with torch.no_grad():
            model(preprocessing.tensor(picture)[None])
    return torch.cat(kept).double().numpy()


@pytest.mark.parametrize("variant", ["plain", "contrastive"])
@pytest.mark.parametrize("position", [0, 1])
def test_rows_stand_by_place_and_compare_what_the_network_sees_at_the_stored_cells(
    finished: Finished, position: int, variant: str
) -> None:
    """Recomputed from the stored maps and the classifier, cell by cell in float64."""
    maps, found = shown(finished, position), stored(finished, position, variant)
    seen = activations(finished, maps)
    content = np.zeros((len(maps), seen.shape[1]))
    for row, each in enumerate(maps):
        cells = np.frombuffer(getattr(each, variant), np.uint8).reshape(STOP_SIDE, STOP_SIDE)
        for y, x in np.argwhere(cells > 0):
            content[row] += float(cells[y, x]) * seen[row, :, y // 2, x // 2]
    content /= np.maximum(np.linalg.norm(content, axis=1, keepdims=True), 1e-12)
    expected = likeness.reduced(content)

    assert len(found.vectors) == len(maps) > 5
    assert np.abs(found.vectors @ found.vectors.T - expected @ expected.T).max() < 0.02
    assert sorted(found.order.tolist()) == list(range(len(maps)))


def test_a_comparison_done_twice_is_stored_once_and_the_same(finished: Finished, bench: Bench) -> None:
    """Another database, a step that loses its result once: the same blobs."""
    lost: list[str] = []

    def lose(context: StepContext, name: str) -> None:
        if name == COMPARE and not lost:
            lost.append(name)
            raise RuntimeError("the result is lost")

    run_id = bench.ask()
    bench.compute(Watched(after=lose))

    assert bench.job(run_id).state == "finished"
    assert lost == [COMPARE]
    assert bench.rows(RunArray, run_id) == finished.bench.rows(RunArray, finished.run_id)
    assert {row["name"] for row in bench.rows(RunArray, run_id)} == {
        "features",
        "xnns",
        "content",
        "likeness",
    }
