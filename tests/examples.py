"""How many examples a property is tried on: so few that the suite gets run, and ten times as many to look further."""

import os

from hypothesis import HealthCheck, settings

WIDE = os.environ.get("HYPOTHESIS_PROFILE") == "wide"


def examples(number: int) -> settings:
    """So many examples; ten times as many with HYPOTHESIS_PROFILE=wide."""
    slow = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    return settings(max_examples=number * (10 if WIDE else 1), deadline=None, suppress_health_check=slow)
