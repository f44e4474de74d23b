"""The answers of the demonstration: drawn from a fixed seed, so that everybody finds the same things in them.

Each group stands somewhere on each benchmark, some groups are in two camps on an item, each person leans a little to
the bright or the dark side, and each answer is off by a little. What the report says of it is found, not put there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from selfassess.cli.made_up_views import CAMPS, LEVELS, UNKNOWN, WRITTEN
from selfassess.model.asking import offered
from selfassess.model.questionnaire import Edition, Item, Questionnaire
from selfassess.model.sheet import Draft, Form, Missing, Response, Sheet, Ticket
from selfassess.sitting import state

SEED = 5
PERSON, ITEM, ANSWER = 7.0, 5.0, 11.0
"""Standard deviations, in points of 0 to 100: between people, between the items of a benchmark, of single answers."""
RARE: Mapping[Missing, float] = {Missing.SKIPPED: 0.015, Missing.DONT_KNOW: 0.015, Missing.NOT_APPLICABLE: 0.01}
"""The shares of answers that are missing anywhere, by kind."""


def made_up_sheets(
    edition: Edition, handed_in: Mapping[str, int], tickets: Mapping[str, Ticket], form: Form = "full"
) -> Iterator[Sheet]:
    """A sheet of each of so many people, group by group, with what they wrote: the same every time. The ticket of a
    group is that of everybody in it."""
    chance = Random(SEED)  # noqa: S311  # made-up answers are no secrets
    questionnaire = edition.questionnaire
    shifts = {item.id: chance.gauss(0, ITEM) for item in questionnaire.items}
    for group, number in handed_in.items():
        written = _written(chance, group, number)
        for place in range(number):
            person = _Person(questionnaire, group, place, chance.gauss(0, PERSON), written[place])
            items = offered(questionnaire, group, form)
            given = {item.id: person.response(chance, item, shifts[item.id]) for item in items}
            draft = Draft(
                questionnaire=edition.sha256,
                group=group,
                form=form,
                responses={id: response for id, response in given.items() if response is not Missing.SKIPPED},
                ticket=tickets[group],
            )
            yield state.hand_in(questionnaire, draft)


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
        return next(LEVELS[node.id][self.group] for node in middle if item in node.items)
