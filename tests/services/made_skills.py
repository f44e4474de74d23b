"""A made-up round of the questionnaire about skills."""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import replace
from random import Random

from selfassess.definition.library import find
from selfassess.definition.loader import read
from selfassess.model.questionnaire import Edition, GroupKey
from selfassess.model.reports import RoundReport
from selfassess.model.round import Round, Rules, decided
from selfassess.model.sheet import Missing, Response, Sheet, Ticket, encode
from selfassess.project import codes
from selfassess.project.parcel import pack
from selfassess.project.project import Project
from selfassess.project.rounds import Rounds
from tests.services.made import Row, made_round, released

GROUPS = {"board": 10, "staff": 16, "external": 4}
LARGE = {"board": 24, "staff": 31, "external": 22}
FEW = {"board": 0, "staff": 14, "external": 0}
"""So few that nothing is told in numbers."""
LEVELS: Mapping[str, Mapping[str, float]] = {
    "facilitation": {"board": 4.3, "staff": 1.9, "external": 2.0},
    "using_technology": {"board": 2.2, "staff": 4.3, "external": 3.4},
    "consultation": {"board": 3.1, "staff": 3.0, "external": 3.4},
    "relationships": {"board": 4.9, "staff": 4.9, "external": 4.8},
    "diagnosing": {"board": 2.4, "staff": 2.3, "external": 2.2},
}
"""Where the answers to a skill lie, on 1 to 5; elsewhere at 4.4."""
USUAL = 4.4
PARTNERSHIP = 2.6
"""Where the answers about the partnership lie."""


def skills() -> Edition:
    return read(find("skills"))


def skills_round(handed_in: Mapping[str, int] = GROUPS, **different: object) -> Round:
    """The closed round."""
    one = made_round(
        skills(), **{"id": "skills", "title": "Skills, autumn 2026", "invited": dict(handed_in), "rules": Rules(
            small_groups="consent", asks_consent=("external",)), **different}
    )  # fmt: skip  # in few lines
    return replace(one, standing=decided(one, {GroupKey(id): n for id, n in handed_in.items()}, {}))


def skills_rows(
    handed_in: Mapping[str, int] = GROUPS, seed: int = 7, levels: Mapping[str, Mapping[str, float]] = LEVELS
) -> Iterator[Row]:
    """Group and characters of each sheet."""
    questionnaire, chance = skills().questionnaire, Random(seed)
    node_of = {item.id: node.id for strand in questionnaire.strands for node in strand.skills for item in node.items}
    for group, number in handed_in.items():
        for _ in range(number):
            given: dict[str, Response] = {}
            for item in questionnaire.items:
                own = levels.get(node_of.get(item.id, ""), {}).get(group, USUAL)
                middle = PARTNERSHIP if item.about == "partnership" else own
                said = float(min(5, max(1, round(chance.gauss(middle, 0.6)))))
                blank = item.is_in_words or chance.random() < 0.02
                given[item.id] = Missing.SKIPPED if blank else said
            yield group, "".join(encode(item, given[item.id], questionnaire) for item in questionnaire.items)


def skills_report(handed_in: Mapping[str, int] = GROUPS, **different: object) -> RoundReport:
    """Its report."""
    return released(skills(), skills_round(handed_in, **different), skills_rows(handed_in), made_up=True)[0]


def add_skills(
    project: Project,
    id: str,
    day: datetime.date,
    *,
    levels: Mapping[str, Mapping[str, float]] = LEVELS,
    before: Round | None = None,
    edition: Edition | None = None,
) -> Round:
    """Such a round in a project, open and closed on a day."""
    rounds, edition = Rounds(project), edition or skills()
    one = Round(
        id=id, key=codes.new_key(), title=id.replace("_", " ").capitalize(), questionnaire=edition.sha256,
        invited=dict(GROUPS), rules=Rules(small_groups="consent", asks_consent=("external",)),
    )  # fmt: skip  # in few lines
    rounds.add(one, edition, before)
    rounds.open(id, day)
    for group, answers in skills_rows(levels=levels):
        agrees = True if group == "external" else None
        ticket = Ticket(round=one.key, agrees=agrees)
        sheet = Sheet(questionnaire=edition.sha256, group=group, form="full", answers=answers, ticket=ticket)
        rounds.sheets.hand_in(pack(sheet, codes.new_receipt()), questionnaire=edition.questionnaire)
    rounds.close(id, day)
    return rounds.get(id)
