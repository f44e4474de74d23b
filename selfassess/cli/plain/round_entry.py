"""Taking part in a round line by line: the welcome, what is asked before the first question, and the next person."""

import shutil
import sys
from dataclasses import replace

from selfassess.cli.plain.sitting import HELP, HandedIn, ask_consent, ask_group, say_left, show_own, through
from selfassess.cli.terminal import Stopped, is_terminal, read_line, say
from selfassess.errors import SelfAssessError, UsageError
from selfassess.paths import program
from selfassess.project.codes import is_resume_code, normalise
from selfassess.sitting import notices, round_entry, round_notices
from selfassess.sitting.round_entry import Entrance, Entrant
from selfassess.sitting.session import Sitting

Come = Sitting | Entrant
"""Whoever has come in: on the way to the first question, or with a sitting to go on with."""


def take_part(entrance: Entrance, come: Come) -> int:
    """One person after the other, as long as another comes. The exit code: 0 handed in or left, 130 where the input
    ended before."""
    while True:
        try:
            sitting = _welcomed(entrance, come)
        except Stopped:
            say("Nothing was answered, so there is nothing to save.")
            return 130
        if sitting is None:
            return 0
        try:
            done = through(sitting)
        except (Stopped, KeyboardInterrupt):
            say_left(sitting)
            return 130
        if done is None or not _another(entrance, sitting, done):
            return 0
        come = round_entry.arrive(entrance)


def _welcomed(entrance: Entrance, come: Come) -> Sitting | None:
    """The sitting of whoever has come, once they were told and asked everything; None if they came for something
    else."""
    if isinstance(come, Sitting):
        say(f"{entrance.round.title}\nWelcome back. {notices.answered(come.progress)}. Type h for help.")
        return come
    if come.before is None:
        _welcome(entrance, come)
    if not come.code and (entrance.round.rules.codes or entrance.kind == "here"):
        known = _known(entrance, come)
        if known is None or isinstance(known, Sitting):
            return known and _welcomed(entrance, known)
        come = known
    while asked := round_entry.still_asked(entrance.round, come):
        match asked:
            case "group":
                come = replace(come, group=_group(entrance))
            case "consent":
                come = _consent(entrance, come)
            case "matching":
                come = _own_code(entrance, come)
            case "code":
                raise AssertionError("whoever needs a code has given it")
    return _begun(entrance, come)


def _welcome(entrance: Entrance, entrant: Entrant) -> None:
    round, questionnaire = entrance.round, entrance.edition.questionnaire
    say(round.title)
    if questionnaire.about:
        say(f"\n{questionnaire.about}")
    say(f"\nHow long: {notices.how_long(entrance.edition, entrant.group or None, round.form)}")
    for about, said in round_notices.welcome(round, questionnaire, entrance.kind, stop="Type s whenever you like."):
        say(f"{about}: {said}")
    say(f"\n{HELP}\n")


def _known(entrance: Entrance, entrant: Entrant) -> Come | None:
    """Whoever the person is, by the code that they type; None if they only came with their receipt."""
    needed = entrance.round.rules.codes
    prompt = (
        "Your admission code, or your receipt if you have handed in already:"
        if needed
        else "Your resume code if you have begun, or your receipt if you have handed in (Enter alone: begin now):"
    )
    if entrance.kind == "preview":
        say("In this preview any code of 12 letters and digits is taken, such as K7QM-3RTP-9XWD.")
    while True:
        line = read_line(prompt)
        if not line and not needed:
            return entrant
        if not line:
            say("Type the code. To leave: Ctrl+C.")
            continue
        try:
            code = normalise(line)
            if not is_resume_code(code):
                return _with_receipt(entrance, code)
            found = entrance.find(code)
            return round_entry.going_on(entrance, *found) if found else round_entry.admitted(entrance, entrant, code)
        except SelfAssessError as error:
            say(str(error))


def _with_receipt(entrance: Entrance, receipt: str) -> Come | None:
    """Whoever has handed in: they look, answer again, or take their answers back. None when they are done."""
    sheet = entrance.handed_in(receipt)
    say("You have handed in. Type r to see your own result, a to answer again, t to take your answers back.")
    while True:
        match read_line("Enter alone: leave it as it is:").lower():
            case "":
                return None
            case "r":
                show_own(entrance.edition, sheet)
            case "a":
                return round_entry.returning(entrance, receipt)
            case "t":
                if read_line("Take your answers back for good? Type yes:").lower() == "yes":
                    entrance.withdraw(receipt)
                    say("Gone: your answers, and your words.")
                    return None
                say("Nothing was changed.")
            case _:
                say("Please type r, a, t, or Enter alone.")


def _group(entrance: Entrance) -> str:
    taking_part = [group for group in entrance.edition.questionnaire.groups if group.id in entrance.round.invited]
    return ask_group(taking_part).id


def _consent(entrance: Entrance, entrant: Entrant) -> Entrant:
    agrees = ask_consent(entrance.round, entrance.edition.questionnaire, entrant.group or "")
    return round_entry.agreeing(entrant, agrees)


def _own_code(entrance: Entrance, entrant: Entrant) -> Entrant:
    say(f"\n{round_notices.OWN_CODE_HEADING}\n{round_notices.OWN_CODE}\n{round_notices.GUESSED}")
    while True:
        try:
            return round_entry.with_own_code(entrance, entrant, read_line("A code of your own (Enter alone: none):"))
        except UsageError as error:
            say(str(error))


def _begun(entrance: Entrance, entrant: Entrant) -> Sitting:
    sitting = round_entry.begin(entrance, entrant)
    if sitting.saver.code:
        say(f"Your code, to come back later: {sitting.saver.code}. Please write it down now: it is not shown again.")
    if entrant.before:
        say(
            f"These are your earlier answers: {notices.answered(sitting.progress)}. Change what you like, then hand in."
        )
    return sitting


def _another(entrance: Entrance, sitting: Sitting, done: HandedIn) -> bool:
    """Thank a person, and see whether another comes."""
    sheet, receipt = done
    say("\nHanded in. Thank you.")
    if receipt:
        if entrance.sent:
            say(round_notices.sent_words(entrance.sent))
        command, again = program(sitting.saver.where), sitting.saver.again
        use = round_notices.receipt_words(entrance, command, again=again)
        say("\n".join([f"Your receipt: {receipt}", *use, ""]))
    if not round_entry.takes_turns(entrance):
        show_own(entrance.edition, sheet)
        return False
    while True:
        try:
            line = read_line("Type r to see your own result, n for the next person, or Enter alone to leave:").lower()
        except Stopped:
            return False
        match line:
            case "r":
                show_own(entrance.edition, sheet)
            case "n":
                _clear()
                return True
            case "":
                return False


def _clear() -> None:
    """Push what the person before saw off the screen."""
    if is_terminal(sys.stderr):
        say("\n" * shutil.get_terminal_size().lines)
