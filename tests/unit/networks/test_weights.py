"""Weights files: what is understood, and the sentence for what is not."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import safetensors.torch
import torch
from torch import Tensor, nn

from glossator_worker.explain.refusal import Refusal
from glossator_worker.networks.architectures import architecture
from glossator_worker.networks.weights import copy_weights, read_weights


def small() -> nn.Module:
    torch.manual_seed(0)
    return nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Linear(4, 2))


def wrapped(state: dict[str, Tensor]) -> list[object]:
    return [
        state,
        {"state_dict": state, "best_prec1": 93.6, "epoch": 3},
        {"model": state, "optimizer": {"lr": 0.1}},
        {"state_dict": {f"module.{name}": tensor for name, tensor in state.items()}},
        {f"module.model.{name}": tensor for name, tensor in state.items()},
        {"model": {"state_dict": state}},
    ]


@pytest.mark.parametrize("kind", range(6))
def test_wrappers_and_prefixes_are_understood(kind: int, tmp_path: Path) -> None:
    state = small().state_dict()
    torch.save(wrapped(state)[kind], tmp_path / "weights.pt")
    read = read_weights(tmp_path / "weights.pt")
    assert list(read) == list(state)
    assert all(torch.equal(read[name], state[name]) for name in state)


@pytest.mark.parametrize("name", ["weights.safetensors", "weights.bin"])
def test_safetensors_are_known_by_their_content(name: str, tmp_path: Path) -> None:
    state = small().state_dict()
    safetensors.torch.save_file(state, tmp_path / name)
    assert all(torch.equal(tensor, state[key]) for key, tensor in read_weights(tmp_path / name).items())


def test_old_checkpoints_that_are_no_zip_are_read(tmp_path: Path) -> None:
    state = small().state_dict()
    torch.save(state, tmp_path / "old.pth", _use_new_zipfile_serialization=False)
    assert list(read_weights(tmp_path / "old.pth")) == list(state)


def write_text(path: Path) -> None:
    path.write_text("epoch,accuracy\n1,0.9\n")


def write_nothing(path: Path) -> None:
    path.write_bytes(b"")


def write_cut_off(path: Path) -> None:
    torch.save(small().state_dict(), path)
    path.write_bytes(path.read_bytes()[:700])


def write_cut_off_safetensors(path: Path) -> None:
    safetensors.torch.save_file(small().state_dict(), path)
    path.write_bytes(path.read_bytes()[:60])


def write_zip_of_something(path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("image.png", b"\x89PNG")


def write_random_bytes(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 4)


def write_list(path: Path) -> None:
    torch.save([torch.zeros(1)], path)


@pytest.mark.parametrize(
    "write",
    [
        write_text,
        write_nothing,
        write_cut_off,
        write_cut_off_safetensors,
        write_zip_of_something,
        write_random_bytes,
        write_list,
    ],
)
def test_a_file_that_is_no_weights_file_gets_one_sentence(
    write: Callable[[Path], None], tmp_path: Path
) -> None:
    path = tmp_path / "file.pth"
    write(path)
    with pytest.raises(Refusal) as refusal:
        read_weights(path)
    assert str(refusal.value) == "file.pth is not a weights file: neither safetensors nor a torch checkpoint"


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="there is no weights file"):
        read_weights(tmp_path / "none.pth")


@pytest.mark.parametrize("content", [{"state_dict": {}}, {"epoch": 3}, {}])
def test_a_checkpoint_without_tensors_is_refused(content: dict[str, Any], tmp_path: Path) -> None:
    torch.save(content, tmp_path / "empty.pth")
    with pytest.raises(Refusal, match=r"empty\.pth is not a weights file that can be read"):
        read_weights(tmp_path / "empty.pth")


def test_python_objects_in_a_checkpoint_are_not_run(tmp_path: Path) -> None:
    torch.save({"state_dict": {}, "args": argparse.Namespace(lr=1)}, tmp_path / "objects.pth")
    with pytest.raises(Refusal, match="never loaded; save the state_dict alone"):
        read_weights(tmp_path / "objects.pth")


def test_a_mismatch_names_the_first_tensors_of_each_kind() -> None:
    model = small()
    given = dict(model.state_dict())
    del given["0.weight"], given["1.num_batches_tracked"]
    given["2.weight"] = torch.zeros(5, 4)
    given["head.weight"] = torch.zeros(1)
    given["1.bias"] = torch.full((4,), torch.nan)
    with pytest.raises(Refusal) as refusal:
        copy_weights(model, given, source="mine.pth")
    message = str(refusal.value)
    assert "mine.pth does not fit the network" in message
    assert "1 tensor missing from the file: 0.weight" in message
    assert "1 tensor unknown to the network: head.weight" in message
    assert "2.weight is (5 × 4) in the file and (2 × 4) in the network" in message
    assert "1 tensor with values that are not finite: 1.bias" in message
    assert "num_batches_tracked" not in message


def test_a_mismatch_of_many_tensors_names_three() -> None:
    with pytest.raises(Refusal, match=r"6 tensors missing from the file: 0.weight, 0.bias, 1.weight, …"):
        copy_weights(small(), {"2.weight": torch.zeros(2, 4), "2.bias": torch.zeros(2)}, source="x")


def test_a_mismatch_changes_nothing() -> None:
    model = small()
    before = {name: tensor.clone() for name, tensor in model.state_dict().items()}
    given = {name: tensor + 1 for name, tensor in before.items()} | {"2.bias": torch.zeros(3)}
    with pytest.raises(Refusal):
        copy_weights(model, given, source="x")
    assert all(torch.equal(tensor, before[name]) for name, tensor in model.state_dict().items())


def test_a_network_is_loaded_with_as_many_classes_as_its_file_has(tmp_path: Path) -> None:
    resnet = architecture("cifar_resnet20")
    original = resnet.build(7)
    torch.save(
        {"state_dict": {f"module.{name}": tensor for name, tensor in original.state_dict().items()}},
        tmp_path / "seven.th",
    )
    loaded = resnet.load(tmp_path / "seven.th")
    images = torch.rand(2, 3, 32, 32)
    assert not loaded.training
    assert torch.equal(loaded(images), original(images))


def test_weights_of_another_network_name_its_tensors(tmp_path: Path) -> None:
    torch.save(small().state_dict(), tmp_path / "small.pth")
    with pytest.raises(Refusal, match=r"small.pth does not fit CIFAR ResNet-20: .* linear.weight is missing"):
        architecture("cifar_resnet20").load(tmp_path / "small.pth")
    deeper = architecture("cifar_resnet32").build(10)
    torch.save(deeper.state_dict(), tmp_path / "deeper.pth")
    with pytest.raises(Refusal, match=r"unknown to the network: layer1.3.conv1.weight"):
        architecture("cifar_resnet20").load(tmp_path / "deeper.pth")


def test_a_tile_grid_is_loaded_with_as_many_members_as_its_file_has(tmp_path: Path) -> None:
    from glossator_worker.networks.tile_grid import TileGrid

    safetensors.torch.save_file(TileGrid(2, members=3).state_dict(), tmp_path / "grid.safetensors")
    loaded = architecture("tile_grid").load(tmp_path / "grid.safetensors")
    assert loaded.state_dict()["classifier.weight"].shape == (2, 3 * 64)
