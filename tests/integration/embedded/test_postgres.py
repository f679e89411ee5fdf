"""The embedded Postgres: as root and not, after a crash, beside strangers' processes."""

import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from tests.service import until

from glossator.embedded import postgres as module
from glossator.embedded.children import Child
from glossator.embedded.postgres import Postgres, choose_identity, find_binaries
from glossator.embedded.processes import AsRoot
from glossator.refusal import Refusal

as_root = pytest.mark.skipif(os.getuid() != 0, reason="only root has to change who it is")


@contextmanager
def running(folder: Path) -> Iterator[tuple[Postgres, Child]]:
    server = Postgres.at(folder / "postgres", folder / "run", "word")
    child = Child(server.child(), folder / "log")
    child.start()
    try:
        child.wait_ready()
        yield server, child
    finally:
        child.stop()


def test_the_binaries_are_found_with_pgvector() -> None:
    binaries = find_binaries()
    assert int(binaries.version().split(".")[0]) >= 15
    assert binaries.origin


def test_a_wrong_folder_of_binaries_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GLOSSATOR_PG_BIN", "/nowhere")
    with pytest.raises(Refusal, match="GLOSSATOR_PG_BIN is '/nowhere'"):
        find_binaries()


def test_it_asks_for_the_password_and_listens_on_no_port(tmp_path: Path) -> None:
    with running(tmp_path) as (server, child):
        with psycopg.connect(server.url()) as connection:
            assert connection.execute("show listen_addresses").fetchone() == ("",)
            assert connection.execute("show server_encoding").fetchone() == ("UTF8",)
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(server.url().replace(":word@", ":wrong@"))
        assert child.process
        assert not _runs_as_root(child.process.pid)


def _runs_as_root(pid: int) -> bool:
    """What the process itself sees as its user id (a user namespace maps it)."""
    uids = Path(f"/proc/{pid}/uid_map").read_text().split()
    real = Path(f"/proc/{pid}").stat().st_uid
    return real == 0 and uids[0] == "0"


def test_after_kill_9_the_next_start_goes_on_with_what_was_committed(tmp_path: Path) -> None:
    with running(tmp_path) as (server, child):
        with psycopg.connect(server.url()) as connection:
            connection.execute("create table kept (n int)")
            connection.execute("insert into kept values (7)")
        assert child.process
        child.process.send_signal(signal.SIGKILL)
        child.process.wait()
        assert (server.folder / "postmaster.pid").exists()

        def starts_again() -> bool:
            again = Child(server.child(), tmp_path / "log")
            again.start()
            try:
                again.wait_ready()
            except Refusal:  # its backends hold the shared memory for an instant
                return False
            child.process = again.process
            return True

        until(starts_again, "it starts again")
        with psycopg.connect(server.url()) as connection:
            assert connection.execute("select n from kept").fetchall() == [(7,)]


def test_a_lock_file_whose_number_went_to_a_stranger_does_not_stop_the_start(tmp_path: Path) -> None:
    """As after a restart of the machine: the recorded pid is alive, but no postmaster of this cluster."""
    with running(tmp_path) as (server, _):
        pass
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as stranger:
        lock = f"{stranger.pid}\n{server.folder}\n1\n{module.PORT}\n{server.sockets}\n\n"
        for path in (server.folder / "postmaster.pid", server.sockets / f".s.PGSQL.{module.PORT}.lock"):
            path.write_text(lock)
            server.identity.own(path)
            path.chmod(0o600)
        with running(tmp_path) as (again, _):
            assert again.ready()
        assert stranger.poll() is None
        stranger.kill()


@as_root
def test_root_hands_the_cluster_to_an_account_where_that_can_reach_it(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    binaries = find_binaries()
    monkeypatch.setattr(module, "_works", lambda identity, *_: identity.way is AsRoot.ACCOUNT)
    chosen = choose_identity(binaries, tmp_path_factory.mktemp("x") / "data" / "postgres")
    assert chosen.way is AsRoot.ACCOUNT
    assert chosen.account in module.ACCOUNTS


@as_root
def test_root_takes_a_user_namespace_where_no_account_reaches_the_folder(tmp_path: Path) -> None:
    """pytest's temporary folders have mode 0700, so no other account gets through."""
    assert tmp_path.parent.stat().st_mode & 0o011 == 0 or tmp_path.stat().st_mode & 0o011 == 0
    identity = choose_identity(find_binaries(), tmp_path / "data" / "postgres")
    assert identity.way is AsRoot.NAMESPACE


@as_root
def test_without_either_way_root_is_told_what_to_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_works", lambda *_: False)
    with pytest.raises(Refusal, match="DATABASE_URL"):
        choose_identity(find_binaries(), tmp_path / "data" / "postgres")


@as_root
def test_a_cluster_stays_with_the_owner_it_has(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "postgres"
    folder.mkdir(parents=True)
    version = folder / "PG_VERSION"
    version.write_text("18")
    assert choose_identity(find_binaries(), folder).way is AsRoot.NAMESPACE
    nobody = pwd.getpwnam("nobody")
    os.chown(version, nobody.pw_uid, nobody.pw_gid)
    identity = choose_identity(find_binaries(), folder)
    assert (identity.way, identity.account) == (AsRoot.ACCOUNT, "nobody")
