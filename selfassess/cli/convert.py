"""The command `convert`: a questionnaire in the format of another program."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.cli.diff import named
from selfassess.cli.output import STDOUT, check, destination, into_a_file
from selfassess.cli.param_types import OneOf
from selfassess.cli.place import Place
from selfassess.cli.terminal import say, tell_data
from selfassess.content import MEGABYTE, UnreadError, content_of
from selfassess.errors import UsageError
from selfassess.paths import called, quoted

if TYPE_CHECKING:
    from selfassess.documents.survey_tools.questions import Asked, Converted
    from selfassess.model.questionnaire import Questionnaire
    from selfassess.model.sheet import Form


@dataclass(frozen=True, slots=True)
class Program:
    """Another program that a questionnaire is written for."""

    style: str
    """The format of its files, as `cli/output.py` knows it."""
    write: "Callable[[Asked], Converted]"


def _xlsform(asked: "Asked") -> "Converted":
    from selfassess.documents.survey_tools.xlsform import to_xlsform

    return to_xlsform(asked)


def _limesurvey(asked: "Asked") -> "Converted":
    from selfassess.documents.survey_tools.limesurvey import to_limesurvey

    return to_limesurvey(asked)


def _surveyjs(asked: "Asked") -> "Converted":
    from selfassess.documents.survey_tools.surveyjs import to_surveyjs

    return to_surveyjs(asked)


def _forms_text(asked: "Asked") -> "Converted":
    from selfassess.documents.survey_tools.forms import to_text

    return to_text(asked)


def _docx(asked: "Asked") -> "Converted":
    from selfassess.documents.survey_tools.forms import to_docx

    return to_docx(asked)


PROGRAMS: Mapping[str, Program] = {
    "xlsform": Program("xlsx", _xlsform),
    "limesurvey": Program("text", _limesurvey),
    "surveyjs": Program("json", _surveyjs),
    "forms-text": Program("text", _forms_text),
    "docx": Program("docx", _docx),
}
LARGEST = 20 * MEGABYTE
"""Bytes of an XLSForm."""
OURS = "toml"
"""The format of this program, for an XLSForm that comes in."""


@click.command(short_help="Write a questionnaire for another survey program.")
@click.argument("questionnaire", metavar="QUESTIONNAIRE")
@click.option("--to", "to", required=True, type=OneOf([*PROGRAMS, OURS]), help=f"{', '.join(PROGRAMS)} or {OURS}.")
@click.option("--group", metavar="GROUP", help="What one group is asked, in its own words. [default: everybody]")
@click.option("--short", is_flag=True, help="The short form.")
@into_a_file
@click.pass_obj
def convert(
    place: Place, questionnaire: str, to: str, group: str | None, short: bool, output: Path | None, replace: bool
) -> None:
    """Write a questionnaire in the format of another program, so that people can be asked there.

    xlsform is for KoboToolbox and ODK, limesurvey and surveyjs for the programs of these names; forms-text is text to
    paste into Microsoft Forms or Google Forms, and docx is for the quick import of Microsoft Forms. QUESTIONNAIRE is a
    TOML file, the name of a shipped questionnaire, or a round.

    Without --group people are first asked which group they are in. You are told what the
    other program cannot do.

    The other way round, toml makes a questionnaire to start from of an XLSForm whose questions are choices.

    \b
    selfassess convert partnership --to xlsform --output partnership.xlsx
    selfassess convert form.xlsx --to toml --output ours.toml
    """
    if to == OURS:
        if group is not None or short:
            raise UsageError("--group and --short are for the other formats.", "Leave them out.")
        _take_over(Path(questionnaire), output, replace=replace)
        return
    from selfassess.documents.survey_tools.questions import Asked
    from selfassess.model.round import groups_of
    from selfassess.services.groups import groups_meant
    from selfassess.services.survey_columns import also_to_ask

    program = PROGRAMS[to]
    goal = destination(output, program.style, (program.style,), (Path(questionnaire), place.path), replace=replace)
    edition, round = named(place, questionnaire)
    form = round.form if round else None
    whom = groups_meant(round, edition.questionnaire, group)
    whose = whom[0] if len(whom) == 1 and whom[0] else None
    left_out = frozenset(groups_of(edition.questionnaire)).difference(whom)
    asked = Asked(edition.questionnaire, whose, _form(edition.questionnaire, form, short=short), left_out)
    converted = program.write(asked)
    if goal.path is None and isinstance(converted.content, str):
        tell_data(converted.content)
    else:
        goal.deliver(converted.content)
    for sentence in (*converted.told, *(also_to_ask(edition.questionnaire, round, whose) if round else ())):
        say(sentence)


def _take_over(form: Path, output: Path | None, *, replace: bool) -> None:
    """Make a questionnaire file of an XLSForm."""
    from selfassess.project.atomic_files import write_whole
    from selfassess.services.extras import check_installed
    from selfassess.services.xlsform import from_xlsform

    output = None if output == STDOUT else output
    check(output, (form,), replace=replace)
    if output is not None and output.suffix != ".toml":
        raise UsageError(f"{output} does not end in .toml.", "Choose another name.")
    check_installed("openpyxl", f"{form} is read")
    try:
        imported = from_xlsform(form.name, content_of(form, LARGEST))
    except UnreadError as error:
        raise UsageError(f"{form} {error.why}.", error.cure) from None
    if output is None:
        tell_data(imported.toml)
    else:
        write_whole(output, imported.toml, overwrite=replace)
        say(f"Written: {output}. See what is wrong in it: {called()} check {quoted(str(output))}")
    for sentence in imported.told:
        say(sentence)


def _form(questionnaire: "Questionnaire", of_round: "Form | None", *, short: bool) -> "Form":
    """The form that is asked. UsageError for a short one where there is none, or the round says which."""
    from selfassess.model.routing import has_short_form

    if not short:
        return of_round or "full"
    if of_round:
        raise UsageError("The round already says which form it uses.", "Leave out --short.")
    if not has_short_form(questionnaire):
        raise UsageError("This questionnaire has no short form.", "Leave out --short.")
    return "short"


COMMANDS = (convert,)
