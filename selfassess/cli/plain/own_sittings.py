"""A person's own sittings line by line: a list by date, and what can be done with each."""

from selfassess.cli.plain.sitting import show_own
from selfassess.cli.prompts import ask, ask_yes_no, read_place
from selfassess.cli.terminal import read_line, say
from selfassess.model.sheet import Draft
from selfassess.paths import program
from selfassess.project import own_sittings
from selfassess.project.own_sittings import OwnSitting
from selfassess.project.project import Project
from selfassess.services.projects import edition_of
from selfassess.sitting import notices
from selfassess.sitting.session import Sitting
from selfassess.sitting.state import reopen


def choose(project: Project) -> Sitting | None:
    """List the sittings, and do what the person says with one after the other. The sitting to go on with; None where
    they are done. Stopped where the input ends."""
    while True:
        found = own_sittings.own_sittings(project)
        if not found:
            say("You have not answered a questionnaire yet.")
            return None
        for position, sitting in enumerate(found, 1):
            say(f"  {position}  {line(project, sitting)}")
        place = _ask_place(len(found))
        if place is None:
            return None
        if chosen := _do(project, found[place]):
            return chosen


def _ask_place(of: int) -> int | None:
    """Which sitting, counted from 0; None where Enter alone is typed."""
    question = "Which one? Type its number (Enter alone: none):"
    return ask(question, lambda line: read_place(line, of) if line else None)


def line(project: Project, sitting: OwnSitting) -> str:
    """What a sitting is called."""
    questionnaire = edition_of(project, sitting.kept.questionnaire).questionnaire
    about = notices.sitting_about(
        questionnaire, _draft(project, sitting), sitting.date, is_finished=sitting.sheet is not None
    )
    return f"{questionnaire.title}: {'' if sitting.sheet else 'not finished, '}{about}"


def _do(project: Project, sitting: OwnSitting) -> Sitting | None:
    """Open, change or delete a sitting. The sitting to go on with, where there is one."""
    say(line(project, sitting))
    edition = edition_of(project, sitting.kept.questionnaire)
    may_change = not sitting.was_sent and not (sitting.draft and sitting.draft.ticket)
    if sitting.was_sent:
        say(notices.SENT_COPY)
    elif not may_change:
        say(notices.invited(program(str(project.path))))
    sheet = sitting.sheet
    offered = [
        *(["r to see the results"] if sheet else []),
        *(["c to change your answers" if sheet else "c to go on"] if may_change else []),
        "d to delete it",
    ]
    while True:
        match read_line(f"Type {', '.join(offered)} (Enter alone: back):").lower():
            case "":
                return None
            case "r" if sheet:
                show_own(edition, sheet, project)
            case "c" if may_change and sheet:
                saver, draft = own_sittings.change(project, sitting, _draft(project, sitting))
                say("Your answers are as you left them. Type r for a list of them, and h for help.")
                return Sitting(edition, draft, saver, dated=True)
            case "c" if may_change:
                autosave, begun = own_sittings.resume(project, sitting.key)
                return Sitting(edition, begun, autosave, dated=True)
            case "d":
                if ask_yes_no("Delete it for good? This cannot be undone.", default=False):
                    own_sittings.delete(project, sitting)
                    say("Deleted.")
                return None
            case _:
                say("Sorry, that is none of these.")


def _draft(project: Project, sitting: OwnSitting) -> Draft:
    """The answers of a sitting, as a draft."""
    return reopen(edition_of(project, sitting.kept.questionnaire).questionnaire, sitting.kept)
