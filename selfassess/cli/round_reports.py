"""The report of a closed round, in every format."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.cli.output import Destination
from selfassess.cli.round_place import called, opened
from selfassess.cli.sittings import Place
from selfassess.cli.streams import say

if TYPE_CHECKING:
    from rich.console import RenderableType

    from selfassess.model.reports import RoundReport


@dataclass(frozen=True, slots=True)
class Narrow:
    """What part of a report is asked for."""

    explain: str | None = None
    """The node whose numbers are to be explained; "" to be told what there is."""
    group: str | None = None
    strand: str | None = None

    @property
    def is_narrow(self) -> bool:
        return self.group is not None or self.strand is not None


def is_shared(path: Path) -> bool:
    """Whether there is a shared project in a file. ProjectError where it cannot be opened."""
    from selfassess.storage.project import kind_of

    return path.exists() and kind_of(path) == "shared"


def show_round(place: Place, name: str | None, goal: Destination, narrow: Narrow, *, paged: bool) -> None:
    """Give out the report of a round; where it is drawn, page by page if it is `paged` and there is more of it than one
    screen. UsageError where the round is not closed."""
    report = _released(place, name, with_plan=narrow.explain is None and goal.style != "csv")
    if narrow.is_narrow:
        from selfassess.services.reports import narrow_report

        report = narrow_report(report, narrow.group, narrow.strand)
    if goal.style != "text":
        goal.deliver(_as_data(report, goal.style))
        return
    page = _page(report, narrow.explain)
    if goal.is_drawn:
        _show(page, paged=paged)
    else:
        from selfassess.documents.render_rich import to_text

        goal.deliver(to_text(page))
    if goal.is_drawn:
        say_how_explained(f"{called(place)} report {report.round.id}", narrow.explain)


def say_how_explained(again: str, explain: str | None, name: str = "") -> None:
    """Say how scores are explained, where they are not yet. `again` is the command that shows the report; `name` can
    stand behind --explain."""
    if explain is None:
        say(f"To see how scores were worked out: {again} --explain {name}".rstrip())
    elif not explain:
        say(f"With one of these names in the place of NAME: {again} --explain NAME")


def _page(report: "RoundReport", explain: str | None) -> "RenderableType":
    if explain is None:
        from selfassess.documents.render_rich import page
        from selfassess.documents.round.report import document

        return page(document(report))
    from selfassess.documents.render_rich import section_page
    from selfassess.documents.round import explanation

    return section_page(explanation.explain(report, explain) if explain else explanation.explainable(report))


def _show(page: "RenderableType", *, paged: bool) -> None:
    """A page on the terminal. What is longer than the screen goes through a pager in plain text, unless somebody has
    it read aloud."""
    import shutil

    from selfassess.documents.render_rich import WIDEST_PAGE, show, to_text

    columns, lines = shutil.get_terminal_size()
    text = to_text(page, min(columns, WIDEST_PAGE))
    if paged and text.count("\n") >= lines:
        encoding = sys.stdout.encoding or "utf-8"
        click.echo_via_pager(text.encode(encoding, "plainer").decode(encoding), color=False)
    else:
        show(page)


def _as_data(report: "RoundReport", style: str) -> str:
    match style:
        case "markdown":
            from selfassess.documents.render_markdown import to_markdown
            from selfassess.documents.round.report import document

            return to_markdown(document(report))
        case "html":
            from selfassess.documents.render_html import to_html
            from selfassess.documents.round.report import document

            return to_html(document(report))
        case "csv":
            from selfassess.documents.export.round import round_csv

            return round_csv(report)
        case _:
            from selfassess.documents.export.round import round_document
            from selfassess.documents.export.summary import to_json

            return to_json(round_document(report))


def _released(place: Place, name: str | None, *, with_plan: bool) -> "RoundReport":
    """The report of a round, with what became of the plan where that is shown too. What it shows is noted down in the
    project before anybody sees it; a file that can only be read will do where all of it was shown before."""
    from selfassess.services.reports import ClosedRounds, release_report

    with opened(place, to_look=True) as rounds:
        closed = ClosedRounds(rounds)
        report = release_report(rounds, rounds.get(name), closed)
        if not with_plan:
            return report
        from selfassess.services.comparisons import with_follow_up

        return with_follow_up(rounds, report, closed)
