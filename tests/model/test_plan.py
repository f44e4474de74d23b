"""The plan as a value: its order, what stands out in it, and its fields as people type them."""

import datetime
from dataclasses import replace

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from selfassess.model import plan
from selfassess.model.plan import (
    AMOUNTS,
    NAMES,
    STATUSES,
    Known,
    Plan,
    Planned,
    Status,
    action_covering,
    dropped_before,
    edit,
    field_text,
    field_value,
    is_early_win,
    is_overdue,
)

TODAY = datetime.date(2026, 5, 1)
KNOWN = Known(
    {"vision": "We share one picture", "roles": "Roles are clear"},
    {"board": "Board members", "staff": "Staff"},
    {"consensus": "Building consensus", "listening": "Listening"},
)
ACTION = Planned(id="a1", place=1, text="Write it down.")


def made(*statuses: str) -> Plan:
    one = (Planned(id=f"a{at}", text=f"Do {at}.", status=status) for at, status in enumerate(statuses, 1))  # type: ignore[arg-type]  # the names of statuses
    return plan.ordered(one)


def ids(some: Plan) -> str:
    return " ".join(one.id for one in some)


# The order


def test_what_is_to_be_done_comes_first_then_what_is_done_then_what_was_dropped() -> None:
    assert ids(made("dropped", "done", "proposed", "under way")) == "a3 a4 a2 a1"


def test_an_action_is_moved_and_the_others_make_room() -> None:
    three = made("proposed", "agreed", "under way")
    assert ids(plan.moved(three, "a3", 1)) == "a3 a1 a2"
    assert ids(plan.moved(three, "a1", 2)) == "a2 a1 a3"
    assert ids(plan.moved(three, "a1", 99)) == "a2 a3 a1"
    assert ids(plan.moved(three, "a1", -5)) == "a1 a2 a3"


def test_what_is_done_stays_below_what_is_to_be_done() -> None:
    assert ids(plan.moved(made("proposed", "agreed", "done", "done"), "a4", 1)) == "a1 a2 a4 a3"


def test_new_actions_come_below_the_others_that_are_to_be_done() -> None:
    more = plan.added(made("proposed", "done"), [Planned(id="a3", text="New."), Planned(id="a4", text="Newer.")])
    assert ids(more) == "a1 a3 a4 a2"


def test_what_is_done_goes_to_the_end_and_what_is_reopened_comes_back() -> None:
    three = made("proposed", "agreed", "done")
    assert ids(plan.changed(three, replace(three[0], status="done"))) == "a2 a3 a1"
    assert ids(plan.changed(three, replace(three[2], status="agreed"))) == "a1 a2 a3"
    assert ids(plan.changed(three, replace(three[0], owner="Sam"))) == "a1 a2 a3"


def test_one_that_is_not_there_cannot_be_moved_changed_or_taken_out() -> None:
    for act in (lambda: plan.moved((), "a1", 1), lambda: plan.changed((), ACTION), lambda: plan.without((), "a1")):
        with pytest.raises(KeyError, match="a1"):
            act()


PLANS = st.lists(st.sampled_from(STATUSES), max_size=8).map(lambda statuses: made(*statuses))


@examples(PLANS, st.data())
def test_places_always_count_from_1_and_nothing_is_lost(some: Plan, data: st.DataObject) -> None:
    if some:
        id = data.draw(st.sampled_from([one.id for one in some]))
        after = plan.moved(some, id, data.draw(st.integers(-3, 12)))
        assert sorted(one.id for one in after) == sorted(one.id for one in some)
        assert [one.place for one in after] == list(range(1, len(some) + 1))
        assert plan.ordered(reversed(after)) == after
        assert len(plan.without(some, id)) == len(some) - 1


# What stands out


def test_overdue_is_what_should_have_been_done_before_today() -> None:
    due = replace(ACTION, due=datetime.date(2026, 4, 30))
    assert is_overdue(due, TODAY)
    assert not is_overdue(replace(due, due=TODAY), TODAY)
    assert not is_overdue(ACTION, TODAY)
    for status in ("done", "dropped"):
        assert not is_overdue(replace(due, status=status), TODAY)  # type: ignore[arg-type]  # both are statuses


def test_an_early_win_takes_little_effort_has_an_effect_and_is_still_to_be_won() -> None:
    found = {
        (effort, effect)
        for effort in AMOUNTS
        for effect in AMOUNTS
        if is_early_win(replace(ACTION, effort=effort, effect=effect))
    }
    assert found == {("low", "medium"), ("low", "high")}
    assert not is_early_win(replace(ACTION, effort="low", effect="high", status="done"))


@pytest.mark.parametrize("status", ["proposed", "agreed", "under way", "done"])
def test_what_is_planned_under_way_or_done_settles_a_suggestion_of_every_round(status: Status) -> None:
    taken = replace(ACTION, round="spring", action="roles_down", status=status)
    assert action_covering((taken,), "spring", "roles_down") == taken
    assert action_covering((taken,), "autumn", "roles_down") == taken
    assert action_covering((taken,), "autumn", "roles_up") is None


def test_what_was_dropped_settles_the_suggestion_of_its_own_round_alone() -> None:
    dropped = replace(ACTION, round="spring", action="roles_down", status="dropped", why="No money.")
    assert action_covering((dropped,), "spring", "roles_down") == dropped
    assert dropped_before((dropped,), "spring", "roles_down") is None
    assert action_covering((dropped,), "autumn", "roles_down") is None
    assert dropped_before((dropped,), "autumn", "roles_down") == dropped


def test_our_own_actions_settle_no_suggestion() -> None:
    assert action_covering((ACTION,), "autumn", "") is None


def test_what_is_still_to_be_done_comes_before_what_is_done() -> None:
    done = replace(ACTION, round="spring", action="x", status="done")
    again = replace(ACTION, id="a2", round="summer", action="x", status="under way")
    assert action_covering((done, again), "autumn", "x") == again


def test_the_number_of_an_id() -> None:
    assert [plan.number_of(id) for id in ("a1", "a12", "", "a", "b2", "a-1", "a²")] == [1, 12, 0, 0, 0, 0, 0]


# The fields


def test_every_field_is_read_as_it_is_typed() -> None:
    typed = {
        "text": " Write \n it down. ", "node": "we share one picture", "groups": "board; Staff", "owner": "the chair",
        "due": "31/05/2026", "status": "Under-way", "why": "It matters.", "effort": "LOW", "effect": "high",
        "skills": "consensus, listening",
    }  # fmt: skip  # a row of a spreadsheet
    found = edit(ACTION, typed, KNOWN, TODAY)
    assert not found.problems
    assert found.planned == Planned(
        id="a1", place=1, text="Write it down.", node="vision", groups=("board", "staff"), owner="the chair",
        due=datetime.date(2026, 5, 31), status="under way", why="It matters.", effort="low", effect="high",
        skills=("consensus", "listening"),
    )  # fmt: skip  # likewise


def test_an_empty_field_takes_away_what_there_was_but_no_status_and_no_text() -> None:
    full = replace(ACTION, node="vision", owner="Sam", due=TODAY, why="So.", effort="low", skills=("consensus",))
    empty = dict.fromkeys(("node", "owner", "due", "why", "effort", "skills", "groups", "status"), "")
    assert edit(full, empty, KNOWN, TODAY).planned == ACTION
    (problem,) = edit(full, {"text": " "}, KNOWN, TODAY).problems
    assert (problem.place, problem.message) == ("action", "It does not say what to do.")


@pytest.mark.parametrize(
    ("name", "text", "message", "hint"),
    [
        ("due", "31/02", "There is no 31 February.", "calendar"),
        ("status", "finished", "There is no status “finished”.", "proposed, agreed, under way, done or dropped"),
        ("status", "droped", "There is no status “droped”.", "Did you mean “dropped”?"),
        ("effort", "huge", "“huge” is not an amount of effort.", "high"),
        ("node", "visoin", "There is no benchmark “visoin”.", "Did you mean “vision”?"),
        ("groups", "board, stuff", "There is no group “stuff”.", "Did you mean “staff”?"),
        ("skills", "flying", "There is no skill “flying”.", "There are consensus and listening."),
        ("owner", "x" * 101, "has 101 characters.", "There is room for 100."),
        ("done", "2026-05-02", "2 May 2026 is in the future", ""),
        ("done", "2026-04-30", "It has a day on which it was done, and is proposed.", "Set the status to done"),
        ("status", "dropped", "no reason is given", "Say why."),
    ],
)
def test_what_is_wrong_with_a_field_is_said(name: str, text: str, message: str, hint: str) -> None:
    found = edit(ACTION, {name: text}, KNOWN, TODAY)
    (problem,) = found.problems
    assert message in problem.message
    assert hint in problem.hint


def test_everything_wrong_is_said_at_once() -> None:
    found = edit(ACTION, {"due": "31/02", "status": "gone", "node": "x", "effort": "most"}, KNOWN, TODAY)
    assert [one.place for one in found.problems] == ["due", "status", "benchmark", "effort"]
    assert found.planned == ACTION


def test_done_has_its_day_and_loses_it_when_it_is_taken_up_again() -> None:
    done = edit(ACTION, {"status": "done"}, KNOWN, TODAY).planned
    assert done.done == TODAY
    assert edit(ACTION, {"status": "done", "done": "1.4.2026"}, KNOWN, TODAY).planned.done == datetime.date(2026, 4, 1)
    assert edit(done, {"owner": "Sam"}, KNOWN, TODAY + datetime.timedelta(9)).planned.done == TODAY
    assert edit(done, {"status": "under way"}, KNOWN, TODAY).planned.done is None


def test_where_no_questionnaire_is_there_is_no_benchmark_to_name() -> None:
    (problem,) = edit(ACTION, {"node": "vision"}, Known(), TODAY).problems
    assert problem.hint == "No questionnaire of this project has a benchmark."


DAYS = st.none() | st.dates(datetime.date(2000, 1, 1), TODAY)
WORDS = st.text(max_size=40)
ANY = st.builds(
    Planned,
    text=WORDS.map(lambda text: " ".join(f"Do {text}".split())),
    node=st.sampled_from(["", *KNOWN.nodes]),
    groups=st.lists(st.sampled_from(list(KNOWN.groups)), unique=True).map(tuple),
    skills=st.lists(st.sampled_from(list(KNOWN.skills)), unique=True).map(tuple),
    owner=st.sampled_from(["", "Sam", "not said", "nothing"]),
    due=DAYS,
    effort=st.sampled_from(AMOUNTS),
    effect=st.sampled_from(AMOUNTS),
    status=st.sampled_from(STATUSES[:3]),
)


@examples(ANY)
def test_a_field_is_read_again_as_it_is_written(planned: Planned) -> None:
    planned = edit(planned, {"text": planned.text}, KNOWN, TODAY).planned
    typed = {name: field_text(planned, name) for name in NAMES}
    found = edit(Planned(text="x"), typed, KNOWN, TODAY)
    assert not found.problems
    assert found.planned == planned
    assert all(field_value(planned, name, KNOWN) for name in NAMES)
