"""The line below a field that says why what was typed is not taken."""

from textual.content import Content
from textual.widgets import Static


class Note(Static):
    """Empty until something is not taken."""

    def __init__(self, id: str = "note") -> None:
        super().__init__(id=id)

    def refuse(self, why: str) -> None:
        """Say why something is not taken, where it can be seen."""
        self.update(Content.styled(why, "bold $error"))
        self.call_after_refresh(self.scroll_visible, animate=False)
