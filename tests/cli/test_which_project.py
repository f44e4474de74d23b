"""Which project is meant where none is named: the one of this folder or one's own, and it is said."""

import re
import shlex
from pathlib import Path

import pytest

from selfassess.project.project import open_project
from tests.cli.conftest import Command
from tests.cli.plans_made import closed_round
from tests.cli.rounds_made import at_a_terminal, made

ANSWERED = "1\n1\n3\n\nTea\n\nresults\n"
USING = "Using ours.selfassess in this folder.\n"
OF_ROUNDS = (
    ("round", "list"),
    ("round", "status", "autumn"),
    ("round", "enter", "autumn", "--group", "board"),
    ("round", "preview", "autumn"),
    ("round", "target", "autumn", "meeting", "80"),
    ("round", "agree", "autumn", "meeting", "80", "--why", "x"),
    ("round", "correct", "autumn", "board=7"),
    ("round", "change", "autumn", "--title", "Autumn"),
    ("round", "open", "autumn"),
    ("round", "close", "autumn", "--yes"),
    ("round", "reopen", "autumn"),
    ("round", "invite", "autumn", "--group", "board", "--number", "1"),
    ("round", "uninvite", "autumn", "--group", "board", "--unused", "--yes"),
    ("round", "delete", "autumn"),
    ("round", "new", "winter", "--title", "Winter", "--invited", "board=6", "--yes"),
    ("round", "new", "winter", "--like", "autumn", "--title", "Winter", "--yes"),
    ("collect", "returned"),
    ("dashboard", "autumn"),
    ("report", "autumn"),
    ("report", "--group", "board"),
    ("compare", "autumn", "spring"),
    ("compare", "--receipt", "AAAA-AAAA-AAAA-AAAA-AAAA", "--receipt", "BBBB-BBBB-BBBB-BBBB-BBBB"),
    ("plan", "take", "autumn"),
    ("take", "--round", "autumn", "--plain"),
    ("take", "--code", "AAAA-AAAA-AAAA", "--plain"),
    ("take", "--again", "AAAA-AAAA-AAAA-AAAA-AAAA", "--plain"),
)
"""What only a shared project can be asked for."""


@pytest.fixture(autouse=True)
def home(selfassess: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A person at home who has named no project."""
    monkeypatch.delenv("SELFASSESS_PROJECT")
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setattr("pathlib.Path.home", lambda: home)
    monkeypatch.chdir(tmp_path)
    return home


@pytest.fixture
def own(home: Path) -> Path:
    """Where their own project is made."""
    return home / "selfassess" / "personal.selfassess"


def ours(selfassess: Command, small: str, name: str = "ours.selfassess") -> None:
    """A shared project with a round."""
    selfassess("project", "new", name, "--shared")

    def in_it(*arguments: str, typed: str = "") -> object:
        return selfassess("--project", name, *arguments, typed=typed)

    made(in_it, small)  # type: ignore[arg-type]  # it is the same but for the project


@pytest.mark.parametrize("said", OF_ROUNDS, ids=" ".join)
@pytest.mark.parametrize("has_own", [False, True])
def test_the_only_shared_project_of_the_folder_is_used_and_said(
    selfassess: Command, small: str, own: Path, said: tuple[str, ...], has_own: bool
) -> None:
    ours(selfassess, small)
    selfassess("project", "new", "mine.selfassess")
    if has_own:
        selfassess("project", "new", str(own))
    before = Path("ours.selfassess").read_bytes()
    there = selfassess("--project", "ours.selfassess", *said)
    Path("ours.selfassess").write_bytes(before)
    for name in Path().glob("autumn-invitations/*"):
        name.unlink()
    done = selfassess(*said)
    assert done.err.startswith(USING)
    assert (done.code, done.out) == (there.code, there.out)
    assert own.exists() == has_own


@pytest.mark.parametrize("said", OF_ROUNDS, ids=" ".join)
def test_of_several_all_are_named_with_the_command_for_each(
    selfassess: Command, own: Path, said: tuple[str, ...]
) -> None:
    for name in ("a.selfassess", "our b.selfassess"):
        selfassess("project", "new", name, "--shared")
    done = selfassess(*said)
    assert (done.code, done.out) == (2, "")
    assert "Which project? In this folder are a.selfassess and our b.selfassess.\n" in done.err
    typed = [line.strip() for line in done.err.splitlines() if line.startswith("  selfassess")]
    words = [word for word in said if not re.fullmatch(r"(?:[A-Z]{4}-){2,}[A-Z]{4}", word)]  # no code is printed
    assert [shlex.split(line) for line in typed] == [
        ["selfassess", "--project", name, *words] for name in ("a.selfassess", "our b.selfassess")
    ]
    assert not own.exists()


@pytest.mark.parametrize("said", [one for one in OF_ROUNDS if one[:2] not in (("round", "new"), ("report", "autumn"))])
def test_where_there_is_none_it_is_said_how_one_is_named_or_made(
    selfassess: Command, own: Path, said: tuple[str, ...]
) -> None:
    done = selfassess(*said)
    assert (done.code, done.out) == (2, "")
    assert "Which project? This folder does not have one." in done.err
    assert done.err.endswith("To make one: selfassess project new ours.selfassess --shared\n")
    selfassess("project", "new", "mine.selfassess")
    Path("letter.selfassess").write_text("Dear all", encoding="utf-8")
    assert "In this folder are only letter.selfassess and mine.selfassess: no rounds." in selfassess(*said).err
    assert not own.exists()


def test_however_many_files_there_are_none_is_picked_while_there_is_another(selfassess: Command) -> None:
    for number in range(21):
        Path(f"a{number:02}.selfassess").touch()
    for name in ("y.selfassess", "z.selfassess"):
        selfassess("project", "new", name, "--shared")
    done = selfassess("round", "list")
    assert (done.code, "In this folder are y.selfassess and z.selfassess." in done.err) == (2, True)
    Path("y.selfassess").unlink()
    assert selfassess("round", "list").code == 0
    Path("z.selfassess").unlink()
    assert "a19.selfassess and 1 more: no rounds." in selfassess("round", "list").err


def test_a_new_round_needs_to_be_told_where_it_goes(selfassess: Command) -> None:
    done = selfassess("round", "new", "autumn", "--title", "Autumn 2026", "--invited", "board=6", "--yes")
    assert (done.code, done.out) == (2, "")
    assert done.err.endswith("Such as: selfassess --project ours.selfassess round new\n")


@pytest.mark.parametrize(
    "said",
    [*OF_ROUNDS[:12], ("collect", "x"), ("report",), ("report", "autumn"), ("compare",), ("compare", "a", "b"),
     ("plan",), ("plan", "add", "x"), ("plan", "take"), ("plan", "export"), ("dashboard",), ("backup", "b.selfassess"),
     ("forget", "AAAA-AAAA-AAAA-AAAA-AAAA"), ("forget", "--draft", "small"), ("project", "delete"),
     ("round", "delete", "autumn"), ("take", "--round", "autumn"), ("take", "--code", "AAAA-AAAA-AAAA")],
    ids=" ".join,
)  # fmt: skip  # a list
def test_a_project_that_was_named_and_is_not_there_is_neither_made_nor_taken_for_an_empty_one(
    selfassess: Command, said: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    selfassess("project", "new", "ours.selfassess", "--shared")
    done = selfassess("--project", "ous.selfassess", *said)
    assert (done.code, done.out) == (6, "")
    assert done.err.startswith("There is no project file ous.selfassess.\n")
    assert not Path("ous.selfassess").exists()
    monkeypatch.setenv("SELFASSESS_PROJECT", "ous.selfassess")
    if said[0] != "project":
        assert selfassess(*said).code == 6
    assert not Path("ous.selfassess").exists()


def test_the_nearest_name_is_offered_else_those_that_are_there(selfassess: Command) -> None:
    assert "Check the name and the folder." in selfassess("--project", "ous.selfassess", "report").err
    selfassess("project", "new", "ours.selfassess", "--shared")
    assert "Did you mean “ours.selfassess”?" in selfassess("--project", "ous.selfassess", "report").err
    done = selfassess("--project", "12", "round", "list")
    assert "The project files in this folder are: ours.selfassess." in done.err
    assert done.err.endswith("To make it: selfassess project new 12 --shared\n")
    assert "To make it" not in selfassess("--project", "x.selfassess", "take", "--round", "autumn").err, "who answers"


def test_outside_its_folder_a_report_says_that_there_is_no_such_round(selfassess: Command, small: str) -> None:
    for _ in range(2):
        done = selfassess("report", "autumn")
        assert (done.code, done.out) == (2, "")
        assert "There is no questionnaire “autumn”, and no shared project in this folder" in done.err
        assert done.err.endswith("name its file: selfassess --project FILE report autumn\n")
        assert selfassess("compare", "autumn").code == 2
        selfassess("take", small, "--plain", typed=ANSWERED)  # the second time there is something of their own
    assert "Did you mean “small”?" in selfassess("report", "smal").err
    assert selfassess("report", "skills").code == 5


def test_before_anything_was_answered_a_report_says_so(selfassess: Command, own: Path) -> None:
    for said in (("report",), ("report", "partnership"), ("compare",)):
        done = selfassess(*said)
        assert (done.code, done.out) == (5, "")
        assert f"You have not answered anything yet: there is no project file {own}." in done.err
        assert done.err.endswith("Answer first: selfassess take\n")
    assert not own.exists()


@pytest.mark.slow
def test_a_report_is_of_ones_own_if_there_is_any_else_of_the_round_here(
    selfassess: Command, small: str, own: Path
) -> None:
    closed_round(Path("ours.selfassess"))
    first = selfassess("report")
    assert (first.code, "“Autumn 2026”" in first.out) == (0, True)
    assert first.err.startswith(USING)
    selfassess("take", small, "--plain", typed="1\n1\n")  # begun, not handed in
    assert selfassess("report").out == first.out
    selfassess("take", small, "--plain", typed="3\n\nTea\n\nresults\n")
    done = selfassess("report")
    assert "one person's view" in done.out
    assert done.err.startswith(
        "Using your own project. For ours.selfassess in this folder: selfassess --project ours.selfassess report\n"
    )
    assert selfassess("report", "small").out == done.out
    assert selfassess("report", "autumn").out == first.out, "the name of a round"
    assert selfassess("report", "Autumn 2026").out == first.out
    done = selfassess("report", "autum")
    assert (done.code, "Did you mean “autumn”?" in done.err) == (2, True)
    assert own.exists()


def test_a_receipt_finds_the_project_that_it_is_of(selfassess: Command, small: str, own: Path) -> None:
    ours(selfassess, small)
    selfassess("take", small, "--plain", typed=ANSWERED)
    with open_project(own, read_only=True) as project:
        ((_, mine),) = project.sheets_and_receipts()
    done = selfassess(
        "--project", "ours.selfassess", "take", small, "--plain", typed="\n1\n1\n3\n\nTea\n\nh\nhand in\n"
    )
    theirs = done.err.split("Your receipt: ")[1].split()[0]
    assert selfassess("report", "--receipt", mine).err.startswith("Using your own project.")
    assert selfassess("report", "--receipt", theirs).err.startswith(USING)
    done = selfassess("forget", theirs, "--yes")
    assert (done.code, done.err.startswith(USING)) == (0, True)
    assert selfassess("forget", mine, "--yes").err.startswith("Using your own project.")


def test_the_plan_is_ones_own_if_anything_is_planned_there(selfassess: Command, own: Path) -> None:
    closed_round(Path("ours.selfassess"))
    done = selfassess("plan", "add", "Meet the neighbours")
    assert (done.code, done.err.startswith(USING)) == (0, True)
    assert selfassess("--project", "ours.selfassess", "plan").out == selfassess("plan").out
    selfassess("project", "new", str(own))
    assert "Meet the neighbours" in selfassess("plan").out
    selfassess("--project", str(own), "plan", "add", "Sleep more")
    done = selfassess("plan")
    assert ("Sleep more" in done.out, done.err.startswith("Using your own project.")) == (True, True)


def test_a_backup_is_of_ones_own_project_or_of_the_one_here(selfassess: Command, own: Path) -> None:
    assert selfassess("backup", "copy").code == 2
    selfassess("project", "new", "ours.selfassess", "--shared")
    done = selfassess("backup", "copy")
    assert (done.code, done.err) == (0, f"{USING}Copied ours.selfassess to copy.\n")
    selfassess("project", "new", str(own))
    assert f"Copied {own} to copy." in selfassess("backup", "copy", "--replace").err


def test_where_names_the_projects_of_the_folder(selfassess: Command, own: Path) -> None:
    selfassess("project", "new", "ours.selfassess", "--shared")
    done = selfassess("where")
    assert "In this folder:  ours.selfassess (shared)\n" in done.out
    assert "In this folder" not in selfassess("--project", "ours.selfassess", "where").out
    assert not own.exists()


def test_what_removes_for_good_names_the_project_that_nobody_named(
    selfassess: Command, small: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours(selfassess, small)
    for said, whole in (
        (("round", "delete", "autumn", "--yes"), "selfassess --project ours.selfassess round delete autumn --yes"),
        (("project", "delete", "--yes"), "selfassess project delete ours.selfassess"),
    ):
        done = selfassess(*said)
        assert (done.code, whole in done.err) == (2, True)
    asked: list[str] = []
    monkeypatch.setattr("click.confirm", lambda question, **_: asked.append(question) or False)
    at_a_terminal(monkeypatch)
    assert selfassess("round", "delete", "autumn").code == 130
    assert selfassess("project", "delete").code == 130
    assert asked == [
        "Delete the round “Autumn 2026” from ours.selfassess? This cannot be undone.",
        "Delete ours.selfassess? This cannot be undone.",
    ]
    monkeypatch.setattr("click.confirm", lambda *_, **__: True)
    assert selfassess("project", "delete").code == 0
    assert not Path("ours.selfassess").exists()


def test_the_form_of_a_round_and_what_it_asked_are_found_here(selfassess: Command, small: str) -> None:
    assert selfassess("round", "form", "partnership").code == 0
    done = selfassess("round", "form", "autumn")
    assert (done.code, "neither a round nor a questionnaire “autumn”" in done.err) == (2, True)
    ours(selfassess, small)
    done = selfassess("round", "form", "autumn")
    assert (done.code, done.err.startswith(USING)) == (0, True)
    assert USING not in selfassess("round", "form", "partnership").err
    done = selfassess("diff", "autumn", small)
    assert (done.code, done.err) == (0, USING)
    assert USING not in selfassess("diff", small, "partnership").err
    done = selfassess("round", "form", "autum")
    assert (done.code, "Did you mean “autumn”?" in done.err) == (2, True)


def test_taking_makes_ones_own_project_only_where_nothing_of_a_round_is_asked_for(
    selfassess: Command, small: str, own: Path
) -> None:
    ours(selfassess, small)
    assert selfassess("take", "--round", "autumn", "--plain").code != 0
    assert not own.exists()
    selfassess("take", small, "--plain", typed=ANSWERED)
    assert own.exists()


@pytest.mark.parametrize("said", OF_ROUNDS, ids=" ".join)
def test_a_project_of_the_folder_that_is_damaged_is_told_as_such_and_not_as_none(
    selfassess: Command, small: str, said: tuple[str, ...]
) -> None:
    ours(selfassess, small)
    whole = Path("ours.selfassess").read_bytes()
    Path("ours.selfassess").write_bytes(whole[:3000] + b"\x07" * 300 + whole[3300:])
    done = selfassess(*said)
    assert (done.code, "The project file ours.selfassess is damaged or incomplete." in done.err) == (6, True)


def test_a_file_of_an_older_version_is_found_and_not_touched(selfassess: Command) -> None:
    """What is only looked into stays as it was."""
    frozen = Path(__file__).parent.parent / "project" / "frozen"
    for file in sorted(frozen.glob("*.selfassess")):
        Path("ours.selfassess").write_bytes(file.read_bytes())
        before = Path("ours.selfassess").read_bytes()
        assert "ours.selfassess" in selfassess("where").out
        assert Path("ours.selfassess").read_bytes() == before
