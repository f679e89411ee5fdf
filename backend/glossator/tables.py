"""Imports every domain's tables, so that metadata is complete for migrations and tests."""

from sqlalchemy.orm import configure_mappers

from glossator.boards import tables as boards
from glossator.classifiers import tables as classifiers
from glossator.database import Base
from glossator.datasets import tables as datasets
from glossator.jobs import tables as jobs
from glossator.maps import tables as maps
from glossator.namings import tables as namings
from glossator.people import tables as people
from glossator.rounds import tables as rounds

__all__ = [
    "boards",
    "classifiers",
    "configure",
    "datasets",
    "jobs",
    "maps",
    "metadata",
    "namings",
    "people",
    "rounds",
]

metadata = Base.metadata


def configure() -> None:
    """Resolves the domains' tables against one another; every process calls it before its first session."""
    configure_mappers()
