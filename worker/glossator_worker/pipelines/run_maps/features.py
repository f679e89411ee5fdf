"""Hidden features and scores of images: computed in chunks, kept as blobs, read by row."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from glossator.maps import results
from glossator.storage.blobs import Storage
from glossator_worker.networks.hidden import features_and_scores
from glossator_worker.pipelines.pipeline import StepContext, Write
from glossator_worker.pipelines.run_maps.inputs import (
    ImageList,
    RunInputs,
    batches,
    image_rows,
    load_network,
    open_picture,
    pack,
    unpack,
)


@dataclass(frozen=True)
class Features:
    """Features (B, N) and the classifier's scores (B, C) of some images, float32."""

    features: Tensor
    scores: Tensor


def compute(
    context: StepContext, inputs: RunInputs, images: ImageList, *, first: int, last: int, chunk: int
) -> Write:
    """Compute the features of images first … last - 1 of the list."""
    network = load_network(context, inputs)
    rows = range(first, last)
    features, scores = [], []
    for batch in batches(rows, network.batch):
        context.progress(batch[0] - first, len(rows), "features of images")
        with context.read() as session:
            blobs = [row.picture for row in image_rows(session, [images.ids[each] for each in batch])]
        pictures = [network.preprocessing.picture(open_picture(context.storage, blob)) for blob in blobs]
        z, s = features_and_scores(network.model, network.tensors(pictures), network.hidden)
        features.append(z.cpu())
        scores.append(s.cpu())
    blob = context.storage.put(pack({"features": torch.cat(features), "scores": torch.cat(scores)}))
    return lambda session: results.store_array(session, inputs.run_id, results.FEATURES, chunk, blob)


def read(context: StepContext, inputs: RunInputs, rows: Sequence[int], *, chunk_size: int) -> Features:
    """Read the features of rows of the image list, in their order, from chunks of a size."""
    with context.read() as session:
        blobs = results.arrays(session, inputs.run_id, results.FEATURES)
    needed = sorted({row // chunk_size for row in rows})
    parts = {chunk: _part(context.storage, blobs[chunk]) for chunk in needed}
    start = {}
    count = 0
    for chunk, part in parts.items():
        start[chunk] = count - chunk * chunk_size
        count += len(part.features)
    index = torch.tensor([start[row // chunk_size] + row for row in rows], dtype=torch.int64)
    return Features(
        torch.cat([part.features for part in parts.values()])[index],
        torch.cat([part.scores for part in parts.values()])[index],
    )


def _part(storage: Storage, blob: str) -> Features:
    tensors = unpack(storage.get(blob))
    return Features(tensors["features"], tensors["scores"])
