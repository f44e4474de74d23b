"""How many gave the same answer throughout, told roughly, and only of many.

It is no sum of answers, so the audit knows nothing of it. Who left what open may be known, so an exact number could
tell a single sheet: seven gave one answer throughout, six of those who answered an item chose it there, and nobody else
can be the seventh but the one who left that item open. So it is told in steps, of all together alone, never of so many
that fewer than a step are left, and only of so many people that such a case is rare: docs/privacy.md says how rare.
"""

from selfassess.disclosure.cells import ALL, Cells
from selfassess.model.results import StraightLining
from selfassess.model.round import Thresholds
from selfassess.model.straight_lining import can_be
from selfassess.scoring.answers import Answers
from selfassess.scoring.straight_lining import straight_liners

STEP = 5
"""Steps of so many people, or of the smallest group where that is larger."""


def straight_lining(answers: Answers, cells: Cells, thresholds: Thresholds) -> StraightLining | None:
    """How many of all who are shown gave the same answer throughout. None below twice the number of people for details,
    and where the questionnaire asks too little for it."""
    members = cells.members[ALL]
    people = int(members.sum())
    if people < 2 * max(thresholds.min_detail, thresholds.min_group) or not can_be(answers.questionnaire):
        return None
    step = max(STEP, thresholds.min_group)
    number = min(int(straight_liners(answers)[members].sum()), people - step)
    return StraightLining(at_least=max(0, number // step * step), step=step, people=people)
