"""What follows about one person from how far apart people are, and not from means and counts."""

from collections.abc import Iterator
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from selfassess.definition.tables import build
from selfassess.model.round import Rules, Thresholds
from selfassess.model.score_tree import shown
from selfassess.scoring.intervals import spread
from tests.disclosure.attack_spreads import told
from tests.disclosure.made_rounds import MadeRound, closed
from tests.disclosure.printed_rounds import SMALL, known, printed, shipped_round
from tests.examples import attack, some_of
from tests.scoring import made

SCALES = ("yes", "four", "agree")


def found(one: MadeRound, document: dict[str, Any] | None = None) -> list[str]:
    """What the report of a round tells of single people by how far apart they are."""
    document = document or printed(one)
    if document is None:
        return []
    return [str(one) for one in told(document, one.edition.questionnaire, known(one), shares=one.results.shares)]


def table(items: list[made.Table], groups: list[str], above: str = "items") -> made.Table:
    """A strand of a benchmark of two or three items, and of one with the others."""
    cut = 2 if len(items) > 3 else len(items)
    benchmarks = [
        {"id": f"b{number}", "title": "Benchmark", "method": "mean", "items": some}
        for number, some in enumerate((items[:cut], items[cut:])) if some
    ]  # fmt: skip  # one rule
    scales = {
        name: {"points": [{"value": value, "label": str(value)} for value in made.SCALES[name]]} for name in SCALES
    }
    strand = {"id": "strand", "title": "Strand", "method": "mean", "from": above, "benchmarks": benchmarks}
    return {
        "format": 1, "id": "spread", "version": "1", "title": "Spread", "scale": items[0]["scale"],
        "groups": [{"id": id, "title": id.title()} for id in groups], "strands": [strand],
        "scales": {name: own for name, own in scales.items() if name in {item["scale"] for item in items}},
        "overall": {"method": "mean", "from": "items"},
    }  # fmt: skip  # a table


def item(number: int, scale: str) -> made.Table:
    return {"id": f"i{number}", "kind": "choice", "text": "Something to say.", "scale": scale}


def few_items(random: Random) -> MadeRound:
    """Ten to twelve people, and in some rounds three to ten others, who answer two to five items with few points, left
    open here and there. Many are of one mind."""
    scales = random.choice((("yes",), ("four",), ("agree",), ("yes", "four")))
    items = [item(number, random.choice(scales)) for number in range(random.randint(2, 5 if scales == ("yes",) else 3))]
    groups = random.choice((["board"], ["board", "staff"], ["board", "staff"]))
    sizes = {group: random.choice((3, 4, 5, 7, 10, 10)) if group == "staff" else random.choice((10, 11, 12))
             for group in groups}  # fmt: skip  # one for each
    blanks, rows = random.choice((0, 0.03, 0.06, 0.15)), []
    for group in groups:
        mind = {one["id"]: random.choice(made.SCALES[one["scale"]]) for one in items}
        alike = random.choice((0.5, 0.8, 0.95))
        for _ in range(sizes[group]):
            given: dict[str, object] = {}
            for one in items:
                own = mind[one["id"]] if random.random() < alike else random.choice(made.SCALES[one["scale"]])
                given[one["id"]] = "skipped" if random.random() < blanks else own
            rows.append(made.Row(group, given))
    rules = Rules(thresholds=Thresholds(random.choice((3, 4, 5)), 10), small_groups=random.choice(SMALL))
    mine = table(items, groups, random.choice(("items", "benchmarks")))
    return closed(mine, sizes, rules, made.answers(build(mine), rows), random)


def many_of_one_mind(random: Random) -> MadeRound:
    """A hundred people and more who answer two or three items alike, but for a few."""
    scales = random.choice((("yes",), ("four",), ("agree",)))
    items = [item(number, scales[0]) for number in range(random.randint(2, 3 if scales == ("yes",) else 2))]
    mind = {one["id"]: random.choice((made.SCALES[scales[0]][0], made.SCALES[scales[0]][-1])) for one in items}
    people, odd = random.choice((100, 110, 130)), random.choice((1, 2, 3, 5, 8, 15))
    rows = []
    for number in range(people):
        given: dict[str, object] = dict(mind)
        if number < odd:
            given |= {id: random.choice(made.SCALES[scales[0]]) for id in mind if random.random() < 0.7}
        if random.random() < (0.3 if number < odd else 0.02):
            given[random.choice(items)["id"]] = "skipped"
        rows.append(made.Row("board", given))
    rules = Rules(thresholds=Thresholds(5, 10), small_groups="leave_out")
    mine = table(items, ["board"])
    return closed(mine, {"board": people}, rules, made.answers(build(mine), rows), random)


def one_left_open(people: int = 12) -> MadeRound:
    """They are all at the top but for the lowest answer of the one who left the second item open."""
    mine = table([item(0, "agree"), item(1, "agree")], ["board"])
    rows = [made.Row("board", {"i0": 5, "i1": 5}) for _ in range(people - 1)]
    rows.append(made.Row("board", {"i0": 1, "i1": "skipped"}))
    rules = Rules(thresholds=Thresholds(5, 10), small_groups="leave_out")
    return closed(mine, {"board": people}, rules, made.answers(build(mine), rows), Random(0))


def test_it_finds_who_gave_the_one_low_answer_by_a_standard_deviation_or_the_word_for_it() -> None:
    one = one_left_open()
    document = printed(one)
    assert document is not None
    for figures in _nodes(document):
        assert (figures["sd"], figures["spread"]) == (None, None), "neither is published"
        figures |= {"sd": 29.0, "spread": "wide"}
    told = "answer to i0 of 1 of board who answered i0: 0.0 to 0.0, and 100.0 wide by means and counts"
    assert told in found(one, document)
    for figures in _nodes(document):
        figures["sd"] = None
    assert any(line.startswith("answer to i0 of 1 of board") for line in found(one, document)), "by the word alone"
    for figures in _nodes(document):
        figures["spread"] = None
    assert found(one, document) == []


def _nodes(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    return (figures for _, figures in _cells(document))


def _cells(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every figure of a node, with its cell."""
    (round,) = document["rounds"]
    for id, cell in (("all", round["all"]), *((one["id"], one) for one in round["groups"])):
        if cell["overall"]:
            yield id, cell["overall"]
        for strand in cell["strands"]:
            yield from ((id, figures) for figures in (strand, *strand["benchmarks"]))


@attack(40)
@given(made.SEEDS)
def test_of_a_dozen_people_it_finds_nothing(random: Random) -> None:
    assert found(few_items(random)) == []


@pytest.mark.parametrize("people", [12, 120, 600])
def test_however_many_there_are_one_of_them_is_not_told_by_a_standard_deviation(people: int) -> None:
    document = printed(one_left_open(people))
    assert document is not None
    assert {figures["sd"] for figures in _nodes(document)} == {None}


@attack(100)
@given(made.SEEDS)
def test_of_many_who_are_of_one_mind_it_finds_nothing(random: Random) -> None:
    assert found(many_of_one_mind(random)) == []


@attack(40)
@given(made.SEEDS)
def test_what_it_finds_where_every_spread_is_told_is_so(random: Random) -> None:
    one = few_items(random)
    document = printed(one)
    if document is None:
        return
    shares = one.results.shares
    everything = with_every_spread(one, document)
    for each in told(everything, one.edition.questionnaire, known(one), shares=shares):
        for person in each.people:
            assert each.low - 1e-6 <= shares[each.id][person] <= each.high + 1e-6, str(each)


def with_every_spread(one: MadeRound, document: dict[str, Any]) -> dict[str, Any]:
    """The document as it would be with all standard deviations, and the words for them."""
    for cell, figures in _cells(document):
        inside = np.array([group in one.groups_in(cell) for group in one.group_of])
        id = figures.get("id", "overall")
        shares = one.results.shares[id][inside]
        shares = shares[~np.isnan(shares)]
        if figures["mean"] is not None and len(shares) > 1:
            deviation = round(float(100 * shares.std(ddof=1)), 10)
            figures |= {"sd": shown(deviation, 0), "spread": spread(deviation)}
    return document


@pytest.mark.attack
def test_of_usual_rounds_of_the_shipped_questionnaire_it_finds_nothing() -> None:
    for seed in some_of((1, 2, 4, 5, 6, 8, 10), 0):
        assert found(shipped_round(Random(seed))) == [], seed
