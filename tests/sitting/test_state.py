from dataclasses import replace

import pytest

from selfassess.definition.tables import edition
from selfassess.definition.toml_source import parse
from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import Draft, Missing, Response, responses
from selfassess.sitting import state
from selfassess.sitting.steps import steps

SMALL = b"""
format = 1
id = "small"
version = "1"
title = "Small"
[[groups]]
id = "board"
title = "Board"
[[groups]]
id = "staff"
title = "Staff"
[scales.yes]
points = [{ value = 0, label = "No" }, { value = 1, label = "Yes" }]
dont_know = "Don't know"
[[strands]]
id = "one"
title = "One"
  [[strands.benchmarks]]
  id = "first"
  title = "First"
  comment = "Anything to add?"
    [[strands.benchmarks.items]]
    id = "met"
    text = "We met."
    short = true
    [[strands.benchmarks.items]]
    id = "why"
    text = "It helped."
    show_if = "met == 1"
    [[strands.benchmarks.items]]
    id = "how_many"
    text = "How many came?"
    kind = "number"
    min = 0
    max = 100
    show_if = "why == 1"
    [[strands.benchmarks.items]]
    id = "where"
    text = "Where?"
    kind = "many"
    groups = ["board"]
  [[strands.questions]]
  id = "well"
  text = "What works well?"
"""


@pytest.fixture
def small() -> Edition:
    return edition(parse("small.toml", SMALL))


def shown(small: Edition, draft: Draft) -> list[str]:
    return [step.id for step in steps(small.questionnaire, draft)]


def test_a_step_opens_when_what_it_depends_on_is_answered(small: Edition) -> None:
    q, draft = small.questionnaire, state.start(small, "staff")
    assert shown(small, draft) == ["met", "first", "well"]
    draft = state.respond(q, draft, "met", 1)
    assert shown(small, draft) == ["met", "why", "first", "well"]


def test_an_answer_behind_a_closed_step_opens_nothing_and_comes_back_with_the_step(small: Edition) -> None:
    q, draft = small.questionnaire, state.start(small, "staff")
    for id in ("met", "why"):
        draft = state.respond(q, draft, id, 1)
    draft = state.respond(q, draft, "how_many", 12)
    closed = state.respond(q, draft, "met", 0)
    assert shown(small, closed) == ["met", "first", "well"]
    assert responses(state.hand_in(q, closed), q)["how_many"] is Missing.NOT_ASKED
    again = state.respond(q, closed, "met", 1)
    assert responses(state.hand_in(q, again), q)["how_many"] == 12


def test_a_group_meets_only_its_own_items(small: Edition) -> None:
    assert "where" in shown(small, state.start(small, "board"))
    assert "where" not in shown(small, state.start(small, "staff"))


def test_the_short_form_keeps_open_questions(small: Edition) -> None:
    assert shown(small, state.start(small, "board", "short")) == ["met", "first", "well"]


@pytest.mark.parametrize(
    ("id", "response"),
    [
        ("met", 2),
        ("met", "yes"),
        ("met", Missing.NOT_APPLICABLE),
        ("met", Missing.NOT_ASKED),
        ("met", (1,)),
        ("where", (3,)),
        ("where", 1),
        ("how_many", 101),
        ("how_many", -1),
        ("well", 3),
    ],
)
def test_what_is_not_offered_is_refused(small: Edition, id: str, response: Response) -> None:
    with pytest.raises(state.NotAnOptionError):
        state.respond(small.questionnaire, state.start(small, "board"), id, response)


@pytest.mark.parametrize(("id", "nothing"), [("well", ""), ("where", ()), ("met", Missing.SKIPPED)])
def test_no_answer_is_an_open_step(small: Edition, id: str, nothing: Response) -> None:
    q = small.questionnaire
    before = {"well": "Much", "where": (0, 1), "met": 1}[id]
    draft = state.respond(q, state.start(small, "board"), id, before)
    assert id not in state.respond(q, draft, id, nothing).responses


def test_a_sheet_has_a_character_an_item_and_the_rest_beside(small: Edition) -> None:
    q, draft = small.questionnaire, state.start(small, "board")
    for id, response in (
        ("met", 1),
        ("why", 1),
        ("how_many", 12.5),
        ("where", (0, 1)),
        ("well", "The\x1b[31m tea [/]"),
    ):
        draft = state.respond(q, draft, id, response)
    draft = state.comment(draft, "first", "Much\u202e")
    sheet = state.hand_in(q, draft)
    assert sheet.answers == "11+++"
    assert sheet.beside == {"how_many": 12.5, "where": (0, 1)}
    assert sheet.texts == {"well": "The tea [/]", "first": "Much"}
    assert sheet.date is None
    assert responses(sheet, q) == draft.responses


def test_the_four_kinds_of_missing_stay_apart(small: Edition) -> None:
    q, draft = small.questionnaire, state.start(small, "staff")
    draft = state.respond(q, draft, "met", Missing.DONT_KNOW)
    assert state.hand_in(q, draft).answers == "?...+"


def test_the_characters_do_not_tell_who_wrote_in_their_own_words(small: Edition) -> None:
    q, draft = small.questionnaire, state.start(small, "staff")
    wrote = state.hand_in(q, state.respond(q, draft, "well", "Tea"))
    assert wrote.answers == state.hand_in(q, draft).answers
    assert responses(state.hand_in(q, draft), q)["well"] is Missing.SKIPPED


def test_comments_on_what_was_not_asked_are_not_handed_in(small: Edition) -> None:
    q, draft = small.questionnaire, state.start(small, "staff")
    draft = state.comment(state.respond(q, draft, "met", 1), "why", "Because")
    assert state.hand_in(q, draft).texts == {"why": "Because"}
    assert state.hand_in(q, state.respond(q, draft, "met", 0)).texts == {}


def test_a_comment_of_blanks_is_no_comment(small: Edition) -> None:
    draft = state.comment(state.start(small, "staff"), "met", "Yes")
    assert state.comment(draft, "met", " \n ").comments == {}


def test_progress_counts_what_wants_an_answer(small: Edition) -> None:
    q, draft = small.questionnaire, state.start(small, "board")
    assert state.progress(q, draft) == state.Progress(0, 2)
    draft = state.respond(q, draft, "met", Missing.DONT_KNOW)
    assert state.progress(q, draft) == state.Progress(1, 2)
    assert [step.id for step in state.open_steps(q, draft)] == ["where"]


def test_no_function_changes_the_draft_it_is_given(small: Edition) -> None:
    q, draft = small.questionnaire, state.start(small, "board")
    kept = replace(draft)
    state.respond(q, draft, "met", 1)
    state.comment(draft, "met", "x")
    state.go_to(draft, "well")
    assert draft == kept


def test_a_point_that_means_not_applicable_here_is_handed_in_as_such() -> None:
    text = SMALL.replace(b'text = "We met."', b'text = "We met."\n    not_applicable_values = [0]').replace(
        b'{ value = 1, label = "Yes" }', b'{ value = 1, label = "Yes" }, { value = 2, label = "Often" }'
    )
    small = edition(parse("small.toml", text))
    draft = state.respond(small.questionnaire, state.start(small, "staff"), "met", 0)
    assert state.hand_in(small.questionnaire, draft).answers[0] == "~"
