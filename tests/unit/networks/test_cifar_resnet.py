"""The ResNets for small images: shortcuts, depth, published weights."""

import io
import os
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import torch
from PIL import Image
from torch import nn

from glossator_worker.networks.architectures import architecture
from glossator_worker.networks.cifar_resnet import CifarResNet, Shortcut
from glossator_worker.networks.hidden import features_and_scores, hidden_layer

Images = npt.NDArray[np.uint8]
DATA_SETS = Path(os.environ.get("DATA_SETS", "../shared/data"))
PUBLISHED = {20: 0.9173, 32: 0.9263, 44: 0.9310, 56: 0.9339}


@pytest.mark.parametrize(
    ("depth", "parameters"), [(20, 0.27), (32, 0.46), (44, 0.66), (56, 0.85), (110, 1.7)]
)
def test_depth_and_size_are_the_papers(depth: int, parameters: float) -> None:
    model = CifarResNet(depth)
    layers = [module for module in model.modules() if isinstance(module, nn.Conv2d | nn.Linear)]
    assert len(layers) == depth
    # Table 6 of the paper, in millions, rounded there.
    assert sum(parameter.numel() for parameter in model.parameters()) / 1e6 == pytest.approx(
        parameters, abs=0.05
    )


def test_other_depths_are_an_error() -> None:
    with pytest.raises(ValueError, match="21"):
        CifarResNet(21)


def test_the_shortcut_takes_every_second_pixel_and_adds_zeros_on_both_sides() -> None:
    x = torch.arange(2 * 4 * 4, dtype=torch.float32).view(1, 2, 4, 4)
    out = Shortcut(2)(x)
    assert out.shape == (1, 4, 2, 2)
    assert torch.equal(out[0, 1:3], x[0, :, ::2, ::2])
    assert bool((out[0, [0, 3]] == 0).all())


def test_module_names_are_those_of_the_published_checkpoints() -> None:
    names = list(CifarResNet(20).state_dict())
    assert names[0] == "conv1.weight" and names[-1] == "linear.bias"
    assert "layer2.0.bn2.running_var" in names and "layer3.2.conv1.weight" in names
    assert not any("shortcut" in name for name in names)


def test_maps_shrink_from_32_over_16_to_8() -> None:
    model = CifarResNet(20).eval()
    x = model.relu(model.bn1(model.conv1(torch.zeros(1, 3, 32, 32))))
    assert [tuple((x := layer(x)).shape[1:]) for layer in (model.layer1, model.layer2, model.layer3)] == [
        (16, 32, 32),
        (32, 16, 16),
        (64, 8, 8),
    ]


def data_file(name: str) -> Path:
    if not (DATA_SETS / name).exists():
        pytest.skip(f"{DATA_SETS / name} is missing: set DATA_SETS to the folder of the data sets")
    return DATA_SETS / name


@pytest.fixture(scope="module")
def test_images() -> tuple[Images, Images]:
    """The first 200 test images (200, 32, 32, 3) and their labels."""
    archive = np.load(data_file("cifar10_test.npz"))
    sheet = np.asarray(Image.open(io.BytesIO(archive["sheet"].tobytes())))[: 32 * 2]
    pictures = sheet.reshape(-1, 32, 100, 32, 3).swapaxes(1, 2).reshape(-1, 32, 32, 3)
    return pictures, archive["labels"][:200]


@pytest.mark.parametrize("depth", PUBLISHED)
def test_published_weights_recognise_test_images(depth: int, test_images: tuple[Images, Images]) -> None:
    weights, (pictures, labels) = data_file(f"cifar10_resnet{depth}.th"), test_images
    entry = architecture(f"cifar_resnet{depth}")
    model = entry.load(weights)
    batch = torch.stack([entry.preprocessing.tensor(Image.fromarray(picture)) for picture in pictures])
    _, scores = features_and_scores(model, batch, hidden_layer(model, entry))
    right = float((scores.argmax(1).numpy() == labels).mean())
    # Four standard deviations of a share of 200 around the accuracy on all 10,000.
    assert abs(right - PUBLISHED[depth]) < 4 * (PUBLISHED[depth] * (1 - PUBLISHED[depth]) / 200) ** 0.5
