"""Ids: what they look like, and one to suggest where they do not."""

import re

from selfassess.model.text import ID

__all__ = ["ID", "RESERVED", "suggested_id"]

RESERVED = frozenset({"respondent", "group", "round", "overall", "all", "pool", "and", "or", "not", "has"})
"""Words that mean something else in a file of responses, in a report or in a condition."""


def suggested_id(text: str) -> str:
    """An id like the text, or nothing where the text has no letter to begin with."""
    return re.sub(r"[^a-z0-9_]+", "_", text.lower()).strip("_0123456789")[:24].strip("_")
