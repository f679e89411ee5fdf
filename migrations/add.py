"""Write the next migration: what the tables have and the newest migration has not."""

import subprocess
import sys
from pathlib import Path

from alembic import command
from scratch import empty_database

from glossator.embedded.migrations import configuration, head, upgrade


def main(name: str) -> None:
    if not name.strip():
        sys.exit('Say what changes: make migration NAME="boards remember their zoom".')
    number = f"{int(head() or 0) + 1:04d}"
    with empty_database() as engine:
        upgrade(engine)
        with engine.begin() as connection:
            script = command.revision(configuration(connection), name, autogenerate=True, rev_id=number)
    if script is None or isinstance(script, list):
        sys.exit("Alembic wrote no script.")
    subprocess.run([sys.executable, "-m", "ruff", "format", "--quiet", script.path], check=True)
    sys.stdout.write(f"Wrote {Path(script.path).name}: read it, then write its test with data in it.\n")


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]))
