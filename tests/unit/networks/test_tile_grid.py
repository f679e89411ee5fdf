"""The demo's network: where its cells look, members, nodes for excitation backprop, bundled weights."""

from __future__ import annotations

import json

import pytest
import torch
from demo.tiles import PREPROCESSING, network_input, read_tiles
from demo.train import WEIGHTS
from safetensors import safe_open
from safetensors.torch import load_file

from glossator_worker.explain.excitation_backprop import ExcitationBackprop
from glossator_worker.networks.efficientnet_lite0 import EfficientNetLite0
from glossator_worker.networks.tile_grid import START, STOP, TileGrid, joined, take_trunk


@pytest.fixture(scope="module")
def bundled() -> TileGrid:
    with safe_open(WEIGHTS, "pt") as file:
        members = int(file.metadata()["members"])
    network = TileGrid(members=members).eval()
    network.load_state_dict(load_file(WEIGHTS))
    return network


def test_the_trunk_is_the_lower_part_of_lite0() -> None:
    torch.manual_seed(0)
    whole, network = EfficientNetLite0().eval(), TileGrid().eval()
    take_trunk(network, whole)
    x = torch.randn(1, 3, 64, 64)
    with torch.no_grad():
        fine = whole.blocks[:5](whole.stem(torch.nn.functional.pad(x, (8, 8, 8, 8))))
        coarse = whole.blocks[5:11](fine)
        maps = network.trunk(x)
    assert maps.fine.shape == (1, 40, 8, 8)
    assert maps.coarse.shape == (1, 112, 4, 4)
    assert torch.equal(maps.fine, fine[:, :, 1:9, 1:9])
    assert torch.equal(maps.coarse, coarse[:, :, :4, :4])


def test_a_coarse_cell_looks_at_its_own_pixels() -> None:
    """The gradient of a cell's value, over some random trunks, is centred on the cell: (16 i + 8) pixels."""
    torch.manual_seed(0)
    places = []
    for _ in range(6):
        x = torch.randn(1, 3, 256, 256, requires_grad=True)
        TileGrid().eval().trunk(x).coarse[0, :, 8, 8].square().sum().backward()
        assert x.grad is not None
        weight = x.grad.square().sum((0, 1))
        weight = weight / weight.sum()
        pixels = torch.arange(256) + 0.5
        places.append(torch.stack([(weight.sum(1) * pixels).sum(), (weight.sum(0) * pixels).sum()]))
    assert torch.allclose(torch.stack(places).mean(0), torch.tensor([136.0, 136.0]), atol=2.5)


def test_joined_members_give_the_mean_of_their_scores() -> None:
    torch.manual_seed(0)
    members = [TileGrid().double().eval() for _ in range(3)]
    for member in members[1:]:
        member.trunk.load_state_dict(members[0].trunk.state_dict())
    x = torch.rand(2, 3, 64, 64, dtype=torch.float64)
    with torch.no_grad():
        mean = torch.stack([member(x) for member in members]).mean(0)
        assert torch.allclose(joined(members).double()(x), mean, atol=1e-6)  # joined in single precision


def test_the_maps_are_sixteen_cells_wide_and_lose_no_mass(bundled: TileGrid) -> None:
    tile = next(tile for tile in read_tiles() if tile.row.split == "test" and tile.mask.any())
    images = network_input(tile.picture)[None]
    walk = ExcitationBackprop(bundled, start=START, stop=STOP)
    assert {stop.name: stop.size for stop in walk.stops((256, 256))}[STOP] == (16, 16)
    features = walk.forward_to_start(images)
    assert (features >= 0).all()
    active = (features[0] > 0).nonzero()[:4, 0]
    top = torch.eye(features.shape[1])[active][None]
    found = walk.maps(images, top)
    assert found.maps.shape == (1, 4, 16, 16)
    assert torch.allclose(found.maps.sum((2, 3)) + found.lost, torch.ones(1, 4), atol=1e-5)


def test_the_bundled_weights_are_right_on_tiles_they_were_not_trained_on(bundled: TileGrid) -> None:
    held_out = [tile for tile in read_tiles() if tile.row.split == "test"]
    defective = [tile for tile in held_out if tile.defective]
    chosen = defective[::5] + [tile for tile in held_out if not tile.defective][::12]
    images = torch.stack([network_input(tile.picture) for tile in chosen])
    with torch.no_grad():
        named = bundled(images).argmax(1)
    truth = torch.tensor([int(tile.defective) for tile in chosen])
    assert len(chosen) == 32
    assert (named == truth).float().mean() >= 0.7
    # And not by calling every tile the same.
    assert set(named.tolist()) == {0, 1}


def test_the_file_of_weights_says_what_it_needs_and_stays_under_ten_megabytes() -> None:
    assert WEIGHTS.stat().st_size < 10_000_000
    with safe_open(WEIGHTS, "pt") as file:
        metadata = file.metadata()
    assert json.loads(metadata["classes"]) == ["NOT DEFECTIVE", "DEFECTIVE"]
    assert json.loads(metadata["preprocessing"]) == PREPROCESSING.to_json()
