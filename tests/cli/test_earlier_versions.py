"""Projects of every version that was ever released are opened, reported and compared by the commands.

The frozen files hold questionnaires of two lines. Whole ones, to which the answers in the files fit, are put in their
place, and more people hand in, so that there is something to report.
"""

import hashlib
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Command

FROZEN = Path(__file__).parents[1] / "project" / "frozen"
VERSIONS = (1, 2, 3, 4)
RECEIPT = "K7QM-3RTP-9XWD-2HCF-8JNE"

ASKED = """
format = 1
id = "asked"
version = "1"
title = "Asked"
[[groups]]
id = "board"
title = "Board"
[scales.agree]
points = [{ value = 0, label = "No" }, { value = 1, label = "Partly" }, { value = 2, label = "Yes" }]
[[strands]]
id = "where_to"
title = "Where we are going"
  [[strands.benchmarks]]
  id = "vision"
  title = "Vision"
    [[strands.benchmarks.items]]
    id = "vision_say"
    text = "I can say where we are going."
    scale = "agree"
  [[strands.questions]]
  id = "why"
  text = "Why is that so?"
"""
SMALL = """
format = 1
id = "small"
version = "1"
title = "Small"
[[groups]]
id = "board"
title = "Board"
[[groups]]
id = "staff"
title = "Staff"
[scales.agree]
points = [
  { value = 1, label = "No" }, { value = 2, label = "Hardly" }, { value = 3, label = "Partly" },
  { value = 4, label = "Mostly" }, { value = 5, label = "Yes" },
]
dont_know = "Don't know"
not_applicable = "Doesn't apply"
[scales.services]
points = [{ value = 1, label = "Health" }, { value = 2, label = "Schools" }, { value = 3, label = "Housing" }]
[[strands]]
id = "one"
title = "How we work"
  [[strands.benchmarks]]
  id = "vision"
  title = "Vision"
  comment = "What makes you say so?"
    [[strands.benchmarks.items]]
    id = "vision_say"
    text = "I can say where we are going."
    scale = "agree"
  [[strands.benchmarks]]
  id = "work"
  title = "Work"
    [[strands.benchmarks.items]]
    id = "years"
    text = "How long have you been here?"
    kind = "number"
    min = 0
    max = 50
    [[strands.benchmarks.items]]
    id = "services"
    text = "Which of these do you work with?"
    kind = "many"
    scale = "services"
    [[strands.benchmarks.items]]
    id = "trust"
    text = "We trust each other."
    scale = "agree"
    [[strands.benchmarks.items]]
    id = "time"
    text = "Meetings end on time."
    scale = "agree"
    [[strands.benchmarks.items]]
    id = "money"
    text = "I know what we spend."
    scale = "agree"
    [[strands.benchmarks.items]]
    id = "desk"
    text = "I have what I need to work."
    scale = "agree"
    groups = ["staff"]
  [[strands.questions]]
  id = "why"
  text = "Why is that so?"
"""


def whole(connection: sqlite3.Connection, id: str, content: bytes) -> None:
    """Another questionnaire takes the place of the frozen one with this id, wherever a row names it."""
    before = hashlib.sha256(f'format = 1\nid = "{id}"\n'.encode()).hexdigest()
    after = hashlib.sha256(content).hexdigest()
    connection.execute("UPDATE questionnaires SET sha256 = ?, content = ? WHERE sha256 = ?", (after, content, before))
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    for table in tables & {"drafts", "sheets", "texts", "rounds"}:
        connection.execute(f"UPDATE {table} SET questionnaire = ? WHERE questionnaire = ?", (after, before))


def more_people(connection: sqlite3.Connection) -> None:
    """Six people hand in in each round, with answers that differ."""
    columns = [name for _, name, *_ in connection.execute("PRAGMA table_info(sheets)")]
    for round, moved in (("5" * 32, 0), ("a" * 32, 1)):
        row = connection.execute(f"SELECT {', '.join(columns)} FROM sheets WHERE round = ?", (round,)).fetchone()
        connection.execute("DELETE FROM sheets WHERE round = ?", (round,))
        for person in range(6):
            answers = f"{min(2, person % 3 + moved)}+"
            one = dict(zip(columns, row, strict=True)) | {"id": f"{round[0]}{person:031x}", "answers": answers}
            marks = ", ".join("?" * len(columns))
            connection.execute(f"INSERT INTO sheets ({', '.join(columns)}) VALUES ({marks})", tuple(one.values()))
    connection.execute("UPDATE sheets SET matching = NULL")
    connection.execute("DELETE FROM refusals")
    connection.execute("""UPDATE rounds SET standing = '{"board":"shown"}' WHERE state = 'closed'""")


def earlier(folder: Path, version: int, kind: str) -> Path:
    path = Path(shutil.copy(FROZEN / f"version-{version}-{kind}.selfassess", folder / "mine.selfassess"))
    with closing(sqlite3.connect(path)) as connection, connection:
        whole(connection, "small", SMALL.encode())
        whole(connection, "asked", ASKED.encode())
        if kind == "shared" and version > 1:
            more_people(connection)
        connection.execute("DELETE FROM project WHERE key = 'sum'")
    return path


def test_every_version_is_there() -> None:
    from selfassess.project import schema

    assert range(1, schema.VERSION + 1) == range(VERSIONS[0], VERSIONS[-1] + 1)


@pytest.mark.parametrize("version", VERSIONS)
def test_ones_own_project_of_an_earlier_version(selfassess: Command, tmp_path: Path, version: int) -> None:
    earlier(tmp_path, version, "personal")
    where = selfassess("where")
    assert (where.code, "(personal: yours alone)" in where.out, "earlier version" in where.out) == (
        0,
        True,
        version < 4,
    )
    report = selfassess("report")
    assert (report.code, "Vision" in report.out, "Würde" in report.out) == (0, True, True), report.err
    sittings = selfassess("sittings")
    assert (sittings.code, "Small" in sittings.err) == (0, True), sittings.err
    compared = selfassess("compare")
    if version < 3:
        assert (compared.code, "answered once" in compared.err) == (5, True), compared.err
    else:
        assert (compared.code, "Vision" in compared.out) == (0, True), compared.err


@pytest.mark.usefixtures("slow_codes")
@pytest.mark.parametrize("version", VERSIONS)
def test_answers_in_a_shared_project_of_an_earlier_version(selfassess: Command, tmp_path: Path, version: int) -> None:
    earlier(tmp_path, version, "shared")
    own = selfassess("report", "--receipt", typed=f"{RECEIPT}\n")
    assert (own.code, "Vision" in own.out, "Würde" in own.out) == (0, True, True), own.err


def test_a_shared_project_of_the_first_version_has_no_rounds_yet(selfassess: Command, tmp_path: Path) -> None:
    earlier(tmp_path, 1, "shared")
    assert "There is no round yet." in selfassess("round", "list").err
    compared = selfassess("compare")
    assert (compared.code, "There is no closed round." in compared.err) == (2, True), compared.err


@pytest.mark.parametrize("version", VERSIONS[1:])
def test_the_rounds_of_an_earlier_version_are_reported_and_compared(
    selfassess: Command, tmp_path: Path, version: int
) -> None:
    earlier(tmp_path, version, "shared")
    assert selfassess("round", "list").out.count("6 of 6 handed in") == 2
    status = selfassess("round", "status", "spring")
    assert (status.code, "Targets set for this round:" in status.out) == (0, True), status.err
    closed = selfassess("round", "close", "autumn", "--yes")
    assert closed.code == 0, closed.err
    for round, score in (("spring", "50"), ("autumn", "83")):
        report = selfassess("report", round, "--full")
        assert (report.code, score in report.out) == (0, True), report.err
    assert "We talked." in selfassess("report", "spring", "--full").out
    compared = selfassess("compare", "spring", "autumn")
    assert (compared.code, "Vision" in compared.out) == (0, True), compared.err
    plan = selfassess("plan")
    assert (plan.code, "Write it down." in plan.out) == (0, True), plan.err


@pytest.mark.parametrize("version", VERSIONS)
def test_a_shared_project_of_an_earlier_version_is_handed_over_with_a_notice(
    selfassess: Command, tmp_path: Path, version: int
) -> None:
    earlier(tmp_path, version, "shared")
    assert selfassess("project", "notice", "--holder", "Sam Field", "--contact", "Sam").code == 0
    done = selfassess("project", "hand-over", str(tmp_path / "next.selfassess"))
    assert (done.code, "Copied and checked" in done.err) == (0, True), done.err
    said = selfassess("--project", str(tmp_path / "next.selfassess"), "project", "notice").out
    assert "is kept by Sam Field" in said
