"""What is said where a library of an extra is missing: the cure for how the program got here."""

import importlib.util
import sys

import pytest

from selfassess.errors import UsageError
from selfassess.services.extras import check_installed


@pytest.mark.parametrize(
    ("missing", "is_folder", "cure"),
    [
        ({"docx"}, False, "-m pip install 'selfassess[office]'"),
        ({"docx", "pip"}, False, "Install the program again, in the way you did before, as selfassess[office]."),
        ({"docx"}, True, "Ask for one that was built with selfassess[office]."),
    ],
)
def test_the_cure_is_for_how_the_program_was_installed(
    monkeypatch: pytest.MonkeyPatch, missing: set[str], is_folder: bool, cure: str
) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name in missing else found(name))
    monkeypatch.setattr(sys, "frozen", is_folder, raising=False)
    with pytest.raises(UsageError) as told:
        check_installed("docx", "Word files are written")
    assert told.value.message == "Word files are written with a library that is not installed."
    assert cure in told.value.hint
