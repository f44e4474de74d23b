"""What may be released: the only way from results of several people to a Summary.

Thresholds hold for the base of each cell, quantity by quantity: the same node or item and the same kind
of figure ("score": the mean and what follows from it; "detail": spread, and everything about an item).
docs/privacy.md says the rules in words.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from selfassess.errors import UsageError
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.summary import Cell, Figure, RoundSummary, Summary
from selfassess.model.units import band, bands, decimals, shown, span
from selfassess.scoring.answers import Flags
from selfassess.scoring.figures import cell
from selfassess.scoring.score import Results

FLOOR = 3
"""No threshold goes below this, but for the one who holds the rows and asks for no protection."""
NEAR_THE_END = 5
"""Points from either end of 0 to 100 within which a mean of few tells what everybody said."""

SCORE_FIGURES = ("mean", "raw_mean", "shown", "band", "gap")
DETAIL_FIGURES = ("sd", "raw_sd")
ITEM_FIGURES = ("mean", "sd", "raw_mean", "raw_sd", "shown", "counts", "missing")

Kind = Literal["score", "detail"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a figure is not shown as it is."""

    words: str
    coded: str | None = None
    """What is shown instead: "95 or more"."""


Reasons = Mapping[tuple[str, Kind], Reason]
"""By quantity: the id of a node or item, and the kind of figure."""


@dataclass(frozen=True, slots=True)
class Rules:
    """From how many answers on figures are shown."""

    min_group: int = 5
    """For scores of strands and benchmarks; 1 withholds nothing at all."""
    min_detail: int = 10
    """For spread, and for anything about an item."""

    @property
    def protect(self) -> bool:
        return self.min_group > 1

    def least(self, kind: Kind) -> int:
        """How many there must be for a kind of figure."""
        return self.min_group if kind == "score" else self.min_detail


def rules(min_group: int) -> Rules:
    """The rules for a smallest group. UsageError below the floor, unless it is 1."""
    if min_group != 1 and min_group < FLOOR:
        hint = "With 1 nothing is withheld, and the output is marked “not for release”."
        raise UsageError(f"The smallest group can be {FLOOR} or more, or 1.", hint=hint)
    return Rules(min_group, max(10, min_group) if min_group > 1 else 1)


def own(results: Results) -> Summary:
    """The summary of one respondent's own answers, for that respondent."""
    if len(results.answers) != 1:
        raise ValueError("one's own summary is made of one sheet")
    group = results.answers.groups[0]
    return Summary(
        release="one person's own view",
        rounds=(RoundSummary(id="1", all=cell(results, "all", np.ones(1, dtype=np.bool_), group), groups=()),),
    )


def release(rounds: Mapping[str, Results], rules: Rules) -> Summary:
    """What may be shown of several respondents, round by round."""
    words = (
        f"protected within this run only: nothing below {rules.min_group} answers, "
        f"no spread and nothing by item below {rules.min_detail}"
        if rules.protect
        else "not for release"
    )
    return Summary(release=words, rounds=tuple(_round(id, results, rules) for id, results in rounds.items()))


def _round(id: str, results: Results, rules: Rules) -> RoundSummary:
    """Small groups are decided once: they are in no figure and in no total."""
    members = {group.id: results.answers.in_group(group.id) for group in results.answers.questionnaire.groups}
    small = {group for group, flags in members.items() if rules.protect and 0 < flags.sum() < rules.min_group}
    everybody = np.ones(len(results.answers), dtype=np.bool_)
    for group in small:
        everybody &= ~members[group]
    whole = cell(results, "all", everybody, None)
    groups = {group: cell(results, group, flags, group) for group, flags in members.items()}
    if rules.protect:
        whole, groups = _protected(results, rules, (whole, everybody), groups, members, small)
    return RoundSummary(id=id, all=whole, groups=tuple(groups.values()), left_out=tuple(sorted(small)))


def _protected(
    results: Results,
    rules: Rules,
    whole: tuple[Cell, Flags],
    groups: Mapping[str, Cell],
    members: Mapping[str, Flags],
    small: set[str],
) -> tuple[Cell, dict[str, Cell]]:
    kept = {group: flags for group, flags in members.items() if group not in small}
    hidden: dict[str, dict[tuple[str, Kind], Reason]] = {name: {} for name in ("all", *groups)}
    for id in results.shares:
        for kind in ("score", "detail"):
            for name, reason in _hidden(results, rules, id, kind, whole[1], kept).items():
                hidden[name][id, kind] = reason
            for name in small:
                hidden[name][id, kind] = Reason(f"fewer than {rules.min_group} answered")
    questionnaire = results.answers.questionnaire
    return _withhold(questionnaire, whole[0], hidden["all"]), {
        name: _withhold(questionnaire, groups[name], hidden[name]) for name in groups
    }


def _hidden(
    results: Results, rules: Rules, id: str, kind: Kind, everybody: Flags, kept: Mapping[str, Flags]
) -> dict[str, Reason]:
    """Which cells of one quantity are withheld, and why: the groups are the parts of "all"."""
    has = ~np.isnan(results.shares[id])
    cells = {"all": everybody & has, **{name: flags & has for name, flags in kept.items()}}
    reasons = {
        name: reason
        for name, flags in cells.items()
        if (reason := _unsafe(results, rules, id, kind, flags)) is not None
    }
    # What remains of the total when the shown groups are taken from it must be safe to show as well.
    while "all" not in reasons:
        shown_groups = [name for name in kept if name not in reasons and cells[name].any()]
        rest = cells["all"].copy()
        for name in shown_groups:
            rest &= ~cells[name]
        if not rest.any() or _unsafe(results, rules, id, kind, rest) is None:
            break
        smallest = min(shown_groups, key=lambda name: int(cells[name].sum()), default="all")
        reasons[smallest] = Reason("it would tell of a smaller group that is withheld")
    return reasons


def _unsafe(results: Results, rules: Rules, id: str, kind: Kind, flags: Flags) -> Reason | None:
    """Why a cell cannot be shown as it is; None if it can."""
    n = int(flags.sum())
    if n == 0:
        return None
    if n < rules.least(kind):
        return Reason(f"fewer than {rules.least(kind)} answered")
    return _at_an_end(results, id, flags) if kind == "score" else None


def _at_an_end(results: Results, id: str, flags: Flags) -> Reason | None:
    """A mean of fewer than ten at an end of the scale tells what everybody said, so it is coded."""
    mean = round(100 * float(results.shares[id][flags].mean()), 10)
    if int(flags.sum()) >= 10 or NEAR_THE_END < mean < 100 - NEAR_THE_END:
        return None
    code = f"{100 - NEAR_THE_END} or more" if mean > 50 else f"{NEAR_THE_END} or less"
    return Reason(f"coded: {code}", code)


def _withhold(questionnaire: Questionnaire, whole: Cell, reasons: Reasons) -> Cell:
    def safe(figure: Figure) -> Figure:
        figure = replace(figure, parts=tuple(safe(part) for part in figure.parts))
        return _item(figure, reasons) if figure.level == "item" else _node(questionnaire, figure, reasons)

    return replace(
        whole,
        overall=safe(whole.overall) if whole.overall else None,
        strands=tuple(safe(strand) for strand in whole.strands),
    )


def _item(figure: Figure, reasons: Reasons) -> Figure:
    reason = reasons.get((figure.id, "detail"))
    return _without(figure, dict.fromkeys(ITEM_FIGURES, reason.words)) if reason else figure


def _node(questionnaire: Questionnaire, figure: Figure, reasons: Reasons) -> Figure:
    score, detail = reasons.get((figure.id, "score")), reasons.get((figure.id, "detail"))
    withheld = dict.fromkeys(SCORE_FIGURES, score.words) if score else {}
    withheld |= dict.fromkeys(DETAIL_FIGURES, detail.words) if detail else {}
    if score and score.coded and (name := _coded_band(questionnaire, figure.id, score.coded)):
        del withheld["band"]
        figure = replace(figure, band=name)
    return replace(_without(figure, withheld), coded=score.coded if score else None)


def _without(figure: Figure, withheld: dict[str, str]) -> Figure:
    blank: dict[str, Any] = dict.fromkeys(withheld)
    return replace(figure, **blank, withheld=withheld)


def _coded_band(questionnaire: Questionnaire, id: str, code: str) -> str | None:
    """The band of a coded score, where all scores that it may be are in one."""
    node = questionnaire.overall if id == "overall" else questionnaire.node(id)
    ends = span(questionnaire, node)
    edge = NEAR_THE_END / 100
    possible = (1 - edge, 1.0) if code.endswith("more") else (0.0, edge)
    scores = [shown(ends.value(share) if node.units == "own" else 100 * share, decimals(node)) for share in possible]
    names = {found.title for one in scores if (found := band(bands(questionnaire, node), one))}
    return names.pop() if len(names) == 1 else None
