"""Whether a barrier that somebody wrote is still the case or in the past: asked of them, and kept with their text."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.definition.tables import edition
from selfassess.definition.toml_source import parse
from selfassess.documents.blocks import Question
from selfassess.documents.paper_form import document
from selfassess.model.questionnaire import Edition
from selfassess.model.reports import PaperForm
from selfassess.model.sheet import ONCE, PAST, STILL, STILL_OR_ONCE, Draft, Missing, Sheet, responses
from selfassess.project import records
from selfassess.project.acceptance import abouts, can_be_begun, misfit
from selfassess.project.drafts import Unsaved
from selfassess.services.paper import layout
from selfassess.services.reports import own_report
from selfassess.sitting import notices, paper_row, state
from selfassess.sitting.session import Sitting
from selfassess.sitting.steps import place, steps
from selfassess.tui.question_view import view
from tests.sitting.test_state import SMALL

ASKED = (
    SMALL
    + b"""
  [[strands.questions]]
  id = "hard"
  text = "What makes it hard?"
  collects = "barriers"
  short = true
  [[strands.questions]]
  id = "good"
  text = "What works well?"
  collects = "positives"
"""
)
EDITION: Edition = edition(parse("small.toml", ASKED))
Q = EDITION.questionnaire
STEP = f"hard{PAST}"


def wrote(text: str = "The stairs.") -> Draft:
    return state.respond(Q, state.start(EDITION, "board"), "hard", text)


def ids(draft: Draft) -> list[str]:
    return [step.id for step in steps(Q, draft)]


def test_it_is_asked_right_after_a_barrier_and_only_where_one_was_written() -> None:
    assert STEP not in ids(state.start(EDITION, "board"))
    there = ids(wrote())
    assert there[there.index("hard") + 1] == STEP
    assert STEP not in ids(state.clear(wrote(), "hard"))
    assert f"good{PAST}" not in ids(state.respond(Q, wrote(), "good", "The garden."))


def test_nobody_owes_it_and_a_barrier_is_still_so_where_nothing_is_said() -> None:
    now = steps(Q, wrote())
    step = next(one for one in now if one.id == STEP)
    assert (step.words("board"), step.wants_answer, place(now, step).number) == (STILL_OR_ONCE, False, None)
    assert notices.answer_at(Q, wrote(), step) == STILL
    assert state.progress(Q, wrote()) == state.progress(Q, state.start(EDITION, "board"))
    assert state.hand_in(Q, wrote()).texts == {"hard": "The stairs."}


def test_a_barrier_of_the_past_is_handed_in_as_one_and_the_characters_do_not_tell() -> None:
    past = state.put_in_past(wrote(), "hard", True)
    sheet = state.hand_in(Q, past)
    assert sheet.texts == {STEP: "The stairs."}
    assert sheet.answers == state.hand_in(Q, wrote()).answers == state.hand_in(Q, state.start(EDITION, "board")).answers
    assert responses(sheet, Q)["hard"] == "The stairs."
    assert state.hand_in(Q, state.put_in_past(past, "hard", False)).texts == {"hard": "The stairs."}


def test_what_was_taken_away_is_not_in_the_past_when_something_else_is_written() -> None:
    again = state.respond(Q, state.clear(state.put_in_past(wrote(), "hard", True), "hard"), "hard", "The keys.")
    assert state.hand_in(Q, again).texts == {"hard": "The keys."}


@given(st.text(min_size=1, max_size=40), st.booleans())
def test_handing_in_and_opening_again_are_each_other_s_inverse(text: str, is_past: bool) -> None:
    draft = state.put_in_past(wrote(text), "hard", is_past)
    sheet = state.hand_in(Q, draft)
    opened = state.reopen(Q, sheet)
    assert state.hand_in(Q, opened) == sheet
    assert opened.past == (("hard",) if is_past and sheet.texts else ())
    assert not misfit(replace(sheet, texts={}), tuple(sheet.texts.items()), Q)


def test_a_draft_comes_back_with_it_and_one_of_an_earlier_version_opens_without() -> None:
    past = state.put_in_past(wrote(), "hard", True)
    written = records.write_draft(past)
    assert records.read_draft(EDITION.sha256, written) == past
    earlier = written.replace(',"past":["hard"]', "")
    assert earlier != written
    assert records.read_draft(EDITION.sha256, earlier) == replace(past, past=())


@pytest.mark.parametrize("id", ["good", "nothing", "hard/past"])
def test_only_barriers_can_be_in_the_past(id: str) -> None:
    assert can_be_begun(state.put_in_past(wrote(), "hard", True), Q)
    assert not can_be_begun(replace(wrote(), past=(id,)), Q)
    assert f"good{PAST}" not in abouts(Q)


def sheet_with(*texts: tuple[str, str]) -> str:
    return misfit(state.hand_in(Q, wrote()), texts, Q)


def test_a_sheet_has_one_text_about_a_barrier() -> None:
    assert sheet_with(("hard", "Now."), (STEP, "Then.")) == "It has more than one text about “hard”."
    assert sheet_with((STEP, "Then."), ("hard", "Now.")) == "It has more than one text about “hard”."
    assert sheet_with((STEP, "Then."), (STEP, "Then.")) == "It has more than one text about “hard”."
    assert sheet_with((f"good{PAST}", "Then.")) == "It has a text about “good”, which was not asked."
    assert sheet_with(("hard", ""), (STEP, "Then.")) == sheet_with((STEP, ""), ("hard", "Now.")) == ""


def test_on_screen_it_is_one_press_below_what_was_written() -> None:
    sitting = Sitting(EDITION, replace(wrote(), place=STEP), Unsaved())
    shown = view(sitting)
    assert shown.context[-1] == "You wrote: The stairs."
    assert [(one.key, one.label, one.is_chosen) for one in shown.options] == [("1", STILL, True), ("2", ONCE, False)]
    assert (shown.entry, shown.settles, shown.wants_answer) == (None, (True, True), False)
    sitting.choose(shown.responses[1])
    assert [one.is_chosen for one in view(sitting).options] == [False, True]
    assert sitting.sheet.texts == {STEP: "The stairs."}
    sitting.clear()
    assert sitting.sheet.texts == {"hard": "The stairs."}


def test_on_paper_it_is_asked_below_the_lines_and_typed_in_where_it_was_circled() -> None:
    form = layout(EDITION, "board", "full")
    asked = [block for part in document(PaperForm(layout=form)).sections for block in part.blocks]
    questions = [block for block in asked if isinstance(block, Question)]
    below = [after for before, after in pairwise(questions) if before.text == "What makes it hard?"]
    assert [(one.circle, one.number) for one in below] == [((STILL, ONCE), None)]
    keyed = paper_row.Keyed(("-",) * len(form.numbered), None)
    wanted = dict(paper_row.wanted_texts(form, keyed))
    assert ONCE in wanted[STEP]
    assert f"good{PAST}" not in wanted
    assert paper_row.sheet_of(form, keyed, {STEP: "Then."}, "r" * 32).texts == {STEP: "Then."}


def test_in_one_s_own_result_it_is_said() -> None:
    def told(sheet: Sheet) -> str:
        return own_report(EDITION, sheet).texts["hard"]

    assert told(state.hand_in(Q, wrote())) == "The stairs."
    assert told(state.hand_in(Q, state.put_in_past(wrote(), "hard", True))) == f"The stairs.\n({ONCE}.)"


def test_a_text_that_was_taken_away_from_a_sheet_leaves_nothing() -> None:
    sheet = state.hand_in(Q, state.put_in_past(wrote(), "hard", True))
    assert responses(replace(sheet, texts={}), Q)["hard"] is Missing.SKIPPED
