"""The rows of a workbook (.xlsx) that somebody sends back: what stands in its cells, with nothing worked out."""

import datetime
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator

STARTS = (b"PK\x03\x04", b"PK\x05\x06")
"""What a workbook begins with, as any ZIP file."""
OLD_START = b"\xd0\xcf\x11\xe0"
"""What one begins with that has a password, or that is from before 2007 (.xls)."""
LARGEST = 50_000_000
"""Bytes of a workbook that is unpacked."""
DEEPEST = 20_000
"""Rows that are looked at: a sheet may claim a million that are empty."""
BROKEN = (
    ArithmeticError, AttributeError, EOFError, LookupError, NotImplementedError, OSError, RuntimeError, SyntaxError,
    TypeError, ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip  # what a library for workbooks raises where one is broken


class NotWorkbookError(ValueError):
    """The content is not a workbook we can read. The text says why, as a sentence that goes on after its name."""


class TooLargeError(NotWorkbookError):
    """A workbook would take too much room when it is unpacked."""


def is_workbook(content: bytes) -> bool:
    """Whether a file may be a workbook, by how it begins."""
    return content.startswith(STARTS)


def rows(content: bytes, sheet: str, widest: int, deepest: int = DEEPEST) -> Iterator[tuple[int, list[str]]]:
    """Each row of the sheet of that name that is not blank, with its number; of the first sheet where there is none of
    that name. `widest` and `deepest` are how many columns and rows are looked at. NotWorkbookError where it cannot be
    read."""
    import openpyxl  # only for workbooks

    try:
        _check_size(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what it leaves out: pictures, rules, formats
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
            page = book[sheet] if sheet in book.sheetnames else book.worksheets[0]
            for number, cells in enumerate(page.iter_rows(max_row=deepest, max_col=widest, values_only=True), 1):
                words = [*map(_words, cells)]
                if any(one.strip() for one in words):
                    yield number, words
    except NotWorkbookError:
        raise
    except BROKEN:
        raise NotWorkbookError("is not a workbook we can read.") from None


def lowest_merged(content: bytes) -> int:
    """The lowest row of the first sheet that a merged cell reaches, counted from 1; 0 where none is merged.
    NotWorkbookError where it cannot be read."""
    import openpyxl  # only for workbooks

    try:
        _check_size(content)
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            pages = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
            if not any(b"<mergeCell" in parts.read(name) for name in pages):
                return 0  # to read a workbook for what it looks like takes long
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(content))
        return max((merged.max_row for merged in book.worksheets[0].merged_cells.ranges), default=0)
    except NotWorkbookError:
        raise
    except BROKEN:
        raise NotWorkbookError("is not a workbook we can read.") from None


def _check_size(content: bytes) -> None:
    """TooLargeError where it would take too much room."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        if sum(part.file_size for part in parts.infolist()) > LARGEST:
            raise TooLargeError(f"holds more than {LARGEST // 1_000_000} MB.")


def _words(value: object) -> str:
    """A cell as it is typed."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime.datetime():
            return value.date().isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)
