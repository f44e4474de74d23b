"""The working behind a number, and the order of strengths and gaps."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.definition.tables import build
from selfassess.disclosure.release import own
from selfassess.errors import UsageError
from selfassess.model.reports import Working
from selfassess.model.sheet import Missing
from selfassess.scoring.findings import gaps, strengths, suggestions
from selfassess.scoring.scores import score
from selfassess.scoring.trace import working
from tests.examples import examples
from tests.scoring import made


def explained(table: made.Table, row: made.Row, id: str) -> Working:
    results = score(made.answers(build(table), [row]))
    return working(results, own(results), id)


@examples(20)
@given(st.data())
def test_the_working_comes_to_the_score_that_it_explains(data: st.DataObject) -> None:
    table = data.draw(made.tables(methods=("mean", "min", "ladder")))
    row = data.draw(made.rows(table, most=1))[0]
    for strand in table["strands"]:
        for node in (strand, *made.middle(strand)):
            found = explained(table, row, node["id"])
            lines = [line for line in found.lines if line.scored and line.points is not None]
            assert found.answered <= found.asked
            if found.figure.mean is None or not lines:
                assert found.figure.why_none
                continue
            assert found.answered / found.asked >= found.least - 1e-9
            match node["method"]:
                case "mean":
                    weight = sum(line.weight for line in lines)
                    score_ = sum(line.weight * line.points for line in lines if line.points is not None) / weight
                case "min":
                    score_ = min(line.points for line in lines if line.points is not None)
                case _:
                    levels = {line.level for line in found.lines if line.level is not None}
                    met = {level: _is_met(found, level) for level in levels}
                    first = min((level for level in levels if met[level] is False), default=max(levels) + 1)
                    reached = max((level for level in levels if level < first and met[level]), default=0)
                    score_ = 100 * reached / max(levels)
            assert found.figure.mean == pytest.approx(score_, abs=1e-8)


def _is_met(found: Working, level: int | None) -> bool | None:
    """Whether a level is met; None where nothing of it was asked."""
    asked = [line.met for line in found.lines if line.level == level and line.met is not None]
    return all(asked) if asked else None


def table(**more: Any) -> made.Table:
    benchmarks = [
        {"id": f"b{number}", "title": f"B{number}", "items": [
            {"id": f"i{number}", "text": "…", "kind": "choice", "scale": "agree"},
            {"id": f"j{number}", "text": "…", "kind": "choice", "scale": "agree", "reverse": True},
        ]}
        for number in range(4)
    ]  # fmt: skip  # in few lines
    return {
        "format": 1, "id": "q", "version": "1", "title": "Q", "groups": [],
        "scales": {"agree": {"points": [{"value": value, "label": f"L{value}"} for value in (1, 2, 3, 4, 5)]}},
        "scoring": {"target": 75},
        "strands": [{"id": "s", "title": "S", "benchmarks": benchmarks, "items": []}],
    } | more  # fmt: skip  # in few lines


def person(*points: Any) -> made.Row:
    """Who answers the items of each benchmark alike, up to reversal."""
    answers = {}
    for number, point in enumerate(points):
        answers[f"i{number}"] = point
        answers[f"j{number}"] = point if isinstance(point, str) else 6 - point
    return made.Row(None, answers)


def test_a_line_tells_the_answer_its_reversal_and_what_is_missing() -> None:
    row = person(4.0, "dont_know", 3.0, 3.0)
    line, turned = explained(table(), row, "b0").lines
    assert (line.answer, line.value, line.reversed, line.points) == ("L4", 4, None, 75)
    assert (turned.answer, turned.value, turned.reversed, turned.points) == ("L2", 2, 4, 75)
    assert {line.missing for line in explained(table(), row, "b1").lines} == {Missing.DONT_KNOW}


def test_how_many_were_answered_is_counted_in_items_also_of_a_strand_made_from_benchmarks() -> None:
    mine = table()
    mine["strands"][0]["from"] = "benchmarks"
    found = explained(mine, person(4.0, "skipped", "skipped", 5.0), "s")
    assert (found.asked, found.answered, [line.id for line in found.lines]) == (8, 4, ["b0", "b1", "b2", "b3"])
    assert found.figure.mean == 87.5


def test_what_cannot_be_explained_is_told_with_a_hint() -> None:
    with pytest.raises(UsageError, match="no strand or benchmark “overal”") as raised:
        explained(table(), person(3.0, 3.0, 3.0, 3.0), "overal")
    assert raised.value.hint == "Did you mean “overall”?"
    mine = table(overall={"method": "none"})
    with pytest.raises(UsageError, match="no overall score"):
        explained(mine, person(3.0, 3.0, 3.0, 3.0), "overall")


def ranked(mine: made.Table, row: made.Row) -> tuple[list[str], list[str]]:
    questionnaire = build(mine)
    cell = own(score(made.answers(questionnaire, [row]))).rounds[0].all
    found = gaps(questionnaire, cell)
    return [one.node.id for one in strengths(questionnaire, cell, 3)], [one.node.id for one in found]


def test_strengths_and_gaps_are_in_order_and_equal_ones_in_that_of_the_questionnaire() -> None:
    mine = table(scoring={"target": 90})
    assert ranked(mine, person(4.0, 5.0, 4.0, 1.0)) == (["b1"], ["b3", "b0", "b2"])


def test_what_has_no_score_is_neither_a_strength_nor_a_gap() -> None:
    assert ranked(table(), person("skipped", 5.0, "dont_know", 3.0)) == (["b1"], ["b3"])


def test_the_gap_and_the_band_are_those_of_the_shown_score() -> None:
    mine = table(bands=[{"from": 0, "title": "Low"}, {"from": 73, "title": "Strong"}], scoring={"target": 73})
    mine["scales"]["agree"]["points"] = [{"value": value, "label": ""} for value in range(0, 101, 5)]
    row = made.Row(None, {f"{letter}{number}": 50.0 for letter in "ij" for number in range(4)})
    for one, other, shown, gap, band in ((70.0, 70.0, 70, 3, "Low"), (70.0, 75.0, 73, 0, "Strong")):
        # 72.5 is shown as 73, which is at its target and in its band. The second answer is turned round.
        answers = row.answers | {"i0": one, "j0": 100 - other}
        found = explained(mine, made.Row(None, answers), "b0").figure
        assert (found.mean, found.shown, found.gap, found.band) == ((one + other) / 2, shown, gap, band)
    assert "b0" not in ranked(mine, made.Row(None, answers))[1]


def test_an_item_that_is_in_no_score_has_no_level_to_meet() -> None:
    mine = table()
    mine["strands"][0]["benchmarks"][0] |= {"method": "ladder", "met": 3}
    scored, unscored = mine["strands"][0]["benchmarks"][0]["items"]
    scored["level"], unscored["scored"] = 1, False
    first, second = explained(mine, person(4.0, 3.0, 3.0, 3.0), "b0").lines
    assert (first.met, second.met, second.scored) == (True, None, False)


def test_a_gap_in_own_units_is_ranked_by_what_it_is_in_points() -> None:
    mine = table(scoring={})
    one, other = mine["strands"][0]["benchmarks"][:2]
    one |= {"units": "own", "target": 4}
    other |= {"target": 40}
    # Half a point of a scale from 1 to 5 is 12.5 points; the other gap is 15.
    row = made.Row(None, {**person(1.0, 2.0, 5.0, 5.0).answers, "i0": 4.0, "j0": 3.0})
    assert ranked(mine, row)[1] == ["b1", "b0"]


def test_actions_come_in_the_order_of_the_gaps_and_only_those_for_the_group() -> None:
    mine = table(groups=[{"id": "board", "title": "Board"}, {"id": "staff", "title": "Staff"}])
    for number, benchmark in enumerate(mine["strands"][0]["benchmarks"]):
        benchmark["actions"] = [
            {"id": f"a{number}", "text": "…"},
            {"id": f"staff{number}", "text": "…", "groups": ["staff"]},
            {"id": f"split{number}", "text": "…", "when": "split"},
        ]
    questionnaire = build(mine)
    row = made.Row("board", person(3.0, 1.0, 5.0, 5.0).answers)
    cell = own(score(made.answers(questionnaire, [row]))).rounds[0].all
    found = gaps(questionnaire, cell)

    def called_for(group: str) -> list[str]:
        return [one.action.id for one in suggestions(questionnaire, cell, found, group)]

    assert called_for("board") == ["a1", "a0"]
    assert called_for("staff") == ["a1", "staff1", "a0", "staff0"]


def test_an_action_answers_its_items_the_lowest_first_and_none_that_is_fine() -> None:
    mine = table()
    mine["strands"][0]["benchmarks"][0]["actions"] = [
        {"id": "whole", "text": "…"},
        {"id": "other", "text": "…", "items": ["j0"]},
        {"id": "one", "text": "…", "items": ["i0"]},
    ]
    questionnaire = build(mine)

    def called_for(**answers: float) -> list[str]:
        row = made.Row(None, {**person(4.0, 4.0, 5.0, 5.0).answers, **answers})
        cell = own(score(made.answers(questionnaire, [row]))).rounds[0].all
        return [one.action.id for one in suggestions(questionnaire, cell, gaps(questionnaire, cell), None)]

    assert called_for(i0=1.0) == ["one", "whole"]
    assert called_for(j0=5.0) == ["other", "whole"], "agreeing is bad news there"
    assert called_for(i0=1.0, j0=4.0) == ["one", "whole", "other"]
