"""The ways with small groups, what each would show and hide for the numbers invited, and which shows most: by the same
rules that decide at close and in the report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from selfassess.model.questionnaire import GroupKey, Questionnaire
from selfassess.model.round import EVERYBODY, FLOOR, Rules, SmallGroups, Thresholds, asked_for_consent
from selfassess.model.sheet import Form
from selfassess.text import listed

if TYPE_CHECKING:
    from selfassess.disclosure.outlook import Outlook

CHOICES: tuple[SmallGroups, ...] = ("consent", "leave_out", "pool")
DEFAULT: SmallGroups = "leave_out"
"""What holds where nobody can be asked."""
WHY = "recommended: it shows the most"
QUESTION = "What should happen if fewer hand in? People read this before they answer."
COST = "; then most single questions of {} are not shown"
"""Where a small group that agrees would be shown instead of what others said to single questions."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A way with small groups."""

    way: SmallGroups
    meaning: str
    cases: tuple["Outlook", "Outlook"]
    """What is shown if all hand in, and if half do."""

    @property
    def figures(self) -> int:
        """How much it shows, both cases together."""
        return sum(case.figures for case in self.cases)


def numbers(invited: Mapping[GroupKey, int], thresholds: Thresholds, titles: Mapping[str, str]) -> tuple[str, ...]:
    """The numbers invited, and from how many answers on something is shown."""
    each = ", ".join(f"{name_of(group, titles)} {number}" for group, number in invited.items())
    together = f" ({sum(invited.values())} in all)" if len(invited) > 1 else ""
    return (f"Invited: {each}{together}.", *from_how_many(thresholds))


def from_how_many(thresholds: Thresholds) -> tuple[str, str]:
    """From how many answers on something is shown."""
    return (
        f"We show a group's scores once {thresholds.min_group} of its people have answered;",
        f"single questions and comments once {thresholds.min_detail} have.",
    )


def choices(
    invited: Mapping[GroupKey, int],
    thresholds: Thresholds,
    questionnaire: Questionnaire,
    form: Form,
    titles: Mapping[str, str],
) -> tuple[Choice, ...]:
    """The three ways, in the order of CHOICES."""
    from selfassess.disclosure.outlook import half, outlook  # it loads numpy

    found = []
    for way in CHOICES:
        rules = Rules(thresholds=thresholds, small_groups=way)
        rules = replace(rules, asks_consent=asked_for_consent(invited, rules))
        whole = outlook(questionnaire, form, rules, invited)
        cases = whole, outlook(questionnaire, form, rules, half(invited), times=1)
        found.append(Choice(way, _meaning(invited, rules, titles), cases))
    return tuple(replace(one, meaning=one.meaning + _cost(one, found, titles)) for one in found)


def _cost(one: Choice, others: Sequence[Choice], titles: Mapping[str, str]) -> str:
    """Which groups a choice leaves with less than half of the single questions that another shows of them."""
    if one.way != "consent":
        return ""
    most = {
        cell.cell: max((found.items for other in others if (found := other.cases[0].cell(cell.cell))), default=0)
        for cell in one.cases[0].cells
    }
    lost = [name_of(cell.cell, titles) for cell in one.cases[0].cells if 2 * cell.items < most[cell.cell]]
    return COST.format(listed(lost)) if lost else ""


def recommended(some: Sequence[Choice]) -> SmallGroups:
    """What shows most; of those that show the same, what asks least of people."""
    simple: tuple[SmallGroups, ...] = ("leave_out", "consent", "pool")
    return max(some, key=lambda one: (one.figures, -simple.index(one.way))).way


def _meaning(invited: Mapping[GroupKey, int], rules: Rules, titles: Mapping[str, str]) -> str:
    if rules.small_groups == "leave_out":
        return "in no figure at all; comments stay"
    if rules.small_groups == "pool":
        return "shown as one with other groups" if len(invited) > 1 else "there is nothing to join it with"
    if not rules.asks_consent:
        return "nobody has to be asked here"
    asked = listed([name_of(group, titles) for group in rules.asks_consent])
    return f"{asked} are asked; shown with {FLOOR} or more if all agree"


def name_of(group: str, titles: Mapping[str, str]) -> str:
    """What a group is called; those without groups are "Everybody"."""
    return "Everybody" if group == EVERYBODY else titles.get(group, group)
