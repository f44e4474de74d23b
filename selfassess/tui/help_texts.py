"""What the help screen says of each part of the program: its keys, and what else helps."""

from typing import NamedTuple


class HelpText(NamedTuple):
    """Keys with what they do, and sentences below them."""

    keys: tuple[tuple[str, str], ...] = ()
    words: tuple[str, ...] = ()


EVERYTHING = ("Ctrl+P", "everything you can do here: type part of a name, or choose")
COLOURS = ("F2 or T", "other colours: dark, light, high contrast")


def answering_help(command: str) -> HelpText:
    """For people who answer; `command` is how the program is called."""
    return HelpText(
        keys=(
            ("1 2 3 …", "the key beside an answer: choose it and go on; to unselect one of several, press it again"),
            ("D, A", "don't know; doesn't apply to me, where these are offered"),
            ("Enter", "next question; after an arrow key: choose that answer"),
            ("F3", "wait for Enter after each answer, or move on without it"),
            ("↑ ↓", "move through the answers; the space bar chooses"),
            ("← →", "the question before, to change it (from the first: your group); the next one"),
            ("Backspace", "also the question before; Delete: take your answer away"),
            ("Pages", "Page Down and Page Up read on, where there is more"),
            ("C", "write a comment"),
            ("H", "explain the question, where there is something to explain"),
            ("R", "all your answers, and how to finish; while you write: Ctrl+R"),
            ("Tab", "leave a box that you write in, and move on"),
            ("Escape", "save and leave; while you write: stop writing"),
            COLOURS,
        ),
        words=(
            "The mouse works too: click an option, or a key in the bottom line.",
            "Every answer is saved at once. A question you leave out never counts as low.",
            f"With a screen reader, to be asked line by line: {command} take --plain",
        ),
    )


def own_result_help(command: str) -> HelpText:
    """For a person's own result; `command` is how the program is called."""
    return HelpText(
        keys=(
            ("↑ ↓", "move from one thing to the next; read on where there is none near"),
            ("Enter", "open what you moved to; so does its number, or a click"),
            ("Escape", "back up: benchmark, strand, all, out"),
            ("← →", "the one before, the next one; what to talk about comes first"),
            ("Pages", "Page Down and Page Up read on and back"),
            ("N", "on an open page: write a note of your own"),
            ("S", "save the whole result as a file"),
            COLOURS,
        ),
        words=(
            "The mouse works too: click a line, or a key in the bottom line.",
            f"In sentences, for a screen reader: {command} --plain report",
        ),
    )


def dashboard_help(command: str) -> HelpText:
    """For the results of a round; `command` prints the same round."""
    return HelpText(
        keys=(
            ("↑ ↓", "move from one thing to the next, or read on"),
            ("Enter", "open what you moved to; so does its number, or a click"),
            ("Escape", "up a level: item, benchmark, strand, all, out"),
            ("← →", "the benchmark before, the next one"),
            ("Pages", "Page Down and Page Up read on and back"),
            ("G", "all, then group by group"),
            ("S", "the order: what to talk about first, or as in the questionnaire"),
            ("F", "findings: strengths, gaps, two camps, differences"),
            ("B", "what was found, group by group, with what could be done"),
            ("E", "there, or on a benchmark: write in your own words what was found"),
            ("D", "what could be done, group by group"),
            ("C", "comments; W: who is in, and how answers are protected"),
            ("M", "meeting view: one benchmark a screen, answers hidden at first"),
            ("Space", "in the meeting view: show what people answered, or hide it"),
            ("A", "write down the score that the meeting agrees, and why"),
            ("P", "the plan; V: what moved between this round and another"),
            EVERYTHING,
            COLOURS,
        ),
        words=(
            "What to talk about first: two camps, groups that differ, the widest gaps.",
            "The mouse works too: click a line, or a key in the bottom line.",
            "With 100 columns and 34 lines, what you move to is shown below: Page Down reads on there.",
            "On a big screen, make the letters larger: 40 columns are enough.",
            f"With a screen reader: {command}",
        ),
    )


def comparison_help(command: str) -> HelpText:
    """For what moved between rounds; `command` prints the same comparison."""
    return HelpText(
        keys=(
            ("↑ ↓", "move from one thing to the next, or read on"),
            ("Enter", "open what you moved to; so does its number, or a click"),
            ("Escape", "up a level: benchmark, strand, all, out"),
            ("← →", "the benchmark before, the next one"),
            ("Pages", "Page Down and Page Up read on and back"),
            ("G", "all, then group by group"),
            ("L", "what is left out because it was worded differently"),
            ("W", "who is compared; H: how to read this"),
            ("O", "over the rounds, where more than two were named"),
            ("P", "the plan: what you decided to do"),
            EVERYTHING,
            COLOURS,
        ),
        words=(
            "Read the words first: a line alone does not show what could be chance.",
            "The mouse works too: click a line, or a key in the bottom line.",
            f"With a screen reader: {command}",
        ),
    )


def plan_help(command: str) -> HelpText:
    """For the plan; `command` is how the program is called."""
    return HelpText(
        keys=(
            ("↑ ↓", "move from one action to the next"),
            ("Enter", "open the action you moved to; so does its number, or a click"),
            ("U  D", "move it up or down the list; so do Shift and an arrow"),
            ("N", "write a new action"),
            ("S", "take suggestions from the report of a closed round"),
            ("Space", "among suggestions: choose one, or leave it"),
            ("P", "put the chosen suggestions into the plan"),
            ("Escape", "back; from the list, out"),
            EVERYTHING,
            COLOURS,
        ),
        words=(
            "Every change is saved at once.",
            "OVERDUE: it was due before today.",
            "Early win: low effort, and an effect that is medium or high.",
            "Actions still to do come first, then those done, then those dropped.",
            f"For the groups and skills of an action: {command} plan set --help",
            f"With a screen reader: {command} plan",
        ),
    )


def running_help(command: str) -> HelpText:
    """For the person who runs a round; `command` is how the program is called."""
    return HelpText(
        keys=(
            ("↑ ↓", "move from one line to the next, or from one box to the next"),
            ("Enter", "choose the line you moved to; so does its number, or a click"),
            ("Tab", "the next box, where you write in several"),
            ("Pages", "Page Down and Page Up read on and back"),
            ("Escape", "one step back; what you typed is still there when you return"),
            COLOURS,
        ),
        words=(
            "The last line of each page is the command that does the same in a terminal.",
            "Nobody sees who said what: until a round closes, only how many have handed in.",
            f"With a screen reader, line by line: {command} round --help",
        ),
    )
