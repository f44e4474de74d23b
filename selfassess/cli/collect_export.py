"""The part of the command `collect` that takes in a table of a survey service: what is asked, and what is told."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from selfassess.cli.place import Place
from selfassess.cli.project_choice import open_rounds
from selfassess.cli.prompts import ask_yes_no, can_ask
from selfassess.cli.terminal import Cancelled, InputEnded, confirm, say, tell, tell_data
from selfassess.errors import Problem, ResponsesError, UsageError
from selfassess.project.atomic_files import shown
from selfassess.services import survey_intake
from selfassess.services.survey_desk import NOTHING, Desk, desk_for, keep_decisions, read_decisions, read_table
from selfassess.services.survey_export import SERVICES
from selfassess.text import count

if TYPE_CHECKING:
    from selfassess.services.survey_columns import Undecided
    from selfassess.services.survey_intake import Intake

ADD_MAP = "Add --map FILE, and what you just said is kept for the next time."


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
    export = read_table(Path(names[0]), next((one for one in SERVICES if one == service), None))
    decisions = read_decisions(map_file)
    with open_rounds(place) as rounds:
        desk = desk_for(rounds, round_name, export, decisions, group)
        say(f"{shown(export.name)}: {desk.what_it_is()}")
        desk = _decided(desk, map_file)
        intake = desk.intake()
        for line in desk.told(intake):
            say(line)
        if intake.rows:
            _ask(intake, all_new=all_new, yes=yes)
            _take_in(desk, intake)
    _tell(place, intake, style)
    return 0


def _decided(desk: Desk, map_file: Path | None) -> Desk:
    """The table once everything is decided that only a person can; each decision is kept at once. ResponsesError where
    nobody can be asked, or where a no means that the file is not the right one."""
    before = desk.decisions
    try:
        while open_questions := desk.undecided():
            desk = _asked(desk, open_questions)
            if map_file is not None:
                keep_decisions(map_file, desk.decisions)
    finally:
        if desk.decisions != before:
            say(f"What you said is kept in {shown(map_file)}." if map_file else ADD_MAP)
    return desk


def _asked(desk: Desk, open_questions: "Sequence[Undecided]") -> Desk:
    """The table once the first of the questions is answered."""
    if not can_ask():
        problems = [
            Problem(code="undecided", message=one.question, hint=one.cure, file=desk.export.name)
            for one in open_questions
        ]
        wanting = count(len(problems), "question needs", "questions need")
        raise ResponsesError(f"{desk.export.name}: {wanting} your answer. {NOTHING}", problems)
    first = open_questions[0]
    try:
        is_so = ask_yes_no(first.question, default=first.no is not None)
    except (InputEnded, KeyboardInterrupt):
        say(NOTHING)
        raise Cancelled from None
    return desk.after(first, is_so=is_so)


def _ask(intake: "Intake", *, all_new: bool, yes: bool) -> None:
    if intake.may_count_twice and not all_new:
        question = survey_intake.twice(intake)
        if not can_ask():
            raise UsageError(question, "If they are: add --all-new. If not, leave the others out of the file.")
        confirm(question, yes=False, otherwise=NOTHING)
    confirm(f"Take in {count(len(intake.rows), 'sheet')}?", yes, otherwise=NOTHING)


def _take_in(desk: Desk, intake: "Intake") -> None:
    rounds, id = desk.rounds, intake.round.id
    before = rounds.rows.taken(id)
    try:
        survey_intake.take_in(rounds, desk.edition, intake)
    except KeyboardInterrupt:
        is_in = rounds.rows.taken(id) != before
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
