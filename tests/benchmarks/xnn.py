"""How much faster 200 classes train together than one after another, at equal error.

    python -m tests.benchmarks.xnn [--classes 200]

Features and scores are made up: 8,000 images with 64 correlated non-negative features (the size of a CIFAR
ResNet's pooled layer) and 200 linear scores of them. The same short schedule for both. CPU time of this
process, one thread. The loop trains every class, each by itself.
"""

import argparse
import sys
import time

import torch
from torch import Tensor

from glossator_worker.explain.xnn import Schedule, train_xnns

IMAGES, WIDTH, LATENT = 8000, 64, 24
SCHEDULE = Schedule(epochs=4, minimum_steps=0, layer_epochs=1)
LEAST_RATIO, LARGEST_DIFFERENCE = 6.0, 1e-3


def made_up(classes: int) -> tuple[Tensor, Tensor, Tensor]:
    """Features (M, N), scores (M, C) and labels (M,), every class with images."""
    generator = torch.Generator().manual_seed(0)
    latent = torch.randn(IMAGES, LATENT, generator=generator)
    mixing = torch.randn(LATENT, WIDTH, generator=generator) / LATENT**0.5
    features = torch.relu(latent @ mixing)
    scores = features @ torch.randn(WIDTH, classes, generator=generator)
    return features, scores, torch.arange(IMAGES) % classes


def main() -> int:
    parser = argparse.ArgumentParser(description="xNNs of many classes together against one after another.")
    parser.add_argument("--classes", type=int, default=200)
    classes = parser.parse_args().classes
    torch.set_num_threads(1)
    features, scores, labels = made_up(classes)

    # The first optimiser of a process imports much of torch.
    train_xnns(features[:256], scores[:256], labels[:256], schedule=SCHEDULE, classes=[0])
    began = time.process_time()
    together = train_xnns(features, scores, labels, schedule=SCHEDULE)
    batched = time.process_time() - began
    errors, attempts = [], 0
    began = time.process_time()
    for c in range(classes):
        alone = train_xnns(features, scores, labels, schedule=SCHEDULE, classes=[c])
        errors.append(alone.rmse[c])
        attempts += alone.attempts[c]
    loop = time.process_time() - began

    deviation = scores.std(0, correction=0)
    ours = float((torch.tensor(together.rmse) / deviation).mean())
    theirs = float((torch.tensor(errors) / deviation).mean())
    ratio = loop / batched
    print("| | CPU time, s | attempts | mean RMSE/σ |")
    print("| --- | ---: | ---: | ---: |")
    print(f"| {classes} classes together | {batched:.1f} | {sum(together.attempts)} | {ours:.4f} |")
    print(f"| {classes} classes one by one | {loop:.1f} | {attempts} | {theirs:.4f} |")
    print(
        f"\n{ratio:.1f} times as fast (target {LEAST_RATIO:.0f}); errors differ by {abs(ours - theirs):.1e}."
    )
    return 0 if ratio >= LEAST_RATIO and abs(ours - theirs) <= LARGEST_DIFFERENCE else 1


if __name__ == "__main__":
    sys.exit(main())
