"""Sheets of a round that were filled in on paper, each under the number written on it."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace

from selfassess.model.questionnaire import Questionnaire
from selfassess.model.round import EVERYBODY, Round
from selfassess.model.sheet import Receipt, Sheet, Ticket
from selfassess.project import acceptance, codes, round_queries, round_rules
from selfassess.project.acceptance import abouts
from selfassess.project.parcel import pack
from selfassess.project.project import Project
from selfassess.project.round_queries import existing_round
from selfassess.project.round_sheets import RoundSheets, Taken, put


@dataclass(frozen=True, slots=True, kw_only=True)
class FromPaper:
    """A sheet that was entered from paper, before it is written to the project file."""

    number: str
    """Written on the paper."""
    sheet: Sheet
    before: Sheet | None = None
    """The sheet that had this number when it was looked up; None where there was none."""


class PaperSheets:
    """The paper sheets of the rounds in a project file."""

    def __init__(self, project: Project, sheets: RoundSheets) -> None:
        self._database = project.database
        self._sheets = sheets

    def enter(self, id: str, number: str, sheet: Sheet, questionnaire: Questionnaire) -> Taken:
        """Store a sheet from paper under the number written on it. The same number again replaces it while the round is
        open. UsageError as in `RoundSheets.hand_in`, but no admission code is needed, because the owner of the project
        file vouches for the paper. A code in the ticket is used up."""
        number = round_rules.paper_number(number)
        with self._database.transaction() as connection:
            return self._enter(connection, existing_round(self._database, id), number, sheet, questionnaire)

    def enter_all(self, id: str, sheets: Iterable[FromPaper], questionnaire: Questionnaire) -> None:
        """Store several sheets from paper, as `enter` does: all of them or none. UsageError also if a sheet that is
        stored no longer equals `before`, because somebody else has entered it meanwhile."""
        numbered = [(round_rules.paper_number(one.number), one) for one in sheets]
        with self._database.transaction() as connection:
            round = existing_round(self._database, id)
            for number, one in numbered:
                if self.get(id, number) != one.before:
                    raise acceptance.keyed_in_meanwhile(number)
                self._enter(connection, round, number, one.sheet, questionnaire)

    def get(self, id: str, number: str) -> Sheet | None:
        """The sheet that was entered under a number, or None."""
        receipt = self._receipt(id, number)
        found = receipt and self._sheets.of_receipt(receipt)
        return found[1] if found else None

    def numbers(self, id: str) -> tuple[str, ...]:
        """The numbers of the sheets that were entered, in numerical order."""
        numbers = round_queries.papers(self._database, existing_round(self._database, id).key)
        return tuple(sorted(map(round_rules.without_leading_zeros, numbers), key=round_rules.in_order))

    def remove(self, id: str, number: str) -> bool:
        """Delete the sheet that was entered under a number. False if there is none."""
        receipt = self._receipt(id, number)
        return self._sheets.withdraw(receipt) if receipt else False

    def _receipt(self, id: str, number: str) -> Receipt | None:
        key = existing_round(self._database, id).key
        return round_queries.paper(self._database, key, round_rules.paper_number(number))

    def _enter(
        self, connection: sqlite3.Connection, round: Round, number: str, sheet: Sheet, questionnaire: Questionnaire
    ) -> Taken:
        ticket = sheet.ticket or Ticket(round=round.key)
        before = round_queries.paper(self._database, round.key, number)
        receipt = before or codes.new_receipt()
        parcel = pack(replace(sheet, ticket=ticket), receipt, taken_back=abouts(questionnaire) if before else ())
        acceptance.check(round, parcel, questionnaire)
        if ticket.admission and not before:
            found = round_queries.admission(self._database, ticket)
            acceptance.check_admission(round, sheet.group or EVERYBODY, ticket, found)
        put(connection, round, parcel, ticket, is_new=before is None)
        if not before:
            round_queries.add_paper(connection, round.key, number, receipt)
        return "replaced" if before else "new"
