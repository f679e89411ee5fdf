"""Listens to Postgres once per web process and wakes the streams that follow a topic."""

import asyncio
import contextlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator

import psycopg
import structlog

from glossator.database_events import CHANNEL

RECONNECT_SECONDS = 1.0

log = structlog.get_logger()


class Subscription:
    """Topics that changed since they were last taken."""

    def __init__(self) -> None:
        self._changed: set[str] = set()
        self._wake = asyncio.Event()
        self.closed = False

    def mark(self, topics: Iterable[str]) -> None:
        self._changed.update(topics)
        self._wake.set()

    def close(self) -> None:
        self.closed = True
        self._wake.set()

    async def changed(self, timeout_s: float) -> set[str]:
        """Waits for a change, at most this long; empty when there was none."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), timeout_s)
        self._wake.clear()
        taken, self._changed = self._changed, set()
        return taken


class Listener:
    """One LISTEN connection; after an interruption every stream reads its topics anew."""

    def __init__(self, database_url: str) -> None:
        self._url = database_url
        self._followers: defaultdict[str, set[Subscription]] = defaultdict(set)
        self._task: asyncio.Task[None] | None = None
        self._stopping = False

    def start(self) -> None:
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        self._stopping = True
        for subscription in set().union(*self._followers.values()):
            subscription.close()
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    @contextlib.contextmanager
    def follow(self, topics: Iterable[str]) -> Iterator[Subscription]:
        subscription = Subscription()
        topics = list(topics)
        for topic in topics:
            self._followers[topic].add(subscription)
        if self._stopping:
            subscription.close()
        try:
            yield subscription
        finally:
            for topic in topics:
                self._followers[topic].discard(subscription)
                if not self._followers[topic]:
                    del self._followers[topic]

    async def _run(self) -> None:
        while True:
            try:
                await self._listen()
            except psycopg.Error as error:
                log.warning("listening interrupted", error=str(error))
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _listen(self) -> None:
        connection = await psycopg.AsyncConnection.connect(self._url, autocommit=True)
        async with connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            for topic, followers in list(self._followers.items()):
                for subscription in followers:
                    subscription.mark([topic])
            async for notification in connection.notifies():
                topic = json.loads(notification.payload)["topic"]
                for subscription in self._followers.get(topic, ()):
                    subscription.mark([topic])
