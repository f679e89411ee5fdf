"""`glossator import classifier` and `glossator run`: from the command line, once however often asked."""

from pathlib import Path

import pytest
from sqlalchemy import func, select
from tests.integration.maps.conftest import ARCHITECTURE, CLASSES, Bench

from glossator.classifiers.tables import Classifier
from glossator.cli.main import main
from glossator.maps.tables import Run


@pytest.fixture
def weights_file(tmp_path: Path, weights: bytes) -> Path:
    file = tmp_path / "net.safetensors"
    file.write_bytes(weights)
    return file


def import_classifier(file: Path, data: Path, *more: str) -> int:
    required = ("--architecture", ARCHITECTURE, "--data-set", "Shapes")
    return main(["import", "classifier", str(file), *required, "--data", str(data), "--no-wait", *more])


def run(data: Path, *arguments: str) -> int:
    return main(["run", *arguments, "--data", str(data)])


def test_a_classifier_is_imported_with_the_names_of_its_file(
    bench: Bench, data: Path, weights_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    names = tmp_path / "names.txt"
    names.write_text("\n".join(reversed(CLASSES)))

    assert import_classifier(weights_file, data, "--class-names", str(names)) == 0

    with bench.database.transaction() as session:
        made = session.scalars(select(Classifier).where(Classifier.name == "net")).one()
        assert capsys.readouterr().out.strip().endswith(f"/classifiers/{made.id}")


def test_a_file_that_is_no_checkpoint_is_one_sentence(
    bench: Bench, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "net.pth"
    file.write_bytes(b"no weights at all")

    status = import_classifier(file, data)

    streams = capsys.readouterr()
    assert (status, streams.out, len(streams.err.splitlines())) == (2, "", 1)


def test_a_run_asked_for_twice_is_one_run_and_a_finished_one_is_told_at_once(
    bench: Bench, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(data, "Shapes by chance", "--x-features", "4", "--no-wait") == 0
    address = capsys.readouterr().out
    bench.compute()
    capsys.readouterr()  # what the worker says

    assert run(data, "Shapes by chance", "--x-features", "4") == 0

    said = capsys.readouterr()
    assert said.out == address
    assert said.err.startswith("100%")
    with bench.database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Run)) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Ships"], "There is no classifier 'Ships': there are Shapes by chance."),
        (["Shapes by chance", "--share", "0"], "--share must lie above 0 and be at most 1"),
        (["Shapes by chance", "--project", "Birds"], "There is no classifier 'Shapes by chance'"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_exit_2(
    bench: Bench, data: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    status = run(data, *arguments)

    streams = capsys.readouterr()
    assert (status, streams.out) == (2, "")
    assert said in streams.err
