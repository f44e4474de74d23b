"""What the benchmarks did that lean on skills, beside what became of these. No cause is claimed."""

from collections.abc import Iterator, Sequence

from selfassess.documents.blocks import Block, Bullet, BulletList, Heading, Paragraph
from selfassess.documents.comparison import wording as words
from selfassess.model.comparison import Change, NodeChange
from selfassess.model.learning import SkillMove, leans_on
from selfassess.model.questionnaire import Skill
from selfassess.model.reports import ComparisonReport
from selfassess.model.score_tree import OVERALL


def beside(report: ComparisonReport | None, moves: Sequence[SkillMove]) -> Iterator[Block]:
    """Of each skill that was short, or is now, what the benchmarks did about which something could be done that needs
    it, by a comparison of two rounds about the partnership; nothing where there is none."""
    if report is None:
        return
    skills = [one.now.skill for one in moves if one.says not in ("", "still covered")]
    found = [(skill, _leaning_on(report, skill)) for skill in skills]
    told = [Bullet(_did(report, some), skill.title) for skill, some in found if some]
    if told:
        first, last = report.comparison.rounds
        yield Heading(f"What leans on them, from “{first.title}” to “{last.title}”")
        yield BulletList(tuple(told))
        yield Paragraph(words.NO_CAUSE, "quiet")


def _leaning_on(report: ComparisonReport, skill: Skill) -> list[NodeChange]:
    nodes = [one for one in report.comparison.all.nodes if one.id != OVERALL]
    return [one for one in nodes if leans_on(report.questionnaire.node(one.id), skill)]


def _did(report: ComparisonReport, some: Sequence[NodeChange]) -> str:
    """How many moved, with their names; how many did not, and of how many nobody can tell."""
    moved = [(one, one.headline) for one in some if words.stands_out(one) and one.headline is not None]
    unseen = sum(not words.can_be_told(one) for one in some)
    rest = len(some) - len(moved) - unseen
    parts = []
    for way, is_up in (("up", True), ("down", False)):
        names = [_named(report, one.id, change) for one, change in moved if (change.points > 0) is is_up]
        parts += [f"{len(names)} moved {way} ({'; '.join(names)})"] if names else []
    if rest:
        parts.append("none clearly moved" if rest == len(some) else f"{rest} did not clearly move")
    parts += [f"of {unseen} we can't tell"] if unseen else []
    return f"Of {len(some)} that {'leans' if len(some) == 1 else 'lean'} on it: {', '.join(parts)}."


def _named(report: ComparisonReport, id: str, change: Change) -> str:
    then, now, _ = words.values(report, id, change)
    return f"“{words.title_of(report, id)}” {then} to {now}"
