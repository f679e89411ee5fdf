"""Serves the built front end: hashed files for good, one page for every route people see."""

from pathlib import Path

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.types import Scope

STATIC = Path(__file__).parent.parent / "web" / "static"

NOT_BUILT = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Glossator</title>
<p>The pages are not built yet: run <code>make setup</code>, then reload.</p></html>"""


class HashedFiles(StaticFiles):
    """Files whose names hold a hash of their content never change."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        answer = await super().get_response(path, scope)
        answer.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return answer


def install(app: FastAPI, static: Path = STATIC) -> None:
    """After all other routes: what is no file and no API is the application's page."""
    if (static / "assets").is_dir():
        app.mount("/assets", HashedFiles(directory=static / "assets"))
    router = APIRouter(include_in_schema=False)

    @router.get("/{path:path}")
    def page(path: str, request: Request) -> Response:
        if path.startswith(("api/", "assets/")):
            raise HTTPException(404, f"There is nothing at {request.url.path}")
        file = static / path
        if path and static in file.resolve().parents and file.is_file():
            return FileResponse(file, headers={"Cache-Control": "public, max-age=3600"})
        index = static / "index.html"
        headers = {"Cache-Control": "no-cache"}
        return (
            FileResponse(index, headers=headers) if index.is_file() else HTMLResponse(NOT_BUILT, 503, headers)
        )

    app.include_router(router)
