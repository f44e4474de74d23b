"""The least that a Textual app can be: one label, and a key that changes it."""

from textual.app import App, ComposeResult
from textual.events import Key
from textual.widgets import Label


class LabelApp(App[None]):
    """What starts and keys are compared with."""

    def compose(self) -> ComposeResult:
        yield Label("Here I am")

    def on_key(self, event: Key) -> None:
        self.query_one(Label).update(f"You typed {event.key}")


if __name__ == "__main__":
    LabelApp().run()
