"""The life of a round, as its facilitator runs it."""

from pathlib import Path

import click
import pytest

from selfassess.project.project import open_project
from selfassess.project.rounds import Rounds
from tests.cli.conftest import Command
from tests.cli.rounds_made import NEW, at_a_terminal, made


def test_a_round_is_made_with_its_shared_project(selfassess: Command, small: str, tmp_path: Path) -> None:
    done = made(selfassess, small, "--small-groups", "consent", "--no-codes")
    assert (tmp_path / "mine.selfassess").exists()
    assert "Invited: Board members 6, Staff 4 (10 in all)." in done.err
    assert "Asked whether their small group can be shown: Board members and Staff." in done.err
    assert "round invite autumn --group staff --number 4" in done.err
    assert "add to each invite: --until" in done.err
    assert selfassess("round", "list").out == "autumn  not open yet  0 of 10 handed in  Autumn 2026\n"
    assert "Small, the whole questionnaire\nBoard members: 0 of 6 handed in\n" in selfassess("round", "status").out


def test_what_was_not_said_is_asked_for(selfassess: Command, small: str, monkeypatch: pytest.MonkeyPatch) -> None:
    at_a_terminal(monkeypatch)
    typed = "\n".join(["", "Spring", "Spring!", "", "0", "0", "x", "-1", "6", "4", "9", "1", "no", "y", "", ""])
    done = selfassess("round", "new", "--questionnaire", small, typed=typed)
    assert done.code == 0, done.err
    assert "A title has 1 to 80 characters." in done.err
    assert "“Spring!” cannot be the short name of a round" in done.err
    assert "Somebody has to be invited." in done.err
    assert "“x” is not a number of people." in done.err
    assert "  1  consent (recommended: it shows the most): Board members and Staff are asked" in done.err
    assert "  Board members (6)        2 / 0            2 / 0            joined" in done.err
    assert "Small groups (Enter alone: consent)" in done.err
    assert "Please type a number from 1 to 3." in done.err
    assert "Made the round “Spring” (spring)" in done.err
    assert "Asked whether their small group can be shown: Board members and Staff." in done.err


def test_where_the_answers_end_no_round_is_made(
    selfassess: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    at_a_terminal(monkeypatch)
    done = selfassess("round", "new", typed="Autumn 2026\n\n1\n")
    assert (done.code, done.err.endswith("No round was made.\n")) == (130, True)
    assert "(Enter alone: autumn_2026)" in done.err
    assert not (tmp_path / "mine.selfassess").exists()


def test_enter_alone_takes_what_shows_most_and_without_a_terminal_small_groups_are_left_out(
    selfassess: Command, small: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(selfassess, small)
    at_a_terminal(monkeypatch)
    options = ("--title", "Spring", "--questionnaire", small, "--invited", "board=6", "--invited", "staff=4")
    done = selfassess("round", "new", "spring", *options, typed="\n\n\n\n")
    assert done.code == 0, done.err
    assert "Asked whether their small group can be shown: Board members and Staff." in done.err
    with open_project(tmp_path / "mine.selfassess", read_only=True) as project:
        rounds = {one.id: one.rules.small_groups for one in Rounds(project).all()}
    assert rounds == {"autumn": "leave_out", "spring": "consent"}


def test_where_nobody_can_be_asked_the_missing_options_are_named(selfassess: Command, tmp_path: Path) -> None:
    done = selfassess("round", "new", typed="Autumn\n")
    assert done.code == 2
    for option in ("--title", "--questionnaire", "--invited", "--small-groups", "--codes", "--matching"):
        assert option in done.err
    done = selfassess("round", "new", "--yes")
    assert (done.code, "--title, --invited." in done.err) == (2, True)
    assert not (tmp_path / "mine.selfassess").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--invited", "bord=12"], "Did you mean “board”?"),
        (["--invited", "board=0"], "“0” is not a number of people."),
        (["--invited", "board=-1"], "“-1” is not a number of people."),
        (["--invited", "board=many"], "“many” is not a number of people."),
        (["--invited", "board=99999999999999999999"], "is not a number of people."),
        (["--invited", "12"], "does not say how many of which group"),
        (["--invited", "board=1", "--invited", "Board members=2"], "is there twice"),
        (["--invited", "board=6", "--min-group", "2"], "--min-group is a number from 3 to"),
        (["--invited", "board=6", "--min-detail", "4"], "--min-detail is a number from 5"),
        (["--invited", "board=6", "--title", " "], "A title has 1 to 80 characters."),
        (["--invited", "board=6", "--small-groups", "keep"], "keep"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_made(
    selfassess: Command, small: str, tmp_path: Path, options: list[str], said: str
) -> None:
    done = selfassess(*NEW, "--questionnaire", small, "--yes", *options)
    assert (done.code, said in done.err) == (2, True), done.err
    assert not (tmp_path / "mine.selfassess").exists()


@pytest.mark.parametrize("id", ["Autumn", "2026", "", "autumn 2026", "a" * 25])
def test_a_badly_formed_short_name_is_refused(selfassess: Command, small: str, id: str) -> None:
    done = selfassess("round", "new", id, "--title", "x", "--questionnaire", small, "--invited", "board=6", "--yes")
    assert (done.code, "cannot be the short name of a round" in done.err) == (2, True)


def test_a_questionnaire_with_problems_is_told_whole(selfassess: Command, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text('format = 1\nid = "Bad"\nversion = 1\nstrands = []\n', encoding="utf-8")
    done = selfassess(*NEW, "--questionnaire", str(path), "--invited", "board=6", "--yes")
    assert done.code == 3
    assert "bad-id" in done.err
    assert "no-strands" in done.err
    assert selfassess(*NEW, "--questionnaire", "smal", "--invited", "board=6", "--yes").code == 3


def test_a_taken_name_is_refused_and_a_taken_title_is_told(selfassess: Command, small: str) -> None:
    made(selfassess, small)
    done = selfassess(*NEW, "--questionnaire", small, "--invited", "board=6", "--yes")
    assert (done.code, "There is a round “autumn” already." in done.err) == (2, True)
    options = ("--title", "autumn 2026", "--questionnaire", small, "--invited", "board=6", "--yes")
    done = selfassess("round", "new", "other", *options)
    assert "There is another round with this title (autumn): say other in commands" in done.err
    done = selfassess("round", "status", "Autumn 2026")
    assert (done.code, "Name one of them: autumn or other." in done.err) == (2, True)
    assert "There is more than one round." in selfassess("round", "status").err


def test_a_personal_project_has_no_rounds(selfassess: Command, small: str, tmp_path: Path) -> None:
    selfassess("take", small, "--plain", typed="1\n3\n")
    for arguments in (["new", "--yes", "--title", "x", "--invited", "board=6"], ["list"], ["close", "x"]):
        done = selfassess("round", *arguments)
        assert (done.code, "selfassess project new ours.selfassess --shared" in done.err) == (2, True)
        assert "mine.selfassess is one person's own project, so it has no rounds. Which project?" in done.err


def test_a_round_goes_into_no_project_that_nobody_named(
    selfassess: Command, small: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SELFASSESS_PROJECT")
    done = selfassess(*NEW, "--questionnaire", small, "--invited", "board=6", "--yes")
    assert (done.code, "Say which project file the round goes into." in done.err) == (2, True)


def test_rules_change_until_somebody_may_have_read_them(selfassess: Command, small: str, tmp_path: Path) -> None:
    made(selfassess, small)
    assert selfassess("round", "change", "autumn").code == 2
    assert selfassess("round", "change", "autumn", "--invited", "staff=0", "--min-group", "4").code == 0
    assert "Staff" not in selfassess("round", "status").out
    assert selfassess("round", "change", "autumn", "--invited", "board=0").code == 2
    selfassess("round", "invite", "autumn", "--number", "1", "--folder", str(tmp_path / "out"))
    done = selfassess("round", "change", "autumn", "--small-groups", "pool")
    assert (done.code, "fixed" in done.err) == (2, True)
    assert selfassess("round", "change", "autumn", "--title", "Later").code == 0
    assert "Later (autumn)" in selfassess("round", "status").out


def test_the_numbers_invited_can_be_corrected_at_any_time(selfassess: Command, small: str) -> None:
    made(selfassess, small)
    selfassess("round", "open", "autumn")
    assert selfassess("round", "enter", "autumn", "--group", "board", typed="1 33\n2 33\n").code == 0
    assert "Board members: 7 invited (it was 6)." in selfassess("round", "correct", "autumn", "board=7").err
    done = selfassess("round", "correct", "autumn", "board=1")
    assert (done.code, "handed in" in done.err) == (2, True)
    assert "Did you mean “board”?" in selfassess("round", "correct", "autumn", "bord=7").err
    selfassess("round", "close", "autumn", "--yes")
    assert selfassess("round", "correct", "autumn", "board=8").code == 0


def test_status_tells_counts_and_nothing_else(selfassess: Command, small: str) -> None:
    made(selfassess, small, "--small-groups", "consent")
    selfassess("round", "open", "autumn")
    assert (
        selfassess("round", "enter", "autumn", "--group", "board", typed="1 n33\n2 y33\n3 y33\n4 y33\n5 y33\n").code
        == 0
    )
    assert selfassess("round", "status", "autumn").out == (
        "Autumn 2026 (autumn): open\n"
        "Small, the whole questionnaire\n"
        "Board members: 5 of 6 handed in (83%); 1 still to come; 0 codes issued, 0 used\n"
        "Staff: 0 of 4 handed in; 4 still to come; 0 codes issued, 0 used\n"
        "All: 5 of 10 handed in (50%)\n"
    )


def test_closing_says_what_is_lost_and_what_became_of_each_group(
    selfassess: Command, small: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made(selfassess, small, "--small-groups", "consent", "--no-codes")
    assert selfassess("round", "close", "autumn", "--yes").code == 2  # it was never open
    selfassess("round", "open", "autumn")
    rows = "group board\n1 y33\n2 y33\n3 y33\ngroup staff\n4 y33\n5 n33\n6 y33\n"
    assert selfassess("round", "enter", "autumn", typed=rows).code == 0
    assert selfassess("round", "close", "autumn").code == 2  # nobody says yes
    at_a_terminal(monkeypatch)
    done = selfassess("round", "close", "autumn", typed="n\n")
    assert done.code == 130
    assert "Sheets that come in later are refused" in done.err
    assert done.err.endswith("The round stays open.\n")
    done = selfassess("round", "close", "autumn", typed="y\n")
    assert done.code == 0
    assert "Board members: shown although it is small (3 handed in), because all of them agreed." in done.err
    left_out = (
        "left out, since fewer than 5 handed in, and a group that small is shown only if 3 or more hand in and all of "
        "them agree"
    )
    assert f"Staff: {left_out}." in done.err
    assert "report autumn" in done.err
    assert "Once you make a report or open the dashboard, you cannot open the round again." in done.err
    assert "closed already" in selfassess("round", "close", "autumn").err
    assert selfassess("round", "enter", "autumn", "--group", "board", typed="9 y33\n").code == 2
    with open_project(tmp_path / "mine.selfassess", read_only=True) as project:
        assert Rounds(project).foreseen("autumn", "report")
        assert not Rounds(project).released("autumn")


def test_a_closed_round_opens_again_while_nothing_was_reported(selfassess: Command, small: str) -> None:
    made(selfassess, small)
    assert selfassess("round", "reopen", "autumn").code == 2
    selfassess("round", "open", "autumn")
    assert "is open" in selfassess("round", "reopen", "autumn").err
    done = selfassess("round", "close", "autumn", "--yes")
    assert "Nobody has handed in, so there would be nothing to report." in done.err
    assert "Board members: nobody handed in." in done.err
    assert selfassess("round", "open", "autumn").code == 2
    done = selfassess("round", "reopen", "autumn")
    assert (done.code, "can do so with the code they have." in done.err) == (0, True)


def test_a_sheet_of_paper_counts_once_though_the_round_was_opened_again(selfassess: Command, small: str) -> None:
    made(selfassess, small)
    selfassess("round", "open", "autumn")
    enter = ("round", "enter", "autumn", "--group", "board")
    assert selfassess(*enter, typed="1 33\n").code == 0
    selfassess("round", "close", "autumn", "--yes")
    selfassess("round", "reopen", "autumn")
    assert "0 sheets taken in, 1 already here." in selfassess(*enter, typed="1 33\n").err
    assert selfassess(*enter, "--replace", typed="1 31\n").code == 0
    assert "Board members: 1 of 6" in selfassess("round", "status").out


def test_the_meeting_s_score_is_kept_within_its_ends(selfassess: Command, small: str) -> None:
    made(selfassess, small)
    agree = ("round", "agree", "autumn")
    assert "until it closes" in selfassess(*agree, "meeting", "50", "--why", "New.").err
    selfassess("round", "open", "autumn")
    selfassess("round", "close", "autumn", "--yes")
    assert selfassess(*agree, "meeting", "50").code == 2
    assert "It runs from 0 to 100." in selfassess(*agree, "meeting", "101", "--why", "New.").err
    assert selfassess(*agree, "meeting", "nan", "--why", "New.").code == 2
    assert "Did you mean “meeting”?" in selfassess(*agree, "meting", "50", "--why", "New.").err
    assert selfassess(*agree, "We meet in good time", "50", "--why", "New.").code == 0
    assert selfassess(*agree, "meeting", "--remove").code == 0
    assert selfassess(*agree, "meeting", "--remove").code == 2


def test_deleting_a_round_asks_first_and_leaves_nothing(
    selfassess: Command, small: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(selfassess, small)
    selfassess("round", "open", "autumn")
    selfassess("round", "enter", "autumn", "--group", "board", typed="1 33\n")
    assert selfassess("round", "delete", "autumn").code == 2
    at_a_terminal(monkeypatch)
    assert selfassess("round", "delete", "autumn", typed="n\n").code == 130
    done = selfassess("round", "delete", "autumn", typed="y\n")
    assert done.code == 0
    assert "still open" in done.err
    assert "1 answer sheet and 0 unfinished sittings" in done.err
    assert "no round yet" in selfassess("round", "list").err
    content = (tmp_path / "mine.selfassess").read_bytes()
    assert b"Autumn" not in content
    assert b"Meetings begin" not in content


def test_deleting_a_project_leaves_no_file(selfassess: Command, small: str, tmp_path: Path) -> None:
    made(selfassess, small)
    path = tmp_path / "mine.selfassess"
    (tmp_path / "mine.selfassess.version-1").write_bytes(b"as it was")
    for end in ("-wal", "-shm"):
        (tmp_path / f"mine.selfassess{end}").touch()
    assert selfassess("project", "delete").code == 2  # none was named
    assert selfassess("project", "delete", str(path)).code == 2  # nobody says yes
    done = selfassess("--project", str(path), "project", "delete", "--yes")
    assert done.code == 0
    assert "a shared project, with the rounds Autumn 2026" in done.err
    assert "mine.selfassess.version-1" in done.err
    assert not [one.name for one in tmp_path.iterdir() if one.name.startswith("mine")]


def test_deleting_by_another_name_leaves_no_file(selfassess: Command, small: str, tmp_path: Path) -> None:
    made(selfassess, small)
    link = tmp_path / "link.selfassess"
    link.symlink_to(tmp_path / "mine.selfassess")
    assert selfassess("project", "delete", str(link), "--yes").code == 0
    assert not list(tmp_path.glob("*.selfassess*"))


def test_a_preview_saves_nothing(selfassess: Command, small: str) -> None:
    made(selfassess, small, "--no-codes")
    done = selfassess("round", "preview", "autumn", typed="board\n3\n1\n\nh\nhand in\n")
    assert "preview" in done.err
    assert "Board members: 0 of 6 handed in\n" in selfassess("round", "status").out
    assert selfassess("round", "change", "autumn", "--min-group", "4").code == 0


def test_a_project_of_an_older_version_is_brought_up_to_date(selfassess: Command, tmp_path: Path) -> None:
    import shutil

    frozen = Path(__file__).parent.parent / "project" / "frozen"
    (old,) = [path for path in frozen.glob("*1*.selfassess") if "shared" in path.name]
    shutil.copy(old, tmp_path / "mine.selfassess")
    assert "no round yet" in selfassess("round", "list").err


def test_deleting_takes_only_project_files(selfassess: Command, tmp_path: Path) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("Dear all", encoding="utf-8")
    for path in (other, tmp_path, tmp_path / "none"):
        assert selfassess("project", "delete", str(path), "--yes").code == 6
    assert other.exists()


def test_a_project_in_use_is_not_deleted(selfassess: Command, small: str, tmp_path: Path) -> None:
    import sqlite3

    made(selfassess, small)
    path = tmp_path / "mine.selfassess"
    connection = sqlite3.connect(path)
    connection.execute("SELECT * FROM sheets").fetchall()
    connection.execute("BEGIN IMMEDIATE")
    assert selfassess("project", "delete", str(path), "--yes").code == 6
    connection.close()
    assert selfassess("project", "delete", str(path), "--yes").code == 0


def test_every_command_of_a_round_helps(selfassess: Command) -> None:
    from selfassess.cli.round.commands import round_group

    for name in round_group.list_commands(click.Context(round_group)):
        done = selfassess("round", name, "--help")
        assert (done.code, f"Usage: selfassess round {name}" in done.out) == (0, True)
    assert selfassess("collect", "--help").code == 0


def test_a_made_up_example_says_so(selfassess: Command, tmp_path: Path) -> None:
    from selfassess.project.project import create
    from tests.cli.rounds import add_round

    path = tmp_path / "made-up.selfassess"
    with create(path, "shared", made_up=True) as project:
        add_round(project)
    assert "(a made-up example)\n" in selfassess("--project", str(path), "round", "list").out
    assert (
        "A made-up example: nobody gave these answers.\n" in selfassess("--project", str(path), "round", "status").out
    )
