"""The rows of an export of a survey service become sheets of a round: all of them, or none."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from selfassess.errors import Problem, ResponsesError, UsageError
from selfassess.model.questionnaire import Edition, GroupKey, Item
from selfassess.model.round import EVERYBODY, Round
from selfassess.model.routing import asked_items, offers
from selfassess.model.sheet import Draft, Missing, Response, Sheet, Ticket
from selfassess.numbers import whole_number
from selfassess.paths import program
from selfassess.project.rounds import Rounds
from selfassess.project.survey_rows import FromRow
from selfassess.scoring.response_csv import WORDS, Reader
from selfassess.services.groups import titles_of
from selfassess.services.survey_columns import NAMED, Columns, Undecided, closest, place, shown
from selfassess.services.survey_export import Export, flat, known_headings
from selfassess.services.survey_map import Counted, Decisions, in_toml
from selfassess.sitting import state
from selfassess.sitting.round_entry import asks_consent
from selfassess.text import clean, count, listed, meant, nearest_or_all

MOST_TOLD = 100
"""How many different problems are told."""
_PLACE_CODE = re.compile(r"a0*(\d{1,2})")
"""How LimeSurvey calls the answers to a question that nobody named."""
_COUNTED = re.compile(r"-?\d+\s*[-–=:.)]\s*(.*[^\W\d_].*)", re.DOTALL)
"""A number before an answer in words, as in "5 - Strongly agree"; not "3.5", which is an answer of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What the rows of an export would bring into a round."""

    round: Round
    rows: tuple[FromRow, ...]
    """Those that are new."""
    already_here: int
    empty: int
    """Rows without any answer."""
    unfinished: int
    """Rows that were begun and not sent off."""
    not_asked: int
    """Answers that are left out because that group is not asked the question, or its condition is not true."""
    untold: int
    """How many rows came into the round that cannot be told from these: because one of both has no id, or because those
    came before the round was closed."""
    has_ids: bool

    @property
    def by_group(self) -> Mapping[GroupKey, int]:
        """How many rows are new, by the group's id."""
        found = Counter(row.sheet.group or EVERYBODY for row in self.rows)
        return {group: found[group] for group in self.round.invited if found[group]}

    @property
    def may_count_twice(self) -> bool:
        """Whether some of the rows could be in the round already."""
        return bool(self.untold and self.rows)


def round_for(rounds: Rounds, name: str | None) -> Round:
    """The open round of that id or title; without a name the only open one. UsageError where it is not open, or where
    there are several."""
    everything = rounds.all()
    there = [one for one in everything if one.state == "open"]
    round = there[0] if name is None and len(there) == 1 else None
    if name is None and len(there) > 1:
        raise UsageError("Say which round.", f"With --round: {', '.join(one.id for one in there)}.")
    round = round or rounds.get(name)
    if round.state != "open":
        command = program(str(rounds.project.path))
        if round.state == "new":
            raise UsageError(f"The round “{round.title}” is not open yet.", f"First: {command} round open {round.id}")
        raise UsageError(f"The round “{round.title}” is closed.", "Answers can be taken in only while it is open.")
    return round


def prepare(
    rounds: Rounds, round: Round, edition: Edition, export: Export, columns: Columns, decisions: Decisions,
    group: GroupKey | None,
) -> Intake:  # fmt: skip  # in few lines
    """What an export would bring. `group` is the group of all rows, where one was said. ResponsesError holds everything
    that is wrong with it."""
    return _Reader(rounds, round, edition, export, columns, decisions, group).intake()


def take_in(rounds: Rounds, edition: Edition, intake: Intake) -> None:
    """Keep the sheets of all rows that are new, or none. UsageError where the round was closed meanwhile, or where
    somebody else took some of them in."""
    rounds.rows.take_in(intake.round.id, intake.rows, edition.questionnaire)


def undecided(
    rounds: Rounds, round: Round, edition: Edition, export: Export, columns: Columns, decisions: Decisions,
    group: GroupKey | None,
) -> tuple[Undecided, ...]:  # fmt: skip  # in few lines
    """Everything that a person has to decide before rows can be read: of columns; then of numbers that could be the
    values of a scale or places on it; then of groups and answers that are near to those there are."""
    if columns.undecided:
        return columns.undecided
    reader = _Reader(rounds, round, edition, export, columns, decisions, group)
    return tuple(reader.scales.undecided()) or (*reader.near_groups(), *reader.near_answers())


class _Scales:
    """What the numbers in an export mean, by scale."""

    def __init__(self, export: Export, columns: Columns, edition: Edition, decisions: Decisions) -> None:
        self.questionnaire = edition.questionnaire
        self.decisions = decisions
        self.seen: dict[str, set[int]] = defaultdict(set)
        items = {item.id: item for item in self.questionnaire.items}
        for at, answered in columns.answers.items():
            item = items.get(answered.id)
            if item and item.has_figures:
                numbers = (whole_number(cell, 1_000) for cell in {*export.column(at)})
                self.seen[item.scale or ""] |= {number for number in numbers if number is not None}

    def are(self, scale: str) -> Counted | None:
        """What numbers on a scale mean; None where they could mean two things. A point without a label is known by its
        value alone, so there numbers are values."""
        if scale in self.decisions.scales:
            return self.decisions.scales[scale]
        if not all(point.label for point in self.questionnaire.scales[scale].points):
            return "values"
        values, seen = self.questionnaire.scales[scale].values, self.seen[scale]
        by_place = dict(enumerate(values, 1))
        if seen <= by_place.keys() and seen <= {*values} and any(by_place[one] != one for one in seen):
            return None
        return "positions" if seen <= by_place.keys() and not seen <= {*values} else "values"

    def undecided(self) -> Iterator[Undecided]:
        for scale in self.seen:
            if self.are(scale) is None:
                points = self.questionnaire.scales[scale].points
                values = ", ".join(f"{point.value:g} for “{point.label}”" for point in points)
                yield Undecided(
                    f"On the scale “{scale}” the answers are numbers. Do they mean {values}? (If not, they are places "
                    f"on the scale: 1 for “{points[0].label}”, and so on.)",
                    self.decisions.with_scale(scale, "values"),
                    self.decisions.with_scale(scale, "positions"),
                    f'In the --map file, write below [scales]: {scale} = "values", or "positions".',
                )


class _Reader:
    """Reads one row after the other, keeping all problems on the way."""

    def __init__(
        self, rounds: Rounds, round: Round, edition: Edition, export: Export, columns: Columns, decisions: Decisions,
        group: GroupKey | None,
    ) -> None:  # fmt: skip  # in few lines
        self.rounds, self.round, self.edition = rounds, round, edition
        self.questionnaire = edition.questionnaire
        self.export, self.columns, self.decisions = export, columns, decisions
        self.group = group
        self.items = {item.id: item for item in self.questionnaire.items}
        self.scales = _Scales(export, columns, edition, decisions)
        self.words = Reader(export.name, self.questionnaire, round.form)
        self.titles = {group.id: group.title for group in self.questionnaire.groups}
        self.known: dict[tuple[str, float | None, str], Response | None] = {}
        """By item, point and cell, what it means; None where it is no answer."""
        self.groups: dict[str, GroupKey | None] = {}
        self.matching: dict[str, str] = {}
        self.strange: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        """By what can be answered and by cell, where there is something that is no answer, by the id of the item."""
        self.doubled: dict[tuple[int, int], list[int]] = defaultdict(list)
        """The rows in which a question has answers in two columns, by these columns."""
        self.blank = known_headings()["blank"].get(export.service, ())
        self.problems: list[Problem] = []
        self.not_asked = 0

    def intake(self) -> Intake:
        self.check_first_row()
        self.check_people()
        taken = self.rounds.rows.taken(self.round.id)
        here, keys = {*taken.keys}, dict[int, str]()
        if self.columns.id is not None:
            keys = {line: self.rounds.rows.key(self.round, cells[self.columns.id].strip())
                    for line, cells in self.export.rows}  # fmt: skip  # in few lines
        empty = unfinished = already_here = 0
        rows: list[FromRow] = []
        for line, cells in self.export.rows:
            if self.finished and not any(cells[at].strip() for at in self.finished):
                unfinished += 1
            elif keys.get(line) in here:
                already_here += 1
            elif not any(cells[at].strip() for at in self.columns.answers):
                empty += 1
            elif (sheet := self.sheet(line, cells)) is not None:
                rows.append(FromRow(sheet, keys.get(line, "")))
        self.tell_strange()
        self.tell_doubled()
        if self.problems:
            told = sorted(self.problems, key=lambda problem: problem.line or 0)[:MOST_TOLD]
            first = f" (the first {MOST_TOLD} are listed)" if len(self.problems) > MOST_TOLD else ""
            wrong = count(len(self.problems), "problem")
            raise ResponsesError(f"{self.export.name} has {wrong}{first}; nothing was taken in.", told)
        return Intake(
            round=self.round,
            rows=tuple(rows),
            already_here=already_here,
            empty=empty,
            unfinished=unfinished,
            not_asked=self.not_asked,
            untold=taken.untold + (0 if keys else len(taken.keys)),
            has_ids=bool(keys),
        )

    def near_groups(self) -> Iterator[Undecided]:
        """The groups in the export that are near to one there is, each once."""
        at = self.columns.group
        if at is None:
            return
        known = {flat(words): group for group, title in self.titles.items() for words in (group, title)}
        for cell in dict.fromkeys(self.export.column(at)):
            if self.meant_group(cell) is None and (close := closest(cell, known)):
                group = known[close]
                yield Undecided(
                    f"Column {place(at)} says {shown(cell)}. Is that the group “{self.titles[group]}”?",
                    self.decisions.with_group(cell, group),
                    None,
                    f"In the --map file, write below [groups]: {in_toml(cell)} = {in_toml(group)}, or another group.",
                )

    def near_answers(self) -> Iterator[Undecided]:
        """The answers in the export that are near to a label of their scale, each once for a scale."""
        seen: set[tuple[str, str]] = set()
        for at, answered in self.columns.answers.items():
            item = self.items.get(answered.id)
            if item is None or not item.scale or not item.has_points or item.takes_several:
                continue
            labels = {flat(point.label): point for point in self.questionnaire.scale_of(item).points if point.label}
            for cell in dict.fromkeys(self.export.column(at)):
                key = item.scale, flat(cell)
                if key in seen or flat(cell) in self.blank or self.read(item.id, None, cell) is not None:
                    continue
                seen.add(key)
                if close := closest(cell, labels):
                    point = labels[close]
                    yield Undecided(
                        f"Column {place(at)} says {shown(cell)}. Does that mean “{point.label}”?",
                        self.decisions.with_answer(item.scale, cell, point.value),
                        None,
                        f"In the --map file, write below [answers.{item.scale}]: {in_toml(cell)} = {point.value:g}, or "
                        "another value.",
                    )

    def check_people(self) -> None:
        """Find rows that belong to one person, by their id, their address or their access code."""
        people = known_headings()["people"]["headings"]
        for at, heading in enumerate(self.export.headings):
            is_id = at == self.columns.id
            if not is_id and self.columns.dropped.get(at) != "e-mail" and flat(heading) not in people:
                continue
            lines: dict[str, list[int]] = defaultdict(list)
            for line, cells in self.export.rows:
                words = flat(cells[at])
                if is_id and not words:
                    hint = "Each row needs its own, so that it can be told from others the next time."
                    self.wrong("no-id", "The row has no id.", hint, line)
                elif words and (is_id or "@" in words or flat(heading) in people):
                    lines[words].append(line)
            for found in lines.values():
                if len(found) > 1:
                    same = listed(map(str, found), most=NAMED)
                    said = f"Rows {same} have the same in column {place(at)}, {shown(heading)}: they are one person's."
                    self.wrong("two-rows", said, "Delete the rows that don't count, then try again.", found[0])

    @cached_property
    def finished(self) -> tuple[int, ...]:
        """The columns that are empty where the answers of a row were not sent off."""
        known = known_headings()["finished"].get(self.export.service, ())
        return tuple(at for at, heading in enumerate(self.export.headings) if flat(heading) in known)

    def check_first_row(self) -> None:
        """ResponsesError where the first row looks like more headings: nothing in it is an answer, and nothing in it
        is said again below."""
        (line, first), *below = self.export.rows
        choices = {at: one for at, one in self.columns.answers.items()
                   if first[at].strip() and one.id in self.items and self.items[one.id].has_figures}  # fmt: skip
        if len(choices) < 2 or len(below) < 2:
            return
        if all(self.read(one.id, one.point, first[at].strip()) is None for at, one in choices.items()) and not any(
            cells[at] == first[at] for _, cells in below for at in choices
        ):
            raise ResponsesError(
                f"{self.export.name}, row {line}: this looks like a second row of headings, so nothing was taken in.",
                hint="If the file comes from SurveyMonkey, add --from surveymonkey. Else delete the row.",
            )

    def sheet(self, line: int, cells: Sequence[str]) -> Sheet | None:
        """The sheet of a row; None where its group is not known."""
        group = self.group_of(line, cells)
        if group is None:
            return None
        given: dict[str, Response] = {}
        chosen: dict[str, set[float]] = defaultdict(set)
        where: dict[str, int] = {}
        for at, answered in self.columns.answers.items():
            cell = cells[at].strip()
            if not cell or flat(cell) in self.blank:
                continue
            response = self.response(line, at, cell)
            if answered.point is not None:
                if response == answered.point:
                    chosen[answered.id].add(answered.point)
                continue
            if answered.id in where:
                self.doubled[where[answered.id], at].append(line)
            where[answered.id] = at
            if response is not None and response is not Missing.SKIPPED:
                given[answered.id] = response
        for id, points in chosen.items():
            values = self.questionnaire.scale_of(self.items[id]).values
            given[id] = tuple(value for value in values if value in points)
        return self.handed_in(line, cells, group, given)

    def handed_in(self, line: int, cells: Sequence[str], group: GroupKey, given: Mapping[str, Response]) -> Sheet:
        responses = {id: one for id, one in given.items() if id in self.items}
        comments = {id: one for id, one in given.items() if id not in self.items and isinstance(one, str)}
        shown_to = {item.id for item in asked_items(self.questionnaire, group or None, self.round.form, responses)}
        self.not_asked += len(responses.keys() - shown_to)
        draft = Draft(
            questionnaire=self.edition.sha256,
            group=group or None,
            form=self.round.form,
            responses=responses,
            comments=comments,
            ticket=Ticket(
                round=self.round.key, agrees=self.agrees(line, cells, group), matching=self.matching_key(cells)
            ),
        )
        return state.hand_in(self.questionnaire, draft)

    def group_of(self, line: int, cells: Sequence[str]) -> GroupKey | None:
        """The group of a row; None where that is a problem."""
        if self.group is not None or not self.titles:
            return self.group or EVERYBODY
        if self.columns.group is None:
            if len(self.round.invited) == 1:
                return next(iter(self.round.invited))
            raise self.no_groups()
        words = cells[self.columns.group].strip()
        found = self.meant_group(words)
        if found is None:
            said = f"There is no group “{clean(words, 40)}”." if words else "The row does not say which group."
            there = nearest_or_all(words, self.titles.values(), "group")
            own = f' Or write in the --map file, below [groups]: "{clean(words, 40)}" = its id.'
            self.wrong("unknown-group", said, there + (own if words else ""), line)
        elif found not in self.round.invited:
            said = f"{self.titles[found]} takes no part in this round."
            self.wrong("other-group", said, "Delete the row, or add the group to the round.", line)
            return None
        return found

    def meant_group(self, words: str) -> GroupKey | None:
        """The group that words mean, by a decision or by its id or title; None where they mean none."""
        if words not in self.groups:
            by_decision = {flat(said): id for said, id in self.decisions.groups.items()}
            self.groups[words] = by_decision.get(flat(words)) or meant(words, self.titles)
        return self.groups[words]

    def no_groups(self) -> ResponsesError:
        """The error where nothing says in which groups people are."""
        return ResponsesError(
            f"{self.export.name} does not say in which group people are.",
            hint=f"If all are in one: --group {next(iter(self.round.invited))}. If a column says it, write in the file "
            'of --map, below [columns]: "its heading" = "the group".',
        )

    def agrees(self, line: int, cells: Sequence[str], group: GroupKey) -> bool | None:
        """Whether the person agrees that their small group is shown; None where the round does not ask, or where they
        did not say."""
        if self.columns.consent is None or not asks_consent(self.round, group):
            return None
        words, answers = flat(cells[self.columns.consent]), known_headings()["answers"]
        if words in answers["yes"] or not words:
            return True if words else None
        if words not in answers["no"]:
            said = f"“{clean(words, 40)}” does not say whether the group may be shown."
            self.wrong("no-consent", said, "Write yes or no, or nothing, which counts as no.", line)
        return False

    def matching_key(self, cells: Sequence[str]) -> str:
        """The key of the code that the person made up; nothing where they made none, or the round asks for none."""
        if self.columns.code is None or not self.round.rules.matching:
            return ""
        code = cells[self.columns.code].strip()
        if code not in self.matching:
            try:
                self.matching[code] = self.rounds.admission.matching_key(code) if code else ""
            except UsageError:  # nothing in it but hyphens
                self.matching[code] = ""
        return self.matching[code]

    def response(self, line: int, at: int, cell: str) -> Response | None:
        """What a cell of a column means; None for what is no answer."""
        answered = self.columns.answers[at]
        key = answered.id, answered.point, cell
        if key not in self.known:
            self.known[key] = self.read(answered.id, answered.point, cell)
        response = self.known[key]
        if response is None:
            item = self.items[answered.id]
            self.strange[item.scale if item.has_points and item.scale else item.id, cell][item.id].append(
                f"{place(at)}{line}"
            )
        return response

    def read(self, id: str, point: float | None, cell: str) -> Response | None:
        item = self.items.get(id)
        if item is None or item.is_in_words:
            return clean(cell) or Missing.SKIPPED
        if point is not None:
            return self.marked(item, point, cell)
        found = self.said(item, cell)
        if found is None and (counted := _COUNTED.fullmatch(cell)):
            found = self.said(item, counted[1])
        is_one = found is Missing.SKIPPED or (found is not None and offers(self.questionnaire, item, found))
        return found if is_one else None

    def marked(self, item: Item, point: float, cell: str) -> Response | None:
        """Whether a cell chooses the point that its column is about: with its label, or with yes."""
        words, answers = flat(cell), known_headings()["answers"]
        if words in answers["no"]:
            return Missing.SKIPPED
        is_chosen = words in (*answers["yes"], flat(self.questionnaire.scale_of(item).label(point)))
        return point if is_chosen else None

    def said(self, item: Item, cell: str) -> Response | None:
        """What a cell says by a decision, as a place on the scale, as a value, or in words."""
        scale = item.scale or ""
        if item.has_points:
            decided = {flat(words): value for words, value in self.decisions.answers.get(scale, {}).items()}
            if flat(cell) in decided:
                return decided[flat(cell)]
        if item.has_figures:
            values = self.questionnaire.scale_of(item).values
            code = _PLACE_CODE.fullmatch(flat(cell))
            counted = code[1] if code else cell if self.scales.are(scale) == "positions" else ""
            if (number := whole_number(counted, len(values))) is not None:
                return values[number - 1] if number else None
        if item.takes_several:
            return self.words.several(item, cell.strip("; ").replace(";", "|").lower()) or self.words.several(
                item, cell.lower()
            )
        words = flat(cell)
        return WORDS[words] if words in WORDS else self.words.value(item, words)

    def tell_strange(self) -> None:
        """Say what is no answer, each once, however often it is there."""
        for (_, cell), by_item in self.strange.items():
            items = [self.items[id] for id in by_item]
            places = [one for some in by_item.values() for one in some]
            is_formula = cell.startswith("=")
            questions = "this question" if len(items) == 1 else f"these {len(items):,} questions"
            said = f"“{clean(cell, 40)}” is {'a formula' if is_formula else f'not an answer to {questions}'}"
            hint = "Write the answer itself into the cell." if is_formula else self.accepted(items[0], cell)
            self.problems.append(
                Problem(
                    code="value-off-scale",
                    message=f"{said}: {listed(places, most=NAMED)}.",
                    hint=hint,
                    file=self.export.name,
                    place=listed((item.id for item in items), most=NAMED),
                )
            )

    def tell_doubled(self) -> None:
        """Say which questions have answers in two columns, each once, however many rows it is in."""
        for (first, second), lines in self.doubled.items():
            rows = listed([f"{line}" for line in lines], most=NAMED)
            said = (
                f"{shown(self.export.headings[second])} is answered twice: in the columns {place(first)} and "
                f"{place(second)}, in row{'s' if len(lines) > 1 else ''} {rows}."
            )
            self.wrong("two-columns", said, "Delete the column that doesn't count, then try again.", lines[0])

    def accepted(self, item: Item, cell: str) -> str:
        if not item.has_points:
            return self.words.accepted(item)
        labels = [point.label or f"{point.value:g}" for point in self.questionnaire.scale_of(item).points]
        return (
            f"The answers are {listed(labels, 'or')}. If it means one of them, write in the --map file, below "
            f'[answers.{item.scale}]: "{clean(cell, 40)}" = its value.'
        )

    def wrong(self, code: str, message: str, hint: str, line: int) -> None:
        self.problems.append(Problem(code=code, message=message, hint=hint, file=self.export.name, line=line))


def told(edition: Edition, intake: Intake, *, has_consent: bool) -> Iterator[str]:
    """What an export would bring, in sentences, before it is taken in."""
    titles = titles_of(edition.questionnaire)
    groups = ", ".join(f"{titles[group]} {number:,}" for group, number in intake.by_group.items() if group)
    yield f"New: {count(len(intake.rows), 'sheet')}" + (f" ({groups})." if groups else ".")
    if intake.already_here:
        yield f"Already here: {count(intake.already_here, 'row')}. What came first stays."
    if intake.unfinished:
        yield f"Not finished, so left out: {count(intake.unfinished, 'row')}."
    if intake.empty:
        yield f"Without any answer, so left out: {count(intake.empty, 'row')}."
    if intake.not_asked:
        yield f"Left out because these people are not asked the question: {count(intake.not_asked, 'answer')}."
    small = [titles[group] for group in intake.by_group if asks_consent(intake.round, group)]
    if small and not has_consent:
        least = intake.round.rules.thresholds.min_group
        yield (
            f"The form does not ask whether a small group may be shown: if fewer than {least} hand in, "
            f"{listed(small, 'or')} will be left out of every result."
        )
    if intake.round.rules.codes:
        yield "This round has codes. A person who answered with one and in the form as well would count twice."
    if not intake.has_ids:
        yield "No column has an id for each row, so later nobody can tell which rows are in already."


def twice(intake: Intake) -> str:
    """What is asked where rows could be in the round already."""
    return (
        f"{count(intake.untold, 'row')} of an export came into this round before, and nobody can tell whether these "
        "are the same people. Are all of these new?"
    )
