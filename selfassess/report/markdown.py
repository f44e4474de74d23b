"""Text in Markdown: what people and files wrote stays text."""

import re

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def escape(text: str) -> str:
    """A text on one line in which Markdown sees no marks of its own."""
    one_line = " ".join(text.split())
    return re.sub(r"^(\d*)([-+.)])(?= )", r"\1\\\2", SPECIAL.sub(r"\\\1", one_line))
