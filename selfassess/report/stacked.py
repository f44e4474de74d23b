"""How answers fall on the points of a scale, as one row that is full: stores counts, yields segments."""

from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.segment import Segment
from rich.style import Style
from rich.text import Text

from selfassess.report.blocks import COLOURS, FILLS, INK, tone_of

EDGE = "|"


class Stacked:
    """A row of parts from the worst point to the best, each as wide as it is large, with its count in it.

    What fills a part says where on the scale it stands, so that it can be read without colour and in plain letters.
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
        """Each part that somebody chose with its tone, from the worst; nothing where they do not fit."""
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
