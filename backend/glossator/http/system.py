"""Health of this process and what it depends on."""

from typing import Literal

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response
from redis import RedisError
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from glossator.http.deps import ServicesDep
from glossator.http.schemas import Schema

router = APIRouter(tags=["system"])


class Health(Schema):
    status: Literal["ok", "starting"]
    checks: dict[str, str]


@router.get("/health")
def health(services: ServicesDep) -> Response:
    """200 when everything works, else 503 with the same shape."""
    checks = {"database": _database(services), "redis": _redis(services)}
    ok = all(check == "ok" for check in checks.values())
    body = Health(status="ok" if ok else "starting", checks=checks)
    return JSONResponse(
        body.model_dump(), status_code=200 if ok else 503, headers={} if ok else {"Retry-After": "2"}
    )


def _database(services: ServicesDep) -> str:
    try:
        with services.database.transaction() as session:
            session.execute(text("select version_num from alembic_version"))
    except SQLAlchemyError as error:
        return f"does not answer: {type(error).__name__}"
    return "ok"


def _redis(services: ServicesDep) -> str:
    try:
        services.redis.ping()
    except RedisError as error:
        return f"does not answer: {type(error).__name__}"
    return "ok"
