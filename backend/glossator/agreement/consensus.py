"""Consensus vocabulary: the concepts of all annotators of a class, merged by what they share.

Edges of the D = 1 matchings of all pairs join groups, strongest first, unless a group would hold two concepts
of one annotator. A concept that joined none is listed under the group whose concept it refines, or is refined
by, in a star of D = 2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, NamedTuple

import numpy as np

from glossator.agreement.cleaning import CleanNaming, clean_class, named_by, seen_by
from glossator.agreement.explanations import explanations
from glossator.agreement.matchings.graph import Block
from glossator.agreement.matchings.readings import best_matching
from glossator.agreement.names import normalised
from glossator.agreement.namings import UNNAMED, ClassNamings, Codes
from glossator.agreement.pairs import Pair, all_pairs
from glossator.agreement.results import Explanation

SPLIT = -3
"""At least half of the annotators named the activation, and no group was given more often than all others."""

Relation = Literal["finer", "broader"]


@dataclass(frozen=True)
class Member:
    """A concept of an annotator; `name` is None for a nameless one."""

    annotator: str
    concept_id: str
    name: str | None
    n_activations: int


@dataclass(frozen=True)
class Reading:
    """A concept that joined no group and lies in a star with a member of one.

    Attributes:
        group: index of the group that the concept is alone in.
        relation: finer if the concept has no more activations than the member, else broader.
        member: the member in the star's centre.
        weight: activations that both share.
    """

    group: int
    relation: Relation
    member: Member
    weight: int


@dataclass(frozen=True)
class Group:
    """Concepts that are one word of the vocabulary.

    Attributes:
        name: the most frequent normalised name of the members, of equally frequent ones that of the larger
            concept; None if all are nameless.
        members: one concept each of so many annotators, annotators in order.
        readings: concepts listed under this group.
        listed_under: the group under which this one is listed, if it is a single concept that is.
        n_activations: activations whose consensus is this group.
    """

    name: str | None
    members: tuple[Member, ...]
    readings: tuple[Reading, ...]
    listed_under: int | None
    n_activations: int

    @property
    def support(self) -> int:
        """Annotators behind the group."""
        return len(self.members)


@dataclass(frozen=True)
class Consensus:
    """The vocabulary of a class.

    Attributes:
        groups: most annotators first, then most activations of their members, then canonical order.
        group_of: (A,) for each activation an index into `groups`, UNNAMED or SPLIT.
        explanations: as an annotator's, by the groups' names; unnamed and split activations have none.
    """

    groups: tuple[Group, ...]
    group_of: Codes
    explanations: tuple[Explanation, ...]


class _At(NamedTuple):
    """A concept: index of its annotator and its canonical index."""

    annotator: int
    concept: int


class _Edge(NamedTuple):
    """Two concepts that share activations; sorts strongest first, then canonically."""

    weakness: Fraction
    a: _At
    b: _At
    weight: int


def consensus(namings: ClassNamings, min_images: int) -> Consensus:
    """Merge the concepts of all annotators of a class.

    Args:
        namings: of the class.
        min_images: concepts of fewer images are removed first.
    """
    cleaned = sorted(clean_class(namings, min_images), key=lambda naming: naming.annotator)
    pairs = all_pairs(cleaned)
    groups = _ordered(cleaned, _joined(cleaned, pairs))
    index_of = {at: index for index, group in enumerate(groups) for at in group}
    group_of = _votes(cleaned, index_of, len(groups))
    under = _listed(cleaned, pairs, groups, index_of)
    counts = np.bincount(group_of[group_of >= 0], minlength=len(groups))
    made = tuple(
        Group(
            name=_name(cleaned, group),
            members=tuple(_member(cleaned, at) for at in group),
            readings=tuple(
                _reading(cleaned, at, centre, edge, index_of)
                for at, (centre, edge) in under.items()
                if index_of[centre] == index
            ),
            listed_under=index_of[under[group[0]][0]] if group[0] in under else None,
            n_activations=int(counts[index]),
        )
        for index, group in enumerate(groups)
    )
    labels = [group.name or f"#{group.members[0].concept_id}" for group in made]
    return Consensus(made, group_of, explanations(namings, group_of, labels))


def _size(namings: Sequence[CleanNaming], at: _At) -> int:
    return int(namings[at.annotator].sizes[at.concept])


def _edge(namings: Sequence[CleanNaming], pair: Pair, row: int, column: int) -> _Edge:
    """How strongly two concepts belong together: what they share of what either holds."""
    a, b = _At(namings.index(pair.a), row), _At(namings.index(pair.b), column)
    weight = int(pair.weights[row, column])
    either = _size(namings, a) + _size(namings, b) - weight
    return _Edge(Fraction(-weight, either), a, b, weight)


def _joined(namings: Sequence[CleanNaming], pairs: Sequence[Pair]) -> list[list[_At]]:
    """Groups of concepts, those of one concept too."""
    edges = sorted(
        _edge(namings, pair, block.rows[0], block.columns[0])
        for pair in pairs
        for block in best_matching(pair.weights, "d1").blocks
    )
    group_of = {
        at: [at]
        for i, naming in enumerate(namings)
        for at in (_At(i, c) for c in range(len(naming.concepts)))
    }
    for edge in edges:
        one, other = group_of[edge.a], group_of[edge.b]
        if {at.annotator for at in one} & {at.annotator for at in other}:
            continue
        one += other
        group_of.update(dict.fromkeys(other, one))
    return list({id(group): group for group in group_of.values()}.values())


def _ordered(namings: Sequence[CleanNaming], groups: list[list[_At]]) -> list[list[_At]]:
    for group in groups:
        group.sort()
    return sorted(groups, key=lambda group: (-len(group), -sum(_size(namings, at) for at in group), group))


def _votes(namings: Sequence[CleanNaming], index_of: dict[_At, int], count: int) -> Codes:
    """(A,) the group that most annotators gave, where at least half of those who had it named it."""
    votes = np.zeros((len(namings[0].concept_of), count), dtype=np.int64)
    for i, naming in enumerate(namings):
        groups = np.array([index_of[_At(i, c)] for c in range(len(naming.concepts))], dtype=np.intp)
        named = np.flatnonzero(naming.named)
        votes[named, groups[naming.concept_of[named]]] += 1
    most = votes.max(axis=1, initial=0)
    named_times, seen_times = named_by(namings).sum(axis=0), seen_by(namings).sum(axis=0)
    enough = (named_times > 0) & (2 * named_times >= seen_times)
    clear = (votes == most[:, None]).sum(axis=1) == 1
    winner = votes.argmax(axis=1) if count else np.zeros(len(votes), dtype=np.intp)
    return np.where(enough, np.where(clear, winner, SPLIT), UNNAMED).astype(np.int32)


def _listed(
    namings: Sequence[CleanNaming],
    pairs: Sequence[Pair],
    groups: Sequence[Sequence[_At]],
    index_of: dict[_At, int],
) -> dict[_At, tuple[_At, _Edge]]:
    """For each star leaf that joined no group its strongest centre that did, and the edge between."""
    found: dict[_At, tuple[_At, _Edge]] = {}
    for pair in pairs:
        for block in best_matching(pair.weights, "d2_star").blocks:
            for edge, leaf, centre in _leaves(namings, pair, block):
                alone = len(groups[index_of[leaf]]) == 1
                if (
                    alone
                    and len(groups[index_of[centre]]) > 1
                    and (leaf not in found or edge < found[leaf][1])
                ):
                    found[leaf] = centre, edge
    return dict(sorted(found.items()))


def _leaves(namings: Sequence[CleanNaming], pair: Pair, star: Block) -> Iterator[tuple[_Edge, _At, _At]]:
    """Leaf and centre of each edge of a star; a single edge has a leaf at either end."""
    for row, column in star.edges_among:
        edge = _edge(namings, pair, row, column)
        if len(star.rows) == 1:
            yield edge, edge.b, edge.a
        if len(star.columns) == 1:
            yield edge, edge.a, edge.b


def _reading(
    namings: Sequence[CleanNaming], at: _At, centre: _At, edge: _Edge, index_of: dict[_At, int]
) -> Reading:
    finer = _size(namings, at) <= _size(namings, centre)
    return Reading(index_of[at], "finer" if finer else "broader", _member(namings, centre), edge.weight)


def _member(namings: Sequence[CleanNaming], at: _At) -> Member:
    naming = namings[at.annotator]
    concept = naming.concepts[at.concept]
    return Member(naming.annotator, concept.id, concept.name, _size(namings, at))


def _name(namings: Sequence[CleanNaming], group: Sequence[_At]) -> str | None:
    members = [_member(namings, at) for at in group]
    named = [(normalised(member.name), member.n_activations) for member in members if member.name is not None]
    times = Counter(name for name, _ in named)
    return max(named, key=lambda each: (times[each[0]], each[1]), default=(None, 0))[0]
