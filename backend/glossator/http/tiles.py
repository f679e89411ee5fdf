"""Where the pictures of maps are: places in the sprite sheets of a run and class."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from glossator.http.agreement_schemas import TileOut, TileSheetsOut, TilesOut
from glossator.maps import queries as maps
from glossator.maps.tables import Run, Sheet
from glossator.refusal import not_found


def tiles_of(session: Session, run: Run, position: int, tiles: Sequence[TileOut]) -> TilesOut:
    """These tiles of a class of a finished run, with its sheets in the variant that stands on boards."""
    height, width = maps.map_size(run)
    return TilesOut(
        photographs=_sheets(maps.sheets(session, run.id, position, "photographs")),
        maps=_sheets(maps.sheets(session, run.id, position, run.variant or "plain")),
        map_height=height,
        map_width=width,
        tiles=list(tiles),
    )


def _sheets(rows: Sequence[Sheet]) -> TileSheetsOut:
    if not rows:
        raise not_found("class")
    first = rows[0]
    address = f"/api/runs/{first.run_id}/classes/{first.class_position}/sheets/{first.kind}"
    return TileSheetsOut(
        size=first.tile,
        columns=first.columns,
        capacity=first.capacity,
        urls=[f"{address}/{row.number}" for row in rows],
    )
