"""Five scripted annotators whose namings overlap in known ways, at boards of the demo's classifier.

In DEFECTIVE, P and Q are ten maps each of the two most frequent X-features, every one of another image:

    annotator   1: crack = P            hole = Q
                2: cracks = P           pit = Q
                3: crack = P[:6]        line = P[6:]       hole = Q
                4: crack = P            odd = Q[:2] (two images: removed by cleaning)
                5: mark = P[:5], Q[:5]  hole = Q[5:]       P[5:] discarded

In NOT DEFECTIVE the first two give P[:6] one name each, and the others name nothing.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from tests.browser.installation import Workshop
from tests.browser.members import Member, boards_of, join, new_round, play

ROUND = "Scripted annotators"
PEOPLE = 5


@dataclass(frozen=True)
class Map:
    id: str
    image: str
    x_feature: int


@dataclass(frozen=True)
class Played:
    """The naming round after all five named.

    Attributes:
        maps: on the boards, by class.
        p, q: the maps that the script names, in DEFECTIVE.
        band: those named in NOT DEFECTIVE.
        pseudonyms: of the five, in order.
    """

    round_id: str
    people: tuple[Member, ...]
    pseudonyms: tuple[str, ...]
    maps: dict[str, list[Map]]
    p: list[Map]
    q: list[Map]
    band: list[Map]


def played(room: Workshop) -> Played:
    """Invite five people, give them boards and let them name; the first four finish DEFECTIVE."""
    people = tuple(
        join(room, f"Scripted annotator {number}", f"scripted-{number}@example.org", "annotator")
        for number in range(1, PEOPLE + 1)
    )
    round_id = new_round(room, ROUND, people)
    maps = {name: maps_of(room, name) for name in ("DEFECTIVE", "NOT DEFECTIVE")}
    (p, q), (band, *_) = by_x_feature(maps["DEFECTIVE"])[:2], by_x_feature(maps["NOT DEFECTIVE"])
    p, q, band = p[:10], q[:10], band[:6]
    assert (len(p), len(q), len(band)) == (10, 10, 6)
    script = [
        [named("crack", p), named("hole", q), {"kind": "complete"}],
        [named("cracks", p), named("pit", q), {"kind": "complete"}],
        [named("crack", p[:6]), named("line", p[6:]), named("hole", q), {"kind": "complete"}],
        [named("crack", p), named("odd", q[:2]), {"kind": "complete"}],
        [named("mark", [*p[:5], *q[:5]]), named("hole", q[5:]), discarded(p[5:])],
    ]
    for person, bodies in zip(people, script, strict=True):
        play(person, boards_of(person, ROUND)["DEFECTIVE"], bodies)
    for person, name in zip(people, ("band", "stripe"), strict=False):
        play(person, boards_of(person, ROUND)["NOT DEFECTIVE"], [named(name, band)])
    found = room.owner.get(f"/api/naming-rounds/{round_id}").json()["annotators"]
    called = {each["account_id"]: each["annotator"] for each in found}
    pseudonyms = tuple(called[person.account_id] for person in people)
    return Played(round_id, people, pseudonyms, maps, p, q, band)


def judged(room: Workshop) -> None:
    """What the analyst says about names: crack and cracks, hole and pit mean the same."""
    for name_a, name_b in (("crack", "cracks"), ("hole", "pit")):
        body = {"name_a": name_a, "name_b": name_b, "relation": "exact"}
        answer = room.analyst.put(f"/api/projects/{room.project_id}/judgements", json=body)
        assert answer.status_code == 204, answer.text


def named(name: str, maps: Sequence[Map]) -> dict[str, Any]:
    ids = [each.id for each in maps]
    return {"kind": "create_concept", "concept_id": str(uuid4()), "name": name, "after": None, "maps": ids}


def discarded(maps: Sequence[Map]) -> dict[str, Any]:
    return {"kind": "assign", "maps": [each.id for each in maps], "to": "discarded"}


def by_x_feature(maps: Sequence[Map]) -> list[list[Map]]:
    """The maps of each X-feature, most frequent first; an image has one map of an X-feature at most."""
    count = Counter(each.x_feature for each in maps)
    order = sorted(count, key=lambda number: (-count[number], number))
    return [[each for each in maps if each.x_feature == number] for number in order]


def maps_of(room: Workshop, class_name: str) -> list[Map]:
    """The maps on the boards of a class; which X-feature drew them stands in the database alone."""
    address = json.loads((Path(room.data) / "instance.json").read_text())["database_url"]
    query = """
        select m.id::text, m.image_id::text, m.x_feature
        from activation_map m join run_class c on c.run_id = m.run_id and c.position = m.class_position
        where m.run_id = %s and c.name = %s and m.place is not null and m.plain_scale > 0
        order by m.x_feature, m.image_id
    """
    with psycopg.connect(address) as connection:
        rows = connection.execute(query, (room.run_id, class_name)).fetchall()
    return [Map(*row) for row in rows]
