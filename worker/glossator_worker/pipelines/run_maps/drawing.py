"""Places and sprite sheets of one class's maps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from PIL import Image as Picture
from sqlalchemy import select
from sqlalchemy.orm import Session

from glossator.maps import results
from glossator.maps.cells import grey
from glossator.maps.results import SheetRow
from glossator.maps.secrets import places
from glossator.maps.sheets import Layout, map_layout, map_sheet, photograph_layout, photograph_sheet
from glossator.maps.tables import ActivationMap, ExplainedImage, Run
from glossator.storage.blobs import Storage
from glossator_worker.pipelines.pipeline import StepContext, Write
from glossator_worker.pipelines.run_maps.inputs import RunInputs, open_picture


@dataclass(frozen=True)
class _Tile:
    """A map that is not lost: where its picture lies, and its cells in both variants."""

    map_id: UUID
    picture: str
    plain: bytes
    contrastive: bytes


def compute(context: StepContext, inputs: RunInputs, *, position: int) -> Write:
    """Give the maps of a class their places and draw its sheets in that order."""
    with context.read() as session:
        tiles, (height, width) = _tiles(session, inputs.run_id, position)
    order = places(inputs.secret, (tile.map_id for tile in tiles))
    tiles.sort(key=lambda tile: order[tile.map_id])
    photographs = photograph_layout(count=len(tiles), side=inputs.preprocessing.size)
    cells = map_layout(height=height, width=width)
    sheets = []
    for number, some in _cut(tiles, photographs):
        context.progress(number, photographs.sheets(len(tiles)), f"sheets of {inputs.class_names[position]}")
        pictures = _pictures(context.storage, some)
        blob = context.storage.put(photograph_sheet(photographs, pictures))
        sheets.append(SheetRow("photographs", number, blob, photographs))
    for number, some in _cut(tiles, cells):
        for kind in ("plain", "contrastive"):
            maps = [grey(getattr(tile, kind), height=height, width=width) for tile in some]
            sheets.append(SheetRow(kind, number, context.storage.put(map_sheet(cells, maps)), cells))
    return lambda session: results.store_sheets(session, inputs.run_id, position, order, sheets)


def _tiles(session: Session, run_id: UUID, position: int) -> tuple[list[_Tile], tuple[int, int]]:
    run = session.get_one(Run, run_id)
    rows = session.execute(
        select(ActivationMap.id, ExplainedImage.picture, ActivationMap.plain, ActivationMap.contrastive)
        .join(
            ExplainedImage,
            (ExplainedImage.run_id == ActivationMap.run_id)
            & (ExplainedImage.image_id == ActivationMap.image_id),
        )
        .where(
            ActivationMap.run_id == run_id,
            ActivationMap.class_position == position,
            ActivationMap.plain_scale > 0,
        )
    )
    return [_Tile(*row) for row in rows], (run.map_height or 0, run.map_width or 0)


def _cut(tiles: Sequence[_Tile], layout: Layout) -> Iterator[tuple[int, Sequence[_Tile]]]:
    for number in range(layout.sheets(len(tiles))):
        yield number, tiles[number * layout.capacity : (number + 1) * layout.capacity]


def _pictures(storage: Storage, tiles: Sequence[_Tile]) -> list[Picture.Image]:
    """The pictures of tiles, each read once however many maps its image has on the sheet."""
    opened = {blob: open_picture(storage, blob) for blob in {tile.picture for tile in tiles}}
    return [opened[tile.picture] for tile in tiles]
