"""A change as a line from then to now: stores two shares, yields segments."""

from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

THEN, NOW, BOTH, BETWEEN, EMPTY = "○", "●", "◉", "━", "·"
ASCII = {THEN: "o", NOW: "X", BOTH: "@", BETWEEN: "=", EMPTY: "-"}
UP, DOWN = "green", "yellow"
LEAST = 8
HOW_MANY = (
    "In brackets: how many people; where these are two numbers, everybody then and now, who need not be the same "
    "people."
)


def legend(*, ascii_only: bool, with_numbers: bool = True) -> str:
    """What the marks mean, in the marks that are drawn, and the numbers in brackets."""
    then, now, both = (ASCII[one] if ascii_only else one for one in (THEN, NOW, BOTH))
    return f"{marks(then, now, both)} {HOW_MANY}" if with_numbers else marks(then, now, both)


def marks(then: str = THEN, now: str = NOW, both: str = BOTH) -> str:
    """What the marks mean, and nothing else."""
    return f"{then} then, {now} now, {both} both in one place, on a line from the lowest score to the highest."


class Dumbbell:
    """A line from 0 to 1 with a mark then and a mark now, joined. Which is which can be read without colour."""

    def __init__(self, then: float, now: float, width: int = 28, *, moved: bool = True) -> None:
        self.then = then
        self.now = now
        self.width = width
        self.moved = moved
        """Whether it is more than chance: only then is it in colour."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The line, in characters that the terminal has."""
        for character, style in self.cells(min(self.width, options.max_width)):
            shown = ASCII[character] if options.ascii_only else character
            yield Segment(shown, console.get_style(style, default=Style()))

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """As wide as asked for, where there is room."""
        return Measurement(min(LEAST, options.max_width), min(self.width, options.max_width))

    def cells(self, width: int) -> list[tuple[str, str]]:
        """Each character with its style."""
        then, now = (min(width - 1, max(0, round(share * (width - 1)))) for share in (self.then, self.now))
        style = "bold" if not self.moved else f"bold {UP if self.now > self.then else DOWN}"
        low, high = sorted((then, now))
        drawn = [(BETWEEN, style) if low < place < high else (EMPTY, "dim") for place in range(width)]
        drawn[then] = (THEN, "bold")
        drawn[now] = (BOTH if then == now else NOW, style)
        return drawn


class Legend:
    """What the marks mean."""

    def __init__(self, *, with_numbers: bool) -> None:
        self.with_numbers = with_numbers

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """In the marks that are drawn."""
        yield Text(legend(ascii_only=options.ascii_only, with_numbers=self.with_numbers), style="dim")
