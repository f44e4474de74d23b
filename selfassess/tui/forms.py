"""Forms that keep what was typed, so that it is still there when a person goes back a step."""

from typing import TypeVar

from selfassess.tui.navigator import Navigator
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
