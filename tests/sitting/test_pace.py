from selfassess.model.questionnaire import Edition
from selfassess.sitting import state
from selfassess.sitting.pace import BREAK, ENOUGH, Pace
from selfassess.sitting.steps import steps


def test_the_rest_takes_as_long_as_this_person_does(partnership: Edition) -> None:
    draft = state.start(partnership, "board")
    found = steps(partnership.questionnaire, draft)
    pace = Pace()
    usual = pace.minutes_left(found, found[0], draft)
    now = 0.0
    pace.turned(None, now)
    for _ in range(ENOUGH):
        now += 20  # twice as long as is usual for a choice
        pace.turned(found[0], now)
    assert abs(pace.minutes_left(found, found[0], draft) - 2 * usual) <= 1
    pace.turned(found[0], now + 2 * BREAK)  # a break says nothing
    assert pace.ratio == 2


def test_what_is_answered_takes_no_time_and_what_is_behind_neither(partnership: Edition) -> None:
    draft = state.start(partnership, "board")
    found = steps(partnership.questionnaire, draft)
    assert Pace().minutes_left(found, found[-1], draft) == 1
    done = state.respond(partnership.questionnaire, draft, found[0].id, 3)
    assert Pace().minutes_left(found[:1], found[0], done) == 0
