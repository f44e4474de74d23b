"""The line at the foot of a guided screen: the command that does the same."""

from textual.content import Content
from textual.widgets import Static

SAME = "The same in a terminal: "


class CommandLine(Static):
    """A command to type. Hidden while there is none."""

    def __init__(self) -> None:
        super().__init__(id="command")
        self.display = False

    def say(self, command: str) -> None:
        """Show another command."""
        self.display = bool(command)
        self.update(Content.assemble((SAME, "$quiet"), command))
