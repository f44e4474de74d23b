"""What several rooms' tests need: the shipped questionnaires, and a home that is nobody's."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

from selfassess.definition.library import find
from selfassess.definition.reader import read
from selfassess.model.questionnaire import Edition

# The tests run on every processor already: linear algebra that wants them all as well makes each wait for the others.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# The same examples every time, so that a change is judged by what it changed; HYPOTHESIS_PROFILE=wide looks further.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.register_profile("wide", deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes the home, the project or the settings of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    for name in ("SELFASSESS_PROJECT", "SELFASSESS_THEME", "ACCESSIBLE", "NO_COLOR", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "USERPROFILE", "XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    return home


@pytest.fixture(scope="session")
def partnership() -> Edition:
    return read(find("partnership"))


@pytest.fixture(scope="session")
def skills() -> Edition:
    return read(find("skills"))
