"""A partnership that assessed itself with the first version of the shipped questionnaire, and then with the newest."""

from pathlib import Path

import pytest

from selfassess.definition.comparability import comparability
from selfassess.definition.diff import diff
from selfassess.model.questionnaire import Edition
from selfassess.model.reports import ComparisonReport
from selfassess.model.versions import Comparability
from selfassess.project.project import open_project
from selfassess.project.rounds import Rounds
from selfassess.services.comparisons import compare_rounds
from tests.services.made_progress import made_project

SAME = {
    "vision_say",
    "vision_needs",
    "alignment_fit",
    "support_home",
    "accountability_word",
    "communication_know",
    "differences_work",
    "differences_side",
    "objectives_part",
    "structure_decides",
    "structure_back",
    "resources_time",
    "roles_mine",
    "change_done",
    "change_try",
}
"""What people read, and could answer, as they did."""


@pytest.fixture(scope="module")
def shared(partnership: Edition, shipped: Edition) -> Comparability:
    return comparability(partnership.questionnaire, shipped.questionnaire)


@pytest.fixture(scope="module")
def report(partnership: Edition, shipped: Edition, tmp_path_factory: pytest.TempPathFactory) -> ComparisonReport:
    path: Path = made_project(
        tmp_path_factory.mktemp("earlier") / "ours.selfassess", {"first": partnership, "newest": shipped}
    )
    with open_project(path) as project:
        rounds = Rounds(project)
        return compare_rounds(rounds, [rounds.get("first"), rounds.get("newest")])


def test_both_are_versions_of_one_questionnaire(partnership: Edition, shipped: Edition) -> None:
    before, after = partnership.questionnaire, shipped.questionnaire
    assert (before.id, before.version) == (after.id, "2026.1")
    assert after.version != before.version
    assert [group.id for group in before.groups] == [group.id for group in after.groups]


def test_it_is_known_what_became_of_every_item(shared: Comparability) -> None:
    assert {id for id in shared.same if not id.endswith("_works")} == SAME
    fates = {one.before: one.fate for one in shared.items if one.before and one.before not in SAME}
    assert "perhaps something else" not in fates.values()
    assert {id for id, fate in fates.items() if fate in ("gone", "split")} == {
        "added_value_worth",
        "openness_talk",
        "accountability_back",
        "objectives_who",
        "coordination_settled",
        "coordination_held",
        "roles_others",
        "lessons_use",
    }


def test_the_middle_of_the_scale_says_the_same_in_full(partnership: Edition, shipped: Edition) -> None:
    labels = [edition.questionnaire.scales["agree"].points[2].label for edition in (partnership, shipped)]
    assert labels == ["Neither", "Neither agree nor disagree"]
    [change] = [one for one in diff(partnership.questionnaire, shipped.questionnaire) if one.key == "points"]
    assert not change.touches


@pytest.mark.slow
def test_a_round_of_each_is_compared_on_what_is_the_same(report: ComparisonReport, shared: Comparability) -> None:
    assert set(report.comparison.comparability.overall.same) == SAME
    assert report.cell_of("staff").node("differences") is not None
    compared = {node.id for node in report.comparison.all.nodes if node.views}
    assert {"differences", "structure", "change", "vision"} <= compared
    assert not {node.id for node in shared.benchmarks if not node.same} & compared
