"""One action of the plan: what is known of it, and each field to change."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from selfassess.documents.plan import entry, field_words
from selfassess.documents.wording import MADE_UP
from selfassess.model.plan import AMOUNTS, STATUSES, Planned
from selfassess.model.plan_fields import written
from selfassess.model.text import capital
from selfassess.tui.planning.listing import KEYS
from selfassess.tui.screens.menu import Line, Menu, Paragraph
from selfassess.tui.widgets.options import Option

if TYPE_CHECKING:
    from selfassess.tui.planning.flow import Planning

STATUS_WORDS = {
    "proposed": "Somebody has suggested it.",
    "agreed": "It was decided to do it.",
    "under way": "It was begun.",
    "dropped": "It will not be done. You are asked why.",
}
AMOUNT_WORDS = {
    "effort": "How much effort it takes",
    "effect": "How much effect is expected of it",
}
NOWHERE = "Nothing in particular"


class One(Menu):
    """An action, with a line for each field."""

    def __init__(self, flow: "Planning", planned: Planned, said: str) -> None:
        told = entry(flow.report, planned)
        alarm = f"{told.alarm}." if told.alarm else ""
        words: list[Paragraph] = [MADE_UP] if flow.report.made_up else []
        words.append("\n".join(filter(None, (alarm, *told.lines))))
        words += [said] if said else []
        lines = [Line(Option(label, key), act) for key, (label, act) in zip(KEYS, _fields(flow, planned), strict=True)]
        back = ("Back", partial(flow.listing, planned.id))
        super().__init__(flow, f"{planned.place}. {planned.text}", words, lines, back=back, is_long=True)


def _fields(flow: "Planning", planned: Planned) -> Iterator[tuple[str, Callable[[], None]]]:
    """Each field in words, and what changes it."""

    def said(title: str, name: str) -> str:
        return f"{title}: {field_words(flow.report, planned, name)}"

    def choose(name: str) -> Callable[[], None]:
        return lambda: flow.stage.show(Values(flow, planned, name))

    why = "Why it was dropped" if planned.status == "dropped" else "Note"
    yield said("Status", "status"), choose("status")
    yield said("Owner", "owner"), partial(flow.write, planned, "owner")
    yield said("Due", "due"), partial(flow.write, planned, "due")
    yield said("Effort", "effort"), choose("effort")
    yield said("Effect expected", "effect"), choose("effect")
    yield said(why, "why"), partial(flow.write, planned, "why")
    yield said("Should move", "node"), choose("node")
    yield "Say it in other words", partial(flow.write, planned, "text")
    yield "Take it out for good", lambda: flow.stage.show(Remove(flow, planned))


class Values(Menu):
    """The values that a field can have."""

    def __init__(self, flow: "Planning", planned: Planned, name: str) -> None:
        found = list(_values(flow, planned, name))
        title = {"status": "How it stands", "node": "What it should move", **AMOUNT_WORDS}[name]
        now = next((at for at, (option, _) in enumerate(found) if option.is_chosen), 0)
        lines = [Line(option, act) for option, act in found]
        back = ("Leave it as it was", partial(flow.one, planned.id))
        super().__init__(flow, title, [planned.text], lines, back=back, pointer=now)
        self.options.set_options([option for option, _ in found], mark="one", pointer=now)

    def on_resize(self) -> None:
        super().on_resize()
        self.call_after_refresh(self.options.show_pointer)


def _values(flow: "Planning", planned: Planned, name: str) -> Iterator[tuple[Option, Callable[[], None]]]:
    """Each value as an option, and what keeps it."""
    now = written(planned, name)
    values: list[tuple[str, str, str]]
    match name:
        case "status":
            done = f"Today. For another day: {flow.command} plan set {planned.id} --status done --done DAY"
            words = {**STATUS_WORDS, "done": done}
            values = [(one, capital(one), words[one]) for one in STATUSES]
        case "node":
            values = [("", NOWHERE, ""), *((id, title, "") for id, title in flow.report.known.nodes.items())]
        case _:
            values = [("" if one == AMOUNTS[0] else one, capital(one), "") for one in AMOUNTS]
    for at, (value, label, about) in enumerate(values):
        option = Option(label, KEYS[at] if at < len(KEYS) else "", about, is_chosen=value == now)
        if value == "dropped" and planned.status != "dropped":
            yield option, partial(flow.write, planned, "why", value)
        else:
            yield option, partial(flow.set, planned, {name: value})


class Remove(Menu):
    """Asks once more."""

    def __init__(self, flow: "Planning", planned: Planned) -> None:
        back = partial(flow.one, planned.id)
        lines = [
            Line(Option("Keep it", "1"), back),
            Line(Option("Take it out for good", "2"), partial(flow.remove, planned)),
        ]
        said = "What will not be done is better dropped: then others can read why."
        super().__init__(flow, "Take this action out?", [planned.text, said], lines, back=("Back", back))
