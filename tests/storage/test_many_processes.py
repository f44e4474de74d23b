"""Many processes at the same moment lose nothing and see no error."""

import subprocess
from collections.abc import Callable
from pathlib import Path

from selfassess.storage.project import open_project

Start = Callable[..., "subprocess.Popen[str]"]

MANY = 50


def test_fifty_processes_hand_in_at_once(tmp_path: Path, start: Start) -> None:
    """The project is not even there when they come: one of them makes it."""
    path = tmp_path / "ours.selfassess"
    together = start("hand_in_together", path, MANY)
    said, errors = together.communicate()
    assert errors == ""
    assert together.returncode == 0
    receipts = dict(line.split() for line in said.splitlines())
    assert len(receipts) == MANY
    assert list(tmp_path.iterdir()) == [path]
    with open_project(path) as project:
        assert sorted(sheet.answers for sheet in project.sheets()) == sorted(receipts)
        for name, receipt in receipts.items():
            sheet = project.sheet(receipt)
            assert sheet.answers == name
            assert sheet.texts == {"why": f"because of {name}", "how": f"as {name} does"}
        for table, count in (("drafts", 0), ("texts", 2 * MANY), ("project WHERE key = 'untidy'", 0)):
            assert project.database.first(int, f"SELECT count(*) FROM {table}") == count
