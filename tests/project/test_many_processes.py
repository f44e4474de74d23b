"""Many processes at the same moment lose nothing and see no error."""

import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from selfassess.model.round import Rules
from selfassess.model.sheet import Ticket
from selfassess.project import round_queries
from selfassess.project.exchange_files import write_sheet
from selfassess.project.parcel import pack
from selfassess.project.project import create, open_project
from selfassess.project.rounds import Rounds
from tests.project import asked

pytestmark = pytest.mark.slow

Start = Callable[..., "subprocess.Popen[str]"]

MANY = 50


def test_fifty_processes_hand_in_at_once(tmp_path: Path, start: Start) -> None:
    """The project is not even there when they come: one of them makes it."""
    path = tmp_path / "ours.selfassess"
    together = start("hand_in_together", path, MANY)
    said, errors = together.communicate()
    assert errors == ""
    assert together.returncode == 0
    receipts = dict(line.split() for line in said.splitlines())
    assert len(receipts) == MANY
    assert list(tmp_path.iterdir()) == [path]
    with open_project(path) as project:
        assert sorted(sheet.answers for sheet in project.sheets()) == sorted(receipts)
        for name, receipt in receipts.items():
            sheet = project.sheet(receipt)
            assert sheet.answers == name
            assert sheet.texts == {"why": f"because of {name}", "how": f"as {name} does"}
        for table, count in (("drafts", 0), ("texts", 2 * MANY), ("project WHERE key = 'untidy'", 0)):
            assert project.database.first(int, f"SELECT count(*) FROM {table}") == count


def test_fifty_processes_answer_one_round_at_once(tmp_path: Path, start: Start) -> None:
    path = tmp_path / "ours.selfassess"
    invited = {"board": MANY}
    with create(path, "shared") as project:
        rounds = Rounds(project)
        rounds.add(replace(asked.ROUND, id="spring", key="5" * 32, invited=invited), asked.EDITION)
        rounds.add(replace(asked.ROUND, invited=invited, rules=Rules(codes=True)), asked.EDITION)
        for id in ("spring", "autumn"):
            rounds.open(id)
        keys = [*(f"{number:032x}" for number in range(MANY)), "f" * 32]
        with project.database.transaction() as connection:
            round_queries.add_admissions(connection, asked.KEY, "board", keys)
    together = start("answer_rounds_together", path, MANY)
    said, errors = together.communicate()
    assert errors == ""
    assert together.returncode == 0
    lines = [line.split("|") for line in said.splitlines()]
    assert [taken for _, _, taken, _ in lines] == ["new"] * MANY
    assert sorted(first == "new" for *_, first in lines) == [False] * (MANY - 1) + [True]
    assert {first for *_, first in lines if first != "new"} == {
        "The admission code was used before: each is for one sheet."
    }
    assert list(tmp_path.iterdir()) == [path]
    with open_project(path) as project:
        rounds = Rounds(project)
        counts = rounds.counts("spring")
        assert (counts.handed_in, counts.drafts) == ({"board": MANY}, {"board": 0})
        assert rounds.counts("autumn").handed_in == rounds.counts("autumn").used == {"board": MANY + 1}
        for name, receipt, *_ in lines:
            assert rounds.sheets.of_receipt(receipt)[1].texts == {"why": f"because of {name}"}


def test_two_who_collect_the_same_folder_take_each_sheet_in_once(tmp_path: Path, start: Start) -> None:
    path, folder, sheets = tmp_path / "ours.selfassess", tmp_path / "folder", 200
    folder.mkdir()
    with create(path, "shared") as project:
        rounds = Rounds(project)
        rounds.add(replace(asked.ROUND, invited={"board": sheets}, rules=Rules(codes=True)), asked.EDITION)
        rounds.open("autumn")
        with project.database.transaction() as connection:
            keys = [f"{number:032x}" for number in range(sheets)]
            round_queries.add_admissions(connection, asked.KEY, "board", keys)
    for number, key in enumerate(keys):
        ticket = Ticket(round=asked.KEY, admission=key)
        write_sheet(folder / f"{number}.sheet", pack(asked.sheet(ticket=ticket), asked.receipt()))
    both = [start("collect", path, folder) for _ in range(2)]
    for one in both:
        assert one.stdout.readline() == "ready\n"
    for one in both:
        one.stdin.write("\n")
        one.stdin.flush()
    said = [one.communicate() for one in both]
    assert [errors for _, errors in said] == ["", ""]
    taken = [words.split() for words, _ in said]
    assert sorted(taken[0] + taken[1]) == ["here"] * sheets + ["new"] * sheets
    assert sorted(map(sorted, zip(*taken, strict=True))) == [["here", "new"]] * sheets
    with open_project(path) as project:
        counts = Rounds(project).counts("autumn")
        assert counts.handed_in == counts.used == {"board": sheets}
        assert len(Rounds(project).sheets.texts("autumn")) == 2 * sheets
