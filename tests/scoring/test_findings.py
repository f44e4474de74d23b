"""What is strong, what falls short and what is neither: by what people read, coded scores and equal ones too."""

from typing import Any

import pytest

from selfassess.definition.tables import build
from selfassess.disclosure.release import own
from selfassess.model.attainment import can_be, in_points, is_low, is_strong, may_change, place
from selfassess.model.questionnaire import Edition, Questionnaire
from selfassess.model.results import Cell, Figure, Ranked, Ranking
from selfassess.scoring.findings import contenders, ranking
from selfassess.scoring.scores import score
from tests.scoring import made
from tests.services.made import made_report, plain_report

BANDS = [{"from": 0, "title": "Act now"}, {"from": 50, "title": "Build on it"}, {"from": 75, "title": "Strong"}]
SCORES = (0, 20, 30, 40, 45, 51, 52, 60, 70, 74, 75, 76, 79, 80, 81, 90, 100)
NINE = {"board": 9, "staff": 0, "external": 0}


def table(benchmarks: int = 4, **head: Any) -> made.Table:
    """Benchmarks of one item, whose answer is their score: SCORES are those that it can be."""
    points = [{"value": value, "label": ""} for value in SCORES]
    nodes = [
        {"id": f"b{number}", "title": f"B{number}", "items": [{"id": f"i{number}", "text": "…"}]}
        for number in range(benchmarks)
    ]
    return {
        "format": 1, "id": "q", "version": "1", "title": "Q", "scales": {"agree": {"points": points}},
        "strands": [{"id": "s", "title": "S", "benchmarks": nodes}], **head,
    }  # fmt: skip  # in few lines


def of_one(mine: made.Table, *answers: float, widest: int = 3) -> Ranking:
    questionnaire = build(mine)
    row = made.Row(None, {f"i{number}": answer for number, answer in enumerate(answers)})
    return ranking(questionnaire, own(score(made.answers(questionnaire, [row]))).rounds[0].all, widest)


def ids(some: tuple[Ranked, ...]) -> list[str]:
    return [one.node.id for one in some]


def test_what_is_nearest_goes_by_how_far_it_is_from_its_own_target() -> None:
    mine = table(6, bands=BANDS, scoring={"target": 75})
    mine["strands"][0]["benchmarks"][2]["target"] = 90
    found = of_one(mine, 74, 70, 74, 51, 100, 90, widest=1)
    assert (ids(found.strengths), ids(found.gaps)) == (["b4", "b5"], ["b3", "b2", "b1", "b0"])
    assert ids(found.nearest) == ["b0"], "not what has the same score and is 16 short"


def test_only_what_reached_its_target_is_strong_and_nothing_is_both_strong_and_a_gap() -> None:
    found = of_one(table(6, bands=BANDS, scoring={"target": 75}), 80, 74, 75, 60, 52, 51)
    assert ids(found.strengths) == ["b0", "b2"]
    assert ids(found.gaps) == ["b5", "b4", "b3", "b1"]
    assert ids(found.nearest) == ["b1"], "what is nearest is none of the widest gaps"


def test_with_few_gaps_none_of_them_is_called_near() -> None:
    found = of_one(table(3, bands=BANDS, scoring={"target": 75}), 74, 70, 60)
    assert ids(found.gaps) == ["b2", "b1", "b0"]
    assert found.nearest == found.strengths == ()


def test_without_a_target_the_top_band_is_strong_and_the_rest_is_the_highest_so_far() -> None:
    found = of_one(table(bands=BANDS), 76, 74, 60, 40)
    assert (ids(found.strengths), ids(found.highest), ids(found.also_low)) == (["b0"], ["b1", "b2"], ["b3"])
    assert found.gaps == ()


def test_without_targets_and_bands_nothing_is_strong() -> None:
    found = of_one(table(), 100, 90, 80, 20)
    assert found.strengths == ()
    assert (ids(found.highest), ids(found.also_low)) == (["b0", "b1", "b2"], ["b3"])


def test_a_target_that_is_low_itself_hides_no_low_score() -> None:
    found = of_one(table(bands=BANDS, scoring={"target": 20}), 0, 30, 45, 60)
    assert ids(found.gaps) == ["b0"]
    assert ids(found.strengths) == ["b3"]
    assert ids(found.also_low) == ["b1", "b2"], "at their target, and still in the lowest band"


def test_a_target_of_nought_makes_no_strength_of_nought() -> None:
    found = of_one(table(bands=BANDS, scoring={"target": 0}), 0, 0, 0, 80)
    assert (ids(found.strengths), ids(found.also_low)) == (["b3"], ["b0", "b1", "b2"])


@pytest.mark.parametrize(("answer", "strong", "low"), [(0.0, False, True), (1.0, False, False), (2.0, True, False)])
def test_a_level_is_strong_in_the_top_band_alone(answer: float, strong: bool, low: bool) -> None:
    """Levels from 0 to 2 in three bands of their own: the lowest level is 0 of 100 points."""
    levels = [{"from": 0, "title": "Not begun"}, {"from": 1, "title": "Begun"}, {"from": 2, "title": "In place"}]
    mine = table(1)
    mine["scales"]["agree"]["points"] = [{"value": value, "label": ""} for value in range(3)]
    mine["strands"][0]["benchmarks"][0] |= {"units": "own", "bands": levels}
    questionnaire = build(mine)
    cell = own(score(made.answers(questionnaire, [made.Row(None, {"i0": answer})]))).rounds[0].all
    one = Ranked(questionnaire.node("b0"), cell.figure("b0"))
    assert (is_strong(questionnaire, one.node, one.figure), is_low(questionnaire, one.node, one.figure)) == (
        strong,
        low,
    )


def test_what_is_equal_to_the_last_is_in_the_list_too() -> None:
    seventeen = of_one(table(17, scoring={"target": 75}), *[100] * 17)
    assert len(seventeen.strengths) == 17
    some = of_one(table(6, scoring={"target": 75}), 80, 90, 80, 100, 80, 79)
    assert ids(some.strengths) == ["b3", "b1", "b0", "b2", "b4"]


def test_what_looks_the_same_is_equal() -> None:
    mine = table(5, scoring={"target": 75})
    for number in range(5):
        mine["strands"][0]["benchmarks"][number]["items"].append({"id": f"j{number}", "text": "…"})
    questionnaire = build(mine)
    row = {f"i{number}": 80.0 for number in range(5)} | {f"j{number}": 80.0 + (number == 3) for number in range(5)}
    cell = own(score(made.answers(questionnaire, [made.Row(None, row)]))).rounds[0].all
    assert {cell.figure(f"b{number}").mean for number in range(5)} == {80, 80.5}
    found = ranking(questionnaire, cell, 3)
    assert ids(found.strengths) == ["b3", "b0", "b1", "b2", "b4"], "80.5 is shown as 81"


def test_equal_gaps_stand_as_the_questionnaire_has_them() -> None:
    assert ids(of_one(table(scoring={"target": 90}), 60, 70, 60, 80).gaps) == ["b0", "b2", "b1", "b3"]


# Coded scores


def test_where_all_nine_chose_the_lowest_everything_is_a_gap(partnership: Edition) -> None:
    report = made_report(partnership, NINE, mind=1)
    assert {one.figure.coded for one in report.gaps} == {"5 or less"}
    assert len(report.gaps) > 10
    assert {in_points(report.questionnaire, one) for one in report.gaps} == {70}
    assert not report.strengths
    assert report.suggestions["board"], "a gap calls for something, coded or not"


def test_where_all_nine_chose_the_highest_everything_is_a_strength(partnership: Edition) -> None:
    report = made_report(partnership, NINE, mind=5)
    assert "95 or more" in {one.figure.coded for one in report.strengths}
    assert len(report.strengths) > 10
    assert not [one for one in report.gaps if one.figure.coded == "95 or more"]


def figure(coded: str, target: float | None) -> Figure:
    return Figure(id="b0", level="benchmark", n=9, coded=coded, target=target)


@pytest.mark.parametrize(
    ("coded", "target", "strong", "gap", "at"),
    [
        ("95 or more", 75, True, -25, 97.5),
        ("95 or more", 97, False, -3, 97.5),
        ("5 or less", 75, False, 70, 2.5),
        ("5 or less", 3, False, -2, 2.5),
        ("5 or less", None, False, 0, 2.5),
    ],
)
def test_of_a_coded_score_only_what_is_sure_is_said(
    coded: str, target: float | None, strong: bool, gap: float, at: float
) -> None:
    questionnaire = build(table(1, bands=BANDS))
    one = Ranked(questionnaire.node("b0"), figure(coded, target))
    assert is_strong(questionnaire, one.node, one.figure) is strong
    assert (in_points(questionnaire, one), place(questionnaire, one)) == (gap, at)


def test_a_code_is_read_in_the_units_of_its_node() -> None:
    mine = table(1)
    mine["strands"][0]["benchmarks"][0] |= {"units": "own"}
    mine["scales"]["agree"]["points"] = [{"value": value, "label": ""} for value in range(1, 6)]
    questionnaire = build(mine)
    found = can_be(questionnaire, questionnaire.node("b0"), "95 or more")
    assert (found.low, found.high) == (4.8, 5)


# Which gap is the widest


def gap_of(mean: float | None, sd: float | None = None, n: int = 20, **more: Any) -> Ranked:
    figure = Figure(id="b0", level="benchmark", n=n, mean=mean, sd=sd, shown=mean, target=75, **more)
    return Ranked(build(table(1)).node("b0"), figure)


@pytest.mark.parametrize(
    ("found", "number"),
    [
        ([], 0),
        ([gap_of(40, 20)], 1),
        ([gap_of(40, 20), gap_of(45, 20)], 2),
        ([gap_of(40, 20), gap_of(60, 20)], 1),  # apart by 20; chance makes up to 1.69 × √(2 × 400/20) = 10.7
        ([gap_of(40, 20), gap_of(50, 20)], 2),
        ([gap_of(40, 20), gap_of(51, 20)], 1),
        ([gap_of(40, 20), gap_of(60, 20), gap_of(62, 90)], 3),  # all before the last in question
        ([gap_of(10, None), gap_of(60, None, spread="wide")], 1),
        ([gap_of(40, None), gap_of(60, None)], 2),  # no word for it: they may be at either end
        ([gap_of(None, coded="5 or less"), gap_of(60, 5)], 2),
        ([gap_of(0, 0, n=3), gap_of(74, 0, n=3)], 2),  # so few can tell nothing
    ],
)
def test_a_gap_is_out_of_question_where_the_first_is_wider_by_more_than_chance(
    found: list[Ranked], number: int
) -> None:
    assert contenders(build(table(1)), found) == number


# Who is left out


def told(mean: float, target: float | None) -> Figure:
    gap = None if target is None else target - mean
    return Figure(id="b0", level="benchmark", n=26, mean=mean, shown=mean, target=target, gap=gap)


@pytest.mark.parametrize(
    ("shown", "others", "changes"),
    [
        (told(77, 75), 4, True),  # 26 × 77 / 30 = 66.7
        (told(90, 75), 4, False),  # 78
        (told(72, 75), 4, True),  # (26 × 72 + 400) / 30 = 75.7
        (told(70, 75), 4, False),  # 74
        (told(77, 75), 0, False),
        (told(77, None), 4, True),  # no longer in the top band
        (told(60, None), 4, False),  # neither a strength nor a gap
        (figure("95 or more", 75), 4, False),  # nothing is worked out from a coded score
    ],
)
def test_how_many_are_left_out_says_whether_they_could_change_it(shown: Figure, others: int, changes: bool) -> None:
    questionnaire = build(table(1, bands=BANDS))
    assert may_change(questionnaire, Ranked(questionnaire.node("b0"), shown), others) is changes


# What many could not answer


def open_rows(asked: int, answered: int) -> list[str]:
    return ["2210"] * answered + ["-210"] * (asked - answered)


@pytest.mark.parametrize(("asked", "answered", "found"), [(23, 9, 14), (12, 9, 3), (12, 10, 0), (23, 19, 0), (5, 3, 2)])
def test_how_many_could_not_answer_is_told_from_its_own_base(asked: int, answered: int, found: int) -> None:
    report = plain_report(open_rows(asked, answered), invited=asked)
    hard = {one.item.id: (one.could_not, one.asked) for one in report.could_not_say}
    assert hard == ({"late": (found, asked)} if found else {})


def test_in_which_way_they_could_not_is_told_where_that_is_shown(partnership: Edition) -> None:
    assert any(one.figure.missing for one in made_report(partnership).could_not_say)
    assert plain_report(open_rows(23, 9), invited=23).could_not_say[0].figure.missing is None


# What one group finds low


def cell(questionnaire: Questionnaire, answers: tuple[float, ...]) -> Cell:
    row = made.Row(None, {f"i{number}": answer for number, answer in enumerate(answers)})
    return own(score(made.answers(questionnaire, [row]))).rounds[0].all


def of_groups(mine: made.Table, together: tuple[float, ...], *groups: tuple[float, ...]) -> Ranking:
    questionnaire = build(mine)
    return ranking(questionnaire, cell(questionnaire, together), 1, [cell(questionnaire, one) for one in groups])


def test_what_a_group_finds_low_is_no_strength_however_high_the_score_of_all_is() -> None:
    mine = table(4, bands=BANDS, scoring={"target": 70})
    found = of_groups(mine, (100, 75, 60, 80), (100, 100, 60, 80), (100, 45, 60, 80))
    assert (ids(found.strengths), ids(found.low_for_a_group)) == (["b0", "b3"], ["b1"])
    assert ids(found.gaps) == ["b2"]


def test_what_a_group_finds_low_is_neither_near_nor_the_highest() -> None:
    aimed = of_groups(table(3, bands=BANDS, scoring={"target": 75}), (74, 70, 51), (74, 100, 51), (74, 40, 51))
    assert ids(aimed.nearest) == ["b0"], "and not what is 5 short and low for a group"
    aimless = of_groups(table(3, bands=BANDS), (74, 70, 60), (74, 100, 60), (74, 40, 60))
    assert ids(aimless.highest) == ["b0", "b2"]
