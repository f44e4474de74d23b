"""The log of what was published of a round: by reports, and by comparisons with other rounds.

Whatever was published is known for good, so that all that follows is decided with it.
"""

from collections.abc import Mapping

from selfassess.disclosure.cells import Cells
from selfassess.disclosure.thresholds import Reason, deciders
from selfassess.scoring.answers import MISSING
from selfassess.scoring.scores import Results, people

Shown = tuple[str, str, str]
"""A figure that was published: the cell, the id of the node or item, the kind of figure."""


OF_ANSWERS: Shown = ("all", "overall", "means of answers")
"""The line of the log which says that the means in it are those of all answers. Programs that did not write it
published means of people's scores; both of the same people would tell what those said who left something open. So a
round whose log lacks it stays as it was: the same means, and nothing new."""

OF_SPREADS: Shown = ("all", "overall", "of spreads")
"""The line of the log which says that it has standard deviations, and the words for them, by themselves. Programs that
did not write it published them with everything that rests on as many people."""


STRAIGHT_LINING: Shown = ("all", "overall", "straight-lining")
"""The line of the log which says that it was told how many gave the same answer throughout. It belongs to the first
report: of a round whose log lacks it nothing new is told."""


def tells_straight_lining(log: frozenset[Shown]) -> bool:
    """Whether it was told of a round how many gave the same answer throughout, or can be."""
    return not log or STRAIGHT_LINING in log


def is_of_answers(log: frozenset[Shown]) -> bool:
    """Whether the means that were published of a round, or will be, are those of all answers."""
    return not log or OF_ANSWERS in log


def is_of_report(cell: str) -> bool:
    """Whether a cell in the log is that of a report, and not of a comparison, as "matched:KEY:KEY:board" is."""
    return ":" not in cell


def noted(rounds: str, view: str, cell: str) -> str:
    """What the people of a view of a comparison are called in the log: "matched:KEY:KEY:board"."""
    return f"{view}:{rounds}:{cell}"


def pair_of(cell: str) -> tuple[str, str] | None:
    """The keys of the two rounds that a cell in the log comes from; None for a cell of a report."""
    parts = cell.split(":")
    return (parts[1], parts[2]) if len(parts) == 4 else None


def shown_of(results: Results, cells: Cells, why: Mapping[str, Mapping[tuple[str, str], Reason]]) -> frozenset[Shown]:
    """Everything that is published where `why` says what is not."""
    items = {item.id for item in results.answers.questionnaire.items}
    decide = deciders(results.answers.questionnaire)
    found: set[Shown] = set()
    for cell, members in cells.members.items():
        some = people(results, members)
        for id, ids in decide.items():
            answered = [some.characters(one).sum() - some.characters(one)[MISSING].sum() for one in ids]
            found |= {(cell, id, "asked")} if any(answered) else set()
        found |= {(cell, id, "missing") for id in results.columns if id in items and some.asked(id)}
        for id in results.columns:
            if some.tally(id).n:
                found |= {(cell, id, "detail")} if id in items else {(cell, id, "detail"), (cell, id, "score")}
            if some.tally(id).n > 1 and id not in items:
                found |= {(cell, id, "spread"), (cell, id, "word")}
    return frozenset((cell, id, kind) for cell, id, kind in found if (id, kind) not in why[cell])
