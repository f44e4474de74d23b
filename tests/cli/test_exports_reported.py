"""What was asked in a form of each service is reported here: round, report, plan and comparison are those of the same
answers given here, question by question."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from selfassess.model.sheet import Draft, Response, Ticket
from selfassess.project.project import open_project
from selfassess.project.rounds import Rounds
from selfassess.sitting import state
from tests.cli.conftest import Command
from tests.services.survey_exports import (
    ITEMS,
    PAPER,
    Person,
    as_csv,
    as_workbook,
    google,
    kobo,
    limesurvey,
    microsoft,
    surveymonkey,
)

SERVICES: dict[str, tuple[str, Callable[[list[Person]], bytes]]] = {
    "Microsoft Forms": ("answers.xlsx", lambda people: as_workbook(microsoft(people))),
    "Google Forms": ("answers.csv", lambda people: as_csv(google(people))),
    "SurveyMonkey": ("answers.xlsx", lambda people: as_workbook(surveymonkey(people))),
    "LimeSurvey": ("answers.csv", lambda people: as_csv(limesurvey(people), ";")),
    "KoboToolbox": ("answers.xlsx", lambda people: as_workbook(kobo(people))),
}
ROUNDS = {"before": 0, "after": 1}
"""Two rounds by their ids, and by how much people answer higher in each."""
PAPER_FILE = str(Path(__file__).with_name("paper.toml"))


def people(more: int) -> list[Person]:
    """Six of each group, who answered what they are asked."""
    chance, found = Random(15), []
    for number in range(12):
        group = "staff" if number % 2 else "board"
        said: dict[str, Response] = {
            "begin": chance.randint(1, 2) + more, "why": chance.randint(1, 3), "seat": chance.randint(1, 3),
            "well": f"Text {number}", "years": chance.randint(0, 50), "partners": chance.choice([(1,), (1, 2), (2, 3)]),
            "trust": chance.randint(1, 9) + more, "often": chance.randint(0, 10),
        }  # fmt: skip  # a person in few lines
        found.append(Person(group, _asked(group, said)))
    return found


def _asked(group: str, said: dict[str, Response]) -> dict[str, Response]:
    """The answers to what somebody of a group is asked: in a form they can't answer anything else either."""
    draft = Draft(questionnaire=PAPER.sha256, group=group, form="full", responses=said)
    sheet = state.hand_in(PAPER.questionnaire, draft)
    marks = {item.id: mark for item, mark in zip(ITEMS, sheet.answers, strict=True)}
    return {id: one for id, one in said.items() if marks[id] != "."}


def opened(selfassess: Command, id: str) -> None:
    rules = ("--small-groups", "leave_out", "--no-codes", "--invited", "board=6", "--invited", "staff=6")
    done = selfassess("round", "new", id, "--title", id, "--questionnaire", PAPER_FILE, *rules, "--yes")
    assert done.code == 0, done.err
    assert selfassess("round", "open", id).code == 0


def answered_here(path: Path, id: str, some: list[Person]) -> None:
    """The people answer the round here."""
    with open_project(path) as project:
        rounds = Rounds(project)
        ticket = Ticket(round=rounds.get(id).key)
        for number, one in enumerate(some, 1):
            draft = Draft(questionnaire=PAPER.sha256, group=one.group, form="full", responses=dict(one.said))
            sheet = replace(state.hand_in(PAPER.questionnaire, draft), ticket=ticket)
            rounds.papers.enter(id, str(number), sheet, PAPER.questionnaire)


def told(selfassess: Command, *words: str) -> Any:
    """What a command tells as data; what is shuffled in it is put in order."""
    done = selfassess(*words, "--format", "json")
    assert done.code == 0, done.err
    found = json.loads(done.out)
    if "comments" in found:
        found["comments"] = sorted(map(str, found["comments"]))
    return found


def everything(selfassess: Command) -> tuple[Any, ...]:
    """Closes the rounds; their reports, and how they compare."""
    for id in ROUNDS:
        assert selfassess("round", "close", id, "--yes").code == 0
    return (*(told(selfassess, "report", id) for id in ROUNDS), told(selfassess, "compare", *ROUNDS))


HERE: list[tuple[Any, ...]] = []
"""What is told of the same people who answered here, once it is worked out."""


@pytest.mark.slow
@pytest.mark.parametrize("name", SERVICES)
def test_what_was_asked_there_is_reported_as_what_was_asked_here(
    selfassess: Command, tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, written = SERVICES[name]
    if not HERE:
        monkeypatch.setenv("SELFASSESS_PROJECT", str(tmp_path / "here.selfassess"))
        for id, more in ROUNDS.items():
            opened(selfassess, id)
            answered_here(tmp_path / "here.selfassess", id, people(more))
        HERE.append(everything(selfassess))
        monkeypatch.setenv("SELFASSESS_PROJECT", str(tmp_path / "mine.selfassess"))
    for id, more in ROUNDS.items():
        opened(selfassess, id)
        (tmp_path / file).write_bytes(written(people(more)))
        done = selfassess("collect", str(tmp_path / file), "--round", id, "--yes")
        assert done.out == "12 sheets taken in, 0 already here.\n", done.err
    there = everything(selfassess)
    assert there == HERE[0]
    items = [one for strand in there[0]["rounds"][0]["all"]["strands"] for one in _items(strand)]
    assert {one["id"] for one in items} == {item.id for item in ITEMS if item.has_figures}
    assert selfassess("plan", "add", "Meet on the hour", "--benchmark", "meeting").code == 0
    assert "Meet on the hour" in selfassess("plan").out


def _items(node: dict[str, Any]) -> list[dict[str, Any]]:
    below = [item for part in node.get("benchmarks", ()) for item in _items(part)]
    return [*node.get("items", ()), *below]
