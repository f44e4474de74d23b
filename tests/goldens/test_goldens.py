"""Every document of six projects is what it was, to the byte."""

from pathlib import Path

import pytest

from tests.goldens.documents import documents
from tests.goldens.sums import recorded, sum_of

HOW = (
    "To read what changed, write the documents on both commits with `python -m tests.goldens FOLDER`, and compare the "
    "folders with `diff -r`. Where it should have changed: `python -m tests.goldens --sums FOLDER` writes the sums."
)


@pytest.mark.slow
def test_every_document_is_what_it_was(tmp_path: Path) -> None:
    made = {name: sum_of(contents) for name, contents in documents(tmp_path)}
    before = recorded()
    changed = sorted(name for name in made.keys() & before.keys() if made[name] != before[name])
    assert (changed, sorted(made.keys() - before.keys()), sorted(before.keys() - made.keys())) == ([], [], []), HOW
