"""How people are protected in a round, in plain words, from its rules."""

from selfassess.model.questionnaire import Questionnaire
from selfassess.model.round import FEW, FLOOR, NEAR_THE_END, Round
from selfassess.report.wording import listed

WORKED_OUT = "A figure is also left out where another one that is not shown could be worked out from it."
AT_AN_END = (
    f"Where fewer than {FEW} people answered and their mean is within {NEAR_THE_END} points of an end, it is shown as "
    f"“{100 - NEAR_THE_END} or more” or “{NEAR_THE_END} or less”: the exact mean would tell what each of them said."
)
COMMENTS = "What people wrote stands in an order that says nothing, and apart from who wrote it."
ONE_RELEASE = (
    "Every report of this round shows parts of the same release, so that no two of them can be played off against each "
    "other."
)
THE_FILE = (
    "Whoever holds the project file could read single answers in it: answers are given in confidence, they are not "
    "anonymous. Where somebody left a question open, the figures here can sometimes tell what they answered elsewhere."
)


def protection(round: Round, questionnaire: Questionnaire) -> list[str]:
    """The rules of the round, in plain words."""
    least, detail = round.rules.thresholds.min_group, round.rules.thresholds.min_detail
    thresholds = (
        f"Scores are shown where at least {least} people answered; how they answered a single item, how far apart they "
        f"are as a number, and what they wrote where at least {detail} did."
    )
    return [thresholds, _small_groups(round, questionnaire), WORKED_OUT, AT_AN_END, COMMENTS, ONE_RELEASE, THE_FILE]


def _small_groups(round: Round, questionnaire: Questionnaire) -> str:
    least = round.rules.thresholds.min_group
    few = f"A group in which fewer than {least} handed in"
    match round.rules.small_groups:
        case "consent":
            asked = [questionnaire.group_title(id) for id in round.rules.asks_consent]
            who = f" These were asked: {listed(asked)}." if asked else " No group was small enough to be asked."
            return (
                f"{few} is shown only if there are at least {FLOOR} of them and each of them agreed. Otherwise their "
                f"answers are in no figure and no total.{who}"
            )
        case "pool":
            return f"{few} is joined with other small groups, until there are {least} or more of them together."
        case _:
            return f"{few} is left out: their answers are in no figure and no total."
