"""What there is to go on with in a project, and what was handed in last."""

from pathlib import Path

from selfassess.definition.reader import restore
from selfassess.definition.toml import load
from selfassess.errors import TooLittleError, near
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
    ids = _ids(project)
    return [
        (saved.id, saved.draft)
        for saved in project.drafts()
        if ids.get(saved.draft.questionnaire) == questionnaire
        and group in (None, saved.draft.group)
        and form in (None, saved.draft.form)
    ]


def last_sheet(project: Project, questionnaire: str | None) -> Sheet:
    """The latest sheet of a personal project, or of one questionnaire in it, named by its id or its file.
    TooLittleError where there is none."""
    sheets = project.sheets()
    if not sheets:
        raise nothing_yet(project.path)
    if questionnaire is None:
        return sheets[-1]
    ids, wanted = _ids(project), _id(questionnaire)
    if found := [sheet for sheet in sheets if ids.get(sheet.questionnaire) == wanted]:
        return found[-1]
    there_is = sorted({ids[sheet.questionnaire] for sheet in sheets})
    hint = near(wanted, there_is) or f"There is: {', '.join(there_is)}."
    raise TooLittleError(f"Nothing of “{wanted}” has been handed in yet in {project.path}.", hint=hint)


def nothing_yet(path: Path) -> TooLittleError:
    """What is said where nothing has been handed in."""
    hint = "Answer first: selfassess take. If you have begun, the same command brings you back."
    return TooLittleError(f"Nothing has been handed in yet in {path}.", hint=hint)


def _ids(project: Project) -> dict[str, str]:
    """The ids of the frozen questionnaires, by their sums."""
    return {sha256: edition_of(project, sha256).questionnaire.id for sha256 in project.frozen_all()}


def _id(name: str) -> str:
    path = Path(name)
    return str(load(path).table.get("id", path.stem)) if path.suffix == ".toml" else name
