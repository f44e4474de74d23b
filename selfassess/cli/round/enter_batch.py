"""Sheets of paper keyed in elsewhere, from a pipe: one a line, taken in whole or not at all."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from selfassess.cli.round import paper_sheet
from selfassess.cli.round.paper_sheet import GROUP_WORD, Desk
from selfassess.cli.terminal import LONGEST_LINE, Told, say, tell
from selfassess.errors import ResponsesError, UsageError
from selfassess.model.sheet import Sheet
from selfassess.text import clean, count

if TYPE_CHECKING:
    from selfassess.project.paper_sheets import FromPaper

MOST_LINES = 100_000
"""Lines that are read at once: more sheets of paper than anybody keys in."""
MOST_TOLD = 1_000
"""Lines of which it is told one by one what does not fit."""
EXAMPLE = "Write the number of the sheet, a blank, and the row: 17 345d2…"


@dataclass(frozen=True, slots=True)
class Line:
    """A sheet in the input."""

    at: int
    """Which line, counted from 1."""
    number: str
    row: str
    group: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """What does not fit in a line."""

    at: int
    words: str

    def __str__(self) -> str:
        return f"Line {self.at}: {self.words}"


def run(desk: Desk, lines: Iterable[str] | None, *, named: bool, check: bool, replaces: bool) -> int:
    """Take in, or check, every sheet of the input. ResponsesError where a line does not fit."""
    found = list(_lines(desk, lines or (), named=named))
    sheets = [one for one in found if isinstance(one, Line)]
    wrong = [one for one in found if isinstance(one, Wrong)] + _twice(sheets)
    if not found:
        raise UsageError("There is nothing to key in.", EXAMPLE)
    read: list[tuple[Line, paper_sheet.Keyed]] = []
    for line in sheets:
        try:
            read.append((line, _read(desk, line)))
        except ResponsesError as error:
            wrong += [Wrong(line.at, words) for words in error.message.split("\n\n")]
    if check:
        return _check(desk, read, wrong)
    taken = [] if wrong else list(_from_paper(desk, read, wrong, replaces=replaces))
    if wrong:
        for one in sorted(wrong, key=lambda one: one.at)[:MOST_TOLD]:
            say(str(one))
        if len(wrong) > MOST_TOLD:
            say(f"And {len(wrong) - MOST_TOLD:,} more.")
        lines_wrong = count(len({one.at for one in wrong}), "line does", "lines do")
        raise ResponsesError(
            f"{lines_wrong} not fit, so nothing was taken in.",
            hint="Correct these lines, then send the whole file again.",
        )
    if taken:
        _take_in(desk, taken)
    say(f"{count(len(taken), 'sheet')} taken in, {len(read) - len(taken)} already here.")
    return 0


def _lines(desk: Desk, lines: Iterable[str], *, named: bool) -> Iterator[Line | Wrong]:
    several = len(desk.round.invited) > 1
    group: str | None = desk.group if named or not several else None
    for at, text in enumerate(lines, 1):
        if at > MOST_LINES:
            raise UsageError(
                f"There are more than {MOST_LINES:,} lines, so nothing was taken in.",
                "Check that these are the sheets you mean, and send them in several parts.",
            )
        if len(text) >= LONGEST_LINE:
            yield Wrong(at, "This is longer than any sheet.")
            continue
        words = clean(text.lstrip("\ufeff"), len(text)).strip().split(maxsplit=1)
        if not words or words[0].startswith("#"):
            continue
        if words[0].lower() == GROUP_WORD:
            try:
                desk.turn_to(words[1] if len(words) > 1 else "")
                group = desk.group
            except UsageError as error:
                group = desk.group
                yield Wrong(at, " ".join(filter(None, (error.message, error.facilitator))))
        elif group is None:
            group = desk.group
            yield Wrong(at, f"This does not say whose sheet it is. Add --group, or a line “{GROUP_WORD} {desk.group}”.")
        elif len(words) < 2:
            yield Wrong(at, f"There is no row after “{words[0]}”. {EXAMPLE}")
        else:
            yield _line(at, words[0], words[1].strip(), group)


def _line(at: int, number: str, row: str, group: str) -> Line | Wrong:
    from selfassess.project.round_rules import paper_number

    try:
        return Line(at, paper_number(number), row, group)
    except UsageError as error:
        return Wrong(at, f"{error.message} {error.facilitator}")


def _twice(lines: list[Line]) -> list[Wrong]:
    by_number = sorted(lines, key=lambda line: line.number)
    found = []
    for number, same in groupby(by_number, key=lambda line: line.number):
        places = [line.at for line in same]
        found += [Wrong(at, f"Sheet {number} is in line {places[0]} already.") for at in places[1:]]
    return found


def _read(desk: Desk, line: Line) -> paper_sheet.Keyed:
    """The keys of a line. ResponsesError with all that does not fit, a blank line between."""
    try:
        keyed = desk.read(line.row, line.group)
    except UsageError as error:
        raise ResponsesError(f"Sheet {line.number}: {error.message}") from None
    if misfits := desk.misfits(keyed, line.group):
        raise ResponsesError("\n\n".join(f"Sheet {line.number}: {misfit}" for misfit in misfits))
    return keyed


def _take_in(desk: Desk, taken: "list[FromPaper]") -> None:
    """Keep all of them or none. Told, with what became of them, where the person interrupts."""
    try:
        desk.enter_all(taken)
    except KeyboardInterrupt:
        is_in = desk.rounds.papers.get(desk.round.id, taken[0].number) == taken[0].sheet
        say(f"Stopped. {count(len(taken), 'sheet')} taken in." if is_in else "Stopped. Nothing was taken in.")
        raise Told from None


def _from_paper(
    desk: Desk, read: list[tuple[Line, paper_sheet.Keyed]], wrong: list[Wrong], *, replaces: bool
) -> "Iterator[FromPaper]":
    """The sheets that are new, or replace others. Those that are there with other answers are wrong, unless they may
    be replaced."""
    from selfassess.project.paper_sheets import FromPaper

    for line, keyed in read:
        desk.group = line.group
        before = desk.rounds.papers.get(desk.round.id, line.number)
        sheet = desk.sheet(keyed, before.texts if before and before.group == (line.group or None) else {}, before)
        if before is None or (replaces and not _same(before, sheet)):
            yield FromPaper(number=line.number, sheet=sheet, before=before)
        elif not _same(before, sheet):
            wrong.append(
                Wrong(line.at, f"Sheet {line.number} was keyed in before with other answers. To replace it: --replace.")
            )


def _same(one: Sheet, other: Sheet) -> bool:
    def said(sheet: Sheet) -> tuple[object, ...]:
        ticket = sheet.ticket
        return (
            sheet.group,
            sheet.answers,
            dict(sheet.beside),
            ticket and ticket.agrees,
            ticket and ticket.matching,
        )

    return said(one) == said(other)


def _check(desk: Desk, read: list[tuple[Line, paper_sheet.Keyed]], wrong: list[Wrong]) -> int:
    """Tell every difference to what was keyed in before. Nothing is changed: nobody is there to say which is right."""
    differ, checked = 0, set()
    for line, keyed in read:
        before = desk.rounds.papers.get(desk.round.id, line.number)
        if before is None:
            wrong.append(Wrong(line.at, f"Sheet {line.number} was not keyed in before."))
            continue
        checked.add(line.number)
        if (before.group or "") != line.group:
            groups = f"{desk.title(before.group or '')}, now as {desk.title(line.group)}"
            wrong.append(Wrong(line.at, f"Sheet {line.number} was keyed in as {groups}."))
            continue
        asks = desk.asks_consent(line.group)
        form = desk.layout(line.group)
        first = paper_sheet.keyed_of(form, before, asks_consent=asks)
        for one in paper_sheet.differences(form, first, keyed):
            differ += 1
            tell(clean(f"Sheet {line.number}: {one.where}: first {one.before}, now {one.now}"))
    for problem in sorted(wrong, key=lambda one: one.at):
        say(str(problem))
    left = [number for number in desk.rounds.papers.numbers(desk.round.id) if number not in checked]
    say(f"{count(len(checked), 'sheet')} checked, {count(differ, 'difference')}. Nothing was changed.")
    if left:
        say(f"Not checked: {', '.join(left)}.")
    if differ:
        say(f"To correct a sheet: round enter {desk.round.id} --paper NUMBER")
    return ResponsesError.exit_code if differ or wrong else 0
