"""How many gave the same answer throughout, told roughly, and only of many.

It is no sum of answers, so the audit knows nothing of it. Who left what open may be known, so a number can tell a
single sheet: five gave one answer throughout, four of those who answered an item chose it there, and nobody else can be
the fifth but the one who left that item open. So it is told in steps, of all together alone, and a step only where
nobody is needed for it: there are SPARE more than that, or each of them could have exchanged all answers with somebody
who did not answer so. Then everything else that is published is the same, too.
"""

import numpy as np

from selfassess.disclosure.cells import ALL, Cells
from selfassess.model.results import StraightLining
from selfassess.model.round import Thresholds
from selfassess.model.straight_lining import can_be
from selfassess.scoring.answers import Answers, Flags
from selfassess.scoring.straight_lining import POINTS, straight_liners

STEP = 5
"""Steps of so many people, or of the smallest group where that is larger."""
SPARE = 2
"""How many more than a step stay at least that many, whoever exchanges an answer with somebody."""


def straight_lining(answers: Answers, cells: Cells, thresholds: Thresholds) -> StraightLining | None:
    """How many of all who are shown gave the same answer throughout. None below twice the number of people for details,
    and where the questionnaire asks too little for it."""
    members = cells.members[ALL]
    people = int(members.sum())
    if people < 2 * max(thresholds.min_detail, thresholds.min_group) or not can_be(answers.questionnaire):
        return None
    step, found = max(STEP, thresholds.min_group), straight_liners(answers) & members
    number = int(found.sum())
    told = min(number, people - step) // step * step
    if told > 0 and number < told + SPARE and not _have_twins(answers, members, found):
        told -= step
    return StraightLining(at_least=max(0, told), step=step, people=people)


def _have_twins(answers: Answers, members: Flags, found: Flags) -> bool:
    """Whether there is, for each of those who were found, somebody else in their group who left the same open in the
    same way."""
    left_open = np.ascontiguousarray(np.where(POINTS[answers.codes], 0, answers.codes).T)
    alike = [*zip(answers.group_of.tolist(), map(bytes, left_open), strict=True)]
    others = {alike[place] for place in np.flatnonzero(members & ~found).tolist()}
    return all(alike[place] in others for place in np.flatnonzero(found).tolist())
