"""Scores against targets, in words: the same for one person and for a round, on paper and on screen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from selfassess.documents.blocks import tone_of
from selfassess.documents.wording import Report, against_target, number
from selfassess.documents.wording import score as worded
from selfassess.model.attainment import falls_short, in_points, is_strong, least_gap, lies, place, ranked
from selfassess.model.questionnaire import Benchmark, Questionnaire, Strand
from selfassess.model.results import Figure, Ranked, Ranking
from selfassess.model.score_tree import POINTS, Node, bands, decimals, span
from selfassess.text import capital, count, listed

if TYPE_CHECKING:
    from selfassess.model.reports import OwnReport


N = TypeVar("N", Strand, Benchmark)

ONE_ANSWER = "one answer"
"""What stands in place of a band where a score comes from a single answer."""
ALSO_LOW = "Also low, with no gap to a target"


def score(figure: Figure, node: Node) -> str:
    """The printed score, also where it is coded."""
    return figure.coded or number(figure.shown, decimals(node))


def place_on_line(questionnaire: Questionnaire, node: Node, figure: Figure) -> float | None:
    """Where a score is drawn on its line, 0 to 1: at its target where the printed score equals the target."""
    if figure.mean is None:
        return None
    return target_on_line(questionnaire, node, figure) if figure.gap == 0 else figure.mean / 100


def target_on_line(questionnaire: Questionnaire, node: Node, figure: Figure) -> float | None:
    """Where the target of a score is drawn, 0 to 1; None where it has none."""
    if figure.target is None:
        return None
    ends = span(questionnaire, node) if node.units == "own" else POINTS
    return ends.share(figure.target)


def band(figure: Figure) -> str:
    """The band of a score; that it comes from a single answer, which has none."""
    return figure.band or (ONE_ANSWER if figure.one_answer else "")


def tone(questionnaire: Questionnaire, node: Node, figure: Figure) -> int | None:
    """Which of five tones the band of a score has; None where it is in none, or there is one alone."""
    titles = [one.title for one in bands(questionnaire, node)]
    return tone_of(titles.index(figure.band), len(titles)) if figure.band in titles and len(titles) > 1 else None


def short_of(questionnaire: Questionnaire, node: Node, figure: Figure) -> str:
    """ "37 short", and of a coded score "at least 70 short"; nothing where it is not below its target."""
    if not falls_short(questionnaire, node, figure):
        return ""
    least = "" if figure.coded is None else "at least "
    return f"{least}{number(least_gap(questionnaire, node, figure), decimals(node))} short"


def gap(questionnaire: Questionnaire, node: Node, figure: Figure) -> str:
    """How far a score is below its target, in a table: "37", "70 or more"; 0 above it, nothing without one."""
    if figure.coded is None:
        return "" if figure.gap is None else number(max(figure.gap, 0), decimals(node))
    least = least_gap(questionnaire, node, figure)
    return f"{number(least, decimals(node))} or more" if least > 0 else ""


def against(questionnaire: Questionnaire, node: Node, figure: Figure) -> str:
    """How a score stands to its target: "37 below the target of 75"; of a coded one only where it is surely below."""
    if figure.coded is None:
        return against_target(node, figure)
    short = short_of(questionnaire, node, figure)
    return f"{short} of the target of {figure.target:g}" if short else ""


def reason(one: Ranked, by: str = "") -> str:
    """Why something is suggested: "scored 33, target 75"; `by` names the respondents."""
    parts = (
        f"scored {score(one.figure, one.node)}{by}",
        "" if one.figure.target is None else f"target {one.figure.target:g}",
        ONE_ANSWER if one.figure.one_answer else "",
    )
    return ", ".join(filter(None, parts))


def strong(one: Ranked) -> str:
    """A score and its band: "88, Strong"."""
    return ", ".join(filter(None, (score(one.figure, one.node), band(one.figure))))


def stands(questionnaire: Questionnaire, one: Ranked) -> str:
    """The same, and how it stands to its target: "73, Build on it, 2 short of 75"."""
    short = short_of(questionnaire, one.node, one.figure)
    aimed = f"{short} of {one.figure.target:g}" if short else reached(questionnaire, one)
    return ", ".join(filter(None, (strong(one), aimed)))


def reached(questionnaire: Questionnaire, one: Ranked) -> str:
    """The target that a score has reached, where its band alone would not say that it is strong: "target 60"."""
    named, figure = bands(questionnaire, one.node), one.figure
    if figure.target is None or figure.one_answer or not is_strong(questionnaire, one.node, one.figure):
        return ""
    return "" if named and figure.band == named[-1].title else f"target {figure.target:g}"


def low(one: Ranked) -> str:
    """A score that is low and no gap, and why it is none: "30, Act now, target 20"."""
    return f"{strong(one)}, {'no target' if one.figure.target is None else f'target {one.figure.target:g}'}"


def runners_up(some: Ranking) -> Iterator[tuple[str, tuple[Ranked, ...]]]:
    """What stands below the strengths, each list with its title: what is low for a group, and where strengths are few
    what comes nearest to them."""
    if some.low_for_a_group:
        yield "Strong for all together, low for a group", some.low_for_a_group
    if some.nearest:
        yield "Nearest to the target", some.nearest
    if some.highest:
        yield "Highest so far", some.highest


def overall(report: "OwnReport") -> str:
    """One person's score of the whole, in a sentence or two; nothing where there is none to have."""
    questionnaire, figure = report.edition.questionnaire, report.cell.overall
    if figure is None:
        return ""
    said = ", ".join(filter(None, (worded(questionnaire, questionnaire.overall, figure), band(figure))))
    return ". ".join(filter(None, (f"Overall: {said}", capital(against_target(questionnaire.overall, figure))))) + "."


def sentence(report: "OwnReport", node: Strand | Benchmark) -> str:
    """A person's score in a sentence: "News reaches people: 38 of 100, Act now, 37 below the target of 75"."""
    questionnaire, figure = report.edition.questionnaire, report.cell.figure(node.id)
    said = worded(questionnaire, node, figure)
    if figure.shown is not None and node.units != "own":
        said += " of 100"
    told = ", ".join(filter(None, (said, band(figure), against_target(node, figure))))
    return f"{node.title}: {told}."


def in_order(report: "OwnReport", some: Sequence[N]) -> list[N]:
    """The widest gap first, then what has no gap from the lowest on, and last what has no score."""
    questionnaire = report.edition.questionnaire

    def need(node: N) -> tuple[bool, float, float]:
        figure = report.cell.figure(node.id)
        gap = in_points(questionnaire, Ranked(node, figure)) if short_of(questionnaire, node, figure) else 0
        return figure.mean is None, -gap, figure.mean or 0

    return sorted(some, key=need)


# What there is none of


@dataclass(frozen=True, slots=True)
class ScoreCounts:
    """How many benchmarks and skills there are to look at, and how many can be looked at."""

    scored: int
    """Those whose score is shown, or coded."""
    hidden: int
    """Those that have a score which is not shown."""
    without: int
    """Those without any score."""
    aimed: int
    """Of those that are scored, how many have a target."""
    reached: int
    """Of these, how many are surely at it or above."""


def score_counts(report: Report) -> ScoreCounts:
    """How many benchmarks and skills of a report can be looked at."""
    questionnaire = report.edition.questionnaire
    every = [one for one in ranked(questionnaire, report.cell) if one.figure.why_none != "not scored"]
    there = [(one, found) for one in every if (found := lies(questionnaire, one.node, one.figure)) is not None]
    aimed = [(one, found) for one, found in there if one.figure.target is not None]
    return ScoreCounts(
        scored=len(there),
        hidden=sum(not one.figure.why_none for one in every) - len(there),
        without=sum(bool(one.figure.why_none) for one in every),
        aimed=len(aimed),
        reached=sum(found.low >= (one.figure.target or 0) for one, found in aimed),
    )


def no_gaps(report: Report) -> str:
    """The sentence where nothing is below its target, with how many scores that covers."""
    found = score_counts(report)
    if not found.scored:
        return "No score is shown." if found.hidden else "Too little was answered for a score."
    if not found.aimed:
        none = "This questionnaire sets no targets."
        return f"No score that can be read has a target{_but(found)}." if _but(found) else none
    if _but(found):
        return f"Of {count(found.scored, 'score')} that can be read, none is below its target{_but(found)}."
    return "Nothing is below its target."


def no_strengths(report: Report) -> str:
    """The sentence where there are no strengths."""
    found = score_counts(report)
    if not found.scored:
        return "No score is shown." if found.hidden else "Too little was answered for a score."
    if found.aimed == found.scored and not found.reached:
        if _but(found):
            return f"Of {count(found.scored, 'score')} that can be read, none has reached its target yet{_but(found)}."
        return "Nothing has reached its target yet."
    return f"Nothing stands out as a strength yet{f' among what can be read{_but(found)}' if _but(found) else ''}."


def _but(found: ScoreCounts) -> str:
    """How many scores are missing: " (3 are not shown and 1 has none)"."""
    told = [f"{found.hidden} {'is' if found.hidden == 1 else 'are'} not shown"] if found.hidden else []
    told += [f"{found.without} {'has' if found.without == 1 else 'have'} no score"] if found.without else []
    return f" ({listed(told)})" if told else ""


# What is equal


def split_ties(
    questionnaire: Questionnaire, some: Sequence[Ranked], most: int
) -> tuple[tuple[Ranked, ...], tuple[Ranked, ...]]:
    """A list in which more than `most` stand because the last of them are equal: those before, and the equal ones. A
    list of no more stands as it is."""
    if len(some) <= most:
        return tuple(some), ()
    last = place(questionnaire, some[-1])
    return (
        tuple(one for one in some if place(questionnaire, one) != last),
        tuple(one for one in some if place(questionnaire, one) == last),
    )


def tied_summary(tied: Sequence[Ranked]) -> str:
    """The summary of equal scores: "17 with the same score, 75"; of coded ones, which need not be equal: "17, each 95
    or more"."""
    first = score(tied[0].figure, tied[0].node)
    return f"{len(tied)}, each {first}" if tied[0].figure.coded else f"{len(tied)} with the same score, {first}"


def ties_beyond(questionnaire: Questionnaire, found: Sequence[Ranked], told: int) -> str:
    """How many gaps beyond the listed ones are as wide as the last of these: ", 2 of them as wide as the last". Empty
    where none is, or where the last is coded, so that it is unknown."""
    if not 0 < told < len(found) or found[told - 1].figure.coded:
        return ""
    last, rest = in_points(questionnaire, found[told - 1]), found[told:]
    equal = sum(in_points(questionnaire, one) == last for one in rest)
    if not equal:
        return ""
    return ", as wide as the last" if equal == len(rest) else f", {equal} of them as wide as the last"
