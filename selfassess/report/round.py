"""A round's report: what every format of it, and the dashboard, is made from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from selfassess.definition.library import skill_titles
from selfassess.disclosure.release import Decided, release_round
from selfassess.disclosure.release_log import Shown
from selfassess.errors import TooLittleError, UsageError, near
from selfassess.model.finding import CouldNotSay, Ranked, Ranking, Settled, Split, Suggestion
from selfassess.model.item import Item
from selfassess.model.plan import Plan, settled_by
from selfassess.model.questionnaire import Benchmark, Edition, Questionnaire, Strand
from selfassess.model.round import EVERYBODY, Agreed, Round
from selfassess.model.summary import POOL, Attendance, Cell, Difference, RoundSummary, Summary
from selfassess.model.targets import with_targets
from selfassess.model.units import items
from selfassess.report.precision import summary_as_told
from selfassess.scoring.answers import from_texts
from selfassess.scoring.gaps import contenders, could_not_say, ranking, splits, suggested
from selfassess.scoring.score import Results, score

if TYPE_CHECKING:
    from selfassess.report.since import Since

WIDEST = 3
"""How many gaps the first page of a report names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundReport:
    """What a facilitator brings to the meeting."""

    edition: Edition
    round: Round
    summary: Summary
    """Its figures as they are told: rounded."""
    made_up: bool
    """Whether these are the made-up answers of the demonstration: said everywhere."""
    ranking: Ranking
    """What is strong and what falls short, of all or of the one group."""
    splits: tuple[Split, ...]
    """Of all and of each group."""
    could_not_say: tuple[CouldNotSay, ...]
    called_for: Mapping[str, tuple[Suggestion, ...]]
    """The actions that the findings call for, by group (EVERYBODY where there are none), in the order of that group's
    gaps: what is in the plan already among them."""
    skills: Mapping[str, str]
    """Titles of the skills that actions need, by id."""
    agreed: Mapping[str, Agreed]
    """What the meeting agreed, by the id of the node."""
    reported: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """By group, the numbers of people invited before they were corrected: the first as the first report told it."""
    plan: Plan = ()
    """What was decided to do, as far as it is about this questionnaire."""
    since: "Since | None" = None
    """What was planned before it, and what happened since; None where nothing was, or there is no round before."""
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
    def contenders(self) -> int:
        """How many of the gaps, from the first on, may truly be the widest."""
        return contenders(self.questionnaire, self.gaps)

    @property
    def said(self) -> RoundSummary:
        """The round's summary."""
        return self.summary.rounds[0]

    @property
    def cell(self) -> Cell:
        """All, or the group that it is narrowed to."""
        return self.said.all if self.group is None else cell_of(self.said, self.group)

    @property
    def groups(self) -> tuple[Cell, ...]:
        """The cells of groups that are shown: those left out have no figures."""
        return tuple(one for one in self.said.groups if one.id not in self.said.left_out)

    @property
    def suggestions(self) -> Mapping[str, tuple[Suggestion, ...]]:
        """Of what is called for, what is not in the plan."""
        taken = {one.suggestion.action.id for some in self.settled.values() for one in some}
        return {
            group: tuple(one for one in some if one.action.id not in taken) for group, some in self.called_for.items()
        }

    @property
    def settled(self) -> Mapping[str, tuple[Settled, ...]]:
        """Of what is called for, what is planned, under way or done."""
        return {
            group: tuple(
                Settled(one, planned)
                for one in some
                if (planned := settled_by(self.plan, self.round.id, one.action.id)) is not None
            )
            for group, some in self.called_for.items()
        }

    @property
    def differences(self) -> tuple[Difference, ...]:
        """The differences between groups; those of the one group, or in the one strand, that it is narrowed to."""
        return tuple(
            one
            for one in self.said.differences
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
        return tuple(one for one in self.said.attendance if one.standing == "left_out" and one.handed_in)

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

    def title_of(self, cell: str) -> str:
        """What a cell is called: "All", a group's title, or those of the groups that were joined."""
        if cell == "all":
            return "All who are shown" if self.left_out else "All"
        if cell == POOL:
            titles = [self.questionnaire.group_title(group) for group in self.said.pooled]
            return f"{', '.join(titles[:-1])} and {titles[-1]}, together"
        return self.questionnaire.group_title(cell)


def round_report(
    edition: Edition,
    round: Round,
    answers: Iterable[tuple[str | None, str]],
    texts: Iterable[tuple[str, str]] = (),
    agreed: Iterable[Agreed] = (),
    before: frozenset[Shown] = frozenset(),
    *,
    plan: Plan = (),
    reported: Mapping[str, tuple[int, ...]] | None = None,
    made_up: bool = False,
) -> tuple[RoundReport, frozenset[Shown]]:
    """The report of a closed round, and what it shows: to be noted down before anybody sees it. `answers` are the
    characters of sheets, each with its group: of one sheet, or of several of a group one after the other.

    TooLittleError where nobody handed in, or too few to show anything.
    """
    results = scored(with_targets(edition.questionnaire, round), answers)
    return report_of(edition, round, results, texts, agreed, before, plan=plan, reported=reported, made_up=made_up)


def scored(questionnaire: Questionnaire, answers: Iterable[tuple[str | None, str]]) -> Results:
    """The scores of a round. `answers` are the characters of sheets, each with its group: of one sheet, or of several
    of a group one after the other."""
    return score(from_texts(questionnaire, answers))


def report_of(
    edition: Edition,
    round: Round,
    results: Results,
    texts: Iterable[tuple[str, str]],
    agreed: Iterable[Agreed],
    before: frozenset[Shown],
    *,
    plan: Plan,
    reported: Mapping[str, tuple[int, ...]] | None,
    made_up: bool,
    decided: Decided | None = None,
) -> tuple[RoundReport, frozenset[Shown]]:
    """The same from scores that are made already, of the questionnaire with the targets of the round; `decided` says
    what is withheld, where that is known."""
    questionnaire = results.answers.questionnaire
    edition = replace(edition, questionnaire=questionnaire)
    exact, shown = release_round(round, results, texts, before, decided)
    summary = summary_as_told(questionnaire, exact)
    said = summary.rounds[0]
    check_enough(round, said.all.n, len(results.answers))
    cells = {group: cell_of(said, group) for group in round.invited}
    report = RoundReport(
        edition=edition,
        round=round,
        summary=summary,
        made_up=made_up,
        ranking=ranking(questionnaire, said.all, WIDEST),
        splits=tuple(split for cell in (said.all, *said.groups) for split in splits(questionnaire, cell)),
        could_not_say=could_not_say(questionnaire, said.all, sizes(said, said.all), round.form),
        called_for={
            group: suggested(questionnaire, said, cell, group if group != EVERYBODY else None)
            for group, cell in cells.items()
        },
        skills=skill_titles(questionnaire),
        agreed={one.node: one for one in agreed},
        reported=reported or {},
        plan=plan,
    )
    return report, shown


def check_enough(round: Round, shown: int, handed_in: int) -> None:
    """TooLittleError where nobody handed in, or so few are `shown` that nothing can be told of them."""
    if not handed_in:
        raise TooLittleError(f"Nobody handed in for “{round.title}”, so there is nothing to report.")
    least = round.rules.thresholds.min_group
    if shown < least and "consent" not in round.standing.values():
        raise TooLittleError(
            f"Too few handed in for “{round.title}” to show anything: figures are shown from {least} people on."
        )


def sizes(said: RoundSummary, cell: Cell) -> dict[str, int]:
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


def narrowed(report: RoundReport, group: str | None, strand: str | None) -> RoundReport:
    """The report of one group or one strand: less of the same figures, never others. UsageError for a group that is
    not shown by itself, or a strand that there is not."""
    questionnaire = report.questionnaire
    if group is not None:
        known = [one.id for one in report.groups]
        if group not in known:
            why = "is shown together with others" if group in report.said.pooled else "is not shown by itself"
            hint = near(group, known) or (f"The groups are: {', '.join(known)}." if known else "")
            raise UsageError(f"The group “{group}” {why}.", hint=hint)
        cell = cell_of(report.said, group)
        report = replace(
            report,
            group=group,
            since=report.since and report.since.narrowed(group, None),
            ranking=ranking(questionnaire, cell, WIDEST),
            splits=tuple(one for one in report.splits if one.cell == group),
            could_not_say=could_not_say(questionnaire, cell, sizes(report.said, cell), report.round.form),
            called_for={one: found for one, found in report.called_for.items() if cell_of(report.said, one) is cell},
        )
    return _of_strand(report, strand) if strand is not None else report


def _of_strand(report: RoundReport, name: str) -> RoundReport:
    strands = report.questionnaire.strands
    found = next((one for one in strands if name.lower() in (one.id, one.title.lower())), None)
    if found is None:
        known = [one.id for one in strands]
        raise UsageError(
            f"There is no strand “{name}”.", hint=near(name, known) or f"The strands are: {', '.join(known)}."
        )
    inside = {found.id, *(node.id for node in found.middle)}
    return replace(
        report,
        strand=found.id,
        since=report.since and report.since.narrowed(None, frozenset(inside)),
        ranking=report.ranking.inside(inside),
        splits=tuple(one for one in report.splits if one.node.id in inside),
        could_not_say=tuple(one for one in report.could_not_say if one.node.id in inside),
        called_for={
            group: tuple(one for one in suggestions if one.ranked.node.id in inside)
            for group, suggestions in report.called_for.items()
        },
    )
