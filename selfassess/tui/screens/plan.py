"""The plan: the list of actions, one action, its fields, and suggestions from reports."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from selfassess.dates import day_words
from selfassess.documents.plan import (
    LACKS,
    SECTIONS,
    TITLE,
    alarm,
    entry,
    field_words,
    head,
    lacks_a_skill,
    of_section,
    on_skills,
)
from selfassess.documents.wording import MADE_UP
from selfassess.model.plan import AMOUNTS, STATUSES, Known, Planned, field_text, is_early_win, is_overdue
from selfassess.model.plan_report import PlanReport
from selfassess.text import capital, count
from selfassess.tui.screens.field_screen import FieldScreen
from selfassess.tui.screens.list_screen import Line, ListScreen, Paragraph
from selfassess.tui.widgets.key_bar import COLOURS, HELP, MORE, Key
from selfassess.tui.widgets.scale_options import Option
from selfassess.tui.widgets.status_line import StatusLine

KEYS = "123456789"
"""Keys of the first lines of a list."""

# The list


@dataclass(frozen=True, slots=True)
class OpenAction:
    """Open an action of the plan."""

    id: str


@dataclass(frozen=True, slots=True)
class MoveAction:
    """Move an action so many places down, or up."""

    id: str
    by: int


@dataclass(frozen=True, slots=True)
class NewAction:
    """Write a new action."""


@dataclass(frozen=True, slots=True)
class TakeSuggestions:
    """Take actions that a report suggests."""


PlanChoice = OpenAction | MoveAction | NewAction | TakeSuggestions | None


class PlanList(ListScreen[PlanChoice]):
    """All actions. Returns what to do, or None to go back."""

    def __init__(self, report: PlanReport, id: str, said: str, *, has_rounds: bool, back_words: str) -> None:
        self.ids = [one.id for _, status in SECTIONS for one in of_section(report.plan, status)]
        self.has_rounds = has_rounds
        """Whether suggestions can be taken from rounds."""
        self.reads_on = False
        """Whether there is more than fits."""
        pointer = self.ids.index(id) if id in self.ids else 0 if self.ids else None
        words = [*([MADE_UP] if report.made_up else []), *filter(None, (head(report), on_skills(report)))]
        lines: list[Line[PlanChoice]] = [
            Line(option, OpenAction(id)) for option, id in zip(_actions(report), self.ids, strict=True)
        ]
        self.status = StatusLine("status")
        super().__init__(TITLE, words, lines, back=(back_words, None), pointer=pointer)
        self.status.say(said)

    def compose(self) -> ComposeResult:
        *above, bar = super().compose()
        yield from above
        yield self.status
        yield bar

    def on_resize(self) -> None:  # Textual calls that of the base class too
        self.call_after_refresh(self.options.show_pointer)

    def show_keys(self, *, more: bool = False) -> None:
        self.reads_on = more
        self.bar.set_keys([*self.keys, MORE])

    @property
    def keys(self) -> list[Key]:
        """The keys to name, the most needed first."""
        found = [Key("enter", "Enter", "Open")] if self.ids else []
        found += [Key("pagedown", "PgDn", "Read on")] if self.reads_on else []
        found += [Key("escape", "Esc", self.back_words), HELP, Key("n", "N", "New", "an action of your own")]
        if self.has_rounds:
            found.append(Key("s", "S", "Suggestions", "from the report of a closed round"))
        return found

    def commands(self) -> list[Key]:
        moves = [Key("u", "U", "Move up", "in the list"), Key("d", "D", "Move down", "in the list")]
        return [*self.keys, *(moves if len(self.ids) > 1 else []), COLOURS]

    def press(self, key: str) -> bool:
        self.status.say("")
        match key:
            case "u" | "shift+up":
                self.move(-1)
            case "d" | "shift+down":
                self.move(1)
            case "n":
                self.dismiss(NewAction())
            case "s":
                self.dismiss(TakeSuggestions())
            case _:
                return super().press(key)
        return True

    def move(self, by: int) -> None:
        """Move the action that is pointed at."""
        if self.options.pointer is not None:
            self.dismiss(MoveAction(self.ids[self.options.pointer], by))


def _actions(report: PlanReport) -> list[Option]:
    """A line for each action, under the heading of its status."""
    found: list[Option] = []
    for name, status in SECTIONS:
        for at, one in enumerate(of_section(report.plan, status)):
            key = KEYS[len(found)] if len(found) < len(KEYS) else ""
            found.append(Option(one.text, key, _standing(report, one), heading=name if not at else ""))
    return found


def _standing(report: PlanReport, planned: Planned) -> str:
    """The state of an action in one line, the most urgent first."""
    late = is_overdue(planned, report.today)
    due = (
        "" if planned.due is None or not planned.is_open else f"{'was due' if late else 'due'} {day_words(planned.due)}"
    )
    parts = (
        alarm(planned, report.today),
        f"done on {day_words(planned.done)}" if planned.done else planned.status,
        planned.owner or ("no owner yet" if planned.is_open else ""),
        due,
        "early win" if is_early_win(planned) else "",
        LACKS if lacks_a_skill(report, planned) else "",
    )
    return " · ".join(filter(None, parts))


# One action


@dataclass(frozen=True, slots=True)
class WriteField:
    """Write a field as text, and set a status with it, if one is named."""

    name: str
    status: str = ""


@dataclass(frozen=True, slots=True)
class ChooseField:
    """Choose the value of a field."""

    name: str


@dataclass(frozen=True, slots=True)
class RemoveAction:
    """Take the action out permanently."""


ActionChoice = WriteField | ChooseField | RemoveAction | None

STATUS_WORDS = {
    "proposed": "Someone suggested it.",
    "agreed": "You decided to do it.",
    "under way": "It is under way.",
    "dropped": "You decided against it. You are asked why.",
}
AMOUNT_WORDS = {
    "effort": "How much effort it takes",
    "effect": "How much you expect it to change",
}
NOWHERE = "Nothing in particular"


class ActionScreen(ListScreen[ActionChoice]):
    """An action and its fields. Returns what to change, or None to go back."""

    def __init__(self, report: PlanReport, planned: Planned, said: str) -> None:
        told = entry(report, planned)
        first = f"{told.alarm}." if told.alarm else ""
        words: list[Paragraph] = [MADE_UP] if report.made_up else []
        words.append("\n".join(filter(None, (first, *told.lines))))
        words += [said] if said else []
        fields = zip(KEYS, _fields(report, planned), strict=True)
        lines = [Line(Option(label, key), value) for key, (label, value) in fields]
        super().__init__(f"{planned.place}. {planned.text}", words, lines, back=("Back", None), is_long=True)


def _fields(report: PlanReport, planned: Planned) -> Iterator[tuple[str, ActionChoice]]:
    """A label for each field, and how to change it."""

    def said(title: str, name: str) -> str:
        return f"{title}: {field_words(report, planned, name)}"

    why = "Why it was dropped" if planned.status == "dropped" else "Note"
    yield said("Status", "status"), ChooseField("status")
    yield said("Owner", "owner"), WriteField("owner")
    yield said("Due", "due"), WriteField("due")
    yield said("Effort", "effort"), ChooseField("effort")
    yield said("Effect expected", "effect"), ChooseField("effect")
    yield said(why, "why"), WriteField("why")
    yield said("Should move", "node"), ChooseField("node")
    yield "Reword it", WriteField("text")
    yield "Delete it", RemoveAction()


class FieldValues(ListScreen[str | WriteField | None]):
    """The possible values of a field. Returns one, or the field for its reason if it needs one, or None to go back."""

    def __init__(self, report: PlanReport, planned: Planned, name: str, command: str) -> None:
        lines = list(_values(report, planned, name, command))
        title = {"status": "How it stands", "node": "What it should move", **AMOUNT_WORDS}[name]
        options = [line.option for line in lines]
        now = next((at for at, option in enumerate(options) if option.is_chosen), 0)
        super().__init__(title, [planned.text], lines, back=("Leave it as it was", None), pointer=now)
        self.options.set_options(options, mark="one", pointer=now)

    def on_resize(self) -> None:  # Textual calls that of the base class too
        self.call_after_refresh(self.options.show_pointer)


def _values(report: PlanReport, planned: Planned, name: str, command: str) -> Iterator[Line[str | WriteField | None]]:
    now = field_text(planned, name)
    values: list[tuple[str, str, str]]
    match name:
        case "status":
            done = f"Today. For another day: {command} plan set {planned.id} --status done --done DAY"
            words = {**STATUS_WORDS, "done": done}
            values = [(one, capital(one), words[one]) for one in STATUSES]
        case "node":
            values = [("", NOWHERE, ""), *((id, title, "") for id, title in report.known.nodes.items())]
        case _:
            values = [("" if one == AMOUNTS[0] else one, capital(one), "") for one in AMOUNTS]
    for at, (value, label, about) in enumerate(values):
        option = Option(label, KEYS[at] if at < len(KEYS) else "", about, is_chosen=value == now)
        needs_reason = value == "dropped" and planned.status != "dropped"
        yield Line(option, WriteField("why", value) if needs_reason else value)


class RemoveQuestion(ListScreen[bool]):
    """Asks before an action is deleted."""

    def __init__(self, planned: Planned) -> None:
        lines = [Line(Option("Keep it", "1"), False), Line(Option("Delete it", "2"), True)]
        said = "If you decided against it, drop it instead: then others can read why."
        super().__init__("Delete this action?", [planned.text, said], lines, back=("Back", False))


# A field as text

ASKED = {
    "text": ("What is to be done?", "Write it as an instruction, such as: Meet the new neighbours."),
    "owner": ("Who is responsible?", "A role, or a name. Leave empty if nobody yet."),
    "due": ("By when?", "Such as 2026-05-31, 31.5.2026 or 31 May 2026. Empty: no date."),
    "why": ("A note", "Empty: none."),
}
WHY_DROPPED = ("Why have you decided against it?", "Others can read it later.")


class FieldText(FieldScreen[Planned]):
    """A field as text. Stores it and returns the changed action, or None to go back."""

    def __init__(self, planned: Planned, name: str, status: str, keep: Callable[[Mapping[str, str]], Planned]) -> None:
        is_why = name == "why" and "dropped" in (planned.status, status)
        heading, said = WHY_DROPPED if is_why else ASKED[name]
        super().__init__(
            heading,
            Content(planned.text),
            Content.styled(said, "$quiet"),
            typed=field_text(planned, name),
            onward="Keep",
            back="Leave it as it was",
        )
        self.field_name = name
        self.with_it = {"status": status} if status else {}
        """What is stored together with it."""
        self.keep = keep

    def body(self) -> Iterator[Widget]:
        yield VerticalScroll(*super().body(), can_focus=False)

    def accept(self, typed: str) -> Planned:
        return self.keep({**self.with_it, self.field_name: typed})

    def on_text_field_full(self) -> None:
        self.note.refuse("There is no room for more.")


# Suggestions


@dataclass(frozen=True, slots=True)
class Chosen:
    """Suggestions that were chosen, by their places."""

    places: frozenset[int] = frozenset()
    are_taken: bool = False
    """Whether to put them into the plan; otherwise the person goes back."""


class Suggestions(ListScreen[Chosen]):
    """Suggestions to choose from, each with what calls for it. `chosen` are those that were chosen before."""

    def __init__(
        self, report: PlanReport, title: str, found: Sequence[tuple[Planned, str]], chosen: frozenset[int] = frozenset()
    ) -> None:
        self.known = report.known
        self.found = tuple(found)
        self.chosen = set(chosen)
        said = ["Choose what you want to do. The widest gap in any group comes first."]
        said += [MADE_UP] if report.made_up else []
        lines: list[Line[Chosen]] = [Line(option, Chosen()) for option in self._options()]
        super().__init__(f"Suggested by the report of {title}", said, lines, back=("Back", Chosen()))
        self.options.set_options(self._options(), mark="many", pointer=0)

    def _options(self) -> list[Option]:
        return [_suggested(self.known, *one, is_chosen=at in self.chosen) for at, one in enumerate(self.found)]

    def show_keys(self, *, more: bool = False) -> None:  # noqa: ARG002  # Page Down always scrolls the list
        number = len(self.chosen)
        take = [Key("p", "P", f"Put {number} into the plan")] if number else []
        page = Key("pagedown", "PgDn", "Read on")
        self.bar.set_keys([Key("enter", "Enter", "Choose"), *take, page, Key("escape", "Esc", "Back"), HELP, COLOURS])

    def press(self, key: str) -> bool:
        if key == "p" and self.chosen:
            self.dismiss(Chosen(frozenset(self.chosen), are_taken=True))
            return True
        return super().press(key)

    def back(self) -> None:
        self.dismiss(Chosen(frozenset(self.chosen)))

    def choose(self, index: int) -> None:
        """Mark a suggestion, or unmark it."""
        self.chosen ^= {index}
        self.options.set_options(self._options(), mark="many", pointer=index)
        self.show_keys()


class LeaveChosen(ListScreen[Chosen | None]):
    """What to do with suggestions that were chosen and not put into the plan. Returns None to look at them again."""

    def __init__(self, chosen: Chosen) -> None:
        number = count(len(chosen.places), "suggestion")
        lines: list[Line[Chosen | None]] = [
            Line(Option("Put into the plan", "1"), replace(chosen, are_taken=True)),
            Line(Option("Look at the suggestions again", "2"), None),
            Line(Option("Leave out", "3"), Chosen()),
        ]
        super().__init__(f"You chose {number}", ["Not in the plan yet."], lines, back=("Look again", None))


def _suggested(known: Known, planned: Planned, because: str, *, is_chosen: bool) -> Option:
    who = ", ".join(known.groups.get(id, id) for id in planned.groups)
    about = f"{known.nodes.get(planned.node, planned.node)} ({because})" + (f" · for {who}" if who else "")
    return Option(planned.text, about=about, is_chosen=is_chosen)
