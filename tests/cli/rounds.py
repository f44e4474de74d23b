"""Rounds to take part in, made straight in the project file."""

from dataclasses import replace
from pathlib import Path

from selfassess.definition.tables import edition
from selfassess.definition.toml_source import parse
from selfassess.model.questionnaire import Edition
from selfassess.model.round import Round, Rules
from selfassess.project.codes import new_key
from selfassess.project.project import Project, create
from selfassess.project.rounds import Rounds
from tests.cli.conftest import SMALL

EDITION: Edition = edition(parse("small.toml", SMALL.encode()))
CONSENT = Rules(small_groups="consent", asks_consent=("staff",))


def add_round(project: Project, rules: Rules = CONSENT, id: str = "autumn", invited: int = 4) -> Round:
    """A round that is open."""
    rounds = Rounds(project)
    round = Round(
        id=id,
        key=new_key(),
        title=f"{id.capitalize()} 2026",
        questionnaire=EDITION.sha256,
        invited={"board": 12, "staff": invited},
        rules=rules,
    )
    rounds.add(round, EDITION)
    rounds.open(round.id)
    return replace(round, state="open")


def shared(tmp_path: Path) -> Project:
    """A shared project in a file of this test."""
    return create(tmp_path / "ours.selfassess", "shared")
