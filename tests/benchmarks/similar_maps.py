"""Similar maps: how alike neighbours are, and what "more like these" finds, against other ways; and times.

    .venv/bin/python -m tests.benchmarks.similar_maps

The demo's photographs of defective tiles, whose kind of defect nobody tells the network. Maps of the same
object, which was photographed several times, are never counted as found. Fails where a request over 5,000
maps takes over 200 ms of processor time.
"""

import csv
import io
import os
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.cluster.hierarchy import leaves_list, linkage, optimal_leaf_ordering
from scipy.spatial.distance import pdist
from tests.browser.board_room import BUNDLE, BoardRoom, board_room
from tests.servers import running_servers

from glossator.boards.alike import most_like, similar_together
from glossator.boards.queries import board_of
from glossator.maps import likeness, results
from glossator.maps.likeness import Likeness, arranged, ranked, reduced
from glossator.storage.blobs import FolderStorage
from glossator_worker.explain.excitation_backprop import ExcitationBackprop
from glossator_worker.explain.map_content import map_content
from glossator_worker.explain.xnn import train_xnns
from glossator_worker.networks.architectures import architecture
from glossator_worker.networks.hidden import hidden_layer, walk_module
from glossator_worker.reproduce.data_sets import Pictures, listed_pictures
from glossator_worker.reproduce.study import Classifier

Floats = NDArray[np.float64]
Order = NDArray[np.int64]

CLASSES = ("NOT DEFECTIVE", "DEFECTIVE")
WEIGHTS = BUNDLE.parent / "tile_grid.safetensors"
LAYERS = ("trunk.to_fine", "cat", "head.first_act", "head.second_act", "head.third_act")
WINDOW, FOUND, DRAWS = 10, 10, 300
BOUND_MS, MANY = 200, 5000


@dataclass(frozen=True)
class Maps:
    """The plain maps of one class: what the network sees at each by layer, its kind of defect, its object."""

    content: dict[str, Floats]
    kind: NDArray[np.str_]
    thing: NDArray[np.str_]


def tiles() -> Maps:
    """Maps of the significant X-features of DEFECTIVE on the test photographs."""
    entry = architecture("tile_grid")
    classifier = Classifier(entry.load(WEIGHTS), entry, entry.preprocessing)
    data = listed_pictures(BUNDLE, label="label", class_names=CLASSES)
    features, scores = classifier.predictions(data.train)
    xnns = train_xnns(features, scores, data.train.labels, seed=0)
    own = (data.test.labels == 1).nonzero().flatten().tolist()
    test = Pictures(
        tuple(data.test.images[each] for each in own),
        data.test.labels[own],
        tuple(data.test.files[each] for each in own),
    )
    features, _ = classifier.predictions(test)
    marks = xnns.significant(features)[:, 1]
    top = xnns.top(features, 1, contrastive=True) * marks[:, :, None, None]
    hidden = hidden_layer(classifier.model, entry)
    content = {}
    for layer in LAYERS:
        walk = ExcitationBackprop(walk_module(classifier.model, hidden), start=hidden.start, watch=layer)
        parts = []
        for first in range(0, len(own), 32):
            some = list(range(first, min(first + 32, len(own))))
            plain, _ = walk.both(classifier.inputs(test, some), top[some])
            assert plain.watched is not None
            parts.append(map_content(plain.maps, plain.watched)[marks[some]])
        content[layer] = torch.cat(parts).double().numpy()
    with zipfile.ZipFile(BUNDLE) as bundle:
        rows = csv.DictReader(io.TextIOWrapper(bundle.open("index.csv"), "utf-8"))
        known = {row["file"]: row for row in rows}
    files = [known[test.files[each]] for each in marks.nonzero()[:, 0].tolist()]
    return Maps(
        content,
        np.array([row["fine_label"] for row in files]),
        np.array([row["group"] for row in files]),
    )


def likeness_at(vectors: Floats, order: Order, apart: int) -> float:
    row = vectors[order]
    return float((row[apart:] * row[:-apart]).sum(axis=1).mean())


def greedy(vectors: Floats) -> Order:
    """Always the nearest map that is left."""
    left = np.ones(len(vectors), bool)
    row = [0]
    left[0] = False
    while left.any():
        row.append(int(np.argmax(np.where(left, vectors @ vectors[row[-1]], -2))))
        left[row[-1]] = False
    return np.array(row)


def exact(vectors: Floats) -> Order:
    """Ward's tree with its branches turned in the best way of all."""
    return leaves_list(optimal_leaf_ordering(linkage(vectors, "ward"), pdist(vectors, "sqeuclidean"))).astype(
        np.int64
    )


def orders(maps: Maps) -> None:
    vectors = reduced(maps.content[LAYERS[-1]])
    ways: dict[str, Callable[[], Order]] = {
        "ours: Ward's tree, ends turned": lambda: arranged(vectors),
        "Ward's tree, turned exactly": lambda: exact(vectors),
        "Ward's tree as it comes": lambda: leaves_list(linkage(vectors, "ward")).astype(np.int64),
        "average linkage as it comes": lambda: leaves_list(linkage(vectors, "average")).astype(np.int64),
        "greedy, nearest next": lambda: greedy(vectors),
        "widest direction": lambda: np.argsort(vectors[:, 0]),
        "random": lambda: np.random.default_rng(0).permutation(len(vectors)),
    }
    print(f"{len(vectors)} maps{'':23}next  {WINDOW} next  same defect next")
    for name, way in ways.items():
        order = way()
        near = float(np.mean([likeness_at(vectors, order, apart) for apart in range(1, WINDOW + 1)]))
        kinds = maps.kind[order]
        same = float((kinds[1:] == kinds[:-1]).mean())
        print(f"{name:32}{likeness_at(vectors, order, 1):6.3f}{near:9.3f}{same:18.3f}")


def found(maps: Maps, vectors: Floats, score: Callable[[Floats], Floats], count: int) -> float:
    """Share of the same defect among the ten best for so many chosen maps of one defect, over many draws."""
    draw, shares = np.random.default_rng(count), []
    products = vectors @ vectors.T
    for _ in range(DRAWS):
        kind = draw.choice(maps.kind)
        same = np.flatnonzero(maps.kind == kind)
        if len(same) < count + 5:
            continue
        chosen = draw.choice(same, count, replace=False)
        other = ~np.isin(maps.thing, maps.thing[chosen])
        best = np.argsort(-np.where(other, score(products[:, chosen]), -2), kind="stable")[:FOUND]
        shares.append(float((maps.kind[best] == kind).mean()))
    return float(np.mean(shares))


def top_three(products: Floats) -> Floats:
    return np.asarray(np.sort(products, axis=1)[:, -3:].mean(axis=1))


def rankings(maps: Maps) -> None:
    counts = (1, 2, 4, 8)
    vectors = reduced(maps.content[LAYERS[-1]])
    draw = np.random.default_rng(0)
    ways: dict[str, Callable[[Floats], Floats]] = {
        "ours: mean over the chosen": lambda products: products.mean(axis=1),
        "best of the chosen": lambda products: products.max(axis=1),
        "mean of the best three": top_three,
        "random": lambda products: draw.random(len(products)),
    }
    print(
        f"\n{'share of the same defect in ' + str(FOUND):40}"
        + "".join(f"{f'of {count}':>7}" for count in counts)
    )
    for name, way in ways.items():
        row = [found(maps, vectors, way, count) for count in counts]
        print(f"{name:40}" + "".join(f"{each:7.3f}" for each in row))
    mean = ways["ours: mean over the chosen"]
    for layer, content in maps.content.items():
        for what, of in (("", reduced(content)), (" without roots", reduced(np.sign(content) * content**2))):
            row = [found(maps, of, mean, count) for count in counts]
            print(f"{layer + what:40}" + "".join(f"{each:7.3f}" for each in row))


def times() -> int:
    """CPU milliseconds for 5,000 maps of twelve kinds with noise, and of the service's two answers.

    Of this thread alone: the web application of the room is awake in another one.
    """
    draw = np.random.default_rng(0)
    content = draw.gamma(0.5, size=(12, 512))[draw.integers(0, 12, MANY)] + 0.3 * draw.random((MANY, 512))
    slow = 0

    def timed(name: str, act: Callable[[], object], bound: float | None = None) -> None:
        nonlocal slow
        act()
        started = time.thread_time()
        act()
        spent = 1000 * (time.thread_time() - started)
        slow += bound is not None and spent > bound
        print(f"{name:40}{spent:9.1f}{'' if bound is None else f'{bound:9.0f}'}")

    print(f"\n{f'{MANY:,} maps, CPU ms':40}{'':>9}{'bound':>9}")
    vectors = reduced(content)
    timed("in the run: vectors", lambda: reduced(content))
    timed("in the run: order", lambda: arranged(vectors))
    timed("ranking alone", lambda: ranked(vectors, range(100)))
    with (
        tempfile.TemporaryDirectory() as folder,
        running_servers() as servers,
        board_room(servers, Path(folder), maps=MANY) as room,
    ):
        storage = FolderStorage(Path(folder))
        one = Likeness.of(content)
        blob = storage.put(likeness.to_bytes(one, one))
        with room.database.transaction() as session:
            results.store_array(session, room.run_id, results.LIKENESS, 0, blob)
        served(room, storage, timed)
    return slow


def served(
    room: BoardRoom, storage: FolderStorage, timed: Callable[[str, Callable[[], object], float], None]
) -> None:
    person = room.annotator()
    with room.database.transaction() as session:
        board = board_of(session, person.board_id, person.account_id)
        some = {
            count: [str(each) for each in results.shown_maps(session, room.run_id, 0)[:count]]
            for count in (4, MANY)
        }
        timed("service: similar together", lambda: similar_together(session, storage, board), BOUND_MS)
        for count, chosen in some.items():
            timed(
                f"service: like {count:,} maps",
                lambda chosen=chosen: most_like(session, storage, board, chosen),  # type: ignore[misc]  # the default is bound per turn
                BOUND_MS,
            )


def main() -> int:
    print(f"load {os.getloadavg()[0]:.1f}")
    maps = tiles()
    orders(maps)
    rankings(maps)
    return times()


if __name__ == "__main__":
    sys.exit(main())
