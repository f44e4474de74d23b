"""What the flow asks of the program on screen."""

from typing import TYPE_CHECKING, Protocol

from textual.screen import Screen

if TYPE_CHECKING:
    from selfassess.tui.flow import Flow


class Stage(Protocol):
    """What the screens are shown on."""

    def follow(self, flow: "Flow") -> None:
        """Go on in another way, from its first screen."""

    def show(self, screen: Screen[None]) -> None:
        """Show a screen in place of the one there is."""

    def lay_over(self, screen: Screen[None]) -> None:
        """Show a screen that is lifted again."""

    def lift(self) -> None:
        """Lift the screen that lies over the other."""

    def change_colours(self) -> None:
        """Go on to the next theme."""

    def end(self, code: int) -> None:
        """Leave the program with an exit code."""
