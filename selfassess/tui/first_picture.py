"""A first picture that says what is being worked out, for what takes longer than a start should."""

import gc
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from selfassess.tui.session import Session

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class WorkedOut(Generic[T]):
    """Begins with a picture that says what is being worked out, and goes on with what came of it."""

    words: str
    work: Callable[[], T]
    """SelfAssessError from here ends the program."""
    go_on: Callable[[Session, T], Awaitable[None]]

    def __call__(self, session: Session) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            gc.disable()  # what is made now is shown: the app turns it on again once that is drawn
            session.be_patient()
            found = await session.work_out(self.words, self.work)
            session.be_quick()
            await self.go_on(session, found)

        return run
