"""Data sets over HTTP: who may see what, uploads, and what an open board hides."""

import io
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from PIL import Image as Picture
from starlette.testclient import TestClient
from tests.integration.conftest import ADDRESS, Browser, NewBrowser
from tests.integration.import_bench import ImportBench, png, zipped

from glossator.app import create_app
from glossator.boards.tables import Board
from glossator.classifiers.tables import Classifier
from glossator.database import Database
from glossator.datasets.splits import SplitRule
from glossator.maps.tables import Run
from glossator.people.tables import Role
from glossator.rounds.tables import NamingRound
from glossator.settings import Settings

FILES = {f"A/fine{n % 2}/{n}.png": png((n, 50, 0)) for n in range(6)} | {
    "B/9.png": png((9, 9, 9), (500, 300))
}


def upload(browser: Browser, content: bytes, **fields: str) -> dict[str, object]:
    answer = browser.client.post(
        "/api/data-sets",
        data={"project": str(browser.project_id), "name": "Tiles", **fields},
        files={"file": ("tiles.zip", content)},
    )
    assert answer.status_code == 201, answer.text
    found: dict[str, object] = answer.json()
    return found


@pytest.fixture
def bench(
    client: TestClient, database: Database, service_settings: Settings, project_id: UUID
) -> ImportBench:
    services = client.app.state.services  # type: ignore[attr-defined]  # FastAPI's
    return ImportBench(database, services.storage, service_settings, project_id)


def test_an_upload_becomes_a_data_set_that_pages_can_read(bench: ImportBench, browser: NewBrowser) -> None:
    researcher = browser(Role.RESEARCHER)

    asked = upload(
        researcher, zipped(FILES), split='{"kind": "random", "test_share": 0.5}', note="from the shop"
    )
    listed = researcher.client.get("/api/data-sets", params={"project": str(bench.project_id)}).json()
    assert [(row["state"], row["images"]) for row in listed["items"]] == [("waiting", 0)]
    bench.work()

    detail = researcher.client.get(f"/api/data-sets/{asked['data_set_id']}").json()
    assert detail["state"] == "finished"
    assert detail["images"] == 7
    assert detail["note"] == "from the shop"
    assert detail["split_rule"]["kind"] == "random"
    assert detail["job_id"] == asked["job_id"]
    assert detail["groups"] is None
    assert detail["blinded"] is False
    assert sum(each["images"] for each in detail["counts"] if each["fine_label"] == "fine0") == 3
    assert sum(each["images"] for each in detail["counts"] if each["label"] == "B") == 1


def test_the_same_upload_again_answers_the_same(bench: ImportBench, browser: NewBrowser) -> None:
    researcher = browser(Role.RESEARCHER)
    content = zipped(FILES)

    assert upload(researcher, content) == upload(researcher, content)


def test_images_are_paged_filtered_and_shown(bench: ImportBench, browser: NewBrowser) -> None:
    data_set = bench.imported(zipped(FILES), split=SplitRule("random", test_share=0.5))
    analyst = browser(Role.ANALYST).client
    address = f"/api/data-sets/{data_set}/images"

    seen: list[str] = []
    after: str | None = None
    while True:
        page = analyst.get(address, params={"limit": "3"} | ({"after": after} if after else {})).json()
        seen += [item["id"] for item in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert seen == [str(image.id) for image in bench.images(data_set)]

    found = analyst.get(address, params={"label": "A", "fine": "fine1", "split": "test"}).json()["items"]
    assert {(item["label"], item["fine_label"], item["split"]) for item in found} == {("A", "fine1", "test")}
    assert all(item["file_name"].startswith("A/fine1/") for item in found)

    large = bench.by_name(data_set)["B/9.png"]
    full = analyst.get(f"/api/images/{large.id}/picture")
    thumb = analyst.get(f"/api/images/{large.id}/picture", params={"size": "thumb"})
    assert (full.headers["content-type"], Picture.open(io.BytesIO(full.content)).size) == (
        "image/png",
        (500, 300),
    )
    assert (thumb.headers["content-type"], Picture.open(io.BytesIO(thumb.content)).size) == (
        "image/webp",
        (256, 154),
    )
    assert full.headers["cache-control"].startswith("private")
    assert "immutable" in full.headers["cache-control"]
    assert analyst.get(f"/api/images/{large.id}/mask").status_code == 404


def test_who_is_not_in_the_project_learns_nothing(bench: ImportBench, browser: NewBrowser) -> None:
    data_set = bench.imported(zipped(FILES))
    image = bench.images(data_set)[0].id
    stranger, annotator = browser(), browser(Role.ANNOTATOR)
    addresses = {
        f"/api/data-sets?project={bench.project_id}": (404, 403),
        f"/api/data-sets/{data_set}": (404, 403),
        f"/api/data-sets/{data_set}/images": (404, 403),
        f"/api/data-sets/{data_set}/report": (404, 403),
        f"/api/images/{image}/picture": (404, 200),
        f"/api/images/{image}/mask": (404, 403),
        f"/api/data-sets/{uuid4()}": (404, 404),
        f"/api/images/{uuid4()}/picture": (404, 404),
    }
    for address, expected in addresses.items():
        statuses = tuple(each.client.get(address).status_code for each in (stranger, annotator))
        assert (address, statuses) == (address, expected)


def test_only_researchers_may_import_and_nobody_uploads_unknown(
    client: TestClient, browser: NewBrowser, project_id: UUID
) -> None:
    form = {"project": str(project_id), "name": "Tiles"}
    files = {"file": ("tiles.zip", zipped(FILES))}

    assert client.post("/api/data-sets", data=form, files=files).status_code == 401
    for role in (Role.ANALYST, Role.ANNOTATOR):
        assert browser(role).client.post("/api/data-sets", data=form, files=files).status_code == 403
    assert browser().client.post("/api/data-sets", data=form, files=files).status_code == 404


@pytest.mark.parametrize(
    ("fields", "content", "status", "said"),
    [
        ({}, b"no zip", 422, "not a zip archive"),
        ({"name": ""}, zipped(FILES), 422, "name"),
        ({"split": '{"kind": "dice"}'}, zipped(FILES), 422, "split.kind"),
        ({"split": "no json"}, zipped(FILES), 422, "split"),
        ({"split": '{"kind": "group"}'}, zipped(FILES), 422, "put an index.csv"),
        ({}, zipped({"../x.png": png(1)}), 422, "leads out"),
    ],
)
def test_a_wrong_upload_gets_one_sentence(
    browser: NewBrowser, fields: dict[str, str], content: bytes, status: int, said: str
) -> None:
    researcher = browser(Role.RESEARCHER)
    form = {"project": str(researcher.project_id), "name": "Tiles", **fields}

    answer = researcher.client.post("/api/data-sets", data=form, files={"file": ("a.zip", content)})

    assert answer.status_code == status
    assert said in answer.json()["detail"]
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_upload_without_a_file_or_not_as_a_form_is_refused(browser: NewBrowser) -> None:
    researcher = browser(Role.RESEARCHER)
    form = {"project": str(researcher.project_id), "name": "Tiles"}

    no_file = researcher.client.post("/api/data-sets", data=form, files={"labels": ("l.csv", b"file\n")})
    no_form = researcher.client.post("/api/data-sets", json=form)

    assert (no_file.status_code, no_form.status_code) == (422, 415)
    assert "no file in the field 'file'" in no_file.json()["detail"]


def test_an_upload_that_is_too_large_is_stopped(service_settings: Settings, browser: NewBrowser) -> None:
    researcher = browser(Role.RESEARCHER)
    small = service_settings.model_copy(update={"upload_limit_mb": 1})
    with TestClient(create_app(small), base_url=ADDRESS, headers={"Origin": ADDRESS}) as client:
        client.cookies = researcher.client.cookies
        head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.zip"\r\n\r\n'
        announced = client.post(
            "/api/data-sets",
            content=head + bytes(2**21),
            headers={"Content-Type": "multipart/form-data; boundary=x"},
        )

        def chunks() -> Iterator[bytes]:  # without a Content-Length
            yield head
            for _ in range(32):
                yield bytes(2**16)

        streamed = client.post(
            "/api/data-sets", content=chunks(), headers={"Content-Type": "multipart/form-data; boundary=x"}
        )

    assert (announced.status_code, streamed.status_code) == (413, 413)
    assert "larger than 1 MB" in streamed.json()["detail"]


def open_board(database: Database, browser: Browser, data_set: UUID) -> UUID:
    with database.transaction() as session:
        classifier = Classifier(
            project_id=browser.project_id,
            data_set_id=data_set,
            name="c",
            architecture="a",
            weights="0",
            preprocessing_given={},
            preprocessing={},
        )
        session.add(classifier)
        session.flush()
        run = Run(
            project_id=browser.project_id,
            classifier_id=classifier.id,
            data_set_id=data_set,
            name="r",
            parameters={},
            versions={},
            secret=bytes(32),
        )
        session.add(run)
        session.flush()
        naming_round = NamingRound(project_id=browser.project_id, run_id=run.id, name="n", class_notes={})
        session.add(naming_round)
        session.flush()
        board = Board(
            naming_round_id=naming_round.id, class_position=0, account_id=browser.account_id, seed=1, total=0
        )
        session.add(board)
        session.flush()
        return board.id


def test_an_open_board_hides_names_and_fine_labels_from_its_own_annotator(
    bench: ImportBench, browser: NewBrowser
) -> None:
    data_set = bench.imported(zipped({**FILES, "A/fine0/broken.png": b""}))
    owner, other = browser(Role.OWNER, Role.ANNOTATOR), browser(Role.OWNER)
    board = open_board(bench.database, owner, data_set)
    detail, images, report = (
        f"/api/data-sets/{data_set}",
        f"/api/data-sets/{data_set}/images",
        f"/api/data-sets/{data_set}/report",
    )

    for address in (detail, images):
        assert "fine0" in other.client.get(address).text
        assert "fine0" not in owner.client.get(address).text
    assert ".png" not in owner.client.get(images).text
    assert owner.client.get(detail).json()["blinded"] is True
    assert owner.client.get(report).json()["code"] == "blinded"
    assert owner.client.get(images, params={"fine": "fine0"}).json()["code"] == "blinded"
    assert other.client.get(report).json()["items"][0]["file_name"] == "A/fine0/broken.png"

    with bench.database.transaction() as session:
        session.get_one(Board, board).complete = True
    assert "fine0" in owner.client.get(images).text
