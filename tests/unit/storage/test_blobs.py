"""Blobs lie under their SHA-256, in a folder or in S3, and behave alike."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto import mock_aws

from glossator.refusal import Refusal
from glossator.storage.blobs import BlobMissing, FolderStorage, S3Storage, Storage, open_storage


@pytest.fixture(params=["folder", "s3"])
def storage(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Storage]:
    if request.param == "folder":
        yield FolderStorage(tmp_path / "blobs")
        return
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    with mock_aws():
        boto3.client("s3").create_bucket(Bucket="tiles")
        yield S3Storage("tiles", "blobs")


def test_what_was_put_is_found_under_its_hash(storage: Storage, tmp_path: Path) -> None:
    content = b"\x00\xff" * 5000
    file = tmp_path / "file"
    file.write_bytes(content)

    assert storage.put(content) == storage.put_file(file) == hashlib.sha256(content).hexdigest()
    assert storage.get(hashlib.sha256(content).hexdigest()) == content
    storage.fetch(hashlib.sha256(content).hexdigest(), tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == content


def test_putting_twice_is_harmless(storage: Storage) -> None:
    assert storage.put(b"once") == storage.put(b"once")
    assert storage.exists(storage.put(b"once"))


def test_a_missing_blob_is_named(storage: Storage, tmp_path: Path) -> None:
    absent = hashlib.sha256(b"never put").hexdigest()

    assert not storage.exists(absent)
    with pytest.raises(BlobMissing, match=absent):
        storage.get(absent)
    with pytest.raises(BlobMissing, match=absent):
        storage.fetch(absent, tmp_path / "copy")


def test_nothing_half_written_is_left_under_a_hash(tmp_path: Path) -> None:
    storage = FolderStorage(tmp_path)
    sha256 = storage.put(b"whole")

    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.name for path in files] == [sha256[2:]]


def test_an_address_of_another_kind_is_refused() -> None:
    with pytest.raises(Refusal, match="ftp://x"):
        open_storage("ftp://x")


def test_parts_of_a_blob_are_read_without_the_whole(storage: Storage) -> None:
    content = bytes(range(256)) * 20_000
    sha256 = storage.put(content)

    with storage.open(sha256) as file:
        assert file.seek(-10, 2) == len(content) - 10
        assert file.read() == content[-10:]
        file.seek(3_000_001)
        assert file.read(70_000) == content[3_000_001:3_070_001]
        assert file.read(0) == b""
        file.seek(len(content) + 5)
        assert file.read(1) == b""
    with pytest.raises(BlobMissing):
        storage.open("0" * 64)
