"""Blobs as answers: they never change, so a browser may keep them, for its own person only."""

from fastapi import Response

from glossator.storage.blobs import Storage

_KEPT = "private, max-age=31536000, immutable"


def blob(storage: Storage, sha256: str, media_type: str) -> Response:
    """The content of a blob, to be kept by the browser that asked."""
    return Response(
        storage.get(sha256), media_type=media_type, headers={"Cache-Control": _KEPT, "ETag": f'"{sha256}"'}
    )
