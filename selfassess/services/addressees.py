"""The rounds to which sheets from elsewhere are addressed."""

from dataclasses import replace

from selfassess.model.questionnaire import Edition
from selfassess.project.acceptance import other_round
from selfassess.project.parcel import Parcel
from selfassess.project.rounds import Rounds
from selfassess.services.projects import announced, edition_of_round


class Addressees:
    """The rounds of a project, each with its questionnaire, read once."""

    def __init__(self, rounds: Rounds) -> None:
        self._rounds = rounds
        self._read: dict[str, tuple[Edition, str]] = {}

    def of(self, parcel: Parcel) -> tuple[Parcel, Edition]:
        """The parcel as its round takes it in, and what the round asks. Somebody who answers elsewhere has the
        questionnaire without its author's comments; to the round that is the same. UsageError where the round is not in
        this project."""
        ticket = parcel.sheet.ticket
        if ticket is None:
            raise other_round()
        if ticket.round not in self._read:
            round = self._rounds.with_key(ticket.round)
            if round is None:
                raise other_round()
            edition = edition_of_round(self._rounds, round)
            self._read[ticket.round] = edition, announced(edition).sha256
        edition, elsewhere = self._read[ticket.round]
        if parcel.sheet.questionnaire == elsewhere:
            parcel = replace(parcel, sheet=replace(parcel.sheet, questionnaire=edition.sha256))
        return parcel, edition
