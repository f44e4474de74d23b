"""Documents as one page of HTML, to share and to print: no scripts, no external resources."""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from selfassess.documents.blocks import BLANK, COLOURS, FILLS, INK, TOPIC_COLUMNS, TURNED, Document, tone_of
from selfassess.documents.page_layout import is_right_to_left, leading, starts_page
from selfassess.documents.render_markdown import CHANGE_COLUMNS, change_row, score_table, stack_row
from selfassess.documents.svg import SCALE, WIDTH, has_ranges, legend, lines, parts
from selfassess.text import capital, clean

if TYPE_CHECKING:
    from jinja2 import Template


TEMPLATE = "page.html.j2"


def to_html(*documents: Document) -> str:
    """Whole documents on one page; in print each begins on a new sheet."""
    return _template().render(documents=documents)


@cache
def _template() -> "Template":
    from jinja2 import Environment, StrictUndefined  # only HTML needs it

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_safe
    )
    environment.globals |= {
        "colours": COLOURS,
        "ink": INK,
        "fills": FILLS,
        "tone_of": tone_of,
        "legend": legend,
        "has_ranges": has_ranges,
        "lines": lines,
        "parts": parts,
        "width": WIDTH,
        "scale": SCALE,
        "topic_columns": TOPIC_COLUMNS,
        "is_right_to_left": is_right_to_left,
        "leading": leading,
        "starts_page": starts_page,
        "turned": TURNED,
        "capital": capital,
        "blank": BLANK,
        "qr_code": _qr_code,
        "change_columns": CHANGE_COLUMNS,
    }
    environment.globals["score_table"] = score_table
    environment.filters["stack_row"] = stack_row
    environment.filters["change_row"] = change_row
    environment.tests["of"] = lambda block, kind: type(block).__name__ == kind
    return environment.from_string(files("selfassess.documents").joinpath(TEMPLATE).read_text(encoding="utf-8"))


def _qr_code(address: str) -> str:
    from selfassess.documents.qr_code import svg  # only letters need it, and a library with it

    return svg(address)


def _safe(value: object) -> object:
    """What is written into the page, without control characters; escaping comes after it."""
    return clean(value, len(value)) if type(value) is str else value
