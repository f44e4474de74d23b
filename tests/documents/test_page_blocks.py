"""Blocks as the page in a browser gets them."""

from dataclasses import replace

import pytest

from selfassess.documents.blocks import ScoreChart, ScoreRow
from selfassess.documents.page_blocks import page_blocks

SCORED = ScoreRow(
    level="strand",
    title="Telling people",
    n="",
    score="38",
    words="38",
    share=0.38,
    target=0.75,
    aim="75",
    gap="",
    likely=None,
    possible=None,
    ranges=("", ""),
    band="Act now",
    views="",
    about="37 short of 75",
)
NONE = replace(SCORED, score="–", words="too few answered", share=None, band="", about="too few answered")


@pytest.mark.parametrize(
    ("row", "said"), [(SCORED, ("38, Act now", "37 short of 75")), (NONE, ("too few answered", ""))]
)
def test_a_score_and_why_there_is_none_are_said_once(row: ScoreRow, said: tuple[str, str]) -> None:
    ((drawn,),) = (block["rows"] for block in page_blocks([ScoreChart((row,))]))
    assert (drawn["words"], drawn["about"]) == said
