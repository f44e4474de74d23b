"""A line with text at both ends. If not even the shortest wording fits beside it, it is on a line of its own."""

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget


class StatusLine(Widget):
    """Text at the left and at the right. An alarm is highlighted."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self._said: tuple[str, tuple[str, ...], bool] = ("", (), False)

    def say(self, left: str, *right: str, alarm: bool = False) -> None:
        """Show other text. Several wordings of the right one, the longest first: the first that fits is shown."""
        if (left, right, alarm) != self._said:
            width = self.content_size.width
            before = len(self._lines(width)) if width else 0
            self._said = (left, right, alarm)
            self.refresh(layout=not width or len(self._lines(width)) != before)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  # Textual asks it so
        return len(self._lines(width))

    def render(self) -> Content:
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        left, right, alarm = self._said
        one = Content.styled(left, "bold $error" if alarm else "$quiet")
        others = [Content.styled(words, "$quiet") for words in right] or [Content("")]
        for other in others:
            if one.cell_length + other.cell_length + 2 <= width and "\n" not in left:
                return [one.pad_right(width - one.cell_length - other.cell_length) + other]
        return [*one.wrap(width), *(others[-1].wrap(width) if others[-1].plain else ())]
