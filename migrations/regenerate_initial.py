"""Write `versions/0001_initial.py` anew from the tables; allowed until the first release only."""

import subprocess
import sys
from pathlib import Path

from alembic import command
from scratch import empty_database

from glossator.embedded.migrations import configuration

TARGET = Path(__file__).parent / "versions" / "0001_initial.py"


def main() -> None:
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.unlink(missing_ok=True)
    with empty_database() as engine, engine.begin() as connection:
        script = command.revision(
            configuration(connection), "The tables of the first release", autogenerate=True, rev_id="0001"
        )
    if script is None or isinstance(script, list):
        raise SystemExit("Alembic wrote no script.")
    text = Path(script.path).read_text()
    Path(script.path).unlink()
    TARGET.write_text("".join(line for line in text.splitlines(True) if not line.strip().startswith("# ###")))
    ruff = [sys.executable, "-m", "ruff"]
    subprocess.run([*ruff, "check", "--fix", "--quiet", str(TARGET)], check=True)
    subprocess.run([*ruff, "format", "--quiet", str(TARGET)], check=True)


if __name__ == "__main__":
    main()
