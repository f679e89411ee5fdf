"""`glossator agreement`: the worked cases, every exit, and where results go."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest
from tests.unit.agreement.files.worked import WorkedCase, differences, worked_cases

from glossator.cli.main import main

HEADER = "annotator,class,activation,image,x_feature,concept"
# As in a terminal: what a shell starts in the background ignores Ctrl-C, and so would its children.
TERMINAL = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
COMMAND = [
    sys.executable,
    "-c",
    f"{TERMINAL}; import sys; from glossator.cli.main import main; sys.exit(main())",
    "agreement",
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, so that files have short names."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def namings(folder: Path) -> str:
    """A file of two classes, three annotators; names that need care."""
    drawn = random.Random(5)
    names = ["Eye", "wing, left", "=sum", "Flügel", ""]
    rows = [
        f'p{annotator},{class_},a{at:02},i{at % 7},x{at % 3},"{drawn.choice(names)}"'
        for class_ in ("k", "ß")
        for annotator in range(3)
        for at in range(40)
    ]
    (folder / "N.csv").write_text("\n".join([HEADER, *rows, ""]))
    return "N.csv"


def agreement(capfdbinary: pytest.CaptureFixture[bytes], *arguments: str) -> tuple[int, bytes, str]:
    """Exit status, standard output, standard error."""
    status = main(["agreement", *arguments])
    printed = capfdbinary.readouterr()
    return status, printed.out, printed.err.decode()


@pytest.mark.parametrize("case", worked_cases(), ids=lambda case: case.name.split()[0])
def test_the_worked_cases_come_out(
    case: WorkedCase, folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (folder / "N.csv").write_text(case.namings)
    options = case.options
    if case.judgements is not None:
        (folder / "J.csv").write_text(case.judgements)
        options = [*options, "--judgements", "J.csv"]

    status, out, err = agreement(capfdbinary, "N.csv", *options)

    assert (status, err) == (0, "")
    assert differences(case.expected, json.loads(out)) == []


@pytest.mark.parametrize("form", ["json", "csv", "table"])
def test_the_order_of_rows_and_the_number_of_processes_change_no_byte(
    namings: str, folder: Path, capfdbinary: pytest.CaptureFixture[bytes], form: str
) -> None:
    header, *rows = (folder / namings).read_text().splitlines()
    random.Random(1).shuffle(rows)
    (folder / "shuffled.csv").write_text("\n".join([header, *rows, ""]))
    options = ["--format", form, "--d", "2,1,3", "--bootstrap", "50", "--permutations", "5", "--seed", "7"]

    _, first, _ = agreement(capfdbinary, namings, *options)
    _, second, _ = agreement(capfdbinary, "shuffled.csv", *options, "--processes", "2")

    def without_hash(out: bytes) -> list[bytes]:
        return [line for line in out.splitlines() if not line.startswith(b'  "sha256"')]

    assert len(first) > 1000
    assert without_hash(first) == without_hash(second)


def test_standard_input_is_a_file_named_stdin(
    namings: str, folder: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = (folder / namings).read_bytes()
    _, expected, _ = agreement(capfdbinary, namings, "--bootstrap", "0")
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(data)))
    assert agreement(capfdbinary, "-", "--bootstrap", "0") == (0, expected, "")

    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(data + b"p,k\n")))
    status, out, err = agreement(capfdbinary, "-")
    assert (status, out) == (2, b"")
    assert err == "stdin: line 242: it has 2 fields, expected are 6 as in the header.\n"

    status, out, err = agreement(capfdbinary, "-", "--judgements", "-")
    assert (status, out) == (2, b"")
    assert "--judgements" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["N.csv", "--min-images", "0"], "--min-images"),
        (["N.csv", "--permutations", "-1"], "--permutations"),
        (["N.csv", "--bootstrap", "-1"], "--bootstrap"),
        (["N.csv", "--seed", "4294967296"], "--seed"),
        (["N.csv", "--seed", "-1"], "--seed"),
        (["N.csv", "--processes", "0"], "--processes"),
        (["N.csv", "--d", "1,10"], "--d"),
        (["N.csv", "--d", ""], "--d"),
        (["N.csv", "--missing", "some"], "--missing"),
        (["N.csv", "--format", "xml"], "--format"),
        (["N.csv", "--format", "table", "--output", "here/"], "--format"),
        (["N.csv", "--colour"], "--colour"),
        (["nowhere.csv"], "nowhere.csv: No such file or directory."),
        (["."], ".: Is a directory."),
        (["N.csv", "--judgements", "nowhere.csv"], "nowhere.csv: No such file or directory."),
        (["N.csv", "--output", "nowhere/F.json"], "nowhere/F.json: No such file or directory."),
        (["N.csv", "--output", "nowhere/there/"], "nowhere/there: No such file or directory."),
        (["N.csv", "--output", "."], "Is a directory"),
        (["N.csv", "--output", "N.csv/"], "N.csv: File exists."),
        ([], "NAMINGS.csv"),
    ],
)
def test_a_wrong_option_or_file_is_named_and_nothing_is_written(
    namings: str, folder: Path, capfdbinary: pytest.CaptureFixture[bytes], arguments: list[str], words: str
) -> None:
    status, out, err = agreement(capfdbinary, *arguments)

    assert (status, out) == (2, b"")
    assert words in err
    assert err.count("\n") == 1
    assert [path.name for path in folder.iterdir()] == [namings]


def test_wrong_content_is_one_sentence_with_its_line_and_no_traceback(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (folder / "N.csv").write_text(f"{HEADER}\np,k,a,i,x,c\np,k,a,i,x,d\n")
    sentence = (
        "N.csv: line 3: annotator 'p', class 'k' and activation 'a' are on line 2 already, "
        "expected is one row for the three.\n"
    )

    assert agreement(capfdbinary, "N.csv") == (2, b"", sentence)
    status, out, err = agreement(capfdbinary, "N.csv", "--debug")
    assert (status, out) == (2, b"")
    assert "Traceback" in err
    assert err.endswith(sentence)


def test_wrong_judgements_are_refused_like_wrong_namings(
    namings: str, folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (folder / "J.csv").write_text("name_a,name_b,relation\neye,wing,maybe\n")

    status, out, err = agreement(capfdbinary, namings, "--judgements", "J.csv")

    assert (status, out) == (2, b"")
    assert err.startswith("J.csv: line 2: relation is 'maybe'")


def test_ignored_columns_are_listed_in_the_result_and_beside_it(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (folder / "N.csv").write_text(f"z,{HEADER},Status\n1,p,k,a,i,x,c,odd\n")

    status, out, err = agreement(capfdbinary, "N.csv")

    assert status == 0
    assert json.loads(out)["input"]["ignored_columns"] == ["z", "Status"]
    assert err == "N.csv: ignored columns: 'z', 'Status'.\n"


def test_absent_rows_count_as_not_named_where_that_is_asked_for(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (folder / "N.csv").write_text(f"{HEADER}\np,k,a,i,x,c\nq,k,a,i,x,c\np,k,b,i,x,c\n")

    status, out, err = agreement(capfdbinary, "N.csv")
    assert (status, out) == (2, b"")
    assert err.startswith("N.csv: line 4: annotator 'q' has no row for the activation 'b' of class 'k'")

    status, out, _ = agreement(capfdbinary, "N.csv", "--missing", "unnamed", "--min-images", "1")
    [figures] = json.loads(out)["classes"]
    assert [each["activation_coverage"]["k"] for each in figures["annotators"]] == [2, 1]
    assert [each["n"] for each in figures["named_by_exactly"]] == [1, 1, 1]


def test_a_terminal_gets_tables_and_a_pipe_json(
    namings: str, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, piped, _ = agreement(capfdbinary, namings, "--bootstrap", "0")
    _, table, _ = agreement(capfdbinary, namings, "--bootstrap", "0", "--format", "table")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    _, shown, _ = agreement(capfdbinary, namings, "--bootstrap", "0")

    assert json.loads(piped)["format"] == "glossator-agreement/1"
    assert shown == table
    assert "\x1b" not in table.decode()


def test_a_file_gets_what_standard_output_would(
    namings: str, folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    _, expected, _ = agreement(capfdbinary, namings, "--format", "csv")
    (folder / "F.csv").write_text("old")

    assert agreement(capfdbinary, namings, "--format", "csv", "--output", "F.csv") == (0, b"", "")
    assert (folder / "F.csv").read_bytes() == expected
    assert sorted(path.name for path in folder.iterdir()) == ["F.csv", "N.csv"]


def test_a_file_is_left_as_it_was_when_something_goes_wrong(
    folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (folder / "N.csv").write_text(HEADER)
    (folder / "F.json").write_text("old")

    assert agreement(capfdbinary, "N.csv", "--output", "F.json")[0] == 2
    assert (folder / "F.json").read_text() == "old"
    assert agreement(capfdbinary, "N.csv", "--output", "new/")[0] == 2
    assert sorted(path.name for path in folder.iterdir()) == ["F.json", "N.csv"]


def test_a_pipe_with_a_name_is_written_to_and_not_replaced(namings: str, folder: Path) -> None:
    os.mkfifo("F.json")
    arguments = [namings, "--bootstrap", "0", "--output", "F.json"]
    with subprocess.Popen([*COMMAND, *arguments]) as process, Path("F.json").open() as pipe:
        assert json.load(pipe)["format"] == "glossator-agreement/1"
    assert process.returncode == 0
    assert Path("F.json").is_fifo()


def test_a_folder_gets_every_table(
    namings: str, folder: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert agreement(capfdbinary, namings, "--output", "out/") == (0, b"", "")
    assert agreement(capfdbinary, namings, "--output", "out/", "--format", "csv") == (0, b"", "")

    written = {path.name: path.read_bytes() for path in (folder / "out").iterdir()}
    tables = ["concepts.csv", "explanations.csv", "families.csv", "figures.csv", "intersections.csv"]
    assert sorted(written) == ["agreement.json", *tables]
    assert written["figures.csv"] == agreement(capfdbinary, namings, "--format", "csv")[1]
    assert written["agreement.json"] == agreement(capfdbinary, namings)[1]


@pytest.mark.parametrize(("classes", "form"), [(1, "table"), (150, "json")], ids=["short", "long"])
def test_a_closed_pipe_ends_quietly(folder: Path, classes: int, form: str) -> None:
    """The short one fits into the buffer of standard output and is written last of all."""
    rows = [f"p,c{c},a{a},i{a},x,n{a % 3}" for c in range(classes) for a in range(9)]
    (folder / "N.csv").write_text("\n".join([HEADER, *rows, ""]))
    arguments = ["N.csv", "--bootstrap", "0", "--format", form]
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with subprocess.Popen(
        [*COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=buffered
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0


def test_an_interruption_is_quiet_and_leaves_nothing(namings: str, folder: Path) -> None:
    arguments = [namings, "--bootstrap", "2000000", "--output", "F.json"]
    with subprocess.Popen([*COMMAND, *arguments], stderr=subprocess.PIPE) as process:
        while not list(folder.glob("F.json.*")):
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        assert process.stderr
        assert process.stderr.read() == b""
    assert process.returncode == 130
    assert [path.name for path in folder.iterdir()] == [namings]


def test_an_interruption_reaches_processes_that_are_still_loading(namings: str, folder: Path) -> None:
    """Ctrl-C goes to every process of the terminal."""
    arguments = [namings, "--bootstrap", "2000000", "--processes", "2", "--output", "F.json"]
    with subprocess.Popen([*COMMAND, *arguments], stderr=subprocess.PIPE, start_new_session=True) as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        while len(children.read_text().split()) < 3:  # one of them looks after shared resources
            time.sleep(0.001)
        os.killpg(process.pid, signal.SIGINT)
        assert process.stderr
        assert process.stderr.read() == b""
    assert process.returncode == 130
    assert [path.name for path in folder.iterdir()] == [namings]
