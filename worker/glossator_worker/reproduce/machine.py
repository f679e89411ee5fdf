"""On what a figure was computed."""

import platform
from pathlib import Path

import numpy
import torch

from glossator_worker.networks.torchvision_loader import load_torchvision


def machine_sentence() -> str:
    """Name processor, threads and versions in one sentence."""
    return (
        f"{_processor()}, {torch.get_num_threads()} threads; Python {platform.python_version()}, "
        f"torch {torch.__version__}, torchvision {load_torchvision().__version__}, numpy {numpy.__version__}."
    )


def _processor() -> str:
    listing = Path("/proc/cpuinfo")
    if listing.exists():
        for line in listing.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
