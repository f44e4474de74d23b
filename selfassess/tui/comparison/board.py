"""The pages of a comparison on screen: one screen, filled again for every spot."""

from itertools import takewhile
from typing import TYPE_CHECKING

from selfassess.model.comparison import Named
from selfassess.tui.pages.blocks import Kind, Spot
from selfassess.tui.pages.comparison import page
from selfassess.tui.screens.headed import LEAST_TITLE, cut
from selfassess.tui.screens.paged import Branching
from selfassess.tui.widgets.document_view import DocumentView
from selfassess.tui.widgets.key_bar import COLOURS, HELP, Key

if TYPE_CHECKING:
    from selfassess.tui.comparison.flow import Comparing

ASIDE: dict[str, Kind] = {"l": "left out", "w": "who", "h": "how to read", "o": "trend"}
"""Pages beside those of the nodes, by their keys."""


class Board(Branching):
    """A page, with what can be opened on it."""

    def __init__(self, flow: "Comparing") -> None:
        super().__init__(flow, DocumentView(), flow.trail, ASIDE.values(), is_made_up=flow.report.made_up)
        self.comparing = flow

    def title_in(self, room: int) -> str:
        return titles_in(self.comparing.report.comparison.rounds, room)

    # What is shown

    def fill(self) -> None:
        """Show the page of the spot where one is, from its beginning."""
        report, (spot, pointer) = self.comparing.report, self.comparing.trail[-1]
        shown = page(report, spot)
        then, now = report.cell.n
        self.say_where(shown.where, f"{then} then, {now} now")
        self.show(shown.blocks, pointer)

    def keys(self) -> list[Key]:
        """The keys to name, those that one needs most first."""
        flow, kind = self.comparing, self.comparing.spot.kind
        found = [Key("enter", "Enter", "Open")] if self.options.options else []
        found += [Key("escape", "Esc", "Back" if len(flow.trail) > 1 else flow.way_back_words), HELP]
        if self.options.place[1] > 1:
            found.append(Key("pagedown", "PgDn", "Read on"))
        if self.row():
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

    def turn(self, key: str) -> bool:
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

    def row(self) -> list[str]:
        """The benchmarks that stand beside the one where one is, and itself; nothing elsewhere."""
        flow = self.comparing
        if flow.spot.kind != "benchmark" or len(flow.trail) < 3:
            return []
        inside = {node.id for node in flow.report.questionnaire.strand_of(flow.spot.id).middle}
        return [node.id for node in flow.report.cell.nodes if node.id in inside]


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
    return " → ".join(cut(title, each) for title in titles) if each >= LEAST_TITLE else ""
