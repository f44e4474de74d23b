"""The plan on screen: every screen as text, and what keys and clicks do."""

import datetime
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from selfassess.definition.loader import read
from selfassess.model.plan import Planned
from selfassess.model.sheet import Sheet, Ticket
from selfassess.project import codes
from selfassess.project.parcel import pack
from selfassess.project.plans import Plans
from selfassess.project.project import Project, create
from selfassess.project.rounds import Rounds
from selfassess.tui.launch import LaunchOptions
from selfassess.tui.navigator import Navigator
from selfassess.tui.plan_navigation import show_plan
from tests.tui.conftest import Drive, Driven
from tests.tui.made_round import HANDED_IN, made_round, sheets
from tests.tui.test_screens import SIZES, Size, holds

TODAY = datetime.date(2026, 12, 1)
PLAN = (
    Planned(
        text="Write down why each organisation is at the table.", node="same_drawing", owner="the chair",
        due=datetime.date(2026, 11, 30), status="under way", effort="low", effect="high",
    ),
    Planned(text="Meet the neighbours.", due=TODAY, status="agreed", why="Bring [/]cake."),
    Planned(text="Book a room.", status="done", done=datetime.date(2026, 11, 5), owner="Sam"),
)  # fmt: skip  # in few lines

STORY: list[tuple[str, tuple[str, ...]]] = [
    ("list", ()),
    ("one", ("1",)),
    ("status", ("1",)),
    ("dropped", ("5",)),
    ("no-reason", ("enter",)),
    ("kept", (*"Too dear.", "enter")),
    ("below", ("escape",)),
    ("due", ("1", "3")),
    ("no-day", (*("backspace",) * 10, *"31/02", "enter")),
    ("suggestions", ("escape", "escape", "s")),
    ("chosen", ("enter", "down", "space")),
    ("chosen-left", ("escape",)),
    ("chosen-again", ("2",)),
    ("taken", ("p",)),
    ("help", ("f1",)),
]
"""Keys of one evening, and what each screen on the way is called."""


@pytest.fixture(autouse=True)
def this_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("selfassess.tui.plan_navigation.today", lambda: TODAY)


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """A shared project with a closed round and a plan."""
    monkeypatch.chdir(tmp_path)
    edition = read(Path(__file__).parent / "dashboard.toml")
    one = made_round(edition)
    with create(Path("ours.selfassess"), "shared") as project:
        rounds = Rounds(project)
        rounds.add(replace(one, state="new", standing={}), edition)
        rounds.open(one.id)
        for group, characters in sheets(edition, HANDED_IN):
            ticket = Ticket(round=one.key, agrees=True if group == "external" else None)
            sheet = Sheet(questionnaire=edition.sha256, group=group, form="full", answers=characters, ticket=ticket)
            rounds.sheets.hand_in(
                pack(sheet, codes.new_code(codes.RECEIPT_LENGTH)), questionnaire=edition.questionnaire
            )
        rounds.close(one.id)
        node = edition.questionnaire.strands[0].middle[0].id
        Plans(project).add(*(replace(planned, node=planned.node and node) for planned in PLAN))
        yield project


Present = Callable[..., AbstractAsyncContextManager[Driven]]


@pytest.fixture
def present(drive: Drive, shared: Project) -> Present:
    @asynccontextmanager
    async def shown(size: Size = (80, 24)) -> AsyncIterator[Driven]:
        def begin(navigator: Navigator) -> Callable[[], Awaitable[None]]:
            return partial(show_plan, navigator, Plans(shared))

        async with drive(LaunchOptions(project=shared), size, begin) as screen:
            yield screen

    return shown


def plan(project: Project) -> list[str]:
    return [f"{one.id} {one.status}" for one in Plans(project).all()]


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_an_evening_with_the_plan(present: Present, size: Size) -> None:
    async with present(size) as screen:
        for name, keys in STORY:
            await screen.press(*keys)
            holds(f"plan-{name}", size, screen.text)


async def test_what_is_changed_is_kept_at_once(present: Present, shared: Project) -> None:
    async with present() as screen:
        await screen.press("2", "2", *"the clerk", "enter")
        assert Plans(shared).get("a2").owner == "the clerk"
        assert "Saved." in screen.text
        await screen.press("4", "2", "5", "4")
        assert (Plans(shared).get("a2").effort, Plans(shared).get("a2").effect) == ("low", "high")
        assert "Early win: effort low, effect high." in " ".join(screen.text.split())
        await screen.press("6", *("backspace",) * 20, *"Ask first.", "enter")
        assert Plans(shared).get("a2").why == "Ask first."
        await screen.press("7", "2")
        assert Plans(shared).get("a2").node
        await screen.press("7", "1")
        assert not Plans(shared).get("a2").node
        await screen.press("1", "4")
        assert Plans(shared).get("a2").done == TODAY


async def test_the_order_is_changed_with_keys(present: Present, shared: Project) -> None:
    async with present() as screen:
        await screen.press("d")
        assert plan(shared) == ["a2 agreed", "a1 under way", "a3 done"]
        assert "Moved to place 2." in screen.text
        assert "> 2 Write down" in screen.text
        await screen.press("d")
        assert "It is last in its part of the list." in screen.text
        await screen.press("shift+up")
        assert plan(shared) == ["a1 under way", "a2 agreed", "a3 done"]
        await screen.press("u")
        assert "It is first in its part of the list." in screen.text


async def test_an_action_is_written_and_taken_out(present: Present, shared: Project) -> None:
    async with present() as screen:
        await screen.press("n", "enter")
        assert "It does not say what to do." in screen.text
        await screen.press(*"Bake.", "enter")
        assert plan(shared)[2] == "a4 proposed"
        await screen.press("9", "1")
        assert len(plan(shared)) == 4
        await screen.press("9", "2")
        assert len(plan(shared)) == 3
        assert "Deleted: Bake." in screen.text
        await screen.press("n", "escape", "escape")
        assert screen.app.return_code == 0


async def test_everything_can_be_clicked(present: Present, shared: Project) -> None:
    async with present() as screen:
        await screen.click("Meet the neighbours")
        await screen.click("Status: agreed")
        await screen.click("Under way")
        assert Plans(shared).get("a2").status == "under way"
        await screen.click("Esc Back")
        await screen.click("Ctrl+P More")
        await screen.click("Move up")
        assert plan(shared)[0] == "a2 under way"
        await screen.click("S Suggestions")
        await screen.click("[ ]")
        await screen.click("P Put 1 into the plan")
        assert len(plan(shared)) == 4


async def test_the_order_is_changed_from_the_list_of_everything_too(present: Present, shared: Project) -> None:
    async with present() as screen:
        before = plan(shared)
        await screen.press("ctrl+p", *"move down", "enter")
        assert plan(shared) == [before[1], before[0], before[2]]


async def test_what_somebody_else_changed_meanwhile_is_not_overwritten(present: Present, shared: Project) -> None:
    async with present() as screen:
        await screen.press("1", "1")
        Plans(shared).change(replace(Plans(shared).get("a1"), owner="Kim"))
        await screen.press("4")
        assert "The plan was changed elsewhere in the meantime" in screen.text
        assert Plans(shared).get("a1").status == "under way"
        await screen.press("1")
        assert "Kim" in screen.text


async def test_one_that_is_gone_is_said(present: Present, shared: Project) -> None:
    async with present() as screen:
        Plans(shared).remove("a1")
        await screen.press("1")
        assert "There is no action “a1” in the plan." in screen.text
        await screen.press("1")
        assert "Write down why" not in screen.text


async def test_when_all_is_taken_there_is_nothing_new(present: Present, shared: Project) -> None:
    async with present() as screen:
        await screen.press("s", *("enter", "down") * 40, "p", "s")
        assert "The plan already has everything that the report of Autumn 2026 suggests." in screen.text
        await screen.press("1")
        assert "The plan" in screen.text


async def test_the_home_screen_and_the_results_lead_to_the_plan_and_back(drive: Drive, shared: Project) -> None:
    async with drive(LaunchOptions(project=shared)) as screen:
        home = screen.text
        await screen.click("The plan")
        assert "Meet the neighbours." in screen.text
        await screen.press("escape")
        assert screen.text == home
        await screen.click("Results of: Autumn 2026")
        results = screen.text
        await screen.press("p")
        assert "Meet the neighbours." in screen.text
        await screen.press("1", "escape", "escape")
        assert screen.text == results


async def test_what_was_taken_from_the_results_is_suggested_there_no_more(drive: Drive, shared: Project) -> None:
    async with drive(LaunchOptions(project=shared), (120, 40)) as screen:
        await screen.click("Results of: Autumn 2026")
        await screen.press("d")
        assert "Already in the plan" not in screen.text
        await screen.press("p", "s", "enter", "p", "escape")
        (taken,) = [one.text for one in Plans(shared).all() if one.status == "proposed"]
        await screen.press("end")
        settled = screen.text.partition("Already in the plan, so not suggested again")[2]
        assert f"• {taken}" in settled
        assert "(proposed)" in settled


async def test_what_was_chosen_is_left_out_only_after_a_yes(drive: Drive, shared: Project) -> None:
    async with drive(LaunchOptions(project=shared), (80, 24)) as screen:
        await screen.click("Results of: Autumn 2026")
        await screen.press("p", "s", "enter", "escape")
        assert "You chose 1 suggestion" in screen.text
        await screen.press("3")
        assert not any(one.status == "proposed" for one in Plans(shared).all())
        await screen.press("s", "enter", "escape", "1")
        assert [one.status for one in Plans(shared).all()].count("proposed") == 1


async def test_a_personal_project_has_a_plan_and_nothing_to_take(drive: Drive, project: Project) -> None:
    def begin(navigator: Navigator) -> Callable[[], Awaitable[None]]:
        return partial(show_plan, navigator, Plans(project))

    async with drive(LaunchOptions(project=project), (80, 24), begin) as screen:
        assert "Nothing is planned yet." in screen.text
        assert "Suggestions" not in screen.text
        await screen.press("enter", "u", "s")
        assert "Nothing to choose from" in screen.text
        await screen.press("1", "n", *"Bake.", "enter")
        assert "1. Bake." in screen.text


async def test_a_window_that_becomes_small_and_large_again(present: Present) -> None:
    async with present() as screen:
        for keys in ((), ("1",), ("1",), ("escape", "escape", "s"), ("escape", "n")):
            await screen.press(*keys)
            before = screen.text
            await screen.resize(40, 12)
            assert max(map(len, screen.text.splitlines())) <= 40
            await screen.resize(80, 24)
            assert screen.text == before
