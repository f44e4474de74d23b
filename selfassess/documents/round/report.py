"""The report of a round: all of its sections, in the order in which they are presented."""

from dataclasses import replace

from selfassess.documents import follow_up, targets
from selfassess.documents.blocks import Block, Bullet, BulletList, Contents, Document, Paragraph, Section, Table
from selfassess.documents.round import board_page, comments, finding_wording, findings_table, stock
from selfassess.documents.round import wording as round_wording
from selfassess.documents.round.findings import could_not_say, differences, gaps, other_actions, splits, strengths
from selfassess.documents.round.items import items
from selfassess.documents.round.overview import corrected, turnout
from selfassess.documents.round.scores import band_changes, certainty, score_chart, scored_nodes, scores_by_group
from selfassess.documents.round.wording import protection as rules
from selfassess.documents.wording import MADE_UP, number
from selfassess.model.reports import RoundReport
from selfassess.model.score_tree import decimals


def sections(report: RoundReport) -> tuple[Section, ...]:
    """All sections of the annex that are not empty. Each can be read by itself."""
    parts = (
        who_is_in(report), score_chart(report), scores_by_group(report), strengths(report), gaps(report),
        splits(report), differences(report), could_not_say(report), findings_table.section(report),
        comments.section(report, findings_table.quoted(report)), other_actions(report), *_skills(report),
        agreed(report), follow_up.section(report.since), items(report),
        certainty(report), band_changes(report), protection(report),
    )  # fmt: skip  # the order of the report, at a glance
    return tuple(one for one in parts if one is not None)


def _skills(report: RoundReport) -> tuple[Section | None, ...]:
    """Whether the skills are there that the plan needs. The page of a round about skills has it already, but not where
    it is narrowed to a strand: then the annex stands alone."""
    if report.stock is None:
        return (stock.leaning(report.learning),)
    if report.strand is None or all(one.strand != report.strand for one in report.stock.skills):
        return ()
    return stock.matrix(report, report.stock), stock.short(report, report.stock)


def document(report: RoundReport) -> Document:
    """The whole report: the page for the board, and everything else in an annex with its contents. Of one strand only
    what the annex says of it."""
    page, annex = board_page.document(report), sections(report)
    if report.strand is not None:
        about, *marks = head(report)
        return replace(page, title=report.questionnaire.title, about=about, marks=tuple(marks), sections=annex)
    return replace(page, sections=(*page.sections, _contents(annex), *annex))


def _contents(annex: tuple[Section, ...]) -> Section:
    return Section("contents", "In the annex", (Contents(tuple((one.id, one.title) for one in annex)),))


def head(report: RoundReport) -> tuple[str, ...]:
    """The lines below the title."""
    mark = [MADE_UP] if report.made_up else []
    return (round_wording.kind(report), *mark, *filter(None, (corrected(report),)))


def who_is_in(report: RoundReport) -> Section:
    """Who was invited, who handed in, and what became of each group."""
    said = [one for one in report.results.attendance if report.group in (None, one.group, "pool")]
    rows = [
        (
            round_wording.group(report.questionnaire, one.group),
            "" if one.invited is None else str(one.invited),
            str(one.handed_in),
            round_wording.rate(one),
            round_wording.standing(report, one),
        )
        for one in said
    ]
    blocks: list[Block] = []
    if report.group is None:
        blocks.append(Paragraph(f"{turnout(report)}.", "strong"))
    if correction := corrected(report):
        blocks.append(Paragraph(correction))
    columns = ("Group", "Invited", "Handed in", "Rate", "How it is shown")
    blocks.append(Table("Who is in", columns, tuple(rows)))
    if hidden := finding_wording.suppressed(report):
        blocks.append(Paragraph(f"Not shown: {hidden}."))
    return Section("who_is_in", "Who is in", tuple(blocks))


def agreed(report: RoundReport) -> Section | None:
    """Scores that the meeting agreed on, beside those from the answers; None where there are none."""
    told = []
    for id, node, title, figure in scored_nodes(report):
        if (one := report.agreed.get(id)) and report.group is None:
            score, answers = number(one.score, decimals(node)), targets.score(figure, node)
            told.append(Bullet(round_wording.agreed(score, answers, one.why), title))
    if not told:
        return None
    intro = (
        "These scores were agreed in the room. They are shown next to those from the answers, and never replace them."
    )
    return Section("agreed", "What the meeting agreed", (Paragraph(intro, "quiet"), BulletList(tuple(told))))


def protection(report: RoundReport) -> Section:
    """How the figures are protected, from the rules of the round."""
    told = rules(report.round, report.questionnaire)
    source = [Paragraph(report.questionnaire.source, "quiet")] if report.questionnaire.source else []
    return Section("protection", "How people are protected", (BulletList(tuple(Bullet(one) for one in told)), *source))
