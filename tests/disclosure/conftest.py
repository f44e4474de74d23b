import pytest

from tests.remembered import GENUINE


@pytest.fixture(autouse=True)
def worked_out_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is worked out each time, as in the program."""
    for where, name, work_out in GENUINE:
        monkeypatch.setattr(where, name, work_out)
