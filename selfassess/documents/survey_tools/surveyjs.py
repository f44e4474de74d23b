"""SurveyJS: the JSON of its form library. (https://surveyjs.io/form-library/documentation)"""

import json
from collections.abc import Sequence
from typing import Any

from selfassess.documents.survey_tools.conditions import Fact, Word, expression
from selfassess.documents.survey_tools.questions import GROUP, WHICH_GROUP, Asked, Converted, Option
from selfassess.model.questionnaire import Item


class _Expression:
    """Conditions as SurveyJS has them."""

    def fact(self, fact: Fact) -> str:
        match fact.of:
            case "picked":
                return f"{{{fact.id}}} = '{fact.value}'"
            case "ticked":
                return f"{{{fact.id}}} contains '{fact.value}'"
            case "not ticked":
                return f"{{{fact.id}}} notcontains '{fact.value}'"
            case "number":
                return f"({{{fact.id}}} notempty and {{{fact.id}}} {fact.sign} {fact.value})"

    def joined(self, parts: Sequence[str], word: Word) -> str:
        return f"({f' {word} '.join(parts)})"


def to_surveyjs(asked: Asked) -> Converted:
    """The survey, a page a strand. Ids are the names of questions, and choices have the values of points as texts. What
    was answered before a question was hidden is cleared, as it is not asked then."""
    questionnaire = asked.questionnaire
    first = [{"name": GROUP, "elements": [_group(asked)]}] if asked.groups else []
    survey = {
        "title": questionnaire.title,
        "description": questionnaire.about,
        "locale": questionnaire.language,
        "clearInvisibleValues": "onHidden",
        "pages": [
            *first,
            *(
                {
                    "name": strand.id,
                    "title": strand.title,
                    "description": strand.about,
                    "elements": [_question(asked, item) for item in items],
                }
                for strand, items in asked.parts
            ),
        ],
    }
    return Converted(json.dumps(survey, indent=2, ensure_ascii=False) + "\n", asked.told())


def _group(asked: Asked) -> dict[str, Any]:
    choices = _choices(asked.groups)
    return {"type": "radiogroup", "name": GROUP, "title": WHICH_GROUP, "isRequired": True, "choices": choices}


def _question(asked: Asked, item: Item) -> dict[str, Any]:
    condition = asked.conditions[item.id]
    made = {
        "name": item.id,
        "title": asked.words(item),
        "description": " ".join(filter(None, (item.help, item.limits))),
        "isRequired": False,
        "visibleIf": expression(condition, _Expression()) if condition else "",
    }
    return {**_type(asked, item), **{key: value for key, value in made.items() if value != ""}}


def _type(asked: Asked, item: Item) -> dict[str, Any]:
    if item.is_in_words:
        return {"type": "comment"}
    if item.is_typed:
        ends = {"minValue": item.min_, "maxValue": item.max_}
        limits = {"type": "numeric", **{key: end for key, end in ends.items() if end is not None}}
        return {"type": "text", "inputType": "number", "step": "any", "validators": [limits]}
    choices = _choices(asked.options(item))
    if not item.takes_several:
        return {"type": "radiogroup", "choices": choices}
    alone = {option.code for option in asked.options(item) if not option.is_point}
    return {
        "type": "checkbox",
        "choices": [choice | ({"isExclusive": True} if choice["value"] in alone else {}) for choice in choices],
    }


def _choices(options: Sequence[Option]) -> list[dict[str, Any]]:
    return [{"value": option.code, "text": option.label} for option in options]
