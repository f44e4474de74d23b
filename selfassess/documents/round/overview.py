"""The overview of a round's report: what matters in the first five minutes of a meeting."""

from collections.abc import Iterator, Sequence

from selfassess.documents import targets, wording
from selfassess.documents.blocks import Block, Bullet, BulletList, Heading, Paragraph, Section
from selfassess.documents.round import finding_wording, order
from selfassess.documents.round import wording as round_wording
from selfassess.documents.round.finding_wording import suppressed
from selfassess.documents.wording import number
from selfassess.model.questionnaire import Benchmark, Strand
from selfassess.model.reports import RoundReport
from selfassess.model.results import MATTERS, Ranked
from selfassess.model.score_tree import decimals
from selfassess.text import capital, listed

MOST = 3
"""How many entries of a kind are listed; the rest are counted."""


def overview(report: RoundReport) -> Section:
    """Who is in, the overall score, what is strong, where it falls short, what people see differently, what to talk
    about, and what was agreed."""
    blocks: list[Block] = []
    if words := _who(report):
        blocks.append(Paragraph(words))
    if overall := overall_score(report):
        blocks.append(Paragraph(overall, "strong"))
    blocks.append(BulletList(tuple(_bullets(report))))
    return Section("short", "In short", (*blocks, *_questions(report), *_agreed(report)))


def overall_score(report: RoundReport) -> str:
    """The overall score, its band and its target; nothing where there is none."""
    figure, node = report.cell.overall, report.questionnaire.overall
    if figure is None or report.strand is not None or not (figure.coded or figure.shown is not None):
        return ""
    score = figure.coded or wording.score(report.questionnaire, node, figure)
    parts = (score, figure.band or "", targets.against(report.questionnaire, node, figure))
    return f"Overall: {', '.join(filter(None, parts))}."


def turnout(report: RoundReport) -> str:
    """ "30 of 34 handed in": of all groups."""
    said = report.said.attendance
    invited = [one.invited for one in said if one.invited is not None]
    known = f" of {sum(invited)}" if len(invited) == len(said) else ""
    return f"{sum(one.handed_in for one in said)}{known} handed in"


def corrected(report: RoundReport) -> str:
    """That numbers of people invited were corrected after a report was made, with both numbers: "Corrected after the
    first report: Board members, 13 invited (first reported as 12)."; nothing where none was."""
    told = [
        f"{round_wording.group(report.questionnaire, one.group)}, {one.invited} invited ({_before(numbers)})"
        for one in report.said.attendance
        if report.group in (None, one.group) and (numbers := report.reported.get(one.group))
    ]
    if not told:
        return ""
    what = "This report uses the latest numbers."
    return f"Corrected after the first report: {'; '.join(told)}. {what}"


def _before(numbers: Sequence[int]) -> str:
    first, *others = numbers
    then = f", then corrected to {listed([str(one) for one in others])}" if others else ""
    return f"first reported as {first}{then}"


def _who(report: RoundReport) -> str:
    said = [one for one in report.said.attendance if report.group in (None, one.group)]
    told = [
        f"{round_wording.group(report.questionnaire, one.group)} {_of(one.handed_in, one.invited)}"
        + (" (left out)" if one in report.left_out else "")
        for one in said
    ]
    if report.group is not None:
        return f"{listed(told)} handed in." if told else ""
    return f"{turnout(report)}{f': {listed(told)}' if len(told) > 1 else ''}."


def _of(handed_in: int, invited: int | None) -> str:
    return str(handed_in) if invited is None else f"{handed_in} of {invited}"


def _bullets(report: RoundReport) -> Iterator[Bullet]:
    yield Bullet(_ranked(report, report.strengths) or _sentence(targets.no_strengths(report)), "Strengths")
    for title, found in targets.runners_up(report.ranking):
        yield Bullet(_ranked(report, found), title)
    if report.gaps:
        widest = _some([_described(report, one) for one in report.gaps], _as_wide(report))
        unsure = finding_wording.which_is_widest(report)
        yield Bullet(f"{widest}. {capital(unsure)}." if unsure else widest, "Widest gaps")
    if low := report.ranking.also_low:
        yield Bullet(_some([f"{one.node.title} ({targets.low(one)})" for one in low]), targets.ALSO_LOW)
    if lowest := finding_wording.lowest_of_a_group(report):
        told = [f"{report.title_of(cell.id)} on “{one.node.title}” ({_score(one)})" for cell, one in lowest]
        yield Bullet(_some(told), "Lowest in one group")
    if report.splits:
        split = [_in_camps(report, node) for node in _topics(report)]
        yield Bullet(_some([*filter(None, split)]), "Two camps")
    differ = sorted((one for one in report.differences if one.matters), key=lambda one: -one.points)
    if differ:
        told = [f"{finding_wording.title_of(report, one.id)} ({finding_wording.higher(report, one)})" for one in differ]
        yield Bullet(_some(told), "Groups differ")
    elif far := sorted((one for one in report.differences if one.shown >= MATTERS), key=lambda one: -one.points):
        told = [f"{finding_wording.title_of(report, one.id)} ({finding_wording.higher(report, one)})" for one in far]
        yield Bullet(_some(told), "Furthest apart (chance not ruled out)")
    if hard := report.could_not_say:
        yield Bullet(_some([f"“{finding_wording.in_brief(report, one.item)}”" for one in hard]), "Hard to answer")
    if hidden := suppressed(report):
        yield Bullet(hidden, "Not shown")


def _ranked(report: RoundReport, some: Sequence[Ranked]) -> str:
    """What is good, with the groups that see it otherwise."""
    alone, tied = targets.split_ties(report.questionnaire, some, MOST)
    told = [_described(report, one, finding_wording.but(report, one)) for one in alone]
    if tied:
        titles = [_beside(one.node.title, finding_wording.but(report, one)) for one in tied]
        told.append(f"{targets.tied_summary(tied)}: {_some(titles)}")
    return "; ".join(told)


def _described(report: RoundReport, one: Ranked, otherwise: str = "") -> str:
    """A benchmark with its score, how that compares with its target, and caveats."""
    short = targets.short_of(report.questionnaire, one.node, one.figure)
    reached = targets.reached(report.questionnaire, one)
    return _beside(one.node.title, _score(one), short, reached, otherwise, finding_wording.may_change(report, one))


def _score(one: Ranked) -> str:
    return targets.score(one.figure, one.node)


def _beside(title: str, *words: str) -> str:
    found = ", ".join(filter(None, words))
    return f"{title} ({found})" if found else title


def _in_camps(report: RoundReport, node: Strand | Benchmark) -> str:
    """A benchmark on which there are two camps, with the group where it is not all respondents; else empty."""
    words = round_wording.in_camps(report, node.id)
    return _beside(node.title, words.removeprefix(round_wording.CAMPS).strip()) if words else ""


def _as_wide(report: RoundReport) -> str:
    return targets.ties_beyond(report.questionnaire, report.gaps, MOST)


def _sentence(words: str) -> str:
    """A sentence that goes on after a colon."""
    return words[:1].lower() + words[1:].removesuffix(".")


def _some(told: Sequence[str], of_the_rest: str = "") -> str:
    """The first few, and how many more there are."""
    more = [f"and {len(told) - MOST} more{of_the_rest}"] if len(told) > MOST else []
    return "; ".join((*told[:MOST], *more))


def _topics(report: RoundReport) -> list[Strand | Benchmark]:
    """What a meeting talks about, what needs talk first; a strand may have items of its own, which can be split."""
    found: list[Strand | Benchmark] = []
    for strand in report.questionnaire.strands:
        found += [*strand.middle, strand] if report.strand in (None, strand.id) else []
    return order.in_order(report, found, by_need=True)


def _questions(report: RoundReport) -> Iterator[Block]:
    topics = [node for node in order.in_order(report, order.benchmarks(report), by_need=True) if node.discuss]
    asked = topics[:MOST]
    if asked:
        yield Heading(wording.TO_ASK)
        yield BulletList(tuple(Bullet(node.discuss) for node in asked))


def _agreed(report: RoundReport) -> Iterator[Block]:
    if report.group is not None:
        return
    told = []
    for node in _topics(report):
        if one := report.agreed.get(node.id):
            told.append(Bullet(number(one.score, decimals(node)), node.title))
    if told:
        yield Heading("What the meeting agreed")
        yield BulletList(tuple(told))
