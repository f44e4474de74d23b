"""What each way with small groups would show and hide, as a table to choose from."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from selfassess.model.questionnaire import GroupKey
from selfassess.model.results import POOL
from selfassess.model.round import EVERYBODY
from selfassess.services.small_groups import Choice, name_of

if TYPE_CHECKING:
    from selfassess.disclosure.outlook import Outlook

LEGEND = "About how many scores (of {}) / single questions (of {}) each would show:"
FIRST, REST = 27, 17
"""Columns of the table: for the names of groups, and for each choice."""


def table(some: Sequence[Choice], invited: Mapping[GroupKey, int], titles: Mapping[str, str]) -> Iterator[str]:
    """What each choice would show, group by group, if all hand in and if half do: one column a choice."""
    from selfassess.disclosure.outlook import half

    whole = [shown for one in some for case in one.cases for shown in case.cells]
    most = max((shown.of_scores for shown in whole), default=0), max((shown.of_items for shown in whole), default=0)
    yield LEGEND.format(*most)
    yield _row("", [f"{place} {one.way}" for place, one in enumerate(some, 1)])
    for at, (words, sizes) in enumerate((("If all hand in", invited), ("If half do", half(invited)))):
        yield from _case(words, [one.cases[at] for one in some], sizes, titles)


def _case(
    words: str, cases: Sequence["Outlook"], sizes: Mapping[GroupKey, int], titles: Mapping[str, str]
) -> Iterator[str]:
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


def _of_group(case: "Outlook", group: GroupKey) -> str:
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
