"""`glossator up` for real: the link, a second instance, the doctor, stopping, as root and as a user."""

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.service import RunningService, free_port, python, until

from glossator.embedded.processes import start_time
from glossator.embedded.supervisor import STOP_SECONDS


def glossator(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = python("-m", "glossator.cli.main", *arguments)
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    data = tmp_path_factory.mktemp("up") / "data"
    command = python("-m", "glossator.cli.main", "up", "--data", str(data), "--port", str(free_port()))
    running = RunningService(data, command)
    running.start()
    yield running
    if running.process and running.process.poll() is None:
        running.stop()


def _address(service: RunningService) -> str:
    return str(json.loads((service.data / "instance.json").read_text())["public_url"])


def test_it_prints_a_sign_in_link_that_works(service: RunningService) -> None:
    line = service.wait_for_line("Sign in: ")
    found = re.fullmatch(r"Sign in: (http://127\.0\.0\.1:\d+)/sign-in/([\w-]{22,})", line)
    assert found
    assert found.group(1) == _address(service)
    with urllib.request.urlopen(f"{found.group(1)}/api/sign-in-links/{found.group(2)}") as answer:
        assert json.load(answer)["usable"] is True


def test_health_says_ok(service: RunningService) -> None:
    with urllib.request.urlopen(f"{_address(service)}/health") as answer:
        assert json.load(answer)["status"] == "ok"


def test_a_second_instance_on_the_folder_is_refused_in_one_sentence(service: RunningService) -> None:
    assert service.process
    second = glossator("up", "--data", str(service.data))
    assert second.returncode == 2
    assert second.stderr.count("\n") == 1
    assert str(service.process.pid) in second.stderr
    assert str(service.data) in second.stderr


def test_a_demanded_port_that_is_taken_is_refused(service: RunningService, tmp_path: Path) -> None:
    port = _address(service).rpartition(":")[2]
    second = glossator("up", "--data", str(tmp_path / "other"), "--port", port)
    assert second.returncode == 2
    assert f"Port {port}" in second.stderr


def test_the_doctor_finds_nothing_broken_while_it_runs(service: RunningService) -> None:
    examined = glossator("doctor", "--data", str(service.data))
    assert examined.returncode == 0, examined.stdout + examined.stderr
    lines = examined.stdout.splitlines()
    subjects = {line[9:].split("  ")[0].strip() for line in lines}
    assert subjects >= {"Python", "disk", "memory", "folder", "database", "broker", "migrations", "worker"}
    assert not any(line.startswith("broken") for line in lines)


def test_only_the_owner_may_read_what_holds_passwords(service: RunningService) -> None:
    for name in ("secret", "instance.json", "processes.json"):
        assert (service.data / name).stat().st_mode & 0o077 == 0
    assert service.data.stat().st_mode & 0o077 == 0


def test_sigterm_stops_everything_and_leaves_nothing_running(service: RunningService) -> None:
    """Within 15 seconds: the supervisor kills what is left after STOP_SECONDS."""
    assert STOP_SECONDS < 15
    pids = [service.pid_of(name) for name in ("postgres", "redis", "web", "worker")]
    assert service.stop() == 0
    assert all(start_time(pid) is None for pid in pids)
    assert not (service.data / "instance.json").exists()
    examined = glossator("doctor", "--data", str(service.data))
    assert "does not run" in examined.stdout


def test_an_ordinary_user_can_run_it(tmp_path: Path) -> None:
    """As root: in a user namespace, where the process sees user 1000 and has no rights beyond it."""
    data = tmp_path / "data"
    command = python("-m", "glossator.cli.main", "up", "--data", str(data), "--port", str(free_port()))
    if os.getuid() == 0:
        if shutil.which("unshare") is None:
            pytest.skip("no unshare to become an ordinary user with")
        command = ["unshare", "--user", "--map-user=1000", "--map-group=1000", *command]
    running = RunningService(data, command)
    running.start("Sign in: ")
    assert running.stop() == 0


def test_help_answers_at_once_and_imports_nothing_heavy() -> None:
    code = (
        "import sys; from glossator.cli.main import main; main(['--help']); "
        "print(sorted({name.split('.')[0] for name in sys.modules} & "
        "{'sqlalchemy', 'fastapi', 'typer', 'celery', 'numpy', 'pydantic'}))"
    )
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout.rstrip().endswith("[]")


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["no-such"], "no command 'no-such'"),
        (["up", "--no-such"], "--no-such"),
        (["user", "add"], "EMAIL"),
        (["sign-in-link", "a@b.example", "--data", "/nowhere"], "does not run"),
    ],
)
def test_wrong_input_is_one_sentence_and_status_2(arguments: list[str], part: str) -> None:
    answer = glossator(*arguments)
    assert answer.returncode == 2
    assert part.lower() in answer.stderr.lower()
    assert answer.stdout == ""
    assert "Traceback" not in answer.stderr


def test_a_closed_pipe_ends_quietly() -> None:
    command = f"{sys.executable} -m glossator.cli.main openapi | head -1"
    answer = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
    assert answer.stdout == "{\n"
    assert answer.stderr == ""


def test_an_installation_survives_that_its_socket_and_lock_files_are_stale(tmp_path: Path) -> None:
    """kill -9 of all at once, as when the machine goes down."""
    data = tmp_path / "data"
    command = python("-m", "glossator.cli.main", "up", "--data", str(data), "--port", str(free_port()))
    running = RunningService(data, command)
    running.start("Sign in: ")
    pids = [running.pid_of(name) for name in ("postgres", "redis", "web")]
    running.kill("supervisor")
    for pid in pids:
        subprocess.run(["kill", "-9", str(pid)], check=False, capture_output=True)
    until(lambda: all(start_time(pid) is None for pid in pids), "all are gone")
    running.start("Sign in: ")
    assert running.stop() == 0
