"""The table that a survey service exports, with a row for each person who answered: as CSV or as a workbook."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice, zip_longest
from typing import Any, Literal, get_args

from selfassess import csv_text
from selfassess.errors import ResponsesError
from selfassess.services import workbook
from selfassess.text import count, on_one_line

Service = Literal["microsoft-forms", "google-forms", "surveymonkey", "limesurvey", "csv"]
SERVICES: tuple[Service, ...] = get_args(Service)
NAMES: Mapping[Service, str] = {
    "microsoft-forms": "Microsoft Forms",
    "google-forms": "Google Forms",
    "surveymonkey": "SurveyMonkey",
    "limesurvey": "LimeSurvey",
    "csv": "a table",
}
"""What people call them."""
ENDINGS = (".csv", ".tsv", ".xlsx")
"""What the name of a table ends in."""
MOST_ROWS, MOST_COLUMNS = 20_000, 2_000
LONGEST_HEADING = 500
"""Characters of a heading that are kept."""
_LINE_END = re.compile(r"\r\n|\r|\n")
_NO_WORKBOOK = "Save it again from your spreadsheet, as .xlsx without a password, or as CSV."
_SPLIT = "Check that this is the file you mean. If it is, split it."
_TITLE = "If a title stands above the headings, delete its row."
_TOO_WIDE = "Look for a comma or a quotation mark too many, or a second table on the same page."


@dataclass(frozen=True, slots=True)
class Export:
    """What a file held."""

    name: str
    service: Service
    headings: tuple[str, ...]
    """Of each column; where there are two rows of headings, the second in square brackets."""
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    """Below the headings, each with the number of its row in a spreadsheet. All are as wide as the
    headings."""

    def column(self, at: int) -> Iterator[str]:
        """The cells of a column that are not blank, without blanks around them."""
        return (cell for _, cells in self.rows if (cell := cells[at].strip()))


@cache
def known_headings() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """What services call the columns that they put beside the answers."""
    found: dict[str, Any] = tomllib.loads(
        files("selfassess.services").joinpath("survey_headings.toml").read_text(encoding="utf-8")
    )
    return found


def is_table(name: str) -> bool:
    """Whether a file is a table by its name."""
    return name.lower().endswith(ENDINGS)


def flat(words: str) -> str:
    """Words without regard to capitals, blanks, the shape of quotation marks and dashes, and the mark of a question
    that has to be answered."""
    plain = unicodedata.normalize("NFKC", words).translate(_PLAIN)
    return " ".join(plain.casefold().split()).rstrip(" *")


_PLAIN = str.maketrans("‘’“”–—‑", "''\"\"---")


def read_export(name: str, content: bytes, service: Service | None = None) -> Export:
    """The table in a file. Which service wrote it is told from its headings unless it is said. ResponsesError where
    there is no table of answers in it."""
    table = list(_table(name, content))
    if not table:
        raise ResponsesError(f"{name} is empty.", hint="Export the answers again.")
    (_, first), *below = table
    headings = [_heading(cell) for cell in first]
    service = service or _service_of(headings)
    if service == "surveymonkey" and below and _is_second(headings, below[0][1]):
        headings = _joined(headings, [_heading(cell) for cell in below[0][1]])
        below = below[1:]
    if len(below) > MOST_ROWS:
        raise ResponsesError(f"{name} has more than {MOST_ROWS:,} rows, so nothing was taken in.", hint=_SPLIT)
    headings = headings[: _filled(headings)]
    if len(headings) > MOST_COLUMNS:
        raise ResponsesError(f"{name} has more than {MOST_COLUMNS:,} columns.", hint="Is it the file you mean?")
    wide = len(headings)
    for line, cells in below:
        if (filled := _filled(cells)) > wide:
            raise ResponsesError(
                f"{name}, row {line}: it has {count(filled, 'cell')}, and the row of headings has {wide}.",
                hint=_TITLE if wide == 1 else _TOO_WIDE,
            )
    if not below:
        raise ResponsesError(f"{name} has headings and no answers.", hint="Export it again once people have answered.")
    rows = [(line, (*cells[:wide], *[""] * (wide - len(cells)))) for line, cells in below]
    return Export(name, service, tuple(headings), tuple(rows))


def _filled(cells: Sequence[str]) -> int:
    """How many cells a row has, without the blank ones at its end."""
    return max((at for at, cell in enumerate(cells, 1) if cell.strip()), default=0)


def _table(name: str, content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Every row that is not blank, up to one more than are read, with its number."""
    if content.startswith(workbook.OLD_START):
        raise ResponsesError(f"{name} has a password, or is an old workbook (.xls).", hint=_NO_WORKBOOK)
    if not workbook.is_workbook(content):
        yield from islice(_lines(name, content), MOST_ROWS + 3)
        return
    try:
        merged = workbook.lowest_merged(content)
        rows = list(workbook.rows(content, "", MOST_COLUMNS + 1, MOST_ROWS + 10))
    except workbook.TooLargeError as error:
        raise ResponsesError(f"{name} {error} Nothing was taken in.", hint=_SPLIT) from None
    except workbook.NotWorkbookError as error:
        hint = f"{_NO_WORKBOOK} If it is a .zip file, unpack it first."
        raise ResponsesError(f"{name} {error}", hint=hint) from None
    if merged > 2:  # two rows of headings can have some
        raise ResponsesError(
            f"{name} has merged cells down to row {merged}, so nobody can tell whose answers they hold.",
            hint="Split them in your spreadsheet, or export the answers again.",
        )
    yield from rows


def _lines(name: str, content: bytes) -> Iterator[tuple[int, list[str]]]:
    within = 0  # line ends within cells: a spreadsheet does not count them
    try:
        for line, cells in csv_text.rows(csv_text.decoded(content)):
            yield line - within, [csv_text.unmarked(cell) for cell in cells]
            within += sum(len(_LINE_END.findall(cell)) for cell in cells)
    except UnicodeDecodeError:
        hint = "In your spreadsheet choose “CSV UTF-8” when you save it, or save it as .xlsx."
        raise ResponsesError(f"{name} is not UTF-8 text.", hint=hint) from None
    except csv_text.NotCsvError as error:
        raise ResponsesError(f"{name}, from line {error.line}: {error.words}", hint=error.hint) from None


def _heading(cell: str) -> str:
    without_tags = re.sub(r"<[^<>]{1,200}>", " ", cell[: 4 * LONGEST_HEADING])
    return " ".join(on_one_line(without_tags, LONGEST_HEADING).split())


def _service_of(headings: Sequence[str]) -> Service:
    there = {flat(one) for one in headings}
    signs = known_headings()["services"]
    return next((service for service in SERVICES if not there.isdisjoint(signs.get(service, ()))), "csv")


def _is_second(headings: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether a row goes on with the headings: below the id of a row there is nothing."""
    ids = known_headings()["columns"]["id"]
    at = next((at for at, one in enumerate(headings) if flat(one) in ids), None)
    return at is not None and (at >= len(cells) or not cells[at].strip())


def _joined(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """Two rows of headings as one. A heading goes on to the right, over the parts of its question."""
    found, above = [], ""
    for one, part in zip_longest(first, second, fillvalue=""):
        above = one or (above if part else "")
        is_plain = not part or flat(part) in known_headings()["plain"]["second"]
        found.append(above if is_plain else f"{above} [{part}]")
    return found
