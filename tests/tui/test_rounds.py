"""Taking part in a round on screen, as text to be read in a diff and as what becomes of it."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from selfassess.model.privacy_notice import PrivacyNotice
from selfassess.model.questionnaire import Edition
from selfassess.model.round import Round, Rules
from selfassess.project.exchange_files import read_sheet
from selfassess.project.project import Project
from selfassess.project.rounds import Rounds
from selfassess.services.entrances import Here, Invited, Preview
from selfassess.services.participation import enter
from selfassess.tui.launch import LaunchOptions
from tests.tui.conftest import HAND_IN, Drive
from tests.tui.test_screens import SIZES, Size, holds

RULES = Rules(small_groups="consent", asks_consent=("neighbours",), codes=True, matching=True)
CODE = "K7QM-3RTP-9XWD"
RECEIPT = "K7QM-3RTP-9XWD-A2CD-EFGH"


def add_round(project: Project, garden: Edition, rules: Rules = RULES) -> Round:
    rounds = Rounds(project)
    invited = {"growers": 12, "neighbours": 4}
    round = Round(
        id="autumn_2026", key="a" * 32, title="Autumn 2026", questionnaire=garden.sha256, invited=invited, rules=rules
    )
    rounds.add(round, garden)
    rounds.open(round.id)
    return replace(round, state="open")


def opening(project: Project, garden: Edition, rules: Rules = RULES) -> LaunchOptions:
    entrance = Here(Rounds(project), add_round(project, garden, rules), garden)
    return LaunchOptions(project=project, entrance=entrance, participant=enter(entrance))


def sheets(project: Project) -> int:
    return sum(Rounds(project).counts("autumn_2026").handed_in.values())


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_whole_way(drive: Drive, shared: Project, garden: Edition, size: Size) -> None:
    begin = opening(shared, garden)
    Rounds(shared).admission.issue("autumn_2026", "neighbours", 1)
    async with drive(begin, size) as screen:
        holds("round-welcome", size, screen.text)
        await screen.press("pagedown")
        holds("round-welcome-next", size, screen.text)
        await screen.press("pagedown", "pagedown")
        holds("round-welcome-last", size, screen.text)
        await screen.press("1")
        holds("round-code", size, screen.text)
        await screen.press("enter")
        assert "Type the code, or press Escape." in screen.text
        await screen.press(*"AAAA-AAAA-AAAA", "enter")
        holds("round-code-wrong", size, screen.text)
        await screen.press(*["backspace"] * 14, *CODE.lower(), "enter")
        holds("round-consent", size, screen.text)
        await screen.press("enter")
        assert "Can we show your group" in screen.text  # an Enter too many says nothing
        await screen.press("2")
        holds("round-consent-refused", size, screen.text)
        await screen.press("1")
        holds("round-own-code", size, screen.text)
        await screen.press("enter")
        assert "Question 1 of" in screen.text
        await screen.press("4", "r")
        holds("round-review", size, screen.text)
        await screen.press("down", "down", "down", "enter", "1", "down", "down", "enter")
        holds("round-hand-in", size, screen.text)
        await screen.press("down", "enter")
        holds("round-handed-in", size, screen.text)
        assert sheets(shared) == 1
        await screen.press("1")
        assert "Entirely" in screen.text or "100" in screen.text
        await screen.press("escape")
        assert "Who can read what" in screen.text
        assert RECEIPT not in screen.text
        await screen.press("1", *CODE, "enter")
        holds("round-code-used", size, screen.text)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_coming_back_with_a_receipt(drive: Drive, shared: Project, garden: Edition, size: Size) -> None:
    async with drive(opening(shared, garden, Rules()), size) as screen:
        await screen.press("1")
        holds("round-group", size, screen.text)
        await screen.press("1", "1", "4", *HAND_IN)
        assert RECEIPT in screen.text
        await screen.press("2", "3", "enter")
        assert "Type the receipt, or press Escape." in screen.text
        await screen.press(*RECEIPT.lower(), "enter")
        holds("round-returned", size, screen.text)
        await screen.press("2")
        holds("round-again", size, screen.text)
        await screen.press("1")
        assert "Your answers so far" in screen.text
        await screen.press("escape", "1", *HAND_IN)
        assert "Your receipt stays the same." in screen.text
        assert sheets(shared) == 1
        found = Rounds(shared).sheets.of_receipt(RECEIPT)
        assert found
        assert found[1].answers[0] == "0"
        await screen.press("2", "3", *RECEIPT, "enter", "3")
        holds("round-take-back", size, screen.text)
        await screen.press("1")
        assert "Deleted" in screen.text
        assert sheets(shared) == 0


async def test_a_resume_code_leads_back_from_the_welcome_and_from_home(
    drive: Drive, shared: Project, garden: Edition
) -> None:
    begin = opening(shared, garden, Rules())
    async with drive(begin) as screen:
        await screen.press("1", "1")
        assert CODE in screen.text
        await screen.press("1", "4", "ctrl+c")
        assert screen.app.return_code == 0
        assert "with your resume code" in screen.app.navigator.farewell
    async with drive(begin) as screen:
        await screen.press("2", *CODE, "enter")
        assert "Welcome back" in screen.text
    async with drive(LaunchOptions(project=shared)) as screen:
        await screen.press("2", *CODE, "enter")
        assert "Welcome back" in screen.text
        await screen.press(*HAND_IN, "2")
        assert "Who can read what" in screen.text


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_whoever_leaves_makes_room_for_the_next(
    drive: Drive, shared: Project, garden: Edition, size: Size
) -> None:
    async with drive(opening(shared, garden, Rules()), size) as screen:
        await screen.press("1", "1", "1", "4", "escape")
        holds("round-left", size, screen.text)
        await screen.press("escape")
        assert "Who can read what" in screen.text
        assert CODE not in screen.text
        await screen.press("escape", "escape", "escape")
        holds("round-welcome-leaving", size, screen.text)
        await screen.press("2", *CODE, "enter", *HAND_IN, "escape")
        assert "Who can read what" in screen.text
        assert screen.app.return_code is None
        await screen.press("escape", "enter")
        assert screen.app.return_code == 0
        assert screen.app.navigator.farewell == ""


async def test_a_sitting_without_an_answer_makes_room_too(drive: Drive, shared: Project, garden: Edition) -> None:
    begin = opening(shared, garden, Rules(codes=True))
    Rounds(shared).admission.issue("autumn_2026", "neighbours", 1)
    async with drive(begin) as screen:
        await screen.press("1", *CODE, "enter", "escape")
        assert "Who can read what" in screen.text
    assert Rounds(shared).counts("autumn_2026").drafts["neighbours"] == 0


async def test_whoever_the_command_line_led_to_their_answers_leaves_the_program(
    drive: Drive, shared: Project, garden: Edition
) -> None:
    begin = opening(shared, garden, Rules())
    assert begin.entrance
    async with drive(begin) as screen:
        await screen.press("1", "1", "1", "4", "ctrl+c")
    async with drive(replace(begin, participant=enter(begin.entrance, CODE))) as screen:
        await screen.press("escape")
        assert screen.app.return_code == 0
    async with drive(replace(begin, participant=enter(begin.entrance, CODE))) as screen:
        await screen.press(*HAND_IN)
        assert "For the next person" not in screen.text
        await screen.press("2")
        assert screen.app.return_code == 0


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("rules", [RULES, Rules()], ids=["codes", "no codes"])
async def test_who_looks_after_answers_is_said_at_once_and_in_full_on_a_page(
    drive: Drive, shared: Project, garden: Edition, size: Size, rules: Rules
) -> None:
    words = "\n\n".join(f"{number}: We look after what you tell us. 🙂 שלום" for number in range(1, 41))
    shared.set_notice(
        PrivacyNotice(
            holder="Sam Field, who looks after the tools and the papers of the garden",
            contact="Sam, 01234 567890",
            keep_until=datetime.date(2099, 12, 31),
            words=words,
        )
    )
    async with drive(opening(shared, garden, rules), size) as screen:
        welcome = screen.text
        if rules == RULES:
            holds("round-welcome-notice", size, welcome)
        said = " ".join(welcome.split())
        assert "Your answers: kept by Sam Field, who looks after the tools…" in said
        assert "until 31 December 2099." in said
        await screen.click("Who looks after your answers")
        if rules == RULES:
            holds("round-notice", size, screen.text)
        read = screen.text
        for _ in range(20):
            await screen.press("pagedown")
            read += screen.text
        assert all(f"{number}: We look after" in read for number in range(1, 41))
        assert "until the round closes." in " ".join(screen.text.split())
        await screen.press("escape")
        assert screen.text == welcome


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_home_screen_says_when_answers_are_to_be_deleted(
    drive: Drive, shared: Project, garden: Edition, size: Size
) -> None:
    add_round(shared, garden)
    shared.set_notice(PrivacyNotice(keep_until=datetime.date(2020, 1, 1)))
    async with drive(LaunchOptions(project=shared), size) as screen:
        assert "kept until 1 January 2020. To delete them:" in " ".join(screen.text.split())


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_home_screen_offers_open_rounds_first(
    drive: Drive, shared: Project, garden: Edition, size: Size
) -> None:
    add_round(shared, garden)
    async with drive(LaunchOptions(project=shared), size) as screen:
        holds("home-round", size, screen.text)
        await screen.press("1")
        assert "Autumn 2026" in screen.text
        await screen.press("escape")
        assert "How well do we work together?" in screen.text


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_round_that_closes_meanwhile(drive: Drive, shared: Project, garden: Edition, size: Size) -> None:
    async with drive(opening(shared, garden, Rules()), size) as screen:
        await screen.press("1", "1", "1", "4")
        Rounds(shared).close("autumn_2026")
        await screen.press("3")
        holds("round-closed-meanwhile", size, screen.text)
        await screen.press(*HAND_IN)
        holds("round-refused", size, screen.text)
        await screen.press("1")
        assert "Garden" in screen.text or "garden" in screen.text
        await screen.press("escape", "2")
        assert "nobody can answer" in screen.text or "Who can read what" in screen.text


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_an_invitation(
    drive: Drive, shared: Project, garden: Edition, size: Size, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from selfassess.project.project import create

    add_round(shared, garden)
    (code,) = Rounds(shared).admission.issue("autumn_2026", "growers", 1)
    invitation = Rounds(shared).admission.invitation("autumn_2026", "growers", code)
    with create(Path("mine.selfassess"), "personal") as mine:
        entrance = Invited(mine, invitation, garden, Path(), Path("NAME.invitation"))
        begin = LaunchOptions(project=mine, entrance=entrance, participant=enter(entrance))
        async with drive(begin, size) as screen:
            holds("invitation-welcome", size, screen.text)
            await screen.press("1", "enter", "4", "escape")
            assert screen.app.navigator.farewell.endswith("To carry on later, start the same way again.")
        async with drive(LaunchOptions(project=mine), size) as screen:
            assert "by invitation" in screen.text
            await screen.press("1")
            holds("invitation-from-home", size, screen.text)
        async with drive(replace(begin, participant=enter(entrance)), size) as screen:
            assert "Welcome back" in screen.text
            await screen.press(*HAND_IN)
            holds("invitation-handed-in", size, screen.text)
            assert read_sheet(Path(entrance.sent)).sheet.answers[0] == "3"
            await screen.press("2")
            assert screen.app.return_code == 0
            assert entrance.sent in screen.app.navigator.farewell


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_a_preview(drive: Drive, shared: Project, garden: Edition, size: Size) -> None:
    entrance = Preview(add_round(shared, garden), garden)
    async with drive(LaunchOptions(entrance=entrance, participant=enter(entrance)), size) as screen:
        holds("preview-welcome", size, screen.text)
        await screen.press("1")
        holds("preview-code", size, screen.text)
        await screen.press(*CODE, "enter", "2", "1", "1", *"MA17", "enter", *HAND_IN)
        holds("preview-handed-in", size, screen.text)
    assert sheets(shared) == 0


async def test_back_from_the_first_question_leads_to_the_group_and_its_consent(
    drive: Drive, shared: Project, garden: Edition
) -> None:
    rules = Rules(small_groups="consent", asks_consent=("neighbours",))
    async with drive(opening(shared, garden, rules)) as screen:
        await screen.press("1", "1", "1", "4", "enter", "left", "left")
        assert "Which of these are you?" in screen.text
        await screen.press("2")
        assert "Can we show your group's results separately?" in screen.text
        await screen.press("1")
        assert "When people are away somebody waters their beds." in screen.text
        assert screen.draft.ticket.agrees is True
        assert (screen.draft.group, screen.draft.responses) == ("neighbours", {"watering": 4})
        await screen.press("left", "1")
        assert screen.draft.ticket.agrees is None


async def test_a_code_settles_the_group(drive: Drive, shared: Project, garden: Edition) -> None:
    begin = opening(shared, garden, Rules(codes=True))
    Rounds(shared).admission.issue("autumn_2026", "growers", 1)
    async with drive(begin) as screen:
        await screen.press("1", *CODE, "enter", "left")
        assert "This is the first question." in screen.text
