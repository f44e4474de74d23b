"""The end of a sitting line by line: what is open, handing in, and what is said to whoever leaves."""

from selfassess.cli.asking import whole_number
from selfassess.cli.streams import read_deliberately, read_line, say, show_result
from selfassess.errors import ProjectError, UsageError
from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import Sheet
from selfassess.sitting import words
from selfassess.sitting.live import Sitting
from selfassess.sitting.order import Step, place
from selfassess.storage.project import Project

HandedIn = tuple[Sheet, str]
"""A sheet that was handed in, and its receipt."""


def review(sitting: Sitting) -> HandedIn | str:
    """Every question with what was answered, and the end of the sitting: what was handed in, or where to go next.
    UsageError where it never can be handed in: then one's own result was shown all the same."""
    say(f"\nReview. {words.left_open(sitting.progress)}")
    _list(sitting)
    _say_consent(sitting)
    finish = "results to see your results" if sitting.is_private else "h to hand in"
    while True:
        line = read_line(f"Type the number of a question to go to it, b to go back, s to save and leave, or {finish}:")
        match line.lower():
            case "results" if sitting.is_private:
                return _handed_in(sitting)
            case "h" | "hand in" if not sitting.is_private:
                if _is_sure(sitting):
                    return _handed_in(sitting)
                say("Nothing is handed in.")
                continue
            case "yes" | "no" as answer if _is_asked(sitting):
                sitting.agree(answer == "yes")
                _say_consent(sitting)
                continue
            case "s":
                return "leave"
            case "b":
                return "on"
            case figure if target := _at(sitting, figure):
                sitting.go_to(target)
                return "on"
        say("Sorry, that is none of these.")


def _list(sitting: Sitting) -> None:
    strand = ""
    for step in sitting.steps:
        if step.strand.id != strand:
            strand = step.strand.id
            say(f"{step.strand.title}")
        number = _position(sitting, step)
        nothing = words.NOT_ANSWERED if step.wants_answer else words.NOTHING_WRITTEN
        given = words.given(sitting.questionnaire, sitting.draft, step) or nothing
        say(f"  {number or '-'}  {step.words(sitting.draft.group)} {given}")


def _is_sure(sitting: Sitting) -> bool:
    """Whether the person hands in deliberately: not by a line that was typed or pasted before they were asked."""
    return read_deliberately(f"{words.left_open(sitting.progress)} To hand in now, type: hand in").lower() == "hand in"


def _position(sitting: Sitting, step: Step) -> int:
    return place(sitting.steps, step).number or 0


def _at(sitting: Sitting, figure: str) -> Step | None:
    wanted = whole_number(figure, len(sitting.steps))
    return next((step for step in sitting.steps if wanted and place(sitting.steps, step).number == wanted), None)


def _is_asked(sitting: Sitting) -> bool:
    """Whether the person was asked if their small group may be shown."""
    return sitting.draft.ticket is not None and sitting.draft.ticket.agrees is not None


def _say_consent(sitting: Sitting) -> None:
    if sitting.draft.ticket and _is_asked(sitting):
        from selfassess.sitting import round_words

        say(f"{round_words.consent_given(sitting.draft.ticket.agrees)}. To change this, type yes or no.")
        warn(sitting)


def _handed_in(sitting: Sitting) -> HandedIn | str:
    try:
        return sitting.hand_in()
    except ProjectError as error:
        done = "saved" if sitting.is_private else "handed in"
        say(f"It could not be {done}. {error.message} {error.hint}")
        return "review"
    except UsageError:
        say("\nIt could not be handed in. This is your own result. It is not kept.\n")
        show_own(sitting.edition, sitting.sheet)
        raise


def show_own(edition: Edition, sheet: Sheet, project: Project | None = None) -> None:
    """One's own result, with what the plan of a project has about it."""
    from selfassess.documents.personal import brief
    from selfassess.documents.render_rich import page
    from selfassess.services.plan import plan_about
    from selfassess.services.reports import own_report

    plan = plan_about(project, edition.questionnaire) if project else ()
    show_result(page(brief(own_report(edition, sheet, plan))))


def warn(sitting: Sitting) -> None:
    """What is not saved, if anything is not."""
    if sitting.trouble:
        say(words.not_saved(sitting.trouble))


def say_left(sitting: Sitting) -> None:
    """What is saved, and how to come back. ProjectError where the last answer could not be saved even now."""
    if sitting.trouble and not sitting.save():
        warn(sitting)
        raise sitting.trouble
    if not sitting.let_go() and sitting.saver.where:
        say("Nothing was answered, so nothing was kept.")
        return
    if not sitting.saver.where:
        say("You were trying it out: nothing was kept.")
        return
    say(f"\n{words.answered(sitting.progress)}. Saved in {sitting.saver.where}.")
    code = sitting.code_to_return
    say(f"The same command brings you back{f', with --code: it asks for {code}' if code else ''}.")
