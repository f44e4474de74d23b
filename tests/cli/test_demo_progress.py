"""What the second round of the demonstration and its plan have to show: each kind of thing, the same every time."""

import datetime
from collections.abc import Iterator
from pathlib import Path

import pytest

from selfassess.dates import today
from selfassess.definition.comparability import what_changed
from selfassess.definition.loader import restore
from selfassess.documents.comparison.wording import claim_words
from selfassess.documents.follow_up import sentence
from selfassess.model.plan import Plan, is_early_win, is_overdue
from selfassess.model.questionnaire import Edition
from selfassess.model.reports import ComparisonReport, FollowUp
from selfassess.model.round import Round
from selfassess.project.plans import Plans
from selfassess.project.project import open_project
from selfassess.project.rounds import Rounds
from selfassess.services.comparisons import compare_rounds, with_follow_up
from selfassess.services.demo import CLOSED, LATER, OPEN, make_project, script
from selfassess.services.reports import release_report

pytestmark = pytest.mark.slow


def pair_of(rounds: Rounds) -> tuple[Round, Round]:
    return rounds.get(CLOSED), rounds.get(LATER)


def comparison_of(path: Path) -> ComparisonReport:
    with open_project(path) as project:
        rounds = Rounds(project)
        return compare_rounds(rounds, pair_of(rounds))


@pytest.fixture(scope="module")
def report(made: Path) -> ComparisonReport:
    return comparison_of(made)


@pytest.fixture(scope="module")
def since(made: Path) -> FollowUp:
    with open_project(made) as project:
        rounds = Rounds(project)
        found = with_follow_up(rounds, release_report(rounds, rounds.get(LATER))).since
    assert found is not None
    return found


@pytest.fixture(scope="module")
def plan(made: Path) -> Iterator[Plan]:
    with open_project(made, read_only=True) as project:
        yield Plans(project).all()


def says(report: ComparisonReport, cell: str, node: str) -> str:
    found = report.cell_of(cell).node(node)
    assert found is not None
    return claim_words(found)[0]


def test_people_left_and_joined_between_the_rounds(report: ComparisonReport) -> None:
    cell = report.comparison.all
    assert (cell.n, cell.matched) == ((30, 30), 21)
    assert cell.not_matched is not None
    assert (cell.not_matched.before, cell.not_matched.after) == (9, 9)


def test_something_moved_and_something_did_not(report: ComparisonReport) -> None:
    assert says(report, "all", "communication") == "moved up"
    assert says(report, "all", "vision") == "no change to speak of"


def test_what_is_high_already_is_not_said_to_have_moved(report: ComparisonReport) -> None:
    assert says(report, "all", "added_value") == "no change to speak of"


def test_how_sure_a_change_of_few_external_partners_is_is_not_shown(report: ComparisonReport) -> None:
    found = {claim_words(node)[0] for node in report.cell_of("external").nodes if node.views}
    assert found == {"no change to speak of", "certainty not shown"}


def test_one_item_was_asked_in_other_words_the_second_time(made: Path, report: ComparisonReport) -> None:
    rewording = script().rewording
    item, old, new = rewording["item"], rewording["old_words"], rewording["new_words"]
    assert dict(report.comparison.comparability.overall.aside) == {item: "reworded"}
    with open_project(made, read_only=True) as project:
        rounds = Rounds(project)
        before, after = (restore("frozen", project.frozen(one.questionnaire)) for one in pair_of(rounds))
    versions = [edition.questionnaire.version for edition in (before, after)]
    assert versions == ["2026.2", "2026.3"]
    assert old in before.questionnaire.item(item).text
    assert new in after.questionnaire.item(item).text
    assert what_changed(before, after).startswith("1 item reworded: change can be shown on")


def test_the_newer_version_is_a_good_questionnaire(made: Path, tmp_path: Path) -> None:
    from selfassess.definition.loader import check

    with open_project(made, read_only=True) as project:
        content = project.frozen(Rounds(project).get(LATER).questionnaire)
    (tmp_path / "newer.toml").write_bytes(content)
    assert not [problem for problem in check(tmp_path / "newer.toml") if problem.severity == "error"]


def test_the_plan_is_half_done(plan: Plan) -> None:
    assert {one.status for one in plan} == {"proposed", "agreed", "under way", "done", "dropped"}
    assert {one.done for one in plan if one.status == "done"} == {datetime.date(2025, 5, 12)}
    assert [one.node for one in plan if is_overdue(one, today())] == ["vision"]
    assert any(is_early_win(one) for one in plan)
    assert all(one.why for one in plan if one.status == "dropped")
    assert [one.text for one in plan if not one.round] == ["Put the tea urn where both buildings meet."]


def test_the_plan_names_only_what_the_report_suggests(made: Path, plan: Plan) -> None:
    with open_project(made) as project:
        rounds = Rounds(project)
        suggestions = release_report(rounds, rounds.get(CLOSED)).called_for
    offered = {one.action.id for found in suggestions.values() for one in found}
    assert {one.action for one in plan if one.round} <= offered


def test_what_was_planned_stands_beside_what_happened(since: FollowUp) -> None:
    told = [sentence(one) for one in since.actions]
    assert len(told) == 7
    assert any(one.startswith("Done in May 2025; ") and " went from 41 to 68 " in one for one in told)
    assert any("no change to speak of" in one for one in told)
    assert any("not tested" in one for one in told)
    assert any(one.startswith("Dropped (Nobody had the hours this year)") for one in told)


def test_the_partnership_set_itself_targets(made: Path) -> None:
    with open_project(made, read_only=True) as project:
        round = Rounds(project).get(LATER)
    assert {(node, group, score) for node, by in round.targets.items() for group, score in by.items()} == set(
        script().targets
    )


def test_the_rounds_stand_in_their_order(made: Path) -> None:
    with open_project(made, read_only=True) as project:
        rounds = Rounds(project)
        before = rounds.previous(LATER)
        assert before is not None
        assert before.id == CLOSED
        assert rounds.previous(CLOSED) is None
        assert rounds.get(OPEN).state == "open"


def said_by_each(path: Path) -> list[list[tuple[str | None, str]]]:
    """What people said in the two rounds, together where they were found in both."""
    with open_project(path, read_only=True) as project:
        rounds = Rounds(project)
        by_person: dict[str, list[tuple[str | None, str]]] = {}
        for round in pair_of(rounds):
            for number, (group, answers, key) in enumerate(rounds.sheets.matched_answers(round.id)):
                by_person.setdefault(key or f"{round.id} {number}", []).append((group, answers))
        assert project.is_made_up
    return sorted(by_person.values())


def test_the_same_is_found_every_time(made: Path, plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "again.selfassess"
    make_project(path, replace=False)
    said = said_by_each(path)
    assert max(map(len, said)) == 2
    assert said == said_by_each(made)
    with open_project(path, read_only=True) as project:
        assert Plans(project).all() == plan


def test_the_first_round_is_asked_as_shipped(made: Path, shipped: Edition) -> None:
    with open_project(made, read_only=True) as project:
        assert Rounds(project).get(CLOSED).questionnaire == shipped.sha256
