"""Ends, edges and targets are compared as people write them: in decimals."""

from decimal import Decimal
from random import Random
from typing import Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from selfassess.definition.loader import problems
from selfassess.definition.tables import build
from selfassess.definition.toml_source import parse
from selfassess.disclosure.release import own
from selfassess.model.questionnaire import Band
from selfassess.model.score_tree import POINTS, band, decimals, nodes, shown, shown_from, span
from selfassess.scoring.scores import score
from tests.examples import examples
from tests.scoring import made

Table = dict[str, Any]
SEEDS = st.integers(0, 2**32)


def tenths(random: Random, low: int, high: int) -> Decimal:
    return Decimal(random.randint(low, high)) / 10


class Made:
    """A questionnaire of tenths, with edges and targets at the very ends of every score, added up as on paper."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.scales: dict[str, list[Decimal]] = {}
        for name in ("one", "two"):
            values: set[Decimal] = set()
            while len(values) < random.randint(2, 6):
                values.add(tenths(random, -20, 50))
            self.scales[name] = sorted(values)
        self.items = 0
        strands = [self.strand(number) for number in range(random.randint(1, 3))]
        self.table: Table = {
            "format": 1, "id": "tenths", "version": "1", "title": "Tenths",
            "scales": {
                name: {"points": [{"value": float(value), "label": f"It is {value}"} for value in values]}
                for name, values in self.scales.items()
            },
            "overall": {"method": "none"},
            "strands": strands,
        }  # fmt: skip  # in few lines

    def strand(self, number: int) -> Table:
        parts = [self.benchmark(f"s{number}b{at}") for at in range(self.random.randint(1, 3))]
        tables, ends, weights = ([part[at] for part in parts] for at in range(3))
        strand = {"id": f"s{number}", "title": f"Strand {number}", "from": "benchmarks", "benchmarks": tables}
        return self.node(strand, ends, weights, "sum")[0]

    def benchmark(self, id: str) -> tuple[Table, tuple[Decimal, Decimal], Decimal]:
        method = self.random.choice(["sum", "sum", "mean", "min"])
        scales = list(self.scales) if method == "sum" else [self.random.choice(list(self.scales))]
        items, ends, weights = [], [], []
        for _ in range(self.random.randint(1, 5)):
            self.items += 1
            name, weight = self.random.choice(scales), tenths(self.random, 1, 30)
            items.append(
                {"id": f"i{self.items}", "text": f"It is {self.items}.", "scale": name, "weight": float(weight)}
            )
            ends.append((self.scales[name][0], self.scales[name][-1]))
            weights.append(weight)
        weight = tenths(self.random, 1, 30)
        table = {"id": id, "title": f"Benchmark {id}", "weight": float(weight), "items": items}
        node, ends_of_it = self.node(table, ends, weights, method)
        return node, ends_of_it, weight

    def node(
        self, table: Table, ends: list[tuple[Decimal, Decimal]], weights: list[Decimal], method: str
    ) -> tuple[Table, tuple[Decimal, Decimal]]:
        low, high = ends[0]
        if method == "sum":
            low, high = (sum(w * end[at] for w, end in zip(weights, ends, strict=True)) for at in (0, 1))
        middle = (low + high) / 2
        edges = [(low, "Low"), (middle, "Middle"), (high, "Top")]
        more = {
            "method": method, "units": "own", "decimals": 6, "target": float(high),
            "bands": [{"from": float(edge), "title": title} for edge, title in edges],
        }  # fmt: skip  # in few lines
        return {**table, **more}, (low, high)


@examples(150)
@given(SEEDS)
def test_edges_and_targets_at_the_very_ends_of_sums_of_tenths_are_never_refused(seed: int) -> None:
    refused(Random(seed))


def refused(random: Random) -> None:
    table = Made(random).table
    found = problems(parse("tenths.toml", tomli_w.dumps(table).encode()))
    assert [str(one) for one in found if one.severity == "error" or one.code == "too-few-decimals"] == []


@examples(30)
@given(SEEDS)
def test_who_says_the_least_of_all_is_in_the_first_band_and_who_says_the_most_in_the_top_one_on_target(
    seed: int,
) -> None:
    of_tenths = Made(Random(seed))
    questionnaire = build(of_tenths.table)
    for at, title in ((0, "Low"), (-1, "Top")):
        answers = {
            item["id"]: float(of_tenths.scales[item["scale"]][at]) for item in made.items_of(settled(of_tenths.table))
        }
        results = score(made.answers(questionnaire, [made.Row(None, answers)]))
        cell = own(results).rounds[0].all
        for id, node in nodes(questionnaire).items():
            if id == "overall":
                continue
            figure, ends = cell.figure(id), span(questionnaire, node)
            assert figure.shown == (ends.highest if at else ends.lowest)
            assert figure.band == title
            assert figure.gap == (0 if at else pytest.approx(ends.highest - ends.lowest))


def settled(table: Table) -> Table:
    """The table with the keys that the helpers for made-up answers look at."""
    for strand in table["strands"]:
        strand.setdefault("items", [])
        strand.setdefault("skills", [])
    return table


@pytest.mark.parametrize(
    ("weights", "ends"),
    [((0.1, 0.7), (0.8, 2.4)), ((0.7, 0.7), (1.4, 4.2)), ((0.1,) * 10, (1, 3)), ((1.1, 2.2), (3.3, 9.9))],
)
def test_a_sum_runs_between_what_its_weights_come_to_on_paper(
    weights: tuple[float, ...], ends: tuple[float, float]
) -> None:
    found = span(of_weights(*weights), of_weights(*weights).strands[0])
    assert (found.lowest, found.highest) == ends


def of_weights(*weights: float, **more: Any) -> Any:
    items = [{"id": f"i{at}", "text": f"It is {at}.", "weight": weight} for at, weight in enumerate(weights)]
    points = [{"value": value, "label": f"It is {value}"} for value in (1, 2, 3)]
    return build(
        {
            "format": 1, "id": "q", "version": "1", "title": "Q", "scales": {"x": {"points": points}},
            "strands": [{"id": "s", "title": "S", "method": "sum", "units": "own", "items": items, **more}],
        }
    )  # fmt: skip  # in few lines


LOW_HIGH = (Band(from_=1.4, title="Low"), Band(from_=3, title="High"))


def test_a_score_that_is_shown_below_the_lowest_edge_is_in_the_first_band() -> None:
    questionnaire = of_weights(0.7, 0.7, bands=[{"from": 1.4, "title": "Low"}, {"from": 3, "title": "High"}])
    results = score(made.answers(questionnaire, [made.Row(None, {"i0": 1, "i1": 1})]))
    figure = own(results).rounds[0].all.figure("s")
    assert (figure.shown, figure.band) == (1, "Low")


@given(st.integers(0, 6), st.floats(-100, 1000))
def test_a_shown_score_always_has_a_band_where_there_are_any(places: int, score_: float) -> None:
    found = band(LOW_HIGH, shown(score_, places))
    assert found is not None
    assert found.title == ("High" if shown(score_, places) >= 3 else "Low")
    assert band((), score_) is None


@pytest.mark.parametrize(
    ("value", "places", "lowest"),
    [(1.4, 0, 2), (1.4, 1, 1.4), (2, 0, 2), (-1.5, 0, -1), (1.23, 1, 1.3)],
)
def test_the_lowest_that_can_be_shown_and_is_not_below(value: float, places: int, lowest: float) -> None:
    assert shown_from(value, places) == lowest


def test_points_are_shown_whole() -> None:
    assert decimals(of_weights(1).overall) == 0
    assert (POINTS.lowest, POINTS.highest) == (0, 100)
