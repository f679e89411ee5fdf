"""Weights files: safetensors, or torch checkpoints read without running what they contain.

A checkpoint may wrap its tensors (``state_dict``, ``model``) and prefix their names (``module.``,
``model.``). Every tensor of the network must be in the file with the right shape, and nothing else.
"""

import pickle
import re
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import safetensors.torch
import torch
from torch import Tensor, nn

from glossator_worker.explain.refusal import Refusal

_WRAPPERS = ("state_dict", "model_state_dict", "model")
_PREFIXES = ("module.", "model.")
_NAMED = 3
_COUNTER = "num_batches_tracked"


def read_weights(path: Path) -> dict[str, Tensor]:
    """Read the named tensors of a weights file, on the CPU, without wrappers and common prefixes.

    Raises:
        Refusal: the file is not there, is no weights file, or holds more than tensors.
    """
    content = _read(path)
    for _ in range(len(_WRAPPERS)):
        wrapper = next((key for key in _WRAPPERS if isinstance(content.get(key), Mapping)), None)
        if wrapper is None:
            break
        content = content[wrapper]
    tensors = {str(name): value for name, value in content.items() if isinstance(value, Tensor)}
    if not tensors or len(tensors) < len(content):
        other = next((str(name) for name, value in content.items() if not isinstance(value, Tensor)), None)
        found = f"its entry {other!r} is not a tensor" if other else "it holds no tensors"
        raise Refusal(
            f"{path.name} is not a weights file that can be read: {found}; save the state_dict alone"
        )
    return _without_prefixes(tensors)


def _read(path: Path) -> Mapping[str, Any]:
    if not path.is_file():
        raise Refusal(f"there is no weights file {path}")
    try:
        if _looks_like_safetensors(path):
            return safetensors.torch.load_file(path)
        content = torch.load(path, map_location="cpu", weights_only=True)
    except MemoryError:
        raise
    except Exception as error:
        # Bytes that are no checkpoint make the unpickler raise nearly anything, IndexError and TypeError too.
        if isinstance(error, pickle.UnpicklingError) and "Unsupported global" in str(error):
            raise Refusal(
                f"{path.name} contains Python objects beside its tensors, which are never loaded; "
                "save the state_dict alone"
            ) from None
        raise _not_weights(path) from None
    if not isinstance(content, Mapping):
        raise _not_weights(path)
    return content


def _looks_like_safetensors(path: Path) -> bool:
    """A safetensors file begins with the length of its JSON header and an opening brace."""
    with path.open("rb") as file:
        start = file.read(9)
    return path.suffix == ".safetensors" or start[8:] == b"{"


def _not_weights(path: Path) -> Refusal:
    return Refusal(f"{path.name} is not a weights file: neither safetensors nor a torch checkpoint")


def _without_prefixes(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    while True:
        prefix = next((p for p in _PREFIXES if all(name.startswith(p) for name in tensors)), None)
        if prefix is None:
            return tensors
        tensors = {name.removeprefix(prefix): value for name, value in tensors.items()}


def copy_weights(model: nn.Module, tensors: Mapping[str, Tensor], *, source: str) -> None:
    """Copy tensors into a model, all or nothing.

    The counters of batch norms may be missing, as in old checkpoints: evaluation does not use them.

    Raises:
        Refusal: tensors are missing, unexpected, of another shape, or not finite; the first of them are
        named.
    """
    wanted = model.state_dict()
    problems = _mismatches(wanted, tensors)
    if problems:
        raise Refusal(f"{source} does not fit the network: {'; '.join(problems)}")
    # load_state_dict would ask some torchvision classes for version numbers that plain tensors do not carry.
    with torch.no_grad():
        for name, tensor in wanted.items():
            if name in tensors:
                tensor.copy_(tensors[name])


def _mismatches(wanted: Mapping[str, Tensor], given: Mapping[str, Tensor]) -> list[str]:
    missing = [name for name in wanted if name not in given and not name.endswith(_COUNTER)]
    unexpected = [name for name in given if name not in wanted]
    shapes = [
        f"{name} is {_shape(given[name])} in the file and {_shape(wanted[name])} in the network"
        for name in wanted
        if name in given and given[name].shape != wanted[name].shape
    ]
    wild = [
        name
        for name in wanted
        if name in given and given[name].is_floating_point() and not bool(given[name].isfinite().all())
    ]
    parts = []
    if missing:
        parts.append(f"{_count(missing)} missing from the file: {_first(missing)}")
    if unexpected:
        parts.append(f"{_count(unexpected)} unknown to the network: {_first(unexpected)}")
    if shapes:
        parts.append(f"{_count(shapes)} of another shape: {_first(shapes)}")
    if wild:
        parts.append(f"{_count(wild)} with values that are not finite: {_first(wild)}")
    return parts


def _shape(tensor: Tensor) -> str:
    return "(" + " × ".join(str(length) for length in tensor.shape) + ")"


def _count(names: list[str]) -> str:
    return f"{len(names)} tensor{'' if len(names) == 1 else 's'}"


def _first(names: list[str]) -> str:
    return ", ".join(islice(names, _NAMED)) + (", …" if len(names) > _NAMED else "")


def renamed(tensors: Mapping[str, Tensor], pattern: str, replacement: str) -> dict[str, Tensor]:
    """Give the tensors under names in which ``pattern`` is replaced."""
    return {re.sub(pattern, replacement, name): tensor for name, tensor in tensors.items()}
