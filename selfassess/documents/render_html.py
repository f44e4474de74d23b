"""A report as one page of HTML, to hand round and to print: no script, nothing from elsewhere."""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from selfassess.documents.blocks import COLOURS, FILLS, INK, Handout, tone_of
from selfassess.documents.render_markdown import score_table, stack_row
from selfassess.documents.round import wording as round_wording
from selfassess.documents.svg import WIDTH, legend, lines, parts
from selfassess.model.text import capital, clean

if TYPE_CHECKING:
    from jinja2 import Template


TEMPLATE = "report.html.j2"


def to_html(handout: Handout) -> str:
    """The whole report."""
    return _template().render(handout=handout)


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
        "lines": lines,
        "parts": parts,
        "width": WIDTH,
        "turned": round_wording.TURNED,
        "capital": capital,
    }
    environment.globals["score_table"] = score_table
    environment.filters["stack_row"] = stack_row
    environment.tests["of"] = lambda block, kind: type(block).__name__ == kind
    return environment.from_string(files("selfassess.documents").joinpath(TEMPLATE).read_text(encoding="utf-8"))


def _safe(value: object) -> object:
    """What is written into the page, without control characters; escaping comes after it."""
    return clean(value, len(value)) if type(value) is str else value
