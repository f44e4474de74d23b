"""What every screen of the dashboard has at its top."""

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from selfassess.report.round_wording import MADE_UP
from selfassess.tui.dashboard import words
from selfassess.tui.screens.base import Base
from selfassess.tui.widgets.ends import Ends

if TYPE_CHECKING:
    from selfassess.tui.dashboard.flow import Dashboard


ROOMY = 60
"""Columns from which on everything is said in full."""

LEAST_TITLE = 12
"""Columns below which nothing of a round's title is shown."""


class RoundScreen(Base):
    """Says of which round everything is, how many are in, and whether the answers are made up."""

    def __init__(self, flow: "Dashboard") -> None:
        super().__init__(flow)
        self.dashboard = flow
        self.made_up = Static(id="made-up")
        self.made_up.display = flow.whole.made_up
        self.head = Ends("where")
        self._where = "", ""

    def on_resize(self) -> None:
        words = MADE_UP if self.size.width >= ROOMY else MADE_UP.partition(":")[0]
        self.made_up.update(Content.styled(words, "bold $error"))
        self._say_where()

    def say_where(self, where: str = "", right: str = "") -> None:
        """Where one is in the round; at the right how many are in, or something else."""
        self._where = where, right or words.who_is_in(self.dashboard.whole)
        self._say_where()

    def _say_where(self) -> None:
        where, right = self._where
        title = self.dashboard.whole.round.title
        room = self.content_size.width - len(right) - 2 - (len(where) + 3 if where else 0)
        if len(title) > room:  # a long title gives way: it is the same on every screen
            title = f"{title[: room - 1].rstrip()}…" if room >= LEAST_TITLE else ""
        self.head.say(" · ".join(filter(None, (title, where))), right)
