"""A questionnaire file in, an Edition out; or every problem it has, each with its place."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from selfassess.definition import library
from selfassess.definition.build import build, edition
from selfassess.definition.finding import Finding
from selfassess.definition.toml import Keys, Source, load, parse
from selfassess.errors import Problem, QuestionnaireError
from selfassess.model.questionnaire import Edition


def read(path: Path) -> Edition:
    """The edition in a file. QuestionnaireError holds all its errors; warnings are left to `check`.

    A shipped file whose bytes are those that passed `check` is not checked again.
    """
    source = load(path)
    if source.sha256 in library.checked():
        return edition(source)
    errors = [problem for problem in problems(source) if problem.severity == "error"]
    if errors:
        count = f"{len(errors)} problem{'s' if len(errors) > 1 else ''}"
        raise QuestionnaireError(f"{path} has {count} and cannot be used until mended.", errors)
    return edition(source)


def restore(name: str, content: bytes) -> Edition:
    """The edition in bytes that were checked when they were frozen. `name` is for messages."""
    return edition(parse(name, content))


def check(path: Path) -> list[Problem]:
    """Every problem of a file, errors first, each kind in the file's order; warnings only where nothing is broken."""
    try:
        return problems(load(path))
    except QuestionnaireError as error:
        whole = Problem(code="not-readable", message=error.message, hint=error.hint, file=str(path))
        return list(error.problems) or [whole]


def problems(source: Source) -> list[Problem]:
    """Every problem of a file that is TOML."""
    found = list(findings(source))
    if any(finding.severity == "error" for finding in found):
        found = [finding for finding in found if finding.severity == "error"]
    places = source.places() if found else {}
    told = [_problem(source, finding, places) for finding in found]
    return sorted(told, key=lambda problem: (problem.severity, problem.line or 0, problem.column or 0))


def findings(source: Source) -> Iterator[Finding]:
    """What all checks find, in no order. What does not fit is left out before looking further."""
    # Both take longer to import than a checked file takes to read.
    from selfassess.definition import checks, craft, explain

    yield from checks.check_texts(source.table)
    misfits = list(explain.misfits(source.table))
    yield from misfits
    questionnaire = build(explain.mended(source.table) if misfits else source.table)
    for finding in checks.checks(questionnaire):
        if f"“{explain.PLACEHOLDER}”" not in finding.message:
            yield finding
    yield from checks.check_skills(questionnaire, _skills(source, questionnaire.skills_from))
    if not misfits:
        yield from craft.craft(questionnaire)


def _skills(source: Source, named: str | None) -> Collection[str] | None:
    """The skill ids of the questionnaire that actions name, found beside the file or among those shipped."""
    if named is None:
        return None
    for folder in (Path(source.name).parent, library.folder()):
        path = folder / f"{named}.toml"
        if path.is_file():
            try:
                return list(_skill_ids(load(path).table))
            except QuestionnaireError:
                return None
    return None


def _skill_ids(table: Mapping[str, Any]) -> Iterator[str]:
    strands = table.get("strands")
    for strand in strands if isinstance(strands, list) else ():
        skills = strand.get("skills") if isinstance(strand, dict) else ()
        for skill in skills if isinstance(skills, list) else ():
            if isinstance(skill, dict) and isinstance(skill.get("id"), str):
                yield skill["id"]


def _problem(source: Source, finding: Finding, places: Mapping[Keys, tuple[int, int]]) -> Problem:
    line, column = _place(finding, places)
    return Problem(
        code=finding.code,
        message=finding.message,
        hint=finding.hint,
        place=_by_ids(source.table, finding.keys),
        file=source.name,
        line=line,
        column=column,
        severity=finding.severity,
    )


def _place(finding: Finding, places: Mapping[Keys, tuple[int, int]]) -> tuple[int, int] | tuple[None, None]:
    """Where a key stands. What is missing has no place, so that of the table that lacks it is given."""
    keys = finding.keys
    for way in (keys, (*keys, 0)):
        if way in places:
            return places[way]
    # A default, or what is missing, is not in the file: the table it belongs to is.
    return places.get(keys[:-1], (None, None))


def _by_ids(table: Any, keys: Keys) -> str:
    """A way in words: the ids of the tables on it, then the key."""
    words: list[str] = []
    for key in keys:
        try:
            table = table[key]
        except (KeyError, IndexError, TypeError):
            table = None
        if isinstance(key, int) and isinstance(table, dict):
            named = table.get("id") or table.get("title") or table.get("label")
            words[-1:] = [named if isinstance(named, str) and named else f"{words[-1]} {key + 1}"]
        elif isinstance(key, int):
            words[-1] = f"{words[-1]} {key + 1}"
        else:
            words.append(str(key))
    return " › ".join(words)
