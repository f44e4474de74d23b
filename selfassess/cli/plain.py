"""The questions line by line. Nothing is ever redrawn."""

from collections.abc import Iterator

from selfassess.cli.plain_group import regroup
from selfassess.cli.plain_review import HandedIn, review, say_left, warn
from selfassess.cli.streams import lines_on, read_line, say
from selfassess.model.asking import comment_wanted
from selfassess.model.item import Item
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.sheet import Response
from selfassess.model.text import LONGEST_TEXT
from selfassess.sitting import state, words
from selfassess.sitting.choices import choice_of, choices, several
from selfassess.sitting.live import Sitting
from selfassess.sitting.number import limits, number
from selfassess.sitting.order import Step, place

HELP = """\
Type the number of your answer, then Enter. Enter alone: go on, leaving it as it is.
d  don't know             a  doesn't apply to me      c  write a comment
b  back                   x  clear my answer          ?  more about this question
r  see all your answers, and finish                   s  save and leave      h  this help
When you write in your own words, put / before these letters: /b goes back. An empty line ends what you write."""
LEAVE, REVIEW = "s", "r"


def through(sitting: Sitting) -> HandedIn | None:
    """Question after question, then the review, until it is handed in, or left: None. UsageError as in `review`."""
    asking = True
    while True:
        word = _ask(sitting) if asking else review(sitting)
        match word:
            case tuple():
                return word
            case "leave":
                say_left(sitting)
                return None
            case "review":
                asking = False
            case _:
                asking = True


def _ask(sitting: Sitting) -> str:
    """Show the step that the person is at, and do what they type. Where to go next: "on", "review" or "leave"."""
    step = sitting.step
    _show(sitting, step)
    while True:
        line = read_line(_prompt(step))
        command = _command(step, line)
        if command in (REVIEW, LEAVE):
            return "review" if command == REVIEW else "leave"
        if command == "b":
            if before := sitting.neighbour(-1):
                sitting.go_to(before)
            elif sitting.can_regroup:
                regroup(sitting)
            return "on"
        if line == "" or _done(sitting, step, line, command):
            warn(sitting)
            return _onward(sitting)


def _onward(sitting: Sitting) -> str:
    following = sitting.neighbour(1)
    if following is None:
        return "review"
    sitting.go_to(following)
    return "on"


def _prompt(step: Step) -> str:
    if step.item is None or step.item.kind == "text":
        return "In your own words, ending with an empty line (/b back, /r review, /s save and leave):"
    return {"number": "Number:", "many": "Numbers, with blanks between:"}.get(step.item.kind, "Answer:")


def _command(step: Step, line: str) -> str:
    """The command in a line, or nothing. In one's own words a command has a stroke before it."""
    if line.startswith("/"):
        return line[1:].lower()
    in_words = step.item is None or step.item.kind == "text"
    return "" if in_words else line.lower()


def _done(sitting: Sitting, step: Step, line: str, command: str) -> bool:
    """Do what a line says at a step. Whether that settles the step."""
    match command:
        case "h" | "help":
            say(HELP)
        case "?":
            say(step.item.help if step.item and step.item.help else "There is nothing more to say about this one.")
        case "x":
            sitting.clear()
            if step.item is None or step.item.kind == "text":
                sitting.comment("")
            say("Cleared.")
        case "c" if step.wants_answer:
            _comment(sitting)
        case _:
            return _answer(sitting, step, line)
    return False


def _answer(sitting: Sitting, step: Step, line: str) -> bool:
    if step.item is None or step.item.kind == "text":
        _write(sitting, line.removeprefix("/") if line.startswith("//") else line)
        return True
    response = _response(sitting.questionnaire, step.item, line)
    if response is None:
        say(_choices_again(step.item))
        return False
    sitting.choose(response)
    if comment_wanted(step.item, sitting.draft.responses) and step.id not in sitting.draft.comments:
        say("Would you like to say a little more about this? Enter alone: no.")
        _comment(sitting)
    return True


def _comment(sitting: Sitting) -> None:
    line = read_line("Comment, ending with an empty line (Enter alone leaves it as it is, - takes it away):")
    if line == "-":
        sitting.comment("")
        say("There is no comment now.")
    elif line:
        text = line
        for text in lines_on(line):
            sitting.comment(text)
        _say_cut(text)
        say("Comment saved." if sitting.saver.where else "Comment noted.")


def _write(sitting: Sitting, line: str) -> None:
    """Keep what a person writes at an open question, every line as it comes."""
    text = line
    for text in lines_on(line):
        sitting.write(text)
    _say_odd(text)


def _say_odd(text: str) -> None:
    """What is to be said of words that were typed: that they were cut, or may not have been meant as words."""
    if len(text) == 1:
        say(f"“{text}” is kept as your own words. If you did not mean that: /b goes back, and /x takes it away.")
    _say_cut(text)


def _say_cut(text: str) -> None:
    if len(text) > LONGEST_TEXT:
        say(f"There is room for {LONGEST_TEXT:,} characters. What came after that was left out.")


def _response(questionnaire: Questionnaire, item: Item, line: str) -> Response | None:
    """The response that a line means; None where it means none."""
    offered = choices(questionnaire, item)
    if item.kind == "many":
        return several(offered, line)
    if choice := choice_of(offered, line):
        return choice.response
    written = number(line) if item.kind == "number" else None
    return written if written is not None and state.offers(questionnaire, item, written) else None


def _choices_again(item: Item) -> str:
    if item.kind == "number":
        return f"Please type a number in figures {limits(item)}".strip() + ", or h for help."
    return "Please type what stands before your answer in the list above, or h for help."


def _show(sitting: Sitting, step: Step) -> None:
    where = place(sitting.steps, step)
    say()
    if where.is_first:
        say(f"{words.part(where, step.strand)}\n{step.strand.about}".strip() + "\n")
    say(words.count(where))
    say(step.words(sitting.draft.group))
    for line in _options(sitting.questionnaire, step.item):
        say(f"  {line}")
    if step.item and step.item.help and step.item.kind == "text":
        say(step.item.help)
    if given := words.given(sitting.questionnaire, sitting.draft, step):
        say(f"You answered: {given}")
    if step.wants_answer and (comment := sitting.draft.comments.get(step.id)):
        say(f"Your comment: {comment}")


def _options(questionnaire: Questionnaire, item: Item | None) -> Iterator[str]:
    if item is None:
        return
    if item.kind == "number" and limits(item):
        yield f"A number {limits(item)}"
    for choice in choices(questionnaire, item):
        yield choice.key if choice.label in ("", choice.key) else f"{choice.key}  {choice.label}"
