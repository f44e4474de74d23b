"""How many examples a property is tried on: so few that the suite gets run, and many more to look further."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, example, settings

One = TypeVar("One")

USUAL = 25
"""How many examples there are by default in the profile of an ordinary run; where there are more, it looks further."""
OF = 100
"""How many of them the numbers that tests give are meant for."""
SHARE = 250
"""An ordinary run tries one in so many of the examples of an attack."""


def examples(number: int) -> settings:
    """So many examples where a profile has OF of them by default, and as many more or fewer as it has."""
    return _settings(round(number * settings().max_examples / OF))


def attack(number: int) -> Callable[[Any], Any]:
    """Marks a long search for what must not be found: among so many examples where attacks are run by themselves, and
    among one in SHARE of them in an ordinary run."""
    further = settings().max_examples > USUAL
    return lambda test: pytest.mark.attack(_settings(number if further else max(number // SHARE, 1))(test))


def some_of(cases: Sequence[One], few: int) -> Sequence[One]:
    """All of these cases where attacks are run by themselves, and the first few in an ordinary run."""
    return cases if settings().max_examples > USUAL else cases[:few]


def once_found(value: object) -> Callable[[Any], Any]:
    """An example in which an attack found something once. It is tried wherever attacks are run by themselves."""
    return example(value) if settings().max_examples > USUAL else lambda test: test


def _settings(number: int) -> settings:
    slow = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    return settings(max_examples=number, deadline=None, suppress_health_check=slow)
