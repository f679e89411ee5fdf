"""A real installation for browser tests: a small part of the demo's tiles, its classifier, a run."""

import csv
import io
import json
import os
import re
import select
import signal
import subprocess
import time
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import httpx2

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "demo"
GLOSSATOR = ROOT / ".venv" / "bin" / "glossator"
PASSWORD = "a long password"
START_SECONDS = 120
JOB_SECONDS = 240
KEPT = {
    ("DEFECTIVE", "test"): 40,
    ("DEFECTIVE", "train"): 60,
    ("NOT DEFECTIVE", "test"): 12,
    ("NOT DEFECTIVE", "train"): 60,
}


@dataclass(frozen=True)
class Installation:
    """A running service and how to reach it."""

    address: str
    data: Path
    link: str
    process: subprocess.Popen[str]


@dataclass(frozen=True)
class Workshop:
    """What the tests work on: one project with a data set, a classifier, a run and the owner's boards.

    `guests` holds the connections of people who join later, and closes them at the end.
    """

    address: str
    data: Path
    owner: httpx2.Client
    analyst: httpx2.Client  # has no board, so nothing is hidden
    project_id: str
    data_set_id: str
    classifier_id: str
    run_id: str
    guests: ExitStack


@contextmanager
def installation(data: Path, environment: Mapping[str, str] | None = None) -> Iterator[Installation]:
    """`glossator up` on a free port, until the block ends; SIGTERM stops it."""
    process = subprocess.Popen(
        [GLOSSATOR, "up", "--data", data],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=os.environ | {"OMP_NUM_THREADS": "2", "PYTHONUNBUFFERED": "1"} | dict(environment or {}),
        start_new_session=True,
    )
    try:
        link = _line_with(process, r"^Sign in: (http://\S+)")
        yield Installation(link.partition("/sign-in/")[0], data, link, process)
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=60)


def _line_with(process: subprocess.Popen[str], pattern: str) -> str:
    """The first group of the first printed line that matches; everything printed if none does in time."""
    assert process.stdout is not None
    printed: list[str] = []
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        ready, _, _ = select.select([process.stdout], [], [], 1.0)
        if not ready:
            continue
        line = process.stdout.readline()
        if not line:
            break
        printed.append(line)
        if found := re.search(pattern, line):
            return found.group(1)
    raise AssertionError(f"no line matches {pattern!r}; printed:\n{''.join(printed)}")


def small_tiles() -> bytes:
    """A zip with the first images of each class and split of the demo's bundle, and one broken image."""
    target = io.BytesIO()
    left = dict(KEPT)
    with zipfile.ZipFile(DEMO / "magnetic_tiles.zip") as source, zipfile.ZipFile(target, "w") as small:
        reader = csv.DictReader(io.TextIOWrapper(source.open("index.csv"), "utf-8"))
        rows = list(reader)
        kept = []
        for row in rows:
            key = (row["label"], row["split"])
            if left[key] > 0 and (row["label"] == "NOT DEFECTIVE" or row["mask"]):
                left[key] -= 1
                kept.append(row)
                for name in filter(None, (row["file"], row["mask"])):
                    small.writestr(name, source.read(name))
        broken = kept[0] | {"file": "DEFECTIVE/broken.jpg", "mask": "", "split": "train"}
        small.writestr(broken["file"], b"\xff\xd8\xff\xe0 this is no picture")
        index = io.StringIO()
        writer = csv.DictWriter(index, list(rows[0]))
        writer.writeheader()
        writer.writerows([*kept, broken])
        small.writestr("index.csv", index.getvalue())
    return target.getvalue()


def _browser(address: str) -> httpx2.Client:
    return httpx2.Client(base_url=address, timeout=60, headers={"Origin": address})


def signed_in(address: str, link: str, name: str, email: str) -> httpx2.Client:
    client = _browser(address)
    token = link.rpartition("/")[2]
    answer = client.post(
        f"/api/sign-in-links/{token}", json={"name": name, "email": email, "password": PASSWORD}
    )
    assert answer.status_code == 200, answer.text
    return client


def created(answer: httpx2.Response) -> dict[str, str]:
    assert answer.status_code == 201, answer.text
    made: dict[str, str] = answer.json()
    return made


def finished(client: httpx2.Client, job_id: str) -> None:
    """Waits until the job is finished; fails with its sentence when it failed."""
    deadline = time.monotonic() + JOB_SECONDS
    while time.monotonic() < deadline:
        job = client.get(f"/api/jobs/{job_id}").json()
        if job["state"] == "finished":
            return
        assert job["state"] in {"waiting", "running"}, f"{job['error']}\n{job['error_details']}"
        time.sleep(0.3)
    raise AssertionError(
        f"the job '{job['title']}' is still {job['state']} at {job['done']:.0%}: {job['message']}"
    )


@contextmanager
def workshop(running: Installation) -> Iterator[Workshop]:
    """Everything through the public API, as the pages do it."""
    with ExitStack() as guests:
        owner = signed_in(running.address, running.link, "Ada", "ada@example.org")
        guests.callback(owner.close)
        analyst = guests.enter_context(_browser(running.address))
        yield _filled(running, owner, analyst, guests)


def _filled(
    running: Installation, owner: httpx2.Client, analyst: httpx2.Client, guests: ExitStack
) -> Workshop:
    project = created(owner.post("/api/projects", json={"name": "Tiles"}, headers=_key()))["id"]
    invitation = created(owner.post(f"/api/projects/{project}/invitations", json={"role": "analyst"}))["link"]
    joined = analyst.post(
        f"/api/invitations/{invitation.rpartition('/')[2]}",
        json={"name": "Grace", "email": "grace@example.org", "password": PASSWORD},
    )
    assert joined.status_code == 200, joined.text
    data_set = created(
        owner.post(
            "/api/data-sets",
            data={"name": "Small tiles", "project": project, "split": json.dumps({"kind": "column"})},
            files={"file": ("tiles.zip", small_tiles(), "application/zip")},
            headers=_key(),
        )
    )
    finished(owner, data_set["job_id"])
    classifier = created(
        owner.post(
            "/api/classifiers",
            data={
                "name": "Tile grid",
                "architecture": "tile_grid",
                "data_set_id": data_set["data_set_id"],
                "class_names": json.dumps(["NOT DEFECTIVE", "DEFECTIVE"]),
            },
            files={"weights": ("tile_grid.safetensors", (DEMO / "tile_grid.safetensors").read_bytes())},
            headers=_key(),
        )
    )
    finished(owner, classifier["job_id"])
    run = created(
        owner.post(
            "/api/runs",
            json={"project_id": project, "classifier_id": classifier["classifier_id"], "variant": "plain"},
            headers=_key(),
        )
    )
    finished(owner, run["job_id"])
    created(owner.post(f"/api/runs/{run['run_id']}/boards", json={}, headers=_key()))
    return Workshop(
        address=running.address,
        data=running.data,
        owner=owner,
        analyst=analyst,
        project_id=project,
        data_set_id=data_set["data_set_id"],
        classifier_id=classifier["classifier_id"],
        run_id=run["run_id"],
        guests=guests,
    )


def _key() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid4())}
