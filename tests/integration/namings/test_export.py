"""From boards to namings: the same bytes by command and by page, and the same figures from either end."""

import io
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, event, select, update
from sqlalchemy.orm import Session
from tests.integration.conftest import NewBrowser
from tests.integration.namings.conftest import Round, fill

from glossator.agreement.files.judgements_csv import read_judgements
from glossator.agreement.files.namings_csv import read_namings
from glossator.agreement.files.renderings import FORMATS
from glossator.agreement.measure import measure
from glossator.agreement.settings import Settings as Measuring
from glossator.boards.making import make_boards_in
from glossator.cli.main import main
from glossator.database import Database
from glossator.datasets.tables import Image
from glossator.maps.tables import ActivationMap, ExplainedImage
from glossator.namings import service
from glossator.namings.export import judgements_csv, namings_csv
from glossator.namings.frame import frame_of
from glossator.namings.judgements import judgements_of
from glossator.namings.reading import Selection, read_class, read_round
from glossator.people.tables import Account, Role
from glossator.refusal import Refusal
from glossator.rounds.tables import NamingRound

HEADER = "annotator,class,activation,image,x_feature,concept,concept_id,status,correct"


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    """The statements that reach the database meanwhile."""
    seen: list[str] = []

    def see(connection: object, cursor: object, statement: str, *rest: object) -> None:
        seen.append(statement)

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", see)
    yield seen
    event.remove(engine, "before_cursor_execute", see)


def exported(session: Session, naming_round: NamingRound, **choices: Any) -> str:
    """The whole file, of what stands in a transaction that is still open."""
    return "".join(namings_csv(session, lambda: nullcontext(session), naming_round.id, **choices))


def named_by_three(session: Session, three: Round) -> list[str]:
    """Overlapping namings with everything that makes a cell awkward; ids of the first one's concepts."""
    maps = three.maps
    thirds = [maps[0::3], maps[1::3], maps[2::3]]
    ids = fill(
        session,
        three.boards[0],
        [("=1+1, “wing”", thirds[0]), ("Schnäbel", thirds[1]), (None, thirds[2][:3])],
        discarded=thirds[2][3:5],
        complete=True,
    )
    fill(session, three.boards[1], [("wing", maps[::2]), ("wing", maps[1:8:2])], complete=True)
    fill(session, three.boards[2], [(" Beak ", thirds[1])])
    return ids


def expected_lines(session: Session, ids: list[str], three: Round, digits: int) -> list[str]:
    """The first annotator's rows, put together by hand from what `named_by_three` did."""
    maps = three.maps
    lines = {}
    for number, map_id in enumerate(maps):
        row = session.get_one(ActivationMap, UUID(map_id))
        image = session.get_one(Image, row.image_id).sha256[:digits]
        kind, place = number % 3, number // 3
        if kind == 0:
            end = f'"\'=1+1, “wing”",{ids[0]},named,1'
        elif kind == 1:
            end = f"Schnäbel,{ids[1]},named,1"
        elif place < 3:
            end = f",{ids[2]},named,1"
        else:
            end = ",,discarded,1" if place < 5 else ",,unlabeled,1"
        activation = f"{image}:{row.x_feature}"
        lines[activation] = f"annotator-01,defective,{activation},{image},{row.x_feature},{end}"
    return [lines[activation] for activation in sorted(lines)]


def test_every_byte_is_what_the_boards_hold(session: Session, three: Round) -> None:
    ids = named_by_three(session, three)

    text = exported(session, three.naming_round(session))

    lines = text.splitlines()
    count = len(three.maps)
    assert lines[0] == HEADER
    assert lines[1 : 1 + count] == expected_lines(session, ids, three, 64)  # these images differ at the end
    assert [line.split(",")[0] for line in lines[1:]] == [
        name for name in ("annotator-01", "annotator-02", "annotator-03") for _ in range(count)
    ]
    assert text.endswith("\n")


def test_the_file_is_made_a_board_at_a_time(session: Session, three: Round) -> None:
    named_by_three(session, three)

    pieces = list(namings_csv(session, lambda: nullcontext(session), three.round_id))

    count = len(three.maps)
    assert [piece.count("\n") for piece in pieces] == [1, count, count, count]
    assert "".join(pieces) == exported(session, three.naming_round(session))


def test_images_are_called_by_sixteen_digits_where_these_tell_them_apart(
    session: Session, three: Round
) -> None:
    ids = named_by_three(session, three)
    for image in session.scalars(select(Image)):
        image.sha256 = sha256(image.sha256.encode()).hexdigest()
    session.flush()

    lines = exported(session, three.naming_round(session)).splitlines()

    assert lines[1 : 1 + len(three.maps)] == expected_lines(session, ids, three, 16)


def test_fed_back_the_file_gives_the_figures_of_the_database(session: Session, three: Round) -> None:
    named_by_three(session, three)
    service.judge(
        session,
        project_id=three.naming_round(session).project_id,
        name_a="wing",
        name_b="SCHNÄBEL",
        relation="subset",
        judged_by=three.people[0],
    )
    wrong = select(ActivationMap.image_id).where(ActivationMap.id == UUID(three.maps[0]))
    session.execute(update(ExplainedImage).where(ExplainedImage.image_id.in_(wrong)).values(predicted=1))
    naming_round = three.naming_round(session)
    settings = Measuring(min_images=2, permutations=5, bootstrap=20)

    text = exported(session, naming_round)
    judged = read_judgements(
        "J.csv", io.BytesIO(judgements_csv(session, naming_round.project_id).encode())
    ).judgements
    back = read_namings("N.csv", io.BytesIO(text.encode()))
    by_file = measure(back.classes, settings, judged)
    read = list(read_round(session, frame_of(session, naming_round)))
    by_database = measure(
        [each.namings for each in read], settings, judgements_of(session, naming_round.project_id)
    )

    assert judged.relations == {("schnäbel", "wing"): "subset"}
    assert ",0\n" in text
    assert FORMATS["json"](by_database, back.source) == FORMATS["json"](by_file, back.source)
    [[first, second, third]] = [each.boards for each in read]
    assert [first.complete, second.complete, third.complete] == [True, True, False]
    assert int(first.discarded.sum()) == 2


def test_a_class_is_read_in_two_statements_however_many_boards_it_has(session: Session, three: Round) -> None:
    named_by_three(session, three)
    frame = frame_of(session, three.naming_round(session))

    with counted(session) as statements:
        read = read_class(session, frame, 0)

    assert read is not None
    assert len(read.boards) == 3
    assert len(statements) == 2


def test_a_board_given_to_somebody_new_meanwhile_is_left_out(
    browser: NewBrowser, session: Session, three: Round
) -> None:
    named_by_three(session, three)
    session.commit()
    newcomer = browser(Role.ANNOTATOR)
    naming_round = three.naming_round(session)
    frame = frame_of(session, naming_round)

    make_boards_in(session, naming_round, account_ids=[newcomer.account_id])

    [read] = read_round(session, frame)
    assert [each.annotator for each in read.namings.namings] == [f"annotator-0{n}" for n in (1, 2, 3)]
    [read] = read_round(session, frame_of(session, naming_round))
    assert len(read.boards) == 4


def test_a_download_never_waits_for_a_second_connection(
    browser: NewBrowser, database: Database, three: Round
) -> None:
    with database.transaction() as session:
        named_by_three(session, three)
    analyst = browser(Role.ANALYST)
    held = [0]  # connections after each time one was taken or given back
    with ExitStack() as listening:
        for name, step in (("checkout", 1), ("checkin", -1)):
            note = partial(lambda step, *_: held.append(held[-1] + step), step)
            event.listen(Engine, name, note)
            listening.callback(event.remove, Engine, name, note)
        answer = analyst.client.get(f"/api/naming-rounds/{three.round_id}/namings.csv")

    assert answer.status_code == 200, answer.text
    assert max(held) == 1


def test_boards_still_worked_on_can_be_left_out(session: Session, three: Round) -> None:
    naming_round = three.naming_round(session)
    with pytest.raises(Refusal, match="no finished board"):
        exported(session, naming_round, complete_only=True)
    named_by_three(session, three)

    rows = exported(session, naming_round, complete_only=True).splitlines()[1:]

    assert {row.split(",")[0] for row in rows} == {"annotator-01", "annotator-02"}


def test_classes_and_annotators_are_chosen_by_name_and_unknown_ones_refused(
    session: Session, three: Round
) -> None:
    naming_round = three.naming_round(session)

    rows = exported(
        session, naming_round, classes=["defective"], annotators=["annotator-03", "annotator-01"]
    ).splitlines()[1:]

    assert {row.split(",")[0] for row in rows} == {"annotator-01", "annotator-03"}
    with pytest.raises(Refusal, match=r"no class 'dented': there are defective\."):
        exported(session, naming_round, classes=["dented"])
    with pytest.raises(Refusal, match="no annotator 'Ada': there are annotator-01, annotator-02"):
        exported(session, naming_round, annotators=["Ada"])
    frame = frame_of(session, naming_round)
    assert list(read_round(session, frame, Selection(classes=frozenset((7,))))) == []


def test_people_with_the_same_name_are_told_apart(session: Session, three: Round) -> None:
    for account_id, name in zip(three.people, ("Ada", "Ada", "Bob"), strict=True):
        session.get_one(Account, account_id).name = name
    session.flush()

    rows = exported(session, three.naming_round(session), by_name=True).splitlines()[1:]

    assert [*dict.fromkeys(row.split(",")[0] for row in rows)] == [
        "Ada (annotator-01)",
        "Ada (annotator-02)",
        "Bob",
    ]


def test_page_and_command_give_the_same_bytes_and_names_to_owners_alone(
    browser: NewBrowser,
    database: Database,
    three: Round,
    data: Path,
    tmp_path: Path,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    with database.transaction() as session:
        named_by_three(session, three)
    owner, analyst = browser(Role.OWNER), browser(Role.ANALYST)
    url = f"/api/naming-rounds/{three.round_id}/namings.csv"

    page = analyst.client.get(url, params={"annotator": ["annotator-01", "annotator-03"]})
    chosen = ["--annotator", "annotator-01", "--annotator", "annotator-03"]
    status = main(["export", "namings", "--round", "first", *chosen, "--data", str(data)])
    to_file = tmp_path / "namings.csv"
    named = ["export", "namings", "--round", str(three.round_id), "--names", "--output", str(to_file)]

    assert (status, page.status_code) == (0, 200)
    assert page.headers["content-type"] == "text/csv; charset=utf-8"
    assert capfdbinary.readouterr().out == page.content
    assert analyst.client.get(url, params={"names": True}).status_code == 403
    assert main([*named, "--data", str(data)]) == 0
    assert to_file.read_bytes() == owner.client.get(url, params={"names": True}).content
    assert b"person1" in to_file.read_bytes()


def test_the_command_says_which_rounds_there_are(
    three: Round, data: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "namings", "--round", "third", "--data", str(data)]) == 2

    answer = capfd.readouterr()
    assert answer.out == ""
    assert answer.err == "There is no naming round 'third': there are first.\n"


def test_of_rounds_with_one_name_the_command_wants_the_id(
    database: Database, three: Round, data: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with database.transaction() as session:
        first = three.naming_round(session)
        second = NamingRound(
            run_id=first.run_id, project_id=first.project_id, name=first.name, class_notes={}
        )
        session.add(second)
        session.flush()
        ids = f"{first.id}, {second.id}"

    assert main(["export", "namings", "--round", "first", "--data", str(data)]) == 2
    assert capfd.readouterr().err == (
        "There are 2 naming rounds 'first': say which with --project, or give one of the ids: " + ids + ".\n"
    )
    assert main(["export", "namings", "--round", str(second.id), "--data", str(data)]) == 2
    assert "has no board to export" in capfd.readouterr().err


def test_who_still_names_blindly_downloads_nothing(
    browser: NewBrowser, database: Database, three: Round
) -> None:
    from glossator.people import projects

    blind = browser(Role.ANALYST)
    with database.transaction() as session:
        projects.set_roles(session, blind.project_id, blind.account_id, [Role.ANALYST, Role.ANNOTATOR])
        [board] = make_boards_in(session, three.naming_round(session), account_ids=[blind.account_id]).boards
    urls = (
        f"/api/naming-rounds/{three.round_id}/namings.csv",
        f"/api/projects/{blind.project_id}/judgements",
        f"/api/projects/{blind.project_id}/judgements.csv",
    )

    for url in urls:
        answer = blind.client.get(url)
        assert (answer.status_code, answer.json()["code"]) == (403, "blinded")
    assert blind.client.post(f"/api/boards/{board.id}/show-anyway").status_code == 204
    assert [blind.client.get(url).status_code for url in urls] == [200, 200, 200]
