"""What moved between two rounds, in words: the same on the page, in Markdown and on the screen."""

from collections.abc import Sequence

from selfassess.documents.round.finding_wording import SMALL_GROUP
from selfassess.documents.wording import number
from selfassess.model.change import Everybody, Matched, View
from selfassess.model.comparison import CellChange, Change, NodeChange
from selfassess.model.reports import ComparisonReport, FollowedAction
from selfassess.model.round import FEW
from selfassess.model.summary import MATTERS
from selfassess.model.text import capital, count
from selfassess.model.units import Node, decimals, in_units, nodes, shown

NOTHING = "there is nothing to compare"
UNSURE = "certainty not shown"
FEW_COUNT = "Fewer than half of the smaller round count as the same people"
"""The claim where the scores are published, but not what is needed to judge them."""
MOVED = frozenset(("moved up", "moved down", "all moved alike"))
SINCE = {
    "too few to tell": "too few to tell whether it moved",
    UNSURE: "how sure that is cannot be shown",
    "little room to rise": "too many were at the top to see a rise",
    "not tested": "not tested, since no change could be told in its part",
}
"""How it is said in a sentence about the plan; where it is not here, as it stands."""


def kind(report: ComparisonReport) -> str:
    """What kind of report it is."""
    before, after = report.comparison.rounds
    parts = [f"What moved from “{before.title}” to “{after.title}”"]
    parts.append("everybody's view" if report.group is None else f"only the view of: {report.title_of(report.group)}")
    if report.strand is not None:
        parts.append(f"only: {report.questionnaire.node(report.strand).title}")
    return " · ".join(parts)


def title_of(report: ComparisonReport, id: str) -> str:
    """What a node is called."""
    return "Overall" if id == "overall" else report.questionnaire.node(id).title


def values(report: ComparisonReport, id: str, change: Change) -> tuple[str, str, str]:
    """Then, now and the change between what is shown of them: "41", "58", "+17"."""
    node = nodes(report.questionnaire)[id]
    places = decimals(node)
    then, now = (shown(in_units(report.questionnaire, node, one), places) for one in change.mean)
    return number(then, places), number(now, places), signed(now - then, places)


def signed(value: float, places: int) -> str:
    """ "+17", "−3", "0": rounded half up, whichever way it goes."""
    size = shown(abs(value), places)
    sign = "" if not size else "+" if value > 0 else "−"
    return f"{sign}{number(size, places)}"


def said(node: NodeChange) -> tuple[str, str]:
    """The claim about a change, and its reason: "moved up", "chance alone would seldom make it this large"."""
    claim, change = node.claim, node.headline
    if claim is None or change is None:
        return "", ""
    n = change.n if isinstance(change, Matched) else min(change.n)
    if "details" in node.withheld and not change.few:
        if claim.says == "too few to tell":
            return UNSURE, f"fewer than {FEW} have a score" if n < FEW else f"{SMALL_GROUP} otherwise"
        if claim.says == "no change we could detect":
            return UNSURE, "what may be shown of so few can't tell it from chance"
    return claim.says, claim.because


def stands_out(node: NodeChange) -> bool:
    """Whether the claim is that it moved."""
    return node.claim is not None and node.claim.says in MOVED


def detectable(cell: CellChange) -> str:
    """How large a change has to be for a test to find it, where that is more than is worth talking about; else
    nothing."""
    points = 0 if cell.detectable is None else int(shown(cell.detectable, 0))
    if points <= MATTERS:
        return ""
    return f"With this many people only changes above about {count(points, 'point')} could be told from chance."


def nothing_moved(nodes: Sequence[NodeChange]) -> str:
    """The sentence where nothing moved, with how many changes cannot be judged."""
    unseen = sum(said(one)[0] in ("", UNSURE, "too few to tell") for one in nodes)
    if unseen == len(nodes):
        return "We can't tell whether anything here moved."
    rest = f"; for {unseen} of {len(nodes)} we can't tell" if unseen else ""
    return f"Nothing moved that we could tell from chance{rest}."


def who(change: Change) -> str:
    """The respondents of a view."""
    if isinstance(change, Matched):
        return f"{change.n} who answered both times"
    return f"everybody who answered ({change.n[0]} then, {change.n[1]} now)"


def of_how_many(change: Change) -> str:
    """ "20"; "16, 15" of everybody then and now."""
    return str(change.n) if isinstance(change, Matched) else "{}, {}".format(*change.n)


def cells(report: ComparisonReport, id: str, change: Change) -> tuple[str, str]:
    """A view in a table: the scores, and of how many."""
    then, now, by = values(report, id, change)
    return f"{then} to {now} ({by})", str(change.n) if isinstance(change, Matched) else "{} and {}".format(*change.n)


def in_short(cell: CellChange) -> str:
    """How many there are in a group: "10 then, 11 now; 8 found again"."""
    found = "" if not cell.matched else f"; {cell.matched} found again"
    return f"{cell.n[0]} then, {cell.n[1]} now{found}"


def which_view(cell: CellChange) -> str:
    """Which view speaks for the changes of a cell, and why."""
    first = [one.views[0] for one in cell.nodes if one.views]
    if not first:
        return ""
    if cell.matched == 0:
        return "Nobody could be found again, so everybody speaks for the change."
    if "matched" not in first:
        if any(one.few_matched for one in cell.nodes):
            return "Fewer than half could be found again, so everybody speaks for the change."
        if any("matched" in one.views for one in cell.nodes):
            return f"{FEW_COUNT}, so everybody speaks for the change."
        return "Everybody speaks for the change, since the same people are not shown by themselves."
    if "everybody" not in first:
        return "At least half were found again, so the same people speak for the change."
    return "Where at least half were found again and are shown, the same people speak for the change; else everybody."


def why_view(cell: CellChange, node: NodeChange) -> str:
    """Which view speaks for the change of a node, and why; nothing where neither is shown."""
    if not node.views:
        return ""
    if node.views[0] == "matched":
        return "At least half of the smaller round were found again, so the same people speak for the change."
    if cell.matched == 0:
        return "Nobody could be found again, so everybody speaks for the change."
    if node.few_matched:
        return "Fewer than half of the smaller round could be found again, so everybody speaks for the change."
    if "matched" in node.views:
        return f"{FEW_COUNT}, so everybody speaks for the change."
    why = node.withheld.get("matched", "")
    return f"Everybody speaks for the change; the same people are not shown by themselves{f': {why}' if why else ''}."


def why_alone(node: NodeChange) -> str:
    """Why the other view does not stand beside the one that speaks, where that is not said already."""
    if len(node.views) != 1:
        return ""
    other: View = "everybody" if node.views[0] == "matched" else "matched"
    why = node.withheld.get(other)
    if not why or (other == "matched" and not node.few_matched):
        return ""
    return f"{'Everybody is' if other == 'everybody' else 'The same people are'} not shown beside it: {why}."


def how_sure(report: ComparisonReport, id: str, change: Change) -> str:
    """The range that a change lies in, allowing for chance; nothing where it is not shown."""
    interval = change.interval
    if interval is None:
        return ""
    node = nodes(report.questionnaire)[id]
    low, high = (signed(_units(report, node, end), decimals(node)) for end in (interval.low, interval.high))
    return f"Allowing for chance, the change is between {low} and {high}."


def _units(report: ComparisonReport, node: Node, points: float) -> float:
    """A difference in points in the units that a node is shown in."""
    return in_units(report.questionnaire, node, points) - in_units(report.questionnaire, node, 0)


def moves(change: Change) -> str:
    """How many went up, stayed and went down; nothing where it is not shown."""
    if isinstance(change, Everybody) or change.up is None:
        return ""
    return f"{change.up} went up, {change.same} stayed and {change.down} went down"


def sentence(report: ComparisonReport, node: NodeChange) -> str:
    """Everything that is published of a node's change, in its headline view; or why nothing is."""
    change = node.headline
    if change is None:
        return f"Not shown: {why_none(node)}."
    then, now, by = values(report, node.id, change)
    says, because = said(node)
    first = f"{capital(says)} from {then} to {now} ({by}) among {who(change)}"
    if says not in MOVED:
        first = f"From {then} to {now} ({by}) among {who(change)}: {says}"
    whom = f", of whom {moves(change)}" if moves(change) else ""
    told = (f"{first}{whom}.", how_sure(report, node.id, change), f"{capital(because)}.")
    return " ".join(filter(None, told))


def why_none(node: NodeChange) -> str:
    """Why neither view is shown."""
    return node.withheld.get("everybody") or node.withheld.get("matched") or NOTHING


def since(report: ComparisonReport, id: str, cell: str = "all") -> str:
    """What a node did since, for a plan: "“Communication” moved from 41 to 58 among 8 who answered both times". No
    cause is claimed."""
    found = report.comparison.cell(cell)
    node = found.node(id) if found else None
    name = f"“{title_of(report, id)}”" if id in nodes(report.questionnaire) else f"“{id}”"
    if node is None:
        return f"{name} cannot be compared"
    change = node.headline
    if change is None:
        return f"how {name} changed is not shown: {why_none(node)}"
    then, now, _ = values(report, id, change)
    says = said(node)[0]
    if says in MOVED:
        return f"{name} moved from {then} to {now} among {who(change)}"
    if says == "nobody moved":
        return f"{name} stayed at {now} among {who(change)}: nobody moved"
    return f"{name} went from {then} to {now} among {who(change)}: {SINCE.get(says, says)}"


def followed(one: FollowedAction) -> str:
    """The same for the score that an action aims at, with whose change it is; empty where nothing can be compared."""
    if one.comparison is None:
        return ""
    words = since(one.comparison, one.planned.node, one.cell)
    return words if one.cell == "all" else f"{one.comparison.title_of(one.cell)}: {words}"


def tally(report: ComparisonReport, cell: CellChange) -> str:
    """How many strands did what: "Of 8 strands: 1 moved up, 7 show no change we could detect." """
    strands = [one for one in cell.nodes if one.level == "strand" and report.strand in (None, one.id)]
    words = {
        "moved up": "moved up",
        "moved down": "moved down",
        "all moved alike": "moved, all people alike",
        "no change to speak of": "show no change to speak of",
        "no change we could detect": "show no change we could detect",
        "nobody moved": "stayed, nobody moving",
        "little room to rise": "had little room to rise",
        "too few to tell": "have too few people to tell",
        "not tested": "are not tested",
        UNSURE: "are shown without saying how sure that is",
        "": "cannot be shown",
    }
    found = [said(one)[0] for one in strands]
    told = [f"{found.count(one)} {_one(what, found.count(one))}" for one, what in words.items() if one in found]
    return f"Of {count(len(strands), 'part')}: {', '.join(told)}." if strands else ""


def _one(words: str, number: int) -> str:
    return words.replace("show ", "shows ").replace("have ", "has ").replace("are ", "is ") if number == 1 else words
