"""Which screen follows which: where the program begins, the home screen, and questionnaires outside rounds."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from selfassess.errors import SelfAssessError
from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import Form
from selfassess.paths import program
from selfassess.project import own_sittings
from selfassess.project.project import Project
from selfassess.services import sittings
from selfassess.services.home import HomeContents, home_contents
from selfassess.sitting import notices
from selfassess.sitting.session import HandedIn, Sitting
from selfassess.sitting.thanks import first_stage
from selfassess.tui.navigator import LeaveProgram, Navigator

if TYPE_CHECKING:
    from selfassess.services.entrances import Entrance
    from selfassess.services.sittings import Begun, OwnEntry
    from selfassess.sitting.round_entry import Person
    from selfassess.tui.screens.home import HomeChoice, RoundResults, TakePart

Run = Callable[[], Awaitable[None]]

# Beginning


def begin(navigator: Navigator) -> Run:
    """Prepare the screen that the command line asks for, or the questions where they were left. SelfAssessError if that
    cannot be opened."""
    return partial(_explained, navigator, _first(navigator))


async def _explained(navigator: Navigator, run: Run) -> None:
    try:
        await run()
    except SelfAssessError as error:
        await navigator.explain(error)


def _first(navigator: Navigator) -> Run:
    options, project = navigator.options, navigator.saves_to
    if options.entrance and options.participant:
        return partial(_enter, navigator, options.entrance, options.participant)
    if project and options.code:
        return _resumed(navigator, project, options.code)
    if options.sittings and project:
        return partial(_own_sittings, navigator, project, sittings.own_entries(project))
    if options.edition is None:
        return partial(_home, navigator, home_contents(navigator.project))
    return _begun(navigator, project, options.edition) if project else partial(_welcome, navigator, options.edition)


async def _enter(navigator: Navigator, entrance: "Entrance", person: "Person | None" = None) -> None:
    from selfassess.tui.round_navigation import take_part

    await take_part(navigator, entrance, person)


def _begun(navigator: Navigator, project: Project, edition: Edition) -> Run:
    """Resume the sitting that was begun with this questionnaire, else show the welcome. If the questionnaire was edited
    since, ask first."""
    begun = sittings.unfinished_with(project, edition, navigator.options.group, navigator.options.form)
    if begun is None:
        return partial(_welcome, navigator, edition)
    if begun.changes:
        return partial(_ask_which_version, navigator, edition, begun)
    sitting = sittings.resume(project, begun.saved.id, edition)
    return partial(_answer, navigator, sitting)


async def _ask_which_version(navigator: Navigator, now: Edition, begun: "Begun") -> None:
    from selfassess.tui.screens.resume import EditedSince

    match await navigator.ask(EditedSince(begun)):
        case "go on":
            await _resume(navigator, begun.saved.id)
        case "begin again":
            await _welcome(navigator, now)


# The home screen


async def _home(navigator: Navigator, contents: HomeContents | None = None) -> None:
    """Show the home screen, again after everything that is done from it."""
    from selfassess.tui.screens.home import Home

    while True:
        navigator.sitting = None
        if contents is None:
            contents = await navigator.patiently(partial(home_contents, navigator.project))
        choice, contents = await navigator.ask(Home(contents)), None
        try:
            await _follow(navigator, choice)
        except SelfAssessError as error:
            await navigator.explain(error)


async def _follow(navigator: Navigator, choice: "HomeChoice") -> None:
    from selfassess.tui.screens.home import Continue, RoundResults, TakePart

    match choice:
        case TakePart() | RoundResults():
            await _open_round(navigator, choice)
        case Continue(draft_id=draft_id):
            await _resume(navigator, draft_id)
        case "invited":
            await navigator.notice("By invitation", notices.invited(navigator.command))
        case "start" | "try":
            await _choose(navigator, save=choice == "start")
        case "code":
            await _resume_with_code(navigator)
        case "receipt":
            await _results_with_receipt(navigator)
        case "own sittings":
            await _own_sittings(navigator, navigator.needed_project)
        case "run":
            from selfassess.tui.run_round_navigation import run_rounds

            await run_rounds(navigator)
        case _:
            await _open_shared(navigator, choice)


async def _open_round(navigator: Navigator, choice: "TakePart | RoundResults") -> None:
    from selfassess.tui.screens.home import TakePart

    project = navigator.needed_project
    if isinstance(choice, TakePart):
        from selfassess.services.entrances import entrance_here

        opened = partial(entrance_here, project, choice.round)
        await _enter(navigator, await navigator.patiently(opened))
    else:
        from selfassess.tui.dashboard_navigation import open_dashboard

        await open_dashboard(navigator, project, choice.round)


async def _open_shared(navigator: Navigator, choice: "HomeChoice") -> None:
    """Show what moved between rounds, or the plan."""
    if choice == "compare":
        from selfassess.tui.comparison_navigation import choose_rounds

        await choose_rounds(navigator, navigator.needed_project)
    else:
        from selfassess.project.plans import Plans
        from selfassess.tui.plan_navigation import show_plan

        await show_plan(navigator, Plans(navigator.needed_project), back_words="Back")


async def _choose(navigator: Navigator, *, save: bool) -> None:
    """Choose a shipped questionnaire, and answer it or only try it."""
    from selfassess.definition.library import shipped
    from selfassess.definition.loader import read
    from selfassess.tui.screens.pickers import QuestionnairePicker

    navigator.saves = save
    picker = QuestionnairePicker(list(shipped()), command=navigator.command, saves=save)
    if (path := await navigator.ask(picker)) is not None:
        await _welcome(navigator, await navigator.patiently(partial(read, path)))


# Before the first question


async def _welcome(navigator: Navigator, edition: Edition) -> None:
    """Show the welcome of a questionnaire, and begin or resume a sitting from it."""
    from selfassess.tui.screens.welcome import Welcome

    while True:
        match await navigator.ask(Welcome(edition, navigator.options, navigator.saves_to, navigator.command)):
            case "code":
                if await _resume_with_code(navigator):
                    return
            case "full" | "short" as form:
                if await _start(navigator, edition, form):
                    return
            case None:
                return


async def _start(navigator: Navigator, edition: Edition, form: Form) -> bool:
    """Ask for the group, if there is a choice, and run the sitting. False: back to the welcome."""
    group = navigator.options.group
    if edition.questionnaire.groups and group is None:
        from selfassess.tui.screens.pickers import GroupPicker

        group = await navigator.ask(GroupPicker(edition.questionnaire.groups))
        if group is None:
            return False
    while True:
        begin = partial(sittings.begin, navigator.saves_to, edition, group, form)
        try:
            sitting = await navigator.patiently(begin)
        except sittings.NothingAskedError as error:
            await navigator.notice("Nothing to answer", error.message)
            return False
        except SelfAssessError as error:
            from selfassess.tui.screens.dialogs import CannotBegin

            if await navigator.ask(CannotBegin(error)) == "only try":
                navigator.saves = False
        else:
            await _answer(navigator, sitting)
            return True


async def _resume(navigator: Navigator, draft_id: str) -> None:
    """Resume a draft of a personal project."""
    resumed = partial(sittings.resume, navigator.needed_project, draft_id)
    await _answer(navigator, await navigator.patiently(resumed))


async def _resume_with_code(navigator: Navigator) -> bool:
    """Ask for a resume code, and resume the sitting that it opens. False if the person went back."""
    from selfassess.tui.screens.code_entry import resume_entry

    run = await navigator.ask(resume_entry(partial(_resumed, navigator, navigator.needed_project)))
    if run is None:
        return False
    await run()
    return True


def _resumed(navigator: Navigator, project: Project, code: str) -> Run:
    """Resume the sitting that a code opens, in a round or outside."""
    from selfassess.services.participation import resume_with_code

    match resume_with_code(project, code):
        case Sitting() as sitting:
            return partial(_answer, navigator, sitting)
        case entrance, person:
            return partial(_enter, navigator, entrance, person)


async def _results_with_receipt(navigator: Navigator) -> None:
    """Ask for a receipt, and show the results of its sheet."""
    from selfassess.services.projects import edition_of
    from selfassess.tui.screens.code_entry import receipt_entry
    from selfassess.tui.sitting_navigation import show_results

    project = navigator.needed_project
    sheet = await navigator.ask(receipt_entry(project.sheet))
    if sheet is not None:
        await show_results(navigator, edition_of(project, sheet.questionnaire), sheet)


# A sitting, and what follows it


async def _answer(navigator: Navigator, sitting: Sitting) -> None:
    from selfassess.tui.sitting_navigation import sit, thank

    outcome = await sit(navigator, sitting)
    if not isinstance(outcome, HandedIn):
        if not navigator.begins_at_home:
            raise LeaveProgram
        sitting.let_go()
    else:
        await thank(navigator, sitting, outcome, first_stage(sitting, outcome.receipt, program(sitting.saver.where)))


# A person's own sittings


async def _own_sittings(navigator: Navigator, project: Project, entries: "Sequence[OwnEntry] | None" = None) -> None:
    """List a person's own sittings, to open, change or delete them."""
    from selfassess.tui.screens.own_sittings import OwnSittings

    while True:
        navigator.sitting = None
        if entries is None:
            entries = await navigator.patiently(partial(sittings.own_entries, project))
        entry, entries = await navigator.ask(OwnSittings(entries, begins_at_home=navigator.begins_at_home)), None
        if entry is None or not await _one_sitting(navigator, project, entry):
            return


async def _one_sitting(navigator: Navigator, project: Project, entry: "OwnEntry") -> bool:
    """Open, change or delete one of them. Whether to show the list again."""
    from selfassess.tui.screens.own_sittings import DeleteQuestion, OneSitting
    from selfassess.tui.sitting_navigation import show_results

    sitting = entry.sitting
    while True:
        match await navigator.ask(OneSitting(entry)):
            case "results" if sitting.sheet:
                sheet = await show_results(navigator, entry.edition, sitting.sheet, receipt=sitting.key)
                sitting = replace(sitting, kept=sheet)
                entry = replace(entry, sitting=sitting)
            case "change" | "go on":
                await _answer(navigator, await navigator.patiently(partial(sittings.change, project, entry)))
                return False
            case "invited":
                await navigator.notice("By invitation", notices.invited(navigator.command))
                return True
            case "delete":
                if await navigator.ask(DeleteQuestion(entry)):
                    await navigator.patiently(partial(own_sittings.delete, project, sitting))
                    return True
            case _:
                return True
