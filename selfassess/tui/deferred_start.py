"""Starting with a message on the screen, where the first real screen takes a while to work out."""

import gc
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from selfassess.tui.navigator import Navigator

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class DeferredStart(Generic[T]):
    """Shows the message, works out a value, and goes on with it."""

    message: str
    work: Callable[[], T]
    """A SelfAssessError that it raises ends the program."""
    go_on: Callable[[Navigator, T], Awaitable[None]]

    def __call__(self, navigator: Navigator) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            gc.disable()  # nothing that is made now is garbage; the app enables it once the next screen is drawn
            navigator.be_patient()
            found = await navigator.work_out(self.message, self.work)
            navigator.be_quick()
            await self.go_on(navigator, found)

        return run
