"""The course of a sitting on screen: a screen for each stage, from its first question to handing in or leaving."""

from functools import partial
from typing import TYPE_CHECKING

from selfassess.errors import SelfAssessError
from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import Receipt, Sheet
from selfassess.paths import program
from selfassess.sitting import course, notices, thanks
from selfassess.sitting.course import End, Leave, Said, Stage
from selfassess.sitting.session import HandedIn, Sitting
from selfassess.tui.navigator import LeaveProgram, Navigator

if TYPE_CHECKING:
    from pathlib import Path

    from selfassess.model.reports import OwnReport
    from selfassess.project.project import Project


async def sit(navigator: Navigator, sitting: Sitting) -> End:
    """Run a sitting to its end. LeaveProgram if the person leaves the program too."""
    navigator.sitting = sitting
    stage: Stage | End = course.first_stage(sitting)
    while not isinstance(stage, End):
        try:
            said = await _show(navigator, sitting, stage)
        except LeaveProgram:
            said = Leave(program=True)
        stage = course.take(sitting, stage, said)
    match stage:
        case course.Left(leave=Leave(program=True)):
            raise LeaveProgram
        case HandedIn(receipt=receipt):
            navigator.sitting = None
            if receipt:
                navigator.farewell = notices.to_see_again(program(sitting.saver.where), is_private=sitting.is_private)
    return stage


async def _show(navigator: Navigator, sitting: Sitting, stage: Stage) -> Said:
    """Show the screen of a stage, or do what belongs to it. What the person said."""
    if isinstance(stage, course.Answering):
        return await _answer(navigator, sitting, stage)
    if isinstance(stage, course.Reviewing):
        return await _review(navigator, sitting, stage)
    if isinstance(stage, course.HandingIn):
        return await _hand_in(navigator, sitting, stage)
    return await _leave(navigator, sitting, stage)


async def _answer(navigator: Navigator, sitting: Sitting, stage: course.Answering) -> Said:
    match stage:
        case course.KeepCode(code=code):
            from selfassess.tui.screens.code_entry import KeepCode

            return await navigator.ask(KeepCode(code))
        case course.Questions(welcomes_back=welcomes_back):
            from selfassess.tui.screens.questions import Questions

            return await navigator.ask(Questions(sitting, notices.WELCOME_BACK if welcomes_back else ""))
        case course.ChooseGroup():
            from selfassess.tui.screens.pickers import GroupPicker

            return await navigator.ask(GroupPicker(sitting.group_choices, now=sitting.draft.group))
        case course.NothingAsked():
            await navigator.notice("Nothing to answer", notices.ASKED_NOTHING)
            return True
        case course.AskConsent(round=round, group=group):
            from selfassess.tui.screens.consent import Consent

            return await navigator.ask(Consent(round, sitting.questionnaire, group))


async def _review(navigator: Navigator, sitting: Sitting, stage: course.Reviewing) -> Said:
    match stage:
        case course.Review(asks_if_meant=asks_if_meant):
            from selfassess.tui.screens.review import Review

            return await navigator.ask(Review(sitting, asks_if_meant=asks_if_meant))
        case course.ConfirmHandIn():
            from selfassess.tui.screens.hand_in import HandInQuestion

            return await navigator.ask(HandInQuestion(sitting))


async def _hand_in(navigator: Navigator, sitting: Sitting, stage: course.HandingIn) -> Said:
    from selfassess.tui.screens.dialogs import CannotHandIn, HandInRefused

    match stage:
        case course.HandIn():
            try:
                return await navigator.patiently(sitting.hand_in)
            except SelfAssessError as error:
                return error
        case course.CannotHandIn(error=error):
            return await navigator.ask(CannotHandIn(error))
        case course.HandInRefused(error=error):
            return await navigator.ask(HandInRefused(error))
        case course.OwnResult():
            await show_results(navigator, sitting.edition, sitting.sheet)
            return None


async def _leave(navigator: Navigator, sitting: Sitting, stage: course.Leaving) -> Said:
    from selfassess.tui.screens.dialogs import CannotSave, LeaveUnsaved

    match stage:
        case course.ConfirmLeave():
            return await navigator.ask(LeaveUnsaved())
        case course.Save():
            try:
                await navigator.patiently(partial(_keep, sitting))
            except SelfAssessError as error:
                return error
            return None
        case course.CannotSave(error=error):
            return await navigator.ask(CannotSave(error))


def _keep(sitting: Sitting) -> None:
    sitting.keep()
    if sitting.trouble:
        raise sitting.trouble


async def thank(navigator: Navigator, sitting: Sitting, done: HandedIn, first: thanks.Stage) -> thanks.End:
    """Show what follows handing in, from its first stage on. Whether a next person follows."""
    from selfassess.services.sittings import finished_sheet
    from selfassess.tui.screens.hand_in import ThanksScreen

    stage: thanks.Stage | thanks.End = first
    while not isinstance(stage, str):
        said: thanks.Said = None
        match stage:
            case thanks.Thanks():
                said = await navigator.ask(ThanksScreen(stage, begins_at_home=navigator.begins_at_home))
            case thanks.OwnResult(message=message):
                sheet = await navigator.patiently(partial(finished_sheet, navigator.project, sitting, done))
                note = "" if sitting.saver.where else message
                await show_results(navigator, sitting.edition, sheet, note, done.receipt if sitting.is_private else "")
            case thanks.Changeover():  # nothing is left on the screen, and the next one can be left again
                said = "next"
        stage = thanks.next_stage(stage, said)
    return stage


async def show_results(
    navigator: Navigator, edition: Edition, sheet: Sheet, note: str = "", receipt: str = ""
) -> Sheet:
    """Show the results of one sheet, with a note below them. With its receipt a person can write notes of their own on
    them, where it is in their project alone. The sheet with these."""
    from selfassess.services.plan import plan_about
    from selfassess.services.reports import own_report, own_working
    from selfassess.services.sittings import can_note
    from selfassess.tui.help_texts import own_result_help
    from selfassess.tui.screens.own_result import OwnResult
    from selfassess.tui.trail import beginning

    project = navigator.project
    plan = plan_about(project, edition.questionnaire) if project else ()
    report = own_report(edition, sheet, plan)
    takes_notes = can_note(project, receipt)
    trail, said = beginning(), ""
    with navigator.help_on(own_result_help(navigator.command)):
        while True:
            working = partial(own_working, edition, sheet)
            match await navigator.ask(OwnResult(report, working, trail, note, said, can_note=takes_notes)):
                case "save":
                    saved = await _save(navigator, report)
                    said = f"Saved: {saved}" if saved else ""
                case "note" if project:
                    sheet = await _note(navigator, project, Receipt(receipt), edition, sheet, trail[-1][0].id)
                    report, said = own_report(edition, sheet, plan), ""
                case _:
                    return sheet


async def _note(
    navigator: Navigator, project: "Project", receipt: Receipt, edition: Edition, sheet: Sheet, about: str
) -> Sheet:
    """Let a person write their own note on a strand or benchmark of their result. The sheet with it."""
    from selfassess.tui.screens.own_result import NotePage

    title, before = edition.questionnaire.node(about).title, sheet.notes.get(about, "")
    keep = partial(project.note, receipt, about)
    return await navigator.ask(NotePage(title, before, keep)) or sheet


async def _save(navigator: Navigator, report: "OwnReport") -> "Path | None":
    """Save a report as a file, where the person says. None where they do not."""
    from selfassess.documents.media import write
    from selfassess.documents.personal import document
    from selfassess.project.atomic_files import write_whole
    from selfassess.tui.new_file import NewFile
    from selfassess.tui.screens.own_result import SavePage

    file = NewFile()

    def save(path: "Path", replaces: bool) -> None:
        write_whole(path, write(document(report), file.style(path)), overwrite=replaces)

    return await navigator.ask(SavePage("result.html", file, save))
