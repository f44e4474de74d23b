"""The dashboard's pages on screen: one screen, filled again for every spot."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from selfassess.report.order import in_order, strand_of
from selfassess.tui.dashboard.blocks import Kind, Spot
from selfassess.tui.dashboard.pages import page
from selfassess.tui.dashboard.reading import Reading
from selfassess.tui.dashboard.screen import RoundScreen
from selfassess.tui.widgets.bar import COLOURS, HELP, Key
from selfassess.tui.widgets.ends import Ends

if TYPE_CHECKING:
    from selfassess.model.questionnaire import Benchmark, Strand
    from selfassess.tui.dashboard.flow import Dashboard

OVERVIEWS: dict[str, Kind] = {"f": "findings", "d": "actions", "c": "comments", "w": "who"}
"""Pages across all strands, by their keys."""


class Board(RoundScreen):
    """A page, with what can be opened on it."""

    def __init__(self, flow: "Dashboard", said: str = "") -> None:
        super().__init__(flow)
        self.options: Reading = Reading()
        self.scroll = VerticalScroll(self.options, can_focus=False)
        self.status = Ends("status")
        self.said = said
        """News, until the next key."""
        self._is_settled = False
        """Whether the page stands where it should: what moves it from then on is the person."""

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

    def settle(self) -> None:
        """Show the pointer and the place once it is known how much room there is."""
        if self.options.pointer is None:
            self.options.point_at_first()
        else:
            self.options.show_pointer()
        self.bar.set_keys(self.keys())
        self.show_place()
        self._is_settled = True

    def scrolled(self) -> None:
        """The mouse wheel moves the page too, and the pointer never stays out of sight."""
        if self._is_settled:
            self.options.keep_in_sight()
            self.show_place()

    # What is shown

    def fill(self) -> None:
        """Show the page of the spot where one is, from its beginning."""
        flow = self.dashboard
        self._is_settled = False
        spot, pointer = flow.trail[-1]
        shown = page(flow.report, spot, by_need=flow.by_need)
        self.say_where(shown.where)
        self.options.set_blocks(shown.blocks, pointer)
        self.scroll.scroll_home(animate=False, immediate=True)
        self.call_after_refresh(self.settle)

    def show_place(self) -> None:
        """The order, and how far down one is."""
        at, of = self.options.place
        order = "What needs talk first" if self.dashboard.by_need else "In the questionnaire's order"
        is_ordered = self.dashboard.spot.kind in ("strands", "strand")
        self.status.say(self.said or (order if is_ordered else ""), f"Page {at} of {of}" if of > 1 else "")

    def keys(self) -> list[Key]:
        """The keys to name, those that one needs most first."""
        flow, kind = self.dashboard, self.dashboard.spot.kind
        found = [Key("enter", "Enter", "Open")] if self.options.options else []
        found += [Key("escape", "Esc", "Back" if len(flow.trail) > 1 else "Leave"), HELP]
        if self.options.place[1] > 1:
            found.append(Key("pagedown", "PgDn", "Read on"))
        if kind == "benchmark":
            found += [Key("left", "←", "Before"), Key("right", "→", "Next")]
        found.append(Key("m", "M", "Meeting"))
        if flow.node is not None:
            found.append(Key("a", "A", "Agree"))
        named = {"f": "Findings", "d": "To do", "c": "Comments", "w": "Who is in"}
        found += [Key(key, key.upper(), said) for key, said in named.items() if OVERVIEWS[key] != kind]
        if flow.plans:
            found.append(Key("p", "P", "Plan"))
        if flow.can_compare:
            found.append(Key("v", "V", "What moved"))
        if len(flow.whole.groups) > 1 and kind not in ("comments", "who"):
            found.append(Key("g", "G", "Groups"))
        if kind in ("strands", "strand", "benchmark"):
            found.append(Key("s", "S", "Order"))
        return [*found, COLOURS]

    # What keys do

    def press(self, key: str) -> bool:
        self.said = ""
        index = self.options.index_of(key)
        if index is not None:
            self.open(index)
            return True
        if not self._move(key) and not self._turn(key):
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

    def _turn(self, key: str) -> bool:
        """Go to another page. Whether the key means that."""
        flow = self.dashboard
        match key:
            case "f" | "d" | "c" | "w":
                self.go(Spot(OVERVIEWS[key]))
            case "g":
                flow.next_group()
                self.fill()
            case "s":
                flow.by_need = not flow.by_need
                self.fill()
            case "left" | "right":
                self.beside(1 if key == "right" else -1)
            case "m":
                flow.meeting(self.topic())
            case "p" if flow.plans:
                flow.plan()
            case "v" if flow.can_compare:
                flow.compare()
            case "a" if flow.node is not None:
                flow.ask_agreed(flow.node, flow.board)
            case _:
                return False
        return True

    def topic(self) -> "Strand | Benchmark | None":
        """Where the meeting view begins: with the benchmark that one is at, or the first of the strand."""
        flow, node = self.dashboard, self.dashboard.node
        if node is None:
            return None
        inside = [one for one in flow.topics if one.id == node.id or strand_of(flow.whole, one.id) is node]
        return inside[0] if inside else None

    def enter(self) -> None:
        """Open what the pointer is at. Where it is nowhere it appears, or there is more to read."""
        if self.options.pointer is None:
            self.options.go(1)
        else:
            self.open(self.options.pointer)

    def open(self, index: int) -> None:
        opening = [block.opens for block in self.options.blocks if block.opens]
        self.options.pointer = index
        self.go(opening[index])

    def go(self, spot: Spot) -> None:
        """On to another spot; the way back leads here."""
        flow = self.dashboard
        here, _ = flow.trail[-1]
        flow.trail[-1] = here, self.options.pointer
        if spot.kind in OVERVIEWS.values() and here.kind in OVERVIEWS.values():
            flow.trail.pop()  # from one overview to the next is no way down
        flow.trail.append((spot, None))
        self.fill()

    def beside(self, by: int) -> None:
        """The benchmark before or after this one, in the order that was chosen."""
        flow = self.dashboard
        if flow.spot.kind != "benchmark":
            return
        strand = strand_of(flow.whole, flow.spot.id)
        row = [node.id for node in in_order(flow.report, strand.middle, by_need=flow.by_need)]
        at = row.index(flow.spot.id) + by
        if 0 <= at < len(row):
            flow.trail[-1] = Spot("benchmark", row[at]), None
            self.fill()
        else:
            self.said = "This is the last one of this part." if by > 0 else "This is the first one of this part."
            self.show_place()

    def back(self) -> None:
        flow = self.dashboard
        if len(flow.trail) == 1:
            flow.home_or_leave()
            return
        flow.trail.pop()
        self.fill()

    def on_options_clicked(self, message: Reading.Clicked) -> None:
        if message.is_still_shown:
            self.open(message.index)
