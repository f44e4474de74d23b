"""The findings of a round, each as a section: strengths, gaps, split opinions, differences, actions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, groupby
from operator import itemgetter

from selfassess.documents import follow_up, targets, wording
from selfassess.documents.blocks import Block, Bullet, BulletList, Heading, Paragraph, Section, spot_of
from selfassess.documents.round import finding_wording, findings_table
from selfassess.documents.round.items import details_suppressed, stacks
from selfassess.documents.round.scores import scored_nodes, strands_in_order
from selfassess.model.attainment import MOST, asked_of, in_points, is_low
from selfassess.model.priorities import Prioritised, first
from selfassess.model.questionnaire import Benchmark, GroupKey, Strand
from selfassess.model.reports import RoundReport, sizes
from selfassess.model.results import MATTERS, Difference, Ranked, Split, Suggestion
from selfassess.model.score_tree import OVERALL, Node
from selfassess.text import capital, listed

STRENGTHS, GAPS, CAMPS = "Strengths to celebrate", "Gaps, widest first", "Where people are in two camps"
DIFFERENCES, COULD_NOT_SAY = "Where groups see it differently", "What many could not answer"


def splits(report: RoundReport) -> Section:
    """Where people are in two camps, and where their opinions are spread widely without that."""
    inside = [one for together in strands_in_order(report) for one in together]
    blocks: list[Block] = []
    for node in inside:
        if some := [one for one in report.splits if one.node.id == node.id and not _is_of_one_group(report, one)]:
            blocks.append(Heading(node.title))
            for one in sorted(some, key=lambda one: one.cell != "all"):
                told = replace(one.item, text=finding_wording.split(report, one), wording={})
                blocks += stacks(report, [(told, one.figure)], camps=False)
            blocks += to_ask(node)
    if blocks:
        intro = "Opinion is divided on these items, so look at how the answers fall, not at the score."
        return Section("splits", CAMPS, (Paragraph(intro, "quiet"), *blocks, *_spread(report)))
    none = Paragraph(finding_wording.camps_looked_for(report))
    return Section("splits", CAMPS, (none, *details_suppressed(report), *_spread(report)))


def _is_of_one_group(report: RoundReport, one: Split) -> bool:
    """Whether it is among all, and all who were asked are one group of which it is said too."""
    same = [of for of in report.splits if of.item.id == one.item.id and of.cell != one.cell]
    return one.cell == "all" and any(of.figure.counts == one.figure.counts for of in same)


def _spread(report: RoundReport) -> Iterator[Block]:
    """The items on which opinions are spread widely."""
    spread = {one.id for one in report.cell.at("item") if one.agreement and one.agreement.opinions == "spread widely"}
    found = [
        f"“{finding_wording.in_brief(report, item)}”"
        for together in strands_in_order(report)
        for node in together
        for item in node.items
        if item.id in spread
    ]
    if found:
        yield Heading(
            f"Among {finding_wording.whom(report, report.cell.id)}, opinions are spread widely without two camps"
        )
        yield BulletList(tuple(Bullet(one) for one in found))


def differences(report: RoundReport) -> Section | None:
    """Where groups see it differently, and which are not compared; None where there are not two groups."""
    not_compared = finding_wording.not_compared(report)
    if len(report.groups) < 2 and not (report.groups and not_compared):
        return None
    told = report.differences
    worth = sorted((one for one in told if one.matters), key=lambda one: -one.points)
    tested = " ".join(filter(None, (finding_wording.HOW_TESTED, finding_wording.in_other_words(report))))
    blocks: list[Block] = [Paragraph(tested, "quiet")] if told else []
    for one in worth:
        blocks.append(Heading(finding_wording.title_of(report, one.id)))
        blocks.append(Paragraph(finding_wording.difference(report, one)))
        blocks += to_ask(_node(report, one.id))
    if not worth:
        blocks.append(Paragraph(finding_wording.no_differences(report)))
    ranges = [one.interval for one in worth if one.claim == "differ"]
    if None in ranges:
        which = "Where no range is given, it" if any(ranges) else "The range that each lies in"
        blocks.append(Paragraph(f"{which} is not shown: {finding_wording.SMALL_GROUP}.", "quiet"))
    blocks += [Paragraph(one) for one in finding_wording.detectable(report)]
    others = [one for one in told if not one.matters]
    blocks += _far(report, [one for one in others if one.shown >= MATTERS], also=bool(worth))
    blocks += _near(report, [one for one in others if one.shown < MATTERS])
    blocks += _other_items(report)
    blocks += [Paragraph(not_compared)] if not_compared else []
    return Section("differences", DIFFERENCES, tuple(blocks))


def _far(report: RoundReport, told: Sequence[Difference], *, also: bool) -> Iterator[Block]:
    """The large differences that no more is made of than that these people answered so, and why."""
    points = []
    for names, some in _by_pair(report, told):
        by_reason: dict[str, list[str]] = {}
        for one in sorted(some, key=lambda one: -one.shown):
            words = f"{finding_wording.title_of(report, one.id)} ({report.title_of(one.higher)} {one.shown:g} higher)"
            by_reason.setdefault(finding_wording.why_no_more(one), []).append(words)
        points += [Bullet(f"{'; '.join(titles)}. {capital(why)}.", names) for why, titles in by_reason.items()]
    if points:
        yield Heading(f"Also {MATTERS} points or more apart" if also else f"{MATTERS} points or more apart")
        yield BulletList(tuple(points))


def _near(report: RoundReport, told: Sequence[Difference]) -> Iterator[Block]:
    points = [
        Bullet(f"{'; '.join(finding_wording.title_of(report, one.id) for one in some)}.", names)
        for names, some in _by_pair(report, told)
    ]
    if points:
        yield Heading(f"Less than {MATTERS} points apart")
        yield BulletList(tuple(points))


def _other_items(report: RoundReport) -> Iterator[Block]:
    """What two groups are not compared on though both have a score: they were asked different items."""
    points = []
    for one, other in combinations(report.groups, 2):
        if report.group not in (None, one.id, other.id):
            continue
        told = {found.id for found in report.results.differences if {found.higher, found.lower} == {one.id, other.id}}
        titles = [
            title
            for id, _, title, _ in scored_nodes(report)
            if id not in told and all(cell.figure(id).mean is not None for cell in (one, other))
        ]
        if titles:
            names = listed([report.title_of(cell.id) for cell in (one, other)])
            points.append(Bullet(f"{'; '.join(titles)}.", names))
    if points:
        yield Heading("Not compared, since they were asked different items")
        yield BulletList(tuple(points))


def _by_pair(report: RoundReport, told: Sequence[Difference]) -> Iterator[tuple[str, list[Difference]]]:
    """The differences of each pair of groups, with their names."""
    ordered = sorted(told, key=lambda one: sorted((one.higher, one.lower)))
    for pair, some in groupby(ordered, key=lambda one: frozenset((one.higher, one.lower))):
        yield listed([report.title_of(cell.id) for cell in report.groups if cell.id in pair]), list(some)


def could_not_say(report: RoundReport) -> Section:
    """What many could not answer."""
    told = tuple(
        Bullet(finding_wording.hard_to_say(one), f"“{finding_wording.item_words(report, one.item)}”", one.node.title)
        for one in report.could_not_say
    )
    blocks = (BulletList(told),) if told else (Paragraph(nobody_could_not_say(report)),)
    return Section("could_not_say", COULD_NOT_SAY, blocks)


def nobody_could_not_say(report: RoundReport) -> str:
    """The sentence where no item was hard to answer: how many items that covers, and why not all."""
    members, form = sizes(report.results, report.cell), report.round.form
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


ANOTHER_DAY = "the same people may answer differently another day"
FIRST = 3
"""How many gaps stand out however low they are."""


def strengths(report: RoundReport) -> Section:
    """What to celebrate; where that is little, what comes nearest to its target, or is highest without one."""
    some = report.ranking
    blocks: list[Block] = [
        _listed(report, some.strengths) if some.strengths else Paragraph(targets.no_strengths(report))
    ]
    for title, found in targets.runners_up(some):
        blocks += [Heading(title), _listed(report, found)]
    blocks += _how_changed(report, some.strengths)
    return Section("strengths", STRENGTHS, tuple(blocks))


def _how_changed(report: RoundReport, some: Sequence[Ranked]) -> Iterator[Block]:
    if any(finding_wording.may_change(report, one) for one in some):
        yield Paragraph(finding_wording.MAY_CHANGE, "quiet")


def _listed(report: RoundReport, some: Sequence[Ranked]) -> BulletList:
    alone, tied = targets.split_ties(report.questionnaire, some, MOST)
    points = [Bullet(_with(targets.stands(report.questionnaire, one), report, one), one.node.title) for one in alone]
    if tied:
        told = [f"{one.node.title}{f' ({more})' if (more := _with('', report, one)) else ''}" for one in tied]
        points.append(Bullet("; ".join(told), targets.tied_summary(tied)))
    return BulletList(tuple(points))


def _with(words: str, report: RoundReport, one: Ranked) -> str:
    """The words with their caveats: groups that see it otherwise, and respondents who could change it."""
    return ", ".join(filter(None, (words, finding_wording.but(report, one), finding_wording.may_change(report, one))))


def gaps(report: RoundReport) -> Section:
    """The gaps that are low or among the widest, with the question to ask in the room; equal ones have the same number.
    All others are a list, and so is what is low and no gap."""
    unsure = finding_wording.which_is_widest(report)
    blocks: list[Block] = [Paragraph(f"{capital(unsure)}: {ANOTHER_DAY}.", "quiet")] if unsure else []
    widths = [in_points(report.questionnaire, one) for one in report.gaps]
    pressing = [one for one, width in zip(report.gaps, widths, strict=True) if _presses(report, one, width, widths)]
    for one in pressing:
        width = in_points(report.questionnaire, one)
        short = targets.short_of(report.questionnaire, one.node, one.figure)
        missing = ", ".join(filter(None, (targets.reason(one), short, finding_wording.may_change(report, one))))
        blocks.append(Heading(f"{1 + widths.index(width)}. {one.node.title}", missing))
        blocks += to_ask(one.node)
        blocks += planned(report, one.node)
    blocks = [*blocks, *_how_changed(report, report.gaps)] or [Paragraph(targets.no_gaps(report))]
    if others := [one for one in report.gaps if one not in pressing]:
        told = [f"{one.node.title} ({targets.reason(one)})" for one in others]
        blocks += [Heading("Also below the target"), Paragraph(f"{'; '.join(told)}.")]
    if low := report.ranking.also_low:
        blocks.append(Heading(targets.ALSO_LOW))
        blocks.append(BulletList(tuple(Bullet(targets.low(one), one.node.title) for one in low)))
    return Section("gaps", GAPS, (*blocks, *_first_actions(report)))


def _presses(report: RoundReport, one: Ranked, width: float, widths: Sequence[float]) -> bool:
    """Whether a gap is worth a heading: it is low, or among the widest."""
    return is_low(report.questionnaire, one.node, one.figure) or width >= widths[min(FIRST, len(widths)) - 1]


def _first_actions(report: RoundReport) -> Iterator[Block]:
    """The few things to do first, the most pressing before the others; all of it has a section of its own."""
    if found := first(report.prioritised):
        yield Heading("What could be done first")
        yield BulletList(tuple(_first_action(report, one) for one in found), tasks=True)


def _first_action(report: RoundReport, one: Prioritised) -> Bullet:
    about = one.suggestion.ranked.node.title
    return Bullet(one.suggestion.action.text, note="; ".join(filter(None, (about, finding_wording.by(report, one)))))


def planned(report: RoundReport, node: Benchmark | Strand) -> Iterator[Block]:
    """What is in the plan about a node."""
    found = follow_up.actions_about(report.plan, node.id, report.group)
    if found:
        yield BulletList(tuple(Bullet(one.text, "In the plan", follow_up.standing_and_owner(one)) for one in found))


def to_ask(node: Node) -> Iterator[Block]:
    """The question to ask in the room."""
    if isinstance(node, Benchmark | Strand) and node.discuss:
        yield BulletList((Bullet(node.discuss, wording.TO_ASK),))


def actions(report: RoundReport) -> Section:
    """What could be done: the few things to do first, then all, group by group and benchmark by benchmark, each with
    its reason."""
    found = (*_first_actions(report), *_by_group(report, report.suggestions), *_settled(report))
    return Section("actions", "All that could be done", found)


def other_actions(report: RoundReport) -> Section | None:
    """The same without what stands beside the findings; None where nothing is left."""
    told = findings_table.told(report)
    left = {
        group: [one for one in some if (group, one.action.id) not in told] for group, some in report.suggestions.items()
    }
    blocks = () if told and not any(left.values()) else tuple(_by_group(report, left))
    found = (*blocks, *_settled(report))
    return Section("actions", "What else could be done", found) if found else None


def _by_group(report: RoundReport, some: Mapping[GroupKey, Sequence[Suggestion]]) -> Iterator[Block]:
    if not any(some.values()):
        yield Paragraph(follow_up.no_suggestions([one for found in report.settled.values() for one in found]))
    for group, suggestions in some.items():
        if suggestions:
            yield from [Heading(f"For {report.title_of(group)}")] if group else []
            yield from with_reasons(report, group, suggestions)


def _settled(report: RoundReport) -> Iterator[Block]:
    """What of it is in the plan."""
    if settled := follow_up.settled_actions([one for some in report.settled.values() for one in some]):
        yield Heading(follow_up.SETTLED)
        yield BulletList(tuple(Bullet(one.text, note=follow_up.standing_and_owner(one)) for one in settled))


def with_reasons(report: RoundReport, group: GroupKey, some: Sequence[Suggestion], title: str = "") -> Iterator[Block]:
    """What is suggested to a group, each with its reason: below what it is about, or below a title."""
    called_for = [(one.ranked.node, finding_wording.because(report, one, group)) for one in some]
    for (node, reason), together in groupby(zip(some, called_for, strict=True), key=itemgetter(1)):
        opens = None if title else spot_of(node)
        yield Paragraph(title or node.title, "strong", reason, apart=bool(title), opens=opens)
        yield BulletList(tuple(_action(report, one) for one, _ in together), tasks=True)


def _action(report: RoundReport, one: Suggestion) -> Bullet:
    return Bullet(one.action.text, note=follow_up.action_notes(report, report.plan, report.round.id, one))
