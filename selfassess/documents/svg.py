"""Coordinates of the charts in a page of HTML."""

from collections.abc import Iterator
from dataclasses import dataclass

from selfassess.documents.blocks import FILLS, AnswerRow, ScoreChart, ScoreRow, tone_of
from selfassess.model.results import Range

WIDTH = 720
"""Of a row of answers, in units of its picture. What is drawn runs from LEFT to RIGHT."""
LEFT, RIGHT = 16, 704
SCALE = (0, 25, 50, 75, 100)
"""What is marked on the line of a score."""
LETTER = 9
"""Width of a letter, with some room."""


@dataclass(frozen=True, slots=True)
class Line:
    """A score on its line, which is as wide as the page has room for: all places are in per cent of it."""

    row: ScoreRow
    x: float | None
    target: float | None
    likely: tuple[float, float] | None
    """From where to where, as a thick line."""
    possible: tuple[float, float] | None
    """From where to where, as a thin line."""


def lines(rows: tuple[ScoreRow, ...]) -> list[Line]:
    """Each score of a strand below the other."""
    return [
        Line(
            row=row,
            x=_across(row.share),
            target=_across(row.target),
            likely=_ends(row.likely),
            possible=_ends(row.possible),
        )
        for row in rows
    ]


def has_ranges(rows: tuple[ScoreRow, ...]) -> bool:
    """Whether there is more to draw of a score than how high it is."""
    return any(row.likely or row.possible for row in rows)


def legend(scores: ScoreChart, mark: str = "dot") -> str:
    """What the marks on the lines mean that are drawn; a score is a dot, or whatever is named."""
    return " ".join(_legend(scores, mark))


def _legend(scores: ScoreChart, mark: str) -> Iterator[str]:
    rows = scores.rows
    yield f"A {mark} is a score, on a line from 0 to 100."
    if has_ranges(rows):
        yield (
            "The thick grey line is where the average of everybody lies if the others think like those who answered; "
            "the thin line between two strokes is where it lies at the very most."
        )
    if any(row.target is not None for row in rows):
        yield "The dashed line is the target."
    if any(row.is_apart for row in rows):
        yield ("A hollow diamond is a score that describes few people, because they are in two camps or far apart.")


def _across(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)


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


def parts(row: AnswerRow, labels: tuple[str, ...]) -> list[Part]:
    """The parts of a row of answers that were chosen, from the worst to the best."""
    total, before, found = sum(row.counts), 0, []
    for place, (count, label) in enumerate(zip(row.counts, labels, strict=True)):
        if count:
            x = round(LEFT + before / total * (RIGHT - LEFT), 1)
            wide = round(count / total * (RIGHT - LEFT), 1)
            found.append(Part(x, wide, count, tone_of(place, len(labels)), label))
            before += count
    return found
