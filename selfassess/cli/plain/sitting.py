"""A sitting line by line: the questions, choosing one's group again, the review and handing in, and what is said to a
person who leaves.

Nothing is ever redrawn."""

from collections.abc import Iterator, Sequence

from selfassess.cli.prompts import ask, place_in, read_place
from selfassess.cli.terminal import lines_on, read_deliberately, read_line, say, show_result
from selfassess.errors import ProjectError, UsageError
from selfassess.model.questionnaire import Edition, Group, Item, Questionnaire
from selfassess.model.round import Round
from selfassess.model.routing import comment_wanted, offers
from selfassess.model.sheet import Response, Sheet
from selfassess.numbers import limits, number, whole_number
from selfassess.project.project import Project
from selfassess.sitting import notices, round_notices
from selfassess.sitting.choices import choice_of, choices, several
from selfassess.sitting.round_entry import step_to_group
from selfassess.sitting.session import HandedIn, Sitting
from selfassess.sitting.steps import Step, place
from selfassess.text import LONGEST_TEXT


def ask_group(groups: Sequence[Group]) -> Group:
    """The group that a person says they are in, by its number, id or title."""
    say("Which group do you belong to?")
    for position, group in enumerate(groups, 1):
        say(f"  {position}  {group.title}{f': {group.about}' if group.about else ''}")

    def read(line: str) -> Group:
        named = next((group for group in groups if line.lower() in (group.id, group.title.lower())), None)
        is_number = place_in(line, len(groups)) is not None
        return named if named and not is_number else groups[read_place(line, len(groups))]

    return ask("Group:", read)


def ask_consent(round: Round, questionnaire: Questionnaire, group: str) -> bool:
    """Whether a person agrees that their small group is shown, after they were told what that means."""
    say(f"\n{round_notices.CONSENT_HEADING}")
    for paragraph in round_notices.consent(round, questionnaire, group):
        say(paragraph)
    while (answer := read_line("Type yes or no:").lower()) not in ("yes", "y", "no", "n"):
        say("Please type yes or no. There is no right answer.")
    agrees = answer.startswith("y")
    say(f"{round_notices.after_consent(round, group, agrees)} {round_notices.CHANGEABLE}\n")
    return agrees


def regroup(sitting: Sitting) -> None:
    """Ask for the group once more, from the first question. What was answered stays."""
    questionnaire, round = sitting.questionnaire, sitting.round
    group = ask_group(sitting.group_choices).id
    match step_to_group(sitting, group):
        case "nothing asked":
            say(notices.ASKED_NOTHING)
        case "consent" if round:
            sitting.change_group(group, ask_consent(round, questionnaire, group))
        case "change":
            sitting.change_group(group)


def review(sitting: Sitting) -> HandedIn | str:
    """Every question with what was answered, and the end of the sitting: what was handed in, or where to go next.
    UsageError where it never can be handed in: then one's own result was shown all the same."""
    say(f"\nReview. {notices.left_open(sitting.progress)}")
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
            case "yes" | "no" as answer if sitting.consent is not None:
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
        nothing = notices.NOT_ANSWERED if step.wants_answer else notices.NOTHING_WRITTEN
        given = notices.given(sitting.questionnaire, sitting.draft, step) or nothing
        say(f"  {number or '-'}  {step.words(sitting.draft.group)} {given}")


def _is_sure(sitting: Sitting) -> bool:
    """Whether the person hands in deliberately: not by a line that was typed or pasted before they were asked."""
    return (
        read_deliberately(f"{notices.left_open(sitting.progress)} To hand in now, type: hand in").lower() == "hand in"
    )


def _position(sitting: Sitting, step: Step) -> int:
    return place(sitting.steps, step).number or 0


def _at(sitting: Sitting, figure: str) -> Step | None:
    wanted = whole_number(figure, len(sitting.steps))
    return next((step for step in sitting.steps if wanted and place(sitting.steps, step).number == wanted), None)


def _say_consent(sitting: Sitting) -> None:
    if sitting.consent is not None:
        say(f"{round_notices.consent_given(sitting.consent)}. To change this, type yes or no.")
        warn(sitting)


def _handed_in(sitting: Sitting) -> HandedIn | str:
    try:
        return sitting.hand_in()
    except (ProjectError, UsageError) as error:
        if sitting.is_refused(error):
            say("\nIt could not be handed in. This is your own result. It is not kept.\n")
            show_own(sitting.edition, sitting.sheet)
            raise
        done = "saved" if sitting.is_private else "handed in"
        say(f"It could not be {done}. {error.message} {error.hint}")
        return "review"


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
        say(notices.not_saved(sitting.trouble))


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
    say(f"\n{notices.answered(sitting.progress)}. Saved in {sitting.saver.where}.")
    code = sitting.code_to_return
    say(f"The same command brings you back{f', with --code: it asks for {code}' if code else ''}.")


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
            case HandedIn():
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
    """Keep what a person writes at an open question, each line at once."""
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
    return written if written is not None and offers(questionnaire, item, written) else None


def _choices_again(item: Item) -> str:
    if item.kind == "number":
        return f"Please type a number in figures {limits(item)}".strip() + ", or h for help."
    return "Please type what stands before your answer in the list above, or h for help."


def _show(sitting: Sitting, step: Step) -> None:
    where = place(sitting.steps, step)
    say()
    if where.is_first:
        say(f"{notices.part(where, step.strand)}\n{step.strand.about}".strip() + "\n")
    say(notices.which_question(where))
    say(step.words(sitting.draft.group))
    for line in _options(sitting.questionnaire, step.item):
        say(f"  {line}")
    if step.item and step.item.help and step.item.kind == "text":
        say(step.item.help)
    if given := notices.given(sitting.questionnaire, sitting.draft, step):
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
