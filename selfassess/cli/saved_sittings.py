"""What there is to go on with in a project, and what was handed in last."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from selfassess.cli.project_choice import no_project_of
from selfassess.definition.library import find
from selfassess.definition.toml_source import load
from selfassess.errors import QuestionnaireError, TooLittleError, near
from selfassess.model.sheet import Draft, Form, Sheet
from selfassess.paths import program
from selfassess.project.project import Project, open_to_look
from selfassess.services.projects import edition_of

if TYPE_CHECKING:
    from selfassess.cli.place import Place


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
    hint = near(wanted, there_is) or f"What was answered there: {', '.join(there_is)}."
    raise TooLittleError(f"You have not finished “{wanted}” yet in {project.path}.", hint=hint)


def nothing_yet(path: Path) -> TooLittleError:
    """The error where nothing is finished, in one's own project at `path`, or where there is none yet."""
    if not path.exists():
        return TooLittleError(
            f"You have not answered anything yet: there is no project file {path}.",
            f"Answer first: {program(str(path))} take",
        )
    return TooLittleError(
        f"You have not finished a questionnaire yet in {path}.",
        f"Answer to the end. What you have begun is kept: {program(str(path))} take",
    )


@contextmanager
def own_project(place: "Place", name: str | None) -> Iterator[Project]:
    """Somebody's own project, to look up what they handed in of the questionnaire of that name. TooLittleError where
    there is no project yet, or nothing in it; UsageError where that can only be the name of a round."""
    may_be_round = not place.is_named and not is_known(name)
    if not place.path.exists():
        raise no_project_of(place, name or "") if may_be_round else nothing_yet(place.path)
    with open_to_look(place.path) as project:
        try:
            yield project
        except TooLittleError as error:
            if may_be_round:
                raise no_project_of(place, name or "", error.hint) from None
            raise


def is_known(name: str | None) -> bool:
    """Whether a questionnaire has that name, a shipped one or a file; None stands for any."""
    try:
        return name is None or bool(find(name))
    except QuestionnaireError:
        return False


def _ids(project: Project) -> dict[str, str]:
    """The ids of the frozen questionnaires, by their sums."""
    return {sha256: edition_of(project, sha256).questionnaire.id for sha256 in project.frozen_all()}


def _id(name: str) -> str:
    path = Path(name)
    return str(load(path).table.get("id", path.stem)) if path.suffix == ".toml" else name
