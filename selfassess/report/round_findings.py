"""What people of a round see differently, and what many could not say, each as a section."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, groupby

from selfassess.model.summary import MATTERS, Difference
from selfassess.model.units import OVERALL, Node
from selfassess.report import round_seen, wording
from selfassess.report.blocks import Block, Heading, Point, Points, Section, Words
from selfassess.report.round import RoundReport, sizes
from selfassess.report.round_items import details_withheld, stacks
from selfassess.report.round_picture import in_order, scored
from selfassess.report.round_targets import to_ask
from selfassess.report.wording import capital
from selfassess.scoring.gaps import asked_of


def splits(report: RoundReport) -> Section:
    """Where people are in two camps, and where their opinions are spread widely without that."""
    inside = [one for together in in_order(report) for one in together]
    blocks: list[Block] = []
    for node in inside:
        if some := [one for one in report.splits if one.node.id == node.id]:
            blocks.append(Heading(node.title))
            for one in sorted(some, key=lambda one: one.cell != "all"):
                told = replace(one.item, text=round_seen.split(report, one), wording={})
                blocks += stacks(report, [(told, one.figure)], camps=False)
            blocks += to_ask(node)
    if blocks:
        intro = "Opinion is divided on these items, so look at how the answers fall, not at the score."
        return Section("splits", "Where people are in two camps", (Words(intro, "quiet"), *blocks, *_spread(report)))
    none = Words(round_seen.camps_looked_for(report))
    return Section("splits", "Where people are in two camps", (none, *details_withheld(report), *_spread(report)))


def _spread(report: RoundReport) -> Iterator[Block]:
    """The items on which opinions are spread widely."""
    spread = {one.id for one in report.cell.at("item") if one.agreement and one.agreement.opinions == "spread widely"}
    found = [
        f"“{round_seen.in_brief(report, item)}”"
        for together in in_order(report)
        for node in together
        for item in node.items
        if item.id in spread
    ]
    if found:
        yield Heading(f"Among {round_seen.whom(report, report.cell.id)}, opinions are spread widely without two camps")
        yield Points(tuple(Point(one) for one in found))


def differences(report: RoundReport) -> Section | None:
    """Where groups see it differently, and which are not compared; None where there are not two groups."""
    not_compared = round_seen.not_compared(report)
    if len(report.groups) < 2 and not (report.groups and not_compared):
        return None
    told = report.differences
    worth = sorted((one for one in told if one.matters), key=lambda one: -one.points)
    tested = " ".join(filter(None, (round_seen.HOW_TESTED, round_seen.in_other_words(report))))
    blocks: list[Block] = [Words(tested, "quiet")] if told else []
    for one in worth:
        blocks.append(Heading(round_seen.title_of(report, one.id)))
        said = round_seen.answered_higher(report, one), round_seen.claim(one), round_seen.pairs(report, one)
        blocks.append(Words(" ".join(filter(None, said))))
        blocks += to_ask(_node(report, one.id))
    if not worth:
        blocks.append(Words(round_seen.no_differences(report)))
    ranges = [one.interval for one in worth if one.claim == "differ"]
    if None in ranges:
        which = "Where no range stands beside it, it" if any(ranges) else "The range that each lies in"
        blocks.append(Words(f"{which} is not shown: {round_seen.SMALL_GROUP}.", "quiet"))
    blocks += [Words(one) for one in round_seen.detectable(report)]
    others = [one for one in told if not one.matters]
    blocks += _far(report, [one for one in others if one.shown >= MATTERS], also=bool(worth))
    blocks += _near(report, [one for one in others if one.shown < MATTERS])
    blocks += _other_items(report)
    blocks += [Words(not_compared)] if not_compared else []
    return Section("differences", "Where groups see it differently", tuple(blocks))


def _far(report: RoundReport, told: Sequence[Difference], *, also: bool) -> Iterator[Block]:
    """The large differences that no more is made of than that these people answered so, and why."""
    points = []
    for names, some in _by_pair(report, told):
        by_reason: dict[str, list[str]] = {}
        for one in sorted(some, key=lambda one: -one.shown):
            words = f"{round_seen.title_of(report, one.id)} ({report.title_of(one.higher)} {one.shown:g} higher)"
            by_reason.setdefault(round_seen.why_no_more(one), []).append(words)
        points += [Point(f"{'; '.join(titles)}. {capital(why)}.", names) for why, titles in by_reason.items()]
    if points:
        yield Heading(f"Also {MATTERS} points or more apart" if also else f"{MATTERS} points or more apart")
        yield Points(tuple(points))


def _near(report: RoundReport, told: Sequence[Difference]) -> Iterator[Block]:
    points = [
        Point(f"{'; '.join(round_seen.title_of(report, one.id) for one in some)}.", names)
        for names, some in _by_pair(report, told)
    ]
    if points:
        yield Heading(f"Less than {MATTERS} points apart")
        yield Points(tuple(points))


def _other_items(report: RoundReport) -> Iterator[Block]:
    """What two groups are not compared on though both have a score: they were asked different items."""
    points = []
    for one, other in combinations(report.groups, 2):
        if report.group not in (None, one.id, other.id):
            continue
        told = {found.id for found in report.said.differences if {found.higher, found.lower} == {one.id, other.id}}
        titles = [
            title
            for id, _, title, _ in scored(report)
            if id not in told and all(cell.figure(id).mean is not None for cell in (one, other))
        ]
        if titles:
            names = wording.listed([report.title_of(cell.id) for cell in (one, other)])
            points.append(Point(f"{'; '.join(titles)}.", names))
    if points:
        yield Heading("Not compared, since they were asked different items")
        yield Points(tuple(points))


def _by_pair(report: RoundReport, told: Sequence[Difference]) -> Iterator[tuple[str, list[Difference]]]:
    """The differences of each pair of groups, with their names."""
    in_order = sorted(told, key=lambda one: sorted((one.higher, one.lower)))
    for pair, some in groupby(in_order, key=lambda one: frozenset((one.higher, one.lower))):
        yield wording.listed([report.title_of(cell.id) for cell in report.groups if cell.id in pair]), list(some)


def could_not_say(report: RoundReport) -> Section:
    """What many could not answer."""
    told = tuple(
        Point(round_seen.hard_to_say(one), f"“{round_seen.item_words(report, one.item)}”", one.node.title)
        for one in report.could_not_say
    )
    blocks = (Points(told),) if told else (Words(nobody_could_not_say(report)),)
    return Section("could_not_say", "What many could not answer", blocks)


def nobody_could_not_say(report: RoundReport) -> str:
    """What is said where no item is one that many could not answer: of how many that holds, and why not of all."""
    members, form = sizes(report.said, report.cell), report.round.form
    items = {item.id: item for item in report.items_inside}
    figures = [one for one in report.cell.at("item") if one.id in items]
    asked = [(one, asked_of(items[one.id], one, members, form)) for one in figures]
    asked = [(one, number) for one, number in asked if number != 0]
    known = [one for one, number in asked if number is not None]
    if not known:
        return "How many could not answer is not shown for any item."
    some = f" among the {len(known)} of {len(asked)} items that can be looked at: each"
    whole = ": each item" if len(known) == len(asked) else some
    hidden = [one.withheld for one, number in asked if number is None]
    reasons = sorted({why for one in hidden if (why := one.get("n") or one.get("missing"))})
    why = f" Of the others it is not shown: {'; '.join(reasons)}." if reasons else ""
    return f"Nothing{whole} was answered by at least four in five of those asked.{why}"


def _node(report: RoundReport, id: str) -> Node:
    return report.questionnaire.overall if id == OVERALL else report.questionnaire.node(id)
