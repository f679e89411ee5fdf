"""What a gesture costs the service: one command over one map and over all, on boards of two sizes.

    .venv/bin/python -m tests.benchmarks.board_commands

Prints milliseconds from the parsed request to the commit, median and largest of twenty. Fails over 100 ms for
5,000 maps.
"""

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from uuid import UUID, uuid4

from tests.browser.board_room import Annotator, BoardRoom, board_room
from tests.servers import running_servers

from glossator.boards.commands import Envelope
from glossator.boards.queries import board_of, board_state
from glossator.boards.service import apply_commands

BOUND_MS = 100
REPEATS = 20


def posted(room: BoardRoom, person: Annotator, version: int, client: UUID, maps: list[str], to: str) -> float:
    """Milliseconds of one assignment, with its transaction."""
    command = {
        "command_id": str(uuid4()),
        "sequence": version + 1,
        "kind": "assign",
        "maps": maps,
        "to": to,
        "at": "2026-01-01T00:00:00Z",
    }
    envelope = Envelope.model_validate({"client_id": client, "base_version": version, "commands": [command]})
    started = time.perf_counter()
    with room.database.transaction() as session:
        apply_commands(session, person.board_id, person.account_id, envelope)
    return 1000 * (time.perf_counter() - started)


def main() -> int:
    slow = 0
    print(f"load {os.getloadavg()[0]:.1f}")
    print(f"{'':32}{'median ms':>12}{'largest ms':>12}")
    for size in (170, 5000):
        with (
            tempfile.TemporaryDirectory() as folder,
            running_servers() as servers,
            board_room(servers, Path(folder), maps=size) as room,
        ):
            person, client, version = room.annotator(), uuid4(), 0
            with room.database.transaction() as session:
                found = board_state(session, board_of(session, person.board_id, person.account_id))
            maps = [name for name, _ in found.maps]
            for label, moved in (("one map", maps[:1]), ("all maps", maps)):
                times = []
                for turn in range(REPEATS):
                    to = "discarded" if turn % 2 == 0 else "unlabeled"
                    times.append(posted(room, person, version, client, moved, to))
                    version += 1
                median = statistics.median(times)
                slow += median > BOUND_MS
                print(f"{f'{label} of {size}':32}{median:>12.1f}{max(times):>12.1f}")
    return slow


if __name__ == "__main__":
    sys.exit(main())
