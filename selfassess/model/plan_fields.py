"""The fields of a planned action as people type them: in a command, on screen or in a spreadsheet."""

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from selfassess.errors import Problem, near
from selfassess.model.day import day_words, read_day
from selfassess.model.plan import AMOUNTS, STATUSES, Planned
from selfassess.model.text import clean

LONGEST = {"text": 500, "owner": 100, "why": 500}
"""Characters of what is written in one's own words."""
LONGEST_QUOTED = 60
"""Characters of what was typed that are told again."""
LONGEST_FIELD = 2_000
"""Characters of any other field: the names of all groups, or of all skills."""
NAMES = {
    "text": "action",
    "node": "benchmark",
    "groups": "groups",
    "owner": "owner",
    "due": "due",
    "status": "status",
    "why": "why",
    "effort": "effort",
    "effect": "effect",
    "skills": "skills",
    "done": "done",
}
"""What each field that can be changed is called, in the order in which people read them."""

Word = TypeVar("Word", bound=str)


@dataclass(frozen=True, slots=True)
class Known:
    """What a plan can name: everything that the project has asked about. Titles by id."""

    nodes: Mapping[str, str] = field(default_factory=dict)
    """Strands, benchmarks and skills that have a score."""
    groups: Mapping[str, str] = field(default_factory=dict)
    skills: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Given:
    """An action as it is after what was typed, and everything wrong with that. What is wrong changes nothing."""

    planned: Planned
    problems: tuple[Problem, ...]


def given(before: Planned, typed: Mapping[str, str], known: Known, today: datetime.date) -> Given:
    """An action with some of its fields typed anew, by their names in `Planned`. An empty field takes away what there
    was. The day on which it is done is today, unless that is typed too."""
    reader = _Reader(known, today)
    values: dict[str, Any] = {name: reader.read(name, text) for name, text in typed.items()}
    values = {name: value for name, value in values.items() if value is not _WRONG}
    after = replace(before, **values)
    if after.status != "done":
        if values.get("done"):
            reader.wrong("done", "not-done", f"It has a day on which it was done, and is {after.status}.",
                         "Set the status to done, or leave the day out.")  # fmt: skip  # the sentence in one line
        after = replace(after, done=None)
    elif after.done is None and "status" in values:
        after = replace(after, done=today)
    if after.status == "dropped" and not after.why and {"status", "why"} & set(typed):
        reader.wrong("why", "no-reason", "It is dropped, and nobody can read why.", "Say why.")
    return Given(after, tuple(reader.problems))


def one_line(text: str) -> str:
    """A text as a plan keeps it: cleaned, on one line."""
    return " ".join(clean(text, len(text)).split())


def listed(text: str) -> list[str]:
    """The names in a field that holds several."""
    return [name for part in re.split("[,;]", text) if (name := part.strip())]


def written(planned: Planned, name: str) -> str:
    """A field as it is typed: `given` makes the same of it again."""
    value = getattr(planned, name)
    match value:
        case None:
            return ""
        case datetime.date():
            return value.isoformat()
        case tuple():
            return ", ".join(value)
        case _:
            return "" if name in ("effort", "effect") and value == AMOUNTS[0] else str(value)


def shown(planned: Planned, name: str, known: Known) -> str:
    """A field as people read it; "nothing" where there is nothing."""
    value = getattr(planned, name)
    match name, value:
        case _, None | "" | ():
            return "nothing"
        case _, datetime.date():
            return day_words(value)
        case "node", _:
            return f"“{known.nodes.get(value, value)}”"
        case "groups", _:
            return ", ".join(known.groups.get(id, id) for id in value)
        case "skills", _:
            return ", ".join(known.skills.get(id, id) for id in value)
        case (("text" | "why" | "owner"), _):
            return f"“{value}”"
        case _:
            return str(value)


_WRONG = object()


class _Reader:
    """Reads fields, keeping all problems on the way."""

    def __init__(self, known: Known, today: datetime.date) -> None:
        self.known = known
        self.today = today
        self.problems: list[Problem] = []
        self._read: dict[str, Callable[[str, str], object]] = {
            "text": self._text,
            "owner": lambda _, text: text,
            "why": lambda _, text: text,
            "due": self._day,
            "done": self._past_day,
            "status": lambda name, text: self._word(name, text, STATUSES) if text else _WRONG,
            "effort": lambda name, text: self._word(name, text or AMOUNTS[0], AMOUNTS),
            "effect": lambda name, text: self._word(name, text or AMOUNTS[0], AMOUNTS),
            "node": lambda name, text: self._one(name, text, self.known.nodes, "benchmark") if text else "",
            "groups": lambda name, text: self._several(name, text, self.known.groups, "group"),
            "skills": lambda name, text: self._several(name, text, self.known.skills, "skill"),
        }

    def read(self, name: str, text: str) -> object:
        """The value of a field; _WRONG where there is none in the text."""
        text, room = one_line(text), LONGEST.get(name, LONGEST_FIELD)
        if len(text) > room:
            message = f"“{text[:30]}…” has {len(text):,} characters."
            return self.wrong(name, "too-long", message, f"There is room for {room:,}.")
        return self._read[name](name, text)

    def wrong(self, name: str, code: str, message: str, hint: str = "") -> object:
        self.problems.append(Problem(code=code, place=NAMES[name], message=message, hint=hint))
        return _WRONG

    def _text(self, name: str, text: str) -> object:
        return text or self.wrong(name, "no-text", "It does not say what to do.")

    def _day(self, name: str, text: str) -> object:
        if not text:
            return None
        found = read_day(text)
        return self.wrong(name, found.code, found.message, found.hint) if isinstance(found, Problem) else found

    def _past_day(self, name: str, text: str) -> object:
        found = self._day(name, text)
        if isinstance(found, datetime.date) and found > self.today:
            return self.wrong(name, "not-yet", f"{day_words(found)} is still to come, so it cannot be done by then.")
        return found

    def _word(self, name: str, text: str, words: tuple[Word, ...]) -> object:
        wanted = re.sub("[-_ ]", "", text.lower())
        for word in words:
            if wanted == word.replace(" ", ""):
                return word
        said = text[:LONGEST_QUOTED]
        message = f"There is no status “{said}”." if name == "status" else f"“{said}” is no amount of {name}."
        return self.wrong(name, f"unknown-{name}", message, near(text, words) or f"Write {_or(words)}.")

    def _one(self, name: str, text: str, titles: Mapping[str, str], what: str) -> object:
        by_title = {title.casefold(): id for id, title in titles.items()}
        found = text if text in titles else by_title.get(text.casefold())
        if found is None:
            hint = near(text, titles) or _there_are(titles, what)
            return self.wrong(name, f"unknown-{what}", f"There is no {what} “{text[:LONGEST_QUOTED]}”.", hint)
        return found

    def _several(self, name: str, text: str, titles: Mapping[str, str], what: str) -> object:
        whole = next((id for id, title in titles.items() if title.casefold() == text.casefold()), None)
        found = [whole] if whole else [self._one(name, one, titles, what) for one in listed(text)]
        return _WRONG if _WRONG in found else tuple(dict.fromkeys(found))


def _there_are(titles: Mapping[str, str], what: str) -> str:
    some = list(titles)
    if not some:
        return f"No questionnaire of this project has a {what}."
    return f"There is: {', '.join(some[:8])}{' …' if len(some) > 8 else ''}."


def _or(words: Iterable[str]) -> str:
    *rest, last = words
    return f"{', '.join(rest)} or {last}"
