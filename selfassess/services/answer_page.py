"""The page on which somebody answers in a browser: what it has to know of the round, and what it says."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from selfassess.model.conditions import All, Compare, Condition, Not, parse
from selfassess.model.questionnaire import Edition, GroupKey, Item, Questionnaire
from selfassess.model.round import EVERYBODY, Round
from selfassess.model.routing import offered
from selfassess.model.sheet import ONCE, PAST, STILL, STILL_OR_ONCE, Missing, encode
from selfassess.model.straight_lining import LEAST, is_long
from selfassess.project.rounds import Rounds
from selfassess.services.paper import layout
from selfassess.services.projects import announced, edition_of_round
from selfassess.sitting import notices, round_notices
from selfassess.sitting.choices import choices
from selfassess.sitting.privacy_notice import in_full
from selfassess.sitting.round_entry import Kind, asks_consent
from selfassess.sitting.round_notices import Paragraph
from selfassess.text import LONGEST_TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPage:
    """What one page is for."""

    round: Round
    edition: Edition
    salt: str
    """Of the project, for the keys of codes."""
    group: GroupKey | None = None
    """The person's group; None if they choose, or there are none."""
    code: str = ""
    """The admission code of the one person that the page is for; "" where there is none, or several people see it."""
    since: datetime.datetime
    """When people could first hand in, as far as that is known. Somebody who answers again without knowing how often
    they did before counts the hours since then instead, which are more."""
    notice: Sequence[Paragraph] = ()
    """Who looks after the answers."""
    partnership: str = ""
    """What the partnership is called; "" where that was not said."""
    contact: str = ""
    """Whom to send the answers to."""
    in_room: bool = False
    """Whether a laptop in the room serves it, and takes in what is answered."""

    @property
    def questionnaire(self) -> Questionnaire:
        return self.edition.questionnaire


def answer_page(rounds: Rounds, round: Round, *, contact: str = "", in_room: bool = False) -> AnswerPage:
    """The page of a round, for people who choose their group and type their code."""
    now = datetime.datetime.now(datetime.UTC)
    opened = rounds.days(round.id).opened
    edition = announced(edition_of_round(rounds, round))
    return AnswerPage(
        round=replace(round, questionnaire=edition.sha256),
        edition=edition,
        salt=rounds.project.salt,
        since=datetime.datetime.combine(opened, datetime.time(), datetime.UTC) if opened else now,
        notice=in_full(rounds.project.notice),
        partnership=rounds.project.partnership,
        contact=" ".join(contact.split()),
        in_room=in_room,
    )


def described(page: AnswerPage) -> dict[str, Any]:
    """The round and its questionnaire, without what only authors read."""
    questionnaire, round = page.questionnaire, page.round
    items = questionnaire.items
    places = {item.id: place for place, item in enumerate(items)}
    return {
        "round": round.key,
        "title": round.title,
        "partnership": page.partnership,
        "file": f"{round.id}.sheet.txt",
        "since": int(page.since.timestamp() * 1000),
        "questionnaire": round.questionnaire,
        "form": round.form,
        "salt": page.salt,
        "group": page.group,
        "code": page.code,
        "needsCode": round.rules.codes,
        "matching": round.rules.matching,
        "groups": [_group(page, id) for id in round.invited if id],
        "consent": _consent(page, EVERYBODY) if asks_consent(round, None) else None,
        "strands": [{"title": one.title, "about": one.about} for one in questionnaire.strands],
        "benchmarks": {
            one.id: {"title": one.title, "comment": one.comment}
            for strand in questionnaire.strands
            for one in strand.middle
        },
        "items": [_item(page, item) for item in items],
        "onPaper": {group: _on_paper(page, group) for group in round.invited},
        "steps": list(_steps(questionnaire, places)),
        "longest": LONGEST_TEXT,
        "alikeFrom": LEAST,
        "words": _words(page),
    }


def _on_paper(page: AnswerPage, group: GroupKey) -> list[str]:
    """The ids of the items that have a key each in the row of a sheet of paper."""
    return [question.item.id for question in layout(page.edition, group or None, page.round.form).numbered]


def _group(page: AnswerPage, id: GroupKey) -> dict[str, Any]:
    group = page.questionnaire.group(id)
    consent = _consent(page, id) if asks_consent(page.round, id) else None
    return {"id": id, "title": group.title, "about": group.about, "consent": consent}


def _consent(page: AnswerPage, group: GroupKey) -> dict[str, Any]:
    round = page.round
    return {
        "words": round_notices.consent(round, page.questionnaire, group),
        "after": [round_notices.after_consent(round, group, agrees) for agrees in (False, True)],
    }


def _item(page: AnswerPage, item: Item) -> dict[str, Any]:
    questionnaire = page.questionnaire
    return {
        "id": item.id,
        "kind": item.kind,
        "text": item.text,
        "wording": dict(item.wording),
        "help": item.help,
        "groups": list(item.groups),
        "isInForm": any(item in offered(questionnaire, group or None, page.round.form) for group in page.round.invited),
        "condition": _tree(parse(item.show_if)) if item.show_if else None,
        "commentIf": _tree(parse(item.comment_if)) if item.comment_if else None,
        "notApplicable": list(item.not_applicable_values),
        "scale": (item.scale or "") if item.has_figures else None,
        "isLong": item.has_figures and is_long(questionnaire.scale_of(item)),
        "choices": [
            {
                "missing": choice.response.value,
                "label": choice.label,
                "key": choice.press,
                "written": choice.written,
            }
            if isinstance(choice.response, Missing)
            else {
                "value": choice.response,
                "label": choice.label,
                "key": choice.press,
                "written": choice.written,
                "character": encode(item, choice.response, questionnaire),
            }
            for choice in choices(questionnaire, item)
        ],
        "min": item.min_,
        "max": item.max_,
        "limits": item.limits if item.is_typed else "",
        "characters": item.answering.characters,
    }


def _tree(condition: Condition) -> list[Any]:
    match condition:
        case Compare(item, sign, value):
            return [sign, item, value]
        case Not(part):
            return ["not", _tree(part)]
        case _:
            return ["and" if isinstance(condition, All) else "or", *map(_tree, condition.parts)]


def _steps(questionnaire: Questionnaire, places: dict[str, int]) -> Iterator[dict[str, Any]]:
    for number, strand in enumerate(questionnaire.strands):
        yield from _steps_of(strand.items, number, None, places)
        for benchmark in strand.middle:
            yield from _steps_of(benchmark.items, number, benchmark.id, places)
            if benchmark.comment:
                yield {"id": benchmark.id, "strand": number, "benchmark": benchmark.id, "item": None}
        yield from _steps_of(strand.questions, number, None, places)


def _steps_of(
    items: Iterable[Item], strand: int, benchmark: str | None, places: dict[str, int]
) -> Iterator[dict[str, Any]]:
    for item in items:
        yield {"id": item.id, "strand": strand, "benchmark": benchmark, "item": places[item.id]}
        if item.collects_barriers:
            id = f"{item.id}{PAST}"
            yield {"id": id, "strand": strand, "benchmark": benchmark, "item": None, "barrier": item.id}


# What it says


def _words(page: AnswerPage) -> dict[str, Any]:
    send_to = page.contact or "the person who invited you"
    use = (
        "On this page you can see your result again with it and, until the round closes, answer again or delete your "
        "answers."
        if page.in_room
        else "Until the round closes you can answer again with it, or give it to the person who invited you, who can "
        "then delete your answers."
    )
    return {
        "welcome": [list(paragraph) for paragraph in _welcome(page)],
        "start": "Start",
        "carryOn": "Carry on where you stopped",
        "startAgain": "Clear my answers and start again",
        "clearAll": "Clear all your answers?",
        "clearAllWords": "What you have answered so far can't be brought back.",
        "clearThem": "Clear them",
        "keepThem": "Keep them",
        "keeps": "Your answers stay in this browser until you have sent them. Then they are erased here.",
        "keepsNothing": "This browser does not save your answers, so please answer in one go and keep this page open.",
        "shared": "Other people use this device: don't save anything here",
        "again": "I have already handed in",
        "code": "Your admission code",
        "codeHelp": "12 letters and digits. It came with your invitation.",
        "codeWrong": "That is not an admission code. It has 12 letters and digits, such as K7QM-3RTP-9XWD.",
        "changeCode": "Your admission code: {code}. Correct it",
        "receiptHelp": "20 letters and digits. You got it when you handed in.",
        "receiptWrong": "That is not a receipt. It has 20 letters and digits, such as K7QM-3RTP-9XWD-2HCF-8JNE.",
        "returned": "You have handed in",
        "seeResult": "See my own result",
        "answerAgain": "Answer again: it replaces what you handed in",
        "takeBack": "Delete my answers",
        "takeBackQuestion": "Delete your answers?",
        "takeBackWords": "This also deletes what you wrote in your own words, and cannot be undone. An admission code "
        "stays used.",
        "takeBackYes": "Yes, delete them",
        "takeBackNo": "No, keep them",
        "takenBack": "Deleted",
        "takenBackWords": "Your answers and comments are deleted.",
        "takeBackElsewhere": "You can't delete here what you have sent off",
        "takeBackElsewhereWords": f"Send your receipt to {send_to}, and ask for your answers to be deleted. That works "
        "until the round closes.",
        "silent": "The laptop in the room is not responding. Please try again in a moment.",
        "group": "Which group are you in?",
        "consent": round_notices.CONSENT_HEADING,
        "yes": round_notices.YES,
        "no": round_notices.NO,
        "changeable": round_notices.CHANGEABLE,
        "matching": round_notices.OWN_CODE_HEADING,
        "matchingHelp": [round_notices.OWN_CODE, round_notices.GUESSED],
        "matchingField": "Your own code",
        "matchingWrong": "Type at least one letter or digit, or carry on without a code.",
        "without": "Carry on without one",
        "wait": "One moment …",
        "next": "Next",
        "back": "Back",
        "skip": "Skip",
        "part": "Part {part} of {parts}: {title}",
        "question": "Question {number} of {asked}",
        "ownWords": "In your own words",
        "progress": "{answered} of {asked} answered",
        "stillOrOnce": STILL_OR_ONCE,
        "still": STILL,
        "once": ONCE,
        "several": "You can choose several.",
        "write": "Write here if you like",
        "number": "Your answer, as a number",
        "numberWithin": "Your answer, {limits}",
        "numberWrong": "Please write a number in digits{limits}.",
        "comment": "Add a comment",
        "commentOn": "Your comment",
        "sayMore": "Would you like to say a little more about this?",
        "explain": "What does this mean?",
        "clear": "Clear my answer",
        "wholePart": "Show the whole part on one page",
        "oneByOne": "Show one question at a time",
        "review": "Look at your answers",
        "all": "You have answered every question.",
        "one": "You've left 1 question unanswered. That's fine.",
        "some": "You've left {n} questions unanswered. That's fine.",
        "oneAnswer": notices.ONE_ANSWER,
        "sameAnswers": notices.SAME_ANSWERS,
        "or": " or ",
        "unanswered": notices.NOT_ANSWERED,
        "unwritten": notices.NOTHING_WRITTEN,
        "toChange": "To change an answer, choose it.",
        "handIn": "Hand in",
        "confirm": "Hand in now?",
        "confirmWords": "Your answers go to the laptop that this page came from. You can still answer again until the "
        "round closes."
        if page.in_room
        else f"Your answers go into a file to send to {send_to}. You can still answer again until the round closes.",
        "notYet": "Not yet",
        "done": "One last step: send your answers",
        "send": f"Send this file only to {send_to}. It holds your answers, but not your name. Your answers count "
        "only once it has arrived.",
        "share": "Send the file",
        "download": "Save the file",
        "copy": "Copy as text",
        "copied": "Copied. Paste it into a message.",
        "asText": "The same as text, to paste into a message",
        "asRow": "Or send these keys in a text message instead",
        "rowWords": "Your answers will be typed in like a sheet of paper. The receipt below is of no use then.",
        "receipt": "Your receipt",
        "receiptWords": f"Please write it down: it is shown only now. {use}",
        "noKey": "To take part, scan the code on the screen in the room with your phone's camera.",
        "inRoom": "Thank you. Your answers have arrived.",
        "result": "Your own result",
        "onlyYou": "Only you can see it, and it is gone when you close this page.",
        "unreachable": "The laptop in the room is not responding. Nothing is lost: try again, or save the file and "
        "send it.",
        "tryAgain": "Try again",
        "stillKept": "This browser keeps the file until you say that you have sent it, in case it gets lost.",
        "sent": "I have sent it: erase it here",
        "change": "Change my answers",
        "thanks": "Thank you",
        "erased": "None of your answers are left in this browser. You can close this page.",
        "otherTab": "This questionnaire is also open in another window. What you answered there is shown here.",
        "otherTabDone": "Your answers were handed in or cleared in another window.",
        "broken": "Something went wrong, but your answers are still here. Please reload the page.",
        "cut": notices.CUT,
    }


def _welcome(page: AnswerPage) -> list[Paragraph]:
    kind: Kind = "here" if page.in_room else "invitation"
    length = f"{notices.how_long(page.edition, page.group, page.round.form)}."
    about = "\n\n".join(filter(None, (length, page.questionnaire.about)))
    told = round_notices.welcome(page.round, page.questionnaire, kind, notice=page.notice)
    kept = [one for one in told if one[0] not in ("To stop", "Your admission code")]
    return [(page.questionnaire.title, about), *kept]
