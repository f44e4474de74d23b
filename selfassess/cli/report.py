"""The command `report`: one's own result, a closed round, or the scores of a file of responses."""

import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.cli.output import PAGES, Destination, destination, in_format, into_a_file, with_template
from selfassess.cli.param_types import WholeNumber
from selfassess.cli.place import MAIN, Place
from selfassess.cli.project_choice import (
    check_there,
    for_own_or_rounds,
    for_rounds,
    is_shared,
    open_rounds,
    own_project,
    which_project,
)
from selfassess.cli.prompts import ASKED, code_said
from selfassess.cli.terminal import say, wants_plain
from selfassess.errors import UsageError
from selfassess.paths import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from selfassess.documents.export.summary import Document
    from selfassess.model.plan import Plan
    from selfassess.model.questionnaire import Edition
    from selfassess.model.reports import OwnReport, RoundReport
    from selfassess.model.sheet import Form, Sheet
    from selfassess.project.project import Project
    from selfassess.services.responses import ScoredRound


@dataclass(frozen=True, slots=True)
class Narrow:
    """What part of a report is asked for."""

    explain: str | None = None
    """The node whose numbers are to be explained; "" to be told what there is."""
    group: str | None = None
    strand: str | None = None
    full: bool = False
    """Whether the whole report is asked for, and not its first page."""

    @property
    def is_narrow(self) -> bool:
        return self.group is not None or self.strand is not None or self.full


def _show_round(place: Place, name: str | None, goal: Destination, narrow: Narrow, *, paged: bool) -> None:
    """Give out the report of a round; where it is drawn, page by page if it is `paged` and there is more of it than one
    screen. UsageError where the round is not closed."""
    report = _released(place, name, with_plan=narrow.explain is None and goal.style != "csv")
    if narrow.group is not None or narrow.strand is not None:
        from selfassess.services.reports import narrow_report

        report = narrow_report(report, narrow.group, narrow.strand)
    _give(report, goal, narrow, paged=paged)
    if goal.is_drawn:
        again = f"{place.command} report {report.round.id}"
        if not (narrow.full or narrow.strand or narrow.explain is not None):
            say(f"The whole report: {again} --full")
        _say_how_explained(again, narrow.explain)


def _give(report: "RoundReport", goal: Destination, narrow: Narrow, *, paged: bool) -> None:
    """Give out a report that was released."""
    if goal.style != "text":
        from selfassess.documents.round.file import content

        goal.deliver(content(report, goal.style, goal.template, full=narrow.full))
        return
    page = _page(report, narrow)
    if goal.is_drawn:
        _show(page, paged=paged)
    else:
        from selfassess.documents.render_rich import to_text

        goal.deliver(to_text(page))


def _say_how_explained(again: str, explain: str | None, name: str = "") -> None:
    """Say how scores are explained, where they are not yet. `again` is the command that shows the report; `name` can
    stand behind --explain."""
    if explain is None:
        say(f"To see how scores were worked out: {again} --explain {name}".rstrip())
    elif not explain:
        say(f"With one of these names instead of NAME: {again} --explain NAME")


def _page(report: "RoundReport", narrow: Narrow) -> "RenderableType":
    if narrow.explain is None:
        from selfassess.documents.render_rich import page
        from selfassess.documents.round.file import document

        return page(document(report, full=narrow.full))
    from selfassess.documents.render_rich import section_page
    from selfassess.documents.round import explanation

    return section_page(
        explanation.explain(report, narrow.explain) if narrow.explain else explanation.explainable(report)
    )


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


def _released(place: Place, name: str | None, *, with_plan: bool) -> "RoundReport":
    """The report of a round, with what became of the plan where that is shown too. What it shows is noted down in the
    project before anybody sees it; a file that can only be read will do where all of it was shown before."""
    with open_rounds(place, to_look=True) as rounds:
        round = rounds.get(name)
        if with_plan:
            from selfassess.services.comparisons import release_with_follow_up

            return release_with_follow_up(rounds, round)
        from selfassess.services.reports import release_report

        return release_report(rounds, round)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsesFile:
    """A file of responses, and what was said of it."""

    path: Path
    ignored: tuple[str, ...]
    short: bool
    min_group: int | None
    invited: tuple[str, ...]
    round: str | None
    per_respondent: bool

    @property
    def form(self) -> "Form":
        return "short" if self.short else "full"


FORMATS = (*PAGES, "json", "csv")
SCORED = ("json", "csv")
"""The formats in which a file of responses is scored; in all others it is reported on as a round."""
MANY_ROUNDS = 20
"""Rounds of one file that it takes long to score."""


@click.command(short_help="Show your last result, or a round; or score a file.")
@click.argument("name", required=False, metavar="[QUESTIONNAIRE | ROUND]")
@in_format(FORMATS, "text; with --responses json")
@into_a_file
@with_template
@click.option(
    "--explain", metavar="[ID]", is_flag=False, flag_value="",
    help="How the score of a strand, benchmark or skill was worked out; for a round without ID: what there is.",
)  # fmt: skip  # in few lines
@click.option("--group", metavar="GROUP", help="For a round: only this group.")
@click.option("--strand", metavar="STRAND", help="For a round: only this strand.")
@click.option("--full", is_flag=True, help="For a round: the whole report, not just its first page.")
@click.option("--no-pager", is_flag=True, help="For a round: all at once, however long.")
@click.option(
    "--receipt", metavar="[RECEIPT]", is_flag=False, flag_value=ASKED,
    help="Your own result in a shared project. You are asked for your receipt.",
)  # fmt: skip  # in few lines
@click.option(
    "--responses", type=click.Path(path_type=Path, readable=False), metavar="FILE", help="Score a CSV file instead."
)
@click.option(
    "--invited", multiple=True, metavar="GROUP=N",
    help="With --responses, for a page: how many were asked. Repeat for each group.",
)  # fmt: skip  # in few lines
@click.option("--round", "round_name", metavar="ROUND", help="With --responses: only this round of the file.")
@click.option(
    "--ignore",
    "ignored",
    multiple=True,
    metavar="COLUMN",
    help="With --responses: leave a column out. Can be repeated.",
)
@click.option("--short", is_flag=True, help="With --responses: only the short form was asked.")
@click.option(
    "--min-group", type=WholeNumber(), metavar="N", help="With --responses: the smallest group shown. [default: 5]"
)
@click.option("--per-respondent", is_flag=True, help="With --responses and --min-group 1: each one's scores.")
@click.pass_obj
def report(
    place: Place,
    name: str | None,
    style: str | None,
    output: Path | None,
    replace: bool,
    template: Path | None,
    explain: str | None,
    group: str | None,
    strand: str | None,
    full: bool,
    no_pager: bool,
    receipt: str | None,
    responses: Path | None,
    invited: tuple[str, ...],
    round_name: str | None,
    ignored: tuple[str, ...],
    short: bool,
    min_group: int | None,
    per_respondent: bool,
) -> None:
    """Show your last result: scores, strengths, gaps and what could be done.

    QUESTIONNAIRE picks the last sitting of that questionnaire. In a shared project this shows a closed ROUND, by its
    id or title; left out, the only round there is. With --responses, QUESTIONNAIRE is the one that a CSV file of
    responses belongs to: one row for each respondent, one column for each item.
    """
    offered = (*SCORED, *PAGES) if responses is not None else FORMATS
    goal = destination(output, style, offered, (responses, _file(name)), replace=replace, template=template)
    narrow = Narrow(explain, group, strand, full)
    if responses is not None:
        if receipt is not None:
            raise UsageError("--receipt does not go with --responses.", "Leave out one of them.")
        _show_file(
            name,
            ResponsesFile(
                path=responses, ignored=ignored, short=short, min_group=min_group, invited=invited, round=round_name,
                per_respondent=per_respondent,
            ),
            goal,
            narrow,
        )  # fmt: skip  # in few lines
        return
    if ignored or short or min_group is not None or per_respondent or invited or round_name:
        raise UsageError("--ignore, --short, --min-group, --per-respondent, --invited and --round go with --responses.")
    _check_format(goal, explain)
    check_there(place)
    receipt = code_said(receipt, "Your receipt:")
    place = for_rounds(place) if narrow.is_narrow else for_own_or_rounds(place, partial(_has, name, receipt))
    if receipt is None and is_shared(place.path):
        _show_round(place, name, goal, narrow, paged=not (no_pager or wants_plain(place.plain)))
    elif narrow.is_narrow and not place.is_named:
        raise which_project(place)
    elif narrow.is_narrow:
        raise UsageError("--group, --strand and --full are for a round, in a shared project.")
    else:
        _show_own(place, name, goal, explain, receipt)


def _file(questionnaire: str | None) -> Path | None:
    return Path(questionnaire) if questionnaire else None


def _check_format(goal: Destination, explain: str | None) -> None:
    """UsageError for a format that does not go with what is asked for."""
    if explain is not None and goal.style != "text":
        raise UsageError("--explain comes as text only.", hint="Leave out --format, or name a file that ends in .txt.")


def _has(questionnaire: str | None, receipt: str | None, project: "Project") -> bool:
    """Whether somebody's own project has the sheet that is asked for."""
    from selfassess.services.sittings import has_kept

    return has_kept(project, questionnaire, receipt)


def _show_own(
    place: Place, questionnaire: str | None, goal: Destination, explain: str | None, receipt: str | None
) -> None:
    """Give out one's own result."""
    from selfassess.documents import personal, render_rich
    from selfassess.services.reports import own_report, own_working

    edition, sheet, plan = _my_sheet(place, questionnaire, receipt)
    result = own_report(edition, sheet, plan)
    if goal.style != "text":
        goal.deliver(_own_as_data(result, goal.style, goal.template))
        return
    if explain is None:
        page = render_rich.page(personal.spoken(result) if place.plain else personal.brief(result))
    else:
        page = render_rich.section_page(personal.explanation(own_working(edition, sheet, explain)))
    if goal.is_drawn:
        render_rich.show(page)
    else:
        goal.deliver(render_rich.to_text(page))
    if goal.is_drawn:
        again = _again(place, questionnaire, receipt)
        if explain is None and len(result.gaps) > len(result.widest):
            say(f"To see all gaps: {again} --format markdown")
        _say_how_explained(again, explain, edition.questionnaire.strands[0].id)


def _again(place: Place, questionnaire: str | None, receipt: str | None) -> str:
    """The command that shows the same result once more."""
    words = [questionnaire or "", *(("--receipt", receipt) if receipt else ())]
    return " ".join([place.command, "report", *(quoted(word) for word in words if word)])


def _own_as_data(result: "OwnReport", style: str, template: bytes | None) -> str | bytes:
    match style:
        case "csv":
            from selfassess.documents.export.summary import to_csv

            return to_csv(result.edition, result.summary, several=False)
        case "json":
            from selfassess.documents.export.summary import own_document, to_json

            return to_json(own_document(result))
    from selfassess.documents import media
    from selfassess.documents.personal import document

    return media.write(document(result), style, template)


def _my_sheet(place: Place, questionnaire: str | None, receipt: str | None) -> "tuple[Edition, Sheet, Plan]":
    """The sheet to report on, with the edition it was answered in, and what the plan of the project has about that."""
    from selfassess.services.plan import plan_about
    from selfassess.services.projects import edition_of
    from selfassess.services.sittings import kept_sheet

    with own_project(place, questionnaire) as project:
        sheet = kept_sheet(project, questionnaire, receipt)
        edition = edition_of(project, sheet.questionnaire)
        return edition, sheet, plan_about(project, edition.questionnaire)


def _show_file(questionnaire: str | None, file: ResponsesFile, goal: Destination, narrow: Narrow) -> None:
    """Give out the scores of a file of responses, or the report on it."""
    if goal.style in SCORED:
        if narrow.is_narrow or narrow.explain is not None or file.invited:
            raise UsageError(
                "--full, --group, --strand, --explain and --invited are for a page.",
                "Choose one, such as --output report.html.",
            )
        goal.deliver(_scored(questionnaire, file, goal.style))
        return
    if file.per_respondent:
        raise UsageError("Each respondent's scores are given with --min-group 1 --format json only.")
    _check_format(goal, narrow.explain)
    report = _reported(questionnaire, file)
    if narrow.group is not None or narrow.strand is not None:
        from selfassess.services.reports import narrow_report

        report = narrow_report(report, narrow.group, narrow.strand)
    _give(report, goal, narrow, paged=False)


def _scored(questionnaire: str | None, file: ResponsesFile, style: str) -> "Iterator[str]":
    """The scores of a file in pieces."""
    from selfassess.definition.library import find
    from selfassess.definition.loader import read
    from selfassess.documents.export import summary as data
    from selfassess.services.responses import per_respondent, score_responses, thresholds

    chosen = thresholds(file.min_group)
    if file.per_respondent and (chosen.protect or style != "json"):
        raise UsageError("Each respondent's scores are given with --min-group 1 --format json only.")
    edition = read(find(questionnaire or MAIN))
    scored = score_responses(edition, file.path, file.form, file.ignored, chosen, file.round)
    for warning in scored.warnings:
        say(str(warning))
    if len(scored.answers) > MANY_ROUNDS:
        say(f"Scoring {len(scored.answers):,} rounds, one after the other. This can take some minutes.")
    if style == "csv":
        return data.csv_pieces(edition, (one.summary for one in scored.rounds()))

    def document(one: "ScoredRound") -> "Document":
        found = data.document(edition, one.summary)
        if file.per_respondent:
            found["rounds"][0]["respondents"] = per_respondent(one.results)
        return found

    return data.json_pieces(map(document, scored.rounds()))


def _reported(questionnaire: str | None, file: ResponsesFile) -> "RoundReport":
    from selfassess.definition.library import find
    from selfassess.definition.loader import read
    from selfassess.services.groups import read_invited
    from selfassess.services.responses import report_responses, thresholds

    chosen = thresholds(file.min_group)
    if not chosen.protect:
        raise UsageError("A page protects small groups.", "Leave out --min-group 1, or choose --format json or csv.")
    edition = read(find(questionnaire or MAIN))
    numbers = read_invited(file.invited, edition.questionnaire)
    report, warnings = report_responses(edition, file.path, file.form, file.ignored, chosen, numbers, file.round)
    for warning in warnings:
        say(str(warning))
    return report


COMMANDS = (report,)
