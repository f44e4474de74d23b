"""Documents as PDF, by typst: tagged for screen readers, with its fonts in it, and nothing fetched from anywhere.

The template draws what it is given as data, so no text of a document is ever taken for typst's own language.
"""

import json
import re
from dataclasses import fields, is_dataclass
from importlib.resources import files
from typing import Literal

import typst

from selfassess.documents import page_layout
from selfassess.documents.blocks import (
    COLOURS,
    FILLS,
    INK,
    TURNED,
    AnswerChart,
    AnswerRow,
    ChangeChart,
    Document,
    HeatMap,
    Link,
    ScoreChart,
    ScoreRow,
    Section,
    Table,
    TopicList,
    tone_of,
)
from selfassess.documents.charts import marks
from selfassess.documents.svg import WIDTH, legend, parts

TEMPLATE = "page.typ"
KNOWN = {"turned": TURNED, "colours": COLOURS, "ink": INK, "fills": FILLS, "width": WIDTH}
"""What the template gets besides the documents."""

LANGUAGE = re.compile("[a-z]{2,3}")
"""What typst takes for a language; any other is left out."""
LONG_WORD = re.compile(r"([^\s\u200d]{24})(?=[^\s\u200d])")
"""A piece of a word behind which a line may end: nothing is longer than a column."""


def to_pdf(*documents: Document) -> bytes:
    """One document, or several behind each other, each with page numbers of its own."""
    data = json.dumps({**KNOWN, "documents": [_document(one) for one in documents]}, ensure_ascii=False)
    try:
        return _compiled(data, ["ua-1"])
    except typst.TypstError:  # that standard has no place for a character which no font of this computer has
        return _compiled(data, [])


def _compiled(data: str, standards: list[Literal["ua-1"]]) -> bytes:
    template = files("selfassess.documents").joinpath(TEMPLATE).read_bytes()
    compiler = typst.Compiler(template, sys_inputs={"data": data})
    made = compiler.compile(format="pdf", pdf_standards=[*standards])
    if not isinstance(made, bytes):
        raise TypeError(made)
    return made


def _document(document: Document) -> dict[str, object]:
    title, mark = page_layout.head(document)
    language, _, region = document.language.partition("-")
    return {
        **_fields(document),
        "language": language.lower() if LANGUAGE.fullmatch(language.lower()) else "en",
        "region": region.upper() if LANGUAGE.fullmatch(region.lower()) and len(region) == 2 else None,
        "name": page_layout.name(document),
        "head": title,
        "mark": mark,
        "is_form": page_layout.is_form(document),
    }


def _plain(value: object) -> object:
    """A value as JSON has it; of a block with its kind, and with what its picture needs."""
    match value:
        case str():
            return LONG_WORD.sub("\\1\u200b", page_layout.safe(value))
        case Table():
            return {"kind": "Tables", "tables": [_table(one) for one in page_layout.fitted(value)]}
        case TopicList():
            table = value.as_table()
            drawn = {**_table(table), "caption": "", "widths": [1] * len(table.columns)}
            return {"kind": "Tables", "tables": [drawn]}
        case HeatMap():
            return {
                "kind": "HeatMap",
                "caption": _plain(value.caption),
                "columns": _plain(value.columns),
                "names": [_plain(name) for name, _ in value.rows],
                "cells": [
                    [{"words": _plain(cell.marked), "tone": cell.tone} for cell in cells] for _, cells in value.rows
                ],
            }
        case _ if is_dataclass(value):
            return {"kind": type(value).__name__, **_fields(value), **_further(value)}
        case tuple() | frozenset():
            return [*map(_plain, value)]
        case _:
            return value


def _fields(value: object) -> dict[str, object]:
    if not is_dataclass(value):
        raise TypeError(value)
    return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}


def _further(value: object) -> dict[str, object]:
    """What a block does not hold itself, and is drawn."""
    match value:
        case Section():
            return {"leads_on": page_layout.leading(value.blocks), "starts_page": page_layout.starts_page(value)}
        case ScoreRow():
            return {"is_apart": value.is_apart}
        case Link():
            from selfassess.documents import qr_code  # only letters need it, and a library with it

            return {"svg": qr_code.svg(value.address), "alternative": qr_code.ALTERNATIVE}
        case ScoreChart():
            columns, cells = (
                page_layout.score_columns(value),
                [page_layout.score_cells(value, row) for row in value.rows],
            )
            place = page_layout.score_place(value)
            return {"legend": legend(value), "columns": columns, "cells": _plain(tuple(cells)), "score_place": place}
        case AnswerChart():
            tones = [tone_of(place, len(value.labels)) for place in range(len(value.labels))]
            drawn = [_parts(row, value.labels) for row in value.rows]
            return {"tones": tones, "parts": drawn, "told": [_told(row, value.labels) for row in value.rows]}
        case AnswerRow():
            return {"remarks": page_layout.sentence(value.could_not, value.agreement)}
        case ChangeChart():
            columns, rows = page_layout.change_table(value)
            return {"marks": marks(), "columns": columns, "cells": _plain(rows)}
        case _:
            return {}


def _table(table: Table) -> dict[str, object]:
    shares = page_layout.widths(table.columns, table.rows)
    return {**_fields(table), "right": sorted(page_layout.numbers(table)), "widths": shares}


def _parts(row: AnswerRow, labels: tuple[str, ...]) -> list[dict[str, object]]:
    return [{"width": one.width, "tone": one.tone, "words": one.words} for one in parts(row, labels)]


def _told(row: AnswerRow, labels: tuple[str, ...]) -> str:
    """What the picture of a row shows, for who cannot see it."""
    return page_layout.safe(f"{row.title} {page_layout.in_words(row, labels)}")
