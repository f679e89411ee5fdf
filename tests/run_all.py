"""What `make test` runs, one after the other; the last line is `N passed, N failed` over all of it."""

import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
MODULES = ROOT / "frontend"


@dataclass(frozen=True)
class Part:
    """One command; `report` names a JUnit file it writes, none for a check that counts as one test."""

    name: str
    command: tuple[str, ...]
    folder: Path = ROOT
    report: Path | None = None


@dataclass(frozen=True)
class Outcome:
    name: str
    passed: int
    failed: int
    skipped: int
    seconds: float


def parts(reports: Path) -> list[Part]:
    def pytest(name: str, *arguments: str) -> Part:
        report = reports / f"{name}.xml"
        return Part(
            name,
            (sys.executable, "-m", "pytest", "-q", "-m", "not extended", f"--junitxml={report}", *arguments),
            report=report,
        )

    npm = ("npm", "run", "--silent")
    vitest = reports / "vitest.xml"
    return [
        Part("ruff", (str(BIN / "ruff"), "check", "--quiet", ".")),
        Part("ruff format", (str(BIN / "ruff"), "format", "--check", "--quiet", ".")),
        Part("import arrows", (str(BIN / "lint-imports"), "--no-cache")),
        Part("mypy", (str(BIN / "mypy"), "--no-error-summary")),
        Part("api types", (*npm, "api"), MODULES),
        Part("biome", (*npm, "lint"), MODULES),
        Part("tsc", (*npm, "types"), MODULES),
        Part(
            "vitest",
            (
                "npx",
                "vitest",
                "run",
                "--reporter=default",
                "--reporter=junit",
                f"--outputFile.junit={vitest}",
            ),
            MODULES,
            vitest,
        ),
        pytest("unit", "-n", "2", "tests/unit"),
        pytest("integration", "-n", "2", "tests/integration"),
        pytest("faults", "tests/faults"),
        pytest("browser", "tests/browser"),
    ]


def run(part: Part) -> Outcome:
    words = [Path(part.command[0]).name, *part.command[1:]]
    print(f"\n=== {part.name}: {' '.join(words)}", flush=True)
    started = time.monotonic()
    status = subprocess.run(part.command, cwd=part.folder, check=False).returncode
    seconds = time.monotonic() - started
    if part.report is None:
        return Outcome(part.name, int(status == 0), int(status != 0), 0, seconds)
    passed, failed, skipped = counted(part.report)
    if status != 0 and failed == 0:
        failed = 1  # it broke before or beside its tests
    return Outcome(part.name, passed, failed, skipped, seconds)


def counted(report: Path) -> tuple[int, int, int]:
    """Passed, failed (with errors) and skipped test cases of a JUnit file; zeros when it was not written."""
    if not report.exists():
        return 0, 0, 0
    cases = list(ElementTree.parse(report).iter("testcase"))
    failed = sum(case.find("failure") is not None or case.find("error") is not None for case in cases)
    skipped = sum(case.find("skipped") is not None for case in cases)
    return len(cases) - failed - skipped, failed, skipped


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="glossator-reports-") as folder:
        outcomes = [run(part) for part in parts(Path(folder))]
    print(f"\n{'':16} passed  failed  skipped  seconds")
    for each in outcomes:
        print(f"{each.name:16} {each.passed:6}  {each.failed:6}  {each.skipped:7}  {each.seconds:7.0f}")
    failed = sum(each.failed for each in outcomes)
    print(f"\n{sum(each.passed for each in outcomes)} passed, {failed} failed")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
