"""Requests of other origins and for unknown hosts are answered before any route runs."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from glossator.http import errors
from glossator.http.protection import Protection
from glossator.settings import Settings


@pytest.fixture
def client() -> Iterator[TestClient]:
    app = FastAPI()
    errors.install(app)

    @app.api_route("/api/thing", methods=["GET", "POST"])
    def thing() -> str:
        return "done"

    chosen = Settings(public_url="http://127.0.0.1:8400", allowed_hosts="127.0.0.1,tiles.example")
    app.add_middleware(Protection, settings=chosen)
    with TestClient(app, base_url="http://127.0.0.1:8400") as client:
        yield client


def test_a_host_that_is_not_ours_is_421_by_name(client: TestClient) -> None:
    answer = client.get("/api/thing", headers={"Host": "evil.example"})

    assert answer.status_code == 421
    assert answer.json()["code"] == "unknown_host"
    assert "evil.example" in answer.json()["detail"]


@pytest.mark.parametrize("host", ["127.0.0.1:8400", "127.0.0.1", "tiles.example", "TILES.example:99"])
def test_allowed_hosts_are_answered_with_or_without_port(client: TestClient, host: str) -> None:
    assert client.get("/api/thing", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://127.0.0.1:9999", "https://evil@127.0.0.1"]
)
def test_an_unsafe_request_of_another_origin_is_refused(client: TestClient, origin: str) -> None:
    answer = client.post("/api/thing", headers={"Origin": origin})

    assert (answer.status_code, answer.json()["code"]) == (403, "other_origin")


def test_a_safe_request_of_another_origin_is_answered(client: TestClient) -> None:
    assert client.get("/api/thing", headers={"Origin": "http://evil.example"}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://127.0.0.1:8400"},
        {"Origin": "http://tiles.example:81", "Host": "tiles.example:81"},
        {"Sec-Fetch-Site": "same-origin"},
        {},
    ],
)
def test_our_own_pages_and_programs_without_origin_may_change_things(
    client: TestClient, headers: dict[str, str]
) -> None:
    assert client.post("/api/thing", headers=headers).status_code == 200


def test_a_browser_that_hides_its_origin_is_refused_when_it_says_cross_site(client: TestClient) -> None:
    assert client.post("/api/thing", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_every_answer_carries_the_headers_of_protection(client: TestClient) -> None:
    for answer in (
        client.get("/api/thing"),
        client.get("/nowhere"),
        client.post("/api/thing", headers={"Origin": "null"}),
    ):
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
    assert client.get("/api/thing").headers["Cache-Control"] == "no-store"
