"""What is taken back: a sheet by whoever handed it in, codes by whoever gave them out."""

from dataclasses import replace
from pathlib import Path

import pytest

from selfassess.model.round import Rules
from selfassess.model.sheet import Ticket
from selfassess.project.codes import RECEIPT_LENGTH, new_code
from selfassess.project.parcel import pack
from selfassess.project.project import create
from selfassess.project.rounds import Rounds
from selfassess.sitting import state
from tests.cli.conftest import Command
from tests.cli.rounds import EDITION, add_round


@pytest.mark.parametrize(
    ("codes", "said"),
    [(True, "To answer after all, you need a new invitation"), (False, "take --round autumn")],
)
def test_whoever_takes_their_answers_back_is_told_whether_they_can_answer_again(
    selfassess: Command, tmp_path: Path, codes: bool, said: str
) -> None:
    ours, receipt = tmp_path / "ours.selfassess", new_code(RECEIPT_LENGTH)
    with create(ours, "shared") as project:
        rounds, round = Rounds(project), add_round(project, Rules(codes=codes))
        ticket = rounds.admission.admit("autumn", *rounds.admission.issue("autumn", "board", 1)) if codes else None
        sheet = state.hand_in(EDITION.questionnaire, state.start(EDITION, "board", "full"))
        sheet = replace(sheet, ticket=ticket or Ticket(round=round.key))
        rounds.sheets.hand_in(pack(sheet, receipt), None, EDITION.questionnaire)
    done = selfassess("--project", str(ours), "forget", receipt, "--yes")
    assert done.code == 0
    assert done.err.startswith("Deleted: your answers and comments.\n")
    assert said in done.err
