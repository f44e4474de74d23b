"""Looking after people's answers: what they are told of it on every medium, the day of deletion, and handing over."""

import datetime
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from selfassess.dates import day_words, today
from selfassess.errors import ProjectError
from selfassess.model.privacy_notice import NO_NOTICE, PrivacyNotice
from selfassess.project.exchange_files import read_invitation
from selfassess.project.project import open_project
from tests.cli.conftest import Command
from tests.cli.rounds_made import at_a_terminal, made

LATER = today() + datetime.timedelta(200)
SAID = ("The file with everybody's answers is kept by Sam Field", day_words(LATER), "Sam, 01234", "We promise.")


@pytest.fixture
def project(selfassess: Command, small: str, tmp_path: Path) -> Path:
    made(selfassess, small)
    (tmp_path / "ours.txt").write_text("\ufeffWe promise.\r\n\r\nשלום 🙂\r\n", encoding="utf-8")
    done = selfassess(
        "project", "notice", "--holder", "Sam Field", "--contact", "Sam, 01234",
        "--keep-until", LATER.isoformat(), "--text", str(tmp_path / "ours.txt"),
    )  # fmt: skip  # in few lines
    assert done.code == 0, done.err
    return tmp_path / "mine.selfassess"


def all_of_it(text: str) -> bool:
    told = " ".join(text.split())
    return all(one in told for one in (*SAID, "שלום 🙂"))


def test_it_is_printed_and_every_part_can_be_changed(selfassess: Command, project: Path) -> None:
    assert all_of_it(selfassess("project", "notice").out)
    assert selfassess("project", "notice", "--contact", "Kim, 98765").code == 0
    out = selfassess("project", "notice").out
    assert "Kim, 98765" in out
    assert "Sam Field" in out
    done = selfassess("project", "notice", "--contact", "")
    assert "--contact" in done.err
    assert "Kim" not in selfassess("project", "notice").out
    assert selfassess("project", "notice", "--clear").code == 0
    assert "There is no notice yet." in selfassess("project", "notice").err
    with open_project(project, read_only=True) as there:
        assert there.notice == NO_NOTICE


def test_people_who_were_told_less_are_to_be_told(selfassess: Command, project: Path) -> None:
    later = (LATER + datetime.timedelta(1)).isoformat()
    assert "Let them know" not in selfassess("project", "notice", "--keep-until", later).err
    assert selfassess("round", "form", "autumn").code == 0
    done = selfassess("project", "notice", "--keep-until", (LATER + datetime.timedelta(2)).isoformat())
    assert "Let them know." in done.err
    assert "that people already have do not change" in done.err
    done = selfassess("project", "notice", "--clear")
    assert "The notice is deleted." in done.err
    assert "Let them know." in done.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--holder", "a\x1b[31mb"), "--holder: This text has hidden characters"),
        (("--holder", "x" * 300), "--holder: This is too long: 300 characters."),
        (("--keep-until", "2020-01-01"), "--keep-until: 1 January 2020 has already passed."),
        (("--keep-until", "soon"), "is not a day"),
        (("--text", "none.txt"), "none.txt cannot be read"),
        (("--text", "."), "is a folder"),
        (("--clear", "--holder", "Sam"), "Leave out --clear"),
    ],
)
def test_bad_input_changes_nothing(selfassess: Command, project: Path, options: tuple[str, ...], said: str) -> None:
    done = selfassess("project", "notice", *options)
    assert (done.code, said in done.err, len(done.err.splitlines()) > 1) == (2, True, True), done.err
    assert all_of_it(selfassess("project", "notice").out)


@pytest.mark.parametrize("content", [b"x" * 4_000, b"\xff\xfe\x00", b"a\x00b", b"", "\u202eabc".encode()])
def test_a_bad_file_changes_nothing(selfassess: Command, project: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.txt").write_bytes(content)
    done = selfassess("project", "notice", "--text", str(tmp_path / "bad.txt"))
    assert (done.code, "bad.txt" in done.err, len(done.err.splitlines()) > 1) == (2, True, True), done.err
    assert all_of_it(selfassess("project", "notice").out)


def test_a_notice_that_another_program_wrote_is_told_as_damage(selfassess: Command, project: Path) -> None:
    with closing(sqlite3.connect(project)) as connection, connection:
        connection.execute("DELETE FROM project WHERE key = 'sum'")
        connection.execute("UPDATE project SET value = ? WHERE key = 'notice'", ('{"holder": "a\\u001bb"}',))
    done = selfassess("project", "notice")
    assert (done.code, "is damaged" in done.err) == (6, True)


# What people read


def test_it_is_in_the_letter_and_in_the_invitation(selfassess: Command, project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    done = selfassess(
        "round",
        "invite",
        "autumn",
        "--group",
        "board",
        "--number",
        "1",
        "--folder",
        str(folder),
        "--format",
        "markdown",
    )
    assert (done.code, "say who looks after" in done.err) == (0, True), done.err
    for name in ("board-01.txt", "board-letters-01-to-01.md"):
        assert all_of_it((folder / name).read_text(encoding="utf-8"))
    notice = read_invitation(folder / "board-01.invitation").notice
    assert notice == PrivacyNotice(
        holder="Sam Field", contact="Sam, 01234", keep_until=LATER, words="We promise.\n\nשלום 🙂"
    )
    taken = selfassess(
        "--project", str(tmp_path / "own.selfassess"), "take", str(folder / "board-01.invitation"), "--plain"
    )
    assert all_of_it(taken.err)


def test_an_invitation_without_it_is_read_by_every_version(selfassess: Command, project: Path, tmp_path: Path) -> None:
    command = ("round", "invite", "autumn", "--group", "board", "--number", "1", "--folder")
    done = selfassess(*command, str(tmp_path / "old"), "--without-notice")
    assert "say who looks after" not in done.err
    assert all_of_it((tmp_path / "old" / "board-01.txt").read_text(encoding="utf-8"))
    assert selfassess("project", "notice", "--clear").code == 0
    assert selfassess(*command, str(tmp_path / "none")).code == 0
    for folder, number in (("old", 1), ("none", 2)):
        path = tmp_path / folder / f"board-0{number}.invitation"
        table = json.loads(path.read_text(encoding="utf-8"))
        assert (table["format"], "notice" in table) == (1, False)
        assert read_invitation(path).notice == NO_NOTICE


def test_it_is_on_the_paper_form_and_line_by_line(selfassess: Command, project: Path) -> None:
    assert all_of_it(selfassess("round", "form", "autumn", "--group", "board").out)
    assert all_of_it(selfassess("round", "form", "autumn", "--group", "board", "--format", "markdown").out)
    assert all_of_it(selfassess("--plain", "round", "preview", "autumn").err)
    assert selfassess("round", "open", "autumn").code == 0
    assert all_of_it(selfassess("take", "--round", "autumn", "--plain").err)


def test_where_nothing_was_said_nothing_is_told(selfassess: Command, small: str) -> None:
    made(selfassess, small)
    assert "looks after" not in selfassess("--plain", "round", "preview", "autumn").err
    form = selfassess("round", "form", "autumn").out
    assert "is kept by" not in form
    assert "collected" not in form


# Asked with a new round


def test_a_new_round_asks_where_nothing_was_said_yet(
    selfassess: Command, small: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_a_terminal(monkeypatch)
    options = (
        "--questionnaire", small, "--invited", "board=6", "--small-groups", "pool", "--codes", "--no-matching",
    )  # fmt: skip  # in few lines
    typed = "\nSam Field\nSam, 01234\nyesterday\n1 Jan 2020\n" + f"{LATER.isoformat()}\n"
    done = selfassess("round", "new", "--title", "Autumn 2026", *options, typed=typed)
    assert done.code == 0, done.err
    assert "Who keeps the answers? (Enter to skip)" in done.err
    assert "has already passed" in done.err
    with open_project(tmp_path / "mine.selfassess", read_only=True) as project:
        assert project.notice == PrivacyNotice(holder="Sam Field", contact="Sam, 01234", keep_until=LATER)
    again = selfassess("round", "new", "spring", "--title", "Spring", *options)
    assert (again.code, "Who keeps" in again.err) == (0, False), again.err


def test_nobody_is_asked_with_yes(
    selfassess: Command, small: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_a_terminal(monkeypatch)
    assert "Who keeps" not in made(selfassess, small).err


# The day of deletion


@pytest.mark.parametrize(("days", "reminds"), [(31, False), (30, True), (0, True), (-1, True)])
def test_the_day_is_said_where_the_facilitator_looks(
    selfassess: Command, small: str, tmp_path: Path, days: int, reminds: bool
) -> None:
    made(selfassess, small)
    path = tmp_path / "mine.selfassess"
    with open_project(path) as project:
        project.set_notice(PrivacyNotice(keep_until=today() + datetime.timedelta(days)))
    where, status, rounds = selfassess("where").out, selfassess("round", "status"), selfassess("round", "list")
    for said in (where, status.err, rounds.err):
        assert (" project delete" in said, "kept until" in said) == (reminds, reminds), said
    assert "kept until" not in status.out + rounds.out
    assert path.exists()


# Handing over


def test_a_project_is_handed_over(
    selfassess: Command, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert selfassess("round", "invite", "autumn", "--group", "board", "--number", "1").code == 0
    to = tmp_path / "next.selfassess"
    done = selfassess("project", "hand-over", str(to))
    assert done.code == 0, done.err
    for said in ("holds the same", "1 round", "autumn-invitations", ".sheet", "backups", "project delete"):
        assert said in done.err
    for command in ("where", "round status", "project notice --holder"):
        assert f"  selfassess --project next.selfassess {command}" in done.err
    status = selfassess("round", "status").out
    assert selfassess("--project", str(to), "round", "status").out == status
    assert all_of_it(selfassess("--project", str(to), "project", "notice").out)


def test_without_a_round_nobody_is_sent_to_its_status(selfassess: Command, tmp_path: Path) -> None:
    ours = tmp_path / "ours.selfassess"
    assert selfassess("project", "new", str(ours), "--shared").code == 0
    done = selfassess("--project", str(ours), "project", "hand-over", str(tmp_path / "next.selfassess"))
    assert done.code == 0, done.err
    assert "next.selfassess where" in done.err
    assert "round status" not in done.err


def test_a_copy_that_cannot_be_read_back_is_not_put_in_its_place(
    selfassess: Command, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(path: Path, **_: object) -> None:
        raise ProjectError(f"{path} is damaged.")

    monkeypatch.setattr("selfassess.services.hand_over.open_project", unreadable)
    to = tmp_path / "next.selfassess"
    done = selfassess("project", "hand-over", str(to))
    assert done.code == 6
    assert done.err.startswith("The copy cannot be read back.")
    assert "is damaged" not in done.err, "the name of a hidden file says nothing to anybody"
    assert not to.exists()


def test_what_is_there_is_replaced_only_on_request(selfassess: Command, project: Path, tmp_path: Path) -> None:
    to = tmp_path / "next.selfassess"
    to.write_text("something")
    done = selfassess("project", "hand-over", str(to))
    assert (done.code, "--replace" in done.err) == (2, True)
    assert to.read_text() == "something"
    assert selfassess("project", "hand-over", str(to), "--replace").code == 0
    assert all_of_it(selfassess("--project", str(to), "project", "notice").out)
    before = project.read_bytes()
    assert selfassess("project", "hand-over", str(project), "--replace").code == 6
    assert project.read_bytes() == before


def test_a_copy_that_differs_does_not_take_its_place(
    selfassess: Command, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from selfassess.services import hand_over

    found = iter(("one", "another"))
    monkeypatch.setattr(hand_over, "contents_of", lambda project: next(found))
    there = set(tmp_path.iterdir())
    done = selfassess("project", "hand-over", str(tmp_path / "next.selfassess"))
    assert (done.code, "does not hold the same" in done.err) == (6, True), done.err
    assert set(tmp_path.iterdir()) == there
