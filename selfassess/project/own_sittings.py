"""The sittings in a personal project, finished or in progress. The file belongs to one person, so all of them can be
opened, changed and deleted without a code."""

import datetime
from dataclasses import dataclass, replace

from selfassess.model.sheet import Draft, Receipt, Sheet
from selfassess.project import codes, drafts
from selfassess.project.drafts import Autosave
from selfassess.project.project import Project
from selfassess.project.records import SavedDraft


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSitting:
    """One sitting, finished or in progress."""

    key: str
    """The receipt of a sheet, or the id of a draft."""
    date: datetime.datetime | None
    """When it was finished, or last saved."""
    kept: Sheet | Draft
    """Its sheet where it is finished, else its draft."""
    was_sent: bool = False
    """Whether it was also sent, in answer to an invitation. Changes here do not affect what was sent."""

    @property
    def sheet(self) -> Sheet | None:
        return self.kept if isinstance(self.kept, Sheet) else None

    @property
    def draft(self) -> Draft | None:
        return self.kept if isinstance(self.kept, Draft) else None


def own_sittings(project: Project) -> tuple[OwnSitting, ...]:
    """The sittings of a personal project, the latest first: those in progress, then the finished ones. None in a shared
    project."""
    if project.kind == "shared":
        return ()
    going_on = [OwnSitting(key=one.id, date=one.saved, kept=one.draft) for one in project.drafts()]
    sent = project.sent
    finished = [
        OwnSitting(key=receipt, date=sheet.date, kept=sheet, was_sent=codes.sheet_key(receipt) in sent)
        for sheet, receipt in project.sheets_and_receipts()
    ]
    return (*going_on, *reversed(finished))


def change(project: Project, sitting: OwnSitting, draft: Draft) -> tuple["Changing", Draft]:
    """Change a finished sitting, starting from its `draft`, or from an earlier change that was not finished. The sheet
    stays as it is until the change is finished."""
    id = codes.sheet_key(Receipt(sitting.key))
    saved = project.draft(id) or project.add_draft(id, draft)
    return Changing(project, saved, sitting), saved.draft


def resume(project: Project, draft_id: str) -> tuple[Autosave, Draft]:
    """Resume a draft, which is a new sitting or changes a finished one. ProjectError if it is gone."""
    of = [one for one in own_sittings(project) if one.sheet and codes.sheet_key(Receipt(one.key)) == draft_id]
    if of and (saved := project.draft(draft_id)):
        return Changing(project, saved, of[0]), saved.draft
    return drafts.resume(project, draft_id)


def delete(project: Project, sitting: OwnSitting) -> None:
    """Delete a sitting permanently: its answers, its texts, and any unfinished change."""
    if sitting.sheet:
        project.remove_draft(codes.sheet_key(Receipt(sitting.key)))
        project.forget(sitting.key)
    else:
        project.remove_draft(sitting.key)


class Changing(Autosave):
    """A saver for changes to a finished sitting. At hand-in they replace its sheet."""

    def __init__(self, project: Project, saved: SavedDraft, sitting: OwnSitting) -> None:
        super().__init__(project, saved)
        self._receipt = Receipt(sitting.key)
        self._date = sitting.date

    def hand_in(self, sheet: Sheet) -> str:
        """Replace the sheet, which keeps its date, and delete the draft: both or neither."""
        notes = self._project.sheet(self._receipt).notes
        self._project.change_sheet(replace(sheet, date=self._date, notes=notes), self._receipt, self._saved)
        self._project.tidy()
        return self._receipt
