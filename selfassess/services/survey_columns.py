"""What the columns of an export of a survey service hold: which question each answers, who is in which group, and what
is never kept."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from typing import Literal

from selfassess.errors import Problem, ResponsesError
from selfassess.model.questionnaire import Edition, GroupKey, Item, Questionnaire
from selfassess.model.round import Round
from selfassess.model.routing import offered
from selfassess.services.groups import titles_of
from selfassess.services.survey_export import Export, flat, known_headings
from selfassess.services.survey_map import ROLES, Decisions, Role, in_toml
from selfassess.sitting.round_entry import asks_consent
from selfassess.sitting.round_notices import CONSENT_HEADING, NO, OWN_CODE_HEADING, YES
from selfassess.text import LONGEST_WORD, clean, count, did_you_mean, listed, meant

Dropped = Literal["e-mail", "name", "time", "technical"]
DROPPED: tuple[Dropped, ...] = ("e-mail", "name", "time", "technical")
ROLE_OF: Mapping[str, Role] = {"group": "the group", "id": "the id", "consent": "the consent", "code": "the code"}
"""By the name in survey_headings.toml."""
NAMED = 5
"""How many questions, columns or rows are named at most."""
NEAR = 0.8
"""From which likeness on, 0 to 1, words are taken for a slip or a small change, and asked about."""
MOST_GROUPS = 50
"""Different cells of a column that may be groups with slips."""
LONGEST_SHOWN = 60
"""Characters of a heading that are shown."""
_BRACKETS = re.compile(r".*\[([^\[\]]+)\]", re.DOTALL)
_NUMBERED = re.compile(r"([\w-]{1,24})\s*[.):]\s+(.+)", re.DOTALL)
_AGAIN = re.compile(r"(.*\D)\d{1,2}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Answered:
    """What a column answers."""

    id: str
    """Of the item; or of the benchmark or skill that it comments on."""
    point: float | None = None
    """The point that a mark in the column chooses, where each of many has a column of its own."""


@dataclass(frozen=True, slots=True)
class Undecided:
    """Something that only a person can decide, as a question that is answered with yes or no."""

    question: str
    yes: Decisions
    no: Decisions | None
    """None where the file cannot be taken in then."""
    cure: str
    """What to write where nobody is there to ask."""


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of an export hold, by their places. A column is in one of these at most."""

    answers: Mapping[int, Answered]
    group: int | None
    """The column that says the group; None where all rows are of one."""
    id: int | None
    consent: int | None
    code: int | None
    dropped: Mapping[int, Dropped]
    """What may say who somebody is, or when they answered."""
    left_over: tuple[int, ...]
    """What belongs to no question."""
    missing: tuple[Item, ...]
    """The items that the round asks, and that are in no column."""
    undecided: tuple[Undecided, ...]


def also_to_ask(questionnaire: Questionnaire, round: Round, group: GroupKey | None) -> Iterator[str]:
    """What a form has to ask in a round beside the questions, in sentences: for one group, or for all if it is None."""
    titles = titles_of(questionnaire)
    small = [titles[one] for one in round.invited if group in (None, one) and asks_consent(round, one)]
    if small:
        yield (
            f"Add a question for {listed(small)}: “{CONSENT_HEADING}” The answers are “{YES}” and “{NO}”. Without it, "
            f"a group in which fewer than {round.rules.thresholds.min_group} hand in is left out of every result."
        )
    if round.rules.matching:
        yield (
            f"Add a question for an answer in words: “{OWN_CODE_HEADING}”. Without it, nobody is found again in a "
            "later round."
        )


def place(at: int) -> str:
    """The letter of a column, as spreadsheets show it."""
    letters = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def shown(heading: str) -> str:
    """A heading between quotation marks, cut where it is long."""
    return f"“{heading}”" if len(heading) <= LONGEST_SHOWN else f"“{heading[: LONGEST_SHOWN - 1].rstrip()}…”"


def understand(export: Export, round: Round, edition: Edition, decisions: Decisions, group: GroupKey | None) -> Columns:
    """What each column holds. `group` is the group of all rows, where one was said. ResponsesError where no column
    answers a question, or where the decisions do not fit the questionnaire."""
    reader = _Reader(export, round, edition.questionnaire, decisions, group)
    reader.check_decisions()
    return reader.columns()


class _Reader:
    """Finds out about one column after the other."""

    def __init__(
        self, export: Export, round: Round, questionnaire: Questionnaire, decisions: Decisions, group: GroupKey | None
    ) -> None:
        self.export = export
        self.questionnaire = questionnaire
        self.decisions = decisions
        self.group = group
        groups = [group] if group else [one or None for one in round.invited]
        items = {item.id: item for one in groups for item in offered(questionnaire, one, round.form)}
        self.items = {item.id: item for item in questionnaire.items if item.id in items}
        """What the round asks, in its order."""
        self.nodes = {
            node.id: node
            for strand in questionnaire.strands
            for node in strand.middle
            if any(item.id in self.items for item in node.items)
        }
        self.roles: dict[int, Role] = {}
        self.dropped: dict[int, Dropped] = {}
        self.answers: dict[int, Answered] = {}

    @cached_property
    def names(self) -> Mapping[str, frozenset[Answered]]:
        """What each heading means that is exactly that of a question."""
        found: dict[str, set[Answered]] = defaultdict(set)
        for item in self.items.values():
            for words in (item.id, item.id.replace("_", ""), item.text, *item.wording.values()):
                found[flat(words)].add(Answered(item.id))
            if item.takes_several:
                for point in self.questionnaire.scale_of(item).points:
                    for words in (item.text, *item.wording.values()):
                        found[flat(f"{words} [{point.label}]")].add(Answered(item.id, point.value))
        for node in self.nodes.values():
            for words in filter(None, (node.id, node.comment)):
                found[flat(words)].add(Answered(node.id))
        return {words: frozenset(meant) for words, meant in found.items()}

    def check_decisions(self) -> None:
        """ResponsesError where a decision names something that the questionnaire does not have."""
        ids = {*(item.id for item in self.questionnaire.items), *self.nodes}
        columns = [*ids, *ROLES]
        checks: list[tuple[str, str, Collection[str]]] = [
            *(("[columns]", one, columns) for one in self.decisions.columns.values()),
            *(("[groups]", one, [group.id for group in self.questionnaire.groups])
              for one in self.decisions.groups.values()),
            *(("[scales]", one, [*self.questionnaire.scales]) for one in self.decisions.scales),
            *(("[answers]", one, [*self.questionnaire.scales]) for one in self.decisions.answers),
            *(("not_asked", one, [*ids]) for one in self.decisions.not_asked),
        ]  # fmt: skip  # one a line
        problems = [
            Problem(
                code="unknown-id",
                message=f"There is no “{clean(one, 40)}” in this questionnaire.",
                hint=did_you_mean(one, known) or "Look up the ids in the questionnaire.",
                place=where,
            )
            for where, one, known in checks
            if one not in known
        ]
        for scale, words in self.decisions.answers.items():
            values = self.questionnaire.scales[scale].values if scale in self.questionnaire.scales else ()
            problems += [
                Problem(
                    code="value-off-scale",
                    message=f"“{clean(said, 40)}” is to mean {value:g}, which is not on the scale.",
                    hint=f"Its values are {listed(f'{one:g}' for one in values)}.",
                    place=f"[answers.{scale}]",
                )
                for said, value in words.items()
                if values and value not in values
            ]
        if problems:
            raise ResponsesError("What you decided does not fit this questionnaire.", problems)

    def columns(self) -> Columns:
        for at, heading in enumerate(self.export.headings):
            self.take(at, heading)
        if not self.answers:
            raise ResponsesError(
                f"{self.export.name} has no column that answers a question of this round.",
                hint="The first row has to hold the headings: the questions, or their ids. Is it the right file?",
            )
        self.find_group()
        left = [at for at, _ in enumerate(self.export.headings) if not self.is_known(at)]
        has_column = {answered.id for answered in self.answers.values()}
        missing = [
            item for id, item in self.items.items() if id not in has_column and id not in self.decisions.not_asked
        ]
        guesses = list(self.guesses(left, missing))
        undecided = [one for _, one in guesses]
        guessed = {id for id, _ in guesses}
        owed = [item for item in missing if not item.is_in_words and item.id not in guessed]
        if owed and not guesses:
            undecided.append(self.not_asked(owed, left))
        return Columns(
            answers=self.answers,
            group=self.at("the group"),
            id=self.at("the id"),
            consent=self.at("the consent"),
            code=self.at("the code"),
            dropped=self.dropped,
            left_over=tuple(at for at in left if self.export.headings[at] or any(self.export.column(at))),
            missing=tuple(missing),
            undecided=tuple(undecided),
        )

    def is_known(self, at: int) -> bool:
        return at in self.answers or at in self.dropped or at in self.roles

    def at(self, role: Role) -> int | None:
        """The column with a role. ResponsesError where several have it."""
        found = [at for at, one in self.roles.items() if one == role]
        if len(found) > 1:
            places = listed(place(at) for at in found)
            raise ResponsesError(
                f"{self.export.name}: the columns {places} could each be {role}.",
                hint="In the --map file, write below [columns] which of them is left out, such as: "
                f'{in_toml(self.export.headings[found[0]])} = "left out"',
            )
        return found[0] if found else None

    def take(self, at: int, heading: str) -> None:
        """Find out what a column holds, as far as its heading says it."""
        decided = self.decisions.column(heading) if heading else None
        if decided in ROLES:
            self.roles[at] = next(role for role in ROLES if role == decided)
        elif decided is not None:
            self.answers[at] = Answered(decided)
        elif role := self.role_of(at, heading):
            self.roles[at] = role
        elif kind := _dropped(heading):
            self.dropped[at] = kind
        elif found := self.answered(heading):
            self.answers[at] = found

    def role_of(self, at: int, heading: str) -> Role | None:
        known = known_headings()["columns"]
        role = next((role for kind, role in ROLE_OF.items() if flat(heading) in known[kind]), None)
        if role == "the id" and any("@" in cell for cell in self.export.column(at)):
            self.dropped[at] = "e-mail"
            return None
        if role == "the group" and (self.group or not self.questionnaire.groups):
            return None
        return role

    def answered(self, heading: str) -> Answered | None:
        """What a heading means, by the first of its readings that is exactly a question. None where there is none, or
        where two questions are worded so."""
        for words in readings(heading):
            if found := self.names.get(words):
                return next(iter(found)) if len(found) == 1 else None
        return None

    def find_group(self) -> None:
        """The column in which most cells are groups, or nearly, where none was found by its heading."""
        if self.group or not self.questionnaire.groups or "the group" in self.roles.values():
            return
        titles: dict[str, str] = {group.id: group.title for group in self.questionnaire.groups}
        titles |= {said: said for said in self.decisions.groups}
        words = [flat(one) for one in (*titles, *titles.values())]
        for at, _ in enumerate(self.export.headings):
            cells = Counter(() if self.is_known(at) else self.export.column(at))
            can_be_near = len(cells) <= MOST_GROUPS
            groups = sum(
                number
                for cell, number in cells.items()
                if meant(cell, titles) is not None or (can_be_near and closest(cell, words))
            )
            if 2 * groups > cells.total():
                self.roles[at] = "the group"

    def guesses(self, left: Sequence[int], missing: Sequence[Item]) -> Iterator[tuple[str, Undecided]]:
        """The columns that are near to a question without a column, each with its id."""
        names = {flat(words): item for item in missing for words in (item.text, *item.wording.values())}
        taken: set[str] = set()
        for at in left:
            heading = self.export.headings[at]
            close = next((one for words in readings(heading) for one in get_close_matches(words, names, 1, NEAR)), None)
            if not heading or close is None or names[close].id in taken:
                continue
            item = names[close]
            taken.add(item.id)
            yield (
                item.id,
                Undecided(
                    f"Column {place(at)} is headed:\n  “{heading}”\nIs it this question?\n  “{item.text}”",
                    self.decisions.with_column(heading, item.id),
                    self.decisions.with_column(heading, "left out"),
                    f'In the --map file, write below [columns]: {in_toml(heading)} = {in_toml(item.id)} or "left out".',
                ),
            )

    def not_asked(self, items: Sequence[Item], left: Sequence[int]) -> Undecided:
        ids = tuple(item.id for item in items)
        named = [f"{place(at)} {shown(heading)}" for at in left if (heading := self.export.headings[at])]
        others = f" These columns belong to no question: {listed(named, most=2 * NAMED)}." if named else ""
        words = listed((shown(item.text) for item in items), most=NAMED)
        if len(items) == 1:
            question = f"The question {words} has no column. Was it left out of the form on purpose?"
        else:
            question = f"{len(items):,} questions have no column: {words}. Were they left out of the form on purpose?"
        return Undecided(
            question,
            self.decisions.without_items(ids),
            None,
            f"If so, write in the --map file, as its first line: not_asked = [{', '.join(map(in_toml, ids))}]\n"
            f"If not, a heading was changed: write below [columns] which question it is.{others}",
        )


def closest(cell: str, known: Iterable[str]) -> str | None:
    """The nearest of some words, as `flat` has them; None where none is near, or where it is no word but a formula."""
    words = flat(cell)
    if len(words) > LONGEST_WORD or cell.startswith("="):
        return None
    return next(iter(get_close_matches(words, list(known), 1, NEAR)), None)


def _dropped(heading: str) -> Dropped | None:
    known, words = known_headings()["columns"], flat(heading)
    return next((kind for kind in DROPPED if words in known[kind]), None)


def readings(heading: str) -> Iterator[str]:
    """The words that can be the question in a heading: all of it; what stands in square brackets at its end, as of a
    row of a grid; what follows a number or a code, and that code; what stands before the number that Microsoft Forms
    adds to words that are there already."""
    yield flat(heading)
    if numbered := _NUMBERED.fullmatch(heading):
        yield flat(numbered[2])
    if inner := _BRACKETS.fullmatch(heading):
        yield flat(inner[1])
        if numbered := _NUMBERED.fullmatch(inner[1]):
            yield flat(numbered[2])
    if numbered:
        yield flat(numbered[1])
    if again := _AGAIN.fullmatch(heading):
        yield flat(again[1])


def told(export: Export, columns: Columns) -> Iterator[str]:
    """What becomes of the columns, in sentences."""
    items = len({answered.id for answered in columns.answers.values()})
    yield f"Taken in: the answers to {count(items, 'question')}."
    for at, what in (
        (columns.group, "The group"), (columns.consent, "Whether a small group may be shown"),
        (columns.code, "The code that people made up"),
    ):  # fmt: skip  # in few lines
        if at is not None:
            yield f"{what} is in column {place(at)}, {shown(export.headings[at])}."
    if columns.dropped:
        names = listed(shown(export.headings[at]) for at in columns.dropped)
        yield f"Dropped before anything is stored, because it could show who someone is or when they answered: {names}."
    if columns.left_over:
        names = listed((f"{place(at)} {shown(export.headings[at])}" for at in columns.left_over), most=2 * NAMED)
        yield f"Part of no question, so not stored: {names}."
    if columns.missing:
        yield f"Not in the form: {listed((shown(item.text) for item in columns.missing), most=NAMED)}."
