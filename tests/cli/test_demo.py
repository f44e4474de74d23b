from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from selfassess.errors import UsageError
from selfassess.model.questionnaire import Edition
from selfassess.model.reports import RoundReport
from selfassess.project.project import create, open_project
from selfassess.project.rounds import Rounds
from selfassess.services.demo import CLOSED, LATER, OPEN, SKILLS, make_project, script
from tests.cli.conftest import Command
from tests.services.made import released

pytestmark = pytest.mark.slow


def report_of(path: Path, edition: Edition) -> RoundReport:
    with open_project(path, read_only=True) as project:
        rounds, made_up = Rounds(project), project.is_made_up
        found = (rounds.sheets.answers(CLOSED), rounds.sheets.texts(CLOSED), rounds.agreed(CLOSED))
        return released(edition, rounds.get(CLOSED), *found, made_up=made_up)[0]


@pytest.fixture(scope="module")
def report(made: Path, shipped: Edition) -> RoundReport:
    return report_of(made, shipped)


@pytest.fixture
def rounds(made: Path) -> Iterator[Rounds]:
    with open_project(made, read_only=True) as project:
        yield Rounds(project)


def test_the_partnership_is_as_large_as_the_one_that_was_evaluated(report: RoundReport) -> None:
    who = {one.group: (one.invited, one.handed_in, one.standing) for one in report.results.attendance}
    assert who == {"board": (12, 10, "shown"), "staff": (18, 16, "shown"), "external": (4, 4, "consent")}


def test_practitioners_working_together_is_what_is_strong(report: RoundReport) -> None:
    assert [one.node.id for one in (*report.strengths, *report.ranking.nearest)] == [
        "added_value",
        "accountability",
        "differences",
    ], "and not what external partners find low"
    staff = next(cell for cell in report.groups if cell.id == "staff")
    assert {id for id in ("added_value", "accountability", "roles") if staff.figure(id).band == "Strong"} == {
        "added_value",
        "accountability",
        "roles",
    }


def test_news_and_the_vision_are_the_widest_gaps(report: RoundReport) -> None:
    assert [one.node.id for one in report.gaps][:2] == ["communication", "vision"]
    first = {group: found[0].ranked.node.id for group, found in report.suggestions.items()}
    assert first == {"board": "communication", "staff": "vision", "external": "communication"}


def test_each_group_is_suggested_something_for_a_gap_and_for_what_is_seen_differently(report: RoundReport) -> None:
    assert set(report.suggestions) >= {"board", "staff"}
    for found in report.suggestions.values():
        assert {one.because is None for one in found} == {True, False}


def test_there_are_two_camps_among_staff(report: RoundReport) -> None:
    assert {one.item.id for one in report.splits} == {"communication_families"}, "which staff alone are asked"
    assert {one.cell for one in report.splits} == {"all", "staff"}


def test_board_and_staff_differ_and_it_can_be_told_from_chance(report: RoundReport) -> None:
    matter = {one.id: one for one in report.results.differences if one.matters}
    assert matter["performance"].claim == matter["leadership"].claim == "differ"
    assert matter["vision"].higher == "board"
    told = {one.id: one for one in report.results.differences if {one.higher, one.lower} == {"board", "staff"}}
    assert (told["roles"].higher, told["roles"].claim, told["roles"].shown >= 10) == ("staff", "nothing found", True)
    assert (told["lessons"].claim, told["lessons"].shown >= 10) == ("not tested", True)


def test_one_item_is_more_than_many_can_answer(report: RoundReport) -> None:
    assert [one.item.id for one in report.could_not_say] == ["structure_back"]


def test_a_few_who_are_silent_could_change_a_band(report: RoundReport) -> None:
    flips = {figure.id: [one.silent for one in figure.flips] for figure in report.results.all.at("benchmark")}
    assert sum(bool(found) for found in flips.values()) >= 3
    assert flips["openness"] == [1]


def test_people_wrote_something_in_every_strand(report: RoundReport) -> None:
    shown = {one.text for found in report.results.comments.values() for one in found}
    assert len(report.results.comments) == len(report.questionnaire.strands)
    assert shown == {text for _, _, text in script().written}


def test_the_meeting_agreed_on_a_score(report: RoundReport) -> None:
    assert list(report.agreed.values()) == [script().agreed]


def test_most_figures_are_shown(report: RoundReport) -> None:
    nodes = [figure for cell in (report.results.all, *report.groups) for figure in cell.at("benchmark") if figure.n]
    assert all(figure.mean is not None for figure in nodes)
    items = [figure for cell in report.groups if cell.id == "staff" for figure in cell.at("item")]
    assert sum(figure.counts is not None for figure in items) > 0.75 * len(items)


def test_the_same_is_found_every_time(report: RoundReport, shipped: Edition, tmp_path: Path) -> None:
    make_project(tmp_path / "again.selfassess", replace=False)
    again = report_of(tmp_path / "again.selfassess", shipped)
    assert replace(again, round=report.round) == report


def test_it_is_marked_as_made_up(report: RoundReport, rounds: Rounds) -> None:
    assert report.made_up
    assert all(one.title.endswith("(made up)") for one in rounds.all())


@pytest.mark.parametrize("round", [CLOSED, LATER])
def test_the_page_of_each_closed_round_is_two_screens_and_one_sheet_of_paper(
    selfassess: Command, made: Path, tmp_path: Path, round: str
) -> None:
    page = selfassess("--project", str(made), "report", round).out
    assert len(page.splitlines()) <= 2 * 24
    assert page.count(script().partnership) == 1, "the title of a round has the partnership's name no second time"
    path = tmp_path / "page.pdf"
    assert selfassess("--project", str(made), "report", round, "--output", str(path)).code == 0
    with pypdfium2.PdfDocument(path) as file:
        assert len(file) == 1


def test_a_guest_can_come_into_the_open_round_and_is_asked_for_consent(tmp_path: Path) -> None:
    path = tmp_path / "demo.selfassess"
    code = make_project(path, replace=False)
    with open_project(path) as project:
        rounds = Rounds(project)
        assert rounds.admission.group_of(rounds.admission.admit(OPEN, code)) == script().guest
        round, counts = rounds.get(OPEN), rounds.counts(OPEN)
    assert (round.state, round.form, round.invited) == ("open", "short", script().invited[OPEN])
    assert script().guest in round.rules.asks_consent
    assert sum(counts.handed_in.values()) > 0
    assert sum(counts.codes.values()) - sum(counts.used.values()) == 1


def test_a_file_that_is_there_is_never_overwritten_unasked(made: Path) -> None:
    before = made.read_bytes()
    with pytest.raises(UsageError, match="already") as error:
        make_project(made, replace=False)
    assert "--replace" in str(error.value)
    assert made.read_bytes() == before


def test_a_demonstration_is_made_anew_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "demo.selfassess"
    first = make_project(path, replace=False)
    assert make_project(path, replace=True) != first
    assert [one.name for one in tmp_path.iterdir()] == ["demo.selfassess"]


@pytest.mark.parametrize("what", ["project", "text"])
def test_nothing_but_a_demonstration_is_replaced(tmp_path: Path, what: str) -> None:
    path = tmp_path / "ours.selfassess"
    if what == "project":
        create(path, "shared").close()
    else:
        path.write_text("Minutes of the board", encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(UsageError, match="not a demonstration"):
        make_project(path, replace=True)
    assert path.read_bytes() == before


def test_one_command_shows_the_report_and_says_what_else_there_is(
    selfassess: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = selfassess("demo")
    assert done.code == 0
    assert "nobody gave these answers" in done.out
    assert "What to talk about" in done.out
    commands = [
        line.split() for line in done.err.splitlines() if line.startswith(" selfassess --project demo.selfassess")
    ]
    assert [command[3] for command in commands] == [
        "dashboard",
        "report",
        "report",
        "report",
        "report",
        "compare",
        "diff",
        "report",
        "dashboard",
        "plan",
        "round",
        "take",
    ]
    assert max(map(len, done.err.splitlines())) < 80
    assert len(done.err.splitlines()) < 24


def test_what_is_not_to_be_opened_is_made_and_no_more(
    selfassess: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = selfassess("demo", "--no-open")
    assert (done.code, done.out) == (0, "")
    assert "Made demo.selfassess" in done.err


@pytest.mark.parametrize("style", ["text", "markdown", "json", "csv", "html"])
def test_every_format_of_its_report_says_that_it_is_made_up(selfassess: Command, made: Path, style: str) -> None:
    done = selfassess("--project", str(made), "report", CLOSED, "--format", style)
    assert done.code == 0
    assert "made up" in " ".join(done.out.lower().split()) or "made_up" in done.out


def test_lists_and_counts_say_that_it_is_made_up(selfassess: Command, made: Path) -> None:
    for command in (("round", "list"), ("round", "status", OPEN), ("round", "status", CLOSED), ("plan",)):
        assert "made up" in selfassess("--project", str(made), *command).out


def test_it_says_what_to_do_where_a_file_is_there(selfassess: Command, made: Path) -> None:
    done = selfassess("demo", str(made))
    assert (done.code, done.out) == (2, "")
    assert "--replace" in done.err


def test_one_page_tells_what_is_lacking_who_could_teach_whom_and_what_is_at_risk(
    selfassess: Command, tmp_path: Path
) -> None:
    """Once both rounds were looked at: the chain from a finding to the skill that its action needs."""
    path = tmp_path / "demo.selfassess"
    make_project(path, replace=False)
    partnership = selfassess("--project", str(path), "report", LATER).out
    assert "Skills the plan is short of" not in partnership, "nobody has looked at the skills yet"
    skills = " ".join(selfassess("--project", str(path), "report", SKILLS).out.split())
    assert "Finding a shared aim (short among Staff)" in skills
    assert "2 actions in the plan (a1 and a3)" in skills
    assert "Using technology to work together: Board members and External partners could learn from Staff." in skills
    assert "2 of 3 actions that need skills lack one" in skills
    plan = " ".join(selfassess("--project", str(path), "plan").out.split())
    assert plan.count("Short of a skill.") == 2
    assert "Needs: Finding a shared aim (short among Staff); Listening and passing things on (covered)." in plan
    assert "Asking before deciding: " in skills.split("I do, but do we?")[1]
    partnership = " ".join(selfassess("--project", str(path), "report", LATER).out.split())
    assert "Skills the plan is short of: Finding a shared aim (short among Staff), for a1 and a3;" in partnership
