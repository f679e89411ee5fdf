"""`make bench`: run every benchmark here, print its table and write them all to docs/benchmarks.md."""

import ast
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

FOLDER = Path(__file__).parent
TARGET = FOLDER.parents[1] / "docs" / "benchmarks.md"


def summary(path: Path) -> str:
    """The first line of a benchmark's docstring."""
    return (ast.get_docstring(ast.parse(path.read_text())) or path.stem).splitlines()[0]


def run(path: Path) -> tuple[str, int]:
    """What the benchmark printed, shown while it runs, and its exit status."""
    printed: list[str] = []
    with subprocess.Popen(
        [sys.executable, "-m", f"tests.benchmarks.{path.stem}"],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "1")},
    ) as process:
        assert process.stdout
        for line in process.stdout:
            print(line, end="", flush=True)
            printed.append(line)
    return "".join(printed), process.returncode


def main() -> int:
    """Run all, or those named; the number of benchmarks that failed their own bound."""
    wanted = sys.argv[1:]
    paths = [path for path in sorted(FOLDER.glob("[a-z]*.py")) if not wanted or path.stem in wanted]
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
    parts = [
        "# Benchmarks",
        f"`make bench`, {datetime.now(UTC):%Y-%m-%d}, {machine}. Ratios are taken within one run; absolute "
        "times depend on the machine and on what else it does.",
    ]
    failed = 0
    for path in paths:
        print(f"\n## {summary(path)}", flush=True)
        printed, status = run(path)
        failed += status != 0
        command = f"`python -m tests.benchmarks.{path.stem}`"
        parts.append(f"## {summary(path)}\n\n{command}\n\n```\n{printed.rstrip()}\n```")
    if not wanted:
        TARGET.write_text("\n\n".join(parts) + "\n")
    return failed


if __name__ == "__main__":
    sys.exit(main())
