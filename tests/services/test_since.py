"""What was planned after one round, beside what its benchmarks did until the next."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from selfassess.documents.blocks import Spot
from selfassess.documents.follow_up import section, sentence
from selfassess.documents.render_html import to_html
from selfassess.documents.render_markdown import to_markdown
from selfassess.documents.render_rich import section_page, to_text
from selfassess.documents.round import board_page, dashboard
from selfassess.documents.round.report import document as handout
from selfassess.model.plan import Planned
from selfassess.model.questionnaire import Edition
from selfassess.model.reports import FollowUp, RoundReport
from selfassess.model.round import Rules
from selfassess.project.plans import Plans
from selfassess.project.project import create, open_project
from selfassess.project.rounds import Rounds
from selfassess.services.comparisons import compare_rounds, compare_with_plan, with_follow_up
from selfassess.services.plan import planned_before
from selfassess.services.reports import narrow_report, release_report
from tests.cli.rounds import EDITION
from tests.documents.drawn import markdown as compared_markdown
from tests.services.made_progress import REWORDED, add_rounds, note_order, reworded

pytestmark = pytest.mark.slow

MAY = datetime.date(2026, 5, 31)
PLANNED = (
    Planned(text="Say it in one sentence.", node="vision", status="done", done=MAY, round="autumn", action="one"),
    Planned(text="Send the news earlier.", node="communication", status="agreed", round="autumn", action="news"),
    Planned(text="Ask the board.", node="vision", groups=("board",), status="under way", round="autumn", action="ask"),
    Planned(text="Print a poster.", node="roles", status="dropped", why="No wall for it.", round="autumn", action="p"),
    Planned(text="Have a party.", status="proposed"),
    Planned(text="Tell everybody.", node="none_such", groups=("external",)),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, partnership: Edition) -> Path:
    path = tmp_path_factory.mktemp("since") / "ours.selfassess"
    with create(path, "shared") as project:
        add_rounds(project, {"autumn": partnership, "spring": reworded(partnership, *REWORDED)})
        Plans(project).add(*PLANNED)
        note_order(project)
    return path


@pytest.fixture(scope="module")
def report(made: Path) -> RoundReport:
    with open_project(made) as project:
        rounds = Rounds(project)
        return with_follow_up(rounds, release_report(rounds, rounds.get("spring")))


@pytest.fixture(scope="module")
def since(report: RoundReport) -> FollowUp:
    assert report.since
    return report.since


def told(since: FollowUp) -> dict[str, str]:
    return {one.planned.text: sentence(one) for one in since.actions}


def test_each_action_has_its_status_and_what_its_benchmark_did(since: FollowUp) -> None:
    said = told(since)
    assert said["Say it in one sentence."] == (
        "Done in May 2026; “We share one picture of the difference we want to make” moved from 57 to 85 among 19 "
        "who answered both times."
    )
    assert said["Send the news earlier."].startswith("Agreed; “")
    assert said["Send the news earlier."].endswith(": no change to speak of.")
    assert said["Ask the board."] == (
        "Under way; Board members: “We share one picture of the difference we want to make” went from 57 to 85 "
        "among 6 who answered both times: we can't show how sure this is."
    )
    assert said["Print a poster."].startswith("Dropped (No wall for it); “")
    assert said["Have a party."] == "Proposed; no score was named for it."
    assert said["Tell everybody."].startswith("Proposed; External partners: “none_such” cannot be compared")


def test_what_is_done_comes_first_and_no_cause_is_claimed(since: FollowUp) -> None:
    assert [one.planned.status for one in since.actions] == [
        "done", "under way", "agreed", "proposed", "proposed", "dropped",
    ]  # fmt: skip  # in few lines
    whole = str(section(since)).lower()
    assert "does not prove that the action did it" in whole
    for word in ("because", "thanks to", "led to", "worked", "helped", "caused", "effect of"):
        assert word not in whole.replace("why_none", "")


def test_the_list_is_in_every_drawn_form_of_the_report_and_of_the_comparison(made: Path, report: RoundReport) -> None:
    with open_project(made) as project:
        rounds = Rounds(project)
        beside = compare_with_plan(rounds, (rounds.get("autumn"), rounds.get("spring")))
    assert beside.since
    assert report.since
    assert told(beside.since) == told(report.since)
    for text in (to_markdown(handout(report)), to_html(handout(report)), compared_markdown(beside)):
        assert "What we planned, and what happened since" in text
        assert "moved from 57 to 85 among 19 who answered both times." in text


def test_a_report_of_one_group_or_strand_tells_less_of_the_same(report: RoundReport, since: FollowUp) -> None:
    board, leadership = narrow_report(report, "board", None).since, narrow_report(report, None, "leadership").since
    assert board
    assert leadership
    assert told(since).items() > told(board).items()
    assert "Tell everybody." not in told(board)
    assert set(told(leadership)) == {"Say it in one sentence.", "Ask the board."}
    assert narrow_report(report, None, "learning").since is None


def test_the_first_round_has_no_such_list(made: Path) -> None:
    with open_project(made) as project:
        rounds = Rounds(project)
        assert with_follow_up(rounds, release_report(rounds, rounds.get("autumn"))).since is None


def test_without_a_plan_it_says_what_moved_since_the_round_before(tmp_path: Path, leadership: Edition) -> None:
    with create(tmp_path / "ours.selfassess", "shared") as project:
        add_rounds(project, {"autumn": leadership, "spring": leadership})
        rounds = Rounds(project)
        alone = with_follow_up(rounds, release_report(rounds, rounds.get("spring")))
        assert (alone.since, alone.moved) == (None, None), "nobody said which came before"
        assert not any(":" in cell for cell, _, _ in rounds.released("spring"))
        note_order(project)
        report = with_follow_up(rounds, release_report(rounds, rounds.get("spring")))
        assert report.since is None
        assert report.moved
        assert report.moved.rounds[0].id == "autumn"
        assert any(":" in cell for cell, _, _ in rounds.released("spring")), "it is in the release log"
        (moved,) = [one for one in board_page.sections(report) if one.id == "moved"]
        assert "This compares the " in to_text(section_page(moved), 200)


def test_which_round_came_before_is_never_guessed(tmp_path: Path, leadership: Edition) -> None:
    with create(tmp_path / "ours.selfassess", "shared") as project:
        add_rounds(project, {"autumn": leadership, "spring": leadership})
        Plans(project).add(*PLANNED)
        rounds = Rounds(project)
        pair = rounds.get("autumn"), rounds.get("spring")
        assert with_follow_up(rounds, release_report(rounds, pair[1])).since is None
        compare_rounds(rounds, pair)
        assert with_follow_up(rounds, release_report(rounds, pair[1])).since, (
            "whoever compares them says which came first"
        )
        assert with_follow_up(rounds, release_report(rounds, pair[0])).since is None
        compare_rounds(rounds, (pair[1], pair[0]))
        assert with_follow_up(rounds, release_report(rounds, pair[1])).since is None, "said both ways"


def test_where_nothing_can_be_compared_the_plan_is_there_with_the_reason(tmp_path: Path, partnership: Edition) -> None:
    with create(tmp_path / "ours.selfassess", "shared") as project:
        add_rounds(project, {"spring": partnership})
        rounds = Rounds(project)
        other = replace(
            rounds.get("spring"), id="autumn", key="9" * 32, title="Autumn", questionnaire=EDITION.sha256,
            invited={"board": 6}, rules=Rules(), state="new", standing={},
        )  # fmt: skip  # in few lines
        rounds.add(other, EDITION)
        rounds.open("autumn")
        rounds.close("autumn")
        Plans(project).add(*PLANNED)
        note_order(project)
        report = with_follow_up(rounds, release_report(rounds, rounds.get("spring")))
    since = report.since
    assert since
    assert report.unmoved == since.why_none
    assert f"Since the last round: {report.unmoved}" in first_page(report)
    assert "these are different questionnaires" in since.why_none
    assert told(since)["Say it in one sentence."] == "Done in May 2026."
    assert "these are different questionnaires" in str(section(since))


def test_the_first_page_says_why_a_round_or_a_group_is_not_compared(tmp_path: Path, leadership: Edition) -> None:
    with create(tmp_path / "ours.selfassess", "shared") as project:
        add_rounds(project, {"autumn": leadership, "spring": leadership})
        rounds = Rounds(project)
        alone = with_follow_up(rounds, release_report(rounds, rounds.get("spring")))
        assert "Since the last round" not in first_page(alone), "there is none"
        other = replace(rounds.get("autumn"), id="summer", title="Summer", key="9" * 32, state="new", standing={})
        rounds.add(other, leadership)
        note_order(project, "summer")
        report = with_follow_up(rounds, release_report(rounds, rounds.get("spring")))
        assert "Since the last round: “Summer” is not closed yet." in first_page(report)
        note_order(project)
        report = with_follow_up(rounds, release_report(rounds, rounds.get("spring")))
    assert report.moved
    comparison = report.moved.comparison
    cells = tuple(one for one in comparison.cells if one.id != "staff")
    without = replace(comparison, cells=cells, apart={"staff": "it took no part in the earlier round"})
    of_staff = narrow_report(replace(report, moved=replace(report.moved, comparison=without)), "staff", None)
    told = "Since the last round: There is no comparison of Staff: it took no part in the earlier round."
    assert told in first_page(of_staff)


def first_page(report: RoundReport) -> str:
    """The first page of its dashboard."""
    return to_text(section_page(dashboard.page(report, Spot("strands"), by_need=False)), 300)


def test_a_round_that_is_deleted_is_no_round_before(tmp_path: Path, leadership: Edition) -> None:
    with create(tmp_path / "ours.selfassess", "shared") as project:
        add_rounds(project, {"autumn": leadership, "spring": leadership})
        note_order(project)
        rounds = Rounds(project)
        key = rounds.get("autumn").key
        rounds.delete("autumn")
        assert rounds.previous("spring") is None
        assert not [value for value in project.database.read(lambda *row: row, "SELECT * FROM project") if key in value]


def test_what_was_taken_later_was_not_planned_before() -> None:
    ours, first = Planned(id="a1", text="Ours."), Planned(id="a2", text="First.", round="one", action="x")
    second, late = Planned(id="a3", text="Second.", round="two", action="y"), Planned(id="a4", text="Late.")
    lately = Planned(id="a5", text="Taken late.", round="one", action="z")
    plan = (ours, first, second, late, lately)
    assert planned_before(plan, ["one"]) == (ours, first)
    assert planned_before(plan, ["two", "one"]) == plan
    assert planned_before((), ["one"]) == ()
