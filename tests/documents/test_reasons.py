"""Reasons that documents recognise are those that are given."""

from selfassess.disclosure import thresholds
from selfassess.documents.round.finding_wording import DISCLOSES


def test_what_would_be_disclosed_is_recognised() -> None:
    assert thresholds.DISCLOSES.words == DISCLOSES
