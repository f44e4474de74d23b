"""The questionnaires at hand: those shipped with the program, and files by their path."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import tomli

from selfassess.definition.build import build
from selfassess.definition.finding import did_you_mean
from selfassess.definition.toml import load
from selfassess.errors import QuestionnaireError
from selfassess.model.questionnaire import Questionnaire

SUMS = "SHA256SUMS"
"""Beside the shipped files: the sums of those that passed `check`, as sha256sum writes them."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A questionnaire that can be chosen."""

    id: str
    title: str
    path: Path


def folder() -> Path:
    """Where the shipped questionnaires are: in the package once installed, beside it in a checkout."""
    package = Path(__file__).parent.parent
    installed = package / "questionnaires"
    return installed if installed.is_dir() else package.parent / "questionnaires"


@cache
def checked() -> frozenset[str]:
    """The SHA-256 of every shipped file that passed `check`."""
    try:
        lines = (folder() / SUMS).read_text(encoding="ascii").splitlines()
    except FileNotFoundError:
        return frozenset()
    return frozenset(line.split()[0] for line in lines if line.strip())


def shipped() -> tuple[Listed, ...]:
    """The shipped questionnaires. The main one comes first."""
    paths = sorted(folder().glob("*.toml"), key=lambda path: (path.stem != "partnership", path.stem))
    return tuple(Listed(path.stem, _title(path), path) for path in paths)


def _title(path: Path) -> str:
    with path.open("rb") as file:
        return str(tomli.load(file).get("title", path.stem))


def find(name: str) -> Path:
    """The path of a questionnaire named by its id or its file. QuestionnaireError if there is none."""
    path = Path(name)
    if path.suffix == ".toml" or path.exists() or len(path.parts) > 1:
        return path
    known = {listed.stem: listed for listed in folder().glob("*.toml")}
    if name not in known:
        hint = did_you_mean(name, sorted(known))
        raise QuestionnaireError(f"There is no questionnaire “{name}”.", hint=f"{hint} Or give the path of a file.")
    return known[name]


def skill_titles(questionnaire: Questionnaire, near: Path | None = None) -> dict[str, str]:
    """The titles of the skills that a questionnaire's actions name, by id; empty where they are not found."""
    for place in (near, folder()):
        if questionnaire.skills_from and place and (place / f"{questionnaire.skills_from}.toml").is_file():
            try:
                skills = build(load(place / f"{questionnaire.skills_from}.toml").table)
            except (QuestionnaireError, TypeError, KeyError):  # it is another file's fault, told when that is checked
                return {}
            return {skill.id: skill.title for strand in skills.strands for skill in strand.skills}
    return {}
