"""A score as a bar with its target: stores numbers, yields segments."""

from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.segment import Segment
from rich.style import Style

FILLED, APART, EMPTY, MARK = "█", "▒", "·", "│"
ASCII = {FILLED: "#", APART: "%", EMPTY: "-", MARK: "|"}


class Bar:
    """A bar from 0 to 1 with a mark at the target. Without colour it says the same. It is not solid where people are
    so far apart that the mean stands for nobody."""

    def __init__(
        self, share: float | None, target: float | None, style: str, width: int = 20, *, apart: bool = False
    ) -> None:
        self.share = share
        self.target = target
        self.style = style
        self.width = width
        self.filling = APART if apart else FILLED

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The bar, in characters that the terminal has."""
        width = min(self.width, options.max_width)
        for character, style in self.cells(width):
            shown = ASCII[character] if options.ascii_only else character
            yield Segment(shown, console.get_style(style, default=Style()))

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """As wide as asked for, where there is room."""
        return Measurement(min(8, options.max_width), min(self.width, options.max_width))

    def cells(self, width: int) -> list[tuple[str, str]]:
        """Each character with its style. A target at the very end stands on the last cell."""
        filled = 0 if self.share is None else round(self.share * width)
        mark = None if self.target is None else min(width - 1, round(self.target * width))
        return [
            (MARK, "bold") if place == mark else (self.filling, self.style) if place < filled else (EMPTY, "dim")
            for place in range(width)
        ]
