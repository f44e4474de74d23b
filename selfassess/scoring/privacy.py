"""What may be released: the only way from results of several people to a Summary.

Which figures are withheld is decided in withholding.py; here they are taken out. docs/privacy.md says it in words.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from selfassess.errors import UsageError
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.summary import Cell, Figure, RoundSummary, Summary
from selfassess.model.units import band, bands, decimals, shown, span
from selfassess.scoring.figures import cell
from selfassess.scoring.score import Results
from selfassess.scoring.withholding import ALL, NEAR_THE_END, Reasons, reasons
from selfassess.scoring.withholding import Rules as Rules  # its home is there, its users here

FLOOR = 3
"""No threshold goes below this, but for the one who holds the rows and asks for no protection."""

SCORE_FIGURES = ("mean", "raw_mean", "shown", "band", "gap")
DETAIL_FIGURES = ("sd", "raw_sd")
ITEM_FIGURES = ("mean", "sd", "raw_mean", "raw_sd", "shown", "counts", "missing")


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
    answers = results.answers
    members = {group.id: answers.in_group(group.id) for group in answers.questionnaire.groups}
    small = {group for group, flags in members.items() if rules.protect and 0 < flags.sum() < rules.min_group}
    everybody = np.ones(len(answers), dtype=np.bool_)
    for group in small:
        everybody &= ~members[group]
    whole = cell(results, ALL, everybody, None)
    groups = {group: cell(results, group, flags, group) for group, flags in members.items()}
    if rules.protect:
        kept = {group: flags for group, flags in members.items() if group not in small}
        why = reasons(results, rules, {ALL: everybody, **kept}, small)
        whole = _withhold(answers.questionnaire, whole, why[ALL])
        groups = {group: _withhold(answers.questionnaire, one, why[group]) for group, one in groups.items()}
    return RoundSummary(id=id, all=whole, groups=tuple(groups.values()), left_out=tuple(sorted(small)))


def _withhold(questionnaire: Questionnaire, whole: Cell, why: Reasons) -> Cell:
    def safe(figure: Figure) -> Figure:
        figure = replace(figure, parts=tuple(safe(part) for part in figure.parts))
        return _item(figure, why) if figure.level == "item" else _node(questionnaire, figure, why)

    return replace(
        whole,
        overall=safe(whole.overall) if whole.overall else None,
        strands=tuple(safe(strand) for strand in whole.strands),
    )


def _item(figure: Figure, why: Reasons) -> Figure:
    withheld: dict[str, str] = {}
    if missing := why.get((figure.id, "missing")):
        withheld["missing"] = missing.words
    if detail := why.get((figure.id, "detail")):
        withheld |= dict.fromkeys(ITEM_FIGURES, detail.words)
    if asked := why.get((figure.id, "asked")):
        withheld |= dict.fromkeys(("n", *ITEM_FIGURES), asked.words)
    return _without(figure, withheld)


def _node(questionnaire: Questionnaire, figure: Figure, why: Reasons) -> Figure:
    score, detail = why.get((figure.id, "score")), why.get((figure.id, "detail"))
    withheld = dict.fromkeys(SCORE_FIGURES, score.words) if score else {}
    withheld |= dict.fromkeys(DETAIL_FIGURES, detail.words) if detail else {}
    if asked := why.get((figure.id, "asked")):
        withheld |= dict.fromkeys(("n", *SCORE_FIGURES, *DETAIL_FIGURES), asked.words)
    if withheld:
        figure = replace(figure, why_none="")
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
