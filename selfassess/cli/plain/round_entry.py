"""Taking part in a round line by line: showing and asking each step, for one person after another."""

from selfassess.cli.plain.sitting import HELP, ask_consent, ask_group, show_own, thank, through
from selfassess.cli.terminal import InputEnded, clear, read_line, say
from selfassess.errors import SelfAssessError, UsageError
from selfassess.model.round import EVERYBODY
from selfassess.project.project import Project
from selfassess.services import participation
from selfassess.services.entrances import Entrance
from selfassess.sitting import notices, privacy_notice, round_notices
from selfassess.sitting.course import Left
from selfassess.sitting.round_entry import Entrant, Returned, Step, next_step
from selfassess.sitting.session import HandedIn, Sitting


def take_part(
    entrance: Entrance, first: Sitting | Entrant, project: Project | None, *, begins_at_home: bool = False
) -> int:
    """Let people take part, one after another if the round allows that; `project` is the one that is open, for what its
    plan says of a result. The exit code: 0 handed in or left, 130 where the input ended before."""
    person, was_welcomed = first, False
    while True:
        was_welcomed = was_welcomed or (isinstance(person, Entrant) and not person.welcomed)
        try:
            sitting = _to_the_questions(entrance, person)
        except InputEnded:
            say("Nothing was answered, so there is nothing to save.")
            return 130
        if sitting is None:
            return 0
        end = through(sitting)
        if isinstance(end, Left) and end.leave.program:
            return 130
        if not isinstance(end, HandedIn):
            return 0
        has_next = participation.has_next(entrance, was_welcomed=was_welcomed, begins_at_home=begins_at_home)
        thanks = participation.thanks(entrance, sitting, end.receipt, has_next=has_next, on_screen=False)
        if thank(sitting, end, thanks, project) == "stop":
            return 0
        clear()
        person = participation.enter(entrance)


def _to_the_questions(entrance: Entrance, person: Sitting | Entrant) -> Sitting | None:
    """Take a person through every step before the questions. None if they only used their receipt."""
    while isinstance(person, Entrant):
        step = next_step(entrance.round, person)
        if step == "begin":
            return participation.begin(entrance, person)
        following = _ask(entrance, person, step)
        if following is None:
            return None
        person = following
    return person


def _ask(entrance: Entrance, entrant: Entrant, step: Step) -> Sitting | Entrant | None:
    """Show or ask a step. None if the person only used their receipt."""
    match step:
        case "welcome":
            return _welcome(entrance, entrant)
        case "code":
            return _code(entrance, entrant)
        case "group":
            return entrant.in_group(ask_group(participation.groups_in(entrance)).id)
        case "consent":
            agrees = ask_consent(entrance.round, entrance.edition.questionnaire, entrant.group or EVERYBODY)
            return entrant.agreeing(agrees)
        case "matching":
            return _own_code(entrance, entrant)
        case "answer again" | "begin":  # the number of their answers is said when the sitting has begun
            return entrant.after_announcement()


def _welcome(entrance: Entrance, entrant: Entrant) -> Sitting | Entrant | None:
    """Show the welcome. Where no code is needed, the same prompt takes one that a person has all the same."""
    round, questionnaire = entrance.round, entrance.edition.questionnaire
    say(round.title)
    if questionnaire.about:
        say(f"\n{questionnaire.about}")
    say(f"\nHow long: {notices.how_long(entrance.edition, entrant.group or None, round.form)}")
    notice = privacy_notice.in_full(entrance.notice)
    told = round_notices.welcome(round, questionnaire, entrance.kind, notice=notice, stop="Type s whenever you like.")
    for about, said in told:
        say(f"{about}: {said}")
    say(f"\n{HELP}\n")
    entrant = entrant.after_welcome()
    return _code(entrance, entrant) if entrance.has_resume_codes else entrant


def _code(entrance: Entrance, entrant: Entrant) -> Sitting | Entrant | None:
    """Ask for a code, and follow what it opens. None if it was a receipt, and the person is done with it."""
    is_needed = entrance.round.rules.codes
    prompt = (
        "Your admission code, or your receipt if you have handed in already:"
        if is_needed
        else "Your resume code if you have begun, or your receipt if you have handed in (Enter alone: begin now):"
    )
    if entrance.kind == "preview":
        say(round_notices.ANY_CODE)
    while True:
        line = read_line(prompt)
        if not line and not is_needed:
            return entrant
        if not line:
            say("Type the code. To leave: Ctrl+C.")
            continue
        try:
            person = participation.use_code(entrance, entrant, line)
            return _use_receipt(entrance, person) if isinstance(person, Returned) else person
        except SelfAssessError as error:
            say(str(error))


def _use_receipt(entrance: Entrance, returned: Returned) -> Sitting | Entrant | None:
    """Let a person who has handed in look, answer again or take their answers back. None when they are done."""
    say("You have handed in. Type r to see your own result, a to answer again, t to delete your answers.")
    while True:
        match read_line("Enter alone: leave it as it is:").lower():
            case "":
                return None
            case "r":
                show_own(entrance.edition, returned.sheet)
            case "a":
                return participation.answer_again(entrance, returned.receipt)
            case "t":
                if read_line("Delete your answers? This cannot be undone. Type yes:").lower() == "yes":
                    entrance.withdraw(returned.receipt)
                    say("Deleted: your answers and comments.")
                    return None
                say("Nothing was changed.")
            case _:
                say("Please type r, a, t, or Enter alone.")


def _own_code(entrance: Entrance, entrant: Entrant) -> Entrant:
    say(f"\n{round_notices.OWN_CODE_HEADING}\n{round_notices.OWN_CODE}\n{round_notices.GUESSED}")
    while True:
        try:
            return participation.with_own_code(entrance, entrant, read_line("A code of your own (Enter alone: none):"))
        except UsageError as error:
            say(str(error))
