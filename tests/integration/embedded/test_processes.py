"""Children: recognised by pid and start time, stopped, and gone with their supervisor."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from tests.service import until

from glossator.embedded.processes import LINUX, ProcessRecord, spawn, start_time, stop_leftovers

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); "
    "time.sleep(600)",
]


def test_a_left_over_child_is_stopped() -> None:
    with subprocess.Popen(SLEEP) as child:
        record = ProcessRecord.of("worker", child.pid)
        assert record.alive()
        assert stop_leftovers([record]) == ["worker"]
        assert child.wait(10) == -signal.SIGTERM
        assert not record.alive()


def test_a_left_over_child_that_does_not_listen_is_killed() -> None:
    with subprocess.Popen(STUBBORN, stdout=subprocess.PIPE) as child:
        assert child.stdout
        child.stdout.readline()
        stop_leftovers([ProcessRecord.of("worker", child.pid)], patience=0.3)
        assert child.wait(10) == -signal.SIGKILL


def test_a_process_that_only_has_the_number_is_left_alone() -> None:
    """The pid went to somebody else after a restart of the machine."""
    with subprocess.Popen(SLEEP) as stranger:
        record = replace(ProcessRecord.of("worker", stranger.pid), started="other boot:17")
        assert stop_leftovers([record]) == []
        assert stranger.poll() is None
        stranger.kill()


def test_a_process_that_ended_has_no_start_time() -> None:
    with subprocess.Popen(["true"]) as child:
        child.wait()
    assert start_time(child.pid) is None
    assert start_time(os.getpid()) == start_time(os.getpid())


PARENT = """
import os, sys, time
from pathlib import Path
from glossator.embedded.processes import spawn
sleep = [sys.executable, "-c", "import time; time.sleep(600)"]
child = spawn(sleep, log=Path(sys.argv[1]), environment=os.environ)
print(child.pid, flush=True)
time.sleep(600)
"""


@pytest.mark.skipif(not LINUX, reason="only Linux has a parent-death signal")
def test_children_die_with_a_killed_supervisor(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PARENT, str(tmp_path / "log")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        pid = int(parent.stdout.readline())
        assert start_time(pid) is not None
        parent.kill()
    until(lambda: start_time(pid) is None, "the child died too")


def test_the_output_of_a_child_goes_to_its_log(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("earlier\n")
    code = "import sys; print('out'); print('error', file=sys.stderr)"
    with spawn([sys.executable, "-c", code], log=log, environment=os.environ) as child:
        child.wait(30)
    assert sorted(log.read_text().splitlines()) == ["earlier", "error", "out"]
