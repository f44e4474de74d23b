"""Charts for the terminal, in characters: a score as a bar, answers as a full row, a change as a line."""

from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from selfassess.documents.blocks import COLOURS, FILLS, INK, HeatMap, tone_of

FILLED, APART, EMPTY, MARK = "█", "▒", "·", "│"
THEN, NOW, BOTH, BETWEEN = "○", "●", "◉", "━"
ASCII = {FILLED: "#", APART: "%", EMPTY: "-", MARK: "|", THEN: "o", NOW: "X", BOTH: "@", BETWEEN: "="}
"""What is drawn where the terminal has no other characters."""


TARGET = "The line in a bar marks the target."
"""What stands beside bars of which some have one."""


APART_BY, NARROWEST = 2, 12
"""Blanks between two columns of a grid, and columns that what its rows are of gets, however little room there is."""


def grid_widths(grid: HeatMap, room: int) -> tuple[int, tuple[int, ...]]:
    """How wide the columns of a grid are: of what its rows are of, and of each group. Where there is little room, what
    groups are called goes on several lines, so that the rows need as few as can be."""
    cells = [
        max(len(cell.words) for cell in column) + 2 for column in zip(*(cells for _, cells in grid.rows), strict=True)
    ]
    names = max((len(name) for name, _ in grid.rows), default=0)
    wide = tuple(max(len(title), own) for title, own in zip(grid.columns, cells, strict=True))
    if names + sum(wide) + APART_BY * len(wide) <= room:
        return names, wide
    close = tuple(max(max(map(len, title.split())), own) for title, own in zip(grid.columns, cells, strict=True))
    return min(names, max(room - sum(close) - APART_BY * len(close), NARROWEST)), close


class Bar:
    """A bar from 0 to 1 with a mark at the target, readable without colour. It is not solid where views are so far
    apart that the mean represents few of them."""

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
        """Each character with its style. Below the target a bar ends before the mark, with a cell between them; at it,
        it reaches the mark; above it goes on behind the mark. At either end the mark makes room for that."""
        filled = 0 if self.share is None else round(self.share * width)
        mark = None if self.target is None else min(width - 1, round(self.target * width))
        if mark is not None and self.share is not None and self.target is not None:
            if self.share < self.target:
                mark = max(1, mark)
                filled = min(filled, mark - 1)
            elif self.share > self.target:
                mark = min(width - 2, mark)
                filled = max(filled, mark + 2)
            else:
                filled = mark
        return [
            (MARK, "bold") if place == mark else (self.filling, self.style) if place < filled else (EMPTY, "dim")
            for place in range(width)
        ]


EDGE = "|"


class Stacked:
    """A row of parts from the worst point to the best, each as wide as it is large, with its count in it.

    The character that fills a part shows its place on the scale, so that it can be read without colour.
    """

    def __init__(self, counts: tuple[int, ...], width: int = 44) -> None:
        self.counts = counts
        self.width = width

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The row; where it does not fit, the counts alone."""
        parts = self.cells(min(self.width, options.max_width))
        if not parts:
            yield Text(" | ".join(map(str, self.counts)))
            return
        yield Segment(EDGE)
        for words, tone in parts:
            yield Segment(words, console.get_style(f"{INK[tone]} on {COLOURS[tone]}", default=Style()))
            yield Segment(EDGE)

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """As wide as asked for, where there is room."""
        return Measurement(min(10, options.max_width), min(self.width, options.max_width))

    def cells(self, width: int) -> list[tuple[str, int]]:
        """Each part that was chosen, with its tone, from the worst; empty where they do not fit."""
        chosen = [(count, tone_of(place, len(self.counts))) for place, count in enumerate(self.counts) if count]
        room = width - len(chosen) - 1
        least = [len(str(count)) + 2 for count, _ in chosen]
        if not chosen or sum(least) > room:
            return []
        widths = _shared([count for count, _ in chosen], least, room)
        return [
            (f"{count}".center(wide, FILLS[tone]), tone) for (count, tone), wide in zip(chosen, widths, strict=True)
        ]


def _shared(counts: list[int], least: list[int], room: int) -> list[int]:
    """How many cells each part gets: its share of the room, but no fewer than its count needs. They add up to it."""
    total = sum(counts)
    widths = [max(few, room * count // total) for count, few in zip(counts, least, strict=True)]
    while (over := sum(widths) - room) != 0:
        # The part that has most too much gives one, or the one that has most too little gets one.
        excess = [wide - room * count / total for wide, count in zip(widths, counts, strict=True)]
        may = [place for place in range(len(widths)) if over < 0 or widths[place] > least[place]]
        place = max(may, key=lambda one: (excess[one] if over > 0 else -excess[one], one))
        widths[place] += -1 if over > 0 else 1
    return widths


UP, DOWN = "green", "yellow"
LEAST = 8
HOW_MANY = (
    "In brackets: how many people; two numbers are everybody then and everybody now, who may not be the same people."
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
