"""The pages of a comparison on screen: one screen, filled again for every spot."""

from itertools import takewhile
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from selfassess.model.comparison import Named
from selfassess.report.round_wording import MADE_UP
from selfassess.tui.comparison.blocks import AnyBlock, Kind, Spot
from selfassess.tui.comparison.draw import draw
from selfassess.tui.comparison.pages import page, strand_of
from selfassess.tui.dashboard.reading import Reader
from selfassess.tui.dashboard.screen import LEAST_TITLE, ROOMY
from selfassess.tui.screens.base import Base
from selfassess.tui.widgets.bar import COLOURS, HELP, Key
from selfassess.tui.widgets.ends import Ends

if TYPE_CHECKING:
    from selfassess.tui.comparison.flow import Comparing

ASIDE: dict[str, Kind] = {"l": "left out", "w": "who", "h": "how to read", "o": "trend"}
"""Pages beside those of the nodes, by their keys."""


class Changes(Reader[AnyBlock]):
    """The blocks of a comparison."""

    def draw(self, block: AnyBlock, width: int, style: str = "bold") -> list[Content]:
        return draw(block, width, style)


class Board(Base):
    """A page, with what can be opened on it."""

    def __init__(self, flow: "Comparing") -> None:
        super().__init__(flow)
        self.comparing = flow
        self.made_up = Static(id="made-up")
        self.made_up.display = flow.report.made_up
        self.head = Ends("where")
        self.options: Changes = Changes()
        self.scroll = VerticalScroll(self.options, can_focus=False)
        self.status = Ends("status")
        self.said = ""
        """News, until the next key."""
        self._where = ""
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
        words = MADE_UP if self.size.width >= ROOMY else MADE_UP.partition(":")[0]
        self.made_up.update(Content.styled(words, "bold $error"))
        self.say_where()
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

    # What is shown

    def fill(self) -> None:
        """Show the page of the spot where one is, from its beginning."""
        flow = self.comparing
        self._is_settled = False
        spot, pointer = flow.trail[-1]
        shown = page(flow.report, spot)
        self._where = shown.where
        self.say_where()
        self.options.set_blocks(shown.blocks, pointer)
        self.scroll.scroll_home(animate=False, immediate=True)
        self.call_after_refresh(self.settle)

    def say_where(self) -> None:
        """Which rounds these are, and where one is; how many there were at the right."""
        found = self.comparing.report
        then, now = found.cell.n
        right = f"{then} then, {now} now"
        room = self.content_size.width - len(self._where) - len(right) - 5
        self.head.say(" · ".join(filter(None, (titles_in(found.comparison.rounds, room), self._where))), right)

    def show_place(self) -> None:
        """How far down one is."""
        at, of = self.options.place
        self.status.say(self.said, f"Page {at} of {of}" if of > 1 else "")

    def keys(self) -> list[Key]:
        """The keys to name, those that one needs most first."""
        flow, kind = self.comparing, self.comparing.spot.kind
        found = [Key("enter", "Enter", "Open")] if self.options.options else []
        found += [Key("escape", "Esc", "Back" if len(flow.trail) > 1 else flow.way_back_words), HELP]
        if self.options.place[1] > 1:
            found.append(Key("pagedown", "PgDn", "Read on"))
        if self._row():
            found += [Key("left", "←", "Before"), Key("right", "→", "Next")]
        if len(flow.groups) > 1 and kind not in ASIDE.values():
            found.append(Key("g", "G", "Groups"))
        named = {"l": "Left out", "w": "Who", "h": "How to read", "o": "Over the rounds"}
        found += [Key(key, key.upper(), said) for key, said in named.items() if self._has(key) and ASIDE[key] != kind]
        if flow.plans:
            found.append(Key("p", "P", "Plan"))
        return [*found, COLOURS]

    def _has(self, key: str) -> bool:
        return key != "o" or len(self.comparing.report.rounds) > 2

    # What keys do

    def press(self, key: str) -> bool:
        self.said = ""
        index = self.options.index_of(key)
        if index is not None:
            self.open(index)
        elif not self._move(key) and not self._turn(key):
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
        flow = self.comparing
        match key:
            case "l" | "w" | "h" | "o" if self._has(key):
                self.go(Spot(ASIDE[key]))
            case "g" if flow.spot.kind not in ASIDE.values():
                flow.next_group()
                flow.trail[-1] = flow.spot, None
                self.fill()
            case "left" | "right":
                self.beside(1 if key == "right" else -1)
            case "p" if flow.plans:
                flow.plan()
            case _:
                return False
        return True

    def enter(self) -> None:
        """Open what the pointer is at. Where it is nowhere it appears, or there is more to read."""
        if self.options.pointer is None:
            self.options.go(1)
        else:
            self.open(self.options.pointer)

    def open(self, index: int) -> None:
        opening = [spot for block in self.options.blocks if isinstance(spot := block.opens, Spot)]
        self.options.pointer = index
        self.go(opening[index])

    def go(self, spot: Spot) -> None:
        """On to another spot; the way back leads here."""
        flow = self.comparing
        here, _ = flow.trail[-1]
        flow.trail[-1] = here, self.options.pointer
        if spot.kind in ASIDE.values() and here.kind in ASIDE.values():
            flow.trail.pop()  # from one page aside to the next is no way down
        flow.trail.append((spot, None))
        self.fill()

    def _row(self) -> list[str]:
        """The benchmarks that stand beside the one where one is, and itself; nothing elsewhere."""
        flow = self.comparing
        if flow.spot.kind != "benchmark" or len(flow.trail) < 3:
            return []
        inside = {node.id for node in strand_of(flow.report, flow.spot.id).middle}
        return [node.id for node in flow.report.cell.nodes if node.id in inside]

    def beside(self, by: int) -> None:
        """The benchmark before or after this one."""
        row, flow = self._row(), self.comparing
        if not row:
            return
        at = row.index(flow.spot.id) + by
        if 0 <= at < len(row):
            flow.trail[-1] = Spot("benchmark", row[at]), None
            self.fill()
        else:
            self.said = "This is the last one of this part." if by > 0 else "This is the first one of this part."
            self.show_place()

    def back(self) -> None:
        flow = self.comparing
        if len(flow.trail) == 1:
            flow.home_or_leave()
            return
        flow.trail.pop()
        self.fill()

    def on_options_clicked(self, message: Changes.Clicked) -> None:
        if message.is_still_shown:
            self.open(message.index)


def titles_in(rounds: tuple[Named, Named], room: int) -> str:
    """Both titles, without what they have in common and then cut where there is little room: they are the same on
    every screen."""
    titles = [one.title for one in rounds]
    if len(" → ".join(titles)) > room and titles[0] != titles[1]:
        pairs = zip(*map(str.split, titles), strict=False)
        common = " ".join(one for one, _ in takewhile(lambda two: two[0] == two[1], pairs))
        titles = [f"…{title[len(common) :]}" for title in titles] if len(common) >= LEAST_TITLE else titles
    if len(" → ".join(titles)) <= room:
        return " → ".join(titles)
    each = (room - 3) // 2
    cut = [title if len(title) <= each else f"{title[: each - 1].rstrip()}…" for title in titles]
    return " → ".join(cut) if each >= LEAST_TITLE else ""
