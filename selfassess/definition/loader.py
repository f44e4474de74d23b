"""A questionnaire file in, an Edition out; or every problem it has, each with its place."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import Any

from selfassess.definition import library
from selfassess.definition.findings import Finding
from selfassess.definition.tables import build, edition
from selfassess.definition.toml_source import Keys, Source, Spot, load, look_up, parse
from selfassess.errors import Problem, QuestionnaireError
from selfassess.model.questionnaire import Edition, Questionnaire
from selfassess.text import clean, count

MOST_TOLD = 1_000
"""Problems of a file that are listed one by one."""

LONGEST_LINE = 500
"""Characters of a message, where a whole page was pasted instead of an id."""

LONGEST_NAME = 60
"""Characters of an id or title that stand in a place."""


def read(path: Path) -> Edition:
    """The edition in a file. QuestionnaireError holds all its errors; warnings are left to `check`.

    A shipped file whose bytes are those that passed `check` is not checked again.
    """
    source = load(path)
    if source.sha256 in library.checked():
        return edition(source)
    errors = [problem for problem in problems(source) if problem.severity == "error"]
    if errors:
        how_many = f"{count(len(errors), 'problem')}{' or more' * (len(errors) == MOST_TOLD)}"
        raise QuestionnaireError(f"{path} has {how_many} and cannot be used until corrected.", errors)
    return edition(source)


@lru_cache(maxsize=16)
def restore(name: str, content: bytes) -> Edition:
    """The edition in bytes that were checked when they were frozen. `name` is for messages."""
    return edition(parse(name, content))


def check(path: Path, old: Questionnaire | None = None) -> list[Problem]:
    """Every problem of a file, errors first, each kind in the file's order; warnings only where nothing is broken. Held
    against an older version, also that its label should be another."""
    try:
        return problems(load(path), old)
    except QuestionnaireError as error:
        whole = Problem(code="not-readable", message=error.message, hint=error.hint, file=str(path))
        return list(error.problems) or [whole]


def problems(source: Source, old: Questionnaire | None = None) -> list[Problem]:
    """Every problem of a file that is TOML, or the first MOST_TOLD. One that is TOML 1.1 is refused for that alone."""
    if newer := source.newer_forms():
        return list(newer)
    found = list(islice(findings(source, old), MOST_TOLD))
    places = _all_places(source.places()) if found else {}
    told = [_problem(source, finding, places) for finding in found]
    return sorted(told, key=lambda problem: (problem.severity, problem.line or 0, problem.column or 0))


def findings(source: Source, old: Questionnaire | None = None) -> Iterator[Finding]:
    """What all checks find, in no order: errors, or where nothing is broken warnings that the file does not silence.
    Held against an older version, also that its label should be another."""
    # These take longer to import than a checked file takes to read.
    from selfassess.definition import checks, lint

    warnings: list[Finding] = []
    is_broken = False
    for finding in _slips(source):
        if finding.severity == "warning":
            warnings.append(finding)
        else:
            is_broken = True
            yield finding
    if is_broken:
        return
    questionnaire = build(source.table)
    if old is not None:
        from selfassess.definition.diff import check_version

        yield from check_version(old, questionnaire)
    warnings += [*checks.advice(questionnaire, source.table), *lint.craft(questionnaire)]
    yield from lint.allowed(questionnaire, warnings)


def _slips(source: Source) -> Iterator[Finding]:
    """What is wrong in a file, and what is odd in its texts. What does not fit is left out before looking further."""
    from selfassess.definition import checks, shape_errors
    from selfassess.definition.shape_errors import mended

    counts = list(checks.check_counts(source.table))
    yield from counts
    if counts:
        return  # to look further would take long
    yield from checks.check_texts(source.table)
    yield from shape_errors.misfits(source.table)
    numbers = list(checks.check_numbers(source.table))
    yield from numbers
    if numbers:
        return  # nothing can be reckoned
    whole = mended(source.table)
    questionnaire = build(whole.table)
    skills = library.skills(questionnaire.skills_from, Path(source.name).parent)
    for finding in chain(checks.checks(questionnaire), checks.check_skills(questionnaire, skills)):
        if not whole.explains(finding):
            yield finding


def _problem(source: Source, finding: Finding, places: Mapping[Keys, tuple[int, int]]) -> Problem:
    line, column = _place(finding.keys, places)
    see = places.get(finding.see) if finding.see else None
    return Problem(
        code=finding.code,
        message=_line(finding.message),
        hint=_line(f"{finding.hint.removesuffix('.')} (line {see[0]})." if see else finding.hint),
        place=_by_ids(source.table, finding.keys),
        file=source.name,
        line=line,
        column=column,
        severity=finding.severity,
    )


def _line(text: str, longest: int = LONGEST_LINE) -> str:
    """What a file says, safe to print on one line."""
    line = " ".join(clean(text).split())
    return line if len(line) <= longest else f"{line[: longest - 2].rstrip()} …"


def _all_places(places: Mapping[Keys, Spot]) -> Mapping[Keys, Spot]:
    """The places, and for a table that has no head of its own that of the first key in it."""
    found = dict(places)
    for keys, spot in places.items():
        for length in range(1, len(keys)):
            found.setdefault(keys[:length], spot)
    return found


def _place(keys: Keys, places: Mapping[Keys, Spot]) -> Spot | tuple[None, None]:
    """Where a key stands; of what is missing or said elsewhere, where the table begins that it would be in."""
    for length in range(len(keys), 0, -1):
        if keys[:length] in places:
            return places[keys[:length]]
    return (None, None)


def _named(word: str, position: int, table: Mapping[str, Any]) -> str:
    """A table of several: by its id alone, or as “bands “Strong””, or by counting."""
    match table:
        case {"id": str(id)} if id.strip():
            return id
        case {"title": str(title)} | {"label": str(title)} if title.strip():
            return f"{word} “{_line(title, LONGEST_NAME)}”"
        case _:
            return f"{word} {position + 1}"


def _by_ids(table: Any, keys: Keys) -> str:
    """A way in words: the ids of the tables on it, then the key."""
    words: list[str] = []
    for key in keys:
        table = look_up(table, (key,))
        if isinstance(key, int) and isinstance(table, dict):
            words[-1] = _named(words[-1], key, table)
        elif isinstance(key, int):
            words[-1] = f"{words[-1]} {key + 1}"
        else:
            words.append(str(key))
    return " › ".join(_line(word, LONGEST_NAME) or "“”" for word in words)
