"""A batch of paper sheets: what of it would come in, and how it differs from what is there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from selfassess.definition.loader import read
from selfassess.errors import UsageError
from selfassess.model.round import Round
from selfassess.project.codes import new_key
from selfassess.project.project import create
from selfassess.project.rounds import Rounds
from selfassess.services.paper_batch import EXAMPLE, Batch, check, intake, read_batch
from selfassess.services.paper_desk import Desk, desk_for

PAPER = read(Path(__file__).parents[1] / "cli" / "paper.toml")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """The desk of a round that is open."""
    with create(tmp_path / "ours.selfassess", "shared") as project:
        rounds = Rounds(project)
        invited = {"board": 6, "staff": 9}
        rounds.add(Round(id="autumn", key=new_key(), title="A", questionnaire=PAPER.sha256, invited=invited), PAPER)
        rounds.open("autumn")
        yield desk_for(rounds, "autumn")


def batch(desk: Desk, *lines: str) -> Batch:
    return read_batch(desk, lines, named=True, longest=1_000)


def said(desk: Desk, *lines: str) -> list[str]:
    return [str(one) for one in intake(desk, batch(desk, *lines), replaces=False).wrong]


def test_sheets_come_in_once(desk: Desk) -> None:
    lines = ("# the board", "17 3.3121-", "group staff", "018 1 2 4 /3/ 9")
    found = intake(desk, batch(desk, *lines), replaces=False)
    assert [(one.number, one.sheet.group) for one in found.sheets] == [("17", "board"), ("18", "staff")]
    desk.keep_all(found.sheets)
    assert desk.numbers == ("17", "18")
    desk.turn_to("board")
    again = intake(desk, batch(desk, *lines), replaces=False)
    assert (again.sheets, again.already_here, again.wrong) == ((), 2, ())


def test_nothing_comes_in_where_a_line_does_not_fit(desk: Desk) -> None:
    found = intake(desk, batch(desk, "17 3.3121-", "18 x.3121-", "17 3.3121-"), replaces=False)
    assert not found.sheets
    assert [one.at for one in found.wrong] == [2, 3]
    assert said(desk, "17") == [f"Line 1: There is no row after “17”. {EXAMPLE}"]
    assert said(desk, "x" * 1_000) == ["Line 1: This is longer than any sheet."]
    with pytest.raises(UsageError, match="nothing to type in"):
        batch(desk, "", "# nothing")


def test_other_answers_are_wrong_unless_they_may_replace(desk: Desk) -> None:
    desk.keep_all(intake(desk, batch(desk, "17 3.3121-"), replaces=False).sheets)
    other = batch(desk, "17 3.3111-")
    assert intake(desk, other, replaces=False).wrong
    (one,) = intake(desk, other, replaces=True).sheets
    assert one.before == desk.find("17")


def test_a_batch_is_held_against_what_is_there(desk: Desk) -> None:
    desk.keep_all(intake(desk, batch(desk, "17 3.3121-", "18 3.3121-"), replaces=False).sheets)
    found = check(desk, batch(desk, "17 3.3111-", "19 3.3121-"))
    assert [(number, one.before, one.now) for number, one in found.differences] == [("17", "2", "1")]
    assert [str(one) for one in found.wrong] == ["Line 2: Sheet 19 was not typed in before."]
    assert (found.checked, found.left) == (1, ("18",))


def test_a_round_that_is_not_open_has_no_desk(desk: Desk) -> None:
    desk.rounds.close("autumn")
    with pytest.raises(UsageError, match="is closed"):
        desk_for(desk.rounds, "autumn")
