"""Two or three rounds about skills made up at random, and everything that is printed of them.

They are kept in a project file, reported on and compared by the same services as for anybody: so that whatever a page
holds beside the figures (coverage then and now, learning needs, what a plan lacks) is on it.
"""

import copy
import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import cast

import tomli_w

from selfassess.definition.tables import edition
from selfassess.definition.toml_source import parse
from selfassess.documents.blocks import Document
from selfassess.documents.comparison import report as comparison_page
from selfassess.documents.export.comparison import comparison_document
from selfassess.documents.export.round import round_document
from selfassess.documents.export.summary import to_json
from selfassess.documents.render_rich import page, to_text
from selfassess.documents.round import report as round_page
from selfassess.errors import TooLittleError, UsageError
from selfassess.model.plan import Planned
from selfassess.model.questionnaire import GroupKey
from selfassess.model.round import Round, Rules, SmallGroups, Thresholds, asked_for_consent
from selfassess.model.sheet import Missing, Receipt, Response, Sheet, Ticket, encode
from selfassess.project import codes
from selfassess.project.parcel import pack
from selfassess.project.plans import Plans
from selfassess.project.project import create
from selfassess.project.rounds import Rounds
from selfassess.services.comparisons import Versions, compare_with_plan, release_with_follow_up
from selfassess.services.reports import ClosedRounds
from tests.disclosure.printed_skills import Comparison, Occasion, Report, Respondent
from tests.scoring import made

SIZES = (3, 4, 4, 5, 5, 6, 7, 8, 9, 10, 11, 12, 14, 16)
FEW = (3, 4, 5, 6, 7, 8)
"""In most stories groups are as small as that: such rounds are decided and searched in a quarter of the time."""
SCALES: Mapping[str, Sequence[int]] = {"often": (1, 2, 3, 4, 5), "four": (1, 2, 3, 4), "yes": (0, 1)}
WIDTH = 100
FIRST = datetime.date(2026, 3, 2)


@dataclass(frozen=True)
class Person:
    group: str
    joins: int
    """The round in which they are asked first, and the one in which they are asked last."""
    leaves: int
    code: str
    agrees: bool


@dataclass
class Story:
    """What is printed of some rounds, and who was in them."""

    occasions: list[Occasion] = field(default_factory=list)
    """The rounds, with what everybody answered: to see whether the attack is right, and to save it work."""
    reports: list[Report] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)
    plan: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By the id of an action in the plan, the skills that it needs."""


def skilled_story(random: Random, folder: Path) -> Story | None:
    """A story, printed; None where there are too few to report on in one of the rounds. The folder holds its project
    meanwhile."""
    number = random.choice((2, 2, 2, 3))
    is_small = random.random() < 0.7
    tables = [_table(random, is_small)]
    while len(tables) < number:
        tables.append(_changed(random, tables[-1]))
    groups = [group["id"] for group in tables[0]["groups"]]
    people = [one for group in groups for one in _people(random, group, number, FEW if is_small else SIZES)]
    rules = Rules(
        thresholds=Thresholds(random.choice((3, 5, 5, 5, 8)), 10),
        small_groups=cast(SmallGroups, random.choice(("consent", "consent", "leave_out", "pool"))),
        matching=True,
    )
    path = folder / f"{random.getrandbits(64):x}.selfassess"
    try:
        with create(path, "shared") as project:
            teller = _Teller(random, Rounds(project), tables, people, rules)
            return teller.told()
    except TooLittleError:
        return None
    finally:
        path.unlink(missing_ok=True)


# Questionnaires


def _table(random: Random, is_small: bool) -> made.Table:
    groups = ["board", "staff", "external"][: random.choice((1, 2, 2, 3, 3))]
    names = random.sample(sorted(SCALES), random.choice((1, 1, 2)))
    count = iter(range(1, 100))
    strands = []
    for _ in range(1 if is_small else random.choice((1, 1, 2))):
        number = random.choice((1, 2) if is_small else (1, 2, 2, 3))
        skills = [_skill(random, f"k{next(count)}", names, count) for _ in range(number)]
        strands.append(
            {"id": f"s{next(count)}", "title": "A strand", "from": random.choice(("items", "benchmarks")),
             "skills": skills}
        )  # fmt: skip  # in few lines
    return {
        "format": 1, "id": "skilled", "version": "1", "title": "Skilled", "scale": names[0],
        "groups": [{"id": id, "title": id.title()} for id in groups],
        "scales": {
            name: {"points": [{"value": value, "label": f"Point {value}"} for value in SCALES[name]]} for name in names
        },
        "scoring": {"min_answered": random.choice((0, 0.5)), "target": 75},
        "bands": [{"from": 0, "title": "Low"}, {"from": 50, "title": "High"}],
        "overall": {"from": random.choice(("strands", "items"))},
        "strands": strands,
    }  # fmt: skip  # in few lines


def _skill(random: Random, id: str, names: Sequence[str], count: Iterator[int]) -> made.Table:
    scale = random.choice(names)
    items = [_item(random, f"i{next(count)}", scale) for _ in range(random.choice((1, 2, 2, 3)))]
    if random.random() < 0.3:
        items.append({**_item(random, f"i{next(count)}", scale), "about": "partnership", "scored": False})
    skill: made.Table = {
        "id": id,
        "title": f"Skill {id}",
        "items": items,
        "shown_from": random.choice(SCALES[scale][1:]),
    }
    skill["need"] = random.choice(("everyone", "some"))
    if skill["need"] == "some":
        skill["at_least"] = random.choice((1, 2, 3, 6))
    return skill


def _item(random: Random, id: str, scale: str) -> made.Table:
    return {
        "id": id, "text": f"What {id} says of it.", "scale": scale, "about": "self",
        "weight": random.choice((1, 1, 1, 2)), "reverse": random.random() < 0.15,
    }  # fmt: skip  # in few lines


def _changed(random: Random, table: made.Table) -> made.Table:
    """The same for the next round, now and then with an item in other words or a skill that is shown from elsewhere."""
    table = copy.deepcopy(table)
    skill = random.choice([skill for strand in table["strands"] for skill in strand["skills"]])
    if random.random() < 0.3:
        random.choice(skill["items"])["text"] = "Quite another thing to think about and to answer."
    if random.random() < 0.1:
        skill["shown_from"] = random.choice(SCALES[skill["items"][0]["scale"]][1:])
    return table


# People


def _people(random: Random, group: str, rounds: int, sizes: Sequence[int]) -> Iterator[Person]:
    """Those who are there from the start, some of whom leave, and those who come in their place."""
    share, stays = random.choice((0, 0.6, 0.9, 1, 1)), random.choice((0.6, 0.85, 0.95, 1))
    agree = random.choice((0.9, 1, 1, 1))
    size = random.choice(sizes)
    joins = [0] * size + [random.randint(1, rounds - 1) for _ in range(random.choice((0, 0, 1, 2, 5)))]
    for number, first in enumerate(joins):
        last = first
        while last < rounds - 1 and random.random() < stays:
            last += 1
        code = f"{group} {number}" if random.random() < share else ""
        yield Person(group, first, last, code, random.random() < agree)


class _Teller:
    def __init__(
        self, random: Random, rounds: Rounds, tables: Sequence[made.Table], people: Sequence[Person], rules: Rules
    ) -> None:
        self.random = random
        self.rounds = rounds
        self.tables = tables
        self.editions = [edition(parse("skilled.toml", tomli_w.dumps(table).encode())) for table in tables]
        self.people = people
        self.rules = rules
        self.blanks = random.choice((0, 0, 0.05, 0.2))
        self.story = Story()
        self.made: list[Round] = []

    def told(self) -> Story:
        skills = [skill["id"] for strand in self.tables[0]["strands"] for skill in strand["skills"]]
        planned = [Planned(text=f"Do {id}.", skills=(id,)) for id in skills if self.random.random() < 0.5]
        Plans(self.rounds.project).add(*planned)
        self.story.plan = {one.id: one.skills for one in Plans(self.rounds.project).all()}
        for number in range(len(self.tables)):
            self.made.append(self._round(number))
            self._report(number)
            if number:
                self._compare(number - 1, number)
        orders = [(one, other) for one in range(len(self.made)) for other in range(len(self.made)) if one != other]
        for one, other in self.random.sample(orders, min(len(orders), self.random.choice((1, 2, 3)))):
            self._compare(one, other)
        for number in range(len(self.made)):
            self._report(number)
        self._occasions()
        return self.story

    def _round(self, number: int) -> Round:
        there = [one for one in self.people if one.joins <= number <= one.leaves]
        asked = self.editions[number]
        sizes = {group.id: sum(one.group == group.id for one in there) for group in asked.questionnaire.groups}
        invited = {group: max(size, 1) + self.random.choice((0, 0, 1, 3)) for group, size in sizes.items()}
        rules = Rules(
            thresholds=self.rules.thresholds, small_groups=self.rules.small_groups, matching=True,
            asks_consent=asked_for_consent(invited, self.rules),
        )  # fmt: skip  # in few lines
        one = Round(
            id=f"r{number}", key=f"{number}" * 32, title=f"Round {number}", questionnaire=asked.sha256,
            invited=invited, rules=rules,
        )  # fmt: skip  # in few lines
        self.rounds.add(one, asked, self.made[-1] if self.made else None)
        self.rounds.open(one.id, FIRST + datetime.timedelta(days=300 * number))
        minds = {(group, item["id"]): self._mind() for group in sizes for item in made.items_of(self.tables[number])}
        for person in there:
            self._hand_in(one, number, person, minds)
        self.rounds.close(one.id, FIRST + datetime.timedelta(days=300 * number + 20))
        return self.rounds.get(one.id)

    def _mind(self) -> tuple[float, float]:
        """Where a group's answers lie, from 0 to 1, and how far they are apart."""
        return self.random.choice(((0.5, 0.3), (0.6, 0.25), (0.8, 0.15), (1, 0.1), (1, 0.03), (0, 0.1), (0.9, 0.3)))

    def _hand_in(
        self, round: Round, number: int, person: Person, minds: Mapping[tuple[str, str], tuple[float, float]]
    ) -> None:
        asked = self.editions[number].questionnaire
        given = []
        for item in asked.items:
            values = sorted(asked.scale_of(item).values, reverse=item.reverse)
            middle, far = minds[person.group, item.id]
            place = min(1.0, max(0.0, self.random.gauss(middle, far)))
            said: Response = float(values[round_half(place * (len(values) - 1))])
            given.append(Missing.SKIPPED if self.random.random() < self.blanks else said)
        answers = "".join(encode(item, one, asked) for item, one in zip(asked.items, given, strict=True))
        agrees = person.agrees if person.group in round.rules.asks_consent else None
        ticket = Ticket(round=round.key, agrees=agrees, matching=f"key of {person.code}" if person.code else "")
        sheet = Sheet(questionnaire=round.questionnaire, group=GroupKey(person.group), form="full", answers=answers,
                      ticket=ticket)  # fmt: skip  # in few lines
        self.rounds.sheets.hand_in(pack(sheet, self._receipt()), questionnaire=asked)

    def _receipt(self) -> Receipt:
        letters = (self.random.choice(codes.ALPHABET) for _ in range(codes.RECEIPT_LENGTH))
        return Receipt(codes._grouped("".join(letters)))

    def _report(self, number: int) -> None:
        report = release_with_follow_up(self.rounds, self.made[number])
        data = json.loads(to_json(round_document(report)))
        self.story.reports.append(Report(number, data, _text(round_page.document(report), "skills_before")))

    def _compare(self, one: int, other: int) -> None:
        try:
            report = compare_with_plan(self.rounds, [self.made[one], self.made[other]])
        except (TooLittleError, UsageError):
            return  # no group is shown both times, or nothing was asked in the same words
        pages = {cell.id: comparison_page.document(replace(report, group=None if cell.id == "all" else cell.id))
                 for cell in report.comparison.cells}  # fmt: skip  # one for each
        texts = {cell: _text(one, "skills") for cell, one in pages.items()}
        self.story.comparisons.append(Comparison((one, other), comparison_document(report), texts))

    def _occasions(self) -> None:
        """Who was there, and for whom comparisons speak."""
        closed = ClosedRounds(self.rounds)
        found = [closed.occasion(one) for one in self.made]
        marks: list[list[set[tuple[int, str]]]] = [[set() for _ in one.keys] for one in found]
        versions = Versions(self.rounds, closed)
        for place, comparison in enumerate(self.story.comparisons):
            first, second = comparison.rounds
            pair = versions.pair(self.made[first], self.made[second])
            for side, number in enumerate(comparison.rounds):
                for cell in pair.cells[side].members:
                    for sheet in pair.members(side, "matched", cell).nonzero()[0]:
                        marks[number][sheet].add((place, cell))
        for number, one in enumerate(found):
            asked = self.editions[number].questionnaire
            scales = {item.id: asked.scale_of(item) for item in asked.items}
            people = []
            for sheet, (group, key) in enumerate(zip(one.answers.groups, one.keys, strict=True)):
                codes_of = {id: chr(int(one.answers.of(id)[sheet])) for id in scales}
                given = {id: value for id, code in codes_of.items() for value in scales[id].values
                         if scales[id].code(value) == code}  # fmt: skip  # one for each
                people.append(Respondent(group or "", given, key or "", frozenset(marks[number][sheet])))
            self.story.occasions.append(Occasion(self.tables[number], tuple(people)))


def _text(document: Document, section: str) -> str:
    """One section of a document, as it is printed."""
    there = tuple(one for one in document.sections if one.id == section)
    return to_text(page(replace(document, sections=there)), WIDTH) + "\n" if there else ""


def round_half(value: float) -> int:
    return int(value + 0.5)
