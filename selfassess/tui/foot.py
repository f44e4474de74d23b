"""What the keys do on the question page at the moment."""

from selfassess.tui.view import View
from selfassess.tui.widgets.bar import COLOURS, HELP, Key


def keys(view: View, *, is_saved: bool, is_writing: bool, is_explained: bool, enter_chooses: bool) -> list[Key]:
    """The keys to name, those that one needs most first."""
    if is_writing:
        onward = Key("enter", "Enter", "Next") if view.is_number else Key("tab", "Tab", "Next")
        stop = Key("escape", "Esc", "Stop writing")
        return [onward, Key("shift+tab", "Shift+Tab", "Back"), stop, HELP, COLOURS]
    enter = "Choose" if enter_chooses else "Skip" if view.wants_answer and not view.is_answered else "Next"
    found = [
        Key("enter", "Enter", enter),
        Key("left", "←", "Back"),
        Key("escape", "Esc", "Save and leave" if is_saved else "Leave"),
        HELP,
    ]
    if view.is_number:
        found.insert(1, Key("w", "W", "Write"))
    if view.wants_answer:
        found.append(Key("c", "C", "Comment"))
    if view.help:
        found.append(Key("h", "H", "Hide the explanation" if is_explained else "Explain"))
    if view.is_answered and view.wants_answer:
        found.append(Key("delete", "Del", "Clear"))
    if view.entry is None or view.is_number:  # elsewhere letters are text
        found.append(Key("r", "R", "Review"))
    return [*found, COLOURS]
