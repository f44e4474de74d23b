"""Forms that keep what was typed: whoever goes back a step finds it again."""

from typing import TypeVar

from selfassess.tui.navigator import Navigator
from selfassess.tui.screens.form import FieldError, Form, FormContents, Typed

T = TypeVar("T")


class Forms:
    """Shows forms, and keeps by name what stood in those that were left."""

    def __init__(self, navigator: Navigator, left: dict[str, Typed] | None = None) -> None:
        """`left` is what is kept already, and goes on being kept there."""
        self.navigator = navigator
        self._left = {} if left is None else left

    async def fill_in(self, name: str, contents: FormContents[T], refused: FieldError | None = None) -> T | None:
        """Show a form as it was left, and return what is made of it; None if the person goes back."""
        form = Form(contents.filled(self._left.get(name, {})), refused)
        found = await self.navigator.ask(form)
        self._left[name] = form.typed
        return found

    def forget(self, name: str) -> None:
        """Show a form from now on as it is at first."""
        self._left.pop(name, None)
