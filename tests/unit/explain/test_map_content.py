"""What the network sees where a map points: pooling, and the layer that is watched for it."""

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from glossator_worker.explain.excitation_backprop import ExcitationBackprop
from glossator_worker.explain.map_content import map_content
from glossator_worker.explain.refusal import Refusal
from glossator_worker.networks.architectures import architecture
from glossator_worker.networks.hidden import hidden_layer, walk_module


def slowly(maps: Tensor, values: Tensor) -> NDArray[np.float64]:
    """Cell by cell in float64; for grids of which one is a multiple of the other."""
    images, channels, height, width = values.shape
    rows, columns = maps.shape[2] // height, maps.shape[3] // width
    found = np.zeros((images, maps.shape[1], channels))
    for image, number in np.ndindex(images, maps.shape[1]):
        total = 0.0
        for y, x in np.ndindex(*maps.shape[2:]):
            weight = float(maps[image, number, y, x])
            total += weight
            found[image, number] += weight * values[image, :, y // rows, x // columns].double().numpy()
        if total > 0:
            found[image, number] /= total
    lengths = np.linalg.norm(found, axis=2, keepdims=True)
    lengths[lengths == 0] = 1.0
    return np.asarray(found / lengths)


def test_a_map_weighs_the_activations_of_its_cells() -> None:
    """By hand: 3/4 of (4, 0) and 1/4 of (0, 4) is (3, 1), brought to length 1."""
    values = torch.tensor([[[[4.0, 0.0]], [[0.0, 4.0]]]])
    maps = torch.tensor([[[[0.3, 0.1]], [[0.0, 0.0]]]])

    content = map_content(maps, values)

    assert torch.allclose(content[0, 0], torch.tensor([3.0, 1.0]) / 10**0.5)
    assert content[0, 1].tolist() == [0.0, 0.0]


@pytest.mark.parametrize("cells", [(3, 5), (6, 10), (12, 5)])
def test_pooling_is_that_of_a_slow_one_cell_by_cell(cells: tuple[int, int]) -> None:
    torch.manual_seed(1)
    values, maps = torch.randn(4, 7, 3, 5), torch.rand(4, 3, *cells) ** 4
    maps[2, 1] = 0

    assert np.abs(map_content(maps, values).numpy() - slowly(maps, values)).max() < 1e-5


def test_how_strong_a_map_is_does_not_matter() -> None:
    torch.manual_seed(2)
    values, maps = torch.rand(2, 5, 4, 4), torch.rand(2, 3, 8, 8)

    assert torch.allclose(map_content(maps, values), map_content(maps * 1e-4, values), atol=1e-6)


def small_network() -> tuple[nn.Module, str]:
    torch.manual_seed(3)
    kind = architecture("cifar_resnet20")
    model = kind.build(3)
    hidden = hidden_layer(model, kind)
    return walk_module(model, hidden), hidden.start


def test_the_watched_values_are_those_of_the_layer_on_each_image_also_in_chunks() -> None:
    model, start = small_network()
    walk = ExcitationBackprop(model, start=start, watch="layer3.2.relu2")
    images = torch.rand(5, 3, 32, 32)
    seen: list[Tensor] = []
    layer = model.get_submodule("layer3.2.relu2")
    layer.register_forward_hook(lambda _, __, output: seen.append(output.clone()))
    with torch.no_grad():
        model(images)
    top = torch.zeros(5, 2, 2, 64)
    top[:3, :, :, 4] = 1.0

    for chunk in (None, 2):
        plain, contrastive = walk.both(images, top, chunk=chunk)
        assert plain.watched is not None
        assert torch.allclose(plain.watched, seen[0], rtol=1e-4, atol=1e-4)
        assert contrastive.watched is plain.watched


def test_watching_changes_no_map() -> None:
    model, start = small_network()
    images, top = torch.rand(3, 3, 32, 32), torch.full((3, 1, 2, 64), 1 / 64)
    alone, beside = (
        ExcitationBackprop(model, start=start, watch=watch).both(images, top)
        for watch in (None, "layer3.2.relu2")
    )

    assert alone[0].watched is None
    assert torch.equal(alone[0].maps, beside[0].maps)
    assert torch.equal(alone[1].maps, beside[1].maps)


def test_a_layer_that_not_all_paths_pass_cannot_be_watched() -> None:
    model, start = small_network()
    with pytest.raises(Refusal, match=r"layer2\.1\.conv1"):
        ExcitationBackprop(model, start=start, watch="layer2.1.conv1")


@pytest.mark.parametrize(
    ("name", "layer", "size"),
    [
        ("cifar_resnet20", "layer3.2.relu2", (8, 8)),
        ("tile_grid", "head.third_act", (16, 16)),
        ("resnet18", "layer4", (7, 7)),
        ("vgg11", "avgpool", (7, 7)),
        ("squeezenet1_1", "features", (13, 13)),
    ],
)
def test_the_last_grid_is_the_last_layer_that_knows_places(
    name: str, layer: str, size: tuple[int, int]
) -> None:
    kind = architecture(name)
    model = kind.build(2)
    hidden = hidden_layer(model, kind)
    walk = ExcitationBackprop(walk_module(model, hidden), start=hidden.start)

    found = walk.last_grid((kind.preprocessing.size,) * 2)

    assert layer in (found.name, *found.also)
    assert found.size == size
