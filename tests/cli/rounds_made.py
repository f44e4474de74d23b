"""What the tests of a round's commands share: a round of the small questionnaire, and sheets that come into it."""

import io
from dataclasses import replace
from pathlib import Path

import pytest

from selfassess.definition.loader import restore
from selfassess.project.codes import RECEIPT_LENGTH, new_code
from selfassess.project.exchange_files import read_invitation, ticket_of, write_sheet
from selfassess.project.parcel import pack
from selfassess.sitting import state
from tests.cli.conftest import Command, Done

NEW = ("round", "new", "autumn", "--title", "Autumn 2026")


class Terminal(io.StringIO):
    """A keyboard with somebody at it."""

    def isatty(self) -> bool:
        return True


class Interrupted(Terminal):
    """A keyboard at which somebody presses Ctrl+C after what they typed."""

    def readline(self, size: int | None = -1, /) -> str:
        line = super().readline(size)
        if not line:
            raise KeyboardInterrupt
        return line


def interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on whoever has typed what is typed presses Ctrl+C."""
    monkeypatch.setattr("tests.cli.conftest.io.StringIO", Interrupted)


def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """From here on what is typed comes from somebody who can be asked."""
    monkeypatch.setattr("tests.cli.conftest.io.StringIO", Terminal)


def made(selfassess: Command, questionnaire: str, *more: str) -> Done:
    """A round of board (6 invited) and staff (4 invited) is made."""
    options = ("--questionnaire", questionnaire, "--invited", "board=6", "--invited", "staff=4", "--yes", *more)
    done = selfassess(*NEW, *options)
    assert done.code == 0, done.err
    return done


def answered(
    invitation: Path,
    to: Path,
    answers: dict[str, float],
    *,
    agrees: bool | None = None,
    receipt: str = "",
    revision: int = 0,
) -> Path:
    """An invitation is answered on another computer, and its sheet comes back. `revision` is above 0 for a person who
    answers again with their receipt."""
    invited = read_invitation(invitation)
    edition = restore("invitation", invited.content)
    draft = state.start(edition, invited.group, invited.round.form)
    for id, value in answers.items():
        draft = state.respond(edition.questionnaire, draft, id, value)
    sheet = state.hand_in(edition.questionnaire, draft)
    ticket = ticket_of(invited, agrees=agrees)
    to.parent.mkdir(exist_ok=True)
    parcel = pack(replace(sheet, ticket=ticket), receipt or new_code(RECEIPT_LENGTH), revision)
    write_sheet(to, parcel, overwrite=revision > 0)
    return to
