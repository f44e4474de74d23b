"""Stock-takes of skills, from what is published of a round and from nothing else.

Whether a skill is covered follows from how many gave each answer to its behaviours, which the report publishes item by
item or not at all. So it is told where each of these is, and then tells nothing that they do not; where one is withheld
nothing is told of the skill but its score, where that is published. It is told more roughly than it could be: in words
alone where fewer than twice as many answered as it takes for details, and with one word for "thin" and "missing".
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from selfassess.model.attainment import can_be
from selfassess.model.coverage import Coverage, Showing, SkillStock, StockTake, Views
from selfassess.model.questionnaire import Item, Questionnaire, Skill
from selfassess.model.results import Cell, Figure
from selfassess.model.round import Thresholds
from selfassess.model.score_tree import span
from selfassess.scoring.coverage import least_shown, see_it_differently, share_at_the_point, showing, verdict

NOBODY_ANSWERED = "nobody answered"


def stock_take(
    questionnaire: Questionnaire, whole: Cell, groups: Sequence[Cell], thresholds: Thresholds
) -> StockTake | None:
    """The stock-take of the cells of a round as they are published. None where no skill says who needs it."""
    counted_from = 2 * max(thresholds.min_detail, thresholds.min_group)
    found = tuple(
        SkillStock(
            skill=skill,
            strand=strand.id,
            all=_coverage(questionnaire, skill, whole, counted_from),
            groups=tuple(_coverage(questionnaire, skill, one, counted_from) for one in groups),
            views=_views(questionnaire, skill, whole, counted_from),
        )
        for strand in questionnaire.strands
        for skill in strand.skills
        if skill.need is not None
    )
    return StockTake(found) if found else None


def _coverage(questionnaire: Questionnaire, skill: Skill, cell: Cell, counted_from: int) -> Coverage:
    figures = [cell.figure(item.id) for item in skill.behaviours]
    reasons = [one.withheld["counts"] for one in figures if "counts" in one.withheld]
    showings = list(_showings(questionnaire, skill, skill.behaviours, cell))
    start = _score(questionnaire, skill, cell)
    if reasons or len(showings) < len(figures):
        return replace(start, why_none=reasons[0] if reasons else start.why_none)
    answered = [(item, one) for item, one in showings if one.n]
    if not answered:
        return replace(start, why_none=start.why_none or NOBODY_ANSWERED)
    item, least = least_shown(skill, answered)
    said = verdict(skill, least)
    if min(one.n for _, one in answered) < counted_from:
        return replace(start, verdict="covered" if said == "covered" else "short", least=item, why_none="")
    return replace(start, verdict=said, least=item, showing=least, why_none="")


def _showings(
    questionnaire: Questionnaire, skill: Skill, items: Sequence[Item], cell: Cell
) -> Iterator[tuple[Item, Showing]]:
    """Of the items whose counts are published."""
    for item in items:
        counts = cell.figure(item.id).counts
        if counts is not None:
            yield item, showing(questionnaire, skill, item, counts)


def _score(questionnaire: Questionnaire, skill: Skill, cell: Cell) -> Coverage:
    """What the score tells of a skill."""
    figure = cell.figure(skill.id)
    point = _point(questionnaire, skill)
    is_high = None if point is None else _is_high(questionnaire, skill, figure, point)
    return Coverage(cell=cell.id, score=figure.mean, coded=figure.coded, is_high=is_high, why_none=figure.why_none)


def _is_high(questionnaire: Questionnaire, skill: Skill, figure: Figure, point: float) -> bool | None:
    """Whether a score is at a point of 0 to 100, or above; of a code, where all that it may be is the same."""
    if figure.coded is not None:
        scores = can_be(questionnaire, skill, figure.coded)
        return scores.low >= point if (scores.low >= point) == (scores.high >= point) else None
    return None if figure.mean is None else figure.mean >= point


def _point(questionnaire: Questionnaire, skill: Skill) -> float | None:
    """Where the point from which on a behaviour is shown lies on 0 to 100. None where the score is not a mean of just
    these behaviours, all on one scale."""
    scored = [item for item in skill.items if item.is_scored]
    ends = {span(questionnaire, item) for item in skill.behaviours}
    is_mean = skill.method == "mean" and skill.units == "points"
    if skill.shown_from is None or not is_mean or scored != list(skill.behaviours) or len(ends) != 1:
        return None
    return 100 * ends.pop().share(skill.shown_from)


def _views(questionnaire: Questionnaire, skill: Skill, cell: Cell, counted_from: int) -> Views | None:
    """How people see a skill in themselves and in the partnership; None where not all of both may be told."""
    sides, fewest = [], []
    for items in (skill.behaviours, skill.shared_behaviours):
        found = [one for _, one in _showings(questionnaire, skill, items, cell)]
        share = share_at_the_point(found) if len(found) == len(items) else None
        if share is None:
            return None
        sides.append(share)
        fewest.append(min(one.n for one in found if one.n))
    own, shared = sides
    return Views(see_it_differently(own, shared), (own, shared) if min(fewest) >= counted_from else None)
