"""Blobs under their SHA-256: writing twice is harmless, a blob never changes."""

import hashlib
import io
import os
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Protocol
from urllib.parse import unquote, urlparse

import boto3
from botocore.exceptions import ClientError

from glossator.refusal import Refusal
from glossator.storage.ranged import RangedFile


class BlobMissing(LookupError):  # noqa: N818 - what is missing, said by its name
    def __init__(self, sha256: str) -> None:
        super().__init__(f"no blob {sha256} in the storage")


class Storage(Protocol):
    """A content-addressed store; `put` returns the SHA-256 in hexadecimal.

    `put_stream` takes a seekable file from its beginning. `open` gives a seekable file that reads only
    what is asked for, so that one picture of a large archive costs no more than the picture. `fetch`
    copies without holding the blob in memory.
    """

    def put(self, content: bytes) -> str: ...
    def put_file(self, path: Path) -> str: ...
    def put_stream(self, file: BinaryIO) -> str: ...
    def get(self, sha256: str) -> bytes: ...
    def fetch(self, sha256: str, target: Path) -> None: ...
    def open(self, sha256: str) -> BinaryIO: ...
    def exists(self, sha256: str) -> bool: ...


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def sha256_of_stream(file: BinaryIO) -> str:
    """Of a seekable file from its beginning, to which it is put back."""
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(1 << 20):
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


class FolderStorage:
    """Blobs as files `ab/cdef…` below a folder, written beside and renamed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256[2:]

    def put(self, content: bytes) -> str:
        sha256 = sha256_of(content)
        if not self.exists(sha256):
            path = self._path(sha256)
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(path)
        return sha256

    def put_file(self, path: Path) -> str:
        with path.open("rb") as file:
            return self.put_stream(file)

    def put_stream(self, file: BinaryIO) -> str:
        sha256 = sha256_of_stream(file)
        if not self.exists(sha256):
            target = self._path(sha256)
            target.parent.mkdir(parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".new-")
            with os.fdopen(descriptor, "wb") as copy:
                shutil.copyfileobj(file, copy, 1 << 20)
                copy.flush()
                os.fsync(copy.fileno())
            Path(name).replace(target)
        return sha256

    def get(self, sha256: str) -> bytes:
        try:
            return self._path(sha256).read_bytes()
        except FileNotFoundError:
            raise BlobMissing(sha256) from None

    def fetch(self, sha256: str, target: Path) -> None:
        with self.open(sha256) as source, target.open("wb") as file:
            shutil.copyfileobj(source, file, 1 << 20)

    def open(self, sha256: str) -> BinaryIO:
        try:
            return self._path(sha256).open("rb")
        except FileNotFoundError:
            raise BlobMissing(sha256) from None

    def exists(self, sha256: str) -> bool:
        return self._path(sha256).is_file()


class S3Storage:
    """Blobs as objects `prefix/ab/cdef…` of a bucket; credentials as boto3 finds them."""

    def __init__(self, bucket: str, prefix: str, endpoint: str | None = None) -> None:
        self.bucket = bucket
        self.prefix = prefix.strip("/")
        self.client = boto3.client("s3", endpoint_url=endpoint)

    def _key(self, sha256: str) -> str:
        return "/".join(filter(None, (self.prefix, sha256[:2], sha256[2:])))

    def put(self, content: bytes) -> str:
        sha256 = sha256_of(content)
        if not self.exists(sha256):
            self.client.put_object(Bucket=self.bucket, Key=self._key(sha256), Body=content)
        return sha256

    def put_file(self, path: Path) -> str:
        with path.open("rb") as file:
            return self.put_stream(file)

    def put_stream(self, file: BinaryIO) -> str:
        sha256 = sha256_of_stream(file)
        if not self.exists(sha256):
            self.client.upload_fileobj(file, self.bucket, self._key(sha256))
        return sha256

    def get(self, sha256: str) -> bytes:
        try:
            answer = self.client.get_object(Bucket=self.bucket, Key=self._key(sha256))
        except ClientError as error:
            raise _translated(error, sha256) from error
        return answer["Body"].read()

    def fetch(self, sha256: str, target: Path) -> None:
        try:
            self.client.download_file(self.bucket, self._key(sha256), str(target))
        except ClientError as error:
            raise _translated(error, sha256) from error

    def open(self, sha256: str) -> BinaryIO:
        try:
            size = self.client.head_object(Bucket=self.bucket, Key=self._key(sha256))["ContentLength"]
        except ClientError as error:
            raise _translated(error, sha256) from error

        def read(start: int, stop: int) -> bytes:
            part = self.client.get_object(
                Bucket=self.bucket, Key=self._key(sha256), Range=f"bytes={start}-{stop - 1}"
            )
            return part["Body"].read()

        return io.BufferedReader(RangedFile(size, read), 1 << 20)

    def exists(self, sha256: str) -> bool:
        try:
            self.client.head_object(Bucket=self.bucket, Key=self._key(sha256))
        except ClientError as error:
            if isinstance(_translated(error, sha256), BlobMissing):
                return False
            raise
        return True


def _translated(error: ClientError, sha256: str) -> Exception:
    return BlobMissing(sha256) if error.response["Error"]["Code"] in {"404", "NoSuchKey"} else error


@lru_cache
def open_storage(url: str) -> Storage:
    """The storage behind `file:///folder` or `s3://bucket/prefix?endpoint=http://…`."""
    parts = urlparse(url)
    if parts.scheme == "file":
        return FolderStorage(Path(unquote(parts.path)))
    if parts.scheme == "s3" and parts.netloc:
        endpoint = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair).get("endpoint")
        return S3Storage(parts.netloc, parts.path, unquote(endpoint) if endpoint else None)
    raise Refusal(
        f"STORAGE_URL is '{url}': expected file:///folder or s3://bucket/prefix.", code="storage_url"
    )
