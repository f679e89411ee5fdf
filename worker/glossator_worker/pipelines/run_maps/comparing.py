"""How alike the maps of one class are: what the network saw at each, gathered from all its chunks."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
import torch
from torch import Tensor

from glossator.maps import likeness, results
from glossator.maps.likeness import Likeness
from glossator.maps.secrets import places
from glossator_worker.explain.excitation_backprop import Maps
from glossator_worker.explain.map_content import map_content
from glossator_worker.pipelines.pipeline import StepContext, Write
from glossator_worker.pipelines.run_maps.inputs import RunInputs, pack, unpack


@dataclass(frozen=True)
class Content:
    """What the network sees at M maps of one class.

    Attributes:
        ids: of the maps, uint8 (M, 16).
        plain, contrastive: float16 (M, C) of length 1, or 0 for a map without mass.
    """

    ids: Tensor
    plain: Tensor
    contrastive: Tensor

    @classmethod
    def of(cls, ids: Sequence[UUID], plain: Maps, contrastive: Maps, marks: Tensor) -> "Content":
        """Take the marked maps (B, n) of some images, whose ids come in that order."""
        if plain.watched is None:
            raise AssertionError("the walk watches no layer")
        seen, against = (
            map_content(each.maps, plain.watched)[marks].to(torch.float16).cpu()
            for each in (plain, contrastive)
        )
        return cls(_bytes_of(ids), seen, against)

    @classmethod
    def joined(cls, parts: Sequence["Content"]) -> "Content":
        return cls(
            torch.cat([part.ids for part in parts]),
            torch.cat([part.plain for part in parts]),
            torch.cat([part.contrastive for part in parts]),
        )

    def to_bytes(self) -> bytes:
        return pack({"ids": self.ids, "plain": self.plain, "contrastive": self.contrastive})

    @classmethod
    def from_bytes(cls, content: bytes) -> "Content":
        read = unpack(content)
        return cls(read["ids"], read["plain"], read["contrastive"])

    def by_place(self, order: dict[UUID, int]) -> "Content":
        """Only the maps that have a place, in the order of their places."""
        row = {UUID(bytes=each.tobytes()): index for index, each in enumerate(self.ids.numpy())}
        rows = torch.tensor([row[each] for each in sorted(order, key=order.__getitem__)], dtype=torch.int64)
        return Content(self.ids[rows], self.plain[rows], self.contrastive[rows])


def _bytes_of(ids: Sequence[UUID]) -> Tensor:
    return torch.from_numpy(
        np.frombuffer(b"".join(each.bytes for each in ids), np.uint8).reshape(-1, 16).copy()
    )


def compute(
    context: StepContext, inputs: RunInputs, *, position: int, first_chunk: int, last_chunk: int
) -> Write:
    """Compare the maps of a class, whose images were explained in chunks first_chunk … last_chunk - 1."""
    context.progress(0, 1, f"comparing the maps of {inputs.class_names[position]}")
    with context.read() as session:
        blobs = results.arrays(session, inputs.run_id, results.CONTENT, range(first_chunk, last_chunk))
        ids = results.shown_maps(session, inputs.run_id, position)
    content = Content.joined([Content.from_bytes(context.storage.get(blob)) for blob in blobs])
    content = content.by_place(places(inputs.secret, ids))
    plain, contrastive = (Likeness.of(each.numpy()) for each in (content.plain, content.contrastive))
    blob = context.storage.put(likeness.to_bytes(plain, contrastive))
    return lambda session: results.store_array(session, inputs.run_id, results.LIKENESS, position, blob)
