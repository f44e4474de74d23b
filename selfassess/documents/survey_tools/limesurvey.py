"""LimeSurvey: its tab-separated survey structure, a text file that it imports as a new survey.
(https://www.limesurvey.org/manual/Tab_Separated_Value_survey_structure)"""

import csv
import html
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selfassess.documents.survey_tools.conditions import Fact, Word, expression
from selfassess.documents.survey_tools.questions import GROUP, WHICH_GROUP, Asked, Converted, Option
from selfassess.model.questionnaire import Item
from selfassess.numbers import figures

COLUMNS = (
    "id", "class", "type/scale", "name", "relevance", "text", "help", "language", "validation", "mandatory", "other",
    "default", "same_default", "exclude_all_others", "min_num_value_n", "max_num_value_n",
)  # fmt: skip  # the last three are attributes of questions
SETTINGS = {
    "format": "G",  # a page a group of questions
    "anonymized": "Y",
    "datestamp": "N",
    "ipaddr": "N",
    "refurl": "N",
    "allowprev": "Y",
}
"""Of the survey. What could tell who answered is not kept."""
LONGEST_NAME, LONGEST_CODE = 20, 5
"""Characters that a question's name and an answer's code can have. Both have letters and figures only."""
ONE, SEVERAL, NUMBER, TEXT = "L", "M", "N", "T"
"""Types of questions."""
TOLD = (
    "LimeSurvey takes no _ in the names of questions. When you export the answers there, choose the full text of "
    "questions and answers."
)
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class _Names:
    """What items and answers are called there."""

    items: dict[str, str]
    """By the ids of items."""
    codes: dict[str, dict[str, str]]
    """By the ids of items, and by their own codes."""


@dataclass(frozen=True, slots=True)
class _Expression:
    """Conditions as LimeSurvey has them. NAOK: a question that was not answered, or is hidden, counts as empty."""

    names: _Names

    def fact(self, fact: Fact) -> str:
        name = self.names.items[fact.id]
        if fact.of == "number":
            return f"(!is_empty({name}.NAOK) and {name}.NAOK {fact.sign} {fact.value})"
        code = self.names.codes[fact.id][fact.value]
        if fact.of == "picked":
            return f"{name}.NAOK == '{code}'"
        return f"{name}_{code}.NAOK {'==' if fact.of == 'ticked' else '!='} 'Y'"

    def joined(self, parts: Sequence[str], word: Word) -> str:
        return f"({f' {word} '.join(parts)})"


def to_limesurvey(asked: Asked) -> Converted:
    """The survey, with a group of questions a strand. A question's name is its id without what LimeSurvey does not take
    in names."""
    names = _names(asked)
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", delimiter="\t", lineterminator="\n")
    writer.writeheader()
    writer.writerows(_rows(asked, names))
    return Converted(out.getvalue(), (*asked.told(), TOLD))


def _names(asked: Asked) -> _Names:
    items: dict[str, str] = {GROUP: GROUP}
    for item in asked.items:
        items[item.id] = _name(item.id, taken=set(items.values()))
    codes = {item.id: _codes(asked.options(item)) for item in asked.items}
    return _Names(items, codes | {GROUP: _codes(asked.groups)})


def _name(id: str, taken: set[str]) -> str:
    short = re.sub("[^A-Za-z0-9]", "", id)[:LONGEST_NAME]
    name, count = short, 2
    while name.lower() in {one.lower() for one in taken}:
        name, count = f"{short[: LONGEST_NAME - len(str(count)) - 1]}x{count}", count + 1
    return name


def _codes(options: Sequence[Option]) -> dict[str, str]:
    """The code of each answer: its own, where all can be codes there, else its place."""
    own = [option.code for option in options]
    fit = all(re.fullmatch(rf"[A-Za-z0-9]{{1,{LONGEST_CODE}}}", code) for code in own)
    return dict(zip(own, own if fit else [f"A{place}" for place in range(1, len(own) + 1)], strict=True))


def _rows(asked: Asked, names: _Names) -> Iterator[Row]:
    questionnaire, language = asked.questionnaire, asked.questionnaire.language
    yield {"class": "S", "name": "language", "text": language}
    yield from ({"class": "S", "name": name, "text": value} for name, value in SETTINGS.items())
    yield {"class": "SL", "name": "surveyls_title", "text": _text(questionnaire.title), "language": language}
    yield {"class": "SL", "name": "surveyls_welcometext", "text": _text(questionnaire.about), "language": language}
    number = iter(range(1, 10**9))
    if asked.groups:
        yield {**_head("G", str(next(number)), "", "", language), "name": _text(WHICH_GROUP)}
        yield {**_head("Q", str(next(number)), GROUP, WHICH_GROUP, language), "type/scale": ONE, "mandatory": "Y"}
        yield from _answers(asked.groups, names.codes[GROUP], "A", language)
    for strand, items in asked.parts:
        head = _head("G", str(next(number)), "", strand.title, language)
        yield {**head, "name": head["text"], "text": _text(strand.about)}
        for item in items:
            yield _question(asked, item, names, str(next(number)))
            if item.has_points:
                kind = "SQ" if item.takes_several else "A"
                yield from _answers(asked.options(item), names.codes[item.id], kind, language)


def _head(kind: str, number: str, name: str, text: str, language: str) -> Row:
    return {"class": kind, "id": number, "name": name, "text": _text(text), "language": language, "relevance": "1"}


def _question(asked: Asked, item: Item, names: _Names, number: str) -> Row:
    condition = asked.conditions[item.id]
    alone = [names.codes[item.id][one.code] for one in asked.options(item) if not one.is_point]
    return {
        **_head("Q", number, names.items[item.id], asked.words(item), asked.questionnaire.language),
        "type/scale": _type(item),
        "relevance": expression(condition, _Expression(names)) if condition else "1",
        "help": _text(" ".join(filter(None, (item.help, item.limits)))),
        "mandatory": "N",
        "other": "N",
        "exclude_all_others": ";".join(alone) if item.takes_several else "",
        "min_num_value_n": "" if item.min_ is None else figures(item.min_),
        "max_num_value_n": "" if item.max_ is None else figures(item.max_),
    }


def _type(item: Item) -> str:
    if item.has_points:
        return SEVERAL if item.takes_several else ONE
    return NUMBER if item.is_typed else TEXT


def _answers(options: Sequence[Option], codes: dict[str, str], kind: str, language: str) -> Iterator[Row]:
    for option in options:
        row = {"class": kind, "name": codes[option.code], "text": _text(option.label), "language": language}
        yield row | ({"type/scale": "0"} if kind == "A" else {"relevance": "1"})


def _text(words: str) -> str:
    """Words as HTML in one line. A brace with a space behind it begins no expression."""
    shown = html.escape(words, quote=False).replace('"', "&quot;")
    return shown.replace("{", "{ ").replace("\t", " ").replace("\n", "<br />")
