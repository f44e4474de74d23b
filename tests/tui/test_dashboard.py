"""What the dashboard does with keys and clicks, and every screen of it as text."""

import datetime
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import pytest
from textual import events
from textual._context import active_app

from selfassess.definition.loader import read
from selfassess.documents.round.findings_table import findings
from selfassess.errors import ProjectError
from selfassess.model.privacy_notice import PrivacyNotice
from selfassess.model.questionnaire import Edition
from selfassess.model.reports import RoundReport
from selfassess.model.round import Agreed, OwnFinding
from selfassess.model.sheet import Sheet, Ticket
from selfassess.project.project import create
from selfassess.project.rounds import Rounds
from selfassess.tui.dashboard_navigation import show_dashboard
from selfassess.tui.deferred_start import DeferredStart
from selfassess.tui.launch import LaunchOptions
from selfassess.tui.navigator import Navigator
from tests.tui.conftest import Drive, Driven
from tests.tui.made_round import HANDED_IN, made_report, made_round, sheets
from tests.tui.test_screens import SIZES, WIDE, Size, holds

TEXTS = (
    ("work_words", "The ropes are good."),
    ("work_words", "[/][@click=app.end(9)]We laugh a lot."),
)

STORY: list[tuple[str, tuple[str, ...]]] = [
    ("strands", ()),
    ("strand", ("1",)),
    ("benchmark", ("1",)),
    ("benchmark-below", ("pagedown", "pagedown")),
    ("item", ("1",)),
    ("board", ("g",)),
    ("findings", ("g", "f")),
    ("by-group", ("b",)),
    ("to-do", ("d",)),
    ("comments", ("c",)),
    ("who", ("w",)),
    ("meeting", ("escape", "escape", "m")),
    ("revealed", ("space",)),
    ("agree", ("a",)),
    ("no-score", (*"160", "enter")),
    ("agreed", (*("backspace",) * 3, *"55", "enter", *"two of us built it", "enter")),
    ("help", ("f1",)),
    ("whose", ("escape", "escape", "g", "g", "e")),
    ("own-words", ("2",)),
    ("found", (*"Nobody draws.", "enter")),
]
"""Keys of one evening, and what each screen on the way is called."""


@dataclass
class FakeKeeper:
    """Keeps what is agreed in a dictionary, and fails for as long as it is told to."""

    kept: dict[str, Agreed] = field(default_factory=dict)
    found: list[OwnFinding] = field(default_factory=list)
    trouble: ProjectError | None = None

    def agree(self, id: str, agreed: Agreed) -> None:
        if self.trouble:
            raise self.trouble
        self.kept[agreed.node] = agreed

    def disagree(self, id: str, node: str) -> None:
        if self.trouble:
            raise self.trouble
        del self.kept[node]

    def write_finding(self, id: str, finding: OwnFinding) -> None:
        if self.trouble:
            raise self.trouble
        self.found.append(finding)


def in_a_line(screen: Driven) -> str:
    """What is on the screen, wherever its lines end."""
    return " ".join(screen.text.split())


def beside_its_bar(screen: Driven) -> list[str]:
    """What is on the screen but for the scroll bar, whose length follows a line of keys too late."""
    return [line[:76].rstrip() for line in screen.text.splitlines()]


Present = Callable[..., AbstractAsyncContextManager[Driven]]


@pytest.fixture(scope="module")
def bridge() -> Edition:
    return read(Path(__file__).parent / "dashboard.toml")


@pytest.fixture(scope="module")
def report(bridge: Edition) -> RoundReport:
    return made_report(bridge, texts=TEXTS)


@pytest.fixture
def keeper() -> FakeKeeper:
    return FakeKeeper()


@pytest.fixture
def present(drive: Drive, report: RoundReport, keeper: FakeKeeper) -> Present:
    """Drives the dashboard of the made-up round, or of another report."""

    @asynccontextmanager
    async def shown(size: Size = (80, 24), other: RoundReport | None = None) -> AsyncIterator[Driven]:
        def begin(navigator: Navigator) -> Callable[[], Awaitable[None]]:
            return partial(show_dashboard, navigator, other or report, keeper)

        async with drive(LaunchOptions(), size, begin) as screen:
            yield screen

    return shown


# Every screen


@pytest.mark.parametrize("size", [*SIZES, WIDE], ids=str)
async def test_an_evening_with_the_results(present: Present, size: Size) -> None:
    async with present(size) as screen:
        for name, keys in STORY:
            await screen.press(*keys)
            assert name == "help" or "MADE-UP" in screen.text
            holds(f"dashboard-{name}", size, screen.text)


async def test_what_is_worked_out_first_is_said_and_keys_that_come_meanwhile_are_for_what_follows(
    drive: Drive, report: RoundReport, keeper: FakeKeeper
) -> None:
    seen: list[str] = []

    def work() -> RoundReport:
        seen.append(type(active_app.get().screen).__name__)
        return report

    async def show(navigator: Navigator, worked_out: RoundReport) -> None:
        await show_dashboard(navigator, worked_out, keeper)

    async with drive(LaunchOptions(), (80, 24), DeferredStart("One moment.", work, show)) as screen:
        await screen.press("1")
        assert seen == ["Waiting"]
        assert "One moment" not in screen.text
        holds("dashboard-strand", (80, 24), screen.text)


async def test_a_window_that_becomes_small_and_large_again(present: Present) -> None:
    async with present() as screen:
        for name, keys in (("strands", ()), ("benchmark", ("1", "1")), ("revealed", ("m", "space"))):
            await screen.press(*keys)
            before = beside_its_bar(screen)
            await screen.resize(40, 12)
            holds(f"dashboard-{name}", (40, 12), screen.text)
            await screen.resize(80, 24)
            assert beside_its_bar(screen) == before


async def test_answers_that_are_not_made_up_are_not_marked(present: Present, bridge: Edition) -> None:
    async with present(other=made_report(bridge, made_up=False)) as screen:
        assert "MADE-UP" not in screen.text


# Up and down


async def test_enter_opens_and_escape_goes_back_to_where_one_was(present: Present) -> None:
    async with present() as screen:
        await screen.press("down")
        before = screen.text
        assert ">" in before
        await screen.press("enter", "escape")
        assert screen.text == before
        await screen.press("1", "1", "1", "escape", "escape", "escape", "escape")
        assert screen.app.return_code == 0


async def test_everything_can_be_clicked(present: Present) -> None:
    async with present() as screen:
        await screen.click("Plans")
        await screen.click("same drawing")
        assert "Which drawing does each of us" in screen.text
        await screen.click("Ctrl+P More")
        await screen.click("Findings: strengths")
        assert "Strengths to celebrate" in screen.text
        await screen.click("Esc Back")
        await screen.click("M Meeting")
        await screen.click("Space Show")
        assert "Where people see it differently" in screen.text
        await screen.click("Esc Back")
        assert "To ask in the room" in screen.text


async def test_the_cursor_of_the_terminal_is_on_what_is_pointed_at(present: Present) -> None:
    async with present() as screen:

        def under_cursor() -> str:
            x, y = screen.app.cursor_position
            return screen.text.splitlines()[y][x - 2 : x + 3]

        assert under_cursor() == "> 1 P"
        await screen.press("down")
        assert under_cursor() == "> 2 W"
        await screen.press("1")
        await screen.press("1", "end")
        x, y = screen.app.cursor_position
        assert 0 <= x < 80
        assert 0 <= y < 24


async def test_arrows_read_on_where_nothing_opens_near(present: Present) -> None:
    async with present() as screen:
        await screen.press("1", "1")
        await screen.press(*("down",) * 120)
        assert "Source: 2.1" in screen.text
        await screen.press(*("up",) * 120)
        assert "We all build from the same drawing" in screen.text


async def test_the_wheel_of_the_mouse_takes_the_pointer_along(present: Present) -> None:
    async with present() as screen:
        await screen.press("1")
        assert "> 1" in screen.text
        for _ in range(8):
            screen.app.post_message(events.MouseScrollDown(None, 20, 10, 0, 0, 0, False, False, False))
        await screen.settle()
        assert "> 1" not in screen.text
        assert 0 <= screen.app.cursor_position.y < 24


async def test_the_next_benchmark_is_beside(present: Present) -> None:
    async with present() as screen:
        await screen.press("1", "1", "right")
        assert "We know what it costs" in screen.text
        await screen.press("right")
        assert "This is the last one in this part." in screen.text
        await screen.press("left")
        assert "We all build from the same drawing" in screen.text


async def test_keys_typed_ahead_are_taken_in_their_order(present: Present, keeper: FakeKeeper) -> None:
    async with present() as screen:
        await screen.press("1", "1", "a", *"60", "enter", *"Why", "enter", "m", "space", "right", "escape", "escape")
        assert keeper.kept == {"drawing": Agreed(node="drawing", score=60, why="Why")}
        assert "Plans" in screen.text


# Groups and order


async def test_groups_come_one_after_the_other_and_what_is_not_shown_says_why(
    present: Present, bridge: Edition
) -> None:
    few = made_report(
        bridge,
        handed_in={"board": 10, "staff": 16, "external": 2},
        standing={"board": "shown", "staff": "shown", "external": "left_out"},
    )
    async with present(other=few) as screen:
        await screen.press("end")
        assert "External partners: left out" in screen.text
        for title in ("Board members", "Staff", "All", "Board members"):
            await screen.press("g")
            assert f"Autumn 2026 · {title}" in screen.text


async def test_what_is_withheld_says_why_at_every_level(present: Present) -> None:
    async with present() as screen:
        await screen.press("g", "g", "g", "1", "1", "pagedown")
        assert "Autumn 2026 · External partners" in screen.text
        assert "fewer than 10 answered" in screen.text
        await screen.press("1")
        assert "Not shown: fewer than 10 answered" in screen.text


async def test_a_corrected_number_of_people_is_told_with_the_one_before(present: Present, report: RoundReport) -> None:
    async with present((120, 40), replace(report, reported={"staff": (20,)})) as screen:
        await screen.press("w")
        assert "Corrected after the first report: Staff, 18 invited (first reported as 20)." in in_a_line(screen)


async def test_the_order_changes_for_rows_and_for_the_meeting(present: Present) -> None:
    async with present() as screen:
        await screen.press("m")
        assert "What to talk about first" in screen.text
        assert "We all build from the same drawing" in screen.text
        await screen.press("right", "right")
        assert "Everybody comes home" in screen.text
        await screen.press("right")
        assert "That was the last one." in screen.text
        await screen.press("s")
        assert "3 of 3" in screen.text
        assert "In the questionnaire's order" in screen.text


# The meeting


async def test_the_answers_are_hidden_until_a_key_is_pressed_and_again_on_the_next(present: Present) -> None:
    async with present() as screen:
        await screen.press("m")
        for word in ("Build on it", "30 of 34", "█", "two camps"):
            assert word not in screen.text
        await screen.press("space")
        assert "Build on it" in screen.text
        await screen.press("space")
        assert "Build on it" not in screen.text
        await screen.press("space", "right")
        assert "Build on it" not in screen.text


async def test_the_meeting_begins_where_one_is(present: Present) -> None:
    async with present() as screen:
        await screen.press("1", "2", "m")
        assert "We know what it costs" in screen.text
        await screen.press("escape")
        assert "To ask in the room: What would surprise us" in screen.text
        await screen.press("escape", "escape", "2", "m")
        assert "Everybody comes home" in screen.text


async def test_what_the_meeting_agrees_stands_beside_the_mean_and_can_be_changed_and_taken_away(
    present: Present, keeper: FakeKeeper
) -> None:
    async with present() as screen:
        await screen.press("1", "1", "a", *"60", "enter", *"We saw it.", "enter")
        assert "Saved" in screen.text
        assert "The meeting agreed 60. The answers: 50. Why: We saw it." in in_a_line(screen)
        await screen.press("a", "backspace", "backspace", *"55", "enter", "enter")
        assert keeper.kept["drawing"] == Agreed(node="drawing", score=55, why="We saw it.")
        assert "The meeting agreed 55" in screen.text
        await screen.press("m")
        assert "The meeting agreed 55" in screen.text
        assert "stays 50" not in screen.text
        await screen.press("a", "backspace", "backspace", "enter")
        assert "is removed" in screen.text
        assert not keeper.kept
        assert "The meeting agreed 55" not in screen.text


async def test_what_was_found_is_written_for_a_group_shown_with_its_benchmark_and_taken_back(
    present: Present, keeper: FakeKeeper
) -> None:
    async with present() as screen:
        await screen.press("1", "1", "e", "2", *"Nobody draws.", "enter")
        assert "Saved: your own words." in screen.text
        assert "What we found (Board" in in_a_line(screen)
        await screen.press("b")
        assert "Nobody draws." in screen.text
        await screen.press("escape", "e", "1")
        assert "Nobody draws." not in screen.text
        await screen.press(*"All do.", "enter")
        await screen.press("e", "2", *("backspace",) * 20, "enter")
        assert "Your own words are removed." in screen.text
        assert [(one.group, one.node, one.text) for one in keeper.found] == [
            ("board", "drawing", "Nobody draws."), ("", "drawing", "All do."), ("board", "drawing", "")
        ]  # fmt: skip  # in few lines


async def test_narrowed_to_a_group_it_is_written_for_that_group_at_once(present: Present, keeper: FakeKeeper) -> None:
    async with present() as screen:
        await screen.press("1", "1", "g", "e", *"Ours.", "enter")
        assert [(one.group, one.text) for one in keeper.found] == [("board", "Ours.")]


async def test_in_the_table_of_findings_it_is_written_in_its_row_which_stays(
    present: Present, keeper: FakeKeeper, report: RoundReport
) -> None:
    rows = [(cell.id, one.node.id) for cell, found in findings(report) for one in found]
    async with present() as screen:
        await screen.press("b")
        await screen.press("down")
        await screen.press("e", *"Seen by us.", "enter")
        assert "Saved" in screen.text
        assert "What we found, group by group" in screen.text
        assert "Seen by us." in screen.text
        assert [(one.group, one.node) for one in keeper.found] == [rows[1]]


async def test_a_row_that_is_gone_when_its_words_are_leaves_the_last_one_pointed_at(
    present: Present, report: RoundReport
) -> None:
    told = replace(report, findings={("board", "safety"): "Here."})
    async with present(other=told) as screen:
        await screen.press("g", "b")
        for _ in range(2):
            await screen.press("down")
        assert "> 3" in screen.text
        await screen.press("e", *("backspace",) * 5, "enter")
        assert "> 2" in screen.text
        assert "Your own words are removed." in screen.text
        await screen.press("enter")
        assert "To ask in the room" in screen.text


async def test_nothing_is_written_where_it_was_left_or_could_not_be_kept(present: Present, keeper: FakeKeeper) -> None:
    async with present() as screen:
        await screen.press("e")
        assert "Whose view is it?" not in screen.text, "there is no benchmark to write about"
        await screen.press("1", "1", "e", "1", *"Never mind", "escape")
        await screen.press("e", "1", "enter", "e", "escape")
        assert keeper.found == []
        keeper.trouble = ProjectError("The disk is full.", "Make room.")
        await screen.press("e", "1", *"All do.", "enter")
        assert "The disk is full." in screen.text
        keeper.trouble = None
        await screen.press("enter")
        assert [one.text for one in keeper.found] == ["All do."]


async def test_letters_for_a_score_and_a_number_for_a_reason_are_refused_in_words(
    present: Present, keeper: FakeKeeper
) -> None:
    async with present() as screen:
        await screen.press("1", "1", "a", *"45", "t")
        assert "“t” is not a number. Please write the score as a number, from 0 to 100." in screen.text
        assert "This will be saved: 45" in screen.text
        await screen.press("enter", *"60", "enter")
        assert "60 is in the box for the reason. If it is the score, press Tab to go back." in in_a_line(screen)
        assert not keeper.kept
        await screen.press("backspace", "backspace", *"Safer", "left")
        assert "This will be saved: 45, because: Safer" in screen.text
        await screen.press("enter")
        assert keeper.kept["drawing"] == Agreed(node="drawing", score=45, why="Safer")


async def test_leaving_the_fields_changes_nothing(present: Present, keeper: FakeKeeper) -> None:
    async with present() as screen:
        await screen.press("1", "1", "a", *"60", "tab", *"x", "escape")
        assert "To ask in the room" in screen.text
        await screen.press("a", "enter")
        assert "To ask in the room" in screen.text
        assert not keeper.kept


async def test_a_score_is_in_the_units_of_its_benchmark(present: Present, keeper: FakeKeeper) -> None:
    async with present() as screen:
        await screen.press("2", "1", "a")
        assert "from 1 to 5" in screen.text
        await screen.press(*"60", "enter")
        assert "60 is outside the scale: scores run from 1 to 5." in screen.text
        await screen.press("backspace", "backspace", *"3,5", "enter", "enter")
        assert keeper.kept["safety"].score == 3.5
        assert "The meeting agreed 3.5. The answers: 3.9." in screen.text


async def test_what_cannot_be_kept_says_so_and_stays_in_the_fields(present: Present, keeper: FakeKeeper) -> None:
    async with present() as screen:
        keeper.trouble = ProjectError("The disk is full.", "Make some room.")
        await screen.press("1", "1", "a", *"60", "enter", "enter")
        assert "The disk is full." in screen.text
        keeper.trouble = None
        await screen.press("enter")
        assert keeper.kept["drawing"].score == 60


async def test_markup_in_a_comment_is_only_text(present: Present) -> None:
    async with present() as screen:
        await screen.press("c")
        assert "[/][@click=app.end(9)]We laugh a lot." in screen.text


# From the home screen


@pytest.fixture
def ours(tmp_path: Path, bridge: Edition) -> Iterator[Rounds]:
    """The rounds of a project in which one is open."""
    with create(tmp_path / "ours.selfassess", "shared") as made:
        rounds = Rounds(made)
        rounds.add(made_round(bridge, state="new", standing={}), bridge)
        rounds.open("autumn")
        yield rounds


def key_in(rounds: Rounds, edition: Edition) -> None:
    """Everybody hands in on paper."""
    round = rounds.get("autumn")
    for number, (group, answers) in enumerate(sheets(edition, HANDED_IN), start=1):
        ticket = Ticket(round=round.key, agrees=True if group in round.rules.asks_consent else None)
        sheet = Sheet(questionnaire=edition.sha256, group=group, form="full", answers=answers, ticket=ticket)
        rounds.papers.enter(round.id, str(number), sheet, edition.questionnaire)


async def test_the_results_of_a_closed_round_are_on_the_home_screen(
    drive: Drive, ours: Rounds, bridge: Edition
) -> None:
    key_in(ours, bridge)
    async with drive(LaunchOptions(project=ours.project)) as screen:
        assert "Results of" not in screen.text
    ours.close("autumn")
    async with drive(LaunchOptions(project=ours.project)) as screen:
        await screen.click("Results of: Autumn 2026")
        assert "What to talk about first" in screen.text
        assert ours.released("autumn")
        await screen.press("1", "1", "a", *"60", "enter", *"We looked", "enter", "escape", "escape", "escape")
        assert "How well do we work together?" in screen.text
        assert ours.agreed("autumn") == (Agreed(node="drawing", score=60, why="We looked"),)


async def test_the_day_until_which_answers_are_kept_is_said_until_the_next_key(
    drive: Drive, ours: Rounds, bridge: Edition
) -> None:
    key_in(ours, bridge)
    ours.close("autumn")
    ours.project.set_notice(PrivacyNotice(keep_until=datetime.date(2020, 1, 1)))
    async with drive(LaunchOptions(project=ours.project)) as screen:
        await screen.click("Results of: Autumn 2026")
        assert "were to be kept until 1 January 2020. To delete them:" in " ".join(screen.text.split())
        await screen.press("down")
        assert "1 January 2020" not in screen.text


async def test_a_round_with_too_little_says_so_and_leads_home(drive: Drive, ours: Rounds) -> None:
    ours.close("autumn")
    async with drive(LaunchOptions(project=ours.project)) as screen:
        await screen.click("Results of: Autumn 2026")
        assert "Nobody handed in" in screen.text
        await screen.press("1")
        assert "Results of: Autumn 2026" in screen.text
    assert not ours.released("autumn")
