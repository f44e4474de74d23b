"""What follows handing in: thanks, one's own result, and the next person, at whichever front end it is shown."""

from dataclasses import replace

import pytest

from selfassess.sitting import notices
from selfassess.sitting.session import Sitting
from selfassess.sitting.state import start
from selfassess.sitting.thanks import Changeover, OwnResult, Said, Stage, Thanks, first_stage, next_stage
from tests.sitting.test_course import EDITION, Disk

ALONE = Thanks("Your answers are handed in.", "R" * 16, ("Write it down.",))
ONE_OF_MANY = replace(ALONE, has_next=True)


def walk(stage: Stage, *said: Said) -> list[object]:
    found: list[object] = []
    for word in said:
        following = next_stage(stage, word)
        found.append(following)
        if isinstance(following, str):
            break
        stage = following
    return found


def test_a_person_who_is_alone_comes_back_from_their_result_to_the_receipt() -> None:
    assert walk(ALONE, "result", None, "leave") == [OwnResult(thanks=ALONE), replace(ALONE, was_shown=True), "stop"]


def test_where_another_person_can_follow_the_receipt_is_not_shown_again() -> None:
    changeover = Changeover(ONE_OF_MANY)
    shown = OwnResult(thanks=ONE_OF_MANY)
    assert walk(ONE_OF_MANY, "result", None, "result", None, "next") == [shown, changeover, shown, changeover, "next"]
    assert walk(ONE_OF_MANY, "next") == ["next"]
    assert walk(ONE_OF_MANY, "leave") == ["stop"]


@pytest.mark.parametrize(
    ("stage", "said"),
    [
        (ALONE, "next"),
        (ALONE, None),
        (Changeover(ONE_OF_MANY), None),
        (OwnResult(), "result"),
        (OwnResult(thanks=ALONE), "leave"),
    ],
)
def test_what_is_not_offered_cannot_be_said(stage: Stage, said: Said) -> None:
    with pytest.raises(ValueError, match="cannot be said"):
        next_stage(stage, said)


def test_outside_a_shared_project_the_result_comes_first_and_nothing_after_it() -> None:
    sitting = Sitting(EDITION, start(EDITION, None, "full"), Disk(), dated=True)
    first = first_stage(sitting, "R" * 16, "selfassess")
    assert first == OwnResult(notices.to_see_again("selfassess", is_private=True))
    assert next_stage(first, None) == "stop"


def test_in_a_shared_project_the_receipt_comes_first() -> None:
    sitting = Sitting(EDITION, start(EDITION, None, "full"), Disk(), dated=False)
    first = first_stage(sitting, "R" * 16, "selfassess")
    assert isinstance(first, Thanks)
    assert (first.receipt, first.has_next) == ("R" * 16, False)
    assert "  selfassess report --receipt" in first.uses
