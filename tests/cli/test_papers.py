"""Paper: the form, and keying it in."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from selfassess.definition.loader import read
from selfassess.model.reports import PaperForm
from selfassess.services.paper import layout
from selfassess.sitting.round_notices import CONSENT_HEADING, OWN_CODE_HEADING
from tests.cli.conftest import Command
from tests.cli.rounds_made import at_a_terminal, interrupted, made
from tests.documents.drawn import markdown as to_markdown
from tests.documents.drawn import plain as to_text
from tests.snapshots import matches

HERE = Path(__file__).parent
PAPER = str(HERE / "paper.toml")
ENTER = ("round", "enter", "autumn")


@pytest.fixture
def opened(selfassess: Command, small: str) -> None:
    """A round of the small questionnaire is open."""
    made(selfassess, small)
    selfassess("round", "open", "autumn")


def in_status(selfassess: Command) -> str:
    return selfassess("round", "status").out


def form() -> PaperForm:
    return PaperForm(
        layout=layout(read(Path(PAPER)), "board", "full"),
        round="Autumn 2026",
        told=("Your answers go into one file, without your name.",),
        consent="Your group has 4 people.\n\nIf anyone says no, it is left out.",
        consent_question=CONSENT_HEADING,
        matching="You may make up a code.",
        matching_heading=OWN_CODE_HEADING,
    )


def test_the_form_can_be_read_and_keyed_in() -> None:
    matches(HERE / "snapshots" / "form.txt", to_text(form()))
    matches(HERE / "snapshots" / "form.md", to_markdown(form()))
    assert max(map(len, to_text(form()).splitlines())) <= 60


def test_the_shipped_forms_fit_sixty_columns(selfassess: Command) -> None:
    for name in ("partnership", "skills"):
        done = selfassess("round", "form", name)
        assert done.code == 0
        assert max(map(len, done.out.splitlines())) <= 60
        assert "d = Don't know" in done.out or "1 = " in done.out


def test_a_form_says_what_the_rules_say(selfassess: Command) -> None:
    made(selfassess, PAPER, "--small-groups", "consent", "--matching")
    done = selfassess("round", "form", "autumn", "--group", "staff")
    assert done.code == 0
    flowing = " ".join(done.out.split())
    assert "not anonymous." in flowing
    assert "at least 5 people answered" in flowing
    assert "Team meetings begin on the hour." in flowing
    assert "has a seat" not in flowing
    assert "Can we show your group's results separately? yes no" in flowing
    assert "A code of your own, if you like With it your answers" in flowing
    assert "(your own code, or leave it blank)" in flowing
    assert "2 forms, one for each group" in selfassess("round", "form", "autumn").err
    assert "# Everything on paper" in selfassess("round", "form", "autumn", "--format", "markdown").out


def test_a_form_fixes_the_rules_that_it_tells(selfassess: Command, small: str) -> None:
    made(selfassess, small)
    assert selfassess("round", "form", "partnership").code == 0
    assert selfassess("round", "change", "autumn", "--small-groups", "pool").code == 0
    assert "so they are now fixed" in selfassess("round", "form", "autumn").err
    assert "fixed" not in selfassess("round", "form", "autumn").err
    done = selfassess("round", "change", "autumn", "--small-groups", "leave_out")
    assert (done.code, "are fixed" in done.err) == (2, True)


def test_a_form_of_what_is_not_there_is_refused(selfassess: Command, small: str) -> None:
    assert selfassess("round", "form", "partnershp").code == 2
    made(selfassess, small)
    done = selfassess("round", "form", "autum")
    assert (done.code, "Did you mean “autumn”?" in done.err) == (2, True)
    assert selfassess("round", "form", "autumn", "--short").code == 2
    assert selfassess("round", "form", "autumn", "--group", "external").code == 2
    assert selfassess("round", "form", "none.toml").code == 3


@pytest.mark.usefixtures("opened")
def test_sheets_are_keyed_in_row_by_row(selfassess: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    at_a_terminal(monkeypatch)
    typed = "board\n1\n31\n2 d-\ngroup staff\n3\n7x\n2\n1\n4\n333\n31\n5\n\n\n"
    done = selfassess(*ENTER, typed=typed)
    assert done.code == 0, done.err
    assert "Sheet 2 saved: 0 answered, 1 don't know, 1 blank." in done.err
    assert "Question 1 (Meetings begin on the hour.): “7” does not fit. Type 1 to 3, d, a, or - where" in done.err
    assert "This row has 3 keys, and the form has 2 questions." in done.err
    assert "Sheet 5 was left out." in done.err
    assert "4 sheets typed in." in done.err
    assert "Board members: 2 of 6 handed in" in in_status(selfassess)
    assert "Staff: 2 of 4 handed in" in in_status(selfassess)


@pytest.mark.usefixtures("opened")
def test_what_was_written_is_asked_for_on_request(selfassess: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    at_a_terminal(monkeypatch)
    done = selfassess(*ENTER, "--group", "board", "--words", typed="1 33\nTwo hours late\nTea\n\n")
    assert "Written about question 2" in done.err
    assert "What works well?" in done.err
    done = selfassess(*ENTER, "--paper", "1", typed="31\n")
    assert "and 2 texts" in done.err
    done = selfassess(*ENTER, "--paper", "1", "--words", typed="31\n-\n")
    assert "It was: Tea" in done.err
    assert "texts" not in selfassess(*ENTER, "--paper", "1", typed="\n").err


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize(
    ("typed", "said", "kept"),
    [
        ("", "Stopped. 0 sheets typed in.", {}),
        ("1 33\n", "Stopped. 0 sheets typed in. Sheet 1 is saved as far as you got.", {"1": ["33", ""]}),
        ("1 33\nLate\n", "Stopped. 0 sheets typed in. Sheet 1 is saved as far as you got.", {"1": ["33", "1 text"]}),
        (
            "1 33\nLate\nTea\n2 31\n\n3\n",
            "Stopped. 2 sheets typed in. Sheet 3 was not saved.",
            {"1": ["33", "2 texts"], "2": ["31", ""]},
        ),
        (
            "1 33\nLate\nTea\n1\ny\n31\n-\n2\n7\n",
            "Stopped. 1 sheet typed in. Sheet 2 was not saved.",
            {"1": ["31", "1 text"]},
        ),
        ("1 31\nTea\n1\ny\n", "Stopped. 1 sheet typed in. Sheet 1 stays as it was.", {"1": ["31", "1 text"]}),
    ],
)
def test_what_was_typed_from_paper_is_kept_when_the_person_presses_ctrl_c(
    selfassess: Command, monkeypatch: pytest.MonkeyPatch, typed: str, said: str, kept: dict[str, list[str]]
) -> None:
    interrupted(monkeypatch)
    done = selfassess(*ENTER, "--group", "board", "--words", typed=typed)
    assert done.code == 130
    assert done.err.endswith(f"\n{said}\n")
    assert f"Board members: {len(kept)} of 6" in in_status(selfassess)
    for number, words in kept.items():
        shown = selfassess(*ENTER, "--paper", number).err
        for each in words:
            assert each in shown
        assert ("text" in shown) == bool(words[1])


@pytest.mark.usefixtures("opened")
def test_what_was_settled_in_a_check_is_kept_when_the_person_presses_ctrl_c(
    selfassess: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    selfassess(*ENTER, "--group", "board", typed="1 33\n2 11\n3 22\n")
    interrupted(monkeypatch)
    done = selfassess(*ENTER, "--check", typed="3 22\n1 31\n1\n2 22\n7\n2\n")
    assert done.code == 130
    assert done.err.endswith("\nStopped. 2 sheets checked, 1 changed. Sheet 2 is saved as far as you got.\n")
    assert [row_of(selfassess, number) for number in "123"] == ["31", "21", "22"]


@pytest.mark.usefixtures("opened")
def test_one_sheet_is_as_far_as_the_person_came(selfassess: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    selfassess(*ENTER, "--group", "board", typed="1 33\n")
    interrupted(monkeypatch)
    done = selfassess(*ENTER, "--paper", "1")
    assert (done.code, done.err.endswith("\nStopped. Sheet 1 stays as it was.\n")) == (130, True)
    done = selfassess(*ENTER, "--paper", "1", "--words", typed="31\n")
    assert (done.code, done.err.endswith("\nStopped. Sheet 1 is saved as far as you got.\n")) == (130, True)
    assert row_of(selfassess, "1") == "31"


def row_of(selfassess: Command, number: str) -> str:
    return selfassess(*ENTER, "--paper", number).err.split("questions 1 to 2: ")[1].split("\n")[0]


@pytest.mark.usefixtures("opened")
def test_a_sheet_is_found_by_its_number_and_keyed_in_anew(selfassess: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    assert selfassess(*ENTER, "--group", "staff", typed="17 33\n").code == 0
    assert selfassess(*ENTER, "--paper", "17").code == 2  # nobody to ask
    at_a_terminal(monkeypatch)
    done = selfassess(*ENTER, "--paper", "17", typed="\n")
    assert "  Staff\n  Part 1, questions 1 to 2: 33\n" in done.err
    assert "was left out" in done.err
    done = selfassess(*ENTER, "--paper", "17", "--group", "board", typed="1-\n")
    assert "Sheet 17 saved: 1 answered, 1 blank." in done.err
    assert "Board members: 1 of 6" in in_status(selfassess)
    done = selfassess(*ENTER, "--group", "board", typed="17\nn\n17\ny\n11\n\n")
    assert "Part 1, questions 1 to 2: 1-" in done.err
    assert "1 sheet typed in." in done.err
    assert "The only number is 17." in selfassess(*ENTER, "--paper", "71").err
    assert selfassess(*ENTER, "--remove").code == 2
    done = selfassess(*ENTER, "--paper", "17", "--remove", typed="n\n")
    assert (done.code, "Sheet 17 stays in." in done.err) == (130, True)
    assert selfassess(*ENTER, "--paper", "17", "--remove", typed="y\n").code == 0
    assert "Board members: 0 of 6" in in_status(selfassess)


@pytest.mark.usefixtures("opened")
def test_keying_in_twice_finds_the_slips(selfassess: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    selfassess(*ENTER, "--group", "board", typed="1 33\n2 12\n3 11\n")
    at_a_terminal(monkeypatch)
    done = selfassess(*ENTER, "--check", typed="1 33\n2 11\n2\n2\n11\n9\n1\n9\n33\n\n")
    assert done.code == 0, done.err
    assert "To check: 1, 2, 3." in done.err
    assert "Sheet 1: no difference." in done.err
    assert "Sheet 2, Question 2 (Papers come late.): first 2, now 1." in done.err
    assert "Sheet 2 stays as it was." in done.err
    assert "Sheet 2 is changed." in done.err
    assert "Sheet 9 was not typed in yet." in done.err
    assert "2 sheets checked, 1 changed." in done.err
    assert "Not checked: 3." in done.err
    assert "questions 1 to 2: 11" in selfassess(*ENTER, "--paper", "2", typed="\n").err


@pytest.mark.usefixtures("opened")
def test_a_file_of_rows_is_taken_in_whole(selfassess: Command) -> None:
    rows = "# keyed in on Monday\ngroup board\n1 3 1\n2 d-\n\ngroup Staff\n3 33\n"
    done = selfassess(*ENTER, typed=rows)
    assert (done.code, "3 sheets taken in, 0 already here." in done.err) == (0, True)
    assert "0 sheets taken in, 3 already here." in selfassess(*ENTER, typed=rows).err
    assert "Staff: 1 of 4" in in_status(selfassess)


@pytest.mark.usefixtures("opened")
def test_of_a_file_with_slips_nothing_is_taken_in(selfassess: Command) -> None:
    rows = "1 33\ngroup bord\n2 73\n3 3\n4\n2 11\n5 3/\n6 x9\n"
    done = selfassess(*ENTER, typed=rows)
    assert done.code == 4
    for words in (
        "Line 1: This does not say whose sheet it is. Add --group, or a line “group board”.",
        "Line 2: There is no group “bord”. Did you mean “board”?",
        "Line 3: Sheet 2: Question 1 (Meetings begin on the hour.): “7” does not fit.",
        "Line 4: Sheet 3: This row has 1 key, and the form has 2 questions.",
        "Line 5: There is no row after “4”.",
        "Line 6: Sheet 2 is in line 3 already.",
        "Line 7: Sheet 5: A stroke (/) is missing its partner",
        "Line 8: Sheet 6: Question 1 (Meetings begin on the hour.): “x” does not fit.",
        "Line 8: Sheet 6: Question 2 (Papers come late.): “9” does not fit.",
        "8 lines do not fit, so nothing was taken in.",
    ):
        assert words in done.err
    assert "All: 0 of 10" in in_status(selfassess)


@pytest.mark.usefixtures("opened")
def test_a_file_that_goes_on_and_on_is_refused(selfassess: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    done = selfassess(*ENTER, "--group", "board", typed=f"1 31\n2 {'3' * 200_000}\n")
    assert (done.code, "Line 2: This is longer than any sheet." in done.err) == (4, True)
    assert len(done.err) < 1_000
    monkeypatch.setattr("selfassess.services.paper_batch.MOST_LINES", 50)
    monkeypatch.setattr("selfassess.cli.round.enter_batch.MOST_TOLD", 10)
    done = selfassess(*ENTER, "--group", "board", typed="1 31\n" * 51)
    assert (done.code, "There are more than 50 lines, so nothing was taken in." in done.err) == (2, True)
    done = selfassess(*ENTER, "--group", "board", typed="".join(f"{at} 7\n" for at in range(50)))
    assert (done.code, done.err.count("Sheet "), "And 40 more." in done.err) == (4, 10, True)
    assert "0 of 6 handed in" in in_status(selfassess)


@pytest.mark.usefixtures("opened")
def test_a_number_that_is_too_long_is_told_with_its_line(selfassess: Command) -> None:
    rows = f"1 33\n{'9' * 41} 31\n{'x' * 5_000} 31\n{'2' * 40} 31\n3 7\n"
    done = selfassess(*ENTER, "--group", "board", typed=rows)
    assert done.code == 4
    assert f"Line 2: “{'9' * 40}…” is too long for the number of a sheet. It has at most 40 characters." in done.err
    assert f"Line 3: “{'x' * 40}…” is too long" in done.err
    assert "Line 4" not in done.err
    assert "Line 5: Sheet 3: This row has 1 key" in done.err
    assert "3 lines do not fit, so nothing was taken in." in done.err


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize("how", ["killed", "interrupted"])
def test_of_a_file_whose_reading_is_cut_short_nothing_is_taken_in(selfassess: Command, how: str) -> None:
    """By SIGKILL or Ctrl-C, in a process of its own, when half of it is written."""
    assert selfassess(*ENTER, "--group", "board", typed="1 33\n").code == 0
    rows = "".join(f"{number} 31\n" for number in range(1, 7))
    command = (*ENTER, "--group", "board", "--replace")
    done = cut_short(command, rows, "SIGKILL" if how == "killed" else "SIGINT")
    assert done.returncode == (-signal.SIGKILL if how == "killed" else 130)
    assert done.stderr == ("" if how == "killed" else "Stopped. Nothing was taken in.\n")
    assert "Board members: 1 of 6" in in_status(selfassess)
    assert "0 sheets taken in, 1 already here." in selfassess(*ENTER, "--group", "board", typed="1 33\n").err
    assert "6 sheets taken in, 0 already here." in selfassess(*command, typed=rows).err


def cut_short(command: tuple[str, ...], typed: str, how: str) -> subprocess.CompletedProcess[str]:
    """The command in a process that gets a signal when it has written its fourth sheet."""
    script = f"""
import os, signal, sys
from selfassess.project import round_queries

add, there = round_queries.add_paper, []

def add_paper(*row):
    add(*row)
    there.append(row)
    if len(there) == 4:
        os.kill(os.getpid(), signal.{how})

round_queries.add_paper = add_paper
from selfassess.cli.main import main
sys.argv[1:] = {command!r}
main()
"""
    return subprocess.run([sys.executable, "-c", script], input=typed, capture_output=True, text=True, check=False)


@pytest.mark.usefixtures("opened")
def test_7_07_and_007_are_one_sheet(selfassess: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    done = selfassess(*ENTER, "--group", "board", typed="007 33\n7 33\n")
    assert (done.code, "Line 2: Sheet 7 is in line 1 already." in done.err) == (4, True)
    assert selfassess(*ENTER, "--group", "board", typed="07 33\nA07 31\nA7 31\n").code == 0
    assert "Board members: 3 of 6" in in_status(selfassess)
    assert "0 sheets taken in, 1 already here." in selfassess(*ENTER, "--group", "board", typed="0007 33\n").err
    assert "1 sheet checked" in selfassess(*ENTER, "--check", "--group", "board", typed="007 33\n").err
    at_a_terminal(monkeypatch)
    done = selfassess(*ENTER, "--group", "board", typed="007\ny\n11\n\n")
    assert "Sheet 7 was typed in before:" in done.err
    assert "Board members: 3 of 6" in in_status(selfassess)
    done = selfassess(*ENTER, "--check", typed="07 11\nA7 31\nA07 31\n\n")
    assert "To check: 7, A07, A7." in done.err
    assert "Not checked" not in done.err
    assert selfassess(*ENTER, "--paper", "0007", "--remove", "--yes").code == 0
    assert "Board members: 2 of 6" in in_status(selfassess)


@pytest.mark.usefixtures("opened")
def test_a_file_replaces_sheets_only_when_told_to(selfassess: Command) -> None:
    selfassess(*ENTER, "--group", "board", typed="1 33\n")
    done = selfassess(*ENTER, "--group", "board", typed="1 31\n2 33\n")
    assert done.code == 4
    assert "Line 1: Sheet 1 was typed in before with different answers. To replace it: --replace." in done.err
    assert "Board members: 1 of 6" in in_status(selfassess)
    assert selfassess(*ENTER, "--group", "board", "--replace", typed="1 31\n2 33\n").code == 0
    assert "Board members: 2 of 6" in in_status(selfassess)


@pytest.mark.usefixtures("opened")
def test_a_file_is_checked_against_what_is_there(selfassess: Command) -> None:
    selfassess(*ENTER, "--group", "board", typed="1 33\n2 12\n3 11\n")
    done = selfassess(*ENTER, "--check", "--group", "board", typed="1 33\n2 11\n9 11\n")
    assert done.code == 4
    assert done.out == "Sheet 2: Question 2 (Papers come late.): first 2, now 1\n"
    assert "Line 3: Sheet 9 was not typed in before." in done.err
    assert "2 sheets checked, 1 difference. Nothing was changed." in done.err
    assert "Not checked: 3." in done.err
    assert selfassess(*ENTER, "--check", "--group", "board", typed="1 33\n").code == 0
    assert (
        "was typed in as Board members, now as Staff"
        in selfassess(*ENTER, "--check", "--group", "staff", typed="1 33\n").err
    )


@pytest.mark.usefixtures("opened")
def test_what_does_not_go_together_is_told(selfassess: Command) -> None:
    assert selfassess(*ENTER, "--words", typed="1 33\n").code == 2
    assert selfassess(*ENTER, "--check", "--paper", "1").code == 2
    assert selfassess(*ENTER, "--group", "none", typed="1 33\n").code == 2
    assert selfassess(*ENTER, typed="").code == 2
    assert selfassess(*ENTER, "--group", "board", typed="1 33 = Anna\n").code == 4


def test_nothing_is_keyed_into_a_round_that_is_not_open(selfassess: Command, small: str) -> None:
    made(selfassess, small)
    done = selfassess(*ENTER, "--group", "board", typed="1 33\n")
    assert (done.code, "selfassess round open autumn" in done.err) == (2, True)


def test_a_code_that_somebody_made_up_is_kept(selfassess: Command, small: str) -> None:
    made(selfassess, small, "--matching")
    selfassess("round", "open", "autumn")
    assert selfassess(*ENTER, "--group", "board", typed="1 33 = Anna 7\n").code == 0
    assert "0 sheets taken in, 1 already here" in selfassess(*ENTER, "--group", "board", typed="1 33 = anna7\n").err
    assert selfassess(*ENTER, "--group", "board", typed="1 33 = Otto\n").code == 4
