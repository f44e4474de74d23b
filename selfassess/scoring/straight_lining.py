"""Who gave the same answer throughout, of many respondents. `model.straight_lining` has the rule."""

import numpy as np

from selfassess.model.questionnaire import POINT_CODES
from selfassess.model.sheet import Missing
from selfassess.model.straight_lining import LEAST, is_long
from selfassess.scoring.answers import Answers, Codes, Flags

NONE, SKIPPED, NOT_ASKED = 0, ord(Missing.SKIPPED.value), ord(Missing.NOT_ASKED.value)
POINTS = np.isin(np.arange(256), [ord(code) for code in POINT_CODES])
"""By character, whether it is that of a point."""


def straight_liners(answers: Answers) -> Flags:
    """Which respondents gave the same answer throughout."""
    questionnaire, people = answers.questionnaire, np.arange(len(answers))
    alike, asked = np.zeros((2, len(answers)), dtype=np.int32)
    chosen: dict[str, Codes] = {}
    for item in questionnaire.items:
        if not item.has_figures:
            continue
        first = chosen.setdefault(item.scale or "", np.full(len(answers), NONE, dtype=np.uint8))
        code = answers.of(item.id)[people]
        is_point, mine = POINTS[code], first[people]
        is_same = np.where(is_point, (mine == NONE) | (mine == code), (code == SKIPPED) | (code == NOT_ASKED))
        people, code, is_point = people[is_same], code[is_same], is_point[is_same]
        if not len(people):
            break
        first[people[is_point]] = code[is_point]
        if is_long(questionnaire.scale_of(item)):
            alike[people] += is_point
            asked[people] += code != NOT_ASKED
    found = np.zeros(len(answers), dtype=np.bool_)
    found[people] = (alike[people] >= LEAST) & (2 * alike[people] >= asked[people])
    return found
