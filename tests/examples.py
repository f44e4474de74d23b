"""How many examples a property is tried on: so few that the suite gets run, and ten times as many to look further."""

from hypothesis import HealthCheck, settings

USUAL = 100
"""How many examples there are by default in the profile of an ordinary run."""


def examples(number: int) -> settings:
    """So many examples in an ordinary run, and more in as far as a profile has more by default."""
    slow = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    times = settings().max_examples / USUAL
    return settings(max_examples=round(number * times), deadline=None, suppress_health_check=slow)
