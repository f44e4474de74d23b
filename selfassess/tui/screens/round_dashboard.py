"""The dashboard of a round: all its pages on one screen."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from selfassess.documents.blocks import Kind, Spot
from selfassess.documents.round.dashboard import page, place
from selfassess.documents.round.order import in_order
from selfassess.documents.round.overview import turnout
from selfassess.tui.round_view import RoundView
from selfassess.tui.screens.document import BranchingScreen
from selfassess.tui.widgets.key_bar import COLOURS, Key

Onward = Literal["meeting", "agree", "plan", "compare"]


class RoundDashboard(BranchingScreen[Onward]):
    """Shows the pages of a round. Returns which other screen to open, or None to go back."""

    OVERVIEWS: ClassVar[Mapping[str, Kind]] = {"f": "findings", "d": "actions", "c": "comments", "w": "who"}

    def __init__(self, view: RoundView, said: str = "", *, has_plan: bool, can_compare: bool) -> None:
        super().__init__(view.trail, view.whole.round.title, is_made_up=view.whole.made_up, said=said)
        self.view = view
        self.has_plan = has_plan
        """Whether the plan can be opened."""
        self.can_compare = can_compare
        """Whether there is another closed round to compare with."""

    # What is shown

    def fill(self) -> None:
        view, report = self.view, self.view.report
        spot, pointer = self.trail[-1]
        self.say_where(place(report, spot), turnout(view.whole))
        self.show(page(report, spot, by_need=view.by_need), pointer)

    @property
    def about(self) -> str:
        """The order of the rows, if there is one."""
        is_ordered = self.spot.kind in ("strands", "strand")
        return self.view.order if is_ordered else ""

    def keys(self) -> list[Key]:
        view, kind = self.view, self.spot.kind
        found = [*self.moving_keys("Back" if len(self.trail) > 1 else "Leave"), Key("m", "M", "Meeting")]
        if view.node is not None:
            found.append(Key("a", "A", "Agree"))
        named = {"f": "Findings", "d": "To do", "c": "Comments", "w": "Who is in"}
        found += [Key(key, key.upper(), said) for key, said in named.items() if self.OVERVIEWS[key] != kind]
        if self.has_plan:
            found.append(Key("p", "P", "Plan"))
        if self.can_compare:
            found.append(Key("v", "V", "What moved"))
        if len(view.whole.groups) > 1 and kind not in ("comments", "who"):
            found.append(Key("g", "G", "Groups"))
        if kind in ("strands", "strand", "benchmark"):
            found.append(Key("s", "S", "Order"))
        return [*found, COLOURS]

    # What keys do

    def turn(self, key: str) -> bool:
        view = self.view
        match key:
            case "f" | "d" | "c" | "w":
                self.go(Spot(self.OVERVIEWS[key]))
            case "g":
                view.next_group()
                self.fill()
            case "s":
                view.by_need = not view.by_need
                self.fill()
            case "m":
                self.dismiss("meeting")
            case "p" if self.has_plan:
                self.dismiss("plan")
            case "v" if self.can_compare:
                self.dismiss("compare")
            case "a" if view.node is not None:
                self.dismiss("agree")
            case _:
                return super().turn(key)
        return True

    def row(self) -> list[str]:
        """The benchmarks of a strand, in the order that was chosen."""
        if self.spot.kind != "benchmark":
            return []
        strand = self.view.whole.questionnaire.strand_of(self.spot.id)
        return [node.id for node in in_order(self.view.report, strand.middle, by_need=self.view.by_need)]
