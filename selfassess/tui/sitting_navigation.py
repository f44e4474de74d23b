"""Which screen follows which during a sitting, from its first question to handing in or leaving."""

from contextlib import suppress
from functools import partial
from typing import Literal

from selfassess.errors import SelfAssessError
from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import Sheet
from selfassess.paths import program
from selfassess.sitting import notices
from selfassess.sitting.session import HandedIn, Sitting
from selfassess.sitting.steps import Step
from selfassess.tui.navigator import LeaveProgram, Navigator

WELCOME_BACK = "Welcome back. You stopped here."

Place = Literal["code", "questions", "review", "hand in"]
"""Where the person is: at the resume code, the questions or the review, or handing in."""


Outcome = HandedIn | Literal["left", "given up"]
"""How a sitting ends. After "left" it can be resumed; "given up" is for answers that can never be handed in."""


async def sit(navigator: Navigator, sitting: Sitting, place: Place = "questions", greeting: str = "") -> Outcome:
    """Run a sitting until it is handed in or left. LeaveProgram if the person leaves the program too."""
    navigator.sitting = sitting
    while True:
        try:
            return await _sit(navigator, sitting, place, greeting)
        except LeaveProgram:
            if await _may_leave(navigator, sitting):
                raise
        place, greeting = "questions", ""


async def _sit(navigator: Navigator, sitting: Sitting, place: Place, greeting: str) -> Outcome:
    while True:
        match place:
            case "code" | "questions":
                if place == "code":
                    onward = await _keep_code(navigator, sitting)
                else:
                    onward = await _questions(navigator, sitting, greeting)
                if onward == "leave" and await _may_leave(navigator, sitting):
                    return "left"
                place, greeting = "questions" if onward == "leave" else onward, ""
            case "review":
                place = await _review(navigator, sitting)
            case "hand in":
                done = await _hand_in(navigator, sitting)
                if isinstance(done, HandedIn) or done == "given up":
                    return done
                place = done


async def _keep_code(navigator: Navigator, sitting: Sitting) -> Literal["questions", "review", "leave"]:
    from selfassess.tui.screens.code_entry import KeepCode

    return "questions" if await navigator.ask(KeepCode(sitting.saver.code or "")) else "leave"


async def _questions(navigator: Navigator, sitting: Sitting, greeting: str) -> Literal["questions", "review", "leave"]:
    from selfassess.tui.screens.questions import Questions

    match await navigator.ask(Questions(sitting, greeting)):
        case "group":
            await _change_group(navigator, sitting)
            return "questions"
        case "review":
            return "review"
        case "leave":
            return "leave"


async def _change_group(navigator: Navigator, sitting: Sitting) -> None:
    """Ask for the group again, and in a round for consent if the new group needs it. Answers are kept."""
    from selfassess.sitting.round_entry import step_to_group
    from selfassess.tui.screens.pickers import GroupPicker

    while (group := await navigator.ask(GroupPicker(sitting.group_choices, now=sitting.draft.group))) is not None:
        match step_to_group(sitting, group):
            case "nothing asked":
                await navigator.notice("Nothing to answer", notices.ASKED_NOTHING)
                continue
            case "consent" if sitting.round:
                from selfassess.tui.screens.consent import Consent

                agrees = await navigator.ask(Consent(sitting.round, sitting.questionnaire, group))
                if agrees is not None:
                    sitting.change_group(group, agrees)
            case "change":
                sitting.change_group(group)
        return


async def _review(navigator: Navigator, sitting: Sitting) -> Place:
    from selfassess.tui.screens.review import Review

    match await navigator.ask(Review(sitting)):
        case Step() as step:
            sitting.go_to(step)
        case "consent":
            await _ask_consent_again(navigator, sitting)
            return "review"
        case "finish" if sitting.is_private:
            return "hand in"
        case "finish":
            from selfassess.tui.screens.hand_in import HandInQuestion

            return "hand in" if await navigator.ask(HandInQuestion(sitting)) else "review"
    return "questions"


async def _ask_consent_again(navigator: Navigator, sitting: Sitting) -> None:
    from selfassess.tui.screens.consent import Consent

    if sitting.round:
        agrees = await navigator.ask(Consent(sitting.round, sitting.questionnaire, sitting.draft.group))
        if agrees is not None:
            sitting.agree(agrees)


async def _hand_in(navigator: Navigator, sitting: Sitting) -> HandedIn | Literal["given up", "questions", "review"]:
    """Hand in. If that fails, no answer is lost."""
    from selfassess.tui.screens.dialogs import CannotHandIn, HandInRefused

    while True:
        try:
            done = await navigator.patiently(sitting.hand_in)
        except SelfAssessError as error:
            if not sitting.is_refused(error):
                if not await navigator.ask(CannotHandIn(error)):
                    return "review"
                continue
            match await navigator.ask(HandInRefused(error)):
                case "results":
                    await show_results(navigator, sitting.edition, sitting.sheet)
                case "lose":
                    return "given up"
                case None:
                    return "questions"
        else:
            navigator.sitting = None
            if done.receipt:
                navigator.farewell = notices.to_see_again(program(sitting.saver.where), is_private=sitting.is_private)
            return done


async def _may_leave(navigator: Navigator, sitting: Sitting) -> bool:
    """Save everything. Whether the person can leave; if something would be lost, they are asked."""
    from selfassess.tui.screens.dialogs import CannotSave, LeaveUnsaved

    while True:
        if sitting.is_untouched or (sitting.saver.where and not sitting.trouble):
            return True
        with suppress(LeaveProgram):  # leaving again gets the same question
            if not sitting.saver.where:
                return await navigator.ask(LeaveUnsaved())
            try:
                await navigator.patiently(partial(_save, sitting))
            except SelfAssessError as error:
                match await navigator.ask(CannotSave(error)):
                    case "questions":
                        return False
                    case "lose":
                        return True


def _save(sitting: Sitting) -> None:
    sitting.keep()
    if sitting.trouble:
        raise sitting.trouble


async def show_results(navigator: Navigator, edition: Edition, sheet: Sheet, note: str = "") -> None:
    """Show the results of one sheet, with a note below them."""
    from selfassess.documents.personal import brief
    from selfassess.documents.render_rich import page
    from selfassess.services.plan import plan_about
    from selfassess.services.reports import own_report
    from selfassess.tui.screens.results import Results

    plan = plan_about(navigator.project, edition.questionnaire) if navigator.project else ()
    saves = f"To save this as a file: {navigator.command} report --output result.html"
    note = note or (saves if sheet.date is not None else "")
    await navigator.ask(Results(page(brief(own_report(edition, sheet, plan))), note))
