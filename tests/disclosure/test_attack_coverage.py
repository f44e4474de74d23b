"""Nothing follows from a stock-take of skills that does not follow from the rest of the report it stands in."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random

import numpy as np
from hypothesis import given

from selfassess.model.coverage import VERDICTS
from selfassess.scoring.answers import Answers
from tests.disclosure.attack_coverage import untold
from tests.disclosure.made_rounds import MadeRound
from tests.disclosure.printed_rounds import printed
from tests.disclosure.skilled_rounds import skilled_round
from tests.examples import attack
from tests.scoring import made


@attack(3000)
@given(made.SEEDS)
def test_a_stock_take_follows_from_what_is_printed_beside_it(random: Random) -> None:
    one = skilled_round(random)
    document = printed(one)
    if document is not None:
        assert untold(document, one.table) == []


@attack(2000)
@given(made.SEEDS)
def test_it_is_the_same_whoever_of_a_group_gave_which_answer(random: Random) -> None:
    """Each item's answers are dealt out anew among those of a group who answered it: so no sheet is in it."""
    one = skilled_round(random, conditions=False, methods=("mean",))
    assert taken(one) == taken(replace(one, answers=dealt_anew(random, one)))


def taken(one: MadeRound) -> object:
    report, _ = one.report()
    return report and report.stock


def dealt_anew(random: Random, one: MadeRound) -> Answers:
    codes, groups = one.answers.codes.copy(), np.array(one.group_of)
    for row, item in enumerate(one.edition.questionnaire.items):
        if item.has_figures:
            scale = one.edition.questionnaire.scale_of(item)
            points = [ord(scale.code(value)) for value in scale.values if value not in item.not_applicable_values]
            for group in {*one.group_of}:
                there = np.flatnonzero((groups == group) & np.isin(codes[row], points))
                codes[row, there] = random.sample(codes[row, there].tolist(), len(there))
    return replace(one.answers, codes=codes)


# That the attack is one


def found_where(change: Callable[[made.Table, made.Table], bool], seeds: int = 60) -> list[str]:
    """What is found in the first report that could be changed: the cells of its stock-take, one by one, and what the
    report says of the skill there."""
    for seed in range(seeds):
        one = skilled_round(Random(seed))
        document = printed(one)
        for skill in (document and document["stock_take"]) or ():
            for cell in skill["cells"]:
                if document is not None and change(document, cell):
                    return untold(document, one.table)
    raise AssertionError("there is no such report")


def test_it_finds_a_verdict_on_what_is_withheld() -> None:
    def tell(_document: made.Table, cell: made.Table) -> bool:
        is_untold = cell["verdict"] is None and (cell["why_none"] or "").startswith("fewer")
        cell["verdict"] = "short" if is_untold else cell["verdict"]
        return is_untold

    assert [one.split(": ")[1] for one in found_where(tell)] == ["verdict is short, and None follows"]


def test_it_finds_which_of_both_short_is_where_few_answered() -> None:
    def tell(_document: made.Table, cell: made.Table) -> bool:
        is_short = cell["verdict"] == "short"
        cell["verdict"] = "missing" if is_short else cell["verdict"]
        return is_short

    assert [one.split(": ")[1] for one in found_where(tell)] == ["verdict is missing, and short follows"]


def test_it_finds_numbers_that_are_told_of_few() -> None:
    def tell(_document: made.Table, cell: made.Table) -> bool:
        is_in_words = cell["verdict"] is not None and cell["reliably"] is None
        cell["reliably"] = 9 if is_in_words else cell["reliably"]
        return is_in_words

    assert [one.split(": ")[1] for one in found_where(tell)] == ["reliably is 9, and None follows"]


EVERY_KIND = {
    *(("verdict", verdict) for verdict in (None, *VERDICTS)),
    *(("covered, in words", in_words) for in_words in (True, False)),
    *(("high", high) for high in (None, True, False)),
    *(("differ", differ) for differ in (None, True, False)),
    ("coded", True),
    ("nothing told", True),
}
"""Verdicts in words and in numbers, scores and codes in their place, nothing at all; skills and partnership."""


def kinds(skill: made.Table) -> Iterator[tuple[str, object]]:
    """Of which kinds what is told of a skill is."""
    yield "differ", skill["views"] and skill["views"]["differ"]
    for cell in skill["cells"]:
        yield "verdict", cell["verdict"]
        yield "high", cell["high"]
        if cell["verdict"] == "covered":
            yield "covered, in words", cell["reliably"] is None
        if cell["coded"]:
            yield "coded", True
        elif cell["verdict"] is None and cell["score"] is None:
            yield "nothing told", True


def test_rounds_are_of_every_kind() -> None:
    found: set[tuple[str, object]] = set()
    for seed in (0, 1, 3, 6, 12, 37):
        document = printed(skilled_round(Random(seed)))
        for skill in (document and document["stock_take"]) or ():
            found.update(kinds(skill))
    assert found == EVERY_KIND
