"""Sheets of paper keyed in elsewhere, from a pipe: one a line, taken in whole or not at all."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from selfassess.cli.terminal import LONGEST_LINE, Cancelled, say, tell
from selfassess.errors import ResponsesError
from selfassess.services.paper_batch import Batch, Intake, Wrong, check, intake, read_batch
from selfassess.text import clean, count

if TYPE_CHECKING:
    from selfassess.services.paper_desk import Desk

MOST_TOLD = 1_000
"""Lines for which every misfit is listed; beyond these only their number."""


def take_in(desk: "Desk", lines: Iterable[str], *, named: bool, replaces: bool) -> int:
    """Take in every sheet of the input. ResponsesError where a line does not fit."""
    found = intake(desk, _read(desk, lines, named=named), replaces=replaces)
    if found.wrong:
        _refuse(found.wrong)
    if found.sheets:
        _keep(desk, found)
    say(f"{count(len(found.sheets), 'sheet')} taken in, {found.already_here} already here.")
    return 0


def _read(desk: "Desk", lines: Iterable[str], *, named: bool) -> Batch:
    return read_batch(desk, lines, named=named, longest=LONGEST_LINE)


def _refuse(wrong: Sequence[Wrong]) -> None:
    for one in wrong[:MOST_TOLD]:
        say(str(one))
    if len(wrong) > MOST_TOLD:
        say(f"And {len(wrong) - MOST_TOLD:,} more.")
    lines_wrong = count(len({one.at for one in wrong}), "line does", "lines do")
    raise ResponsesError(
        f"{lines_wrong} not fit, so nothing was taken in.",
        hint="Correct these lines, then send the whole file again.",
    )


def _keep(desk: "Desk", found: Intake) -> None:
    """Keep all of them or none. Cancelled, after saying what was stored, if the person interrupts."""
    try:
        desk.keep_all(found.sheets)
    except KeyboardInterrupt:
        first = found.sheets[0]
        is_in = desk.find(first.number) == first.sheet
        say(f"Stopped. {count(len(found.sheets), 'sheet')} taken in." if is_in else "Stopped. Nothing was taken in.")
        raise Cancelled from None


def enter_again(desk: "Desk", lines: Iterable[str], *, named: bool) -> int:
    """Tell every difference to what was keyed in before."""
    found = check(desk, _read(desk, lines, named=named))
    for number, one in found.differences:
        tell(clean(f"Sheet {number}: {one.where}: first {one.before}, now {one.now}"))
    for problem in found.wrong:
        say(str(problem))
    differ = len(found.differences)
    say(f"{count(found.checked, 'sheet')} checked, {count(differ, 'difference')}. Nothing was changed.")
    if found.left:
        say(f"Not checked: {', '.join(found.left)}.")
    if differ:
        say(f"To correct a sheet: round enter {desk.round.id} --paper NUMBER")
    return ResponsesError.exit_code if differ or found.wrong else 0
