"""`glossator up --demo`: the magnetic tiles, from the bundle onto boards.

Every step asks for what may be there already, so a second start computes nothing again.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from glossator.boards.making import make_boards
from glossator.classifiers.service import ask_register
from glossator.classifiers.tables import ClassName
from glossator.cli.following import follow
from glossator.database import Database, make_engine
from glossator.datasets.service import ask_import
from glossator.datasets.splits import SplitRule
from glossator.maps.service import ask_run
from glossator.maps.tables import Run
from glossator.people.projects import create
from glossator.people.service import ensure_owner
from glossator.people.tables import Project
from glossator.refusal import Refusal
from glossator.settings import Settings, settings
from glossator.storage.blobs import Storage, open_storage
from glossator.tables import configure

PROJECT = "Magnetic tiles"
TILES, WEIGHTS = "magnetic_tiles.zip", "tile_grid.safetensors"
ARCHITECTURE = "tile_grid"
ABSENCE = "NOT DEFECTIVE"
CLASSES = (ABSENCE, "DEFECTIVE")  # in the order of the weights' scores, as their file's metadata says
SAY_SECONDS = 10.0
AWAY_SECONDS = 2.0

NOTE = (
    "1,344 photographs of magnetic tiles (Huang et al., 2018, 2020), scaled down, with masks of the defects. "
    "Most tiles were photographed under six exposures, so the split keeps every group of photographs of one "
    "tile on one side: at a random split a nearest neighbour on raw pixels is right 0.990 of the time "
    "because it finds the same tile again, with the tile's other photographs left out 0.721."
)
ABSENCE_NOTE = (
    "NOT DEFECTIVE means that the network found no evidence of a defect. Its maps mark arbitrary spots, so "
    "do not expect that they can be named; begin with DEFECTIVE."
)
INSTRUCTIONS = "Name what the marked spots of the tiles have in common."


@dataclass(frozen=True)
class Demo:
    """The demo of one installation, step by step."""

    database: Database
    storage: Storage
    settings: Settings
    say: Callable[[str], None]

    def run(self) -> None:
        """Bring the demo onto boards; a Refusal says what stopped it."""
        folder = find_bundle(self.settings)
        owner_id, project_id = self._project()
        if project_id is None:
            self.say("The demo's project was deleted, so nothing is made again; its people can restore it.")
            return
        data_set_id = self._data_set(project_id, owner_id, folder / TILES)
        classifier_id = self._classifier(project_id, owner_id, data_set_id, folder / WEIGHTS)
        run_id = self._run(project_id, owner_id, classifier_id)
        if self._boards(run_id, classifier_id, owner_id):
            self.say(f"Boards ready: {self.settings.public_url}/boards")

    def _project(self) -> tuple[UUID, UUID | None]:
        with self.database.transaction() as session:
            owner = ensure_owner(session)
            there = session.scalars(select(Project).where(Project.is_demo).order_by(Project.id)).all()
            if not there:
                return owner.id, create(session, name=PROJECT, account_id=owner.id, is_demo=True).id
            return owner.id, next((each.id for each in there if each.deleted_at is None), None)

    def _data_set(self, project_id: UUID, owner_id: UUID, tiles: Path) -> UUID:
        blob = self.storage.put_file(tiles)

        def ask(session: Session) -> tuple[UUID, UUID]:
            data_set, job = ask_import(
                session,
                self.storage,
                project_id=project_id,
                name=PROJECT,
                source_blob=blob,
                split=SplitRule(kind="column", column="split", group_column="group"),
                note=NOTE,
                asked_by=owner_id,
                settings=self.settings,
            )
            return data_set.id, job.id

        return self._finished(ask)

    def _classifier(self, project_id: UUID, owner_id: UUID, data_set_id: UUID, weights: Path) -> UUID:
        blob = self.storage.put_file(weights)

        def ask(session: Session) -> tuple[UUID, UUID]:
            classifier, job = ask_register(
                session,
                project_id=project_id,
                data_set_id=data_set_id,
                name="Tile grid",
                architecture=ARCHITECTURE,
                weights_blob=blob,
                class_names=CLASSES,
                asked_by=owner_id,
            )
            return classifier.id, job.id

        return self._finished(ask)

    def _run(self, project_id: UUID, owner_id: UUID, classifier_id: UUID) -> UUID:
        def ask(session: Session) -> tuple[UUID, UUID]:
            run, job = ask_run(session, project_id=project_id, classifier_id=classifier_id, asked_by=owner_id)
            return run.id, job.id

        return self._finished(ask)

    def _boards(self, run_id: UUID, classifier_id: UUID, owner_id: UUID) -> bool:
        """Make the boards of every class; false when the maps of the run wait for a person's choice."""
        with self.database.transaction() as session:
            run = session.get_one(Run, run_id)
            if run.variant is None:
                self.say(f"The maps are computed, but {run.variant_reason} Choose on the run's page.")
                return False
            names = session.scalars(select(ClassName).where(ClassName.classifier_id == classifier_id)).all()
            make_boards(
                session,
                run_id=run_id,
                account_ids=[owner_id],
                classes=[each.position for each in sorted(names, key=lambda each: each.name == ABSENCE)],
                instructions=INSTRUCTIONS,
                class_notes={each.position: ABSENCE_NOTE for each in names if each.name == ABSENCE},
            )
        return True

    def _finished(self, ask: Callable[[Session], tuple[UUID, UUID]]) -> UUID:
        """Ask, wait for the job, and return the id of what it makes."""
        with self.database.transaction() as session:
            made, job_id = ask(session)
        follow(self.database, job_id, say=self.say, every=SAY_SECONDS)
        return made


def find_bundle(chosen: Settings) -> Path:
    """The folder of the demo's files: as set, in the installed package, or in the clone."""
    package = Path(__file__).parents[1]
    candidates = [package / "demo_bundle", package.parents[1] / "demo"]
    if chosen.demo_folder is not None:
        candidates = [chosen.demo_folder]
    for folder in candidates:
        if all((folder / name).is_file() for name in (TILES, WEIGHTS)):
            return folder
    raise Refusal(f"The demo's files {TILES} and {WEIGHTS} are not in {candidates[-1]}: set DEMO_FOLDER.")


def patiently(action: Callable[[], None]) -> bool:
    """Do it; false when the database went away meanwhile, so that it has to be done again."""
    try:
        action()
    except OperationalError:
        return False
    return True


def main() -> int:
    chosen = settings()
    configure()
    database = Database(make_engine(chosen.database_url, pool_size=1))

    def say(line: str) -> None:
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()

    demo = Demo(database, open_storage(chosen.storage_url), chosen, say)
    try:
        while not patiently(demo.run):
            say("Demo: the database is away, waiting for it")
            time.sleep(AWAY_SECONDS)
    except Refusal as refusal:
        say(f"Demo: {refusal}")
        return 1
    finally:
        database.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
