"""Waiting for one's turn to write, where many processes want to at once."""

import random
import time
from collections.abc import Callable

PATIENCE = 60.0
"""Seconds to wait for another process to finish with the file."""
SOON = 1.5
"""Seconds after which a wait is long enough to say a word of it."""
_LONGEST, _SHORTEST = 0.05, 0.002
"""Seconds of a pause between two tries, at most: in the beginning, and after a long wait."""
_OLD = 4.0
"""Seconds of waiting after which one tries as often as one may."""


class Waiting:
    """Tries for a turn, with pauses of chance lengths in between: processes that came together do not stay in step.
    Who has waited longer tries more often, so that nobody waits for ever behind those who come and go."""

    def __init__(self, patience: float, waits: Callable[[], object] | None = None) -> None:
        self._start = time.monotonic()
        self._patience = patience
        self._waits = waits

    def goes_on(self) -> bool:
        """Pause before another try. False where patience is at an end."""
        waited = time.monotonic() - self._start
        if waited >= self._patience:
            return False
        if self._waits and waited >= SOON:
            self._waits()
            self._waits = None
        time.sleep(min(random.uniform(0, longest_pause(waited)), self._patience - waited))  # noqa: S311  # no secret
        return True


def longest_pause(waited: float) -> float:
    """Seconds that a pause lasts at most, after so many seconds of waiting."""
    share = min(waited / _OLD, 1)
    return _LONGEST * (1 - share) + _SHORTEST * share
