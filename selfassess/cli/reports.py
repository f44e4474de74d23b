"""The command `report`: one's own result, a round, or the scores of a file of responses."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.cli.output import check, deliver, into_a_file, style_of
from selfassess.cli.round_reports import Narrow, is_shared, round_text
from selfassess.cli.sittings import MAIN, Place
from selfassess.cli.streams import is_terminal, say, wants_plain
from selfassess.cli.which_project import project_files, which_project
from selfassess.errors import TooLittleError, UsageError

if TYPE_CHECKING:
    from selfassess.model.questionnaire import Edition
    from selfassess.model.sheet import Sheet
    from selfassess.report.own import OwnReport

FORMATS = ("text", "markdown", "json", "csv", "html")
SCORED = ("json", "csv")
"""The formats of a file of responses that is scored."""


@click.command(short_help="Show your last result, or a round; or score a file.")
@click.argument("name", required=False, metavar="[QUESTIONNAIRE | ROUND]")
@click.option("--format", "style", type=click.Choice(FORMATS), help="text, markdown, json, csv; html of a round.")
@into_a_file
@click.option(
    "--explain", metavar="[ID]", is_flag=False, flag_value="",
    help="How the number of a strand, benchmark or skill came about; of a round without ID: what there is.",
)  # fmt: skip  # in few lines
@click.option("--group", metavar="GROUP", help="Of a round: this group alone.")
@click.option("--strand", metavar="STRAND", help="Of a round: this strand alone.")
@click.option("--no-pager", is_flag=True, help="Of a round: all at once, however long.")
@click.option("--receipt", metavar="CODE", help="The result of this receipt; needed in a shared project.")
@click.option(
    "--responses", type=click.Path(path_type=Path, readable=False), metavar="FILE", help="Score a CSV file instead."
)
@click.option("--short", is_flag=True, help="With --responses: only the short form was asked.")
@click.option("--min-group", type=int, metavar="N", help="With --responses: the smallest group shown. [default: 5]")
@click.option("--per-respondent", is_flag=True, help="With --responses and --min-group 1: each one's scores.")
@click.pass_obj
def report(
    place: Place,
    name: str | None,
    style: str | None,
    output: Path | None,
    replace: bool,
    explain: str | None,
    group: str | None,
    strand: str | None,
    no_pager: bool,
    receipt: str | None,
    responses: Path | None,
    short: bool,
    min_group: int | None,
    per_respondent: bool,
) -> None:
    """Show your last result: scores, strengths, gaps and what could be done.

    QUESTIONNAIRE picks the last sitting of that questionnaire. In a shared project this shows a closed ROUND, by its
    id or title; left out, the only round there is. With --responses, QUESTIONNAIRE is the one that a CSV file of
    responses belongs to: one row a respondent, one column an item.
    """
    sources = (place.path, responses, _file(name))
    check(output, sources, replace=replace)
    style = style_of(output, style, SCORED if responses is not None else FORMATS)
    narrow = Narrow(explain, group, strand)
    if responses is not None:
        if explain is not None or receipt is not None or narrow.is_narrow:
            raise UsageError("--explain, --receipt, --group and --strand do not go with --responses.")
        text = _scored(name, responses, style or "json", short, min_group, per_respondent)
    elif short or min_group is not None or per_respondent:
        raise UsageError("--short, --min-group and --per-respondent go with --responses.")
    elif receipt is None and is_shared(place.path):
        text = round_text(
            place, name, style, narrow, to_file=output is not None, paged=not (no_pager or wants_plain(place.plain))
        )
    else:
        if narrow.is_narrow or style == "html":
            raise UsageError("--group, --strand and --format html are for a round, in a shared project.")
        text = _own(place, name, style, explain, receipt, to_file=output is not None)
    is_data = style not in (None, "text") or responses is not None
    deliver(text, output, sources, replace=replace, is_data=is_data)


def _file(questionnaire: str | None) -> Path | None:
    return Path(questionnaire) if questionnaire else None


def _own(
    place: Place, questionnaire: str | None, style: str | None, explain: str | None, receipt: str | None, to_file: bool
) -> str:
    from selfassess.report import console
    from selfassess.report.own import own_report, own_working

    edition, sheet = _my_sheet(place, questionnaire, receipt)
    if explain is not None and style not in (None, "text"):
        raise UsageError("--explain comes as text only.", hint="Leave out --format, or name a file that ends in .txt.")
    if explain is not None:
        page = console.working_page(own_working(edition, sheet, explain))
    else:
        result = own_report(edition, sheet)
        if style in ("markdown", "json", "csv"):
            return _as_data(result, style)
        page = console.page(result)
    if style is None and not to_file and is_terminal(sys.stdout):
        console.show(page)
        return ""
    return console.to_text(page)


def _as_data(result: "OwnReport", style: str) -> str:
    from selfassess.report import data
    from selfassess.report.markdown import to_markdown

    match style:
        case "markdown":
            return to_markdown(result)
        case "csv":
            return data.to_csv(result.edition, result.summary, several=False)
        case _:
            return data.to_json(data.own_document(result))


def _my_sheet(place: Place, questionnaire: str | None, receipt: str | None) -> "tuple[Edition, Sheet]":
    """The sheet to report on, with the edition it was answered in."""
    from selfassess.cli.continuing import edition_of, last_sheet, nothing_yet
    from selfassess.storage.project import open_project

    try:
        if not place.path.exists():
            raise nothing_yet(place.path)
        with open_project(place.path, read_only=True) as project:
            sheet = last_sheet(project, questionnaire) if receipt is None else project.sheet(receipt)
            return edition_of(project, sheet.questionnaire), sheet
    except TooLittleError:
        if questionnaire and _may_be_a_round(place):
            raise which_project(place) from None
        raise


def _may_be_a_round(place: Place) -> bool:
    """Whether a round may be meant: no project was named, and there is one with rounds in this folder."""
    return not place.is_named and "shared" in project_files().values()


def _scored(
    questionnaire: str | None, responses: Path, style: str, short: bool, min_group: int | None, per_respondent: bool
) -> str:
    from selfassess.definition.library import find
    from selfassess.definition.reader import read
    from selfassess.model.round import Thresholds
    from selfassess.report import data
    from selfassess.scoring.privacy import release, rules
    from selfassess.scoring.responses import read_responses
    from selfassess.scoring.score import score

    if style not in SCORED:
        raise UsageError("A file of responses is scored as json or csv.", hint="Use --format json.")
    chosen = Thresholds() if min_group is None else rules(min_group)
    if per_respondent and (chosen.protect or style != "json"):
        raise UsageError("Each respondent's scores are given with --min-group 1 --format json only.")
    edition = read(find(questionnaire or MAIN))
    found = read_responses(responses, edition.questionnaire, "short" if short else "full")
    for warning in found.warnings:
        say(str(warning))
    results = {id: score(answers) for id, answers in found.rounds.items()}
    summary = release(results, chosen)
    if style == "csv":
        return data.to_csv(edition, summary)
    document = data.document(edition, summary)
    if per_respondent:
        for one in document["rounds"]:
            one["respondents"] = data.per_respondent(results[one["id"]])
    return data.to_json(document)


COMMANDS = (report,)
