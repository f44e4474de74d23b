"""The way through the pages of a dashboard or a comparison."""

from selfassess.documents.blocks import Spot

TOP = Spot("strands")

Trail = list[tuple[Spot, int | None]]
"""The places from the first page to the current one, each with the pointer when the next one was opened."""


def beginning() -> Trail:
    """On the first page."""
    return [(TOP, None)]
