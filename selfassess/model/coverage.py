"""Stock-takes of skills: who shows what a skill is made of, and whether that is enough."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from selfassess.model.comparison import Named
from selfassess.model.questionnaire import Action, Item, Skill
from selfassess.model.results import MATTERS

Verdict = Literal["covered", "thin", "missing", "short"]
"""Whether a need is met. "short" is thin or missing, where it is not told which."""
VERDICTS: tuple[Verdict, ...] = ("covered", "thin", "missing", "short")
FALLS_SHORT: frozenset[Verdict] = frozenset({"thin", "missing", "short"})


@dataclass(frozen=True, slots=True)
class Showing:
    """How many of those who answered show a behaviour."""

    reliably: int
    sometimes: int
    hardly: int

    @property
    def n(self) -> int:
        """How many answered."""
        return self.reliably + self.sometimes + self.hardly

    @property
    def share(self) -> float:
        """The share of those who show it reliably, 0 to 1; 0 where nobody answered."""
        return self.reliably / self.n if self.n else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How a skill is covered in a cell."""

    cell: str
    """The id of the group, or "all"."""
    verdict: Verdict | None = None
    """None where not every behaviour of it may be told of, or nobody was asked."""
    least: Item | None = None
    """The behaviour that the verdict rests on: the one that the smallest share shows reliably."""
    showing: Showing | None = None
    """Of that behaviour; None where the verdict is told in words alone."""
    score: float | None = None
    """The score as it is printed, 0 to 100; None where it is not."""
    coded: str | None = None
    """In place of a score: "95 or more"."""
    is_high: bool | None = None
    """Whether the score is at the point from which on a behaviour counts as reliably shown, or above. None where it
    says nothing of that."""
    why_none: str = ""
    """Why there is no verdict."""

    @property
    def falls_short(self) -> bool:
        """Whether it is told that the need is not met."""
        return self.verdict in FALLS_SHORT

    def can_teach(self, other: "Coverage") -> bool:
        """Whether these people have what others lack: by both verdicts; where one is missing by both scores, if these
        are far enough apart."""
        if self.verdict is not None and other.verdict is not None:
            return self.verdict == "covered" and other.falls_short
        is_apart = self.score is None or other.score is None or self.score - other.score >= MATTERS
        return bool(self.is_high) and other.is_high is False and is_apart


@dataclass(frozen=True, slots=True)
class Views:
    """The same skill as people see it in themselves and in the partnership: of all answers, how many are at the point
    from which on a behaviour counts as reliably shown, or above. Shares from 0 to 1."""

    differ: bool
    """Whether most answers say that people do it themselves, and few that the partnership does."""
    shares: tuple[float, float] | None
    """About oneself, and about the partnership; None where it is told in words alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillStock:
    """A skill in every cell."""

    skill: Skill
    strand: str
    """The id of its strand."""
    all: Coverage
    groups: tuple[Coverage, ...]
    views: Views | None = None
    """Of all; None where only one of both is asked, or may be told."""

    @property
    def cells(self) -> tuple[Coverage, ...]:
        """All first, then each group."""
        return (self.all, *self.groups)

    def of(self, cell: str) -> Coverage:
        """The coverage of a cell, by its id; nothing told of one that is not shown."""
        return next((one for one in self.cells if one.cell == cell), Coverage(cell=cell))

    @property
    def short_in(self) -> tuple[Coverage, ...]:
        """The cells of which it is told that they fall short."""
        return tuple(one for one in self.cells if one.falls_short)

    @property
    def shortfall(self) -> int:
        """How much is lacking: 1 for each cell that falls short, 2 where nobody or hardly anybody shows it."""
        return sum(2 if one.verdict == "missing" else 1 for one in self.short_in)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A skill that some groups have and others lack."""

    skill: Skill
    teachers: tuple[str, ...]
    learners: tuple[str, ...]
    """By their ids, in the order of the round."""


@dataclass(frozen=True, slots=True)
class StockTake:
    """What people can do together, and what they are short of."""

    skills: tuple[SkillStock, ...]
    """In the order of the questionnaire."""

    def of(self, id: str) -> SkillStock | None:
        """The stock of a skill, by its id; None where no stock is taken of it."""
        return next((one for one in self.skills if one.skill.id == id), None)

    @property
    def short(self) -> tuple[SkillStock, ...]:
        """What all together, or some group, is short of: the most first, equal ones in the questionnaire's order."""
        found = [one for one in self.skills if one.shortfall]
        return tuple(sorted(found, key=lambda one: (not one.all.falls_short, -one.shortfall)))

    @property
    def shown(self) -> tuple[int, int]:
        """How many of the verdicts on groups are told, and of how many."""
        verdicts = [one.verdict for stock in self.skills for one in stock.groups]
        return sum(one is not None for one in verdicts), len(verdicts)

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """What groups could learn from each other."""
        return tuple(self._exchanges())

    def _exchanges(self) -> Iterator[Exchange]:
        for one in self.skills:
            teachers = tuple(cell.cell for cell in one.groups if any(map(cell.can_teach, one.groups)))
            learners = tuple(cell.cell for cell in one.groups if any(other.can_teach(cell) for other in one.groups))
            if teachers:
                yield Exchange(one.skill, teachers, learners)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownSkills:
    """What a round about skills tells of them, for those who read it beside a plan."""

    asked: Named
    """The round."""
    stock: StockTake
    cells: Mapping[str, str]
    """What all together and each group of the round are called, by their ids."""
    titles: Mapping[str, str]
    """What skills are called, by their ids; those too of which no stock was taken."""

    def lacking(self, skills: Iterable[str]) -> tuple[SkillStock, ...]:
        """Of the skills that an action needs, by their ids, those that fall short."""
        found = (self.stock.of(id) for id in skills)
        return tuple(one for one in found if one is not None and one.shortfall)


@dataclass(frozen=True, slots=True)
class Practice:
    """A behaviour that one person could practise."""

    skill: Skill
    item: Item
    action: Action | None
    """What the questionnaire suggests for the skill, to people of their group; None where it suggests nothing."""


@dataclass(frozen=True, slots=True)
class OwnStock:
    """One person's own stock-take."""

    to_offer: tuple[Skill, ...]
    """The skills of which they say that they do all of it reliably, what they do most first: three at most."""
    to_practise: tuple[Practice, ...]
    """What they do least, of different skills: two at most."""
