"""Savers: what keeps a sitting while a person answers. The screens know nothing else of the project file."""

from typing import TYPE_CHECKING

from selfassess.errors import UsageError
from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import Draft, Sheet
from selfassess.storage import codes
from selfassess.storage.project import Project
from selfassess.storage.rows import SavedDraft
from selfassess.storage.trouble import Trouble

if TYPE_CHECKING:
    from selfassess.storage.round_drafts import InRound


class Autosave:
    """A saver that keeps the draft in a project file."""

    def __init__(self, project: Project, saved: SavedDraft, code: str | None = None) -> None:
        self.where = str(project.path)
        self.code = code
        self._project = project
        self._saved = saved
        # The same at every try, so that a hand-in that is tried twice is one sheet.
        self._receipt = codes.new_code(codes.RECEIPT_LENGTH)

    def save(self, draft: Draft) -> None:
        """Keep the draft in place of the one before. It is on the disk when this returns."""
        self._saved = self._project.save_draft(self._saved, draft)

    def hand_in(self, sheet: Sheet) -> str:
        """Hand the sheet in and let go of the draft, both or neither. The receipt."""
        self._project.hand_in(sheet, self._receipt, self._saved)
        self._project.tidy()
        return self._receipt

    def discard(self) -> None:
        """Forget the draft."""
        self._project.remove_draft(self._saved.id)


class Unsaved:
    """A saver that keeps nothing, for trying a questionnaire out."""

    where = ""
    code = None

    def save(self, draft: Draft) -> None:
        """Keep nothing."""

    def hand_in(self, sheet: Sheet) -> str:  # noqa: ARG002  # every saver is handed it
        """Hand nothing in."""
        return ""

    def discard(self) -> None:
        """Forget nothing."""


def begin(project: Project, edition: Edition, draft: Draft) -> Autosave:
    """Freeze the questionnaire and keep the first draft. In a shared project the saver has the resume code."""
    project.freeze(edition)
    if project.kind == "personal":
        return Autosave(project, project.add_draft(codes.new_key(), draft))
    code = codes.new_code(codes.RESUME_LENGTH)
    return Autosave(project, project.add_draft(project.draft_id(code), draft), code)


def resume(project: Project, draft_id: str) -> tuple[Autosave, Draft]:
    """Go on with a draft of a personal project. UsageError in a shared one; ProjectError if it is gone."""
    if project.kind == "shared":
        raise UsageError(
            "This project is shared by several people, so a sitting opens with its resume code.",
            f"It is the code of {codes.RESUME_LENGTH} letters and digits shown before the first question.",
        )
    saved = project.draft(draft_id)
    if saved is None:
        raise Trouble.GONE.at(project.path)
    return Autosave(project, saved), saved.draft


def resume_with_code(project: Project, code: str) -> "tuple[Autosave | InRound, Draft]":
    """Go on with the draft that a resume code opens, or an admission code; or a receipt, where somebody answers again.
    UsageError if it opens none."""
    code = codes.normalise(code)
    saved = project.draft_of(code)
    again = not codes.is_resume_code(code)
    ticket = saved and saved.draft.ticket
    if saved and ticket and project.kind == "shared":
        from selfassess.storage.round_drafts import InRound  # not on the way to a sitting of one's own
        from selfassess.storage.rounds import Rounds

        rounds = Rounds(project)
        round = rounds.with_key(ticket.round)
        if round is None:
            raise Trouble.GONE.at(project.path)
        return InRound(rounds, round, saved, code=code, receipt=code if again else ""), saved.draft
    if again:
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
