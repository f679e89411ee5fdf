"""Classifiers are checked, predict every image, and are refused in one sentence where they don't fit."""

import io
import json
from collections.abc import Mapping
from uuid import UUID

import numpy as np
import pytest
import safetensors.torch
import torch
from PIL import Image as Picture
from sqlalchemy import func, select
from tests.integration.conftest import Browser, NewBrowser
from tests.integration.import_bench import ImportBench, zipped
from torch import Tensor

from glossator.classifiers.tables import Classifier, Prediction
from glossator.datasets.splits import SplitRule
from glossator.people.tables import Role
from glossator_worker.networks.cifar_resnet import CifarResNet
from glossator_worker.pipelines import predict

TABLE = "file,label,fine_label,group,split\n" + "".join(
    f"{n}.png,{'cat' if n % 3 else 'dog'},{'tabby' if n % 2 else 'plain'},g{n // 4},"
    f"{'test' if n % 8 >= 4 else 'train'}\n"
    for n in range(24)
)


def noise(number: int) -> bytes:
    out = io.BytesIO()
    values = np.random.default_rng(number).integers(0, 256, (32, 32, 3), dtype=np.uint8)
    Picture.fromarray(values).save(out, "PNG")
    return out.getvalue()


FILES = {f"{n}.png": noise(n) for n in range(24)}


@pytest.fixture
def data_set(bench: ImportBench) -> UUID:
    return bench.imported(zipped({**FILES, "index.csv": TABLE}), split=SplitRule("column"))


def network(classes: int) -> CifarResNet:
    torch.manual_seed(classes)
    return CifarResNet(20, classes).eval()


def weights(classes: int = 2) -> bytes:
    return safetensors.torch.save(dict(network(classes).state_dict()))


def register(browser: Browser, data_set: UUID, content: bytes, **fields: str) -> tuple[int, dict[str, str]]:
    form = {"name": "Net", "architecture": "cifar_resnet20", "data_set_id": str(data_set), **fields}
    answer = browser.client.post(
        "/api/classifiers", data=form, files={"weights": ("net.safetensors", content)}
    )
    return answer.status_code, answer.json()


def failure(bench: ImportBench, browser: Browser, data_set: UUID, content: bytes, **fields: str) -> str:
    status, asked = register(browser, data_set, content, **fields)
    assert status == 201, asked
    bench.work()
    job = bench.job(UUID(asked["job_id"]))
    assert job.state == "failed"
    return str(job.error)


def expected_scores(classes: int, preprocess: Mapping[str, object] | None = None) -> dict[str, Tensor]:
    """Computed from the files themselves, one at a time."""
    model = network(classes)
    mean, std = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])
    if preprocess:
        mean, std = np.array(preprocess["mean"]), np.array(preprocess["std"])
    scores = {}
    for name, content in FILES.items():
        values = np.asarray(Picture.open(io.BytesIO(content))) / 255
        inputs = torch.tensor(((values - mean) / std).transpose(2, 0, 1), dtype=torch.float32)
        with torch.no_grad():
            scores[name] = model(inputs[None])[0]
    return scores


def predictions(bench: ImportBench, data_set: UUID, classifier: str) -> dict[str, Prediction]:
    names = {image.id: image.file_name for image in bench.images(data_set)}
    with bench.database.transaction() as session:
        rows = session.scalars(select(Prediction).where(Prediction.classifier_id == UUID(classifier)))
        return {names[row.image_id]: row for row in rows}


def test_a_registered_classifier_predicts_every_image(
    bench: ImportBench, browser: NewBrowser, data_set: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(predict, "IMAGES_PER_STEP", 10)
    monkeypatch.setattr(predict, "LARGEST_BATCH", 4)
    status, asked = register(browser(Role.RESEARCHER), data_set, weights())
    assert status == 201
    bench.work()
    assert bench.job(UUID(asked["job_id"])).state == "finished", bench.job(
        UUID(asked["job_id"])
    ).error_details

    found = predictions(bench, data_set, asked["classifier_id"])

    assert len(found) == 24
    for name, scores in expected_scores(2).items():
        row = found[name]
        assert np.frombuffer(row.scores, "<f4") == pytest.approx(scores.numpy(), rel=1e-4, abs=1e-5)
        assert row.predicted == int(scores.argmax())
        assert row.probability == pytest.approx(float(scores.softmax(0).max()), rel=1e-4)


def test_accuracy_is_shown_per_side_class_and_fine_label(
    bench: ImportBench, browser: NewBrowser, data_set: UUID
) -> None:
    researcher = browser(Role.RESEARCHER)
    _, asked = register(researcher, data_set, weights())
    before = researcher.client.get(f"/api/classifiers/{asked['classifier_id']}").json()
    bench.work()
    detail = researcher.client.get(f"/api/classifiers/{asked['classifier_id']}").json()

    assert (before["state"], before["accuracy"], before["class_names"]) == ("waiting", [], ["cat", "dog"])
    assert detail["state"] == "finished"
    assert detail["preprocessing"]["size"] == 32
    scores = expected_scores(2)
    rows = [line.split(",") for line in TABLE.splitlines()[1:]]
    assert [side["split"] for side in detail["accuracy"]] == ["test", "train"]
    for side in detail["accuracy"]:
        mine = [row for row in rows if row[4] == side["split"]]
        right = {row[0]: ["cat", "dog"][int(scores[row[0]].argmax())] == row[1] for row in mine}
        assert (side["overall"]["n"], side["overall"]["k"]) == (12, sum(right.values()))
        assert side["overall"]["groups"] == len({row[3] for row in mine})
        for column, shown in ((1, side["classes"]), (2, side["fine_labels"])):
            for each in shown:
                some = [right[row[0]] for row in mine if row[column] == each["name"]]
                assert (each["n"], each["k"]) == (len(some), sum(some))
                assert each["low"] <= each["value"] <= each["high"]
    listed = researcher.client.get("/api/classifiers", params={"project": str(bench.project_id)}).json()[
        "items"
    ]
    assert [(row["name"], row["classes"], row["data_set_name"]) for row in listed] == [("Net", 2, "Tiles")]


def test_the_same_classifier_again_is_the_first_and_predicts_nothing_twice(
    bench: ImportBench, browser: NewBrowser, data_set: UUID
) -> None:
    researcher = browser(Role.RESEARCHER)
    first = register(researcher, data_set, weights())
    bench.work()

    again = register(researcher, data_set, weights())
    bench.work()

    assert again == first
    with bench.database.transaction() as session:
        assert session.scalar(select(func.count()).select_from(Classifier)) == 1
        assert session.scalar(select(func.count()).select_from(Prediction)) == 24
    status, taken = register(researcher, data_set, weights(3), class_names='["cat", "dog", "eel"]')
    assert (status, taken["code"]) == (409, "name_taken")


def test_a_checkpoint_with_wrappers_and_own_preprocessing_counts(
    bench: ImportBench, browser: NewBrowser, data_set: UUID
) -> None:
    own = {"size": 32, "fit": "stretch", "mean": [0.5, 0.4, 0.3], "std": [0.2, 0.2, 0.2]}
    state = {f"module.{name}": tensor for name, tensor in network(2).state_dict().items()}
    file = io.BytesIO()
    torch.save({"state_dict": state}, file)

    _, asked = register(browser(Role.RESEARCHER), data_set, file.getvalue(), preprocessing=json.dumps(own))
    bench.work()

    found = predictions(bench, data_set, asked["classifier_id"])
    for name, scores in expected_scores(2, own).items():
        assert np.frombuffer(found[name].scores, "<f4") == pytest.approx(scores.numpy(), rel=1e-4, abs=1e-5)


def test_a_network_of_more_classes_than_labels_is_welcome_with_its_names(
    bench: ImportBench, browser: NewBrowser, data_set: UUID
) -> None:
    researcher = browser(Role.RESEARCHER)

    _, asked = register(researcher, data_set, weights(4), class_names='["eel", "dog", "fox", "cat"]')
    bench.work()

    detail = researcher.client.get(f"/api/classifiers/{asked['classifier_id']}").json()
    assert detail["class_names"] == ["eel", "dog", "fox", "cat"]
    test_side = detail["accuracy"][0]
    assert [(row["name"], row["n"]) for row in test_side["classes"]] == [
        ("eel", 0),
        ("dog", 4),
        ("fox", 0),
        ("cat", 8),
    ]
    assert test_side["classes"][0]["value"] is None
    assert test_side["overall"]["k"] == sum(
        ["eel", "dog", "fox", "cat"][int(expected_scores(4)[row[0]].argmax())] == row[1]
        for row in (line.split(",") for line in TABLE.splitlines()[1:])
        if row[4] == "test"
    )


def test_outputs_and_class_names_must_be_as_many(
    bench: ImportBench, browser: NewBrowser, data_set: UUID
) -> None:
    said = failure(bench, browser(Role.RESEARCHER), data_set, weights(5))

    assert "5 outputs, but there are 2 class names (cat, dog)" in said


def test_weights_of_another_network_name_the_first_wrong_tensors(
    bench: ImportBench, browser: NewBrowser, data_set: UUID
) -> None:
    said = failure(bench, browser(Role.RESEARCHER), data_set, weights(), architecture="cifar_resnet32")

    assert "does not fit the network" in said
    assert "missing from the file: layer1.3.conv1.weight" in said


def test_a_failed_registration_gives_its_name_free(
    bench: ImportBench, browser: NewBrowser, data_set: UUID
) -> None:
    researcher = browser(Role.RESEARCHER)
    failure(bench, researcher, data_set, weights(5))

    _, asked = register(researcher, data_set, weights(2))
    bench.work()

    assert bench.job(UUID(asked["job_id"])).state == "finished"
    assert len(predictions(bench, data_set, asked["classifier_id"])) == 24


class Harmful:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (print, ("this must never run",))


def test_a_checkpoint_that_would_run_code_is_never_loaded(
    bench: ImportBench, browser: NewBrowser, data_set: UUID, capsys: pytest.CaptureFixture[str]
) -> None:
    file = io.BytesIO()
    torch.save({"state_dict": network(2).state_dict(), "extra": Harmful()}, file)

    said = failure(bench, browser(Role.RESEARCHER), data_set, file.getvalue())

    assert "weights" in said
    assert "this must never run" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("fields", "content", "status", "said"),
    [
        ({}, b"no weights at all", 415, "neither a safetensors file nor a torch checkpoint"),
        ({"architecture": "resnet_9000"}, None, 422, "no architecture 'resnet_9000'"),
        ({"class_names": '["cat", "dug"]'}, None, 422, "The label 'dog'"),
        ({"class_names": '["cat", "dog", "cat"]'}, None, 422, "'cat' stands there twice"),
        ({"class_names": "cat, dog"}, None, 422, "class_names"),
        ({"preprocessing": "[1]"}, None, 422, "preprocessing"),
    ],
)
def test_a_wrong_registration_gets_one_sentence(
    browser: NewBrowser, data_set: UUID, fields: dict[str, str], content: bytes | None, status: int, said: str
) -> None:
    found, answer = register(browser(Role.RESEARCHER), data_set, content or weights(), **fields)

    assert (found, said in answer["detail"]) == (status, True), answer["detail"]


def test_a_data_set_that_is_still_imported_has_to_be_waited_for(
    bench: ImportBench, browser: NewBrowser
) -> None:
    waiting, _ = bench.ask(zipped({"A/1.png": noise(1), "B/2.png": noise(2)}))

    status, answer = register(browser(Role.RESEARCHER), waiting, weights())

    assert (status, answer["code"]) == (409, "data_set_not_imported")


def test_who_may_not_read_learns_nothing(bench: ImportBench, browser: NewBrowser, data_set: UUID) -> None:
    _, asked = register(browser(Role.RESEARCHER), data_set, weights())
    address = f"/api/classifiers/{asked['classifier_id']}"

    assert browser().client.get(address).status_code == 404
    assert browser(Role.ANNOTATOR).client.get(address).status_code == 403
    assert browser(Role.ANALYST).client.get(address).status_code == 200
    assert register(browser(Role.ANALYST), data_set, weights())[0] == 403
    assert register(browser(), data_set, weights())[0] == 404
