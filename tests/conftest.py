"""What several rooms' tests need: the shipped questionnaires, and a home that is nobody's."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import tomli
import tomli_w
from hypothesis import settings

from selfassess.definition.build import edition
from selfassess.definition.library import find
from selfassess.definition.reader import read
from selfassess.definition.toml import parse
from selfassess.model.questionnaire import Edition
from selfassess.storage import codes

# The tests run on every processor already: linear algebra that wants them all as well makes each wait for the others.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

WORK = codes._WORK

# The same examples every time, so that a change is judged by what it changed; HYPOTHESIS_PROFILE=wide looks further.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.register_profile("wide", deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(scope="session", autouse=True)
def quick_codes() -> Iterator[None]:
    """Keys of codes are worked out as ever, but mixed twice in place of 16,384 times, which takes 40 ms a code. Where
    the same code is used in another process as well, or stands in a file that is there already, ask for `slow_codes`.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(codes, "_WORK", 2)
        yield


@pytest.fixture
def slow_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys of codes are worked out as slowly as in the program."""
    monkeypatch.setattr(codes, "_WORK", WORK)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes the home, the project or the settings of whoever runs it."""
    home = tmp_path / "home"
    for name in ("SELFASSESS_PROJECT", "SELFASSESS_THEME", "ACCESSIBLE", "NO_COLOR", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HOME", "USERPROFILE", "XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    return home


@pytest.fixture(scope="session")
def partnership() -> Edition:
    return read(find("partnership"))


@pytest.fixture(scope="session")
def leadership(partnership: Edition) -> Edition:
    """The partnership questionnaire with its first strand alone: for whatever does not hang on how long it is, since
    reports of it take a quarter of the time, and so do comparisons."""
    table = tomli.loads(partnership.content.decode())
    table["strands"] = table["strands"][:1]
    return edition(parse("leadership.toml", tomli_w.dumps(table).encode()))


@pytest.fixture(scope="session")
def skills() -> Edition:
    return read(find("skills"))
