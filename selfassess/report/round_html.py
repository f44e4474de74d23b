"""A round's report as one page of HTML, to hand round and to print: no script, nothing from elsewhere."""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from selfassess.model.text import clean
from selfassess.report import round_wording
from selfassess.report.blocks import COLOURS, FILLS, INK, tone_of
from selfassess.report.round import RoundReport
from selfassess.report.round_markdown import COLUMNS, score_row, stack_row
from selfassess.report.round_sections import head, sections
from selfassess.report.svg import ROW, WIDTH, dots, parts
from selfassess.report.wording import capital

if TYPE_CHECKING:
    from jinja2 import Template

TEMPLATE = "round.html.j2"


def to_html(report: RoundReport) -> str:
    """The whole report."""
    first, *marks = head(report)
    return _template().render(
        language=report.questionnaire.language,
        title=report.questionnaire.title,
        round_title=report.round.title,
        first=first,
        marks=marks,
        sections=sections(report),
    )


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
        "columns": COLUMNS,
        "tone_of": tone_of,
        "dots": dots,
        "parts": parts,
        "width": WIDTH,
        "row_height": ROW,
        "turned": round_wording.TURNED,
        "capital": capital,
    }
    environment.filters |= {"score_row": score_row, "stack_row": stack_row}
    environment.tests["of"] = lambda block, kind: type(block).__name__ == kind
    return environment.from_string(files("selfassess.report").joinpath(TEMPLATE).read_text(encoding="utf-8"))


def _safe(value: object) -> object:
    """What is written into the page, without control characters; escaping comes after it."""
    return clean(value, len(value)) if type(value) is str else value
