"""Summaries: what may be said of one respondent's own answers, or of several people's; and what follows from it.

Only `disclosure` makes one; everything that prints, draws or exports takes one. Plain numbers, rounded to 1e-10, so
that neither the order of rows nor of items leaves a trace.
"""

from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from selfassess.model.plan import Planned
from selfassess.model.questionnaire import Action, Benchmark, GroupKey, Item, Strand
from selfassess.model.round import Standing
from selfassess.model.score_tree import shown

Level = Literal["overall", "strand", "benchmark", "item"]
Spread = Literal["close", "mixed", "wide"]
Opinions = Literal["two camps", "spread widely"]
"""What the answers to an item look like where a quarter or more are on either side."""


@dataclass(frozen=True, slots=True)
class Range:
    """From where to where something may lie."""

    low: float
    high: float

    def __contains__(self, value: float) -> bool:
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Flip:
    """How few of those who are silent could bring a score into another band, by answering at the end of the scale."""

    silent: int
    towards: Literal["lowest", "highest"]
    """Which answer they would all give (after reversal: the worst or the best)."""
    band: str
    """The band that the score would be in then."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How alike people see something; see docs/scores.md for both indexes."""

    index: float
    """Of an item Tastle and Wierman's consensus, 0 to 1; of a node r*wg, at most 1 and below 0 where they are further
    apart than chance would have them."""
    at_random: Callable[[], tuple[float, float]]
    """Finds `chance` and `chance_high`, which takes longer than all else of a report: so only where they are told."""
    opinions: Opinions | None = None
    """Of an item: whether there are two camps, or opinions are spread widely."""
    decimals: int | None = None
    """With how many decimals they are told; None: as they were found."""

    @property
    def chance(self) -> float:
        """What answers at random reach at this n, in the middle of a hundred tries."""
        return self._told(self.at_random()[0])

    @property
    def chance_high(self) -> float:
        """And in 5 of a hundred tries, or more."""
        return self._told(self.at_random()[1])

    def _told(self, value: float) -> float:
        return value if self.decimals is None else shown(value, self.decimals)


@dataclass(frozen=True, slots=True)
class Reliability:
    """Whether a node's items hang together, among those who answered all of them. It says something about the
    questionnaire, not about the partnership."""

    n: int
    alpha: float | None
    low: float | None
    high: float | None
    """The ends of Feldt's interval (95 %)."""
    item_rest: Mapping[str, float | None] = field(default_factory=dict)
    """By item, its correlation with the others together."""
    without: Mapping[str, float | None] = field(default_factory=dict)
    """By item, alpha without it; None for two items."""
    omega: float | None = None
    """Omega total, from 50 people on; None where the model does not fit."""
    why_none: str = ""
    """Why there is no alpha: "everyone answered the same"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What is known of one node or item among some respondents. None: there is none, or it is withheld."""

    id: str
    level: Level
    n: int | None
    """How many have a score (for an item: how many answered)."""
    mean: float | None = None
    """Of all answers below it, each with its weight: 0 to 100, after reversal."""
    sd: float | None = None
    """Standard deviation (n - 1) of people's own scores, on 0 to 100; None below two respondents."""
    raw_mean: float | None = None
    """In its own units; an item's as answered. None where its parts have different scales."""
    raw_sd: float | None = None
    shown: float | None = None
    """The score as people read it: rounded, in points or in own units. Band and gap are taken from it."""
    band: str | None = None
    target: float | None = None
    gap: float | None = None
    """Target less the shown score: above 0 where it falls short."""
    coded: str | None = None
    """"95 or more" or "5 or less", where the mean itself would tell what everybody said."""
    counts: Mapping[str, int] | None = None
    """Of an item: how many gave each value, as answered."""
    missing: Mapping[str, int] | None = None
    """Of an item: how many are missing, by kind."""
    one_answer: bool | None = None
    """Of one person's own score: whether it comes from a single answer, though more than one item could be asked. Then
    it has no band. None of several people."""
    invited: int | None = None
    """How many could have answered; None where nobody knows."""
    likely: Range | None = None
    """Where the mean of all who were invited lies if the others think like those who answered (95 %), 0 to 100."""
    possible: Range | None = None
    """Where it lies whatever the silent think, 0 to 100; None where the number invited is unknown or too small."""
    spread: Spread | None = None
    """How far apart people are, in a word."""
    agreement: Agreement | None = None
    flips: tuple[Flip, ...] = ()
    """What few silent people could change, downwards and upwards."""
    by_group: float | None = None
    """Of all: the mean in which each shown group counts once, 0 to 100."""
    reliability: Reliability | None = None
    withheld: Mapping[str, str] = field(default_factory=dict)
    """Why a figure is not shown, by its name."""
    why_none: str = ""
    """Why nobody has a score here: "not asked", "too few answered", "not scored", "nobody answered"."""
    parts: "tuple[Figure, ...]" = ()
    """The figures below: a strand's benchmarks and own items, a benchmark's items."""

    def walk(self) -> "Iterator[Figure]":
        """This figure and all below it."""
        yield self
        for part in self.parts:
            yield from part.walk()


@dataclass(frozen=True, kw_only=True)
class Cell:
    """The figures of some respondents: a group, or all."""

    id: str
    n: int
    """How many respondents."""
    overall: Figure | None
    strands: tuple[Figure, ...]

    def figure(self, id: str) -> Figure:
        """The figure of the whole ("overall"), a strand, benchmark or item; KeyError if there is none."""
        return self._by_id[id]

    @cached_property
    def _by_id(self) -> Mapping[str, Figure]:
        found = {figure.id: figure for strand in self.strands for figure in strand.walk()}
        return found if self.overall is None else {self.overall.id: self.overall, **found}

    @property
    def has_target(self) -> bool:
        """Whether any score has a target."""
        figures = (self.overall, *(figure for strand in self.strands for figure in strand.walk()))
        return any(figure is not None and figure.target is not None for figure in figures)

    def at(self, level: Level) -> tuple[Figure, ...]:
        """Every figure of a level, in the questionnaire's order."""
        return tuple(figure for strand in self.strands for figure in strand.walk() if figure.level == level)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """Who is in, of one group."""

    group: GroupKey
    invited: int | None
    handed_in: int
    standing: Standing


Claim = Literal["differ", "nothing found", "not tested", "all alike", "too few", "not shown"]
"""What may be said of a difference: it is more than chance makes; chance could make it; it is on a benchmark of a
strand on which no difference was found, so it was not tested; each group is of one mind, and they differ; there are
too few to tell it from chance, whatever they say; or how sure it is, is not shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two groups on the whole, a strand or a benchmark, on the items that both were asked."""

    id: str
    level: Level
    higher: str
    """The group with the higher score (where they are equal, the first)."""
    lower: str
    n: tuple[int, int]
    """How many have a score: of the higher group, of the lower."""
    points: float
    """By how many points of 0 to 100 the higher group is higher: 0 or more."""
    shown: float
    """The same as people read it, in whole points: between the two means as these are shown."""
    interval: Range | None
    """Welch's interval for that (95 %); None where it may not be shown."""
    delta: float | None
    """Cliff's delta, 0 to 1 as a rule: how much more often somebody of the higher group scores higher than lower. None
    where it may not be shown, as for the pairs."""
    delta_interval: Range | None
    """Feng and Cliff's interval for it (95 %)."""
    pairs: tuple[int, int] | None
    """Of 100 pairs of one from each group, in how many the one from the higher group is higher, and lower. None where
    the details of either group are not shown: of few people, means and pairs together would tell single answers."""
    p: float | None = None
    """Of Welch's test, for claims alone; where a spread is published as a word, the largest that it can be. None where
    there is none."""
    claim: Claim = "not tested"
    why: str = ""
    """Why how sure it is, is not shown."""

    @property
    def matters(self) -> bool:
        """Whether it is worth talking about: at least MATTERS points, and more than chance makes."""
        return self.shown >= MATTERS and self.claim in ("differ", "all alike")


@dataclass(frozen=True, slots=True)
class Detectable:
    """How large a difference between two groups has to be for a test to tell it from chance. A true difference as large
    as that is found half of the time."""

    groups: tuple[str, str]
    n: tuple[int, int]
    """How many handed in."""
    points: float
    """As a rule: of the whole and the strands, in the middle."""


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody wrote, cut loose from who it was."""

    about: str
    """The id of the item, benchmark or strand that it stands under; "overall" where that is the whole round."""
    text: str
    is_past: bool = False
    """Whether the person said that it is a barrier of the past."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StraightLining:
    """How many of all who are shown gave the same answer throughout, in steps of so many people."""

    at_least: int
    """0: few, if any; hardly more than a step."""
    step: int
    people: int
    """How many are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundSummary:
    """One round: all respondents, and each group."""

    id: str
    title: str = ""
    all: Cell
    groups: tuple[Cell, ...]
    """Each group by itself; groups that were joined are together one cell, whose id is POOL."""
    left_out: tuple[GroupKey, ...] = ()
    """Groups too small to be shown, which are in no total either."""
    pooled: tuple[GroupKey, ...] = ()
    """The groups that were joined."""
    attendance: tuple[Attendance, ...] = ()
    differences: tuple[Difference, ...] = ()
    detectable: tuple[Detectable, ...] = ()
    """For each pair of groups for which the certainty of a difference can be published."""
    comments: Mapping[str, tuple[Comment, ...]] = field(default_factory=dict)
    """By strand, or "overall" for the whole round, in an order that tells nothing."""
    comments_withheld: str = ""
    """Why no comments are shown, where there may be some."""
    straight_lining: StraightLining | None = None
    """None where too few are shown or too little is asked, of rows in a file, and where an earlier program reported the
    round without it."""


POOL = "pool"
"""The id of the cell of groups that were joined."""
CLOSE, WIDE = 15.0, 25.0
"""Standard deviations on 0 to 100: up to the one people are close, from the other on they are wide apart."""
LEAST_POINTS = 4
"""Scales with fewer points have no room for two humps and a valley."""
MATTERS = 10
"""Points of 0 to 100 from which on a difference between groups is worth talking about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Everything that may be said."""

    release: str
    """What may be done with it, in words."""
    rounds: tuple[RoundSummary, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A benchmark or skill with its figure: a strength, or a gap. A strand stands for itself where it has none."""

    node: Benchmark | Strand
    figure: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The benchmarks and skills of a cell, by how they stand. In each list equal ones are in the questionnaire's order;
    where those that end it are equal to others, these are in it too."""

    strengths: tuple[Ranked, ...]
    """What is at its target or above, or without one in the top band, and low for no group: the highest first."""
    nearest: tuple[Ranked, ...]
    """Where there are few strengths, what comes nearest to its target and is neither low nor among the widest gaps."""
    highest: tuple[Ranked, ...]
    """Where there are fewer still, the highest of what has no target and is neither strong nor low."""
    gaps: tuple[Ranked, ...]
    """All that is below its target, the widest gap first."""
    also_low: tuple[Ranked, ...]
    """What is low and no gap, since it has no target, or one that is low itself: the lowest first."""
    low_for_a_group: tuple[Ranked, ...]
    """What would be a strength, but is low for a group: the highest first."""

    def inside(self, ids: Container[str]) -> "Ranking":
        """Only what is about these nodes."""

        def kept(some: tuple[Ranked, ...]) -> tuple[Ranked, ...]:
            return tuple(one for one in some if one.node.id in ids)

        return Ranking(
            strengths=kept(self.strengths),
            nearest=kept(self.nearest),
            highest=kept(self.highest),
            gaps=kept(self.gaps),
            also_low=kept(self.also_low),
            low_for_a_group=kept(self.low_for_a_group),
        )


@dataclass(frozen=True, slots=True)
class Split:
    """Two camps on one item, among the respondents of one cell."""

    node: Benchmark | Strand
    """What the item is part of."""
    item: Item
    figure: Figure
    """The item's."""
    cell: str
    """The id of the group, or "all"."""


@dataclass(frozen=True, slots=True)
class CouldNotSay:
    """An item that more than a fifth of those asked could not answer, among all."""

    node: Benchmark | Strand
    item: Item
    figure: Figure
    could_not: int
    """How many of those asked gave no answer, for whatever reason."""
    asked: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An action, and what calls for it: a gap, a split or a difference."""

    action: Action
    ranked: Ranked
    """The benchmark, with its figure among those whom the action is suggested to."""
    because: Split | Difference | None = None
    """None: the gap."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What would be suggested, and is in the plan already."""

    suggestion: Suggestion
    planned: Planned
