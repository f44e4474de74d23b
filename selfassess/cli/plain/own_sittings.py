"""A person's own sittings line by line: a list by date, and what can be done with each."""

from selfassess.cli.plain.sitting import show_own
from selfassess.cli.prompts import ask, ask_yes_no, read_place
from selfassess.cli.terminal import read_line, say
from selfassess.paths import program
from selfassess.project import own_sittings
from selfassess.project.project import Project
from selfassess.services.sittings import OwnEntry, change, own_entries
from selfassess.sitting import notices
from selfassess.sitting.session import Sitting


def choose(project: Project) -> Sitting | None:
    """List the sittings, and do what the person says with one after the other. The sitting to go on with; None where
    they are done. Stopped where the input ends."""
    while True:
        entries = own_entries(project)
        if not entries:
            say(notices.NO_SITTINGS)
            return None
        for position, entry in enumerate(entries, 1):
            say(f"  {position}  {line(entry)}")
        place = _ask_place(len(entries))
        if place is None:
            return None
        if chosen := _do(project, entries[place]):
            return chosen


def _ask_place(of: int) -> int | None:
    """Which sitting, counted from 0; None where Enter alone is typed."""
    question = "Which one? Type its number (Enter alone: none):"
    return ask(question, lambda line: read_place(line, of) if line else None)


def line(entry: OwnEntry) -> str:
    """What a sitting is called."""
    return f"{entry.questionnaire.title}: {'' if entry.sitting.sheet else 'not finished, '}{entry.about}"


def _do(project: Project, entry: OwnEntry) -> Sitting | None:
    """Open, change or delete a sitting. The sitting to go on with, where there is one."""
    say(line(entry))
    sheet = entry.sitting.sheet
    if entry.sitting.was_sent:
        say(notices.SENT_COPY)
    elif entry.answers_invitation:
        say(notices.invited(program(str(project.path))))
    offered = [
        *(["r to see the results"] if sheet else []),
        *(["c to change your answers" if sheet else "c to go on"] if entry.may_change else []),
        "d to delete it",
    ]
    while True:
        match read_line(f"Type {', '.join(offered)} (Enter alone: back):").lower():
            case "":
                return None
            case "r" if sheet:
                show_own(entry.edition, sheet, project)
            case "c" if entry.may_change:
                return change(project, entry)
            case "d":
                if ask_yes_no("Delete it for good? This cannot be undone.", default=False):
                    own_sittings.delete(project, entry.sitting)
                    say("Deleted.")
                return None
            case _:
                say("Sorry, that is none of these.")
