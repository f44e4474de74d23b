"""What may be released: the only way from results of several people to a Summary.

Which figures are withheld is decided in suppression.py; here they are taken out. docs/privacy.md says it in words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, get_args

import numpy as np

from selfassess.disclosure.cells import ALL, Cells, of_round, of_rows
from selfassess.disclosure.comments import comments
from selfassess.disclosure.differences import differences
from selfassess.disclosure.release_log import (
    OF_ANSWERS,
    OF_SPREADS,
    STRAIGHT_LINING,
    Shown,
    is_of_answers,
    shown_of,
    tells_straight_lining,
)
from selfassess.disclosure.rounding import rounded_cell
from selfassess.disclosure.straight_lining import straight_lining
from selfassess.disclosure.suppression import Reasons, reasons
from selfassess.disclosure.thresholds import Kind
from selfassess.errors import UsageError
from selfassess.model.attainment import can_be
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.results import Attendance, Cell, Difference, Figure, RoundSummary, Summary
from selfassess.model.round import EVERYBODY, FLOOR, Round, Thresholds
from selfassess.model.score_tree import band, bands, nodes
from selfassess.scoring.figures import DIGITS, Unreleased, cell, each_group_once
from selfassess.scoring.means import Units
from selfassess.scoring.scores import Results

Decisions = tuple[Kind, ...]
"""Which decisions a figure rests on: where one of them is against it, it is left out."""
OF_EVERY: Mapping[str, Decisions] = {
    **dict.fromkeys(("id", "level", "target", "coded", "one_answer", "invited", "withheld", "why_none", "parts"), ()),
    "n": ("asked",),
}
OF_ITEM: Mapping[str, Decisions] = {
    **OF_EVERY,
    "missing": ("missing",),
    **dict.fromkeys(("mean", "sd", "raw_mean", "raw_sd", "shown"), ("asked", "detail")),
    **dict.fromkeys(("counts", "spread", "agreement"), ("asked", "detail")),
}
OF_NODE: Mapping[str, Decisions] = {
    **OF_EVERY,
    **dict.fromkeys(("mean", "raw_mean", "shown", "band", "gap", "possible", "by_group"), ("asked", "score")),
    "spread": ("asked", "score", "word"),
    **dict.fromkeys(("sd", "raw_sd", "likely"), ("asked", "detail", "spread")),
    **dict.fromkeys(("agreement", "flips", "reliability"), ("asked", "detail")),
}
NAMES = tuple(one.name for one in fields(Figure))
KINDS: tuple[Kind, ...] = get_args(Kind)
Decided = tuple[Cells, Mapping[str, Reasons]]
"""The cells of a round, and why figures of each are withheld."""


def rules(min_group: int) -> Thresholds:
    """The thresholds for a smallest group. UsageError below the floor, unless it is 1."""
    if min_group != 1 and min_group < FLOOR:
        hint = "With 1 nothing is withheld, and the output is marked “not for release”."
        raise UsageError(f"The smallest group can be {FLOOR} or more, or 1.", hint=hint)
    return Thresholds(min_group, max(10, min_group) if min_group > 1 else 1)


def own(results: Results) -> Summary:
    """The summary of one respondent's own answers, for that respondent."""
    if len(results.answers) != 1:
        raise ValueError("one's own summary is made of one sheet")
    group = results.answers.groups[0]
    unreleased = cell(results, "all", np.ones(1, dtype=np.bool_), group, is_own=True)
    return Summary(release="one person's own view", rounds=(RoundSummary(id="1", all=unreleased.cell, groups=()),))


def release(rounds: Mapping[str, Results], thresholds: Thresholds) -> Summary:
    """What may be shown of several respondents, round by round. It protects within this one run."""
    words = (
        f"protected within this run only: nothing below {thresholds.min_group} answers, "
        f"no spread in numbers and nothing by item below {thresholds.min_detail}"
        if thresholds.protect
        else "not for release"
    )
    return Summary(release=words, rounds=tuple(_of_rows(id, results, thresholds) for id, results in rounds.items()))


def _of_rows(id: str, results: Results, thresholds: Thresholds) -> RoundSummary:
    cells = of_rows(results.answers, thresholds)
    why = reasons(results, thresholds, cells) if thresholds.protect else {}
    start = RoundSummary(id=id, all=_NOBODY, groups=())
    return _summary(results, cells, why, thresholds, start, Units(results, cells.joined))


def release_round(
    round: Round,
    results: Results,
    texts: Iterable[tuple[str, str]],
    before: frozenset[Shown],
    decided: Decided | None = None,
) -> tuple[Summary, frozenset[Shown]]:
    """What may be shown of a closed round, and what of it is shown: to be noted down before anybody sees it.

    `texts` are what people wrote, each with the id that it is about; `before` is what was shown of the round so far.
    Whatever would tell of too few together with that is withheld: `decided` is what that is, where it is known.
    """
    cells, why = decided or withheld(round, results, before)
    thresholds = round.rules.thresholds
    written, comments_withheld = comments(results.answers, thresholds, texts)
    start = RoundSummary(
        id=round.id,
        title=round.title,
        all=_NOBODY,
        groups=(),
        pooled=round.pooled,
        attendance=_attendance(results, round),
        comments=written,
        comments_withheld=comments_withheld,
        straight_lining=straight_lining(results.answers, cells, thresholds) if tells_straight_lining(before) else None,
    )
    units = Units(results, cells.joined) if is_of_answers(before) else None
    summary = _summary(results, cells, why, thresholds, start, units)
    words = (
        f"a report of a closed round: nothing below {thresholds.min_group} answers (a small group that agreed is shown "
        f"from {FLOOR}), no spread in numbers and nothing by item below {thresholds.min_detail}"
    )
    return Summary(release=words, rounds=(summary,)), log_after(results, (cells, why), before)


def release_all(
    round: Round, results: Results, before: frozenset[Shown], decided: Decided
) -> tuple[Cell, frozenset[Shown]]:
    """Of what `release_round` gives out, the figures of all but for their agreement, for whoever needs no others; and
    what of the round counts as shown then: as much as by its report."""
    cells, why = decided
    units = Units(results, cells.joined) if is_of_answers(before) else None
    found = _cell(results, cells, why, round.rules.thresholds, ALL, units, with_agreement=False)
    return found, log_after(results, decided, before)


def log_after(results: Results, decided: Decided, before: frozenset[Shown]) -> frozenset[Shown]:
    """Everything that was published of a round once its report was made, as the release log has it."""
    lines = {OF_ANSWERS: is_of_answers(before), OF_SPREADS: True, STRAIGHT_LINING: tells_straight_lining(before)}
    return before | shown_of(results, *decided) | {line for line, is_said in lines.items() if is_said}


def release_differences(round: Round, results: Results, decided: Decided) -> tuple[Difference, ...]:
    """Of what `release_round` gives out where nothing was shown before, how groups differ."""
    cells, why = decided
    thresholds, units = round.rules.thresholds, Units(results, cells.joined)
    groups = [id for id in cells.members if id != ALL]
    shown = [_cell(results, cells, why, thresholds, id, units, with_agreement=False) for id in groups]
    return differences(results, cells, _published(results, thresholds, shown), thresholds, units)[0]


def withheld(round: Round, results: Results, before: frozenset[Shown], *, with_spreads: bool = True) -> Decided:
    """The cells of a closed round, and why figures of each are withheld, after everything that was shown of it. Without
    spreads for whoever counts scores and items alone."""
    cells, thresholds = of_round(results.answers, round), round.rules.thresholds
    return cells, reasons(results, thresholds, cells, before, with_spreads=with_spreads)


_NOBODY = Cell(id=ALL, n=0, overall=None, strands=())


def _attendance(results: Results, round: Round) -> tuple[Attendance, ...]:
    answers = results.answers
    return tuple(
        Attendance(
            group=group,
            invited=invited,
            handed_in=len(answers) if group == EVERYBODY else int(answers.in_group(group).sum()),
            standing=round.standing[group],
        )
        for group, invited in round.invited.items()
    )


def _summary(
    results: Results,
    cells: Cells,
    why: Mapping[str, Reasons],
    thresholds: Thresholds,
    start: RoundSummary,
    units: Units | None,
) -> RoundSummary:
    """The round with its cells, less what is withheld. Without units, means are those of people's scores."""
    found = {id: _cell(results, cells, why, thresholds, id, units) for id in (*cells.members, *cells.left_out)}
    alone = [one for id, one in found.items() if id != ALL]
    shown_alone = [one for one in alone if one.id in cells.members]
    between, detectable = differences(results, cells, _published(results, thresholds, shown_alone), thresholds, units)
    return replace(
        start,
        all=each_group_once(found[ALL], shown_alone, lambda _, mean: round(mean, DIGITS)),
        groups=tuple(alone),
        left_out=tuple(sorted(cells.left_out)),
        differences=between,
        detectable=detectable,
    )


def _published(results: Results, thresholds: Thresholds, cells: Iterable[Cell]) -> list[Cell]:
    """The cells as they are published."""
    questionnaire = results.answers.questionnaire
    return [rounded_cell(questionnaire, one) if thresholds.protect else one for one in cells]


def _cell(
    results: Results,
    cells: Cells,
    why: Mapping[str, Reasons],
    thresholds: Thresholds,
    id: str,
    units: Units | None,
    *,
    with_agreement: bool = True,
) -> Cell:
    """A cell, less what is withheld of it."""
    questionnaire = results.answers.questionnaire
    members = cells.everybody_in(id)
    invited = cells.invited_to(questionnaire, id) if id in cells.groups else {}
    group = cells.target_group(id)
    # Whether items hang together is worked out from what is published (rounding.py), where anything is protected.
    has_details = not thresholds.protect or np.count_nonzero(members) >= thresholds.min_detail
    whole = cell(
        results,
        id,
        members,
        group,
        invited,
        units=units,
        with_reliability=not thresholds.protect,
        with_agreement=with_agreement and bool(has_details),
    )
    return _Withheld(questionnaire, why.get(id, {}), thresholds).of(whole)


@dataclass(frozen=True, slots=True, eq=False)
class _Withheld:
    """Takes out of one cell what is withheld of it."""

    questionnaire: Questionnaire
    why: Reasons
    thresholds: Thresholds

    def of(self, unreleased: Unreleased) -> Cell:
        whole = unreleased.cell
        if not self.thresholds.protect:
            return whole
        return replace(
            whole,
            overall=self.safe(whole.overall) if whole.overall else None,
            strands=tuple(self.safe(strand) for strand in whole.strands),
        )

    def safe(self, figure: Figure) -> Figure:
        if figure.level == "item":
            return _without(figure, self.withheld(figure, OF_ITEM))
        return self.node(figure, tuple(self.safe(part) for part in figure.parts))

    def node(self, figure: Figure, parts: tuple[Figure, ...]) -> Figure:
        score = self.why.get((figure.id, "score"))
        withheld = self.withheld(figure, OF_NODE)
        told: dict[str, Any] = {"parts": parts}
        if withheld:
            told["why_none"] = ""
        if score and score.coded:
            told["coded"] = score.coded
            if name := _coded_band(self.questionnaire, figure.id, score.coded):
                del withheld["band"]
                told["band"] = name
        if figure.agreement is not None and "agreement" not in withheld:
            withheld |= _of_its_items(parts)
        return _without(figure, withheld, **told)

    def withheld(self, figure: Figure, decisions: Mapping[str, Decisions]) -> dict[str, str]:
        """Why something is left out, by its name. KeyError where there is something that nobody decides about."""
        for name in NAMES:
            if name not in decisions and getattr(figure, name):
                raise KeyError(name)
        against = {kind: reason.words for kind in KINDS if (reason := self.why.get((figure.id, kind)))}
        if not against:
            return {}
        firsts = {name: next((kind for kind in decisions.get(name, ()) if kind in against), None) for name in NAMES}
        return {name: against[kind] for name, kind in firsts.items() if kind}


def _of_its_items(parts: Iterable[Figure]) -> dict[str, str]:
    """The agreement of a node is made from its items, so it is shown where everything about each of them is."""
    figures = (figure for part in parts for figure in part.walk())
    reasons = sorted(figure.withheld["counts"] for figure in figures if "counts" in figure.withheld)
    return {"agreement": reasons[0]} if reasons else {}


def _without(figure: Figure, withheld: dict[str, str], **told: Any) -> Figure:
    """A figure without what is withheld of it, and with what is told in place of some of it."""
    blank: dict[str, Any] = dict.fromkeys(withheld)
    if "flips" in blank:
        blank["flips"] = ()
    return replace(figure, **{**told, **blank}, withheld=withheld) if told or withheld else figure


def _coded_band(questionnaire: Questionnaire, id: str, code: str) -> str | None:
    """The band of a coded score, where all scores that it may be are in one."""
    node = nodes(questionnaire)[id]
    scores = can_be(questionnaire, node, code)
    names = {found.title for one in (scores.low, scores.high) if (found := band(bands(questionnaire, node), one))}
    return names.pop() if len(names) == 1 else None
