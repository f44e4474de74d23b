"""The three ways to take part in a round: on the computer that has the project file, by an invitation on another, and
as a preview, in which nothing is kept.

Each of them finds, admits, keeps and withdraws in its own place; ProjectError as from a project. UsageError for codes
and receipts that open nothing, and for a round in which nobody can answer now.
"""

import os
from dataclasses import replace
from pathlib import Path
from typing import ClassVar, Literal

from selfassess.definition import library
from selfassess.definition.loader import problems
from selfassess.definition.tables import edition
from selfassess.definition.toml_source import LARGEST, parse
from selfassess.errors import ProjectError, QuestionnaireError, ResponsesError, UsageError
from selfassess.model.privacy_notice import NO_NOTICE, PrivacyNotice
from selfassess.model.questionnaire import Edition, GroupKey
from selfassess.model.round import Round, groups_of
from selfassess.model.sheet import Draft, Receipt, Sheet, Ticket
from selfassess.paths import named, program, quoted
from selfassess.project import codes
from selfassess.project.acceptance import misfit, not_open
from selfassess.project.drafts import ByInvitation, InRound, SheetFile, Unsaved
from selfassess.project.exchange_files import Invitation, read_sheet, ticket_of
from selfassess.project.project import Project
from selfassess.project.rounds import Rounds
from selfassess.services.groups import invited_group
from selfassess.services.projects import edition_of
from selfassess.text import clean, count

Admitted = tuple[Ticket, GroupKey | None]
"""What an admission code gives: the ticket, and the group it was given out for; None where that is not known."""


class Here:
    """People answer in the project file of the round. UsageError if it is not open."""

    kind: ClassVar[Literal["here"]] = "here"
    code = ""
    """The admission code, where it is known before a person enters."""
    sent = ""
    """The path of the sheet file to be sent back: only an invitation has one."""

    def __init__(self, rounds: Rounds, round: Round, edition: Edition, group: GroupKey | None = None) -> None:
        if round.state != "open":
            raise not_open(round) if round.state == "new" else closed(round, rounds.project.path)
        rounds.check_fits(round, edition.questionnaire)
        self.rounds = rounds
        self.round = round
        self.edition = edition
        self.notice = rounds.project.notice
        """The notice about who looks after people's answers."""
        self.group = group
        """The group, where it is known before a person enters."""
        self.where = str(rounds.project.path)
        """The path of the file that drafts are saved in."""
        self.to_answer_again = f"take --round {round.id} --again"
        """The command to answer again. It asks for the receipt."""

    @property
    def takes_turns(self) -> bool:
        """Whether one person after the other may enter, rather than the one whose code is known."""
        return not self.code

    @property
    def has_resume_codes(self) -> bool:
        """Whether a sitting is resumed with a code that was shown before the first question."""
        return not self.round.rules.codes

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
                f"The sitting of the code {code} is not part of this round.",
                f"Open it with: {program(self.where)} take --code. You are then asked for the code.",
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
        """Keep a new draft. `code` opens it again: an admission code, or the receipt of a person who answers again.
        Without one the saver has a resume code to show. UsageError where another person has begun with the same code
        at this very moment: nothing of theirs is touched."""
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
    """A person answers an invitation in their own project. UsageError where the project is shared by several."""

    kind: ClassVar[Literal["invitation"]] = "invitation"
    takes_turns = has_resume_codes = False

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
        self.notice = invitation.notice
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
        """The sitting of this invitation, or the one in which a person answers again with their receipt."""
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
                raise UsageError(f"{clean(path.name, 200)} does not fit the questionnaire. {why}", "Start again.")
            sheet = replace(parcel.sheet, texts={about: text for about, text in parcel.texts.values() if text.strip()})
        else:
            sheet = self.project.sheet(receipt)
        if sheet.questionnaire != self.round.questionnaire or (sheet.ticket and sheet.ticket.round != self.round.key):
            raise UsageError(f"What was handed in with {receipt} answers another invitation.", "Open that one.")
        return sheet

    def withdraw(self, receipt: str) -> None:
        """Always a UsageError that says how to withdraw: what was sent cannot be withdrawn from here."""
        raise UsageError(
            "You can't delete here what you have sent off.",
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
    """A look at what people will see. Nothing is kept."""

    kind: ClassVar[Literal["preview"]] = "preview"
    takes_turns = has_resume_codes = False
    group = None
    code = where = sent = to_answer_again = ""

    def __init__(self, round: Round, edition: Edition, notice: PrivacyNotice = NO_NOTICE) -> None:
        self.round = round
        self.edition = edition
        self.notice = notice

    def find(self, code: str) -> tuple[Unsaved, Draft] | None:
        """None: no sitting is kept."""

    def admit(self, code: str) -> Admitted:
        """A ticket for any code of the right form. The group is not known."""
        if not codes.is_resume_code(codes.normalise(code)):
            raise UsageError(f"An admission code has {codes.RESUME_LENGTH} letters and digits.")
        return Ticket(round=self.round.key), None

    def matching_key(self, code: str) -> str:
        """The key of a code that a person made up."""
        return codes.matching_key(code, "preview")

    def begin(self, draft: Draft, code: str) -> Unsaved:  # noqa: ARG002  # all entrances are called alike
        """Keep nothing."""
        return Unsaved()

    def handed_in(self, receipt: str) -> Sheet:
        """Always a UsageError: nothing was handed in."""
        raise _nothing(_receipt(receipt))

    def withdraw(self, receipt: str) -> None:
        """Always a UsageError: nothing was handed in."""
        raise _nothing(_receipt(receipt))


class _InvitedHere(Here):
    """A person opens their invitation on the computer that has the project file of its round."""

    def __init__(self, rounds: Rounds, round: Round, edition: Edition, invitation: Invitation) -> None:
        super().__init__(rounds, round, edition, invitation.group)
        self.code = invitation.code


Entrance = Here | Invited | Preview


# From what a person names to an entrance


def entrance_to(project: Project, name: str | None, group: str | None = None) -> Here:
    """The entrance to a round of a shared project, by its id or title; without a name, to the open one. UsageError
    where there is no such round, or nobody can answer in it."""
    rounds = Rounds(project)
    round = rounds.get(name) if name is not None else _open_round(rounds)
    return entrance_here(project, round, group)


def entrance_of_code(project: Project, code: str, group: str | None = None) -> Here | None:
    """The entrance to the round of the sitting that a code opens in a shared project; None where there is no such
    sitting, or it is not part of a round."""
    rounds = Rounds(project)
    saved = rounds.sheets.find_draft(code)
    round = rounds.with_key(saved.draft.ticket.round) if saved and saved.draft.ticket else None
    return entrance_here(project, round, group) if round else None


def entrance_unnamed(project: Project, code: str | None, group: str | None = None) -> Here | None:
    """The entrance to the round that a code leads to, or else to the open one; None where there is none, or where the
    code opens a sitting outside rounds."""
    if code and (entrance := entrance_of_code(project, code, group)):
        return entrance
    if not open_rounds(project) or (code and project.draft_of(codes.normalise(code))):
        return None
    return entrance_to(project, None, group)


def entrance_here(project: Project, round: Round, group: str | None = None) -> Here:
    """The entrance to a round of a project. UsageError where the group does not take part in the round."""
    edition = edition_of(project, round.questionnaire)
    known = None if group is None else invited_group(round, edition.questionnaire, group)
    return Here(Rounds(project), round, edition, known)


def entrance_by_invitation(project: Project, path: Path, invitation: Invitation, output: Path | None) -> Entrance:
    """The entrance by the invitation in the file `path`. Where the project is that of its very round, it leads there
    directly. QuestionnaireError where its questionnaire is broken, ResponsesError where its round does not fit it."""
    if project.kind == "shared" and (round := Rounds(project).with_key(invitation.round.key)):
        return _InvitedHere(Rounds(project), round, edition_of(project, round.questionnaire), invitation)
    checked = _checked(project, path, invitation)
    strangers = set(invitation.round.invited) - set(groups_of(checked.questionnaire))
    if strangers or not invitation.round.invited:
        raise ResponsesError(
            f"“{path.name}” invites groups that its questionnaire does not have.",
            hint="Ask the person who invited you for a new one.",
        )
    return Invited(project, invitation, checked, _place(project, path, output), path)


def open_rounds(project: Project) -> tuple[Round, ...]:
    """The rounds of a project in which people can answer now; none in a personal one."""
    return () if project.kind == "personal" else tuple(one for one in Rounds(project).all() if one.state == "open")


def closed(round: Round, path: Path) -> UsageError:
    """The error for a closed round in the project file at `path`."""
    return UsageError(
        f"The round “{clean(round.title, 200)}” is closed: it is too late to answer.",
        f"Your own result opens with your receipt: {named(str(path))} report --receipt",
    )


def _open_round(rounds: Rounds) -> Round:
    project = rounds.project
    open_now = open_rounds(project)
    if len(open_now) > 1:
        there_are = ", ".join(one.id for one in open_now)
        raise UsageError(
            f"{len(open_now)} rounds are open: {there_are}.",
            f"Say which: {program(str(project.path))} take --round {open_now[0].id}",
        )
    return open_now[0] if open_now else rounds.get(None)


def _checked(project: Project, path: Path, invitation: Invitation) -> Edition:
    """The questionnaire of an invitation, with everything checked that is checked in a file: it comes from outside."""
    if len(invitation.content) > LARGEST:
        raise QuestionnaireError(
            f"The questionnaire in {path} is too large.", hint="Ask the person who invited you for a new one."
        )
    source = parse(str(path), invitation.content)
    if not _is_frozen(project, source.sha256) and not _is_ours(source.sha256):
        errors = [problem for problem in problems(source) if problem.severity == "error"]
        if errors:
            raise QuestionnaireError(
                f"The questionnaire in {path} has {count(len(errors), 'problem')} and cannot be used.",
                errors,
                hint="Tell the person who invited you.",
            )
    return edition(source)


def _is_frozen(project: Project, sha256: str) -> bool:
    """Whether it was checked before: nothing is frozen unchecked."""
    try:
        project.frozen(sha256)
    except ProjectError:
        return False
    return True


def _is_ours(sha256: str) -> bool:
    return sha256 in library.checked() or sha256 in library.checked_without_comments()


def _place(project: Project, path: Path, output: Path | None) -> Path:
    """Where the sheet goes: what was named; beside the invitation; or, where nothing can be written there, beside the
    person's own project. UsageError where the folder that was named is not there."""
    if output is None:
        beside = path.absolute().parent
        return beside if os.access(beside, os.W_OK) else project.path.absolute().parent
    folder = output if output.is_dir() else output.absolute().parent
    if not folder.is_dir() or not os.access(folder, os.W_OK):
        raise UsageError(f"Nothing can be written in {folder}.", hint="Name an existing folder.")
    return output


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
        "Check each group of four. Deleted answers cannot be found again.",
    )
