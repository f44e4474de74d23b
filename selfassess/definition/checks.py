"""What must be true of a questionnaire beyond the shape of its tables. Each check yields what it finds."""

import math
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from selfassess.definition.check_conditions import check_conditions, check_outcomes
from selfassess.definition.check_items import check_earlier_ids, check_ids, check_items, check_scales
from selfassess.definition.check_scoring import check_scoring, check_shown, check_units
from selfassess.definition.check_skills import check_needs
from selfassess.definition.findings import ID, MANY, Finding
from selfassess.definition.lint import ALLOWED
from selfassess.definition.tables import walk
from selfassess.definition.toml_source import Keys, name_of
from selfassess.model.questionnaire import Action, Benchmark, Item, Questionnaire, Scale, Scored, Strand, Table
from selfassess.text import LONGEST_TEXT, clean, is_clean, nearest_or_all

MOST = {
    "groups": 50,
    "scales": 100,
    "strands": 100,
    "benchmarks": 500,
    "items": 2_000,
    "wordings": 5_000,
    "actions": 2_000,
    "bands": 500,
}
"""How many of each there can be in a questionnaire."""
SAME = {"skills": "benchmarks", "questions": "items", "wording": "wordings"}
"""What is counted together."""

SMALLEST, LARGEST = 1e-9, 1e12
"""Of the numbers that a file can hold, apart from 0 and their signs."""

MOST_NAMED = 3
"""How many characters that nobody sees are named."""

NEVER_BLANK = frozenset(
    {"id", "title", "text", "same_as", "version", "language", "scale", "skills_from", "dont_know", "not_applicable"}
)
"""Keys that are left out rather than left empty."""


def checks(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Everything wrong with a questionnaire whose tables have the right shape."""
    yield from check_ids(questionnaire)
    yield from check_earlier_ids(questionnaire)
    yield from check_references(questionnaire)
    yield from check_allowed(questionnaire)
    yield from check_scales(questionnaire)
    yield from check_items(questionnaire)
    yield from check_conditions(questionnaire)
    yield from check_scoring(questionnaire)
    yield from check_parts(questionnaire)
    yield from check_needs(questionnaire)


def advice(questionnaire: Questionnaire, table: Mapping[str, Any]) -> Iterator[Finding]:
    """What may not be meant in a questionnaire in which nothing is wrong; `table` is the file's."""
    yield from check_outcomes(questionnaire)
    yield from check_units(questionnaire, table)
    yield from check_shown(questionnaire)


LONGEST_TITLE = 200
"""Characters of a title: it stands at the head of pages, beside bars, and on slides."""


def check_texts(table: Mapping[str, Any]) -> Iterator[Finding]:
    """Texts that are blank, too long to show, or hold characters that nobody sees."""
    for keys, text in _leaves(table, ()):
        if not isinstance(text, str):
            continue
        what, most = ("title", LONGEST_TITLE) if keys[-1] == "title" else ("text", LONGEST_TEXT)
        if len(text) > most:
            message = f"This {what} has {len(text):,} characters; there is room for {most:,}."
            yield Finding("too-long", keys, message, "Shorten it.")
        elif not clean(text).strip() and (keys[-1] in NEVER_BLANK or "wording" in keys):
            yield Finding("blank", keys, f"“{keys[-1]}” is empty.", "Write something, or take it out.")
        elif not is_clean(text):
            hidden = list(dict.fromkeys(name_of(one) for one in text if not is_clean(one)))[:MOST_NAMED]
            named = f" ({', '.join(hidden)})" if hidden else ""
            message = f"This text holds characters that nobody sees{named}; they are left out."
            yield Finding("hidden-characters", keys, message, "Type the text again.", severity="warning")


def check_counts(table: Mapping[str, Any]) -> Iterator[Finding]:
    """Far more of something than any questionnaire has."""
    counts = dict.fromkeys(MOST, 0)
    beyond: dict[str, Keys] = {}
    for keys, tables in _several(table, ()):
        kind = SAME.get(str(keys[-1]), str(keys[-1]))
        if kind in counts:
            counts[kind] += tables
            if counts[kind] > MOST[kind]:
                beyond.setdefault(kind, keys)
    for kind, keys in beyond.items():
        message = f"There are {counts[kind]:,} {kind}; there is room for {MOST[kind]:,}."
        yield Finding("too-many", keys, message, "Is it the right file? Split it into several questionnaires.")


def _several(table: Mapping[str, Any], way: Keys) -> Iterator[tuple[Keys, int]]:
    """How many tables, or wordings, a table and all in it hold, by the way to them without positions in lists."""
    for key, held in table.items():
        inner = list(held.values()) if isinstance(held, dict) else held if isinstance(held, list) else []
        tables = [one for one in inner if isinstance(one, dict)]
        yield (*way, key), len(inner if key == "wording" else tables)
        for one in (held,) if isinstance(held, dict) else tables:
            yield from _several(one, (*way, key))


def check_numbers(table: Mapping[str, Any]) -> Iterator[Finding]:
    """Numbers that are too far from 1 to be reckoned with: sums of them would not be exact, or be no numbers."""
    for keys, number in _leaves(table, ()):
        small = isinstance(number, int | float) and 0 < abs(number) < SMALLEST
        if small or (isinstance(number, int | float) and LARGEST < abs(number) < math.inf):
            message = f"The number {number:g} is too {'small' if small else 'large'} to use."
            hint = f"Stay between {SMALLEST:.9f} and {LARGEST:,.0f}, or write 0."
            yield Finding("bad-number", keys, message, hint)


def _leaves(value: Any, keys: Keys) -> Iterator[tuple[Keys, Any]]:
    """What stands at the end of every way."""
    match value:
        case dict():
            for key, held in value.items():
                yield from _leaves(held, (*keys, key))
        case list():
            for position, held in enumerate(value):
                yield from _leaves(held, (*keys, position))
        case _:
            yield keys, value


def check_allowed(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Allowed warnings that do not occur."""
    for keys, part in walk(questionnaire):
        if isinstance(part, Questionnaire | Scale | Item):
            for position, name in enumerate(part.allow):
                if name not in ALLOWED:
                    message = f"There is no warning “{name}” to allow."
                    yield Finding(
                        "unknown-warning",
                        (*keys, "allow", position),
                        message,
                        nearest_or_all(name, ALLOWED, "warning", most=MANY),
                    )


def check_references(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Names of groups and scales that the file does not define."""
    known: dict[str, Collection[str]] = {
        "group": [group.id for group in questionnaire.groups],
        "scale": list(questionnaire.scales),
    }
    parts: dict[Keys, Table] = {}
    for keys, part in walk(questionnaire):
        parts[keys] = part
        for what, name, way in _names(part):
            inherited = what == "scale" and isinstance(part, Item) and _inherits(parts, keys, part)
            if name not in known[what] and not inherited:
                yield _unknown(what, name, known[what], (*keys, *way))
    yield from _unasked_wording(questionnaire)
    yield from _answered_items(questionnaire)


def _names(part: Table) -> Iterator[tuple[str, str, Keys]]:
    """Every group and scale that a table names: which of both, its name, and the way to it."""
    if isinstance(part, Item | Action):
        for position, group in enumerate(part.groups):
            yield "group", group, ("groups", position)
    if isinstance(part, Action):
        for position, group in enumerate(part.by):
            yield "group", group, ("by", position)
    if isinstance(part, Item):
        for name in part.wording:
            yield "group", name, ("wording", name)
    if isinstance(part, Scored):
        for group in part.targets:
            yield "group", group, ("targets", group)
    if isinstance(part, Questionnaire | Strand | Benchmark | Item) and part.scale:
        yield "scale", part.scale, ("scale",)


def _inherits(parts: Mapping[Keys, Table], keys: Keys, item: Item) -> bool:
    """Whether an item's scale is that of its benchmark, its strand or the file, where it is told already."""
    above = (parts.get(keys[:length]) for length in range(len(keys)))
    return any(getattr(part, "scale", None) == item.scale for part in above)


def _unknown(what: str, name: str, known: Collection[str], keys: Keys) -> Finding:
    message = f"There is no {what} “{name}” in this file."
    hint = nearest_or_all(name, known, what, most=MANY) or f"The file defines no {what}s."
    if what == "group":
        return Finding("unknown-group", keys, message, hint)
    return Finding("unknown-scale", keys, message, hint)


def _unasked_wording(questionnaire: Questionnaire) -> Iterator[Finding]:
    for keys, part in walk(questionnaire):
        if isinstance(part, Item) and part.groups:
            for name in part.wording:
                if name not in part.groups:
                    message = f"There is a wording for “{name}”, who are not asked this item."
                    hint = "Add them to groups, or take the wording out."
                    yield Finding("unused-wording", (*keys, "wording", name), message, hint, severity="warning")


def _answered_items(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Items that an action says it answers, and that are not beside it."""
    for keys, part in walk(questionnaire):
        if isinstance(part, Strand | Benchmark):
            beside = [item.id for item in part.items]
            for number, action in enumerate(part.actions):
                for position, id in enumerate(action.items):
                    if id not in beside:
                        message = f"There is no item “{id}” beside this action."
                        where = (*keys, "actions", number, "items", position)
                        yield Finding("unknown-item", where, message, nearest_or_all(id, beside, "item", most=MANY))


def check_skills(questionnaire: Questionnaire, skills: Collection[str] | None) -> Iterator[Finding]:
    """Skills that actions name: `skills` are the ids in the questionnaire that skills_from names, None if not found."""
    named = questionnaire.skills_from
    if named and ID.fullmatch(named) and skills is None:
        message = f"The questionnaire “{named}” was not found or cannot be read, so the skills cannot be checked."
        hint = f"Put {named}.toml beside this file, and check it."
        yield Finding("skills-not-found", ("skills_from",), message, hint, severity="warning")
    naming = [(keys, part) for keys, part in walk(questionnaire) if isinstance(part, Action) and part.skills]
    if naming and not named:
        message = "Skills are named, but not where they are from."
        hint = 'Write skills_from = "…" near the top of the file.'
        yield Finding("no-skills-from", (*naming[0][0], "skills"), message, hint)
    for keys, action in naming:
        for position, skill in enumerate(action.skills):
            if skills is not None and skill not in skills:
                message = f"There is no skill “{skill}” in “{named}”."
                yield Finding(
                    "unknown-skill",
                    (*keys, "skills", position),
                    message,
                    nearest_or_all(skill, skills, "skill", most=MANY),
                )


def check_parts(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Strands and benchmarks that ask nothing, and strands made from something they have not got."""
    if not questionnaire.strands:
        yield Finding("no-strands", ("strands",), "There are no strands.", "Write at least one [[strands]].")
    elif questionnaire.overall.from_ == "benchmarks" and not any(strand.middle for strand in questionnaire.strands):
        message = "There are no benchmarks to make the overall score from."
        yield Finding("no-benchmarks", ("overall", "from"), message, 'Leave out from, or write from = "items".')
    for keys, part in walk(questionnaire):
        if isinstance(part, Benchmark) and not part.items:
            yield Finding("no-items", keys, "Nothing is asked here.", "Give it items, or take it out.")
        elif isinstance(part, Strand):
            yield from _strand(keys, part)


def _strand(keys: Keys, part: Strand) -> Iterator[Finding]:
    if not part.all_items and not part.middle:
        yield Finding("no-items", keys, "Nothing is asked in this strand.", "Give it benchmarks or items.")
    if part.middle and part.actions:
        message = "This strand has benchmarks, so what could be done is said of each of them."
        hint = "Put each action below the benchmark that it is for: [[strands.benchmarks.actions]]."
        yield Finding("actions-of-a-strand", (*keys, "actions"), message, hint)
    if part.from_ == "benchmarks" and not part.middle:
        hint = "Leave out from, and the strand is made from its items."
        yield Finding("no-benchmarks", (*keys, "from"), "The strand has no benchmarks to be made from.", hint)
    elif part.from_ == "benchmarks" and any(item.is_scored for item in part.items):
        hint = "Put these items under a benchmark, write scored = false, or leave out from."
        message = "The strand is made from benchmarks, so its own items would count for nothing."
        yield Finding("items-left-out", (*keys, "from"), message, hint)
    for position, question in enumerate(part.questions):
        if not question.is_in_words:
            message = "An open question is answered in words: its kind is “text”."
            hint = "Leave out kind, or move it to the strand's items."
            yield Finding("not-open", (*keys, "questions", position, "kind"), message, hint)
