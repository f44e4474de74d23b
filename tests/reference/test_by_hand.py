"""Every number is the one that a slow program, written apart from the rules, works out in exact fractions."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.definition.tables import build
from selfassess.scoring.scores import score
from tests.examples import examples
from tests.reference.by_hand import Person, Score, exact, means
from tests.scoring import made

pytestmark = pytest.mark.slow


@examples(100)
@given(st.data(), st.booleans())
def test_each_persons_scores_are_those_worked_out_by_hand(data: st.DataObject, short: bool) -> None:
    table = data.draw(made.tables())
    people = data.draw(made.rows(table))
    results = score(made.answers(build(table), people, short=short))
    for position, row in enumerate(people):
        for id, expected in Person(table, row.group, row.answers, short).scores().items():
            share = float(results.shares[id][position])
            if expected is None:
                assert math.isnan(share), id
            else:
                assert share == pytest.approx(float(expected.share), abs=1e-9), id


@examples(40)
@given(st.data(), st.booleans())
def test_the_document_of_a_csv_file_says_what_is_worked_out_by_hand(
    tmp_path: Path, data: st.DataObject, short: bool
) -> None:
    table = data.draw(made.tables())
    rows = data.draw(made.rows(table, most=8))
    (tmp_path / "rows.csv").write_text(made.to_csv(rows), encoding="utf-8")
    (said,) = made.scored(table, tmp_path / "rows.csv", short=short)["rounds"]
    people = [Person(table, row.group, row.answers, short) for row in rows]
    scores = {id(person): person.scores() for person in people}
    assert [group["id"] for group in said["groups"]] == [group["id"] for group in table["groups"]]
    for cell, members in [(said["all"], people), *((one, _of(people, one["id"])) for one in said["groups"])]:
        assert cell["n"] == len(members)
        of_all_answers = means(members)
        for name, figure in _figures(cell):
            _hold_figure(table, figure, [scores[id(person)][name] for person in members], of_all_answers.get(name))
            if "counts" in figure:
                _hold_item(figure, [person.answers[name] for person in members])


def _of(people: Sequence[Person], group: str) -> list[Person]:
    return [person for person in people if person.group == group]


def _figures(cell: Any) -> Iterator[tuple[str, Any]]:
    if cell["overall"]:
        yield "overall", cell["overall"]
    for strand in cell["strands"]:
        for holder in (strand, *strand["benchmarks"]):
            yield holder["id"], holder
            yield from ((item["id"], item) for item in holder["items"])


def _hold_figure(table: made.Table, figure: Any, scores: Sequence[Score | None], mean: Score | None) -> None:
    there = [score for score in scores if score is not None]
    assert figure["n"] == len(there)
    assert (figure["mean"] is None) == (not there)
    assert (figure["sd"] is None) == (len(there) < 2)
    if there:
        points = [score.points for score in there]
        middle = 100 * _mean([score.share for score in there]) if mean is None else mean.points
        assert figure["mean"] == pytest.approx(float(middle), abs=1e-9)
        if len(there) > 1:
            assert figure["sd"] == pytest.approx(_sd(points), abs=1e-9)
    if there and "units" in figure:
        own = [score.own for score in there if score.own is not None]
        assert (figure["raw_mean"] is None) == (not own)
        assert mean is not None
        if own:
            assert mean.own is not None
            assert figure["raw_mean"] == pytest.approx(float(mean.own), abs=1e-9)
            assert figure["raw_sd"] == (pytest.approx(_sd(own), abs=1e-9) if len(own) > 1 else None)
        in_units = mean.own if figure["units"] == "own" else mean.points
        assert in_units is not None
        assert figure["shown"] == _half_up(in_units, _decimals(table, figure))


def _hold_item(figure: Any, answers: Sequence[Any]) -> None:
    given_ = [exact(answer) for answer in answers if not isinstance(answer, str)]
    # What is answered in an item is counted as it was answered, reversed or not.
    assert {value: n for value, n in figure["counts"].items() if n} == Counter(f"{float(one):g}" for one in given_)
    assert {kind: n for kind, n in figure["missing"].items() if n} == Counter(
        one for one in answers if isinstance(one, str)
    )
    assert sum(figure["counts"].values()) + sum(figure["missing"].values()) == len(answers)
    if given_:
        assert figure["raw_mean"] == pytest.approx(float(_mean(given_)), abs=1e-9)
        assert figure["raw_sd"] == (pytest.approx(_sd(given_), abs=1e-9) if len(given_) > 1 else None)


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _sd(values: Sequence[Fraction]) -> float:
    middle = _mean(values)
    return math.sqrt(sum(((value - middle) ** 2 for value in values), Fraction(0)) / (len(values) - 1))


def _decimals(table: made.Table, figure: Any) -> int:
    nodes = [table["overall"], *(node for strand in table["strands"] for node in _with_middle(strand))]
    node = next(node for node in nodes if node.get("id", "overall") == figure["id"])
    own = 1 if node.get("units") == "own" and node["method"] in ("mean", "min") else 0
    return int(node.get("decimals", own))


def _with_middle(strand: made.Table) -> list[made.Table]:
    return [strand, *strand["benchmarks"], *strand["skills"]]


def _half_up(value: Fraction, places: int) -> float:
    return float(Fraction(math.floor(value * 10**places + Fraction(1, 2)), 10**places))
