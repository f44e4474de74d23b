"""What is withheld of small groups, and what is not."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
import tomli

from selfassess.definition.tables import build
from selfassess.disclosure.release import release, rules
from selfassess.documents.export.summary import document
from selfassess.errors import UsageError
from selfassess.model.routing import asked_items
from selfassess.scoring.scores import score
from tests.scales import on_scale
from tests.scoring import made

SHIPPED = Path(__file__).parents[2] / "questionnaires" / "partnership.toml"
TELLS = "what is withheld elsewhere could be worked out from it"
GROUPS = ("board", "staff", "external")


def table(benchmarks: int = 2, items: int = 2, **more: Any) -> made.Table:
    """One strand of benchmarks with items on 1 to 5."""
    return {
        "format": 1, "id": "q", "version": "1", "title": "Q",
        "groups": [{"id": group, "title": group} for group in GROUPS],
        "scales": {"agree": {"points": [{"value": value, "label": ""} for value in (1, 2, 3, 4, 5)]}},
        "scoring": {"target": 75},
        "bands": [{"from": 0, "title": "Low"}, {"from": 50, "title": "Middle"}, {"from": 97, "title": "High"}],
        "strands": [{
            "id": "s", "title": "A strand",
            "benchmarks": [
                {"id": f"b{b}", "title": "A benchmark", "items": [
                    {"id": f"b{b}i{i}", "text": "…", "kind": "choice", "scale": "agree"} for i in range(items)
                ]}
                for b in range(benchmarks)
            ],
        }],
    } | more  # fmt: skip  # in few lines


def answers(table: made.Table, **sizes: int) -> list[made.Row]:
    """As many people of each group, who answer everything, none of it the same throughout."""
    random = Random(2005)
    rows = []
    for group, size in sizes.items():
        for _ in range(size):
            rows.append(
                made.Row(group, {item["id"]: float(random.choice((2, 3, 3, 4))) for item in made.items_of(table)})
            )
    return rows


def said(table: made.Table, rows: Sequence[made.Row], min_group: int = 5) -> Any:
    results = score(made.answers(build(table), rows))
    return document(made.edition(table), release({"1": results}, rules(min_group)))


def cell(document: Any, id: str) -> Any:
    (only,) = document["rounds"]
    return only["all"] if id == "all" else next(group for group in only["groups"] if group["id"] == id)


def figures(cell: Any) -> dict[str, Any]:
    found = {"overall": cell["overall"]} if cell["overall"] else {}
    for strand in cell["strands"]:
        for holder in (strand, *strand["benchmarks"]):
            found[holder["id"]] = holder
            found |= {item["id"]: item for item in holder["items"]}
    return found


def nodes(cell: Any) -> dict[str, Any]:
    return {id: figure for id, figure in figures(cell).items() if "counts" not in figure}


def items(cell: Any) -> dict[str, Any]:
    return {id: figure for id, figure in figures(cell).items() if "counts" in figure}


def set_all(rows: Sequence[made.Row], group: str, value: Any, *ids: str) -> None:
    """Let everybody in a group give one answer to some items."""
    for row in rows:
        if row.group == group:
            row.answers.update(dict.fromkeys(ids, value))  # type: ignore[attr-defined]  # made rows hold a dict


def everything(value: Any) -> Iterator[tuple[str, Any]]:
    """Every key of a document with its value."""
    if isinstance(value, dict):
        for key, held in value.items():
            yield key, held
            yield from everything(held)
    elif isinstance(value, list):
        for held in value:
            yield from everything(held)


TOLD = ("mean", "sd", "raw_mean", "raw_sd", "shown", "band", "gap", "coded", "counts", "missing", "why_none")


def test_below_the_smallest_group_only_how_many_they_are_is_told() -> None:
    mine = table()
    found = said(mine, answers(mine, board=4, staff=12))
    small = cell(found, "board")
    assert small["n"] == 4
    for figure in figures(small).values():
        assert {key: figure.get(key) for key in ("n", *TOLD) if figure.get(key) is not None} == {}
        assert set(figure["withheld"].values()) == {"fewer than 5 answered"}


def test_a_group_that_is_left_out_is_in_no_total() -> None:
    mine = table()
    rows = answers(mine, board=4, staff=12)
    found = said(mine, rows)
    alone = said(mine, [row for row in rows if row.group == "staff"])
    assert found["rounds"][0]["left_out"] == ["board"]
    assert cell(found, "all") == cell(alone, "all")


def test_from_five_to_nine_scores_are_shown_and_no_spread_and_no_item() -> None:
    mine = table()
    found = cell(said(mine, answers(mine, board=9)), "all")
    assert all(
        node["mean"] is not None and node["sd"] is None and node["raw_sd"] is None for node in nodes(found).values()
    )
    for item in items(found).values():
        assert item["n"] == 9
        assert all(item[key] is None for key in ("mean", "sd", "raw_mean", "raw_sd", "counts", "missing"))
        assert item["withheld"]["counts"] == "fewer than 10 answered"


def test_from_ten_on_everything_is_shown() -> None:
    mine = table()
    found = cell(said(mine, answers(mine, board=10)), "all")
    assert all(figure["withheld"] is None for figure in figures(found).values())
    assert all(figure["sd"] is not None for figure in figures(found).values())


def test_a_board_of_nine_and_a_staff_of_fourteen_show_items_of_all_alone() -> None:
    mine = table()
    found = said(mine, answers(mine, board=9, staff=14))
    assert all(item["counts"] is not None for item in items(cell(found, "all")).values())
    for item in items(cell(found, "staff")).values():
        assert item["counts"] is None
        assert item["withheld"]["counts"] == TELLS
    for group in ("all", "board", "staff"):
        assert all(node["mean"] is not None for node in nodes(cell(found, group)).values())


def test_the_base_of_a_figure_is_who_answered_it_not_who_is_in_the_group() -> None:
    mine = table(benchmarks=4)
    rows = answers(mine, board=6, staff=14)
    for row in rows[:2]:
        row.answers.update({"b0i0": "skipped", "b0i1": "dont_know"})  # type: ignore[attr-defined]  # made rows hold a dict
    found = nodes(cell(said(mine, rows), "board"))
    assert (found["b0"]["n"], found["b0"]["mean"]) == (4, None)
    assert [found[id]["mean"] is not None for id in ("b1", "b2", "b3", "s")].count(True) >= 3
    assert nodes(cell(said(mine, rows), "staff"))["b0"]["mean"] is None, "else all less staff would be four people"


def test_a_mean_of_few_at_an_end_of_the_scale_is_coded_and_nothing_that_follows_from_it_is_shown() -> None:
    mine = table()
    rows = answers(mine, board=7)
    set_all(rows, "board", 5.0, "b0i0", "b0i1")
    found = nodes(cell(said(mine, rows), "board"))["b0"]
    assert found["coded"] == "95 or more"
    assert all(found[key] is None for key in ("mean", "raw_mean", "sd", "raw_sd", "shown", "gap"))
    assert found["target"] == 75, "what the questionnaire says is no secret"
    assert found["band"] is None, "95 is in another band than 97"
    set_all(rows, "board", 1.0, "b0i0", "b0i1")
    found = nodes(cell(said(mine, rows), "board"))["b0"]
    assert (found["coded"], found["band"]) == ("5 or less", "Low")


def test_a_coded_group_cannot_be_had_by_taking_the_others_from_all() -> None:
    mine = table()
    rows = answers(mine, board=7, staff=8, external=6)
    set_all(rows, "board", 5.0, "b0i0", "b0i1")
    found = said(mine, rows)
    shown = [group for group in ("all", *GROUPS) if nodes(cell(found, group))["b0"]["mean"] is not None]
    assert shown == ["all", "staff"], "two groups are hidden, so that their sum tells of neither"


def test_a_coded_benchmark_cannot_be_had_from_its_strand_and_the_other_benchmarks() -> None:
    mine = table(benchmarks=2)
    rows = answers(mine, board=7)
    set_all(rows, "board", 5.0, "b0i0", "b0i1")
    found = nodes(cell(said(mine, rows), "board"))
    assert found["b0"]["coded"] == "95 or more"
    assert found["s"]["mean"] is not None
    assert found["b1"]["mean"] is None, "twice the strand less this would be the coded one"
    assert found["b1"]["withheld"]["mean"] == TELLS


def test_from_ten_on_a_mean_at_an_end_is_shown_as_it_is() -> None:
    mine = table()
    rows = answers(mine, board=10)
    set_all(rows, "board", 5.0, "b0i0", "b0i1")
    assert nodes(cell(said(mine, rows), "board"))["b0"]["mean"] == 100


def follow_up(board: int, low: int) -> dict[str, Any]:
    """What is told of an item asked only of those who disagree, when `low` of a board do."""
    mine = table(benchmarks=1)
    made.items_of(mine)[1]["show_if"] = "b0i0 <= 2"
    rows = answers(mine, board=board)
    for number, row in enumerate(rows):
        row.answers["b0i0"] = 1.0 if number < low else 4.0  # type: ignore[index]  # made rows hold a dict
    return items(cell(said(mine, rows), "board"))["b0i1"]


def test_how_many_were_asked_a_follow_up_is_not_told_where_it_would_tell_answers() -> None:
    for low in range(8):
        item = follow_up(7, low)
        assert item["n"] is None, "or else it is known how many disagreed"
        assert item["missing"] is None
        assert set(item["withheld"].values()) == {"who is asked depends on answers that fewer than 10 gave"}
    assert follow_up(12, 3)["n"] == 3, "the answers that decide can be shown themselves here"


def test_a_benchmark_of_follow_ups_alone_is_not_told_either() -> None:
    mine = table(benchmarks=2)
    for item in made.items_of(mine)[2:]:
        item["show_if"] = "b0i0 <= 2"
    rows = answers(mine, board=6)
    set_all(rows, "board", 1.0, "b0i0")
    found = nodes(cell(said(mine, rows), "board"))["b1"]
    assert {key: found[key] for key in ("n", *TOLD) if found.get(key) is not None} == {}, "all six disagreed"


def test_who_could_not_answer_is_not_told_of_few() -> None:
    mine = table(items=3)
    rows = answers(mine, board=9, staff=14)
    set_all(rows, "board", "dont_know", "b0i0")
    found = said(mine, rows)
    assert items(cell(found, "board"))["b0i0"]["missing"] is None
    told = [group for group in ("all", "staff") if items(cell(found, group))["b0i0"]["missing"] is not None]
    assert told == ["all"], "else all less staff would be the board"


def test_nothing_is_withheld_for_who_holds_the_rows_and_it_says_so() -> None:
    mine = table()
    found = said(mine, answers(mine, board=1, staff=2, external=3), min_group=1)
    assert found["release"] == "not for release"
    assert found["rounds"][0]["left_out"] == []
    assert all(value is None for key, value in everything(found) if key in ("withheld", "coded"))
    assert cell(found, "all")["n"] == 6
    assert nodes(cell(found, "board"))["s"]["mean"] is not None


@pytest.mark.parametrize("min_group", [-1, 0, 2])
def test_no_threshold_is_below_three_but_one_for_none(min_group: int) -> None:
    with pytest.raises(UsageError, match="3 or more, or 1"):
        rules(min_group)


def test_a_higher_threshold_holds_for_details_too() -> None:
    mine = table()
    found = said(mine, answers(mine, board=11), min_group=12)
    assert found["rounds"][0]["left_out"] == ["board"]
    assert cell(found, "all")["n"] == 0
    assert rules(12).min_detail == 12
    assert (rules(3).min_group, rules(3).min_detail) == (3, 10)


def test_what_is_released_says_how_far_it_is_protected() -> None:
    mine = table()
    words = said(mine, answers(mine, board=9))["release"]
    protection = "nothing below 5 answers, no spread in numbers and nothing by item below 10"
    assert words == f"protected within this run only: {protection}"


def test_rounds_of_a_common_size_still_show_most_of_the_picture() -> None:
    """The shipped questionnaire, a board of 9, a staff of 14 and four external partners, a tenth of answers missing."""
    questionnaire = tomli.loads(SHIPPED.read_text(encoding="utf-8"))
    made_of = build(questionnaire)
    random = Random(14)
    rows = []
    for group, size in zip(GROUPS, (9, 14, 4), strict=True):
        for _ in range(size):
            given = {
                item.id: random.choice(made.MISSING)
                if random.random() < 0.1
                else on_scale(made_of, item, random.choice((2, 3, 4, 4, 5)))
                for item in asked_items(made_of, group, "full", {})
                if item.kind == "choice"
            }
            rows.append(made.Row(group, given))
    results = score(made.answers(made_of, rows))
    found = document(made.edition(questionnaire), release({"1": results}, rules(5)))
    for group in ("all", "board", "staff"):
        there = [node for node in nodes(cell(found, group)).values() if node["n"]]
        shown = [node for node in there if node["mean"] is not None]
        assert len(shown) >= 0.9 * len(there), group
    there = [item for item in items(cell(found, "all")).values() if item["n"]]
    assert len([item for item in there if item["counts"]]) >= 0.8 * len(there)
