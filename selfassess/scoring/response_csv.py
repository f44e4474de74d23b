"""Responses from elsewhere: a CSV file with one row a respondent and one column an item."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from selfassess import csv_text
from selfassess.content import MEGABYTE, UnreadError, content_of
from selfassess.errors import Problem, ResponsesError
from selfassess.model.conditions import comparisons, parse
from selfassess.model.questionnaire import GroupKey, Item, Questionnaire
from selfassess.model.routing import dont_know, met, not_applicable, offered
from selfassess.model.sheet import Form, Missing, Response, encode
from selfassess.numbers import readings
from selfassess.scoring import response_columns
from selfassess.scoring.answers import Answers, from_characters
from selfassess.scoring.response_columns import ONLY_ROUND, by_columns
from selfassess.text import clean, count, did_you_mean

WORDS = {"": Missing.SKIPPED, "dk": Missing.DONT_KNOW, "na": Missing.NOT_APPLICABLE}
"""What a cell holds where there is no answer."""
LARGEST = 100 * MEGABYTE
MOST_ROWS, MOST_ROUNDS = 1_000_000, 1_000
"""A column that is taken for that of rounds, and holds something else, has more."""
LONGEST_ANSWER = 4_000
"""Characters of a cell in which there can be an answer."""
MOST_TOLD = 1_000
"""How many problems are listed one by one: a wrong scale can make one of every cell."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a file held: the answers of each round, by its name, and what its owner should know."""

    rounds: Mapping[str, Answers]
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One respondent in one round."""

    line: int
    respondent: str
    group: GroupKey | None
    round: str
    responses: Mapping[str, Response]


def read_responses(
    path: Path, questionnaire: Questionnaire, form: Form = "full", ignored: Collection[str] = ()
) -> Read:
    """The responses in a CSV file, but for the columns that are ignored. ResponsesError holds everything wrong with it.

    A cell is a point's value or its words, empty (skipped), `dk` or `na`, or the scale's own words for these. An answer
    where the person's group, or a condition, says that they were not asked is left out, with a warning. Items that are
    answered by a number or by several points ("1 3") are in no score, and need a column only where a condition speaks
    of them; what is answered in words is not read.
    """
    try:
        text = csv_text.decoded(content_of(path, LARGEST))
    except UnreadError as error:
        raise ResponsesError(f"{path} {error.why}.", hint=error.cure) from None
    except UnicodeDecodeError as error:
        hint = "In your spreadsheet choose “CSV UTF-8” when you save it."
        raise ResponsesError(f"{path} is not UTF-8 text (byte {error.start + 1}).", hint=hint) from None
    # What is not plain, or not all right, is read row by row, which finds and says everything that is wrong.
    return Reader(str(path), questionnaire, form).read_plain(text, ignored) or Reader(
        str(path), questionnaire, form
    ).read(text, ignored)


class Reader:
    """Reads one file, keeping all problems on the way."""

    def __init__(self, name: str, questionnaire: Questionnaire, form: Form) -> None:
        self.name = name
        self.questionnaire = questionnaire
        self.items = {item.id: item for item in questionnaire.items if not item.is_in_words}
        self.groups = [group.id for group in questionnaire.groups]
        self.named = {"respondent", "group", "round", *(item.id for item in questionnaire.items)}
        """The columns that a file can have."""
        self.offered: dict[str | None, tuple[Item, ...]] = {
            group: offered(questionnaire, group, form) for group in (self.groups or (None,))
        }
        self.known: dict[str, dict[str, Response]] = {id: dict(WORDS) for id in self.items}
        """By item, what each cell that was seen means."""
        self.labels = {id: _labels(questionnaire, item) for id, item in self.items.items()}
        """By item, what can be answered in words."""
        self.codes = {item.id: _Codes(item, questionnaire) for item in questionnaire.items}
        self.problems: list[Problem] = []
        self.wrong = 0

    def read_plain(self, text: str, ignored: Collection[str] = ()) -> Read | None:
        """What a plain file holds, by column; None where it is not plain, or anything is wrong with it."""
        table = response_columns.table(text)
        if table is None or table.rows > MOST_ROWS or table.longest.max() > LONGEST_ANSWER:
            return None
        found = by_columns(self, table, ignored)
        if found is None or len(found.rounds) > MOST_ROUNDS:
            return None
        rounds = {name: found.rounds[name] for name in sorted(found.rounds, key=_natural)}
        return Read(rounds, self.warn(found.unasked))

    def read(self, text: str, ignored: Collection[str] = ()) -> Read:
        lines = self.cells(text)
        if not lines:
            raise ResponsesError(f"{self.name} is empty.", hint="The first row names the columns.")
        for name in ignored:
            if name not in (clean(cell).strip() for cell in lines[0][1]):
                hint = did_you_mean(name[:40], map(str.strip, lines[0][1])) or "Give its name as in the first row."
                message = f"There is no column “{clean(name, 40)}” to ignore."
                self.problem("no-such-column", message, hint, lines[0][0])
        lines = _without_columns(lines, ignored)
        columns = [clean(cell).strip() for cell in lines[0][1]]
        self.check_columns(columns, lines[0][0])
        if self.named.isdisjoint(columns):
            lines = lines[:1]  # whatever it is, its rows say nothing here
        rows = [self.row(line, dict(zip(columns, cells, strict=True))) for line, cells in self.full(lines, columns)]
        self.check_rows(rows)
        if self.problems:
            told = f" (the first {MOST_TOLD:,} are listed)" if self.wrong > MOST_TOLD else ""
            in_order = sorted(self.problems, key=lambda problem: problem.line or 0)
            raise ResponsesError(f"{self.name} has {count(self.wrong, 'problem')}{told}; nothing was scored.", in_order)
        if (rounds := len({row.round for row in rows})) > MOST_ROUNDS:
            hint = "Check the column “round”: everybody who answered on one occasion has the same there."
            raise ResponsesError(f"{self.name} has {rounds:,} rounds; there is room for {MOST_ROUNDS:,}.", hint=hint)
        if not rows:
            raise ResponsesError(
                f"{self.name} has no rows of answers.", hint="One row for each respondent, below the first."
            )
        return self.by_round(rows)

    def cells(self, text: str) -> list[tuple[int, list[str]]]:
        try:
            found = list(islice(csv_text.rows(text), MOST_ROWS + 2))
        except csv_text.NotCsvError as error:
            raise ResponsesError(f"{self.name}, from line {error.line}: {error.words}", hint=error.hint) from None
        if len(found) > MOST_ROWS + 1:
            hint = "Check that this is the file you mean, and score it in parts."
            raise ResponsesError(f"{self.name} has more than {MOST_ROWS:,} rows of answers.", hint=hint)
        return found

    def check_columns(self, columns: Sequence[str], line: int) -> None:
        seen: set[str] = set()
        for position, column in enumerate(columns):
            if not column:
                message = f"Column {position + 1} has no name."
                self.problem("unknown-column", message, "Write an item's id at its head, or take it out.", line)
            elif column not in self.named:
                say = f"There is no item “{clean(column, 40)}”."
                leave_out = f'To leave the column out: --ignore "{clean(column, 40)}".'
                hint = (did_you_mean(column, self.named) or leave_out) if self.tells else ""
                self.problem("unknown-column", say, hint, line, column)
            elif column in seen:
                self.problem("duplicate-column", f"Two columns are called “{column}”.", "Take one out.", line, column)
            seen.add(column)
        for column in self.needed():
            if column not in columns:
                hint = "Every item that is scored has a column, empty where nobody answered."
                if column in ("respondent", "group"):
                    hint = f"Give each row its {column}, in a column with this name."
                self.problem("missing-column", f"There is no column “{column}”.", hint, line, column)

    def needed(self) -> list[str]:
        """The columns there must be: who answered, every choice, and whatever decides whether one is asked."""
        asked = {item.id: item for items in self.offered.values() for item in items}
        conditions = [parse(item.show_if) for item in asked.values() if item.show_if and item.has_figures]
        deciding = {compare.item for condition in conditions for compare in comparisons(condition)}
        items = [id for id, item in self.items.items() if id in asked and (item.has_figures or id in deciding)]
        return ["respondent", *(["group"] if self.groups else []), *items]

    def full(self, lines: Sequence[tuple[int, list[str]]], columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
        """The rows below the first that have a cell for each column."""
        for line, cells in lines[1:]:
            if len(cells) == len(columns):
                yield line, cells
            else:
                message = f"The row has {len(cells)} cells; there are {len(columns)} columns."
                self.problem("ragged-row", message, "Give it a cell for each column.", line)

    def row(self, line: int, cells: Mapping[str, str]) -> Row:
        respondent = clean(cells.get("respondent", "")).strip()
        if not respondent and "respondent" in cells:
            hint = "Any number or letters, as long as each person has their own."
            self.problem("no-respondent", "The row does not say who answered.", hint, line, "respondent")
        group = self.group(line, clean(cells["group"]).strip()) if "group" in cells else None
        responses: dict[str, Response] = {}
        for id, known in self.known.items():
            if id in cells:
                cell = cells[id]
                responses[id] = known[cell] if cell in known else self.response(line, self.items[id], cell)
        round = clean(cells.get("round", "")).strip() or ONLY_ROUND
        return Row(line, respondent, group, round, responses)

    def group(self, line: int, name: str) -> GroupKey | None:
        if not self.groups:
            return None
        if name not in self.groups:
            say = f"There is no group “{clean(name, 40)}”." if name else "The row does not say which group."
            hint = (
                (did_you_mean(name, self.groups) or f"The groups are {', '.join(self.groups)}.") if self.tells else ""
            )
            self.problem("unknown-group", say, hint, line, "group")
        return GroupKey(name)

    def response(self, line: int, item: Item, cell: str) -> Response:
        """What a cell means that was not seen before."""
        words = cell.strip().lower()
        response: Response | None = WORDS.get(words)
        if response is None and len(words) <= LONGEST_ANSWER:
            response = self.value(item, words)
        if response is None:
            code = item.answering.off_range
            message, hint = f"“{clean(cell, 40).strip()}” is not a value of this item.", self.accepted(item)
            meant = [one for one in item.answering.readings(words) if self.can_be(item, one)]
            if len(meant) > 1:
                code = "two-numbers"
                message = f"“{clean(cell, 40).strip()}” can be {' or '.join(map(_exactly, meant))}."
                hint = "Write the one that is meant without the comma."
            self.problem(code, message, hint, line, item.id)
            return Missing.SKIPPED
        self.known[item.id][cell] = response
        return response

    def can_be(self, item: Item, one: float | str) -> bool:
        """Whether something can be answered to an item, or be a part of the answer."""
        if item.has_points:
            return one in self.questionnaire.scale_of(item).values
        return item.answering.accepts(one)

    def value(self, item: Item, cell: str) -> Response | None:
        """The answer that a cell holds, in figures or in words; None for what is no answer to this item, or can be two
        numbers."""
        if item.takes_several:
            return self.several(item, cell)
        if not (meant := item.answering.readings(cell)):
            return self.labels[item.id].get(_flat(cell))
        return self.one(item, meant)

    def one(self, item: Item, meant: Sequence[float | str]) -> float | str | None:
        """Of what a cell can mean, the one that can be answered to an item. Whether a comma stands before thousands is
        never guessed where any number can be answered."""
        fits = [one for one in meant if self.can_be(item, one)]
        return fits[0] if len(fits) == 1 and (item.has_points or len(meant) == 1) else None

    def several(self, item: Item, cell: str) -> Response | None:
        """Points of a scale, as "1 3" or "1|3", or as words with a bar, a semicolon or a comma between them."""
        labels = self.labels[item.id]
        if isinstance(alone := labels.get(_flat(cell)), Missing):
            return alone
        chosen: set[Response | None] = {self.one(item, readings(one)) for one in re.split(r"[\s|]+", cell)}
        if None in chosen:
            chosen = {alone} if alone is not None else {labels.get(_flat(one)) for one in re.split(r"[|;,]", cell)}
        values = self.questionnaire.scale_of(item).values
        return tuple(value for value in values if value in chosen) if chosen <= set(values) else None

    def accepted(self, item: Item) -> str:
        if not item.has_points:
            return f"Write {item.answering.in_table()}, or dk, na, or nothing."
        points = ", ".join(f"{value:g}" for value in self.questionnaire.scale_of(item).values)
        some = "one or more, with spaces between, of" if item.takes_several else "one of"
        words = " (or the words for it)" if self.labels[item.id] else ""
        return f"Write {some} {points}{words}, or dk, na, or nothing."

    def check_rows(self, rows: Sequence[Row]) -> None:
        seen: dict[tuple[str, str], int] = {}
        groups: dict[str, tuple[GroupKey | None, int]] = {}
        for row in rows:
            if not row.respondent:
                continue
            first = seen.setdefault((row.round, row.respondent), row.line)
            group, line = groups.setdefault(row.respondent, (row.group, row.line))
            name = clean(row.respondent, 40)
            if first != row.line:
                message = f"“{name}” has a row already, in line {first}."
                self.problem(
                    "duplicate-row", message, "One row for each respondent in each round.", row.line, "respondent"
                )
            elif group != row.group:
                message = f"“{name}” is in “{row.group}” here and in “{group}” in line {line}."
                self.problem("two-groups", message, "A respondent belongs to one group.", row.line, "group")

    def by_round(self, rows: Sequence[Row]) -> Read:
        unasked: dict[str, int] = {}
        rounds: dict[str, list[tuple[Row, str]]] = {}
        conditional = any(item.show_if for item in self.questionnaire.items)
        offered_to = {group: {item.id for item in items} for group, items in self.offered.items()}
        for row in rows:
            shown = offered_to[row.group]
            if conditional:
                shown = {item.id for item in met(self.offered[row.group], row.responses)}
            for id in row.responses.keys() - shown:
                if not isinstance(row.responses[id], Missing):
                    unasked[id] = unasked.get(id, 0) + 1
            rounds.setdefault(row.round, []).append((row, self.characters(row.responses, shown)))
        return Read({name: self.answers(rounds[name]) for name in sorted(rounds, key=_natural)}, self.warn(unasked))

    def characters(self, responses: Mapping[str, Response], shown: set[str]) -> str:
        not_asked = Missing.NOT_ASKED.value
        return "".join(
            codes[responses.get(id, Missing.SKIPPED)] if id in shown else not_asked for id, codes in self.codes.items()
        )

    def answers(self, rows: Sequence[tuple[Row, str]]) -> Answers:
        return from_characters(
            self.questionnaire,
            [characters for _, characters in rows],
            [row.group for row, _ in rows],
            [row.respondent for row, _ in rows],
        )

    def warn(self, unasked: Mapping[str, int]) -> tuple[Problem, ...]:
        return tuple(
            Problem(
                code="not-asked",
                message=f"{count(number, 'answer')} left out: these people are not asked this item.",
                hint="Their group is not asked it, or its condition is not true of them.",
                place=id,
                file=self.name,
                severity="warning",
            )
            for id in self.items
            if (number := unasked.get(id))
        )

    @property
    def tells(self) -> bool:
        """Whether a problem found now is listed one by one. What it takes long to say of others is not worked out."""
        return self.wrong < MOST_TOLD

    def problem(self, code: str, message: str, hint: str, line: int, place: str = "") -> None:
        self.wrong += 1
        if self.wrong <= MOST_TOLD:
            self.problems.append(Problem(code=code, message=message, hint=hint, file=self.name, line=line, place=place))


class _Codes(dict[Response, str]):
    """The character of each response to one item, worked out once."""

    def __init__(self, item: Item, questionnaire: Questionnaire) -> None:
        super().__init__()
        self.item = item
        self.questionnaire = questionnaire

    def __missing__(self, response: Response) -> str:
        self[response] = encode(self.item, response, self.questionnaire)
        return self[response]


def _labels(questionnaire: Questionnaire, item: Item) -> dict[str, Response]:
    """What can be answered to an item in words. Words that two points have mean neither."""
    if not item.has_points:
        return {}
    scale = questionnaire.scale_of(item)
    said: list[tuple[str, Response]] = [(point.label, point.value) for point in scale.points]
    beside = (
        (dont_know(questionnaire, item), Missing.DONT_KNOW),
        (not_applicable(questionnaire, item), Missing.NOT_APPLICABLE),
    )
    said += [(words, missing) for words, missing in beside if words]
    times = Counter(_flat(words) for words, _ in said)
    return {_flat(words): response for words, response in said if words.strip() and times[_flat(words)] == 1}


def _exactly(one: float | str) -> str:
    return one if isinstance(one, str) else f"{one:.15g}"


def _flat(words: str) -> str:
    """Words without regard to capitals, to how many blanks are between them and to the shape of an apostrophe."""
    return " ".join(words.replace("’", "'").casefold().split())


def _without_columns(lines: Sequence[tuple[int, list[str]]], ignored: Collection[str]) -> list[tuple[int, list[str]]]:
    """The rows without the columns that are ignored, and without those that are empty from head to foot. Blank cells
    beyond the last column are no cells."""
    heads = [clean(head).strip() for head in lines[0][1]]
    width = len(heads)
    nameless = [at for at, head in enumerate(heads) if not head]
    empty = {at for at in nameless if not any(at < len(cells) and cells[at].strip() for _, cells in lines)}
    kept = [at for at, head in enumerate(heads) if head not in ignored and at not in empty]
    if len(kept) == width and all(len(cells) <= width for _, cells in lines):
        return list(lines)
    found = []
    for line, cells in lines:
        beyond = cells[width:] if any(cell.strip() for cell in cells[width:]) else []
        found.append((line, [cells[at] for at in kept if at < len(cells)] + beyond))
    return found


def _natural(name: str) -> tuple[tuple[bool, int, str], ...]:
    """Numbers within a name in their order, before words: "2" before "10", "Round 2" before "Round 10"."""
    pieces = [piece for piece in re.split(r"([0-9]+)", name) if piece]
    key = tuple((False, int(piece[:18]), "") if piece.isdecimal() else (True, 0, piece) for piece in pieces)
    return (*key, (False, -1, name))
