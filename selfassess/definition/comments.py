"""The comments in a questionnaire file: what its author wrote for authors, and nobody who answers needs."""

import re

from selfassess.definition.newer_toml import STRINGS

_TEXT_OR_COMMENT = re.compile(
    rf"(?P<text>{'|'.join(kind.whole.pattern for kind in STRINGS)})|^[ \t]*+#[^\n]*(?:\n|\Z)|[ \t]*+#[^\r\n]*",
    re.DOTALL | re.MULTILINE,
)


def without_comments(content: bytes) -> bytes:
    """The same questionnaire without its comments, and without the lines that hold nothing else."""
    return _TEXT_OR_COMMENT.sub(lambda found: found["text"] or "", content.decode()).encode()
