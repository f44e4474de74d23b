"""A sitting on screen: from its questions to handing in or leaving, outside rounds and in one."""

from contextlib import suppress
from functools import partial
from typing import Literal, NamedTuple

from selfassess.errors import SelfAssessError, UsageError
from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import Sheet
from selfassess.paths import program
from selfassess.sitting import words
from selfassess.sitting.live import Sitting
from selfassess.sitting.order import Step
from selfassess.tui.session import LeaveProgram, Session

WELCOME_BACK = "Welcome back. You stopped here."
ASKED_NOTHING = "This form of the questionnaire asks people of this group nothing."

Place = Literal["code", "questions", "review", "hand in"]
"""Where in a sitting one is: at its resume code, at the questions, at the review, or about to hand in."""


class HandedIn(NamedTuple):
    """The sheet was handed in, with this receipt."""

    sheet: Sheet
    receipt: str


Outcome = HandedIn | Literal["left", "given up"]
"""How a sitting ends. Whoever "left" can come back; "given up" is what can never be handed in."""


async def sit(session: Session, sitting: Sitting, place: Place = "questions", greeting: str = "") -> Outcome:
    """Answer, until the person hands in or leaves. LeaveProgram where they leave the program as well."""
    session.sitting = sitting
    while True:
        try:
            return await _sit(session, sitting, place, greeting)
        except LeaveProgram:
            if await _may_leave(session, sitting):
                raise
        place, greeting = "questions", ""


async def _sit(session: Session, sitting: Sitting, place: Place, greeting: str) -> Outcome:
    while True:
        match place:
            case "code" | "questions":
                said = await (
                    _keep_code(session, sitting) if place == "code" else _questions(session, sitting, greeting)
                )
                if said == "leave":
                    if await _may_leave(session, sitting):
                        return "left"
                    said = "questions"
                place, greeting = said, ""
            case "review":
                place = await _review(session, sitting)
            case "hand in":
                done = await _hand_in(session, sitting)
                if isinstance(done, HandedIn) or done == "given up":
                    return done
                place = done


async def _keep_code(session: Session, sitting: Sitting) -> Literal["questions", "leave"]:
    from selfassess.tui.screens.code_entry import KeepCode

    return "questions" if await session.ask(KeepCode(sitting.saver.code or "")) else "leave"


async def _questions(session: Session, sitting: Sitting, greeting: str) -> Literal["questions", "review", "leave"]:
    from selfassess.tui.screens.questions import Questions

    match await session.ask(Questions(sitting, greeting)):
        case "group":
            await _change_group(session, sitting)
            return "questions"
        case "review":
            return "review"
        case "leave":
            return "leave"


async def _change_group(session: Session, sitting: Sitting) -> None:
    """Ask for the group once more, and in a round, where the other one is small, whether it may be shown. What was
    answered stays."""
    from selfassess.sitting.entering import asks_consent
    from selfassess.tui.screens.group import Groups

    questionnaire, round = sitting.questionnaire, sitting.round
    groups = [one for one in questionnaire.groups if one.id in sitting.groups]
    while (group := await session.ask(Groups(groups, now=sitting.draft.group))) is not None:
        agrees = None
        if round and group != sitting.draft.group and asks_consent(round, group):
            from selfassess.tui.screens.consent import Consent

            agrees = await session.ask(Consent(round, questionnaire, group))
            if agrees is None:
                return
        if sitting.would_be_asked(group):
            if group != sitting.draft.group:
                sitting.change_group(group, agrees)
            return
        await session.notice("Nothing to answer", ASKED_NOTHING)


async def _review(session: Session, sitting: Sitting) -> Place:
    from selfassess.tui.screens.review import Review

    match await session.ask(Review(sitting)):
        case Step() as step:
            sitting.go_to(step)
        case "consent":
            await _ask_consent_again(session, sitting)
            return "review"
        case "finish" if sitting.is_private:
            return "hand in"
        case "finish":
            from selfassess.tui.screens.hand_in import HandInQuestion

            return "hand in" if await session.ask(HandInQuestion(sitting)) else "review"
    return "questions"


async def _ask_consent_again(session: Session, sitting: Sitting) -> None:
    from selfassess.tui.screens.consent import Consent

    if sitting.round:
        agrees = await session.ask(Consent(sitting.round, sitting.questionnaire, sitting.draft.group))
        if agrees is not None:
            sitting.agree(agrees)


async def _hand_in(session: Session, sitting: Sitting) -> HandedIn | Literal["given up", "questions", "review"]:
    """Hand in. Where that fails nothing is lost."""
    from selfassess.tui.screens.dialogs import CannotHandIn, HandInRefused

    while True:
        try:
            sheet, receipt = await session.patiently(sitting.hand_in)
        except SelfAssessError as error:
            if not (sitting.round and isinstance(error, UsageError)):
                if not await session.ask(CannotHandIn(error)):
                    return "review"
                continue
            match await session.ask(HandInRefused(error)):
                case "results":
                    await show_results(session, sitting.edition, sitting.sheet)
                case "lose":
                    return "given up"
                case None:
                    return "questions"
        else:
            session.sitting = None
            if receipt:
                session.farewell = words.to_see_again(program(sitting.saver.where), is_private=sitting.is_private)
            return HandedIn(sheet, receipt)


async def _may_leave(session: Session, sitting: Sitting) -> bool:
    """Whether the person leaves, once everything is saved. Where something would be lost they are asked first."""
    from selfassess.tui.screens.dialogs import CannotSave, LeaveUnsaved

    while True:
        if sitting.is_untouched or (sitting.saver.where and not sitting.trouble):
            return True
        with suppress(LeaveProgram):  # they are asked the same again
            if not sitting.saver.where:
                return await session.ask(LeaveUnsaved())
            try:
                await session.patiently(partial(_save, sitting))
            except SelfAssessError as error:
                match await session.ask(CannotSave(error)):
                    case "questions":
                        return False
                    case "lose":
                        return True


def _save(sitting: Sitting) -> None:
    sitting.keep()
    if sitting.trouble:
        raise sitting.trouble


async def show_results(session: Session, edition: Edition, sheet: Sheet, note: str = "") -> None:
    """One's own results, with a note below them."""
    from selfassess.report.own import own_report
    from selfassess.report.own_page import page
    from selfassess.report.plan_before import plan_about
    from selfassess.tui.screens.results import Results

    plan = plan_about(session.project, edition.questionnaire) if session.project else ()
    saves = f"To save this as a file: {session.command} report --output result.html"
    note = note or (saves if sheet.date is not None else "")
    await session.ask(Results(page(own_report(edition, sheet, plan)), note))
