"""The one place that imports torchvision.

The wheel of the public index is built for CUDA. With a CPU build of torch its extension cannot be loaded, and
a plain import then fails because the operators `nms` and `qnms`, which torchvision refers to while it is
imported, do not exist. They are declared here without an implementation in that case: the classifiers, the
feature extraction and the transforms never call them.
"""

from __future__ import annotations

import importlib
import importlib.util
from functools import cache
from pathlib import Path
from types import ModuleType

import torch
from torch import library

_OPERATORS = ("nms", "qnms")
_SIGNATURE = "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor"


def load_torchvision() -> ModuleType:
    """Import torchvision, whether or not its compiled extension fits the installed torch.

    Returns:
        The module `torchvision`. The same one at every call.

    Raises:
        ModuleNotFoundError: torchvision is not installed.
    """
    return _load()


@cache
def _load() -> ModuleType:
    if not _extension_loads():
        _declare_operators()
    return importlib.import_module("torchvision")


def _extension_loads() -> bool:
    spec = importlib.util.find_spec("torchvision")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("torchvision is not installed; it is part of the extra 'worker'")
    extension = next(Path(spec.origin).parent.glob("_C*.so"), None)
    if extension is None:
        return False
    try:
        torch.ops.load_library(extension)  # type: ignore[no-untyped-call]  # torch leaves it untyped
    except OSError:
        return False
    return True


# The operators live as long as the object that declared them.
_declared: list[library.Library] = []


def _declare_operators() -> None:
    fragment = library.Library("torchvision", "FRAGMENT")  # type: ignore[no-untyped-call]  # likewise
    for name in _OPERATORS:
        fragment.define(name + _SIGNATURE)  # type: ignore[no-untyped-call]  # likewise
    _declared.append(fragment)
