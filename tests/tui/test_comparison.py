"""What moved between rounds, on screen: its pages as plain values, its screens as text, and what keys and clicks do."""

import datetime
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from selfassess.documents.blocks import ChangeChart, ChangeRow, Kind, Section, Spot
from selfassess.documents.comparison import wording as words
from selfassess.documents.comparison.dashboard import page
from selfassess.model.comparison import Claim, Named
from selfassess.model.plan import Planned
from selfassess.model.privacy_notice import PrivacyNotice
from selfassess.model.questionnaire import Edition
from selfassess.model.reports import ComparisonReport
from selfassess.model.round import Round
from selfassess.project.plans import Plans
from selfassess.project.project import Project, open_project
from selfassess.project.rounds import Rounds
from selfassess.services.comparisons import compare_with_plan
from selfassess.tui.comparison_navigation import in_order, show_comparison
from selfassess.tui.launch import LaunchOptions
from selfassess.tui.navigator import Navigator
from selfassess.tui.screens.compare_rounds import CompareRounds, titles_in
from selfassess.tui.widgets.block_lines import Piece, draw, pieces
from tests.services.made_progress import REWORDED, made_project
from tests.tui.conftest import Drive, Driven
from tests.tui.test_screens import SIZES, Size, holds

pytestmark = pytest.mark.slow

ASIDE: tuple[Kind, ...] = ("left out", "who", "trend", "how to read")
PLAN = (
    Planned(
        text="Write down why each [/]organisation is at the table.", node="vision", status="done",
        done=datetime.date(2026, 5, 4), round="autumn_2025", action="vision_roles",
    ),
    Planned(text="Meet once without an agenda.", node="openness", status="under way", groups=("staff",),
            round="autumn_2025", action="openness_meet"),
)  # fmt: skip  # in few lines

STORY: list[tuple[str, tuple[str, ...]]] = [
    ("strands", ()),
    ("strand", ("2",)),
    ("strand-below", ("pagedown", "pagedown", "pagedown")),
    ("benchmark", ("1",)),
    ("benchmark-below", ("pagedown", "pagedown")),
    ("next", ("right",)),
    ("board", ("escape", "escape", "g")),
    ("external", ("g", "3")),
    ("left-out", ("l",)),
    ("who", ("w",)),
    ("how", ("h",)),
    ("help", ("f1",)),
]
"""Keys of one evening, and what each screen on the way is called."""


@pytest.fixture(scope="module")
def kept(progress: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A shared project with three closed rounds and a plan."""
    path = tmp_path_factory.mktemp("progress") / "ours.selfassess"
    shutil.copyfile(progress, path)
    with open_project(path) as project:
        Plans(project).add(*PLAN)
        yield project


@pytest.fixture(autouse=True)
def named(kept: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The window says which project it is, so that no command on screen has to."""
    monkeypatch.setenv("SELFASSESS_PROJECT", str(kept.path))


def openings(shown: Section) -> list[ChangeRow]:
    return [row for block in shown.blocks if isinstance(block, ChangeChart) for row in block.rows if row.opens]


def made(project: Project, *names: str) -> ComparisonReport:
    rounds = Rounds(project)
    return compare_with_plan(rounds, [rounds.get(name) for name in names])


@pytest.fixture(scope="module")
def report(kept: Project) -> ComparisonReport:
    return made(kept, "autumn_2025", "autumn_2026")


@pytest.fixture(scope="module")
def trend(kept: Project) -> ComparisonReport:
    return made(kept, "autumn_2025", "autumn_2026", "autumn_2027")


def text(shown: Section, width: int = 76) -> str:
    """What a page says, wherever its lines end."""
    return " ".join(" ".join(line.plain for piece in pieces(shown) for line in draw(piece, width)).split())


# Its pages


def test_every_spot_that_opens_leads_somewhere(report: ComparisonReport) -> None:
    for view in (report, *(replace(report, group=group) for group in ("board", "external", "staff"))):
        seen: set[Spot] = set()
        waiting = [Spot("strands"), *(Spot(kind) for kind in ASIDE)]
        while waiting:
            spot = waiting.pop()
            if spot not in seen:
                seen.add(spot)
                shown = page(view, spot)
                assert text(shown)
                waiting += [block.opens for block in openings(shown) if block.opens]
        assert {node.id for node in report.comparison.all.nodes} == {spot.id for spot in seen} - {""}


def test_the_words_stand_before_the_line(report: ComparisonReport) -> None:
    rows = openings(page(report, Spot("strands")))
    assert [row.says for row in rows[:3]] == ["no change to speak of", "moved up", "moved up"]
    assert [row.moved for row in rows[:3]] == [False, True, True]
    for width in (76, 56, 36, 20):
        for row in rows:
            lines = [line.plain for line in draw(Piece(row), width)]
            assert max(map(len, lines)) <= width
            line = next(at for at, drawn in enumerate(lines) if "●" in drawn or "◉" in drawn)
            before = " ".join(" ".join(lines[: line + 1]).split())
            assert before.startswith(row.title)
            assert row.says in before[: before.index("····")]
            assert row.told in " ".join(" ".join(lines).split())


def test_the_page_of_a_benchmark_says_whose_change_it_is_and_why(report: ComparisonReport) -> None:
    told = text(page(report, Spot("benchmark", "openness")))
    assert "The same people · 19 who answered both times moved up" in told
    assert "Of the 19, at least 10 went up." in told
    assert "At least half of the smaller round were found again, so we go by the same people" in told
    assert "we draw no conclusion from it" in told
    assert "Allowing for chance, the change is between" in told


def test_what_is_withheld_is_said_with_the_reason(report: ComparisonReport) -> None:
    board = text(page(replace(report, group="board"), Spot("benchmark", "openness")))
    assert "6 who answered both times" in board
    assert "certainty not shown" in text(page(replace(report, group="board"), Spot("strands")))
    external = text(page(replace(report, group="external"), Spot("benchmark", "openness")))
    assert "the same people are not shown separately: fewer than 5 were found again" in external
    assert "went up" not in board
    none = text(page(replace(report, group="external"), Spot("strand", "leadership")))
    assert "External partners not shown: " in none


def test_what_is_little_is_not_told_as_a_move(report: ComparisonReport) -> None:
    shown = page(replace(report, group="external"), Spot("strands"))
    says = {row.title: (row.says, row.moved) for row in openings(shown)}
    assert says["Organisation and involvement"] == ("no change to speak of", False)
    assert "moved" not in text(shown)


def test_items_that_are_left_out_are_named_where_they_matter(report: ComparisonReport) -> None:
    assert REWORDED[1] in text(page(report, Spot("benchmark", "alignment")))
    assert "What is left out" not in text(page(report, Spot("benchmark", "openness")))
    assert "2 of 3 items the same, 1 reworded" in text(page(report, Spot("left out")))


def test_what_was_planned_stands_beside_and_no_cause_is_claimed(report: ComparisonReport) -> None:
    told = text(page(report, Spot("benchmark", "vision")))
    assert "Write down why each [/]organisation is at the table. (done in May 2026)" in told
    assert told.endswith("by chance, the lowest scores rise more often than they fall.")
    assert "(under way; for Staff)" in text(page(report, Spot("benchmark", "openness")))
    assert "What was planned" not in text(page(replace(report, group="board"), Spot("benchmark", "openness")))


def test_of_several_rounds_there_is_a_trend(report: ComparisonReport, trend: ComparisonReport) -> None:
    told = text(page(trend, Spot("strand", "learning")))
    assert "Over the rounds Autumn 2025: 58 (31) · Autumn 2026: 57 (30) · Autumn 2027: " in told
    assert "Leadership and vision Autumn 2025: –" in text(page(trend, Spot("trend")))
    assert "Two rounds are not a trend" in text(page(report, Spot("trend")))


@pytest.mark.parametrize(
    ("matched", "few", "told"),
    [
        (0, True, "Nobody could be found again, so we go by everybody"),
        (7, True, "Fewer than half of the smaller round could be found again, so we go by everybody"),
        (20, False, "the same people are not shown separately: so few."),
    ],
)
def test_why_everybody_speaks_is_said(report: ComparisonReport, matched: int, few: bool, told: str) -> None:
    cell = report.comparison.all
    node = replace(
        cell.nodes[0], views=("everybody",), few_matched=few, withheld={"matched": "so few"},
        claim=Claim(says="moved up", because="why"),
    )  # fmt: skip  # in few lines
    assert told in words.why_view(replace(cell, matched=matched), node)
    assert words.why_alone(node) == ("The same people are not shown next to it: so few." if few else "")


def test_what_has_no_score_or_is_not_shown_has_a_page(report: ComparisonReport) -> None:
    cell = report.comparison.all
    bare = replace(cell, nodes=tuple(replace(one, views=(), withheld={"everybody": "so few"}) for one in cell.nodes))
    other = replace(report, comparison=replace(report.comparison, cells=(bare,)))
    assert "All not shown: so few" in text(page(other, Spot("benchmark", "openness")))
    gone = replace(report, comparison=replace(report.comparison, cells=(replace(cell, nodes=()),)))
    assert "nothing to compare" in text(page(gone, Spot("benchmark", "openness")))


def test_a_line_that_is_as_good_as_none_is_not_in_colour() -> None:
    change = ChangeRow(
        level="strand", title="T", says="", then=0.5, now=0.51, told="50 to 51 (+1)", n="12", moved=False
    )
    assert all("$primary" not in str(span.style) for line in draw(Piece(change), 76) for span in line.spans)


@pytest.mark.parametrize(
    ("titles", "room", "shown"),
    [
        (("Autumn 2025", "Autumn 2026"), 25, "Autumn 2025 → Autumn 2026"),
        (("Autumn 2025", "Autumn 2026"), 24, ""),
        (("Our Partnership, autumn", "Our Partnership, spring"), 40, "… autumn → … spring"),
        (("The very long title of one", "Another title as long"), 33, "The very long… → Another title…"),
        (("Our Partnership at last", "Our Partnership at last"), 40, "Our Partnership a… → Our Partnership a…"),
    ],
)
def test_titles_give_way_where_there_is_little_room(titles: tuple[str, str], room: int, shown: str) -> None:
    assert titles_in((Named("a", titles[0]), Named("b", titles[1])), room) == shown


# On screen

Present = Callable[..., AbstractAsyncContextManager[Driven]]


@pytest.fixture
def present(drive: Drive, report: ComparisonReport, kept: Project) -> Present:
    @asynccontextmanager
    async def shown(size: Size = (80, 24), other: ComparisonReport | None = None) -> AsyncIterator[Driven]:
        def begin(navigator: Navigator) -> Callable[[], Awaitable[None]]:
            return partial(show_comparison, navigator, other or report, Plans(kept))

        async with drive(LaunchOptions(project=kept), size, begin) as screen:
            yield screen

    return shown


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_an_evening_with_what_moved(present: Present, size: Size) -> None:
    async with present(size) as screen:
        for name, keys in STORY:
            await screen.press(*keys)
            assert name == "help" or "MADE-UP" in screen.text
            holds(f"comparison-{name}", size, screen.text)


async def test_a_window_that_becomes_small_and_large_again(present: Present) -> None:
    async with present() as screen:
        for name, keys in (("strands", ()), ("benchmark", ("2", "1"))):
            await screen.press(*keys)
            before = screen.text
            await screen.resize(40, 12)
            assert max(map(len, screen.text.splitlines())) <= 40
            holds(f"comparison-{name}", (40, 12), screen.text)
            await screen.resize(80, 24)
            assert screen.text == before


async def test_the_way_down_and_back(present: Present) -> None:
    async with present() as screen:
        top = screen.text
        await screen.press("2", "1", "left")
        assert "This is the first one in this part." in screen.text
        await screen.press("right", "right", "right", "right")
        assert "This is the last one in this part." in screen.text
        await screen.press("l", "w", "o", "escape")
        assert "Families gain" in screen.text
        await screen.press("escape", "escape")
        assert screen.text == top.replace("> 1", "  1").replace("  2 Lead", "> 2 Lead")
        await screen.press("g", "g", "g", "g")
        assert screen.text == top
        await screen.press("escape")
        assert screen.app.return_code == 0


async def test_everything_can_be_clicked(present: Present) -> None:
    async with present() as screen:
        await screen.click("2 Leadership")
        await screen.click("1 We share")
        assert "Of the 19" in screen.text
        await screen.click("Ctrl+P More")
        await screen.click("Plan: what you decided")
        assert "Meet once without an agenda." in screen.text
        await screen.press("escape")
        await screen.click("→ Next")
        assert "What our partners want fits together" in screen.text
        await screen.click("Ctrl+P More")
        await screen.click("Groups: all")
        assert "Board members" in screen.text


async def test_whatever_is_listed_is_a_key_too(present: Present) -> None:
    async with present() as screen:
        assert isinstance(screen.app.screen, CompareRounds)
        commands = [one.key for one in screen.app.screen.commands()]
        assert commands == ["p", "g", "l", "w", "h", "escape", "f1", "f2"]
        for key in commands[:5]:
            top = screen.text
            await screen.press(key)
            assert screen.text != top, key
            await screen.press(*("g",) * 3 if key == "g" else ("escape",))
            assert screen.text == top, key


async def test_several_rounds_have_a_page_of_their_scores(present: Present, trend: ComparisonReport) -> None:
    async with present(other=trend) as screen:
        assert "Autumn 2025 → Autumn 2027" in screen.text
        await screen.press("o")
        assert "Each round's own scores" in screen.text
        await screen.press("end")
        assert "Autumn 2025: 58 (31) · Autumn 2026: 57 (30)" in " ".join(screen.text.split())


async def test_the_day_until_which_answers_are_kept_is_said_with_what_moved(
    drive: Drive, kept: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Project, "notice", PrivacyNotice(keep_until=datetime.date(2020, 1, 1)))
    async with drive(LaunchOptions(project=kept), (80, 40)) as screen:
        await screen.click("What moved between rounds")
        await screen.press("1", "1")
        assert "were to be kept until 1 January 2020." in " ".join(screen.text.split())


async def test_home_asks_which_two_and_which_came_first(drive: Drive, kept: Project) -> None:
    async with drive(LaunchOptions(project=kept), (80, 40)) as screen:
        home = screen.text
        await screen.click("What moved between rounds")
        assert "Which round came first?" in screen.text
        await screen.press("1")
        assert "And the later one?" in screen.text
        await screen.press("escape", "1", "1")
        assert "Autumn 2025 → Autumn 2026" in screen.text
        await screen.press("escape")
        assert screen.text == home


async def test_the_results_of_a_round_lead_to_what_moved_and_back(drive: Drive, kept: Project) -> None:
    async with drive(LaunchOptions(project=kept), (80, 40)) as screen:
        await screen.click("Results of: Autumn 2026")
        results = screen.text
        await screen.press("v")
        assert "Compare with which round?" in screen.text
        await screen.press("1")
        assert "Which round came first?" in screen.text
        await screen.press("1")
        assert "Autumn 2025 → Autumn 2026" in screen.text
        await screen.press("escape")
        assert screen.text == results


async def test_it_is_said_that_it_takes_a_moment_and_no_key_is_lost(
    drive: Drive, kept: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    async with drive(LaunchOptions(project=kept), (80, 40)) as screen:

        def slow(*given: Any, **also: Any) -> ComparisonReport:
            seen.append(screen.text)
            return compare_with_plan(*given, **also)

        monkeypatch.setattr("selfassess.services.comparisons.compare_with_plan", slow)
        await screen.click("Results of: Autumn 2026")
        await screen.press("v", "1", "1", "1")
        assert "One moment" in seen[0]
        assert "Autumn 2025 → Autumn 2026 · " in screen.text, "the last key opened what has that number"


def test_the_order_is_known_where_one_round_was_made_to_follow_the_other(
    kept: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds = Rounds(kept)
    first, second, third = (rounds.get(f"autumn_{year}") for year in (2025, 2026, 2027))
    assert in_order(kept, first, third) is None
    follows = {third.id: second, second.id: first}

    def before(_: Rounds, id: str) -> Round | None:
        return follows.get(id)

    monkeypatch.setattr("selfassess.project.rounds.Rounds.previous", before)
    assert in_order(kept, third, first) == (first, third)
    assert in_order(kept, first, second) == (first, second)


async def test_one_closed_round_cannot_be_compared(drive: Drive, leadership: Edition, tmp_path: Path) -> None:
    path = made_project(tmp_path / "ours.selfassess", {"autumn": leadership})
    with open_project(path) as project:
        async with drive(LaunchOptions(project=project), (80, 40)) as screen:
            assert "What moved between rounds" not in screen.text
            await screen.click("Results of: Autumn")
            assert "What moved" not in screen.text


def test_where_the_same_people_stand_beside_everybody_it_is_not_said_that_they_are_not_shown(
    report: ComparisonReport,
) -> None:
    """Half were found again, but some of them do not count as the same people."""
    cell = report.comparison.all
    beside = [replace(one, views=("everybody", "matched")) for one in cell.nodes if one.matched and one.everybody]
    told = words.why_view(cell, beside[0]), words.which_view(replace(cell, nodes=tuple(beside)))
    assert told == (f"{words.FEW_COUNT}, so we go by everybody.",) * 2
