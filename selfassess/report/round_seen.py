"""What was found in a round, in words: two camps, differences, what many could not say, what calls for an action."""

from selfassess.model.finding import CouldNotSay, Ranked, Split, Suggestion
from selfassess.model.item import Item
from selfassess.model.summary import MATTERS, POOL, Claim, Difference
from selfassess.model.units import OVERALL
from selfassess.report.aim import reason, score
from selfassess.report.round import RoundReport, cell_of
from selfassess.report.round_wording import could_not, group
from selfassess.report.wording import count, listed
from selfassess.scoring.gaps import is_low
from selfassess.scoring.gaps import may_change as may_be_changed
from selfassess.scoring.withholding import FEW

SMALL_GROUP = "a small group's answers could be worked out from it"
PROTECTED = f"differences of less than {MATTERS} points; how sure they are is not shown, on"
REST: dict[Claim, str] = {
    "differ": f"differences of less than {MATTERS} points, on",
    "all alike": f"differences of less than {MATTERS} points, on",
    "nothing found": "no difference that chance could not make, on",
    "too few": "too few people to tell a difference from chance (which is not the same as none), on",
}
"""What is said of differences that are not worth talking about."""


def item_words(report: RoundReport, item: Item, cell: str | None = None) -> str:
    """An item as those read it whose answers are spoken of: those of a cell, by its id; else of the group that the
    report is narrowed to, or of all. Where several groups are, it says which of them read other words."""
    groups = _groups(report, cell or report.cell.id)
    if len(groups) == 1:
        return item.words(groups[0])
    left_out = [one.group for one in report.said.attendance if one.standing == "left_out"]
    asked = [one for one in groups if one and item.asks(one) and one not in left_out]
    others = [report.questionnaire.group_title(one) for one in asked if item.words(one) != item.text]
    return f"{item.text} (in other words for {listed(others)})" if others else item.text


def in_brief(report: RoundReport, item: Item, cell: str | None = None) -> str:
    """An item as in `item_words`, without the groups that read other words."""
    groups = _groups(report, cell or report.cell.id)
    return item.words(groups[0]) if len(groups) == 1 else item.text


def _groups(report: RoundReport, cell: str) -> tuple[str, ...]:
    if cell == POOL:
        return report.said.pooled
    return (cell,) if cell != "all" else tuple(report.round.invited)


def about(report: RoundReport, id: str) -> str:
    """What a comment is about, as all read it: the comments are those of all groups."""
    for item in report.questionnaire.items:
        if item.id == id:
            return item_words(report, item, report.said.all.id)
    return title_of(report, id)


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
        for one in report.said.attendance
        if one.standing in ("consent", "left_out") and 0 < one.handed_in < least and report.group in (None, one.group)
    ]
    if not small:
        return ""
    told = listed([f"{group(report.questionnaire, one.group)} ({one.handed_in})" for one in small])
    verb = "is" if len(small) == 1 and small[0].handed_in == 1 else "are"
    return f"Not compared: {told}, who {verb} too few. Groups are compared from {least} people on."


def no_differences(report: RoundReport) -> str:
    """What is said where no difference is worth talking about; that none was looked for, where that is so."""
    if report.differences:
        return "No difference between groups is both large and sure enough to be worth talking about."
    return "No two groups could be compared."


def but(report: RoundReport, one: Ranked) -> str:
    """The groups that see it in the lowest band, beside a strength of all: "but External partners: 39"."""
    if report.group is not None:
        return ""
    found = [(cell, Ranked(one.node, cell.figure(one.node.id))) for cell in report.groups]
    low = [f"{report.title_of(cell.id)}: {score(own.figure, own.node)}" for cell, own in found
           if is_low(report.questionnaire, own)]  # fmt: skip  # reads as one list
    return f"but {', '.join(low)}" if low else ""


MAY_CHANGE = (
    "“Could change this”: it would not stand here if all who are left out had answered at the other end. That follows "
    "from how many they are; what they answered is told nowhere."
)


def may_change(report: RoundReport, one: Ranked) -> str:
    """That a strength or a gap hangs on those who are left out; nothing where it does not."""
    others = report.left_out_of(one.node)
    if not may_be_changed(report.questionnaire, one, others):
        return ""
    return f"the {others if others > 1 else 'one'} left out could change this"


def rosier(report: RoundReport, one: Difference) -> str:
    """Which side sees it rosier, and by how much."""
    first, second = report.title_of(one.rosier), report.title_of(one.other)
    return f"{first}: {count(round(one.points), 'point')} rosier than {second}"


def pairs(report: RoundReport, one: Difference) -> str:
    """The difference in pairs of people; nothing where it is not shown."""
    if one.pairs is None:
        return ""
    first, second = report.title_of(one.rosier), report.title_of(one.other)
    higher, lower = one.pairs
    return (
        f"Of 100 pairs with one of each, the one from {first} scores higher in {higher}, the one from {second} in "
        f"{lower}."
    )


def claim(one: Difference, detail: int = FEW, *, why: bool = True) -> str:
    """What may be said of a difference; `detail` is from how many people on intervals are shown, `why` to say why its
    size is not."""
    interval = one.interval
    if interval is not None and interval.low == interval.high:
        return "Everybody in both groups answered, so this is a fact about them and no estimate."
    sure = f"Allowing for chance, between {interval.low:.0f} and {interval.high:.0f} points." if interval else ""
    match one.claim:
        case "too few" if min(one.n) >= detail:
            return f"How sure that is cannot be shown, since {SMALL_GROUP}."
        case "too few":
            return "There are too few people to tell this from chance, which does not mean that there is no difference."
        case "all alike":
            return "Everybody in each group said the same, and the groups differ."
        case "nothing found":
            return f"{sure} It may be chance.".strip()
        case _ if interval is None:
            hidden = f" How large it may be is not shown, since {SMALL_GROUP}." if why else ""
            return f"That is more than chance would make of it.{hidden}"
        case _:
            return f"{sure} That is more than chance would make of it."


def hard_to_say(one: CouldNotSay) -> str:
    """How many could not answer an item."""
    kinds = could_not(one.figure).partition(": ")[2].split(", ")
    told = kinds[0].partition(" ")[2] if len(kinds) == 1 else ", ".join(kinds)  # one kind has the number of all
    said = f"{one.could_not} of the {one.asked} asked could not answer"
    return f"{said} ({told})" if told else said


def because(report: RoundReport, one: Suggestion, group: str = "") -> str:
    """What calls for an action that is suggested to a group. What is suggested to a group that is not shown is called
    for by the scores of all who are."""
    match one.because:
        case Split() as split:
            words = in_brief(report, split.item, split.cell)
            return f"{whom(report, split.cell)} are in two camps on “{words}”"
        case Difference() as difference:
            first, second = report.title_of(difference.rosier), report.title_of(difference.other)
            return f"{first} and {second} see it differently, by {count(round(difference.points), 'point')}"
        case _ if group and cell_of(report.said, group) is report.said.all:
            return f"the gap: {reason(one.ranked, ' by all who are shown')}"
        case _:
            return f"the gap: {reason(one.ranked)}"
