"""Whoever forgets to say which project is told how to say it."""

from pathlib import Path

import pytest

from tests.cli.conftest import Command

FORGOTTEN = (
    ("round", "list"),
    ("round", "status", "autumn"),
    ("round", "enter", "autumn", "--group", "board"),
    ("collect", "returned"),
    ("dashboard", "autumn"),
    ("compare", "autumn", "spring"),
    ("take", "--round", "autumn"),
)


@pytest.fixture(autouse=True)
def home(selfassess: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A person at home who has named no project."""
    monkeypatch.delenv("SELFASSESS_PROJECT")
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setattr("pathlib.Path.home", lambda: home)
    monkeypatch.chdir(tmp_path)
    return home


@pytest.mark.parametrize("said", FORGOTTEN)
@pytest.mark.parametrize("has_own", [False, True])
def test_the_only_shared_project_here_is_named_with_the_whole_command(
    selfassess: Command, home: Path, tmp_path: Path, said: tuple[str, ...], has_own: bool
) -> None:
    selfassess("project", "new", "ours.selfassess", "--shared")
    selfassess("project", "new", "mine.selfassess")
    if has_own:
        selfassess("project", "new", str(home / "selfassess" / "personal.selfassess"))
    done = selfassess(*said)
    assert done.code == 2
    assert done.err == (
        "Which project? Put --project ours.selfassess after selfassess:\n"
        f"  selfassess --project ours.selfassess {' '.join(said)}\n"
    )
    assert (home / "selfassess").exists() == has_own


def test_whoever_has_no_plan_of_their_own_is_asked_whose(selfassess: Command) -> None:
    selfassess("project", "new", "ours.selfassess", "--shared")
    for said in (("plan",), ("plan", "take", "autumn"), ("plan", "export")):
        done = selfassess(*said)
        assert (done.code, f"  selfassess --project ours.selfassess {' '.join(said)}\n" in done.err) == (2, True)


def test_a_round_is_made_in_the_project_that_is_here(selfassess: Command) -> None:
    done = selfassess("round", "new", "autumn", "--title", "Autumn 2026", "--invited", "board=6", "--yes")
    assert (done.code, "It is made if it is not there." in done.err) == (2, True)
    selfassess("project", "new", "our file.selfassess", "--shared")
    done = selfassess("round", "new", "autumn", "--title", "Autumn 2026", "--invited", "board=6", "--yes")
    assert (
        "selfassess --project 'our file.selfassess' round new autumn --title 'Autumn 2026' --invited board=6 --yes"
        in done.err
    )


def test_of_several_all_are_named(selfassess: Command) -> None:
    for name in ("a.selfassess", "b.selfassess"):
        selfassess("project", "new", name, "--shared")
    done = selfassess("round", "list")
    assert (done.code, "one of these after selfassess: a.selfassess, b.selfassess." in done.err) == (2, True)


def test_where_there_is_none_it_is_said_how_one_is_made(selfassess: Command, tmp_path: Path) -> None:
    assert "There is none here." in selfassess("round", "list").err
    selfassess("project", "new", "mine.selfassess")
    (tmp_path / "letter.selfassess").write_text("Dear all", encoding="utf-8")
    done = selfassess("round", "list")
    assert "In this folder are only letter.selfassess, mine.selfassess, with no rounds in them." in done.err
    assert "selfassess project new ours.selfassess --shared" in done.err


def test_a_project_that_was_named_and_is_not_there_is_not_made(selfassess: Command, tmp_path: Path) -> None:
    for said in (("round", "list"), ("take", "--round", "autumn")):
        done = selfassess("--project", "ous.selfassess", *said)
        assert (done.code, "There is no project file ous.selfassess." in done.err) == (6, True)
    assert not (tmp_path / "ous.selfassess").exists()


def test_a_form_of_a_round_needs_its_project(selfassess: Command) -> None:
    selfassess("project", "new", "ours.selfassess", "--shared")
    done = selfassess("round", "form", "autumn")
    assert done.code == 2
    assert "neither a round nor a questionnaire “autumn”" in done.err
    assert "selfassess --project ours.selfassess round form autumn" in done.err
    assert selfassess("round", "form", "partnership").code == 0


def test_the_report_of_a_round_needs_its_project(selfassess: Command) -> None:
    assert "Nothing has been handed in yet" in selfassess("report", "autumn").err
    selfassess("project", "new", "ours.selfassess", "--shared")
    done = selfassess("report", "autumn")
    assert (done.code, "selfassess --project ours.selfassess report autumn" in done.err) == (2, True)
    assert "Nothing has been handed in yet" in selfassess("report").err
