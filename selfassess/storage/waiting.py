"""Waiting for one's turn to write, where many processes want to at once.

Nobody keeps a list of who came first: on every system, and after every kill, there is nothing but the lock of SQLite.
So turns are left to chance, and made fair by three rules. Whoever finds the file busy tries again after pauses of
chance lengths, longer ones the busier it is, so that trying itself takes no time from those who write. Whoever has
waited very long tries more often. And whoever had to wait for a turn lets others go first, for about as long, before
the next one.
"""

import math
import random
import time
from collections.abc import Callable

PATIENCE = 60.0
"""Seconds to wait for another process to finish with the file."""
SOON = 1.5
"""Seconds after which a wait is long enough to say a word of it."""
_FIRST, _LONGEST, _GROWS = 0.004, 0.4, 1.6
"""Seconds that the first pause between two tries lasts at most, those after a while, and how they grow."""
_LONG, _OFTEN = 5.0, 0.05
"""Seconds after which one has waited very long, and that a pause lasts at most when patience is nearly at an end."""
_TRIES = 12
"""How many pauses, at least, there is room for in one's patience."""
_NOTHING = 0.001
"""Seconds that are no time to wait."""
_COURTESY = 3.0
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
        if (courtesy := self._free - time.monotonic()) > 0:
            time.sleep(min(courtesy, self.patience))
        start = time.monotonic()
        end, word, tries = start + self.patience, start + SOON, 0
        while not attempt():
            now = time.monotonic()
            if end - now < _NOTHING:
                return False
            if now >= word:
                word = math.inf
                if self.waits:
                    self.waits()
            pause = random.uniform(0, longest_pause(tries, now - start, self.patience))  # noqa: S311  # no secret
            time.sleep(min(pause, end - now))
            tries += 1
        now = time.monotonic()
        self._free = now + random.uniform(0, min(now - start, _COURTESY))  # noqa: S311  # likewise
        return True


def longest_pause(tries: int, waited: float, patience: float) -> float:
    """Seconds that the pause after so many tries lasts at most, where somebody has waited for so long."""
    longest = min(_FIRST * _GROWS ** min(tries, 20), _LONGEST, patience / _TRIES)
    if waited <= _LONG:
        return longest
    share = min((waited - _LONG) / max(patience - _LONG, _NOTHING), 1)
    return longest * (1 - share) + min(longest, _OFTEN) * share
