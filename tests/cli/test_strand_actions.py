"""A strand without benchmarks has a target and actions of its own, and both come all the way to the plan."""

from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.cli.rounds_made import made

QUESTIONNAIRE = """
format = 1
id = "flat"
version = "1"
title = "Without benchmarks"
[[groups]]
id = "board"
title = "Board members"
[[groups]]
id = "staff"
title = "Staff"
[scales.agree]
points = [{ value = 1, label = "No" }, { value = 2, label = "Partly" }, { value = 3, label = "Yes" }]
[[strands]]
id = "meeting"
title = "How we meet"
target = 80
targets = { staff = 60 }
items = [{ id = "begin", text = "Meetings begin on the hour." }, { id = "end", text = "Meetings end on the hour." }]
  [[strands.actions]]
  id = "clock"
  text = "Put a clock on the wall."
  groups = ["board"]
  [[strands.actions]]
  id = "door"
  text = "Put the hour on the door."
"""


@pytest.fixture
def flat(tmp_path: Path) -> str:
    path = tmp_path / "flat.toml"
    path.write_text(QUESTIONNAIRE, encoding="utf-8")
    return str(path)


def test_the_file_is_sound(selfassess: Command, flat: str) -> None:
    assert selfassess("check", flat).out == f"{flat}: no errors, no warnings.\n"


@pytest.mark.parametrize(
    ("group", "said", "unsaid"),
    [("1", ["(scored 0, target 80)", "Put a clock on the wall."], []), ("2", ["(scored 0, target 60)"], ["clock"])],
)
def test_ones_own_report_suggests_them(
    selfassess: Command, flat: str, group: str, said: list[str], unsaid: list[str]
) -> None:
    assert selfassess("take", flat, "--plain", typed=f"{group}\n1\n1\n\nresults\n").code == 0
    out = selfassess("report").out
    for words in ("How we meet", "Put the hour on the door.", *said):
        assert words in out
    assert not [words for words in unsaid if words in out]


def test_a_rounds_report_suggests_them_and_the_plan_takes_them(selfassess: Command, flat: str) -> None:
    made(selfassess, flat)
    selfassess("round", "open", "autumn")
    rows = "\n".join(f"{number} 12" for number in range(6))
    assert selfassess("round", "enter", "autumn", "--group", "board", typed=rows).code == 0
    selfassess("round", "close", "autumn", "--yes")
    out = selfassess("report", "autumn", "--full").out
    assert "Put a clock on the wall." in out
    assert "Put the hour on the door." in out
    done = selfassess("plan", "take", "autumn", "--group", "board", "--all")
    assert done.code == 0, done.err
    plan = selfassess("plan").out
    assert "Put a clock on the wall." in plan
    assert "How we meet" in plan


def test_a_change_of_them_is_told(selfassess: Command, flat: str, tmp_path: Path) -> None:
    later = tmp_path / "later.toml"
    text = QUESTIONNAIRE.replace("on the wall", "above the door").replace('version = "1"', 'version = "2"')
    later.write_text(text.replace("target = 80", "target = 70"), encoding="utf-8")
    done = selfassess("diff", flat, str(later))
    assert "meeting › clock: Different words for an action." in " ".join(done.out.split())
    assert "meeting: A different target. Before: “80”. Now: “70”." in " ".join(done.out.split())
