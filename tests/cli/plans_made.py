"""A shared project with a closed round that suggests what to do."""

from collections.abc import Mapping
from pathlib import Path

from selfassess.definition.loader import read
from selfassess.model.sheet import Sheet, Ticket
from selfassess.project import codes
from selfassess.project.parcel import pack
from selfassess.project.project import create
from selfassess.project.rounds import Rounds
from tests.conftest import EARLIER
from tests.services.made import HANDED_IN, made_round, rows


def closed_round(path: Path, handed_in: Mapping[str, int] = HANDED_IN, *, close: bool = True) -> Path:
    """The round “Autumn 2026” of the partnership questionnaire, with a sheet of everybody who handed in."""
    edition = read(EARLIER)
    one = made_round(edition, state="new")
    with create(path, "shared") as project:
        rounds = Rounds(project)
        rounds.add(one, edition)
        rounds.open(one.id)
        for group, characters in rows(edition, handed_in):
            ticket = Ticket(round=one.key, agrees=True if group == "external" else None)
            sheet = Sheet(questionnaire=edition.sha256, group=group, form="full", answers=characters, ticket=ticket)
            rounds.sheets.hand_in(
                pack(sheet, codes.new_code(codes.RECEIPT_LENGTH)), questionnaire=edition.questionnaire
            )
        if close:
            rounds.close(one.id)
    return path
