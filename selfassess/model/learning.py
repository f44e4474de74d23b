"""What there is to learn: skills that fall short, and what of the plan and of the partnership hangs on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from selfassess.model.comparison import Named
from selfassess.model.coverage import KnownSkills, SkillStock, StockTake
from selfassess.model.plan import Planned
from selfassess.model.questionnaire import Benchmark, Skill, Strand
from selfassess.model.results import Ranked


@dataclass(frozen=True, slots=True)
class LearningNeed:
    """A skill that falls short."""

    stock: SkillStock
    actions: tuple[Planned, ...]
    """What is still to be done of the plan, and needs it."""
    gaps: tuple[Ranked, ...]
    """The gaps of the partnership about which something could be done that needs it."""

    @property
    def weight(self) -> int:
        """How much is lacking, times how much hangs on it."""
        return self.stock.shortfall * (1 + len(self.actions) + len(self.gaps))


def leans_on(node: Strand | Benchmark, skill: Skill) -> bool:
    """Whether something could be done about a node that needs a skill."""
    return any(skill.id in action.skills for action in node.actions)


def learning_needs(stock: StockTake, plan: Sequence[Planned], gaps: Sequence[Ranked]) -> tuple[LearningNeed, ...]:
    """The skills that fall short, the most pressing first; equal ones in the order of the questionnaire."""
    found = [
        LearningNeed(
            one,
            tuple(planned for planned in plan if planned.is_open and one.skill.id in planned.skills),
            tuple(gap for gap in gaps if leans_on(gap.node, one.skill)),
        )
        for one in stock.skills
        if one.shortfall
    ]
    return tuple(sorted(found, key=lambda one: -one.weight))


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """A round about skills, read together with the plan and with a round about the partnership."""

    skills: KnownSkills
    needs: tuple[LearningNeed, ...]
    planned: tuple[Planned, ...]
    """What is still to be done of the plan and needs a skill, in the order of the plan."""
    beside: Named | None = None
    """The round about the partnership whose gaps lean on skills; None where there is none."""
    why_alone: str = ""
    """Why there is none, in a sentence; nothing where it was not looked for."""
    before: "StockBefore | None" = None
    """The stock-take before; None where there is none."""

    @property
    def at_risk(self) -> tuple[Planned, ...]:
        """What is planned and needs a skill that falls short."""
        return tuple(one for one in self.planned if self.skills.lacking(one.skills))


@dataclass(frozen=True, slots=True)
class StockBefore:
    """A stock-take beside the one before."""

    before: Named
    moves: tuple["SkillMove", ...]
    """The skills that were asked alike both times, in the order of the later questionnaire."""
    others: int
    """How many skills were asked otherwise then, or not at all."""


@dataclass(frozen=True, slots=True)
class SkillMove:
    """A skill of all together, then and now."""

    then: SkillStock
    now: SkillStock

    @property
    def says(self) -> str:
        """ "covered now", "short now", "still short" or "still covered"; nothing where one of both is not told."""
        then, now = self.then.all, self.now.all
        if then.verdict is None or now.verdict is None:
            return ""
        if then.falls_short == now.falls_short:
            return "still short" if now.falls_short else "still covered"
        return "short now" if now.falls_short else "covered now"


def stock_before(before: Named, then: StockTake, now: StockTake, same: Mapping[str, str]) -> StockBefore:
    """A stock-take beside the one before it. `same` are the items whose answers can be held against each other, the
    earlier id by the later. Skills are compared whose behaviours are all among these, from the same point of the scale
    on, and that are needed by as many."""
    moves = []
    for one in now.skills:
        earlier = then.of(one.skill.id)
        if earlier is not None and _is_alike(earlier.skill, one.skill, same):
            moves.append(SkillMove(earlier, one))
    return StockBefore(before, tuple(moves), len(now.skills) - len(moves))


def _is_alike(then: Skill, now: Skill, same: Mapping[str, str]) -> bool:
    asked = {same.get(item.id) for item in now.behaviours}
    is_needed_alike = (then.need, then.at_least, then.shown_from) == (now.need, now.at_least, now.shown_from)
    return is_needed_alike and asked == {item.id for item in then.behaviours}
