"""Passwords are kept as Argon2id and compared without telling who exists."""

import pytest

from glossator.people.passwords import hashed, matches
from glossator.refusal import Refusal


def test_a_password_matches_its_own_hash_only() -> None:
    stored = hashed("correct horse")

    assert stored.startswith("$argon2id$")
    assert matches("correct horse", stored)
    assert not matches("correct horsf", stored)


def test_nobody_matches_whatever_is_typed() -> None:
    assert not matches("nobody has this password", None)
    assert not matches("x", "not a hash")


@pytest.mark.parametrize("password", ["", "seven77", "x" * 201])
def test_a_password_of_another_length_is_refused(password: str) -> None:
    with pytest.raises(Refusal, match=f"this one has {len(password)}"):
        hashed(password)
