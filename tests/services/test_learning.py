"""A round about skills and one about the partnership, read together with the plan."""

import csv
import datetime
import io
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from selfassess.csv_text import BYTE_ORDER_MARK
from selfassess.documents import plan
from selfassess.documents.blocks import Document, Section, Spot
from selfassess.documents.comparison import dashboard, skills
from selfassess.documents.comparison.report import document as compared
from selfassess.documents.export.comparison import comparison_document
from selfassess.documents.export.plan import to_csv
from selfassess.documents.export.round import round_document
from selfassess.documents.export.round_sheets import sheets
from selfassess.documents.render_rich import page, to_text
from selfassess.documents.round import board_page, stock
from selfassess.documents.round.report import document as whole
from selfassess.model.comparison import Named
from selfassess.model.learning import Learning, stock_before
from selfassess.model.plan import Planned
from selfassess.model.plan_report import PlanReport
from selfassess.model.questionnaire import Edition
from selfassess.model.reports import ComparisonReport, RoundReport
from selfassess.project import round_queries
from selfassess.project.plans import Plans
from selfassess.project.project import Project, create, open_project
from selfassess.project.rounds import Rounds
from selfassess.services.comparisons import compare_with_plan, release_with_follow_up
from selfassess.services.plan import read_plan
from selfassess.services.plan_csv import read_plan_csv
from selfassess.services.plan_skills import with_skills_there
from selfassess.services.reports import release_report
from selfassess.tui.screens.compare_rounds import CompareRounds, ComparisonView
from selfassess.tui.screens.plan import _actions
from tests.services.made_progress import add_rounds, note_order
from tests.services.made_skills import LEVELS, add_skills, skills_report

pytestmark = pytest.mark.slow

AUTUMN, SPRING = datetime.date(2026, 10, 9), datetime.date(2027, 4, 9)
PLANNED = (
    Planned(text="Share a web page.", skills=("using_technology", "consultation")),
    Planned(text="Hold a listening day.", skills=("relationships", "facilitation")),
    Planned(text="Look for what holds us back.", skills=("diagnosing",)),
    Planned(text="Ask first.", skills=("consultation",), status="done"),
    Planned(text="Juggle.", skills=("juggling",)),
    Planned(text="Have tea."),
)
LEARNT = {**LEVELS, "diagnosing": {"board": 4.5, "staff": 4.5, "external": 4.5}}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, partnership: Edition) -> Iterator[Project]:
    """A project with a round of each, both reported on, and a plan; and a later round about skills."""
    with create(tmp_path_factory.mktemp("learning") / "ours.selfassess", "shared") as project:
        add_rounds(project, {"autumn": partnership})
        first = add_skills(project, "skills_autumn", AUTUMN)
        Plans(project).add(*PLANNED)
        release(project, "autumn")
        release(project, "skills_autumn")
        add_skills(project, "skills_spring", SPRING, levels=LEARNT, before=first)
        yield project


def release(project: Project, id: str) -> RoundReport:
    rounds = Rounds(project)
    return release_with_follow_up(rounds, rounds.get(id))


def learning(project: Project, id: str) -> Learning:
    found = release(project, id).learning
    assert found is not None
    return found


def text(report: RoundReport) -> str:
    return " ".join(to_text(page(board_page.document(report)), 90).split())


def test_needs_come_by_what_is_lacking_times_what_hangs_on_it(made: Project) -> None:
    found = learning(made, "skills_autumn")
    assert [one.stock.skill.id for one in found.needs][:1] != []
    assert [one.weight for one in found.needs] == sorted((one.weight for one in found.needs), reverse=True)
    for one in found.needs:
        assert one.weight == one.stock.shortfall * (1 + len(one.actions) + len(one.gaps))
    (diagnosing,) = (one for one in found.needs if one.stock.skill.id == "diagnosing")
    assert [one.text for one in diagnosing.actions] == ["Look for what holds us back."]


def test_gaps_are_those_whose_actions_need_the_skill(made: Project) -> None:
    gaps = release(made, "autumn").gaps
    assert gaps
    for one in learning(made, "skills_autumn").needs:
        needing = [gap.node.id for gap in gaps if any(one.stock.skill.id in a.skills for a in gap.node.actions)]
        assert [gap.node.id for gap in one.gaps] == needing


def test_what_is_done_or_needs_nothing_is_not_at_risk(made: Project) -> None:
    found = learning(made, "autumn")
    assert [one.text for one in found.planned] == [
        "Share a web page.", "Hold a listening day.", "Look for what holds us back.", "Juggle.",
    ]  # fmt: skip  # as one list
    assert "Look for what holds us back." in [one.text for one in found.at_risk]
    assert "Juggle." not in [one.text for one in found.at_risk], "nothing is known of it"


def test_the_page_of_the_partnership_tells_what_the_plan_lacks(made: Project) -> None:
    report = release(made, "autumn")
    assert "What the plan leans on" in text(report)
    assert "Look for what holds us back. (Spotting what holds us back: " in text(report)
    annex = to_text(page(whole(report)), 90)
    assert "juggling: not asked about" in annex


def test_the_page_about_skills_has_the_matrix_and_what_leans_on_what_is_short(made: Project) -> None:
    said = text(release(made, "skills_autumn"))
    for part in (
        "What we can do together",
        "What we are short of",
        "What groups could learn from each other",
        "Leaning on it: ",
    ):
        assert part in said
    assert "What is strong" not in said, "scores are in the annex"


def test_the_next_round_tells_what_is_covered_now_and_claims_no_cause(made: Project) -> None:
    report = release(made, "skills_spring")
    assert report.learning
    assert report.learning.before
    says = {one.now.skill.id: one.says for one in report.learning.before.moves}
    assert says["diagnosing"] == "covered now"
    assert says["consultation"] == "still short"
    assert report.learning.before.others == 0
    said = text(report)
    assert "Skills since “Skills autumn” Covered now" in said.replace("- ", "") or "Covered now: Spotting what" in said
    assert "because" not in said
    assert learning(made, "skills_autumn").before is None


def test_a_comparison_has_what_was_covered_then_and_is_now(made: Project) -> None:
    rounds = Rounds(made)
    found = compare_with_plan(rounds, (rounds.get("skills_autumn"), rounds.get("skills_spring")))
    said = to_text(page(compared(found)), 90).split(skills.TITLE)[1].split("Covered:")[0]
    (line,) = (one for one in said.splitlines() if one.startswith("Spotting what holds us back"))
    assert line.split()[-4:] == ["missing", "▼", "covered", "▲"]
    assert len(said.strip().splitlines()) == 1 + 12
    table = comparison_document(found)["skills"]
    assert {"skill": "diagnosing", "cell": "all", "before": "missing", "after": "covered"} in table
    assert {one["cell"] for one in table} == {cell.id for cell in found.comparison.cells}
    for when, id in (("before", "skills_autumn"), ("after", "skills_spring")):
        own = {
            (one["skill"], cell["cell"]): cell["verdict"]
            for one in round_document(release(made, id))["stock_take"]
            for cell in one["cells"]
        }
        assert all(own[one["skill"], one["cell"]] == one[when] for one in table), "nothing that its report does not say"
    on_screen = dashboard.page(found, Spot("skills", ""))
    assert "k" in keys_of(found)
    assert line in to_text(page(Document(title="", sections=(on_screen,))), 90)
    (alone,) = (one for one in to_text(page(compared(replace(found, group="staff"))), 90).split(skills.TITLE)[1:])
    assert "thin ▼" not in alone.split("Covered:")[0], "of 16 people it is told in fewer words"


def test_a_comparison_of_rounds_about_the_partnership_has_none(tmp_path: Path, partnership: Edition) -> None:
    with create(tmp_path / "ours.selfassess", "shared") as project:
        add_rounds(project, {"autumn": partnership, "spring": partnership})
        rounds = Rounds(project)
        found = compare_with_plan(rounds, (rounds.get("autumn"), rounds.get("spring")))
        assert found.skills is None
        assert comparison_document(found)["skills"] is None
        assert "k" not in keys_of(found)


def keys_of(found: ComparisonReport) -> set[str]:
    """The keys that a comparison on screen offers."""
    screen = CompareRounds(ComparisonView(found), has_plan=False, back_words="Back")
    return {key.key for key in screen.others()}


def test_a_skill_that_was_asked_about_otherwise_is_not_compared(made: Project) -> None:
    now = release(made, "skills_spring").stock
    assert now is not None
    one, *others = now.skills
    same = {item.id: item.id for skill in now.skills for item in skill.skill.items}
    more = replace(now, skills=(replace(one, skill=replace(one.skill, at_least=3, need="some")), *others))
    fewer = replace(now, skills=(replace(one, skill=replace(one.skill, items=one.skill.items[:1])), *others))
    reworded = {id: earlier for id, earlier in same.items() if id != one.skill.behaviours[0].id}
    for then, alike in ((more, same), (fewer, same), (now, reworded)):
        found = stock_before(Named("before", "Before"), then, now, alike)
        assert (len(found.moves), found.others) == (11, 1)
        assert one.skill.id not in {move.now.skill.id for move in found.moves}
    assert len(stock_before(Named("before", "Before"), now, now, same).moves) == 12


def test_stock_is_taken_of_the_behaviours_that_the_short_form_asks() -> None:
    whole, short = skills_report(), skills_report(form="short")
    assert whole.stock
    assert short.stock
    asked = {item.id for one in short.stock.skills for item in one.skill.behaviours}
    assert asked == {item.id for item in whole.questionnaire.items if item.short and item.about == "self"}


def test_a_workbook_has_a_row_for_each_skill_and_group(made: Project) -> None:
    (sheet,) = (one for one in sheets(release(made, "skills_autumn")) if one.name == "Skills")
    assert len(sheet.rows) == 12 * 4
    verdicts = {row[2] for row in sheet.rows if isinstance(row[2], str)}
    assert {"covered", "short", "missing"} <= verdicts
    assert all(row[4] is None for row in sheet.rows if row[1] == "Staff"), "no numbers of few people"
    assert not [one for one in sheets(release(made, "autumn")) if one.name == "Skills" and one.rows]


# The plan


def planned(project: Project) -> PlanReport:
    """The plan, with whether the skills are there that it needs."""
    return with_skills_there(project, read_plan(project, SPRING))


def test_the_plan_shows_of_each_action_whether_its_skills_are_there(made: Project) -> None:
    learnt = learning(made, "skills_spring")
    report = planned(made)
    said = to_text(page(plan.document(report)), 200)
    for one in learnt.planned:
        for id in one.skills:
            assert f"{learnt.skills.titles.get(id, id)} ({stock.is_there(learnt.skills, id)})" in said
    assert "Spotting what holds us back (covered)." in said, "by the later round"
    assert "Needs: juggling (not asked about)." in said
    assert "Needs: Asking before deciding.\n" in said, "it is done"
    assert [one.text for one in learnt.at_risk] == ["Share a web page."]
    assert "1 of 4 actions that need skills lacks one, by “Skills spring”." in said


def test_a_table_of_the_plan_has_a_column_for_it_that_is_not_read_back(made: Project) -> None:
    release(made, "skills_spring")
    report = planned(made)
    table = to_csv(report)
    rows = {row["action"]: row for row in csv.DictReader(io.StringIO(table.removeprefix(BYTE_ORDER_MARK)))}
    assert rows["Look for what holds us back."]["skills_there"] == "Spotting what holds us back: covered"
    assert [rows[one]["skills_there"] for one in ("Ask first.", "Have tea.")] == ["", ""]
    changed = table.replace("Spotting what holds us back: covered", "Everything is fine")
    back = read_plan_csv("plan.csv", changed.encode(), report, lambda _: {})
    assert (back.edited, back.new, back.notes) == ((), (), ())


def test_on_screen_an_action_that_lacks_a_skill_is_marked(made: Project) -> None:
    report = planned(made)
    assert report.skills
    marked = [one.label for one in _actions(report) if "short of a skill" in one.about]
    assert marked == [one.text for one in report.plan if one.is_open and report.skills.lacking(one.skills)]
    assert marked
    said = to_text(page(plan.document(report)), 200)
    assert said.count("Short of a skill.") == len(marked), "and so on every other page"


def test_a_plan_is_told_nothing_by_a_round_that_was_not_reported_on(tmp_path: Path) -> None:
    with create(tmp_path / "ours.selfassess", "shared") as project:
        Plans(project).add(*PLANNED)
        assert planned(project).why_no_skills == "", "nobody was asked about skills"
        add_skills(project, "skills_autumn", AUTUMN)
        report = planned(project)
        assert report.skills is None
        assert not Rounds(project).released("skills_autumn")
        assert report.why_no_skills == (
            "“Skills autumn” has no report yet, so we can't say whether the plan has the skills that it needs."
        )
        said = to_text(page(plan.document(report)), 80)
        assert report.why_no_skills in " ".join(said.split())
        assert "Needs: Spotting what holds us back." in said


def test_of_one_action_it_is_said_of_one(made: Project) -> None:
    skills = learning(made, "skills_autumn").skills
    short, there = (Planned(text="Do.", skills=(id,)) for id in ("diagnosing", "relationships"))
    by = f"“{skills.asked.title}”"
    assert stock.how_many_lack(skills, [short]) == f"1 of 1 action that needs skills lacks one, by {by}."
    assert stock.how_many_lack(skills, [short, short]) == f"2 of 2 actions that need skills lack one, by {by}."
    assert stock.how_many_lack(skills, [there]) == (f"By {by}, nothing that the action needs is known to fall short.")
    assert "the 2 actions need is known" in stock.how_many_lack(skills, [there, there])


def test_a_plan_whose_actions_need_no_skills_asks_no_round(made: Project) -> None:
    report = read_plan(made, SPRING)
    bare = replace(report, plan=tuple(replace(one, skills=()) for one in report.plan))
    assert with_skills_there(made, bare) is bare


# What the benchmarks did that lean on a skill

WINTER, LATE_SPRING = datetime.date(2027, 1, 9), datetime.date(2027, 5, 9)


@pytest.fixture(scope="module")
def two_of_each(tmp_path_factory: pytest.TempPathFactory, partnership: Edition) -> Path:
    """The file of a project with two rounds about skills, the first reported on, and two about the partnership."""
    path = tmp_path_factory.mktemp("chain") / "chain.selfassess"
    with create(path, "shared") as project:
        add_rounds(project, {"autumn": partnership, "spring": partnership})
        note_order(project)
        closed_on(project, "autumn", AUTUMN)
        closed_on(project, "spring", LATE_SPRING)
        first = add_skills(project, "skills_autumn", WINTER)
        release(project, "skills_autumn")
        add_skills(project, "skills_spring", SPRING, levels=LEARNT, before=first)
    return path


@pytest.fixture
def chain(two_of_each: Path, tmp_path: Path) -> Iterator[Project]:
    """A copy of it."""
    path = tmp_path / "chain.selfassess"
    shutil.copyfile(two_of_each, path)
    with open_project(path) as project:
        yield project


def title(report: ComparisonReport, id: str) -> str:
    return report.questionnaire.node(id).title


def closed_on(project: Project, id: str, day: datetime.date) -> None:
    """Put the day on which a round was closed where it should be."""
    with project.database.transaction() as connection:
        round_queries.note_closed(connection, Rounds(project).get(id).key, day)


def test_beside_what_is_covered_now_stands_what_leans_on_it_and_no_cause_is_claimed(chain: Project) -> None:
    moved = release(chain, "spring").moved
    assert moved
    before = {id: Rounds(chain).released(id) for id in ("autumn", "spring")}
    report = release(chain, "skills_spring")
    assert {id: Rounds(chain).released(id) for id in before} == before, "nothing more of it is published"
    assert report.leaning
    assert report.leaning.comparison == moved.comparison
    said = text(report)
    assert "What leans on them, from “Autumn” to “Spring”" in said
    nodes = [one for one in moved.comparison.all.nodes if one.level != "overall"]
    leaning = [
        one for one in nodes
        if any("diagnosing" in action.skills for action in moved.questionnaire.node(one.id).actions)
    ]  # fmt: skip  # reads as one sentence
    assert f"Spotting what holds us back: Of {len(leaning)} that lean on it: " in said
    assert "A change does not show what caused it." in said
    assert "because" not in said.split("What leans on them")[1]
    up = [one.id for one in nodes if one.level == "benchmark" and one.claim and one.claim.says == "moved up"]
    assert up == ["vision", "openness"], "the made-up answers are such"
    assert "7 that lean on it: none clearly moved." in said
    assert f"Listening and passing things on: Of 9 that lean on it: 2 moved up (“{title(moved, 'vision')}” " in said


def test_the_comparison_of_two_stock_takes_has_it_too_but_not_of_a_group_alone(chain: Project) -> None:
    release(chain, "spring")
    rounds = Rounds(chain)
    found = compare_with_plan(rounds, (rounds.get("skills_autumn"), rounds.get("skills_spring")))
    assert "What leans on them, from “Autumn” to “Spring”" in to_text(page(compared(found)), 90)
    assert "What leans on them" not in to_text(page(compared(replace(found, group="staff"))), 90)


def test_nothing_is_said_of_rounds_that_were_not_compared_yet(chain: Project) -> None:
    rounds = Rounds(chain)
    release_report(rounds, rounds.get("autumn"))
    release_report(rounds, rounds.get("spring"))
    before = rounds.released("spring")
    report = release(chain, "skills_spring")
    assert report.leaning is None
    assert rounds.released("spring") == before
    assert "What leans on them" not in text(report)


def test_nothing_is_said_of_rounds_before_the_first_stock_take(chain: Project) -> None:
    closed_on(chain, "spring", WINTER)
    release(chain, "spring")
    assert release(chain, "skills_spring").leaning is None


# What is not there


def test_a_large_window_shows_what_is_short_what_leans_on_it_and_who_could_teach_it(made: Project) -> None:
    report = release(made, "skills_autumn")
    assert report.stock
    assert report.learning
    blocks = tuple(stock.page(report))
    said = to_text(page(Document(title="", sections=(Section("all", "", blocks),))), 116)
    first, rest = said.split(stock.TO_LEARN)
    head = first.split(stock.LEANING)[0]
    assert len(head.splitlines()) <= 40
    for need in report.learning.needs:
        line = next(one for one in head.splitlines() if one.startswith(f"  - {need.stock.skill.title}: "))
        assert all(action.id in line for action in need.actions)
        assert f"{need.stock.skill.title} (" in rest, "with the behaviour that it rests on"
    assert stock.TEACHING in head
    assert all(exchange.skill.title in head.split(stock.TEACHING)[1] for exchange in report.stock.exchanges)


def test_without_a_round_about_the_partnership_the_page_says_so(tmp_path: Path) -> None:
    with create(tmp_path / "alone.selfassess", "shared") as project:
        add_skills(project, "skills_autumn", AUTUMN)
        found = learning(project, "skills_autumn")
        assert found.beside is None
        assert found.why_alone == "There is no round about the partnership in this project yet."
        assert found.why_alone in text(release(project, "skills_autumn"))
        assert all(not one.gaps for one in found.needs)


def test_without_a_round_about_skills_nothing_is_said(tmp_path: Path, partnership: Edition) -> None:
    with create(tmp_path / "alone.selfassess", "shared") as project:
        add_rounds(project, {"autumn": partnership})
        Plans(project).add(*PLANNED)
        report = release(project, "autumn")
        assert report.learning is None
        assert "What the plan leans on" not in text(report)


def test_a_round_that_was_not_reported_on_is_not_published_on_the_way(tmp_path: Path, partnership: Edition) -> None:
    with create(tmp_path / "ours.selfassess", "shared") as project:
        add_rounds(project, {"autumn": partnership})
        add_skills(project, "skills_autumn", AUTUMN)
        assert release(project, "autumn").learning is None
        assert not Rounds(project).released("skills_autumn"), "it can still be opened again"
        other = tmp_path / "other.selfassess"
        with create(other, "shared") as second:
            add_rounds(second, {"autumn": partnership})
            add_skills(second, "skills_autumn", AUTUMN)
            found = learning(second, "skills_autumn")
            assert found.beside is None
            assert found.why_alone == (
                "“Autumn” has no report yet, so we can't say here which gaps of the partnership depend on these skills."
            )
            assert not Rounds(second).released("autumn")
