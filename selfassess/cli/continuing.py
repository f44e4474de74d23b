"""What there is to go on with in a project, and what was handed in last."""

from selfassess.definition.reader import restore
from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import Draft, Form, Sheet
from selfassess.storage.project import Project


def edition_of(project: Project, sha256: str) -> Edition:
    """The edition that the project froze under this sum."""
    return restore(str(project.path), project.frozen(sha256))


def drafts_of(
    project: Project, questionnaire: str, group: str | None = None, form: Form | None = None
) -> list[tuple[str, Draft]]:
    """The drafts of a questionnaire in a personal project, by its id; of a group and form where these are given."""
    return [
        (saved.id, saved.draft)
        for saved in project.drafts()
        if edition_of(project, saved.draft.questionnaire).questionnaire.id == questionnaire
        and group in (None, saved.draft.group)
        and form in (None, saved.draft.form)
    ]


def last_sheet(project: Project, questionnaire: str | None) -> Sheet | None:
    """The latest sheet of a personal project, or of one questionnaire in it."""
    if questionnaire is None:
        return project.last_sheet()
    sheets = [
        sheet
        for sheet in project.sheets()
        if edition_of(project, sheet.questionnaire).questionnaire.id == questionnaire
    ]
    return max(sheets, key=lambda sheet: sheet.date.timestamp() if sheet.date else 0, default=None)
