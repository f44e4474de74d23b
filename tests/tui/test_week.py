"""The facilitator's week from the home screen: who has not answered, reminders, days for a calendar, and answers from a
form elsewhere."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import icalendar
import pytest

from selfassess.model.plan import Planned
from selfassess.model.questionnaire import Edition
from selfassess.model.round import Rules
from selfassess.project.plans import Plans
from selfassess.project.project import create
from selfassess.project.rounds import Rounds
from selfassess.services.invitations import invitations_for, issue
from selfassess.services.survey_map import read_map
from selfassess.tui.launch import LaunchOptions
from tests.tui.conftest import Drive, Driven
from tests.tui.made_round import made_round
from tests.tui.test_running_a_round import CLEAR, HERE, run, said, typed
from tests.tui.test_screens import SIZES, Size, holds


@pytest.fixture
def ours(tmp_path: Path, leadership: Edition, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rounds]:
    """A partnership with an open round, of which the board has its letters."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("selfassess.tui.new_file.folder_here", lambda: HERE)
    with create(Path("ours.selfassess"), "shared") as made:
        rounds = Rounds(made)
        rules = Rules(codes=True)
        round = made_round(leadership, id="autumn_2026", state="new", standing={}, rules=rules)
        rounds.add(round, leadership)
        letters = invitations_for(rounds, round.id, "board", 3, Path("letters"), way="here")
        issue(rounds, letters, lambda codes: dict.fromkeys((f"{name}.txt" for name in letters.names), "a letter"))
        rounds.open(round.id)
        yield rounds


async def to_the_round(screen: Driven, choice: str) -> None:
    """From the home screen to what is chosen on the page of the round."""
    await screen.click("Run a round")
    await screen.choose(choice)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_reminders_are_written_for_those_who_have_not_answered(drive: Drive, ours: Rounds, size: Size) -> None:
    async with drive(LaunchOptions(project=ours.project), size) as screen:
        await screen.click("Run a round")
        await screen.choose("Remind people")
        holds("week-remind", size, screen.text)
        await screen.press(*"Friday", "enter", *"Sam, 123", "enter", CLEAR, *"we.md")
        assert run(typed(screen)) == 0
        by_command = Path("we.md").read_text("utf-8")
        await screen.press("enter")
        assert "There is a file we.md already. Press Enter again to replace it." in said(screen)
        await screen.press("enter")
        assert "Saved: we.md" in said(screen)
    assert Path("we.md").read_text("utf-8") == by_command
    assert by_command.count("Reminder for invitation board-0") == 3
    assert by_command.count("Reminder for Staff") == 1


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_days_of_a_round_are_written_for_a_calendar(drive: Drive, ours: Rounds, size: Size) -> None:
    async with drive(LaunchOptions(project=ours.project), size) as screen:
        await screen.click("Run a round")
        await screen.choose("Put its days into your calendar")
        holds("week-calendar", size, screen.text.replace("2027", "next year"))
        await screen.press("enter")
        assert "is not a day. Write it as 2026-05-31" in said(screen)
        await screen.press(*"6 November 2190", "enter", CLEAR, *"5", "enter")
        assert run(typed(screen)) == 0
        by_command = days("autumn_2026.ics")
        await screen.press("enter", "enter")
        assert "Saved: autumn_2026.ics" in said(screen)
        assert "Open it with your calendar program." in said(screen)
    assert days("autumn_2026.ics") == by_command
    assert [day for day, _ in by_command] == ["2190-11-01", "2190-11-06"]


def days(file: str) -> list[tuple[str, str]]:
    found = icalendar.Calendar.from_ical(Path(file).read_bytes()).walk("VEVENT")
    return [(str(one.decoded("DTSTART")), str(one["UID"])) for one in found]


async def test_of_a_closed_round_the_days_of_the_plan_are_written(drive: Drive, ours: Rounds) -> None:
    ours.close("autumn_2026")
    async with drive(LaunchOptions(project=ours.project)) as screen:
        await to_the_round(screen, "Autumn 2026")
        await screen.choose("Put the plan's days into your calendar")
        assert "Nothing in the plan is due on a day." in said(screen)
        await screen.press("escape")
        Plans(ours.project).add(Planned(text="Meet", due=icalendar.vDate.from_ical("21900531")))
        await screen.choose("Put the plan's days into your calendar")
        assert run(typed(screen)) == 0
        await screen.press("enter", "enter")
        assert "Saved: plan.ics" in said(screen)
    assert [day for day, _ in days("plan.ics")] == ["2190-05-31"]


# Answers from a form elsewhere


def export(leadership: Edition, path: str, *, group: str = "Staff", slip: bool = False) -> None:
    """A table of twelve people who all chose the same point, but for one question that has no column."""
    questionnaire = leadership.questionnaire
    items = [item for item in questionnaire.items if item.has_points and not item.takes_several]
    heads = [item.text for item in items]
    if slip:
        heads[0] = f"{heads[0]}!"
    rows = [
        [
            number,
            f"p{number}@example.org",
            group,
            *(questionnaire.scale_of(item).points[1].label for item in items),
        ]
        for number in range(1, 13)
    ]
    with Path(path).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["ID", "Email", "Your team", *heads], *rows])


async def take_in(screen: Driven, file: str, *keys: str) -> None:
    """From the home screen to the questions about a table."""
    await to_the_round(screen, "Take in answers")
    await screen.press(CLEAR, *file, "enter", *keys)


def answers(rounds: Rounds) -> Sequence[object]:
    return list(rounds.sheets.answers("autumn_2026"))


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_table_is_asked_about_shown_and_taken_in(
    drive: Drive, ours: Rounds, leadership: Edition, size: Size
) -> None:
    export(leadership, "answers.csv", group="Stafff", slip=True)
    async with drive(LaunchOptions(project=ours.project), size) as screen:
        await take_in(screen, "answers.csv")
        holds("week-table", size, screen.text)
        await screen.press("enter", "enter")
        holds("week-table-question", size, screen.text)
        await screen.press("1")
        while "that the group" in said(screen) or "on purpose?" in said(screen):
            await screen.press("1")
        holds("week-table-preview", size, screen.text)
        assert not answers(ours)
        command = typed(screen)
        await screen.press("1")
        assert "12 sheets taken in, 0 already here." in said(screen)
        assert "Staff: 12 of 18 handed in" in said(screen)
    assert len(answers(ours)) == 12
    kept = read_map("map", Path("autumn_2026-form.toml").read_bytes())
    assert kept.groups == {"Stafff": "staff"}
    assert run([*command, "--yes"]) == 0
    assert len(answers(ours)) == 12


async def test_whoever_goes_back_or_says_no_takes_nothing_in(drive: Drive, ours: Rounds, leadership: Edition) -> None:
    export(leadership, "answers.csv", group="Stafff")
    async with drive(LaunchOptions(project=ours.project)) as screen:
        await take_in(screen, "answers.csv", "enter", "enter")
        assert "Is that the group “Staff”?" in said(screen)
        await screen.press("escape")
        assert "Answers from a form" in said(screen)
        await screen.press("enter", "enter", "2")
        assert "Nothing was taken in" in said(screen)
        assert "In the --map file, write below [groups]" in said(screen)
        await screen.press("escape", "enter", "enter", "1")
        while "on purpose?" in said(screen):
            await screen.press("1")
        assert "Take in 12 sheets?" in said(screen)
        await screen.press("2", "escape", "escape")
        assert "Staff: 0 of 18 handed in" in said(screen)
    assert not answers(ours)


async def test_what_is_wrong_with_a_table_is_said_and_nothing_comes_in(
    drive: Drive, ours: Rounds, leadership: Edition
) -> None:
    export(leadership, "answers.csv")
    text = Path("answers.csv").read_text("utf-8")
    Path("answers.csv").write_text(text.replace("\n12,", "\n11,"), encoding="utf-8")
    Path("empty.csv").write_bytes(b"")
    async with drive(LaunchOptions(project=ours.project)) as screen:
        await take_in(screen, "empty.csv")
        assert "empty.csv is empty. Export the answers again." in said(screen)
        await screen.press(CLEAR, *"answers.csv", "enter", "enter", "enter")
        while "on purpose?" in said(screen):
            await screen.press("1")
        assert "Row 12: Rows 12 and 13 have the same in column A, “ID”: they are one person's." in said(screen)
        await screen.press("escape", CLEAR, *"chairs", "enter")
        assert "There is no group “chairs”." in said(screen)
    assert not answers(ours)
