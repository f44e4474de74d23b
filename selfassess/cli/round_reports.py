"""The report of a closed round, in every format."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from selfassess.cli.streams import is_terminal
from selfassess.errors import UsageError

if TYPE_CHECKING:
    from selfassess.report.round import RoundReport


@dataclass(frozen=True, slots=True)
class Narrow:
    """What part of a report is asked for."""

    explain: str | None = None
    """The node whose numbers are to be explained."""
    group: str | None = None
    strand: str | None = None

    @property
    def is_narrow(self) -> bool:
        return self.group is not None or self.strand is not None


def is_shared(path: Path) -> bool:
    """Whether there is a shared project in a file. ProjectError where it cannot be opened."""
    from selfassess.storage.project import open_project

    if not path.exists():
        return False
    with open_project(path, read_only=True) as project:
        return project.kind == "shared"


def round_text(path: Path, name: str | None, style: str | None, narrow: Narrow, *, to_file: bool) -> str:
    """The report of a round as text in a format; nothing where it was shown on the terminal. UsageError where the
    round is not closed."""
    if narrow.explain is not None and style not in (None, "text"):
        raise UsageError("--explain comes as text only.", hint="Leave out --format.")
    if style == "html" and not to_file and is_terminal(sys.stdout):
        raise UsageError("A page of HTML is for a file.", hint="Add --output and a name, such as report.html.")
    report = _released(path, name)
    if narrow.is_narrow:
        from selfassess.report.round import narrowed

        report = narrowed(report, narrow.group, narrow.strand)
    return _as_data(report, style) if style not in (None, "text") else _as_page(report, narrow.explain, style, to_file)


def _as_page(report: "RoundReport", explain: str | None, style: str | None, to_file: bool) -> str:
    from selfassess.report import console, round_page
    from selfassess.report.round_working import round_working

    page = round_page.page(report) if explain is None else round_page.section_page(round_working(report, explain))
    if style is None and not to_file and is_terminal(sys.stdout):
        console.show(page)
        return ""
    return console.to_text(page)


def _as_data(report: "RoundReport", style: str | None) -> str:
    from selfassess.report import round_data
    from selfassess.report.data import to_json
    from selfassess.report.round_html import to_html
    from selfassess.report.round_markdown import to_markdown

    match style:
        case "markdown":
            return to_markdown(report)
        case "html":
            return to_html(report)
        case "csv":
            return round_data.round_csv(report)
        case _:
            return to_json(round_data.round_document(report))


def _released(path: Path, name: str | None) -> "RoundReport":
    """The report of a round. What it shows is noted down in the project before anybody sees it; a file that can only
    be read will do where all of it was shown before."""
    from selfassess.report.released import released
    from selfassess.report.since_of import with_since
    from selfassess.storage.project import open_project
    from selfassess.storage.rounds import Rounds

    with open_project(path, read_only=not os.access(path, os.W_OK)) as project:
        rounds = Rounds(project)
        return with_since(rounds, released(rounds, rounds.get(name)))
