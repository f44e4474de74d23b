"""Every screen as text, to be read in a diff. tests/snapshots.py says how they are written anew."""

import datetime
import re
from dataclasses import replace
from pathlib import Path

import pytest

from selfassess.definition.tables import edition
from selfassess.definition.toml_source import parse
from selfassess.errors import ProjectError
from selfassess.model.questionnaire import Edition
from selfassess.project.drafts import begin
from selfassess.project.project import Project
from selfassess.sitting import state
from selfassess.tui.launch import LaunchOptions
from selfassess.tui.screens.questions import Questions
from tests.snapshots import matches
from tests.tui.conftest import HAND_IN, Drive, FakeSaver

SCREENS = Path(__file__).parent / "screens"

Size = tuple[int, int]
SIZES: list[Size] = [(80, 24), (60, 24)]
WIDE: Size = (120, 40)

STORY: list[tuple[str, tuple[str, ...]]] = [
    ("question", ()),
    ("moved", ("down", "down")),
    ("answered", ("enter",)),
    ("explained", ("h",)),
    ("invited", ("h", "1")),
    ("commented", ("c", *"[/]")),
    ("many", ("escape", "4", "right", "1", "3")),
    ("number", ("enter",)),
    ("refused", ("6", "1")),
    ("benchmark", ("backspace", "tab")),
    ("own-words", ("enter",)),
    ("writing", (*"Cake",)),
    ("last", ("tab", "2")),
    ("review", ("enter",)),
    ("hand-in", ("down", "enter")),
    ("handed-in", ("down", "enter")),
    ("help", ("f1",)),
]
"""Keys of one sitting, and what each screen on the way is called."""


def holds(name: str, size: Size, text: str) -> None:
    matches(SCREENS / f"{name}-{size[0]}x{size[1]}.txt", text)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_sitting(questions: Drive, size: Size) -> None:
    async with questions(size) as screen:
        for name, keys in STORY:
            await screen.press(*keys)
            holds(name, size, screen.text)


async def test_a_sitting_in_a_low_window(questions: Drive) -> None:
    async with questions((40, 12)) as screen:
        holds("question", (40, 12), screen.text)
        await screen.press("3")
        holds("answered", (40, 12), screen.text)
        await screen.press("enter", "2")
        holds("many", (40, 12), screen.text)


@pytest.mark.parametrize("size", [(40, 12), (60, 24)], ids=str)
async def test_every_shipped_question_fits_with_its_answers(drive: Drive, shipped: Edition, size: Size) -> None:
    async with drive(LaunchOptions(edition=shipped, group="board", form="full", save=False), size) as screen:
        await screen.press("1")
        shown = screen.app.screen
        assert isinstance(shown, Questions)
        for step in shown.sitting.steps:
            shown.turn_to(step)
            await screen.settle()
            assert not shown.page.max_scroll_y, step.id
        assert step.item, "the last is an open question"
        assert step.item.text.split()[-1] in screen.text


async def test_a_sitting_in_a_wide_window(questions: Drive) -> None:
    async with questions(WIDE) as screen:
        await screen.press("3")
        holds("answered", WIDE, screen.text)
        await screen.press("r")
        holds("review", WIDE, screen.text)


async def test_a_window_that_becomes_small_and_large_again(questions: Drive) -> None:
    async with questions() as screen:
        await screen.press("3")
        before = screen.text
        for size in ((40, 12), (20, 5)):
            await screen.resize(*size)
            holds("resized", size, screen.text)
        await screen.press("4")  # nothing is answered unseen
        await screen.resize(1, 1)
        await screen.resize(80, 24)
        assert screen.text == before


async def test_a_window_that_is_small_from_the_beginning(drive: Drive, garden: Edition) -> None:
    async with drive(LaunchOptions(edition=garden), (30, 8)) as screen:
        assert "Please make this window" in screen.text
        await screen.press("1")
        await screen.resize(80, 24)
        assert "1 Start" in screen.text
        await screen.resize(30, 8)
        await screen.press("escape")
        assert screen.app.return_code == 0


@pytest.mark.parametrize("size", [*SIZES, WIDE], ids=str)
async def test_the_beginning(drive: Drive, project: Project, size: Size) -> None:
    async with drive(LaunchOptions(project=project), size) as screen:
        holds("home", size, screen.text)
        await screen.press("1")
        holds("choose", size, screen.text)


@pytest.mark.parametrize("size", [*SIZES, WIDE, (40, 12)], ids=str)
async def test_the_welcome(drive: Drive, project: Project, garden: Edition, size: Size) -> None:
    async with drive(LaunchOptions(project=project, edition=garden), size) as screen:
        holds("welcome", size, screen.text)
        await screen.press("1")
        holds("group", size, screen.text)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_trial(drive: Drive, garden: Edition, size: Size) -> None:
    async with drive(LaunchOptions(edition=garden, group="growers"), size) as screen:
        holds("welcome-trial", size, screen.text)
        await screen.press("1", "4", "escape")
        holds("leave-trial", size, screen.text)
        await screen.press("1", "r", "down", "down", "enter")
        holds("results-trial", size, screen.text)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_coming_back(
    drive: Drive, project: Project, garden: Edition, size: Size, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = datetime.datetime(2026, 5, 31, 19, 15).astimezone()
    monkeypatch.setattr(Project, "_now", lambda _: moment)
    draft = state.start(garden, "growers")
    begin(project, garden, draft).hand_in(state.hand_in(garden.questionnaire, draft))
    begin(project, garden, state.respond(garden.questionnaire, draft, "watering", 4))
    async with drive(LaunchOptions(project=project), size) as screen:
        holds("home-again", size, screen.text)
        await screen.press("1")
        holds("welcome-back", size, screen.text)
    async with drive(LaunchOptions(project=project, sittings=True), size) as screen:
        holds("own-sittings", size, screen.text)
        await screen.press("2")
        holds("own-sitting", size, screen.text)
        await screen.press("3")
        holds("delete-sitting", size, screen.text)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_questionnaire_that_was_edited(drive: Drive, project: Project, garden: Edition, size: Size) -> None:
    begin(project, garden, state.respond(garden.questionnaire, state.start(garden, "growers"), "watering", 4))
    edited = edition(parse("garden", garden.content.replace(b"place to sit", b"quiet place to sit")))
    async with drive(LaunchOptions(project=project, edition=edited), size) as screen:
        holds("edited", size, re.sub(r"saved [^,]*", "saved …", screen.text))


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_codes_of_a_shared_project(drive: Drive, shared: Project, garden: Edition, size: Size) -> None:
    async with drive(LaunchOptions(project=shared, edition=garden, group="growers"), size) as screen:
        holds("welcome-shared", size, screen.text)
        await screen.press("1")
        holds("keep-code", size, screen.text)
        await screen.press("1", "4", *HAND_IN)
        holds("handed-in-shared", size, screen.text)
    async with drive(LaunchOptions(project=shared), size) as screen:
        holds("home-shared", size, screen.text)
        await screen.press("1", *"K7", "enter")
        holds("no-such-code", size, screen.text)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_what_cannot_be_saved(questions: Drive, saver: FakeSaver, size: Size) -> None:
    async with questions(size) as screen:
        saver.trouble = ProjectError("There is no room on the disk for mine.selfassess.", "Make some room.")
        await screen.press("4")
        holds("not-saved", size, screen.text)
        await screen.press("escape")
        holds("cannot-leave", size, screen.text)
        await screen.press("2", *HAND_IN)
        holds("cannot-hand-in", size, screen.text)


@pytest.mark.parametrize("size", [*SIZES, (40, 12)], ids=str)
async def test_the_same_answer_throughout_is_asked_about(
    drive: Drive, project: Project, skills: Edition, size: Size
) -> None:
    draft = state.start(skills, "board")
    same = {step.id: 4.0 for step in state.open_steps(skills.questionnaire, draft)}
    begin(project, skills, replace(draft, responses=same))
    async with drive(LaunchOptions(project=project, edition=skills), size) as screen:
        await screen.press("r")
        holds("review-same", size, screen.text)
        await screen.press("escape", "r")
        assert "Is that what you meant?" not in screen.text
