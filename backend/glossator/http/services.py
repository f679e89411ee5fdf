"""What every request may use, made once for the process."""

from dataclasses import dataclass

from redis import Redis

from glossator.database import Database
from glossator.people.rate_limit import RateLimit
from glossator.settings import Settings
from glossator.storage.blobs import Storage


@dataclass(frozen=True)
class Services:
    settings: Settings
    database: Database
    redis: Redis
    storage: Storage
    rate_limit: RateLimit
