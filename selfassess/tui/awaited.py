"""A way that begins while what it leads through is still worked out."""

import gc
from collections.abc import Callable

from textual.screen import Screen

from selfassess.storage.waiting import PATIENCE
from selfassess.tui.flow import Flow
from selfassess.tui.opening import Opening
from selfassess.tui.stage import Stage


class Awaited(Flow):
    """Says what is worked out, and goes on in the way that is made of it."""

    def __init__(self, opening: Opening, stage: Stage, words: str, make: Callable[[], Flow]) -> None:
        """`make` may raise a SelfAssessError: then the program ends with it."""
        super().__init__(opening, stage)
        self.words = words
        self.make = make

    def first(self) -> Screen[None]:
        from selfassess.tui.screens.waiting import Waiting

        return Waiting(self, self.words, self.go_on)

    def go_on(self) -> None:
        gc.disable()  # what is made now is shown: the app turns this on again once it is drawn
        if self.project:  # nothing can be typed yet that would have to wait
            self.project.wait_no_longer_than(PATIENCE)
        self.stage.follow(self.make())
