"""The demonstration: a project file with three closed rounds, one of them about skills, a plan and an open round.

Its people are invented, and what they think, write and decide stands in demo.toml. Each group has a level on each
benchmark, some groups are in two camps on an item, each person leans a little to the bright or the dark side, and each
answer is off by a little. All of it is drawn from fixed seeds, so that everybody finds the same things. What the report
says is found in the answers like in any others: nothing is put into it.
"""

import hashlib
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from dataclasses import replace as changed
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Any

from selfassess.definition.library import find
from selfassess.definition.loader import read, restore
from selfassess.errors import ProjectError, UsageError
from selfassess.model.plan import Planned, one_line
from selfassess.model.questionnaire import Action, Edition, GroupKey, Item, Questionnaire
from selfassess.model.round import EVERYBODY, Agreed, Days, OwnFinding, Round, Rules, asked_for_consent
from selfassess.model.routing import offered
from selfassess.model.sheet import Draft, Form, Missing, Response, RoundKey, Sheet, Ticket
from selfassess.paths import called, named, quoted
from selfassess.project.codes import new_key, new_receipt
from selfassess.project.parcel import pack
from selfassess.project.plans import Plans
from selfassess.project.project import create, open_project
from selfassess.project.rounds import Rounds
from selfassess.sitting import state

CLOSED, LATER, SKILLS, OPEN = "autumn", "summer", "skills", "spring"
"""The ids of the rounds: the first, the one after it, the one about skills, and the one that is open."""

SEED, LATER_SEED, SKILLS_SEED = 5, 6, 7
PERSON, ITEM, ANSWER = 7.0, 5.0, 11.0
"""Standard deviations, in points of 0 to 100: between people, between the items of a benchmark, of single answers."""
RARE: Mapping[Missing, float] = {Missing.SKIPPED: 0.015, Missing.DONT_KNOW: 0.015, Missing.NOT_APPLICABLE: 0.01}
"""The shares of answers that are missing anywhere, by kind."""
TWO = 2
"""Points of a scale between which there is nothing: yes and no."""
WITHOUT_CODE = 6
"""One person in so many has no matching code."""

TicketOf = Callable[[GroupKey, int], Ticket]
"""The ticket of a person, by their group and their place in it, from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """What stands in demo.toml, which explains each part."""

    partnership: str
    titles: Mapping[str, str]
    """Of the rounds, by their ids."""
    days: Mapping[str, Days]
    """By round."""
    guest: GroupKey
    invited: Mapping[str, Mapping[GroupKey, int]]
    """By the id of the round, then by group."""
    handed_in: Mapping[GroupKey, int]
    there_later: Mapping[GroupKey, range]
    on_paper: Mapping[GroupKey, int]
    rewording: Mapping[str, str]
    agreed: Agreed
    targets: tuple[tuple[str, GroupKey, float], ...]
    """Node, group (nothing for all) and score."""
    levels: Mapping[str, Mapping[str, float]]
    shared: Mapping[str, float]
    """Of items about the partnership, where everybody stands."""
    risen: Mapping[str, float]
    camps: Mapping[tuple[GroupKey, str], tuple[float, ...]]
    """By group and item."""
    unknown: Mapping[tuple[GroupKey, str], float]
    """By group and item."""
    written: tuple[tuple[GroupKey, str, str], ...]
    """Group, question and text."""
    past: frozenset[str]
    """The texts about barriers of the past."""
    findings: tuple[OwnFinding, ...]
    plan: tuple[Mapping[str, Any], ...]


@cache
def script() -> Script:
    """What the people of the demonstration think and decide."""
    table = tomllib.loads(files("selfassess.services").joinpath("demo.toml").read_text(encoding="utf-8"))
    rounds = table["rounds"]
    return Script(
        partnership=table["partnership"],
        titles={id: round["title"] for id, round in rounds.items()},
        days={id: Days(round["opened"], round.get("closed")) for id, round in rounds.items()},
        guest=table["guest"],
        invited={id: round["invited"] for id, round in rounds.items()},
        handed_in=rounds[CLOSED]["handed_in"],
        there_later={group: range(*places) for group, places in rounds[LATER]["there"].items()},
        on_paper=rounds[OPEN]["on_paper"],
        rewording=table["rewording"],
        agreed=Agreed(**table["agreed"]),
        targets=tuple((one["node"], one.get("group", ""), one["score"]) for one in table["targets"]),
        levels=table["levels"],
        shared=table["shared"],
        risen=table["risen"],
        camps={(one["group"], one["item"]): tuple(one["levels"]) for one in table["camps"]},
        unknown={(one["group"], one["item"]): one["share"] for one in table["unknown"]},
        written=tuple((one["group"], one["question"], one["text"]) for one in table["written"]),
        past=frozenset(one["text"] for one in table["written"] if one.get("past")),
        findings=tuple(OwnFinding(**{"group": EVERYBODY, **one}) for one in table["findings"]),
        plan=tuple(table["plan"]),
    )


def make_project(path: Path, *, replace: bool) -> str:
    """Make the project file, whole or not at all, and give the admission code for a guest of the open round.

    UsageError where there is a file already: a demonstration may be replaced, nothing else. ProjectError where the file
    cannot be written.
    """
    _check_free(path, replace=replace)
    edition = read(find("partnership"))
    with (
        tempfile.TemporaryDirectory() as folder,
        create(Path(folder) / "demo.selfassess", "shared", made_up=True) as project,
    ):
        project.call_partnership(script().partnership)
        rounds = Rounds(project)
        first = _add_closed(rounds, edition)
        Plans(project).add(*_plan(edition.questionnaire, first.id))
        _add_later(rounds, newer_version(edition), first)
        _add_skills(rounds, read(find("skills")))
        code = _add_open(rounds, edition)
        project.backup(path, overwrite=replace)
    return code


def newer_version(edition: Edition) -> Edition:
    """The questionnaire as it was asked the second time: a copy in which one item has other words."""
    content, rewording = edition.content, script().rewording
    for part in ("version", "words"):
        content = content.replace(rewording[f"old_{part}"].encode(), rewording[f"new_{part}"].encode(), 1)
    return restore("partnership.toml", content)


def _check_free(path: Path, *, replace: bool) -> None:
    if not path.exists() or path.is_dir():
        return
    if not replace:
        raise UsageError(
            f"There is a file {path} already.",
            f"Make it again: {called()} demo {quoted(str(path))} --replace\n"
            f"Or see it again: {named(str(path))} report {CLOSED}",
        )
    try:
        with open_project(path, read_only=True) as project:
            is_made_up = project.is_made_up
    except ProjectError:
        is_made_up = False
    if not is_made_up:
        raise UsageError(f"{path} is not a demonstration, so it is not replaced.", "Choose another name.")


def _add_closed(rounds: Rounds, edition: Edition) -> Round:
    round = _round(CLOSED, edition, "full", codes=False)
    rounds.add(round, edition)
    _answer(rounds, round, edition, _sheets(edition, script().handed_in, partial(_ticket, round)))
    rounds.agree(round.id, script().agreed)
    for finding in script().findings:
        rounds.write_finding(round.id, finding)
    return round


def _add_later(rounds: Rounds, edition: Edition, first: Round) -> None:
    round = _round(LATER, edition, "full", codes=False)
    rounds.add(round, edition, first)
    for node, group, score in script().targets:
        rounds.set_target(round.id, node, group, score)
    _answer(rounds, round, edition, _later_sheets(edition, partial(_ticket, round)))


def _add_skills(rounds: Rounds, edition: Edition) -> None:
    round = _round(SKILLS, edition, "full", codes=False)
    rounds.add(round, edition)
    _answer(rounds, round, edition, _skills_sheets(edition, partial(_ticket, round)))


def _answer(rounds: Rounds, round: Round, edition: Edition, sheets: Iterable[Sheet]) -> None:
    """Open a round, take sheets in and close it."""
    rounds.open(round.id, script().days[round.id].opened)
    for sheet in sheets:
        rounds.sheets.hand_in(pack(sheet, new_receipt()), questionnaire=edition.questionnaire)
    rounds.close(round.id, script().days[round.id].closed)


def _add_open(rounds: Rounds, edition: Edition) -> str:
    round = _round(OPEN, edition, "short", codes=True)
    rounds.add(round, edition)
    rounds.open(round.id, script().days[round.id].opened)
    for number, sheet in enumerate(_sheets(edition, script().on_paper, partial(_ticket, round), "short"), 1):
        rounds.papers.enter(round.id, str(number), sheet, edition.questionnaire)
    return rounds.admission.issue(round.id, script().guest, 1)[0]


def _round(id: str, edition: Edition, form: Form, *, codes: bool) -> Round:
    rules, invited = Rules(small_groups="consent", codes=codes, matching=not codes), script().invited[id]
    return Round(
        id=id,
        key=RoundKey(new_key()),
        title=script().titles[id],
        questionnaire=edition.sha256,
        form=form,
        invited=invited,
        rules=changed(rules, asks_consent=asked_for_consent(invited, rules)),
    )


def _ticket(round: Round, group: GroupKey, place: int) -> Ticket:
    """The ticket of a person. Everybody who is asked agrees, and most have a matching code, kept as a key only."""
    agrees = True if group in round.rules.asks_consent else None
    has_code = round.rules.matching and (place + 1) % WITHOUT_CODE
    matching = hashlib.sha256(f"made up: {group} {place}".encode()).hexdigest() if has_code else ""
    return Ticket(round=round.key, agrees=agrees, matching=matching)


def _plan(questionnaire: Questionnaire, round: str) -> Iterator[Planned]:
    """The plan: actions taken from the report of a round, and the partnership's own."""
    for entry in script().plan:
        if "action" not in entry:
            yield Planned(**entry)
            continue
        node, action = _action(questionnaire, entry["action"])
        yield Planned(
            text=one_line(action.text), node=node, groups=action.groups, skills=action.skills, round=round, **entry
        )


def _action(questionnaire: Questionnaire, id: str) -> tuple[str, Action]:
    """The benchmark that an action is for, and the action."""
    return next(
        (node.id, action)
        for strand in questionnaire.strands
        for node in strand.middle
        for action in node.actions
        if action.id == id
    )


def _sheets(
    edition: Edition, handed_in: Mapping[GroupKey, int], ticket: TicketOf, form: Form = "full"
) -> Iterator[Sheet]:
    """A sheet of each person, group by group, with what they wrote."""
    for person, responses in _first(edition.questionnaire, handed_in, form):
        yield _sheet(edition, person, responses, ticket, form)


def _later_sheets(edition: Edition, ticket: TicketOf) -> Iterator[Sheet]:
    """A sheet of each person who is there the second time. Those who were there before lean as they did, and everybody
    sees some benchmarks better."""
    questionnaire = edition.questionnaire
    known = {(person.group, person.place): person for person, _ in _first(questionnaire, script().handed_in, "full")}
    shifts = _shifts(_chance(SEED), questionnaire)
    chance = _chance(LATER_SEED)
    for group, places in script().there_later.items():
        for place in places:
            leaning = chance.gauss(0, PERSON)  # drawn for everybody, so that the others' answers do not depend on it
            before = known.get((group, place))
            person = _Person(questionnaire, group, place, before.leaning if before else leaning, {}, script().risen)
            responses = {
                item.id: person.response(chance, item, shifts[item.id])
                for item in offered(questionnaire, group, "full")
            }
            yield _sheet(edition, person, responses, ticket, "full")


def _skills_sheets(edition: Edition, ticket: TicketOf) -> Iterator[Sheet]:
    """What those who are there the second time say of their skills."""
    chance, questionnaire = _chance(SKILLS_SEED), edition.questionnaire
    shifts = _shifts(chance, questionnaire)
    for group, places in script().there_later.items():
        for place in places:
            person = _Person(questionnaire, group, place, chance.gauss(0, PERSON), {})
            items = offered(questionnaire, group, "full")
            responses = {item.id: person.response(chance, item, shifts[item.id]) for item in items}
            yield _sheet(edition, person, responses, ticket, "full")


def _chance(seed: int) -> Random:
    """The same every time."""
    return Random(seed)  # noqa: S311  # made-up answers are no secrets


def _first(
    questionnaire: Questionnaire, handed_in: Mapping[GroupKey, int], form: Form
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


def _sheet(
    edition: Edition, person: "_Person", responses: Mapping[str, Response], ticket: TicketOf, form: Form
) -> Sheet:
    draft = Draft(
        questionnaire=edition.sha256,
        group=person.group,
        form=form,
        responses={id: response for id, response in responses.items() if response is not Missing.SKIPPED},
        past=tuple(sorted(id for id, response in responses.items() if response in script().past)),
        ticket=ticket(person.group, person.place),
    )
    return state.hand_in(edition.questionnaire, draft)


def _written(chance: Random, group: GroupKey, number: int) -> list[dict[str, str]]:
    """What each person of a group wrote, by question. A text is left out where everybody has answered its question."""
    texts: list[dict[str, str]] = [{} for _ in range(number)]
    for author, question, text in script().written:
        first = int(chance.random() * number)
        free = [one for one in (*texts[first:], *texts[:first]) if question not in one]
        if author == group and free:
            free[0][question] = text
    return texts


@dataclass(frozen=True, slots=True)
class _Person:
    """Somebody who never was."""

    questionnaire: Questionnaire
    group: GroupKey
    place: int
    leaning: float
    """In points: above 0 for somebody who sees things brighter than the others do."""
    written: Mapping[str, str]
    risen: Mapping[str, float] = field(default_factory=dict)
    """By benchmark, by how many points it is seen better than the first time."""

    def response(self, chance: Random, item: Item, shift: float) -> Response:
        """What they say to an item. Two numbers are drawn whatever the item is, so that no answer moves another."""
        off, whim = chance.gauss(0, ANSWER), chance.random()
        if item.is_in_words:
            return self.written.get(item.id, Missing.SKIPPED)
        if missing := self._missing(item, whim):
            return missing
        points = self.questionnaire.scale_of(item).values
        from_worst = points[::-1] if item.reverse else points
        share = (self._level(item) + self.leaning + shift + off) / 100
        if len(points) == TWO:  # of many people, as many say the better one as the level says
            return from_worst[whim > 1 - share]
        return from_worst[min(max(round(share * (len(points) - 1)), 0), len(points) - 1)]

    def _missing(self, item: Item, whim: float) -> Missing | None:
        unknown = script().unknown.get((self.group, item.id), RARE[Missing.DONT_KNOW])
        for kind, share in {**RARE, Missing.DONT_KNOW: unknown}.items():
            whim -= share
            if whim < 0:
                return kind
        return None

    def _level(self, item: Item) -> float:
        if camps := script().camps.get((self.group, item.id)):
            return camps[self.place % len(camps)]
        if item.id in script().shared:
            return script().shared[item.id]
        middle = (node for strand in self.questionnaire.strands for node in strand.middle)
        node = next(node for node in middle if item in node.items)
        return script().levels[node.id][self.group] + self.risen.get(node.id, 0)
