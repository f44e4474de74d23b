"""Savers, which store the draft of a sitting while a person answers, and hand in its sheet in the end.

There is one for a personal project, one for the project file of a round, and one for a person who answers an invitation
and keeps draft and copy in their own project. A sitting knows nothing else of the project file.
"""

import hashlib
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from selfassess.errors import ProjectError, ResponsesError, UsageError
from selfassess.model.questionnaire import Edition, Questionnaire
from selfassess.model.round import Round
from selfassess.model.sheet import Draft, Receipt, Sheet
from selfassess.project import codes, queries
from selfassess.project.acceptance import abouts
from selfassess.project.atomic_files import exists
from selfassess.project.database_errors import Trouble
from selfassess.project.exchange_files import SHEET, Invitation, read_sheet, ticket_of, write_sheet
from selfassess.project.parcel import Parcel, pack
from selfassess.project.project import Project
from selfassess.project.records import SavedDraft
from selfassess.project.rounds import Rounds
from selfassess.text import clean


def receipt_of(project: Project, draft_id: str) -> Receipt | None:
    """The receipt of the sheet for which a draft was being handed in; None if that was not begun."""
    return queries.receipt_of_draft(project.database, draft_id)


def keep(project: Project, sheet: Sheet, receipt: Receipt, revision: int, last: SavedDraft) -> None:
    """Store a copy of a sheet that was sent, with its date, in place of an earlier one with the same receipt, and
    delete its draft: all of it or nothing. ProjectError as in `Project.save_draft`."""
    with project.database.transaction() as connection:
        project.replace_sheet(connection, sheet, receipt, last)
        queries.set_revision(connection, receipt, revision)
        queries.note_sent(connection, receipt)


def revision(project: Project, receipt: Receipt) -> int:
    """How often the sheet with a receipt was answered again, according to the copy; 0 if there is none."""
    return queries.revision(project.database, receipt)


class Autosave:
    """A saver that stores the draft in a project file."""

    again = False

    def __init__(self, project: Project, saved: SavedDraft, code: str | None = None) -> None:
        self.where = str(project.path)
        self.code = code
        self._project = project
        self._saved = saved
        # The same at every attempt, so that a repeated hand-in does not make a second sheet.
        self._receipt = codes.new_receipt()

    def save(self, draft: Draft) -> None:
        """Store the draft in place of the one before. It is on the disk when this returns."""
        self._saved = self._project.save_draft(self._saved, draft)

    def hand_in(self, sheet: Sheet) -> str:
        """Store the sheet and delete the draft, both or neither. Returns the receipt."""
        self._project.hand_in(sheet, self._receipt, self._saved)
        self._project.tidy()
        return self._receipt

    def discard(self) -> None:
        """Delete the draft."""
        self._project.remove_draft(self._saved.id)


class Unsaved:
    """A saver that stores nothing, for trying a questionnaire."""

    where = ""
    code = None
    again = False

    def save(self, draft: Draft) -> None:
        """Store nothing."""

    def hand_in(self, sheet: Sheet) -> str:  # noqa: ARG002  # part of the protocol of savers
        """Hand nothing in."""
        return ""

    def discard(self) -> None:
        """Delete nothing."""


def begin(project: Project, edition: Edition, draft: Draft) -> Autosave:
    """Freeze the questionnaire and store the first draft. In a shared project the saver has the resume code."""
    project.freeze(edition)
    if project.kind == "personal":
        return Autosave(project, project.add_draft(codes.new_key(), draft))
    code = codes.new_code(codes.RESUME_LENGTH)
    return Autosave(project, project.add_draft(project.draft_id(code), draft), code)


def resume(project: Project, draft_id: str) -> tuple[Autosave, Draft]:
    """Resume a draft of a personal project. UsageError in a shared one; ProjectError if the draft is gone."""
    if project.kind == "shared":
        raise UsageError(
            "This project is shared by several people, so a sitting opens with its resume code.",
            f"It is the code of {codes.RESUME_LENGTH} letters and digits shown before the first question.",
        )
    saved = project.draft(draft_id)
    if saved is None:
        raise Trouble.GONE.at(project.path)
    return Autosave(project, saved), saved.draft


def resume_with_code(project: Project, code: str) -> tuple[Autosave, Draft]:
    """Resume the draft outside rounds that a resume code opens. UsageError if the code opens none; ProjectError if its
    draft belongs to a round, which is gone then."""
    code = codes.normalise(code)
    saved = project.draft_of(code)
    if saved and saved.draft.ticket and project.kind == "shared":
        raise Trouble.GONE.at(project.path)
    if codes.as_receipt(code):
        raise UsageError(
            f"{code} is a receipt, not a resume code: its sheet has been handed in.",
            "Open your result with it, or forget the sheet.",
        )
    if saved is None:
        raise UsageError(
            f"No sitting opens with the code {code}.",
            "Check each group of four. A sitting that was handed in or forgotten can no longer be opened.",
        )
    return Autosave(project, saved, code), saved.draft


class InRound:
    """A saver that stores the draft in the project file of its round."""

    def __init__(
        self,
        rounds: Rounds,
        round: Round,
        saved: SavedDraft,
        *,
        code: str | None = None,
        receipt: Receipt | None = None,
    ) -> None:
        self.where = str(rounds.project.path)
        self.code = code
        self._rounds = rounds
        self._round = round
        self._saved = saved
        self.again = bool(receipt)
        self._receipt = receipt or codes.new_receipt()  # the same at every attempt
        self._tried: Parcel | None = None

    def save(self, draft: Draft) -> None:
        """Store the draft in place of the one before. ProjectError also if the round was closed meanwhile."""
        try:
            self._saved = self._rounds.project.save_draft(self._saved, draft)
        except ProjectError:
            if self._is_closed:
                hint = "At the end you can still see what your own result would be."
                raise ProjectError(self._too_late, hint) from None
            raise

    def hand_in(self, sheet: Sheet) -> str:
        """Store the sheet, use up its admission code, and delete the draft: all of it or nothing. Returns the receipt.
        UsageError if the round was closed meanwhile, or if somebody else used the code."""
        sheet = replace(sheet, date=None)
        try:
            self._rounds.sheets.hand_in(self._parcel(sheet), self._saved)
        except UsageError:
            if self._is_closed:
                raise UsageError(self._too_late, "You can still see your own result. It is not saved.") from None
            raise
        self._rounds.project.tidy()
        return self._receipt

    def _parcel(self, sheet: Sheet) -> Parcel:
        """The parcel of a sheet. It is the same at every attempt, so that it is recognised if it was stored although an
        error was reported."""
        if not self.again:
            return pack(sheet, self._receipt)
        next, tried = self._rounds.sheets.replacement(sheet, self._receipt), self._tried
        if tried and next.revision > tried.revision and _says(next) == _says(tried):
            return tried
        self._tried = next
        return next

    def discard(self) -> None:
        """Delete the draft."""
        self._rounds.project.remove_draft(self._saved.id)

    @property
    def _is_closed(self) -> bool:
        now = self._rounds.with_key(self._round.key)
        return now is None or now.state == "closed"

    @property
    def _too_late(self) -> str:
        title = clean(self._round.title, 200)
        return f"The round “{title}” was closed while you were answering, so your answers can no longer be handed in."


class ByInvitation:
    """A saver for a person who answers an invitation. It stores the draft in their own project and hands in by writing
    a sheet file to send back. A copy of the sheet stays in their project."""

    def __init__(
        self,
        project: Project,
        saved: SavedDraft,
        invitation: Invitation,
        way: "SheetFile",
        *,
        receipt: Receipt | None = None,
    ) -> None:
        self.where = str(project.path)
        self.code = None
        self._project = project
        self._saved = saved
        self._invitation = invitation
        self._way = way
        self.again = bool(receipt)
        noted = None if receipt else receipt_of(project, saved.id)
        self._is_noted = bool(noted)
        """Whether the receipt is stored with the draft, which is so after the first attempt to hand in."""
        self._receipt = receipt or noted or codes.new_receipt()

    def save(self, draft: Draft) -> None:
        """Store the draft in place of the one before. It is on the disk when this returns."""
        self._saved = self._project.save_draft(self._saved, draft, self._receipt if self._is_noted else None)

    def hand_in(self, sheet: Sheet) -> str:
        """Write the sheet file, then replace the draft by a copy of the sheet. Returns the receipt. If a hand-in is
        interrupted after the file was written, the next one makes the same sheet."""
        may_be_there = self.again or self._is_noted
        if not may_be_there:
            self._saved = self._project.save_draft(self._saved, self._saved.draft, self._receipt)
            self._is_noted = True
        revision = self._way.revision(self._project, self._receipt) + 1 if may_be_there else 0
        taken_back = self._way.abouts if may_be_there else ()
        # Signed with the code again, because the first sheet may never have arrived.
        admission = ticket_of(self._invitation).admission
        ticket = sheet.ticket and replace(sheet.ticket, admission=admission)
        self._way.write(replace(sheet, ticket=ticket), self._receipt, revision, taken_back)
        keep(self._project, sheet, self._receipt, revision, self._saved)
        self._project.tidy()
        return self._receipt

    def discard(self) -> None:
        """Delete the draft."""
        self._project.remove_draft(self._saved.id)


class SheetFile:
    """Where the sheet of a person who answers an invitation is written: to the file that was named, or to a file in a
    folder, whose name shows only the round. A person's earlier sheet is replaced by their later one; sheets of others
    are never replaced."""

    def __init__(self, round: Round, questionnaire: Questionnaire, place: Path) -> None:
        self.round = round
        self.place = place
        self.abouts = abouts(questionnaire)
        self.written: Path | None = None
        """The file that was written last."""

    def write(self, sheet: Sheet, receipt: Receipt, revision: int, taken_back: tuple[str, ...]) -> None:
        """Write the sheet. ProjectError if that fails."""
        parcel = pack(sheet, receipt, revision, taken_back)
        path = self._path(parcel.key)
        write_sheet(path, parcel, overwrite=_key_in(path) == parcel.key)
        self.written = path

    def find(self, receipt: Receipt) -> Path | None:
        """The file with the sheet of a receipt, or None. A sheet of somebody else in its place does not count."""
        if not self.place.is_dir():
            return self.place if _is_of(self.place, receipt) else None
        path = self._path(codes.sheet_key(receipt))
        if _is_of(path, receipt):
            return path
        others = sorted(self.place.glob(f"*{SHEET}"))  # it may have been renamed
        return next((one for one in others if _is_of(one, receipt)), None)

    def revision(self, project: Project, receipt: Receipt) -> int:
        """How often the person has answered before, according to the file or to the copy in their project."""
        path = self.find(receipt)
        known = read_sheet(path).revision if path else 0
        return max(known, revision(project, receipt))

    def _path(self, key: str) -> Path:
        if not self.place.is_dir():
            return self.place
        stem = "".join(
            one for one in self.round.id.replace("_", "-") if one.isascii() and (one.isalnum() or one == "-")
        )
        number = 0
        while True:
            path = self.place / f"{stem[:40] or 'round'}-{_six(f'{key} {number}')}{SHEET}"
            if not exists(path) or _key_in(path) == key:
                return path
            number += 1


def _six(text: str) -> str:
    """Six characters that are the same for the same sheet and reveal nothing about the person."""
    digest = hashlib.blake2b(text.encode(), digest_size=6).digest()
    return "".join(codes.ALPHABET[byte % len(codes.ALPHABET)] for byte in digest)


def _says(parcel: Parcel) -> Parcel:
    """What a parcel says, whatever its revision."""
    return replace(parcel, revision=0, proof="")


def _key_in(path: Path) -> str:
    with suppress(ResponsesError):
        return read_sheet(path).key
    return ""


def _is_of(path: Path, receipt: Receipt) -> bool:
    """Whether the sheet in a file was written with a receipt, as far as the file can prove that."""
    with suppress(ResponsesError):
        parcel = read_sheet(path)
        proofs = ("", codes.proof(receipt, parcel.revision))  # one of the first format has none
        return parcel.key == codes.sheet_key(receipt) and parcel.proof in proofs
    return False
