"""Screens about a round, or two: their heads say which, and whether the answers are made up."""

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from selfassess.documents.wording import MADE_UP
from selfassess.tui.screens.base import Base
from selfassess.tui.widgets.ends import Ends

if TYPE_CHECKING:
    from selfassess.tui.flow import Flow

ROOMY = 60
"""Columns from which on everything is said in full."""
LEAST_TITLE = 12
"""Columns below which nothing of a title is shown."""


class Headed(Base):
    """At the left what it is about and where one is; at the right how many are in."""

    def __init__(self, flow: "Flow", *, is_made_up: bool) -> None:
        super().__init__(flow)
        self.made_up = Static(id="made-up")
        self.made_up.display = is_made_up
        self.head = Ends("where")
        self._where = "", ""

    def title_in(self, room: int) -> str:
        """What it is about, in so many columns: it is the same on every screen, and gives way to where one is."""
        raise NotImplementedError  # what a screen is about, its children say

    def on_resize(self) -> None:
        words = MADE_UP if self.size.width >= ROOMY else MADE_UP.partition(":")[0]
        self.made_up.update(Content.styled(words, "bold $error"))
        self._say_where()

    def say_where(self, where: str, right: str) -> None:
        """Where one is; and what stands at the right."""
        self._where = where, right
        self._say_where()

    def _say_where(self) -> None:
        where, right = self._where
        room = self.content_size.width - len(right) - 2 - (len(where) + 3 if where else 0)
        self.head.say(" · ".join(filter(None, (self.title_in(room), where))), right)


def cut(title: str, room: int) -> str:
    """A title in so many columns; nothing where these are too few."""
    if len(title) <= room:
        return title
    return f"{title[: room - 1].rstrip()}…" if room >= LEAST_TITLE else ""
