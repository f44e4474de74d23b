"""What comes into the rounds of a shared project and out again: drafts, sheets, and what was keyed in from paper."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from selfassess.errors import UsageError
from selfassess.model.questionnaire import Edition, Questionnaire
from selfassess.model.round import EVERYBODY, Round, groups_of
from selfassess.model.sheet import Draft, Sheet, Ticket
from selfassess.project import codes, queries, round_queries, round_rules, schema, submission
from selfassess.project.database_errors import Trouble
from selfassess.project.exchange_files import Parcel, pack
from selfassess.project.project import Project, withdraw
from selfassess.project.records import SavedDraft
from selfassess.project.submission import abouts

Taken = Literal["new", "replaced", "here"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FromPaper:
    """A sheet keyed in from paper, on its way into a round."""

    number: str
    """Written on the paper."""
    sheet: Sheet
    before: Sheet | None = None
    """What was there under that number when it was looked for; None for nothing."""


class RoundSheets:
    """The half of `Rounds` that people's answers pass through."""

    def __init__(self, project: Project) -> None:
        if project.kind == "personal":
            raise UsageError(
                "This project is one person's own, so it has no rounds.",
                "Make a project that several people share, or name the file of one.",
            )
        self.project = project
        self._database = project.database

    def begin(self, edition: Edition, draft: Draft, code: str) -> SavedDraft:
        """Keep the first draft of a sitting in an open round. `code` opens it again: the admission code where the round
        has codes, else a resume code; for somebody who has handed in and answers again, their receipt. UsageError
        where the round is not open, or a sitting is open with that code."""
        code, ticket = codes.normalise(code), draft.ticket
        id, again = self.project.draft_id(code), not codes.is_resume_code(code)
        # Slow, so before anybody is kept from writing.
        admission = codes.admission_key(code, self.project.salt) if ticket and ticket.admission else ""
        with self._database.transaction() as connection:
            round = self._round_of(ticket)
            if ticket is None or edition.sha256 != round.questionnaire:
                raise submission.other_round()
            submission.check_place(round, draft, ticket)
            if again:
                self._check_again(round, code)
            elif round.rules.codes:
                submission.check_admission(round, draft.group or EVERYBODY, ticket, self._admission(ticket))
                if ticket.admission != admission:
                    raise submission.unknown_code()
            if queries.has_draft(connection, id):
                raise UsageError(f"A sitting is open with the code {code} already.", "Go on with that one.")
            queries.add_draft(connection, id, self.project.kept(draft), None)
            round_queries.fix(connection, round.key)
        return SavedDraft(id, draft, None, 0)

    def find_draft(self, code: str) -> SavedDraft | None:
        """The draft that an admission code or resume code opens; or a receipt, where somebody answers again."""
        return self.project.draft_of(codes.normalise(code))

    def hand_in(
        self, parcel: Parcel, last: SavedDraft | None = None, questionnaire: Questionnaire | None = None
    ) -> Taken:
        """Take a sheet in, use up its admission code, and let go of the draft: all of it or nothing. The same parcel
        again changes nothing ("here"), even after close; a higher revision of it replaces what there was ("replaced").
        UsageError says why it is refused: another round or questionnaire, a closed round, a used or unknown code, a
        group that takes no part, answers that do not fit the questionnaire, a receipt or a key that another sheet has.

        The questionnaire, that of the round, is needed for what comes from elsewhere. A sheet that was made here, of a
        draft, fits by how it is made.
        """
        if last is None and questionnaire is None:
            raise ValueError("a sheet from elsewhere cannot be looked at without its questionnaire")
        with self._database.transaction() as connection:
            return self._take_in(connection, parcel, last, questionnaire)

    def hand_in_all(self, parcels: Iterable[tuple[Parcel, Questionnaire]]) -> list[Taken | UsageError]:
        """Take several sheets from elsewhere in, each with its questionnaire, as `hand_in` does: what became of each,
        or why it is refused. Writing them down at once takes hardly longer than one alone. Where that fails, none of
        them is in."""
        found: list[Taken | UsageError] = []
        with self._database.transaction() as connection:
            for parcel, questionnaire in parcels:
                try:
                    found.append(self._take_in(connection, parcel, None, questionnaire))
                except UsageError as error:  # nothing of it was written: all that is looked at is looked at before
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
        there = round_queries.there(self._database, parcel.key)
        if there and there.round != round.key:
            raise submission.other_round()
        if there and there.revision >= parcel.revision:
            self._check_same(round, parcel, there.revision)
            return "here"
        ticket = self._with_admission(round, parcel, submission.check(round, parcel, questionnaire))
        if there:
            submission.check_proof(parcel, there.revision, there.proof)
        group = parcel.sheet.group or EVERYBODY
        if round_queries.is_withdrawn(self._database, parcel.key):
            raise submission.withdrawn()
        if there and round.rules.codes and there.group != group:
            raise submission.other_group()
        if there is None or parcel.signed:
            submission.check_admission(round, group, ticket, self._admission(ticket), again=there is not None)
        if round_queries.are_of_another(self._database, parcel, round.key, is_new=there is None):
            raise submission.another_sheet()
        if last and not queries.remove_draft(connection, last.id, last.revision):
            raise self.project.overtaken(connection, last)
        self._put(connection, round, parcel, ticket, is_new=there is None)
        return "replaced" if there else "new"

    def withdraw(self, receipt: str) -> bool:
        """Remove a sheet, its texts and what it said of consent; its code stays used. False where nothing has that
        receipt. UsageError where its round is closed."""
        receipt = codes.normalise(receipt)
        if self._there(receipt) is None:
            return False
        draft = self.project.draft_id(receipt)
        with self._database.transaction() as connection:
            found = withdraw(connection, receipt, draft)
        self.project.tidy()
        return found

    def of_receipt(self, receipt: str) -> tuple[Round, Sheet] | None:
        """The sheet that a receipt finds, with its texts and a ticket, and its round: to see one's result, or to answer
        again while the round is open."""
        receipt = codes.normalise(receipt)
        key = codes.sheet_key(receipt)
        there = self._there(receipt)
        round = there and self.with_key(there.round or "")
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
        """How often this person has answered before; what the next parcel's revision must be above. UsageError where
        nothing has that receipt."""
        receipt = codes.normalise(receipt)
        there = self._there(receipt)
        if there is None:
            raise submission.no_sheet(receipt)
        return there.revision

    def again(self, sheet: Sheet, receipt: str) -> Parcel:
        """The parcel of somebody who answers again. UsageError where nothing has that receipt."""
        receipt = codes.normalise(receipt)
        before = round_queries.abouts(self._database, sheet.ticket.round if sheet.ticket else "")
        return pack(sheet, receipt, self.revision(receipt) + 1, before)

    def answers(self, id: str) -> Iterator[tuple[str | None, str]]:
        """Group and characters of every sheet, in an order that tells nothing. Hundreds of thousands a second."""
        return round_queries.answers(self._database, self._round(id).key)

    def answers_by_group(self, id: str) -> Iterator[tuple[str | None, str]]:
        """The same for reports of very many: a group at a time, with the characters of many of its sheets one after the
        other. Millions a second."""
        round = self._round(id)
        groups = [group or None for group in round.invited]
        return round_queries.answers_by_group(self._database, round.key, groups)

    def matched_answers(self, id: str) -> Iterator[tuple[str | None, str, str | None]]:
        """Group, characters and the key of the matching code (None where there is none) of every sheet, in an order
        that tells nothing."""
        return queries.matched_answers(self._database, self._round(id).key)

    def is_any_matched(self, id: str) -> bool:
        """Whether any sheet has a matching code."""
        return queries.is_any_matched(self._database, self._round(id).key)

    def texts(self, id: str) -> tuple[tuple[str, str], ...]:
        """What each text is about, and the text, cut loose, in an order that tells nothing."""
        return tuple(round_queries.texts(self._database, self._round(id).key))

    # Paper

    def enter(self, id: str, number: str, sheet: Sheet, questionnaire: Questionnaire) -> Taken:
        """Keep a sheet keyed in from paper under the number written on it; the same number again replaces it while
        the round is open. UsageError as in `hand_in`; but no admission code is needed, since whoever holds the project
        file vouches for the paper. One that is named in the ticket is used up."""
        number = round_rules.paper_number(number)
        with self._database.transaction() as connection:
            return self._enter(connection, self._round(id), number, sheet, questionnaire)

    def enter_all(self, id: str, sheets: Iterable[FromPaper], questionnaire: Questionnaire) -> None:
        """Keep several sheets keyed in from paper, as `enter` does: all of them or none. UsageError also where one of
        them is not as its `before` says: somebody else has keyed it in meanwhile."""
        numbered = [(round_rules.paper_number(one.number), one) for one in sheets]
        with self._database.transaction() as connection:
            round = self._round(id)
            for number, one in numbered:
                if self.paper(id, number) != one.before:
                    raise submission.keyed_in_meanwhile(number)
                self._enter(connection, round, number, one.sheet, questionnaire)

    def _enter(
        self, connection: sqlite3.Connection, round: Round, number: str, sheet: Sheet, questionnaire: Questionnaire
    ) -> Taken:
        ticket = sheet.ticket or Ticket(round=round.key)
        before = round_queries.paper(self._database, round.key, number)
        receipt = before or codes.new_code(codes.RECEIPT_LENGTH)
        parcel = pack(replace(sheet, ticket=ticket), receipt, taken_back=abouts(questionnaire) if before else ())
        submission.check(round, parcel, questionnaire)
        if ticket.admission and not before:
            submission.check_admission(round, sheet.group or EVERYBODY, ticket, self._admission(ticket))
        self._put(connection, round, parcel, ticket, is_new=before is None)
        if not before:
            round_queries.add_paper(connection, round.key, number, receipt)
        return "replaced" if before else "new"

    def paper(self, id: str, number: str) -> Sheet | None:
        """What was keyed in under a number, or None."""
        receipt = round_queries.paper(self._database, self._round(id).key, round_rules.paper_number(number))
        found = receipt and self.of_receipt(receipt)
        return found[1] if found else None

    def papers(self, id: str) -> tuple[str, ...]:
        """The numbers that were keyed in, in the order of numbers."""
        kept = map(round_rules.without_leading_zeros, round_queries.papers(self._database, self._round(id).key))
        return tuple(sorted(kept, key=round_rules.in_order))

    def remove_paper(self, id: str, number: str) -> bool:
        """Take a sheet keyed in out again. False where there is none."""
        receipt = round_queries.paper(self._database, self._round(id).key, round_rules.paper_number(number))
        return self.withdraw(receipt) if receipt else False

    def check_fits(self, round: Round, questionnaire: Questionnaire) -> None:
        """ProjectError where a round names groups that its questionnaire does not have; or has sheets of groups that
        it does not name, which is not looked into where the file itself vouches for every row."""
        is_so = set(round.invited) <= set(groups_of(questionnaire))
        if is_so and not self._database.is_vouched_for:
            is_so = set(round_queries.sheets_in(self._database, round.key)) <= set(round.invited)
        if not is_so:
            raise Trouble.DAMAGED.at(self.project.path)

    def with_key(self, key: str) -> Round | None:
        """The round with this random key, which tickets name; None where it is of another project."""
        return round_queries.round_with_key(self._database, key)

    def _put(
        self, connection: sqlite3.Connection, round: Round, parcel: Parcel, ticket: Ticket, *, is_new: bool
    ) -> None:
        group = parcel.sheet.group or EVERYBODY
        refuses = submission.refuses(round, parcel)
        if ticket.admission and is_new:
            round_queries.use_admission(connection, ticket.admission, round.key)
        round_queries.put_sheet(connection, parcel, ticket)
        round_queries.put_refusal(connection, parcel.refusal, round.key, group, refuses=refuses)
        round_queries.fix(connection, round.key)
        schema.note_untidy(connection)

    def _check_again(self, round: Round, receipt: str) -> None:
        there = self._there(receipt)
        if there is None or there.round != round.key:
            raise submission.no_sheet(receipt)

    def _check_same(self, round: Round, parcel: Parcel, revision: int) -> None:
        """UsageError where the sheet that is there is as often answered as a parcel, and says something else."""
        same = revision > parcel.revision or round_queries.is_same(
            self._database, parcel, refuses=submission.refuses(round, parcel)
        )
        if not same:
            raise submission.says_something_else()

    def _there(self, receipt: str) -> round_queries.There | None:
        """The sheet of a round that a receipt finds."""
        there = round_queries.there(self._database, codes.sheet_key(receipt))
        return there if there and there.round else None

    def _with_admission(self, round: Round, parcel: Parcel, ticket: Ticket) -> Ticket:
        """The ticket with the key of the admission code that a sheet file was written with."""
        if not parcel.signed or not parcel.signed.signature:
            return ticket
        for key in round_queries.admission_keys(self._database, round.key):
            if codes.signature(key, parcel.signed.digest) == parcel.signed.signature:
                return replace(ticket, admission=key)
        raise submission.unsigned()

    def _admission(self, ticket: Ticket) -> tuple[str, bool] | None:
        return round_queries.admission(self._database, ticket.round, ticket.admission)

    def _round_of(self, ticket: Ticket | None) -> Round:
        round = self.with_key(ticket.round) if ticket else None
        if round is None:
            raise submission.other_round()
        return round

    def _round(self, id: str) -> Round:
        round = round_queries.round_of(self._database, id)
        if round is None:
            raise round_rules.no_round(id, (each.id for each in round_queries.rounds(self._database)))
        return round
