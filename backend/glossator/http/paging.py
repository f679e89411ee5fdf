"""Keyset paging: newest first by id, with an opaque cursor."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import Depends, Query
from sqlalchemy import Select
from sqlalchemy.orm import InstrumentedAttribute, Session

from glossator.refusal import Refusal

T = TypeVar("T")


Cursor = Annotated[str | None, Query(max_length=100)]


class Window:
    """`?limit=50&after=CURSOR`."""

    def __init__(self, limit: Annotated[int, Query(ge=1, le=200)] = 50, after: Cursor = None) -> None:
        self.limit = limit
        self.after = _decoded(after) if after else None


class WideWindow(Window):
    """For a list that is made as a whole for each of its pages."""

    def __init__(self, limit: Annotated[int, Query(ge=1, le=2_000)] = 50, after: Cursor = None) -> None:
        super().__init__(limit, after)


WindowDep = Annotated[Window, Depends()]
WideWindowDep = Annotated[WideWindow, Depends()]


def encoded(key: UUID) -> str:
    return base64.urlsafe_b64encode(key.bytes).decode().rstrip("=")


def _decoded(cursor: str) -> UUID:
    try:
        return UUID(bytes=base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
    except (binascii.Error, ValueError):
        raise Refusal(
            "The cursor in `after` is damaged; start again from the first page.", code="cursor"
        ) from None


def page(
    session: Session,
    statement: Select[T],
    key: InstrumentedAttribute[UUID],
    window: Window,
    *,
    ascending: bool = False,
) -> tuple[Sequence[T], str | None]:
    """The rows of this window by id, newest first unless ascending, and the cursor of the next."""
    if window.after is not None:
        statement = statement.where(key > window.after if ascending else key < window.after)
    ordered = statement.order_by(key if ascending else key.desc()).limit(window.limit + 1)
    rows = session.scalars(ordered).all()
    if len(rows) <= window.limit:
        return rows, None
    last = rows[window.limit - 1]
    return rows[: window.limit], encoded(getattr(last, key.key))


def page_of(items: Sequence[T], key: Callable[[T], UUID], window: Window) -> tuple[list[T], str | None]:
    """The items of this window in the order given, and the cursor of the next; for lists made in Python."""
    start = 0
    if window.after is not None:
        start = next((at for at, item in enumerate(items, 1) if key(item) == window.after), -1)
        if start < 0:
            raise Refusal("What `after` points to is gone; start again from the first page.", code="cursor")
    shown = list(items[start : start + window.limit])
    return shown, encoded(key(shown[-1])) if start + window.limit < len(items) else None
