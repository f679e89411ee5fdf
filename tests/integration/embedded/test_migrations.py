"""The schema that migrations build is the schema of the tables, however many start at once."""

import threading
from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, inspect
from tests.servers import Servers

from glossator.database import make_engine
from glossator.embedded import migrations
from glossator.tables import metadata


@pytest.fixture
def empty(servers: Servers) -> Iterator[Engine]:
    with servers.fresh_database(template="template0") as url:
        engine = make_engine(url)
        yield engine
        engine.dispose()


def test_the_migrated_schema_is_that_of_the_tables(empty: Engine) -> None:
    migrations.upgrade(empty)
    with empty.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_every_foreign_key_has_an_index() -> None:
    """Deleting a row, and following a key backwards, must not read a whole table."""
    missing: list[str] = []
    for table in metadata.tables.values():
        starts = [[column.name for column in index.columns] for index in table.indexes]
        starts += [[column.name for column in table.primary_key.columns]]
        starts += [
            [column.name for column in constraint.columns]  # type: ignore[attr-defined]  # unique ones have them
            for constraint in table.constraints
            if type(constraint).__name__ == "UniqueConstraint"
        ]
        missing += [
            f"{table.name}.{key.parent.name}"
            for key in table.foreign_keys
            if not any(names[:1] == [key.parent.name] for names in starts)
        ]
    assert missing == []


def test_many_may_migrate_at_once(empty: Engine) -> None:
    errors: list[Exception] = []

    def migrate() -> None:
        try:
            migrations.upgrade(empty)
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=migrate) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert migrations.current(empty) == migrations.head()


def test_a_downgrade_leaves_nothing_behind(empty: Engine) -> None:
    from alembic import command

    migrations.upgrade(empty)
    with empty.begin() as connection:
        command.downgrade(migrations.configuration(connection), "base")
    assert inspect(empty).get_table_names() == ["alembic_version"]
