"""Server-sent events: the state of what a page follows, whenever it changes."""

import json
import time
from collections.abc import AsyncIterator, Callable
from typing import Annotated

import anyio.to_thread
from fastapi import APIRouter, Query, Request
from sqlalchemy.exc import OperationalError
from sse_starlette import EventSourceResponse, ServerSentEvent

from glossator.database import new_id
from glossator.http.deps import ServicesDep, cookie_name
from glossator.http.listener import Listener
from glossator.http.services import Services
from glossator.http.topics import State, state_of
from glossator.people.accounts import Person, person_of
from glossator.refusal import Refusal

router = APIRouter(prefix="/api", tags=["events"])

HEARTBEAT_SECONDS = 15
SHORTEST_PAUSE_SECONDS = 0.2  # changes within it are sent as one event
MOST_TOPICS = 50


def _event(kind: str, data: State) -> ServerSentEvent:
    return ServerSentEvent(event=kind, id=str(new_id()), data=json.dumps(data))


class _Stream:
    """One browser's connection: whose it is, and what it may still see."""

    def __init__(self, services: Services, token: str | None, topics: list[str]) -> None:
        self.services = services
        self.token = token
        self.topics = topics

    def person(self) -> Person:
        with self.services.database.transaction() as session:
            found = person_of(session, self.token, active=False) if self.token else None
        if found is None:
            raise Refusal("Sign in to go on.", code="not_signed_in", status=401)
        return found

    def read(self, topics: list[str]) -> dict[str, State]:
        """The state of each topic; refused as soon as one may not be seen any more."""
        person = self.person()
        with self.services.database.transaction() as session:
            return {topic: state_of(session, person, topic) for topic in topics}

    async def events(self, listener: Listener) -> AsyncIterator[ServerSentEvent]:
        with listener.follow(self.topics) as subscription:
            try:
                for topic, state in (await self._later(self.read, self.topics)).items():
                    yield _event("state", {"topic": topic, "state": state})
                while not subscription.closed:
                    changed = await subscription.changed(HEARTBEAT_SECONDS)
                    started = time.monotonic()
                    for topic, state in (await self._later(self.read, sorted(changed))).items():
                        yield _event(topic.partition(":")[0], {"topic": topic, **state})
                    if changed:
                        await anyio.sleep(max(0.0, SHORTEST_PAUSE_SECONDS - (time.monotonic() - started)))
            except Refusal as error:
                yield _event("gone", {"code": error.code, "detail": str(error)})
            except OperationalError:
                return  # the browser connects again and begins with the whole state

    @staticmethod
    async def _later(read: Callable[[list[str]], dict[str, State]], topics: list[str]) -> dict[str, State]:
        return await anyio.to_thread.run_sync(read, topics)


@router.get("/events")
def events(
    request: Request, services: ServicesDep, topics: Annotated[str, Query(max_length=4000)]
) -> EventSourceResponse:
    """Begins with `state` of every topic (`job:ID`, `jobs:PROJECT`, `board:ID`, `workers`)."""
    asked = list(dict.fromkeys(filter(None, topics.split(","))))
    if not 1 <= len(asked) <= MOST_TOPICS:
        raise Refusal(
            f"A stream follows 1 to {MOST_TOPICS} topics; {len(asked)} were asked for.", code="topics"
        )
    stream = _Stream(services, request.cookies.get(cookie_name(services.settings)), asked)
    stream.read(asked)  # refused with a plain answer, before the stream begins
    return EventSourceResponse(stream.events(request.app.state.listener), ping=HEARTBEAT_SECONDS)
