"""The answers of the demonstration: drawn from a fixed seed, so that everybody finds the same things in them.

Each group stands somewhere on each benchmark, some groups are in two camps on an item, each person leans a little to
the bright or the dark side, and each answer is off by a little. What the report says of it is found, not put there.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from selfassess.cli.made_up_views import CAMPS, LATER, LEVELS, UNKNOWN, WRITTEN
from selfassess.model.asking import offered
from selfassess.model.item import Item
from selfassess.model.questionnaire import Edition, Questionnaire
from selfassess.model.sheet import Draft, Form, Missing, Response, Sheet, Ticket
from selfassess.sitting import state

SEED, LATER_SEED = 5, 11
PERSON, ITEM, ANSWER = 7.0, 5.0, 11.0
"""Standard deviations, in points of 0 to 100: between people, between the items of a benchmark, of single answers."""
RARE: Mapping[Missing, float] = {Missing.SKIPPED: 0.015, Missing.DONT_KNOW: 0.015, Missing.NOT_APPLICABLE: 0.01}
"""The shares of answers that are missing anywhere, by kind."""

TicketOf = Callable[[str, int], Ticket]
"""The ticket of a person, by their group and their place in it, from 0."""


def made_up_sheets(
    edition: Edition, handed_in: Mapping[str, int], ticket: TicketOf, form: Form = "full"
) -> Iterator[Sheet]:
    """A sheet of each of so many people, group by group, with what they wrote: the same every time."""
    for person, given in _first(edition.questionnaire, handed_in, form):
        yield _sheet(edition, person, given, ticket, form)


def made_up_later(
    edition: Edition, before: Mapping[str, int], there: Mapping[str, range], ticket: TicketOf
) -> Iterator[Sheet]:
    """A sheet of each person who is there the next time, by group and place: those who handed in before see things as
    bright or as dark as they did, and some benchmarks have moved for all."""
    questionnaire = edition.questionnaire
    people = {(person.group, person.place): person for person, _ in _first(questionnaire, before, "full")}
    chance = _chance(SEED)
    shifts = _shifts(chance, questionnaire)
    chance = _chance(LATER_SEED)
    for group, places in there.items():
        for place in places:
            leaning = chance.gauss(0, PERSON)
            known = people.get((group, place))
            person = _Person(questionnaire, group, place, known.leaning if known else leaning, {}, LATER)
            given = {
                item.id: person.response(chance, item, shifts[item.id])
                for item in offered(questionnaire, group, "full")
            }
            yield _sheet(edition, person, given, ticket, "full")


def _chance(seed: int) -> Random:
    """The same every time."""
    return Random(seed)  # noqa: S311  # made-up answers are no secrets


def _first(
    questionnaire: Questionnaire, handed_in: Mapping[str, int], form: Form
) -> "Iterator[tuple[_Person, dict[str, Response]]]":
    """Everybody who is there the first time, with what they say."""
    chance = _chance(SEED)
    shifts = _shifts(chance, questionnaire)
    for group, number in handed_in.items():
        written = _written(chance, group, number)
        for place in range(number):
            person = _Person(questionnaire, group, place, chance.gauss(0, PERSON), written[place])
            items = offered(questionnaire, group, form)
            yield person, {item.id: person.response(chance, item, shifts[item.id]) for item in items}


def _shifts(chance: Random, questionnaire: Questionnaire) -> dict[str, float]:
    """By how much each item is seen brighter than the others of its benchmark, in points."""
    return {item.id: chance.gauss(0, ITEM) for item in questionnaire.items}


def _sheet(edition: Edition, person: "_Person", given: Mapping[str, Response], ticket: TicketOf, form: Form) -> Sheet:
    draft = Draft(
        questionnaire=edition.sha256,
        group=person.group,
        form=form,
        responses={id: response for id, response in given.items() if response is not Missing.SKIPPED},
        ticket=ticket(person.group, person.place),
    )
    return state.hand_in(edition.questionnaire, draft)


def _written(chance: Random, group: str, number: int) -> list[dict[str, str]]:
    """What each person of a group wrote, by the question. Where all have written there already, it is left out."""
    found: list[dict[str, str]] = [{} for _ in range(number)]
    for author, question, text in WRITTEN:
        first = int(chance.random() * number)
        free = [one for one in (*found[first:], *found[:first]) if question not in one]
        if author == group and free:
            free[0][question] = text
    return found


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody who was never there."""

    questionnaire: Questionnaire
    group: str
    place: int
    leaning: float
    """In points: above 0 for somebody who sees things brighter than the others do."""
    written: Mapping[str, str]
    moved: Mapping[str, float] = field(default_factory=dict)
    """By benchmark, by how many points it is seen better than the first time."""

    def response(self, chance: Random, item: Item, shift: float) -> Response:
        """What they say to an item. Draws the same number of chances whatever it is."""
        off, whim = chance.gauss(0, ANSWER), chance.random()
        if item.kind == "text":
            return self.written.get(item.id, Missing.SKIPPED)
        if missing := self._missing(item, whim):
            return missing
        values = self.questionnaire.scale_of(item).values
        steps = round((self._level(item) + self.leaning + shift + off) / 100 * (len(values) - 1))
        return values[min(max(steps, 0), len(values) - 1)]

    def _missing(self, item: Item, whim: float) -> Missing | None:
        shares = {**RARE, Missing.DONT_KNOW: UNKNOWN.get((self.group, item.id), RARE[Missing.DONT_KNOW])}
        for kind, share in shares.items():
            whim -= share
            if whim < 0:
                return kind
        return None

    def _level(self, item: Item) -> float:
        if camps := CAMPS.get((self.group, item.id)):
            return camps[self.place % len(camps)]
        middle = (node for strand in self.questionnaire.strands for node in strand.middle)
        node = next(node for node in middle if item in node.items)
        return LEVELS[node.id][self.group] + self.moved.get(node.id, 0)
