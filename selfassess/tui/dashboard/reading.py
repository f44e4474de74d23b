"""The pages of the dashboard, to read."""

from textual.content import Content

from selfassess.tui.dashboard.blocks import AnyBlock
from selfassess.tui.dashboard.draw import draw
from selfassess.tui.widgets.reader import Reader


class Reading(Reader[AnyBlock]):
    """The blocks of the dashboard."""

    def draw(self, block: AnyBlock, width: int, style: str = "bold") -> list[Content]:
        return draw(block, width, style)
