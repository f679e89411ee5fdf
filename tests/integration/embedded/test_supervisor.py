"""The supervisor with small children: order, restarts, giving up, stopping."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError
from tests.service import until

from glossator.embedded import supervisor as module
from glossator.embedded.children import Child, ChildSpec
from glossator.embedded.folder import DataFolder
from glossator.embedded.supervisor import Malfunction, Supervisor, Watch

FOREVER = "import time; time.sleep(600)"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Backoff in milliseconds; the signal handlers of the test runner come back afterwards."""
    monkeypatch.setattr(module, "FIRST_BACKOFF", 0.01)
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield
    for number, handler in handlers.items():
        signal.signal(number, handler)


def child(name: str, code: str = FOREVER, *, ready: Callable[[int], bool] = lambda pid: True) -> ChildSpec:
    return ChildSpec(name=name, command=(sys.executable, "-c", code), ready=ready, remedy=f"mend the {name}")


class Bench:
    """A supervisor in this thread and what it said; `when` is done by another thread once it holds."""

    def __init__(self, tmp_path: Path, *specs: ChildSpec, **options: object) -> None:
        self.said: list[str] = []
        self.folder = DataFolder.create(tmp_path / "data")
        self.supervisor = Supervisor(specs, self.folder, say=self.said.append, **options)  # type: ignore[arg-type]  # hooks

    def run(self, *acts: tuple[Callable[[], bool], Callable[[], None]]) -> None:
        def follow() -> None:
            for condition, act in acts:
                until(condition, f"the moment to act; said {self.said}", 60)
                act()

        actor = threading.Thread(target=follow)
        actor.start()
        self.supervisor.run()
        actor.join()

    def has_said(self, beginning: str, times: int = 1) -> Callable[[], bool]:
        return lambda: sum(line.startswith(beginning) for line in list(self.said)) >= times

    def pids(self) -> dict[str, int]:
        return {record.name: record.pid for record in self.folder.processes()}


def terminate() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def test_children_start_in_order_each_when_the_one_before_is_ready(tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    first = child("first", ready=lambda pid: gate.exists())
    started = tmp_path / "started"
    second = child("second", f"open({str(started)!r}, 'w').close(); {FOREVER}")
    hooks: list[str] = []
    bench = Bench(tmp_path, first, second, hooks={"first": lambda: hooks.append("first is ready")})

    def open_gate() -> None:
        assert not started.exists()
        assert hooks == []
        gate.touch()

    bench.run((lambda: "first" in bench.pids(), open_gate), (bench.has_said("second: ready"), terminate))
    assert hooks == ["first is ready"]
    assert [line.split(" after")[0] for line in bench.said[:2]] == ["first: ready", "second: ready"]


def test_a_hook_that_finds_the_database_away_is_called_again(tmp_path: Path) -> None:
    calls: list[str] = []

    def migrate() -> None:
        calls.append("called")
        if len(calls) < 3:
            raise OperationalError("select 1", {}, Exception("away"))

    bench = Bench(tmp_path, child("postgres"), child("web"), hooks={"postgres": migrate})
    bench.run((bench.has_said("web: ready"), terminate))
    assert len(calls) == 3
    assert sum(line.startswith("postgres: ready") for line in bench.said) == 1


def test_what_dies_is_started_again_and_its_hook_is_not_called_again(tmp_path: Path) -> None:
    hooks: list[int] = []
    bench = Bench(tmp_path, child("web"), hooks={"web": lambda: hooks.append(1)})
    bench.run(
        (bench.has_said("web: ready"), lambda: os.kill(bench.pids()["web"], signal.SIGKILL)),
        (bench.has_said("web: ready again"), terminate),
    )
    assert "web: ended (SIGKILL), starting again" in bench.said
    assert hooks == [1]


def test_after_five_failures_it_stops_with_the_last_lines_and_the_remedy(tmp_path: Path) -> None:
    broken = child("worker", "import sys; sys.exit('no memory for the model')")
    other = child("redis")
    bench = Bench(tmp_path, other, broken)
    with pytest.raises(Malfunction, match="ended 5 times") as stopped:
        bench.run()
    assert "no memory for the model" in str(stopped.value)
    assert "mend the worker" in str(stopped.value)
    assert bench.said.count("worker: ended (status 1), starting again") == 4
    assert bench.pids() == {}, "the others were stopped"


def test_the_backoff_doubles_and_is_reset_by_a_long_life(tmp_path: Path) -> None:
    watch = Watch(Child(child("x"), tmp_path / "log"), backoff=0.5, ever_ready=True)
    waits = []
    for now in (0.0, 1.0, 2.0, 3.0):
        watch.since = now
        watch.count_failure(now)
        waits.append(watch.restart_at - now)
    assert waits == [0.5, 1.0, 2.0, 4.0]
    watch.since = 10.0
    watch.count_failure(80.0)
    assert watch.restart_at - 80.0 == pytest.approx(module.FIRST_BACKOFF)
    watch.count_failure(300.0)
    assert watch.failures == [300.0], "older failures than two minutes do not count"


def test_a_transient_death_counts_once(tmp_path: Path) -> None:
    log = tmp_path / "log"
    watch = Watch(Child(replace(child("postgres"), transient="still in use"), log))
    watch.count_failure(0.0)
    log.write_text("FATAL: shared memory block is still in use\n")
    for now in (0.5, 1.0, 1.5, 9.0):
        watch.count_failure(now)
    assert watch.failures == [0.0]
    watch.count_failure(11.0)
    assert watch.failures == [0.0, 11.0]


def _is_there(path: Path, pid: int) -> bool:
    return path.exists()


def test_they_stop_in_reverse_order(tmp_path: Path) -> None:
    order = tmp_path / "order"
    note = (
        "import signal, sys, time\n"
        "def stop(*_):\n    open({path!r}, 'a').write({name!r} + ' '); sys.exit()\n"
        "signal.signal(signal.SIGTERM, stop); open({ready!r}, 'w').close()\n"
        "while True: time.sleep(0.05)"
    )
    specs = []
    for name in ("one", "two", "three"):
        ready = tmp_path / name
        code = note.format(path=str(order), name=name, ready=str(ready))
        specs.append(child(name, code, ready=partial(_is_there, ready)))
    bench = Bench(tmp_path, *specs)
    bench.run((bench.has_said("three: ready"), terminate))
    assert order.read_text() == "three two one "
    assert bench.said[-1].startswith("Stopping")


DEAF = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); open({!r}, 'w').close(); "
    "time.sleep(600)"
)


def test_a_child_that_does_not_stop_is_killed_after_its_time(tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    spec = child("worker", DEAF.format(str(ready)), ready=lambda pid: ready.exists())
    bench = Bench(tmp_path, replace(spec, stop_within=0.2))
    bench.run((bench.has_said("worker: ready"), terminate))
    assert "worker: did not stop in time, killed" in bench.said


def test_a_second_signal_kills_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STOP_SECONDS", 240.0)
    ready = tmp_path / "ready"
    spec = child("worker", DEAF.format(str(ready)), ready=lambda pid: ready.exists())
    bench = Bench(tmp_path, replace(spec, stop_within=120))
    started = time.monotonic()
    bench.run((bench.has_said("worker: ready"), terminate), (bench.has_said("Stopping"), terminate))
    assert "worker: did not stop in time, killed" in bench.said
    assert time.monotonic() - started < 100, "it did not wait its 120 seconds"


def test_a_child_that_never_gets_ready_is_started_again(tmp_path: Path) -> None:
    seen: set[int] = set()

    def only_the_second(pid: int) -> bool:
        seen.add(pid)
        return len(seen) > 1

    bench = Bench(tmp_path, replace(child("web", ready=only_the_second), ready_within=0.3))
    bench.run((bench.has_said("web: ready"), terminate))
    assert "web: did not answer within 0 s" in bench.said


def test_a_child_that_runs_once_is_not_started_again(tmp_path: Path) -> None:
    mark = tmp_path / "runs"
    once = replace(child("demo", f"open({str(mark)!r}, 'a').write('x')"), once=True)
    bench = Bench(tmp_path, child("web"), once)
    bench.run((mark.exists, lambda: None), (lambda: "demo" not in _alive(bench), terminate))
    assert mark.read_text() == "x"
    assert not any(line.startswith("demo") for line in bench.said)


def _alive(bench: Bench) -> set[str]:
    return {record.name for record in bench.folder.processes() if record.alive()}


def test_a_log_that_grew_too_long_is_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOG_LIMIT", 10)
    folder = DataFolder.create(tmp_path / "data")
    (folder.logs / "web.log").write_text("old and long enough\n")
    Supervisor([child("web")], folder, say=print)
    assert (folder.logs / "web.log.1").read_text() == "old and long enough\n"
    assert not (folder.logs / "web.log").exists()
