"""The plan as it comes back from a spreadsheet."""

import csv
import datetime
import io
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.csv_text import BYTE_ORDER_MARK
from selfassess.documents.export.plan import to_csv
from selfassess.errors import PlanError
from selfassess.model.plan import AMOUNTS, STATUSES, Plan, Planned, ordered
from selfassess.model.plan_report import PlanReport
from selfassess.services.plan_csv import Back, read_plan_csv
from tests.documents.test_plan import KNOWN, PLAN, REPORT, no_round


def table_of(report: PlanReport) -> str:
    """The exported plan without the mark that a file begins with."""
    return to_csv(report).removeprefix(BYTE_ORDER_MARK)


def back(text: str | bytes, report: PlanReport = REPORT) -> Back:
    return read_plan_csv("plan.csv", text if isinstance(text, bytes) else text.encode(), report, no_round)


def edited(change: dict[tuple[str, str], str], more: tuple[dict[str, str], ...] = ()) -> list[dict[str, str]]:
    """The rows of the exported plan with some cells changed, by id and column, and rows added."""
    rows = list(csv.DictReader(io.StringIO(table_of(REPORT))))
    for (id, column), value in change.items():
        next(row for row in rows if row["id"] == id)[column] = value
    return [*rows, *({**dict.fromkeys(rows[0], ""), **one} for one in more)]


def written(rows: list[dict[str, str]], delimiter: str = ",") -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def words(found: Back) -> list[str]:
    return [f"{one.after.id}: {line}" for one in found.edited for line in one.words]


def wrong(text: str | bytes, report: PlanReport = REPORT) -> list[str]:
    with pytest.raises(PlanError) as caught:
        back(text, report)
    return [str(problem) for problem in caught.value.problems] or [str(caught.value)]


def test_what_nobody_edited_changes_nothing() -> None:
    found = back(to_csv(REPORT))
    assert (found.edited, found.new, found.same, found.left, found.after) == ((), (), 5, 0, PLAN)


def test_what_changed_is_said_field_by_field() -> None:
    change = {
        ("a1", "status"): "done", ("a1", "due"): "2026-06-30", ("a2", "owner"): "the clerk",
        ("a2", "benchmark"): "roles", ("a4", "why"): "", ("a4", "groups"): "Staff",
    }  # fmt: skip  # in few lines
    found = back(written(edited(change)))
    assert words(found) == [
        "a1: due: was 31 May 2026, now 30 June 2026",
        "a1: status: was under way, now done",
        "a1: done: was nothing, now 12 June 2026",
        "a2: benchmark: was nothing, now “Roles are clear”",
        "a2: owner: was “Sam”, now “the clerk”",
        "a4: groups: was Board members, Staff, now Staff",
        "a4: why: was “Not before the summer.”, now nothing",
    ]
    assert [one.id for one in found.after] == ["a2", "a4", "a3", "a1", "a5"]
    assert found.before == PLAN


def test_a_row_without_an_id_is_a_new_action_and_rows_that_are_missing_are_left() -> None:
    rows = edited({}, ({"action": "Book a room.", "owner": "Kim", "due": "1.7.2026", "place": "1"},))
    found = back(written([rows[1], *rows[5:]]))
    assert (len(found.new), found.same, found.left) == (1, 1, 4)
    assert found.new[0].words == ("owner: “Kim”", "due: 1 July 2026")
    assert [(one.id, one.text) for one in found.after][:2] == [("", "Book a room."), ("a1", PLAN[0].text)]
    assert {one.source for one in found.after if not one.id} == {"ours"}


def test_places_order_the_plan() -> None:
    found = back(written(edited({("a4", "place"): "1", ("a1", "place"): "2", ("a2", "place"): "3"})))
    assert [one.id for one in found.after] == ["a4", "a1", "a2", "a3", "a5"]
    assert words(found) == ["a1: place: was 1, now 2", "a2: place: was 2, now 3", "a4: place: was 3, now 1"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_spreadsheet_may_write_it_its_own_way(delimiter: str, encoding: str) -> None:
    rows = edited({("a2", "owner"): "Würde"})
    turned = [{"Remarks": "ours", **dict(reversed(row.items()))} for row in rows]
    text = written(turned, delimiter).replace("benchmark_title", "Benchmark Title").replace("owner", "OWNER")
    found = back(text.replace("\r\n", "\n").encode(encoding))
    assert words(found) == ["a2: owner: was “Sam”, now “Würde”"]
    assert found.notes == ("Not read: the column “remarks”, because a plan has no column of that name.",)


def test_a_day_that_a_spreadsheet_wrote_in_its_own_way_is_no_change() -> None:
    report = replace(REPORT, plan=ordered([replace(PLAN[0], due=datetime.date(2026, 4, 3))]))
    text = to_csv(report)
    for day in ("03/04/2026", "4/3/2026", "3/4/26", "3.4.2026", "2026-04-03"):
        assert not back(text.replace("2026-04-03", day), report).edited
    assert back(text.replace("2026-04-03", "2026-03-04"), report).edited
    assert "can be 5 April or 4 May" in wrong(text.replace("2026-04-03", "04/05/2026"), report)[0]


def test_a_formula_is_text() -> None:
    found = back(written(edited({("a2", "owner"): "=cmd|' /C calc'!A0", ("a4", "owner"): "'+49 30"})))
    assert [one.after.owner for one in found.edited] == ["=cmd|' /C calc'!A0", "+49 30"]
    again = to_csv(replace(REPORT, plan=found.after))
    assert "'=cmd" in again
    assert "'=1+1 at every meeting" in again


def test_everything_wrong_is_told_at_once_with_its_line() -> None:
    change = {("a1", "due"): "31/02", ("a1", "status"): "finished", ("a2", "benchmark"): "visoin", ("a4", "place"): "x",
              ("a3", "place"): "99", ("a5", "why"): "", ("a2", "effort"): "huge"}  # fmt: skip  # in few lines
    more = ({"id": "a77", "action": "x"}, {"id": "A2"}, {"owner": "Kim"}, {"action": "meet THE neighbours."},
            {"action": "New."}, {"action": "new."})  # fmt: skip  # in few lines
    assert wrong(written(edited(change, more))) == [
        "plan.csv:2: error: a1 › due: There is no 31 February. [no-such-day]\n    Please check a calendar.",
        (
            "plan.csv:2: error: a1 › status: There is no status “finished”. [unknown-status]\n"
            "    Write proposed, agreed, under way, done or dropped."
        ),
        (
            "plan.csv:3: error: a2 › benchmark: There is no benchmark “visoin”. [unknown-benchmark]\n"
            "    Did you mean “vision”?"
        ),
        (
            "plan.csv:3: error: a2 › effort: “huge” is not an amount of effort. [unknown-effort]\n"
            "    Write not said, low, medium or high."
        ),
        "plan.csv:4: error: a4: “x” is not a place in the order. [no-place]\n    Write a number, 1 or more.",
        "plan.csv:5: error: There is no place 99: the plan has 9 actions. [no-place]\n    Write a number from 1 to 9.",
        "plan.csv:6: error: a5 › why: It is dropped, but no reason is given. [no-reason]\n    Say why.",
        (
            "plan.csv:7: error: a77: There is no action “a77” in the plan. [unknown-id]\n"
            "    For a new action leave this cell empty."
        ),
        (
            "plan.csv:8: error: a2: This action has two rows: the other is in line 3. [two-rows]\n"
            "    Leave one of them out."
        ),
        "plan.csv:9: error: new action › action: It does not say what to do. [no-text]",
        (
            "plan.csv:10: error: new action: “meet THE neighbours.” is already there, as a2. [there-already]\n"
            "    To change it, write a2 as its id."
        ),
        (
            "plan.csv:12: error: new action: “new.” is already there, in another row. [there-already]\n"
            "    Leave one of them out."
        ),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "plan.csv is empty."),
        ("\n \n", "plan.csv is empty."),
        (b"id,owner\na1,\xff\n", "plan.csv is not UTF-8 text."),
        ('id,owner\na1,"Sam\n', "from line 2: a quotation mark is opened and not closed."),
        ("owner\nSam\n", "There is no column “id”."),
        ("id,stauts\na1,done\n", "Did you mean “status”?"),
        ("id,owner,owner\na1,x,y\n", "Two columns are called “owner”."),
        ("id,owner\na1,Sam,Kim\n", "This row has 3 cells, the first row 2."),
    ],
)
def test_what_is_no_plan_is_said(text: str | bytes, said: str) -> None:
    assert said in "\n".join(wrong(text))


def test_a_file_that_goes_on_and_on_is_refused() -> None:
    assert "has more than 1,000 rows" in wrong("id,action\n" + "".join(f",Do {at}.\n" for at in range(1_001)))[0]
    assert "has more than 100 columns" in wrong("id" + ",more" * 100 + "\n")[0]
    assert len(back("id,action\n" + "".join(f",Do {at}.\n" for at in range(995))).new) == 995


def test_a_cell_of_any_length_is_told_in_a_few_words() -> None:
    for column in ("action", "benchmark", "groups", "owner", "due", "status", "why", "effort", "effect", "skills"):
        [said] = wrong(written(edited({("a2", column): "1," * 30_000})))
        assert len(said) < 250
        assert "[too-long]" in said


def test_a_file_may_hold_less_than_was_given_out() -> None:
    found = back("id,status\na2,done\n\na1,\n")
    assert words(found) == ["a2: status: was agreed, now done", "a2: done: was nothing, now 12 June 2026"]
    assert (found.same, found.left) == (1, 3)
    assert words(back("id,owner,due,\na2,Kim\n")) == ["a2: owner: was “Sam”, now “Kim”"]


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=30).map(
    lambda text: " ".join(text.split())
)
PLANS: st.SearchStrategy[Plan] = st.lists(
    st.builds(
        Planned,
        text=WORDS.map(lambda text: f"Do {text}".strip()),
        node=st.sampled_from(["", *KNOWN.nodes]),
        owner=WORDS,
        why=WORDS,
        due=st.none() | st.dates(datetime.date(2000, 1, 1), datetime.date(2199, 12, 31)),
        status=st.sampled_from(STATUSES),
        effort=st.sampled_from(AMOUNTS),
        groups=st.lists(st.sampled_from(list(KNOWN.groups)), unique=True).map(tuple),
    ),
    max_size=5,
).map(lambda some: ordered(replace(one, id=f"a{at}") for at, one in enumerate(some, 1)))


@given(PLANS, st.sampled_from(",;\t"))
def test_whatever_is_in_a_plan_comes_back_as_it_was(plan: Plan, delimiter: str) -> None:
    report = replace(REPORT, plan=plan)
    rows = list(csv.reader(io.StringIO(table_of(report))))
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows(rows)
    found = back(file.getvalue(), report)
    assert (found.edited, found.new, found.after) == ((), (), plan)


@given(st.binary(max_size=80) | st.text(alphabet='id,owner;place\n"a1\t', max_size=60).map(str.encode))
def test_no_file_is_a_fault(content: bytes) -> None:
    with suppress(PlanError):
        read_plan_csv("plan.csv", content, REPORT, no_round)
