"""Rounds made up at random, as their reports are printed, and what an attacker knows of them."""

import json
from dataclasses import replace
from functools import cache
from random import Random
from typing import Any

from selfassess.definition.loader import read
from selfassess.definition.tables import build
from selfassess.documents.export.round import round_document
from selfassess.documents.export.summary import to_json
from selfassess.model.questionnaire import Edition, Questionnaire
from selfassess.model.round import Round, Rules, SmallGroups, Thresholds, asked_for_consent, decided
from selfassess.scoring.scores import score
from tests.conftest import EARLIER
from tests.disclosure.made_rounds import MadeRound, closed
from tests.disclosure.printed import Known
from tests.scoring import made

SIZES = ({"board": 9, "staff": 14}, {"board": 10, "staff": 16, "external": 4})
RULES = (Thresholds(5, 10), Thresholds(10, 10))
SMALL: tuple[SmallGroups, ...] = ("consent", "leave_out", "pool")


@cache
def shipped() -> Edition:
    return read(EARLIER)


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
    )  # fmt: skip  # in few lines
    closed = replace(closed, standing=decided(closed, invited, {}))
    return MadeRound({}, edition, closed, answers, score(answers), ())


def adverse_round(random: Random) -> MadeRound:
    """A round of the shipped questionnaire in which groups are of one mind, one way or another."""
    edition = shipped()
    rows = _adverse_rows(random, edition.questionnaire)
    return _closed(random, {}, edition, rows)


def odd_round(random: Random) -> MadeRound:
    """The same with a questionnaire of odd scales, weights, reversed items and follow-up questions."""
    table = _odd_table(random)
    edition = made.edition(table)
    return _closed(random, table, edition, _adverse_rows(random, edition.questionnaire))


def _closed(random: Random, table: made.Table, edition: Edition, rows: list[made.Row]) -> MadeRound:
    answers = made.answers(edition.questionnaire, rows)
    invited = {group.id: sum(row.group == group.id for row in rows) for group in edition.questionnaire.groups}
    rules = Rules(thresholds=random.choice(RULES), small_groups=random.choice(SMALL))
    rules = replace(rules, asks_consent=asked_for_consent(invited, rules))
    round = Round(
        id="r", key="k", title="R", questionnaire=edition.sha256, form="full", invited=invited, rules=rules,
        state="closed",
    )  # fmt: skip  # in few lines
    round = replace(round, standing=decided(round, invited, {}))
    return MadeRound(table, edition, round, answers, score(answers), ())


def _adverse_rows(random: Random, questionnaire: Questionnaire) -> list[made.Row]:
    """Nine to twelve, 14 to 18 and four people, who leave one to eight in a hundred answers open."""
    items = [item for item in questionnaire.items if item.kind == "choice"]
    blanks = random.uniform(0.01, 0.08)
    rows = []
    for group, size in zip(questionnaire.groups, random.choice(((9, 14, 4), (10, 16, 4), (12, 18, 4))), strict=True):
        minds = _minds(random, [item.id for item in items])
        for _ in range(size):
            own = random.gauss(0, 0.15)
            given: dict[str, object] = {}
            for item in items:
                middle, far = minds[item.id]
                values = sorted(questionnaire.scale_of(item).values, reverse=item.reverse)
                share = min(1.0, max(0.0, random.gauss(middle + (own if far > 0.1 else 0), far)))
                said = values[round(share * (len(values) - 1))]
                given[item.id] = "skipped" if random.random() < blanks else said
            rows.append(made.Row(group.id, given))
    return rows


def _minds(random: Random, ids: list[str]) -> dict[str, tuple[float, float]]:
    """What a group thinks of each item, from 0 to 1, and how far it is apart."""
    kind = random.choice(("apart", "near", "end", "each"))
    middle, end = random.uniform(0.1, 0.9), random.choice((0, 1))
    if kind == "each":
        return {id: (random.choice((0, 0.25, 0.5, 0.75, 1, 1)), 0.06) for id in ids}
    if kind == "end":
        return {id: (end, random.choice((0.03, 0.1, 0.2))) for id in ids}
    return dict.fromkeys(ids, (0.62, 0.22) if kind == "apart" else (middle, 0.08))


def _odd_table(random: Random) -> made.Table:
    scales = {"two": range(2), "ten": range(11), "late": range(3, 8), "four": range(1, 5)}
    names = random.sample(sorted(scales), random.choice((1, 1, 2)))
    count = 0
    first: list[str] = []

    def item() -> made.Table:
        nonlocal count
        count += 1
        one: made.Table = {
            "id": f"i{count}", "kind": "choice", "text": "Something to say.", "scale": random.choice(names),
            "weight": random.choice((1, 1, 1, 2, 0.5)), "reverse": random.random() < 0.2,
        }  # fmt: skip  # in few lines
        if first and random.random() < 0.1:
            one["show_if"] = f"i1 {random.choice(('<', '>='))} {scales[first[0]][1]}"
        first.append(one["scale"])
        return one

    table: made.Table = {
        "format": 1, "id": "odd", "version": "1", "title": "Odd", "scale": names[0],
        "groups": [{"id": id, "title": id.title()} for id in ("board", "staff", "external")],
        "scales": {
            name: {"points": [{"value": value, "label": str(value)} for value in values]}
            for name, values in scales.items() if name in names
        },
        "bands": [{"from": 0, "title": "Low"}, {"from": 50, "title": "High"}],
        "strands": [], "overall": {"method": "mean", "from": random.choice(("strands", "items"))},
    }  # fmt: skip  # in few lines
    for strand in range(random.randint(1, 3)):
        table["strands"].append(
            {"id": f"s{strand}", "title": "A strand", "method": "mean", "items": [], "skills": [], "benchmarks": []}
        )
        table["strands"][-1]["from"] = random.choice(("items", "benchmarks"))
        for benchmark in range(random.randint(2, 3)):
            own: made.Table = {"id": f"b{strand}{benchmark}", "title": "A benchmark", "method": "mean", "items": []}
            table["strands"][-1]["benchmarks"].append(own)
            own["items"].extend(item() for _ in range(random.randint(1, 3)))
    return made.settled(table)


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
    ]  # fmt: skip  # in few lines
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
