"""A round's figures in words, the same in every medium and on screen: turnout, certainty, protection."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from selfassess.documents import wording
from selfassess.documents.wording import number, percent
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.results import POOL, Agreement, Attendance, Figure, Flip, Opinions, Range, StraightLining
from selfassess.model.round import EVERYBODY, FEW, FLOOR, NEAR_THE_END, Round
from selfassess.model.score_tree import Node, decimals, in_units
from selfassess.model.sheet import Missing
from selfassess.text import listed

if TYPE_CHECKING:
    from selfassess.model.reports import RoundReport


VIEWS = {"close": "close", "mixed": "mixed", "wide": "wide apart"}
"""How far apart views are, in words."""
CAMPS = "two camps"
OPINIONS: dict[Opinions | None, str] = {"two camps": CAMPS, "spread widely": "opinions spread widely", None: ""}
DIFFER = "groups differ"
SMALL_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
REASONS = {Missing.DONT_KNOW: "“don't know”", Missing.NOT_APPLICABLE: "“doesn't apply”", Missing.SKIPPED: "left blank"}
TOO_MANY = "More people answered than are said to be invited. Please correct that number (round correct)."
RANGES = (
    "Where somebody did not answer there are two ranges. Both say where the score would be if all who were invited had "
    "answered. The first holds if those who did not answer think like the others, and is right about 19 times in 20. "
    "It is wrong if mostly the unhappy, or mostly the happy, did not answer. The second always holds. Neither says "
    "anything about how people would answer another time."
)


def straight_lining(said: StraightLining) -> str:
    """How many gave the same answer throughout, and what that means."""
    if not said.at_least:
        return f"Few of the {said.people} people, if any, gave the same answer to every question."
    return (
        f"At least {said.at_least} of the {said.people} people gave the same answer to every question. Their answers "
        "count like all others. Perhaps they meant it; perhaps there were too many questions."
    )


def spelled(value: int) -> str:
    """A small number as a word."""
    return SMALL_NUMBERS[value] if 0 <= value < len(SMALL_NUMBERS) else str(value)


# Who is in


def kind(report: "RoundReport") -> str:
    """What kind of report it is."""
    what = [f"only: {report.questionnaire.node(report.strand).title}"] if report.strand else []
    form = ["short form"] if report.round.form == "short" else []
    return " · ".join([f"Report of the closed round “{report.round.title}”", whose_view(report), *what, *form])


def whose_view(report: "RoundReport") -> str:
    """Whose view it is: everybody's, that of a group, or that of all but the groups that are left out."""
    if report.is_partial:
        return f"{with_numbers(report, report.left_out)} left out, so this is not everybody's view"
    return "everybody's view" if report.group is None else f"only the view of: {report.title_of(report.group)}"


def group(questionnaire: Questionnaire, id: str) -> str:
    """A group's title; "Everybody" where there are no groups."""
    return "Everybody" if id == EVERYBODY else questionnaire.group_title(id)


def with_numbers(report: "RoundReport", some: Sequence[Attendance]) -> str:
    """ "Staff (4 handed in) and External partners (3) are": the beginning of a sentence about groups."""
    first, *others = some
    told = [f"{group(report.questionnaire, first.group)} ({first.handed_in} handed in)"]
    told += [f"{group(report.questionnaire, one.group)} ({one.handed_in})" for one in others]
    return f"{listed(told)} {'are' if others or first.handed_in > 1 else 'is'}"


def turnout(one: Attendance) -> str:
    """How many handed in, and which share that is: "10 of 12 handed in (83%)"."""
    known = "" if one.invited is None or one.handed_in > one.invited else f" of {one.invited}"
    word = rate(one)
    return f"{one.handed_in}{known} handed in" + (f" ({word})" if word else "")


def rate(one: Attendance) -> str:
    """How many of those invited handed in: "83%", or "40%, which is low" where that is half of them or fewer; that the
    number invited cannot be right."""
    if one.invited is None or one.handed_in == one.invited:
        return "" if one.invited is None else "everybody"
    if one.handed_in > one.invited:
        return "more than were invited: please correct that number"
    if not one.handed_in:
        return "nobody"
    share = percent(one.handed_in, one.invited)
    return f"{share}, which is low" if 2 * one.handed_in <= one.invited else share


def standing(report: "RoundReport", one: Attendance) -> str:
    """What became of a group, in plain words."""
    match one.standing:
        case _ if not one.handed_in:
            return "nobody handed in"
        case "shown":
            return "shown"
        case "consent":
            return "shown although small, because everybody who handed in agreed"
        case "pooled":
            others = [group(report.questionnaire, id) for id in report.results.pooled if id != one.group]
            return f"joined with {listed(others)}, and shown together"
        case _:
            return "left out: too few to be shown, so in no figure and no total"


# Scores and how sure they are


def why_suppressed(figure: Figure, name: str = "mean") -> str:
    """Why one of its figures is not shown; nothing where it is, or where there is none."""
    return figure.withheld.get(name, "")


def of_how_many(figure: Figure) -> str:
    """ "10 of 12": how many have a score, of how many could."""
    if figure.n is None:
        return ""
    return str(figure.n) if figure.invited is None else f"{figure.n} of {figure.invited}"


def between(questionnaire: Questionnaire, node: Node, ends: Range | None) -> str:
    """ "64–72", in the units that the node is shown in."""
    if ends is None:
        return ""
    low, high = (number(in_units(questionnaire, node, end), decimals(node)) for end in (ends.low, ends.high))
    return low if low == high else f"{low}–{high}"


def sure(report: "RoundReport", node: Node, figure: Figure) -> str:
    """How many answered, the mean, and how sure it is: both ranges in words."""
    said = answered(report, figure)
    if figure.coded:
        return f"{said} Average {figure.coded}."
    if figure.shown is None:
        return said
    mean = f"{said} Average {wording.score(report.questionnaire, node, figure)}."
    word = views(figure, flagged=bool(flags(report, figure.id)))
    return " ".join(filter(None, (mean, _ranges(report, node, figure), f"Views are {word}." if word else "")))


def answered(report: "RoundReport", figure: Figure) -> str:
    """ "10 of 12 answered."; that all did, or that the number invited cannot be right. Where groups are left out, those
    who are shown are all that it speaks of."""
    n, invited = figure.n, figure.invited
    if n is None:
        return ""
    if invited is None:
        return f"{n} answered."
    if n > invited:
        return f"{n} answered, but only {invited} are said to be invited: please correct that number."
    those = " of those who are shown" if report.is_partial else ""
    return f"All {n}{those} answered." if n == invited else f"{n} of {invited}{those} answered."


def in_camps(report: "RoundReport", *ids: str) -> str:
    """That people are in two camps on an item of one of these nodes, or on one of these items; and among whom, where it
    is not all that the report speaks of. Nothing where they are not."""
    cells = dict.fromkeys(one.cell for one in report.splits if not {one.node.id, one.item.id}.isdisjoint(ids))
    if not cells or report.cell.id in cells:
        return CAMPS if cells else ""
    return f"{CAMPS} among {listed([report.title_of(cell) for cell in cells])}"


def flags(report: "RoundReport", *ids: str) -> tuple[str, ...]:
    """What people see differently on these nodes themselves."""
    differ = any(one.id in ids and one.matters for one in report.differences)
    return tuple(filter(None, (in_camps(report, *ids), DIFFER if differ else "")))


def views(figure: Figure, *, flagged: bool = False) -> str:
    """How far apart people's scores are, in a word. None beside two camps or groups that differ, where "close" would
    sound like the opposite; "wide apart" holds all the same."""
    if figure.spread is None or (flagged and figure.spread != "wide"):
        return ""
    return VIEWS[figure.spread]


def seen(report: "RoundReport", figure: Figure) -> str:
    """Two camps, differences between groups, and how far apart views are on a node."""
    found = flags(report, figure.id)
    return "; ".join(filter(None, (*found, views(figure, flagged=bool(found)))))


def left_open(report: "RoundReport") -> str:
    """Why fewer have a score than handed in, for the first score to which that applies; empty where there is none."""
    whole = report.cell.overall if report.strand is None else None
    told = [("", whole)] if whole else []
    told += [(f" on “{one.title}”", report.cell.figure(one.id)) for one in report.questionnaire.strands
             if report.strand in (None, one.id)]  # fmt: skip  # reads as one list
    invited = _invited(report)
    for where, figure in told:
        fewer = report.cell.n - (report.cell.n if figure.n is None else figure.n)
        if fewer > 0 and figure.mean is not None and figure.invited == invited:
            return f"{fewer} handed in, but answered too little to have a score{where or ' here'}."
    return ""


def _invited(report: "RoundReport") -> int | None:
    """How many were invited of the respondents in the report; None where that is not known."""
    id = report.cell.id
    groups = report.results.pooled if id == POOL else (id,)
    some = [
        one for one in report.results.attendance if one.group in groups or (id == "all" and one.standing != "left_out")
    ]
    known = [one.invited for one in some if one.invited is not None]
    return sum(known) if len(known) == len(some) else None


def _ranges(report: "RoundReport", node: Node, figure: Figure) -> str:
    questionnaire, n, invited = report.questionnaire, figure.n or 0, figure.invited
    likely = between(questionnaire, node, figure.likely)
    if invited is None:
        return f"If others are like those who answered: {likely}." if likely else ""
    if n > invited:
        return ""
    if n == invited:
        if report.is_partial:
            return "All of them answered, so for them this is not an estimate."
        return "Everybody answered, so this is the whole picture, not an estimate."
    silent = invited - n
    who = f"the {spelled(silent)} who did not answer {'thinks' if silent == 1 else 'think'} like the others"
    possible = between(questionnaire, node, figure.possible)
    thinks = "At the very most"
    return " ".join(
        filter(None, (f"If {who}: {likely}." if likely else "", f"{thinks}: {possible}." if possible else ""))
    )


def by_head(questionnaire: Questionnaire, node: Node, figure: Figure) -> str:
    """The mean in which each shown group counts once, beside that in which a large group weighs more."""
    if figure.by_group is None or figure.shown is None:
        return ""
    once = number(in_units(questionnaire, node, figure.by_group), decimals(node))
    return f"Large groups weigh more in this average. If each group that is shown counted equally, it would be {once}."


def agreement(found: Agreement | None) -> str:
    """The index of how alike people see something, and what it is compared with: what answers at random reach."""
    if found is None:
        return ""
    return f"agreement {wording.fine(found.index)}; at random {wording.fine(found.chance)}"


def could_not(figure: Figure) -> str:
    """How many of those asked gave no answer, by kind."""
    if figure.missing is None:
        return ""
    told = [f"{figure.missing[kind.key]} {words}" for kind, words in REASONS.items() if figure.missing.get(kind.key)]
    return f"no answer: {', '.join(told)}" if told else ""


def flip(figure: Figure, one: Flip) -> str:
    """What few silent members could change."""
    silent = (figure.invited or 0) - (figure.n or 0)
    who = f"{one.silent} of the {silent} who did not answer"
    if one.silent == silent:
        who = f"all {silent} who did not answer" if silent > 1 else "the one who did not answer"
    return f"If {who} had answered at the {one.towards} end, this would be “{one.band}”."


def agreed(score: str, answers: str, why: str) -> str:
    """What the meeting agreed, beside the score from the answers where that is told."""
    beside = f" The answers: {answers}." if answers else ""
    return f"the meeting agreed {score}.{beside}{f' Why: {why}' if why else ''}"


WORKED_OUT = "A figure is also left out where another one that is not shown could be worked out from it."
AT_AN_END = (
    f"Where fewer than {FEW} people answered and their average is within {NEAR_THE_END} points of an end, it is shown "
    f"as “{100 - NEAR_THE_END} or more” or “{NEAR_THE_END} or less”: the exact average would give away what each of "
    "them said."
)
COMMENTS = "What people wrote is in random order, without names."
ONE_RELEASE = (
    "Every report of this round shows parts of the same release, so that two reports cannot be compared to work out "
    "who said what."
)
THE_FILE = (
    "The person who keeps the project file could read single answers in it: answers are given in confidence, they are "
    "not anonymous. If somebody skipped a question, the figures here can sometimes give away what they answered "
    "elsewhere."
)


def protection(round: Round, questionnaire: Questionnaire) -> list[str]:
    """The rules of the round, in plain words."""
    least, detail = round.rules.thresholds.min_group, round.rules.thresholds.min_detail
    thresholds = (
        f"Scores are shown where at least {least} people answered; how they answered a single item, how far apart they "
        f"are as a number, and what they wrote where at least {detail} did."
    )
    return [thresholds, _small_groups(round, questionnaire), WORKED_OUT, AT_AN_END, COMMENTS, ONE_RELEASE, THE_FILE]


def _small_groups(round: Round, questionnaire: Questionnaire) -> str:
    least = round.rules.thresholds.min_group
    few = f"A group in which fewer than {least} handed in"
    match round.rules.small_groups:
        case "consent":
            asked = [questionnaire.group_title(id) for id in round.rules.asks_consent]
            who = f" These were asked: {listed(asked)}." if asked else " No group was small enough to be asked."
            return (
                f"{few} is shown only if there are at least {FLOOR} of them and each of them agreed. If not, their "
                f"answers are in no figure and no total.{who}"
            )
        case "pool":
            return f"{few} is joined with other small groups, until there are {least} or more of them together."
        case _:
            return f"{few} is left out: their answers are in no figure and no total."
