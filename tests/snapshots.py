"""Pages and screens as text files that are read in a diff."""

import os
from pathlib import Path

UPDATE = "SELFASSESS_UPDATE"
"""Set this environment variable to write the files anew, then read the diff."""


def matches(path: Path, text: str) -> None:
    """The text is what the file holds; or the file is written, where that is asked for."""
    if os.environ.get(UPDATE):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        return
    assert path.exists(), f"{path} is not there: run with {UPDATE}=1 and read it"
    assert text == path.read_text(encoding="utf-8"), f"{path} has changed: run with {UPDATE}=1 and read the diff"
