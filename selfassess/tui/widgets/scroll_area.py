"""What is scrolled through where it is longer than its room."""

from textual.containers import VerticalScroll
from textual.message import Message


class ScrollArea(VerticalScroll, can_focus=False):
    """Tells its screen when there is more or less room, as when the keys below take more lines; and when there is more
    or less to show, as when something is said below a field."""

    class Resized(Message):
        """The room or what is in it has another size."""

    def on_resize(self) -> None:
        self.post_message(self.Resized())

    def watch_virtual_size(self) -> None:
        self.post_message(self.Resized())
