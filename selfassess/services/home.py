"""What there is to do in a project, for the page that the program begins with."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from selfassess.model.round import Round
from selfassess.model.sheet import ProjectKind
from selfassess.project.project import Project
from selfassess.services.sittings import Begun, unfinished

if TYPE_CHECKING:
    from selfassess.services.progress import Progress  # not for a person's own project


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeContents:
    """What a project offers."""

    path: str = ""
    """Of the project file; "" if nothing can be saved."""
    kind: ProjectKind | None = None
    """None if there is no project."""
    begun: tuple[Begun, ...] = ()
    has_answered: bool = False
    """Whether a personal project has a finished sitting."""
    open_rounds: tuple[Round, ...] = ()
    closed_rounds: tuple[Round, ...] = ()
    running: "tuple[Progress, ...]" = ()
    """The rounds that are not closed, for the person who runs them."""
    has_plan: bool = False
    reminder: str = ""
    """Of the day until which the answers are kept; nothing where it is far."""


def home_contents(project: Project | None) -> HomeContents:
    """Read what there is to do; without a project hardly anything."""
    if project is None:
        return HomeContents()
    path, begun = str(project.path), tuple(unfinished(project))
    if project.kind == "personal":
        return HomeContents(path=path, kind="personal", begun=begun, has_answered=project.last_sheet() is not None)
    from selfassess.project.plans import Plans  # not for a person's own project
    from selfassess.project.rounds import Rounds
    from selfassess.services.privacy_notice import reminder_of
    from selfassess.services.progress import running

    kept = Rounds(project)
    rounds = kept.all()
    closed = tuple(one for one in rounds if one.state == "closed")
    return HomeContents(
        path=path,
        kind="shared",
        begun=begun,
        open_rounds=tuple(one for one in rounds if one.state == "open"),
        closed_rounds=closed,
        running=running(kept),
        has_plan=bool(closed) or bool(Plans(project).all()),
        reminder=reminder_of(project),
    )
