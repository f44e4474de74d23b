"""Checks of conditions: what they name, and whether they can come out both true and false."""

from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import pairwise, product

from selfassess.definition.check_items import off_scale
from selfassess.definition.findings import MANY, Finding
from selfassess.definition.tables import walk
from selfassess.definition.toml_source import Keys
from selfassess.model.conditions import All, Compare, Condition, ConditionError, Either, Not, comparisons, holds, parse
from selfassess.model.questionnaire import GroupKey, Item, Questionnaire
from selfassess.model.sheet import Missing, Response
from selfassess.text import listed, nearest_or_all

MOST_WAYS = 2_000
"""Ways of answering in which a condition is tried."""
MOST_COMPARISONS = 100_000
"""Of an item with a number, in all the conditions of a file: this takes a second. Of what is beyond nothing is said."""


def check_conditions(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Conditions that cannot be read, name what is not there or comes later, or leave somebody out permanently."""
    items = {item.id: item for item in questionnaire.items}
    order = {item.id: position for position, item in enumerate(questionnaire.items)}
    for keys, item, text in _conditions(questionnaire):
        yield from _condition(questionnaire, items, order, keys, item, text)


def check_outcomes(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Conditions of a sound questionnaire that no answers make true, or that all answers do."""
    items = {item.id: item for item in questionnaire.items}
    left = MOST_COMPARISONS
    for keys, _, text in _conditions(questionnaire):
        condition = parse(text)
        deciding = _deciding(items, condition) if left > 0 else None
        if deciding is None:
            continue
        ways = _Ways(questionnaire, condition, deciding)
        if ways.number <= MOST_WAYS:
            left -= ways.number * ways.comparisons
            yield from _outcome(keys, condition, ways)


def _conditions(questionnaire: Questionnaire) -> Iterator[tuple[Keys, Item, str]]:
    for keys, item in walk(questionnaire):
        if isinstance(item, Item):
            for key, text in (("show_if", item.show_if), ("comment_if", item.comment_if)):
                if text is not None:
                    yield (*keys, key), item, text


def _condition(
    questionnaire: Questionnaire,
    items: Mapping[str, Item],
    order: Mapping[str, int],
    keys: Keys,
    item: Item,
    text: str,
) -> Iterator[Finding]:
    # A comment can be asked for because of the answer it stands beside; whether to ask is decided before.
    latest = order[item.id] - (keys[-1] == "show_if")
    try:
        condition = parse(text)
    except ConditionError as error:
        message = f"The condition cannot be read at character {error.column}: {error}."
        yield Finding("bad-condition", keys, message, f'Such as {keys[-1]} = "vision_say <= 2 and not (years < 1)".')
        return
    for compare in comparisons(condition):
        other = items.get(compare.item)
        if other is None:
            earlier = (id for id, position in order.items() if position <= latest)
            hint = nearest_or_all(compare.item, earlier, "earlier item", most=MANY)
            yield Finding("unknown-item", keys, f"There is no item “{compare.item}”.", hint)
        elif order[compare.item] > latest:
            yield _too_early(items, keys, item, other)
        else:
            yield from _comparison(questionnaire, keys, other, compare)
    if keys[-1] == "show_if":
        yield from _never_met(items, [group.id for group in questionnaire.groups], keys, item, condition)


def _too_early(items: Mapping[str, Item], keys: Keys, item: Item, other: Item) -> Finding:
    if circle := _way_back(items, other.id, item.id):
        words = "itself" if other is item else ", which depends on ".join(f"“{id}”" for id in circle)
        return Finding("condition-cycle", keys, f"The item depends on {words}.", "Take one of these conditions out.")
    message = f"“{other.id}” comes later, so it is not answered yet."
    return Finding("later-item", keys, message, "Use earlier items, or change their order.")


def _way_back(items: Mapping[str, Item], start: str, end: str) -> tuple[str, ...]:
    """The items from one to another, each of which depends on the next; empty where none leads there."""
    ways: dict[str, tuple[str, ...]] = {start: (start,)}
    to_see = [start]
    for one in to_see:
        if one == end:
            return ways[one]
        for named in _named_in(items[one]) if one in items else ():
            if named not in ways:
                ways[named] = (*ways[one], named)
                to_see.append(named)
    return ()


def _named_in(item: Item) -> list[str]:
    try:
        return [compare.item for compare in comparisons(parse(item.show_if))] if item.show_if else []
    except ConditionError:
        return []


def _comparison(questionnaire: Questionnaire, keys: Keys, other: Item, compare: Compare) -> Iterator[Finding]:
    if not other.answering.is_compared:
        hint = "Compare an item that is a choice or a number."
        message = f"“{other.id}” is answered {other.answering.answered}, so it cannot be compared."
        yield Finding("not-comparable", keys, message, hint)
        return
    if other.takes_several != (compare.sign == "has"):
        message = f"“{other.id}” has several answers, so it is not compared with “{compare.sign}”."
        sign = "has"
        if compare.sign == "has":
            message, sign = f"“{other.id}” has one answer, so it is not compared with “has”.", "=="
        yield Finding("not-comparable", keys, message, f"Such as {other.id} {sign} {compare.value:g}.")
        return
    scale = questionnaire.scales.get(other.scale or "")
    if scale and len(scale.points) > 1:
        exact = compare.sign in ("==", "!=", "has")
        if (exact and compare.value not in scale.values) or not scale.lowest <= compare.value <= scale.highest:
            yield off_scale(keys, compare.value, other.scale or "", scale)


def _never_met(
    items: Mapping[str, Item], groups: Sequence[GroupKey], keys: Keys, item: Item, condition: Condition
) -> Iterator[Finding]:
    """Groups, and the short form, in which too little is asked for a condition ever to be true."""
    named = [items[compare.item] for compare in comparisons(condition) if compare.item in items]
    some = item.groups or groups if any(other.groups for other in named) else ()  # else all are asked of everybody
    asked = {group: frozenset(other.id for other in named if other.asks(group)) for group in some}
    possible = {ids: _possible(condition, ids) for ids in {*asked.values()}}
    without = [group for group, ids in asked.items() if not possible[ids]]
    if without:
        message = f"“{item.id}” is never asked of {' or '.join(without)}: they are not asked what it depends on."
        hint = "Ask both of the same groups."
        yield Finding("condition-not-asked", keys, message, hint, severity="warning")
    if item.short and not _possible(condition, {other.id for other in named if other.short}):
        message = f"“{item.id}” is never asked in the short form: what it depends on is not in it."
        yield Finding("condition-not-asked", keys, message, "Make both short, or neither.", severity="warning")


def _possible(condition: Condition, asked: Set[str], truth: bool = True) -> bool:
    """Whether a condition can come out true (or false) where only some items are asked."""
    match condition:
        case Compare(item):
            return item in asked
        case Not(part):
            return _possible(part, asked, not truth)
        case All(parts) | Either(parts):
            each = [_possible(part, asked, truth) for part in parts]
            return all(each) if isinstance(condition, All) == truth else any(each)


def _deciding(items: Mapping[str, Item], condition: Condition) -> list[Item] | None:
    """Everything that a condition depends on, itself or through the conditions on which that is asked, in the order
    asked; None where there are too many ways to answer it all."""
    named = {compare.item for compare in comparisons(condition)}
    while 2 ** len(named) <= MOST_WAYS:
        deeper = {id for one in named for id in _named_in(items[one])} - named
        if not deeper:
            return [item for id, item in items.items() if id in named]
        named |= deeper
    return None


class _Ways:
    """The ways of answering everything that a condition depends on."""

    def __init__(self, questionnaire: Questionnaire, condition: Condition, items: list[Item]) -> None:
        self.items = items
        self.conditions = {item.id: parse(item.show_if) for item in self.items if item.show_if}
        every = [condition, *self.conditions.values()]
        self.comparisons = sum(len(list(comparisons(each))) for each in every)
        compared: dict[str, set[float]] = {item.id: set() for item in self.items}
        for each in every:
            for compare in comparisons(each):
                compared[compare.item].add(compare.value)
        self.answers = [_answers(questionnaire, item, compared[item.id]) for item in self.items]
        self.number = 1
        for answers in self.answers:
            self.number *= len(answers)

    def __iter__(self) -> Iterator[Mapping[str, Response]]:
        for answers in product(*self.answers):
            responses: dict[str, Response] = {}
            for item, answer in zip(self.items, answers, strict=True):
                is_asked = item.id not in self.conditions or holds(self.conditions[item.id], responses)
                responses[item.id] = answer if is_asked else Missing.NOT_ASKED
            yield responses


def _answers(questionnaire: Questionnaire, item: Item, compared: Set[float]) -> list[Response]:
    """Answers to an item, one of each sort that the values it is compared with tell apart; and none."""
    if not item.has_points:
        edges = sorted(compared)
        ends = [edges[0] - 1, edges[-1] + 1] if edges else []
        between = [(low + high) / 2 for low, high in pairwise(edges)]
        limits = [edge for edge in (item.min_, item.max_) if edge is not None]
        every = (*edges, *ends, *between, *limits)
        numbers = {value for value in every if item.answering.accepts(value)}
        return [Missing.SKIPPED, *sorted(numbers)]
    values = [value for value in questionnaire.scale_of(item).values if value not in item.not_applicable_values]
    if not item.takes_several:
        return [Missing.SKIPPED, *values]
    chosen: list[tuple[float, ...]] = [()]
    others = [value for value in values if value not in compared][:1]
    for value in [*(value for value in values if value in compared), *others]:
        if len(chosen) > MOST_WAYS:
            break  # it is too much to try anyway
        chosen += [(*one, value) for one in chosen]
    return [Missing.SKIPPED, *chosen[1:]]


def _outcome(keys: Keys, condition: Condition, ways: _Ways) -> Iterator[Finding]:
    named = list(dict.fromkeys(compare.item for compare in comparisons(condition)))
    can_hold, can_fail = False, False
    for responses in ways:
        is_true = holds(condition, responses)
        can_hold |= is_true
        can_fail |= not is_true and not any(isinstance(responses[id], Missing) for id in named)
        if can_hold and can_fail:
            return
    is_asking = keys[-1] == "show_if"
    if not can_hold:
        what = "the item is never asked" if is_asking else "no comment is ever asked for"
        message = f"No answer makes this condition true: {what}."
        yield Finding("condition-never", keys, message, "Change it, or take it out.", "warning")
    else:
        told = listed(f"“{id}”" for id in named)
        message = f"Every answer to {told} makes this condition true."
        hint = f'Take it out; or write allow = ["condition-always"] if it should leave out those who skip {told}.'
        yield Finding("condition-always", keys, message, hint, "warning")
