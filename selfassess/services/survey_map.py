"""What somebody decided about the columns and answers of an export, and the file that keeps it for the next time."""

import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from selfassess.errors import Problem, ResponsesError
from selfassess.model.questionnaire import GroupKey
from selfassess.services.survey_export import flat
from selfassess.text import clean, listed

Role = Literal["the group", "the id", "the consent", "the code", "left out"]
"""What a column can hold that is no answer. No item has such an id."""
ROLES: tuple[Role, ...] = ("the group", "the id", "the consent", "the code", "left out")
Counted = Literal["values", "positions"]
"""What numbers in an export are: the values of the points, or their places on the scale, counted from 1."""
LARGEST = 1_000_000
"""Bytes of such a file."""
LARGEST_VALUE = 1e15
"""No point of a scale has such a value, and the figures of larger ones would not all be printed."""
_HEAD = """\
# What the columns of an export are: `selfassess collect TABLE --map FILE` reads this file, and adds what you
# decide. Comments of your own are not kept.
# [columns]  a heading = the id of a question, "the group", "the id", "the consent", "the code" or "left out"
# [groups]   a group as the export calls it = its id
# [scales]   the id of a scale = "values" or "positions": what numbers in the export mean
# [answers.SCALE]  an answer as the export has it = the value of that point
# not_asked  ids of questions that were not in the form
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decisions:
    """What was decided."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """By heading, the id of an item or benchmark, or a role."""
    groups: Mapping[str, GroupKey] = field(default_factory=dict)
    """By what the export calls a group, its id."""
    scales: Mapping[str, Counted] = field(default_factory=dict)
    """By the id of a scale, what numbers mean."""
    answers: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """By the id of a scale, then by words, the value of a point."""
    not_asked: tuple[str, ...] = ()
    """The ids of items that were not in the form."""

    def column(self, heading: str) -> str | None:
        """What was decided of a column; None where nothing was."""
        wanted = flat(heading)
        return next((meaning for one, meaning in self.columns.items() if flat(one) == wanted), None)

    def with_column(self, heading: str, meaning: str) -> "Decisions":
        """These with one more about a column."""
        return replace(self, columns={**self.columns, heading: meaning})

    def with_group(self, words: str, group: GroupKey) -> "Decisions":
        """These with one more about a group."""
        return replace(self, groups={**self.groups, words: group})

    def with_answer(self, scale: str, words: str, value: float) -> "Decisions":
        """These with one more about an answer."""
        return replace(self, answers={**self.answers, scale: {**self.answers.get(scale, {}), words: value}})

    def with_scale(self, scale: str, counted: Counted) -> "Decisions":
        """These with one more about a scale."""
        return replace(self, scales={**self.scales, scale: counted})

    def without_items(self, ids: tuple[str, ...]) -> "Decisions":
        """These with items that were not in the form."""
        return replace(self, not_asked=(*self.not_asked, *ids))


def read_map(name: str, content: bytes) -> Decisions:
    """What stands in a file. ResponsesError holds everything that is wrong with it; whether the ids in it are known is
    seen where they are used."""
    try:
        table = tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # a number of very many digits is a ValueError of its own
        said = str(error) if isinstance(error, tomllib.TOMLDecodeError) else "it is not plain text"
        raise ResponsesError(f"{name} cannot be read: {said}.", hint="Correct it, or begin a new one.") from None
    problems = list(_wrong(name, table))
    if problems:
        raise ResponsesError(f"{name} cannot be used as it is.", problems)
    return Decisions(
        columns=table.get("columns", {}),
        groups=table.get("groups", {}),
        scales=table.get("scales", {}),
        answers=table.get("answers", {}),
        not_asked=tuple(table.get("not_asked", ())),
    )


def _wrong(name: str, table: Mapping[str, Any]) -> Iterator[Problem]:
    def all_in(found: object, kind: type | tuple[type, ...]) -> bool:
        return isinstance(found, dict) and all(isinstance(one, kind) for one in found.values())

    def are_values(found: object) -> bool:
        return isinstance(found, dict) and all(
            isinstance(one, int | float) and abs(one) < LARGEST_VALUE for one in found.values()
        )

    fits = {
        "columns": lambda found: all_in(found, str),
        "groups": lambda found: all_in(found, str),
        "scales": lambda found: all_in(found, str) and {*found.values()} <= {"values", "positions"},
        "answers": lambda found: all_in(found, dict) and all(map(are_values, found.values())),
        "not_asked": lambda found: isinstance(found, list) and all(isinstance(one, str) for one in found),
    }
    hints = {
        "scales": "Write “values” or “positions” after the id of each scale.",
        "answers": "Write a table for each scale, with the value of a point after each answer.",
        "not_asked": "Write a list of ids.",
    }
    for key, found in table.items():
        if key not in fits:
            message, hint = f"There is no key “{clean(key, 40)}”.", f"Use {listed(fits, 'or')}."
        elif not fits[key](found):
            message, hint = f"“{key}” can't be read.", hints.get(key, "Write what it means in quotation marks.")
        else:
            continue
        yield Problem(code="bad-map", message=message, hint=hint, file=name)


def written(decisions: Decisions) -> str:
    """The text of a file that keeps decisions; `read_map` reads the same from it."""
    lines = [_HEAD]
    if decisions.not_asked:
        lines += [f"not_asked = {in_toml(list(decisions.not_asked))}", ""]
    tables: dict[str, Mapping[str, Any]] = {
        "columns": decisions.columns,
        "groups": decisions.groups,
        "scales": decisions.scales,
        **{f"answers.{in_toml(scale)}": words for scale, words in decisions.answers.items()},
    }
    for head, table in tables.items():
        if table:
            lines += [f"[{head}]", *(f"{in_toml(key)} = {in_toml(value)}" for key, value in table.items()), ""]
    return "\n".join(lines)


def in_toml(value: object) -> str:
    """A text, a number or a list of these as it stands in TOML."""
    # A string of JSON is one of TOML too, but for this control character.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
