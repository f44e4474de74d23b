"""What each way with small groups would mean for the numbers invited, in sentences: made from the same rule that
decides at close."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from selfassess.cli.round_place import listed
from selfassess.cli.round_rules import CHOICES
from selfassess.model.round import (
    EVERYBODY,
    FLOOR,
    Round,
    Rules,
    SmallGroups,
    Standing,
    Thresholds,
    asked_for_consent,
    decided,
)

RECOMMENDED: SmallGroups = "consent"
DEFAULT: SmallGroups = "leave_out"


@dataclass(frozen=True, slots=True)
class Choice:
    """A way with small groups."""

    way: SmallGroups
    sentences: tuple[str, ...]


def numbers(invited: Mapping[str, int], thresholds: Thresholds, titles: Mapping[str, str]) -> tuple[str, ...]:
    """The numbers invited, and from how many answers on something is shown."""
    each = ", ".join(f"{name_of(group, titles)} {number}" for group, number in invited.items())
    together = f" ({sum(invited.values())} in all)" if len(invited) > 1 else ""
    scores = f"A group's scores are shown if {thresholds.min_group} or more of it hand in"
    return (
        f"Invited: {each}{together}.",
        f"{scores}; single questions and comments from {thresholds.min_detail} answers on.",
    )


def choices(invited: Mapping[str, int], thresholds: Thresholds, titles: Mapping[str, str]) -> tuple[Choice, ...]:
    """The three ways, in the order of CHOICES, each with what it means and hides for these numbers."""
    return tuple(Choice(way, _sentences(way, invited, thresholds, titles)) for way in CHOICES)


def _sentences(
    way: SmallGroups, invited: Mapping[str, int], thresholds: Thresholds, titles: Mapping[str, str]
) -> tuple[str, ...]:
    rules = Rules(thresholds=thresholds, small_groups=way)
    rules = replace(rules, asks_consent=asked_for_consent(invited, rules))
    meaning = {"consent": _consent, "leave_out": _leave_out, "pool": _pool}[way](invited, rules, titles)
    half = {group: (number + 1) // 2 for group, number in invited.items()}
    return (
        *meaning,
        f"If everybody hands in: {_outcome(rules, invited, invited, titles)}",
        f"If half of each group hand in: {_outcome(rules, invited, half, titles)}",
    )


def _consent(invited: Mapping[str, int], rules: Rules, titles: Mapping[str, str]) -> Iterator[str]:
    least = rules.thresholds.min_group
    if not rules.asks_consent:
        yield f"Every group has {2 * least} or more people, so nobody needs to be asked."
        yield f"A group in which fewer than {least} hand in is left out."
        return
    asked = listed([f"{name_of(group, titles)} ({invited[group]})" for group in rules.asks_consent])
    yield f"Asked before they answer: {asked}."
    yield f"Each person says whether their group may be shown by itself although fewer than {least} of it hand in."
    yield f"It is shown from {FLOOR} on, if all who hand in agree; one “no”, and it is left out."
    if never := [name_of(group, titles) for group in rules.asks_consent if invited[group] < FLOOR]:
        yield f"With fewer than {FLOOR} people this is never shown: {listed(never)}."


def _leave_out(invited: Mapping[str, int], rules: Rules, titles: Mapping[str, str]) -> Iterator[str]:
    least = rules.thresholds.min_group
    yield f"A group in which fewer than {least} hand in is in no figure, not even in those of all together."
    yield "Its comments stay, without saying whose they are."
    if never := [f"{name_of(group, titles)} ({number})" for group, number in invited.items() if number < least]:
        yield f"With these numbers that is certain for {listed(never)}."


def _pool(invited: Mapping[str, int], rules: Rules, _: Mapping[str, str]) -> Iterator[str]:
    least = rules.thresholds.min_group
    if len(invited) == 1:
        yield f"There is one group, and nothing to join it with: if fewer than {least} hand in, it is left out."
        return
    yield f"Groups in which fewer than {least} hand in are shown together as one."
    yield "If they are still too few, the next larger group goes with them, and is not shown by itself either."


def _outcome(rules: Rules, invited: Mapping[str, int], handed_in: Mapping[str, int], titles: Mapping[str, str]) -> str:
    round = Round(id="", key="", title="", questionnaire="", invited=invited, rules=rules)
    standing = decided(round, handed_in, {})
    told: list[str] = []

    def who(wanted: Standing) -> list[str]:
        return [name_of(group, titles) for group, what in standing.items() if what == wanted]

    if shown := who("shown"):
        told.append(f"{listed(shown)}{', each by itself' if len(shown) > 1 else ''}")
    if agreed := who("consent"):
        told.append(f"{listed(agreed)} if all of them agree")
    if pooled := who("pooled"):
        told.append(f"{listed(pooled)} as one group")
    left_out = who("left_out")
    words = f"shown: {'; '.join(told)}." if told else "nothing is shown."
    if told and left_out:
        words += f" Left out: {listed(left_out)}."
    in_figures = sum(handed_in[group] for group, what in standing.items() if what != "left_out")
    if told and in_figures < rules.thresholds.min_detail:
        words += f" No single questions, since that is fewer than {rules.thresholds.min_detail} people."
    return words


def name_of(group: str, titles: Mapping[str, str]) -> str:
    """What a group is called; those without groups are "Everybody"."""
    return "Everybody" if group == EVERYBODY else titles.get(group, group)
