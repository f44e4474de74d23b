"""Invitations go out, sheets come back."""

import errno
import hashlib
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from selfassess.errors import ProjectError
from selfassess.project import codes
from selfassess.project.exchange_files import read_invitation, read_sheet, write_invitation
from selfassess.project.project import open_project
from selfassess.project.round_sheets import RoundSheets
from selfassess.project.rounds import Rounds
from tests.cli.conftest import Command
from tests.cli.rounds_made import answered, at_a_terminal, made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "invitations"


@pytest.fixture
def back(tmp_path: Path) -> Path:
    return tmp_path / "back"


def invite(selfassess: Command, folder: Path, number: int, *more: str, group: str = "board") -> str:
    done = selfassess(
        "round", "invite", "autumn", "--group", group, "--number", str(number), "--folder", str(folder), *more
    )
    assert done.code == 0, done.err
    return done.err


def test_nobody_is_asked_to_answer_by_a_day_that_has_passed(selfassess: Command, small: str, folder: Path) -> None:
    made(selfassess, small)
    command = ("round", "invite", "autumn", "--group", "board", "--number", "1", "--folder", str(folder))
    done = selfassess(*command, "--until", "1 May 2020")
    assert done.code == 2
    assert "1 May 2020 has already passed.\nChoose a day in the future." in done.err
    assert not folder.exists()


def test_a_name_that_is_too_long_is_counted_as_it_was_given(selfassess: Command, small: str) -> None:
    made(selfassess, small)
    done = selfassess("project", "name", "x" * 4000)
    assert (done.code, done.err) == (2, "This name is too long: 4000 characters.\nUse 80 or fewer.\n")


def test_each_person_gets_an_invitation_and_a_letter(selfassess: Command, small: str, folder: Path) -> None:
    made(selfassess, small, "--small-groups", "consent")
    assert selfassess("project", "name", "Northside").code == 0
    said = invite(selfassess, folder, 2, "--until", "Friday", "--contact", "Sam, 01234", "--format", "markdown")
    assert "2 invitations, each with its letter (board-01 to board-02)" in said
    assert sorted(path.name for path in folder.iterdir()) == [
        "board-01.invitation",
        "board-01.txt",
        "board-02.invitation",
        "board-02.txt",
        "board-letters-01-to-02.md",
    ]
    invitation, letter = read_invitation(folder / "board-02.invitation"), (folder / "board-02.txt").read_text("utf-8")
    assert invitation.group == "board"
    assert re.fullmatch(r"\w{4}-\w{4}-\w{4}", invitation.code)
    flowing = " ".join(letter.split())
    for words in (
        f"Your code: {invitation.code}",
        "selfassess take board-02.invitation --plain",
        "Please answer by: Friday",
        "Questions? Ask: Sam, 01234 We would like",
        "Ask for a paper form, or to use our computer: Sam, 01234",
        "Send it only to Sam, 01234: attached to a message that only they will read, not to a mailing list",
        "not anonymous.",
        "shown separately only if at least 3 do and all of them have agreed",
        "2 questions, about 1 minute",
        "Who can read what: Your answers go into one file",
        "Northside · Invitation board-02, for Board members",
    ):
        assert words in flowing
    assert "came with your invitation" not in letter
    assert "works once" not in letter
    assert max(map(len, letter.splitlines())) <= 72
    together = (folder / "board-letters-01-to-02.md").read_text("utf-8")
    assert together.count(r"# Autumn 2026: Small") == 2
    assert invitation.code in together


def test_inviting_more_goes_on_counting_and_overwrites_nothing(selfassess: Command, small: str, folder: Path) -> None:
    made(selfassess, small)
    invite(selfassess, folder, 2)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    said = invite(selfassess, folder, 1)
    assert "1 invitation, each with its letter (board-03)" in said
    assert {path: path.read_bytes() for path in before} == before
    assert len({read_invitation(path).code for path in folder.glob("*.invitation")}) == 3
    invite(selfassess, folder, 1, group="staff")
    assert (folder / "staff-01.invitation").exists()


def given_out(selfassess: Command) -> str:
    found = re.search(r"Board members: .*?(\d+) codes? issued", selfassess("round", "status", "autumn").out)
    assert found
    return found[1]


def test_an_invite_that_fails_leaves_no_code_and_no_half_of_a_pair(
    selfassess: Command, small: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(selfassess, small)
    invite(selfassess, folder, 1)
    there = sorted(folder.iterdir())
    again = ("round", "invite", "autumn", "--group", "board", "--number", "3", "--folder", str(folder))
    link, opened = os.link, Path.open

    def no_room(path: Path, mode: str = "r", **more: Any) -> Any:
        if "board-03" in path.name and mode == "w":
            raise OSError(errno.ENOSPC, "No space left on device")
        return opened(path, mode, **more)

    def taken(new: Path, path: Path) -> None:
        if path == folder / "board-03.txt":
            raise FileExistsError(path)
        link(new, path)

    def killed(new: Path, path: Path) -> None:
        if path == folder / "board-03.txt":
            raise KeyboardInterrupt
        link(new, path)

    for what, name, instead, code in (
        (Path, "open", no_room, 2),
        (os, "link", taken, 6),
        (os, "link", killed, 130),
    ):
        with monkeypatch.context() as broken:
            broken.setattr(what, name, instead)
            done = selfassess(*again)
        assert (done.code, "Nobody was invited, and no files are left.\n" in done.err) == (code, True)
        assert sorted(folder.iterdir()) == there
        assert given_out(selfassess) == "1"
    assert "(board-02 to board-04)" in invite(selfassess, folder, 3)
    assert given_out(selfassess) == "4"


def test_a_round_that_was_changed_meanwhile_invites_nobody(
    selfassess: Command, small: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(selfassess, small)
    admission_keys = codes.admission_keys

    def meanwhile(new: list[str], salt: str) -> list[str]:
        monkeypatch.undo()
        monkeypatch.setenv("SELFASSESS_PROJECT", str(folder.parent / "mine.selfassess"))
        with open_project(folder.parent / "mine.selfassess") as project:
            rounds = Rounds(project)
            rounds.correct("autumn", {"board": 9})
        return admission_keys(new, salt)

    monkeypatch.setattr(codes, "admission_keys", meanwhile)
    done = selfassess("round", "invite", "autumn", "--group", "board", "--number", "2", "--folder", str(folder))
    assert (done.code, "was just changed" in done.err) == (2, True)
    assert list(folder.iterdir()) == []


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="the program is started as a process of its own")
def test_two_who_invite_into_one_folder_lose_nothing(selfassess: Command, small: str, folder: Path) -> None:
    made(selfassess, small)
    command = [sys.executable, "-m", "selfassess", "round", "invite", "autumn", "--group", "board", "--number", "3"]
    running = [
        subprocess.Popen([*command, "--folder", str(folder)], stderr=subprocess.PIPE, encoding="utf-8")
        for _ in range(2)
    ]
    said = [one.communicate()[1] for one in running]
    invited = [one for one in running if one.returncode == 0]
    assert invited, said
    assert given_out(selfassess) == str(3 * len(invited)), said
    found = sorted(folder.glob("board-*.invitation"))
    assert len(found) == 3 * len(invited)
    assert len({read_invitation(one).code for one in found}) == len(found)
    for one in found:
        assert read_invitation(one).code in one.with_suffix(".txt").read_text("utf-8")
    assert [one for one in folder.iterdir() if one.name.startswith(".")] == []


def test_inviting_more_than_are_invited_is_asked_first(
    selfassess: Command, small: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(selfassess, small)
    invite(selfassess, folder, 5)
    more = ("round", "invite", "autumn", "--group", "board", "--number", "2", "--folder", str(folder))
    assert selfassess(*more).code == 2  # nobody says yes
    at_a_terminal(monkeypatch)
    done = selfassess(*more, typed="n\n")
    assert (done.code, done.err.endswith("Nobody was invited.\n")) == (130, True)
    assert "With these, 7 would be invited, but this round is for 6." in done.err
    assert "round correct autumn board=7" in done.err
    assert "round uninvite autumn --group board --unused" in done.err
    assert len(list(folder.glob("*.invitation"))) == 5
    assert "5 codes issued" in selfassess("round", "status").out
    assert "2 invitations" in invite(selfassess, folder, 2, "--yes")


def test_codes_that_nobody_used_are_taken_back_and_letters_written_anew(
    selfassess: Command, small: str, folder: Path, back: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(selfassess, small)
    invite(selfassess, folder, 6)
    selfassess("round", "open", "autumn")
    answered(folder / "board-01.invitation", back / "one.sheet", {"begin": 3})
    selfassess("collect", str(back))
    uninvite = ("round", "uninvite", "autumn", "--group", "board")
    assert "--unused" in selfassess(*uninvite).err
    assert selfassess(*uninvite, "--unused").code == 2  # nobody says yes
    at_a_terminal(monkeypatch)
    done = selfassess(*uninvite, "--unused", typed="n\n")
    assert (done.code, done.err.endswith("All codes stay as they are.\n")) == (130, True)
    done = selfassess(*uninvite, "--unused", typed="y\n")
    assert done.code == 0
    assert "Board members: 5 codes cancelled, 1 used before." in done.err
    assert "round invite autumn --group board --number 5" in done.err
    assert "Board members: 0 codes cancelled, 1 used before." in selfassess(*uninvite, "--unused").err
    answered(folder / "board-02.invitation", back / "two.sheet", {"begin": 3})
    assert "Refused: No admission code of this round fits this sheet:" in selfassess("collect", str(back)).out
    assert "(board-07 to board-11)" in invite(selfassess, folder, 5)


def test_without_codes_there_is_nothing_to_take_back(selfassess: Command, small: str) -> None:
    made(selfassess, small, "--no-codes")
    done = selfassess("round", "uninvite", "autumn", "--group", "board", "--unused")
    assert (done.code, "has no admission codes" in done.err) == (2, True)


def test_without_codes_invitations_work_too(selfassess: Command, small: str, folder: Path) -> None:
    made(selfassess, small, "--no-codes")
    invite(selfassess, folder, 1)
    assert read_invitation(folder / "board-01.invitation").code == ""
    assert "code" not in (folder / "board-01.txt").read_text("utf-8")
    assert selfassess("round", "change", "autumn", "--codes").code == 2


def test_letters_alone_lead_to_this_computer(selfassess: Command, small: str, folder: Path) -> None:
    made(selfassess, small)
    invite(selfassess, folder, 1, "--letters-only")
    assert sorted(path.name for path in folder.iterdir()) == ["board-01.txt", "board-letters-01-to-01.docx"]
    letter = (folder / "board-01.txt").read_text("utf-8")
    assert "    selfassess --project mine.selfassess take --round autumn --plain" in letter
    assert ".sheet" not in letter


@pytest.mark.parametrize("arguments", [["--number", "0"], ["--number", "-1"], ["--number", "x"], []])
def test_a_number_of_people_is_needed(selfassess: Command, small: str, arguments: list[str]) -> None:
    made(selfassess, small)
    assert selfassess("round", "invite", "autumn", "--group", "board", *arguments).code == 2


def test_who_is_invited_must_take_part(selfassess: Command, small: str, tmp_path: Path) -> None:
    made(selfassess, small)
    done = selfassess("round", "invite", "autumn", "--number", "1")
    assert (done.code, "With --group: board, staff." in done.err) == (2, True)
    done = selfassess("round", "invite", "autumn", "--group", "bord", "--number", "1")
    assert (done.code, "Did you mean “board”?" in done.err) == (2, True)
    file = tmp_path / "file"
    file.touch()
    done = selfassess("round", "invite", "autumn", "--group", "board", "--number", "1", "--folder", str(file))
    assert done.code == 2
    selfassess("round", "open", "autumn")
    selfassess("round", "close", "autumn", "--yes")
    assert selfassess("round", "invite", "autumn", "--group", "board", "--number", "1").code == 2


def test_what_an_author_wrote_for_authors_stays_here(selfassess: Command, small: str, folder: Path, back: Path) -> None:
    """Neither in invitations nor in pages; sheets are those of the round all the same, and so are those of invitations
    from before, which had it."""
    commented = f"# Ask Kim about this one.\n{Path(small).read_text('utf-8')} # Not for parents!\n"
    Path(small).write_text(commented, encoding="utf-8")
    made(selfassess, small)
    invite(selfassess, folder, 3)
    invite(selfassess, folder, 1, "--page")
    selfassess("round", "open", "autumn")
    for path in folder.iterdir():
        assert b"Kim" not in path.read_bytes()
        assert b"Not for" not in path.read_bytes()
    invited = read_invitation(folder / "board-01.invitation")
    frozen = hashlib.sha256(commented.encode()).hexdigest()
    assert invited.round.questionnaire != frozen
    assert f'"questionnaire":"{invited.round.questionnaire}"' in (folder / "board-04.html").read_text("utf-8")
    before = read_invitation(folder / "board-03.invitation")
    write_invitation(
        folder / "before.invitation",
        replace(before, round=replace(before.round, questionnaire=frozen), content=commented.encode()),
    )
    for name in ("board-01", "board-02", "before"):
        answered(folder / f"{name}.invitation", back / f"{name}.sheet", {"begin": 3, "late": 1})
    assert selfassess("collect", str(back)).out.splitlines()[-1] == "3 new, 0 already here, 0 replaced, 0 refused."
    assert selfassess("collect", str(back)).out.splitlines()[-1] == "0 new, 3 already here, 0 replaced, 0 refused."
    with open_project(folder.parent / "mine.selfassess") as project:
        stored = project.database.rows("SELECT DISTINCT questionnaire FROM sheets")
        assert [tuple(row) for row in stored] == [(frozen,)]


def test_sheets_are_taken_in_once(selfassess: Command, small: str, folder: Path, back: Path) -> None:
    made(selfassess, small)
    invite(selfassess, folder, 2)
    selfassess("round", "open", "autumn")
    for name in ("board-01", "board-02"):
        answered(folder / f"{name}.invitation", back / f"{name}.sheet", {"begin": 3, "late": 1})
    (back / "notes.txt").touch()
    (back / "older.sheet").mkdir()
    done = selfassess("collect", str(back))
    assert (done.code, done.out.splitlines()[-1]) == (0, "2 new, 0 already here, 0 replaced, 0 refused.")
    assert "1 other file was skipped" in done.out
    assert f"collect them too:\n  {back / 'older.sheet'}\n" in done.out
    done = selfassess("collect", str(back), str(back / "board-01.sheet"), "--format", "json")
    assert done.code == 0
    assert json.loads(done.out) == {"new": 0, "here": 2, "replaced": 0, "refused": [], "passed_over": 2}
    assert (
        "Board members: 2 of 6 handed in (33%); 4 still to come; 2 codes issued, 2 used"
        in selfassess("round", "status").out
    )


def test_each_refusal_says_which_file_and_why(selfassess: Command, small: str, folder: Path, back: Path) -> None:
    made(selfassess, small)
    invite(selfassess, folder, 2)
    first = answered(folder / "board-01.invitation", back / "first.sheet", {"begin": 3})
    assert "is not open yet" in selfassess("collect", str(first)).out
    selfassess("round", "open", "autumn")
    answered(folder / "board-01.invitation", back / "second.sheet", {"begin": 1})
    edited = answered(folder / "board-02.invitation", back / "third.sheet", {"begin": 1})
    edited.write_text(edited.read_text("utf-8").replace('"answers": "0', '"answers": "2'), encoding="utf-8")
    (back / "empty.sheet").touch()
    (back / "letter.sheet").write_text("Dear Sam", encoding="utf-8")
    done = selfassess("collect", str(back), str(back / "none.sheet"))
    assert done.code == 4
    assert done.out.splitlines()[-1] == "1 new, 0 already here, 0 replaced, 5 refused."
    assert "Refused: The admission code was used before: each is for one sheet." in done.out
    assert "Refused: It was changed after it was handed in, or damaged on its way." in done.out
    assert re.search(r"Refused: It is not a sheet of a round\.\n  .*empty\.sheet\n  .*letter\.sheet\n", done.out)
    assert "Refused: It cannot be read: no such file or directory." in done.out
    selfassess("round", "close", "autumn", "--yes")
    late = answered(folder / "board-02.invitation", back / "late.sheet", {"begin": 1})
    assert "is closed" in selfassess("collect", str(late)).out
    done = selfassess("collect", str(first), "--format", "json")
    assert (done.code, json.loads(done.out)["here"]) == (0, 1)


def test_a_sheet_of_another_round_is_refused(
    selfassess: Command, small: str, folder: Path, back: Path, tmp_path: Path
) -> None:
    made(selfassess, small)
    invite(selfassess, folder, 1)
    sheet = answered(folder / "board-01.invitation", back / "one.sheet", {"begin": 3})
    other = str(tmp_path / "other.selfassess")
    selfassess("project", "new", other, "--shared")
    done = selfassess("--project", other, "collect", str(sheet))
    assert (done.code, "Refused: This sheet belongs to another round." in done.out) == (4, True)


def test_what_cannot_be_read_keeps_nobody_else_out(
    selfassess: Command, small: str, folder: Path, back: Path, tmp_path: Path
) -> None:
    made(selfassess, small)
    invite(selfassess, folder, 1)
    selfassess("round", "open", "autumn")
    answered(folder / "board-01.invitation", back / "one.sheet", {"begin": 3})
    table = json.loads((back / "one.sheet").read_text("utf-8"))
    for number, round in enumerate(("\ud800", "", "autumn", "1" * 32)):
        table["round"] = round
        rest = {key: value for key, value in table.items() if key != "sum"}
        canonical = json.dumps(rest, sort_keys=True, separators=(",", ":"))
        table["sum"] = hashlib.sha256(canonical.encode()).hexdigest()
        (back / f"forged-{number}.sheet").write_text(json.dumps(table), "utf-8")
    (back / "any\nRefused: forged.sheet").touch()
    done = selfassess("collect", str(tmp_path / ("x" * 300)), str(tmp_path / "none"), str(back))
    assert done.code == 4, done.err
    assert done.out.endswith("1 new, 0 already here, 0 replaced, 7 refused.\n")
    assert "any Refused: forged.sheet" in done.out
    assert "\nRefused: forged" not in done.out
    assert "\n" not in json.loads(selfassess("collect", str(back), "--format", "json").out)["refused"][0]["file"]


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
def test_folders_that_may_not_be_entered_keep_nobody_else_out(
    selfassess: Command, small: str, folder: Path, back: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(selfassess, small)
    invite(selfassess, folder, 1)
    selfassess("round", "open", "autumn")
    answered(folder / "board-01.invitation", back / "one.sheet", {"begin": 3})
    listed, shut = tmp_path / "listed", tmp_path / "shut"
    for one in (listed, shut):
        one.mkdir()
        (one / "two.sheet").touch()
    stat, iterdir = Path.stat, Path.iterdir

    def forbidden(path: Path, *among: Path) -> None:
        if path.parent in among or path in among:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))

    # Root, who runs tests at times, may enter everything.
    def no_stat(path: Path, **more: Any) -> os.stat_result:
        if path != listed:
            forbidden(path, listed)
        return stat(path, **more)

    def no_list(path: Path) -> Iterator[Path]:
        forbidden(path, shut)
        return iterdir(path)

    monkeypatch.setattr(Path, "stat", no_stat)
    monkeypatch.setattr(Path, "iterdir", no_list)
    shut.chmod(0)
    done = selfassess("collect", str(listed), str(shut), str(back))
    shut.chmod(0o700)
    assert done.code == 4, done.err
    assert re.search(r"Refused: It cannot be read: permission denied\.\n  .*two\.sheet\n", done.out)
    assert re.search(r"Refused: The folder cannot be read: permission denied\.\n  .*shut\n", done.out)
    assert done.out.endswith("1 new, 0 already here, 0 replaced, 2 refused.\n")


def test_an_empty_name_is_not_the_folder_one_is_in(
    selfassess: Command, small: str, folder: Path, back: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(selfassess, small)
    invite(selfassess, folder, 1)
    selfassess("round", "open", "autumn")
    monkeypatch.chdir(answered(folder / "board-01.invitation", back / "one.sheet", {"begin": 3}).parent)
    done = selfassess("collect", "")
    assert (done.code, done.out, "empty name" in done.err) == (2, "", True)


def test_a_sheet_that_says_something_else_is_refused(selfassess: Command, small: str, folder: Path, back: Path) -> None:
    from dataclasses import replace

    from selfassess.project.exchange_files import write_sheet

    made(selfassess, small)
    invite(selfassess, folder, 1)
    selfassess("round", "open", "autumn")
    path = answered(folder / "board-01.invitation", back / "one.sheet", {"begin": 3})
    selfassess("collect", str(path))
    parcel = read_sheet(path)
    write_sheet(
        path, replace(parcel, sheet=replace(parcel.sheet, answers="0" + parcel.sheet.answers[1:])), overwrite=True
    )
    done = selfassess("collect", str(path))
    words = "Refused: Another sheet with this receipt is here already, and it says something else."
    assert (done.code, words in done.out) == (4, True)


def test_many_alike_are_told_together(selfassess: Command, small: str, back: Path) -> None:
    made(selfassess, small)
    back.mkdir()
    for number in range(12):
        (back / f"{number:02}.sheet").touch()
    done = selfassess("collect", str(back))
    assert done.code == 4
    assert "  and 8 more" in done.out
    assert done.out.count("Refused:") == 1
    assert len(json.loads(selfassess("collect", str(back), "--format", "json").out)["refused"]) == 12


def test_answering_again_replaces(selfassess: Command, small: str, folder: Path, back: Path) -> None:
    made(selfassess, small)
    invite(selfassess, folder, 1)
    selfassess("round", "open", "autumn")
    receipt, invitation = codes.new_code(codes.RECEIPT_LENGTH), folder / "board-01.invitation"
    path = answered(invitation, back / "one.sheet", {"begin": 3}, receipt=receipt)
    selfassess("collect", str(path))
    answered(invitation, path, {"begin": 1}, receipt=receipt, revision=1)
    assert selfassess("collect", str(path)).out == "0 new, 0 already here, 1 replaced, 0 refused.\n"


def test_collecting_that_is_stopped_says_what_is_in(
    selfassess: Command, small: str, folder: Path, back: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(selfassess, small)
    invite(selfassess, folder, 3)
    selfassess("round", "open", "autumn")
    for number in (1, 2, 3):
        answered(folder / f"board-0{number}.invitation", back / f"{number}.sheet", {"begin": number})

    def stop(sheets: RoundSheets, *told: Any) -> Any:
        taken = hand_in_all(sheets, *told)
        if len(list(sheets.answers("autumn"))) == 2:
            raise KeyboardInterrupt
        return taken

    hand_in_all = RoundSheets.hand_in_all
    with monkeypatch.context() as stopped:
        stopped.setattr(RoundSheets, "hand_in_all", stop)
        stopped.setattr("selfassess.services.collection.BATCH", 1)
        done = selfassess("collect", str(back))
    assert (done.code, done.out) == (130, "")
    assert done.err == (
        f"Stopped at {back / '2.sheet'}. Before it: 1 new, 0 already here, 0 replaced, 0 refused.\n"
        "What was taken in stays. Collect again afterwards: nothing is counted twice.\n"
    )
    assert selfassess("collect", str(back)).out == "1 new, 2 already here, 0 replaced, 0 refused.\n"


def test_what_is_taken_in_at_once_is_in_whole_or_not_at_all_but_for_what_is_refused(
    selfassess: Command, small: str, folder: Path, back: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(selfassess, small)
    invite(selfassess, folder, 3)
    selfassess("round", "open", "autumn")
    for number in (1, 2, 3):
        answered(folder / f"board-0{number}.invitation", back / f"{number}.sheet", {"begin": number})
    answered(folder / "board-01.invitation", back / "1-again.sheet", {"begin": 3})

    def fail(*_: object) -> None:
        raise ProjectError("There is no room.")

    with monkeypatch.context() as full:
        full.setattr("selfassess.project.round_sheets.schema.note_untidy", fail)
        done = selfassess("collect", str(back))
    assert f"Stopped at {back / '1-again.sheet'}. Before it: 0 new, 0 already here, 0 replaced, 0 refused." in done.err
    done = selfassess("collect", str(back))
    assert done.out.endswith("3 new, 0 already here, 0 replaced, 1 refused.\n")
    assert f"  {back / '1.sheet'}\n" in done.out, "the second of two with one code is refused"


def test_a_folder_of_many_takes_seconds(selfassess: Command, small: str, folder: Path, back: Path) -> None:
    made(selfassess, small, "--no-codes")
    invite(selfassess, folder, 1)
    selfassess("round", "open", "autumn")
    for number in range(100):
        answered(folder / "board-01.invitation", back / f"{number:03}.sheet", {"begin": 1 + number % 3})
    for number in range(50):
        (back / f"not-{number:03}.sheet").write_text("{}", encoding="utf-8")
    began = time.perf_counter()
    done = selfassess("collect", str(back))
    assert "100 new, 0 already here, 0 replaced, 50 refused." in done.out
    assert time.perf_counter() - began < 10
