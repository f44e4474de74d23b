from selfassess.definition.tables import edition
from selfassess.definition.toml_source import parse
from selfassess.model.sheet import Missing
from selfassess.sitting import state
from selfassess.sitting.steps import Place, place, steps

EDITION = edition(
    parse(
        "small",
        b"""
format = 1
id = "small"
version = "1"
title = "Small"
[scales.tools]
points = [{ value = 3, label = "Spade" }, { value = 1, label = "Can" }, { value = 2, label = "Hose" }]
dont_know = "Don't know"
[[strands]]
id = "one"
title = "One"
  [[strands.benchmarks]]
  id = "first"
  title = "First"
  comment = "Anything to add?"
    [[strands.benchmarks.items]]
    id = "which"
    text = "Which of these?"
    kind = "many"
  [[strands.questions]]
  id = "well"
  text = "What works well?"
[[strands]]
id = "two"
title = "Two"
  [[strands.items]]
  id = "best"
  text = "Which one best?"
""",
    )
)
QUESTIONNAIRE = EDITION.questionnaire
START = state.start(EDITION, None)


def test_a_step_knows_its_place_and_only_what_wants_an_answer_is_counted() -> None:
    found = steps(QUESTIONNAIRE, START)
    assert [place(found, step) for step in found] == [
        Place(part=1, parts=2, number=1, asked=2, is_first=True),
        Place(part=1, parts=2, number=None, asked=2, is_first=False),
        Place(part=1, parts=2, number=None, asked=2, is_first=False),
        Place(part=2, parts=2, number=2, asked=2, is_first=True),
    ]


def test_points_of_many_are_added_and_taken_away_in_the_order_of_the_options() -> None:
    draft = START
    for value, chosen in ((2, (2,)), (3, (3, 2)), (1, (3, 1, 2)), (3, (1, 2))):
        draft = state.toggle(QUESTIONNAIRE, draft, "which", value)
        assert draft.responses["which"] == chosen


def test_the_last_point_of_many_that_is_taken_away_leaves_the_item_open() -> None:
    draft = state.toggle(QUESTIONNAIRE, state.toggle(QUESTIONNAIRE, START, "which", 2), "which", 2)
    assert "which" not in draft.responses


def test_dont_know_makes_way_for_a_point() -> None:
    draft = state.respond(QUESTIONNAIRE, START, "which", Missing.DONT_KNOW)
    assert state.toggle(QUESTIONNAIRE, draft, "which", 1).responses["which"] == (1,)
