"""Where things stand in the pictures of a page of HTML: plain numbers, in units of the picture."""

from dataclasses import dataclass

from selfassess.model.summary import Range
from selfassess.report.blocks import FILLS, Score, Stack, tone_of

WIDTH = 720
"""Of every picture. What is drawn runs from LEFT to RIGHT."""
LEFT, RIGHT = 16, 704
ROW = 58
"""Height of a row with a dot."""
LETTER = 9
"""Width of a letter, with some room."""
LONGEST = 76
"""Letters of a title that there is room for; the table beside has all of it."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A score as a dot with its ranges."""

    row: Score
    title: str
    """As much of it as there is room for."""
    y: float
    """Of the line on which it stands."""
    x: float | None
    target: float | None
    likely: tuple[float, float] | None
    """From where to where, as a thick line."""
    possible: tuple[float, float] | None
    """From where to where, as a thin line."""
    words: str
    """All of it in words, for whoever cannot see it."""


def dots(rows: tuple[Score, ...]) -> list[Dot]:
    """Each score of a strand below the other."""
    return [
        Dot(
            row=row,
            title=row.title if len(row.title) <= LONGEST else f"{row.title[: LONGEST - 1].rstrip()}…",
            y=place * ROW + 36,
            x=_across(row.share),
            target=_across(row.target),
            likely=_ends(row.likely),
            possible=_ends(row.possible),
            words=_words(row),
        )
        for place, row in enumerate(rows)
    ]


def _words(row: Score) -> str:
    likely, possible = row.ranges
    told = (
        f"{row.title}: {row.words}",
        f"target {row.aim}" if row.aim else "",
        f"{row.n} have a score" if row.n else "",
        f"if the silent are like the rest {likely}" if likely else "",
        f"whatever they think {possible}" if possible else "",
        row.remarks,
    )
    return "; ".join(filter(None, told)) + "."


def _across(share: float | None) -> float | None:
    return None if share is None else round(LEFT + share * (RIGHT - LEFT), 1)


def _ends(range: Range | None) -> tuple[float, float] | None:
    if range is None:
        return None
    low, high = _across(range.low), _across(range.high)
    return None if low is None or high is None else (low, high)


@dataclass(frozen=True, slots=True)
class Part:
    """Those who chose one point."""

    x: float
    width: float
    count: int
    tone: int
    label: str

    @property
    def words(self) -> str:
        """What is written on it: its mark and its count, as far as there is room."""
        mark, plain = FILLS[self.tone], str(self.count)
        return next((words for words in (f"{mark} {plain} {mark}", plain) if len(words) * LETTER <= self.width), "")


def parts(row: Stack, labels: tuple[str, ...]) -> list[Part]:
    """The parts of a row of answers that somebody chose, from the worst to the best."""
    total, before, found = sum(row.counts), 0, []
    for place, (count, label) in enumerate(zip(row.counts, labels, strict=True)):
        if count:
            x = round(LEFT + before / total * (RIGHT - LEFT), 1)
            wide = round(count / total * (RIGHT - LEFT), 1)
            found.append(Part(x, wide, count, tone_of(place, len(labels)), label))
            before += count
    return found
