"""How a round went as a whole: the overall score, how many handed in, and numbers that were corrected."""

from collections.abc import Sequence

from selfassess.documents import targets, wording
from selfassess.documents.round import wording as round_wording
from selfassess.model.reports import RoundReport
from selfassess.text import listed


def overall_score(report: RoundReport) -> str:
    """The overall score, its band and its target; nothing where there is none."""
    figure, node = report.cell.overall, report.questionnaire.overall
    if figure is None or report.strand is not None or not (figure.coded or figure.shown is not None):
        return ""
    score = figure.coded or wording.score(report.questionnaire, node, figure)
    parts = (score, figure.band or "", targets.against(report.questionnaire, node, figure))
    return f"Overall: {', '.join(filter(None, parts))}."


def turnout(report: RoundReport) -> str:
    """ "30 of 34 handed in": of all groups."""
    said = report.results.attendance
    invited = [one.invited for one in said if one.invited is not None]
    known = f" of {sum(invited)}" if len(invited) == len(said) else ""
    return f"{sum(one.handed_in for one in said)}{known} handed in"


def corrected(report: RoundReport) -> str:
    """That numbers of people invited were corrected after a report was made, with both numbers: "Corrected after the
    first report: Board members, 13 invited (first reported as 12)."; nothing where none was."""
    told = [
        f"{round_wording.group(report.questionnaire, one.group)}, {one.invited} invited ({_before(numbers)})"
        for one in report.results.attendance
        if report.group in (None, one.group) and (numbers := report.reported.get(one.group))
    ]
    if not told:
        return ""
    what = "This report uses the latest numbers."
    return f"Corrected after the first report: {'; '.join(told)}. {what}"


def _before(numbers: Sequence[int]) -> str:
    first, *others = numbers
    then = f", then corrected to {listed([str(one) for one in others])}" if others else ""
    return f"first reported as {first}{then}"
