"""The plan in a project file: kept whole, ids never used again, nothing of what was taken out left."""

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from selfassess.errors import ProjectError, UsageError
from selfassess.model import plan as plan_of
from selfassess.model.plan import Plan, Planned
from selfassess.project.plans import Plans
from selfassess.project.project import Project, create, open_project

ONE, TWO, THREE = (Planned(text=f"Do {number}.") for number in ("one", "two", "three"))
FULL = Planned(
    text="Würde", node="vision", groups=("board", "staff"), owner="Sam", due=datetime.date(2026, 5, 31), status="done",
    why="So.", effort="low", effect="high", skills=("consensus",), round="autumn", action="vision_roles",
    done=datetime.date(2026, 5, 1),
)  # fmt: skip  # in few lines


def texts(plan: Plan) -> list[str]:
    return [one.text for one in plan]


@pytest.fixture(params=["personal", "shared"])
def project(request: pytest.FixtureRequest) -> Project:
    found: Project = request.getfixturevalue(request.param)
    return found


def test_a_plan_belongs_to_a_project_of_either_kind_and_comes_back_whole(project: Project) -> None:
    assert Plans(project).all() == ()
    (kept,) = Plans(project).add(FULL)
    assert kept == replace(FULL, id="a1", place=1)
    project.close()
    with open_project(project.path) as again:
        assert Plans(again).all() == (kept,)


def test_an_id_is_never_used_again(shared: Project) -> None:
    plans = Plans(shared)
    assert [one.id for one in plans.add(ONE, TWO)] == ["a1", "a2"]
    plans.remove("A2 ")
    assert [one.id for one in plans.add(THREE)] == ["a3"]
    plans.remove("a1")
    plans.remove("a3")
    assert [one.id for one in plans.add(ONE)] == ["a4"]


def test_an_action_is_changed_moved_and_found(shared: Project) -> None:
    plans = Plans(shared)
    first, *_ = plans.add(ONE, TWO, THREE)
    assert plans.move("a3", 1).place == 1
    assert texts(plans.all()) == ["Do three.", "Do one.", "Do two."]
    done = plans.change(replace(plans.get("a1"), status="done", done=datetime.date(2026, 5, 1)))
    assert (done.id, done.place) == ("a1", 3)
    assert plans.get("A1") == done
    with pytest.raises(UsageError, match="changed elsewhere"):
        plans.change(replace(first, owner="Sam"), before=first)


def test_what_is_not_in_the_plan_is_named_with_what_is(shared: Project) -> None:
    plans = Plans(shared)
    with pytest.raises(UsageError, match="The plan is empty"):
        plans.get("a1")
    plans.add(ONE, TWO)
    for act in (lambda: plans.get("a7"), lambda: plans.move("a7", 1), lambda: plans.remove("a7"),
                lambda: plans.change(replace(ONE, id="a7"))):  # fmt: skip  # side by side
        with pytest.raises(UsageError, match="There is no action “a7” in the plan"):
            act()
    assert texts(plans.all()) == ["Do one.", "Do two."]


def test_a_whole_plan_is_replaced_or_nothing_is(shared: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    plans = Plans(shared)
    before = plans.add(ONE, TWO)
    after = plan_of.added(plan_of.moved(plan_of.changed(before, replace(before[0], owner="Sam")), "a2", 1), [THREE])
    with monkeypatch.context() as patch:
        patch.setattr("selfassess.project.plan_queries.note_number", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            plans.replace(before, after)
    assert plans.all() == before
    assert [(one.id, one.owner) for one in plans.replace(before, after)] == [("a2", ""), ("a1", "Sam"), ("a3", "")]
    with pytest.raises(UsageError, match="changed elsewhere in the meantime"):
        plans.replace(before, after)


def test_what_was_taken_out_leaves_no_trace(tmp_path: Path) -> None:
    path = tmp_path / "ours.selfassess"
    with create(path, "shared") as project:
        plans = Plans(project)
        plans.add(replace(ONE, owner="Zephaniah Quux"), TWO)
        plans.remove("a1")
    assert b"Zephaniah" not in path.read_bytes()
    with open_project(path) as project:
        Plans(project).change(replace(Plans(project).get("a2"), owner="Zephaniah Quux"))
        Plans(project).change(replace(Plans(project).get("a2"), owner=""))
    assert b"Zephaniah" not in path.read_bytes()


def test_a_plan_that_may_only_be_read_is_read(shared: Project) -> None:
    Plans(shared).add(ONE)
    shared.close()
    with open_project(shared.path, read_only=True) as project:
        assert texts(Plans(project).all()) == ["Do one."]
        with pytest.raises(ProjectError):
            Plans(project).add(TWO)


@pytest.mark.parametrize(
    ("column", "value"),
    [("status", "'gone'"), ("due", "'31/02'"), ("place", "'first'"), ("skill_ids", "'{'"), ("group_ids", "'{}'"),
     ("effort", "'most'"), ("content", "x'00'"), ("done", "7")],
)  # fmt: skip  # side by side
def test_a_row_that_is_not_ours_is_damage_in_words(shared: Project, column: str, value: str) -> None:
    Plans(shared).add(ONE)
    with shared.database.transaction() as connection:
        connection.execute(f"UPDATE plan SET {column} = {value}")
    with pytest.raises(ProjectError, match="damaged"):
        Plans(shared).all()
