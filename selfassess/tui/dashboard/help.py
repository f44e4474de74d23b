"""The help of the dashboard: its keys, and what its words mean."""

HELP_KEYS = (
    ("↑ ↓", "move from one thing to the next; read on where there is none near"),
    ("Enter", "open what you moved to; so does its number, or a click"),
    ("Escape", "back up: item, benchmark, strand, all, out"),
    ("← →", "the benchmark before, the next one"),
    ("Pages", "Page Down and Page Up read on and back"),
    ("G", "all, then group by group"),
    ("S", "the order: what needs talk first, or as in the questionnaire"),
    ("F", "findings: strengths, gaps, two camps, differences"),
    ("D", "what could be done, group by group"),
    ("C", "comments; W: who is in, and how answers are protected"),
    ("M", "meeting view: one benchmark a screen, answers hidden at first"),
    ("Space", "in the meeting view: show what people answered, or hide it"),
    ("A", "write down the score that the meeting agrees, and why"),
    ("P", "the plan; V: what moved between this round and another"),
    ("F2 or T", "other colours: dark, light, high contrast"),
)


def help_words(command: str) -> tuple[str, ...]:
    """What the words of the dashboard mean; `command` is the one that shows the same round in print."""
    return (
        "What needs talk first: two camps, groups that differ, the widest gaps.",
        "The mouse works too: click a line, or a key in the bottom line.",
        "On a wall, make the letters larger: 40 columns are enough.",
        f"With a screen reader: {command}",
    )
