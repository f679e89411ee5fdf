"""Test-set summary: which combinations of names explain how many images (Table 4)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from glossator.agreement.namings import ClassNamings, Codes, Concept
from glossator.agreement.results import Explanation


def label(concept: Concept) -> str:
    """What stands for a concept in an explanation: its name, or "#" and its id."""
    return f"#{concept.id}" if concept.name is None else concept.name


def explanations(namings: ClassNamings, concept_of: Codes, labels: Sequence[str]) -> tuple[Explanation, ...]:
    """Rows of images that have the same set of names; most images first, then names.

    Args:
        namings: the class, for its images and predictions.
        concept_of: (A,) index into `labels` for each activation, negative where it has no name.
        labels: a word for each concept; concepts with the same word are the same here.
    """
    n_images, named = len(namings.image_ids), concept_of >= 0
    words = sorted(set(labels))
    word_of = np.array([words.index(word) for word in labels], dtype=np.intp)
    has = np.zeros((n_images, len(words)), dtype=bool)
    has[namings.image_of[named], word_of[concept_of[named]]] = True
    complete = np.ones(n_images, dtype=bool)
    complete[namings.image_of[~named]] = False

    row_of, first = _numbered(has)
    images: list[list[str]] = [[] for _ in first]
    for image, row in zip(namings.image_ids, row_of, strict=True):
        images[row].append(image)
    n_complete, n_right, n_wrong = (
        np.bincount(row_of, which, len(first)).astype(int).tolist()
        for which in (complete, namings.correct == 1, namings.correct == 0)
    )
    rows = [
        Explanation(
            concepts=tuple(word for word, there in zip(words, has[example].tolist(), strict=True) if there),
            images=tuple(images[row]),
            share=len(images[row]) / n_images,
            n_complete=n_complete[row],
            n_right=n_right[row],
            n_wrong=n_wrong[row],
        )
        for row, example in enumerate(first)
    ]
    return tuple(sorted(rows, key=lambda row: (-row.n_images, row.concepts)))


def _numbered(has: NDArray[np.bool_]) -> tuple[list[int], list[int]]:
    """A number for each row, the same for equal ones, and the first row of each number."""
    numbers: dict[bytes, int] = {}
    row_of: list[int] = []
    first: list[int] = []
    for index, row in enumerate(np.packbits(has, axis=1)):
        number = numbers.setdefault(row.tobytes(), len(first))
        row_of.append(number)
        if number == len(first):
            first.append(index)
    return row_of, first
