"""An import bench on this test's own database."""

from uuid import UUID

import pytest
from tests.integration.import_bench import ImportBench

from glossator.database import Database
from glossator.settings import Settings
from glossator.storage.blobs import FolderStorage


@pytest.fixture
def bench(
    database: Database, storage: FolderStorage, service_settings: Settings, project_id: UUID
) -> ImportBench:
    return ImportBench(database, storage, service_settings, project_id)
