"""Whatever is killed, whenever: the project opens, nothing that was said to be saved is gone, nothing is there by half,
and nothing lies about after the next start."""

import os

import pytest
from hypothesis import settings

from benchmarks import kills
from tests.examples import USUAL

if not hasattr(os, "fork"):
    pytest.skip("a program is killed in a copy of this process", allow_module_level=True)

FURTHER = settings().max_examples > USUAL
KILLS, OPERATIONS = (420, kills.OPERATIONS) if FURTHER else (7, kills.OPERATIONS[::2])


@pytest.mark.attack
def test_nothing_is_lost_or_left_by_a_kill() -> None:
    """benchmarks/kills.py does it a thousand times."""
    found = list(kills.attack(KILLS, 2026, OPERATIONS, measured=1))
    assert len(found) == KILLS
    assert [one for one in found if one.problems] == []
