from dataclasses import replace

import pytest

from selfassess.errors import ProjectError
from selfassess.model.sheet import Missing, responses
from selfassess.sitting.session import Sitting
from selfassess.text import LONGEST_TEXT
from tests.tui.conftest import FakeSaver

FULL = ProjectError("There is no room on the disk.", "Make some room.")


def go_to(sitting: Sitting, id: str) -> None:
    sitting.go_to(next(step for step in sitting.steps if step.id == id))


def test_it_begins_at_the_first_step_and_ends_at_the_last(sitting: Sitting) -> None:
    assert sitting.step.id == "watering"
    assert sitting.neighbour(-1) is None
    sitting.go_to(sitting.steps[-1])
    assert sitting.neighbour(1) is None


def test_every_change_is_saved(sitting: Sitting, saver: FakeSaver) -> None:
    sitting.choose(3)
    sitting.comment("Mostly on Sundays.")
    sitting.clear()
    assert [dict(draft.responses) for draft in saver.saved] == [{"watering": 3}, {"watering": 3}, {}]
    assert saver.saved[-1].comments == {"watering": "Mostly on Sundays."}


def test_what_changes_nothing_is_not_saved_again(sitting: Sitting, saver: FakeSaver) -> None:
    sitting.choose(3)
    sitting.choose(3)
    assert len(saver.saved) == 1


def test_what_could_not_be_saved_is_kept_and_saved_with_the_next_change(sitting: Sitting, saver: FakeSaver) -> None:
    saver.trouble = FULL
    sitting.choose(3)
    assert sitting.trouble is FULL
    saver.trouble = None
    sitting.go_to(sitting.step)  # not even a change: any page that is turned
    assert sitting.trouble is None
    assert saver.saved[-1].responses == {"watering": 3}


def test_a_step_that_an_answer_hides_is_left_for_the_first(sitting: Sitting) -> None:
    sitting.choose(1)
    go_to(sitting, "asked")
    sitting.draft = replace(sitting.draft, responses={"watering": 4})
    assert sitting.step.id == "watering"


def test_points_of_many_come_and_go_and_dont_know_makes_way(sitting: Sitting) -> None:
    go_to(sitting, "tools")
    sitting.choose(3)
    sitting.choose(1)
    assert sitting.draft.responses["tools"] == (1, 3)
    sitting.choose(Missing.DONT_KNOW)
    assert sitting.draft.responses["tools"] is Missing.DONT_KNOW
    sitting.choose(2)
    assert sitting.draft.responses["tools"] == (2,)


@pytest.mark.parametrize(("text", "value"), [("7", 7), ("2,5", 2.5), (" 60 ", 60)])
def test_a_number_is_taken_as_it_is_written(sitting: Sitting, text: str, value: float) -> None:
    go_to(sitting, "years")
    assert sitting.write(text) == ""
    assert sitting.draft.responses["years"] == value


@pytest.mark.parametrize("text", ["61", "-1", "seven", "1e1"])
def test_what_is_no_number_for_the_item_is_refused_and_neither_saved_nor_forgotten(sitting: Sitting, text: str) -> None:
    go_to(sitting, "years")
    sitting.write("6")
    assert sitting.write(text) == "Not saved: please write a number {}from 0 to 60 years.".format(
        "in digits, " if text in ("seven", "1e1") else ""
    )
    assert "years" not in sitting.draft.responses
    assert sitting.refused == {"years": text}
    sitting.choose(Missing.DONT_KNOW)
    assert sitting.refused == {}


def test_an_empty_field_does_not_take_dont_know_away(sitting: Sitting) -> None:
    go_to(sitting, "years")
    sitting.choose(Missing.DONT_KNOW)
    sitting.write("")
    assert sitting.draft.responses["years"] is Missing.DONT_KNOW


def test_words_are_saved_clean_and_not_too_long(sitting: Sitting) -> None:
    go_to(sitting, "best")
    sitting.write("The \x1b[31mtea\u202e [/] " + "and so on " * 1000)
    assert str(sitting.draft.responses["best"]).startswith("The tea [/] and so on")
    assert len(str(sitting.draft.responses["best"])) == LONGEST_TEXT
    sitting.write("  ")
    assert "best" not in sitting.draft.responses


def test_a_benchmark_is_commented_on_where_it_has_its_step(sitting: Sitting) -> None:
    go_to(sitting, "turns")
    sitting.write("It is getting better.")
    assert sitting.draft.comments == {"turns": "It is getting better."}


def test_a_sheet_is_handed_in_with_its_date_or_without(sitting: Sitting, saver: FakeSaver) -> None:
    sitting.choose(3)
    sheet, receipt = sitting.hand_in()
    assert receipt
    assert sheet.date
    assert responses(sheet, sitting.questionnaire)["watering"] == 3
    sitting.dated = False
    assert sitting.hand_in()[0].date is None


def test_a_hand_in_that_fails_leaves_the_draft(sitting: Sitting, saver: FakeSaver) -> None:
    sitting.choose(3)
    saver.trouble = FULL
    with pytest.raises(ProjectError):
        sitting.hand_in()
    assert sitting.draft.responses == {"watering": 3}
