"""What must be true of a questionnaire beyond the shape of its tables. Each check yields what it finds."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from selfassess.definition.build import walk
from selfassess.definition.check_items import check_items, check_scales
from selfassess.definition.check_scoring import check_scoring
from selfassess.definition.finding import Finding, did_you_mean
from selfassess.definition.toml import Keys
from selfassess.model.questionnaire import Action, Benchmark, Group, Item, Questionnaire, Strand
from selfassess.model.text import LONGEST_TEXT, is_clean

ID = re.compile(r"[a-z][a-z0-9_]{0,23}")
RESERVED = frozenset({"respondent", "group", "round", "overall", "all", "and", "or", "not", "has"})
"""Words that mean something else in a file of responses, in a report or in a condition."""


def checks(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Everything wrong with a questionnaire whose tables have the right shape."""
    yield from check_ids(questionnaire)
    yield from check_references(questionnaire)
    yield from check_scales(questionnaire)
    yield from check_items(questionnaire)
    yield from check_scoring(questionnaire)
    yield from check_parts(questionnaire)


def check_texts(table: Mapping[str, Any]) -> Iterator[Finding]:
    """Texts that are blank, too long to show, or hold characters that nobody sees."""
    for keys, text in _texts(table, ()):
        if len(text) > LONGEST_TEXT:
            message = f"This text has {len(text):,} characters; there is room for {LONGEST_TEXT:,}."
            yield Finding("too-long", keys, message, "Shorten it.")
        elif not is_clean(text):
            message = "This text holds hidden control characters; they are left out."
            yield Finding("hidden-characters", keys, message, "Type the text anew.", severity="warning")
        elif not text.strip() and keys[-1] in ("id", "title", "text", "version"):
            yield Finding("blank", keys, f"“{keys[-1]}” is empty.", "Write something, or take the table out.")


def _texts(value: Any, keys: Keys) -> Iterator[tuple[Keys, str]]:
    match value:
        case str():
            yield keys, value
        case dict():
            for key, held in value.items():
                yield from _texts(held, (*keys, key))
        case list():
            for position, held in enumerate(value):
                yield from _texts(held, (*keys, position))


def check_ids(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Ids that are not well formed, are used twice, or mean something else."""
    seen: dict[str, Keys] = {}
    yield from _well_formed(("id",), questionnaire.id)
    for keys, id in _ids(questionnaire):
        problem = next(_well_formed(keys, id), None)
        if problem:
            yield problem
        elif id in RESERVED:
            yield Finding(
                "reserved-id", keys, f"“{id}” means something else in files and reports.", "Choose another id."
            )
        elif id.lower() in seen:
            message = f"The id “{id}” is used twice: here and in {_name(questionnaire, seen[id.lower()])}."
            yield Finding("duplicate-id", keys, message, "Give one of them another id.")
        seen.setdefault(id.lower(), keys)


def _well_formed(keys: Keys, id: str) -> Iterator[Finding]:
    if id.strip() and not ID.fullmatch(id):
        message = f"“{id}” cannot be an id: a small letter, then small letters, digits and _, at most 24 characters."
        better = re.sub(r"[^a-z0-9_]+", "_", id.lower()).strip("_0123456789")[:24].strip("_")
        yield Finding("bad-id", keys, message, f"For example “{better}”." if better else "")


def _ids(questionnaire: Questionnaire) -> Iterator[tuple[Keys, str]]:
    for name in questionnaire.scales:
        yield ("scales", name), name
    for keys, part in walk(questionnaire):
        if isinstance(part, Group | Strand | Benchmark | Item | Action):
            yield (*keys, "id"), part.id


def _name(questionnaire: Questionnaire, keys: Keys) -> str:
    for way, part in walk(questionnaire):
        if way == keys[:-1] and isinstance(part, Group | Strand | Benchmark | Action):
            return f"the {type(part).__name__.lower()} “{getattr(part, 'title', '') or getattr(part, 'text', '')}”"
        if way == keys[:-1] and isinstance(part, Item):
            return f"the item “{part.text}”"
    return "a scale"


def check_references(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Names of groups and scales that the file does not define."""
    groups = [group.id for group in questionnaire.groups]
    scales = list(questionnaire.scales)
    for keys, part in walk(questionnaire):
        for attribute, known, what in (
            ("groups", groups, "group"),
            ("wording", groups, "group"),
            ("targets", groups, "group"),
            ("scale", scales, "scale"),
        ):
            if part is questionnaire and attribute == "groups":
                continue
            held = getattr(part, attribute, None) or ()
            names = (held,) if isinstance(held, str) else held
            for position, name in enumerate(names):
                if name not in known:
                    spot = {"wording": (name,), "targets": (name,), "groups": (position,)}.get(attribute, ())
                    yield _unknown(what, name, known, (*keys, attribute, *spot))
    yield from _unasked_wording(questionnaire)


def _unknown(what: str, name: str, known: Collection[str], keys: Keys) -> Finding:
    hint = did_you_mean(name, known) or f"The file defines no {what}s."
    return Finding(f"unknown-{what}", keys, f"There is no {what} “{name}” in this file.", hint)


def _unasked_wording(questionnaire: Questionnaire) -> Iterator[Finding]:
    for keys, part in walk(questionnaire):
        if isinstance(part, Item) and part.groups:
            for name in part.wording:
                if name not in part.groups:
                    message = f"There is a wording for “{name}”, who are not asked this item."
                    hint = "Add them to groups, or take the wording out."
                    yield Finding("unused-wording", (*keys, "wording", name), message, hint, severity="warning")


def check_skills(questionnaire: Questionnaire, skills: Collection[str] | None) -> Iterator[Finding]:
    """Skills that actions name: `skills` are the ids in the questionnaire that skills_from names, None if not found."""
    if questionnaire.skills_from and skills is None:
        message = f"The questionnaire “{questionnaire.skills_from}” was not found, so the skills cannot be checked."
        hint = f"Put {questionnaire.skills_from}.toml beside this file."
        yield Finding("skills-not-found", ("skills_from",), message, hint, severity="warning")
    for keys, part in walk(questionnaire):
        if isinstance(part, Action) and part.skills:
            if not questionnaire.skills_from:
                hint = 'Write skills_from = "…" near the top of the file.'
                yield Finding(
                    "no-skills-from", (*keys, "skills"), "Skills are named, but not where they are from.", hint
                )
            for position, skill in enumerate(part.skills):
                if skills is not None and skill not in skills:
                    message = f"There is no skill “{skill}” in “{questionnaire.skills_from}”."
                    yield Finding("unknown-skill", (*keys, "skills", position), message, did_you_mean(skill, skills))


def check_parts(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Strands and benchmarks that ask nothing, and strands made from something they have not got."""
    if not questionnaire.strands:
        yield Finding("no-strands", ("strands",), "There are no strands.", "Write at least one [[strands]].")
    for keys, part in walk(questionnaire):
        if isinstance(part, Benchmark) and not part.items:
            yield Finding("no-items", keys, "Nothing is asked here.", "Write at least one [[….items]], or take it out.")
        if not isinstance(part, Strand):
            continue
        if not part.all_items and not part.middle:
            yield Finding("no-items", keys, "Nothing is asked in this strand.", "Give it benchmarks or items.")
        if part.from_ == "benchmarks" and not part.middle:
            hint = "Leave out from, and the strand is made from its items."
            yield Finding("no-benchmarks", (*keys, "from"), "The strand has no benchmarks to be made from.", hint)
        elif part.from_ == "benchmarks" and any(item.is_scored for item in part.items):
            hint = "Put these items under a benchmark, write scored = false, or leave out from."
            message = "The strand is made from benchmarks, so its own items would count for nothing."
            yield Finding("items-left-out", (*keys, "from"), message, hint)
        for position, question in enumerate(part.questions):
            if question.kind != "text":
                message = "An open question is answered in words: its kind is “text”."
                hint = "Leave out kind, or move it to the strand's items."
                yield Finding("not-open", (*keys, "questions", position, "kind"), message, hint)
