"""Files made for one request, for saving under a name."""

from collections.abc import Iterable

from fastapi.responses import StreamingResponse


def csv_file(pieces: Iterable[str], name: str) -> StreamingResponse:
    """A CSV file made anew at every request, sent as it is made; `name` is plain ASCII without quotes."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return StreamingResponse(
        (piece.encode() for piece in pieces), media_type="text/csv; charset=utf-8", headers=headers
    )
