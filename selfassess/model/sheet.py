"""Sheets: everything that one respondent answered on one occasion."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal, NewType

from selfassess.model.item_kinds import Value
from selfassess.model.questionnaire import POINT_CODES, GroupKey, Item, Questionnaire

Form = Literal["full", "short"]
RoundKey = NewType("RoundKey", str)
"""The random key of a round, which no round of another project has."""
Receipt = NewType("Receipt", str)
"""The code that was shown when a sheet was handed in, as `project.codes` writes it, and not as somebody typed it."""
ProjectKind = Literal["personal", "shared"]
"""One person's own project, or one that several people share."""


class Missing(Enum):
    """Why there is no answer. Four different things; none of them is zero. The value is its character in a sheet."""

    SKIPPED = "-"
    NOT_APPLICABLE = "~"
    DONT_KNOW = "?"
    NOT_ASKED = "."

    @property
    def key(self) -> str:
        """The name used in files: "skipped", "not_applicable", "dont_know", "not_asked"."""
        return self.name.lower()


PAST = "/past"
"""What follows the id of a question where the person said that the barrier they wrote about is in the past."""
STILL_OR_ONCE = "Is this still the case, or is it in the past?"
"""What is asked of the person who wrote a barrier."""
STILL, ONCE = "Still the case", "In the past"
"""The answers to it. The first holds where nothing is said."""

BESIDE = "+"
"""The character of what is not a choice and stands beside the characters, or is a text that may be there."""

Response = Value | Missing
"""An answer, or why there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """How somebody takes part in a round. It goes with the draft, and is taken apart when the sheet is taken in: none
    of it but the matching code stays beside the answers."""

    round: RoundKey
    admission: str = ""
    """The key of the admission code; nothing where the round has no codes."""
    agrees: bool | None = None
    """Whether the person agrees that their small group is shown; None where they were not asked."""
    matching: str = ""
    """The key of the code that the person made up; nothing where they made none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All responses of one respondent in one round (or one sitting of a personal project)."""

    questionnaire: str
    """SHA-256 of the questionnaire's bytes."""
    group: GroupKey | None
    form: Form
    answers: str
    """One character an item, in the questionnaire's order."""
    beside: Mapping[str, Value] = field(default_factory=dict)
    """What is typed or chosen of many, by item id."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """Text answers and comments, by the id of the item or benchmark that they are about; PAST follows that of a
    barrier of the past."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """What the person noted on their own result, by the id of the strand or benchmark: in a personal project, and never
    on its way to anybody."""
    date: datetime.datetime | None = None
    """When it was handed in, in a personal project; never of a round's sheet."""
    ticket: Ticket | None = None
    """How it comes into a round, on its way there; a sheet that was taken in has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A sitting as it stands: what is saved after each response, and what a sitting goes on from."""

    questionnaire: str
    """SHA-256 of the questionnaire's bytes."""
    group: GroupKey | None
    form: Form
    place: str = ""
    """The id of the step that the person is at; nothing before the first."""
    responses: Mapping[str, Response] = field(default_factory=dict)
    """By item id. An item that is not in it is still open."""
    comments: Mapping[str, str] = field(default_factory=dict)
    """By the id of the item or benchmark that they are about."""
    past: tuple[str, ...] = ()
    """The ids of questions whose barrier is in the past, in their alphabetical order."""
    ticket: Ticket | None = None
    """How the person takes part in a round; None outside rounds."""


def written_about(about: str) -> tuple[str, bool]:
    """The id of what a text of a sheet is about, and whether it tells of a barrier of the past."""
    return about.removesuffix(PAST), about.endswith(PAST)


def encode(item: Item, response: Response, questionnaire: Questionnaire) -> str:
    """The character of a response; ValueError for a value that is not on the item's scale."""
    match response:
        case Missing.SKIPPED if item.is_in_words:
            return BESIDE  # who wrote and who did not would tie a text, kept apart, to its sheet
        case Missing():
            return response.value
        case int() | float() if item.has_figures:
            if response in item.not_applicable_values:
                return Missing.NOT_APPLICABLE.value
            return questionnaire.scale_of(item).code(response)
        case _:
            return BESIDE


def decode(item: Item, code: str, questionnaire: Questionnaire) -> float | Missing | None:
    """The response that a character stands for; None for one that stands beside."""
    if code == BESIDE:
        return None
    if code in POINT_CODES:
        return questionnaire.scale_of(item).points[POINT_CODES.index(code)].value
    return Missing(code)


def responses(sheet: Sheet, questionnaire: Questionnaire) -> dict[str, Response]:
    """The sheet's responses by item id, in the questionnaire's order."""
    found: dict[str, Response] = {}
    for item, code in zip(questionnaire.items, sheet.answers, strict=True):
        own = decode(item, code, questionnaire)
        found[item.id] = own if own is not None else _beside(sheet, item)
    return found


def _beside(sheet: Sheet, item: Item) -> Response:
    """What stands beside the characters. A text may have been taken away since."""
    if not item.is_in_words:
        return sheet.beside[item.id]
    return sheet.texts.get(item.id) or sheet.texts.get(f"{item.id}{PAST}") or Missing.SKIPPED
