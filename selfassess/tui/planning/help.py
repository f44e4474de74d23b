"""The help of the plan: its keys, and what its words mean."""

HELP_KEYS = (
    ("↑ ↓", "move from one action to the next"),
    ("Enter", "open the action you moved to; so does its number, or a click"),
    ("U  D", "put it further up or down in the order; so do Shift and an arrow"),
    ("N", "write a new action"),
    ("S", "take suggestions from the report of a closed round"),
    ("Space", "among suggestions: choose one, or leave it"),
    ("P", "put the chosen suggestions into the plan"),
    ("Escape", "back; from the list, out"),
    ("F2 or T", "other colours: dark, light, high contrast"),
)


def help_words(command: str) -> tuple[str, ...]:
    """What the words of the plan mean; `command` is how the program is called."""
    return (
        "What you change is kept at once.",
        "OVERDUE: it should have been done before today.",
        "Early win: low effort, and an effect that is medium or high.",
        "What is done, then what was dropped, stands below what is to be done.",
        f"For the groups and skills of an action: {command} plan set --help",
        f"With a screen reader: {command} plan",
    )
