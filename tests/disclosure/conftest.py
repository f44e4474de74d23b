import pytest

from selfassess.disclosure import matching, release
from selfassess.disclosure.suppression import reasons


@pytest.fixture(autouse=True)
def decided_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is suppressed is decided each time, as in the program."""
    for where in (matching, release):
        monkeypatch.setattr(where, "reasons", reasons)
