"""People who join the project of the tests' installation by an invitation, and what they do at boards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx2
from tests.browser.installation import PASSWORD, Workshop, created

AT = "2026-01-01T00:00:00Z"


@dataclass(frozen=True)
class Member:
    """A signed-in person."""

    client: httpx2.Client
    account_id: str
    email: str


def join(room: Workshop, name: str, email: str, role: str) -> Member:
    """Invite somebody and let them take the invitation."""
    made = created(room.owner.post(f"/api/projects/{room.project_id}/invitations", json={"role": role}))
    client = room.guests.enter_context(
        httpx2.Client(base_url=room.address, timeout=30, headers={"Origin": room.address})
    )
    who = {"name": name, "email": email, "password": PASSWORD}
    answer = client.post(f"/api/invitations/{made['link'].rpartition('/')[2]}", json=who)
    assert answer.status_code == 200, answer.text
    return Member(client, answer.json()["account"]["id"], email)


def new_round(room: Workshop, name: str, people: Sequence[Member]) -> str:
    """A naming round of the run with boards of all classes for these people; its id."""
    body = {"run_id": room.run_id, "name": name, "annotators": [each.account_id for each in people]}
    key = {"Idempotency-Key": str(uuid4())}
    return created(room.owner.post("/api/naming-rounds", json=body, headers=key))["id"]


def boards_of(person: Member, round_name: str) -> dict[str, str]:
    """The person's boards in a round, by class."""
    boards = person.client.get("/api/boards").json()["items"]
    return {each["class_name"]: each["id"] for each in boards if each["round_name"] == round_name}


def play(person: Member, board_id: str, bodies: Sequence[Mapping[str, Any]]) -> None:
    """Send commands to a fresh board, all at once."""
    commands = [
        {"command_id": str(uuid4()), "sequence": number, "at": AT, **body}
        for number, body in enumerate(bodies, 1)
    ]
    message = {"client_id": str(uuid4()), "base_version": 0, "commands": commands}
    answer = person.client.post(f"/api/boards/{board_id}/commands", json=message)
    assert answer.status_code == 200, answer.text
