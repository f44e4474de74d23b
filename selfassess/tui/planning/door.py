"""The way to the plan from the home screen and from a round's results, and back."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from selfassess.storage.plans import Plans
from selfassess.storage.project import Project

if TYPE_CHECKING:
    from selfassess.tui.flow import Flow


def has_plan(project: Project) -> bool:
    """Whether there is something in the plan of a project."""
    return bool(Plans(project).all())


def present(flow: "Flow", plans: Plans, back: Callable[[], None]) -> None:
    """The plan, with another screen behind it."""

    def show() -> None:
        from selfassess.tui.planning.flow import Planning

        Planning(flow.opening, flow.stage, plans, back).listing()

    flow.attempt(show)
