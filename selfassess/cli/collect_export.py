"""Taking in the table that a survey service exported: what is asked about it, shown before, and what became of it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from selfassess.cli.place import Place
from selfassess.cli.project_choice import open_rounds
from selfassess.cli.prompts import ask_yes_no, can_ask
from selfassess.cli.terminal import Cancelled, InputEnded, confirm, say, tell, tell_data
from selfassess.content import MEGABYTE, MissingError, UnreadError, content_of
from selfassess.errors import Problem, ResponsesError, UsageError
from selfassess.project.atomic_files import shown, write_whole
from selfassess.services import survey_columns, survey_intake, survey_map
from selfassess.services.extras import check_installed
from selfassess.services.groups import invited_group
from selfassess.services.projects import edition_of_round
from selfassess.services.survey_columns import Columns, Undecided
from selfassess.services.survey_export import NAMES, SERVICES, Export, read_export
from selfassess.services.survey_map import Decisions
from selfassess.services.workbook import is_workbook
from selfassess.text import count

if TYPE_CHECKING:
    from selfassess.model.questionnaire import Edition, GroupKey
    from selfassess.model.round import Round
    from selfassess.project.rounds import Rounds
    from selfassess.services.survey_intake import Intake

LARGEST = 100 * MEGABYTE
NOTHING = "Nothing was taken in."


def collect_export(
    place: Place,
    names: Sequence[str],
    style: str,
    *,
    service: str | None,
    round_name: str | None,
    group: str | None,
    map_file: Path | None,
    all_new: bool,
    yes: bool,
) -> int:
    """Take in the rows of a table that are new: all of them, after a yes, or none."""
    if len(names) > 1:
        raise UsageError(
            "Only one table can be taken in at a time.", "Name one file, then run the command again for the next."
        )
    export = _read(Path(names[0]), service)
    decisions = _decisions(map_file)
    with open_rounds(place) as rounds:
        round = survey_intake.round_for(rounds, round_name)
        edition = edition_of_round(rounds, round)
        one = invited_group(round, edition.questionnaire, group) if group is not None else None
        say(f"{shown(export.name)}: {count(len(export.rows), 'row')}, from {NAMES[export.service]}, for {round.title}.")
        columns, decided = _decide(export, round, edition, decisions, one)
        if decided != decisions:
            _keep(map_file, decided)
        intake = survey_intake.prepare(rounds, round, edition, export, columns, decided, one)
        for line in survey_columns.told(export, columns):
            say(line)
        for line in survey_intake.told(edition, intake, has_consent=columns.consent is not None):
            say(line)
        if intake.rows:
            _ask(intake, all_new=all_new, yes=yes)
            _take_in(rounds, edition, intake)
    _tell(place, intake, style)
    return 0


def _read(path: Path, service: str | None) -> Export:
    try:
        content = content_of(path, LARGEST)
    except UnreadError as error:
        raise ResponsesError(f"{shown(path)} {error.why}.", hint=error.cure) from None
    if is_workbook(content):
        check_installed("openpyxl", "Workbooks are read")
    said = next((one for one in SERVICES if one == service), None)
    return read_export(shown(path), content, said)


def _decisions(path: Path | None) -> Decisions:
    if path is None:
        return Decisions()
    try:
        return survey_map.read_map(shown(path), content_of(path, survey_map.LARGEST))
    except MissingError:
        return Decisions()
    except UnreadError as error:
        raise ResponsesError(f"{shown(path)} {error.why}.", hint=error.cure) from None


def _keep(path: Path | None, decided: Decisions) -> None:
    if path is None:
        say("Add --map FILE, and what you just said is kept for the next time.")
        return
    write_whole(path, survey_map.written(decided), overwrite=True)
    say(f"What you said is kept in {shown(path)}.")


def _decide(
    export: Export, round: "Round", edition: "Edition", decisions: Decisions, group: "GroupKey | None"
) -> tuple[Columns, Decisions]:
    """What the columns hold, once everything is decided that only a person can. ResponsesError where nobody can be
    asked, or where a no means that the file is not the right one."""
    while True:
        columns = survey_columns.understand(export, round, edition, decisions, group)
        open_questions = survey_intake.undecided(export, columns, edition, decisions)
        if not open_questions:
            return columns, decisions
        if not can_ask():
            problems = [
                Problem(code="undecided", message=one.question, hint=one.cure, file=export.name)
                for one in open_questions
            ]
            wanting = count(len(problems), "question needs", "questions need")
            raise ResponsesError(f"{export.name}: {wanting} your answer. {NOTHING}", problems)
        decisions = _answer(open_questions[0])


def _answer(undecided: Undecided) -> Decisions:
    try:
        is_so = ask_yes_no(undecided.question, default=undecided.no is not None)
    except (InputEnded, KeyboardInterrupt):
        say(NOTHING)
        raise Cancelled from None
    chosen = undecided.yes if is_so else undecided.no
    if chosen is None:
        raise ResponsesError(NOTHING, hint=undecided.cure)
    return chosen


def _ask(intake: "Intake", *, all_new: bool, yes: bool) -> None:
    if intake.may_count_twice and not all_new:
        question = survey_intake.twice(intake)
        if not can_ask():
            raise UsageError(question, "If they are: add --all-new. If not, leave the others out of the file.")
        confirm(question, yes=False, otherwise=NOTHING)
    confirm(f"Take in {count(len(intake.rows), 'sheet')}?", yes, otherwise=NOTHING)


def _take_in(rounds: "Rounds", edition: "Edition", intake: "Intake") -> None:
    before = rounds.rows.taken(intake.round.id)
    try:
        survey_intake.take_in(rounds, edition, intake)
    except KeyboardInterrupt:
        is_in = rounds.rows.taken(intake.round.id) != before
        say(f"Stopped. {count(len(intake.rows), 'sheet')} taken in." if is_in else f"Stopped. {NOTHING}")
        raise Cancelled from None


def _tell(place: Place, intake: "Intake", style: str) -> None:
    if style == "json":
        found = {"new": len(intake.rows), "here": intake.already_here, "empty": intake.empty,
                 "unfinished": intake.unfinished, "not_asked": intake.not_asked}  # fmt: skip  # in few lines
        tell_data(json.dumps(found, indent=2) + "\n")
        return
    tell(f"{count(len(intake.rows), 'sheet')} taken in, {intake.already_here:,} already here.")
    say(f"How many of each group are in: {place.command} round status {intake.round.id}")
