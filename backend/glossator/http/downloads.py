"""Files made for one request, for saving under a name."""

from fastapi import Response


def csv_file(text: str, name: str) -> Response:
    """A CSV file that is made anew at every request; `name` is plain ASCII without quotes."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(text.encode(), media_type="text/csv; charset=utf-8", headers=headers)
