"""Which skills were covered in a round, and are in a later one."""

from selfassess.documents.blocks import Block, HeatMap, Paragraph, Section
from selfassess.documents.comparison import leaning
from selfassess.documents.round.stock import heat_cell, reading
from selfassess.model.coverage import Coverage
from selfassess.model.learning import SkillMove
from selfassess.model.reports import ComparisonReport
from selfassess.text import capital, count

TITLE = "Skills then and now"


def section(report: ComparisonReport) -> Section | None:
    """Each skill that was asked about alike both times, then and now, of all or of the group that the comparison is
    narrowed to. None for rounds that are not about skills."""
    if report.skills is None:
        return None
    pairs = [(move, _both(report, move)) for move in report.skills.moves if _is_inside(report, move)]
    rows = tuple((move.now.skill.title, (heat_cell(then), heat_cell(now))) for move, (then, now) in pairs)
    blocks: list[Block] = []
    if rows:
        verdicts = {one.verdict for _, both in pairs for one in both}
        names = tuple(one.title for one in report.comparison.rounds)
        blocks += [HeatMap(TITLE, names, rows), Paragraph(" ".join(reading(verdicts)), "quiet")]
    if report.skills.others:
        others = count(report.skills.others, "skill was", "skills were")
        blocks.append(Paragraph(f"{capital(others)} asked about in another way then, or not at all.", "quiet"))
    if report.group is None:
        blocks += leaning.beside(report.leaning, [move for move, _ in pairs])
    return Section("skills", TITLE, tuple(blocks)) if blocks else None


def _is_inside(report: ComparisonReport, move: SkillMove) -> bool:
    return report.strand in (None, move.now.strand)


def _both(report: ComparisonReport, move: SkillMove) -> tuple[Coverage, Coverage]:
    return move.then.of(report.group or "all"), move.now.of(report.group or "all")
