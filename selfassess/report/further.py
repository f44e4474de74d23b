"""How sure figures of several people are, and how alike these are, as JSON and CSV have it."""

from collections.abc import Iterator
from typing import Any

from selfassess.model.summary import Agreement, Figure, Range, Reliability

FURTHER_COLUMNS = (
    "invited", "likely_low", "likely_high", "possible_low", "possible_high", "spread", "agreement", "agreement_chance",
    "agreement_chance_high", "opinions", "by_group", "alpha", "alpha_low", "alpha_high", "omega",
)  # fmt: skip  # the columns in their order, at a glance


def further(figure: Figure) -> dict[str, Any]:
    """Of a node."""
    return {
        "invited": figure.invited,
        "likely": ends(figure.likely),
        "possible": ends(figure.possible),
        "spread": figure.spread,
        "agreement": _agreement(figure.agreement),
        "flips": [{"silent": one.silent, "towards": one.towards, "band": one.band} for one in figure.flips],
        "by_group": figure.by_group,
        "reliability": _reliability(figure.reliability),
    }


def further_of_item(figure: Figure) -> dict[str, Any]:
    """Of an item."""
    agreement = _agreement(figure.agreement)
    if agreement is not None and figure.agreement is not None:
        agreement["opinions"] = figure.agreement.opinions
    return {"invited": figure.invited, "spread": figure.spread, "agreement": agreement}


def ends(range: Range | None) -> dict[str, float] | None:
    """A range as a table."""
    return None if range is None else {"low": range.low, "high": range.high}


def _agreement(found: Agreement | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"index": found.index, "chance": found.chance, "chance_high": found.chance_high}


def _reliability(found: Reliability | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "n": found.n,
        "alpha": found.alpha,
        "low": found.low,
        "high": found.high,
        "item_rest": dict(found.item_rest),
        "without": dict(found.without),
        "omega": found.omega,
        "why_none": found.why_none or None,
    }


def further_fields(figure: Figure) -> Iterator[object]:
    """The cells of a row, in the order of FURTHER_COLUMNS."""
    agreement, reliability = figure.agreement, figure.reliability
    for value in (
        figure.invited, *_both(figure.likely), *_both(figure.possible), figure.spread,
        *((agreement.index, agreement.chance, agreement.chance_high) if agreement else (None, None, None)),
        agreement.opinions if agreement else None,
        figure.by_group,
        *((reliability.alpha, reliability.low, reliability.high, reliability.omega) if reliability else (None,) * 4),
    ):  # fmt: skip  # in the order of the columns
        yield "" if value is None else value


def _both(range: Range | None) -> tuple[float | None, float | None]:
    return (None, None) if range is None else (range.low, range.high)
