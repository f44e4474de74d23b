"""The three ways to enter a round: in its project file, by an invitation on another computer, or for a preview.

All have the methods of `sitting.round_entry.Entrance`, so that screens and the plain sitting treat them alike.
"""

from dataclasses import replace
from pathlib import Path
from typing import ClassVar, Literal

from selfassess.errors import UsageError
from selfassess.model.questionnaire import Edition
from selfassess.model.round import Round
from selfassess.model.sheet import Draft, Receipt, Sheet, Ticket
from selfassess.paths import named, program, quoted
from selfassess.project import codes
from selfassess.project.drafts import ByInvitation, InRound, SheetFile, Unsaved
from selfassess.project.exchange_files import Invitation, read_sheet, ticket_of
from selfassess.project.project import Project
from selfassess.project.rounds import Rounds
from selfassess.project.submission import misfit, not_open
from selfassess.text import clean

Admitted = tuple[Ticket, str | None]


class Here:
    """People answer in the project file of the round. UsageError if it is not open."""

    kind: ClassVar[Literal["here"]] = "here"
    code = sent = ""

    def __init__(self, rounds: Rounds, round: Round, edition: Edition, group: str | None = None) -> None:
        if round.state != "open":
            raise not_open(round) if round.state == "new" else closed(round, rounds.project.path)
        rounds.check_fits(round, edition.questionnaire)
        self.rounds = rounds
        self.round = round
        self.edition = edition
        self.group = group
        self.where = str(rounds.project.path)
        self.to_answer_again = f"take --round {round.id} --again"

    def find(self, code: str) -> tuple[InRound, Draft] | None:
        """The sitting that an admission code, a resume code or a receipt opens."""
        if not code:
            return None
        code = codes.normalise(code)
        saved = self.rounds.sheets.find_draft(code)
        if saved is None:
            return None
        if saved.draft.ticket is None or saved.draft.ticket.round != self.round.key:
            raise UsageError(
                f"The sitting of the code {code} is no part of this round.",
                f"Open it with: {program(self.where)} take --code. You are asked for the code then.",
            )
        receipt = codes.as_receipt(code)
        shown = None if receipt or self.round.rules.codes else code
        return InRound(self.rounds, self.round, saved, code=shown, receipt=receipt), saved.draft

    def admit(self, code: str) -> Admitted:
        """The ticket that an admission code gives, and its group. UsageError for one that is none, or was used."""
        ticket = self.rounds.admission.admit(self.round.id, code)
        return ticket, self.rounds.admission.group_of(ticket)

    def matching_key(self, code: str) -> str:
        """The key of a code that a person made up."""
        return self.rounds.admission.matching_key(code)

    def begin(self, draft: Draft, code: str) -> InRound:
        """Store a new draft. Without a code the saver has a resume code to show. UsageError if a sitting with the same
        code was begun meanwhile: it is not changed."""
        shown = code or codes.new_code(codes.RESUME_LENGTH)
        saved = self.rounds.sheets.begin(self.edition, draft, shown)
        receipt = codes.as_receipt(codes.normalise(code)) if code else None
        return InRound(self.rounds, self.round, saved, code=None if code else shown, receipt=receipt)

    def handed_in(self, receipt: str) -> Sheet:
        """The sheet that was handed in with a receipt."""
        receipt = _receipt(receipt)
        found = self.rounds.sheets.of_receipt(receipt)
        if found is None:
            raise _nothing(receipt)
        round, sheet = found
        if round.key != self.round.key:
            raise UsageError(
                f"What was handed in with {receipt} is in another round: “{clean(round.title, 200)}”.",
                f"Name that round: {program(self.where)} take --round {round.id}",
            )
        return sheet

    def withdraw(self, receipt: str) -> None:
        """Withdraw the sheet that was handed in with a receipt."""
        if not self.rounds.sheets.withdraw(_receipt(receipt)):
            raise _nothing(receipt)


class Invited:
    """A person answers an invitation in their own project. UsageError if the project is shared."""

    kind: ClassVar[Literal["invitation"]] = "invitation"

    def __init__(
        self,
        project: Project,
        invitation: Invitation,
        edition: Edition,
        place: Path,
        opened: Path,
    ) -> None:
        if project.kind == "shared":
            raise UsageError(
                f"{clean(str(project.path), 500)} is shared by several people, and an invitation is answered in a "
                "project of one's own.",
                "Leave out --project, or name a project file of your own.",
            )
        self.project = project
        self.invitation = invitation
        self.edition = edition
        self.round = invitation.round
        self.group = invitation.group
        self.code = invitation.code
        self.where = str(project.path)
        self.to_answer_again = f"take {quoted(str(opened))} --again"
        self.way = SheetFile(invitation.round, edition.questionnaire, place)

    @property
    def sent(self) -> str:
        """The path of the sheet file to send back; "" before it was written."""
        return str(self.way.written or "")

    def find(self, code: str) -> tuple[ByInvitation, Draft] | None:
        """The sitting of this invitation, or the one in which somebody answers again with a receipt."""
        id, receipt = self._id(code)
        saved = self.project.draft(id)
        if saved is None:
            return None
        return ByInvitation(self.project, saved, self.invitation, self.way, receipt=receipt), saved.draft

    def admit(self, code: str) -> Admitted:
        """The ticket of the invitation's code, and its group."""
        if codes.normalise(code) != self.code:
            raise UsageError("This invitation has a code of its own.", "Leave out --code.")
        return ticket_of(self.invitation), self.group

    def matching_key(self, code: str) -> str:
        """The key of a code that a person made up."""
        return codes.matching_key(code, self.invitation.salt)

    def begin(self, draft: Draft, code: str) -> ByInvitation:
        """Store a new draft in the person's own project."""
        id, receipt = self._id(code)
        self.project.freeze(self.edition)
        saved = self.project.add_draft(id, draft)
        return ByInvitation(self.project, saved, self.invitation, self.way, receipt=receipt)

    def handed_in(self, receipt: str) -> Sheet:
        """The sheet that was handed in with a receipt: from its file, or else the copy in the person's project."""
        receipt = _receipt(receipt)
        if path := self.way.find(receipt):
            parcel = read_sheet(path)
            if why := misfit(parcel.sheet, parcel.texts.values(), self.edition.questionnaire):
                raise UsageError(f"{clean(path.name, 200)} does not fit the questionnaire. {why}", "Start anew.")
            sheet = replace(parcel.sheet, texts={about: text for about, text in parcel.texts.values() if text.strip()})
        else:
            sheet = self.project.sheet(receipt)
        if sheet.questionnaire != self.round.questionnaire or (sheet.ticket and sheet.ticket.round != self.round.key):
            raise UsageError(f"What was handed in with {receipt} answers another invitation.", "Open that one.")
        return sheet

    def withdraw(self, receipt: str) -> None:
        """Always a UsageError that says how to withdraw: what was sent cannot be withdrawn from here."""
        raise UsageError(
            "What you sent off cannot be taken back from here.",
            f"Delete the sheet file, or ask the person who invited you, and tell them your receipt: {receipt}",
        )

    def _id(self, code: str) -> tuple[str, Receipt | None]:
        """The id of the draft, and the receipt if somebody answers again."""
        receipt = codes.as_receipt(codes.normalise(code)) if code else None
        if receipt:
            return self.project.draft_id(receipt), receipt
        # Only the same invitation leads to the same draft.
        return self.project.draft_id(f"{self.round.key} {self.code}"), None


class Preview:
    """A preview of what people will see. Nothing is stored."""

    kind: ClassVar[Literal["preview"]] = "preview"
    group = None
    code = where = sent = to_answer_again = ""

    def __init__(self, round: Round, edition: Edition) -> None:
        self.round = round
        self.edition = edition

    def find(self, code: str) -> None:
        """None: there is no sitting to resume."""

    def admit(self, code: str) -> Admitted:
        """A ticket for any code of the right form. The group is not known."""
        if not codes.is_resume_code(codes.normalise(code)):
            raise UsageError(f"An admission code has {codes.RESUME_LENGTH} letters and digits.")
        return Ticket(round=self.round.key), None

    def matching_key(self, code: str) -> str:
        """The key of a code that a person made up."""
        return codes.matching_key(code, "preview")

    def begin(self, draft: Draft, code: str) -> Unsaved:  # noqa: ARG002  # part of the protocol of entrances
        """Store nothing."""
        return Unsaved()

    def handed_in(self, receipt: str) -> Sheet:
        """Always a UsageError: nothing was handed in."""
        raise _nothing(_receipt(receipt))

    def withdraw(self, receipt: str) -> None:
        """Always a UsageError: nothing was handed in."""
        raise _nothing(_receipt(receipt))


def closed(round: Round, path: Path) -> UsageError:
    """The error for a closed round in the project file at `path`."""
    return UsageError(
        f"The round “{clean(round.title, 200)}” is closed: nobody can answer any more.",
        f"Your own result opens with your receipt: {named(str(path))} report --receipt",
    )


def open_rounds(project: Project) -> tuple[Round, ...]:
    """The rounds of a project in which people can answer now; none in a personal one."""
    return () if project.kind == "personal" else tuple(one for one in Rounds(project).all() if one.state == "open")


def round_of_code(project: Project, code: str) -> Round | None:
    """The round of the sitting that a code opens in a shared project; None if there is no such sitting, or if it is in
    no round."""
    rounds = Rounds(project)
    saved = rounds.sheets.find_draft(code)
    return rounds.with_key(saved.draft.ticket.round) if saved and saved.draft.ticket else None


def _receipt(code: str) -> Receipt:
    code = codes.normalise(code)
    receipt = codes.as_receipt(code)
    if receipt is None:
        raise UsageError(
            f"{code} is not a receipt: that has {codes.RECEIPT_LENGTH} letters and digits.",
            "It was shown when you handed in.",
        )
    return receipt


def _nothing(receipt: str) -> UsageError:
    return UsageError(
        f"Nothing in this round was handed in with the receipt {receipt}.",
        "Check each group of four. What was taken back cannot be found again.",
    )
