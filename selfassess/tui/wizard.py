"""What guided screens share: forms that keep what was typed, and steps that a person goes through forwards and back."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from selfassess.errors import SelfAssessError
from selfassess.tui.navigator import Navigator
from selfassess.tui.new_file import check_can_write
from selfassess.tui.screens.base import BaseScreen
from selfassess.tui.screens.form import FieldError, Form, FormContents, Typed

T = TypeVar("T")


class Forms:
    """Shows forms, and remembers by name what was typed in each one that was left."""

    def __init__(self, navigator: Navigator, left: dict[str, Typed] | None = None) -> None:
        """`left` holds what is remembered already; more is added to it."""
        self.navigator = navigator
        self._left = {} if left is None else left

    async def fill_in(self, name: str, contents: FormContents[T], refused: FieldError | None = None) -> T | None:
        """Show a form as it was left, and return its result; None if the person goes back."""
        form = Form(contents.filled(self._left.get(name, {})), refused)
        found = await self.navigator.ask(form)
        self._left[name] = form.typed
        return found

    def forget(self, name: str) -> None:
        """Show the form empty again from now on."""
        self._left.pop(name, None)


@dataclass(frozen=True, slots=True)
class Ask:
    """A step that asks something."""

    ask: Callable[[], Awaitable[bool]]
    """Asks, and returns whether to go on; False to go back to the step before."""
    applies: Callable[[], bool] = lambda: True
    """Whether there is anything to ask, given the answers so far."""


async def walk(steps: Sequence[Ask], first: int = 0) -> bool:
    """Ask step by step, those that apply. False if the person goes back before the very first. `first` is where to
    begin, once all were asked before."""
    at, by = first, 1
    while 0 <= at < len(steps):
        if steps[at].applies():
            by = 1 if await steps[at].ask() else -1
        at += by
    return at > 0


async def ask_format(
    navigator: Navigator, style: str, screen: Callable[[str, str], BaseScreen[str | None]]
) -> str | None:
    """Ask for a format until one is chosen that can be written here; None if the person goes back. `screen` is the page
    that asks, with the format that was chosen last, at first `style`, and with why it is refused, or ""."""
    refused = ""
    while (chosen := await navigator.ask(screen(style, refused))) is not None:
        try:
            check_can_write(chosen)
        except SelfAssessError as error:
            style, refused = chosen, error.for_facilitator
        else:
            break
    return chosen
