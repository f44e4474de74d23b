"""A batch of paper sheets that were keyed in elsewhere, one a line: taken in whole or not at all, or checked."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from selfassess.errors import UsageError
from selfassess.model.questionnaire import GroupKey
from selfassess.model.round import EVERYBODY
from selfassess.model.sheet import Sheet
from selfassess.project.paper_sheets import FromPaper
from selfassess.project.round_rules import paper_number
from selfassess.services.paper_desk import GROUP_WORD, Desk
from selfassess.sitting.paper_row import Difference, Keyed
from selfassess.text import clean

MOST_LINES = 100_000
"""Lines that are read at once: more sheets of paper than anybody keys in."""
EXAMPLE = "Write the number of the sheet, a blank, and the row: 17 345d2…"


@dataclass(frozen=True, slots=True)
class Line:
    """A sheet in the input."""

    at: int
    """Which line, counted from 1."""
    number: str
    row: str
    group: GroupKey


@dataclass(frozen=True, slots=True)
class Wrong:
    """What does not fit in a line."""

    at: int
    words: str

    def __str__(self) -> str:
        return f"Line {self.at}: {self.words}"


@dataclass(frozen=True, slots=True)
class Batch:
    """What was read of an input."""

    sheets: tuple[tuple[Line, Keyed], ...]
    """Those whose rows fit."""
    wrong: tuple[Wrong, ...]


@dataclass(frozen=True, slots=True)
class Intake:
    """What a batch would bring."""

    sheets: tuple[FromPaper, ...]
    """Those that are new, or replace others. None where anything is wrong."""
    already_here: int
    wrong: tuple[Wrong, ...]
    """In the order of the lines."""


@dataclass(frozen=True, slots=True)
class Check:
    """A batch held against what was keyed in before."""

    checked: int
    """How many of its sheets are there."""
    differences: tuple[tuple[str, Difference], ...]
    """Each with the number of its sheet."""
    wrong: tuple[Wrong, ...]
    """In the order of the lines."""
    left: tuple[str, ...]
    """The numbers of the sheets that are there and not in the batch."""


def read_batch(desk: Desk, lines: Iterable[str], *, named: bool, longest: int) -> Batch:
    """Read every line of an input. `named` says that it begins with the sheets of the desk's group; a line of `longest`
    characters was cut. UsageError where nothing is in it, or more than anybody keys in."""
    found = list(_lines(desk, lines, named=named, longest=longest))
    if not found:
        raise UsageError("There is nothing to type in.", EXAMPLE)
    sheets = [one for one in found if isinstance(one, Line)]
    wrong = [one for one in found if isinstance(one, Wrong)] + _twice(sheets)
    read: list[tuple[Line, Keyed]] = []
    for line in sheets:
        try:
            keyed = desk.read(line.row, line.group)
        except UsageError as error:
            wrong.append(Wrong(line.at, f"Sheet {line.number}: {error.message}"))
            continue
        if misfits := desk.misfits(keyed, line.group):
            wrong += [Wrong(line.at, f"Sheet {line.number}: {misfit}") for misfit in misfits]
        else:
            read.append((line, keyed))
    return Batch(tuple(read), tuple(wrong))


def _lines(desk: Desk, lines: Iterable[str], *, named: bool, longest: int) -> Iterator[Line | Wrong]:
    several = len(desk.round.invited) > 1
    group: GroupKey | None = desk.group if named or not several else None
    for at, text in enumerate(lines, 1):
        if at > MOST_LINES:
            raise UsageError(
                f"There are more than {MOST_LINES:,} lines, so nothing was taken in.",
                "Check that these are the sheets you mean, and send them in several parts.",
            )
        if len(text) >= longest:
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


def _line(at: int, number: str, row: str, group: GroupKey) -> Line | Wrong:
    try:
        return Line(at, paper_number(number), row, group)
    except UsageError as error:
        return Wrong(at, f"{error.message} {error.facilitator}")


def _twice(lines: Sequence[Line]) -> list[Wrong]:
    by_number = sorted(lines, key=lambda line: line.number)
    found = []
    for number, same in groupby(by_number, key=lambda line: line.number):
        places = [line.at for line in same]
        found += [Wrong(at, f"Sheet {number} is in line {places[0]} already.") for at in places[1:]]
    return found


def intake(desk: Desk, batch: Batch, *, replaces: bool) -> Intake:
    """What a batch would bring. Sheets that are there with other answers are wrong, unless they may be replaced."""
    wrong = list(batch.wrong)
    taken = [] if wrong else list(_from_paper(desk, batch, wrong, replaces=replaces))
    if wrong:
        return Intake((), 0, _in_order(wrong))
    return Intake(tuple(taken), len(batch.sheets) - len(taken), ())


def _from_paper(desk: Desk, batch: Batch, wrong: list[Wrong], *, replaces: bool) -> Iterator[FromPaper]:
    for line, keyed in batch.sheets:
        before = desk.find(line.number)
        texts = before.texts if before and before.group == (line.group or None) else {}
        sheet = desk.sheet(keyed, texts, before, line.group)
        if before is None or (replaces and not _same(before, sheet)):
            yield FromPaper(number=line.number, sheet=sheet, before=before)
        elif not _same(before, sheet):
            said = f"Sheet {line.number} was typed in before with different answers. To replace it: --replace."
            wrong.append(Wrong(line.at, said))


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


def check(desk: Desk, batch: Batch) -> Check:
    """Hold a batch against what was keyed in before. Nothing is changed: nobody is there to say which is right."""
    wrong = list(batch.wrong)
    found: list[tuple[str, Difference]] = []
    checked: set[str] = set()
    for line, keyed in batch.sheets:
        before = desk.find(line.number)
        if before is None:
            wrong.append(Wrong(line.at, f"Sheet {line.number} was not typed in before."))
            continue
        checked.add(line.number)
        if (before.group or EVERYBODY) != line.group:
            groups = f"{desk.title(before.group or EVERYBODY)}, now as {desk.title(line.group)}"
            wrong.append(Wrong(line.at, f"Sheet {line.number} was typed in as {groups}."))
            continue
        found += [(line.number, one) for one in desk.differences(desk.keyed(before), keyed, line.group)]
    left = tuple(number for number in desk.numbers if number not in checked)
    return Check(len(checked), tuple(found), _in_order(wrong), left)


def _in_order(wrong: Iterable[Wrong]) -> tuple[Wrong, ...]:
    return tuple(sorted(wrong, key=lambda one: one.at))
