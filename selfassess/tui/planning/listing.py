"""The plan as a list."""

from functools import partial
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from selfassess.documents.plan import SECTIONS, TITLE, alarm, head, of_section
from selfassess.documents.wording import MADE_UP
from selfassess.model.day import day_words
from selfassess.model.plan import Planned, is_early_win, is_overdue
from selfassess.model.reports import PlanReport
from selfassess.tui.screens.menu import Line, Menu
from selfassess.tui.widgets.bar import COLOURS, HELP, Key
from selfassess.tui.widgets.ends import Ends
from selfassess.tui.widgets.options import Option

if TYPE_CHECKING:
    from selfassess.tui.planning.flow import Planning

KEYS = "123456789"
"""Keys that open the first actions."""


class Listing(Menu):
    """Every action, with how it stands."""

    def __init__(self, flow: "Planning", id: str, said: str) -> None:
        self.planning = flow
        self.ids = [one.id for _, status in SECTIONS for one in of_section(flow.report.plan, status)]
        pointer = self.ids.index(id) if id in self.ids else 0 if self.ids else None
        words = [*([MADE_UP] if flow.report.made_up else []), head(flow.report)]
        lines = [Line(option, partial(flow.one, id)) for option, id in zip(options(flow.report), self.ids, strict=True)]
        self.status = Ends("status")
        super().__init__(flow, TITLE, words, lines, back=(flow.way_back_words, flow.home_or_leave), pointer=pointer)
        self.status.say(said)

    def compose(self) -> ComposeResult:
        *above, bar = super().compose()
        yield from above
        yield self.status
        yield bar

    def on_resize(self) -> None:
        super().on_resize()
        self.call_after_refresh(self.options.show_pointer)

    def show_keys(self, *, more: bool = False) -> None:
        found = [Key("enter", "Enter", "Open")] if self.ids else []
        found += [Key("pagedown", "PgDn", "Read on")] if more else []
        found += [Key("escape", "Esc", self.way_back[0]), HELP, Key("n", "N", "New")]
        if self.planning.plans.project.kind == "shared":
            found.append(Key("s", "S", "Suggestions"))
        if len(self.ids) > 1:
            found += [Key("u", "U", "Move up"), Key("d", "D", "Move down")]
        self.bar.set_keys([*found, COLOURS])

    def press(self, key: str) -> bool:
        self.status.say("")
        match key:
            case "u" | "shift+up":
                self.shift(-1)
            case "d" | "shift+down":
                self.shift(1)
            case "n":
                self.planning.write(Planned(text=""), "text")
            case "s":
                self.planning.suggestions()
            case _:
                return super().press(key)
        return True

    def shift(self, by: int) -> None:
        """Put what is pointed at further up or down."""
        if self.options.pointer is not None:
            self.planning.move(self.ids[self.options.pointer], by)


def options(report: PlanReport) -> list[Option]:
    """A line an action, under the heading of its kind."""
    found: list[Option] = []
    for name, status in SECTIONS:
        for at, one in enumerate(of_section(report.plan, status)):
            key = KEYS[len(found)] if len(found) < len(KEYS) else ""
            found.append(Option(one.text, key, about(report, one), heading=name if not at else ""))
    return found


def about(report: PlanReport, planned: Planned) -> str:
    """How an action stands, in a row: what must not be overlooked first."""
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
    )
    return " · ".join(filter(None, parts))
