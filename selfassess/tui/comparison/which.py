"""Which two rounds to compare, and which of them came first."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from selfassess.model.round import Round
from selfassess.tui.screens.menu import Line, Menu
from selfassess.tui.widgets.scale_options import Option

if TYPE_CHECKING:
    from selfassess.tui.flow import Flow


class Which(Menu):
    """Some rounds, one of which is meant."""

    def __init__(
        self,
        flow: "Flow",
        heading: str,
        said: str,
        rounds: Sequence[Round],
        chosen: Callable[[Round], None],
        back: Callable[[], None],
    ) -> None:
        lines = [
            Line(Option(one.title, str(at) if at < 10 else ""), partial(chosen, one))
            for at, one in enumerate(rounds, 1)
        ]
        super().__init__(flow, heading, [said], lines, back=("Back", back))
