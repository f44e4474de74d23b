"""Sittings outside rounds: begin one, resume it, and what a person has in a project of their own.

Where a function takes an edition `at_hand`, it is used as by `edition_of`: nothing is read twice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from selfassess.errors import TooLittleError, UsageError
from selfassess.model.questionnaire import Edition, GroupKey, Questionnaire
from selfassess.model.sheet import Draft, Form, Sheet
from selfassess.paths import program
from selfassess.project import drafts, own_sittings
from selfassess.project.own_sittings import OwnSitting
from selfassess.project.project import Project
from selfassess.project.records import SavedDraft
from selfassess.services.projects import edition_of
from selfassess.sitting import notices
from selfassess.sitting.new_version import changes
from selfassess.sitting.session import HandedIn, Saver, Sitting
from selfassess.sitting.state import reopen, start
from selfassess.sitting.steps import steps
from selfassess.text import did_you_mean


class NothingAskedError(UsageError):
    """A form of a questionnaire asks people of a group nothing."""


@dataclass(frozen=True, slots=True)
class Begun:
    """An unfinished sitting, with the version of the questionnaire that it was begun with."""

    saved: SavedDraft
    edition: Edition
    changes: tuple[str, ...] = ()
    """What the person would be asked otherwise now, in sentences."""

    @property
    def title(self) -> str:
        return self.edition.questionnaire.title

    @property
    def about(self) -> str:
        """Of which group and form it is, when it was saved, and how far it got."""
        return notices.sitting_about(self.edition.questionnaire, self.saved.draft, self.saved.saved)

    @property
    def answers_invitation(self) -> bool:
        """Whether it goes on with its invitation only."""
        return self.saved.draft.ticket is not None


Offer = Literal["results", "change", "go on", "invited", "delete"]
"""What a person can do with one of their own sittings. "invited": be told that its invitation leads on."""


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """One of a person's own sittings, with its questionnaire."""

    sitting: OwnSitting
    edition: Edition

    @property
    def questionnaire(self) -> Questionnaire:
        return self.edition.questionnaire

    @property
    def draft(self) -> Draft:
        """The answers, as a draft."""
        return reopen(self.questionnaire, self.sitting.kept)

    @property
    def about(self) -> str:
        """When it was, of which group and form, and how far it got."""
        is_finished = self.sitting.sheet is not None
        return notices.sitting_about(self.questionnaire, self.draft, self.sitting.date, is_finished=is_finished)

    @property
    def answers_invitation(self) -> bool:
        """Whether it goes on with its invitation only."""
        return self.sitting.draft is not None and self.sitting.draft.ticket is not None

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What can be done with it. Answers that were sent off, or will be, are not changed here."""
        if self.sitting.sheet is None:
            return ("invited" if self.answers_invitation else "go on", "delete")
        return ("results", "delete") if self.sitting.was_sent else ("results", "change", "delete")


# Begin and resume


def begin(project: Project | None, edition: Edition, group: GroupKey | None, form: Form) -> Sitting:
    """A new sitting, kept in the project if there is one. NothingAskedError if this form has no question for the
    group."""
    draft = start(edition, group, form)
    if not steps(edition.questionnaire, draft):
        raise NothingAskedError(notices.ASKED_NOTHING)
    saver = drafts.begin(project, edition, draft) if project else drafts.Unsaved()
    return Sitting(edition, draft, saver, dated=project is not None and project.kind == "personal")


def resume(project: Project, draft_id: str, at_hand: Edition | None = None) -> Sitting:
    """Resume a draft of a personal project. ProjectError if it is gone."""
    return _resumed(project, *own_sittings.resume(project, draft_id), at_hand)


def resume_with_code(project: Project, code: str) -> Sitting:
    """Resume the sitting outside rounds that a code opens. UsageError if it opens none."""
    return _resumed(project, *drafts.resume_with_code(project, code))


def unfinished(project: Project, at_hand: Edition | None = None) -> Iterator[Begun]:
    """The sittings that can be resumed without a code, the last saved first."""
    for saved in project.drafts():
        yield Begun(saved, edition_of(project, saved.draft.questionnaire, at_hand))


def unfinished_with(
    project: Project, edition: Edition, group: GroupKey | None = None, form: Form | None = None
) -> Begun | None:
    """The sitting to resume that was begun with any version of a questionnaire, in this group and form where they are
    given: the last one in which the person would still be asked the same, or else the last one. None where there is
    none, apart from answers to invitations: they go on with the invitation."""
    begun = [
        replace(one, changes=changes(one.edition.questionnaire, edition.questionnaire, one.saved.draft))
        for one in unfinished(project, edition)
        if one.edition.questionnaire.id == edition.questionnaire.id
        and group in (None, one.saved.draft.group)
        and form in (None, one.saved.draft.form)
        and not one.answers_invitation
    ]
    return min(begun, key=lambda one: bool(one.changes), default=None)


def forget_unfinished(project: Project, drafts: Sequence[Begun]) -> None:
    """Delete these."""
    for one in drafts:
        project.remove_draft(one.saved.id)


def unfinished_of(project: Project, questionnaire: str) -> list[Begun]:
    """All that were begun with any version of a questionnaire, by its id. UsageError where there is none."""
    found = [one for one in unfinished(project) if one.edition.questionnaire.id == questionnaire]
    if not found:
        raise UsageError(f"There is no unfinished sitting of “{questionnaire}” in {project.path}.")
    return found


def _resumed(project: Project, saver: Saver, draft: Draft, at_hand: Edition | None = None) -> Sitting:
    edition = edition_of(project, draft.questionnaire, at_hand)
    return Sitting(edition, draft, saver, dated=project.kind == "personal", arrival="back")


# A person's own sittings


def own_entries(project: Project) -> list[OwnEntry]:
    """The sittings of a personal project, as `own_sittings` orders them."""
    return [OwnEntry(one, edition_of(project, one.kept.questionnaire)) for one in own_sittings.own_sittings(project)]


def change(project: Project, entry: OwnEntry) -> Sitting:
    """Go on with one of them: change the answers of a finished one, or resume one that is not finished."""
    if entry.sitting.sheet:
        saver, draft = own_sittings.change(project, entry.sitting, entry.draft)
        return Sitting(entry.edition, draft, saver, dated=True, arrival="again")
    return resume(project, entry.sitting.key, entry.edition)


def finished_sheet(project: Project | None, sitting: Sitting, done: HandedIn) -> Sheet:
    """The sheet of a sitting that was handed in just now; in a project of one's own with what was noted on it before it
    was changed."""
    return project.sheet(done.receipt) if project and sitting.is_private and done.receipt else done.sheet


def can_note(project: Project | None, receipt: str) -> bool:
    """Whether a person can note something on the result of a sheet: it is in their own project, and there alone."""
    if project is None or project.kind == "shared":
        return False
    return any(one.key == receipt and not one.was_sent for one in own_sittings.own_sittings(project))


def last_sheet(project: Project, questionnaire: str | None) -> Sheet:
    """The latest sheet of a personal project, or of one questionnaire in it, named by its id or its file.
    TooLittleError where there is none."""
    sheets = project.sheets()
    if not sheets:
        raise nothing_yet(project.path)
    if questionnaire is None:
        return sheets[-1]
    from selfassess.definition.toml_source import load  # as in `edition_of`

    ids = {sha256: edition_of(project, sha256).questionnaire.id for sha256 in project.frozen_all()}
    path = Path(questionnaire)
    wanted = str(load(path).table.get("id", path.stem)) if path.suffix == ".toml" else questionnaire
    if found := [sheet for sheet in sheets if ids.get(sheet.questionnaire) == wanted]:
        return found[-1]
    there_is = sorted({ids[sheet.questionnaire] for sheet in sheets})
    hint = did_you_mean(wanted, there_is) or f"What was answered there: {', '.join(there_is)}."
    raise TooLittleError(f"You have not finished “{wanted}” yet in {project.path}.", hint=hint)


def kept_sheet(project: Project, questionnaire: str | None, receipt: str | None = None) -> Sheet:
    """The sheet that a receipt opens; without one as in `last_sheet`. UsageError where it opens none."""
    return last_sheet(project, questionnaire) if receipt is None else project.sheet(receipt)


def has_kept(project: Project, questionnaire: str | None, receipt: str | None = None) -> bool:
    """Whether a project has that sheet."""
    try:
        kept_sheet(project, questionnaire, receipt)
    except (TooLittleError, UsageError):
        return False
    return True


def nothing_yet(path: Path) -> TooLittleError:
    """The error where nothing is finished, in one's own project at `path`, or where there is none yet."""
    if not path.exists():
        return TooLittleError(
            f"You have not answered anything yet: there is no project file {path}.",
            f"Answer first: {program(str(path))} take",
        )
    return TooLittleError(
        f"You have not finished a questionnaire yet in {path}.",
        f"Answer to the end. What you have begun is saved: {program(str(path))} take",
    )
