"""What all bodies share: frozen models, times in UTC with milliseconds, pages."""

from datetime import UTC, datetime
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

T = TypeVar("T")


def rfc3339(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


Moment = Annotated[datetime, PlainSerializer(rfc3339, return_type=str, when_used="json")]


Position = Annotated[int, Field(ge=0, le=2**31 - 1)]
"""Of a class in its run, of a sheet among others, in a request: no more than the database's integers hold."""


class Schema(BaseModel):
    """An answer."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


class Body(BaseModel):
    """A request; a field that is not known is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Page(Schema, Generic[T]):
    """One page of a list; `next` goes into `after` for the following one."""

    items: list[T]
    next: str | None
