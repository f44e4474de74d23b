"""The help of a comparison: its keys, and what its words mean."""

HELP_KEYS = (
    ("↑ ↓", "move from one thing to the next; read on where there is none near"),
    ("Enter", "open what you moved to; so does its number, or a click"),
    ("Escape", "back up: benchmark, strand, all, out"),
    ("← →", "the benchmark before, the next one"),
    ("Pages", "Page Down and Page Up read on and back"),
    ("G", "all, then group by group"),
    ("L", "what is left out, since it was asked in other words"),
    ("W", "who is compared; H: how to read this"),
    ("O", "over the rounds, where more than two were named"),
    ("P", "the plan: what was decided to do"),
    ("F2 or T", "other colours: dark, light, high contrast"),
)


def help_words(command: str) -> tuple[str, ...]:
    """What else helps; `command` is the one that shows the same comparison in print."""
    return (
        "The words come first: a line alone tells nothing of chance.",
        "The mouse works too: click a line, or a key in the bottom line.",
        f"With a screen reader: {command}",
    )
