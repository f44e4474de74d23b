"""The sheets of the rounds of a shared project, and the drafts that become sheets."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal

from selfassess.errors import UsageError
from selfassess.model.questionnaire import Edition, GroupKey, Questionnaire
from selfassess.model.round import EVERYBODY, Round
from selfassess.model.sheet import Draft, Receipt, Sheet, Ticket
from selfassess.project import acceptance, codes, queries, round_queries, schema
from selfassess.project.parcel import Parcel, pack
from selfassess.project.project import Project, withdraw
from selfassess.project.records import SavedDraft
from selfassess.project.round_queries import existing_round

Taken = Literal["new", "replaced", "here"]


class RoundSheets:
    """The drafts and sheets of the rounds in a project file."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._database = project.database

    def begin(self, edition: Edition, draft: Draft, code: str) -> SavedDraft:
        """Store the first draft of a sitting in an open round. `code` opens it again: the admission code if the round
        has codes, or else a resume code; for somebody who has handed in and answers again, their receipt. UsageError if
        the round is not open, or if a sitting is open with that code."""
        code, ticket = codes.normalise(code), draft.ticket
        id, receipt = self._project.draft_id(code), codes.as_receipt(code)
        # Slow, so it is done before the file is locked.
        admission = codes.admission_key(code, self._project.salt) if ticket and ticket.admission else ""
        with self._database.transaction() as connection:
            round = self._round_of(ticket)
            if ticket is None or edition.sha256 != round.questionnaire:
                raise acceptance.other_round()
            acceptance.check_place(round, draft, ticket)
            if receipt:
                self._check_again(round, receipt)
            elif round.rules.codes:
                acceptance.check_admission(
                    round,
                    draft.group or EVERYBODY,
                    ticket,
                    round_queries.admission(self._database, ticket),
                )
                if ticket.admission != admission:
                    raise acceptance.unknown_code()
            if queries.has_draft(connection, id):
                raise UsageError(f"A sitting is open with the code {code} already.", "Carry on with that one.")
            queries.add_draft(connection, id, self._project.as_stored(draft), None)
            round_queries.fix(connection, round.key)
        return SavedDraft(id, draft, None, 0)

    def find_draft(self, code: str) -> SavedDraft | None:
        """The draft that an admission code or a resume code opens; or a receipt, if somebody answers again."""
        return self._project.draft_of(codes.normalise(code))

    def hand_in(
        self, parcel: Parcel, last: SavedDraft | None = None, questionnaire: Questionnaire | None = None
    ) -> Taken:
        """Store a sheet, use up its admission code, and delete the draft: all of it or nothing. The same parcel again
        changes nothing ("here"), even after close; a higher revision replaces the sheet ("replaced"). UsageError says
        why it is refused: another round or questionnaire, a closed round, a used or unknown code, a group that takes no
        part, answers that do not fit the questionnaire, or a receipt or key of another sheet.

        The questionnaire of the round is needed for sheets from elsewhere. A sheet that was made here, from a draft,
        fits by construction.
        """
        if last is None and questionnaire is None:
            raise ValueError("a sheet from elsewhere cannot be checked without its questionnaire")
        with self._database.transaction() as connection:
            return self._take_in(connection, parcel, last, questionnaire)

    def hand_in_all(self, parcels: Iterable[tuple[Parcel, Questionnaire]]) -> list[Taken | UsageError]:
        """Store several sheets from elsewhere, each with its questionnaire, as `hand_in` does. Returns what became of
        each, or why it is refused. All are written in one transaction, which takes hardly longer than one sheet. If
        that fails, none is stored."""
        found: list[Taken | UsageError] = []
        with self._database.transaction() as connection:
            for parcel, questionnaire in parcels:
                try:
                    found.append(self._take_in(connection, parcel, None, questionnaire))
                except UsageError as error:  # nothing was written: every check comes before the first write
                    found.append(error)
        return found

    def _take_in(
        self,
        connection: sqlite3.Connection,
        parcel: Parcel,
        last: SavedDraft | None,
        questionnaire: Questionnaire | None,
    ) -> Taken:
        round = self._round_of(parcel.sheet.ticket)
        there = round_queries.sheet_state(self._database, parcel.key)
        if there and there.round != round.key:
            raise acceptance.other_round()
        if there and there.revision >= parcel.revision:
            self._check_same(round, parcel, there.revision)
            return "here"
        ticket = self._with_admission(round, parcel, acceptance.check(round, parcel, questionnaire))
        if there:
            acceptance.check_proof(parcel, there.revision, there.proof)
        group = parcel.sheet.group or EVERYBODY
        if round_queries.is_withdrawn(self._database, parcel.key):
            raise acceptance.withdrawn()
        if there and round.rules.codes and there.group != group:
            raise acceptance.other_group()
        if there is None or parcel.signed:
            acceptance.check_admission(
                round,
                group,
                ticket,
                round_queries.admission(self._database, ticket),
                again=there is not None,
            )
        if round_queries.are_of_another(self._database, parcel, round.key, is_new=there is None):
            raise acceptance.another_sheet()
        if last and not queries.remove_draft(connection, last.id, last.revision):
            raise self._project.overtaken(connection, last)
        put(connection, round, parcel, ticket, is_new=there is None)
        return "replaced" if there else "new"

    def withdraw(self, receipt: str) -> bool:
        """Delete a sheet, its texts and what it said of consent; its code stays used. False if no sheet has that
        receipt. UsageError if its round is closed."""
        receipt = codes.receipt(receipt)
        if self._there(receipt) is None:
            return False
        draft = self._project.draft_id(receipt)
        with self._database.transaction() as connection:
            found = withdraw(connection, receipt, draft)
        self._project.tidy()
        return found

    def of_receipt(self, receipt: str) -> tuple[Round, Sheet] | None:
        """The sheet with a receipt, with its texts and a ticket, and its round: to see one's result, or to answer again
        while the round is open."""
        receipt = codes.receipt(receipt)
        key = codes.sheet_key(receipt)
        there = self._there(receipt)
        round = round_queries.round_with_key(self._database, there.round) if there and there.round else None
        sheet = queries.sheet(self._database, receipt)
        if not round or not sheet:
            return None
        asks = (sheet.group or EVERYBODY) in round.rules.asks_consent
        ticket = Ticket(
            round=round.key,
            agrees=not round_queries.refuses(self._database, receipt) if asks else None,
            matching=round_queries.matching(self._database, key),
        )
        return round, replace(sheet, ticket=ticket, texts=queries.texts(self._database, receipt, sheet.questionnaire))

    def revision(self, receipt: str) -> int:
        """How often this person has answered before. The revision of the next parcel must be higher. UsageError if no
        sheet has that receipt."""
        receipt = codes.receipt(receipt)
        there = self._there(receipt)
        if there is None:
            raise acceptance.no_sheet(receipt)
        return there.revision

    def replacement(self, sheet: Sheet, receipt: str) -> Parcel:
        """The parcel of somebody who answers again. UsageError if no sheet has that receipt."""
        receipt = codes.receipt(receipt)
        before = round_queries.abouts(self._database, sheet.ticket.round) if sheet.ticket else ()
        return pack(sheet, receipt, self.revision(receipt) + 1, before)

    def answers(self, id: str) -> Iterator[tuple[GroupKey | None, str]]:
        """Group and characters of every sheet, in random order. Hundreds of thousands a second."""
        return round_queries.answers(self._database, existing_round(self._database, id).key)

    def answers_by_group(self, id: str) -> Iterator[tuple[GroupKey | None, str]]:
        """The same for reports of very many: each group with the characters of many of its sheets joined. Millions a
        second."""
        round = existing_round(self._database, id)
        groups = [group or None for group in round.invited]
        return round_queries.answers_by_group(self._database, round.key, groups)

    def matched_answers(self, id: str) -> Iterator[tuple[GroupKey | None, str, str | None]]:
        """Group, characters and key of the matching code (None if there is none) of every sheet, in random order."""
        return round_queries.matched_answers(self._database, existing_round(self._database, id).key)

    def is_any_matched(self, id: str) -> bool:
        """Whether any sheet has a matching code."""
        return round_queries.is_any_matched(self._database, existing_round(self._database, id).key)

    def texts(self, id: str) -> tuple[tuple[str, str], ...]:
        """What each text is about, and the text, not connected to any sheet and in random order."""
        return tuple(round_queries.texts(self._database, existing_round(self._database, id).key))

    def _check_again(self, round: Round, receipt: Receipt) -> None:
        there = self._there(receipt)
        if there is None or there.round != round.key:
            raise acceptance.no_sheet(receipt)

    def _check_same(self, round: Round, parcel: Parcel, revision: int) -> None:
        """UsageError if the stored sheet has the revision of the parcel but says something else."""
        same = revision > parcel.revision or round_queries.is_same(
            self._database, parcel, refuses=acceptance.refuses(round, parcel)
        )
        if not same:
            raise acceptance.says_something_else()

    def _there(self, receipt: Receipt) -> round_queries.SheetState | None:
        """Where the sheet with a receipt is, if it is in a round."""
        there = round_queries.sheet_state(self._database, codes.sheet_key(receipt))
        return there if there and there.round else None

    def _with_admission(self, round: Round, parcel: Parcel, ticket: Ticket) -> Ticket:
        """The ticket with the key of the admission code that a sheet file was written with."""
        if not parcel.signed or not parcel.signed.signature:
            return ticket
        for key in round_queries.admission_keys(self._database, round.key):
            if codes.signature(key, parcel.signed.digest) == parcel.signed.signature:
                return replace(ticket, admission=key)
        raise acceptance.unsigned()

    def _round_of(self, ticket: Ticket | None) -> Round:
        round = round_queries.round_with_key(self._database, ticket.round) if ticket else None
        if round is None:
            raise acceptance.other_round()
        return round


def put(connection: sqlite3.Connection, round: Round, parcel: Parcel, ticket: Ticket, *, is_new: bool) -> None:
    """Write a sheet that was accepted, with what it says of consent, and use up its admission code."""
    group = parcel.sheet.group or EVERYBODY
    refuses = acceptance.refuses(round, parcel)
    if ticket.admission and is_new:
        round_queries.use_admission(connection, ticket.admission, round.key)
    round_queries.put_sheet(connection, parcel, ticket)
    round_queries.put_refusal(connection, parcel.refusal, round.key, group, refuses=refuses)
    round_queries.fix(connection, round.key)
    schema.note_untidy(connection)
