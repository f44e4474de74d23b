"""Waiting for one's turn to write, where many processes want to at once.

Nobody keeps a list of who came first: on every system, and after every kill, there is nothing but the lock of SQLite.
So turns are left to chance, and made fair by two rules. Whoever finds the file busy tries again after pauses of chance
lengths, longer ones the busier it is, so that trying itself takes no time from those who write. And whoever had to wait
for a turn lets others go first before the next one.
"""

import random
import time
from collections.abc import Callable

PATIENCE = 60.0
"""Seconds to wait for another process to finish with the file."""
SOON = 1.5
"""Seconds after which a wait is long enough to say a word of it."""
_FIRST, _LONGEST, _GROWS = 0.004, 0.4, 1.6
"""Seconds that the first pause between two tries lasts at most, those after a long wait, and how they grow."""
_TRIES = 12
"""How many pauses, at least, there is room for in one's patience."""
_COURTESY = 0.3
"""Seconds for which others go first, at most."""


class Turns:
    """The turns of one process at one file."""

    def __init__(self, patience: float, waits: Callable[[], object] | None = None) -> None:
        self.patience = patience
        self.waits = waits
        """Called once each time that a wait gets long."""
        self._free = 0.0
        """When others have been let go first for long enough."""

    def take(self, attempt: Callable[[], bool]) -> bool:
        """Try until an attempt succeeds. False where patience is at an end; what an attempt raises ends it too."""
        start = time.monotonic()
        waits, longest = self.waits, _FIRST
        if start < self._free:
            time.sleep(min(self._free - start, self.patience))
        while not attempt():
            waited = time.monotonic() - start
            if waited >= self.patience:
                return False
            if waits and waited >= SOON:
                waits()
                waits = None
            time.sleep(min(random.uniform(0, longest), self.patience - waited))  # noqa: S311  # no secret
            longest = min(longest * _GROWS, _LONGEST, self.patience / _TRIES)
        now = time.monotonic()
        self._free = now + random.uniform(0, min(now - start, _COURTESY))  # noqa: S311  # likewise
        return True
