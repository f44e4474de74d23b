"""A further round of the same project: `round new --like`."""

from pathlib import Path

import pytest

from selfassess.model.round import Round
from selfassess.project.project import open_project
from selfassess.project.rounds import Rounds
from tests.cli.conftest import SMALL, Command
from tests.cli.rounds_made import at_a_terminal, made

NEWER = SMALL.replace('version = "1"', 'version = "2"').replace("on the hour.", "on time.", 1)
LIKE = ("round", "new", "--like", "autumn")


@pytest.fixture
def newer(tmp_path: Path) -> str:
    path = tmp_path / "newer.toml"
    path.write_text(NEWER, encoding="utf-8")
    return str(path)


@pytest.fixture(autouse=True)
def before(selfassess: Command, small: str) -> None:
    made(
        selfassess, small, "--small-groups", "consent", "--no-codes", "--matching", "--min-group", "4",
        "--min-detail", "8",
    )  # fmt: skip  # in few lines


def there(tmp_path: Path) -> tuple[Round, Round]:
    with open_project(tmp_path / "mine.selfassess", read_only=True) as project:
        rounds = {one.id: one for one in Rounds(project).all()}
        (after,) = (one for id, one in rounds.items() if id != "autumn")
        return rounds["autumn"], after


def test_everything_is_taken_over_but_the_people_and_the_title(selfassess: Command, tmp_path: Path, small: str) -> None:
    Path(small).unlink()  # it is read from the project
    done = selfassess(*LIKE, "--title", "Spring 2027", "--yes")
    assert done.code == 0, done.err
    then, now = there(tmp_path)
    assert (now.id, now.title, now.state) == ("spring_2027", "Spring 2027", "new")
    assert (now.questionnaire, now.form, now.invited, now.rules) == (
        then.questionnaire,
        then.form,
        then.invited,
        then.rules,
    )
    assert now.key != then.key
    assert "Version" not in done.err


def test_other_numbers_go_over_those_before(selfassess: Command, tmp_path: Path) -> None:
    options = ("--title", "Spring", "--invited", "board=9", "--codes", "--no-matching", "--min-group", "4")
    assert selfassess(*LIKE, *options).code == 0, "a title is all that has to be said"
    _, now = there(tmp_path)
    assert dict(now.invited) == {"board": 9, "staff": 4}
    assert (now.rules.codes, now.rules.matching) == (True, False)
    assert now.rules.asks_consent == ("staff",), "whom to ask goes by the new numbers"
    assert (now.rules.thresholds.min_group, now.rules.thresholds.min_detail) == (4, 8)


def test_a_group_can_be_taken_out_but_not_all_of_them(selfassess: Command, tmp_path: Path) -> None:
    done = selfassess(*LIKE, "--title", "Spring", "--invited", "board=0", "--invited", "staff=0")
    assert (done.code, "Somebody has to be invited." in done.err) == (2, True)
    assert selfassess(*LIKE, "--title", "Spring", "--invited", "staff=0").code == 0
    assert dict(there(tmp_path)[1].invited) == {"board": 6}


def test_what_a_newer_version_changes_is_told_in_a_line(selfassess: Command, newer: str, tmp_path: Path) -> None:
    done = selfassess(*LIKE, "--title", "Spring", "--questionnaire", newer)
    assert done.code == 0, done.err
    assert "Version 1 before, 2 now. 1 item reworded: change can be shown on 1 of 2.\n" in done.err
    then, now = there(tmp_path)
    assert now.questionnaire != then.questionnaire


def test_a_group_that_the_newer_version_does_not_have_is_told(selfassess: Command, tmp_path: Path) -> None:
    path = tmp_path / "newer.toml"
    newer = NEWER.replace('id = "staff"', 'id = "team"').replace('"staff"', '"team"').replace("Staff", "Team")
    path.write_text(newer, encoding="utf-8")
    done = selfassess(*LIKE, "--title", "Spring", "--questionnaire", str(path))
    assert done.code == 0, done.err
    assert "No such group in this version, so nobody is invited from it: Staff.\n" in done.err
    assert dict(there(tmp_path)[1].invited) == {"board": 6}


def test_at_a_terminal_enter_alone_stands_for_what_was_there_before(
    selfassess: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_a_terminal(monkeypatch)
    done = selfassess(*LIKE, typed="Spring\n" + "\n" * 8)
    assert done.code == 0, done.err
    assert "(Enter alone: as before, version 1)" in done.err
    assert "Board members (6 before):" in done.err
    then, now = there(tmp_path)
    assert (now.questionnaire, now.invited, now.rules) == (then.questionnaire, then.invited, then.rules)


def test_at_a_terminal_a_newer_version_can_be_named(
    selfassess: Command, newer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_a_terminal(monkeypatch)
    typed = ["Spring", "", "partnership", "none.toml", newer, "0", "0", "7", "", "2", "y", "n", ""]
    done = selfassess(*LIKE, typed="\n".join(typed) + "\n")
    assert done.code == 0, done.err
    assert "and this is another questionnaire (partnership)" in done.err
    assert done.err.index("change can be shown on 1 of 2") < done.err.index("How many people are invited?")
    assert "Somebody has to be invited." in done.err
    _, now = there(tmp_path)
    assert dict(now.invited) == {"board": 7, "staff": 4}
    assert (now.rules.small_groups, now.rules.codes, now.rules.matching) == ("leave_out", True, False)


def test_targets_are_taken_over_and_can_be_changed(selfassess: Command, tmp_path: Path) -> None:
    assert selfassess("round", "target", "autumn", "meeting", "80").code == 0
    assert selfassess("round", "target", "autumn", "meeting", "85", "--group", "staff").code == 0
    done = selfassess(*LIKE, "--title", "Spring")
    assert "Targets taken over from “Autumn 2026”:\n  We meet in good time: 80, Staff 85\n" in done.err
    assert "round target spring ID SCORE" in done.err
    assert there(tmp_path)[1].targets == {"meeting": {"": 80, "staff": 85}}
    assert selfassess("round", "target", "spring", "meeting", "90").code == 0
    assert there(tmp_path)[1].targets["meeting"][""] == 90
    assert there(tmp_path)[0].targets["meeting"][""] == 80


def test_a_target_that_has_no_place_in_the_new_round_is_named(selfassess: Command, tmp_path: Path) -> None:
    path = tmp_path / "newer.toml"
    path.write_text(NEWER.replace('id = "meeting"', 'id = "meetings"'), encoding="utf-8")
    for arguments in (("meeting", "80"), ("one", "70"), ("one", "75", "--group", "staff")):
        assert selfassess("round", "target", "autumn", *arguments).code == 0
    done = selfassess(*LIKE, "--title", "Spring", "--questionnaire", str(path), "--invited", "staff=0")
    assert done.code == 0, done.err
    _, left = done.err.split("Not taken over, because this round has no such group, or no such score:\n")
    assert left == "  How we meet: Staff 75\n  We meet in good time: 80\n"
    assert there(tmp_path)[1].targets == {"one": {"": 70}}


def test_where_no_target_was_set_none_is_spoken_of(selfassess: Command) -> None:
    said = selfassess(*LIKE, "--title", "Spring").err
    assert "aken over" not in said
    assert "round target" not in said


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--like", "autum", "--title", "Spring"], 2, "Did you mean “autumn”?"),
        (["--like", "autumn"], 2, "and nobody can be asked here: --title."),
        (["--like", "autumn", "--yes"], 2, "and nobody can be asked here: --title."),
        (["--like", "autumn", "--title", "Spring", "--questionnaire", "partnership"], 2, "Make a new round without"),
        (["--like", "autumn", "--title", "Spring", "--questionnaire", "none.toml"], 3, "none.toml"),
        (["--like", "autumn", "--title", "Spring", "--invited", "bord=3"], 2, "Did you mean “board”?"),
        (["--like", "autumn", "--title", "Spring", "--min-group", "2"], 2, "--min-group is a number from 3"),
        (["autumn", "--like", "autumn", "--title", "Spring"], 2, "There is a round “autumn” already."),
    ],
)
def test_what_cannot_be_is_told_and_no_round_is_made(
    selfassess: Command, options: list[str], code: int, said: str
) -> None:
    done = selfassess("round", "new", *options)
    assert (done.code, said in done.err) == (code, True), done.err
    assert len(selfassess("round", "list").out.splitlines()) == 1


def test_without_a_project_there_is_nothing_to_be_like(selfassess: Command, tmp_path: Path) -> None:
    done = selfassess("--project", str(tmp_path / "none.selfassess"), *LIKE, "--title", "Spring")
    assert done.code == 6
    assert not (tmp_path / "none.selfassess").exists()
