"""Base classes of the screens about rounds: a header, and pages whose blocks can open other pages."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from selfassess.documents.blocks import Kind, Section, Spot
from selfassess.documents.wording import MADE_UP
from selfassess.tui.screens.base import BaseScreen
from selfassess.tui.trail import Trail
from selfassess.tui.widgets.document_view import DocumentView
from selfassess.tui.widgets.key_bar import COLOURS, HELP, MORE, Key
from selfassess.tui.widgets.scroll_area import ScrollArea
from selfassess.tui.widgets.status_line import StatusLine

ROOMY = 60
"""Columns from which nothing is shortened."""
WIDE, TALL = 100, 34
"""Columns and lines from which what is pointed at is shown with the page."""
LEAST_TITLE = 12
"""Columns that a title needs to be shown at all."""

MOVING = ("enter", "pagedown", "left", "right")
"""Keys that only move about, and are missing in the list of everything."""
EVERYWHERE = ("escape", "f1", "f2")
"""Keys that come last in it."""

T = TypeVar("T")


class HeadedScreen(BaseScreen[T]):
    """A screen about one round or two. The header names them, the current page and how many answered, and says so if
    the answers are made up."""

    def __init__(self, title: str = "", *, is_made_up: bool) -> None:
        """`title` is that of the round; a screen about two says in `title_in` how they are named."""
        super().__init__()
        self.round_title = title
        self.made_up = Static(id="made-up")
        self.made_up.display = is_made_up
        self.head = StatusLine("where")
        self._where = "", ""

    def title_in(self, room: int) -> str:
        """The title of the rounds in so many columns: it is shortened in favour of the current page."""
        return cut(self.round_title, room)

    def on_resize(self) -> None:
        words = MADE_UP if self.size.width >= ROOMY else MADE_UP.partition(":")[0]
        self.made_up.update(Content.styled(words, "bold $error"))
        self._say_where()

    def say_where(self, where: str, right: str) -> None:
        """Set the name of the current page, and the text at the right."""
        self._where = where, right
        self._say_where()

    def _say_where(self) -> None:
        where, right = self._where
        room = self.content_size.width - len(right) - 2 - (len(where) + 3 if where else 0)
        self.head.say(" · ".join(filter(None, (self.title_in(room), where))), right)


def cut(title: str, room: int) -> str:
    """The title in so many columns, or nothing if these are too few."""
    if len(title) <= room:
        return title
    return f"{title[: room - 1].rstrip()}…" if room >= LEAST_TITLE else ""


class DocumentScreen(HeadedScreen[T]):
    """A page to scroll through, with a pointer to the blocks that can be opened."""

    def __init__(self, title: str = "", *, is_made_up: bool, said: str = "") -> None:
        super().__init__(title, is_made_up=is_made_up)
        self.options: DocumentView = DocumentView()
        self.scroll = ScrollArea(self.options)
        self.status = StatusLine("status")
        self.said = said
        """A message, until the next key."""
        self._is_settled = False
        """Whether the page is laid out: from then on scrolling is done by the person."""

    def fill(self) -> None:
        """Show the current page from its beginning."""
        raise NotImplementedError  # for subclasses

    def keys(self) -> list[Key]:
        """The keys to name, the most needed first."""
        raise NotImplementedError  # for subclasses

    def others(self) -> list[Key]:
        """What else there is to do, for the list of everything."""
        return []

    def commands(self) -> Sequence[Key]:
        others = self.others()
        found = [one for one in (*self.keys(), *others, COLOURS) if one != MORE and one.key not in MOVING]
        return sorted(found, key=lambda one: one.key in EVERYWHERE) if others else ()

    def turn(self, key: str) -> bool:  # noqa: ARG002  # for subclasses
        """Do what a key means on these pages. Whether it means anything."""
        return False

    @property
    def about(self) -> str:
        """The text below the page if there is no message."""
        return ""

    def compose(self) -> ComposeResult:
        yield self.made_up
        yield self.head
        yield self.scroll
        yield self.status
        yield self.bar

    def on_mount(self) -> None:
        self.watch(self.scroll, "scroll_y", self.scrolled)
        self.fill()

    def on_resize(self) -> None:  # Textual calls that of the base class too
        self.call_after_refresh(self.settle)

    def show(self, section: Section, pointer: int | None = None, above: int = 0) -> None:
        """Show a section from the beginning, below so many empty lines."""
        self._is_settled = False
        self.options.show_section(section, pointer, above)
        self.scroll.scroll_home(animate=False, immediate=True)
        self.call_after_refresh(self.settle)

    def settle(self) -> None:
        """After layout, show the pointer, the keys and the page number."""
        if self.options.pointer is None:
            self.options.point_at_first()
        else:
            self.options.show_pointer()
        self.bar.set_keys(self.keys())
        self.scroll.refresh(layout=True)  # the key bar may have grown, so the scroll bar has to shrink
        self.show_place()
        self._is_settled = True

    def scrolled(self) -> None:
        """After scrolling, also by the mouse wheel, keep the pointer in view."""
        if self._is_settled:
            self.options.keep_in_sight()
            self.show_place()

    def on_scroll_area_resized(self) -> None:
        """Number the pages again: their length is that of the room."""
        if self._is_settled:
            self.show_place()

    def show_place(self) -> None:
        """Show the message and the page number."""
        at, of = self.options.place
        self.status.say(self.said or self.about, f"Page {at} of {of}" if of > 1 else "")

    def press(self, key: str) -> bool:
        self.said = ""
        index = self.options.index_of(key)
        if index is not None:
            self.open(index)
        elif not self._move(key) and not self.turn(key):
            return super().press(key)
        return True

    def _move(self, key: str) -> bool:
        view = self.options
        match key:
            case "down" | "tab":
                view.go(1)
            case "up" | "shift+tab":
                view.go(-1)
            case "pagedown" | "pageup":
                self.read_on(1 if key == "pagedown" else -1)
            case "home" | "end":
                view.scroll(-view.length if key == "home" else view.length)
            case "enter" | "space":
                self.enter()
            case _:
                return False
        self.show_place()
        return True

    def read_on(self, by: int) -> None:
        """Scroll by almost a page, down for 1 and up for -1."""
        self.options.turn(by)

    def enter(self) -> None:
        """Open what is pointed at. If there is no pointer, read on."""
        if self.options.pointer is None:
            self.options.go(1)
        else:
            self.open(self.options.pointer)

    def open(self, index: int) -> None:
        """Open a block, by its index among those that open."""

    def on_options_clicked(self, message: DocumentView.Clicked) -> None:
        if message.is_still_shown and self.is_active:
            self.open(message.index)


class BranchingScreen(DocumentScreen[T | None]):
    """Pages that open each other. Escape goes back, and returns None from the first page. In a large window what a page
    points at is shown with it: a click opens it, and Page Down goes on there from the end of the page."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012  # Textual has it so
    OVERVIEWS: ClassVar[Mapping[str, Kind]] = {}
    """The kinds of pages that keys open from anywhere. Opening one from another replaces it."""

    def __init__(self, trail: Trail, title: str = "", *, is_made_up: bool, said: str = "") -> None:
        super().__init__(title, is_made_up=is_made_up, said=said)
        self.trail = trail
        self.pointed_at = DocumentView(opens=False)
        self.pane = VerticalScroll(self.pointed_at, id="pointed-at", can_focus=False)
        self._shown: Spot | None = None
        """What is shown there."""

    def compose(self) -> ComposeResult:
        yield self.made_up
        yield self.head
        yield Container(self.scroll, self.pane, id="pages")
        yield self.status
        yield self.bar

    def glance(self, spot: Spot) -> Section:
        """What is shown of a place that a page points at."""
        raise NotImplementedError  # for subclasses

    @property
    def has_room(self) -> bool:
        """Whether there is room to show that with the page."""
        return self.size.width >= WIDE and self.size.height >= TALL

    def show(self, section: Section, pointer: int | None = None, above: int = 0) -> None:
        super().show(section, pointer, above)
        self._shown = None
        self._share_room()

    def on_resize(self) -> None:  # Textual calls those of the base classes too
        self._share_room()

    def _share_room(self) -> None:
        self.set_class(self.has_room and bool(self.options.openings), "-shared")

    def show_place(self) -> None:
        super().show_place()
        at = self.options.pointer
        spot = None if at is None else self.options.openings[at]
        if self.has_room and spot and spot != self._shown:
            self._shown = spot
            self.pointed_at.show_section(self.glance(spot), None)
            self.pane.scroll_home(animate=False, immediate=True)

    def read_on(self, by: int) -> None:
        goes_on = self.scroll.scroll_y >= self.scroll.max_scroll_y if by > 0 else self.pane.scroll_y > 0
        (self.pointed_at if self.pane.display and goes_on else self.options).turn(by)

    def on_click(self, event: events.Click) -> None:
        if event.widget in (self.pane, self.pointed_at) and self.is_active:
            self.enter()

    @property
    def spot(self) -> Spot:
        """The current place."""
        return self.trail[-1][0]

    def row(self) -> list[str]:
        """The ids of the neighbours of the current place, with itself, in order. Empty if it has none."""
        return []

    def moving_keys(self, back: str) -> list[Key]:
        """The keys that lead through all such pages, as far as they lead anywhere. `back` is what Escape is called."""
        found = [Key("enter", "Enter", "Open")] if self.options.options else []
        found += [Key("escape", "Esc", back), HELP]
        if self.options.place[1] > 1:
            found.append(Key("pagedown", "PgDn", "Read on"))
        if self.row():
            found += [Key("left", "←", "Before"), Key("right", "→", "Next")]
        return found

    def turn(self, key: str) -> bool:
        if key not in ("left", "right"):
            return False
        self.turn_to_neighbour(1 if key == "right" else -1)
        return True

    def open(self, index: int) -> None:
        self.options.pointer = index
        self.go(self.options.openings[index])

    def go(self, spot: Spot) -> None:
        """Open another place."""
        here, _ = self.trail[-1]
        self.trail[-1] = here, self.options.pointer
        overviews = self.OVERVIEWS.values()
        if spot.kind in overviews and here.kind in overviews:
            self.trail.pop()
        self.trail.append((spot, None))
        self.fill()

    def turn_to_neighbour(self, by: int) -> None:
        """Go to the neighbour before or after."""
        row, here = self.row(), self.spot
        if not row:
            return
        at = row.index(here.id) + by
        if 0 <= at < len(row):
            self.trail[-1] = replace(here, id=row[at]), None
            self.fill()
        else:
            self.said = "This is the last one in this part." if by > 0 else "This is the first one in this part."
            self.show_place()

    def back(self) -> None:
        if len(self.trail) == 1:
            self.dismiss(None)
            return
        self.trail.pop()
        self.fill()
