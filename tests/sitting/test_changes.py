"""A questionnaire that was edited after somebody began to answer it."""

from pathlib import Path

from selfassess.definition.loader import read
from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import Draft
from selfassess.sitting.new_version import changes
from selfassess.sitting.state import start

FIRST = """\
format = 1
id = "chg"
version = "1"
title = "Change"
[scales.x]
points = [ { value = 1, label = "No" }, { value = 2, label = "Partly" }, { value = 3, label = "Yes" } ]
[[strands]]
id = "s"
title = "S"
items = [
  { id = "a", text = "Is A done?" },
  { id = "b", text = "Is B done?" },
  { id = "c", text = "Is C done?" },
  { id = "d", text = "Is D done?" },
]
"""


def edition(folder: Path, text: str) -> Edition:
    path = folder / "q.toml"
    path.write_text(text, encoding="utf-8")
    return read(path)


def changed(folder: Path, *pairs: tuple[str, str]) -> tuple[str, ...]:
    then = edition(folder, FIRST)
    text = FIRST
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    now = edition(folder, text)
    return changes(then.questionnaire, now.questionnaire, start(then, None))


def test_what_is_asked_otherwise_is_said_with_the_questions(tmp_path: Path) -> None:
    assert changed(
        tmp_path,
        ("Is A done?", "Is A not done?"),
        ('  { id = "b", text = "Is B done?" },\n', ""),
        ('{ id = "d", text = "Is D done?" },', '{ id = "d", text = "Is D done?", show_if = "a == 1" },'),
    ) == (
        "One question is worded differently: “Is A not done?”",
        "One question is no longer asked: “Is B done?”",
        "One question is asked under another condition: “Is D done?”",
    )


def test_other_answers_to_choose_from_are_said(tmp_path: Path) -> None:
    said = changed(tmp_path, ('value = 1, label = "No"', 'value = 0, label = "Not at all"'))
    assert said == (
        "The answers to choose from have changed for 4 questions: “Is A done?”, “Is B done?”, “Is C done?” …",
    )


def test_what_nobody_is_asked_otherwise_for_is_no_change(tmp_path: Path) -> None:
    assert changed(tmp_path, ('version = "1"', 'version = "2"'), ('title = "S"', 'title = "Sharing"')) == ()


def test_a_group_that_is_gone_changes_everything(tmp_path: Path) -> None:
    whole = edition(tmp_path, FIRST)
    draft = Draft(questionnaire=whole.sha256, group="board", form="full")
    assert changes(whole.questionnaire, whole.questionnaire, draft) == ("Your group is no longer in it.",)
