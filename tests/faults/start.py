"""`glossator up` with the worker of the fault tests: `python -m tests.faults.start FOLDER PORT`."""

import sys
from pathlib import Path

from glossator.embedded.up import Options, up

if __name__ == "__main__":
    up(Options(data=Path(sys.argv[1]), port=int(sys.argv[2]), worker_application="tests.faults.worker_app"))
