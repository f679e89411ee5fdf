"""How alike the maps of a class are in what the network sees where they point: vectors, an order, a ranking.

Pure functions of arrays. Row p of everything belongs to the map at place p of the class: nothing here knows
an X-feature, an image or a person. `docs/boards.md` has the measurements behind the choices.
"""

import io
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import linkage
from scipy.linalg import eigh

Floats = NDArray[np.float64]
Places = NDArray[np.int64]

WIDTH = 32
"""Numbers that are kept of a map."""

AT_ONCE = 5000
"""Maps whose pairs are compared at once, with 100 MB for their distances."""

_NOTHING = 1e-4
"""How far from the middle of its class a map has to lie; rounding in half precision reaches no further."""

_ROW = np.dtype(
    [
        ("plain", "<f2", WIDTH),
        ("contrastive", "<f2", WIDTH),
        ("plain_order", "<u4"),
        ("contrastive_order", "<u4"),
    ]
)


@dataclass(frozen=True)
class Likeness:
    """One variant of a class's maps: vectors (n, 32) of length 1, or 0 for a map without mass, and their
    order.

    Attributes:
        vectors: whose products say how alike two maps are, from -1 to 1.
        order: places in a row in which neighbours are alike, each once.
    """

    vectors: Floats
    order: Places

    @classmethod
    def of(cls, content: NDArray[np.floating]) -> "Likeness":
        """Compare maps by what the network sees at each (n, C)."""
        vectors = reduced(content)
        return cls(vectors, arranged(vectors))


def reduced(content: NDArray[np.floating]) -> Floats:
    """Bring what the network sees at each map (n, C) to the 32 directions in which these differ most.

    Roots are taken first, so that not a few strong channels decide alone. Rows of the result (n, 32) have
    length 1; rows of zeros, and a class whose maps are all the same, give zeros. Takes some 10 n C bytes.
    """
    roots = np.sqrt(np.abs(content), dtype=np.float32)
    np.copysign(roots, content, out=roots)
    roots /= _lengths(roots)
    there = np.flatnonzero(roots.any(axis=1))
    if len(there):
        roots -= roots[there].mean(axis=0)
        roots[np.setdiff1d(np.arange(len(roots)), there)] = 0.0
    vectors = _principal(roots)
    return vectors / _lengths(vectors)


def _principal(centred: NDArray[np.float32]) -> Floats:
    """Coordinates (n, 32) along the principal directions, zeros where there are fewer."""
    count, channels = centred.shape
    found = np.zeros((count, WIDTH))
    kept = min(WIDTH, count, channels)
    if kept == 0:
        return found
    few = count < channels
    square = (centred @ centred.T if few else centred.T @ centred).astype(np.float64)
    size = len(square)
    variances, directions = eigh(square, subset_by_index=[size - kept, size - 1])
    along = directions * np.sqrt(variances.clip(min=0)) if few else centred @ directions
    found[:, :kept] = along[:, ::-1]
    found[np.linalg.norm(found, axis=1) < _NOTHING] = 0.0
    return found


def _lengths(rows: NDArray[np.floating]) -> NDArray[np.floating]:
    """The length of each row (n, 1), 1 where it is 0."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    lengths[lengths == 0] = 1.0
    return np.asarray(lengths)


def arranged(vectors: Floats) -> Places:
    """Put maps into a row in which neighbours are alike.

    Ward's tree over the maps, its branches turned so that the ends that meet are alike: as Gruvaeus and
    Wainer, "Two additions to hierarchical cluster analysis" (1972). More than 5,000 maps are cut along
    their widest direction first.
    """
    count = len(vectors)
    pieces = -(-count // AT_ONCE)
    if pieces <= 1:
        return _tree_order(vectors)
    along = np.argsort(vectors[:, 0], kind="stable")
    row: deque[int] = deque()
    for piece in np.array_split(along, pieces):
        row = _joined(row, deque(piece[_tree_order(vectors[piece])].tolist()), vectors)
    return np.array(row, np.int64)


def _tree_order(vectors: Floats) -> Places:
    count = len(vectors)
    if count < 2:
        return np.arange(count)
    branches = [deque([leaf]) for leaf in range(count)]
    for left, right in linkage(vectors, "ward")[:, :2].astype(int):
        branches.append(_joined(branches[left], branches[right], vectors))
    return np.array(branches[-1], np.int64)


def _joined(first: deque[int], second: deque[int], vectors: Floats) -> deque[int]:
    """Join two rows at those of their ends that are most alike; the longer one is kept and extended."""
    long, short = (first, second) if len(first) >= len(second) else (second, first)
    if not short:
        return long
    ends = vectors[[long[0], long[-1]]] @ vectors[[short[0], short[-1]]].T
    at_back, by_last = divmod(int(np.argmax(ends)), 2)
    (long.extend if at_back else long.extendleft)(reversed(short) if by_last else short)
    return long


def ranked(vectors: Floats, chosen: Sequence[int]) -> Places:
    """Put all maps into the order of their mean likeness to the chosen ones, most alike first.

    The chosen ones stand at the very front; among equals the lower place comes first.
    """
    scores: Floats = vectors @ vectors[list(chosen)].mean(axis=0)
    scores[list(chosen)] = np.inf
    return np.asarray(np.argsort(-scores, kind="stable"), np.int64)


def to_bytes(plain: Likeness, contrastive: Likeness) -> bytes:
    """Write both variants as one NumPy array with a row for each place."""
    rows = np.zeros(len(plain.vectors), _ROW)
    for name, one in (("plain", plain), ("contrastive", contrastive)):
        rows[name] = one.vectors
        rows[f"{name}_order"] = one.order
    out = io.BytesIO()
    np.save(out, rows, allow_pickle=False)
    return out.getvalue()


def from_bytes(content: bytes, variant: str) -> Likeness:
    """Read one variant, "plain" or "contrastive", of what :func:`to_bytes` wrote."""
    rows = np.load(io.BytesIO(content), allow_pickle=False)
    return Likeness(rows[variant].astype(np.float64), rows[f"{variant}_order"].astype(np.int64))
