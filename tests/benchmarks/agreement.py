"""How long matchings of two namings and a study of the paper's size take.

    python -m tests.benchmarks.agreement

CPU time of this process, warm, committed seeds. Two namings of 15 concepts share 300 activations: each left
concept goes to one right concept, and a share "noise" of the activations to any; noise 1 is two independent
namings. The study has 12 classes, 5 annotators and 1,404 activations.
"""

import sys
import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import numpy as np
from numpy.typing import NDArray
from tests.unit.agreement.made_namings import planted

from glossator.agreement.matchings.graph import Solution
from glossator.agreement.matchings.readings import best_matching
from glossator.agreement.measure import measure
from glossator.agreement.namings import UNNAMED, ClassNamings, Concept, Naming
from glossator.agreement.settings import Settings

KEYS = ("d1", "d2_star", "d2_biclique")
SEEDS = 20
MEDIAN, P95, INDEPENDENT_MEDIAN = 0.05, 0.2, 0.3
DENSE, STUDY, PERMUTED_STUDY = 5.0, 2.0, 20.0

P = ParamSpec("P")
R = TypeVar("R")


def timed(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> tuple[R, float]:
    """What the work gave, and its CPU time in seconds."""
    began = time.process_time()
    result = work(*args, **kwargs)
    return result, time.process_time() - began


def solved(weights: NDArray[np.int64]) -> list[Solution]:
    return [best_matching(weights, key) for key in KEYS]


def small() -> bool:
    """15 by 15 concepts, all three readings together."""
    print("| 15 × 15 sharing 300 | exact | median, ms | p95, ms | largest, ms |")
    print("| --- | ---: | ---: | ---: | ---: |")
    kept = True
    for noise in (0.1, 0.2, 0.3, 0.4, 0.5, 1.0):
        times, exact = [], 0
        for seed in range(SEEDS):
            solutions, seconds = timed(solved, planted(15, 15, 300, noise, seed))
            times.append(seconds)
            exact += all(solution.exact for solution in solutions)
        median, p95 = np.quantile(times, [0.5, 0.95])
        name = "independent" if noise == 1 else f"noise {noise}"
        print(
            f"| {name} | {exact} of {SEEDS} | {median * 1e3:.0f} | {p95 * 1e3:.0f} | {max(times) * 1e3:.0f} |"
        )
        kept &= exact == SEEDS
        kept &= median < INDEPENDENT_MEDIAN if noise == 1 else median < MEDIAN and p95 < P95
    return kept


def dense() -> bool:
    """30 by 30 concepts: exact or honestly bounded, in little time either way."""
    print("\n| 30 × 30 sharing 3,000 | D1 | star | biclique | CPU time, s |")
    print("| --- | ---: | ---: | ---: | ---: |")
    kept = True
    for noise in (0.1, 0.3, 1.0):
        solutions, seconds = timed(solved, planted(30, 30, 3000, noise, 0))
        values = [str(s.weight) if s.exact else f"bound [{s.weight}, {s.upper}]" for s in solutions]
        print(f"| noise {noise} | {' | '.join(values)} | {seconds:.2f} |")
        kept &= seconds < DENSE
    return kept


def study() -> list[ClassNamings]:
    """12 classes of 117 activations on 58 images, 5 annotators with 3 to 8 concepts each."""
    rng = np.random.default_rng(0)
    classes = []
    for index in range(12):
        truth = rng.integers(0, 8, 117)
        namings = []
        for annotator in range(5):
            count = int(rng.integers(3, 9))
            said = np.where(
                rng.random(117) < 0.2, rng.integers(0, count, 117), rng.permutation(8)[truth] % count
            )
            said = np.where(rng.random(117) < 0.25, UNNAMED, said).astype(np.int32)
            concepts = tuple(Concept(f"{n}", f"word {n}") for n in range(count))
            namings.append(Naming(f"annotator {annotator}", concepts, said))
        classes.append(
            ClassNamings(
                name=f"class {index:02}",
                activation_ids=tuple(f"{n:03}" for n in range(117)),
                image_ids=tuple(f"{n:03}" for n in range(58)),
                image_of=(np.arange(117, dtype=np.int32) % 58),
                x_feature_ids=tuple("12345"),
                x_feature_of=rng.integers(0, 5, 117).astype(np.int32),
                correct=rng.integers(-1, 2, 58).astype(np.int8),
                namings=tuple(namings),
            )
        )
    return classes


def whole_studies() -> bool:
    classes = study()
    measure(classes[:1], Settings())
    print("\n| 12 classes, 5 annotators, 1,404 activations | CPU time, s | target, s |")
    print("| --- | ---: | ---: |")
    kept = True
    for name, settings, most in (
        ("without permutations", Settings(bootstrap=0), STUDY),
        ("2,000 resamples of images", Settings(), STUDY),
        ("200 permutations", Settings(bootstrap=0, permutations=200), PERMUTED_STUDY),
    ):
        _, seconds = timed(measure, classes, settings)
        print(f"| {name} | {seconds:.2f} | {most:.0f} |")
        kept &= seconds < most
    return kept


def main() -> int:
    solved(planted(15, 15, 300, 0.5, SEEDS))
    kept = [small(), dense(), whole_studies()]
    print("\n" + ("All targets are met." if all(kept) else "A target is missed."))
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
