"""A series of steps that a person can go through forwards and back."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Ask:
    """A step that asks something."""

    ask: Callable[[], Awaitable[bool]]
    """Asks, and returns whether to go on; False to go back to the step before."""
    applies: Callable[[], bool] = lambda: True
    """Whether there is anything to ask, given the answers so far."""


async def walk(steps: Sequence[Ask], first: int = 0) -> bool:
    """Ask step by step, those that apply. False if the person goes back before the very first. `first` is where to
    begin, once all were asked before."""
    at, by = first, 1
    while 0 <= at < len(steps):
        if steps[at].applies():
            by = 1 if await steps[at].ask() else -1
        at += by
    return at > 0
