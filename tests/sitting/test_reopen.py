"""Handing in and opening again are each other's inverse."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.definition.tables import edition
from selfassess.definition.toml_source import parse
from selfassess.model.questionnaire import Edition, Item
from selfassess.model.routing import asked_items, dont_know
from selfassess.model.sheet import Draft, Missing, Response, Ticket
from selfassess.sitting import state
from selfassess.sitting.steps import steps
from tests.sitting.test_state import SMALL

TEXT = SMALL.replace(b'text = "We met."', b'text = "We met."\n    not_applicable_values = [2]').replace(
    b'{ value = 1, label = "Yes" }', b'{ value = 1, label = "Yes" }, { value = 2, label = "Never asked to" }'
)
EDITION: Edition = edition(parse("small.toml", TEXT))
Q = EDITION.questionnaire
TICKET = Ticket(round="a" * 32, admission="b" * 32, agrees=True, matching="c" * 32)


def response_to(item: Item) -> st.SearchStrategy[Response | None]:
    known = [st.just(None), *([st.just(Missing.DONT_KNOW)] if dont_know(Q, item) else [])]
    match item.kind:
        case "text":
            return st.one_of(*known, st.text(min_size=1))
        case "number":
            return st.one_of(*known, st.integers(0, 100), st.floats(0, 100))
        case "many":
            values = Q.scale_of(item).values
            return st.one_of(*known, st.sets(st.sampled_from(values), min_size=1).map(lambda some: tuple(sorted(some))))
        case _:
            return st.one_of(*known, st.sampled_from(Q.scale_of(item).values))


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """What a person can have answered: every step that is open to them is answered, left open or commented on."""
    draft = state.start(EDITION, draw(st.sampled_from(["board", "staff"])), draw(st.sampled_from(["full", "short"])))
    draft = replace(draft, ticket=draw(st.sampled_from([None, TICKET])))
    for id in [item.id for item in Q.items] + ["first"]:
        step = next((one for one in steps(Q, draft) if one.id == id), None)
        if step is None:
            continue
        if step.item and (response := draw(response_to(step.item))) is not None:
            draft = state.respond(Q, draft, id, response)
        if (step.item is None or step.item.kind != "text") and draw(st.booleans()):
            draft = state.comment(draft, id, draw(st.text()))
    return replace(draft, place="")


@given(drafts())
def test_a_sheet_becomes_the_draft_it_was_made_of(draft: Draft) -> None:
    assert state.reopen(Q, state.hand_in(Q, draft)) == draft


@given(drafts(), st.data())
def test_what_was_hidden_by_then_stays_away_and_the_sheet_is_the_same(draft: Draft, data: st.DataObject) -> None:
    hidden = state.respond(Q, draft, "met", data.draw(st.sampled_from([0, 1, 2])))
    sheet = state.hand_in(Q, hidden)
    again = state.reopen(Q, sheet)
    assert state.hand_in(Q, again) == sheet
    assert set(again.responses) <= {item.id for item in asked_items(Q, draft.group, draft.form, hidden.responses)}


def test_the_date_is_not_part_of_a_draft(partnership: Edition) -> None:
    import datetime

    draft = state.start(partnership, "board")
    date = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)
    sheet = state.hand_in(partnership.questionnaire, draft, date)
    assert state.reopen(partnership.questionnaire, sheet) == draft


@pytest.mark.parametrize("agrees", [True, False])
def test_consent_is_part_of_the_ticket_and_of_nothing_else(agrees: bool) -> None:
    draft = replace(state.start(EDITION, "staff"), ticket=TICKET)
    changed = state.agree(draft, agrees)
    assert replace(changed, ticket=TICKET) == draft
    assert changed.ticket == replace(TICKET, agrees=agrees)
    alone = state.start(EDITION, "staff")
    assert state.agree(alone, agrees) == alone
