"""The values that services make and documents are made from: reports, comparisons, versions, paper forms."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from selfassess.model.comparison import CellChange, Comparison, Named, TrendLine
from selfassess.model.coverage import OwnStock, StockTake
from selfassess.model.learning import Learning, StockBefore
from selfassess.model.plan import Plan, Planned, action_covering
from selfassess.model.priorities import Prioritised, prioritised
from selfassess.model.questionnaire import Benchmark, Edition, GroupKey, Item, Questionnaire, Strand
from selfassess.model.results import (
    POOL,
    Attendance,
    Cell,
    CouldNotSay,
    Difference,
    Figure,
    Level,
    Ranked,
    Ranking,
    RoundSummary,
    Settled,
    Split,
    Suggestion,
    Summary,
)
from selfassess.model.round import Agreed, Days, Round
from selfassess.model.score_tree import Node, Span, items
from selfassess.model.sheet import Form, Missing
from selfassess.model.versions import Comparability, QuestionnaireChange
from selfassess.text import listed

WIDEST_OWN = 5
"""How many gaps a page speaks of; the data formats hold them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnReport:
    """The report of one person's own sheet."""

    edition: Edition
    group: GroupKey | None
    date: datetime.datetime | None
    short: bool
    summary: Summary
    ranking: Ranking
    suggestions: tuple[Suggestion, ...]
    """For all gaps, in their order; less what is in the plan."""
    settled: tuple[Settled, ...]
    """What would be suggested, and is planned, under way or done."""
    plan: Plan
    """What was decided to do, in the project that the sheet is in."""
    left_open: Mapping[Missing, tuple[Item, ...]]
    """Items without an answer, by kind; those that were not asked are not here."""
    skills: Mapping[str, str]
    """Titles of the skills that actions need, by id."""
    texts: Mapping[str, str]
    """What the person wrote, by the id of what it is about."""
    stock: OwnStock | None = None
    """Their own stock-take of skills; None where no skill says who needs it."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """What they noted on this result, by the id of the strand or benchmark."""

    @property
    def cell(self) -> Cell:
        return self.summary.rounds[0].all

    @property
    def strengths(self) -> tuple[Ranked, ...]:
        return self.ranking.strengths

    @property
    def gaps(self) -> tuple[Ranked, ...]:
        """All of them, the widest first."""
        return self.ranking.gaps

    @property
    def widest(self) -> tuple[Ranked, ...]:
        return self.gaps[:WIDEST_OWN]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One part of a score."""

    id: str
    title: str
    answer: str
    """The words chosen; for a node its score."""
    value: float | None
    """As answered, on the item's scale; None where missing."""
    reversed: float | None
    """After reversal, where the item is reversed."""
    points: float | None
    """0 to 100 after reversal; None where missing."""
    weight: float
    level: int | None = None
    met: bool | None = None
    """In a ladder: whether it is met; None where it was not asked, or does not apply and is passed over."""
    missing: Missing | None = None
    ends: Span
    scored: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """How one respondent's score of a node was worked out."""

    id: str
    title: str
    node: Node
    lines: tuple[Line, ...]
    asked: int
    """How many items below it the person was asked."""
    answered: int
    """How many of these the person answered."""
    least: float
    """The share of the items asked that must be answered."""
    ends: Span
    figure: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundReport:
    """The report of a closed round, for the meeting that discusses it."""

    edition: Edition
    round: Round
    summary: Summary
    """Its figures, rounded as they are published."""
    made_up: bool
    """Whether these are the made-up answers of the demonstration, which every document says."""
    ranking: Ranking
    """What is strong and what falls short, of all or of the one group."""
    contenders: int
    """How many of the gaps, from the first on, may truly be the widest."""
    splits: tuple[Split, ...]
    """Of all and of each group."""
    could_not_say: tuple[CouldNotSay, ...]
    called_for: Mapping[GroupKey, tuple[Suggestion, ...]]
    """The actions that the findings call for, by group (EVERYBODY where there are none), in the order of that group's
    gaps, including those that are in the plan already."""
    skills: Mapping[str, str]
    """Titles of the skills that actions need, by id."""
    agreed: Mapping[str, Agreed]
    """What the meeting agreed, by the id of the node."""
    findings: Mapping[tuple[str, str], str] = field(default_factory=dict)
    """What the facilitator wrote that was found, by group (EVERYBODY for all, POOL for those joined) and node."""
    t_values: Mapping[int, float] = field(default_factory=dict)
    """By how many people have a score, the quantile of Student's t that their range is made with."""
    reported: Mapping[GroupKey, tuple[int, ...]] = field(default_factory=dict)
    """By group, the numbers of people invited before they were corrected: the first as in the first report."""
    plan: Plan = ()
    """What was decided to do, as far as it is about this questionnaire."""
    since: "FollowUp | None" = None
    """What was planned before it, and what happened since; None where nothing was, or there is no round before."""
    moved: "ComparisonReport | None" = None
    """What moved since the round before; None where there is none, or nothing can be compared."""
    unmoved: str = ""
    """Why nothing can be compared with the round before, in a sentence."""
    stock: StockTake | None = None
    """The stock-take of skills, as far as its figures allow; None where no skill says who needs it."""
    learning: Learning | None = None
    """What there is to learn, from a round about skills (this one, or the last of the project), the plan and the gaps
    of the partnership; None where there is no such round."""
    leaning: "ComparisonReport | None" = None
    """Of a round about skills: what moved in the partnership since the one before, as far as that was published; None
    where nothing was."""
    partnership: str = ""
    """What the partnership is called; nothing where that was not said."""
    days: Days = field(default_factory=Days)
    """When people were asked."""
    group: str | None = None
    """The one group that it is narrowed to; None: all."""
    strand: str | None = None
    """The one strand that it is narrowed to; None: all."""

    @property
    def questionnaire(self) -> Questionnaire:
        return self.edition.questionnaire

    @property
    def strengths(self) -> tuple[Ranked, ...]:
        return self.ranking.strengths

    @property
    def gaps(self) -> tuple[Ranked, ...]:
        """All of them, the widest first."""
        return self.ranking.gaps

    @property
    def results(self) -> RoundSummary:
        """The round's summary."""
        return self.summary.rounds[0]

    @property
    def cell(self) -> Cell:
        """All, or the group that it is narrowed to."""
        return self.results.all if self.group is None else cell_of(self.results, self.group)

    @property
    def groups(self) -> tuple[Cell, ...]:
        """The cells of groups that are shown: those left out have no figures."""
        return tuple(one for one in self.results.groups if one.id not in self.results.left_out)

    @property
    def suggestions(self) -> Mapping[GroupKey, tuple[Suggestion, ...]]:
        """Of what is called for, what is not in the plan."""
        taken = {one.suggestion.action.id for some in self.settled.values() for one in some}
        return {
            group: tuple(one for one in some if one.action.id not in taken) for group, some in self.called_for.items()
        }

    @property
    def prioritised(self) -> tuple[Prioritised, ...]:
        """The same for all groups together, the most pressing first."""
        return prioritised(self.questionnaire, self.suggestions)

    @property
    def settled(self) -> Mapping[GroupKey, tuple[Settled, ...]]:
        """Of what is called for, what is planned, under way or done."""
        return {
            group: tuple(
                Settled(one, planned)
                for one in some
                if (planned := action_covering(self.plan, self.round.id, one.action.id)) is not None
            )
            for group, some in self.called_for.items()
        }

    @property
    def differences(self) -> tuple[Difference, ...]:
        """The differences between groups; those of the one group, or in the one strand, that it is narrowed to."""
        return tuple(
            one
            for one in self.results.differences
            if self.group in (None, one.higher, one.lower) and (self.strand is None or one.id in self.inside)
        )

    @property
    def inside(self) -> frozenset[str]:
        """The ids of the one strand that it is narrowed to, else of all, and of what is below."""
        strands = [strand for strand in self.questionnaire.strands if self.strand in (None, strand.id)]
        return frozenset(id for strand in strands for id in (strand.id, *(node.id for node in strand.middle)))

    @property
    def left_out(self) -> tuple[Attendance, ...]:
        """The groups that are in no figure though some of them handed in."""
        return tuple(one for one in self.results.attendance if one.standing == "left_out" and one.handed_in)

    @property
    def items_inside(self) -> tuple[Item, ...]:
        """Those of the one strand that it is narrowed to, else of all."""
        strands = [strand for strand in self.questionnaire.strands if self.strand in (None, strand.id)]
        return tuple(item for strand in strands for item in strand.all_items)

    def left_out_of(self, node: Benchmark | Strand) -> int:
        """How many handed in who are in no figure, of those who are asked about a node."""
        if self.group is not None:
            return 0
        asked = items(self.questionnaire, node)
        return sum(one.handed_in for one in self.left_out if any(item.asks(one.group or None) for item in asked))

    @property
    def is_partial(self) -> bool:
        """Whether its figures are of all who are shown, and these are not all who handed in."""
        return self.group is None and bool(self.left_out)

    def groups_in(self, cell: str) -> tuple[GroupKey, ...]:
        """The groups whose people a cell speaks of, by its id."""
        if cell == POOL:
            return self.results.pooled
        return tuple(group for group in self.round.invited if cell in ("all", group))

    def title_of(self, cell: str) -> str:
        """What a cell is called: "All", a group's title, or those of the groups that were joined."""
        if cell == "all":
            return "All who are shown" if self.left_out else "All"
        if cell == POOL:
            titles = [self.questionnaire.group_title(group) for group in self.results.pooled]
            return f"{listed(titles)}, together"
        return self.questionnaire.group_title(cell)


def sizes(said: RoundSummary, cell: Cell) -> dict[GroupKey, int]:
    """How many handed in of each group in a cell, by its id."""
    kept = [one for one in said.attendance if one.standing != "left_out"]
    return {
        one.group: one.handed_in
        for one in kept
        if cell is said.all or one.group == cell.id or (cell.id == POOL and one.group in said.pooled)
    }


def cell_of(said: RoundSummary, group: str) -> Cell:
    """The cell that speaks for a group: its own, the one of the groups joined with it, or all where it is left out."""
    if group in said.pooled:
        group = POOL
    shown = [one for one in said.groups if one.id == group and group not in said.left_out]
    return shown[0] if shown else said.all


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonReport:
    """How scores changed between rounds."""

    editions: tuple[Edition, Edition]
    """Of the earlier round, and of the later."""
    comparison: Comparison
    made_up: bool
    rounds: tuple[Named, ...]
    """All rounds that were named, in their order: the first and the last are compared, and the others are in the
    trend."""
    trend: tuple[TrendLine, ...] = ()
    """Of the strands, where there are more than two rounds."""
    forms: tuple[Form, Form] = ("full", "full")
    """Which form was answered then, and now."""
    pooled: tuple[GroupKey, ...] = ()
    """The groups that were joined, the same both times."""
    group: str | None = None
    """The one group that it is narrowed to; None: all."""
    strand: str | None = None
    since: "FollowUp | None" = None
    """What was planned after any but the last of the rounds; None where nothing was."""
    skills: StockBefore | None = None
    """Both stock-takes, of rounds about skills; None of others."""
    leaning: "ComparisonReport | None" = None
    """What moved in the partnership since the first of them, as far as that was published; None where nothing was."""

    @property
    def questionnaire(self) -> Questionnaire:
        """The later version: its words and its rules are used for both rounds."""
        return self.editions[1].questionnaire

    @property
    def cell(self) -> CellChange:
        """All, or the group that it is narrowed to."""
        return self.comparison.all if self.group is None else self.cell_of(self.group)

    def cell_of(self, id: str) -> CellChange:
        """A cell; KeyError where there is no comparison of it."""
        found = self.comparison.cell(id)
        if found is None:
            raise KeyError(id)
        return found

    def title_of(self, cell: str) -> str:
        """What a cell is called."""
        return cell_title(self.editions, self.pooled, cell)


def cell_title(editions: tuple[Edition, Edition], pooled: Sequence[str], cell: str) -> str:
    """What a cell of two rounds is called; the groups that were joined are `pooled`."""
    if cell == "all":
        return "All"
    before, after = (edition.questionnaire for edition in editions)
    if cell == POOL:
        titles = [after.group_title(group) for group in pooled]
        return f"{listed(titles)}, together"
    return after.group_title(cell) or before.group_title(cell)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnNodeChange:
    """A node then and now, in points (0 to 100); None where there is no score."""

    id: str
    level: Level
    then: float | None
    now: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnChange:
    """One person's sittings side by side: the first and the last of those chosen, and all of them as a trend."""

    editions: tuple[Edition, Edition]
    names: tuple[str, ...]
    """What each sitting is called: its date, or its round."""
    comparability: Comparability
    moves: tuple[OwnNodeChange, ...]
    forms: tuple[Form, Form]
    """Which form was answered then, and now."""
    groups: tuple[GroupKey | None, GroupKey | None]
    """The group that the person was in then, and now."""
    trend: tuple[tuple[str, tuple[float | None, ...]], ...]
    """By node, the score in each sitting, where there are more than two; None where there is none, or it was made from
    other items than in the last."""
    made_up: bool = False

    @property
    def questionnaire(self) -> Questionnaire:
        """The later version: its words and its rules are used for all."""
        return self.editions[1].questionnaire


@dataclass(frozen=True, slots=True)
class Question:
    """An item on paper."""

    number: int | None
    """Its number, counted from 1 through the whole form; None for an open question."""
    item: Item
    strand: Strand
    benchmark: Benchmark | None
    only_if: str
    """When it is to be answered, in words that name other questions by their numbers; nothing where always."""
    circle: tuple[str, ...]
    """The marks to be circled."""
    key: tuple[tuple[str, str], ...]
    """The meaning of the marks, where it is printed before the question; see `documents.blocks.Key`."""
    blank: str
    """What goes into the blank beside it: "from 0 to 50 years"; nothing where there is none."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The form of one group."""

    edition: Edition
    group: GroupKey | None
    form: Form
    questions: tuple[Question, ...]
    how_long: str
    """ "44 questions, about 15 minutes"."""

    @property
    def questionnaire(self) -> Questionnaire:
        return self.edition.questionnaire

    @property
    def numbered(self) -> tuple[Question, ...]:
        """The questions that are keyed in as a row, in its order."""
        return tuple(question for question in self.questions if question.number is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperForm:
    """All that is printed for one group."""

    layout: Layout
    round: str = ""
    """The title of the round; nothing where the questionnaire is printed by itself."""
    told: tuple[str, ...] = ()
    """What happens with the answers, in the same sentences as on the welcome screen."""
    consent: str = ""
    """The explanation of the question whether the small group may be shown; empty where it is not asked."""
    consent_question: str = ""
    """The question itself."""
    matching: str = ""
    """The explanation of the code that people make up; empty where the round has none."""
    matching_heading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionReport:
    """Two versions, what changed, and what can be compared for all that."""

    names: tuple[str, str]
    """What they were called when they were asked for."""
    editions: tuple[Edition, Edition]
    forms: tuple[Form, Form]
    changes: tuple[QuestionnaireChange, ...]
    comparability: Comparability
    same_version: bool
    """Whether what is asked or how it is scored changed, and the label of the version did not."""

    @property
    def touched(self) -> bool:
        """Whether anything changed that touches a comparison of scores."""
        return any(change.touches for change in self.changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedAction:
    """An action of the plan, and where to see how the score that it aims at has changed."""

    planned: Planned
    cell: str = "all"
    """Whose change is reported: that of all, or of the one group that it is for."""
    comparison: ComparisonReport | None = None
    """The comparison that shows how its benchmark changed since; None where it names none, or nothing is comparable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """What was planned after a round, and what became of it by a later one."""

    before: Named
    actions: tuple[FollowedAction, ...]
    """What is done first, then what is being done, what is not begun, and what was dropped."""
    why_none: str = ""
    """Why no change can be reported; empty where one can."""

    def narrowed(self, group: str | None, inside: frozenset[str] | None) -> "FollowUp | None":
        """Only the actions that are for a group, and aim at one of these nodes; None where there are none. The figures
        stay as they are."""
        found = tuple(
            one
            for one in self.actions
            if (group is None or not one.planned.groups or group in one.planned.groups)
            and (inside is None or one.planned.node in inside)
        )
        return replace(self, actions=found) if found else None
