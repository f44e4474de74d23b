"""The plan: what was decided to do, who is responsible and by when. It outlives rounds.

A plan is a tuple of actions in their order. Functions here go from one plan to another, or read a field as people type
it; `project.plans` stores plans.
"""

import datetime
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar, get_args

from selfassess.dates import day_words, read_day
from selfassess.errors import Problem
from selfassess.model.questionnaire import GroupKey
from selfassess.text import clean, did_you_mean, listed, there_are

Status = Literal["proposed", "agreed", "under way", "done", "dropped"]
Amount = Literal["not said", "low", "medium", "high"]
"""How much effort an action takes, or how much effect is expected of it."""

STATUSES: tuple[Status, ...] = get_args(Status)
AMOUNTS: tuple[Amount, ...] = get_args(Amount)
OURS = "ours"
"""The source of an action that no report suggested."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One action of the plan."""

    id: str = ""
    """Short, stable and never used again: "a1". Nothing until the project has given it one."""
    place: int = 0
    """Where it stands in the order, from 1. 0 until it is in the plan."""
    text: str
    """What is to be done, on one line."""
    node: str = ""
    """The id of the benchmark, skill or strand that it should move; nothing where there is none."""
    groups: tuple[GroupKey, ...] = ()
    """The ids of the groups that it is for. Empty: everybody."""
    owner: str = ""
    """Who is responsible: a role, or a name that the person who runs the round has typed."""
    due: datetime.date | None = None
    status: Status = "proposed"
    why: str = ""
    """Why it was dropped; else a note."""
    effort: Amount = "not said"
    effect: Amount = "not said"
    skills: tuple[str, ...] = ()
    """The ids of the skills that it needs."""
    round: str = ""
    """The id of the round whose report suggested it; nothing for one of our own."""
    action: str = ""
    """The id of that suggestion in the round's questionnaire."""
    done: datetime.date | None = None
    """The day on which it was done; None unless its status says that it is."""

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do."""
        return self.status not in ("done", "dropped")

    @property
    def source(self) -> str:
        """Where it comes from: "autumn_2026: vision_roles", or "ours"."""
        return suggestion_source(self.round, self.action) if self.round else OURS


def suggestion_source(round: str, action: str) -> str:
    """What a suggestion of a round's report is called in tables, by the ids of both: "autumn_2026: vision_roles"."""
    return f"{round}: {action}"


def suggestion_ids(source: str) -> tuple[str, str]:
    """The ids of the round and of the action in what `suggestion_source` wrote; nothing for what is not there."""
    round, _, action = source.partition(":")
    return round.strip(), action.strip()


Plan = tuple[Planned, ...]

_LONGEST_ID = 10
"""Characters of the id of an action."""


def is_overdue(planned: Planned, today: datetime.date) -> bool:
    """Whether it should have been done before today, and is not."""
    return planned.is_open and planned.due is not None and planned.due < today


def needing_skills(plan: Iterable[Planned]) -> Plan:
    """What is still to be done and needs a skill, in the order of the plan."""
    return tuple(one for one in plan if one.is_open and one.skills)


def is_early_win(planned: Planned) -> bool:
    """Whether it is worth beginning with: little effort, an effect that is not little, and still to be done."""
    return planned.is_open and planned.effort == "low" and planned.effect in ("medium", "high")


def ordered(plan: Iterable[Planned]) -> Plan:
    """The plan in its order, each action at its place: what is to be done first, then what is done, then what was
    dropped. What has no place yet comes last of its kind."""
    by_place = sorted(plan, key=lambda one: (_kind(one), one.place or float("inf")))
    return tuple(_at(one, place) for place, one in enumerate(by_place, 1))


def _at(planned: Planned, place: int) -> Planned:
    return planned if planned.place == place else replace(planned, place=place)


def _kind(planned: Planned) -> int:
    return 0 if planned.is_open else STATUSES.index(planned.status)


def moved(plan: Iterable[Planned], id: str, place: int) -> Plan:
    """The plan with one action at another place, or as near to it as its kind allows: what is done stays below what is
    to be done. KeyError for an id that is not in it."""
    return all_moved(plan, [(id, place)])


def all_moved(plan: Iterable[Planned], places: Iterable[tuple[str, int]]) -> Plan:
    """The plan with several actions at other places, one after the other, each as in `moved`."""
    order = list(ordered(plan))
    for id, place in places:
        one = order.pop(index_of(order, id))
        order.insert(max(place, 1) - 1, one)
        order.sort(key=_kind)
    return tuple(_at(one, place) for place, one in enumerate(order, 1))


def added(plan: Iterable[Planned], new: Iterable[Planned]) -> Plan:
    """The plan with new actions below the others."""
    return ordered((*ordered(plan), *(replace(one, place=0) for one in new)))


def changed(plan: Iterable[Planned], planned: Planned) -> Plan:
    """The plan with one action as it is now. What was reopened, done or dropped goes to the end of its kind. KeyError
    for an id that is not in it."""
    before = ordered(plan)
    at = index_of(before, planned.id)
    same_kind = _kind(planned) == _kind(before[at])
    now = replace(planned, place=before[at].place if same_kind else 0)
    return ordered((*before[:at], now, *before[at + 1 :]))


def without(plan: Iterable[Planned], id: str) -> Plan:
    """The plan without one action. KeyError for an id that is not in it."""
    before = ordered(plan)
    at = index_of(before, id)
    return ordered((*before[:at], *before[at + 1 :]))


def index_of(plan: Sequence[Planned], id: str) -> int:
    """Where an action stands in a plan, from 0. KeyError for an id that is not in it."""
    for at, one in enumerate(plan):
        if one.id == id:
            return at
    raise KeyError(id)


def number_of(id: str) -> int:
    """The number in an id: 12 of "a12"; 0 for what is none."""
    figures = id[1:] if len(id) <= _LONGEST_ID else ""
    return int(figures) if id[:1] == "a" and figures.isascii() and figures.isdigit() else 0


def action_covering(plan: Iterable[Planned], round: str, action: str) -> Planned | None:
    """The action of the plan that makes a suggestion of a round's report needless: it was taken from that report or
    from another one, and is planned, under way or done. What was dropped settles a suggestion of its own round alone:
    after another round it may be worth a second thought. None where there is no such action."""
    found = [one for one in actions_taken_from(plan, action) if one.status != "dropped" or one.round == round]
    return min(found, key=_kind, default=None)


def dropped_before(plan: Iterable[Planned], round: str, action: str) -> Planned | None:
    """The action of the plan that was taken from the report of another round and dropped, as the same suggestion comes
    again. None where there is no such action."""
    dropped = [one for one in actions_taken_from(plan, action) if one.status == "dropped" and one.round != round]
    return max(dropped, key=lambda one: number_of(one.id), default=None)


def actions_taken_from(plan: Iterable[Planned], action: str) -> Iterator[Planned]:
    """The actions that were taken from a report's suggestion, by the id of that suggestion."""
    yield from (one for one in plan if one.round and one.action == action)


LONGEST = {"text": 500, "owner": 100, "why": 500}
"""Characters of what is written in one's own words."""
LONGEST_QUOTED = 60
"""Characters of what was typed that an error repeats."""
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
class Edit:
    """An action as it is after what was typed, and everything wrong with that. What is wrong changes nothing."""

    planned: Planned
    problems: tuple[Problem, ...]


def edit(before: Planned, typed: Mapping[str, str], known: Known, today: datetime.date) -> Edit:
    """An action with some of its fields typed, by their names in `Planned`. An empty field takes away what there
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
        reader.wrong("why", "no-reason", "It is dropped, but no reason is given.", "Say why.")
    return Edit(after, tuple(reader.problems))


def one_line(text: str) -> str:
    """A text as a plan keeps it: cleaned, on one line."""
    return " ".join(clean(text, len(text)).split())


def names_in(text: str) -> list[str]:
    """The names in a field that holds several."""
    return [name for part in re.split("[,;]", text) if (name := part.strip())]


def field_text(planned: Planned, name: str) -> str:
    """A field as it is typed: `edit` makes the same of it again."""
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


def field_value(planned: Planned, name: str, known: Known) -> str:
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


def field_change(known: Known, before: Planned, after: Planned, name: str) -> str:
    """What became of a field; nothing where it is as it was."""
    was, now = (field_value(one, name, known) for one in (before, after))
    return "" if getattr(before, name) == getattr(after, name) else f"{NAMES[name]}: was {was}, now {now}"


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
            return self.wrong(name, "not-yet", f"{day_words(found)} is in the future, so it cannot be done yet.")
        return found

    def _word(self, name: str, text: str, words: tuple[Word, ...]) -> object:
        wanted = re.sub("[-_ ]", "", text.lower())
        for word in words:
            if wanted == word.replace(" ", ""):
                return word
        said = text[:LONGEST_QUOTED]
        message = f"There is no status “{said}”." if name == "status" else f"“{said}” is not an amount of {name}."
        return self.wrong(
            name, f"unknown-{name}", message, did_you_mean(text, words) or f"Write {listed(words, 'or')}."
        )

    def _one(self, name: str, text: str, titles: Mapping[str, str], what: str) -> object:
        by_title = {title.casefold(): id for id, title in titles.items()}
        found = text if text in titles else by_title.get(text.casefold())
        if found is None:
            hint = did_you_mean(text, titles) or _there_are(titles, what)
            return self.wrong(name, f"unknown-{what}", f"There is no {what} “{text[:LONGEST_QUOTED]}”.", hint)
        return found

    def _several(self, name: str, text: str, titles: Mapping[str, str], what: str) -> object:
        whole = next((id for id, title in titles.items() if title.casefold() == text.casefold()), None)
        found = [whole] if whole else [self._one(name, one, titles, what) for one in names_in(text)]
        return _WRONG if _WRONG in found else tuple(dict.fromkeys(found))


def _there_are(titles: Mapping[str, str], what: str) -> str:
    some = list(titles)
    if not some:
        return f"No questionnaire of this project has a {what}."
    return there_are(some, most=8)


PLAN_COLUMNS = ("place", "id", *NAMES.values(), "benchmark_title", "skills_there", "source")
"""The columns of a plan as CSV, or as a workbook. The last three are for reading alone."""
PLAN_SHEET = "Actions"
"""The sheet of a workbook that the plan is in."""
LOG_COLUMNS = {
    "Action": "action",
    "About": "benchmark",
    "For": "groups",
    "Begin with": "begin_with",
    "Owner": "owner",
    "Due": "due",
    "Status": "status",
    "Effort": "effort",
    "Note": "why",
    "In the plan as": "id",
    "Suggestion": "suggestion",
}
"""The columns of the same sheet in the workbook of a round's report, with what they are in a plan. "Begin with" is for
reading alone; the last one says which suggestion a row is, as in `Planned.source`."""


def plan_cell(known: Known, planned: Planned, column: str) -> str:
    """What stands in a column of the CSV that the plan alone fills."""
    match column:
        case "place" | "id" | "source":
            return str(getattr(planned, column))
        case "benchmark_title":
            return known.nodes.get(planned.node, "")
        case _:
            return field_text(planned, next(name for name, said in NAMES.items() if said == column))


ORDER: tuple[Status, ...] = ("done", "under way", "agreed", "proposed", "dropped")
