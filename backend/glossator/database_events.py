"""Live events: what changed is said over Postgres NOTIFY, at commit, to every web process."""

import json
from collections.abc import Mapping

from pydantic import JsonValue
from sqlalchemy import func, select
from sqlalchemy.orm import Session

CHANNEL = "glossator"
LONGEST = 7999  # bytes of a payload; Postgres refuses more


def notify(session: Session, topic: str, payload: Mapping[str, JsonValue] | None = None) -> None:
    """Say at commit that `topic` (`job:ID`, `board:ID`, …) changed; listeners read the state themselves.

    Equal payloads of one transaction arrive once. A payload that is too long is a ValueError.
    """
    text = json.dumps({"topic": topic, **(payload or {})}, separators=(",", ":"))
    if len(text.encode()) > LONGEST:
        raise ValueError(f"the event about {topic} has over {LONGEST} bytes: send ids, not contents")
    session.execute(select(func.pg_notify(CHANNEL, text)))
