"""The end of a sitting line by line: what is open, handing in, and what is said to whoever leaves."""

from selfassess.cli.asking import whole_number
from selfassess.cli.streams import read_line, say, show_result
from selfassess.errors import ProjectError, UsageError
from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import Sheet
from selfassess.sitting import state, words
from selfassess.sitting.live import Sitting
from selfassess.sitting.order import Step, place

HandedIn = tuple[Sheet, str]
"""A sheet that was handed in, and its receipt."""


def review(sitting: Sitting) -> HandedIn | str:
    """What is open, and handing in: what was handed in, or where to go next. UsageError where it never can be handed
    in: then one's own result was shown all the same."""
    say(f"\nReview. {words.answered(sitting.progress)}.")
    still_open = state.open_steps(sitting.questionnaire, sitting.draft)
    for step in still_open:
        say(f"  {_position(sitting, step)}  {step.words(sitting.draft.group)}")
    if still_open:
        say("These are open. That is fine: what you leave open counts neither for nor against.")
    _say_consent(sitting)
    while True:
        line = read_line('Type "hand in", the number of a question to go to, b for back, or s to save and leave:')
        match line.lower():
            case "hand in" | "handin" | "hand":
                return _handed_in(sitting)
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
        say(f"It could not be handed in. {error.message} {error.hint}")
        return "review"
    except UsageError:
        say("\nIt could not be handed in. This is your own result. It is not kept.\n")
        show_own(sitting.edition, sitting.sheet)
        raise


def show_own(edition: Edition, sheet: Sheet) -> None:
    """One's own result."""
    from selfassess.report.console import page
    from selfassess.report.own import own_report

    show_result(page(own_report(edition, sheet)))


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
    say(f"The same command brings you back{f', with --code and {code}' if code else ''}.")
