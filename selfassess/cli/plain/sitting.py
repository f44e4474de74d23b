"""A sitting line by line: each stage of its course, and what is said to a person who leaves.

Nothing is ever redrawn."""

from collections.abc import Iterator, Sequence
from typing import Literal

from selfassess.cli.prompts import ask, place_in, read_place
from selfassess.cli.terminal import InputEnded, lines_on, read_deliberately, read_line, say, show_result
from selfassess.errors import ProjectError, SelfAssessError, UsageError
from selfassess.model.item_kinds import ItemKind
from selfassess.model.questionnaire import Edition, Group, GroupKey, Item, Questionnaire
from selfassess.model.round import EVERYBODY, Round
from selfassess.model.routing import offers
from selfassess.model.sheet import Response, Sheet
from selfassess.numbers import whole_number
from selfassess.project.project import Project
from selfassess.services.sittings import finished_sheet
from selfassess.sitting import course, notices, round_notices, thanks
from selfassess.sitting.choices import choice_named, choice_of, offered_at, several, several_named
from selfassess.sitting.course import End, Leave, Said, Stage, neighbour
from selfassess.sitting.review import review
from selfassess.sitting.session import HandedIn, Sitting
from selfassess.sitting.state import is_past, lacks_comment
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


def ask_consent(round: Round, questionnaire: Questionnaire, group: GroupKey) -> bool:
    """Whether a person agrees that their small group is shown, after they were told what that means."""
    say(f"\n{round_notices.CONSENT_HEADING}")
    for paragraph in round_notices.consent(round, questionnaire, group):
        say(paragraph)
    while (answer := read_line("Type yes or no:").lower()) not in ("yes", "y", "no", "n"):
        say("Please type yes or no. There is no right answer.")
    agrees = answer.startswith("y")
    say(f"{round_notices.after_consent(round, group, agrees)} {round_notices.CHANGEABLE}\n")
    return agrees


def through(sitting: Sitting, *, is_greeted: bool = False) -> End:
    """The course of a sitting, until it is handed in or left; then how to come back has been said. `is_greeted`: where
    the person stopped was said before. ProjectError where the last answer could not be saved even now, UsageError where
    it never can be handed in: then one's own result was shown all the same."""
    stage: Stage | End = course.first_stage(sitting)
    if is_greeted and stage == course.Questions(welcomes_back=True):
        stage = course.Questions()
    while not isinstance(stage, End):
        try:
            said = _show(sitting, stage)
        except (InputEnded, KeyboardInterrupt):
            if isinstance(stage, course.Save):
                raise
            said = Leave(program=True)
        stage = course.take(sitting, stage, said)
    if isinstance(stage, course.Left):
        _say_left(sitting)
    return stage


def _show(sitting: Sitting, stage: Stage) -> Said:
    """Say or ask what belongs to a stage. What the person said."""
    if isinstance(stage, course.Answering):
        return _show_answering(sitting, stage)
    if isinstance(stage, course.Reviewing):
        return _show_reviewing(sitting, stage)
    if isinstance(stage, course.HandingIn):
        return _show_handing_in(sitting, stage)
    return _show_leaving(sitting, stage)


def _show_answering(sitting: Sitting, stage: course.Answering) -> Said:
    match stage:
        case course.KeepCode(code=code):
            say(f"Your code, to come back later: {code}. Please write it down now: it is not shown again.")
            return True
        case course.Questions(welcomes_back=welcomes_back):
            if welcomes_back:
                title = sitting.round.title if sitting.round else sitting.questionnaire.title
                say(f"{title}\nWelcome back. {notices.answered(sitting.progress)}. Type h for help.")
            return _questions(sitting)
        case course.ChooseGroup():
            return ask_group(sitting.group_choices).id
        case course.NothingAsked():
            say(notices.ASKED_NOTHING)
            return False
        case course.AskConsent(round=round, group=group):
            return ask_consent(round, sitting.questionnaire, group or EVERYBODY)


def _show_reviewing(sitting: Sitting, stage: course.Reviewing) -> Said:
    match stage:
        case course.Review(comes_first=True):  # a list of all answers only when it is asked for
            say(_about_earlier(sitting))
            return None
        case course.Review(was_shown=was_shown, asks_if_meant=asks_if_meant):
            return _review(sitting, is_listed=was_shown, asks_if_meant=asks_if_meant)
        case course.ConfirmHandIn():
            return _is_sure(sitting)


def _show_handing_in(sitting: Sitting, stage: course.HandingIn) -> Said:
    match stage:
        case course.HandIn():
            return _handed_in(sitting)
        case course.CannotHandIn(error=error):
            done = "saved" if sitting.is_private else "handed in"
            say(f"It could not be {done}. {error.message} {error.hint}")
            return False
        case course.HandInRefused(error=error):
            say("\nIt could not be handed in. This is your own result. It is not saved.\n")
            show_own(sitting.edition, sitting.sheet)
            raise error
        case course.OwnResult():
            show_own(sitting.edition, sitting.sheet)
            return None


def _show_leaving(sitting: Sitting, stage: course.Leaving) -> Said:
    match stage:
        case course.ConfirmLeave():  # nothing can be asked where the input has ended
            return True
        case course.Save():
            return None if sitting.save() else sitting.trouble
        case course.CannotSave(error=error):
            warn(sitting)
            raise error


def _about_earlier(sitting: Sitting) -> str:
    if sitting.round:
        answered = notices.answered(sitting.progress)
        return f"These are your earlier answers: {answered}. Change what you like, then hand in."
    return "Your answers are as you left them. Type r to list them, h for help."


def _review(sitting: Sitting, *, is_listed: bool, asks_if_meant: bool) -> Said:
    """Every question with what was answered, unless they are listed above, and what the person does then."""
    if not is_listed:
        _list(sitting)
        _say_consent(sitting)
    if asks_if_meant:
        say(notices.if_meant(sitting.given_throughout))
    finish = "results to see your results" if sitting.is_private else "h to hand in"
    while True:
        line = read_line(f"Type the number of a question to go to it, b to go back, s to save and leave, or {finish}:")
        match line.lower():
            case "results" if sitting.is_private:
                return "finish"
            case "h" | "hand in" if not sitting.is_private:
                return "finish"
            case "yes" | "no" as answer if sitting.consent is not None:
                sitting.agree(answer == "yes")
                _say_consent(sitting)
                continue
            case "s":
                return Leave()
            case "b":
                return None
            case figure if target := _at(sitting, figure):
                return target
        say("Sorry, that is not on the list.")


def _list(sitting: Sitting) -> None:
    say(f"\nReview. {notices.left_open(sitting.progress)}")
    for one in review(sitting):
        if one.heading:
            say(one.heading)
        say(f"  {one.number or '-'}  {one.words} {one.given or one.nothing}")


def _is_sure(sitting: Sitting) -> bool:
    """Whether the person hands in deliberately: not by a line that was typed or pasted before they were asked."""
    line = read_deliberately(f"{notices.left_open(sitting.progress)} To hand in now, type: hand in")
    is_sure = line.lower() == "hand in"
    if not is_sure:
        say("Nothing is handed in.")
    return is_sure


def _handed_in(sitting: Sitting) -> HandedIn | SelfAssessError:
    try:
        return sitting.hand_in()
    except (ProjectError, UsageError) as error:
        return error


def _at(sitting: Sitting, figure: str) -> Step | None:
    """The step of the question with a number that was typed."""
    wanted = whole_number(figure, len(sitting.steps))
    return next((one.step for one in review(sitting) if wanted and one.number == wanted), None)


def _say_consent(sitting: Sitting) -> None:
    if sitting.consent is not None:
        say(f"{round_notices.consent_given(sitting.consent)}. To change this, type yes or no.")
        warn(sitting)


def thank(sitting: Sitting, done: HandedIn, first: thanks.Stage, project: Project | None) -> thanks.End:
    """What follows handing in, from its first stage on. Whether a next person follows."""
    stage: thanks.Stage | thanks.End = first
    while not isinstance(stage, str):
        said: thanks.Said = None
        match stage:
            case thanks.Thanks(was_shown=True):
                said = "leave"
            case thanks.Thanks():
                _say_thanks(stage)
                said = _what_next() if stage.has_next else "result"
            case thanks.OwnResult(message=message):
                if message:
                    say(f"\n{message}\n")
                show_own(sitting.edition, finished_sheet(project, sitting, done), project)
            case thanks.Changeover():
                said = _what_next()
        stage = thanks.next_stage(stage, said)
    return stage


def _say_thanks(given: thanks.Thanks) -> None:
    say(f"\nThank you. {given.message}")
    if given.receipt:
        say("\n".join([f"Your receipt: {given.receipt}", *given.uses, ""]))


def _what_next() -> Literal["result", "next", "leave"]:
    keys: dict[str, Literal["result", "next", "leave"]] = {"r": "result", "n": "next", "": "leave"}
    while True:
        try:
            line = read_line("Type r to see your own result, n for the next person, or Enter alone to leave:")
        except InputEnded:
            return "leave"
        if said := keys.get(line.lower()):
            return said


def show_own(edition: Edition, sheet: Sheet, project: Project | None = None) -> None:
    """One's own result, with what the plan of a project has about it."""
    from selfassess.documents.personal import spoken
    from selfassess.documents.render_rich import page
    from selfassess.services.plan import plan_about
    from selfassess.services.reports import own_report

    plan = plan_about(project, edition.questionnaire) if project else ()
    show_result(page(spoken(own_report(edition, sheet, plan))))


def warn(sitting: Sitting) -> None:
    """What is not saved, if anything is not."""
    if sitting.trouble:
        say(notices.not_saved(sitting.trouble))


def _say_left(sitting: Sitting) -> None:
    """What is saved, and how to come back."""
    if not sitting.let_go() and sitting.saver.where:
        say("Nothing was answered, so nothing was saved.")
        return
    if not sitting.saver.where:
        say("You were just trying it out: nothing was saved.")
        return
    say(f"\n{notices.answered(sitting.progress)}. Saved in {sitting.saver.where}.")
    code = sitting.code_to_return
    say(f"To carry on later, start the same way again{f', with --code: it asks for {code}' if code else ''}.")


HELP = """\
Type the number of your answer, or its first words, then Enter. Enter alone: next question, leaving this one as it is.
d  don't know             a  doesn't apply to me      c  write a comment
b  back                   x  clear my answer          ?  the answers again, and more about this question
r  see all your answers, and finish                   s  save and leave      h  this help
When you write in your own words, put / before these letters: /b goes back. An empty line ends what you write."""


def _questions(sitting: Sitting) -> Literal["review", "group"] | Leave:
    """Question after question. Where the person goes from there. Answers are read where they are not the same as those
    of the question before."""
    known: tuple[str, ...] = ()
    while True:
        offered = tuple(_options(sitting.questionnaire, sitting.step))
        word = _ask(sitting, () if offered == known else offered)
        known = offered or known
        if isinstance(word, Step):
            sitting.go_to(word)
        elif word:
            return word


def _ask(sitting: Sitting, offered: Sequence[str]) -> Step | Literal["review", "group"] | Leave | None:
    """Show the step that the person is at, with these answers, and do what they type. Where they go next; None for
    where they are."""
    step = sitting.step
    _say_step(sitting, step, offered)
    while True:
        line = read_line(_prompt(step))
        command = _command(step, line)
        match command:
            case "r":
                return "review"
            case "s":
                return Leave()
            case "b":
                return neighbour(sitting, -1)
        if line == "" or _done(sitting, step, line, command):
            warn(sitting)
            return neighbour(sitting, 1)


def _prompt(step: Step) -> str:
    if step.barrier:
        return ItemKind.prompt
    if _is_in_words(step) or step.item is None:
        return "Write here, and finish with an empty line (/b back, /r review, /s save and leave):"
    return step.item.answering.prompt


def _command(step: Step, line: str) -> str:
    """The command in a line, or nothing. In one's own words a command has a stroke before it."""
    if line.startswith("/"):
        return line[1:].lower()
    return "" if _is_in_words(step) else line.lower()


def _is_in_words(step: Step) -> bool:
    return not step.barrier and (step.item is None or step.item.is_in_words)


def _done(sitting: Sitting, step: Step, line: str, command: str) -> bool:
    """Do what a line says at a step. Whether that settles the step."""
    match command:
        case "h" | "help":
            say(HELP)
        case "?":
            _say_more(sitting, step)
        case "x":
            sitting.clear()
            if _is_in_words(step):
                sitting.comment("")
            say("Cleared.")
        case "c" if step.wants_answer:
            _comment(sitting)
        case _:
            return _answer(sitting, step, line)
    return False


def _say_more(sitting: Sitting, step: Step) -> None:
    """The answers of a step, and what explains it."""
    offered = [*_options(sitting.questionnaire, step)]
    for option in offered:
        say(f"  {option}")
    if step.item and step.item.help:
        say(step.item.help)
    elif not offered:
        say("There is nothing more to say about this one.")


def _answer(sitting: Sitting, step: Step, line: str) -> bool:
    if _is_in_words(step):
        _write(sitting, line.removeprefix("/") if line.startswith("//") else line)
        return True
    response = _response(sitting.questionnaire, step, line)
    if response is None:
        say(_choices_again(step.item))
        return False
    sitting.choose(response)
    say(f"Your answer: {notices.answer_at(sitting.questionnaire, sitting.draft, step)}")
    if step.item and lacks_comment(sitting.draft, step.item):
        say(f"{notices.SAY_MORE} Enter alone: no.")
        _comment(sitting)
    return True


def _comment(sitting: Sitting) -> None:
    line = read_line("Comment, ending with an empty line (Enter alone leaves it as it is, - deletes it):")
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
        say(f"“{text}” is saved as your own words. If you did not mean that: /b goes back, and /x deletes it.")
    _say_cut(text)


def _say_cut(text: str) -> None:
    if len(text) > LONGEST_TEXT:
        say(notices.CUT)


def _response(questionnaire: Questionnaire, step: Step, line: str) -> Response | None:
    """The response that a line means; None where it means none."""
    offered, item = offered_at(questionnaire, step), step.item
    if item and item.takes_several:
        return several(offered, line) or several_named(offered, line)
    if choice := choice_of(offered, line) or choice_named(offered, line):
        return choice.response
    typed = item.answering.read(line) if item and item.is_typed else None
    return typed if item and typed is not None and offers(questionnaire, item, typed) else None


def _choices_again(item: Item | None) -> str:
    if item and item.is_typed:
        asked = item.answering
        return f"Please type {asked.noun} {asked.how_typed} {item.limits}".strip() + ", or h for help."
    said = "Please type the number or letter next to your answer, or its first words."
    return f"{said} ? reads the answers again, h is for help."


def _say_step(sitting: Sitting, step: Step, offered: Sequence[str]) -> None:
    where = place(sitting.steps, step)
    say()
    if where.is_first:
        say(f"{notices.part(where, step.strand)}\n{step.strand.about}".strip() + "\n")
    say(notices.which_question(where))
    say(step.words(sitting.draft.group))
    for line in offered:
        say(f"  {line}")
    if step.item and step.item.help and step.item.is_in_words:
        say(step.item.help)
    given = notices.answer_at(sitting.questionnaire, sitting.draft, step)
    if given and (not step.barrier or is_past(sitting.draft, step)):
        say(f"You answered: {given}")
    if step.wants_answer and (comment := sitting.draft.comments.get(step.id)):
        say(f"Your comment: {comment}")


def _options(questionnaire: Questionnaire, step: Step) -> Iterator[str]:
    if step.item and step.item.limits:
        yield f"{step.item.answering.noun.capitalize()} {step.item.limits}"
    for choice in offered_at(questionnaire, step):
        yield choice.key if choice.label in ("", choice.key) else f"{choice.key}  {choice.label}"
