"""The questionnaires that a project keeps, as they were when people answered them."""

from selfassess.definition.reader import restore
from selfassess.errors import QuestionnaireError
from selfassess.model.questionnaire import Edition
from selfassess.storage.project import Project
from selfassess.storage.trouble import Trouble


def edition_of(project: Project, sha256: str) -> Edition:
    """The edition that a project froze under this sum. ProjectError where there is none, where it is no questionnaire,
    or where what the project holds cannot have been answered to it."""
    content = project.frozen(sha256)
    try:
        edition = restore(str(project.path), content)
    except (QuestionnaireError, AttributeError, LookupError, TypeError, ValueError) as error:  # it was not checked
        raise Trouble.DAMAGED.at(project.path) from error
    project.vet(edition)
    return edition
