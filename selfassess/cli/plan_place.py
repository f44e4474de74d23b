"""What every command about the plan needs: the project, its plan with what it takes to read it, and fields as typed."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from selfassess.cli.which_project import Command, at_the_desk, check_there, for_own_or_rounds, which_project
from selfassess.errors import UsageError

if TYPE_CHECKING:
    from selfassess.cli.sittings import Place
    from selfassess.model.plan import Planned
    from selfassess.model.reports import PlanReport
    from selfassess.storage.plans import Plans


@dataclass(frozen=True, slots=True)
class OpenPlan:
    """A plan that is being worked on."""

    kept: "Plans"
    report: "PlanReport"
    """As it was when it was opened."""

    def given(self, before: "Planned", typed: Mapping[str, str | None]) -> "Planned":
        """An action with some fields as they were typed; None: not typed. UsageError names everything that is wrong."""
        from selfassess.model.plan_fields import given

        said = {name: text for name, text in typed.items() if text is not None}
        found = given(before, said, self.report.known, self.report.today)
        if found.problems:
            lines = [" ".join(filter(None, (f"{one.place}: {one.message}", one.hint))) for one in found.problems]
            raise UsageError("\n".join(lines), "Nothing was changed.")
        return found.planned


def of_plan(command: Command) -> Command:
    """Makes a command one about the plan of the project that is meant."""
    return at_the_desk(for_plan)(command)


def for_plan(place: "Place") -> "Place":
    """The place of the project whose plan is meant: where none was named, one's own if anything is planned there."""
    from selfassess.storage.plans import Plans

    return for_own_or_rounds(place, lambda project: bool(Plans(project).all()))


@contextmanager
def opened(place: "Place", *, to_look: bool = False) -> Iterator[OpenPlan]:
    """The plan of the project, which may be personal or shared; `to_look` where a file that can only be read will do.
    UsageError where none is named and there is no own one, ProjectError where there is no such file."""
    from selfassess.services.plan import read_plan, today
    from selfassess.storage.plans import Plans
    from selfassess.storage.project import open_project, open_to_look

    check_there(place)
    if not place.path.exists():
        raise which_project(place)
    with (
        open_to_look(place.path, waits=place.waits)
        if to_look
        else open_project(place.path, waits=place.waits) as project
    ):
        yield OpenPlan(Plans(project), read_plan(project, today()))
