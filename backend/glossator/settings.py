"""Every setting of the service, read once from the environment."""

from functools import lru_cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Names are environment variables: `DATABASE_URL`, `REDIS_URL`, … Nothing else is read."""

    model_config = SettingsConfigDict(extra="ignore")

    database_url: str = Field(
        default="",
        description="Postgres 15 or newer with pgvector, postgresql://user:password@host:port/name",
    )
    redis_url: str = Field(default="", description="Redis 6.2 or newer, redis://:password@host:port/0")
    storage_url: str = Field(
        default="",
        description="Where blobs lie: file:///folder or s3://bucket/prefix (credentials as boto3 finds them)",
    )
    public_url: str = Field(
        default="http://127.0.0.1:8400",
        description="The address people type; links and the Origin check use it",
    )
    allowed_hosts: str = Field(
        default="127.0.0.1,localhost",
        description="Host headers that are answered, comma-separated; anything else is 421",
    )
    upload_limit_mb: int = Field(default=4096, description="Largest upload in megabytes")
    unpacked_limit_mb: int = Field(
        default=20_480, description="Largest unpacked size of an uploaded zip in megabytes"
    )
    image_limit_megapixels: int = Field(default=120, description="Largest single image that is decoded")
    session_idle_hours: float = Field(default=12, description="A sign-in ends after so long without activity")
    session_absolute_days: float = Field(default=14, description="A sign-in ends after so long in any case")
    link_hours: float = Field(default=24, description="How long a one-time sign-in link works")
    lease_seconds: float = Field(
        default=30, description="A step goes to another worker when its lease was not renewed so long"
    )
    heartbeat_seconds: float = Field(
        default=10, description="How often a worker renews its lease and says it is alive"
    )
    relay_seconds: float = Field(default=15, description="How often waiting steps are announced again")
    worker_niceness: int = Field(
        default=0, ge=0, le=19, description="How far a worker steps back for others on its machine (nice)"
    )
    wordnet_folder: Path | None = Field(
        default=None,
        description="Folder with WordNet's index.noun and data.noun; nltk's and npm's need not be named",
    )
    demo_folder: Path | None = Field(
        default=None, description="Where the demo's bundle lies; found by itself in a clone"
    )


@lru_cache
def settings() -> Settings:
    return Settings()
