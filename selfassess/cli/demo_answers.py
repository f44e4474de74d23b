"""What the people of the demonstration think: invented, like they are.

The answers of the demonstration: drawn from a fixed seed, so that everybody finds the same things in them.

Each group stands somewhere on each benchmark, some groups are in two camps on an item, each person leans a little to
the bright or the dark side, and each answer is off by a little. What the report says of it is found, not put there.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random

from selfassess.model.questionnaire import Edition, Item, Questionnaire
from selfassess.model.routing import offered
from selfassess.model.sheet import Draft, Form, Missing, Response, Sheet, Ticket
from selfassess.sitting import state

LEVELS: Mapping[str, Mapping[str, float]] = {
    "vision": {"board": 64, "staff": 33, "external": 52},
    "alignment": {"board": 68, "staff": 46, "external": 42},
    "support": {"board": 72, "staff": 56, "external": 62},
    "added_value": {"board": 94, "staff": 96, "external": 68},
    "openness": {"board": 50, "staff": 52, "external": 44},
    "equal_say": {"board": 55, "staff": 58, "external": 50},
    "accountability": {"board": 72, "staff": 79, "external": 58},
    "communication": {"board": 40, "staff": 34, "external": 30},
    "differences": {"board": 60, "staff": 78, "external": 60},
    "objectives": {"board": 66, "staff": 40, "external": 38},
    "structure": {"board": 76, "staff": 34},
    "resources": {"board": 62, "staff": 36, "external": 52},
    "coordination": {"board": 74, "staff": 42, "external": 58},
    "roles": {"board": 68, "staff": 78, "external": 36},
    "lessons": {"board": 50, "staff": 68, "external": 60},
    "improvement": {"board": 66, "staff": 60, "external": 64},
    "change": {"board": 62, "staff": 64, "external": 60},
}
"""Where a group stands on a benchmark, in points of 0 to 100."""

LATER: Mapping[str, float] = {"communication": 34, "openness": 8, "equal_say": 6}
"""By how many points a benchmark is seen better the next time, by everybody."""

CAMPS: Mapping[tuple[str, str], tuple[float, float]] = {
    ("board", "structure_decides"): (0, 101),
    ("staff", "communication_answer"): (-4, 100),
}
"""By group and item, where the two camps stand that a group is in: every second person in the one or in the other."""

UNKNOWN: Mapping[tuple[str, str], float] = {
    ("staff", "structure_back"): 0.5,
    ("board", "structure_back"): 0.1,
    ("staff", "alignment_figures"): 0.15,
    ("external", "accountability_back"): 0.25,
}
"""By group and item, the share of those who do not know, where it is large."""

WRITTEN: tuple[tuple[str, str, str], ...] = (
    ("board", "leadership_works", "Everyone round the table really does want the same for the children here."),
    ("board", "leadership_works", "I was given time to find my feet. Nobody made me feel silly for asking."),
    ("staff", "leadership_works", "You only have to walk in on a Tuesday to see what it is all for."),
    ("board", "leadership_hinders", "We each bring our own list. I am not sure it has ever been one list."),
    (
        "staff",
        "leadership_hinders",
        "i know what MY job is. what the whole thing is meant to add up to, no idea, sorry",
    ),
    ("staff", "leadership_hinders", "There was a poster with the aims once. It went when they painted the corridor."),
    (
        "external",
        "leadership_hinders",
        "We were promised more than can be done, and that makes the next promise harder.",
    ),
    ("staff", "organisation_works", "The clinic mornings. Two of us in one room and the family tells its story once."),
    ("board", "organisation_works", "People are kind to each other, also when they disagree."),
    ("staff", "organisation_works", "If I am stuck I ring one of the others and we sort it out between us."),
    ("board", "organisation_hinders", "Now and then it feels as if it was all settled before we sat down."),
    ("board", "organisation_hinders", "Papers on the day of the meeting - I read slowly, and then we vote."),
    ("staff", "organisation_hinders", "We hear about the summer fair from parents."),
    ("staff", "organisation_hinders", "Two buildings, two kettles, two sets of news."),
    (
        "external",
        "organisation_hinders",
        "I left three messages in May. I gave up after that, which I am not proud of.",
    ),
    ("external", "organisation_hinders", "Some weeks a lot of e-mail, then nothing for a month."),
    ("staff", "performance_works", "I know what is expected of me, and I am trusted to get on with it."),
    ("staff", "performance_works", "When somebody is off ill the rest of us manage. We always have."),
    ("board", "performance_works", "The nursery. Anyone who doubts us should go and look."),
    (
        "board",
        "performance_hinders",
        "There are groups below the board, but who is in them? I could not draw it for you.",
    ),
    ("staff", "performance_hinders", "Contracts that end in March. You build something up and then start again."),
    ("staff", "performance_hinders", "It would be nice to be told when something went right."),
    ("external", "performance_hinders", "Nobody ever said what part they would like us to play."),
    ("staff", "learning_works", "Watching how the speech therapist does it. I use her picture cards every day now."),
    ("board", "learning_works", "Seeing how another town does it was worth ten meetings."),
    ("external", "learning_works", "The joint training day was the best thing we did last year."),
    ("board", "learning_hinders", "There was no start for new parents, you just turn up and hope."),
    ("staff", "learning_hinders", "training is always on the day i can't be spared"),
    ("staff", "learning_hinders", "We try new things and never go back to see if they helped."),
)
"""Who wrote it, under which question, and what."""

PARTNERSHIP = "Nowhereton Partnership"
"""There is no such place."""

AGREED = ("communication", 40, "We all had a story of news that came too late. The fair settled it.")
"""The score that the meeting agreed on: the benchmark, the points, and why."""


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
