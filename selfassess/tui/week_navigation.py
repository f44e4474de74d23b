"""Which screen follows which in the week of a facilitator: reminders, and days for a calendar."""

import datetime
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from selfassess.dates import today
from selfassess.documents.export.calendar import to_ics
from selfassess.documents.media import MEDIA, ON_PAPER, PRINTED, usual
from selfassess.documents.reminder import written
from selfassess.errors import SelfAssessError, UsageError
from selfassess.model.calendar import USUAL_BEFORE, Entry
from selfassess.model.letter import Reminder
from selfassess.model.round import Round
from selfassess.paths import quoted
from selfassess.project.atomic_files import write_whole
from selfassess.project.project import Project
from selfassess.project.rounds import Rounds
from selfassess.services.calendar import (
    plan_days,
    read_before,
    read_first_day,
    read_last_day,
    round_days,
)
from selfassess.services.invitations import read_contact, read_until
from selfassess.services.plan import read_plan
from selfassess.services.reminders import reminders, told, waiting
from selfassess.tui import new_file
from selfassess.tui.navigator import Navigator
from selfassess.tui.new_file import NewFile
from selfassess.tui.screens.form import Field, FieldError, FormContents, Typed
from selfassess.tui.wizard import Forms

STYLES = ("text", "markdown", *ON_PAPER)
"""The formats of reminders."""
CALENDAR = ("calendar",)
"""The format of days for a calendar."""
OPENED = "Open it with your calendar program."


async def remind(navigator: Navigator, forms: Forms, rounds: Rounds, round: Round) -> str:
    """Say who has not answered yet, and write their reminders. What was done, in words."""
    groups = await navigator.patiently(partial(waiting, rounds, round))
    await navigator.patiently(partial(reminders, rounds, round, groups))
    file, notice = NewFile(STYLES), rounds.project.notice

    def finish(typed: Typed) -> tuple[Path, list[Reminder]]:
        until, contact = read_until(typed["until"], today()), read_contact(typed["contact"])
        return file.read(typed["file"]), reminders(rounds, round, groups, until=until, contact=contact)

    def command(typed: Typed) -> str:
        words = [f"{navigator.command} round remind {round.id}"]
        for option, name in (("--until", "until"), ("--contact", "contact"), ("--output", "file")):
            words += [f"{option} {quoted(typed[name].strip())}"] if typed[name].strip() else []
        return " ".join(words)

    contents = FormContents(
        heading="Remind people",
        said=("\n".join(told(groups)),),
        fields=(
            Field(
                name="until",
                label="When should they answer by? Such as Friday 6 November",
                read=lambda text: read_until(text, today()),
            ),
            Field(name="contact", label="Who can they ask, and how?", typed=notice.contact, read=read_contact),
            Field(
                name="file",
                label=f"The name of the file, which ends in {file.endings}",
                typed=f"{round.id}-reminders{MEDIA[usual(PRINTED)].endings[0]}",
                read=file.read,
            ),
        ),
        finish=finish,
        command=command,
        onward="Write them",
    )

    def write(path: Path, found: Sequence[Reminder]) -> None:
        write_whole(path, written(found, file.style(path)), overwrite=path == file.replaces)

    refused: FieldError | None = None
    while (wanted := await forms.fill_in("remind", contents, refused)) is not None:
        try:
            await navigator.work_out("One moment: the reminders are being written.", partial(write, *wanted))
        except SelfAssessError as error:
            refused = FieldError("file", error)
        else:
            return new_file.saved(wanted[0])
    return ""


async def round_calendar(navigator: Navigator, forms: Forms, rounds: Rounds, round: Round) -> str:
    """Ask for the days of a round, and write them for a calendar. What was done, in words."""
    file = NewFile(CALENDAR)
    is_new = round.state == "new"

    def finish(typed: Typed) -> tuple[Path, Sequence[Entry]]:
        last, first = read_last_day(typed["until"], today()), read_first_day(typed.get("opens", ""))
        try:
            found = round_days(rounds, round, last, first, read_before(typed["before"]), today=today())
        except UsageError as error:
            raise FieldError("until", error) from None
        return file.read(typed["file"]), found

    def command(typed: Typed) -> str:
        words = [f"{navigator.command} round calendar {round.id}", f"--until {quoted(typed['until'].strip() or 'DAY')}"]
        if typed.get("opens", "").strip():
            words.append(f"--opens {quoted(typed['opens'].strip())}")
        if typed["before"].strip() not in ("", str(USUAL_BEFORE)):
            words.append(f"--remind {quoted(typed['before'].strip())}")
        return " ".join([*words, f"--output {quoted(typed['file'].strip())}"])

    opens = Field(name="opens", label="The first day to answer, if you know it", read=read_first_day)
    contents = FormContents(
        heading="Days for your calendar",
        said=("Write it again with other days, and your calendar changes those that it has.",),
        fields=(
            *([opens] if is_new else []),
            Field(
                name="until",
                label=f"The last day to answer. Such as 6 November {today().year + 1}",
                read=lambda text: read_last_day(text, today()),
            ),
            Field(
                name="before",
                label="How many days before that do you want to remind people? 0 for not at all",
                typed=str(USUAL_BEFORE),
                read=read_before,
            ),
            Field(name="file", label="The name of the file", typed=f"{round.id}.ics", read=file.read),
        ),
        finish=finish,
        command=command,
        onward="Write it",
    )
    return await _written(forms, file, f"calendar of {round.id}", contents)


async def plan_calendar(navigator: Navigator, forms: Forms, project: Project) -> str:
    """Ask for a file, and write the days by which something in the plan is due. What was done, in words. UsageError
    where nothing is."""
    file = NewFile(CALENDAR)
    report = await navigator.patiently(lambda: read_plan(project, today()))
    found = plan_days(project, report)
    if not found:
        raise UsageError("Nothing in the plan is due on a day.", "In the plan, say by when something is to be done.")
    contents: FormContents[tuple[Path, Sequence[Entry]]] = FormContents(
        heading="Days for your calendar",
        said=("The days by which something in the plan is due. What is done or dropped is left out.",),
        fields=(Field(name="file", label="The name of the file", typed="plan.ics", read=file.read),),
        finish=lambda typed: (file.read(typed["file"]), found),
        command=lambda typed: f"{navigator.command} plan calendar --output {quoted(typed['file'].strip())}",
        onward="Write it",
    )
    return await _written(forms, file, "calendar of the plan", contents)


async def _written(forms: Forms, file: NewFile, name: str, contents: FormContents[tuple[Path, Sequence[Entry]]]) -> str:
    """Show a form, and write the days that it asks for. What was done, in words."""
    refused: FieldError | None = None
    while (wanted := await forms.fill_in(name, contents, refused)) is not None:
        path, entries = wanted
        try:
            now = datetime.datetime.now(datetime.UTC)
            write_whole(path, to_ics(entries, now), overwrite=path == file.replaces)
        except SelfAssessError as error:
            refused = FieldError("file", error)
        else:
            return f"{new_file.saved(path)} {OPENED}"
    return ""
