"""Running a round from the home screen: from nothing to a saved report, and what goes wrong on the way."""

import importlib.util
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from textual import events

from selfassess.errors import UsageError
from selfassess.model.questionnaire import Edition
from selfassess.model.round import Rules
from selfassess.model.sheet import Sheet, Ticket
from selfassess.project.exchange_files import read_invitation
from selfassess.project.project import Project, create, open_project
from selfassess.project.rounds import Rounds
from selfassess.services.entrances import entrance_by_invitation
from selfassess.services.participation import begin, enter
from selfassess.sitting.round_entry import Entrant
from selfassess.tui.launch import LaunchOptions
from selfassess.tui.screens.form import Form
from selfassess.tui.widgets.command_line import SAME, CommandLine
from selfassess.tui.widgets.note import Note
from tests.tui.conftest import Drive, Driven
from tests.tui.made_round import made_round, sheets
from tests.tui.test_screens import SIZES, WIDE, Size, holds

HERE = "/home/sam/partnership"
CLEAR = "ctrl+u"
IN_A_WIDE_WINDOW = ("project", "small-groups", "new", "closed")


@pytest.fixture
def here(tmp_path: Path, leadership: Edition, monkeypatch: pytest.MonkeyPatch) -> Iterator[Project]:
    """A person's own project, in a folder with a questionnaire and nothing else."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("selfassess.tui.new_file.folder_here", lambda: HERE)
    Path("ours.toml").write_bytes(leadership.content)
    with create(Path("mine.selfassess"), "personal") as mine:
        yield mine


def everybody_answers(edition: Edition, invited: dict[str, int]) -> None:
    """Everybody hands in on paper but one person, whose sheet comes back as a file."""
    with open_project(Path("ours.selfassess")) as ours:
        rounds = Rounds(ours)
        round = rounds.get("autumn_2026")
        for number, (group, answers) in enumerate(sheets(edition, invited), start=1):
            sheet = Sheet(
                questionnaire=edition.sha256,
                group=group,
                form="full",
                answers=answers,
                ticket=Ticket(round=round.key),
            )
            rounds.papers.enter(round.id, str(number), sheet, edition.questionnaire)


def send_back(invitation: Path, to: Path) -> None:
    """A person answers an invitation on their own computer, and sends their sheet."""
    to.mkdir()
    with create(to.parent / "theirs.selfassess", "personal") as theirs:
        entrance = entrance_by_invitation(theirs, invitation, read_invitation(invitation), to / "one.sheet")
        entrant = enter(entrance)
        assert isinstance(entrant, Entrant)
        begin(entrance, entrant).hand_in()
    (to.parent / "theirs.selfassess").unlink()


async def make_project(screen: Driven) -> None:
    """From the home screen to the list of rounds of a new partnership."""
    await screen.click("Run a round")
    await screen.press(*"Northside", "enter", "enter")


async def say_what(screen: Driven, *numbers: str, title: str = "Autumn 2026") -> None:
    """From the list of rounds to the page that says all of a new round."""
    await screen.click("Make a")
    await screen.press(*title, "enter", "3", *"ours.toml", "enter", "1")
    for number in numbers:
        await screen.press(*number, "enter")
    await screen.press("2", "2", "2")


async def make_round(screen: Driven, *numbers: str, title: str = "Autumn 2026") -> None:
    """From the list of rounds to the page of a new one, which has no codes."""
    await say_what(screen, *numbers, title=title)
    await screen.press("1", "escape")


def said(screen: Driven) -> str:
    """What is on the screen, as one line."""
    return " ".join(screen.text.split())


@pytest.mark.parametrize("size", [*SIZES, WIDE], ids=str)
async def test_from_nothing_to_a_saved_report(drive: Drive, here: Project, leadership: Edition, size: Size) -> None:
    async with drive(LaunchOptions(project=here), size) as screen:

        def seen(name: str) -> None:
            if size != WIDE or name in IN_A_WIDE_WINDOW:
                holds(f"run-{name}", size, screen.text)

        await screen.click("Run a round")
        seen("project")
        await screen.press(*"Northside", "enter", "enter")
        seen("no-rounds")
        await screen.press("1")
        await screen.press(*"Autumn 2026", "enter")
        seen("questionnaire")
        await screen.press("3", *"ours.toml")
        seen("own-questionnaire")
        await screen.press("enter")
        seen("form")
        await screen.press("1", *"12", "enter", *"16", "enter", "0")
        seen("invited")
        await screen.press("enter")
        seen("small-groups")
        await screen.press("2")
        seen("codes")
        await screen.press("1")
        seen("own-code")
        await screen.press("2")
        seen("make-it")
        await screen.press("1")
        seen("notice")
        await screen.press(*"Sam", "enter", *"Sam, 123", "enter", *"31 December 2190", "enter")
        seen("new")
        await screen.press("enter")
        seen("groups")
        await screen.press("enter")
        seen("where")
        await screen.press("2")
        seen("letters")
        await screen.press("1", "enter", *"Friday", "enter")
        seen("invite")
        await screen.press("enter", CLEAR, *"letters", "enter")
        seen("written")
        assert "Sam, 123" in Path("letters/board-01.txt").read_text(encoding="utf-8")
        assert Path("letters/board-letters-01-to-12.docx").exists()
        await screen.press("escape")
        if size[0] >= 80:
            assert "Next: invite the other groups too, or open it if they answer on paper." in said(screen)
        await screen.choose("Open it")
        seen("open")
        send_back(Path("letters/board-01.invitation"), Path("returned"))
        await screen.press("2")
        seen("collect")
        await screen.press("enter")
        seen("collected")
        everybody_answers(leadership, {"board": 11, "staff": 16})
        await screen.press("1", "1")
        seen("all-in")
        await screen.press("enter")
        seen("close")
        await screen.press("down", "enter")
        seen("closed")
        await screen.press("enter")
        seen("length")
        await screen.press("1")
        seen("format")
        await screen.press("5")
        seen("file")
        await screen.press("enter")
        seen("saved")
        await screen.press("escape")
        seen("rounds")
        await screen.press("escape")
        assert "How well do we work together?" in screen.text
    assert "Autumn 2026" in Path("autumn_2026.html").read_text(encoding="utf-8")
    with open_project(Path("ours.selfassess")) as ours:
        assert ours.partnership == "Northside"
        assert ours.notice.holder == "Sam"
        assert Rounds(ours).released("autumn_2026")


# Each page names the command that does the same


def typed(screen: Driven) -> list[str]:
    """The command at the foot of the page, as a shell takes it apart."""
    foot = screen.app.screen.query_one("#command", CommandLine)
    program, *words = shlex.split(str(foot.render()).removeprefix(SAME))
    assert program == "selfassess"
    return words


def run(words: Sequence[str]) -> int:
    """Run a command as in a terminal of its own, while the screens are open. The exit code."""
    command = [sys.executable, "-m", "selfassess", *words]
    return subprocess.run(command, capture_output=True, check=False).returncode


async def test_the_command_at_the_foot_makes_the_same_round(drive: Drive, here: Project) -> None:
    async with drive(LaunchOptions(project=here)) as screen:
        await make_project(screen)
        await say_what(screen, "12", "0", "4")
        command = typed(screen)
        await screen.press("1", "escape")
        assert "The round “Autumn 2026” is made." in screen.text
    with open_project(Path("ours.selfassess")) as ours:
        on_screen = Rounds(ours).get("autumn_2026")
        Rounds(ours).delete("autumn_2026")
    assert run(command) == 0
    with open_project(Path("ours.selfassess")) as ours:
        assert replace(Rounds(ours).get("autumn_2026"), key=on_screen.key) == on_screen


async def test_the_commands_at_the_foot_do_what_the_pages_do(drive: Drive, here: Project, leadership: Edition) -> None:
    """From the file of the partnership to the report, each command is taken from its page and run in its place."""
    async with drive(LaunchOptions(project=here)) as screen:
        await screen.click("Run a round")
        await screen.press(*"Northside")
        assert run(typed(screen)) == 0
        await screen.press("enter", "enter")
        assert "There is already something at ours.selfassess. Choose another name" in said(screen)
        await screen.press("escape")
    async with drive(LaunchOptions(project=here)) as screen:
        await screen.click("Run a round")
        assert "Northside" in screen.text
        await make_round(screen, "12", "16", "4")
        await screen.press("1", "1", "2", "1", "enter", *"Friday", "enter", "enter")
        assert run(typed(screen)) == 0
        assert "by: Friday" in Path("autumn_2026-invitations/board-12.txt").read_text(encoding="utf-8")
        await screen.press("escape", "escape", "escape", "escape")
        await screen.press(*["down"] * 6)
        assert run(typed(screen)) == 0
        send_back(Path("autumn_2026-invitations/board-01.invitation"), Path("returned"))
        await screen.press("escape", "1", "2")
        assert run(typed(screen)) == 0
        everybody_answers(leadership, {"board": 11, "staff": 16, "external": 4})
        await screen.press("escape", "1", "enter", "down")
        assert run([*typed(screen), "--yes"]) == 0
        await screen.press("escape", "escape", "1", "enter", "1", "6")
        assert "Next" not in screen.text
        assert run(typed(screen)) == 0
        assert "Autumn 2026" in Path("autumn_2026.md").read_text(encoding="utf-8")
        await screen.press("enter")
        assert "There is a file autumn_2026.md already. Press Enter again to replace it." in said(screen)
        await screen.press("enter")
        assert "It opens in any text editor." in said(screen)


# One step back, and nothing is lost


async def test_escape_goes_back_step_by_step_and_what_was_said_is_still_there(drive: Drive, here: Project) -> None:
    async with drive(LaunchOptions(project=here)) as screen:
        await make_project(screen)
        await say_what(screen, "12", "16", "4")
        last = screen.text
        pages = []
        for _ in range(8):
            await screen.press("escape")
            pages.append(screen.text)
        assert "Make a round" in pages[-1]
        assert "Autumn 2026" in pages[-2]
        assert all(number in pages[3] for number in ("▌ 12", "▌ 16", "▌ 4"))
        await screen.press("1", *["enter"] * 4)
        assert "▌ 12" in screen.text
        await screen.press(*["enter"] * 6)
        assert screen.text == last
    with open_project(Path("ours.selfassess")) as ours:
        assert not Rounds(ours).all()


async def test_a_partnership_that_is_not_made_yet_keeps_its_name(drive: Drive, here: Project) -> None:
    async with drive(LaunchOptions(project=here)) as screen:
        await screen.click("Run a round")
        await screen.press(*"Northside", "escape")
        assert "How well do we work together?" in screen.text
        await screen.click("Run a round")
        assert "▌ Northside" in screen.text
    assert not Path("ours.selfassess").exists()


# What cannot be is told at its field, with a cure


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        (
            (*"Ours", "enter", CLEAR, *"ours.txt", "enter"),
            "The name has to end in .selfassess. Such as: ours.selfassess",
        ),
        ((*"Ours", "enter", CLEAR, "enter"), "The name has to end in .selfassess."),
        ((*"Ours", "enter", CLEAR, *"ours.toml/x.selfassess", "enter"), "ours.toml/x.selfassess"),
        (("enter",), "Please type a name. Letters and reports begin with it."),
        (("x",) * 81 + ("enter",), "This name is too long: 81 characters. Use 80 or fewer."),
    ],
    ids=["ending", "nothing", "folder", "no name", "long"],
)
async def test_no_file_for_a_partnership(drive: Drive, here: Project, keys: tuple[str, ...], told: str) -> None:
    async with drive(LaunchOptions(project=here)) as screen:
        await screen.click("Run a round")
        await screen.press(*keys)
        assert told in said(screen)
        assert "Your partnership" in screen.text
    assert not list(Path().glob("ours.self*"))


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        (("0", "", "0"), "Somebody has to be invited. Type how many in at least one of the boxes."),
        (("a dozen",), "“a dozen” is not a number of people. Write a whole number from 0 to 1,000,000."),
        (("-4",), "“-4” is not a number of people."),
    ],
)
async def test_nobody_invited(drive: Drive, here: Project, numbers: tuple[str, ...], told: str) -> None:
    async with drive(LaunchOptions(project=here)) as screen:
        await make_project(screen)
        await screen.press("1", *"Autumn", "enter", "3", *"ours.toml", "enter", "1")
        for number in numbers:
            await screen.press(*number, "enter")
        assert told in said(screen)
        await screen.press(CLEAR, "5", "enter")
        assert told not in said(screen)


@pytest.mark.parametrize(
    ("file", "told"),
    [("", "Type the name of a TOML file."), ("no.toml", "no.toml"), ("mine.selfassess", "mine.selfassess")],
)
async def test_no_questionnaire(drive: Drive, here: Project, file: str, told: str) -> None:
    async with drive(LaunchOptions(project=here)) as screen:
        await make_project(screen)
        await screen.press("1", *"Autumn", "enter", "3", *file, "enter")
        assert told in said(screen)
        assert "Your own questionnaire" in screen.text
        await screen.press(CLEAR, *"ours.toml", "enter")
        assert "All of it, or the short form?" in screen.text


async def test_a_day_that_has_passed(drive: Drive, here: Project) -> None:
    async with drive(LaunchOptions(project=here)) as screen:
        await make_project(screen)
        await say_what(screen, "12", "16", "4")
        await screen.press("1", "enter", "enter", *"1 May 2020", "enter")
        assert "1 May 2020 has already passed. Choose a day in the future" in said(screen)
        await screen.press("escape", "1", "1", "1", "1", "enter", *"1 May 2020", "enter")
        assert "1 May 2020 has already passed. Choose a day in the future." in said(screen)


async def test_more_people_than_expected_and_a_folder_that_cannot_be(drive: Drive, here: Project) -> None:
    async with drive(LaunchOptions(project=here)) as screen:
        await make_project(screen)
        await make_round(screen, "12", "16", "4")
        await screen.press("1", "1", "1", "1", CLEAR, *"0", "enter")
        assert "“0” is not a number of people. Write a whole number from 1 to 1,000." in said(screen)
        await screen.press(CLEAR, *"2", "enter", "enter", "enter", CLEAR, "enter")
        assert "Type the name of a folder. It is made if it does not exist yet." in said(screen)
        await screen.press(*"ours.toml/letters", "enter")
        assert "ours.toml/letters" in said(screen)
        assert "Choose another folder." in said(screen)
        assert "▌ 2" in screen.text
        await screen.press(CLEAR, *"letters", "up", "up", "up", CLEAR, *"13", *["enter"] * 4)
        assert "With these, 13 would be invited, but this round is for 12." in said(screen)
        assert not Path("letters").exists()
        await screen.press(*["enter"] * 4)
        assert Path("letters/board-13.txt").exists()
        assert "<script>" in Path("letters/board-13.html").read_text(encoding="utf-8")


async def test_more_codes_than_people(drive: Drive, here: Project) -> None:
    async with drive(LaunchOptions(project=here)) as screen:
        await make_project(screen)
        await screen.press("1", *"Autumn", "enter", "3", *"ours.toml", "enter", "1", *"2", "enter", "enter", "enter")
        await screen.press("2", "1", "2", "1", "escape")
        await screen.press("1", "2", "1", CLEAR, *"3", *["enter"] * 4)
        assert "With these, 3 would be invited, but this round is for 2." in said(screen)
        assert not Path("autumn-invitations").exists()
        await screen.press(*["enter"] * 4)
        assert "Written to autumn-invitations: 3 invitations" in said(screen)


async def test_a_library_that_is_not_installed(drive: Drive, here: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(module: str, what: str) -> None:
        raise UsageError(f"{what} with a library that is not installed.", "To install it: pip install x")

    monkeypatch.setattr("selfassess.tui.new_file.check_installed", missing)
    async with drive(LaunchOptions(project=here)) as screen:
        await make_project(screen)
        await make_round(screen, "12", "16", "4")
        await screen.press("1", "1", "1", "2")
        assert "PDF files are written with a library that is not installed. To install it" in said(screen)
        await screen.press("4")
        assert "Letters for: Board members" in screen.text


STRANGE = ("x" * 4000, "\u202e🙂 עברית/a")


@pytest.mark.parametrize("typed", STRANGE, ids=["long", "of any language"])
async def test_whatever_is_pasted_is_taken_or_refused(drive: Drive, here: Project, typed: str) -> None:
    """The same text in every field: where it is refused, the field says so, and takes something else."""

    async def paste(screen: Driven, instead: str) -> None:
        top = screen.app.screen
        assert isinstance(top, Form)
        field = top.writing
        assert field
        field.set_text("")
        screen.app.post_message(events.Paste(typed))
        await screen.press("enter")
        if screen.app.screen is top and top.writing is field:
            note = top.query_one(f"#note-{str(field.id).removeprefix('field-')}", Note)
            assert note.display
            assert note.region.bottom <= top.foot.region.y
            field.set_text("")
            await screen.press(*instead, "enter")
            assert screen.app.screen is not top or top.writing is not field

    async with drive(LaunchOptions(project=here)) as screen:
        await screen.click("Run a round")
        await paste(screen, "Northside")
        await paste(screen, "ours.selfassess")
        await screen.press("1")
        await paste(screen, "Autumn")
        await screen.press("3")
        await paste(screen, "ours.toml")
        await screen.press("1")
        for _ in range(3):
            await paste(screen, "4")
        await screen.press("1", "2", "1", "1")
        for _ in range(3):
            await paste(screen, "")
        assert "Invite people" in screen.text
        await screen.press("1", "1", "3", "1", CLEAR, "1", "enter")
        await paste(screen, "")
        await paste(screen, "")
        await paste(screen, "letters")
        assert "Written to" in screen.text
        await screen.press("escape")
        await screen.choose("Open it")
        await screen.press("2")
        await paste(screen, "letters")
        assert "0 new" in screen.text
        await screen.press("1")
        await screen.choose("Make paper forms")
        await paste(screen, "form.md")
        assert "Saved: form.md" in screen.text


async def test_ctrl_c_leaves_a_form(drive: Drive, here: Project) -> None:
    async with drive(LaunchOptions(project=here)) as screen:
        await screen.click("Run a round")
        await screen.press(*"North", "ctrl+c")
        assert screen.app.return_code == 0


# From a round that is there


@pytest.fixture
def ours(here: Project, leadership: Edition) -> Iterator[Rounds]:  # it is beside that
    """A partnership with an open round."""
    with create(Path("ours.selfassess"), "shared") as made:
        rounds = Rounds(made)
        rounds.add(made_round(leadership, id="autumn_2026", state="new", standing={}, rules=Rules()), leadership)
        rounds.open("autumn_2026")
        yield rounds


async def test_how_a_round_stands_is_one_press_away(drive: Drive, ours: Rounds) -> None:
    async with drive(LaunchOptions(project=ours.project)) as screen:
        await screen.click("Run a round")
        assert "Board members: 0 of 12 handed in" in screen.text
        await screen.press("escape", "escape")
        assert "Run a round" in screen.text
    async with drive(LaunchOptions(project=ours.project)) as screen:
        assert "Autumn 2026: 0 of 34 have handed in." in said(screen)


async def test_two_partnerships_in_one_folder(drive: Drive, here: Project, ours: Rounds) -> None:
    ours.project.call_partnership("Northside")
    create(Path("theirs.selfassess"), "shared").close()
    async with drive(LaunchOptions(project=here)) as screen:
        await screen.click("Run a round")
        holds("run-partnerships", (80, 24), screen.text)
        await screen.press("2")
        assert "theirs.selfassess" in screen.text
        await screen.click("Another partnership")
        await screen.press("1", "escape")
        assert "Northside" in screen.text
        await screen.click("Another partnership")
        await screen.press("3", "escape", "escape")
        assert "How well do we work together?" in screen.text


async def test_a_folder_that_is_not_there(drive: Drive, ours: Rounds) -> None:
    async with drive(LaunchOptions(project=ours.project)) as screen:
        await screen.click("Run a round")
        await screen.press("2", "enter")
        assert "There is no folder or file returned. Check the name, or save the files there first." in said(screen)
        await screen.press(CLEAR, "enter")
        assert "Type the name of a folder." in said(screen)


async def test_a_sheet_that_is_none_is_refused_and_told(drive: Drive, ours: Rounds) -> None:
    Path("returned").mkdir()
    Path("returned/one.sheet").write_text("no sheet", encoding="utf-8")
    async with drive(LaunchOptions(project=ours.project)) as screen:
        await screen.click("Run a round")
        await screen.press("2", "enter")
        assert "Refused:" in screen.text
        assert "0 new, 0 already here, 0 replaced, 1 refused." in screen.text


async def test_closing_is_asked_and_can_be_taken_back_until_the_report(drive: Drive, ours: Rounds) -> None:
    async with drive(LaunchOptions(project=ours.project)) as screen:
        await screen.click("Run a round")
        await screen.choose("Close it")
        await screen.press("enter")
        assert ours.get("autumn_2026").state == "open"
        await screen.choose("Close it")
        await screen.press("2")
        assert ours.get("autumn_2026").state == "closed"
        await screen.press("1", "1", "5", "enter")
        assert "Nobody handed in" in said(screen)
        assert not Path("autumn_2026.html").exists()
        await screen.press("escape", "escape", "escape")
        await screen.choose("Open it again")
        assert ours.get("autumn_2026").state == "open"


async def test_closing_counts_who_came_in_meanwhile(drive: Drive, ours: Rounds, leadership: Edition) -> None:
    async with drive(LaunchOptions(project=ours.project)) as screen:
        await screen.click("Run a round")
        everybody_answers(leadership, {"board": 3})
        await screen.choose("Close it")
        assert "Board members: 3 of 12 handed in (25%); 9 still to come" in said(screen)


async def test_sheets_of_paper(drive: Drive, ours: Rounds) -> None:
    async with drive(LaunchOptions(project=ours.project)) as screen:
        await screen.click("Run a round")
        await screen.choose("Make paper forms")
        await screen.press(CLEAR, *"form.doc", "enter")
        assert "The name has to end in .txt, .md, .docx, .pdf or .html." in said(screen)
        await screen.press(CLEAR, *"form.txt", "enter")
        assert "Saved: form.txt" in screen.text
        assert "Number of this sheet" in Path("form.txt").read_text(encoding="utf-8")
        await screen.press("3", "1")
        holds("run-paper", (80, 24), screen.text)
        await screen.press(*"17", "enter", *"33", "enter")
        assert ours.counts("autumn_2026").handed_in["board"] == 0
        row = "3" * int(re.findall(r"[(]([0-9]+) questions[)]", screen.text)[0])
        await screen.press(CLEAR, "9", *row[1:], "enter")
        assert "“9” does not fit" in said(screen)
        await screen.press(CLEAR, *row, "enter")
        assert "Sheet 17 saved:" in screen.text
        assert ours.counts("autumn_2026").handed_in["board"] == 1
        await screen.press(*"17", "enter")
        assert "Sheet 17 was typed in before. Press Enter again" in said(screen)
        await screen.press("enter", *row.replace("3", "2"), "enter", "escape", "escape")
        assert "1 sheet typed in." in screen.text
        assert ours.counts("autumn_2026").handed_in["board"] == 1


async def test_what_is_written_without_the_office_libraries_opens_in_a_browser(
    drive: Drive, ours: Rounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name in ("docx", "typst") else found(name))
    async with drive(LaunchOptions(project=ours.project)) as screen:
        await screen.click("Run a round")
        await screen.choose("Make paper forms")
        assert typed(screen)[-1] == "autumn_2026-form.html"
        await screen.press("escape")
        await screen.choose("Remind people")
        assert typed(screen)[-1] == "autumn_2026-reminders.html"
        await screen.press("escape")
        await screen.choose("Close it")
        await screen.press("2")
        assert typed(screen)[-1] == "autumn_2026.html"
        await screen.press("1", "1")
        assert typed(screen)[-1] == "autumn_2026.html"


async def test_the_page_for_a_website_and_the_letters_that_lead_to_it(drive: Drive, ours: Rounds) -> None:
    async with drive(LaunchOptions(project=ours.project)) as screen:
        await screen.click("Run a round")
        await screen.choose("Make a page for a website")
        await screen.press(*"Sam", "enter", CLEAR, "enter")
        assert "Type the name of a folder." in said(screen)
        await screen.press(*"site")
        assert run(typed(screen)) == 0
        made = Path("site/index.html").read_text(encoding="utf-8")
        await screen.press("enter")
        assert "There is a page site/index.html already. Press Enter again to replace it." in said(screen)
        Path("site/index.html").write_text("another", encoding="utf-8")
        await screen.press("enter")
        assert f"Saved: site/index.html, in {HERE}. Put it on your website" in said(screen)
        assert len(Path("site/index.html").read_text(encoding="utf-8")) == len(made)
        await screen.choose("Invite more people")
        await screen.press("1", "4", "1")
        holds("run-address", (80, 24), screen.text)
        await screen.press(*"example.org", "enter")
        assert "“example.org” is not a web address." in said(screen)
        await screen.press(CLEAR, *"https://example.org/us", "enter", CLEAR, "2", "enter", "enter", "enter")
        assert "--at https://example.org/us" in shlex.join(typed(screen))
        await screen.press("enter")
        assert "2 letters (board-01 to board-02)" in said(screen)
    assert "https://example.org/us#board" in Path("autumn_2026-invitations/board-01.txt").read_text(encoding="utf-8")
    assert not list(Path("autumn_2026-invitations").glob("*.html"))


async def test_the_room_is_shown_in_the_terminal_or_its_command(drive: Drive, ours: Rounds) -> None:
    async with drive(LaunchOptions(project=ours.project)) as screen:
        await screen.click("Run a round")
        await screen.choose("Let people in the room")
        holds("run-room", (80, 24), screen.text)
        assert typed(screen)[-3:] == ["host", "autumn_2026", "--lan"]
        await screen.press("enter")  # here is no terminal that could be lent
        assert "Leave the program, and type the command." in said(screen)


async def test_a_command_runs_in_place_of_the_screens(
    drive: Drive, here: Project, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Where it fails, what it said stays until somebody has read it; Ctrl+C is left to it."""
    async with drive(LaunchOptions(project=here)) as screen:
        navigator = screen.app.navigator
        monkeypatch.setattr(screen.app, "suspend", nullcontext)
        asked: list[str] = []
        monkeypatch.setattr("builtins.input", lambda said: asked.append(said) or "")
        before = signal.getsignal(signal.SIGINT)
        assert await navigator.run_in_terminal(["--version"]) == 0
        assert asked == []
        assert await navigator.run_in_terminal(["host", "nowhere"]) == 2
        assert asked == ["Press Enter to go back. "]
        assert signal.getsignal(signal.SIGINT) is before
    said_there = capfd.readouterr()
    assert "selfassess" in said_there.out
    assert said_there.err


async def test_what_people_will_see(drive: Drive, here: Project) -> None:
    async with drive(LaunchOptions(project=here)) as screen:
        await make_project(screen)
        await make_round(screen, "12", "16", "4")
        await screen.press("5")
        assert "This is a preview" in screen.text
        await screen.press("escape")
        assert "Invite people" in screen.text


async def test_people_answer_on_the_computer_of_the_facilitator(drive: Drive, here: Project, ours: Rounds) -> None:
    async with drive(LaunchOptions(project=here)) as screen:
        await screen.click("Run a round")
        page = screen.text
        await screen.click("Let people answer")
        assert "Who can read what" in screen.text
        await screen.press("escape")
        assert screen.text == page
        await screen.click("Let people answer")
        await screen.click("Start")
        await screen.press("1", "enter", "3", "r")
        await screen.press("escape", "escape", "escape", "escape")
    assert ours.counts("autumn_2026").drafts["board"] == 1


async def test_the_next_round_and_what_moved(drive: Drive, ours: Rounds, leadership: Edition) -> None:
    everybody_answers(leadership, {"board": 12, "staff": 18, "external": 4})
    ours.close("autumn_2026")
    async with drive(LaunchOptions(project=ours.project)) as screen:
        await screen.click("Run a round")
        await screen.press("1", "2")
        assert "What to talk about first" in screen.text
        await screen.press("escape", "3")
        assert "plan" in screen.text.lower()
        await screen.press("escape")
        await screen.click("Make the next round")
        holds("run-like", (80, 24), screen.text)
        await screen.press(*"Spring 2027", "enter", "enter", "enter")
        assert all(number in screen.text for number in ("▌ 12", "▌ 18", "▌ 4"))
        await screen.press(*["enter"] * 6)
        assert "--like autumn_2026" in said(screen)
        await screen.press("enter", "escape")
        assert "The round “Spring 2027” is made." in screen.text
        spring = ours.get("spring_2027")
        assert ours.previous("spring_2027") == ours.get("autumn_2026")
        assert spring.invited == {"board": 12, "staff": 18, "external": 4}
        ours.open("spring_2027")
        ours.close("spring_2027")
        await screen.press("escape", "1")
        await screen.click("See what moved")
        assert "so there is nothing to compare" in said(screen)


async def test_a_title_that_another_round_has(drive: Drive, ours: Rounds) -> None:
    async with drive(LaunchOptions(project=ours.project)) as screen:
        await screen.click("Run a round")
        await screen.press("escape")
        await make_round(screen, "12", "", "")
        assert "commands call this one autumn_2026_2." in said(screen)
