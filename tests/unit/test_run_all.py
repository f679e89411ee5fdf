"""The count behind the last line of `make test`."""

from pathlib import Path

import pytest
from tests import run_all
from tests.run_all import Part, counted, run

REPORT = """<testsuites><testsuite>
<testcase name="a"/><testcase name="b"><failure>no</failure></testcase>
<testcase name="c"><error>no</error></testcase><testcase name="d"><skipped/></testcase><testcase name="e"/>
</testsuite></testsuites>"""


def test_passed_failed_and_skipped_are_told_apart(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(REPORT)
    assert counted(report) == (2, 2, 1)
    assert counted(tmp_path / "missing.xml") == (0, 0, 0)


def test_a_run_that_breaks_before_its_tests_counts_as_failed(tmp_path: Path) -> None:
    outcome = run(Part("broken", ("false",), report=tmp_path / "never.xml"))
    assert (outcome.passed, outcome.failed) == (0, 1)


@pytest.mark.parametrize(("command", "passed", "failed"), [("true", 1, 0), ("false", 0, 1)])
def test_a_check_counts_as_one_test(command: str, passed: int, failed: int) -> None:
    outcome = run(Part("check", (command,)))
    assert (outcome.passed, outcome.failed) == (passed, failed)


@pytest.mark.parametrize(
    ("command", "last", "status"), [("true", "1 passed, 0 failed", 0), ("false", "0 passed, 1 failed", 1)]
)
def test_the_last_line_sums_up_and_the_status_says_whether_any_failed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], command: str, last: str, status: int
) -> None:
    monkeypatch.setattr(run_all, "parts", lambda reports: [Part("check", (command,))])
    assert run_all.main() == status
    assert capsys.readouterr().out.splitlines()[-1] == last
