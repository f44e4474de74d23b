"""Whether a barrier is of the past stands with its text, apart from the sheet, and changes with it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from selfassess.model.round import Round
from selfassess.model.sheet import PAST, Sheet, Ticket
from selfassess.project.codes import RECEIPT_LENGTH, new_code, new_key
from selfassess.project.exchange_files import read_sheet, write_sheet
from selfassess.project.parcel import pack
from selfassess.project.project import create
from selfassess.project.rounds import Rounds
from selfassess.sitting import state
from tests.sitting.test_barriers import EDITION, STEP, Q, wrote

KEY = new_key()
TICKET = Ticket(round=KEY)


@pytest.fixture
def rounds(tmp_path: Path) -> Iterator[Rounds]:
    with create(tmp_path / "ours.selfassess", "shared") as project:
        made = Rounds(project)
        invited = {"board": 9}
        made.add(Round(id="autumn", key=KEY, title="A", questionnaire=EDITION.sha256, invited=invited), EDITION)
        made.open("autumn")
        yield made


def test_who_answers_again_moves_a_barrier_out_of_the_past_and_nothing_is_left_of_it_there(rounds: Rounds) -> None:
    receipt = new_code(RECEIPT_LENGTH)
    once = state.hand_in(Q, state.put_in_past(wrote(), "hard", True))
    rounds.sheets.hand_in(pack(_in(once), receipt), questionnaire=Q)
    assert rounds.sheets.texts("autumn") == ((f"hard{PAST}", "The stairs."),)
    _, found = rounds.sheets.of_receipt(receipt)
    opened = state.reopen(Q, found)
    assert (opened.past, opened.responses["hard"]) == (("hard",), "The stairs.")
    still = state.hand_in(Q, state.put_in_past(opened, "hard", False))
    rounds.sheets.hand_in(rounds.sheets.replacement(still, receipt), questionnaire=Q)
    assert rounds.sheets.texts("autumn") == (("hard", "The stairs."),)
    rounds.project.forget(receipt)
    assert rounds.sheets.texts("autumn") == ()


def test_a_sheet_file_says_it_in_words_and_is_taken_in(rounds: Rounds, tmp_path: Path) -> None:
    once = _in(state.hand_in(Q, state.put_in_past(wrote(), "hard", True)))
    write_sheet(tmp_path / "a.sheet", pack(once, new_code(RECEIPT_LENGTH)))
    assert f'"about": "{STEP}"' in (tmp_path / "a.sheet").read_text(encoding="utf-8")
    rounds.sheets.hand_in(read_sheet(tmp_path / "a.sheet"), questionnaire=Q)
    assert rounds.sheets.texts("autumn") == ((STEP, "The stairs."),)


def _in(sheet: Sheet) -> Sheet:
    return replace(sheet, ticket=TICKET)
