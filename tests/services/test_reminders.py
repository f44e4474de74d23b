"""Who has not answered yet, as far as the facilitator may know it, and the letters that remind exactly those."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from selfassess.documents.reminder import written
from selfassess.errors import UsageError
from selfassess.model.round import Rules
from selfassess.model.sheet import Draft
from selfassess.project.codes import new_receipt
from selfassess.project.parcel import pack
from selfassess.project.project import Project
from selfassess.project.rounds import Rounds
from selfassess.services.invitations import invitations_for, issue
from selfassess.services.reminders import Waiting, reminders, told, waiting
from selfassess.sitting import state
from selfassess.sitting.round_notices import what_is_shown
from tests.cli.rounds import EDITION, add_round, shared

CODES = Rules(codes=True)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with shared(tmp_path) as project:
        yield project


@pytest.fixture
def rounds(project: Project) -> Rounds:
    """An open round of 12 board members and 6 of the staff, all with codes."""
    add_round(project, CODES, invited=6)
    return Rounds(project)


def invite(rounds: Rounds, folder: Path, group: str = "board", number: int = 12) -> Sequence[str]:
    """The codes of the letters of a group, in the order of their numbers."""
    codes: list[str] = []
    made = invitations_for(rounds, "autumn", group, number, folder, way="here")

    def letters(new: Sequence[str]) -> dict[str, str | bytes]:
        codes.extend(new)
        return {f"{name}.txt": code for name, code in zip(made.names, new, strict=True)}

    issue(rounds, made, letters)
    return codes


def hand_in(rounds: Rounds, code: str) -> None:
    ticket = rounds.admission.admit("autumn", code)
    draft = Draft(questionnaire=EDITION.sha256, form="full", group=rounds.admission.group_of(ticket), ticket=ticket)
    sheet = state.hand_in(EDITION.questionnaire, draft)
    rounds.sheets.hand_in(pack(sheet, new_receipt()), questionnaire=EDITION.questionnaire)


def found(rounds: Rounds, group: str) -> Waiting:
    return next(one for one in waiting(rounds, rounds.get("autumn")) if one.group == group)


def test_the_letters_that_nobody_has_answered_with_are_known_by_number(rounds: Rounds, tmp_path: Path) -> None:
    codes = invite(rounds, tmp_path / "letters")
    for number in (2, 11, 4):
        hand_in(rounds, codes[number - 1])
    left = ("board-01", "board-03", *(f"board-{number:02}" for number in (5, 6, 7, 8, 9, 10, 12)))
    assert found(rounds, "board").letters == left
    first, *_ = told(waiting(rounds, rounds.get("autumn"), "board"))
    assert first.startswith(
        "Board members: 9 of 12 have not handed in yet. Nothing yet from letters board-01, board-03,"
    )


def test_a_reminder_is_for_exactly_those(rounds: Rounds, tmp_path: Path) -> None:
    codes = invite(rounds, tmp_path / "letters")
    for code in codes[:10]:
        hand_in(rounds, code)
    round = rounds.get("autumn")
    rounds.project.call_partnership("Bridge Street")
    some = reminders(rounds, round, waiting(rounds, round, "board"), until="Friday", contact="Sam, 123")
    assert [one.number for one in some] == ["board-11", "board-12"]
    text = str(written(some, "text"))
    assert text.count("Reminder for invitation board-") == 2
    assert "Bridge Street · Reminder for invitation board-11" in text
    assert text.count("Please answer by: Friday") == text.count("Ask: Sam, 123") / 2 == 2
    assert not any(code in text for code in codes)


def test_of_a_small_group_and_without_codes_only_how_many_is_known(project: Project, tmp_path: Path) -> None:
    """Below the smallest group, and where each has to agree, a sheet could be that of a letter."""
    add_round(project, replace(CODES, small_groups="consent", asks_consent=("staff",)), invited=9)
    add_round(project, CODES, "winter", invited=4)
    add_round(project, Rules(), "spring", invited=4)
    rounds = Rounds(project)
    for id in ("autumn", "winter", "spring"):
        number = rounds.get(id).invited["staff"]
        made = invitations_for(rounds, id, "staff", number, tmp_path / id, way="here")
        issue(rounds, made, lambda codes, made=made: dict.fromkeys((f"{name}.txt" for name in made.names), ""))
        assert not rounds.admission.letters(id)
        (staff,) = waiting(rounds, rounds.get(id), "staff")
        assert staff.letters is None
        assert told([staff]) == (f"Staff: {number} of {number} have not handed in yet.",)
        (one,) = reminders(rounds, rounds.get(id), [staff])
        assert "Reminder for Staff" in written([one], "text")
        assert ("Your code is in it too" in written([one], "text")) == (id != "spring")


def test_people_are_told_before_they_answer_that_letters_are_known(rounds: Rounds) -> None:
    round = rounds.get("autumn")
    assert "to send reminders, the person who runs it also sees which letters have not been used yet" in what_is_shown(
        round
    )
    for other in (replace(round, rules=Rules()), replace(round, invited={"staff": 4})):
        assert "letters" not in what_is_shown(other)


def test_who_answered_without_a_letter_may_have_one(rounds: Rounds, tmp_path: Path) -> None:
    invite(rounds, tmp_path / "letters", number=2)
    draft = Draft(questionnaire=EDITION.sha256, form="full", group="board", ticket=None)
    sheet = replace(state.hand_in(EDITION.questionnaire, draft), ticket=None)
    rounds.papers.enter("autumn", "1", sheet, EDITION.questionnaire)
    (said,) = told([found(rounds, "board")])
    assert said == (
        "Board members: 11 of 12 have not handed in yet. Nothing yet from letters board-01 and board-02. 1 person "
        "answered on paper or in a form, and may have one of these letters."
    )


def test_codes_of_which_no_letter_is_noted_are_only_counted(rounds: Rounds, tmp_path: Path) -> None:
    """As those are that an earlier version gave out."""
    invite(rounds, tmp_path / "letters", number=2)
    assert found(rounds, "board").letters == ("board-01", "board-02")
    rounds.admission.issue("autumn", "board", 1)
    assert found(rounds, "board").letters is None


def test_numbers_go_on_where_the_folder_was_deleted(rounds: Rounds, tmp_path: Path) -> None:
    invite(rounds, tmp_path / "one", number=2)
    invite(rounds, tmp_path / "other", number=2)
    assert found(rounds, "board").letters == ("board-01", "board-02", "board-03", "board-04")
    assert found(rounds, "staff").letters is None


def test_codes_that_are_taken_back_take_their_letters_with_them(rounds: Rounds, tmp_path: Path) -> None:
    codes = invite(rounds, tmp_path / "letters", number=3)
    invite(rounds, tmp_path / "letters", "staff", 6)
    hand_in(rounds, codes[1])
    rounds.admission.take_back("autumn", "board")
    assert rounds.admission.letters("autumn") == {"board-02", *(f"staff-0{number}" for number in range(1, 7))}
    rounds.admission.take_back("autumn", "staff")
    assert rounds.admission.letters("autumn") == {"board-02"}


def test_the_first_report_erases_which_letter_brought_which_code(rounds: Rounds, tmp_path: Path) -> None:
    codes = invite(rounds, tmp_path / "letters", number=3)
    hand_in(rounds, codes[0])
    rounds.close("autumn")
    assert rounds.admission.letters("autumn")
    rounds.reopen("autumn")
    assert found(rounds, "board").letters == ("board-02", "board-03")
    rounds.close("autumn")
    rounds.release("autumn", frozenset({("all", "one", "mean")}))
    rounds.project.close()
    assert b"board-0" not in (tmp_path / "ours.selfassess").read_bytes()


def test_nothing_leads_from_a_letter_to_a_sheet(rounds: Rounds, tmp_path: Path) -> None:
    codes = invite(rounds, tmp_path / "letters")
    hand_in(rounds, codes[6])
    rounds.project.close()
    with sqlite3.connect(tmp_path / "ours.selfassess") as file:
        (note,) = file.execute("SELECT value FROM project WHERE key LIKE 'letters %'").fetchone()
        ((key,),) = file.execute("SELECT key FROM admissions WHERE used = 1").fetchall()
        rows = [*file.execute("SELECT * FROM sheets"), *file.execute("SELECT * FROM texts")]
    file.close()
    assert f'"{key}":"board-07"' in note
    assert not any("board-07" in str(row) or key in str(row) for row in rows)
    keys = [part.split('"')[0] for part in note.split('{"')[1:]]
    assert keys == sorted(keys)


def test_nobody_is_reminded_where_there_is_nobody_to_remind(rounds: Rounds, project: Project, tmp_path: Path) -> None:
    codes = invite(rounds, tmp_path / "letters", "staff", 6)
    for code in codes:
        hand_in(rounds, code)
    round = rounds.get("autumn")
    assert waiting(rounds, round, "staff") == ()
    assert told(()) == ("Everybody has handed in.",)
    with pytest.raises(UsageError, match="Everybody in this group has handed in") as error:
        reminders(rounds, round, ())
    assert "round status autumn" in error.value.hint
    for code in invite(rounds, tmp_path / "others", "board", 12):
        hand_in(rounds, code)
    with pytest.raises(UsageError, match="Everybody has handed in") as error:
        reminders(rounds, round, ())
    assert "round close autumn" in error.value.hint
    rounds.close("autumn")
    with pytest.raises(UsageError, match="closed"):
        waiting(rounds, rounds.get("autumn"))
    new = replace(round, id="spring", key="0" * 32, title="Spring", state="new")
    rounds.add(new, EDITION)
    with pytest.raises(UsageError, match="not open yet") as error:
        waiting(rounds, new)
    assert "round open spring" in error.value.hint
