"""Numbers as people write and read them."""

import re

from selfassess.model.item import Item
from selfassess.model.number import readings

FIGURES = re.compile(r"[-−]?(?:\d{1,15}(?:[.,]\d{1,6})?|\d{1,3}(?:,\d{3})+)")


def number(text: str) -> float | None:
    """The number that a text says in figures: "12", "2.5", "2,5" or "1,200". None for anything else."""
    return next(iter(readings(text)), None) if FIGURES.fullmatch(text.strip()) else None


def figures(value: float) -> str:
    """The figures of a number, which `number` reads again."""
    return f"{value:.6f}".rstrip("0").rstrip(".")


def limits(item: Item) -> str:
    """What an item accepts: "from 0 to 50 years". Nothing where it accepts any number and names no unit."""
    low, high, unit = item.min_, item.max_, f" {item.unit}" if item.unit else ""
    if low is not None and high is not None:
        return f"from {figures(low)} to {figures(high)}{unit}"
    if low is not None:
        return f"{figures(low)}{unit} or more"
    return item.unit if high is None else f"{figures(high)}{unit} or less"
