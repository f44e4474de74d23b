"""Tables as text, from a spreadsheet and for one: with commas, semicolons or tabs when they come, with commas when they
go.

Where commas are decimal points a spreadsheet opens every CSV file with semicolons, and takes what begins with an equals
sign, or one of some others, for a formula. So a mark keeps formulas from being any, wherever a cell could begin.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

DELIMITERS = ",;\t"
SAYS_DELIMITER = re.compile(r"\"?sep=([,;\t|])\"?[,;\t|]*", re.IGNORECASE)
"""The line before the heading with which Excel is told what stands between cells."""

BYTE_ORDER_MARK = "\ufeff"
"""What a file begins with so that Excel takes it for UTF-8."""

LONGEST_HEADING = 100_000
"""Characters of a text in which its first row is looked for."""

FORMULA = "'"
"""The mark before what would be a formula."""

_LINE = re.compile(r"[^\r\n]*")
_QUOTED = re.compile(r"\"[^\"]*(?:\"|$)")
_START = r"(^|[,;\t\r\n])((?:[^\S\t\r\n]|[\"“”„«»])*)"
"""Where a cell can begin, whatever a spreadsheet takes for the end of the one before, and what it leaves out there."""
_SIGNS = "=+\\-@＝＋－＠﹦﹢﹣﹫"  # Excel takes the wide ones of East Asian keyboards for the same
_LIVE = re.compile(rf"{_START}({FORMULA}*[{_SIGNS}])([^,;\t\r\n]*)")
_MARKED = re.compile(rf"{_START}{FORMULA}({FORMULA}*[{_SIGNS}])")


class NotCsvError(ValueError):
    """The text is no table from a line on."""

    def __init__(self, line: int, words: str, hint: str) -> None:
        super().__init__(words)
        self.line = line
        self.words = words
        """What is wrong, as a sentence."""
        self.hint = hint
        """What to do about it."""


def decoded(content: bytes) -> str:
    """The text in the bytes of a table: UTF-8, or the UTF-16 that spreadsheets call “Unicode text”. UnicodeDecodeError
    where it is neither."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    if content[1:2] == b"\0":
        return content.decode("utf-16-le")
    return content.decode("utf-16-be" if content[:1] == b"\0" else "utf-8-sig")


def rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not blank, with the line it starts in. The first decides what stands between cells, or a line
    before it does, as it is written for Excel ("sep=;"). NotCsvError where it cannot be read any further."""
    heading = _heading(text)
    said = SAYS_DELIMITER.fullmatch(heading.strip(" "))
    record = _record(text)
    delimiter = said[1] if said else max(DELIMITERS, key=lambda one: (record.count(one), heading.count(one)))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if not said:
                    yield line, cells
                said = None
            line = reader.line_num + 1
    except csv.Error:
        record = "".join(list(io.StringIO(text, newline=""))[line - 1 : reader.line_num])
        raise NotCsvError(line, *_what_is_wrong(record)) from None


def _heading(text: str) -> str:
    """The first line that is not blank; nothing where all are."""
    blanks = len(text) - len(text.lstrip())
    start = 1 + max(text.rfind(end, 0, blanks) for end in "\r\n")
    return next(_LINE.finditer(text, start))[0]


def _record(text: str) -> str:
    """The first row that is not blank, which can have several lines, without what stands between quotation marks."""
    return _heading(_QUOTED.sub("", text[:LONGEST_HEADING]))


def csv_from_rows(rows: Iterable[Sequence[object]]) -> str:
    """Rows as the text of a CSV file that a spreadsheet opens: None is an empty cell, and no cell is a formula."""
    file = io.StringIO()
    file.write(BYTE_ORDER_MARK)
    writer = csv.writer(file, lineterminator="\n")
    # The old line end alone would not be put between quotation marks.
    writer.writerows([cell(value).replace("\r\n", "\n").replace("\r", "\n") for value in row] for row in rows)
    return file.getvalue()


def cell(value: object) -> str:
    """A value as it stands in a cell. Numbers stay numbers."""
    return "" if value is None else _LIVE.sub(_kept, str(value))


def unmarked(text: str) -> str:
    """The text in a cell without the marks that `cell` put in."""
    return _MARKED.sub(r"\1\2\3", text)


def _kept(found: re.Match[str]) -> str:
    before, blank, live, rest = found.groups()
    return found[0] if _is_number(live + rest) else f"{before}{blank}{FORMULA}{live}{rest}"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _what_is_wrong(record: str) -> tuple[str, str]:
    """What is wrong with a row that cannot be read, up to where reading stopped, and what to do."""
    if len(record) > csv.field_size_limit():
        return (
            "a cell is longer than any answer can be.",
            "Is a closing quotation mark missing, or is it the wrong file?",
        )
    if '"' in record:
        return "a quotation mark is opened and not closed.", "Close it, or take it out."
    return "this is not CSV.", "Save it again as CSV from your spreadsheet."
