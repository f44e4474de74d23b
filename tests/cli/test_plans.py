"""`selfassess plan`: taken from a report or written, kept up, sent round as a table and taken back."""

import csv
import datetime
import io
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from selfassess.definition.loader import read
from selfassess.model.plan import Plan, Planned
from selfassess.model.questionnaire import Edition
from selfassess.model.round import Rules
from selfassess.project.plans import Plans
from selfassess.project.project import create, open_project
from selfassess.project.rounds import Rounds
from tests.cli.conftest import Command, Done
from tests.cli.plans_made import closed_round
from tests.cli.rounds import EDITION
from tests.cli.rounds_made import at_a_terminal, interrupted
from tests.conftest import EARLIER, Once

TODAY = datetime.date(2026, 12, 1)
PARTNERSHIP = read(EARLIER)


@pytest.fixture(autouse=True)
def this_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("selfassess.services.plan.today", lambda: TODAY)


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """The project that commands go to, personal and without a plan."""
    path = tmp_path / "mine.selfassess"
    create(path, "personal").close()
    return path


@pytest.fixture
def closed(once: Once, tmp_path: Path) -> Path:
    """The same with a closed round, shared."""
    return Path(shutil.copyfile(once("closed.selfassess", closed_round), tmp_path / "mine.selfassess"))


def kept(path: Path) -> Plan:
    with open_project(path, read_only=True) as project:
        return Plans(project).all()


def refused(done: Done, *said: str, code: int = 2) -> None:
    assert (done.code, done.out) == (code, ""), done
    for words in said:
        assert words in done.err, done.err


# Taking suggestions


def test_an_empty_plan_says_how_to_begin(selfassess: Command, empty: Path) -> None:
    done = selfassess("plan")
    assert (done.code, done.out) == (0, "The plan\nNothing is planned yet.\n")
    assert done.err.endswith('selfassess plan add "Meet the new neighbours"\n')


def test_without_a_project_there_is_no_plan(selfassess: Command) -> None:
    refused(selfassess("plan"), "mine.selfassess", code=6)
    refused(selfassess("plan", "add", "Meet."), "mine.selfassess", code=6)


@pytest.mark.slow
def test_suggestions_are_taken_once(selfassess: Command, closed: Path) -> None:
    done = selfassess("plan", "take", "autumn", "--group", "staff", "--action", "vision_a_review")
    assert done.code == 0, done.err
    (one,) = kept(closed)
    assert (one.id, one.node, one.source, one.status) == ("a1", "vision", "autumn: vision_a_review", "proposed")
    refused(
        selfassess("plan", "take", "--action", "vision_a_review"),
        "“vision_a_review” is in the plan already.\nIt is a1: proposed. See: ",
    )
    assert selfassess("plan", "take", "--all").code == 0
    number = len(kept(closed))
    assert number > 20
    assert len({one.action for one in kept(closed)}) == number
    done = selfassess("plan", "take", "--all")
    assert (done.code, done.err) == (0, "Nothing new is suggested.\n")
    assert len(kept(closed)) == number


def add_round(path: Path, id: str, edition: Edition) -> None:
    """Another round, of which nobody said whether it came before or after."""
    with open_project(path) as project:
        one = Rounds(project).get("autumn")
        other = replace(one, id=id, key="f" * 32, questionnaire=edition.sha256, invited={"board": 6}, rules=Rules(),
                        state="new", standing={})  # fmt: skip  # in few lines
        Rounds(project).add(other, edition)


@pytest.mark.slow
def test_what_was_taken_from_a_report_leaves_it_as_it_was(selfassess: Command, closed: Path) -> None:
    before = json.loads(selfassess("report", "--format", "json").out)
    assert selfassess("plan", "take", "--action", "vision_a_review").code == 0
    assert selfassess("plan", "set", "a1", "--status", "done", "--done", "2026-11-30").code == 0
    after = json.loads(selfassess("report", "--format", "json").out)
    assert after == before, "the report that it was taken from stays as it is"


@pytest.mark.slow
def test_what_was_taken_from_another_round_is_told_and_suggested_no_more(selfassess: Command, closed: Path) -> None:
    before = json.loads(selfassess("report", "--format", "json").out)
    add_round(closed, "spring", PARTNERSHIP)
    first, second, *_ = dict.fromkeys(one["id"] for one in before["suggestions"])
    with open_project(closed) as project:
        done = Planned(text="We looked.", node="vision", round="spring", action=first, status="done", done=TODAY)
        gone = Planned(text="Tell all.", round="deleted_since", action=second, status="agreed")
        Plans(project).add(done, gone)
    after = json.loads(selfassess("report", "autumn", "--format", "json").out)
    assert after["suggestions"] == [one for one in before["suggestions"] if one["id"] not in (first, second)]
    assert {(one["id"], one["status"]) for one in after["in_plan"]} == {(first, "done"), (second, "agreed")}
    for command in (("report", "autumn", "--full"),):
        assert "We looked. (done in December 2026)" in " ".join(selfassess(*command).out.split())


@pytest.mark.slow
def test_a_plan_made_after_a_later_round_does_not_change_the_report_of_the_first(
    selfassess: Command, closed: Path
) -> None:
    before = selfassess("report", "autumn").out
    assert selfassess("round", "new", "--like", "autumn", "spring", "--title", "Spring").code == 0
    with open_project(closed) as project:
        Plans(project).add(Planned(text="Later.", round="spring", action="vision_a_review", node="vision"))
        Plans(project).add(Planned(text="Ours.", node="vision"))
    assert selfassess("report", "autumn").out == before


def test_the_plan_of_another_questionnaire_settles_nothing(selfassess: Command, closed: Path) -> None:
    add_round(closed, "other", EDITION)
    with open_project(closed) as project:
        Plans(project).add(Planned(text="Same name.", round="other", action="vision_a_review", status="done"))
    after = json.loads(selfassess("report", "autumn", "--format", "json").out)
    assert "vision_a_review" in {one["id"] for one in after["suggestions"]}
    assert not after["in_plan"]


@pytest.mark.slow
def test_at_a_terminal_one_is_asked_after_the_other(
    selfassess: Command, closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_a_terminal(monkeypatch)
    done = selfassess("plan", "take", typed="y\n\nwhat\nn\nyes\nq\n")
    assert done.code == 0, done.err
    assert "1 of " in done.err
    assert "(the gap: scored " in done.err
    assert "Please type y, n or q." in done.err
    assert "2 suggestions taken.\nNow say who is responsible" in done.err
    assert len(kept(closed)) == 2
    assert selfassess("plan", "take", typed="y\n").code == 0
    assert len(kept(closed)) == 3
    assert "0 suggestions taken." in selfassess("plan", "take", typed="q\n").err


@pytest.mark.parametrize(
    ("typed", "said", "number"),
    [
        ("", "Stopped. Nothing was added to the plan.\n", 0),
        ("n\n", "Stopped. Nothing was added to the plan.\n", 0),
        ("y\n", "Stopped. 1 suggestion is in the plan: a1. The others are not.\n", 1),
        ("y\nn\nyes\nn\n", "Stopped. 2 suggestions are in the plan: a1 and a2. The others are not.\n", 2),
    ],
)
def test_what_was_agreed_to_is_in_the_plan_when_the_person_presses_ctrl_c(
    selfassess: Command, closed: Path, monkeypatch: pytest.MonkeyPatch, typed: str, said: str, number: int
) -> None:
    interrupted(monkeypatch)
    done = selfassess("plan", "take", typed=typed)
    assert (done.code, done.err.endswith(said)) == (130, True), done.err
    assert len(kept(closed)) == number


def test_suggestions_that_are_being_written_are_counted_where_they_are(
    selfassess: Command, closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl+C comes when the plan has been written, and nothing has been said of it yet."""
    add = Plans.add

    def add_and_stop(plans: Plans, *new: Planned) -> None:
        add(plans, *new)
        raise KeyboardInterrupt

    monkeypatch.setattr(Plans, "add", add_and_stop)
    done = selfassess("plan", "take", "--action", "vision_a_review")
    assert (done.code, done.err) == (130, "Stopped. 1 suggestion is in the plan: a1. The others are not.\n")
    assert len(kept(closed)) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Say which suggestions to take: --all, or --action ID.\nThe suggestions are "),
        (("--action", "vision_a_revue"), "Did you mean “vision_a_review”?"),
        (("--all", "--action", "x"), "Use only one of"),
        (("--all", "--group", "stuff"), "Did you mean “staff”?"),
        (("autum", "--all"), "Did you mean “autumn”?"),
    ],
)
def test_what_cannot_be_taken_is_said(selfassess: Command, closed: Path, arguments: tuple[str, ...], said: str) -> None:
    refused(selfassess("plan", "take", *arguments), said)
    assert kept(closed) == ()


def test_an_open_round_suggests_nothing_yet(selfassess: Command, tmp_path: Path) -> None:
    closed_round(tmp_path / "mine.selfassess", close=False)
    refused(selfassess("plan", "take", "--all"), "is not closed")


def test_a_personal_project_has_no_rounds_to_take_from(selfassess: Command, empty: Path) -> None:
    refused(selfassess("plan", "take", "--all"), "one person's own project")


# Writing and changing


def test_an_action_is_written_changed_done_and_dropped(selfassess: Command, closed: Path) -> None:
    options = (
        "--benchmark", "vision", "--owner", "the chair", "--due", "30/11/2026", "--effort", "low", "--effect", "high",
        "--groups", "board,staff", "--skills", "consensus", "--note", "Sam asked.",
    )  # fmt: skip  # in few lines
    done = selfassess("plan", "add", "Meet the neighbours.", *options)
    assert (done.code, done.err) == (0, "In the plan as a1: Meet the neighbours.\n")
    page = selfassess("plan").out
    assert "1 action: 1 to do. 1 is OVERDUE. 1 is an early win" in page
    assert "OVERDUE by 1 day.\n   Proposed. Owner: the chair. Was due 30 November 2026." in page
    done = selfassess("plan", "set", "A1", "--status", "done", "--owner", "", "--done", "2026-11-05")
    assert done.err.splitlines() == [
        "a1, “Meet the neighbours.”:",
        "  owner: was “the chair”, now nothing",
        "  status: was proposed, now done",
        "  done: was nothing, now 5 November 2026",
    ]
    assert "Done on 5 November 2026." in selfassess("plan").out
    assert "a1 stays as it was." in selfassess("plan", "set", "a1", "--status", "done").err
    assert selfassess("plan", "drop", "a1", "--why", "They moved.").code == 0
    assert "Dropped: They moved." in selfassess("plan").out
    assert (kept(closed)[0].why, kept(closed)[0].done) == ("They moved.", None)


def test_everything_wrong_with_an_action_is_said_at_once_and_nothing_changes(selfassess: Command, closed: Path) -> None:
    assert selfassess("plan", "add", "Meet.").code == 0
    before = kept(closed)
    wrong = ("--due", "31/02", "--status", "gone", "--benchmark", "visoin", "--effect", "huge")
    for arguments in (("set", "a1"), ("add", "New.")):
        refused(
            selfassess("plan", *arguments, *wrong),
            "due: There is no 31 February.", "status: There is no status “gone”.", "Did you mean “vision”?",
            "effect: “huge” is not an amount of effect.", "Nothing was changed.",
        )  # fmt: skip  # side by side
    refused(selfassess("plan", "add", " "), "action: It does not say what to do.")
    refused(selfassess("plan", "set", "a1"), "Say what to change.")
    refused(selfassess("plan", "set", "a9", "--owner", "Sam"), "There is no action “a9” in the plan.")
    refused(selfassess("plan", "set", "a1", "--status", "dropped"), "no reason is given")
    assert kept(closed) == before


def test_the_order_is_the_facilitators(selfassess: Command, empty: Path) -> None:
    for text in ("One.", "Two.", "Three."):
        selfassess("plan", "add", text)
    assert selfassess("plan", "move", "a3", "1").err == "a3 is at place 1 now (it was at 3).\n"
    assert [one.id for one in kept(empty)] == ["a3", "a1", "a2"]
    assert selfassess("plan", "set", "a3", "--status", "done").code == 0
    assert "a3 stays at place 3.\nActions still to do come first" in selfassess("plan", "move", "a3", "1").err
    refused(selfassess("plan", "move", "a3", "4"), "There is no place 4: the plan has 3 actions.")
    refused(selfassess("plan", "move", "a3", "0"), "“0” is not a whole number of 1 or more.")


def test_taking_out_asks_first(selfassess: Command, empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    selfassess("plan", "add", "One.")
    refused(selfassess("plan", "remove", "a1"), "This needs a yes")
    assert selfassess("plan", "remove", "a1", "--yes").code == 0
    assert kept(empty) == ()
    at_a_terminal(monkeypatch)
    selfassess("plan", "add", "Two.")
    assert selfassess("plan", "remove", "a2", typed="n\n").code == 130
    assert [one.id for one in kept(empty)] == ["a2"]


# Sending it round


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))


def rewrite(path: Path, rows: list[dict[str, str]]) -> None:
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(file.getvalue(), encoding="utf-8-sig")


@pytest.fixture
def sent(selfassess: Command, closed: Path, tmp_path: Path) -> Path:
    """The plan as a table that others have."""
    for text in ("One.", "Two.", "Three."):
        selfassess("plan", "add", text)
    path = tmp_path / "plan.csv"
    assert selfassess("plan", "export", "--format", "csv", "--output", str(path)).code == 0
    return path


def test_a_plan_goes_out_in_both_formats(selfassess: Command, sent: Path, tmp_path: Path) -> None:
    assert selfassess("plan", "export").out.startswith("# The plan\n\n3 actions: 3 to do.\n")
    assert selfassess("plan", "export", "--format", "csv").out == sent.read_text(encoding="utf-8-sig")
    refused(selfassess("plan", "export", "--output", str(tmp_path / "mine.selfassess")), "is not overwritten")


def test_the_ending_of_a_file_says_the_format_and_a_file_that_is_there_is_kept(
    selfassess: Command, sent: Path, closed: Path, tmp_path: Path
) -> None:
    target, command = tmp_path / "again.csv", ("--project", str(closed), "plan", "export", "--output")
    assert selfassess(*command, str(target)).code == 0
    assert target.read_text(encoding="utf-8") == sent.read_text(encoding="utf-8")
    assert selfassess(*command, str(target)).code == 2
    assert selfassess(*command, str(target), "--replace").code == 0


def test_what_others_changed_is_shown_before_it_is_applied(
    selfassess: Command, sent: Path, closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = table(sent)
    rows[0] |= {"owner": "the chair", "due": "31.3.2027"}
    rows[1] |= {"place": "1"}
    rewrite(sent, [*rows[:2], {**dict.fromkeys(rows[0], ""), "action": "Four.", "effort": "low"}])
    before = kept(closed)
    refused(selfassess("plan", "import", str(sent)), "This needs a yes")
    at_a_terminal(monkeypatch)
    assert selfassess("plan", "import", str(sent), typed="n\n").code == 130
    assert kept(closed) == before
    done = selfassess("plan", "import", str(sent), typed="y\n")
    assert done.code == 0
    assert done.err.startswith(
        "a1, “One.”:\n  owner: was nothing, now “the chair”\n  due: was nothing, now 31 March 2027\n"
        "a2, “Two.”:\n  place: was 2, now 1\nNew: Four.\n  effort: low\nLeft as they are: 1 action not in the file.\n"
    )
    assert [(one.id, one.text, one.owner) for one in kept(closed)] == [
        ("a2", "Two.", ""), ("a1", "One.", "the chair"), ("a3", "Three.", ""), ("a4", "Four.", ""),
    ]  # fmt: skip  # a table
    refused(selfassess("plan", "import", str(sent), "--yes"), "“Four.” is already there, as a4.", code=4)


def test_everything_wrong_in_it_is_told_and_nothing_is_changed(selfassess: Command, sent: Path, closed: Path) -> None:
    rows = table(sent)
    rows[0] |= {"owner": "the chair"}
    rows[1] |= {"due": "31/02", "status": "finished"}
    rewrite(sent, [*rows, {**rows[0], "id": "a9"}, rows[0]])
    before = kept(closed)
    refused(
        selfassess("plan", "import", str(sent), "--yes"),
        "plan.csv:3: error: a2 › due: There is no 31 February.", "There is no status “finished”.",
        "plan.csv:5: error: a9: There is no action “a9” in the plan.", "This action has two rows",
        "plan.csv has 4 problems; nothing was changed.", code=4,
    )  # fmt: skip  # side by side
    assert kept(closed) == before


def test_a_file_without_changes_or_that_is_not_there_is_said(selfassess: Command, sent: Path, tmp_path: Path) -> None:
    done = selfassess("plan", "import", str(sent))
    assert (done.code, done.err) == (
        0,
        "Left as they are: 3 rows without a change.\nThere is nothing to change.\n",
    )
    refused(selfassess("plan", "import", str(tmp_path / "no.csv")), "cannot be read", code=4)
    refused(selfassess("plan", "import", str(tmp_path)), "is a folder", code=4)


def test_the_plan_is_read_from_a_file_that_may_only_be_read(selfassess: Command, sent: Path, closed: Path) -> None:
    closed.chmod(0o400)
    assert selfassess("plan").code == 0
    assert selfassess("plan", "export").code == 0


@pytest.mark.parametrize("name", ["take", "add", "set", "move", "drop", "remove", "export", "import"])
def test_every_command_helps(selfassess: Command, name: str) -> None:
    done = selfassess("plan", name, "--help")
    assert (done.code, "Usage: selfassess plan" in done.out) == (0, True)
