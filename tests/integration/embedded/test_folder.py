"""The data folder: who may enter, who holds it."""

import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from glossator.embedded.folder import LONGEST_NAME, LONGEST_SOCKET, Addresses, DataFolder
from glossator.embedded.processes import ProcessRecord
from glossator.refusal import Refusal

ADDRESSES = Addresses("postgresql://a", "redis://b", "file:///c", "http://d")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_folder_is_open_to_its_owner_alone(tmp_path: Path) -> None:
    folder = DataFolder.create(tmp_path / "a" / "b")
    folder.write_instance(ADDRESSES)
    folder.secret()
    assert mode(folder.path) == 0o700
    assert mode(folder.instance_file) == 0o600
    assert mode(folder.path / "secret") == 0o600


def test_a_folder_made_open_by_somebody_is_closed_again(tmp_path: Path) -> None:
    folder = DataFolder.create(tmp_path / "data")
    folder.path.chmod(0o755)
    assert mode(DataFolder.create(folder.path).path) == 0o700


def test_a_folder_with_other_files_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("x")
    tmp_path.chmod(0o755)
    with pytest.raises(Refusal, match="holds other files"):
        DataFolder.create(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["thesis.tex"]
    assert mode(tmp_path) == 0o755


def test_a_file_in_the_place_of_the_folder_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("x")
    with pytest.raises(Refusal, match="can't be used as data folder"):
        DataFolder.create(tmp_path / "data")


def test_the_secret_is_made_once(tmp_path: Path) -> None:
    folder = DataFolder.create(tmp_path / "data")
    assert len(folder.secret()) == 64
    assert folder.secret() == DataFolder.create(tmp_path / "data").secret()
    assert folder.secret() != DataFolder.create(tmp_path / "other").secret()


HOLD = """
import sys
import tempfile
from pathlib import Path
from glossator.embedded.folder import DataFolder
with DataFolder.create(Path(sys.argv[1])).held():
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_instance_is_refused_with_pid_and_folder_until_the_first_is_gone(tmp_path: Path) -> None:
    path = tmp_path / "data"
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(Refusal) as refused, DataFolder.create(path).held():
            pass
        assert str(holder.pid) in str(refused.value)
        assert str(path) in str(refused.value)
        holder.kill()
    with DataFolder.create(path).held():
        assert (path / "instance.lock").read_text() == str(os.getpid())


def test_sockets_move_to_the_runtime_folder_when_the_path_is_too_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tempfile.TemporaryDirectory(prefix="g-") as short:
        monkeypatch.setenv("XDG_RUNTIME_DIR", short)
        near = DataFolder.create(Path(short) / "data")
        assert near.sockets() == near.path / "run"
        far = DataFolder.create(tmp_path / ("x" * 120))
        assert far.sockets().parent == Path(short)
        assert len(str(far.sockets())) + LONGEST_NAME <= LONGEST_SOCKET
        assert far.sockets() == DataFolder.create(far.path).sockets()


def test_what_was_started_is_remembered_and_nonsense_is_nothing(tmp_path: Path) -> None:
    folder = DataFolder.create(tmp_path / "data")
    assert folder.processes() == []
    record = ProcessRecord.of("worker", os.getpid())
    folder.write_processes([record])
    assert folder.processes() == [record]
    (folder.path / "processes.json").write_text('[{"half')
    assert folder.processes() == []
