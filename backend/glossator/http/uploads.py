"""Large uploads: the sender is known before a byte is taken, nothing is held in memory as a whole."""

import shutil
import tempfile
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from typing import BinaryIO, TypeVar

import pydantic
from fastapi import Request
from pydantic import BaseModel
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect

from glossator.http.deps import ServicesDep, TokenDep
from glossator.http.services import Services
from glossator.people.accounts import Person, person_of
from glossator.refusal import Refusal

T = TypeVar("T", bound=BaseModel)


class Upload:
    """The fields and files of a multipart form, and who sent it; files lie in temporary files on disk."""

    def __init__(self, person: Person, form: FormData) -> None:
        self.person = person
        self._form = form

    def file(self, name: str) -> BinaryIO | None:
        found = self._form.get(name)
        return found.file if isinstance(found, UploadFile) and found.filename else None

    def required_file(self, name: str) -> BinaryIO:
        found = self.file(name)
        if found is None:
            raise Refusal(f"The form has no file in the field '{name}'.", code="invalid")
        return found

    def fields(self, kind: type[T]) -> T:
        """The text fields as one model; an empty field counts as absent."""
        texts = {name: value for name, value in self._form.items() if isinstance(value, str) and value}
        try:
            return kind.model_validate(texts)
        except pydantic.ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise Refusal(f"{where or 'The form'}: {first['msg']}.", code="invalid") from None


async def received(request: Request, services: ServicesDep, token: TokenDep) -> AsyncIterator[Upload]:
    """A dependency: reads the form of someone who is signed in, up to UPLOAD_LIMIT_MB.

    Its lookup has a transaction of its own, so that no connection waits for a slow sender.
    """
    person = await run_in_threadpool(_signed_in, services, token)
    limit = services.settings.upload_limit_mb * 2**20
    async with _parsed(request, limit) as form:
        yield Upload(person, form)


def _signed_in(services: Services, token: str | None) -> Person:
    with services.database.transaction() as session:
        person = person_of(session, token, active=True) if token else None
    if person is None:
        raise Refusal("Sign in to go on.", code="not_signed_in", status=401)
    return person


@asynccontextmanager
async def _parsed(request: Request, limit: int) -> AsyncIterator[FormData]:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise Refusal("Send the file as multipart/form-data.", code="unsupported_format", status=415)
    if int(request.headers.get("content-length") or 0) > limit:
        raise _too_large(limit)
    _check_space(int(request.headers.get("content-length") or 0))
    parser = MultiPartParser(request.headers, _counted(request, limit), max_files=4, max_fields=20)
    try:
        form = await parser.parse()
    except MultiPartException as error:
        raise Refusal(f"The form can't be read: {error.message}", code="invalid", status=400) from None
    except ClientDisconnect:
        raise Refusal(
            "The upload was broken off; nothing was stored.", code="broken_off", status=400
        ) from None
    try:
        yield form
    finally:
        await form.close()


async def _counted(request: Request, limit: int) -> AsyncGenerator[bytes, None]:
    seen = 0
    async for chunk in request.stream():
        seen += len(chunk)
        if seen > limit:
            raise _too_large(limit)
        yield chunk


def _too_large(limit: int) -> Refusal:
    return Refusal(
        f"The upload is larger than {limit // 2**20:,} MB; divide it, import it with `glossator import`, or "
        "raise UPLOAD_LIMIT_MB.",
        code="too_large",
        status=413,
    )


def _check_space(size: int) -> None:
    free = shutil.disk_usage(tempfile.gettempdir()).free
    if size > free:
        raise Refusal(
            f"The server's disk for uploads has {free // 2**20:,} MB left, the upload needs more; ask who "
            "runs it to make room.",
            code="disk_full",
            status=413,
        )
