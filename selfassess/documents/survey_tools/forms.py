"""Microsoft Forms and Google Forms, which read no questionnaire: text to paste question by question, and a Word file of
the kind that the quick import of Microsoft Forms takes in."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selfassess.documents.survey_tools.conditions import Fact, Truth
from selfassess.documents.survey_tools.questions import GROUP, WHICH_GROUP, Asked, Converted, Option
from selfassess.model.questionnaire import Item
from selfassess.text import listed

_THAN = {
    "<": "under {}",
    "<=": "of {} or less",
    "==": "{}",
    "!=": "other than {}",
    ">=": "of {} or more",
    ">": "over {}",
}


@dataclass(frozen=True, slots=True)
class _Question:
    """A question as it is set up there."""

    number: int
    id: str
    text: str
    options: tuple[Option, ...]
    help: str = ""
    item: Item | None = None
    """None for the question for the group."""


def to_text(asked: Asked) -> Converted:
    """Each question with its answers below it, a line each: several lines that are pasted as answers become several."""
    questions = _questions(asked)
    lines = [asked.questionnaire.title, "", *_about(asked.questionnaire.about)]
    for title, about, some in _parts(asked, questions):
        lines += ["", title, *_about(about)] if title else []
        for one in some:
            lines += ["", f"{one.number}. {_line(one.text)}"]
            lines += [_line(one.help)] if one.help else []
            lines += [_line(option.label) for option in one.options]
    return Converted("\n".join(lines) + "\n", _told(asked, questions))


def to_docx(asked: Asked) -> Converted:
    """Numbered questions with lettered answers, in paragraphs without any style, list or table."""
    import docx  # the text is written without it

    from selfassess.documents.office_file import without_times

    questions = _questions(asked)
    file = docx.Document()
    file.add_paragraph(_line(asked.questionnaire.title))
    for one in questions.values():
        file.add_paragraph(f"{one.number}. {_line(one.text)}")
        for place, option in enumerate(one.options):
            file.add_paragraph(f"{_letter(place)}. {_line(option.label)}")
        if not one.options:
            file.add_paragraph("_" * 40)
    out = io.BytesIO()
    file.save(out)
    return Converted(without_times(out.getvalue()), _told(asked, questions))


def _questions(asked: Asked) -> dict[str, _Question]:
    """All questions by their ids, numbered from 1."""
    made = [_Question(1, GROUP, WHICH_GROUP, asked.groups)] if asked.groups else []
    for item in (item for _, items in asked.parts for item in items):
        options = asked.options(item) if item.has_points else ()
        made.append(_Question(len(made) + 1, item.id, asked.words(item), options, item.help, item))
    return {one.id: one for one in made}


def _parts(asked: Asked, questions: dict[str, _Question]) -> Iterator[tuple[str, str, Sequence[_Question]]]:
    """The title of each part, a line about it, and its questions."""
    if asked.groups:
        yield "", "", [questions[GROUP]]
    for strand, items in asked.parts:
        yield strand.title, strand.about, [questions[item.id] for item in items]


def _about(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]


def _line(text: str) -> str:
    return " ".join(text.split())


def _letter(place: int) -> str:
    """A, B … Z, AA, AB …"""
    return (_letter(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def _told(asked: Asked, questions: dict[str, _Question]) -> tuple[str, ...]:
    return (*asked.told(), *_to_set(asked, questions))


def _to_set(asked: Asked, questions: dict[str, _Question]) -> Iterator[str]:
    """What has to be set by hand."""
    items = [(one.number, one.item) for one in questions.values() if one.item]
    kinds = {
        "several answers": [str(number) for number, item in items if item.takes_several],
        "a long answer in words": [str(number) for number, item in items if item.is_in_words],
    }
    for kind, numbers in kinds.items():
        if numbers:
            yield f"Set up {_named(numbers)} for {kind}."
    for number, item in items:
        if item.is_typed:
            yield f"Let question {number} take {item.answering.in_table()}."
        if condition := asked.conditions[item.id]:
            who = _in_words(condition, questions)
            yield f"Question {number} is only for people who answered {who}. Set this with branching."
    yield "Let people leave questions empty: only the group, where you ask for it, is required."


def _named(numbers: Sequence[str]) -> str:
    return f"question{'' if len(numbers) == 1 else 's'} {listed(numbers)}"


def _in_words(truth: Truth, questions: dict[str, _Question], *, is_part: bool = False) -> str:
    """A condition for the person who sets up the form: "“Yes” to question 2". Several answers to one question of which
    any will do are said together; what is a part of something longer stands in brackets."""
    if isinstance(truth, Fact):
        return _fact(questions[truth.id], truth)
    picked: dict[str, list[str]] = {}
    said: dict[str, str] = {}
    for place, part in enumerate(truth.parts):
        if truth.word == "or" and isinstance(part, Fact) and part.of in ("picked", "ticked"):
            question = questions[part.id]
            picked.setdefault(part.id, []).append(f"“{_label(question, part)}”")
            said[part.id] = f"{listed(picked[part.id], 'or')} to question {question.number}"
        else:
            said[str(place)] = _in_words(part, questions, is_part=True)
    whole = f" {truth.word} ".join(said.values())
    return f"({whole})" if is_part and len(said) > 1 else whole


def _fact(question: _Question, fact: Fact) -> str:
    if fact.of == "number":
        return f"a number {_THAN[fact.sign].format(fact.value)} to question {question.number}"
    return (
        f"{'anything but ' if fact.of == 'not ticked' else ''}“{_label(question, fact)}” to question {question.number}"
    )


def _label(question: _Question, fact: Fact) -> str:
    return next(option.label for option in question.options if option.code == fact.value)
