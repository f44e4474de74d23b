"""docs/privacy.md has every reason that a report can give, and the numbers of the program."""

import re
from pathlib import Path
from random import Random

import pytest

from selfassess.definition.tables import build
from selfassess.disclosure.release import FLOOR, release, rules
from selfassess.model.round import FEW, NEAR_THE_END
from selfassess.scoring.scores import score
from tests.disclosure.test_privacy_attack import made_people
from tests.examples import some_of
from tests.scoring import made

pytestmark = pytest.mark.slow

DOCUMENT = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text(encoding="utf-8")


@pytest.mark.attack
def test_every_reason_that_can_be_given_is_in_the_document_and_no_other() -> None:
    found = set()
    for seed in some_of(range(60), 12):
        table, rows = made_people(Random(seed))
        summary = release({"1": score(made.answers(build(table), rows))}, rules(5))
        (one,) = summary.rounds
        for cell in (one.all, *one.groups):
            figures = [
                *([cell.overall] if cell.overall else []),
                *(f for strand in cell.strands for f in strand.walk()),
            ]
            reasons = {reason for figure in figures for reason in figure.withheld.values()}
            found |= {re.sub(r"coded: \d+ or (more|less)", "coded: 95 or more", reason) for reason in reasons}
    table_of_reasons = DOCUMENT.split("| reason |")[1].split("\n\n")[0].splitlines()[2:]
    assert found == {line.split("|")[1].strip() for line in table_of_reasons}


def test_its_numbers_are_those_of_the_program() -> None:
    usual = rules(5)
    assert f"| fewer than {usual.min_group} | how many answered" in DOCUMENT
    assert f"| {usual.min_detail} and more |" in DOCUMENT
    assert f"from {FLOOR} up" in DOCUMENT
    assert (FEW, "fewer than ten\npeople" in DOCUMENT) == (10, True)
    assert f"within {NEAR_THE_END} points" in DOCUMENT
