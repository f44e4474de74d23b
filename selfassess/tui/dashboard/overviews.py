"""Pages that go across all strands: findings, what could be done, comments, and who is in."""

from selfassess.documents import follow_up as in_plan
from selfassess.documents import targets as aim
from selfassess.documents.round import finding_wording as round_seen
from selfassess.documents.round import wording as round_wording
from selfassess.documents.round.findings import nobody_could_not_say
from selfassess.documents.round.order import inside
from selfassess.documents.round.overview import corrected
from selfassess.model.finding import Ranked
from selfassess.model.reports import RoundReport
from selfassess.model.summary import Comment
from selfassess.model.text import capital
from selfassess.model.units import OVERALL
from selfassess.tui.dashboard import words
from selfassess.tui.dashboard.blocks import Spot, Words
from selfassess.tui.dashboard.pieces import (
    Blocks,
    actions_for,
    difference_of,
    say,
    score_of,
    section,
    settled,
    split_of,
    spot_of,
)


def findings(report: RoundReport) -> Blocks:
    """Strengths, gaps, two camps, differences, and what many could not say: each opens what it is about."""
    yield say("Findings", "title")
    yield section("Strengths to celebrate")
    if not report.strengths:
        yield say(aim.no_strengths(report))
    yield from _ranked(report, report.strengths, praised=True)
    for title, some in aim.others(report.ranking):
        yield section(title)
        yield from _ranked(report, some, praised=True)
    yield section("Widest gaps to the target")
    if unsure := round_seen.which_is_widest(report):
        yield say(f"{capital(unsure)}.")
    if not report.gaps:
        yield say(aim.no_gaps(report))
    yield from _ranked(report, report.gaps)
    if low := report.ranking.also_low:
        yield section(aim.ALSO_LOW)
        yield from _ranked(report, low)
    yield section("Two camps")
    if not report.splits:
        yield say(round_seen.camps_looked_for(report))
    for split in report.splits:
        yield from split_of(report, split, Spot("item", split.item.id))
    yield from _differences(report)
    yield section("What many could not say")
    if not report.could_not_say:
        yield say(nobody_could_not_say(report))
    for one in report.could_not_say:
        yield Words(text=round_seen.item_words(report, one.item), opens=Spot("item", one.item.id), is_apart=True)
        yield say(f"{round_seen.hard_to_say(one)}.", indent=4)


def _ranked(report: RoundReport, found: tuple[Ranked, ...], *, praised: bool = False) -> Blocks:
    for one in found:
        but = round_seen.but(report, one, with_camps=False) if praised else ""
        said = words.flags(report, inside(one.node)), but, round_seen.may_change(report, one)
        note = " · ".join(filter(None, said))
        yield score_of(report, one.node, one.figure, one.node.title, opens=spot_of(one.node), note=note)


def _differences(report: RoundReport) -> Blocks:
    yield section("Differences between groups")
    found = sorted((one for one in report.differences if one.matters), key=lambda one: -one.points)
    if not found:
        yield say(round_seen.no_differences(report))
    for told in (*round_seen.detectable(report), *filter(None, [round_seen.in_other_words(report)])):
        yield say(told, "quiet", apart=True)
    for one in found:
        spot = Spot("strands") if one.id == OVERALL else spot_of(report.questionnaire.node(one.id))
        yield from difference_of(report, one, spot)
    if not_compared := round_seen.not_compared(report):
        yield say(not_compared, "quiet", apart=True)


def actions(report: RoundReport) -> Blocks:
    """What could be done, group by group, in the order of its gaps."""
    yield say("What could be done", "title")
    if not any(report.suggestions.values()):
        yield say(in_plan.why_nothing([one for some in report.settled.values() for one in some]))
    for group, suggestions in report.suggestions.items():
        if suggestions:
            yield from actions_for(report, group, suggestions)
    yield from settled(report)


def comments(report: RoundReport) -> Blocks:
    """What people wrote, strand by strand."""
    yield say("What people wrote", "title")
    yield say("In an order that tells nothing, and apart from who wrote it.", "quiet")
    said = report.said
    if said.comments_withheld:
        yield say(said.comments_withheld, apart=True)
    if not any(said.comments.values()) and not said.comments_withheld:
        yield say("Nobody wrote anything.", apart=True)
    for strand in report.questionnaire.strands:
        found = said.comments.get(strand.id, ())
        if found:
            yield section(strand.title)
        for about in dict.fromkeys(comment.about for comment in found):
            yield say(round_seen.about(report, about), "quiet", apart=True)
            yield from _said(about, found)


def _said(about: str, found: tuple[Comment, ...]) -> Blocks:
    for comment in found:
        if comment.about == about:
            yield say(comment.text, mark="•", indent=2)


def who(report: RoundReport) -> Blocks:
    """Who is in, and how what they said is protected."""
    yield say("Who is in", "title")
    if correction := corrected(report):
        yield say(correction, apart=True)
    for one in report.said.attendance:
        yield say(round_wording.group(report.questionnaire, one.group), "strong", apart=True)
        yield say(f"{round_wording.capital(words.attendance(report, one))}.", indent=2)
    yield section("How what people said is protected")
    for line in round_wording.protection(report.round, report.questionnaire):
        yield say(line, mark="•")
