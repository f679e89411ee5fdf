"""What stands in a run after the real pipeline computed it."""

import io
from collections import Counter
from uuid import UUID

import numpy as np
import torch
from PIL import Image as Picture
from sqlalchemy import select
from tests.integration.maps.conftest import CLASSES, PER_CLASS, Finished

from glossator.datasets.tables import Image
from glossator.maps import queries
from glossator.maps.cells import grey
from glossator.maps.tables import ActivationMap, ExplainedImage, Sheet, XFeature
from glossator_worker.explain.excitation_backprop import ExcitationBackprop
from glossator_worker.explain.pointing import hits
from glossator_worker.explain.xnn_networks import XNNs
from glossator_worker.networks.architectures import architecture
from glossator_worker.networks.hidden import features_and_scores, hidden_layer
from glossator_worker.networks.preprocessing import Preprocessing
from glossator_worker.pipelines.run_maps.inputs import open_picture, unpack


def _maps(finished: Finished) -> list[ActivationMap]:
    with finished.bench.database.transaction() as session:
        return list(
            session.scalars(
                select(ActivationMap)
                .where(ActivationMap.run_id == finished.run_id)
                .order_by(ActivationMap.id)
            )
        )


def test_every_test_image_is_explained_and_no_training_image(finished: Finished) -> None:
    rows = finished.bench.rows(ExplainedImage, finished.run_id)
    assert Counter(row["class_position"] for row in rows) == dict.fromkeys((0, 1), PER_CLASS["test"])
    maps = Counter(each.image_id for each in _maps(finished))
    assert all(row["significant"] == maps[row["image_id"]] for row in rows)


def test_every_class_has_its_x_features_and_table_1(finished: Finished) -> None:
    rows = finished.bench.rows(XFeature, finished.run_id)
    assert Counter(row["class_position"] for row in rows) == {0: 4, 1: 4}
    run = finished.bench.run(finished.run_id)
    classes = finished.bench.read(queries.class_rows, run)
    assert [each.name for each in classes] == list(CLASSES)
    for each in classes:
        figures = each.figures
        statuses = [row["status"] for row in rows if row["class_position"] == each.position]
        assert figures.live == statuses.count("live")
        assert figures.negative == statuses.count("negative")
        assert figures.images == PER_CLASS["test"]
        assert figures.significant == sum(m.class_position == each.position for m in _maps(finished))
        assert figures.lost is not None


def test_a_stored_map_is_the_walk_of_its_x_feature_on_its_image(finished: Finished) -> None:
    """Recomputed one image and one X-feature at a time from the stored weights."""
    bench, run = finished.bench, finished.bench.run(finished.run_id)
    assert run.weights and run.start and run.map_height and run.map_width
    xnns = XNNs.from_state(unpack(bench.storage.get(run.weights)))
    kind = architecture("cifar_resnet20")
    path = bench.storage.folder.parent / "weights"
    with bench.database.transaction() as session:
        chosen = session.scalars(select(Image).where(Image.split == "test").order_by(Image.id).limit(3)).all()
        rows = {(each.image_id, each.x_feature): each for each in _maps(finished)}
    path.write_bytes(bench.storage.get(_weights(finished)))
    model = kind.load(path)
    preprocessing = Preprocessing.from_json(kind.preprocessing.to_json() | {"fit": "letterbox"})
    walk = ExcitationBackprop(model, start=run.start, stop=run.stop)
    compared = 0
    for image in chosen:
        seen = preprocessing.tensor(preprocessing.picture(open_picture(bench.storage, image.picture)))[None]
        z, _ = features_and_scores(model, seen, hidden_layer(model, kind))
        position = CLASSES.index(image.label)
        marks = xnns.significant(z)[0, position]
        assert {number for (each, number) in rows if each == image.id} == {
            index + 1 for index in marks.nonzero().flatten().tolist()
        }
        for index in marks.nonzero().flatten().tolist():
            row = rows[image.id, index + 1]
            both = xnns.top(z, position, contrastive=True)[:, index : index + 1]
            plain = walk.maps(seen, both[:, :, 0]).maps[0, 0].numpy()
            contrastive = walk.maps(seen, both, contrastive=True).maps[0, 0].numpy()
            for values, cells, scale in (
                (plain, row.plain, row.plain_scale),
                (contrastive, row.contrastive, row.contrastive_scale),
            ):
                shown = grey(cells, height=run.map_height, width=run.map_width) * (scale / 255)
                assert np.abs(shown - values).max() <= scale / 510 + 1e-6
            assert abs(row.plain_sum + row.plain_lost["total"] - 1) < 1e-5
            compared += 1
    assert compared >= 3


def _weights(finished: Finished) -> str:
    from glossator.classifiers.tables import Classifier

    with finished.bench.database.transaction() as session:
        return session.get_one(Classifier, finished.bench.laid.classifier_id).weights


def test_places_run_from_0_on_each_class_and_do_not_follow_x_features_or_images(finished: Finished) -> None:
    for position in (0, 1):
        own = sorted(
            (each for each in _maps(finished) if each.class_position == position and each.place is not None),
            key=lambda each: each.place or 0,
        )
        assert [each.place for each in own] == list(range(len(own)))
        assert [each.x_feature for each in own] != sorted(each.x_feature for each in own)
        assert [each.image_id for each in own] != sorted(each.image_id for each in own)
    assert all(each.id.version == 4 for each in _maps(finished))


def test_a_map_sheet_holds_the_cells_of_each_place_and_a_photograph_sheet_its_picture(
    finished: Finished,
) -> None:
    bench, run = finished.bench, finished.bench.run(finished.run_id)
    assert run.map_height and run.map_width
    pictures = {row["image_id"]: row["picture"] for row in bench.rows(ExplainedImage, finished.run_id)}
    for each in _maps(finished):
        if each.place is None:
            continue
        for kind in ("plain", "contrastive", "photographs"):
            sheets = bench.read(queries.sheets, finished.run_id, each.class_position, kind)
            sheet: Sheet = sheets[each.place // sheets[0].capacity]
            row, column = divmod(each.place % sheet.capacity, sheet.columns)
            x, y = column * sheet.tile, row * sheet.tile
            tile = Picture.open(io.BytesIO(bench.storage.get(sheet.blob))).crop(
                (x, y, x + sheet.tile, y + sheet.tile)
            )
            if kind == "photographs":
                whole = Picture.open(io.BytesIO(bench.storage.get(pictures[each.image_id])))
                assert whole.size == (32, 32)
                assert np.array_equal(np.asarray(tile.convert("RGB")), np.asarray(whole.convert("RGB")))
            else:
                cells = grey(getattr(each, kind), height=run.map_height, width=run.map_width)
                assert tile.mode == "L"
                assert np.array_equal(np.asarray(tile)[: run.map_height, : run.map_width], cells)


def test_the_picture_is_the_letterboxed_square_in_which_the_masks_lie(finished: Finished) -> None:
    bench = finished.bench
    with bench.database.transaction() as session:
        image = session.scalars(select(Image).where(Image.split == "test", Image.mask.is_not(None))).first()
        assert image is not None
        explained = session.get_one(ExplainedImage, (finished.run_id, image.id))
    picture = np.asarray(open_picture(bench.storage, explained.picture).convert("RGB"))
    assert picture.shape == (32, 32, 3)
    assert (picture[:4] == 0).all() and (picture[-4:] == 0).all(), "24 of 32 rows are photograph"


def test_the_pointing_game_counts_maps_of_test_images_with_a_mask_that_is_not_empty(
    finished: Finished,
) -> None:
    bench = finished.bench
    run = bench.run(finished.run_id)
    figures = bench.read(lambda session: queries.run_figures(run))
    with_mask = {
        row["image_id"]: row for row in bench.rows(ExplainedImage, finished.run_id) if row["baselines"]
    }
    assert len(with_mask) == PER_CLASS["test"] - 1, "one mask is empty, the other class has none"
    own = [each for each in _maps(finished) if each.image_id in with_mask]
    assert all((each.pointing is not None) == (each.image_id in with_mask) for each in _maps(finished))
    for variant in figures.variants:
        rows = {(row.level, row.fine_label, row.tolerance): row for row in variant.pointing}
        pooled = rows["pooled", None, "exact"]
        assert pooled.maps == len(own)
        assert pooled.images == len({each.image_id for each in own})
        assert pooled.hits == sum(each.pointing[variant.variant]["exact"] for each in own if each.pointing)
        parts = [rows["fine_label", label, "exact"] for label in ("large", "small")]
        assert sum(part.maps for part in parts) == pooled.maps
        assert rows["macro", None, "exact"].value == sum(part.value for part in parts) / 2
        expected = [with_mask[each.image_id]["baselines"]["uniform"]["exact"] for each in own]
        assert abs(pooled.uniform - sum(expected) / len(expected)) < 1e-12
        assert rows["pooled", None, "half_cell"].value >= pooled.value
        assert rows["pooled", None, "one_cell"].value >= rows["pooled", None, "half_cell"].value


def test_a_hit_is_a_map_whose_maximum_lies_in_the_mask(finished: Finished) -> None:
    """From the stored cells, whose rounding moves no maximum that is not a tie."""
    bench, run = finished.bench, finished.bench.run(finished.run_id)
    assert run.map_height and run.map_width
    kind = architecture("cifar_resnet20")
    preprocessing = Preprocessing.from_json(kind.preprocessing.to_json() | {"fit": "letterbox"})
    agreeing = []
    for each in _maps(finished):
        if each.pointing is None:
            continue
        with bench.database.transaction() as session:
            image = session.get_one(Image, each.image_id)
        assert image.mask is not None
        mask = torch.from_numpy(np.asarray(preprocessing.mask(open_picture(bench.storage, image.mask))) > 0)
        cells = torch.from_numpy(grey(each.plain, height=run.map_height, width=run.map_width).copy()).float()
        agreeing.append(bool(hits(cells[None], mask)[0]) == each.pointing["plain"]["exact"])
    assert agreeing and sum(agreeing) >= len(agreeing) - 1


def test_the_mean_cosine_is_over_images_with_two_maps_or_more(finished: Finished) -> None:
    bench, run = finished.bench, finished.bench.run(finished.run_id)
    assert run.map_height and run.map_width
    by_image: dict[UUID, list[np.ndarray]] = {}
    for each in _maps(finished):
        if each.plain_scale:
            cells = grey(each.plain, height=run.map_height, width=run.map_width).astype(float).ravel()
            by_image.setdefault(each.image_id, []).append(cells / np.linalg.norm(cells))
    means = [
        np.mean([a @ b for i, a in enumerate(maps) for b in maps[i + 1 :]])
        for maps in by_image.values()
        if len(maps) > 1
    ]
    figures = bench.read(lambda session: queries.run_figures(run))
    assert figures.variants[0].cosine.n == len(means)
    assert abs(figures.variants[0].cosine.value - np.mean(means)) < 1e-2, "stored cells are rounded"
