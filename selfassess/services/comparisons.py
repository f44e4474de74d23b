"""Compare closed rounds, and one person's own sittings; follow up what was planned between rounds.

What a comparison of rounds shows is written to the release logs of both before anybody sees it.
"""

import datetime
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from selfassess.dates import day_words, local_day
from selfassess.definition.comparability import comparability
from selfassess.definition.library import is_known
from selfassess.disclosure.cells import ALL
from selfassess.disclosure.compare import apart, compare
from selfassess.disclosure.matching import Alike, Answered, Pair, compared_cells
from selfassess.disclosure.release_log import pair_of
from selfassess.disclosure.rounding import rounded_comparison
from selfassess.errors import SelfAssessError, TooLittleError, UsageError
from selfassess.model.comparison import Comparison, Named, TrendLine
from selfassess.model.plan import Planned
from selfassess.model.questionnaire import Edition, GroupKey, Questionnaire
from selfassess.model.reports import (
    ComparisonReport,
    FollowedAction,
    FollowUp,
    OwnChange,
    OwnNodeChange,
    RoundReport,
    cell_title,
)
from selfassess.model.results import POOL, Cell, Figure, Level
from selfassess.model.round import Round
from selfassess.model.score_tree import OVERALL, nodes
from selfassess.model.sheet import RoundKey, Sheet
from selfassess.model.versions import Comparability
from selfassess.paths import program
from selfassess.project.codes import normalise
from selfassess.project.plans import Plans
from selfassess.project.project import Project
from selfassess.project.rounds import Rounds
from selfassess.scoring.answers import from_sheets
from selfassess.scoring.change import Errors, error_of_measurement
from selfassess.services.learning import with_learning, with_skills
from selfassess.services.plan import earlier_round_ids, planned_before, previous_round
from selfassess.services.projects import check_rounds, edition_of, last_reported
from selfassess.services.reports import (
    ClosedRounds,
    release_overall,
    release_report,
    strand_named,
    with_current_plan,
)
from selfassess.services.sittings import last_sheet
from selfassess.services.stored_decisions import by_comparison
from selfassess.text import meant, nearest_or_all


def compare_rounds(
    rounds: Rounds,
    chosen: Sequence[Round],
    group: str | None = None,
    strand: str | None = None,
    *,
    known: RoundReport | None = None,
    closed: ClosedRounds | None = None,
) -> ComparisonReport:
    """Compare the first and the last of some rounds, earliest first, with the trend over all of them. With `group` or
    `strand`, by id or title, the report is narrowed to these. `known` is the report of the last round, if it was made
    already, and `closed` holds what has been read of the rounds. What is published is written to the release logs of
    both rounds first.

    UsageError where there are fewer than two rounds, one is named twice or not closed, their questionnaires have
    nothing in common, or there is nothing to narrow to; TooLittleError where a round has too few respondents to report.
    Nothing is written then.
    """
    check_rounds(chosen, str(rounds.project.path))
    closed = closed or ClosedRounds(rounds)
    versions = Versions(rounds, closed)
    editions = [closed.edition(one) for one in chosen]
    _check_same(chosen, editions)
    first, last = chosen[0], chosen[-1]
    whole = versions.comparability(first, last)
    if not has_something_in_common(whole):
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
    titles = {cell: cell_title((editions[0], editions[-1]), last.pooled, cell) for cell in cells}
    if group is not None:
        group = _cell_named(group, titles, apart((first, last), cells))
    if strand is not None:
        strand = strand_named(strand, editions[-1].questionnaire).id
    # Of two rounds no more is needed of the reports than the figures of all, which takes a fifth of the time.
    has_trend = len(chosen) > 2
    reports = [release_report(rounds, one, closed) for one in chosen] if has_trend else []
    told = [report.results.all for report in reports] or [
        release_overall(rounds, first, closed),
        known.results.all if known else release_overall(rounds, last, closed),
    ]
    pair = Pair(closed.occasion(first), closed.occasion(last), whole)
    earlier = versions.earlier(pair)
    foreseen = by_comparison(rounds, pair, earlier)
    comparison, shown = compare(pair, earlier, _errors(told[0], told[-1]), foreseen)
    for one, new in zip((first, last), shown, strict=True):
        rounds.release(one.id, rounds.released(one.id) | new)
    questionnaire = editions[-1].questionnaire
    return ComparisonReport(
        editions=(editions[0], editions[-1]),
        comparison=rounded_comparison(questionnaire, comparison),
        made_up=rounds.project.is_made_up,
        rounds=tuple(Named(one.id, one.title) for one in chosen),
        trend=_round_trend(versions, reports, comparison) if has_trend else (),
        forms=(first.form, last.form),
        pooled=last.pooled,
        group=group,
        strand=strand,
    )


def has_something_in_common(whole: Comparability) -> bool:
    """Whether anything was asked in the same words both times."""
    return any(node.comparable for node in (whole.overall, *whole.strands, *whole.benchmarks))


def _check_same(chosen: Sequence[Round], editions: Sequence[Edition]) -> None:
    for one, edition in zip(chosen, editions, strict=True):
        if edition.questionnaire.id != editions[0].questionnaire.id:
            raise UsageError(
                f"“{chosen[0].title}” asked “{editions[0].questionnaire.title}”, and “{one.title}” asked "
                f"“{edition.questionnaire.title}”: these are different questionnaires.",
                "Compare rounds of the same one.",
            )


class Versions:
    """The rounds of a project, and what of their questionnaires can be compared."""

    def __init__(self, rounds: Rounds, closed: ClosedRounds) -> None:
        self.rounds = rounds
        self.closed = closed

    def comparability(self, before: Round, after: Round) -> Comparability:
        old, new = (self.closed.edition(one).questionnaire for one in (before, after))
        return comparability(old, new, forms=(before.form, after.form))

    def pair(self, before: Round, after: Round) -> Pair:
        whole = self.comparability(before, after)
        return Pair(self.closed.occasion(before), self.closed.occasion(after), whole)

    def earlier(self, pair: Pair) -> dict[tuple[str, str], Pair]:
        """The pairs of rounds in which either was compared before."""
        names = {keys for side in pair.sides for cell, _, _ in side.shown if (keys := pair_of(cell))}
        found: dict[tuple[str, str], Pair] = {}
        for keys in sorted(names - {(pair.sides[0].round.key, pair.sides[1].round.key)}):
            before, after = (self.rounds.with_key(RoundKey(key)) for key in keys)
            if before and after:
                found[keys] = self.pair(before, after)
        return found


def _errors(before: Cell, after: Cell) -> Mapping[str, Errors]:
    """The error of measurement of each node, from what the reports publish of all respondents."""
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


def _round_trend(versions: Versions, reports: Sequence[RoundReport], comparison: Comparison) -> tuple[TrendLine, ...]:
    """The means of the whole and the strands in each round's own report, where they are of the same groups and made
    from the same items as the last."""
    last = reports[-1].round
    against = [versions.comparability(report.round, last) for report in reports]
    ids = [OVERALL, *(strand.id for strand in reports[-1].questionnaire.strands)]
    lines = []
    for cell in comparison.cells:
        for id in ids:
            figures = [
                _figure_of(report, cell.id, id) if _is_same(report, reports[-1], found, cell.id, id) else None
                for report, found in zip(reports, against, strict=True)
            ]
            if sum(one is not None and one.mean is not None for one in figures) > 1:
                means = tuple(None if one is None else one.mean for one in figures)
                n = tuple(None if one is None else one.n for one in figures)
                lines.append(TrendLine(id=id, cell=cell.id, means=means, n=n))
    return tuple(lines)


def _is_same(report: RoundReport, last: RoundReport, found: Comparability, cell: str, id: str) -> bool:
    node = found.node(id)
    groups = [_groups_in(one.round, cell) for one in (report, last)]
    return node.comparable and not node.aside and not node.new_rules and groups[0] == groups[1] != frozenset()


def _groups_in(round: Round, cell: str) -> frozenset[str]:
    """The groups in a cell of a round's report; none where it has no such cell."""
    kept = {group for group, one in round.standing.items() if one != "left_out"}
    if cell == ALL:
        return frozenset(kept)
    if cell == POOL:
        return frozenset(round.pooled)
    return frozenset([cell]) if cell in kept - set(round.pooled) else frozenset()


def _figure_of(report: RoundReport, cell: str, id: str) -> Figure | None:
    found = report.results.all if cell == ALL else next((one for one in report.groups if one.id == cell), None)
    return None if found is None else next((one for one in _figures(found) if one.id == id), None)


# Parts of it


def _cell_named(name: str, titles: Mapping[str, str], apart: Mapping[GroupKey, str]) -> str:
    """The cell of a group that a name means."""
    known = {id: title for id, title in titles.items() if id != ALL}
    found = meant(name, known)
    if found is None:
        why = next((said for group, said in apart.items() if group == name), "")
        hint = nearest_or_all(name, known, "group")
        raise UsageError(f"There is no comparison of “{name}”{': ' + why if why else ''}.", hint=hint)
    return found


def release_with_follow_up(rounds: Rounds, round: Round) -> RoundReport:
    """Release the report of a closed round, with what was planned before it, what changed since, and what there is to
    learn."""
    closed = ClosedRounds(rounds)
    report = with_learning(rounds, with_follow_up(rounds, release_report(rounds, round, closed), closed), closed)
    if report.learning is None or report.learning.before is None:
        return report
    then = rounds.get(report.learning.before.before.id)
    return replace(report, leaning=_moved_since(rounds, report.questionnaire, then, closed))


def _moved_since(rounds: Rounds, asked: Questionnaire, then: Round, closed: ClosedRounds) -> ComparisonReport | None:
    """What moved in the partnership since a round about skills (which asked `asked`): from the round before its last
    one to that. None where the last was closed no later than the round about skills, or these two were never compared:
    nothing is published here that was not."""
    found = [one for one in rounds.all() if closed.edition(one).questionnaire.skills_from == asked.id]
    last = last_reported(rounds, found)
    if last is None or not _is_later(rounds, last, then):
        return None
    before = previous_round(rounds, last, Plans(rounds.project).all())
    compared = {pair_of(cell) for cell, _, _ in rounds.released(last.id)}
    if before is None or (before.key, last.key) not in compared:
        return None
    try:
        return compare_rounds(rounds, (before, last), closed=closed)
    except SelfAssessError:  # the stock-take is there all the same
        return None


def _is_later(rounds: Rounds, one: Round, other: Round) -> bool:
    """Whether a round is known to have been closed after another."""
    days = rounds.days(one.id).closed, rounds.days(other.id).closed
    return days[0] is not None and days[1] is not None and days[0] > days[1]


def release_for_meeting(rounds: Rounds, round: Round) -> RoundReport:
    """The same for those who look at it together and go on planning: with the whole plan as it is now."""
    return with_current_plan(rounds, release_with_follow_up(rounds, round))


def with_follow_up(rounds: Rounds, report: RoundReport, closed: ClosedRounds | None = None) -> RoundReport:
    """Add to the report of a round what was planned before it and what changed since, where the previous round is
    closed. What the comparison publishes is written to the release log first. `closed` holds what has been read."""
    plan = Plans(rounds.project).all()
    before = previous_round(rounds, report.round, plan)
    if before is None:
        noted = rounds.previous(report.round.id)
        return replace(report, unmoved=f"“{noted.title}” is not closed yet.") if noted else report
    actions = planned_before(plan, earlier_round_ids(rounds, before, plan))
    name, moved, why_none = Named(before.id, before.title), None, ""
    try:
        moved = compare_rounds(rounds, (before, report.round), known=report, closed=closed)
    except SelfAssessError as error:  # the report of the round is there all the same
        why_none = error.message
    followed = tuple(_followed(moved, one) for one in actions)
    since = FollowUp(before=name, actions=followed, why_none=why_none) if actions else None
    return replace(report, since=since, moved=moved, unmoved=why_none)


def compare_with_plan(
    rounds: Rounds, chosen: Sequence[Round], group: str | None = None, strand: str | None = None
) -> ComparisonReport:
    """Compare rounds as `compare_rounds` does, with what was planned after any but the last of them, and which skills
    were covered."""
    closed = ClosedRounds(rounds)
    report = with_skills(rounds, compare_rounds(rounds, chosen, group, strand, closed=closed), closed)
    if report.skills is not None:
        then = rounds.get(report.rounds[0].id)
        report = replace(report, leaning=_moved_since(rounds, report.questionnaire, then, closed))
    actions = planned_before(Plans(rounds.project).all(), [one.id for one in report.rounds[:-1]])
    if not actions:
        return report
    found = tuple(_followed(report, one) for one in actions)
    return replace(report, since=FollowUp(before=report.comparison.rounds[0], actions=found))


def _followed(report: ComparisonReport | None, planned: Planned) -> FollowedAction:
    if report is None:
        return FollowedAction(planned=planned)
    cell = _cell(planned, [one.id for one in report.comparison.cells])
    return FollowedAction(planned=planned, cell=cell, comparison=report if planned.node else None)


def _cell(planned: Planned, cells: Container[str]) -> str:
    """The one group that an action is for, where that group has a comparison of its own; else all respondents."""
    return planned.groups[0] if len(planned.groups) == 1 and planned.groups[0] in cells else "all"


@dataclass(frozen=True, slots=True)
class Sitting:
    """A sheet with the edition that it was answered in, and what it is called."""

    edition: Edition
    sheet: Sheet
    name: str = ""

    @property
    def answered(self) -> Answered:
        return Answered(from_sheets(self.edition.questionnaire, [self.sheet]))


def sitting_name(sheet: Sheet) -> str:
    """What a sitting of one's own is called: "3 May 2026"."""
    return day_words(local_day(sheet.date)) if sheet.date else "a sitting without a date"


def sitting_date(date: datetime.datetime | None) -> datetime.datetime:
    """When a sheet was handed in, to put sheets in order."""
    return date or datetime.datetime.min.replace(tzinfo=datetime.UTC)


def sittings_of_receipts(project: Project, receipts: Sequence[str]) -> list[Sitting]:
    """What one person handed in with these receipts, in their order. UsageError where one is there twice, or opens
    nothing."""
    if len({normalise(one) for one in receipts}) < len(receipts):
        raise UsageError(
            "To see your own change, two different receipts are needed.", "That of the earlier round comes first."
        )
    rounds, found = Rounds(project), []
    for receipt in receipts:
        sheet = project.sheet(receipt)
        handed_in = rounds.sheets.of_receipt(receipt)
        name = f"“{handed_in[0].title}”" if handed_in else "a sitting outside rounds"
        found.append(Sitting(edition_of(project, sheet.questionnaire), sheet, name))
    return found


def own_sittings(project: Project, name: str | None) -> list[Sitting]:
    """All sittings of a questionnaire, or of the one answered last, in a personal project, by date. TooLittleError
    where there is only one."""
    wanted = edition_of(project, last_sheet(project, name).questionnaire).questionnaire
    there = sorted(project.sheets(), key=lambda sheet: sitting_date(sheet.date))
    editions = {key: edition_of(project, key) for key in {sheet.questionnaire for sheet in there}}
    found = [
        Sitting(editions[sheet.questionnaire], sheet, sitting_name(sheet))
        for sheet in there
        if editions[sheet.questionnaire].questionnaire.id == wanted.id
    ]
    if len(found) < 2:
        again = f": {program(str(project.path))} take {wanted.id}" if is_known(wanted.id) else "."
        raise TooLittleError(
            f"“{wanted.title}” was answered once, so there is nothing to compare it with.",
            f"Answer it again when some time has passed{again}",
        )
    return found


def compare_sittings(sittings: Sequence[Sitting], *, made_up: bool = False) -> OwnChange:
    """How one person's scores changed from the first to the last of two or more sittings. UsageError where they belong
    to different questionnaires, or have no item in common."""
    first, last = sittings[0], sittings[-1]
    for one in sittings:
        if one.edition.questionnaire.id != last.edition.questionnaire.id:
            raise UsageError("These are of different questionnaires.", "Compare sittings of the same one.")
    found = _comparability(first, last)
    alike = Alike(first.answered, last.answered, found)
    moves = tuple(_moves(alike))
    if not moves:
        raise UsageError("The two sittings asked nothing in the same words, so there is nothing to compare.")
    return OwnChange(
        editions=(first.edition, last.edition),
        names=tuple(_names(sittings)),
        forms=(first.sheet.form, last.sheet.form),
        groups=(first.sheet.group, last.sheet.group),
        comparability=found,
        moves=moves,
        trend=tuple(_own_trend(sittings)) if len(sittings) > 2 else (),
        made_up=made_up,
    )


def _names(sittings: Sequence[Sitting]) -> Iterator[str]:
    """What each is called; with the group, where the person was not in the same one each time."""
    is_one_group = len({one.sheet.group for one in sittings}) == 1
    for one in sittings:
        group = "" if is_one_group else one.edition.questionnaire.group_title(one.sheet.group)
        yield f"{one.name} ({group})" if group else one.name


def _comparability(before: Sitting, after: Sitting) -> Comparability:
    forms, groups = (before.sheet.form, after.sheet.form), (before.sheet.group, after.sheet.group)
    return comparability(before.edition.questionnaire, after.edition.questionnaire, forms=forms, groups=groups)


def _moves(alike: Alike) -> Iterator[OwnNodeChange]:
    for id in nodes(alike.questionnaire):
        if alike.same(id):
            then, now = (_points(results.shares[id][0]) for results in alike.results(id))
            if then is not None or now is not None:
                yield OwnNodeChange(id=id, level=_level(alike.questionnaire, id), then=then, now=now)


def _level(questionnaire: Questionnaire, id: str) -> Level:
    if id == OVERALL:
        return "overall"
    return "strand" if any(strand.id == id for strand in questionnaire.strands) else "benchmark"


def _points(share: float) -> float | None:
    return None if share != share else round(100 * float(share), 10)


def _own_trend(sittings: Sequence[Sitting]) -> Iterator[tuple[str, tuple[float | None, ...]]]:
    last = sittings[-1]
    results = [one.answered.results for one in sittings]
    whole = [_comparability(one, last) for one in sittings]
    for id in (OVERALL, *(strand.id for strand in last.edition.questionnaire.strands)):
        yield (
            id,
            tuple(
                _points(own.shares[id][0]) if node.comparable and not node.aside and not node.new_rules else None
                for own, node in zip(results, (one.node(id) for one in whole), strict=True)
            ),
        )
