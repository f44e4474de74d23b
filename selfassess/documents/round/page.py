"""A round's report as a Rich page: for the terminal and for plain text."""

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.text import Text

from selfassess.documents.render_rich import mark, section_page
from selfassess.documents.round.report import head, sections
from selfassess.model.reports import RoundReport


def page(report: RoundReport) -> RenderableType:
    """The whole report."""
    first, *rest = head(report)
    start = [Text(report.questionnaire.title, style="bold"), Text(first, style="italic")]
    parts = [section_page(one) for one in sections(report)]
    return Group(*start, *map(mark, rest), *_apart(parts))


def _apart(parts: Iterable[RenderableType]) -> Iterator[RenderableType]:
    for part in parts:
        yield Text()
        yield part
