"""What people read about a round before they answer. All of it is made from the rules, so that it cannot differ from
what is done."""

from collections.abc import Iterator, Sequence

from selfassess.model.questionnaire import GroupKey, Questionnaire
from selfassess.model.round import FLOOR, Round, has_numbered_letters
from selfassess.sitting.notices import ASKS_FOR_RECEIPT
from selfassess.sitting.round_entry import Kind, asks_consent, group_title
from selfassess.text import count, listed

Paragraph = tuple[str, str]
"""What the words are about, and the words."""

OWN_CODE_HEADING = "A code of your own, if you like"
OWN_CODE = """\
With it your answers can be compared with those you give in a later round, to see what has changed for the same \
people. Make up a code that you could work out again in a year: for instance from the first two letters of your \
mother's first name, the day of the month you were born on, and the first two letters of the street you grew up in, \
as in MA17RO."""
GUESSED = """\
The code itself is not saved, only something worked out from it. Choose a code nobody could guess: the person who \
keeps the file could try out easy ones."""
OWN_CODE_SHORT = (
    "If you like, you can make up a code, so that your answers can be compared with those you give in a later round. "
    "Choose a code nobody could guess: the person who keeps the file could try out easy ones."
)

ADMISSION_HEADING = "Your admission code"
ANY_CODE = "In this preview any code of 12 letters and digits will do, such as K7QM-3RTP-9XWD."

NOT_ANONYMOUS = "So your answers are confidential, but not anonymous."


def welcome(
    round: Round, questionnaire: Questionnaire, kind: Kind, *, notice: Sequence[Paragraph] = (), stop: str = ""
) -> list[Paragraph]:
    """Everything that a person reads about a round before they begin. `notice` says who looks after the answers, and
    `stop` how one leaves here."""
    return list(_welcome(round, questionnaire, kind, notice, stop))


def _welcome(
    round: Round, questionnaire: Questionnaire, kind: Kind, notice: Sequence[Paragraph], stop: str
) -> Iterator[Paragraph]:
    if kind == "preview":
        yield "This is a preview", "You see what the people you invite will see. Nothing is saved."
    yield from notice
    yield "Who can read what", who_can_read(kind)
    yield "What is shown", what_is_shown(round)
    if small := small_groups(round, questionnaire):
        yield "Small groups", small
    yield "What you write", what_you_write(round)
    if round.rules.codes:
        yield ADMISSION_HEADING, _admission(kind)
    if round.rules.matching:
        yield "A code of your own", OWN_CODE_SHORT
    yield "If you change your mind", changing(kind)
    yield "To stop", " ".join(filter(None, (stop, coming_back(round, kind))))


def who_can_read(kind: Kind) -> str:
    """Who could read single answers, and that this is no anonymity."""
    said = (
        "Your answers go into one file, without your name. The person who keeps that file could read single answers in "
        "it, and may guess whose they are. "
    )
    if kind == "invitation":
        said += "The person who sent you this invitation, and gets your sheet back, knows that it is yours. "
    return said + NOT_ANONYMOUS


def what_is_shown(round: Round) -> str:
    """From how many answers on what is shown to the others, and when."""
    thresholds = round.rules.thresholds
    when = "Until the round closes, all anyone can see is how many have handed in"
    if any(has_numbered_letters(round, group) for group in round.invited):
        when += "; to send reminders, the person who runs it also sees which letters have not been used yet"
    when += "."
    if not thresholds.protect:
        return f"{when} After that, everything is shown, even the answers of one person."
    least, detail = thresholds.min_group, thresholds.min_detail
    if detail <= least:
        return f"{when} After that, scores, and how single questions were answered, are shown where {_people(least)}."
    return (
        f"{when} After that, scores are shown where {_people(least)}, with a word for how far apart people are. How a "
        f"single question was answered is shown where {_people(detail)}."
    )


def _people(least: int) -> str:
    return f"at least {least} people answered"


def small_groups(round: Round, questionnaire: Questionnaire) -> str:
    """What happens to a group in which too few hand in; nothing where that makes no difference."""
    thresholds = round.rules.thresholds
    if not thresholds.protect:
        return ""
    least = thresholds.min_group
    if len(round.invited) == 1:
        return _one_group(round)
    few = f"A group in which fewer than {least} people hand in"
    out = "is left out of every result, and of the total"
    match round.rules.small_groups:
        case "pool":
            return (
                f"Groups in which fewer than {least} people hand in are joined with others until they are at least "
                f"{least} people together. If even all together are too few, they are left out of every result."
            )
        case "consent" if asked := [group for group in round.invited if asks_consent(round, group)]:
            names = listed([f"{group_title(questionnaire, one)} ({round.invited[one]})" for one in asked])
            return (
                f"{few} is shown separately only if at least {FLOOR} do and all of them have agreed. If not, it {out}. "
                f"This applies to {names}."
            )
    return f"{few} {out}."


def _one_group(round: Round) -> str:
    least = round.rules.thresholds.min_group
    if any(asks_consent(round, group) for group in round.invited):
        return (
            f"If fewer than {least} people hand in, results are shown only if at least {FLOOR} do and all of them have "
            "agreed. You are asked."
        )
    return f"If fewer than {least} people hand in, no result is shown at all."


def what_you_write(round: Round) -> str:
    """What becomes of comments and open answers."""
    thresholds = round.rules.thresholds
    where = f", where {_people(thresholds.min_detail)}" if thresholds.protect else ""
    left_out = " This holds for small groups too." if thresholds.protect and len(round.invited) > 1 else ""
    return (
        "What you write in your own words is shown word for word at the meeting, in random order, without names or "
        f"groups{where}.{left_out} So please don't write anything that could identify someone."
    )


def _admission(kind: Kind) -> str:
    if kind == "invitation":
        return "It came with your invitation, and lets one person answer. It is not saved with your answers."
    return (
        "You were given one. It lets one person answer, and opens your answers again until you hand in. It is not "
        "saved with them."
    )


def changing(kind: Kind) -> str:
    """How answers are changed or taken back after handing in."""
    if kind == "invitation":
        return (
            "When you hand in you get a receipt. Until the round closes you can answer again with it, or give it to "
            "the person who sent you the invitation, who can then delete your answers."
        )
    return (
        "When you hand in you get a receipt. With it you can answer again, or delete your answers, until the round "
        "closes."
    )


def coming_back(round: Round, kind: Kind) -> str:
    """How one goes on after stopping."""
    if kind == "preview":
        return ""
    saved = "Every answer is saved at once"
    if kind == "invitation":
        return f"{saved}, on this computer. To carry on later, start the same way again."
    code = (
        "your admission code" if round.rules.codes else "the resume code that you are shown before the first question"
    )
    return f"{saved}, and {code} brings you back."


CONSENT_HEADING = "Can we show your group's results separately?"


def consent(round: Round, questionnaire: Questionnaire, group: GroupKey) -> tuple[str, ...]:
    """What the people of a small group are asked, in paragraphs; the answer is yes or no."""
    least, invited = round.rules.thresholds.min_group, round.invited.get(group, 0)
    people = f"has {count(invited, 'person', 'people')}."
    if len(round.invited) == 1:
        small, shown = f"Your group {people}", "results are shown"
        no = ["If anyone says no, then no result is shown at all."]
        guess = "But if no result is shown, the others may guess why."
    else:
        small, shown = f"Your group, {group_title(questionnaire, group)}, {people}", "its results are shown separately"
        no = [
            "If anyone says no, your group is then left out of every result, and of the total.",
            "What you write in your own words can still be shown, without your group.",
        ]
        guess = "But if your group is left out, the others in it may guess why."
    if _can_be_enough(round, group):
        small += f" If fewer than {least} of you hand in, {shown} only if at least {FLOOR} of you do,"
        no.append(f"If {least} or more of you hand in, your group is shown either way.")
    else:
        small += f" That is fewer than {least}: {shown} only if at least {FLOOR} of you hand in,"
    return (
        f"{small} and everyone who hands in says yes here. In such a small group others may work out who said what.",
        " ".join([*no, "Nobody is told who said no.", guess]),
    )


def _can_be_enough(round: Round, group: GroupKey) -> bool:
    """Whether enough people are invited for the group to be shown whatever they say."""
    return round.invited.get(group, 0) >= round.rules.thresholds.min_group


YES, NO = "Yes, it may be shown", "No"
CHANGEABLE = "You can change this until you hand in."


def consent_given(agrees: bool | None) -> str:
    """What a person has said, for the review."""
    return f"Can we show your small group separately? You said: {'yes' if agrees else 'no'}"


def after_consent(round: Round, group: GroupKey, agrees: bool) -> str:
    """What follows from what was said, in a plain word."""
    least = round.rules.thresholds.min_group
    few = f"If fewer than {least} of you hand in, your group" if _can_be_enough(round, group) else "Your group"
    if agrees:
        return f"Thank you. {few} is shown separately if at least {FLOOR} hand in and the others agree too."
    return f"That's fine. {few} is not shown. You can still answer."


def sent_words(path: str) -> str:
    """What to do with a sheet file."""
    return (
        f"Your sheet is in the file {path}. Please send it only to the person who invited you: as an attachment, not "
        "to a mailing list or into a folder that others can open. It does not name you, but it holds "
        "your answers."
    )


def receipt_words(kind: Kind, to_answer_again: str, program: str, *, again: bool, on_screen: bool = False) -> list[str]:
    """What a receipt is for, line by line, with the commands; on screen the first page leads there instead. No command
    has the receipt in it: shells keep what is typed. `program` is how the program is called, `to_answer_again` what is
    said to it for that; `again` where a person has answered again, and had the receipt already."""
    keep = "Your receipt stays the same." if again else "Please write it down: it is shown only now."
    once_more = f"  {program} {to_answer_again}"
    if kind == "invitation":
        return [f"{keep} With it you can answer again until the round closes:", once_more, ASKS_FOR_RECEIPT]
    if on_screen:
        use = "you can see your result again and, until the round closes, answer again or delete your answers"
        return [
            f"{keep} Only with it {use}. On the first page, choose “I have handed in already”.",
        ]
    return [
        f"{keep} Only with it can you see your result again:",
        f"  {program} report --receipt",
        "Until the round closes you can also answer again, or delete your answers:",
        once_more,
        f"  {program} forget",
        ASKS_FOR_RECEIPT,
    ]
