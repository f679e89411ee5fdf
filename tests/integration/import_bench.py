"""An archive to import, and a worker of this process that runs what was asked for."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

from PIL import Image as Picture
from sqlalchemy import select

from glossator.database import Database
from glossator.datasets import service
from glossator.datasets.splits import SplitRule
from glossator.datasets.tables import DataSet, Image, ImportReport
from glossator.jobs.tables import Job
from glossator.settings import Settings
from glossator.storage.blobs import Storage
from glossator_worker.loop import Worker


def png(colour: tuple[int, int, int] | int, size: tuple[int, int] = (24, 16)) -> bytes:
    """A picture whose pixels follow from its colour, unlike those of any other colour."""
    mode = "RGB" if isinstance(colour, tuple) else "L"
    out = io.BytesIO()
    Picture.new(mode, size, colour).save(out, "PNG")
    return out.getvalue()


def zipped(files: Mapping[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


@dataclass(frozen=True)
class ImportBench:
    """Asks for imports and looks at what became of them."""

    database: Database
    storage: Storage
    settings: Settings
    project_id: UUID

    def ask(
        self,
        archive: bytes | Path,
        *,
        name: str = "Tiles",
        split: SplitRule | None = None,
        labels: str | None = None,
    ) -> tuple[UUID, UUID]:
        """The ids of data set and job."""
        source = self.storage.put_file(archive) if isinstance(archive, Path) else self.storage.put(archive)
        labels_blob = self.storage.put(labels.encode()) if labels is not None else None
        with self.database.transaction() as session:
            data_set, job = service.ask_import(
                session,
                self.storage,
                project_id=self.project_id,
                name=name,
                source_blob=source,
                split=split or SplitRule(),
                labels_blob=labels_blob,
                asked_by=None,
                settings=self.settings,
            )
            return data_set.id, job.id

    def work(self) -> None:
        """Runs all steps there are."""
        me = uuid4()
        Worker(self.database, self.storage, self.settings, worker_id=lambda: me).drain("cpu")

    def imported(self, archive: bytes | Path, **options: object) -> UUID:
        """A data set whose import has finished."""
        data_set_id, job_id = self.ask(archive, **options)  # type: ignore[arg-type]  # passed on as they are
        self.work()
        job = self.job(job_id)
        assert job.state == "finished", f"{job.error}\n{job.error_details}"
        return data_set_id

    def job(self, job_id: UUID) -> Job:
        with self.database.transaction() as session:
            return session.get_one(Job, job_id)

    def data_set(self, data_set_id: UUID) -> DataSet:
        with self.database.transaction() as session:
            return session.get_one(DataSet, data_set_id)

    def images(self, data_set_id: UUID) -> list[Image]:
        """In the order of pages."""
        with self.database.transaction() as session:
            mine = select(Image).where(Image.data_set_id == data_set_id)
            return list(session.scalars(mine.order_by(Image.id)))

    def by_name(self, data_set_id: UUID) -> dict[str, Image]:
        return {image.file_name: image for image in self.images(data_set_id)}

    def report(self, data_set_id: UUID) -> dict[str, tuple[str, str]]:
        """File name → kind and reason."""
        with self.database.transaction() as session:
            lines = session.scalars(select(ImportReport).where(ImportReport.data_set_id == data_set_id))
            return {line.file_name: (line.kind, line.reason) for line in lines}
