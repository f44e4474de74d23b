"""Rounds made up at random, as their reports are printed, and what an attacker knows of them."""

import json
from dataclasses import replace
from functools import cache
from random import Random
from typing import Any

from selfassess.definition.build import build
from selfassess.definition.library import find
from selfassess.definition.reader import read
from selfassess.model.questionnaire import Edition
from selfassess.model.round import Round, Rules, SmallGroups, Thresholds, asked_for_consent, decided
from selfassess.report.data import to_json
from selfassess.report.round_data import round_document
from selfassess.scoring.score import score
from tests.disclosure.printed import Known
from tests.scoring import made
from tests.scoring.made_rounds import MadeRound, closed

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


def small_round(random: Random) -> MadeRound:
    """A dozen people at most who answer two to five items with few points, some of them nearly all alike."""
    while True:
        scales = random.choice((("yes",), ("four",), ("yes", "four"), ("worth",), ("agree",)))
        table = made.table_from(
            random, random.choice((1, 2, 2)), conditions=False, methods=("mean", "sum"), scales=scales
        )
        if 2 <= len(made.items_of(table)) <= (4 if "agree" in scales else 5):
            break
    groups = [group["id"] for group in table["groups"]]
    sizes = {group: random.choice((10, 11, 12) if len(groups) == 1 else (3, 4, 5, 6)) for group in groups}
    blanks = random.choice((0, 0.1, 0.3))
    rows = [
        made.one_person(random, table, group, blanks, mind)
        for group in groups for mind in [random.choice((None, 0, 1, 1))] for _ in range(sizes[group])
    ]  # fmt: skip
    rules = Rules(thresholds=Thresholds(3, random.choice((3, 5, 10))), small_groups=random.choice(SMALL))
    return closed(table, sizes, rules, made.answers(build(table), rows), random)


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
