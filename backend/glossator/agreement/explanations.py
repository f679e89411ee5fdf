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
    rows = [
        Explanation(
            concepts=tuple(words[w] for w in np.flatnonzero(has[images[0]])),
            images=tuple(namings.image_ids[image] for image in images),
            share=len(images) / n_images,
            n_complete=int(complete[images].sum()),
            n_right=int((namings.correct[images] == 1).sum()),
            n_wrong=int((namings.correct[images] == 0).sum()),
        )
        for images in _alike(has)
    ]
    return tuple(sorted(rows, key=lambda row: (-row.n_images, row.concepts)))


def _alike(has: NDArray[np.bool_]) -> list[NDArray[np.intp]]:
    """Indices of equal rows, together."""
    groups: dict[bytes, list[int]] = {}
    for index, row in enumerate(np.packbits(has, axis=1)):
        groups.setdefault(row.tobytes(), []).append(index)
    return [np.array(group, dtype=np.intp) for group in groups.values()]
