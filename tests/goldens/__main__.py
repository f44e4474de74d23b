"""Writes every document into a folder: `python -m tests.goldens FOLDER`. Do so on two commits, then compare the folders
with `diff -r`. With `--sums` the sums are written as well, for the next run of the test."""

import sys
import tempfile
from pathlib import Path

from tests.goldens.documents import documents
from tests.goldens.sums import SUMS, sum_of, written


def main(folder: Path, *, sums: bool) -> None:
    made: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as projects:
        for name, contents in documents(Path(projects)):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(contents, encoding="utf-8", newline="")
            made[name] = sum_of(contents)
    if sums:
        SUMS.write_text(written(made), encoding="utf-8")
    print(f"{len(made)} documents are in {folder}")  # noqa: T201  # it is run by hand


if __name__ == "__main__":
    names = [one for one in sys.argv[1:] if one != "--sums"]
    main(Path(names[0] if names else "goldens"), sums="--sums" in sys.argv)
