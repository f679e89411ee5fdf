"""Table 1 of the naming paper on three classifiers.

    python -m glossator_worker.reproduce.naming

Prints ResNet-56 on CIFAR-10, the demo's classifier of magnetic tiles, and EfficientNet-Lite0 with a linear
head for ten bird species, and writes them into docs/reproduction.md. The data sets' folder is DATA_SETS
(default ../shared/data).
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from glossator_worker.explain.refusal import Refusal
from glossator_worker.networks.architectures import architecture
from glossator_worker.networks.preprocessing import Preprocessing
from glossator_worker.reproduce.bird_parts import part_shares
from glossator_worker.reproduce.birds import bird_classifier
from glossator_worker.reproduce.data_sets import cifar10, data_sets_folder, listed_pictures, required
from glossator_worker.reproduce.machine import machine_sentence
from glossator_worker.reproduce.section import write_section
from glossator_worker.reproduce.study import Classifier, run_study
from glossator_worker.reproduce.tables import paper_table, parts_table, study_table

REPOSITORY = Path(__file__).parents[3]
DOCUMENT = REPOSITORY / "docs" / "reproduction.md"
DEMO = REPOSITORY / "demo"
TILE_CLASSES = ("NOT DEFECTIVE", "DEFECTIVE")

_INTRODUCTION = """## Naming: Table 1

Written by `make reproduce-naming`. {machine}

Columns: images with this label; significant X-features on them, in all and per image; accuracy of the
network, and with this class's score alone replaced by the xNN's; root mean square error of that score on
images labelled so, on the others, on all, in logits and divided by the score's standard deviation over all
test images; live, dead and negative X-features; mean cosine between the maps of one image, over images (n)
with at least two."""

_BIRDS = """The trunk is the published EfficientNet-Lite0, the head a logistic regression on its 1,280
pooled features (L2 penalty 0.001, official training split), the whole photograph padded to 224 × 224. The
paper's network was trained on all 200 species and names 200; ours knows ten, on fewer images, so its
accuracies are no comparison of methods."""

_PAPER = """Four of these species are in the paper's Table 1. Its image counts are those of whole classes,
so its test set probably held training images too; ours is the official test split alone."""

_PARTS = """Which visible part of the bird lies nearest to the maximum of a map (left and right are one
part), beside the centre of the picture and a random pixel of the photograph."""


def files() -> list[tuple[Path, str]]:
    """Every file the command needs, with what to do if it is missing."""
    folder = data_sets_folder()
    names = ("cifar10_resnet56.th", "cifar10_train8000.npz", "cifar10_test.npz", "cub_10_species.zip")
    needed = [(folder / name, "set DATA_SETS to the folder of the data sets") for name in names]
    return [
        *needed,
        (DEMO / "magnetic_tiles.zip", "it is part of the repository"),
        (DEMO / "tile_grid.safetensors", "make it with python -m demo.train"),
    ]


def cifar_section(seed: int) -> str:
    """ResNet-56 on CIFAR-10."""
    folder, entry = data_sets_folder(), architecture("cifar_resnet56")
    classifier = Classifier(entry.load(folder / "cifar10_resnet56.th"), entry, entry.preprocessing)
    data = cifar10(folder / "cifar10_train8000.npz", folder / "cifar10_test.npz")
    return study_table(run_study("ResNet-56 on CIFAR-10", classifier, data, seed=seed))


def demo_section(seed: int) -> str:
    """The demo's classifier, on the bundle's own split by group."""
    entry = architecture("tile_grid")
    preprocessing: Preprocessing = entry.preprocessing
    classifier = Classifier(entry.load(DEMO / "tile_grid.safetensors"), entry, preprocessing)
    data = listed_pictures(DEMO / "magnetic_tiles.zip", label="label", class_names=TILE_CLASSES)
    return study_table(run_study("The demo's tile grid on magnetic tiles", classifier, data, seed=seed))


def birds_section(seed: int) -> str:
    """EfficientNet-Lite0 on ten bird species, beside the paper, and the parts that maps point at."""
    archive = data_sets_folder() / "cub_10_species.zip"
    data = listed_pictures(archive, label="species")
    classifier = bird_classifier(data)
    study = run_study("EfficientNet-Lite0 on ten bird species", classifier, data, seed=seed)
    shares = part_shares(archive, data.test, classifier.preprocessing, study.maps)
    parts = [study_table(study), _BIRDS, _PAPER, paper_table(study), _PARTS, parts_table(shares)]
    return "\n\n".join(parts)


SECTIONS: dict[str, Callable[[int], str]] = {
    "cifar": cifar_section,
    "demo": demo_section,
    "birds": birds_section,
}


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 2 and one sentence on standard error if a file is missing."""
    parser = argparse.ArgumentParser(prog="reproduce-naming", description="Table 1 on three classifiers.")
    parser.add_argument("--only", choices=SECTIONS, help="print this one and leave the document alone")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    try:
        if options.only is None:
            for path, remedy in files():
                required(path, remedy)
        return _run(options.only, options.seed)
    except Refusal as refusal:
        sys.stderr.write(f"reproduce-naming: {refusal}\n")
        return 2


def _run(only: str | None, seed: int) -> int:
    texts = [_INTRODUCTION.format(machine=machine_sentence())]
    for name, section in SECTIONS.items():
        if only in (None, name):
            texts.append(section(seed))
            sys.stdout.write(texts[-1] + "\n\n")
            sys.stdout.flush()
    if only is None:
        write_section(DOCUMENT, "naming", "\n\n".join(texts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
