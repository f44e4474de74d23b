"""What the partnership of the demonstration decided to do: invented, like its people."""

import datetime
from collections.abc import Iterator
from typing import Any

from selfassess.model.plan import Planned
from selfassess.model.plan_fields import one_line
from selfassess.model.questionnaire import Action, Questionnaire

LONG_AGO, FAR_OFF = datetime.date(2025, 6, 30), datetime.date(2099, 9, 1)
"""Days that have passed, and that have not, whenever somebody looks."""
DONE = datetime.date(2025, 5, 12)


def made_up_plan(questionnaire: Questionnaire, round: str) -> Iterator[Planned]:
    """The plan, half of it done: what was taken from the report of a round, and one of their own."""

    def taken(action: str, **said: Any) -> Planned:
        node, one = _action(questionnaire, action)
        return Planned(
            text=one_line(one.text), node=node, groups=one.groups, skills=one.skills, round=round, action=action, **said
        )

    yield taken("communication_a_trace", owner="Deputy head", status="done", done=DONE, effort="low", effect="high")
    yield taken("communication_a_online", owner="Secretary", status="done", done=DONE, effort="low", effect="medium")
    yield taken(
        "vision_a_compare", owner="Chair", status="under way", due=LONG_AGO, effort="medium", effect="high",
        why="Two of three meetings were held.",
    )  # fmt: skip  # in few lines
    yield taken("structure_a_link", owner="Staff room", status="agreed", due=FAR_OFF, effort="low", effect="medium")
    yield taken("added_value_a_signs", status="proposed", effort="medium", effect="medium")
    yield taken("resources_a_bid", status="dropped", why="Nobody had the hours this year.", effort="high")
    yield Planned(text="Put the tea urn where both buildings meet.", status="proposed", effort="low")


def _action(questionnaire: Questionnaire, id: str) -> tuple[str, Action]:
    """An action of the questionnaire, with the benchmark that it is for."""
    for strand in questionnaire.strands:
        for node in strand.middle:
            for one in node.actions:
                if one.id == id:
                    return node.id, one
    raise KeyError(id)
