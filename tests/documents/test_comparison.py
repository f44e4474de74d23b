"""What moved between two rounds, read as the facilitator who wants to know, honestly, whether it did."""

import csv
import io
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from selfassess.csv_text import BYTE_ORDER_MARK
from selfassess.documents.charts import Dumbbell
from selfassess.documents.comparison import wording as words
from selfassess.documents.comparison.report import sections as parts
from selfassess.documents.export.comparison import comparison_csv, comparison_document
from selfassess.documents.render_rich import section_page as part_page
from selfassess.documents.render_rich import to_text
from selfassess.errors import TooLittleError, UsageError
from selfassess.model.comparison import Claim, Says
from selfassess.model.questionnaire import Edition
from selfassess.model.reports import ComparisonReport
from selfassess.project.project import open_project
from selfassess.project.rounds import Rounds
from selfassess.services.comparisons import compare_rounds
from tests.documents.drawn import markdown as to_markdown
from tests.documents.drawn import page
from tests.services.made_progress import REWORDED, made_project, reworded
from tests.snapshots import matches

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent / "snapshots"


@pytest.fixture(scope="module")
def rounds(progress: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rounds]:
    path = tmp_path_factory.mktemp("progress") / "ours.selfassess"
    shutil.copyfile(progress, path)
    with open_project(path) as project:
        yield Rounds(project)


@pytest.fixture(scope="module")
def report(rounds: Rounds) -> ComparisonReport:
    return compare_rounds(rounds, [rounds.get("autumn_2025"), rounds.get("autumn_2026")])


def section(report: ComparisonReport, id: str) -> str:
    (found,) = [one for one in parts(report) if one.id == id]
    return flat(to_text(part_page(found), 200))


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("width", [60, 80])
def test_the_page_reads_well_at_every_width(report: ComparisonReport, width: int) -> None:
    text = to_text(page(report), width)
    assert max(map(len, text.splitlines())) <= width
    matches(HERE / f"comparison_{width}.txt", text)


def test_one_group_reads_well_too(report: ComparisonReport) -> None:
    matches(HERE / "comparison_staff.txt", to_text(page(replace(report, group="staff", strand="leadership")), 80))


def test_markdown_is_ready_for_the_minutes(report: ComparisonReport) -> None:
    matches(HERE / "comparison.md", to_markdown(report))


def test_what_moved_is_said_in_words_first(report: ComparisonReport) -> None:
    told = section(report, "what_moved")
    assert "moved up" in told
    assert "among 19 who answered both times" in told
    assert "no change to speak of" in told


def test_no_probability_is_told_anywhere(report: ComparisonReport) -> None:
    document = json.dumps(comparison_document(report))
    assert '"p"' not in document
    assert "p_by_ranks" not in document
    assert "p =" not in to_text(page(report), 200)


def test_the_item_whose_words_changed_is_named_and_left_out(report: ComparisonReport) -> None:
    told = section(report, "not_compared")
    assert REWORDED[1] in told
    assert "its words changed" in told
    assert "2 of 3 items the same, 1 reworded" in told


def test_who_joined_and_who_left_cannot_be_told_apart(report: ComparisonReport) -> None:
    told = section(report, "who")
    assert "20 were found in both rounds" in told
    assert words.NOT_TOLD_APART in told


def test_where_few_were_not_found_again_one_who_was_does_not_count(report: ComparisonReport) -> None:
    """Seven of eleven on the board were found again, and seven all told would tell what the other four said."""
    board = report.comparison.cell("board")
    assert board is not None
    assert (board.matched, board.same_people) == (None, 6)
    openness = board.node("openness")
    assert openness is not None
    assert openness.matched is not None
    assert openness.matched.n == 6
    assert "“The same people” are 6 of those who were found again." in " ".join(words.attendance(report, board))


def test_a_small_group_of_the_same_people_is_shown_as_everybody(report: ComparisonReport) -> None:
    external = report.comparison.cell("external")
    assert external is not None
    openness = external.node("openness")
    assert openness is not None
    assert openness.views == ("everybody",)
    assert "fewer than 5 were found again" in openness.withheld["matched"]


def test_a_plan_hears_what_its_benchmark_did_since_without_a_cause(report: ComparisonReport) -> None:
    told = words.since(report, "openness")
    assert told.startswith("“We are open with each other, even when things go wrong” moved from ")
    assert told.endswith(" among 19 who answered both times")
    assert words.since(report, "gone") == "“gone” cannot be compared"
    assert "no change to speak of" in words.since(report, "performance")


@pytest.mark.parametrize(
    ("says", "told"),
    [
        ("moved up", "moved from 58 to 81 among everybody who answered (31 then, 30 now)"),
        ("moved down", "moved from 58 to 81 among everybody"),
        ("all moved alike", "moved from 58 to 81 among everybody"),
        ("nobody moved", "stayed at 81 among everybody who answered (31 then, 30 now): nobody moved"),
        ("no change we could detect", "(31 then, 30 now): no change we could detect"),
        ("no change to speak of", "(31 then, 30 now): no change to speak of"),
        ("not tested", "(31 then, 30 now): not tested, because its part did not clearly move"),
        ("little room to rise", "too many were at the top to see a rise"),
        ("too few to tell", "too few to tell whether it moved"),
    ],
)
def test_every_claim_has_its_words_for_a_plan(report: ComparisonReport, says: Says, told: str) -> None:
    assert told in words.since(with_claim(report, says, {}), "openness")


def with_claim(report: ComparisonReport, says: Says, withheld: dict[str, str]) -> ComparisonReport:
    """The report with another claim about openness, of everybody."""
    cell = report.comparison.all
    nodes = tuple(
        replace(one, views=("everybody",), claim=Claim(says=says, because="why"), withheld=withheld)
        if one.id == "openness"
        else one
        for one in cell.nodes
    )
    return replace(report, comparison=replace(report.comparison, cells=(replace(cell, nodes=nodes),)))


def test_what_is_protected_is_not_called_too_few(report: ComparisonReport) -> None:
    protected = with_claim(report, "too few to tell", {"details": "of so few"})
    assert words.since(protected, "openness").endswith("we can't show how sure this is")
    node = protected.comparison.all.node("openness")
    assert node is not None
    assert words.claim_words(node) == ("certainty not shown", "a small group's answers could be worked out from it")


def test_a_claim_reads_as_a_sentence(report: ComparisonReport) -> None:
    changed = with_claim(report, "moved down", {})
    (openness,) = [one for one in changed.comparison.all.nodes if one.id == "openness"]
    assert openness.everybody is not None
    moved = replace(openness, everybody=replace(openness.everybody, mean=(58.0, 50.5), points=-7.5))
    # 50.5 is shown as 51, and the change is between what is shown.
    assert words.sentence(changed, moved).startswith("Moved down from 58 to 51 (−7) among everybody who answered")
    little = replace(moved, claim=Claim(says="no change to speak of", because="it is less than 5 points"))
    told = words.sentence(changed, little)
    assert "everybody who answered (31 then, 30 now): no change to speak of." in told
    assert told.endswith("It is less than 5 points.")
    assert (words.stands_out(moved), words.stands_out(little)) == (True, False)


def test_where_only_large_changes_could_be_found_it_says_so(report: ComparisonReport) -> None:
    told = (
        "With this many people, a change usually has to be above {} points or so before it is too large to be chance."
    )
    for points, said in ((9.6, ""), (10.4, ""), (10.5, told.format(11)), (22.0, told.format(22)), (None, "")):
        cell = replace(report.comparison.all, detectable=points)
        assert words.detectable(cell) == said
        one = replace(report, comparison=replace(report.comparison, cells=(cell, *report.comparison.cells[1:])))
        assert (said in " ".join(section(one, "what_moved").split())) is True


def test_where_nothing_moved_it_says_of_how_many_nothing_can_be_told(report: ComparisonReport) -> None:
    nodes = report.comparison.all.nodes[:4]
    still = [replace(one, claim=Claim(says="no change we could detect", because="why")) for one in nodes]
    few = [replace(one, claim=Claim(says="too few to tell", because="why")) for one in nodes]
    assert words.nothing_moved(still) == "Nothing clearly moved."
    assert words.nothing_moved([*still, few[0]]).endswith("clearly moved; for 1 of 5 we can't tell.")
    assert words.nothing_moved(few) == "We can't tell whether anything here moved."


def test_json_and_csv_hold_the_same(report: ComparisonReport) -> None:
    document = comparison_document(report)
    assert document["made_up"] is True
    assert [cell["id"] for cell in document["cells"]] == ["all", "board", "external", "staff"]
    rows = list(csv.DictReader(io.StringIO(comparison_csv(report).removeprefix(BYTE_ORDER_MARK))))
    assert len(rows) == sum(len(cell["nodes"]) for cell in document["cells"])
    for row in rows:
        (cell,) = [one for one in document["cells"] if one["id"] == row["group"]]
        (node,) = [one for one in cell["nodes"] if one["id"] == row["id"]]
        assert (node["claim"] or {"says": ""})["says"] == row["says"]
        assert (node["matched"] or {"n": ""})["n"] == (int(row["matched_n"]) if row["matched_n"] else "")


def test_it_is_made_up_on_every_form(report: ComparisonReport) -> None:
    assert "MADE-UP EXAMPLE" in to_text(page(report), 80)
    assert "MADE-UP EXAMPLE" in to_markdown(report)
    assert comparison_csv(report).count(",yes\n") == comparison_csv(report).count("\n") - 1


def test_of_several_rounds_the_ends_are_compared_and_all_are_a_trend(rounds: Rounds) -> None:
    chosen = [rounds.get(f"autumn_{year}") for year in (2025, 2026, 2027)]
    report = compare_rounds(rounds, chosen)
    assert [one.id for one in report.comparison.rounds] == ["autumn_2025", "autumn_2027"]
    told = section(report, "trend")
    assert "Learning and development 58 (31) 57 (30) 5" in told
    assert "Leadership and vision – " in told, "one of its items was reworded after the first round"


def test_groups_that_are_not_in_both_rounds_are_not_in_all(
    partnership: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = ({"board": 11, "staff": 16, "external": 4}, {"board": 10, "staff": 14})
    monkeypatch.setattr("tests.services.made_progress.THERE", there)
    with open_project(made_project(tmp_path / "ours.selfassess", {"one": partnership, "two": partnership})) as project:
        rounds = Rounds(project)
        report = compare_rounds(rounds, [rounds.get("one"), rounds.get("two")])
    assert report.comparison.missing == ("external",)
    assert report.comparison.all.n == (27, 24)
    assert "“All” leaves out External partners" in section(report, "who")
    assert "too small to be shown in the later round" in section(report, "groups")


def test_everything_shown_is_in_the_log_and_made_again_is_the_same(leadership: Edition, tmp_path: Path) -> None:
    newer = reworded(leadership, *REWORDED)
    with open_project(made_project(tmp_path / "ours.selfassess", {"one": leadership, "two": newer})) as project:
        rounds = Rounds(project)
        chosen = [rounds.get("one"), rounds.get("two")]
        first = compare_rounds(rounds, chosen)
        before = [rounds.released(one.id) for one in chosen]
        assert any(cell.startswith("matched:") for cell, _, _ in before[0])
        assert compare_rounds(rounds, chosen) == first
        assert [rounds.released(one.id) for one in chosen] == before


def test_what_cannot_be_compared_is_refused_in_words(rounds: Rounds, skills: Edition) -> None:
    first, second = rounds.get("autumn_2025"), rounds.get("autumn_2026")
    with pytest.raises(UsageError, match="two rounds are needed"):
        compare_rounds(rounds, [first])
    with pytest.raises(UsageError, match="is there twice"):
        compare_rounds(rounds, [first, first])
    with pytest.raises(UsageError, match="There is no comparison of “boar”"):
        compare_rounds(rounds, [first, second], "boar")
    with pytest.raises(UsageError, match="There is no strand"):
        compare_rounds(rounds, [first, second], None, "leader")


def test_rounds_of_other_questionnaires_are_refused_and_nothing_is_noted(
    partnership: Edition, skills: Edition, tmp_path: Path
) -> None:
    with open_project(made_project(tmp_path / "ours.selfassess", {"one": partnership, "two": skills})) as project:
        rounds = Rounds(project)
        with pytest.raises(UsageError, match="different questionnaires"):
            compare_rounds(rounds, [rounds.get("one"), rounds.get("two")])
        assert not rounds.released("one")
        rounds.reopen("two")
        with pytest.raises(UsageError, match="is not closed"):
            compare_rounds(rounds, [rounds.get("one"), rounds.get("two")])


def test_rounds_that_have_nothing_in_common_are_refused(leadership: Edition, tmp_path: Path) -> None:
    other = leadership
    for number, item in enumerate(one for one in leadership.questionnaire.items if one.kind == "choice"):
        other = reworded(other, item.id, f"Number {number} asks about another thing.")
    with open_project(made_project(tmp_path / "ours.selfassess", {"one": leadership, "two": other})) as project:
        rounds = Rounds(project)
        with pytest.raises(UsageError, match="asked nothing in the same words"):
            compare_rounds(rounds, [rounds.get("one"), rounds.get("two")])


def test_too_little_is_told_as_such(partnership: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few = ({"board": 11}, {"board": 2})
    monkeypatch.setattr("tests.services.made_progress.THERE", few)
    with open_project(made_project(tmp_path / "ours.selfassess", {"one": partnership, "two": partnership})) as project:
        rounds = Rounds(project)
        with pytest.raises(TooLittleError):
            compare_rounds(rounds, [rounds.get("one"), rounds.get("two")])


def test_a_line_says_which_end_is_now_without_colour_and_in_plain_letters() -> None:
    def drawn(then: float, now: float, *, encoding: str = "utf-8") -> str:
        file = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
        console = Console(file=file, width=20, color_system=None, legacy_windows=False, _environ={})
        with console.capture() as captured:
            console.print(Dumbbell(then, now, 11))
        return captured.get().rstrip()

    assert drawn(0.2, 0.8) == "··○━━━━━●··"
    assert drawn(0.8, 0.2) == "··●━━━━━○··"
    assert drawn(0.5, 0.5) == "·····◉·····"
    assert drawn(0, 1, encoding="ascii") == "o=========X"


def test_of_the_whole_it_is_said_too_on_how_many_items_it_is_compared(report: ComparisonReport) -> None:
    told = " ".join(to_markdown(report).split())
    assert "**Overall:** 43 of 44 items the same, 1 reworded: change is shown on the 43." in told
    assert "a score here can differ from the one in the round's own report" in told
