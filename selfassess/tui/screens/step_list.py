"""A list whose lines each stand for a command; the command is shown at the foot."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Generic, TypeVar

from textual.app import ComposeResult

from selfassess.tui.screens.base import LEAVE, Leaving
from selfassess.tui.screens.list_screen import Line, ListScreen, Paragraph, numbered
from selfassess.tui.widgets.command_line import SAME, CommandLine
from selfassess.tui.widgets.scale_options import Option

T = TypeVar("T")

MARGIN = 1
"""The blank line above the command."""


@dataclass(frozen=True, slots=True)
class Step(Generic[T]):
    """A line, the value it returns, and the command that does the same; "" if there is none."""

    option: Option
    value: T | Leaving
    command: str = ""


class StepList(ListScreen[T]):
    """A heading, paragraphs and steps to choose from."""

    def __init__(
        self,
        heading: str,
        paragraphs: Sequence[Paragraph],
        steps: Sequence[Step[T]],
        *,
        back: tuple[str, T | Leaving] = ("Leave", LEAVE),
        pointer: int = 0,
        is_long: bool = False,
    ) -> None:
        lines: list[Line[T]] = numbered([Line(step.option, step.value) for step in steps])
        super().__init__(heading, paragraphs, lines, back=back, pointer=pointer, is_long=is_long)
        self.same = [step.command for step in steps]
        self.foot = CommandLine()

    def compose(self) -> ComposeResult:
        *above, bar = super().compose()
        yield from above
        yield self.foot
        yield bar

    def on_mount(self) -> None:
        self.say_command()

    @property
    def lines_below(self) -> int:
        longest = max(map(len, self.same), default=0)
        return super().lines_below + (MARGIN + ceil((len(SAME) + longest) / max(1, self.content_size.width)))

    def press(self, key: str) -> bool:
        is_known = super().press(key)
        self.say_command()
        return is_known

    def say_command(self) -> None:
        """Show the command of the selected step."""
        at = self.options.pointer
        self.foot.say("" if at is None else self.same[at])
