"""A damaged project is told as damaged, whatever byte is hit: what is read from it is right, or nothing is."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from selfassess.errors import ProjectError
from selfassess.model.plan import Planned
from selfassess.model.round import Agreed, OwnFinding
from selfassess.model.sheet import Draft
from selfassess.project import codes, integrity, schema
from selfassess.project.drafts import begin
from selfassess.project.parcel import pack
from selfassess.project.plans import Plans
from selfassess.project.project import Project, create, open_project
from selfassess.project.rounds import Rounds
from tests.examples import attack
from tests.project import asked
from tests.project.damage import hit, written

RECEIPT, RESUME, ADMISSION = "0000-0000-0000-0000-0000", "0000-0000-0000", "1111-1111-1111"


@pytest.fixture(scope="session")
def personal_whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A personal project with a draft, two sheets and a plan."""
    path = tmp_path_factory.mktemp("personal") / "mine.selfassess"
    with create(path, "personal") as project:
        draft = Draft(questionnaire=asked.EDITION.sha256, group="board", form="full", comments={"vision": "x" * 9_000})
        begin(project, asked.EDITION, draft)
        for number in range(2):
            project.hand_in(asked.sheet(ticket=None, texts={"why": "y" * 3_000 * number}), codes.new_code(20))
        Plans(project).add(Planned(text="Draw lots.", node="vision", groups=("board",)))
    return path


@pytest.fixture(scope="session")
def shared_whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shared project with a closed and an open round, with everything that belongs to them."""
    path = tmp_path_factory.mktemp("shared") / "ours.selfassess"
    with create(path, "shared") as project:
        rounds = Rounds(project)
        closed = replace(asked.ROUND, id="spring", key="5" * 32)
        rounds.add(closed, asked.EDITION)
        rounds.add(replace(asked.ROUND, rules=asked.ALL_RULES), asked.EDITION, closed)
        for id in ("spring", "autumn"):
            rounds.open(id)
        for number in range(12):
            sheet = asked.sheet(answers=f"++32{number % 4}+", ticket=replace(asked.sheet().ticket, round=closed.key))
            receipt = RECEIPT if number == 0 else codes.new_code(20)
            rounds.sheets.hand_in(pack(sheet, receipt), None, asked.QUESTIONNAIRE)
        rounds.set_target("spring", "vision", "", 60)
        rounds.close("spring")
        rounds.release("spring", frozenset({("all", "vision", "score"), ("board", "why", "score")}))
        rounds.agree("spring", Agreed(node="vision", score=55.5, why="We talked."))
        rounds.write_finding("spring", OwnFinding(node="vision", group="board", text="Few could say it."))
        rounds.papers.enter("autumn", "7", asked.sheet(ticket=None), asked.QUESTIONNAIRE)
        with rounds.admission.inviting(rounds.get("autumn"), "board", [ADMISSION]):
            pass
        ticket = rounds.admission.admit("autumn", ADMISSION)
        begun = Draft(
            questionnaire=asked.EDITION.sha256, group="board", form="full", ticket=replace(ticket, agrees=True)
        )
        rounds.sheets.begin(asked.EDITION, begun, ADMISSION)
        begin(project, asked.EDITION, Draft(questionnaire=asked.EDITION.sha256, group="staff", form="full"))
        Plans(project).add(Planned(text="Draw lots.", node="vision", groups=("board",), round="spring"))
    return path


def everything(path: Path) -> list[Any]:
    """All that can be read from a project."""
    with open_project(path, read_only=True) as project:
        found: list[Any] = [project.kind, project.salt, project.frozen_all(), project.sheets(), project.drafts()]
        found.append(Plans(project).all())
        if project.kind == "shared":
            found += of_rounds(project)
        return found


def of_rounds(project: Project) -> Iterator[Any]:
    rounds = Rounds(project)
    yield rounds.sheets.find_draft(ADMISSION)
    yield rounds.sheets.of_receipt(RECEIPT)
    for round in rounds.all():
        id = round.id
        yield round
        yield from (
            rounds.previous(id),
            rounds.is_fixed(id),
            rounds.counts(id),
            rounds.papers.numbers(id),
            rounds.released(id),
        )
        yield from (
            rounds.agreed(id),
            rounds.findings(id),
            rounds.sheets.texts(id),
            list(rounds.sheets.answers(id)),
            list(rounds.sheets.matched_answers(id)),
        )
        yield [rounds.papers.get(id, number) for number in rounds.papers.numbers(id)]


@pytest.fixture(scope="session")
def spoiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where damaged files are written."""
    return tmp_path_factory.mktemp("spoiled") / "p.selfassess"


@pytest.fixture(scope="session", params=["personal", "shared"])
def whole(request: pytest.FixtureRequest, personal_whole: Path, shared_whole: Path) -> Path:
    return personal_whole if request.param == "personal" else shared_whole


@pytest.fixture(scope="session")
def right(whole: Path) -> list[Any]:
    """What is to be read."""
    return everything(whole)


@attack(1_000)
@example(seed=162142602)
@given(seed=st.integers(0, 1 << 32))
def test_what_is_read_is_right_or_the_file_is_told_as_damaged(
    whole: Path, right: list[Any], spoiled: Path, seed: int
) -> None:
    path = written(spoiled, hit(whole.read_bytes(), seed))
    with suppress(ProjectError):
        assert everything(path) == right


@pytest.mark.slow
@attack(400)
@given(seed=st.integers(0, 1 << 32))
def test_what_is_saved_is_there_or_the_file_is_told_as_damaged(whole: Path, spoiled: Path, seed: int) -> None:
    path = written(spoiled, hit(whole.read_bytes(), seed))
    with suppress(ProjectError), open_project(path) as project:
        draft = Draft(questionnaire=asked.EDITION.sha256, group="board", form="full", place="why")
        saver = begin(project, asked.EDITION, draft)
        saver.save(replace(draft, responses={"years": 3}))
        receipt = saver.hand_in(asked.sheet(ticket=None))
        assert project.sheet(receipt).texts == asked.sheet().texts


def test_most_hits_are_noticed(shared_whole: Path, spoiled: Path) -> None:
    """So the tests above see damage. What is not noticed hit where nothing stands."""
    content = shared_whole.read_bytes()
    told = 0
    for seed in range(100):
        try:
            everything(written(spoiled, hit(content, seed)))
        except ProjectError as error:
            told += error.exit_code == 6
    assert told > 60


def change(path: Path, sql: str, *values: object) -> None:
    """Change a project with another program, and nothing else of it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(sql, values)


def test_a_change_by_another_program_is_told_as_damage(shared_whole: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(shared_whole, tmp_path / "p"))
    change(path, "UPDATE sheets SET answers = '++320+' WHERE answers = '++321+'")
    with pytest.raises(ProjectError, match="damaged"):
        open_project(path)


def test_a_file_that_was_changed_has_its_sum_again_when_it_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "p"
    with create(path, "personal") as project:
        assert has_sum(path)
        draft = Draft(questionnaire=asked.EDITION.sha256, group="board", form="full")
        saver = begin(project, asked.EDITION, draft)
        assert not has_sum(path)
        saver.save(replace(draft, place="why"))
    assert has_sum(path)
    with open_project(path) as first, open_project(path) as second:
        first.remove_draft(first.drafts()[0].id)
        second.drafts()
    assert has_sum(path)


def test_a_file_that_is_only_read_stays_as_it_is(shared_whole: Path) -> None:
    before = shared_whole.read_bytes()
    everything(shared_whole)
    with open_project(shared_whole) as project:
        project.drafts()
    assert shared_whole.read_bytes() == before


def test_a_large_file_has_no_sum_and_opens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(integrity, "LARGEST", 1_000)
    path = tmp_path / "p"
    with create(path, "personal") as project:
        begin(project, asked.EDITION, Draft(questionnaire=asked.EDITION.sha256, group="board", form="full"))
    assert not has_sum(path)
    assert len(everything(path)) > 0


def test_a_later_version_with_more_tables_finds_the_same_sum(
    shared_whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(shutil.copy(shared_whole, tmp_path / "p"))
    with monkeypatch.context() as patch:
        patch.setattr(schema, "VERSION", schema.VERSION + 1)
        patch.setattr(schema, "TABLES", (*schema.TABLES, "CREATE TABLE another (id TEXT PRIMARY KEY) WITHOUT ROWID"))
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            assert integrity.check(connection, path)
            connection.execute("UPDATE sheets SET answers = '++320+' WHERE answers = '++321+'")
            with pytest.raises(ProjectError, match="damaged"):
                integrity.check(connection, path)


def has_sum(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        return integrity.has_sum(connection)


WITH_NUMBER = """replace(content, '"responses":{{', '"responses":{{"years":{}')"""
BAD_ROWS = {
    "a setting that is none": "UPDATE project SET value = x'ff' WHERE key = 'salt'",
    "no kind": "DELETE FROM project WHERE key = 'kind'",
    "a questionnaire that is not what its sum says": "UPDATE questionnaires SET content = 'format = 1'",
    "no questionnaire": "DELETE FROM questionnaires",
    "a draft that is no JSON": "UPDATE drafts SET content = '{'",
    "a draft that is another JSON": "UPDATE drafts SET content = '[]'",
    "a draft with an endless number": f"UPDATE drafts SET content = {WITH_NUMBER.format('1e999')}",
    "a draft with a number that is too large": f"UPDATE drafts SET content = {WITH_NUMBER.format('1' + '0' * 400)}",
    "a draft with a number that is none": f"UPDATE drafts SET content = {WITH_NUMBER.format('NaN')}",
    "a draft of a blob": "UPDATE drafts SET content = x'80'",
    "a draft that was saved at no time": "UPDATE drafts SET saved = 'yesterday'",
    "a draft in no revision": "UPDATE drafts SET revision = 'many'",
    "a sheet of numbers": "UPDATE sheets SET answers = x'3132'",
    "a sheet that stands beside nothing": "UPDATE sheets SET beside = 'null'",
    "a sheet in no form": "UPDATE sheets SET form = 'round'",
    "a sheet of no questionnaire": "UPDATE sheets SET questionnaire = 'none'",
    "a sheet of no group": "UPDATE sheets SET group_id = x'07'",
    "a sheet in no revision": "UPDATE sheets SET revision = x'00'",
    "a text of a blob": "UPDATE texts SET content = x'fe'",
    "a text about nothing": "UPDATE texts SET about = x'fe'",
    "a round with impossible rules": "UPDATE rounds SET rules = '{}'",
    "a round in no state": "UPDATE rounds SET state = 'open wide'",
    "a round with another key": "UPDATE rounds SET key = 'autumn' WHERE id = 'autumn'",
    "a round with no name": "UPDATE rounds SET id = x'00' WHERE id = 'autumn'",
    "a sheet of no round": "DELETE FROM rounds WHERE id = 'autumn'",
    "a code that is used many times": "UPDATE admissions SET used = 'often'",
    "a code of no group": "UPDATE admissions SET group_id = x'00'",
    "paper with no receipt": "UPDATE papers SET receipt = 'lost'",
    "paper with no number": "UPDATE papers SET number = x'ff'",
    "something released of nothing": "UPDATE released SET kind = x'ff'",
    "an agreed score that is none": "UPDATE agreed SET score = 'high'",
    "a finding of a blob": "UPDATE findings SET content = x'fe'",
    "a finding about nothing": "UPDATE findings SET node = x'fe'",
    "an action at no place": "UPDATE plan SET place = 'first'",
    "an action in no status": "UPDATE plan SET status = 'perhaps'",
    "an action due never": "UPDATE plan SET due = 'never'",
    "an action for a list that is none": "UPDATE plan SET group_ids = '{'",
}


@pytest.mark.parametrize("sql", BAD_ROWS.values(), ids=BAD_ROWS)
def test_a_row_that_this_program_cannot_have_written_is_damage_without_the_sum_too(
    sql: str, personal_whole: Path, shared_whole: Path, tmp_path: Path
) -> None:
    """So it is where the program was killed before it could put the sum back."""
    told = 0
    for whole in (personal_whole, shared_whole):
        path = Path(shutil.copy(whole, tmp_path / whole.name))
        change(path, "DELETE FROM project WHERE key = ?", schema.SUM)
        change(path, sql)
        try:
            everything(path)
        except ProjectError:
            told += 1
    assert told
