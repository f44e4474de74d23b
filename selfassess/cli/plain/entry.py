"""The way into a sitting line by line: it only ever appends, so a screen reader can follow, and input can be piped.

Prompts and questions go to stderr, one's own result to stdout.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from selfassess.cli.plain.sitting import HELP, ask_group, say_left, show_own, through
from selfassess.cli.prompts import ask, read_place
from selfassess.cli.saved_sittings import drafts_of
from selfassess.cli.terminal import Stopped, read_line, say
from selfassess.definition.library import shipped
from selfassess.definition.loader import read
from selfassess.errors import SelfAssessError, UsageError
from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import Draft, Form
from selfassess.paths import program
from selfassess.project.drafts import Unsaved, begin, resume_with_code
from selfassess.project.own_sittings import resume
from selfassess.project.project import Project
from selfassess.services.projects import edition_of
from selfassess.sitting import notices, round_notices, state
from selfassess.sitting.new_version import changes
from selfassess.sitting.session import Saver, Sitting
from selfassess.sitting.steps import steps


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to do from here."""

    words: str
    act: Callable[[], int]


def home(project: Project) -> int:
    """What there is to do, to choose from. The exit code of what was done."""
    say("How well do we work together?\n")
    choices = _choices(project)
    try:
        return _choose("What would you like to do?", choices).act()
    except Stopped:
        say(f"Nothing was chosen. To go straight to the questions: {program(str(project.path))} take --plain")
        return 130


def _choices(project: Project) -> list[Choice]:
    found: list[Choice] = []
    for saved in project.drafts():
        edition = edition_of(project, saved.draft.questionnaire)
        about = notices.sitting_about(edition.questionnaire, saved.draft, saved.saved)
        act = partial(_say_invited, project) if saved.draft.ticket else partial(_go_on, project, saved.id)
        found.append(Choice(f"Continue: {edition.questionnaire.title} ({about})", act))
    if project.kind == "shared":
        found += _in_rounds(project)
        found.append(Choice("Continue with my code", partial(_continue, project)))
    at_hand = shipped()
    found += [Choice(f"Start: {one.title}", partial(_begin, project, one.path, "full")) for one in at_hand]
    found += [
        Choice(f"Start the short form: {one.title}", partial(_begin, project, one.path, "short")) for one in at_hand
    ]
    found += [Choice(f"Try without saving: {one.title}", partial(_begin, None, one.path, "full")) for one in at_hand]
    if project.kind == "shared":
        found.append(Choice("See my results", partial(_results, project)))
    elif project.last_sheet():
        found.append(Choice("My answers and results: open, change or delete them", partial(sittings, project)))
    return [*found, Choice("Help", partial(_help, project)), Choice("Leave", lambda: 0)]


def _in_rounds(project: Project) -> list[Choice]:
    """The open rounds of a shared project."""
    from selfassess.cli.plain.round_entry import take_part
    from selfassess.cli.round_entry import here
    from selfassess.project.entrances import open_rounds
    from selfassess.sitting.round_entry import arrive

    def enter(id: str) -> int:
        entrance = here(project, id)
        return take_part(entrance, arrive(entrance))

    return [Choice(f"Take part: {round.title}", partial(enter, round.id)) for round in open_rounds(project)]


def _say_invited(project: Project) -> int:
    say(f"{notices.invited(program(str(project.path)))}\n")
    return home(project)


def _help(project: Project) -> int:
    say(f"{HELP}\n")
    return home(project)


def _go_on(project: Project, id: str) -> int:
    return _sit(lambda: resumed(project, *resume(project, id)))


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
    except Stopped:
        return 0
    return _sit(lambda: chosen) if chosen else 0


def sit(project: Project | None, edition: Edition, group: str | None, form: Form | None, code: str | None) -> int:
    """A whole sitting, or the rest of one. The exit code: 0 handed in or left, 130 where the input ended."""
    return _sit(lambda: _opened(project, edition, group, form, code))


def _sit(opened: Callable[[], Sitting]) -> int:
    try:
        sitting = opened()
    except Stopped:
        say("Nothing was answered, so there is nothing to save.")
        return 130
    return _sat(sitting)


def _sat(sitting: Sitting) -> int:
    try:
        done = through(sitting)
    except (Stopped, KeyboardInterrupt):
        say_left(sitting)
        return 130
    if done:
        sheet, receipt = done
        _thank(sitting, receipt)
        show_own(sitting.edition, sheet)
    return 0


def _thank(sitting: Sitting, receipt: str) -> None:
    command = program(sitting.saver.where)
    if sitting.is_private:
        say(f"\n{notices.to_see_again(command, is_private=True) if receipt else notices.saved('')}\n")
        return
    say("\nHanded in. Thank you.")
    say(f"Your receipt: {receipt}. It is shown only now. Keep it if you may want these answers removed later:")
    say(f"  {command} forget")
    say(f"To see your result again:\n  {command} report --receipt")
    say(f"{round_notices.ASKS_FOR_RECEIPT}\n")


def _opened(
    project: Project | None, edition: Edition, group: str | None, form: Form | None, code: str | None
) -> Sitting:
    """The sitting to go on with, or a new one after the welcome."""
    if project and code:
        return resumed(project, *resume_with_code(project, code))
    if project and (begun := _begun_before(project, edition, group, form)):
        return begun
    form = form or "full"
    _welcome(project, edition, group, form)
    if project and project.kind == "shared" and (begun := _begun(project)):
        return begun
    if group is None and edition.questionnaire.groups:
        group = ask_group(edition.questionnaire.groups).id
    draft = state.start(edition, group, form)
    if not steps(edition.questionnaire, draft):
        raise UsageError("This form of the questionnaire asks people of this group nothing.")
    saver: Saver = begin(project, edition, draft) if project else Unsaved()
    if saver.code:
        say(f"Your code, to come back later: {saver.code}. Please write it down now: it is not shown again.")
    return Sitting(edition, draft, saver, dated=project is not None and project.kind == "personal")


def _begun_before(project: Project, edition: Edition, group: str | None, form: Form | None) -> Sitting | None:
    """The sitting that was begun with a questionnaire; None where there is none, or the person begins again since the
    questionnaire has changed."""
    begun = [
        (id, draft, changes(edition_of(project, draft.questionnaire).questionnaire, edition.questionnaire, draft))
        for id, draft in drafts_of(project, edition.questionnaire.id, group, form)
        if draft.ticket is None  # what answers an invitation goes on with the invitation
    ]
    if not begun:
        return None
    id, _, said = min(begun, key=lambda one: bool(one[2]))
    if said:
        say("\n".join([notices.EDITED, *said]))
        choices = [notices.AS_IT_WAS, f"{notices.BEGIN_AGAIN}. {notices.KEPT}"]
        for position, choice in enumerate(choices, 1):
            say(f"  {position}  {choice}")
        if ask("Which would you like?", lambda line: read_place(line, len(choices))) == 1:
            return None
    return resumed(project, *resume(project, id))


def _continue(project: Project) -> int:
    """Go on with what a code opens, in a round or outside."""
    from selfassess.cli.plain.round_entry import take_part
    from selfassess.cli.round_entry import come, of_code

    while True:
        code = read_line("Your code:")
        if not code:
            say("Type the code. To leave: Ctrl+C.")
            continue
        try:
            if entrance := of_code(project, code):
                return take_part(entrance, come(entrance, code))
        except SelfAssessError as error:
            say(str(error))
            continue
        if sitting := _opened_by(project, code):
            return _sat(sitting)


def _begun(project: Project) -> Sitting | None:
    """What a person in a shared project has begun; None where they begin now."""
    while code := read_line("Your resume code, if you have begun (Enter alone: begin now):"):
        if sitting := _opened_by(project, code):
            return sitting
    return None


def _opened_by(project: Project, code: str) -> Sitting | None:
    try:
        return resumed(project, *resume_with_code(project, code))
    except SelfAssessError as error:
        say(str(error))
        return None


def resumed(project: Project, saver: Saver, draft: Draft) -> Sitting:
    """The sitting of a draft that was begun, with a word of welcome."""
    sitting = Sitting(edition_of(project, draft.questionnaire), draft, saver, dated=project.kind == "personal")
    say(f"{sitting.questionnaire.title}\nWelcome back. {notices.answered(sitting.progress)}. Type h for help.")
    return sitting


def _welcome(project: Project | None, edition: Edition, group: str | None, form: Form) -> None:
    questionnaire = edition.questionnaire
    kind, path = (project.kind, str(project.path)) if project else (None, "")
    say(questionnaire.title)
    if questionnaire.about:
        say(f"\n{questionnaire.about}")
    say(f"\nHow long: {notices.how_long(edition, group, form)}")
    say(f"Who sees it: {notices.who_sees(kind, path)}")
    if project:
        say("Stop and come back: every answer is saved at once. The same command brings you back.")
    say(f"\n{HELP}\n")
