"""Wires the service together; nothing else."""

import gc
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from glossator import __version__
from glossator.database import Database, make_engine
from glossator.http import (
    agreement,
    boards,
    classifiers,
    data_sets,
    errors,
    events,
    explanations,
    jobs,
    judgements,
    naming_rounds,
    pages,
    people,
    projects,
    runs,
    sign_in,
    system,
)
from glossator.http.listener import Listener
from glossator.http.protection import Protection
from glossator.http.services import Services
from glossator.jobs.relay import Relay
from glossator.logs import configure_logs
from glossator.people.rate_limit import RateLimit
from glossator.settings import Settings, settings
from glossator.storage.blobs import open_storage
from glossator.tables import configure

ROUTERS = (
    system.router,
    sign_in.router,
    projects.router,
    people.router,
    jobs.router,
    data_sets.router,
    classifiers.router,
    runs.router,
    boards.router,
    naming_rounds.router,
    judgements.router,
    agreement.router,
    explanations.router,
    events.router,
)


def make_services(chosen: Settings) -> Services:
    # no retries: while Redis is away a request must not wait for it
    at_once = Retry(NoBackoff(), 0)
    configure()
    redis = Redis.from_url(chosen.redis_url, socket_timeout=2, socket_connect_timeout=2, retry=at_once)
    return Services(
        settings=chosen,
        database=Database(make_engine(chosen.database_url)),
        redis=redis,
        storage=open_storage(chosen.storage_url),
        rate_limit=RateLimit(redis, secrets.token_bytes(32)),
    )


def create_app(chosen: Settings | None = None) -> FastAPI:
    """The web application; settings come from the environment unless given."""
    chosen = chosen or settings()
    configure_logs()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.services = made = make_services(chosen)
        app.state.listener = Listener(chosen.database_url)
        app.state.listener.start()
        relay = Relay(made.database, chosen.redis_url, seconds=chosen.relay_seconds)
        relay.start()
        yield
        await app.state.listener.stop()
        relay.stop()
        made.database.close()
        made.redis.close()

    app = FastAPI(
        title="Glossator",
        version=__version__,
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
    )
    errors.install(app)
    for router in ROUTERS:
        app.include_router(router)
    pages.install(app)
    app.add_middleware(Protection, settings=chosen)
    return app


def own_process() -> FastAPI:
    """The web application for a process that does nothing else.

    What is there at its start stays to the end, so the collector of garbage passes it over: looking through
    it takes a sixth of a second, in which every request waits.
    """
    app = create_app()
    gc.collect()
    gc.freeze()
    return app
