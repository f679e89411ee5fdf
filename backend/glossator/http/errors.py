"""The one shape of every error: application/problem+json."""

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

from glossator.database import new_id
from glossator.http.schemas import Schema
from glossator.people.rate_limit import TooManyAttempts
from glossator.refusal import Refusal

log = structlog.get_logger()

TITLES = {
    400: "Bad request",
    401: "Not signed in",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    409: "Conflict",
    410: "Used up",
    413: "Too large",
    415: "Unsupported format",
    421: "Unknown host",
    422: "Can't be done",
    429: "Too many requests",
    500: "Something broke",
    503: "Not available right now",
}


class FieldProblem(Schema):
    path: str
    message: str


class Problem(Schema):
    """What every error answers."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    request_id: str
    fields: list[FieldProblem] | None = None


class ProblemResponse(JSONResponse):
    media_type = "application/problem+json"


def problem(
    request: Request,
    *,
    status: int,
    code: str,
    detail: str,
    fields: list[FieldProblem] | None = None,
    headers: dict[str, str] | None = None,
    extra: dict[str, object] | None = None,
) -> Response:
    body = Problem(
        type=f"/problems/{code}",
        title=TITLES.get(status, "Error"),
        status=status,
        detail=detail,
        code=code,
        request_id=request_id(request),
        fields=fields,
    )
    content = body.model_dump(mode="json", exclude_none=True) | (extra or {})
    return ProblemResponse(content, status_code=status, headers=headers)


def request_id(request: Request) -> str:
    if not hasattr(request.state, "request_id"):
        request.state.request_id = str(new_id())
    return str(request.state.request_id)


def _path(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location if part not in {"body", "query", "path", "header"})


def install(app: FastAPI) -> None:
    @app.exception_handler(Refusal)
    def refused(request: Request, error: Refusal) -> Response:
        seconds = error.retry_after if isinstance(error, TooManyAttempts) else None
        headers = {"Retry-After": str(seconds)} if seconds is not None else None
        extra = getattr(error, "extra", None)
        return problem(
            request, status=error.status, code=error.code, detail=str(error), headers=headers, extra=extra
        )

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        fields = [FieldProblem(path=_path(each["loc"]), message=each["msg"]) for each in error.errors()]
        first = fields[0]
        detail = f"{first.path or 'The request'}: {first.message}."
        return problem(request, status=422, code="invalid", detail=detail, fields=fields)

    @app.exception_handler(HTTPException)
    def http_error(request: Request, error: HTTPException) -> Response:
        code = TITLES.get(error.status_code, "error").lower().replace(" ", "_")
        return problem(
            request,
            status=error.status_code,
            code=code,
            detail=f"{error.detail}.",
            headers=dict(error.headers or {}),
        )

    @app.exception_handler(OperationalError)
    def database_away(request: Request, error: OperationalError) -> Response:
        log.warning("database away", error=str(error.orig), request_id=request_id(request))
        return problem(
            request,
            status=503,
            code="starting",
            detail="The database does not answer at the moment; nothing was changed, try again shortly.",
            headers={"Retry-After": "2"},
        )

    @app.exception_handler(Exception)
    def broke(request: Request, error: Exception) -> Response:
        log.error("request failed", request_id=request_id(request), path=request.url.path, exc_info=error)
        return problem(
            request,
            status=500,
            code="internal",
            detail=f"Something broke on our side; the log has it under {request_id(request)}.",
        )
