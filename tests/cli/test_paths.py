"""How the command is called for a project file: as it can be typed, whatever the file is called."""

import os
import shlex
import subprocess
from types import SimpleNamespace

import pytest

from selfassess import paths

NAMES = [
    "ours.selfassess",
    "our answers.selfassess",
    "$(touch nonsense).selfassess",
    "a $(touch nonsense) b",
    "`touch nonsense` x",
    "one;two&three|four",
    "with \"quotes\" and 'quotes'",
    "back\\slash x",
    "Würde.selfassess",
    "~/x",
    "*",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_shell_makes_nothing_else_of_the_name(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "os", SimpleNamespace(name="posix"))
    assert shlex.split(paths.named(name)) == ["selfassess", "--project", name]


@pytest.mark.skipif(os.name != "posix", reason="there is no such shell")
@pytest.mark.parametrize("name", NAMES)
def test_so_says_a_shell_itself(name: str) -> None:
    typed = paths.named(name).replace("selfassess", "printf %s\\\\n", 1)
    said = subprocess.run(["/bin/sh", "-c", typed], capture_output=True, check=True, encoding="utf-8").stdout
    assert said == f"--project\n{name}\n"


def test_a_plain_name_stays_plain() -> None:
    assert paths.named("ours.selfassess") == "selfassess --project ours.selfassess"


def test_elsewhere_double_quotes_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "os", SimpleNamespace(name="nt"))
    assert paths.named("our answers") == 'selfassess --project "our answers"'
    assert paths.named("one&two") == 'selfassess --project "one&two"'
    assert paths.named("C:\\x\\ours.selfassess") == "selfassess --project C:\\x\\ours.selfassess"


@pytest.mark.parametrize("name", ["\x1b[31mred", "one\ntwo", "left\u202eright", "half\udcff"])
def test_a_name_that_cannot_be_shown_is_not_shown_wrong(name: str) -> None:
    assert paths.named(name) == "selfassess --project FILE"
