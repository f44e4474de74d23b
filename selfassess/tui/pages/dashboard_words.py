"""Texts of the dashboard that are not those of the printed page: shorter, to fit on one line."""

from collections.abc import Collection, Iterator

from selfassess.documents import targets, wording
from selfassess.documents.round import finding_wording
from selfassess.documents.round import wording as round_wording
from selfassess.documents.round.order import inside
from selfassess.model.questionnaire import Item, Overall
from selfassess.model.reports import RoundReport
from selfassess.model.results import Attendance, Difference, Figure, Split
from selfassess.model.score_tree import OVERALL, Node, decimals, nodes, span
from selfassess.text import capital

ASK_ABOUT_CAMPS = "What does each side have in mind when it answers?"


# Who is in


def order_words(*, by_need: bool) -> str:
    """The order of the rows."""
    return "What needs talk first" if by_need else "In the questionnaire's order"


def attendance(report: RoundReport, one: Attendance) -> str:
    """How many of a group are in, and what became of it."""
    invited = "" if one.invited is None else f" of {one.invited}"
    rate = round_wording.rate(one)
    said = f"{one.handed_in}{invited} handed in" + (f" ({rate})" if rate else "")
    return f"{said}; {round_wording.standing(report, one)}"


def not_alone(report: RoundReport) -> list[str]:
    """A sentence for each group that is not shown by itself: why not."""
    return [
        f"{report.questionnaire.group_title(one.group)}: {round_wording.standing(report, one)}."
        for one in report.said.attendance
        if one.standing in ("pooled", "left_out") and one.group
    ]


# A score


def why_none(figure: Figure) -> str:
    """Why there is no score; "" if there is one."""
    if figure.coded:
        return "the exact score would tell what each of them said"
    if why := figure.withheld.get("shown"):
        return f"not shown: {why}"
    return f"no score: {figure.why_none or 'nobody answered'}" if figure.shown is None else ""


def about_score(report: RoundReport, node: Node, figure: Figure) -> str:
    """What is behind a score, on one line: how many answered, how far apart they are, how far from the target."""
    ends = span(report.questionnaire, node)
    scale = f"of {ends.lowest:g} to {ends.highest:g}" if node.units == "own" and figure.shown is not None else ""
    answered = f"{round_wording.of_how_many(figure)} answered" if figure.n else ""
    ids = [OVERALL] if isinstance(node, Overall) else inside(node)
    word = round_wording.views(figure, flagged=bool(flags(report, ids)))
    views = f"views {word}" if word else ""
    return " · ".join(filter(None, (scale, answered, views, why_none(figure), _below(report, node, figure))))


def _below(report: RoundReport, node: Node, figure: Figure) -> str:
    """ "13 below 75"."""
    return targets.against(report.questionnaire, node, figure).replace("the target of ", "")


def flags(report: RoundReport, inside: Collection[str]) -> str:
    """What people see differently, of nodes with these ids."""
    differ = any(one.id in inside and one.matters for one in report.differences)
    found = (round_wording.in_camps(report, *inside), round_wording.DIFFER if differ else "")
    return " · ".join(filter(None, found))


def how_sure(report: RoundReport, node: Node, figure: Figure) -> Iterator[str]:
    """How sure a score is, what few silent people could change, and what of this is not shown."""
    questionnaire = report.questionnaire
    if figure.n:
        yield round_wording.sure(report, node, figure)
    if once := round_wording.by_head(questionnaire, node, figure):
        yield once
    for one in figure.flips:
        yield round_wording.flip(figure, one)
    if figure.mean is not None and (why := round_wording.why_suppressed(figure, "likely")):
        yield f"A narrower range is not shown: {why}."


def agreement(figure: Figure) -> str:
    """How alike people see it, or why that is not shown."""
    if figure.agreement:
        return f"{capital(round_wording.agreement(figure.agreement))}."
    why = round_wording.why_suppressed(figure, "agreement")
    return f"How alike people see it is not shown: {why}." if why else ""


# What people see differently


def difference(report: RoundReport, one: Difference) -> str:
    """Two groups, how far they are apart, and what may be said of it."""
    return " ".join(
        filter(
            None,
            (
                finding_wording.answered_higher(report, one),
                finding_wording.pairs(report, one),
                finding_wording.claim(one),
            ),
        )
    )


def ask_about(report: RoundReport, one: Difference) -> str:
    """The question to ask in the room about a difference."""
    return f"What do {report.title_of(one.higher)} see here that {report.title_of(one.lower)} do not?"


def camps(report: RoundReport, split: Split) -> str:
    """How many are on each side."""
    answers = counts(report, split.item, split.figure)
    third = (len(answers) - 1) / 3
    low = sum(number for place, (number, _) in enumerate(answers) if place <= third)
    high = sum(number for place, (number, _) in enumerate(answers) if place >= 2 * third)
    between = sum(number for number, _ in answers) - low - high
    return f"{low} at the low end, {high} at the high end" + (f", {between} between." if between else ".")


# The answers to an item


def counts(report: RoundReport, item: Item, figure: Figure) -> list[tuple[int, str]]:
    """How many gave each answer, with its words, from the least to the most favourable."""
    scale = report.questionnaire.scale_of(item)
    values = [value for value in scale.values if value not in item.not_applicable_values]
    found = figure.counts or {}
    return [(found.get(_name(value), 0), scale.label(value)) for value in sorted(values, reverse=item.reverse)]


def _name(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else repr(value)


def could_not_say(figure: Figure) -> str:
    """How many of those asked gave no answer, by kind; "" if that is not shown."""
    if figure.missing is None:
        return ""
    return capital(round_wording.could_not(figure) or "everybody answered")


# What could be done, and what the meeting said


def agreed(report: RoundReport, id: str, *, with_mean: bool = True) -> str:
    """What the meeting agreed, beside the score that stays what it is; `with_mean` says that score too."""
    one = report.agreed.get(id)
    if one is None:
        return ""
    node, figure = nodes(report.questionnaire)[id], report.said.all.figure(id)
    has_mean = with_mean and (figure.shown is not None or figure.coded)
    stays = f"; the mean of the answers stays {targets.score(figure, node)}" if has_mean else ""
    why = f" Why: {one.why}" if one.why else ""
    return f"The meeting agreed: {wording.number(one.score, places(node, one.score))}{stays}.{why}"


def places(node: Node, value: float) -> int:
    """The decimals that an agreed score is shown with."""
    return decimals(node) or (0 if float(value).is_integer() else 1)
