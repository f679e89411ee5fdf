"""Writes docs/examples anew: the export of five scripted annotators at boards of the demo's network.

.venv/bin/python -m tests.browser.examples
"""

import subprocess
import tempfile
from pathlib import Path

from tests.browser.agreement.scripted import ROUND, judged, played
from tests.browser.installation import GLOSSATOR, installation, workshop

TARGET = Path(__file__).parents[2] / "docs" / "examples"


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        installation(Path(folder) / "data") as running,
        workshop(running) as built,
    ):
        played(built)
        judged(built)
        where = ["--data", str(running.data), "--output"]
        namings = ["export", "namings", "--round", ROUND, *where, str(TARGET / "namings.csv")]
        judgements = ["export", "judgements", *where, str(TARGET / "judgements.csv")]
        for options in (namings, judgements):
            subprocess.run([str(GLOSSATOR), *options], check=True)


if __name__ == "__main__":
    main()
