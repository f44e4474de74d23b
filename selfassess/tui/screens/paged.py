"""Pages to read on screen: one screen, filled again for every page."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from selfassess.tui.pages.blocks import AnyBlock, Spot
from selfassess.tui.screens.headed import Headed
from selfassess.tui.widgets.document_view import DocumentView
from selfassess.tui.widgets.status_line import Ends

if TYPE_CHECKING:
    from selfassess.tui.flow import Flow
    from selfassess.tui.widgets.key_bar import Key


class Paged(Headed):
    """A page with a pointer that goes over what opens on it, and how far down one is."""

    def __init__(self, flow: "Flow", reader: DocumentView, *, is_made_up: bool, said: str = "") -> None:
        super().__init__(flow, is_made_up=is_made_up)
        self.options: DocumentView = reader
        self.scroll = VerticalScroll(reader, can_focus=False)
        self.status = Ends("status")
        self.said = said
        """News, until the next key."""
        self._is_settled = False
        """Whether the page stands where it should: what moves it from then on is the person."""

    def fill(self) -> None:
        """Show the page of where one is, from its beginning."""
        raise NotImplementedError  # which pages there are, its children say

    def keys(self) -> "list[Key]":
        """The keys to name, those that one needs most first."""
        raise NotImplementedError  # likewise

    def turn(self, key: str) -> bool:  # noqa: ARG002  # its children read it
        """Go to another page. Whether the key means that."""
        return False

    @property
    def about(self) -> str:
        """What is said below the page where there are no news."""
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

    def on_resize(self) -> None:
        super().on_resize()
        self.call_after_refresh(self.settle)

    def show(self, blocks: Sequence[AnyBlock], pointer: int | None = None) -> None:
        """Show these blocks, from the beginning."""
        self._is_settled = False
        self.options.set_blocks(blocks, pointer)
        self.scroll.scroll_home(animate=False, immediate=True)
        self.call_after_refresh(self.settle)

    def settle(self) -> None:
        """Show the pointer and the place once it is known how much room there is."""
        if self.options.pointer is None:
            self.options.point_at_first()
        else:
            self.options.show_pointer()
        self.bar.set_keys(self.keys())
        self.scroll.refresh(layout=True)  # the keys may have taken a line from it, which its scroll bar has to know
        self.show_place()
        self._is_settled = True

    def scrolled(self) -> None:
        """The mouse wheel moves the page too, and the pointer never stays out of sight."""
        if self._is_settled:
            self.options.keep_in_sight()
            self.show_place()

    def show_place(self) -> None:
        """The news, and how far down one is."""
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
        reading = self.options
        match key:
            case "down" | "tab":
                reading.go(1)
            case "up" | "shift+tab":
                reading.go(-1)
            case "pagedown" | "pageup":
                reading.turn(1 if key == "pagedown" else -1)
            case "home" | "end":
                reading.scroll(-reading.length if key == "home" else reading.length)
            case "enter" | "space":
                self.enter()
            case _:
                return False
        self.show_place()
        return True

    def enter(self) -> None:
        """Open what the pointer is at. Where it is nowhere it appears, or there is more to read."""
        if self.options.pointer is None:
            self.options.go(1)
        else:
            self.open(self.options.pointer)

    def open(self, index: int) -> None:
        """Open one of the things that open."""

    def on_options_clicked(self, message: DocumentView.Clicked) -> None:
        if message.is_still_shown:
            self.open(message.index)


Trail = list[tuple[Spot, int | None]]
"""Where one is, and what one came through: each with what was pointed at."""


class Branching(Paged):
    """Pages that lead to each other, and a way back."""

    def __init__(
        self,
        flow: "Flow",
        reader: DocumentView,
        trail: Trail,
        aside: Collection[str],
        *,
        is_made_up: bool,
        said: str = "",
    ) -> None:
        super().__init__(flow, reader, is_made_up=is_made_up, said=said)
        self.trail = trail
        self.aside = aside
        """The kinds of pages that stand beside the others: from one to the next is no way down."""

    def row(self) -> list[str]:
        """The ids of what stands beside each other where one is, in their order; none where nothing does."""
        return []

    def open(self, index: int) -> None:
        self.options.pointer = index
        self.go(self.options.openings[index])

    def go(self, spot: Spot) -> None:
        """On to another spot; the way back leads here."""
        here, _ = self.trail[-1]
        self.trail[-1] = here, self.options.pointer
        if spot.kind in self.aside and here.kind in self.aside:
            self.trail.pop()
        self.trail.append((spot, None))
        self.fill()

    def beside(self, by: int) -> None:
        """What stands before or after this."""
        row, (here, _) = self.row(), self.trail[-1]
        if not row:
            return
        at = row.index(here.id) + by
        if 0 <= at < len(row):
            self.trail[-1] = replace(here, id=row[at]), None
            self.fill()
        else:
            self.said = "This is the last one of this part." if by > 0 else "This is the first one of this part."
            self.show_place()

    def back(self) -> None:
        if len(self.trail) == 1:
            self.flow.home_or_leave()
            return
        self.trail.pop()
        self.fill()
