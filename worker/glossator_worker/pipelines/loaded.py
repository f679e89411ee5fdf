"""Classifiers' networks in memory: a worker process loads each once and keeps the last few."""

from collections import OrderedDict
from dataclasses import dataclass

import torch
from torch import nn

from glossator_worker.networks.architectures import architecture
from glossator_worker.pipelines.pipeline import StepContext

KEPT = 2


@dataclass(frozen=True)
class LoadedNetwork:
    """A network in eval mode on its device, without gradients; whoever uses it leaves it as it was."""

    model: nn.Module
    device: torch.device


_loaded: OrderedDict[tuple[str, str], LoadedNetwork] = OrderedDict()


def load_network(context: StepContext, *, architecture_name: str, weights: str) -> LoadedNetwork:
    """The network with the weights of a blob; refused where they do not fit."""
    key = (architecture_name, weights)
    if key not in _loaded:
        path = context.scratch / "weights"
        context.storage.fetch(weights, path)
        model = architecture(architecture_name).load(path).requires_grad_(False)
        path.unlink()
        device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        # with its weights in this order the demo's network is half again as fast on CPUs
        model.to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # the stubs lack it
        _loaded[key] = LoadedNetwork(model.to(device), device)
    _loaded.move_to_end(key)
    while len(_loaded) > KEPT:
        _loaded.popitem(last=False)
    return _loaded[key]
