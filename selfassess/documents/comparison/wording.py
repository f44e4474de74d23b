"""Comparisons in words: claims about changes, which view makes them, and who and what is compared."""

from collections.abc import Iterator, Mapping, Sequence

from selfassess.documents.round.finding_wording import SMALL_GROUP
from selfassess.documents.wording import number
from selfassess.model.comparison import CellChange, Change, Everybody, Matched, NodeChange, NotMatched, View
from selfassess.model.questionnaire import Edition
from selfassess.model.reports import ComparisonReport, FollowedAction
from selfassess.model.results import MATTERS
from selfassess.model.round import FEW
from selfassess.model.score_tree import Node, decimals, in_units, nodes, shown
from selfassess.model.sheet import Form
from selfassess.model.versions import ONCE, Aside, Comparability
from selfassess.text import capital, count, listed

NOTHING = "there is nothing to compare"
NO_CAUSE = "A change does not show what caused it."
UNSURE = "certainty not shown"
FEW_COUNT = "Fewer than half of the smaller round count as the same people"
"""The claim where the scores are published, but not what is needed to judge them."""
ALIKE = "all moved the same"
"""What is shown for the claim "all moved alike"."""
MOVED = frozenset(("moved up", "moved down", "all moved alike", ALIKE))
SINCE = {
    "too few to tell": "too few to tell whether it moved",
    UNSURE: "we can't show how sure this is",
    "little room to rise": "too many were at the top to see a rise",
    "not tested": "not tested, because its part did not clearly move",
}
"""Claims as they are worded in a sentence about the plan; any other claim is used unchanged."""


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


def claim_words(node: NodeChange) -> tuple[str, str]:
    """The claim about a change, and its reason: "moved up", "this is probably not chance"."""
    claim, change = node.claim, node.headline
    if claim is None or change is None:
        return "", ""
    n = change.n if isinstance(change, Matched) else min(change.n)
    if "details" in node.withheld and not change.few:
        if claim.says == "too few to tell":
            return UNSURE, f"fewer than {FEW} have a score" if n < FEW else SMALL_GROUP
        if claim.says == "no change we could detect":
            return UNSURE, "with the little we can show, it could be chance"
    return ALIKE if claim.says == "all moved alike" else claim.says, claim.because


def stands_out(node: NodeChange) -> bool:
    """Whether the claim is that it moved."""
    return node.claim is not None and node.claim.says in MOVED


def can_be_told(node: NodeChange) -> bool:
    """Whether it is told if a node moved."""
    return claim_words(node)[0] not in ("", UNSURE, "too few to tell")


def detectable(cell: CellChange) -> str:
    """How large a change has to be for a test to find it, where that is more than is worth talking about; else
    nothing."""
    points = 0 if cell.detectable is None else int(shown(cell.detectable, 0))
    if points <= MATTERS:
        return ""
    said = f"With this many people, a change usually has to be above {count(points, 'point')} or so"
    return f"{said} before it is too large to be chance."


def nothing_moved(nodes: Sequence[NodeChange]) -> str:
    """The sentence where nothing moved, with how many changes cannot be judged."""
    unseen = sum(not can_be_told(one) for one in nodes)
    if unseen == len(nodes):
        return "We can't tell whether anything here moved."
    rest = f"; for {unseen} of {len(nodes)} we can't tell" if unseen else ""
    return f"Nothing clearly moved{rest}."


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


def group_size(cell: CellChange) -> str:
    """How many there are in a group: "10 then, 11 now; 8 found again"."""
    found = "" if not cell.matched else f"; {cell.matched} found again"
    return f"{cell.n[0]} then, {cell.n[1]} now{found}"


def which_view(cell: CellChange) -> str:
    """Which view speaks for the changes of a cell, and why."""
    first = [one.views[0] for one in cell.nodes if one.views]
    if not first:
        return ""
    if cell.matched == 0:
        return "Nobody could be found again, so we go by everybody."
    if "matched" not in first:
        if any(one.few_matched for one in cell.nodes):
            return "Fewer than half could be found again, so we go by everybody."
        if any("matched" in one.views for one in cell.nodes):
            return f"{FEW_COUNT}, so we go by everybody."
        return "We go by everybody, because the same people are not shown separately."
    if "everybody" not in first:
        return "At least half were found again, so we go by the same people."
    return "Where at least half were found again and are shown, we go by the same people; if not, by everybody."


def why_view(cell: CellChange, node: NodeChange) -> str:
    """Which view speaks for the change of a node, and why; nothing where neither is shown."""
    if not node.views:
        return ""
    if node.views[0] == "matched":
        return "At least half of the smaller round were found again, so we go by the same people."
    if cell.matched == 0:
        return "Nobody could be found again, so we go by everybody."
    if node.few_matched:
        return "Fewer than half of the smaller round could be found again, so we go by everybody."
    if "matched" in node.views:
        return f"{FEW_COUNT}, so we go by everybody."
    why = node.withheld.get("matched", "")
    return f"We go by everybody; the same people are not shown separately{f': {why}' if why else ''}."


def why_alone(node: NodeChange) -> str:
    """Why the other view is not published beside the headline view, where `why_view` does not give the reason."""
    if len(node.views) != 1:
        return ""
    other: View = "everybody" if node.views[0] == "matched" else "matched"
    why = node.withheld.get(other)
    if not why or (other == "matched" and not node.few_matched):
        return ""
    return f"{'Everybody is' if other == 'everybody' else 'The same people are'} not shown next to it: {why}."


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
    """How many went up, stayed and went down, in steps; nothing where it is not shown, or fewer than a step each."""
    if isinstance(change, Everybody):
        return ""
    told = ((change.up, "went up"), (change.same, "stayed"), (change.down, "went down"))
    return listed(f"at least {number} {how}" for number, how in told if number)


def sentence(report: ComparisonReport, node: NodeChange) -> str:
    """Everything that is published of a node's change, in its headline view; or why nothing is."""
    change = node.headline
    if change is None:
        return f"Not shown: {why_none(node)}."
    then, now, by = values(report, node.id, change)
    says, because = claim_words(node)
    first = f"{capital(says)} from {then} to {now} ({by}) among {who(change)}"
    if says not in MOVED:
        first = f"From {then} to {now} ({by}) among {who(change)}: {says}"
    counts = f"; {moves(change)}" if moves(change) else ""
    told = (f"{first}{counts}.", how_sure(report, node.id, change), f"{capital(because)}.")
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
    says = claim_words(node)[0]
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
    """How many strands did what: "Of 8 parts: 1 moved up, 7 show no change we could detect." """
    strands = _strands(report, cell)
    return f"Of {count(len(strands), 'part')}: {', '.join(moves_of_parts(report, cell))}." if strands else ""


def moves_of_parts(report: ComparisonReport, cell: CellChange) -> list[str]:
    """The same by itself: "1 moved up", "7 show no change we could detect"."""
    words = {
        "moved up": "moved up",
        "moved down": "moved down",
        ALIKE: "moved, everyone by the same amount",
        "no change to speak of": "show no change to speak of",
        "no change we could detect": "show no change we could detect",
        "nobody moved": "stayed, nobody moving",
        "little room to rise": "had little room to rise",
        "too few to tell": "have too few people to tell",
        "not tested": "are not tested",
        UNSURE: "are shown without saying how sure that is",
        "": "cannot be shown",
    }
    found = [claim_words(one)[0] for one in _strands(report, cell)]
    return [f"{found.count(one)} {_one(what, found.count(one))}" for one, what in words.items() if one in found]


def _strands(report: ComparisonReport, cell: CellChange) -> list[NodeChange]:
    return [one for one in cell.nodes if one.level == "strand" and report.strand in (None, one.id)]


def _one(words: str, number: int) -> str:
    return words.replace("show ", "shows ").replace("have ", "has ").replace("are ", "is ") if number == 1 else words


# What a comparison rests on


NOT_TOLD_APART = "joined, left or gave no code: we can't tell which"
EXCLUSION_REASONS: dict[Aside, str] = {
    "reworded": "its words changed",
    "with other options": "its options changed",
    "turned round": "it was turned round",
    "of another kind": "it is answered differently",
    "asked of others": "it is asked of other groups",
    "asked on another condition": "it is asked under another condition",
    "perhaps something else": "its words changed so much that it may be about something else",
    "new": "it is new",
    "made from others": "it is made from others",
    "gone": "it is no longer asked",
    "split": "it was split",
    "moved here": "it was somewhere else before",
    "moved away": "it is somewhere else now",
    "no longer scored": "it no longer counts",
    "not in the short form": "it is not in the short form",
    "not in the short form then": "it was not in the short form",
    "not for this group": "your group is not asked it now",
    "not for this group then": "your group was not asked it then",
}
FORMS: dict[Form, str] = {"full": "the whole questionnaire", "short": "the short form"}


def asked_once(forms: tuple[Form, Form], whole: Comparability) -> str:
    """That one of two occasions asked more than the other, once for all of these items; nothing where neither did."""
    if forms[0] == forms[1]:
        return ""
    items = sum(one.fate in ("not in the short form", "not in the short form then") for one in whole.items)
    told = f"The earlier one asked {FORMS[forms[0]]}, the later one {FORMS[forms[1]]}."
    if items:
        what = count(items, "question")
        told += f" The {what} that only one of them asked {'is' if items == 1 else 'are'} not compared."
    return told


def listed_exclusions(exclusion: Mapping[str, Aside]) -> dict[str, Aside]:
    """Of the excluded items, those that are listed one by one: items that were asked only once are counted instead."""
    return {id: reason for id, reason in exclusion.items() if reason not in ONCE}


def attendance(report: ComparisonReport, cell: CellChange) -> Iterator[str]:
    """How many took part, how many respondents were linked, and who was not."""
    before, after = report.comparison.rounds
    yield f"{cell.n[0]} handed in for “{before.title}”, {cell.n[1]} for “{after.title}”."
    if not any(report.comparison.with_codes):
        yield "Nobody gave a code to be found again by, so everybody then is compared with everybody now."
        return
    if cell.not_matched is None:
        yield "We can't say how many were found again: it could give something away about a few people."
    elif not cell.matched:
        yield "Nobody was found again: no code of the earlier round is in the later one."
    else:
        yield f"{cell.matched} were found in both rounds by their codes. {_not_matched(cell.not_matched)}"
    if cell.same_people and cell.same_people != cell.matched:
        yield (
            f"“The same people” are {cell.same_people} of those who were found again. The others were left out at "
            "random: with them, it could be worked out what a few people said."
        )


def _not_matched(rest: NotMatched) -> str:
    if not rest.before and not rest.after:
        return "That is everybody."
    return f"Not found again: {rest.before} then and {rest.after} now ({NOT_TOLD_APART})."


def collisions(report: ComparisonReport) -> Iterator[str]:
    """That codes are there twice."""
    for one, many in zip(report.comparison.rounds, report.comparison.collided, strict=True):
        if many:
            yield (
                f"In “{one.title}” {many} sheets have a code that another sheet has too. Nobody can say whose is "
                "whose, so they are not matched."
            )


def groups_missing(report: ComparisonReport) -> str:
    """That "all" are not all; nothing where they are."""
    missing = report.comparison.missing
    if not missing:
        return ""
    names = listed(report.title_of(one) for one in missing)
    return f"“All” leaves out {names}, who are not in the figures of both rounds, so that like is compared with like."


def exclusion(editions: tuple[Edition, Edition], id: str, reason: Aside) -> str:
    """An item of either edition that is not compared, in its later words where there are any, with the reason."""
    for edition in reversed(editions):
        for item in edition.questionnaire.items:
            if item.id == id:
                return f"{item.text} ({id}): {EXCLUSION_REASONS[reason]}"
    return f"{id}: {EXCLUSION_REASONS[reason]}"
