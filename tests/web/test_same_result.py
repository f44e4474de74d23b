"""The page in the room draws the very words of a person's own result that the terminal shows."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from selfassess.documents import personal
from selfassess.documents.blocks import Document, Section
from selfassess.documents.page_blocks import page_blocks
from selfassess.documents.personal_dashboard import at_a_glance
from selfassess.documents.render_rich import page, to_text
from selfassess.model.reports import OwnReport
from selfassess.model.sheet import Sheet
from selfassess.services.reports import own_report
from tests.services.made_skills import skills

NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="needs Node, which runs the page's modules without a browser")


@pytest.mark.parametrize(
    ("usual", "low", "to_offer", "to_practise"),
    [("4", {"facil_stuck": "0", "tech_open": "1"}, 3, 2), ("4", {}, 3, 0), ("2", {}, 0, 2)],
    ids=["some of each", "nothing to practise", "nothing to offer"],
)
def test_the_page_has_the_stock_take_of_the_terminal(
    usual: str, low: dict[str, str], to_offer: int, to_practise: int
) -> None:
    answers = "".join("-" if item.is_in_words else low.get(item.id, usual) for item in skills().questionnaire.items)
    mine = own_report(skills(), Sheet(questionnaire="", group="staff", form="full", answers=answers))
    assert mine.stock is not None
    assert (len(mine.stock.to_offer), len(mine.stock.to_practise)) == (to_offer, to_practise)
    said = [" ".join(words(one)) for one in by_the_page(mine) if one["tag"] != "div"]
    start = said.index(personal.TO_OFFER)
    stock = said[start : next(at for at, one in enumerate(said) if one.startswith("Everything"))]
    assert stock[0] == personal.TO_OFFER
    assert personal.TO_PRACTISE in stock
    told = [line.removeprefix("- ") for line in at_the_terminal(mine)]
    assert " ".join(" ".join(stock).split()) == " ".join(told)


def by_the_page(report: OwnReport) -> list[Any]:
    """The elements that the page draws."""
    assert NODE
    script = Path(__file__).with_name("result.mjs")
    given = json.dumps(page_blocks(at_a_glance(report)))
    done = subprocess.run(
        [NODE, str(script)], input=given, capture_output=True, text=True, encoding="utf-8", check=True
    )
    found: list[Any] = json.loads(done.stdout)
    return found


def words(element: Any) -> Iterator[str]:
    """What an element says, from its first word to its last."""
    if isinstance(element, str):
        yield element.strip()
        return
    for child in element["children"]:
        yield from words(child)


def at_the_terminal(report: OwnReport) -> Iterator[str]:
    """The lines of the same stock-take, as the terminal shows it, in a window wide enough for each of them."""
    section = Section("stock", "", tuple(personal.stock(report)))
    text = to_text(page(Document(title="", sections=(section,))), 500)
    yield from (line.strip() for line in text.splitlines() if line.strip())
