"""What several pages of a comparison are made of: from a report to blocks."""

from collections.abc import Iterator

from selfassess.documents.comparison import wording as words
from selfassess.documents.comparison.report import planned_on
from selfassess.model.comparison import Change as Told
from selfassess.model.comparison import NodeChange
from selfassess.model.reports import ComparisonReport
from selfassess.model.text import count
from selfassess.tui.comparison.blocks import AnyBlock, Change, Spot
from selfassess.tui.dashboard.pieces import say, section

__all__ = ["Blocks", "apart", "beside", "change_of", "say", "section"]

Blocks = Iterator[AnyBlock]


def change_of(report: ComparisonReport, node: NodeChange, title: str = "", opens: Spot | None = None) -> Change:
    """What is told of a node, in the view that speaks for it."""
    title = title or words.title_of(report, node.id)
    change = node.headline
    if change is None:
        why = f"not shown: {words.why_none(node)}"
        return Change(
            title=title, says="", then=None, now=None, told=why, moved=False, opens=opens, is_apart=bool(opens)
        )
    notes = [words.who(change), *(_notes(report, node.id) if opens else ())]
    return Change(
        title=title,
        says=words.said(node)[0],
        then=change.mean[0] / 100,
        now=change.mean[1] / 100,
        told=_told(report, node.id, change),
        moved=words.stands_out(node),
        about=" · ".join(notes),
        opens=opens,
        is_apart=bool(opens),
    )


def beside(report: ComparisonReport, id: str, change: Told, title: str) -> Change:
    """The view that does not speak for a change: its line and its numbers, and nothing is said of them."""
    return Change(
        title=title,
        says="",
        then=change.mean[0] / 100,
        now=change.mean[1] / 100,
        told=_told(report, id, change),
        moved=False,
        about=words.who(change),
        is_apart=True,
    )


def _told(report: ComparisonReport, id: str, change: Told) -> str:
    then, now, by = words.values(report, id, change)
    return f"{then} to {now} ({by})"


def _notes(report: ComparisonReport, id: str) -> list[str]:
    """What else there is to find, below it."""
    aside = len(report.comparison.comparability.node(id).aside)
    actions = len(planned_on(report, id))
    return [
        *([f"{count(aside, 'item')} left out"] if aside else []),
        *([f"{count(actions, 'action')} in the plan"] if actions else []),
    ]


def apart(report: ComparisonReport) -> Blocks:
    """Which groups have no comparison of their own, and why."""
    for group, why in report.comparison.apart.items():
        yield say(f"{report.title_of(group)} has no comparison of its own: {why}.", "quiet")
