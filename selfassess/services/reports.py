"""Release the report of a closed round, and make one's own report.

What a report of several people shows is written to the release log before anybody sees it.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from selfassess.definition.library import skill_titles
from selfassess.disclosure.cells import ALL
from selfassess.disclosure.coverage import stock_take
from selfassess.disclosure.matching import Occasion, occasion
from selfassess.disclosure.release import Decided, own, release_all, release_round, withheld
from selfassess.disclosure.release_log import Shown
from selfassess.disclosure.rounding import rounded_cell, rounded_summary
from selfassess.errors import ProjectError, TooLittleError, UsageError
from selfassess.model.plan import Plan, action_covering
from selfassess.model.questionnaire import Edition, GroupKey, Item, Questionnaire, Strand
from selfassess.model.reports import WIDEST_OWN, OwnReport, RoundReport, Working, cell_of, sizes
from selfassess.model.results import Cell, RoundSummary, Settled
from selfassess.model.round import EVERYBODY, Agreed, Round, with_targets
from selfassess.model.routing import asked_items
from selfassess.model.sheet import ONCE, PAST, Missing, Sheet, responses, written_about
from selfassess.paths import program
from selfassess.project.rounds import Rounds
from selfassess.scoring.answers import Answers, from_sheets, from_texts
from selfassess.scoring.coverage import own_stock
from selfassess.scoring.distributions import t_quantile
from selfassess.scoring.findings import contenders, could_not_say, ranking, splits, suggested, suggestions
from selfassess.scoring.scores import Results, score
from selfassess.scoring.trace import working
from selfassess.services.plan import plan_about, plan_before
from selfassess.services.projects import check_closed, edition_of
from selfassess.services.stored_decisions import by_report
from selfassess.text import meant, nearest_or_all


def own_report(edition: Edition, sheet: Sheet, plan: Plan = ()) -> OwnReport:
    """The report of one sheet, for the person whose it is; `plan` is what was decided to do about its questionnaire."""
    questionnaire = edition.questionnaire
    summary = own(score(_answers(edition, sheet)))
    cell = summary.rounds[0].all
    found = ranking(questionnaire, cell, WIDEST_OWN)
    called_for = suggestions(questionnaire, cell, found.gaps, sheet.group)
    settled = {one.action.id: by for one in called_for if (by := action_covering(plan, "", one.action.id)) is not None}
    return OwnReport(
        edition=edition,
        group=sheet.group,
        date=sheet.date,
        short=sheet.form == "short",
        summary=summary,
        ranking=found,
        suggestions=tuple(one for one in called_for if one.action.id not in settled),
        settled=tuple(Settled(one, settled[one.action.id]) for one in called_for if one.action.id in settled),
        plan=plan,
        left_open=_left_open(edition, sheet),
        skills=skill_titles(questionnaire),
        texts=_written(edition, sheet),
        stock=own_stock(questionnaire, cell, sheet.group),
        notes=sheet.notes,
    )


def own_working(edition: Edition, sheet: Sheet, id: str) -> Working:
    """How one figure of the report was worked out. UsageError if no strand or benchmark has that id."""
    results = score(_answers(edition, sheet))
    return working(results, own(results), id)


def _answers(edition: Edition, sheet: Sheet) -> Answers:
    try:
        responses(sheet, edition.questionnaire)
    except (KeyError, IndexError, ValueError):
        hint = "Go back to your latest backup copy."
        raise ProjectError("What was handed in is damaged in the project file.", hint) from None
    return from_sheets(edition.questionnaire, [sheet])


def _written(edition: Edition, sheet: Sheet) -> dict[str, str]:
    """What the person wrote, typed or chose of many, in the order asked; then words on benchmarks."""
    found: dict[str, str] = {}
    for item in edition.questionnaire.items:
        given = sheet.beside.get(item.id)
        if isinstance(given, tuple):
            found[item.id] = ", ".join(edition.questionnaire.scale_of(item).label(value) for value in given)
        elif given is not None:
            found[item.id] = item.answering.in_words(given)
        if item.id in sheet.texts:
            found[item.id] = "\n".join(filter(None, (found.get(item.id), sheet.texts[item.id])))
        elif once := sheet.texts.get(f"{item.id}{PAST}"):
            found[item.id] = f"{once}\n({ONCE}.)"
    return found | {id: text for id, text in sheet.texts.items() if written_about(id)[0] not in found}


def _left_open(edition: Edition, sheet: Sheet) -> dict[Missing, tuple[Item, ...]]:
    given = responses(sheet, edition.questionnaire)
    shown = asked_items(edition.questionnaire, sheet.group, sheet.form, given)
    wanted = [item for item in shown if not item.is_in_words]
    return {
        kind: tuple(item for item in wanted if given[item.id] is kind)
        for kind in (Missing.SKIPPED, Missing.DONT_KNOW, Missing.NOT_APPLICABLE)
    }


@dataclass(frozen=True, eq=False)
class ClosedRounds:
    """A cache of the closed rounds of a project: each is read and scored once, whatever is made of it."""

    rounds: Rounds
    editions: dict[str, Edition] = field(default_factory=dict)
    """What was asked, by its sum."""
    scored: dict[str, Results] = field(default_factory=dict)
    occasions: dict[str, Occasion] = field(default_factory=dict)
    """Both by the key of a round."""
    decisions: dict[tuple[str, frozenset[Shown]], Decided] = field(default_factory=dict)
    """By the key of a round, and what was published of it before."""

    def edition(self, round: Round) -> Edition:
        """What a round asked. ProjectError where what the project holds cannot have been answered to it."""
        if round.questionnaire not in self.editions:
            self.editions[round.questionnaire] = edition_of(self.rounds.project, round.questionnaire)
        return self.editions[round.questionnaire]

    def results(self, round: Round) -> Results:
        """The scores of a round, of the questionnaire with its targets."""
        if round.key not in self.scored:
            questionnaire = with_targets(self.edition(round).questionnaire, round)
            if self.rounds.sheets.is_any_matched(round.id):
                found = self.occasions[round.key] = occasion(
                    round, questionnaire, self.rounds.sheets.matched_answers(round.id), self.rounds.released(round.id)
                )
                self.scored[round.key] = found.results
            else:  # a group at a time is faster
                self.scored[round.key] = scored(questionnaire, self.rounds.sheets.answers_by_group(round.id))
        return self.scored[round.key]

    def decided(self, round: Round) -> Decided:
        """What of a round is suppressed, given all that was published of it so far."""
        key = round.key, self.rounds.released(round.id)
        if key not in self.decisions:
            results = self.results(round)
            before = key[1] or by_report(self.rounds, round, results.answers)
            self.decisions[key] = withheld(round, results, before)
        return self.decisions[key]

    def release(self, round: Round, shown: frozenset[Shown]) -> None:
        """Write what a report publishes to the release log. The decision what to suppress holds after that too: what
        it would allow then, it would have allowed before."""
        decided = self.decided(round)
        self.rounds.release(round.id, shown)
        self.decisions[round.key, self.rounds.released(round.id)] = decided

    def occasion(self, round: Round) -> Occasion:
        """A round as comparisons need it: with linked respondents, and with all that was published of it so far."""
        shown = self.rounds.released(round.id)
        results = self.results(round)
        if round.key not in self.occasions:
            nobody = (None,) * len(results.answers)
            self.occasions[round.key] = Occasion(results.answers, round, nobody, shown, results)
        found = self.occasions[round.key] = self.occasions[round.key].after(shown, self.decided(round))
        return found


WIDEST = 3
"""How many gaps the first page of a report names."""


def scored(questionnaire: Questionnaire, answers: Iterable[tuple[GroupKey | None, str]]) -> Results:
    """Score a round. `answers` are the characters of sheets, each with its group: of one sheet, or of several of a
    group in a row."""
    return score(from_texts(questionnaire, answers))


def build_report(
    edition: Edition,
    round: Round,
    results: Results,
    texts: Iterable[tuple[str, str]],
    agreed: Iterable[Agreed],
    before: frozenset[Shown],
    *,
    plan: Plan,
    reported: Mapping[GroupKey, tuple[int, ...]],
    made_up: bool,
    decided: Decided | None = None,
) -> tuple[RoundReport, frozenset[Shown]]:
    """The report of a closed round, and what it publishes, which belongs in the release log before it is shown.
    `results` are made with the targets of the round, `before` is what was published of it so far, and `decided` what is
    suppressed, where that was decided already. TooLittleError where there are too few respondents."""
    questionnaire = results.answers.questionnaire
    edition = replace(edition, questionnaire=questionnaire)
    exact, shown = release_round(round, results, texts, before, decided)
    summary = rounded_summary(questionnaire, exact)
    said = summary.rounds[0]
    check_enough_respondents(round, said.all.n, len(results.answers))
    found = ranking(questionnaire, said.all, WIDEST, said.groups)
    cells = {group: cell_of(said, group) for group in round.invited}
    report = RoundReport(
        edition=edition,
        round=round,
        summary=summary,
        made_up=made_up,
        ranking=found,
        contenders=contenders(questionnaire, found.gaps),
        splits=tuple(split for cell in (said.all, *said.groups) for split in splits(questionnaire, cell)),
        could_not_say=could_not_say(questionnaire, said.all, sizes(said, said.all), round.form),
        called_for={
            group: suggested(questionnaire, said, cell, group if group != EVERYBODY else None)
            for group, cell in cells.items()
        },
        skills=skill_titles(questionnaire),
        agreed={one.node: one for one in agreed},
        t_values={n: t_quantile(0.975, n - 1) for n in {*_sizes(said)}},
        reported=reported,
        plan=plan,
        stock=stock_take(
            questionnaire if round.form == "full" else questionnaire.with_items(lambda item: item.short),
            said.all,
            [one for one in said.groups if one.id not in said.left_out],
            round.rules.thresholds,
        ),
    )
    return report, shown


def _sizes(said: RoundSummary) -> Iterator[int]:
    """How many people the ranges of a round are made from."""
    for cell in (said.all, *said.groups):
        figures = [figure for strand in cell.strands for figure in strand.walk()]
        for figure in (*figures, *filter(None, (cell.overall,))):
            if figure.likely is not None and figure.n is not None:
                yield figure.n


def check_enough_respondents(round: Round, shown: int, handed_in: int) -> None:
    """TooLittleError where no sheets were handed in, or too few respondents are `shown` to publish anything."""
    if not handed_in:
        raise TooLittleError(f"Nobody handed in for “{round.title}”, so there is nothing to report.")
    least = round.rules.thresholds.min_group
    if shown < least and "consent" not in round.standing.values():
        raise TooLittleError(
            f"Too few handed in for “{round.title}” to show anything: figures are shown once {least} people have "
            "answered."
        )


def narrow_report(report: RoundReport, group: str | None, strand: str | None) -> RoundReport:
    """Narrow a report to one group or one strand: fewer of the same figures, never others. UsageError for a group that
    is not shown by itself, or an unknown strand."""
    questionnaire = report.questionnaire
    if group is not None:
        known = {one.id: report.title_of(one.id) for one in report.groups}
        named, group = group, meant(group, known)
        if group is None:
            why = "is shown together with others" if named in report.results.pooled else "is not shown separately"
            hint = nearest_or_all(named, known, "group")
            raise UsageError(f"The group “{named}” {why}.", hint=hint)
        cell = cell_of(report.results, group)
        found = ranking(questionnaire, cell, WIDEST)
        report = replace(
            report,
            group=group,
            since=report.since and report.since.narrowed(group, None),
            ranking=found,
            contenders=contenders(questionnaire, found.gaps),
            splits=tuple(one for one in report.splits if one.cell == group),
            could_not_say=could_not_say(questionnaire, cell, sizes(report.results, cell), report.round.form),
            called_for={one: found for one, found in report.called_for.items() if cell_of(report.results, one) is cell},
        )
    return _of_strand(report, strand) if strand is not None else report


def strand_named(name: str, questionnaire: Questionnaire) -> Strand:
    """The strand of that id or title. UsageError says which there are."""
    strands = {one.id: one for one in questionnaire.strands}
    found = meant(name, {id: one.title for id, one in strands.items()})
    if found is None:
        raise UsageError(f"There is no strand “{name}”.", hint=nearest_or_all(name, strands, "strand"))
    return strands[found]


def _of_strand(report: RoundReport, name: str) -> RoundReport:
    found = strand_named(name, report.questionnaire)
    inside = {found.id, *(node.id for node in found.middle)}
    some = report.ranking.inside(inside)
    return replace(
        report,
        strand=found.id,
        since=report.since and report.since.narrowed(None, frozenset(inside)),
        ranking=some,
        contenders=contenders(report.questionnaire, some.gaps),
        splits=tuple(one for one in report.splits if one.node.id in inside),
        could_not_say=tuple(one for one in report.could_not_say if one.node.id in inside),
        called_for={
            group: tuple(one for one in suggestions if one.ranked.node.id in inside)
            for group, suggestions in report.called_for.items()
        },
    )


def release_report(rounds: Rounds, round: Round, closed: ClosedRounds | None = None) -> RoundReport:
    """Release the report of a closed round. What it publishes is written to the release log first; `closed` holds what
    has been read of the project. UsageError where the round is not closed, TooLittleError where there are too few
    respondents; nothing is written then."""
    check_closed(round, str(rounds.project.path))
    closed = closed or ClosedRounds(rounds)
    edition = closed.edition(round)
    rounds.check_fits(round, edition.questionnaire)
    before = rounds.released(round.id)
    with _reopen_hint(rounds, round, before):
        report, shown = build_report(
            edition,
            round,
            closed.results(round),
            rounds.sheets.texts(round.id),
            rounds.agreed(round.id),
            before,
            plan=plan_before(rounds, round, edition.questionnaire),
            reported=rounds.reported(round.id),
            made_up=rounds.project.is_made_up,
            decided=closed.decided(round),
        )
    closed.release(round, shown)
    return replace(
        report,
        partnership=rounds.project.partnership,
        days=rounds.days(round.id),
        findings={(one.group, one.node): one.text for one in rounds.findings(round.id)},
    )


def release_overall(rounds: Rounds, round: Round, closed: ClosedRounds) -> Cell:
    """Release the figures of all respondents of a closed round alone, without agreement, for a caller that needs no
    others. The release log gets the same entries as for the whole report. TooLittleError where there are too few
    respondents; nothing is written then."""
    rounds.check_fits(round, closed.edition(round).questionnaire)
    before, results, decided = rounds.released(round.id), closed.results(round), closed.decided(round)
    cells, _ = decided
    with _reopen_hint(rounds, round, before):
        check_enough_respondents(round, int(cells.members[ALL].sum()), len(results.answers))
    found, shown = release_all(round, results, before, decided)
    closed.release(round, shown)
    return rounded_cell(results.answers.questionnaire, found)


@contextmanager
def _reopen_hint(rounds: Rounds, round: Round, before: frozenset[Shown]) -> Iterator[None]:
    """Add to the error that there are too few how the round can be opened again, while nothing was published of it."""
    try:
        yield
    except TooLittleError as error:
        command = program(str(rounds.project.path))
        hint = f"Nothing was shown, so the round can be opened again: {command} round reopen {round.id}"
        raise TooLittleError(error.message, error.hint if before else hint) from None


def release_for_planning(rounds: Rounds, round: Round, closed: ClosedRounds | None = None) -> RoundReport:
    """Release the report of a closed round for those who go on planning from it: with the whole plan as it is now."""
    return with_current_plan(rounds, release_report(rounds, round, closed))


def with_current_plan(rounds: Rounds, report: RoundReport) -> RoundReport:
    """A report with the whole plan as it is now, including what was taken from the report itself."""
    return replace(report, plan=plan_about(rounds.project, report.questionnaire))
