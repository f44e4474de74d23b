"""Findings of a round, in words: two camps, differences between groups, hard items, reasons for actions."""

from collections.abc import Iterator
from itertools import groupby

from selfassess.documents.round.wording import could_not, group, in_camps
from selfassess.documents.targets import reason, score
from selfassess.documents.wording import number
from selfassess.model.attainment import falls_short, is_low, is_strong, place, ranked
from selfassess.model.attainment import may_change as may_be_changed
from selfassess.model.priorities import Prioritised
from selfassess.model.questionnaire import Item
from selfassess.model.reports import RoundReport, cell_of
from selfassess.model.results import (
    LEAST_POINTS,
    MATTERS,
    Cell,
    CouldNotSay,
    Difference,
    Figure,
    Ranked,
    Split,
    Suggestion,
)
from selfassess.model.score_tree import OVERALL, shown
from selfassess.text import capital, count, listed

SMALL_GROUP = "a small group's answers could be worked out from it"
HOW_TESTED = (
    "The differences are what people answered. Whether one could be chance is another question. It is tested for the "
    "overall score and the parts, all groups together, and for a part's benchmarks only where the part itself differs. "
    "Chance plays a part even when everybody answered: the same people may answer differently another day."
)


IN_OTHER_WORDS = (
    "Some questions were put to each group in its own words; we take it that the same answer means the same to all."
)


def in_other_words(report: RoundReport) -> str:
    """That groups are compared which read some of the items in other words; nothing where all read the same."""
    groups = [group for cell in report.groups for group in report.groups_in(cell.id)]
    read = ({item.words(group) for group in groups if item.asks(group)} for item in report.items_inside)
    return IN_OTHER_WORDS if any(len(words) > 1 for words in read) else ""


def item_words(report: RoundReport, item: Item, cell: str | None = None) -> str:
    """An item as those read it whose answers are spoken of: those of a cell, by its id; else of the group that the
    report is narrowed to, or of all. Where several groups are, it says which of them read other words."""
    groups = report.groups_in(cell or report.cell.id)
    if len(groups) == 1:
        return item.words(groups[0])
    left_out = [one.group for one in report.results.attendance if one.standing == "left_out"]
    asked = [one for one in groups if one and item.asks(one) and one not in left_out]
    others = [report.questionnaire.group_title(one) for one in asked if item.words(one) != item.text]
    return f"{item.text} (worded differently for {listed(others)})" if others else item.text


def in_brief(report: RoundReport, item: Item, cell: str | None = None) -> str:
    """An item as in `item_words`, without the groups that read other words."""
    groups = report.groups_in(cell or report.cell.id)
    return item.words(groups[0]) if len(groups) == 1 else item.text


def title_of(report: RoundReport, id: str) -> str:
    """What a node is called."""
    return "Overall" if id == OVERALL else report.questionnaire.node(id).title


def whom(report: RoundReport, cell: str) -> str:
    """A cell within a sentence: "all", or a group's title."""
    title = report.title_of(cell)
    return title[:1].lower() + title[1:] if cell == "all" else title


def split(report: RoundReport, one: Split) -> str:
    """Who is in two camps, and on what."""
    return f"Among {whom(report, one.cell)}: {item_words(report, one.item, one.cell)}"


def not_compared(report: RoundReport) -> str:
    """Which groups are compared with no other, and why; nothing where all are."""
    least = report.round.rules.thresholds.min_group
    small = [
        one
        for one in report.results.attendance
        if one.standing == "left_out" and 0 < one.handed_in < least and report.group in (None, one.group)
    ]
    if not small:
        return ""
    told = listed([f"{group(report.questionnaire, one.group)} ({one.handed_in})" for one in small])
    verb = "is" if len(small) == 1 and small[0].handed_in == 1 else "are"
    return f"Not compared: {told}, who {verb} too few. Groups are compared once they have {least} people."


def no_differences(report: RoundReport) -> str:
    """The sentence where no difference matters: how many were tested, and why the others were not."""
    claims = [one.claim for one in report.differences]
    if not claims:
        return "No two groups could be compared."
    tested = sum(claim in ("differ", "nothing found", "all alike") for claim in claims)
    below, hidden, few = (claims.count(claim) for claim in ("not tested", "not shown", "too few"))
    told = [
        f"Of {count(len(claims), 'difference')}, {tested} could be tested"
        + (f": none of {MATTERS} points or more is clearly real" if tested else "")
    ]
    told += [f"{below} were not tested, because no difference was found on their part as a whole"] if below else []
    told += [f"for {hidden}, how sure they are is not shown"] if hidden else []
    told += [f"{few} had too few people for any test"] if few else []
    return f"{'; '.join(told)}."


def detectable(report: RoundReport) -> Iterator[str]:
    """How large a difference has to be for a test to find it, for the pairs of groups of which it has to be larger than
    what is worth talking about."""
    for one in report.results.detectable:
        points = int(shown(one.points, 0))
        if points > MATTERS and report.group in (None, *one.groups):
            names = listed(f"{n} {report.title_of(cell)}" for cell, n in zip(one.groups, one.n, strict=True))
            yield (
                f"With {names}, a difference overall or on a part usually has to be above {count(points, 'point')} or "
                "so before it is too large to be chance."
            )


def camps_looked_for(report: RoundReport) -> str:
    """The sentence where no two camps were found: on how many items, and in which groups, they could be looked for."""
    cells = [report.cell] if report.group is not None else [report.results.all, *report.groups]
    told: list[str] = []
    for cell in cells:
        asked = _with_room(report, cell)
        if asked:
            looked = sum(bool(figure.counts) for figure in asked)
            told.append(f"among {whom(report, cell.id)} on {looked} of {count(len(asked), 'item')}")
    if not told:
        return (
            f"Two camps are looked for on items with {LEAST_POINTS} or more answers to choose from. None is shown here."
        )
    return f"Two camps were looked for, and not found: {listed(told)}."


def _with_room(report: RoundReport, cell: Cell) -> list[Figure]:
    """The items asked of a cell on which two camps are possible."""
    room = {item.id for item in report.items_inside if item.has_figures and _has_room(report, item)}
    return [figure for figure in cell.at("item") if figure.id in room and figure.n != 0]


def _has_room(report: RoundReport, item: Item) -> bool:
    values = report.questionnaire.scale_of(item).values
    return len([one for one in values if one not in item.not_applicable_values]) >= LEAST_POINTS


def but(report: RoundReport, one: Ranked, *, with_camps: bool = True) -> str:
    """Who sees it otherwise, beside what is good for all: the groups that are low; or where none is, those that miss a
    target which all together reach; and two camps. "but External partners: 39"."""
    others: list[tuple[Cell, Ranked]] = []
    if report.group is None:
        found = [(cell, Ranked(one.node, cell.figure(one.node.id))) for cell in report.groups]
        others = [(cell, own) for cell, own in found if is_low(report.questionnaire, own.node, own.figure)]
        if not others and is_strong(report.questionnaire, one.node, one.figure):
            others = [(cell, own) for cell, own in found if falls_short(report.questionnaire, own.node, own.figure)]
    told = [f"{report.title_of(cell.id)}: {score(own.figure, own.node)}" for cell, own in others]
    told += filter(None, [in_camps(report, one.node.id)] if with_camps else [])
    return f"but {', '.join(told)}" if told else ""


MAY_CHANGE = (
    "“Could change this”: it would not be listed here if all who are left out had answered at the opposite end of the "
    "scale. This is worked out from how many they are; what they answered is never shown."
)


def which_is_widest(report: RoundReport) -> str:
    """That chance may have put a gap first, and which others it could be; nothing where the first stands out."""
    number, told = report.contenders, len(report.gaps)
    if number < 2:
        return ""
    return f"it may be chance which of {'these' if number == told else f'the first {number}'} is the widest"


def lowest_of_a_group(report: RoundReport) -> tuple[tuple[Cell, Ranked], ...]:
    """The lowest score that any group has on a benchmark, and those equal to it; none where that is not low."""
    if report.group is not None:
        return ()
    found = [
        (place(report.questionnaire, one), cell, one)
        for cell in report.groups
        for one in ranked(report.questionnaire, cell)
        if is_low(report.questionnaire, one.node, one.figure) and one.node.id in report.inside
    ]
    lowest = min((at for at, _, _ in found), default=-1.0)
    return tuple((cell, one) for at, cell, one in found if at == lowest)


def may_change(report: RoundReport, one: Ranked) -> str:
    """That a strength or a gap hangs on those who are left out; nothing where it does not."""
    others = report.left_out_of(one.node)
    if not may_be_changed(report.questionnaire, one, others):
        return ""
    return f"the {others if others > 1 else 'one'} left out could change this"


def higher(report: RoundReport, one: Difference) -> str:
    """Which side scored higher, and by how much, in few words: "Board members 33 points higher than Staff"."""
    first, second = report.title_of(one.higher), report.title_of(one.lower)
    return f"{first} {count(int(one.shown), 'point')} higher than {second}"


def answered_higher(report: RoundReport, one: Difference) -> str:
    """The same as a sentence: what these people answered."""
    first, second = report.title_of(one.higher), report.title_of(one.lower)
    if not one.shown:
        return f"{first} and {second} scored this the same."
    return f"{first} scored this {count(int(one.shown), 'point')} higher than {second} did."


def pairs(report: RoundReport, one: Difference) -> str:
    """The difference in pairs of people; nothing where it is not shown."""
    if one.pairs is None:
        return ""
    first, second = report.title_of(one.higher), report.title_of(one.lower)
    more, _ = one.pairs
    return (
        f"Pick one person from each group at random: about {more} times in 100 the one from {first} scores higher than "
        f"the one from {second}."
    )


def claim(one: Difference) -> str:
    """The claim about a difference beside its size; empty where it was not tested."""
    match one.claim:
        case "differ" if one.interval is not None:
            low, high = (number(end) for end in (one.interval.low, one.interval.high))
            return (
                f"This is probably not chance. Allowing for chance, the difference is between {low} and {high} points."
            )
        case "differ":
            return "This is probably not chance."
        case "nothing found":
            return f"{capital(_could_be_chance(one))}."
        case "all alike":
            return "Within each group, everybody scored this the same."
        case "too few":
            return "With so few people this could be chance, which does not mean that there is no difference."
        case "not shown":
            return f"We can't show how sure this is: {one.why}."
        case _:
            return ""


def _could_be_chance(one: Difference) -> str:
    """That a test found nothing; or that one by the little that may be shown of few people does not."""
    return "it could be chance" if one.interval is not None else "with the little we can show, it could be chance"


def difference(report: RoundReport, one: Difference) -> str:
    """Two groups, how far they are apart, and what may be said of it."""
    return " ".join(filter(None, (answered_higher(report, one), claim(one), pairs(report, one))))


def why_no_more(one: Difference) -> str:
    """Why no more is made of a large difference than that these people answered so."""
    match one.claim:
        case "nothing found":
            return _could_be_chance(one)
        case "not tested":
            return "not tested, because no difference was found on their part"
        case "not shown":
            return f"we can't show how sure this is: {one.why}"
        case _:
            return "with so few people it could be chance"


def hard_to_say(one: CouldNotSay) -> str:
    """How many could not answer an item."""
    kinds = could_not(one.figure).partition(": ")[2].split(", ")
    told = kinds[0].partition(" ")[2] if len(kinds) == 1 else ", ".join(kinds)  # one kind has the number of all
    said = f"{one.could_not} of the {one.asked} asked gave no answer"
    return f"{said} ({told})" if told else said


def because(report: RoundReport, one: Suggestion, group: str = "") -> str:
    """What calls for an action that is suggested to a group. What is suggested to a group that is not shown is called
    for by the scores of all who are."""
    match one.because:
        case Split() as split:
            words = in_brief(report, split.item, split.cell)
            return f"two camps among {whom(report, split.cell)} on “{words}”"
        case Difference() as difference:
            first, second = report.title_of(difference.higher), report.title_of(difference.lower)
            return f"{first} and {second} see it differently, by {count(int(difference.shown), 'point')}"
        case _ if group and cell_of(report.results, group) is report.results.all:
            return f"the gap: {reason(one.ranked, ' by all who are shown')}"
        case _:
            return f"the gap: {reason(one.ranked)}"


EFFORT = {"low": "early win: little effort", "medium": "some effort", "high": "much effort", None: ""}


def by(report: RoundReport, one: Prioritised) -> str:
    """Who can do an action, and what it takes."""
    who = listed([report.title_of(group) for group in one.by if group])
    return ", ".join(filter(None, (who, EFFORT[one.suggestion.action.effort])))


DISCLOSES = "what is withheld elsewhere could be worked out from it"
"""The reason for which most is suppressed, as `disclosure.thresholds` gives it."""
OF_FEW = "it would give away what a few people said"


def suppressed(report: RoundReport) -> str:
    """ "3 of 16 scores of External partners (fewer than 5 answered); how Board members answered 43 of 44 items (fewer
    than 10 answered)"; nothing where everything is shown. A coded score is shown."""
    items = [(cell, _items(report, cell)) for cell in _cells(report)]
    told = [suppressed_scores(report), *_counted(report, "how {whom} answered {hidden} of {there} items", items)]
    return "; ".join(filter(None, told))


def suppressed_scores(report: RoundReport) -> str:
    """The same of scores alone."""
    scores = [(cell, [one.figure for one in _scores(report, cell)]) for cell in _cells(report)]
    return "; ".join(_counted(report, "{hidden} of {there} scores of {whom}", scores))


def _cells(report: RoundReport) -> list[Cell]:
    return [report.cell] if report.group is not None else [report.results.all, *report.groups]


def _scores(report: RoundReport, cell: Cell) -> list[Ranked]:
    """Of benchmarks and skills, and of strands that stand for themselves."""
    return [one for one in ranked(report.questionnaire, cell) if one.node.id in report.inside]


def _items(report: RoundReport, cell: Cell) -> list[Figure]:
    inside = {item.id for item in report.items_inside}
    return [figure for figure in cell.at("item") if figure.id in inside]


def _counted(report: RoundReport, words: str, cells: list[tuple[Cell, list[Figure]]]) -> Iterator[str]:
    """How many are not shown of each cell; cells of which that has the same reasons are together."""
    found: list[tuple[tuple[str, ...], str]] = []
    for cell, figures in cells:
        there = [one for one in figures if one.n != 0 and not one.why_none]
        reasons = [_why(one) for one in there]
        hidden = [why for why in reasons if why]
        if hidden:
            told = words.format(hidden=len(hidden), there=len(there), whom=whom(report, cell.id))
            found.append((tuple(sorted({*hidden}, key=lambda why: (why == OF_FEW, why))), told))
    for why, some in groupby(sorted(found, key=lambda one: one[0]), key=lambda one: one[0]):
        yield f"{listed([told for _, told in some])} ({', or '.join(why)})"


def _why(figure: Figure) -> str:
    why = figure.withheld.get("counts" if figure.level == "item" else "mean", "")
    if figure.coded:
        return ""
    return in_plain_words(why)


def in_plain_words(why: str) -> str:
    """The reason for which something is suppressed, as people say it."""
    return OF_FEW if why == DISCLOSES else why
