"""An import bench whose storage is that of the web application."""

from uuid import UUID

import pytest
from starlette.testclient import TestClient
from tests.integration.import_bench import ImportBench

from glossator.database import Database
from glossator.settings import Settings


@pytest.fixture
def bench(
    client: TestClient, database: Database, service_settings: Settings, project_id: UUID
) -> ImportBench:
    services = client.app.state.services  # type: ignore[attr-defined]  # FastAPI's
    return ImportBench(database, services.storage, service_settings, project_id)
