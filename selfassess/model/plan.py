"""The plan: what was decided to do, by whom and until when. It lives longer than a round.

A plan is a tuple of actions in their order. Functions here go from one plan to another; `storage.plans` keeps it.
"""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

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
    groups: tuple[str, ...] = ()
    """The ids of the groups that it is for. Empty: everybody."""
    owner: str = ""
    """Who sees to it: a role, or a name that whoever runs the round has typed."""
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
        return f"{self.round}: {self.action}" if self.round else OURS


Plan = tuple[Planned, ...]

_LONGEST_ID = 10
"""Characters of the id of an action."""


def is_overdue(planned: Planned, today: datetime.date) -> bool:
    """Whether it should have been done before today, and is not."""
    return planned.is_open and planned.due is not None and planned.due < today


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


def settled_by(plan: Iterable[Planned], round: str, action: str) -> Planned | None:
    """The action of the plan that makes a suggestion of a round's report needless: it was taken from that report or
    from another one, and is planned, under way or done. What was dropped settles a suggestion of its own round alone:
    after another round it may be worth a second thought. None where there is no such action."""
    found = [one for one in taken_as(plan, action) if one.status != "dropped" or one.round == round]
    return min(found, key=_kind, default=None)


def dropped_before(plan: Iterable[Planned], round: str, action: str) -> Planned | None:
    """The action of the plan that was taken from the report of another round and dropped, as the same suggestion comes
    again. None where there is no such action."""
    dropped = [one for one in taken_as(plan, action) if one.status == "dropped" and one.round != round]
    return max(dropped, key=lambda one: number_of(one.id), default=None)


def taken_as(plan: Iterable[Planned], action: str) -> Iterator[Planned]:
    """The actions that were taken from a report's suggestion, by the id of that suggestion."""
    yield from (one for one in plan if one.round and one.action == action)
