from pathlib import Path

import pytest

from selfassess.errors import ProjectError
from selfassess.model.questionnaire import Edition
from selfassess.sitting import notices
from selfassess.sitting.state import Progress


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("mine.selfassess", "mine.selfassess"),
        ("/home/ann/mine.selfassess", "/home/ann/mine.selfassess"),
        ("/home/ann/documents/board/2026/mine.selfassess", "…/board/2026/mine.selfassess"),
        (f"/home/{'x' * 60}.selfassess", f"…/{'x' * 60}.selfassess"),
    ],
)
def test_a_long_path_is_cut_between_folders(path: str, shown: str) -> None:
    assert notices.short_path(path) == shown


def test_who_sees_the_answers_depends_on_where_they_are_kept() -> None:
    assert "/home/ann/mine" in notices.who_sees("personal", "/home/ann/mine")
    assert "Only you" in notices.who_sees("personal", "/home/ann/mine")
    assert "the person who keeps the file could read" in notices.who_sees("shared", "/home/ann/ours")
    assert "nothing is saved" in notices.who_sees(None, "")


def test_how_long_it_takes_is_said_for_the_group_or_for_the_one_asked_most(garden: Edition) -> None:
    assert notices.how_long(garden, "growers", "short") == "1 question, about 1 minute"
    assert notices.how_long(garden, None, "full").startswith("Up to 4 questions, about ")


def test_counts_and_trouble_are_said_in_words() -> None:
    assert notices.answered(Progress(12, 41)) == "12 of 41 answered"
    trouble = notices.not_saved(ProjectError("The disk is full.", "Make some room."))
    assert trouble.startswith("! NOT SAVED. The disk is full. Make some room.")
    assert notices.saved(str(Path("mine.selfassess"))) == "Saved in mine.selfassess"
    assert "nothing is saved" in notices.saved("")
