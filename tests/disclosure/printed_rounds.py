"""Rounds made up at random, as their reports are printed, and what an attacker knows of them."""

import json
from dataclasses import replace
from functools import cache
from random import Random
from typing import Any

from selfassess.definition.library import find
from selfassess.definition.reader import read
from selfassess.model.questionnaire import Edition
from selfassess.model.round import Round, Rules, SmallGroups, Thresholds, asked_for_consent, decided
from selfassess.report.data import to_json
from selfassess.report.round_data import round_document
from selfassess.scoring.score import score
from tests.disclosure.printed import Known
from tests.scoring import made
from tests.scoring.made_rounds import MadeRound

SIZES = ({"board": 9, "staff": 14}, {"board": 10, "staff": 16, "external": 4})
RULES = (Thresholds(5, 10), Thresholds(10, 10))
SMALL: tuple[SmallGroups, ...] = ("consent", "leave_out", "pool")


@cache
def shipped() -> Edition:
    return read(find("partnership"))


def shipped_round(random: Random) -> MadeRound:
    """A round of the shipped questionnaire in which all are in. One to eight in a hundred answers were left open."""
    sizes, thresholds, small = random.choice(SIZES), random.choice(RULES), random.choice(SMALL)
    edition = shipped()
    questionnaire = edition.questionnaire
    blanks = random.uniform(0.01, 0.08)
    rows = []
    for group, size in sizes.items():
        for _ in range(size):
            leaning = random.gauss(3.5, 0.7)
            given: dict[str, object] = {}
            for item in questionnaire.items:
                if item.kind == "choice":
                    said = min(5, max(1, round(random.gauss(leaning, 0.9))))
                    given[item.id] = "skipped" if random.random() < blanks else said
            rows.append(made.Row(group, given))
    answers = made.answers(questionnaire, rows)
    invited = {group.id: sizes.get(group.id, 0) for group in questionnaire.groups}
    rules = Rules(thresholds=thresholds, small_groups=small)
    rules = Rules(thresholds=thresholds, small_groups=small, asks_consent=asked_for_consent(invited, rules))
    closed = Round(
        id="r", key="k", title="R", questionnaire=edition.sha256, form="full", invited=invited, rules=rules,
        state="closed",
    )  # fmt: skip
    closed = replace(closed, standing=decided(closed, invited, {}))
    return MadeRound({}, edition, closed, answers, score(answers), ())


def printed(made_round: MadeRound) -> dict[str, Any] | None:
    """The text of a report, read again; None where nothing is released."""
    report, _ = made_round.report()
    found: dict[str, Any] | None = None if report is None else json.loads(to_json(round_document(report)))
    return found


def known(made_round: MadeRound) -> Known:
    """Who is in which group, who was asked what, and who left what open."""
    ids = made_round.results.shares
    asked = {item.id: made_round.asked(item.id) for item in made_round.edition.questionnaire.items if item.id in ids}
    return Known(made_round.group_of, asked, {id: made_round.has(id) for id in ids})
