"""The job behind a classifier: check that its weights fit, then predict all images of its data set."""

import io
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import numpy as np
import torch
from PIL import Image as Picture
from pydantic import JsonValue
from scipy.special import softmax
from sqlalchemy.orm import Session
from torch import Tensor

from glossator.classifiers import service
from glossator.classifiers.service import PredictionRow
from glossator.datasets import queries as data_sets
from glossator.datasets.queries import StoredPicture
from glossator.refusal import Refusal
from glossator.storage.blobs import Storage
from glossator_worker.networks.architectures import architecture
from glossator_worker.networks.preprocessing import Preprocessing
from glossator_worker.pipelines.loaded import LoadedNetwork, load_network
from glossator_worker.pipelines.pipeline import PlannedStep, StepContext, Write

PREDICT, FINISH = "predict", "finish"
IMAGES_PER_STEP = 256
PIXELS_AT_ONCE = 2**21
LARGEST_BATCH = 128
DECODERS = 2


class Predict:
    """Steps: `predict` for each portion of images in the order of their ids, then `finish`."""

    def plan(self, context: StepContext) -> Sequence[PlannedStep]:
        context.progress(0, 1, "loading the weights")
        network, preprocessing = _network(context)
        self._check_outputs(context, network, preprocessing)
        with context.read() as session:
            ids = data_sets.image_ids(session, UUID(str(context.parameters["data_set_id"])))
        portions = [ids[start : start + IMAGES_PER_STEP] for start in range(0, len(ids), IMAGES_PER_STEP)]
        steps = [
            PlannedStep(
                PREDICT,
                stage=1,
                chunk=chunk,
                parameters={"first": str(portion[0]), "last": str(portion[-1])},
                weight=len(portion),
            )
            for chunk, portion in enumerate(portions)
        ]
        return [*steps, PlannedStep(FINISH, stage=2, chunk=0)]

    def run(self, context: StepContext, name: str, parameters: Mapping[str, JsonValue]) -> Write:
        classifier_id = UUID(str(context.parameters["classifier_id"]))
        if name == FINISH:
            return self._finish(context, classifier_id)
        network, preprocessing = _network(context)
        with context.read() as session:
            pictures = data_sets.pictures(
                session,
                UUID(str(context.parameters["data_set_id"])),
                first=UUID(str(parameters["first"])),
                last=UUID(str(parameters["last"])),
            )
        rows: list[PredictionRow] = []
        for batch, inputs in _inputs(context.storage, pictures, preprocessing):
            context.progress(len(rows), len(pictures), "predicting")
            rows += _predicted(batch, _scores(network, inputs))
        return lambda session: service.store_predictions(session, classifier_id, rows)

    def _finish(self, context: StepContext, classifier_id: UUID) -> Write:
        preprocessing = _preprocessing(context).to_json()

        def write(session: Session) -> None:
            service.store_preprocessing(session, classifier_id, preprocessing)
            service.finish_predictions(session, classifier_id)

        return write

    def _check_outputs(
        self, context: StepContext, network: LoadedNetwork, preprocessing: Preprocessing
    ) -> None:
        """One empty picture through the network: as many scores as there are class names."""
        grey = Picture.new("RGB", (preprocessing.size, preprocessing.size), (128, 128, 128))
        outputs = _scores(network, preprocessing.tensor(grey)[None]).shape[1]
        names = context.parameters["class_names"]
        count = len(names) if isinstance(names, list) else 0
        if outputs != count:
            raise Refusal(
                f"The network has {outputs} outputs, but there are {count} class names"
                f"{_shown(names)}; give one name per output, in the order of the outputs.",
                code="class_names",
            )


def _shown(names: JsonValue) -> str:
    if not isinstance(names, list) or not names:
        return ""
    first = ", ".join(str(name) for name in names[:5])
    return f" ({first}{', …' if len(names) > 5 else ''})"


def _network(context: StepContext) -> tuple[LoadedNetwork, Preprocessing]:
    network = load_network(
        context,
        architecture_name=str(context.parameters["architecture"]),
        weights=str(context.parameters["weights"]),
    )
    return network, _preprocessing(context)


def _preprocessing(context: StepContext) -> Preprocessing:
    """What the classifier was given, else its architecture's own."""
    given = context.parameters["preprocessing"]
    if isinstance(given, dict) and given:
        return Preprocessing.from_json(given)
    return architecture(str(context.parameters["architecture"])).preprocessing


def _inputs(
    storage: Storage, pictures: Sequence[StoredPicture], preprocessing: Preprocessing
) -> Iterator[tuple[Sequence[StoredPicture], Tensor]]:
    """Batches of pictures with the network's input (B, 3, size, size); decoding runs in threads."""
    size = max(1, min(LARGEST_BATCH, PIXELS_AT_ONCE // preprocessing.size**2))

    def tensor(picture: StoredPicture) -> Tensor:
        with Picture.open(io.BytesIO(storage.get(picture.picture))) as opened:
            return preprocessing.tensor(preprocessing.picture(opened))

    with ThreadPoolExecutor(DECODERS) as pool:
        for start in range(0, len(pictures), size):
            batch = pictures[start : start + size]
            yield batch, torch.stack(list(pool.map(tensor, batch)))


@torch.inference_mode()
def _scores(network: LoadedNetwork, inputs: Tensor) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    """Scores before softmax (B, C)."""
    scores: np.ndarray[tuple[int, int], np.dtype[np.float32]] = (
        network.model(inputs.to(network.device)).float().cpu().numpy()
    )
    return scores


def _predicted(
    batch: Sequence[StoredPicture], scores: np.ndarray[tuple[int, int], np.dtype[np.float32]]
) -> Iterator[PredictionRow]:
    if not np.isfinite(scores).all():
        raise Refusal(
            "The network's scores are not finite numbers for some images; check that weights and "
            "preprocessing belong together.",
            code="scores",
        )
    probabilities = softmax(scores.astype(np.float64), axis=1)
    for picture, row, shares in zip(batch, scores, probabilities, strict=True):
        highest = int(row.argmax())  # the first of equal ones
        yield PredictionRow(picture.image_id, highest, float(shares[highest]), row.astype("<f4").tobytes())
