"""Whose answers a figure is made from: groups that agreed, groups that are joined, all who are in."""

from random import Random
from typing import Any

import numpy as np
import pytest

from selfassess.definition.tables import build
from selfassess.disclosure.cells import ALL, of_standing
from selfassess.disclosure.census import Census
from selfassess.disclosure.thresholds import Primary
from selfassess.model.questionnaire import Edition
from selfassess.model.reports import RoundReport, cell_of
from selfassess.model.results import POOL, Cell, Figure
from selfassess.model.round import EVERYBODY, Rules, SmallGroups, Standing, Thresholds
from selfassess.model.routing import asked_items
from selfassess.scoring.scores import score
from tests.disclosure import made_rounds
from tests.disclosure.made_rounds import cells, figures
from tests.disclosure.test_release import GROUPS, TELLS, answers, set_all, table
from tests.examples import some_of
from tests.scoring import made

pytestmark = pytest.mark.slow


def closed(
    mine: made.Table, rows: list[made.Row], small: SmallGroups = "consent", invited: dict[str, int] | None = None
) -> made_rounds.MadeRound:
    """A round in which nobody refuses."""
    sizes = {group: sum((row.group or EVERYBODY) == group for row in rows) for group in GROUPS}
    sizes = {group: size for group, size in sizes.items() if size} or {EVERYBODY: len(rows)}
    rules = Rules(thresholds=Thresholds(5, 10), small_groups=small)
    return made_rounds.closed(mine, invited or sizes, rules, made.answers(build(mine), rows), Unanimous())


class Unanimous(Random):
    """Nobody refuses, nobody writes."""

    def random(self) -> float:
        return 0.9


def reported(mine: made.Table, rows: list[made.Row], small: SmallGroups = "consent") -> RoundReport:
    report, _ = closed(mine, rows, small).report()
    assert report is not None
    return report


def cell(report: RoundReport, id: str) -> Cell:
    return next(one for one in cells(report) if one.id == id)


def figure(report: RoundReport, id: str, of: str) -> Figure:
    return cell(report, id).figure(of)


def test_cells_are_all_that_are_kept_each_alone_and_those_joined() -> None:
    mine = table()
    rows = answers(mine, board=9, staff=14, external=4)
    standing: dict[str, Standing] = {"board": "pooled", "staff": "shown", "external": "pooled"}
    found = of_standing(made.answers(build(mine), rows), standing)
    assert {id: int(members.sum()) for id, members in found.members.items()} == {ALL: 27, "staff": 14, POOL: 13}
    assert (found.target_group(POOL), found.target_group("staff"), found.target_group(ALL)) == (None, "staff", None)


@pytest.mark.parametrize(("silent", "is_shown"), [(0, True), (1, True), (2, False)])
def test_a_small_group_that_agreed_is_shown_from_three_answers_up(silent: int, is_shown: bool) -> None:
    mine = table(benchmarks=3)
    rows = answers(mine, staff=14, external=4)
    for row in rows[14 : 14 + silent]:
        row.answers.update({"b0i0": "skipped", "b0i1": "skipped"})  # type: ignore[attr-defined]  # made rows hold a dict
    report = reported(mine, rows)
    found = figure(report, "external", "b0")
    assert (found.n, found.mean is not None) == (4 - silent, is_shown)
    assert figure(report, ALL, "b0").mean is not None
    staff = figure(report, "staff", "b0")
    assert (staff.mean is not None) == is_shown, "all less the staff would be two"
    assert is_shown or staff.withheld["mean"] == TELLS


def test_of_a_small_group_that_agreed_nothing_but_scores_is_shown() -> None:
    mine = table(items=3)
    report = reported(mine, answers(mine, staff=14, external=4))
    for one in figures(cell(report, "external")):
        if one.level == "item":
            assert (one.counts, one.missing, one.mean, one.agreement) == (None, None, None, None)
        else:
            assert one.mean is not None
            assert (one.sd, one.likely, one.spread, one.agreement, one.reliability, one.flips) == (*[None] * 5, ())
    assert report.results.differences
    for difference in report.results.differences:
        assert (difference.claim, difference.p, difference.interval, difference.pairs) == (
            "not shown",
            None,
            None,
            None,
        )


def test_what_is_not_a_score_of_a_small_group_that_agreed_cannot_be_had_from_the_others() -> None:
    mine = table()
    report = reported(mine, answers(mine, staff=14, external=4))
    assert figure(report, ALL, "b0i0").counts is not None
    assert figure(report, "staff", "b0i0").counts is None


def test_where_there_are_no_groups_all_may_agree_to_be_shown() -> None:
    mine = table() | {"groups": []}
    rows = [row._replace(group=None) for row in answers(mine, board=4)]
    report = reported(mine, rows)
    assert report.results.all.n == 4
    assert figure(report, ALL, "b0").mean is not None
    assert figure(report, ALL, "b0i0").counts is None
    assert closed(mine, rows, "leave_out").report()[0] is None


def test_a_group_that_is_left_out_is_spoken_for_by_all() -> None:
    mine = table()
    report = reported(mine, answers(mine, board=9, staff=14, external=4), "leave_out")
    assert report.results.all.n == 23
    assert cell_of(report.results, "external") is report.results.all
    assert {one.cell for one in report.splits} <= {ALL, "board", "staff"}


def test_the_least_is_that_of_details_where_the_smallest_group_is_larger() -> None:
    mine = table()
    results = score(made.answers(build(mine), answers(mine, board=11)))
    found = of_standing(results.answers, {"board": "shown"})

    def why(id: str, kind: str, thresholds: Thresholds) -> str:
        reason = Primary(Census(results), thresholds, found).reason(id, kind, np.array([True]))
        return reason.words if reason else ""

    assert (
        why("b0", "score", Thresholds(12, 10)) == why("b0i0", "detail", Thresholds(12, 10)) == "fewer than 12 answered"
    )
    assert why("b0", "score", Thresholds(5, 10)) == why("b0i0", "detail", Thresholds(5, 10)) == ""
    assert why("b0", "detail", Thresholds(5, 12)) == "fewer than 12 answered"


def test_a_group_in_a_pool_cannot_be_had_from_what_the_others_alone_were_asked() -> None:
    """The board was asked about both benchmarks, external partners about the first. Whatever is told of both together
    weighs their answers alike, so that twice the strand less the two benchmarks is not what the four partners said."""
    mine = table()
    for item in made.items_of(mine)[2:]:
        item["groups"] = ["board", "staff"]
    report = reported(mine, answers(mine, board=9, staff=14, external=4), "pool")
    assert report.results.pooled == ("board", "external")
    hidden = {
        one: [id for id in ("s", "b0", "b1") if figure(report, one, id).mean is None] for one in (ALL, POOL, "staff")
    }
    assert hidden == {ALL: [], POOL: [], "staff": []}


# The word for spread


def test_a_word_for_spread_is_no_way_to_single_answers() -> None:
    """Five people, one item, a mean of 50, "close": all five said the middle."""
    mine = table(items=1)
    rows = answers(mine, board=5)
    set_all(rows, "board", 3.0, "b0i0")
    report = reported(mine, rows)
    assert figure(report, ALL, "b0").mean == 50
    assert figure(report, ALL, "b0").spread is None
    assert figure(report, ALL, "b0").withheld["spread"] == "fewer than 10 answered"
    assert figure(reported(mine, answers(mine, board=10)), ALL, "b0").spread is not None


def test_reliability_is_told_of_all_alone() -> None:
    mine = table(benchmarks=1, items=3)
    report = reported(mine, answers(mine, board=22, staff=24))
    assert figure(report, ALL, "b0").reliability is not None
    assert figure(report, "board", "b0").reliability is None


def test_each_group_counts_once_only_where_each_is_shown() -> None:
    mine = table()
    rows = answers(mine, board=7, staff=8, external=6)
    report = reported(mine, rows)
    means = [figure(report, group, "b0").mean for group in GROUPS]
    assert figure(report, ALL, "b0").by_group == pytest.approx(sum(one or 0 for one in means) / 3, abs=0.5)
    set_all(rows, "board", 5.0, "b0i0", "b0i1")
    assert figure(reported(mine, rows), ALL, "b0").by_group is None


# A useful report remains


@pytest.mark.parametrize("small", ["consent", "leave_out", "pool"])
@pytest.mark.parametrize("sizes", [(9, 14, 4), (10, 16, 4)])
def test_of_rounds_of_a_common_size_most_of_the_picture_is_shown(
    partnership: Edition, sizes: tuple[int, int, int], small: SmallGroups, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The shipped questionnaire, a board, a staff and four external partners, one answer in twenty missing."""
    monkeypatch.setattr(made, "edition", lambda table: partnership)
    questionnaire = partnership.questionnaire
    there, shown = {"node": 0, "item": 0}, {"node": 0, "item": 0}
    for seed in some_of(range(3), 1):
        random = Random(seed)
        rows = []
        for group, size in zip(GROUPS, sizes, strict=True):
            for _ in range(size):
                given: dict[str, Any] = {
                    item.id: random.choice((2.0, 3.0, 4.0, 4.0, 5.0))
                    if random.random() > 0.05
                    else random.choice(made.MISSING)
                    for item in asked_items(questionnaire, group, "full", {})
                    if item.kind == "choice"
                }  # fmt: skip  # in few lines
                rows.append(made.Row(group, given))
        invited = dict(zip(GROUPS, (12, 16, 4), strict=True))
        rules = Rules(small_groups=small)
        report, _ = made_rounds.closed({}, invited, rules, made.answers(questionnaire, rows), Unanimous()).report()
        assert report is not None
        names = {"consent": {*GROUPS}, "leave_out": {"board", "staff"}, "pool": {"staff", POOL}}[small]
        assert {one.id for one in report.groups} == names
        for one in (report.results.all, *report.groups):
            nodes = [found for found in figures(one) if found.level != "item" and found.n]
            assert len([found for found in nodes if found.mean is not None]) >= 0.9 * len(nodes), (one.id, seed)
            there["node"] += len(nodes)
            shown["node"] += len([found for found in nodes if found.mean is not None])
        items = [found for found in figures(report.results.all) if found.level == "item" and found.n]
        there["item"] += len(items)
        shown["item"] += len([found for found in items if found.counts])
        assert report.results.differences
    assert shown["node"] >= 0.97 * there["node"]
    assert shown["item"] >= 0.9 * there["item"]
