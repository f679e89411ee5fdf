"""What the steps of a run read: its network, its images, and what earlier steps left."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

import orjson
import safetensors.torch
import torch
from PIL import Image as Picture
from sqlalchemy import select
from sqlalchemy.orm import Session
from torch import Tensor, nn

from glossator.classifiers.tables import Classifier, ClassName
from glossator.datasets.tables import Image
from glossator.maps.parameters import RunParameters
from glossator.maps.results import run_to_compute
from glossator.refusal import Refusal
from glossator.storage.blobs import Storage
from glossator_worker.networks.architectures import architecture
from glossator_worker.networks.hidden import HiddenLayer, hidden_layer
from glossator_worker.networks.preprocessing import Preprocessing
from glossator_worker.pipelines.pipeline import StepContext

_PIXELS_AT_ONCE = 2**21


@dataclass(frozen=True)
class RunInputs:
    """A run's parameters and its classifier."""

    run_id: UUID
    parameters: RunParameters
    secret: bytes
    data_set_id: UUID
    architecture: str
    weights: str
    preprocessing: Preprocessing
    class_names: tuple[str, ...]


@dataclass(frozen=True)
class ImageList:
    """The images of a run in the order of their ids: training and test images whose label is a class."""

    ids: tuple[UUID, ...]
    labels: tuple[int, ...]
    test: tuple[bool, ...]

    def train_rows(self) -> list[int]:
        return [row for row, test in enumerate(self.test) if not test]

    def test_rows(self, position: int | None = None) -> list[int]:
        """Test images, of one class or of all."""
        return [row for row, test in enumerate(self.test) if test and position in (None, self.labels[row])]

    def to_bytes(self) -> bytes:
        return orjson.dumps(
            {"ids": [str(each) for each in self.ids], "labels": self.labels, "test": self.test}
        )

    @classmethod
    def from_bytes(cls, content: bytes) -> "ImageList":
        read = orjson.loads(content)
        return cls(tuple(UUID(each) for each in read["ids"]), tuple(read["labels"]), tuple(read["test"]))


@dataclass(frozen=True)
class Network:
    """A classifier in eval mode: where its features are, how it sees images, where maps are best taken."""

    model: nn.Module
    hidden: HiddenLayer
    preprocessing: Preprocessing
    device: torch.device

    @property
    def batch(self) -> int:
        """How many images go through the network at once."""
        return max(1, min(128, _PIXELS_AT_ONCE // self.preprocessing.size**2))

    def tensors(self, pictures: Sequence[Picture.Image]) -> Tensor:
        """The input (B, 3, size, size) of pictures as the network sees them."""
        return torch.stack([self.preprocessing.tensor(each) for each in pictures]).to(self.device)


def read_inputs(context: StepContext) -> RunInputs:
    """Read the run of the context's job; refused if it was deleted."""
    with context.read() as session:
        run, parameters = run_to_compute(session, UUID(str(context.parameters["run_id"])))
        classifier = session.get_one(Classifier, run.classifier_id)
        names = session.scalars(
            select(ClassName.name)
            .where(ClassName.classifier_id == classifier.id)
            .order_by(ClassName.position)
        )
        return RunInputs(
            run_id=run.id,
            parameters=parameters,
            secret=run.secret,
            data_set_id=run.data_set_id,
            architecture=classifier.architecture,
            weights=classifier.weights,
            preprocessing=Preprocessing.from_json(classifier.preprocessing),
            class_names=tuple(names),
        )


def list_images(session: Session, inputs: RunInputs) -> ImageList:
    """The images whose label is a class; refused without any in training or test."""
    position = {name: index for index, name in enumerate(inputs.class_names)}
    rows = session.execute(
        select(Image.id, Image.label, Image.split)
        .where(Image.data_set_id == inputs.data_set_id, Image.label.in_(position))
        .order_by(Image.id)
    ).all()
    images = ImageList(
        tuple(row.id for row in rows),
        tuple(position[row.label] for row in rows),
        tuple(row.split == "test" for row in rows),
    )
    for split, there in (("training", images.train_rows()), ("test", images.test_rows())):
        if not there:
            raise Refusal(
                f"No {split} image of the data set has a class of the classifier as its label: the xNNs "
                f"train on "
                "training images and are shown on test images, so import the data set with a split.",
                code="no_images",
            )
    return images


_last_network: dict[tuple[str, str, Preprocessing], Network] = {}


def load_network(context: StepContext, inputs: RunInputs) -> Network:
    """Load the classifier, or take the one of the step before; nothing that uses it changes it."""
    key = (inputs.architecture, inputs.weights, inputs.preprocessing)
    if key not in _last_network:
        path = context.scratch / "weights"
        context.storage.fetch(inputs.weights, path)
        kind = architecture(inputs.architecture)
        model = kind.load(path)
        for parameter in model.parameters():
            parameter.requires_grad_(False)
        device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        hidden = hidden_layer(model, kind)
        _last_network.clear()
        _last_network[key] = Network(model.to(device), hidden, inputs.preprocessing, device)
    return _last_network[key]


def open_picture(storage: Storage, blob: str) -> Picture.Image:
    """Open an image's picture, or a mask, from its blob."""
    picture = Picture.open(io.BytesIO(storage.get(blob)))
    picture.load()
    return picture


def image_rows(session: Session, ids: Sequence[UUID]) -> list[Image]:
    """The rows of images, in the order of the ids."""
    found = {row.id: row for row in session.scalars(select(Image).where(Image.id.in_(ids)))}
    return [found[each] for each in ids]


def pack(tensors: dict[str, Tensor]) -> bytes:
    """Write named tensors as safetensors."""
    return safetensors.torch.save(tensors)


def unpack(content: bytes) -> dict[str, Tensor]:
    """Read what :func:`pack` wrote."""
    tensors: dict[str, Tensor] = safetensors.torch.load(content)
    return tensors


def batches(rows: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    """Cut rows into pieces of a size, in order."""
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
