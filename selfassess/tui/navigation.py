"""Which screen follows which: from the home screen or the welcome of a questionnaire, outside rounds."""

from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from selfassess.errors import SelfAssessError
from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import Draft, Form
from selfassess.sitting import words
from selfassess.sitting.changes import changes
from selfassess.sitting.live import Saver, Sitting
from selfassess.sitting.order import steps
from selfassess.sitting.state import start
from selfassess.storage import drafts, own_sittings
from selfassess.storage.project import Project
from selfassess.tui.session import LeaveProgram, Session
from selfassess.tui.sitting_navigation import ASKED_NOTHING, WELCOME_BACK, HandedIn, Outcome, Place, show_results, sit

if TYPE_CHECKING:
    from selfassess.sitting.entering import Entrance, Entrant
    from selfassess.storage.rows import SavedDraft
    from selfassess.tui.screens.home import HomeContents, RoundResults, TakePart
    from selfassess.tui.screens.own_sittings import SittingEntry

Run = Callable[[], Awaitable[None]]

# Beginning


def begin(session: Session) -> Run:
    """Begin where the command line says, or at the questions where they were left. SelfAssessError, before anything is
    drawn, where that cannot be opened."""
    return partial(_explained, session, _first(session))


async def _explained(session: Session, run: Run) -> None:
    try:
        await run()
    except SelfAssessError as error:
        await session.explain(error)


def _first(session: Session) -> Run:
    options, project = session.options, session.kept_in
    if options.entrance and options.come:
        return partial(_enter, session, options.entrance, options.come)
    if project and options.code:
        sitting = _resumed(session, *drafts.resume_with_code(project, options.code))
        return partial(_answer, session, sitting, greeting=WELCOME_BACK)
    if options.sittings and project:
        return partial(_own_sittings, session, project, _entries(session, project))
    if options.edition is None:
        return partial(_home, session, _contents(session))
    return _begun(session, project, options.edition) if project else partial(_welcome, session, options.edition)


async def _enter(session: Session, entrance: "Entrance", come: "Sitting | Entrant") -> None:
    from selfassess.tui.round_navigation import take_part

    await take_part(session, entrance, come)


def _begun(session: Session, project: Project, edition: Edition) -> Run:
    """To the sitting that was begun with this questionnaire, or to the welcome. Where the questionnaire asks something
    else by now, the person is told."""
    begun = list(_begun_with(session, project, edition))
    if not begun:
        return partial(_welcome, session, edition)
    said = {saved.id: changes(then.questionnaire, edition.questionnaire, saved.draft) for saved, then in begun}
    saved, then = min(begun, key=lambda one: bool(said[one[0].id]))
    if said[saved.id]:
        return partial(_ask_which_version, session, edition, then, saved, said[saved.id])
    sitting = _resumed(session, *own_sittings.resume(project, saved.id))
    return partial(_answer, session, sitting, greeting=WELCOME_BACK)


def _begun_with(session: Session, project: Project, edition: Edition) -> Iterator[tuple["SavedDraft", Edition]]:
    """The sittings that go on of a questionnaire, in whatever version, for the group and form that were named."""
    options = session.options
    for saved, then in _open_sittings(session, project):
        same = then.questionnaire.id == edition.questionnaire.id and options.form in (None, saved.draft.form)
        # What answers an invitation goes on with the invitation.
        if same and options.group in (None, saved.draft.group) and not saved.draft.ticket:
            yield saved, then


def _open_sittings(session: Session, project: Project) -> Iterator[tuple["SavedDraft", Edition]]:
    """What there is to go on with: the draft, and the questionnaire as it was when it began."""
    for saved in project.drafts():
        yield saved, session.frozen(saved.draft.questionnaire)


async def _ask_which_version(
    session: Session, now: Edition, then: Edition, saved: "SavedDraft", said: Sequence[str]
) -> None:
    from selfassess.tui.screens.resume import EditedSince

    match await session.ask(EditedSince(then, saved, said)):
        case "go on":
            await _resume(session, saved.id)
        case "begin again":
            await _welcome(session, now)


# The home screen


async def _home(session: Session, contents: "HomeContents | None" = None) -> None:
    """The home screen, until the person leaves."""
    from selfassess.tui.screens.home import Home

    while True:
        session.sitting = None
        if contents is None:
            contents = await session.patiently(partial(_contents, session))
        choice, contents = await session.ask(Home(contents)), None
        try:
            await _follow(session, choice)
        except SelfAssessError as error:
            await session.explain(error)


async def _follow(session: Session, choice: object) -> None:
    from selfassess.tui.screens.home import Continue, RoundResults, TakePart

    match choice:
        case TakePart() | RoundResults():
            await _open_round(session, choice)
        case Continue(draft_id=draft_id):
            await _resume(session, draft_id)
        case "invited":
            await session.notice("By invitation", words.invited(session.command))
        case "start" | "try":
            await _choose(session, save=choice == "start")
        case "code":
            await _resume_with_code(session)
        case "receipt":
            await _results_with_receipt(session)
        case "own sittings":
            await _own_sittings(session, session.needed_project)
        case _:
            await _open_shared(session, choice)


async def _open_round(session: Session, choice: "TakePart | RoundResults") -> None:
    from selfassess.tui.screens.home import TakePart

    project = session.needed_project
    if isinstance(choice, TakePart):
        from selfassess.tui.round_navigation import here, take_part

        await take_part(session, await session.patiently(partial(here, session, project, choice.round)))
    else:
        from selfassess.tui.dashboard_navigation import open_dashboard

        await open_dashboard(session, project, choice.round)


async def _open_shared(session: Session, choice: object) -> None:
    """What moved between rounds, or the plan."""
    if choice == "compare":
        from selfassess.tui.comparison_navigation import choose_rounds

        await choose_rounds(session, session.needed_project)
    else:
        from selfassess.storage.plans import Plans
        from selfassess.tui.plan_navigation import show_plan

        await show_plan(session, Plans(session.needed_project), back_words="Back")


def _contents(session: Session) -> "HomeContents":
    """What the home screen offers."""
    from selfassess.tui.screens.home import HomeContents

    project = session.project
    if project is None:
        return HomeContents()
    begun = tuple(_open_sittings(session, project))
    if project.kind != "shared":
        return HomeContents(
            path=str(project.path), kind=project.kind, begun=begun, has_answered=project.last_sheet() is not None
        )
    from selfassess.storage.entrances import open_rounds
    from selfassess.storage.plans import Plans
    from selfassess.storage.rounds import Rounds

    closed = tuple(one for one in Rounds(project).all() if one.state == "closed")
    return HomeContents(
        path=str(project.path),
        kind=project.kind,
        begun=begun,
        open_rounds=tuple(open_rounds(project)),
        closed_rounds=closed,
        has_plan=bool(closed) or bool(Plans(project).all()),
    )


async def _choose(session: Session, *, save: bool) -> None:
    """Choose a questionnaire, to answer or only to try."""
    from selfassess.definition.library import shipped
    from selfassess.definition.reader import read
    from selfassess.tui.screens.questionnaire_picker import QuestionnairePicker

    session.saves = save
    picker = QuestionnairePicker(list(shipped()), command=session.command, saves=save)
    if (path := await session.ask(picker)) is not None:
        await _welcome(session, await session.patiently(partial(read, path)))


# Before the first question


async def _welcome(session: Session, edition: Edition) -> None:
    """The welcome of a questionnaire, and what comes of it."""
    from selfassess.tui.screens.welcome import Welcome

    while True:
        match await session.ask(Welcome(edition, session.options, session.kept_in, session.command)):
            case "code":
                if await _resume_with_code(session):
                    return
            case "full" | "short" as form:
                if await _start(session, edition, form):
                    return
            case None:
                return


async def _start(session: Session, edition: Edition, form: Form) -> bool:
    """Begin a sitting: the group is asked for unless it is known, or there are none. False: back to the welcome."""
    group = session.options.group
    if edition.questionnaire.groups and group is None:
        from selfassess.tui.screens.group import Groups

        group = await session.ask(Groups(edition.questionnaire.groups))
        if group is None:
            return False
    draft = start(edition, group, form)
    if not steps(edition.questionnaire, draft):
        await session.notice("Nothing to answer", ASKED_NOTHING)
        return False
    while True:
        try:
            sitting = await session.patiently(partial(_begin, session, edition, draft))
        except SelfAssessError as error:
            from selfassess.tui.screens.dialogs import CannotBegin

            if await session.ask(CannotBegin(error)) == "only try":
                session.saves = False
        else:
            await _answer(session, sitting, "code" if sitting.saver.code else "questions")
            return True


def _begin(session: Session, edition: Edition, draft: Draft) -> Sitting:
    project = session.kept_in
    saver = drafts.begin(project, edition, draft) if project else drafts.Unsaved()
    return Sitting(edition, draft, saver, dated=project is not None and project.kind == "personal")


async def _resume(session: Session, draft_id: str) -> None:
    """Go on with a draft of a personal project."""
    project = session.needed_project
    sitting = await session.patiently(lambda: _resumed(session, *own_sittings.resume(project, draft_id)))
    await _answer(session, sitting, greeting=WELCOME_BACK)


def _resumed(session: Session, saver: Saver, draft: Draft) -> Sitting:
    is_dated = session.needed_project.kind == "personal"
    return Sitting(session.frozen(draft.questionnaire), draft, saver, dated=is_dated)


async def _resume_with_code(session: Session) -> bool:
    """Ask for a resume code, and go on with the draft that it opens, in a round or outside. Whether it opened one."""
    from selfassess.sitting.entering import arrive
    from selfassess.storage.entrances import round_of_code
    from selfassess.tui.round_navigation import here, take_part
    from selfassess.tui.screens.code_entry import resume_entry

    project = session.needed_project

    def opened(code: str) -> Run:
        if round := round_of_code(project, code):
            entrance = here(session, project, round)
            return partial(take_part, session, entrance, arrive(entrance, code))
        sitting = _resumed(session, *drafts.resume_with_code(project, code))
        return partial(_answer, session, sitting, greeting=WELCOME_BACK)

    run = await session.ask(resume_entry(opened))
    if run is None:
        return False
    await run()
    return True


async def _results_with_receipt(session: Session) -> None:
    """Ask for a receipt, and show what it finds."""
    from selfassess.tui.screens.code_entry import receipt_entry

    sheet = await session.ask(receipt_entry(session.needed_project.sheet))
    if sheet is not None:
        await show_results(session, session.frozen(sheet.questionnaire), sheet)


# A sitting, and what comes after it


async def _answer(session: Session, sitting: Sitting, place: Place = "questions", greeting: str = "") -> None:
    await _after(session, sitting, await sit(session, sitting, place, greeting))


async def _after(session: Session, sitting: Sitting, outcome: Outcome) -> None:
    if not isinstance(outcome, HandedIn):
        if not session.begins_at_home:
            raise LeaveProgram
        sitting.let_go()
    elif sitting.is_private:
        note = "" if sitting.saver.where else words.saved("")
        await show_results(session, sitting.edition, outcome.sheet, note)
    else:
        from selfassess.tui.screens.hand_in import HandedInScreen

        while await session.ask(HandedInScreen(sitting, outcome.receipt, begins_at_home=session.begins_at_home)):
            await show_results(session, sitting.edition, outcome.sheet)


# A person's own sittings


async def _own_sittings(session: Session, project: Project, entries: "Sequence[SittingEntry] | None" = None) -> None:
    """A person's own sittings, to open, change or delete."""
    from selfassess.tui.screens.own_sittings import OwnSittings

    while True:
        session.sitting = None
        if entries is None:
            entries = await session.patiently(partial(_entries, session, project))
        entry, entries = await session.ask(OwnSittings(entries, begins_at_home=session.begins_at_home)), None
        if entry is None or not await _one_sitting(session, project, entry):
            return


def _entries(session: Session, project: Project) -> "list[SittingEntry]":
    from selfassess.tui.screens.own_sittings import SittingEntry

    return [
        SittingEntry(one, session.frozen(one.kept.questionnaire).questionnaire)
        for one in own_sittings.own_sittings(project)
    ]


async def _one_sitting(session: Session, project: Project, entry: "SittingEntry") -> bool:
    """What can be done with one of them. Whether the list of them comes again."""
    from selfassess.tui.screens.own_sittings import DeleteQuestion, OneSitting

    sitting = entry.sitting
    while True:
        match await session.ask(OneSitting(entry)):
            case "results" if sitting.sheet:
                await show_results(session, session.frozen(sitting.kept.questionnaire), sitting.sheet)
            case "change":
                saver, draft = await session.patiently(partial(own_sittings.change, project, sitting, entry.draft))
                edition = session.frozen(sitting.kept.questionnaire)
                await _answer(session, Sitting(edition, draft, saver, dated=True), "review")
                return False
            case "go on":
                await _resume(session, sitting.key)
                return False
            case "invited":
                await session.notice("By invitation", words.invited(session.command))
                return True
            case "delete":
                if await session.ask(DeleteQuestion(entry)):
                    await session.patiently(partial(own_sittings.delete, project, sitting))
                    return True
            case _:
                return True
