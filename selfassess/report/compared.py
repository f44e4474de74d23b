"""Closed rounds of a project side by side, noted down as released before anybody sees it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from selfassess.definition.comparability import comparability
from selfassess.disclosure.cells import ALL
from selfassess.disclosure.compare import apart, compare
from selfassess.disclosure.matching import Pair, compared_cells
from selfassess.disclosure.release_log import pair_of
from selfassess.errors import TooLittleError, UsageError, near
from selfassess.model.comparison import CellChange, Comparison, Named, TrendLine
from selfassess.model.questionnaire import Edition, Questionnaire
from selfassess.model.round import Round
from selfassess.model.sheet import Form
from selfassess.model.summary import POOL, Cell, Figure
from selfassess.model.units import OVERALL
from selfassess.model.version import Comparability
from selfassess.paths import program
from selfassess.report.closed import Closed
from selfassess.report.precision import comparison_as_told
from selfassess.report.released import all_released, released
from selfassess.report.reportable import check_rounds
from selfassess.report.round import RoundReport
from selfassess.report.since import Since
from selfassess.scoring.change import Errors, error_of_measurement
from selfassess.storage.rounds import Rounds


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonReport:
    """What moved between rounds: what every format of it is made from."""

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
    pooled: tuple[str, ...] = ()
    """The groups that were joined, the same both times."""
    group: str | None = None
    """The one group that it is narrowed to; None: all."""
    strand: str | None = None
    since: Since | None = None
    """What was planned after any but the last of the rounds; None where nothing was."""

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
        return _title_of(self.editions, self.pooled, cell)


def _title_of(editions: tuple[Edition, Edition], pooled: Sequence[str], cell: str) -> str:
    if cell == ALL:
        return "All"
    before, after = (edition.questionnaire for edition in editions)
    if cell == POOL:
        titles = [after.group_title(group) for group in pooled]
        return f"{', '.join(titles[:-1])} and {titles[-1]}, together"
    return after.group_title(cell) or before.group_title(cell)


def compared(
    rounds: Rounds,
    chosen: Sequence[Round],
    group: str | None = None,
    strand: str | None = None,
    *,
    known: RoundReport | None = None,
    closed: Closed | None = None,
) -> ComparisonReport:
    """The first and the last of some rounds side by side, and the trend over all of them. The earlier come first. With
    `group` or `strand`, by id or title, it is narrowed to these. `known` is the report of the last, if there is one,
    and `closed` what was read of the rounds already.

    UsageError where there are fewer than two, one is there twice or not closed, their questionnaires have nothing in
    common, or there is nothing to narrow it to; TooLittleError where a round has too little to report. Nothing is noted
    down then.
    """
    check_rounds(chosen, str(rounds.project.path))
    closed = closed or Closed(rounds)
    versions = _Versions(rounds, closed)
    editions = [closed.edition(one) for one in chosen]
    _check_same(chosen, editions)
    first, last = chosen[0], chosen[-1]
    whole = versions.comparability(first, last)
    if not any(node.comparable for node in (whole.overall, *whole.strands, *whole.benchmarks)):
        raise UsageError(
            f"“{first.title}” and “{last.title}” asked nothing in the same words, so there is nothing to compare.",
            f"See what changed: {program(str(rounds.project.path))} diff {first.id} {last.id}",
        )
    before, after = closed.occasion(first), closed.occasion(last)
    cells = compared_cells(before, after)[1].groups
    if not cells[ALL]:
        raise TooLittleError(
            f"No group is shown in both “{first.title}” and “{last.title}”, so there is nothing to compare."
        )
    titles = {cell: _title_of((editions[0], editions[-1]), last.pooled, cell) for cell in cells}
    if group is not None:
        group = _cell_named(group, titles, apart((first, last), cells))
    if strand is not None:
        strand = _strand_named(strand, editions[-1].questionnaire)
    # Of two rounds no more is needed of the reports than the figures of all, which takes a fifth of the time.
    has_trend = len(chosen) > 2
    reports = [released(rounds, one, closed) for one in chosen] if has_trend else []
    told = [report.said.all for report in reports] or [
        all_released(rounds, first, closed),
        known.said.all if known else all_released(rounds, last, closed),
    ]
    pair = Pair(closed.occasion(first), closed.occasion(last), whole)
    comparison, shown = compare(pair, versions.earlier(pair), _errors(told[0], told[-1]))
    for one, new in zip((first, last), shown, strict=True):
        rounds.release(one.id, rounds.released(one.id) | new)
    questionnaire = editions[-1].questionnaire
    return ComparisonReport(
        editions=(editions[0], editions[-1]),
        comparison=comparison_as_told(questionnaire, comparison),
        made_up=rounds.project.is_made_up,
        rounds=tuple(Named(one.id, one.title) for one in chosen),
        trend=_trend(versions, reports, comparison) if has_trend else (),
        forms=(first.form, last.form),
        pooled=last.pooled,
        group=group,
        strand=strand,
    )


def _check_same(chosen: Sequence[Round], editions: Sequence[Edition]) -> None:
    for one, edition in zip(chosen, editions, strict=True):
        if edition.questionnaire.id != editions[0].questionnaire.id:
            raise UsageError(
                f"“{chosen[0].title}” asked “{editions[0].questionnaire.title}”, and “{one.title}” asked "
                f"“{edition.questionnaire.title}”: these are different questionnaires.",
                "Compare rounds of the same one.",
            )


class _Versions:
    """The rounds of a project, and what of their questionnaires can be compared."""

    def __init__(self, rounds: Rounds, closed: Closed) -> None:
        self.rounds = rounds
        self.closed = closed

    def comparability(self, before: Round, after: Round) -> Comparability:
        old, new = (self.closed.edition(one).questionnaire for one in (before, after))
        return comparability(old, new, forms=(before.form, after.form))

    def pair(self, before: Round, after: Round) -> Pair:
        whole = self.comparability(before, after)
        return Pair(self.closed.occasion(before), self.closed.occasion(after), whole)

    def earlier(self, pair: Pair) -> dict[tuple[str, str], Pair]:
        """The pairs that either round was compared in before."""
        names = {keys for side in pair.sides for cell, _, _ in side.shown if (keys := pair_of(cell))}
        found: dict[tuple[str, str], Pair] = {}
        for keys in sorted(names - {(pair.sides[0].round.key, pair.sides[1].round.key)}):
            before, after = (self.rounds.with_key(key) for key in keys)
            if before and after:
                found[keys] = self.pair(before, after)
        return found


def _errors(before: Cell, after: Cell) -> Mapping[str, Errors]:
    """The error of measurement of each node, as it follows from what the reports tell of all."""
    then, now = (_errors_of(whole) for whole in (before, after))
    return {id: (then.get(id), now.get(id)) for id in {**then, **now}}


def _errors_of(whole: Cell) -> dict[str, float]:
    return {
        one.id: error_of_measurement(one.sd, one.reliability.alpha)
        for one in _figures(whole)
        if one.sd is not None and one.reliability and one.reliability.alpha is not None
    }


def _figures(cell: Cell) -> list[Figure]:
    figures = [figure for strand in cell.strands for figure in strand.walk() if figure.level != "item"]
    return [cell.overall, *figures] if cell.overall else figures


# Several rounds


def _trend(versions: _Versions, reports: Sequence[RoundReport], comparison: Comparison) -> tuple[TrendLine, ...]:
    """The means that each round's own report tells of the whole and the strands, where they are of the same groups and
    made from the same items as the last."""
    last = reports[-1].round
    against = [versions.comparability(report.round, last) for report in reports]
    ids = [OVERALL, *(strand.id for strand in reports[-1].questionnaire.strands)]
    lines = []
    for cell in comparison.cells:
        for id in ids:
            figures = [
                _figure(report, cell.id, id) if _is_same(report, reports[-1], found, cell.id, id) else None
                for report, found in zip(reports, against, strict=True)
            ]
            if sum(one is not None and one.mean is not None for one in figures) > 1:
                means = tuple(None if one is None else one.mean for one in figures)
                n = tuple(None if one is None else one.n for one in figures)
                lines.append(TrendLine(id=id, cell=cell.id, means=means, n=n))
    return tuple(lines)


def _is_same(report: RoundReport, last: RoundReport, found: Comparability, cell: str, id: str) -> bool:
    node = found.node(id)
    groups = [_groups(one.round, cell) for one in (report, last)]
    return node.comparable and not node.aside and not node.new_rules and groups[0] == groups[1] != frozenset()


def _groups(round: Round, cell: str) -> frozenset[str]:
    """The groups in a cell of a round's report; none where it has no such cell."""
    kept = {group for group, one in round.standing.items() if one != "left_out"}
    if cell == ALL:
        return frozenset(kept)
    if cell == POOL:
        return frozenset(round.pooled)
    return frozenset([cell]) if cell in kept - set(round.pooled) else frozenset()


def _figure(report: RoundReport, cell: str, id: str) -> Figure | None:
    found = report.said.all if cell == ALL else next((one for one in report.groups if one.id == cell), None)
    return None if found is None else next((one for one in _figures(found) if one.id == id), None)


# Parts of it


def _cell_named(name: str, titles: Mapping[str, str], apart: Mapping[str, str]) -> str:
    """The cell of a group that a name means."""
    known = {id: title for id, title in titles.items() if id != ALL}
    found = next((id for id, title in known.items() if name.strip().casefold() in (id, title.casefold())), None)
    if found is None:
        why = apart.get(name)
        hint = near(name, known) or (f"The groups are: {', '.join(known)}." if known else "")
        raise UsageError(f"There is no comparison of “{name}”{': ' + why if why else ''}.", hint=hint)
    return found


def _strand_named(name: str, questionnaire: Questionnaire) -> str:
    strands = questionnaire.strands
    found = next((one for one in strands if name.strip().casefold() in (one.id, one.title.casefold())), None)
    if found is None:
        ids = [one.id for one in strands]
        raise UsageError(f"There is no strand “{name}”.", near(name, ids) or f"The strands are: {', '.join(ids)}.")
    return found.id
