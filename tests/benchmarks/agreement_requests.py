"""What requests of the agreement pages cost: a study of the paper's size, and a class of 5,000 maps.

    .venv/bin/python -m tests.benchmarks.agreement_requests [--repeats 9]

Five annotators with eight concepts in each of 12 classes (1,400 maps together), and with twenty in one
class of 5,000; names differ by annotator, so that there are as many pairs of names as can be. Prints
milliseconds from the request to the end of its answer, through the whole web application; of `namings.csv`,
which is sent as it is made, to its first piece. Fails for a median over 200 ms.

Then new naming rounds, and a round's boards for one annotator more. All boards of a round are there at once,
so that its request takes as long as its maps are many: 50,000 of them may take two seconds.
"""

import argparse
import gc
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID, uuid4

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session
from starlette.testclient import TestClient
from tests.integration.boards.conftest import some_run
from tests.integration.conftest import ADDRESS, PASSWORD
from tests.integration.namings.conftest import fill, maps_of
from tests.servers import running_servers

from glossator.app import create_app
from glossator.boards.making import make_boards
from glossator.database import Database, make_engine
from glossator.maps.tables import ActivationMap, ExplainedImage, RunClass
from glossator.people import accounts, projects
from glossator.people.tables import Account, Role
from glossator.settings import Settings
from glossator.storage.blobs import FolderStorage
from glossator_worker.loop import Worker

BOUND_MS = 200
HEADING = f"{'':48}{'median ms':>12}{'largest ms':>12}"
ANNOTATORS = 5
NOISE = 0.2
MAPS_AN_IMAGE = 1.9
"""What `some_run` draws."""


@dataclass(frozen=True)
class Size:
    """How much is named."""

    label: str
    classes: int
    maps: int
    concepts: int


SIZES = (Size("12 classes, 1,400 maps", 12, 1_400, 8), Size("one class of 5,000 maps", 1, 5_000, 20))


@dataclass(frozen=True)
class Making:
    """A new round: people, classes, and maps of all classes together."""

    label: str
    people: int
    classes: int
    maps: int
    bound_ms: int = BOUND_MS


ROUNDS = (
    Making("10 annotators, 2 classes of 216", 10, 2, 432),
    Making("5 annotators, 12 classes of 117", 5, 12, 1_404),
    Making("10 annotators, a class of 5,000", 10, 1, 5_000, bound_ms=2_000),
)


@dataclass(frozen=True)
class Web:
    """A web application with its own database, and a project in it."""

    client: TestClient
    database: Database
    storage: FolderStorage
    settings: Settings
    project_id: UUID


@dataclass(frozen=True)
class Named:
    """A naming round with figures, and who looks at it."""

    analyst: TestClient
    project_id: UUID
    round_id: UUID


@contextmanager
def web(role: Role) -> Iterator[Web]:
    """A web application, its browser signed in with this role."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        servers = stack.enter_context(running_servers())
        url = stack.enter_context(servers.fresh_database())
        settings = Settings(
            database_url=url,
            redis_url=servers.redis.url(),
            storage_url=f"file://{folder}",
            public_url=ADDRESS,
        )
        database = Database(make_engine(url))
        stack.callback(database.close)
        with database.transaction() as session:
            owner = accounts.ensure_owner(session)
            project_id = projects.create(session, name="Tiles", account_id=owner.id).id
        client = stack.enter_context(
            TestClient(create_app(settings), base_url=ADDRESS, headers={"Origin": ADDRESS})
        )
        _sign_in(client, database, project_id, role)
        yield Web(client, database, FolderStorage(folder), settings, project_id)


@contextmanager
def named(size: Size) -> Iterator[Named]:
    """A web application with boards named at random, figures computed."""
    with web(Role.ANALYST) as on:
        with on.database.transaction() as session:
            round_id = _round(session, on.storage, on.project_id, size)
        _settled(on.database)
        me = uuid4()
        worker = Worker(on.database, on.storage, on.settings, worker_id=lambda: me)
        on.client.post(f"/api/agreement/{round_id}/refresh").raise_for_status()
        started = time.perf_counter()
        worker.drain("cpu")
        print(f"\n{size.label}: figures computed in {time.perf_counter() - started:.1f} s")
        yield Named(on.client, on.project_id, round_id)


def _settled(database: Database) -> None:
    with database.transaction() as session:
        session.execute(text("analyze"))  # as the database does by itself within minutes
    gc.collect()
    gc.freeze()  # as `own_process` does


def _round(session: Session, storage: FolderStorage, project_id: UUID, size: Size) -> UUID:
    run = some_run(session, project_id, storage, images=round(size.maps / MAPS_AN_IMAGE), seed=4)
    _spread(session, run.run_id, size.classes)
    people = [_person(session, project_id, Role.ANNOTATOR) for _ in range(ANNOTATORS)]
    made = make_boards(session, run_id=run.run_id, account_ids=[each.id for each in people], seed=1)
    number_of = {each.id: number for number, each in enumerate(people)}
    for board in made.boards:
        numbers = random.Random(f"{board.class_position} {number_of[board.account_id]}")
        shared = random.Random(board.class_position)
        held: list[list[str]] = [[] for _ in range(size.concepts)]
        for each in sorted(map(str, maps_of(session, board.id))):
            usual = shared.randrange(size.concepts)
            held[numbers.randrange(size.concepts) if numbers.random() < NOISE else usual].append(each)
        name = f"class {board.class_position}, annotator {number_of[board.account_id]}, "
        concepts = [(f"{name}{number}", each) for number, each in enumerate(held) if each]
        fill(session, board.id, concepts, complete=True)
    return made.naming_round.id


def _spread(session: Session, run_id: UUID, classes: int) -> None:
    """Share the images of the only class out among so many."""
    images = session.scalars(
        select(ExplainedImage.image_id).where(ExplainedImage.run_id == run_id).order_by("image_id")
    ).all()
    for position in range(1, classes):
        if position > 1:  # a run has two to begin with
            apart = {"unexplained": 0, "lost": 0}
            session.add(RunClass(run_id=run_id, position=position, name=f"class {position}", figures=apart))
        for table in (ExplainedImage, ActivationMap):
            session.execute(
                update(table)
                .where(table.run_id == run_id, table.image_id.in_(images[position::classes]))
                .values(class_position=position)
            )


def _person(session: Session, project_id: UUID, role: Role) -> Account:
    account = Account(email=f"{uuid4()}@example.org", name="Grace")
    session.add(account)
    session.flush()
    projects.set_roles(session, project_id, account.id, [role])
    return account


def _sign_in(client: TestClient, database: Database, project_id: UUID, role: Role) -> None:
    with database.transaction() as session:
        token = accounts.new_link(session, _person(session, project_id, role))
    client.post(f"/api/sign-in-links/{token}", json={"name": "Ada", "password": PASSWORD}).raise_for_status()


def requests(on: Named) -> dict[str, str]:
    """What the pages ask for."""
    agreement = f"/api/agreement/{on.round_id}"
    of_class = f"{agreement}/classes/0"
    a, b = on.analyst.get(f"{of_class}/pairs").json()["annotators"][:2]
    left, right = (each["concepts"][0]["concept_id"] for each in (a, b))
    combinations = on.analyst.get(f"{of_class}/summary").json()["explanations"][0]
    names = urlencode({"of": a["annotator"], "name": combinations["rows"][0]["concepts"]}, doseq=True)
    behind = f"a={a['annotator']}&b={b['annotator']}&concept_a={left}&concept_b={right}"
    pairs = f"/api/projects/{on.project_id}/judgements?round={on.round_id}&limit=2000"
    heaviest = next(
        each for each in on.analyst.get(pairs).json()["items"] if each["name_a"].startswith("class 0")
    )
    pair = urlencode({key: heaviest[key] for key in ("name_a", "name_b")})
    return {
        "overview": agreement,
        "pairs of a class": f"{of_class}/pairs",
        "maps behind an edge": f"{of_class}/edge?{behind}",
        "where the pictures are": f"{of_class}/tiles",
        "test-set summary": f"{of_class}/summary",
        "images behind its first row": f"{of_class}/images?{names}",
        "vocabulary": f"{of_class}/vocabulary",
        "maps of a word": f"{of_class}/groups/{left}/maps",
        "most disputed maps": f"{of_class}/disputes",
        "2,000 pairs of names": pairs,
        "maps behind a pair of names": f"/api/projects/{on.project_id}/judgements/maps?{pair}",
        "naming round": f"/api/naming-rounds/{on.round_id}",
        "naming rounds": f"/api/naming-rounds?project={on.project_id}",
    }


def timed(repeats: int, ask: Callable[[], None]) -> list[float]:
    """Milliseconds of each; one more goes before."""
    ask()
    lasted = []
    for _ in range(repeats):
        started = time.perf_counter()
        ask()
        lasted.append(1000 * (time.perf_counter() - started))
    return lasted


def first_piece(client: TestClient, url: str) -> None:
    with client.stream("GET", url) as answer:
        next(answer.iter_bytes())


def measured(on: Named, repeats: int) -> dict[str, list[float]]:
    """Milliseconds by what was asked for."""

    def get(url: str) -> Callable[[], None]:
        return lambda: on.analyst.get(url).raise_for_status() and None

    found = {label: timed(repeats, get(url)) for label, url in requests(on).items()}
    refresh = f"/api/agreement/{on.round_id}/refresh"
    csv = f"/api/naming-rounds/{on.round_id}/namings.csv"
    found["namings.csv, its first piece"] = timed(repeats, lambda: first_piece(on.analyst, csv))
    found["asking for fresh figures"] = timed(
        repeats, lambda: on.analyst.post(refresh).raise_for_status() and None
    )
    return found


def made(making: Making, repeats: int) -> dict[str, list[float]]:
    """Milliseconds of making rounds of one size, by what was asked for."""
    with web(Role.RESEARCHER) as on:
        with on.database.transaction() as session:
            images = round(making.maps / MAPS_AN_IMAGE)
            run = some_run(session, on.project_id, on.storage, images=images, seed=4)
            _spread(session, run.run_id, making.classes)
            people = [
                str(_person(session, on.project_id, Role.ANNOTATOR).id)
                for _ in range(making.people + repeats + 1)
            ]
        _settled(on.database)
        annotators, newcomers = people[: making.people], iter(people[making.people :])
        rounds: list[str] = []

        def new_round() -> None:
            body = {"run_id": str(run.run_id), "name": f"round {len(rounds)}", "annotators": annotators}
            answer = on.client.post("/api/naming-rounds", json=body).raise_for_status().json()
            if len(answer["boards"]) != making.people * making.classes:
                raise RuntimeError(f"There are {len(answer['boards'])} boards.")
            rounds.append(answer["id"])

        def more_boards() -> None:
            body = {"annotators": [next(newcomers)]}
            on.client.post(f"/api/naming-rounds/{rounds[0]}/boards", json=body).raise_for_status()

        return {"a new round": timed(repeats, new_round), "more boards": timed(repeats, more_boards)}


def _row(label: str, lasted: list[float], bound_ms: int) -> bool:
    """Print it; whether it is over its bound."""
    print(f"{label:48}{statistics.median(lasted):>12.0f}{max(lasted):>12.0f}")
    return statistics.median(lasted) > bound_ms


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--repeats", type=int, default=9)
    repeats = parser.parse_args().repeats
    slow = 0
    print(f"load {os.getloadavg()[0]:.1f}")
    for size in SIZES:
        with named(size) as on:
            print(HEADING)
            for label, lasted in measured(on, repeats).items():
                slow += _row(label, lasted, BOUND_MS)
    print(f"\nMaking boards\n{HEADING}")
    for making in ROUNDS:
        for label, lasted in made(making, repeats).items():
            bound = making.bound_ms if label == "a new round" else BOUND_MS
            slow += _row(f"{label}: {making.label}", lasted, bound)
    return slow


if __name__ == "__main__":
    sys.exit(main())
