"""`glossator import`: folders from the command line, once however often it is asked."""

from pathlib import Path

import pytest
from sqlalchemy import text
from tests.integration.import_bench import ImportBench, png

from glossator.cli.main import main


@pytest.fixture
def tiles(tmp_path: Path) -> Path:
    folder = tmp_path / "tiles"
    for label in ("A", "B"):
        (folder / label).mkdir(parents=True)
        for number in range(4):
            (folder / label / f"{number}.png").write_bytes(png((number, len(label), ord(label))))
    (folder / ".DS_Store").write_bytes(b"x")
    return folder


def command(*arguments: object) -> int:
    return main(["import", "data-set", *map(str, arguments)])


def test_a_folder_is_imported_and_the_same_folder_again_is_the_same_data_set(
    bench: ImportBench, data: Path, tiles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(tiles, "--data", data, "--split", "random", "--no-wait") == 0
    first = capsys.readouterr().out
    bench.work()
    capsys.readouterr()  # what the worker says
    (tiles / "A" / "0.png").touch()  # another time, the same content

    assert command(tiles, "--data", data, "--split", "random") == 0

    said = capsys.readouterr()
    assert said.out == first
    assert "8 images imported." in said.err


def test_a_link_in_a_folder_stands_for_its_file(
    bench: ImportBench, data: Path, tiles: Path, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere.png").write_bytes(png(7))
    (tiles / "A" / "link.png").symlink_to(tmp_path / "elsewhere.png")

    assert command(tiles, "--data", data, "--no-wait") == 0
    bench.work()

    with bench.database.transaction() as session:
        assert session.scalar(text("select count(*) from image where file_name = 'A/link.png'")) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "nowhere: No such file or directory."),
        (["{tiles}", "--split", "dice"], "--split is 'dice'"),
        (["{tiles}", "--labels", "nowhere.csv"], "nowhere.csv: No such file or directory."),
        (["{tiles}", "--project", "Birds"], "there are: Tiles"),
        (["{tiles}", "--split", "group"], "put an index.csv"),
        (["{tiles}/A/empty"], "holds no files"),
    ],
)
def test_what_is_wrong_is_one_sentence_and_exit_2(
    bench: ImportBench,
    data: Path,
    tiles: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    said: str,
) -> None:
    (tiles / "A" / "empty").mkdir()

    status = command(*(each.format(tiles=tiles) for each in arguments), "--data", data)

    streams = capsys.readouterr()
    assert (status, streams.out) == (2, "")
    assert said in streams.err
    assert len(streams.err.splitlines()) == 1
