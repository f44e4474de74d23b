"""A file tells what is in it and nothing else: no order of arrival, nothing of what was removed."""

import datetime
import hashlib
import itertools
import random
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import Draft, Sheet, Ticket
from selfassess.project import codes, records, round_queries, schema
from selfassess.project.drafts import InRound, begin
from selfassess.project.parcel import pack
from selfassess.project.project import Project, create, open_project
from selfassess.project.rounds import Rounds
from selfassess.text import clean
from tests.project import asked

Start = Callable[..., "subprocess.Popen[str]"]

SECRET = "Nobody listens to the parents from Elm Street."


@pytest.fixture
def base(shared: Project) -> Path:
    shared.tidy()
    shared.close()
    return shared.path


def some_sheets(sheet: Sheet, count: int) -> list[tuple[str, Sheet]]:
    """Sheets of different lengths, each with its receipt."""
    chance = random.Random(7)
    return [
        (
            codes.new_code(20),
            replace(
                sheet,
                group=chance.choice(["board", "staff"]),
                answers="".join(chance.choices("0123-~?", k=40)),
                texts={about: "word " * chance.choice([1, 20, 700]) for about in chance.sample("abcdef", k=3)},
            ),
        )
        for _ in range(count)
    ]


def hashed(path: Path) -> str:
    assert sorted(path.parent.glob(path.name + "*")) == [path]
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_any_order_of_hand_ins_leaves_the_same_bytes(base: Path, sheet: Sheet) -> None:
    found = set()
    for number, order in enumerate(list(itertools.permutations(some_sheets(sheet, 5)))[::9]):
        path = Path(shutil.copy(base, base.with_name(f"{number}.selfassess")))
        for receipt, one in order:
            with open_project(path) as project:
                project.hand_in(one, receipt)
        found.add(hashed(path))
    assert len(found) == 1


def test_so_it_is_while_the_project_stays_open_elsewhere(base: Path, sheet: Sheet, edition: Edition) -> None:
    sheets, found = some_sheets(sheet, 30), set()
    for number in range(5):
        random.Random(number).shuffle(sheets)
        path = Path(shutil.copy(base, base.with_name(f"{number}.selfassess")))
        with open_project(path) as looking:
            looking.sheets()
            for receipt, one in sheets:
                with open_project(path) as project:
                    project.hand_in(one, receipt)
        found.add(hashed(path))
    assert len(found) == 1


def test_so_it_is_whatever_went_on_before(base: Path, sheet: Sheet, edition: Edition, draft: Draft) -> None:
    (receipt, one), (later, other) = some_sheets(sheet, 2)
    plain = Path(shutil.copy(base, base.with_name("plain.selfassess")))
    with open_project(plain) as project:
        project.hand_in(one, receipt)
    with open_project(base) as project:
        saver = begin(project, edition, draft)
        for length in (10, 5_000, 50_000):
            saver.save(replace(draft, comments={"vision": "x" * length}))
        project.hand_in(other, later)
        project.hand_in(one, receipt)
        saver.discard()
        project.forget(later)
    assert hashed(base) == hashed(plain)


def test_a_hand_in_is_tidied_up_after_while_the_project_stays_open(
    shared: Project, edition: Edition, draft: Draft, sheet: Sheet
) -> None:
    saver = begin(shared, edition, replace(draft, comments={"vision": SECRET}))
    saver.hand_in(sheet)
    assert not traces(shared.path)
    assert list(shared.path.parent.iterdir()) == [shared.path]
    assert len(shared.sheets()) == 1


def test_the_time_of_a_hand_in_is_not_in_a_shared_file(base: Path, sheet: Sheet) -> None:
    found = set()
    for number in range(2):
        path = Path(shutil.copy(base, base.with_name(f"{number}.selfassess")))
        with open_project(path) as project:
            project.hand_in(
                replace(sheet, date=datetime.datetime(2026, 1 + number, 1, tzinfo=datetime.UTC)),
                "0000-0000-0000-0000-0000",
            )
        found.add(hashed(path))
    assert len(found) == 1


def test_a_forgotten_sheet_leaves_nothing_in_the_file_or_beside_it(
    shared: Project, edition: Edition, draft: Draft, sheet: Sheet
) -> None:
    saver = begin(shared, edition, replace(draft, comments={"vision": SECRET}))
    receipt = saver.hand_in(replace(sheet, texts={"why": SECRET, "vision": SECRET}))
    assert traces(shared.path)
    assert shared.forget(receipt.lower()) == "sheet"
    assert not traces(shared.path)
    assert shared.sheets() == ()
    shared.close()
    assert not traces(shared.path)


def test_a_forgotten_sheet_takes_nobody_elses_texts_with_it(shared: Project, sheet: Sheet) -> None:
    one, other = codes.new_code(20), codes.new_code(20)
    shared.hand_in(sheet, one)
    shared.hand_in(sheet, other)
    shared.forget(one)
    assert shared.sheet(other) == sheet
    assert len(shared.sheets()) == 1


def test_nor_while_another_process_has_the_project_open(shared: Project, sheet: Sheet, start: Start) -> None:
    looking = start("look", shared.path)
    assert looking.stdout.readline() == "ready\n"
    receipt = codes.new_code(20)
    shared.hand_in(replace(sheet, texts={"why": SECRET}), receipt)
    assert shared.forget(receipt) == "sheet"
    shared.close()
    assert not traces(shared.path)
    looking.communicate("\n")
    assert looking.returncode == 0
    assert [file.name for file in shared.path.parent.iterdir()] == [shared.path.name]


def test_a_forgotten_draft_leaves_nothing(shared: Project, edition: Edition, draft: Draft) -> None:
    saver = begin(shared, edition, replace(draft, comments={"vision": SECRET}))
    assert traces(shared.path)
    assert shared.forget(saver.code) == "draft"
    assert not traces(shared.path)


def test_a_discarded_draft_leaves_nothing(personal: Project, edition: Edition, draft: Draft) -> None:
    saver = begin(personal, edition, replace(draft, comments={"vision": SECRET}))
    saver.discard()
    assert not traces(personal.path)
    saver.discard()


def test_a_text_that_was_changed_leaves_nothing_of_what_it_was(
    personal: Project, edition: Edition, draft: Draft
) -> None:
    saver = begin(personal, edition, replace(draft, comments={"vision": SECRET}))
    saver.save(draft)
    personal.close()
    assert not traces(personal.path)


def test_what_one_process_could_not_tidy_the_last_one_does(tmp_path: Path, edition: Edition, sheet: Sheet) -> None:
    first = create(tmp_path / "p.selfassess", "shared")
    with open_project(first.path) as second:
        second.freeze(edition)
        second.hand_in(sheet, "0000-0000-0000-0000-0000")
        second.forget("0000-0000-0000-0000-0000")
    first.sheets()
    first.close()
    once = hashed(first.path)
    with open_project(first.path) as again:
        assert again.tidy()
    assert hashed(first.path) == once


def test_what_is_deleted_is_overwritten_and_what_is_committed_is_on_the_disk(shared: Project) -> None:
    for setting, value in (("secure_delete", 1), ("synchronous", 2), ("foreign_keys", 1), ("journal_mode", "wal")):
        assert shared.database.first(lambda found: found, f"PRAGMA {setting}") == value


def test_tidying_is_never_an_error(shared: Project, sheet: Sheet) -> None:
    shared.hand_in(sheet, codes.new_code(20))
    shared.close()
    gone = open_project(shared.path)
    shared.path.unlink()
    assert not gone.tidy()
    gone.close()


@pytest.fixture
def asking(tmp_path: Path) -> Path:
    """A closed file with an open round that asks for everything that can be asked for."""
    with create(tmp_path / "round.selfassess", "shared") as project:
        rounds = Rounds(project)
        rounds.add(replace(asked.ROUND, rules=asked.ALL_RULES), asked.EDITION)
        rounds.open("autumn")
        keys = [codes.admission_key(CODE, project.salt), *(f"{number:032x}" for number in range(4))]
        with project.database.transaction() as connection:
            round_queries.add_admissions(connection, asked.KEY, "board", keys)
            round_queries.fix(connection, asked.KEY)
            schema.note_untidy(connection)
    return project.path


CODE = "K7QM-3RTP-9XWD"
MATCHED = ["", "ab" * 16, "cd" * 16, "", "ef" * 16]
AGREES = [True, False, None, True, False]


def answered(number: int, admission: str = "") -> Sheet:
    """The sheet of somebody, with its ticket."""
    texts = {"why": f"Because of {number}. " * 60 ** (number % 3), "vision": "Würde"} if number % 4 else {}
    ticket = Ticket(round=asked.KEY, admission=admission, agrees=AGREES[number], matching=MATCHED[number])
    return asked.sheet(answers=f"++32{number % 4}+", texts=texts, ticket=ticket)


def come_in(path: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody's sheet comes in, by whom it is in one of the three ways."""
    receipt = f"0000-0000-0000-0000-000{number}"
    with open_project(path) as project:
        rounds = Rounds(project)
        if number == 0:
            ticket = answered(0, codes.admission_key(CODE, project.salt)).ticket
            draft = Draft(questionnaire=asked.EDITION.sha256, group="board", form="full", ticket=ticket)
            saver = InRound(rounds, rounds.get("autumn"), rounds.sheets.begin(asked.EDITION, draft, CODE))
            saver._receipt = receipt
            saver.save(replace(draft, comments={"vision": SECRET}))
            saver.hand_in(answered(0, ticket.admission))
        elif number < 3:
            parcel = pack(answered(number, f"{number:032x}"), receipt)
            assert rounds.sheets.hand_in(parcel, None, asked.QUESTIONNAIRE) == "new"
        else:
            with monkeypatch.context() as patch:
                patch.setattr(codes, "new_code", lambda _: receipt)
                rounds.papers.enter("autumn", str(number), answered(number), asked.QUESTIONNAIRE)


def test_a_round_tells_no_order_whichever_way_sheets_came(asking: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    while_open, closed = set(), set()
    for number, order in enumerate(list(itertools.permutations(range(5)))[::17]):
        path = Path(shutil.copy(asking, asking.with_name(f"{number}.selfassess")))
        for one in order:
            come_in(path, one, monkeypatch)
        while_open.add(hashed(path))
        with open_project(path) as project:
            standing = Rounds(project).close("autumn").standing
        closed.add(hashed(path))
    assert standing["board"] == "shown"
    assert len(while_open) == len(closed) == 1


def test_nor_what_went_on_before(asking: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Others who were withdrawn, an answer that was changed, a paper that was corrected and one that was taken out, a
    sitting that was given up, a round that was deleted, all leave nothing."""
    plain = Path(shutil.copy(asking, asking.with_name("plain.selfassess")))
    for number in (2, 3):
        come_in(plain, number, monkeypatch)
    secret, receipt = asked.sheet(texts={"why": SECRET, "vision": SECRET}), "0000-0000-0000-0000-0002"
    with open_project(asking) as project:
        rounds = Rounds(project)
        spring = replace(asked.ROUND, id="spring", key="5" * 32, invited={"board": 9})
        rounds.add(spring, asked.EDITION)
        rounds.open("spring")
        other = replace(secret, ticket=Ticket(round=spring.key))
        for number in range(20):
            rounds.sheets.hand_in(pack(other, f"1111-1111-1111-1111-11{number:02}"), None, asked.QUESTIONNAIRE)
        assert rounds.sheets.withdraw("1111-1111-1111-1111-1100")
        begun = Draft(questionnaire=asked.EDITION.sha256, group="board", form="full", ticket=other.ticket)
        rounds.sheets.begin(asked.EDITION, replace(begun, comments={"vision": SECRET}), "0000-0000-0000")
        rounds.delete("spring")
        begun = replace(begun, ticket=Ticket(round=asked.KEY, admission=codes.admission_key(CODE, project.salt)))
        rounds.sheets.begin(asked.EDITION, replace(begun, comments={"vision": SECRET}), CODE)
        assert project.forget(CODE) == "draft"
        first = replace(secret, ticket=Ticket(round=asked.KEY, admission=f"{2:032x}", agrees=False))
        rounds.sheets.hand_in(pack(first, receipt), None, asked.QUESTIONNAIRE)
        assert traces(asking)
        with monkeypatch.context() as patch:
            patch.setattr(codes, "new_code", lambda _: "0000-0000-0000-0000-0003")
            rounds.papers.enter("autumn", "3", replace(secret, ticket=None), asked.QUESTIONNAIRE)
        rounds.papers.enter("autumn", "4", replace(secret, ticket=None), asked.QUESTIONNAIRE)
        rounds.papers.enter("autumn", "3", answered(3), asked.QUESTIONNAIRE)
        assert rounds.papers.remove("autumn", "4")
        # What came in with a file that was sent again and what was changed are the same sheet, in the same revision.
        again = rounds.sheets.replacement(answered(2), receipt)
        assert rounds.sheets.hand_in(again, None, asked.QUESTIONNAIRE) == "replaced"
    assert not traces(asking)
    with open_project(plain) as project:
        assert Rounds(project).sheets.hand_in(again, None, asked.QUESTIONNAIRE) == "replaced"
    assert hashed(asking) == hashed(plain)


def test_nothing_is_in_a_round_but_what_was_said_and_random_keys(asking: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So no name, time, user or host."""
    for number in range(5):
        come_in(asking, number, monkeypatch)
    with open_project(asking) as project:
        Rounds(project).close("autumn")
        Rounds(project).release("autumn", frozenset({("board", "why", "score")}))
    said = {"kind", "sum", "why", "score", "shared", "salt", "autumn", "Autumn 2026", "full", "closed", "board", None}
    said |= set(range(2)) | {about for number in range(5) for about in answered(number).texts}
    said |= {clean(text) for number in range(5) for text in answered(number).texts.values()}
    said |= {answered(number).answers for number in range(5)} | {asked.CONTENT}
    said |= {records.to_json({"services": [1.0, 3.0], "years": 3}), records.to_json({"board": 12, "staff": 16})}
    said |= {
        records.to_json(records.RULES.write(asked.ALL_RULES)),
        records.to_json({"board": "shown", "staff": "left_out"}),
        "{}",
    }
    with closing(sqlite3.connect(asking)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        values = {value for name in tables for row in connection.execute(f"SELECT * FROM {name}") for value in row}
    others = values - said
    assert all(codes.is_key(value) for value in others), others
    assert len(values & said) == len(said)


def traces(path: Path) -> bool:
    """Whether the secret, or one of its pages, can be found in the file or in one beside it."""
    return any(SECRET.encode() in file.read_bytes() for file in path.parent.iterdir())
