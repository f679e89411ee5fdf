"""Ten annotators name at once while an analyst keeps reloading the overview of their agreement.

    .venv/bin/python -m tests.load.ten_annotators [--seconds 120]

A real service with its worker; every annotator makes a gesture a second at a board of the demo, the analyst
reloads twice a second and asks for fresh figures each time, as the page does. Prints how long commands took.
Fails when an answer was an error, a command was lost, or the 99th percentile of commands is over 100 ms.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
from tests.browser.installation import Workshop, installation, workshop
from tests.browser.members import boards_of, join, new_round

ANNOTATORS = 10
GESTURE_SECONDS = 1.0
RELOAD_SECONDS = 0.5
BOUND_MS = 100
NAMES = ("thin crack", "round hole", "worn band", "broken corner", "dark spot")


@dataclass
class Board:
    """An annotator at a board, with what its answers promised."""

    client: httpx2.Client
    board_id: str
    maps: list[str]
    number: int
    concepts: list[str] = field(default_factory=list)
    version: int = 0
    sequence: int = 0
    place_of: dict[str, str] = field(default_factory=dict)
    milliseconds: list[float] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def gestures(self, until: float) -> None:
        """One gesture a second, like a person who waits for nothing."""
        numbers = random.Random(self.number)
        client_id = str(uuid4())
        following = time.monotonic() + numbers.random() * GESTURE_SECONDS
        while following < until:
            time.sleep(max(0.0, following - time.monotonic()))
            following += GESTURE_SECONDS
            self.send(client_id, self.gesture(numbers))

    def gesture(self, numbers: random.Random) -> dict[str, Any]:
        maps = numbers.sample(self.maps, numbers.randint(1, 6))
        if len(self.concepts) < len(NAMES):
            concept = str(uuid4())
            self.concepts.append(concept)
            self.place_of |= dict.fromkeys(maps, concept)
            name = NAMES[len(self.concepts) - 1]
            return {
                "kind": "create_concept",
                "concept_id": concept,
                "name": name,
                "after": None,
                "maps": maps,
            }
        to = numbers.choice([*self.concepts, *self.concepts, "discarded", "unlabeled"])
        self.place_of |= dict.fromkeys(maps, to)
        return {"kind": "assign", "maps": maps, "to": to}

    def send(self, client_id: str, body: dict[str, Any]) -> None:
        self.sequence += 1
        envelope = {"command_id": str(uuid4()), "sequence": self.sequence, "at": "2026-01-01T00:00:00Z"}
        message = {"client_id": client_id, "base_version": self.version, "commands": [envelope | body]}
        began = time.perf_counter()
        answer = self.client.post(f"/api/boards/{self.board_id}/commands", json=message)
        self.milliseconds.append(1000 * (time.perf_counter() - began))
        if answer.status_code != 200:
            self.problems.append(f"{answer.status_code} {answer.text[:200]}")
        else:
            self.version = answer.json()["version"]

    def lost(self) -> int:
        """Maps that are not where the last command about them put them."""
        state = self.client.get(f"/api/boards/{self.board_id}").json()
        found = {each: concept["id"] for concept in state["concepts"] for each in concept["maps"]}
        found |= dict.fromkeys(state["discarded"], "discarded")
        return sum(found.get(each, "unlabeled") != place for each, place in self.place_of.items())


@dataclass
class Analyst:
    """Reloads the overview and asks for what is not fresh."""

    client: httpx2.Client
    url: str
    milliseconds: list[float] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    ages: list[str] = field(default_factory=list)

    def reload(self, until: float) -> None:
        while time.monotonic() < until:
            began = time.perf_counter()
            answer = self.client.get(self.url)
            self.milliseconds.append(1000 * (time.perf_counter() - began))
            if answer.status_code != 200:
                self.problems.append(f"{answer.status_code} {answer.text[:200]}")
            else:
                found = answer.json()["classes"]
                self.ages += [each["computed_at"] for each in found if each["computed_at"]]
                if any(each["state"] != "fresh" for each in found):
                    asked = self.client.post(f"{self.url}/refresh")
                    if asked.status_code != 200:
                        self.problems.append(f"{asked.status_code} {asked.text[:200]}")
            time.sleep(RELOAD_SECONDS)


def annotators(room: Workshop) -> tuple[str, list[Board]]:
    """A naming round of the run for ten new people, and each of them at the board of DEFECTIVE."""
    people = [
        join(room, f"Scripted annotator {number}", f"scripted{number}@example.org", "annotator")
        for number in range(1, ANNOTATORS + 1)
    ]
    round_id = new_round(room, "Load", people)
    boards = []
    for number, person in enumerate(people):
        board_id = boards_of(person, "Load")["DEFECTIVE"]
        maps = [name for name, _ in person.client.get(f"/api/boards/{board_id}").json()["maps"]]
        boards.append(Board(person.client, board_id, maps, number))
    return round_id, boards


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def line(label: str, values: list[float]) -> None:
    print(
        f"{label:24}{len(values):>8}{statistics.median(values):>12.1f}"
        f"{percentile(values, 0.99):>12.1f}{max(values):>12.1f}"
    )


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=120.0)
    seconds = parser.parse_args().seconds
    with (
        tempfile.TemporaryDirectory() as folder,
        installation(Path(folder) / "data") as running,
        workshop(running) as room,
    ):
        round_id, boards = annotators(room)
        analyst = Analyst(room.analyst, f"/api/agreement/{round_id}")
        until = time.monotonic() + seconds
        threads = [threading.Thread(target=each.gestures, args=(until,)) for each in boards]
        threads.append(threading.Thread(target=analyst.reload, args=(until,)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        commands = [each for board in boards for each in board.milliseconds]
        problems = Counter([each for board in boards for each in board.problems] + analyst.problems)
        lost = sum(board.lost() for board in boards)
        log = (Path(folder) / "data" / "logs" / "web.log").read_text()

    print(f"load {os.getloadavg()[0]:.1f}, {seconds:.0f} seconds")
    print(f"{'':24}{'number':>8}{'median ms':>12}{'99 % ms':>12}{'largest ms':>12}")
    line("commands", commands)
    line("overview", analyst.milliseconds)
    print(f"figures computed anew   {len(set(analyst.ages)):>8}")
    print(f"commands lost           {lost:>8}")
    print(f"errors                  {sum(problems.values()):>8}")
    for problem, times in problems.items():
        print(f"  {times} x {problem}")
    if problems:
        print("\n".join(log.splitlines()[-80:]))
    return int(lost > 0 or bool(problems) or percentile(commands, 0.99) > BOUND_MS)


if __name__ == "__main__":
    sys.exit(main())
