"""Whether the answers of a sheet from outside can have been given to a questionnaire."""

import math
import re
from collections.abc import Iterable, Iterator

from selfassess.model.asking import asked, dont_know, not_applicable
from selfassess.model.item import Item
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.scale import POINT_CODES
from selfassess.model.sheet import BESIDE, Draft, Missing, Response, Sheet, responses
from selfassess.model.text import LONGEST_TEXT
from selfassess.storage import rows

_MISSING = {missing.value for missing in Missing}


def misfit(sheet: Sheet, texts: Iterable[tuple[str, str]], questionnaire: Questionnaire) -> str:
    """Why the answers, or the texts (each with what it is about), cannot have been given, in a sentence; nothing where
    they can."""
    items = questionnaire.items
    if len(sheet.answers) != len(items):
        return f"It has {len(sheet.answers)} answers, and the questionnaire has {len(items)} questions."
    beside = {item.id for item, code in zip(items, sheet.answers, strict=True) if _stands_beside(item, code)}
    if set(sheet.beside) != beside:
        return "The numbers beside its answers do not belong to the questions that ask for them."
    for item, code in zip(items, sheet.answers, strict=True):
        if not _can_be(sheet, item, code, questionnaire):
            return f"Its answer to “{item.id}” is none that can be given."
    shown = {item.id for item in asked(questionnaire, sheet.group, sheet.form, responses(sheet, questionnaire))}
    for item, code in zip(items, sheet.answers, strict=True):
        if (code != Missing.NOT_ASKED.value) != (item.id in shown):
            return f"“{item.id}” is answered but was not asked, or was asked and is not in the sheet."
    return _misfit_of_texts(sheet, texts, shown, questionnaire)


class Readable:
    """Whether sheets say something for each item, in the characters that the item has, by a group that there is."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        items = questionnaire.items
        self.groups = {None, *(group.id for group in questionnaire.groups)}
        characters = [re.escape("".join(_characters(item, questionnaire))) for item in items]
        self.answers = re.compile("".join(f"[{some}]" for some in characters))
        """Of all the answers of a sheet at once: a file can have very many."""
        self.beside = [(at, item) for at, item in enumerate(items) if item.kind in ("many", "number")]

    def __call__(self, sheet: Sheet) -> bool:
        return (
            sheet.group in self.groups
            and self.answers.fullmatch(sheet.answers) is not None
            and all(
                sheet.answers[at] != BESIDE or _is_kind(sheet.beside.get(item.id), item) for at, item in self.beside
            )
        )

    def is_plain(self, group: object, form: object, answers: object, beside: object, date: object) -> bool:
        """Whether a row is a sheet for which the same holds, as far as that is seen without taking it apart."""
        return (
            not self.beside
            and (beside, date) == (rows.NOTHING_BESIDE, None)
            and form in ("full", "short")
            and group in self.groups
            and isinstance(answers, str)
            and self.answers.fullmatch(answers) is not None
        )


def _characters(item: Item, questionnaire: Questionnaire) -> Iterator[str]:
    """The characters in which something can be said to an item."""
    yield from _MISSING
    if item.kind == "choice":
        values = questionnaire.scale_of(item).values
        yield from (
            code for code, value in zip(POINT_CODES, values, strict=False) if value not in item.not_applicable_values
        )
    else:
        yield BESIDE


def can_be_begun(draft: Draft, questionnaire: Questionnaire) -> bool:
    """Whether a draft has responses to items that there are, of the kind that each takes, by a group that there is."""
    items = {item.id: item for item in questionnaire.items}
    return (
        _is_group(draft.group, questionnaire)
        and draft.responses.keys() <= items.keys()
        and all(_is_response(response, items[id], questionnaire) for id, response in draft.responses.items())
        and set(draft.comments) <= set(abouts(questionnaire))
    )


def _is_group(group: str | None, questionnaire: Questionnaire) -> bool:
    return group is None or group in [one.id for one in questionnaire.groups]


def _is_response(response: Response, item: Item, questionnaire: Questionnaire) -> bool:
    if isinstance(response, Missing):
        return response is not Missing.NOT_ASKED
    if not _is_kind(response, item):
        return False
    values = questionnaire.scale_of(item).values if item.has_points else ()
    return not item.has_points or set(response if isinstance(response, tuple) else (response,)) <= set(values)


def _is_kind(response: Response | None, item: Item) -> bool:
    match item.kind:
        case "text":
            return isinstance(response, str)
        case "many":
            return isinstance(response, tuple)
        case _:
            return isinstance(response, int | float)


def abouts(questionnaire: Questionnaire) -> tuple[str, ...]:
    """The ids of everything that a text can be about: items, benchmarks and skills."""
    nodes = (node.id for strand in questionnaire.strands for node in strand.middle)
    return (*(item.id for item in questionnaire.items), *nodes)


def _stands_beside(item: Item, code: str) -> bool:
    return code == BESIDE and item.kind in ("many", "number")


def _can_be(sheet: Sheet, item: Item, code: str, questionnaire: Questionnaire) -> bool:
    match code:
        case Missing.NOT_ASKED.value:
            return True
        case Missing.SKIPPED.value:
            return item.kind != "text"  # which stands beside even so, see model.sheet.encode
        case Missing.DONT_KNOW.value:
            return dont_know(questionnaire, item) is not None
        case Missing.NOT_APPLICABLE.value:
            return bool(item.not_applicable_values) or not_applicable(questionnaire, item) is not None
        case _ if code == BESIDE:
            return item.kind == "text" or (item.kind != "choice" and _is_value(sheet, item, questionnaire))
        case _:
            return item.kind == "choice" and _is_point(item, code, questionnaire)


def _is_point(item: Item, code: str, questionnaire: Questionnaire) -> bool:
    values = questionnaire.scale_of(item).values
    at = POINT_CODES.find(code)
    return 0 <= at < len(values) and values[at] not in item.not_applicable_values


def _is_value(sheet: Sheet, item: Item, questionnaire: Questionnaire) -> bool:
    value = sheet.beside[item.id]
    if isinstance(value, tuple):
        points = questionnaire.scale_of(item).values if item.kind == "many" else ()
        return bool(value) and value == tuple(point for point in points if point in value)
    low, high = (-math.inf if item.min_ is None else item.min_), (math.inf if item.max_ is None else item.max_)
    return item.kind == "number" and math.isfinite(value) and low <= value <= high


def _misfit_of_texts(
    sheet: Sheet, texts: Iterable[tuple[str, str]], shown: set[str], questionnaire: Questionnaire
) -> str:
    nodes = {node.id: node for strand in questionnaire.strands for node in strand.middle}
    reached = shown | {id for id, node in nodes.items() if any(item.id in shown for item in node.items)}
    codes = dict(zip((item.id for item in questionnaire.items), sheet.answers, strict=True))
    open_questions = {item.id for item in questionnaire.items if item.kind == "text"}
    known, seen = {*codes, *nodes}, set[str]()
    for about, text in texts:
        if about in seen:
            return f"It has more than one text about “{about}”."
        seen.add(about)
        if about not in known or (text.strip() and about not in reached):
            return f"It has a text about “{about}”, which was not asked."
        if text.strip() and about in open_questions and codes[about] != BESIDE:
            return f"It has a text about “{about}”, and says that there is none."
        if len(text) > LONGEST_TEXT:
            return f"Its text about “{about}” is longer than {LONGEST_TEXT:,} characters."
    return ""
