"""Sentences that the screens and the plain sitting say, from plain values."""

import datetime
from pathlib import PurePath

from selfassess.dates import moment_words
from selfassess.errors import ProjectInUseError, SelfAssessError
from selfassess.model.item_kinds import Value
from selfassess.model.questionnaire import Edition, GroupKey, Item, Questionnaire, Strand
from selfassess.model.routing import offers
from selfassess.model.sheet import ONCE, STILL, Draft, Form, ProjectKind, Response
from selfassess.sitting.choices import choices
from selfassess.sitting.state import Progress, is_past, progress, start
from selfassess.sitting.steps import Place, Step, minutes
from selfassess.text import LONGEST_TEXT, count, listed, on_one_line


def invited(command: str) -> str:
    """What is said of a sitting that only its invitation leads on; `command` is how the program is called."""
    return (
        "This answers an invitation. Your answers are saved. To carry on later, leave, then type the name of your "
        f"invitation instead of FILE: {command} take FILE"
    )


WHAT_FOR = "How well do we work together?"
"""The question that stands above everything that can be done."""
WELCOME_BACK = "Welcome back. You stopped here."
WAITS_FOR_ENTER = "An answer now waits for Enter. F3: move on without it again."
GOES_ON = "An answer now moves on without Enter. F3: wait for Enter."
SAY_MORE = "Would you like to say a little more about this?"
CUT = f"There is room for {LONGEST_TEXT:,} characters. The rest was left out."
ASKED_NOTHING = "This form has no questions for your group."
CHANGEABLE = "You can still change your answers afterwards."
ASKED_AGAIN = "You can still change your mind on the next screen."
DELIBERATELY = "Move here with the arrow key, then press Enter."
ONE_ANSWER = "You answered {told} to every question. Is that what you meant?"
SAME_ANSWERS = "You always gave the same answer: {told}. Is that what you meant?"
"""What is asked of a person who gave one answer throughout, on one scale or on each of several."""
NOT_ANSWERED, NOTHING_WRITTEN = "Not answered", "Nothing written"
NO_SITTINGS = "You have not answered a questionnaire yet."
OWN_SITTINGS = "Only you can see these. Open one to see its results, change your answers or delete it."
SENT_COPY = "This is your copy of what you sent off. To answer again, open your invitation."
"""What is said of a person's own sittings, and of those among them that they sent off."""
EDITED = "This questionnaire has changed since you began."
AS_IT_WAS = "Carry on with the questions as they were"
BEGIN_AGAIN = "Start again with the new ones"
KEPT = "Your answers so far are saved."
"""What is offered where a questionnaire was edited since a person began, and what follows from beginning again."""


def answered(progress: Progress) -> str:
    """ "12 of 41 answered": better than a bar, it can be read aloud."""
    return f"{progress.answered} of {progress.asked} answered"


def part(place: Place, strand: Strand) -> str:
    """Where a step is."""
    return f"Part {place.part} of {place.parts}: {strand.title}"


def which_question(place: Place) -> str:
    """Which question a step is; open questions, and what follows them, are not counted."""
    return "In your own words" if place.number is None else f"Question {place.number} of {place.asked}"


def progress_bar(progress: Progress, cells: int = 8) -> str:
    """How far a person is, drawn; the words beside it say the same."""
    done = cells * progress.answered // progress.asked if progress.asked else cells
    return "█" * done + "░" * (cells - done)


def time_left(minutes: int) -> str:
    """How long what is left takes; nothing where nothing is."""
    return f"{minutes} min left" if minutes else ""


def how_long(edition: Edition, group: GroupKey | None, form: Form) -> str:
    """ "44 questions, about 15 minutes": for the group, or where it is not known for the one that is asked most."""
    questionnaire = edition.questionnaire
    groups = [group] if group or not questionnaire.groups else [each.id for each in questionnaire.groups]
    drafts = [start(edition, each, form) for each in groups]
    asked = max(progress(questionnaire, draft).asked for draft in drafts)
    longest = max(minutes(questionnaire, draft) for draft in drafts)
    up_to = "up to " if len(drafts) > 1 else ""
    return f"{up_to}{count(asked, 'question')}, about {count(longest, 'minute')}".capitalize()


def who_sees(kind: ProjectKind | None, path: str) -> str:
    """Who sees the answers, by the kind of project that they are saved in; None for none."""
    match kind:
        case None:
            return "Nobody. You are just trying it out: nothing is saved, and nothing is left when you leave."
        case "personal":
            return (
                f"Only you. Your answers are in a file on this computer: {path}. "
                "They stay there unless you pass that file on."
            )
        case _:
            return (
                f"Your answers go into your partnership's file: {path}. It holds no names. Only your receipt opens "
                "your result. Still, the person who keeps the file could read single answers in it."
            )


def answer(questionnaire: Questionnaire, item: Item, response: Response | None) -> str:
    """What a person answered, in the words that they chose; nothing where they did not."""
    match response:
        case None:
            return ""
        case int() | float() | str() if not item.has_points:
            return item.answering.in_words(response)
    given = response if isinstance(response, tuple) else (response,)
    chosen = [choice for choice in choices(questionnaire, item) if choice.response in given]
    return ", ".join(choice.label or choice.key for choice in chosen)


def answer_at(questionnaire: Questionnaire, draft: Draft, step: Step) -> str:
    """What a person answered, or wrote, at a step; nothing where they did not."""
    if step.barrier:
        return ONCE if is_past(draft, step) else STILL
    if step.item is None:
        return draft.comments.get(step.id, "")
    return answer(questionnaire, step.item, draft.responses.get(step.id))


def sitting_about(
    questionnaire: Questionnaire, draft: Draft, moment: datetime.datetime | None, *, is_finished: bool = False
) -> str:
    """What tells a sitting from others of the same questionnaire: the group, when, and how far it is."""
    group = questionnaire.group_title(draft.group) if draft.group else ""
    short = "short form" if draft.form == "short" else ""
    when = f"{'' if is_finished else 'saved '}{moment_words(moment)}" if moment else ""
    return ", ".join(filter(None, (group, short, when, answered(progress(questionnaire, draft)))))


def left_open(progress: Progress) -> str:
    """How much is left open, before what was answered is handed in or looked at."""
    missing = progress.asked - progress.answered
    if not missing:
        return "You have answered every question."
    return f"You've left {count(missing, 'question')} unanswered. That's fine."


def if_meant(words: tuple[str, ...]) -> str:
    """What is asked where a person gave the same answer throughout, in these words: one for each scale."""
    told = listed([f"“{one}”" for one in words], "or")
    return (ONE_ANSWER if len(words) == 1 else SAME_ANSWERS).format(told=told)


def short_path(path: str, room: int = 32) -> str:
    """The end of a path, cut between folders, with "…" for what is left out."""
    path = on_one_line(path)
    if len(path) <= room:
        return path
    kept = PurePath(path).name
    for folder in reversed(PurePath(path).parts[:-1]):
        if len(folder) + len(kept) + 3 > room:
            break
        kept = f"{folder}/{kept}"
    return f"…/{kept}"


def saved(where: str) -> str:
    """Where answers are saved, in a line."""
    return f"Saved in {short_path(where)}" if where else "Just trying it out: nothing is saved"


def to_go_on(where: str, code: str) -> str:
    """How a person who leaves can return. `code` is what the code that they need is called; "" where none is needed."""
    return f"Your answers are saved in {where}. To carry on later, start the same way again{code and f', with {code}'}."


def to_see_again(command: str, *, is_private: bool) -> str:
    """How a person sees their results again. `is_private` where the project is theirs alone; else what opens the
    answers is not left on a terminal that others use."""
    if is_private:
        return f"Saved. To see your results again, or to change or delete your answers: {command} sittings"
    return f"Handed in. To see your results again with your receipt: {command} report --receipt"


ASKS_FOR_RECEIPT = "You'll be asked for your receipt. That way it isn't saved in the terminal's history."


def receipt_words(program: str) -> list[str]:
    """What a receipt is for outside rounds, line by line, with the commands. `program` is how the program is called; no
    command has the receipt in it: shells keep what is typed."""
    return [
        "Please write it down: it is shown only now. You need it to see your results again, or to delete your answers:",
        f"  {program} report --receipt",
        f"  {program} forget",
        ASKS_FOR_RECEIPT,
    ]


def not_saved(trouble: SelfAssessError) -> str:
    """What is said, and stays, while saving does not work."""
    if isinstance(trouble, ProjectInUseError):
        return (
            "! NOT SAVED YET: another program is using the project file. Your answers are still here, and are saved as "
            "soon as the file is free."
        )
    cure = f" {trouble.hint}" if trouble.hint else ""
    return (
        f"! NOT SAVED. {trouble.message}{cure} Your answers are still here. We try again with every answer and every "
        "page."
    )


def refusal(questionnaire: Questionnaire, item: Item, value: Value | None) -> str:
    """Why what was typed is no answer to an item, and what would be. Nothing where it is one."""
    asked, accepted = item.answering, item.limits
    if value is None:
        return f"Not saved: please write {asked.noun} {asked.how_typed}{f', {accepted}' if accepted else ''}."
    return "" if offers(questionnaire, item, value) else f"Not saved: please write {asked.noun} {accepted}."
