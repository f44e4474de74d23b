"""A table that comes as text from somebody's spreadsheet: with commas, semicolons or tabs."""

import csv
import io
import re
from collections.abc import Iterator

DELIMITERS = ",;\t"


class NotCsvError(ValueError):
    """The text is no table from a line on."""

    def __init__(self, line: int, words: str, hint: str) -> None:
        super().__init__(words)
        self.line = line
        self.words = words
        """What is wrong, as a sentence."""
        self.hint = hint
        """What to do about it."""


def rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not blank, with the line it starts in. The first decides what stands between cells. NotCsvError
    where it cannot be read any further."""
    heading = re.search(r"[^\r\n]*\S[^\r\n]*", text)
    delimiter = max(DELIMITERS, key=heading[0].count) if heading else DELIMITERS[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise NotCsvError(line, *_in_words(str(error))) from None


def _in_words(error: str) -> tuple[str, str]:
    """What Python says of a broken CSV file, in words, and what to do."""
    if "end of data" in error or "expected after" in error:
        return "a quotation mark is opened and not closed.", "Close it, or take it out."
    if "field limit" in error:
        return "a cell is longer than any answer.", "Is a quotation mark left open, or is it the wrong file?"
    return "this is not CSV.", "Save it again as CSV from your spreadsheet."
