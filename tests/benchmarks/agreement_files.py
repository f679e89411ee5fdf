"""What `glossator agreement` takes for a study of the paper's size and for a million rows.

    .venv/bin/python -m tests.benchmarks.agreement_files [--write FOLDER]

Two files of made-up namings, the same everywhere: the concept of an activation, replaced at random in 20 %
of an annotator's rows, and one row in nine not named. The command runs as a process of its own, start
included, with `--bootstrap 0` and everything else as it is by default. Fails when the CPU time is over the
seconds that it may take, or the resident memory over its limit; the clock also counts what else the machine
does. With --write the files are written there and nothing is run.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

NOISE, NOT_NAMED = 0.2, 1 / 9
COMMAND = ["-m", "glossator.cli.main", "agreement", "--bootstrap", "0", "--output", os.devnull]


@dataclass(frozen=True)
class Study:
    """Sizes of a file, and what the command may take for it."""

    name: str
    classes: int
    annotators: int
    activations: int
    images: int
    concepts: tuple[int, int]
    seconds: float
    megabytes: int

    @property
    def rows(self) -> int:
        return self.classes * self.annotators * self.activations


PAPER = Study("paper size", 12, 5, 117, 60, (3, 8), 2, 1000)
LARGE = Study("million rows", 200, 5, 1000, 500, (8, 8), 60, 1000)


def lines(study: Study) -> Iterator[str]:
    """The file, line by line; activations of a class by annotator."""
    drawn = np.random.default_rng(0)
    yield "annotator,class,activation,image,x_feature,concept,status,correct\n"
    for class_ in range(study.classes):
        concepts = int(drawn.integers(*study.concepts, endpoint=True))
        shape = study.activations
        truth = drawn.integers(0, concepts, shape)
        x_features = (truth + (drawn.random(shape) < NOISE)) % 5
        images = np.arange(shape) % study.images
        correct = drawn.integers(0, 2, study.images)
        for annotator in range(study.annotators):
            replaced = drawn.random(shape) < NOISE
            named = np.where(replaced, drawn.integers(0, concepts, shape), truth)
            is_named = drawn.random(shape) >= NOT_NAMED
            for at in range(shape):
                given = f"concept {named[at]},named" if is_named[at] else ",unlabeled"
                image = images[at]
                yield (
                    f"ann{annotator},class {class_:03},a{at:04},i{image:03},x{x_features[at]},"
                    f"{given},{correct[image]}\n"
                )


def measured(path: Path) -> tuple[float, float, float]:
    """Seconds on the clock, CPU seconds and megabytes of one run; bytecode is there, as after any other."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, *COMMAND, "--help"], env=kept, check=True, stdout=subprocess.DEVNULL)
    began = time.perf_counter()
    with subprocess.Popen([sys.executable, *COMMAND, str(path)], env=kept) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"The command ended with {process.returncode}.")
    return time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> int:
    parser = argparse.ArgumentParser(description="Cost of the command of agreement.")
    parser.add_argument("--write", type=Path, metavar="FOLDER", help="Only write the files")
    folder = parser.parse_args().write
    over = 0
    with tempfile.TemporaryDirectory() as temporary:
        print(f"load {os.getloadavg()[0]:.1f}")
        print("| | rows | MB | seconds | CPU seconds | limit | MB of memory | limit |")
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
        for study in (PAPER, LARGE):
            path = (folder or Path(temporary)) / f"{study.name.replace(' ', '-')}.csv"
            with path.open("w") as file:
                file.writelines(lines(study))
            if folder is None:
                clock, cpu, memory = measured(path)
                over += cpu > study.seconds or memory > study.megabytes
                size = path.stat().st_size / 1e6
                times = f"{clock:.1f} | {cpu:.1f} | {study.seconds}"
                spaces = f"{memory:.0f} | {study.megabytes}"
                print(f"| {study.name} | {study.rows:,} | {size:.1f} | {times} | {spaces} |")
    return over


if __name__ == "__main__":
    sys.exit(main())
