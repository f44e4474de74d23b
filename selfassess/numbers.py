"""Numbers as people write and read them, typed or in a table."""

import math
import re

_PLAIN = re.compile(r"[+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:e[+-]?\d+)?", re.IGNORECASE)
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+")
_MINUS = str.maketrans("−", "-")

LONGEST = 40
"""Characters of a number."""
CHARACTERS = "0123456789.,-−"
"""Those that figures are typed with."""


def readings(text: str) -> tuple[float, ...]:
    """Every number that a text can mean, the likeliest first; none where it is no number. "2,5" means 2.5, "12,000,000"
    twelve million, and "1,200" can be 1200 or, where commas are decimal points, 1.2."""
    text = text.strip().translate(_MINUS)
    if len(text) > LONGEST:
        return ()
    found = [float(text.replace(",", ""))] if _THOUSANDS.fullmatch(text) else []
    found += [float(text.replace(",", "."))] if _PLAIN.fullmatch(text) else []
    return tuple(number + 0.0 for number in found if math.isfinite(number))  # so that "-0" is 0


FIGURES = re.compile(r"[-−]?(?:\d{1,15}(?:[.,]\d{1,6})?|\d{1,3}(?:,\d{3})+)")


def number(text: str) -> float | None:
    """The number that a text says in figures: "12", "2.5", "2,5" or "1,200". None for anything else."""
    return next(iter(readings(text)), None) if FIGURES.fullmatch(text.strip()) else None


def whole_number(text: str, most: int) -> int | None:
    """The number from 0 that figures say, however many there are; None for anything else, and for more than `most`."""
    figures = text.strip()
    if not (figures.isascii() and figures.isdigit()):
        return None
    figures = figures.lstrip("0") or "0"
    if len(figures) > len(str(most)):  # Python reads no number of thousands of figures
        return None
    number = int(figures)
    return number if number <= most else None


def figures(value: float) -> str:
    """The figures of a number, which `number` reads again."""
    return f"{value:.6f}".rstrip("0").rstrip(".")
