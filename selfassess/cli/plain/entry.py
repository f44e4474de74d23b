"""The way into a sitting line by line: it only ever appends, so a screen reader can follow, and input can be piped.

Prompts and questions go to stderr, one's own result to stdout.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from selfassess.cli.plain.round_entry import take_part
from selfassess.cli.plain.sitting import HELP, ask_group, show_own, thank, through
from selfassess.cli.prompts import ask, read_place
from selfassess.cli.terminal import InputEnded, read_line, say
from selfassess.definition.library import shipped
from selfassess.definition.loader import read
from selfassess.errors import SelfAssessError
from selfassess.model.questionnaire import Edition, GroupKey
from selfassess.model.sheet import Form
from selfassess.paths import program
from selfassess.project.project import Project
from selfassess.services.entrances import entrance_to
from selfassess.services.home import home_contents
from selfassess.services.participation import RoundEntry, enter, resume_with_code
from selfassess.services.projects import edition_of
from selfassess.services.sittings import begin, resume, unfinished_with
from selfassess.sitting import notices
from selfassess.sitting.course import Leave, Left
from selfassess.sitting.session import HandedIn, Sitting
from selfassess.sitting.thanks import first_stage


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to do from here."""

    words: str
    act: Callable[[], int]


def home(project: Project) -> int:
    """What there is to do, to choose from. The exit code of what was done."""
    say(f"{notices.WHAT_FOR}\n")
    choices = _choices(project)
    try:
        return _choose("What would you like to do?", choices).act()
    except InputEnded:
        say(f"Nothing was chosen. To go straight to the questions: {program(str(project.path))} take --plain")
        return 130


def _choices(project: Project) -> list[Choice]:
    contents = home_contents(project)
    found: list[Choice] = []
    for begun in contents.begun:
        go_on = partial(_go_on, project, begun.saved.id)
        act = partial(_say_invited, project) if begun.answers_invitation else go_on
        found.append(Choice(f"Continue: {begun.title} ({begun.about})", act))
    found += [Choice(f"Take part: {one.title}", partial(_take_part, project, one.id)) for one in contents.open_rounds]
    if contents.kind == "shared":
        found.append(Choice("Continue with my code", partial(_continue, project)))
    at_hand = shipped()
    found += [Choice(f"Start: {one.title}", partial(_begin, project, one.path, "full")) for one in at_hand]
    found += [
        Choice(f"Start the short form: {one.title}", partial(_begin, project, one.path, "short")) for one in at_hand
    ]
    found += [Choice(f"Try without saving: {one.title}", partial(_begin, None, one.path, "full")) for one in at_hand]
    if contents.kind == "shared":
        found.append(Choice("See my results", partial(_results, project)))
    elif contents.has_answered:
        found.append(Choice("My answers and results: open, change or delete them", partial(sittings, project)))
    return [*found, Choice("Help", partial(_help, project)), Choice("Leave", lambda: 0)]


def _take_part(project: Project, round: str) -> int:
    entrance = entrance_to(project, round)
    return take_part(entrance, enter(entrance), project, begins_at_home=True)


def _say_invited(project: Project) -> int:
    say(f"{notices.invited(program(str(project.path)))}\n")
    return home(project)


def _help(project: Project) -> int:
    say(f"{HELP}\n")
    return home(project)


def _go_on(project: Project, id: str) -> int:
    return _sit(project, lambda: resume(project, id))


def _begin(project: Project | None, path: Path, form: Form) -> int:
    return sit(project, read(path), None, form, None)


def _choose(question: str, choices: Sequence[Choice]) -> Choice:
    for position, choice in enumerate(choices, 1):
        say(f"  {position}  {choice.words}")
    return choices[ask(question, lambda line: read_place(line, len(choices)))]


def _results(project: Project) -> int:
    sheet = project.sheet(read_line("Your receipt:"))
    show_own(edition_of(project, sheet.questionnaire), sheet, project)
    return 0


def sittings(project: Project) -> int:
    """A person's own sittings, to open, change or delete."""
    from selfassess.cli.plain.own_sittings import choose

    try:
        chosen = choose(project)
    except InputEnded:
        return 0
    return _sat(project, chosen, is_greeted=True) if chosen else 0


def sit(project: Project | None, edition: Edition, group: GroupKey | None, form: Form | None, code: str | None) -> int:
    """A whole sitting, or the rest of one. The exit code: 0 handed in or left, 130 where the input ended."""
    return _sit(project, lambda: _opened(project, edition, group, form, code))


def _sit(project: Project | None, opened: Callable[[], Sitting | RoundEntry]) -> int:
    try:
        found = opened()
    except InputEnded:
        say("Nothing was answered, so there is nothing to save.")
        return 130
    return _go_through(project, found)


def _go_through(project: Project | None, found: Sitting | RoundEntry, *, begins_at_home: bool = False) -> int:
    """A whole sitting, or the rest of one, outside rounds or in one."""
    if isinstance(found, Sitting):
        return _sat(project, found)
    return take_part(*found, project, begins_at_home=begins_at_home)


def _sat(project: Project | None, sitting: Sitting, *, is_greeted: bool = False) -> int:
    match through(sitting, is_greeted=is_greeted):
        case HandedIn() as done:
            thank(sitting, done, first_stage(sitting, done.receipt, program(sitting.saver.where)), project)
        case Left(leave=Leave(program=True)):
            return 130
    return 0


def _opened(
    project: Project | None, edition: Edition, group: GroupKey | None, form: Form | None, code: str | None
) -> Sitting | RoundEntry:
    """The sitting to go on with, or a new one after the welcome."""
    if project and code:
        return resume_with_code(project, code)
    if project and (begun := _begun_before(project, edition, group, form)):
        return begun
    form = form or "full"
    _welcome(project, edition, group, form)
    if project and project.kind == "shared" and (found := _begun(project)):
        return found
    if group is None and edition.questionnaire.groups:
        group = ask_group(edition.questionnaire.groups).id
    return begin(project, edition, group, form)


def _begun_before(project: Project, edition: Edition, group: GroupKey | None, form: Form | None) -> Sitting | None:
    """The sitting that was begun with a questionnaire; None where there is none, or the person begins again since the
    questionnaire has changed."""
    begun = unfinished_with(project, edition, group, form)
    if begun is None:
        return None
    if begun.changes:
        say("\n".join([notices.EDITED, *begun.changes]))
        choices = [notices.AS_IT_WAS, f"{notices.BEGIN_AGAIN}. {notices.KEPT}"]
        for position, choice in enumerate(choices, 1):
            say(f"  {position}  {choice}")
        if ask("Which would you like?", lambda line: read_place(line, len(choices))) == 1:
            return None
    return resume(project, begun.saved.id)


def _continue(project: Project) -> int:
    """Go on with what a code opens, in a round or outside."""
    while True:
        code = read_line("Your code:")
        if not code:
            say("Type the code. To leave: Ctrl+C.")
        elif found := _tried(project, code):
            return _go_through(project, found, begins_at_home=True)


def _begun(project: Project) -> Sitting | RoundEntry | None:
    """What a person in a shared project has begun; None where they begin now."""
    while code := read_line("Your resume code, if you have begun (Enter alone: begin now):"):
        if found := _tried(project, code):
            return found
    return None


def _tried(project: Project, code: str) -> Sitting | RoundEntry | None:
    """What a code opens; None, and why is said, if it opens nothing."""
    try:
        return resume_with_code(project, code)
    except SelfAssessError as error:
        say(str(error))
        return None


def _welcome(project: Project | None, edition: Edition, group: GroupKey | None, form: Form) -> None:
    questionnaire = edition.questionnaire
    kind, path = (project.kind, str(project.path)) if project else (None, "")
    say(questionnaire.title)
    if questionnaire.about:
        say(f"\n{questionnaire.about}")
    say(f"\nHow long: {notices.how_long(edition, group, form)}")
    say(f"Who sees it: {notices.who_sees(kind, path)}")
    if project:
        say("Stop and come back: every answer is saved at once. To carry on later, start the same way again.")
    say(f"\n{HELP}\n")
