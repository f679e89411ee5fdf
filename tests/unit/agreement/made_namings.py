"""Namings for tests: from the text of a CSV, from lists of labels, and planted ones."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from glossator.agreement.cleaning import CleanNaming, clean_class
from glossator.agreement.namings import MISSING, UNNAMED, ClassNamings, Concept, Naming

CASES: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[2] / "vectors" / "agreement_cases.json").read_text()
)["cases"]


def _text(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from computing."""
    body = cell.lstrip("'")
    return cell[1:] if cell.startswith("'") and body[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def from_csv(text: str) -> list[ClassNamings]:
    rows = [{key: _text(cell) for key, cell in row.items()} for row in csv.DictReader(io.StringIO(text))]
    return [
        from_rows(name, [row for row in rows if row["class"] == name])
        for name in sorted({row["class"] for row in rows})
    ]


def from_rows(name: str, rows: Sequence[dict[str, str]]) -> ClassNamings:
    """One class; an activation without a row of an annotator is missing from that board."""
    activations = sorted({row["activation"] for row in rows})
    images = sorted({row["image"] for row in rows})
    x_features = sorted({row["x_feature"] for row in rows})
    at = {activation: index for index, activation in enumerate(activations)}
    image_of, x_feature_of = np.zeros((2, len(activations)), dtype=np.int32)
    correct = np.full(len(images), -1, dtype=np.int8)
    for row in rows:
        image_of[at[row["activation"]]] = images.index(row["image"])
        x_feature_of[at[row["activation"]]] = x_features.index(row["x_feature"])
        if row.get("correct"):
            correct[images.index(row["image"])] = int(row["correct"])
    namings = []
    for annotator in sorted({row["annotator"] for row in rows}):
        codes = np.full(len(activations), MISSING, dtype=np.int32)
        concepts: list[Concept] = []
        for row in rows:
            if row["annotator"] != annotator:
                continue
            codes[at[row["activation"]]] = UNNAMED
            identity = row.get("concept_id") or row["concept"]
            if identity:
                concept = Concept(identity, row["concept"] or None)
                if concept not in concepts:
                    concepts.append(concept)
                codes[at[row["activation"]]] = concepts.index(concept)
        namings.append(Naming(annotator, tuple(concepts), codes))
    return ClassNamings(
        name,
        tuple(activations),
        tuple(images),
        image_of,
        tuple(x_features),
        x_feature_of,
        correct,
        tuple(namings),
    )


def from_labels(
    *labels: Iterable[str | None],
    images: Sequence[int] | None = None,
    x_features: Sequence[int] | None = None,
) -> ClassNamings:
    """One class "k": a list of names per annotator a, b, c …, None for unnamed, "?" for not on the board.

    Every activation has an image of its own and X-feature 0 unless given.
    """
    lists = [list(each) for each in labels]
    rows = [
        {
            "annotator": chr(ord("a") + index),
            "activation": f"{position:04}",
            "image": f"{images[position] if images else position:04}",
            "x_feature": f"{x_features[position] if x_features else 0}",
            "concept": name or "",
        }
        for index, names in enumerate(lists)
        for position, name in enumerate(names)
        if name != "?"
    ]
    return from_rows("k", rows)


def cleaned(namings: ClassNamings, min_images: int = 1) -> tuple[CleanNaming, ...]:
    return clean_class(namings, min_images)


def random_graph(rng: np.random.Generator, largest: int = 5, heaviest: int = 6) -> NDArray[np.int64]:
    """A matrix of weights, some rows and columns of it perhaps empty."""
    n, m = rng.integers(1, largest + 1, 2)
    return rng.integers(1, heaviest + 1, (n, m)) * (rng.random((n, m)) < rng.uniform(0.2, 1.0))


def planted(n: int, m: int, shared: int, noise: float, seed: int) -> NDArray[np.int64]:
    """The benchmark family: right concepts follow from left ones but for a share drawn uniformly."""
    rng = np.random.default_rng(seed)
    left = rng.integers(0, n, shared)
    injection = rng.permutation(max(n, m))[:n] % m
    right = np.where(rng.random(shared) < noise, rng.integers(0, m, shared), injection[left])
    return np.bincount(left * m + right, minlength=n * m).reshape(n, m)
