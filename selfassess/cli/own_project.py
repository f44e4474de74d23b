"""A person's own project, for the commands that look up what they handed in."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from selfassess.cli.project_choice import no_project_of
from selfassess.definition.library import is_known
from selfassess.errors import TooLittleError
from selfassess.project.project import Project, open_to_look
from selfassess.services.sittings import nothing_yet

if TYPE_CHECKING:
    from selfassess.cli.place import Place


@contextmanager
def own_project(place: "Place", name: str | None) -> Iterator[Project]:
    """A person's own project, to look up what they handed in of the questionnaire of that name. TooLittleError where
    there is no project yet, or nothing in it; UsageError where that can only be the name of a round."""
    may_be_round = not place.is_named and not (name is None or is_known(name))
    if not place.path.exists():
        raise no_project_of(place, name or "") if may_be_round else nothing_yet(place.path)
    with open_to_look(place.path) as project:
        try:
            yield project
        except TooLittleError as error:
            if may_be_round:
                raise no_project_of(place, name or "", error.hint) from None
            raise
