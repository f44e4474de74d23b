"""How many examples a property is tried on: so few that the suite gets run, and ten times as many to look further."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

USUAL = 100
"""How many examples there are by default in the profile of an ordinary run; where there are more, it looks further."""
SHARE = 20
"""An ordinary run tries one in so many of the examples of an attack."""


def examples(number: int) -> settings:
    """So many examples in an ordinary run, and more in as far as a profile has more by default."""
    return _settings(round(number * settings().max_examples / USUAL))


def attack(number: int) -> Callable[[Any], Any]:
    """Marks a long search for what must not be found: among so many examples where attacks are run by themselves, and
    among every twentieth in an ordinary run."""
    further = settings().max_examples > USUAL
    return lambda test: pytest.mark.attack(_settings(number if further else number // SHARE)(test))


def _settings(number: int) -> settings:
    slow = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    return settings(max_examples=number, deadline=None, suppress_health_check=slow)
