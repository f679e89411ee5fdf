"""The rows of one class, gathered in file order and held against one another; then as arrays."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from glossator.agreement.files.cells import quoted
from glossator.agreement.namings import MISSING, UNNAMED, ClassNamings, Codes, Concept, Naming

CODE, LINE = "i", "q"
"""Types of arrays: int32 as in ClassNamings, and line numbers."""

CORRECT = {"": -1, "0": 0, "1": 1}


class NamingRow(NamedTuple):
    """The cells of one row; empty where the file has no such column."""

    annotator: str
    class_: str
    activation: str
    image: str
    x_feature: str
    concept: str
    concept_id: str
    status: str
    correct: str

    @property
    def identity(self) -> str:
        """What tells the concept from others; empty if nothing is named."""
        return self.concept_id or self.concept


class FirstMissing(NamedTuple):
    """The first activation in file order that an annotator lacks, and how many in all."""

    line: int
    annotator: str
    activation: str
    lacking: int


class AnnotatorRows:
    """What one annotator did in a class; activations and concepts by the order of their first row."""

    def __init__(self) -> None:
        self.concept_of = array(CODE)
        self.rows = 0
        self._lines = array(LINE)
        self._concepts: dict[str, int] = {}
        self._names: list[str] = []
        self._lines_of_names = array(LINE)

    def line_of(self, activation: int) -> int | None:
        """Where the activation stands already."""
        if activation >= len(self.concept_of) or self.concept_of[activation] == MISSING:
            return None
        return self._lines[activation]

    def other_name(self, concept_id: str, name: str) -> tuple[str, int] | None:
        """Another name that the concept had before, and on which line."""
        known = self._concepts.get(concept_id)
        if known is None or self._names[known] == name:
            return None
        return self._names[known], self._lines_of_names[known]

    def add(self, line: int, activation: int, concept_id: str, name: str) -> None:
        """Keep one row; without `concept_id` nothing is named."""
        absent = activation + 1 - len(self.concept_of)
        if absent > 0:
            self.concept_of.extend((MISSING,) * absent)
            self._lines.extend((0,) * absent)
        self.concept_of[activation] = self._code(line, concept_id, name) if concept_id else UNNAMED
        self._lines[activation] = line
        self.rows += 1

    def first_missing(self, activations: int) -> int | None:
        """The first of so many activations that has no row."""
        if self.rows == activations:
            return None
        known = len(self.concept_of)
        return next((at for at in range(known) if self.concept_of[at] == MISSING), known)

    def naming(self, annotator: str, order: Codes) -> Naming:
        """Activations in the given order, concepts by id."""
        codes = np.full(len(order), MISSING, dtype=np.int32)
        codes[: len(self.concept_of)] = self.concept_of
        ids, by_id = _in_code_point_order(self._concepts)
        concepts = tuple(Concept(id_, self._names[at] or None) for id_, at in zip(ids, by_id, strict=True))
        # The codes below zero index the end.
        ranks = np.concatenate([_inverse(by_id), np.array([MISSING, UNNAMED], dtype=np.int32)])
        return Naming(annotator, concepts, ranks[codes[order]])

    def _code(self, line: int, concept_id: str, name: str) -> int:
        known = self._concepts.get(concept_id)
        if known is None:
            known = self._concepts[concept_id] = len(self._concepts)
            self._names.append(name)
            self._lines_of_names.append(line)
        return known


class ClassRows:
    """All rows of one class so far."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._activations: dict[str, int] = {}
        self._lines = array(LINE)
        self._images: list[str] = []
        self._x_features: list[str] = []
        self._correct: dict[str, tuple[str, int]] = {}
        self._annotators: dict[str, AnnotatorRows] = {}

    def add(self, line: int, row: NamingRow) -> str | None:
        """Keep a row; or, where it contradicts an earlier one, say how."""
        naming = self._annotators.get(row.annotator)
        if naming is None:
            naming = self._annotators[row.annotator] = AnnotatorRows()
        activation = self._activations.get(row.activation)
        if activation is not None:
            contradiction = self._contradicts_activation(row, naming, activation)
            if contradiction is not None:
                return contradiction
        correct, correct_line = self._correct.setdefault(row.image, (row.correct, line))
        if correct != row.correct:
            return (
                f"the image {quoted(row.image)} has correct {quoted(row.correct)}, expected is "
                f"{quoted(correct)} as on line {correct_line}"
            )
        other = naming.other_name(row.identity, row.concept)
        if other is not None:
            return (
                f"the concept_id {quoted(row.concept_id)} has the name {quoted(row.concept)}, expected is "
                f"{quoted(other[0])} as on line {other[1]}"
            )
        if activation is None:
            activation = self._activations[row.activation] = len(self._activations)
            self._lines.append(line)
            self._images.append(row.image)
            self._x_features.append(row.x_feature)
        naming.add(line, activation, row.identity, row.concept)
        return None

    def first_missing(self) -> FirstMissing | None:
        """Among the annotators of the class."""
        found = []
        ids = tuple(self._activations)
        for annotator, naming in self._annotators.items():
            at = naming.first_missing(len(ids))
            if at is not None:
                found.append(FirstMissing(self._lines[at], annotator, ids[at], len(ids) - naming.rows))
        return min(found, default=None)

    def arrays(self) -> ClassNamings:
        activation_ids, order = _in_code_point_order(self._activations)
        image_ids, image_of = _coded(self._images, order)
        x_feature_ids, x_feature_of = _coded(self._x_features, order)
        return ClassNamings(
            name=self.name,
            activation_ids=activation_ids,
            image_ids=image_ids,
            image_of=image_of,
            x_feature_ids=x_feature_ids,
            x_feature_of=x_feature_of,
            correct=np.array([CORRECT[self._correct[image][0]] for image in image_ids], dtype=np.int8),
            namings=tuple(naming.naming(name, order) for name, naming in sorted(self._annotators.items())),
        )

    def _contradicts_activation(self, row: NamingRow, naming: AnnotatorRows, activation: int) -> str | None:
        earlier = naming.line_of(activation)
        if earlier is not None:
            return (
                f"annotator {quoted(row.annotator)}, class {quoted(self.name)} and activation "
                f"{quoted(row.activation)} are on line {earlier} already, expected is one row for the three"
            )
        columns = (("image", row.image, self._images), ("x_feature", row.x_feature, self._x_features))
        for column, value, values in columns:
            if values[activation] != value:
                return (
                    f"the activation {quoted(row.activation)} has the {column} {quoted(value)}, expected is "
                    f"{quoted(values[activation])} as on line {self._lines[activation]}"
                )
        return None


def _in_code_point_order(codes: dict[str, int]) -> tuple[tuple[str, ...], Codes]:
    """The ids sorted, and the code of each."""
    ids = tuple(sorted(codes))
    return ids, np.array([codes[id_] for id_ in ids], dtype=np.int32)


def _inverse(order: Codes) -> Codes:
    ranks = np.empty(len(order), dtype=np.int32)
    ranks[order] = np.arange(len(order), dtype=np.int32)
    return ranks


def _coded(values: Iterable[str], order: Codes) -> tuple[tuple[str, ...], Codes]:
    """The distinct values sorted; and an index into them for each value, in the given order."""
    values = list(values)
    distinct = tuple(sorted(set(values)))
    codes = {value: code for code, value in enumerate(distinct)}
    return distinct, np.array([codes[value] for value in values], dtype=np.int32)[order]
