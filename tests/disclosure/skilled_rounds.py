"""Rounds made up at random of questionnaires about skills."""

from collections.abc import Sequence
from random import Random

from selfassess.model.round import EVERYBODY, Rules, SmallGroups, Thresholds
from tests.disclosure.made_rounds import SIZES, MadeRound, closed
from tests.scoring import made


def skilled_round(random: Random, *, conditions: bool = True, methods: Sequence[str] = made.METHODS) -> MadeRound:
    """A small round of one strand made up at random, in which whatever could be a benchmark is a skill that somebody
    needs."""
    table = made.table_from(random, random.randint(0, 3), conditions=conditions, methods=methods)
    del table["strands"][1:]
    for strand in table["strands"]:
        strand["skills"] = [*strand.pop("benchmarks"), *strand["skills"]]
        for skill in strand["skills"]:
            _need(random, skill)
    groups = [group["id"] for group in table["groups"]] or [EVERYBODY]
    rows: list[made.Row] = []
    for group in groups:
        blanks, mind = random.choice((0, 0.05, 0.3)), random.choice((None, None, 0, 1))
        rows += [made.one_person(random, table, group or None, blanks, mind) for _ in range(random.choice(SIZES))]
    rows = rows or [made.one_person(random, table, groups[0] or None, 0, None)]
    invited = {group: sum((row.group or EVERYBODY) == group for row in rows) for group in groups}
    small: SmallGroups = random.choice(("consent", "leave_out", "pool"))
    rules = Rules(thresholds=Thresholds(random.choice((3, 5, 8)), 10), small_groups=small)
    return closed(table, invited, rules, made.answers(made.edition(table).questionnaire, rows), random)


def _need(random: Random, skill: made.Table) -> None:
    choices = [item for item in skill["items"] if item["kind"] == "choice"]
    if not choices:
        return
    for item in choices[1:]:
        item["about"] = random.choice(("self", "self", "partnership"))
    skill["need"] = random.choice(("everyone", "some"))
    if skill["need"] == "some":
        skill["at_least"] = random.choice((1, 2, 3, 6))
    skill["shown_from"] = random.choice(made.points_of(choices[0])[1:] or made.points_of(choices[0]))
