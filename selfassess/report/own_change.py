"""One person's own change: the same questionnaire answered twice or more, by the same person and for that person.

Nothing is withheld, since it is theirs; and nothing is made of chance: what one person said on two days is a fact.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selfassess.definition.comparability import comparability
from selfassess.disclosure.matching import Alike, Answered
from selfassess.errors import UsageError
from selfassess.model.questionnaire import Edition, Questionnaire
from selfassess.model.sheet import Form, Sheet
from selfassess.model.summary import Level
from selfassess.model.units import OVERALL, decimals, in_units, nodes, shown
from selfassess.model.version import Comparability
from selfassess.report import comparison_basis as basis
from selfassess.report import comparison_words as words
from selfassess.report.blocks import Block, Grid, Notes, Point, Points, Words
from selfassess.report.comparison import Move, Moves, Part
from selfassess.report.round_wording import MADE_UP
from selfassess.report.wording import count, day, number
from selfassess.scoring.answers import from_sheets

NOBODY_ELSE = "one person's own view then and now, for that person"
ONE_PERSON = (
    "Answers of one person differ a little from day to day, even where nothing changed. A few points are nothing to "
    "make much of."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMove:
    """A node then and now, in points (0 to 100); None where there is no score."""

    id: str
    level: Level
    then: float | None
    now: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnChange:
    """One person's sittings side by side: the first and the last of those chosen, and all of them as a trend."""

    editions: tuple[Edition, Edition]
    names: tuple[str, ...]
    """What each sitting is called: its date, or its round."""
    comparability: Comparability
    moves: tuple[OwnMove, ...]
    forms: tuple[Form, Form]
    """Which form was answered then, and now."""
    groups: tuple[str | None, str | None]
    """The group that the person was in then, and now."""
    trend: tuple[tuple[str, tuple[float | None, ...]], ...]
    """By node, the score in each sitting, where there are more than two; None where there is none, or it was made from
    other items than in the last."""
    made_up: bool = False

    @property
    def questionnaire(self) -> Questionnaire:
        """The later version: its words and its rules are used for all."""
        return self.editions[1].questionnaire


@dataclass(frozen=True, slots=True)
class Sitting:
    """A sheet with the edition that it was answered in, and what it is called."""

    edition: Edition
    sheet: Sheet
    name: str = ""

    @property
    def answered(self) -> Answered:
        return Answered(from_sheets(self.edition.questionnaire, [self.sheet]))


def named(sheet: Sheet) -> str:
    """What a sitting of one's own is called: "3 May 2026"."""
    return day(sheet.date) or "a sitting without a date"


def dated(date: datetime.datetime | None) -> datetime.datetime:
    """When a sheet was handed in, to put sheets in order."""
    return date or datetime.datetime.min.replace(tzinfo=datetime.UTC)


def own_change(sittings: Sequence[Sitting], *, made_up: bool = False) -> OwnChange:
    """How one person's scores changed from the first to the last of two or more sittings. UsageError where they are of
    different questionnaires, or asked nothing alike."""
    first, last = sittings[0], sittings[-1]
    for one in sittings:
        if one.edition.questionnaire.id != last.edition.questionnaire.id:
            raise UsageError("These are of different questionnaires.", "Compare sittings of the same one.")
    found = _comparability(first, last)
    alike = Alike(first.answered, last.answered, found)
    moves = tuple(_moves(alike))
    if not moves:
        raise UsageError("The two sittings asked nothing in the same words, so there is nothing to compare.")
    return OwnChange(
        editions=(first.edition, last.edition),
        names=tuple(_names(sittings)),
        forms=(first.sheet.form, last.sheet.form),
        groups=(first.sheet.group, last.sheet.group),
        comparability=found,
        moves=moves,
        trend=tuple(_trend(sittings)) if len(sittings) > 2 else (),
        made_up=made_up,
    )


def _names(sittings: Sequence[Sitting]) -> Iterator[str]:
    """What each is called; with the group, where the person was not in the same one each time."""
    is_one_group = len({one.sheet.group for one in sittings}) == 1
    for one in sittings:
        group = "" if is_one_group else one.edition.questionnaire.group_title(one.sheet.group)
        yield f"{one.name} ({group})" if group else one.name


def _comparability(before: Sitting, after: Sitting) -> Comparability:
    forms, groups = (before.sheet.form, after.sheet.form), (before.sheet.group, after.sheet.group)
    return comparability(before.edition.questionnaire, after.edition.questionnaire, forms=forms, groups=groups)


def _moves(alike: Alike) -> Iterator[OwnMove]:
    for id in nodes(alike.questionnaire):
        if alike.same(id):
            then, now = (_points(results.shares[id][0]) for results in alike.results(id))
            if then is not None or now is not None:
                yield OwnMove(id=id, level=_level(alike.questionnaire, id), then=then, now=now)


def _level(questionnaire: Questionnaire, id: str) -> Level:
    if id == OVERALL:
        return "overall"
    return "strand" if any(strand.id == id for strand in questionnaire.strands) else "benchmark"


def _points(share: float) -> float | None:
    return None if share != share else round(100 * float(share), 10)


def _trend(sittings: Sequence[Sitting]) -> Iterator[tuple[str, tuple[float | None, ...]]]:
    last = sittings[-1]
    results = [one.answered.results for one in sittings]
    whole = [_comparability(one, last) for one in sittings]
    for id in (OVERALL, *(strand.id for strand in last.edition.questionnaire.strands)):
        yield (
            id,
            tuple(
                _points(own.shares[id][0]) if node.comparable and not node.aside and not node.new_rules else None
                for own, node in zip(results, (one.node(id) for one in whole), strict=True)
            ),
        )


# As sections


def head(report: OwnChange) -> tuple[str, ...]:
    """The lines below the title."""
    first = f"What moved from {report.names[0]} to {report.names[-1]} · {NOBODY_ELSE}"
    return (first, *([MADE_UP] if report.made_up else []), *filter(None, (other_group(report), asked_once(report))))


def asked_once(report: OwnChange) -> str:
    """That one of the sittings was asked more than the other; nothing where neither was."""
    return basis.asked_once(report.forms, report.comparability)


def other_group(report: OwnChange) -> str:
    """That the person was in another group then, and what that means; nothing where they were not."""
    if report.groups[0] == report.groups[1]:
        return ""
    then, now = _group(report, 0), _group(report, 1)
    as_whom = f"as {then} then and as {now} now" if then and now else "for a group only one of the times"
    told = [f"You answered {as_whom}: a change can come from that alone."]
    if once := sum(one.fate in ("not for this group", "not for this group then") for one in report.comparability.items):
        questions = f"{count(once, 'question')} that only one of these groups is asked"
        told.append(f"{questions} {'is' if once == 1 else 'are'} left out.")
    pairs = [_words(report, later, earlier) for later, earlier in report.comparability.same.items()]
    if other := sum(before != after for before, after in pairs):
        compared = f"Of the {count(len(pairs), 'question')} compared"
        told.append(f"{compared}, {other} {'is' if other == 1 else 'are'} worded differently for each group.")
    return " ".join(told)


def _group(report: OwnChange, at: int) -> str:
    return report.editions[at].questionnaire.group_title(report.groups[at])


def _words(report: OwnChange, later: str, earlier: str) -> tuple[str, str]:
    """An item as the person read it then, and now."""
    before, after = (edition.questionnaire for edition in report.editions)
    return before.item(earlier).words(report.groups[0]), after.item(later).words(report.groups[1])


def parts(report: OwnChange) -> tuple[Part, ...]:
    """All sections that have something to say."""
    notes = Notes()
    rows = tuple(_row(report, one, notes) for one in report.moves)
    found = [Part("what_moved", "What moved", (Words(ONE_PERSON, "quiet"), Moves(rows), *notes.blocks()))]
    if report.trend:
        columns = ("Part", *report.names)
        lines = tuple(
            (_title(report, id), *(_shown(report, id, one) for one in points))
            for id, points in report.trend
            if any(one is not None for one in points)
        )
        found.append(Part("trend", "Over time", (Grid("Over time", columns, lines, numbers=True),)))
    asides = {id: why for node in (report.comparability.overall, *report.comparability.benchmarks)
              for id, why in node.aside.items()}  # fmt: skip  # one table
    if asides := basis.named_apart(asides):
        named = tuple(Point(basis.aside(report.editions, id, why)) for id, why in asides.items())
        blocks: tuple[Block, ...] = (Points(named),)
        found.append(Part("not_compared", "What is not compared", blocks))
    return tuple(found)


def _title(report: OwnChange, id: str) -> str:
    return "Overall" if id == OVERALL else report.questionnaire.node(id).title


def _shown(report: OwnChange, id: str, points: float | None) -> str:
    if points is None:
        return "–"
    node = nodes(report.questionnaire)[id]
    return number(shown(in_units(report.questionnaire, node, points), decimals(node)), decimals(node))


def _row(report: OwnChange, move: OwnMove, notes: Notes) -> Move:
    title = _title(report, move.id)
    if move.then is None or move.now is None:
        when = "the earlier" if move.then is None else "the later"
        told = notes.mark(f"too little was answered in {when} sitting")
        return Move(level=move.level, title=title, then=None, now=None, told=told, says="", n="", moved=False)
    places = decimals(nodes(report.questionnaire)[move.id])
    then, now = (_shown(report, move.id, one) for one in (move.then, move.now))
    by = float(now) - float(then)
    says = "the same" if not by else "up" if by > 0 else "down"
    told = f"{then} to {now} ({words.signed(by, places)})"
    return Move(
        level=move.level, title=title, then=move.then / 100, now=move.now / 100, told=told, says=says, n="", moved=False
    )
