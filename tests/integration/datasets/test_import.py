"""Imports through the worker: what comes in, what is said about the rest, and that nothing happens twice."""

import io
from itertools import pairwise
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image as Picture
from sqlalchemy import func, select, text
from tests.integration.import_bench import ImportBench, png, zipped

from glossator.datasets import chunks
from glossator.datasets.pictures import decoded
from glossator.datasets.splits import SplitRule
from glossator.datasets.tables import Image, ImportedFile
from glossator.jobs import service as jobs
from glossator.jobs.tables import Step
from glossator.refusal import Refusal
from glossator.storage.blobs import FolderStorage
from glossator_worker.loop import Worker

RANDOM = SplitRule("random", test_share=0.25)


def tiles(count: int, label: str = "A") -> dict[str, bytes]:
    return {f"{label}/{number:03}.png": png((number, 255 - number, len(label))) for number in range(count)}


def test_every_file_that_cannot_be_read_is_listed_and_the_rest_is_imported(bench: ImportBench) -> None:
    whole = io.BytesIO()
    Picture.effect_noise((64, 64), 50).save(whole, "JPEG")
    archive = zipped(
        {
            **tiles(3),
            "B/good.png": png((1, 2, 3)),
            "B/again.png": png((1, 2, 3)),
            "B/same pixels.bmp": as_bmp(png((1, 2, 3))),
            "B/truncated.jpg": whole.getvalue()[:-400],
            "B/empty.png": b"",
            "B/letter.jpg": "Dear reader, this is text.",
            "B/notes.txt": "no picture",
            "B/more.zip": b"PK\x03\x04" + bytes(30),
            "__MACOSX/B/._good.png": b"\0\5\x16\7",
            "loose.png": png((9, 9, 9)),
        }
    )

    data_set = bench.imported(archive, split=RANDOM)

    assert sorted(bench.by_name(data_set)) == ["A/000.png", "A/001.png", "A/002.png", "B/again.png"]
    report = bench.report(data_set)
    assert {name: kind for name, (kind, _) in report.items()} == {
        "B/good.png": "duplicate",
        "B/same pixels.bmp": "duplicate",
        "B/truncated.jpg": "unreadable",
        "B/empty.png": "unreadable",
        "B/letter.jpg": "unreadable",
        "B/notes.txt": "ignored",
        "B/more.zip": "unreadable",
        "loose.png": "ignored",
    }
    assert "the same file as 'B/again.png'" in report["B/good.png"][1]
    assert "ends too early" in report["B/truncated.jpg"][1]


def as_bmp(content: bytes) -> bytes:
    out = io.BytesIO()
    Picture.open(io.BytesIO(content)).save(out, "BMP")
    return out.getvalue()


def test_stored_pictures_have_the_pixels_of_the_files(bench: ImportBench) -> None:
    data_set = bench.imported(zipped({**tiles(2), "B/x.png": png((7, 8, 9), (600, 40))}), split=RANDOM)

    wide = bench.by_name(data_set)["B/x.png"]

    assert (wide.width, wide.height) == (600, 40)
    assert decoded(bench.storage.get(wide.picture)).shape == (40, 600, 3)
    assert (decoded(bench.storage.get(wide.picture)) == (7, 8, 9)).all()
    assert Picture.open(io.BytesIO(bench.storage.get(wide.thumbnail))).size == (256, 17)


def test_the_same_import_again_gives_the_same_data_set_without_work(bench: ImportBench) -> None:
    archive = zipped({**tiles(5), **tiles(5, "B2")})
    first = bench.ask(archive)
    assert bench.ask(archive) == first  # while it waits
    bench.work()
    images = bench.images(first[0])

    again = bench.ask(archive)
    bench.work()

    assert again == first
    assert [image.id for image in bench.images(first[0])] == [image.id for image in images]
    with bench.database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Step)) == 3  # plan, read, finish: once


def test_a_name_is_taken_until_its_import_has_failed(bench: ImportBench) -> None:
    bench.imported(zipped(tiles(4)))
    with pytest.raises(Refusal, match="a data set 'Tiles' already, with other content"):
        bench.ask(zipped(tiles(5)))
    with pytest.raises(Refusal, match="or another split"):
        bench.ask(zipped(tiles(4)), split=RANDOM)

    broken, job = bench.ask(zipped({"A/x.png": b"", "B/y.png": b""}), name="Birds")
    bench.work()
    assert bench.job(job).state == "failed"
    assert "None of the files could be read" in str(bench.job(job).error)
    assert len(bench.report(broken)) == 2

    mended = bench.imported(zipped({"A/x.png": png(1), "B/y.png": png(2)}), name="Birds")

    assert mended == broken
    assert bench.report(mended) == {}
    assert len(bench.images(mended)) == 2


class DyingStorage(FolderStorage):
    """Takes the process down with it at the n-th blob."""

    def __init__(self, folder: Path, lives: int) -> None:
        super().__init__(folder)
        self.lives = lives

    def put(self, content: bytes) -> str:
        self.lives -= 1
        if self.lives == 0:
            raise SystemExit("killed")
        return super().put(content)


@pytest.mark.parametrize("lives", [1, 3, 9, 14])
def test_an_import_that_was_killed_goes_on_where_it_was(
    bench: ImportBench, storage: FolderStorage, monkeypatch: pytest.MonkeyPatch, lives: int
) -> None:
    monkeypatch.setattr(chunks, "MOST_FILES", 4)
    archive = zipped({**tiles(6), **tiles(5, "B2"), "B2/again.png": png((0, 255, 1))})
    undisturbed = bench.imported(archive, name="Undisturbed", split=RANDOM)
    data_set, job = bench.ask(archive, split=RANDOM)
    me = uuid4()
    dying = DyingStorage(storage.folder, lives)

    with pytest.raises(SystemExit):
        Worker(bench.database, dying, bench.settings, worker_id=lambda: me).drain("cpu")
    with bench.database.transaction() as session:
        session.execute(
            text("update step set lease_until = now() - interval '1 second' where lease_until is not null")
        )
    assert bench.images(data_set) == []  # all or nothing
    bench.work()

    assert bench.job(job).state == "finished"
    rows = [(i.file_name, i.sha256, i.picture, i.label, i.split) for i in bench.images(data_set)]
    assert rows == [(i.file_name, i.sha256, i.picture, i.label, i.split) for i in bench.images(undisturbed)]
    assert bench.report(data_set) == bench.report(undisturbed)
    with bench.database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(ImportedFile)) == 0


def test_a_cancelled_import_asked_for_again_reads_only_what_is_left(
    bench: ImportBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunks, "MOST_FILES", 4)
    archive = zipped({**tiles(6), **tiles(6, "B2")})
    data_set, job = bench.ask(archive)
    me = uuid4()

    def read() -> int:
        with bench.database.transaction() as session:
            return session.scalar(select(func.count()).select_from(ImportedFile)) or 0

    Worker(
        bench.database,
        bench.storage,
        bench.settings,
        worker_id=lambda: me,
        stopping=lambda: read() > 0,
    ).drain("cpu")
    with bench.database.transaction() as session:
        jobs.cancel(session, job)
    assert read() == 4

    again, other_job = bench.ask(archive)
    bench.work()

    assert again == data_set
    assert other_job != job
    assert bench.job(other_job).state == "finished"
    assert len(bench.images(data_set)) == 12


def test_the_order_of_images_says_nothing_about_their_labels(bench: ImportBench) -> None:
    data_set = bench.imported(zipped({**tiles(40), **tiles(40, "B2")}))

    images = bench.images(data_set)

    assert [image.sha256 for image in images] == sorted(image.sha256 for image in images)
    runs = sum(first.label != second.label for first, second in pairwise(images))
    assert 25 < runs < 55  # 79 neighbours, of which about half differ if order and label are independent


def test_a_table_gives_labels_groups_masks_and_the_split(bench: ImportBench) -> None:
    mask = io.BytesIO()
    marked = Picture.new("1", (24, 16))
    marked.putpixel((3, 2), 1)
    marked.save(mask, "PNG")
    table = (
        "file,label,fine_label,group,split,mask,exposure\n"
        "x/1.png,DEFECTIVE,Crack,t1,test,m/1.png,1\n"
        "x/2.png,FREE,,t2,train,m/2.png,1\n"
        "x/3.png,FREE,,,train,m/small.png,1\n"
    )
    small, empty = io.BytesIO(), io.BytesIO()
    Picture.new("1", (5, 5), 1).save(small, "PNG")
    Picture.new("1", (24, 16)).save(empty, "PNG")
    archive = zipped(
        {
            "index.csv": table,
            **{f"x/{n}.png": png((n, n, 0)) for n in (1, 2, 3)},
            "m/1.png": mask.getvalue(),
            "m/2.png": empty.getvalue(),
            "m/small.png": small.getvalue(),
        }
    )

    data_set = bench.imported(archive)

    images = bench.by_name(data_set)
    first, second, third = (images[f"x/{n}.png"] for n in (1, 2, 3))
    assert (first.label, first.fine_label, first.group_name, first.split) == (
        "DEFECTIVE",
        "Crack",
        "t1",
        "test",
    )
    assert (second.label, second.fine_label, third.group_name, third.split) == ("FREE", None, None, "train")
    assert first.mask is not None
    stored = Picture.open(io.BytesIO(bench.storage.get(first.mask)))
    assert (stored.size, stored.getbbox()) == ((24, 16), (3, 2, 4, 3))
    assert (second.mask, third.mask) == (None, None)
    assert list(bench.report(data_set)) == ["m/small.png"]
    assert bench.data_set(data_set).ignored_columns == ["exposure"]
    assert bench.data_set(data_set).split_rule["kind"] == "column"


def test_a_table_beside_the_archive_wins_and_groups_stay_together(bench: ImportBench) -> None:
    files = {f"A/{n}.png": png((n, 0, 0)) for n in range(12)} | {
        f"B/{n}.png": png((n, 9, 0)) for n in range(12)
    }
    rows = "".join(f"{name},patient{int(name[2:-4]) // 3}\n" for name in files)

    data_set = bench.imported(
        zipped(files),
        split=SplitRule("group", group_column="patient", test_share=0.25),
        labels=f"file,patient\n{rows}",
    )

    sides: dict[str | None, set[str]] = {}
    for image in bench.images(data_set):
        sides.setdefault(image.group_name, set()).add(image.split)
    assert sorted(map(sorted, sides.values())) == [["test"], ["train"], ["train"], ["train"]]


def test_a_wrong_archive_or_table_leaves_nothing_behind(bench: ImportBench) -> None:
    for archive, labels, said in [
        (zipped({"../A/x.png": png(1)}), None, "leads out of it"),
        (b"no zip", None, "not a zip archive"),
        (zipped(tiles(2)), "file,label\nA/000.png\n", "labels.csv: line 2: the row has 1 fields"),
        (
            zipped({**tiles(2), "index.csv": "label\nA\n"}),
            None,
            "index.csv: line 1: the column 'file' is missing",
        ),
    ]:
        with pytest.raises(Refusal, match=said.replace(".", r"\.")):
            bench.ask(archive, labels=labels)
    with bench.database.transaction() as session:
        for table in ("data_set", "job", "outbox"):
            assert session.scalar(text(f"select count(*) from {table}")) == 0  # noqa: S608 - three fixed names


def test_two_data_sets_may_hold_the_same_images(bench: ImportBench) -> None:
    archive = zipped(tiles(3))

    one, other = bench.imported(archive, name="One"), bench.imported(archive, name="Other")

    assert one != other
    with bench.database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Image)) == 6
