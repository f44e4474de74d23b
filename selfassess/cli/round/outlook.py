"""What each way with small groups would show and hide, for the numbers invited: made by the same rules that decide at
close and in the report."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from selfassess.cli.round.rules import CHOICES
from selfassess.model.results import POOL
from selfassess.model.round import EVERYBODY, FLOOR, Rules, SmallGroups, Thresholds, asked_for_consent
from selfassess.text import listed

if TYPE_CHECKING:
    from selfassess.disclosure.outlook import Outlook
    from selfassess.model.questionnaire import Questionnaire
    from selfassess.model.sheet import Form

DEFAULT: SmallGroups = "leave_out"
"""What holds where nobody can be asked."""
WHY = "recommended: it shows most"
LEGEND = "About how many scores (of {}) / single questions (of {}) each would show:"
COST = "; then most single questions of {} are not shown"
"""Where a small group that agrees would be shown instead of what others said to single questions."""
FIRST, REST = 27, 17
"""Columns of the table: for the names of groups, and for each choice."""


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


def numbers(invited: Mapping[str, int], thresholds: Thresholds, titles: Mapping[str, str]) -> tuple[str, ...]:
    """The numbers invited, and from how many answers on something is shown."""
    each = ", ".join(f"{name_of(group, titles)} {number}" for group, number in invited.items())
    together = f" ({sum(invited.values())} in all)" if len(invited) > 1 else ""
    return (
        f"Invited: {each}{together}.",
        f"We show a group's scores once {thresholds.min_group} of its people have answered;",
        f"single questions and comments once {thresholds.min_detail} have.",
    )


def choices(
    invited: Mapping[str, int],
    thresholds: Thresholds,
    questionnaire: "Questionnaire",
    form: "Form",
    titles: Mapping[str, str],
) -> tuple[Choice, ...]:
    """The three ways, in the order of CHOICES."""
    from selfassess.disclosure.outlook import half, outlook

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


def _meaning(invited: Mapping[str, int], rules: Rules, titles: Mapping[str, str]) -> str:
    if rules.small_groups == "leave_out":
        return "in no figure at all; comments stay"
    if rules.small_groups == "pool":
        return "shown as one with other groups" if len(invited) > 1 else "there is nothing to join it with"
    if not rules.asks_consent:
        return "nobody has to be asked here"
    asked = listed([name_of(group, titles) for group in rules.asks_consent])
    return f"{asked} are asked; shown from {FLOOR} on if all agree"


def table(some: Sequence[Choice], invited: Mapping[str, int], titles: Mapping[str, str]) -> Iterator[str]:
    """What each choice would show, group by group, if all hand in and if half do: one column a choice."""
    from selfassess.disclosure.outlook import half

    whole = [shown for one in some for case in one.cases for shown in case.cells]
    most = max((shown.of_scores for shown in whole), default=0), max((shown.of_items for shown in whole), default=0)
    yield LEGEND.format(*most)
    yield _row("", [f"{place} {one.way}" for place, one in enumerate(some, 1)])
    for at, (words, sizes) in enumerate((("If all hand in", invited), ("If half do", half(invited)))):
        yield from _case(words, [one.cases[at] for one in some], sizes, titles)


def _case(words: str, cases: Sequence["Outlook"], sizes: Mapping[str, int], titles: Mapping[str, str]) -> Iterator[str]:
    from selfassess.disclosure.cells import ALL

    pairs = [len(one.compared) for one in cases]
    alike = len(set(pairs)) == 1
    yield f"{words} ({_compared(pairs[0])})" if alike and len(sizes) > 1 else words
    if EVERYBODY not in sizes:
        yield _row("  All together", [_in_cell(one, ALL) for one in cases])
    for group, size in sizes.items():
        yield _row(f"  {name_of(group, titles)} ({size})", [_of_group(one, group) for one in cases])
    if any("pooled" in one.standing.values() for one in cases):
        yield _row("  Joined groups, as one", [_in_cell(one, POOL) for one in cases])
    if not alike:
        yield _row("  Compared", [_compared(number) for number in pairs])


def _compared(pairs: int) -> str:
    return "none compared" if not pairs else "2 groups compared" if pairs == 1 else f"{pairs} pairs compared"


def _row(name: str, cells: Sequence[str]) -> str:
    name = name if len(name) < FIRST else f"{name[: FIRST - 2]}…"
    return (f"{name:<{FIRST}}" + "".join(f"{cell:<{REST}}" for cell in cells)).rstrip()


def _of_group(case: "Outlook", group: str) -> str:
    match case.standing[group]:
        case "left_out":
            return "left out"
        case "pooled":
            return "joined"
        case _:
            return _in_cell(case, group or "all")


def _in_cell(case: "Outlook", cell: str) -> str:
    """How much is shown of a cell: "21 / 44"."""
    found = case.cell(cell)
    return "–" if found is None else f"{found.scores} / {found.items}"


def name_of(group: str, titles: Mapping[str, str]) -> str:
    """What a group is called; those without groups are "Everybody"."""
    return "Everybody" if group == EVERYBODY else titles.get(group, group)
