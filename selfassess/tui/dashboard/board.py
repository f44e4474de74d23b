"""The dashboard's pages on screen: one screen, filled again for every spot."""

from typing import TYPE_CHECKING

from selfassess.documents.round.order import in_order
from selfassess.documents.round.overview import turnout
from selfassess.tui.dashboard.blocks import Kind, Spot
from selfassess.tui.dashboard.pages import page
from selfassess.tui.dashboard.reading import Reading
from selfassess.tui.dashboard.words import order_words
from selfassess.tui.screens.headed import cut
from selfassess.tui.screens.paged import Branching
from selfassess.tui.widgets.bar import COLOURS, HELP, Key

if TYPE_CHECKING:
    from selfassess.model.questionnaire import Benchmark, Strand
    from selfassess.tui.dashboard.flow import Dashboard

OVERVIEWS: dict[str, Kind] = {"f": "findings", "d": "actions", "c": "comments", "w": "who"}
"""Pages across all strands, by their keys."""


class Board(Branching[Spot]):
    """A page, with what can be opened on it."""

    def __init__(self, flow: "Dashboard", said: str = "") -> None:
        made_up = flow.whole.made_up
        super().__init__(flow, Reading(), flow.trail, OVERVIEWS.values(), is_made_up=made_up, said=said)
        self.dashboard = flow

    def title_in(self, room: int) -> str:
        return cut(self.dashboard.whole.round.title, room)

    # What is shown

    def fill(self) -> None:
        """Show the page of the spot where one is, from its beginning."""
        flow = self.dashboard
        spot, pointer = flow.trail[-1]
        shown = page(flow.report, spot, by_need=flow.by_need)
        self.say_where(shown.where, turnout(flow.whole))
        self.show(shown.blocks, pointer)

    @property
    def about(self) -> str:
        """The order, where there is one."""
        is_ordered = self.dashboard.spot.kind in ("strands", "strand")
        return order_words(by_need=self.dashboard.by_need) if is_ordered else ""

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

    def turn(self, key: str) -> bool:
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
        inside = [one for one in flow.topics if one.id == node.id or flow.whole.questionnaire.strand_of(one.id) is node]
        return inside[0] if inside else None

    def row(self) -> list[str]:
        """The benchmarks of a strand, in the order that was chosen."""
        flow = self.dashboard
        if flow.spot.kind != "benchmark":
            return []
        strand = flow.whole.questionnaire.strand_of(flow.spot.id)
        return [node.id for node in in_order(flow.report, strand.middle, by_need=flow.by_need)]
