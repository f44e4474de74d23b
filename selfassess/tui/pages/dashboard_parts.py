"""Blocks that several pages of the dashboard have in common."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from itertools import groupby

from selfassess.disclosure.cells import ALL
from selfassess.documents import follow_up, targets
from selfassess.documents.blocks import tone_of
from selfassess.documents.round import finding_wording
from selfassess.documents.round import wording as round_wording
from selfassess.documents.round.scores import drawn, share_of
from selfassess.model.attainment import falls_short
from selfassess.model.plan import Planned
from selfassess.model.questionnaire import Benchmark, Item, Strand
from selfassess.model.reports import RoundReport
from selfassess.model.results import Cell, Difference, Figure, Split, Suggestion
from selfassess.model.round import EVERYBODY
from selfassess.model.score_tree import Node
from selfassess.text import capital
from selfassess.tui.pages import dashboard_words as words
from selfassess.tui.pages.blocks import Answers, Blocks, Look, Part, Score, Spot, Words


def say(text: str, look: Look = "plain", *, apart: bool = False, indent: int = 0, mark: str = "") -> Words:
    """A paragraph."""
    return Words(text=text, look=look, is_apart=apart, indent=indent, mark=mark)


def section(title: str) -> Words:
    """The heading of what comes below."""
    return say(title, "section", apart=True)


def spot_of(node: Strand | Benchmark) -> Spot:
    """The place of the page of a node."""
    return Spot("strand" if isinstance(node, Strand) else "benchmark", node.id)


def score_of(
    report: RoundReport, node: Node, figure: Figure, title: str, *, opens: Spot | None = None, note: str = ""
) -> Score:
    """A score with its bar."""
    return Score(
        title=title,
        score=targets.score(figure, node),
        share=drawn(report, node, figure),
        target=share_of(report, node, figure.target),
        falls_short=falls_short(report.questionnaire, node, figure),
        band=figure.band or "",
        note=note,
        about=words.about_score(report, node, figure),
        opens=opens,
        is_apart=opens is not None,
    )


def answers_of(report: RoundReport, item: Item, figure: Figure, title: str, opens: Spot | None = None) -> Answers:
    """The distribution of the answers to an item, or why it is not shown."""
    if figure.counts is None:
        why = round_wording.why_suppressed(figure, "counts") or "nobody was asked"
        return Answers(title=title, parts=(), words=f"Not shown: {why}.", opens=opens, is_apart=True)
    found = words.counts(report, item, figure)
    said = ", ".join(f"{label}: {count}" for count, label in found)
    return Answers(
        title=title,
        parts=tuple(Part(count, label, tone_of(place, len(found))) for place, (count, label) in enumerate(found)),
        words=said if figure.n else "Nobody answered.",
        could_not=words.could_not_say(figure),
        opens=opens,
        is_apart=True,
    )


def title_of_item(report: RoundReport, item: Item) -> str:
    """The text of an item, as the group reads it that the report is narrowed to."""
    return finding_wording.item_words(report, item)


def by_group(report: RoundReport, node: Strand | Benchmark) -> Blocks:
    """The scores of all groups that are shown; if the report is narrowed to one, that of everybody."""
    if report.group is not None:
        yield _beside(report, node, report.said.all, len(report.title_of(ALL)))
        return
    titles = [report.title_of(cell.id) for cell in report.groups]
    for cell in report.groups:
        yield _beside(report, node, cell, max(map(len, titles)))
    for said in words.not_alone(report):
        yield say(said, "quiet")


def _beside(report: RoundReport, node: Strand | Benchmark, cell: Cell, width: int) -> Score:
    figure = cell.figure(node.id)
    found = score_of(report, node, figure, report.title_of(cell.id))
    wide = round_wording.VIEWS["wide"] if figure.spread == "wide" else ""
    about = round_wording.of_how_many(figure) if figure.mean is not None else found.about
    return replace(found, shape="row", title_width=width, note=wide, about=about)


def seen_differently(report: RoundReport, node: Strand | Benchmark) -> Blocks:
    """Two camps, and differences between groups, each with what to ask."""
    splits = [one for one in report.splits if one.node.id == node.id]
    found = [one for one in report.differences if one.id == node.id]
    if not splits and not found:
        return
    yield section("Where people see it differently")
    for one in splits:
        yield from split_of(report, one)
    for difference in found:
        yield from difference_of(report, difference)


def split_of(report: RoundReport, one: Split, opens: Spot | None = None) -> Blocks:
    """Two camps on an item."""
    yield Words(text=finding_wording.split(report, one), look="strong", opens=opens, is_apart=bool(opens))
    yield say(words.camps(report, one), indent=4 if opens else 2)
    yield say(f"To ask in the room: {words.ASK_ABOUT_CAMPS}", indent=4 if opens else 2)


def difference_of(report: RoundReport, one: Difference, opens: Spot | None = None) -> Blocks:
    """A difference between two groups."""
    indent = 2
    if opens:
        indent = 4
        title = finding_wording.title_of(report, one.id)
        yield Words(text=title, opens=opens, is_apart=True)
    yield say(
        words.difference(report, one),
        "quiet" if not one.matters else "plain" if opens else "strong",
        indent=indent - 2 * (opens is None),
    )
    if one.matters:
        yield say(f"To ask in the room: {words.ask_about(report, one)}", indent=indent)


def actions_on(report: RoundReport, node: Strand | Benchmark) -> Blocks:
    """What could be done about a benchmark, group by group."""
    found = {
        group: [one for one in suggestions if one.ranked.node.id == node.id]
        for group, suggestions in report.suggestions.items()
    }
    if any(found.values()):
        yield section("What could be done")
    for group, suggestions in found.items():
        for position, (reason, some) in enumerate(_by_reason(report, group, suggestions)):
            if not position and group != EVERYBODY:
                yield say(report.title_of(group), "strong", apart=True)
            yield say(f"{capital(reason)}:", "quiet", indent=2)
            yield from _listed(report, some)
    if planned := follow_up.actions_about(report.plan, node.id, report.group):
        yield section("In the plan")
        yield from _planned(planned)


def settled(report: RoundReport) -> Blocks:
    """What would be suggested but is in the plan already."""
    if found := follow_up.settled_actions([one for some in report.settled.values() for one in some]):
        yield section(follow_up.SETTLED)
        yield from _planned(found)


def _planned(some: Iterable[Planned]) -> Blocks:
    for one in some:
        yield say(one.text, mark="•", indent=4)
        yield say(f"{capital(follow_up.standing_and_owner(one))}.", "quiet", indent=6)


def actions_for(report: RoundReport, group: str, suggestions: Iterable[Suggestion]) -> Blocks:
    """What is suggested to a group, benchmark by benchmark, each of which opens."""
    if group != EVERYBODY:
        yield section(report.title_of(group))
    for node, together in groupby(suggestions, key=lambda one: one.ranked.node):
        yield Words(text=node.title, opens=spot_of(node), is_apart=True)
        for reason, some in _by_reason(report, group, together):
            yield say(f"{capital(reason)}:", "quiet", indent=4)
            yield from _listed(report, some)


def _by_reason(
    report: RoundReport, group: str, suggestions: Iterable[Suggestion]
) -> Iterator[tuple[str, Iterator[Suggestion]]]:
    return groupby(suggestions, key=partial(finding_wording.because, report, group=group))


def _listed(report: RoundReport, suggestions: Iterable[Suggestion]) -> Blocks:
    for one in suggestions:
        yield say(one.action.text, mark="•", indent=4)
        if notes := follow_up.action_notes(report, report.plan, report.round.id, one):
            yield say(notes, "quiet", indent=6)
