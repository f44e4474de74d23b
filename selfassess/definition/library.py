"""The questionnaires at hand: those shipped with the program, and files by their path."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import tomli

from selfassess.definition.comments import without_comments
from selfassess.definition.findings import ID, MANY
from selfassess.definition.toml_source import load
from selfassess.errors import QuestionnaireError
from selfassess.model.questionnaire import Questionnaire
from selfassess.paths import questionnaires
from selfassess.text import clean, nearest_or_all

SUMS = "SHA256SUMS"
"""Beside the shipped files: the sums of those that passed `check`, as sha256sum writes them."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A questionnaire that can be chosen."""

    id: str
    title: str
    path: Path


@cache
def checked() -> frozenset[str]:
    """The SHA-256 of every shipped file that passed `check`."""
    try:
        lines = (questionnaires() / SUMS).read_text(encoding="ascii").splitlines()
    except FileNotFoundError:
        return frozenset()
    return frozenset(line.split()[0] for line in lines if line.strip())


@cache
def checked_without_comments() -> frozenset[str]:
    """The SHA-256 of each of these files without its comments, as invitations carry it."""
    contents = [listed.path.read_bytes() for listed in shipped()]
    sound = (content for content in contents if hashlib.sha256(content).hexdigest() in checked())
    return frozenset(hashlib.sha256(without_comments(content)).hexdigest() for content in sound)


def shipped() -> tuple[Listed, ...]:
    """The shipped questionnaires. The main one comes first."""
    paths = sorted(questionnaires().glob("*.toml"), key=lambda path: (path.stem != "partnership", path.stem))
    return tuple(Listed(path.stem, _title(path), path) for path in paths)


def _title(path: Path) -> str:
    with path.open("rb") as file:
        return str(tomli.load(file).get("title", path.stem))


def find(name: str) -> Path:
    """The path of a questionnaire named by its id or its file. QuestionnaireError if there is none."""
    path = Path(name)
    if path.suffix == ".toml" or len(path.parts) > 1 or _exists(path):
        return path
    known = {listed.stem: listed for listed in questionnaires().glob("*.toml")}
    if name not in known:
        hint = nearest_or_all(name, sorted(known), "questionnaire", most=MANY)
        raise QuestionnaireError(f"There is no questionnaire “{name}”.", hint=f"{hint} Or give the path of a file.")
    return known[name]


def is_known(name: str) -> bool:
    """Whether a questionnaire has that name, a shipped one or a file."""
    try:
        return bool(find(name))
    except QuestionnaireError:
        return False


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that no file can have
        return False


def skills(named: str | None, near: Path | None = None) -> dict[str, str] | None:
    """The titles of the skills of a questionnaire, by id, looked for near a file and among those shipped. None
    where there is no such questionnaire, or none that can be read."""
    if named is None or not ID.fullmatch(named):
        return None
    for place in (near, questionnaires()):
        if place and (place / f"{named}.toml").is_file():
            try:
                return dict(_skills(load(place / f"{named}.toml").table))
            except QuestionnaireError:  # it is another file's fault, told when that is checked
                return None
    return None


def _skills(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for strand in _tables(table.get("strands")):
        for skill in _tables(strand.get("skills")):
            if isinstance(skill.get("id"), str):
                yield skill["id"], clean(str(skill.get("title", skill["id"])))


def _tables(value: object) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def skill_titles(questionnaire: Questionnaire) -> dict[str, str]:
    """The titles of the skills that a questionnaire's actions name, by id; empty where they are not shipped ones."""
    return skills(questionnaire.skills_from, None) or {}
