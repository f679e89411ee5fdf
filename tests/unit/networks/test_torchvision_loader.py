"""torchvision is imported with and without an extension that loads; each case in its own process."""

from __future__ import annotations

import subprocess
import sys

SEE = """
import warnings
warnings.simplefilter("error")
import torch
from glossator_worker.networks import torchvision_loader
{prepare}
torchvision = torchvision_loader.load_torchvision()
assert torchvision_loader.load_torchvision() is torchvision
assert len(torchvision.models.list_models(module=torchvision.models)) >= 80
assert torchvision.models.squeezenet1_1().eval()(torch.zeros(1, 3, 64, 64)).shape == (1, 1000)
print(hasattr(torch.ops.torchvision, "nms"), len(torchvision_loader._declared))
"""


def seen(prepare: str) -> list[str]:
    code = SEE.format(prepare=prepare)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_an_extension_that_does_not_load_is_replaced_by_declared_operators():
    prepare = """
def broken(path): raise OSError("libtorch_cuda.so: cannot open shared object file")
torch.ops.load_library = broken
"""

    assert seen(prepare) == ["True", "1"]


def test_an_extension_that_loads_needs_no_declarations():
    # No extension that fits is at hand, so only what happens before and around the import is looked at.
    code = """
import importlib, torch
from glossator_worker.networks import torchvision_loader
loaded, imported = [], []
torch.ops.load_library = loaded.append
importlib.import_module = lambda name: imported.append(name) or "the module"
assert torchvision_loader.load_torchvision() == torchvision_loader.load_torchvision() == "the module"
print(*(path.name for path in loaded), *imported, len(torchvision_loader._declared))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["_C.so", "torchvision", "0"]
