"""A partnership that assessed itself twice or three times: people who joined, left and came back, and a reworded item.

Written straight into a project file: board 12 and then 13 invited, staff 18 and 17, external partners 4 both times.
"""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from selfassess.definition.tables import edition as build_edition
from selfassess.definition.toml_source import parse
from selfassess.model.questionnaire import Edition, Item, Questionnaire
from selfassess.model.round import Round, Rules
from selfassess.model.sheet import Missing, Receipt, Response, Sheet, Ticket, encode
from selfassess.project import codes, round_queries
from selfassess.project.parcel import pack
from selfassess.project.project import Project, create
from selfassess.project.rounds import Rounds
from tests.scales import on_scale

INVITED = (
    {"board": 12, "staff": 18, "external": 4},
    {"board": 13, "staff": 17, "external": 4},
    {"board": 13, "staff": 17, "external": 4},
)
THERE = (
    {"board": 11, "staff": 16, "external": 4},
    {"board": 11, "staff": 15, "external": 4},
    {"board": 10, "staff": 14, "external": 4},
)
LEFT = {"board": 2, "staff": 5, "external": 0}
"""How many of those there in a round are new in the next, in place of as many who left."""
NO_CODE = 5
"""Every so many-th gives no code."""
RISEN = {"vision": 1.1, "openness": 0.9}
"""By how much people see a benchmark better in the second round, on 1 to 5."""
REWORDED = (
    "alignment_fit",
    "This partnership is working towards things that matter to the families I represent.",
)
"""An item, and its other words in the later rounds."""


@dataclass(frozen=True)
class Member:
    number: int
    group: str
    mood: float

    @property
    def code(self) -> str:
        return "" if self.number % NO_CODE == 0 else f"{self.group}{self.number:03}"


def members(number: int) -> Iterator[Member]:
    """Who hands in in a round, from 0."""
    for group, size in THERE[number].items():
        start = LEFT[group] * number
        for place in range(start, start + size):
            yield Member(place + 1, group, Random(f"{group} {place}").uniform(-1, 1))


def reworded(edition: Edition, item: str, text: str) -> Edition:
    """A newer version in which one item has other words."""
    content = edition.content.decode()
    before = edition.questionnaire.item(item).text
    assert content.count(f'"{before}"') == 1
    return build_edition(parse("newer.toml", content.replace(f'"{before}"', f'"{text}"').encode()))


def add_rounds(project: Project, editions: Mapping[str, Edition], seed: int = 5, short: Container[str] = ()) -> None:
    """Closed rounds, by id, in their order; those named in `short` ask the short form."""
    rounds = Rounds(project)
    for number, (id, edition) in enumerate(editions.items()):
        rules = Rules(small_groups="consent", asks_consent=("external",), matching=True)
        round = Round(
            id=id, key=f"{number}" * 32, title=id.replace("_", " ").capitalize(), questionnaire=edition.sha256,
            invited=INVITED[number], rules=rules, form="short" if id in short else "full",
        )  # fmt: skip  # in few lines
        rounds.add(round, edition)
        rounds.open(id)
        for member in members(number):
            rounds.sheets.hand_in(
                pack(_sheet(edition, round, member, number, seed, project), _receipt(f"{seed} {member} {number}")),
                questionnaire=edition.questionnaire,
            )
        rounds.close(id)


def _receipt(whose: str) -> Receipt:
    """The same one each time, so that sheets have the same order."""
    chance = Random(whose)
    return Receipt(codes._grouped("".join(chance.choice(codes.ALPHABET) for _ in range(codes.RECEIPT_LENGTH))))


def _sheet(edition: Edition, round: Round, member: Member, number: int, seed: int, project: Project) -> Sheet:
    questionnaire = edition.questionnaire
    chance = Random(f"{seed} {member.group} {member.number} {number}")
    inside = {item.id: node.id for strand in questionnaire.strands for node in strand.middle for item in node.items}
    given = [
        encode(
            item,
            _answer(questionnaire, item, inside.get(item.id, ""), member, number, chance)
            if round.form == "full" or item.short or item.kind == "text"
            else Missing.NOT_ASKED,
            questionnaire,
        )
        for item in questionnaire.items
    ]
    matching = f"key of {member.code}" if member.code else ""
    ticket = Ticket(round=round.key, agrees=True if member.group == "external" else None, matching=matching)
    return Sheet(
        questionnaire=edition.sha256, group=member.group, form=round.form, answers="".join(given), ticket=ticket
    )


def _answer(
    questionnaire: Questionnaire, item: Item, benchmark: str, member: Member, number: int, chance: Random
) -> Response:
    if item.kind == "text":
        return Missing.SKIPPED
    if not item.asks(member.group):
        return Missing.NOT_ASKED
    if chance.random() < 0.02:
        return Missing.DONT_KNOW
    level = 3.2 + RISEN.get(benchmark, 0) * min(number, 1) + member.mood
    value = min(5, max(1, round(level + chance.uniform(-0.8, 0.8))))
    return on_scale(questionnaire, item, value)


def note_order(project: Project, before: str = "autumn") -> None:
    """That the round “spring” comes after “autumn”, or after another one, as `round new --like` notes it."""
    rounds = Rounds(project)
    with project.database.transaction() as connection:
        round_queries.set_previous(connection, rounds.get("spring").key, rounds.get(before).key)


def made_project(path: Path, editions: Mapping[str, Edition], *, made_up: bool = True) -> Path:
    """The project in a file."""
    with create(path, "shared", made_up=made_up) as project:
        add_rounds(project, editions)
    return path
