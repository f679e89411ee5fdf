"""What the long table has no place for: concepts, explanations, families and intersections, a table each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from glossator.agreement.files.csv_text import Cell, to_csv
from glossator.agreement.results import Agreement, ClassAgreement, Explanation, Matching, PairFigures

Row = tuple[Cell, ...]


def concepts_csv(agreement: Agreement) -> str:
    """The concepts of every annotator after cleaning."""
    header = (
        *("class", "annotator", "concept_id", "concept", "n_activations", "n_images"),
        *("majority_x_feature", "majority_n", "majority_tied"),
    )
    return to_csv(header, (row for each in agreement.classes for row in _concepts(each)))


def explanations_csv(agreement: Agreement) -> str:
    """The sets of names that images have; the names of a set are joined by "|" (`joined`)."""
    header = (
        *("class", "annotator", "concepts", "n_concepts"),
        *("n_images", "share", "n_complete", "n_right", "n_wrong"),
    )
    return to_csv(header, (row for each in agreement.classes for row in _explanations(each)))


def families_csv(agreement: Agreement) -> str:
    """One row for each concept of a family, and for each in none: these have no family and no weight."""
    header = ("class", "annotator", "annotator_b", "matching", "family", "weight", "side", "concept_id")
    return to_csv(header, (row for each in agreement.classes for row in _families(each)))


def intersections_csv(agreement: Agreement) -> str:
    """How many activations each concept of one annotator shares with each of another, zeros too."""
    header = ("class", "annotator", "annotator_b", "concept_id", "concept_id_b", "weight")
    return to_csv(header, (row for each in agreement.classes for row in _intersections(each)))


def joined(names: Sequence[str]) -> str:
    r"""Names in one cell, "|" between them; a "|" or "\" inside a name has a "\" in front."""
    return "|".join(name.replace("\\", "\\\\").replace("|", "\\|") for name in names)


def _concepts(class_: ClassAgreement) -> Iterator[Row]:
    for annotator in class_.annotators:
        for each in annotator.concepts:
            yield (
                *(class_.name, annotator.annotator, each.concept_id, each.concept),
                *(each.n_activations, each.n_images),
                *(each.majority_x_feature, each.majority_n, each.majority_tied),
            )


def _explanations(class_: ClassAgreement) -> Iterator[Row]:
    for annotator in class_.annotators:
        for each in annotator.explanations:
            yield (class_.name, annotator.annotator, *_explanation(each))


def _explanation(each: Explanation) -> Row:
    names = joined(each.concepts) or None
    counts = (each.n_complete, each.n_right, each.n_wrong)
    return (names, len(each.concepts), each.n_images, each.share, *counts)


def _families(class_: ClassAgreement) -> Iterator[Row]:
    for pair in class_.pairs:
        for matching in pair.matchings:
            for row in _members(matching):
                yield (class_.name, pair.a, pair.b, matching.key, *row)


def _members(matching: Matching) -> Iterator[Row]:
    for number, family in enumerate(matching.families, 1):
        for side, ids in (("a", family.a), ("b", family.b)):
            for concept_id in ids:
                yield (number, family.weight, side, concept_id)
    for side, ids in (("a", matching.unmatched_a), ("b", matching.unmatched_b)):
        for concept_id in ids:
            yield (None, None, side, concept_id)


def _intersections(class_: ClassAgreement) -> Iterator[Row]:
    for pair in class_.pairs:
        for row in _weights(pair):
            yield (class_.name, pair.a, pair.b, *row)


def _weights(pair: PairFigures) -> Iterator[Row]:
    shared = pair.intersection
    for concept_id, weights in zip(shared.a, shared.weights, strict=True):
        for concept_id_b, weight in zip(shared.b, weights, strict=True):
            yield (concept_id, concept_id_b, weight)
