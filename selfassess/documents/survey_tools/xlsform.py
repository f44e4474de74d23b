"""XLSForm: the workbook that KoboToolbox and ODK read. (https://xlsform.org)"""

import io
from collections.abc import Iterator, Sequence

import xlsxwriter

from selfassess.documents.office_file import without_times
from selfassess.documents.survey_tools.conditions import Fact, Word, expression
from selfassess.documents.survey_tools.questions import DONT_KNOW, GROUP, NOT_APPLICABLE, WHICH_GROUP, Asked, Converted
from selfassess.model.questionnaire import Item
from selfassess.numbers import figures
from selfassess.text import capital

QUESTION = ("type", "name", "label", "hint", "required", "relevant", "constraint", "constraint_message")
CHOICE = ("list_name", "name", "label")
SETTING = ("form_title", "form_id", "version", "default_language")
Row = tuple[str, ...]


class _XPath:
    """Conditions as XLSForm has them."""

    def fact(self, fact: Fact) -> str:
        match fact.of:
            case "picked":
                return f"${{{fact.id}}} = '{fact.value}'"
            case "ticked":
                return f"selected(${{{fact.id}}}, '{fact.value}')"
            case "not ticked":
                return f"not(selected(${{{fact.id}}}, '{fact.value}'))"
            case "number":
                sign = "=" if fact.sign == "==" else fact.sign
                return f"(${{{fact.id}}} != '' and ${{{fact.id}}} {sign} {fact.value})"

    def joined(self, parts: Sequence[str], word: Word) -> str:
        return f"({f' {word} '.join(parts)})"


def to_xlsform(asked: Asked) -> Converted:
    """The workbook. Each strand is a group of questions, ids are names, and the values of points are the names of
    choices, so that an export of answers has them."""
    questionnaire = asked.questionnaire
    setting = (
        _without_references(questionnaire.title),
        questionnaire.id,
        questionnaire.version,
        questionnaire.language,
    )
    sheets = {
        "survey": (QUESTION, *(_row(row) for row in _survey(asked))),
        "choices": (CHOICE, *_choices(asked)),
        "settings": (SETTING, setting),
    }
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for place, row in enumerate(rows):
            for column, cell in enumerate(row):
                sheet.write_string(place, column, cell)
        sheet.freeze_panes(1, 0)
    book.close()
    return Converted(without_times(out.getvalue()), asked.told())


def _row(said_of: dict[str, str]) -> Row:
    read = {key: _without_references(said_of.get(key, "")) for key in ("label", "hint")}
    return tuple((said_of | read).get(key, "") for key in QUESTION)


def _without_references(text: str) -> str:
    """What people read, where "${" would be taken for the answer to another question."""
    return text.replace("${", "$ {")


def _survey(asked: Asked) -> Iterator[dict[str, str]]:
    for place, text in enumerate(filter(None, asked.questionnaire.about.split("\n\n")), start=1):
        yield {"type": "note", "name": f"about-{place}", "label": text}
    if asked.groups:
        yield {"type": f"select_one {GROUP}", "name": GROUP, "label": WHICH_GROUP, "required": "yes"}
    for strand, items in asked.parts:
        yield {"type": "begin_group", "name": strand.id, "label": strand.title}
        if strand.about:
            yield {"type": "note", "name": f"{strand.id}-about", "label": strand.about}
        yield from (_question(asked, item) for item in items)
        yield {"type": "end_group"}


def _question(asked: Asked, item: Item) -> dict[str, str]:
    condition = asked.conditions[item.id]
    return {
        "type": _type(asked, item),
        "name": item.id,
        "label": asked.words(item),
        "hint": " ".join(filter(None, (item.help, item.limits))),
        "required": "no",
        "relevant": expression(condition, _XPath()) if condition else "",
        **_constraint(asked, item),
    }


def _type(asked: Asked, item: Item) -> str:
    if item.is_in_words:
        return "text"
    if item.is_typed:
        return "decimal"
    return f"{'select_multiple' if item.takes_several else 'select_one'} {_list_name(asked, item)}"


def _constraint(asked: Asked, item: Item) -> dict[str, str]:
    """What an answer has to be: within the limits of a number, and nothing beside "don't know"."""
    if item.is_typed:
        ends = ((">=", item.min_), ("<=", item.max_))
        within = " and ".join(f". {sign} {figures(end)}" for sign, end in ends if end is not None)
        return {"constraint": within, "constraint_message": f"{capital(item.answering.in_table())}." if within else ""}
    alone = [one for one in asked.options(item) if not one.is_point]
    if item.takes_several and alone:
        parts = " and ".join(f"not(selected(., '{one.code}') and count-selected(.) > 1)" for one in alone)
        return {"constraint": parts, "constraint_message": f"If you choose “{alone[0].label}”, choose nothing else."}
    return {}


def _choices(asked: Asked) -> Iterator[Row]:
    yield from ((GROUP, one.code, _without_references(one.label)) for one in asked.groups)
    lists = {_list_name(asked, item): asked.options(item) for item in asked.items if item.has_points}
    for name, options in lists.items():
        yield from ((name, one.code, _without_references(one.label)) for one in options)


def _list_name(asked: Asked, item: Item) -> str:
    """That of the scale, unless the item has words of its own for what is no point."""
    scale = asked.questionnaire.scale_of(item)
    usual = {DONT_KNOW: scale.dont_know, NOT_APPLICABLE: scale.not_applicable}
    own = {one.code: one.label for one in asked.options(item) if not one.is_point}
    is_usual = own == {code: label for code, label in usual.items() if label}
    return str(item.scale) if is_usual else f"{item.id}-answers"
