"""What people of a round see differently, and what many could not say, each as a section."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from selfassess.model.summary import Difference
from selfassess.model.units import OVERALL, Node
from selfassess.report import round_seen, wording
from selfassess.report.blocks import Block, Heading, Point, Points, Section, Words
from selfassess.report.round import RoundReport, sizes
from selfassess.report.round_items import details_withheld, stacks
from selfassess.report.round_picture import in_order
from selfassess.report.round_targets import to_ask
from selfassess.scoring.gaps import asked_of


def splits(report: RoundReport) -> Section:
    """Where people are in two camps."""
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
        intro = "The mean of two camps stands for nobody: look at how the answers fall, not at the score."
        return Section("splits", "Where people are in two camps", (Words(intro, "quiet"), *blocks))
    none = "No two camps were found among the items that are shown."
    return Section("splits", "Where people are in two camps", (Words(none), *details_withheld(report)))


def differences(report: RoundReport) -> Section | None:
    """Where groups see it differently, and which are not compared; None where there are not two groups."""
    not_compared = round_seen.not_compared(report)
    if len(report.groups) < 2 and not (report.groups and not_compared):
        return None
    told = report.differences
    blocks: list[Block] = []
    worth = sorted((one for one in told if one.matters), key=lambda one: -one.points)
    for one in worth:
        blocks.append(Heading(round_seen.title_of(report, one.id), round_seen.rosier(report, one)))
        if words := _how_different(report, one):
            blocks.append(Words(words))
        blocks += to_ask(_node(report, one.id))
    if not blocks:
        blocks.append(Words(round_seen.no_differences(report)))
    blocks += _protected(report, worth)
    rest = list(_other_differences(report, [one for one in told if not one.matters]))
    if not_compared:
        rest.append(Words(not_compared))
    return Section("differences", "Where groups see it differently", (*blocks, *rest))


def _how_different(report: RoundReport, one: Difference) -> str:
    if _is_protected(report, one):
        return ""
    sure = round_seen.claim(one, report.round.rules.thresholds.min_detail, why=False)
    return " ".join(filter(None, (sure, round_seen.pairs(report, one))))


def _protected(report: RoundReport, told: Sequence[Difference]) -> Iterator[Block]:
    """Once for all of them: why it is not said how sure or how large they are."""
    if any(_is_protected(report, one) or (one.claim == "differ" and one.interval is None) for one in told):
        which = "it is not said how sure a difference is, or how large it may be, this"
        yield Words(f"Where {which} is not shown, since {round_seen.SMALL_GROUP}.", "quiet")


def _is_protected(report: RoundReport, one: Difference) -> bool:
    """Whether there are people enough to tell, and it is not told all the same, for somebody else's sake."""
    return one.claim == "too few" and min(one.n) >= report.round.rules.thresholds.min_detail


def _other_differences(report: RoundReport, told: Sequence[Difference]) -> Iterator[Block]:
    """What is not worth talking about, and what cannot be told, pair by pair."""
    points: list[Point] = []
    by_pair = sorted(told, key=lambda one: sorted((one.rosier, one.other)))
    for pair, some in groupby(by_pair, key=lambda one: frozenset((one.rosier, one.other))):
        names = [report.title_of(cell.id) for cell in report.groups if cell.id in pair]
        by_rest: dict[str, list[str]] = {}
        for one in some:
            rest = round_seen.PROTECTED if _is_protected(report, one) else round_seen.REST[one.claim]
            by_rest.setdefault(rest, []).append(round_seen.title_of(report, one.id))
        points += [Point(f"{rest}: {'; '.join(titles)}.", wording.listed(names)) for rest, titles in by_rest.items()]
    if points:
        yield Heading("The rest")
        yield Points(tuple(points))


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
    figures = [one for one in report.cell.at("item") if report.is_inside(one.id)]
    asked = [(one, asked_of(report.questionnaire.item(one.id), one, members, form)) for one in figures]
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
