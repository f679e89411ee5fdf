"""Every error has the one shape of the contract."""

from uuid import UUID

import pytest
from fastapi import FastAPI
from pydantic import Field
from starlette.testclient import TestClient

from glossator.http import errors
from glossator.http.schemas import Body
from glossator.people.rate_limit import TooManyAttempts
from glossator.refusal import Refusal, conflict, not_found


class Named(Body):
    name: str = Field(min_length=2)


@pytest.fixture
def client() -> TestClient:
    app = FastAPI()
    errors.install(app)

    @app.get("/raise/{which}")
    def fail(which: str) -> None:
        raise {
            "refusal": Refusal("The file is not an image.", code="not_an_image"),
            "conflict": conflict("Somebody was faster."),
            "missing": not_found("run"),
            "wait": TooManyAttempts(61),
            "bug": RuntimeError("inner secret"),
        }[which]

    @app.post("/named")
    def named(body: Named) -> None: ...

    return TestClient(app, raise_server_exceptions=False)


@pytest.mark.parametrize(
    ("which", "status", "code", "detail"),
    [
        ("refusal", 422, "not_an_image", "The file is not an image."),
        ("conflict", 409, "conflict", "Somebody was faster."),
        ("missing", 404, "not_found", "This run does not exist, or you may not know of it."),
        ("wait", 429, "too_many_attempts", "Too many failed attempts; try again in 2 minutes."),
    ],
)
def test_a_refusal_is_a_problem_with_its_sentence(
    client: TestClient, which: str, status: int, code: str, detail: str
) -> None:
    answer = client.get(f"/raise/{which}")

    body = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert UUID(body.pop("request_id")).version == 7
    assert (answer.status_code, body["status"]) == (status, status)
    assert (body["code"], body["type"], body["detail"]) == (code, f"/problems/{code}", detail)


def test_waiting_names_the_seconds(client: TestClient) -> None:
    assert client.get("/raise/wait").headers["Retry-After"] == "61"


def test_a_defect_says_nothing_of_its_inside(client: TestClient) -> None:
    answer = client.get("/raise/bug")

    assert (answer.status_code, answer.json()["code"]) == (500, "internal")
    assert "secret" not in answer.text
    assert answer.json()["request_id"] in answer.json()["detail"]


def test_a_wrong_body_names_each_field(client: TestClient) -> None:
    answer = client.post("/named", json={"name": "a", "colour": "red"})

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert [field["path"] for field in answer.json()["fields"]] == ["name", "colour"]


def test_an_unknown_address_has_the_same_shape(client: TestClient) -> None:
    assert client.get("/nowhere").json()["code"] == "not_found"
    assert client.get("/named").json()["code"] == "method_not_allowed"
