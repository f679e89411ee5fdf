"""Maps per second on ResNet-50, five features per image, beside zennit.

    OMP_NUM_THREADS=1 python -m tests.benchmarks.excitation_backprop

One process, one thread, CPU time. zennit as it is used walks down to the pixels, once per map; its second row
stops at our node, with one gradient up to that node per map. Both start at the pooled features.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from glossator_worker.explain.excitation_backprop import ExcitationBackprop
from glossator_worker.networks.torchvision_loader import load_torchvision

FEATURES = 5


class Pooled(nn.Module):
    """The network up to its pooled features: both methods start there."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = network
        network.fc = nn.Identity()

    def forward(self, image: Tensor) -> Tensor:
        return self.network(image)


def calibrated_resnet50() -> nn.Module:
    """Random weights whose batch norms have seen one batch."""
    torch.manual_seed(0)
    model = load_torchvision().models.resnet50()
    model.train()
    with torch.no_grad():
        model(torch.randn(4, 3, 128, 128))
    return model.eval()


def cpu_seconds(run: Callable[[], object], repeats: int) -> float:
    """The least CPU time of some runs, after one that is not counted."""
    run()
    spans = []
    for _ in range(repeats):
        begin = time.process_time()
        run()
        spans.append(time.process_time() - begin)
    return min(spans)


def zennit_composite() -> Any:
    """zennit's excitation backprop for a ResNet; torchvision has to be loaded before zennit is imported."""
    from zennit.composites import ExcitationBackprop as Composite
    from zennit.torchvision import ResNetCanonizer

    return Composite(canonizers=[ResNetCanonizer()])


def zennit_to_pixels(model: nn.Module, images: Tensor, top: Tensor) -> None:
    """One forward and one backward pass per map, to the pixels."""
    from zennit.attribution import Gradient

    with Gradient(model=model, composite=zennit_composite()) as attributor:
        for image, distributions in zip(images, top, strict=True):
            for distribution in distributions:
                attributor(image[None], distribution[None])


def zennit_to_node(model: Pooled, images: Tensor, top: Tensor, node: str) -> None:
    """One forward and one backward pass per map, to the output of `node`."""
    kept: list[Tensor] = []
    handle = model.network.get_submodule(node).register_forward_hook(lambda m, i, output: kept.append(output))
    try:
        with zennit_composite().context(model) as modified:
            for image, distributions in zip(images, top, strict=True):
                for distribution in distributions:
                    kept.clear()
                    output = modified(image[None].requires_grad_())
                    torch.autograd.grad(output, kept, distribution[None])
    finally:
        handle.remove()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--images", type=int, default=4)
    parser.add_argument("--repeats", type=int, default=2)
    options = parser.parse_args()
    torch.set_num_threads(1)
    model = calibrated_resnet50()
    images = torch.rand(options.images, 3, 224, 224)
    ours = ExcitationBackprop(model, start="flatten")
    values = ours.forward_to_start(images)
    top = torch.rand(options.images, FEATURES, values.shape[1]) * values.unsqueeze(1)
    top /= top.sum(2, keepdim=True)
    stop = ours.default_stop((224, 224))
    maps = options.images * FEATURES

    rate = maps / cpu_seconds(lambda: ours.maps(images, top), options.repeats)
    pooled, one = Pooled(model), slice(0, 1)
    to_pixels = FEATURES / cpu_seconds(
        lambda: zennit_to_pixels(pooled, images[one], top[one]), options.repeats
    )
    to_node = FEATURES / cpu_seconds(
        lambda: zennit_to_node(pooled, images[one], top[one], stop.name), options.repeats
    )

    print(f"ResNet-50, 224 × 224, {options.images} images × {FEATURES} features, one thread, CPU time")
    height, width = stop.size
    for name, speed in (
        (f"ours, to {stop.name} ({height} × {width})", rate),
        ("zennit as used, to the pixels (224 × 224)", to_pixels),
        (f"zennit, to {stop.name} ({height} × {width})", to_node),
    ):
        print(f"{name:46} {speed:7.2f} maps/s   ours is {rate / speed:5.1f} times as fast")


if __name__ == "__main__":
    main()
