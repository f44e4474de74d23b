"""The dashboard of a round: all its pages on one screen."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import ClassVar, Literal

from selfassess.documents.blocks import Kind, Section, Spot
from selfassess.documents.comparison.dashboard import page as of_comparison
from selfassess.documents.round.dashboard import glance, page, place
from selfassess.documents.round.order import in_order
from selfassess.documents.round.overview import turnout
from selfassess.tui.round_view import RoundView
from selfassess.tui.screens.document import BranchingScreen
from selfassess.tui.trail import TOP
from selfassess.tui.widgets.key_bar import MORE, Key

MEETING = Key("m", "M", "Meeting", "one benchmark a screen, answers hidden at first")
FINDINGS = Key("f", "F", "Findings", "strengths, gaps, two camps, differences")
OVERVIEWS = (
    Key("b", "B", "What we found", "group by group, with what could be done"),
    Key("d", "D", "What could be done", "group by group"),
    Key("c", "C", "Comments", "what people wrote"),
    Key("w", "W", "Who is in", "how many of each group, and how answers are protected"),
)
SKILLS = Key("k", "K", "Skills", "which are covered, which fall short, and what leans on them")
OWN_WORDS = Key("e", "E", "In your own words", "write what was found about a benchmark")
AGREE = Key("a", "A", "Agree on a score", "what the meeting decides, and why")
PLAN = Key("p", "P", "The plan", "what you decided to do")
WHAT_MOVED = Key("v", "V", "What moved", "between this round and another")
GROUPS = Key("g", "G", "Groups", "all, then group by group")
ORDER = Key("s", "S", "Order", "what to talk about first, or as in the questionnaire")

Onward = Literal["meeting", "agree", "write", "plan", "moved", "compare"]


class RoundDashboard(BranchingScreen[Onward]):
    """Shows the pages of a round. Returns which other screen to open, or None to go back."""

    OVERVIEWS: ClassVar[Mapping[str, Kind]] = {
        "f": "findings",
        "b": "by group",
        "d": "actions",
        "c": "comments",
        "w": "who",
        "k": "skills",
    }

    def __init__(self, view: RoundView, said: str = "", *, today: date | None, can_compare: bool) -> None:
        super().__init__(view.trail, view.whole.round.title, is_made_up=view.whole.made_up, said=said)
        self.view = view
        self.today = today
        """The day on which the plan is read; None where it cannot be opened."""
        self.can_compare = can_compare
        """Whether there is another closed round to compare with."""

    # What is shown

    def fill(self) -> None:
        view, report = self.view, self.view.report
        spot, pointer = self.trail[-1]
        self.say_where(place(report, spot), turnout(view.whole))
        self.show(page(report, spot, by_need=view.by_need, today=self.today), pointer)

    def glance(self, spot: Spot) -> Section:
        report = self.view.report
        if spot.kind == "moved" and report.moved:
            return of_comparison(replace(report.moved, group=report.group), TOP)
        return glance(report, spot, by_need=self.view.by_need)

    @property
    def about(self) -> str:
        return self.view.order if self.is_ordered else ""

    @property
    def is_ordered(self) -> bool:
        """Whether the rows here have an order, or the pages before and after this one."""
        return self.spot.kind in ("strands", "strand") or len(self.row()) > 1

    def keys(self) -> list[Key]:
        found = self.moving_keys("Back" if len(self.trail) > 1 else "Leave")
        return [*found, MEETING, *([FINDINGS] if self.spot == TOP else []), MORE]

    def others(self) -> list[Key]:
        view, kind = self.view, self.spot.kind
        found = [key for key in (FINDINGS, *OVERVIEWS) if self.OVERVIEWS[key.key] != kind and key not in self.keys()]
        found += [SKILLS] if self.has_skills and kind != "skills" else []
        found += [AGREE] if view.node is not None else []
        found += [OWN_WORDS] if self.can_write else []
        found += [PLAN] if self.today is not None else []
        found += [WHAT_MOVED] if self.can_compare else []
        found += [GROUPS] if len(view.whole.groups) > 1 and kind not in ("comments", "who") else []
        return [*found, *([ORDER] if self.is_ordered else [])]

    @property
    def has_skills(self) -> bool:
        """Whether anything is known of skills."""
        whole = self.view.whole
        return whole.stock is not None or bool(whole.learning and whole.learning.planned)

    @property
    def can_write(self) -> bool:
        """Whether there is a benchmark here to write a finding about."""
        return self.options.pointer is not None if self.spot.kind == "by group" else self.view.finding is not None

    # What keys do

    def go(self, spot: Spot) -> None:
        """Open another place, which may be another screen."""
        if spot.kind not in ("plan", "moved"):
            super().go(spot)
            return
        self.trail[-1] = self.spot, self.options.pointer
        self.dismiss("plan" if spot.kind == "plan" else "moved")

    def turn(self, key: str) -> bool:
        view = self.view
        match key:
            case "f" | "b" | "d" | "c" | "w":
                self.go(Spot(self.OVERVIEWS[key]))
            case "k" if self.has_skills:
                self.go(Spot("skills"))
            case "g":
                view.next_group()
                self.fill()
            case "s":
                view.by_need = not view.by_need
                self.fill()
            case "m":
                self.dismiss("meeting")
            case "p" if self.today is not None:
                self.dismiss("plan")
            case "v" if self.can_compare:
                self.dismiss("compare")
            case "a" if view.node is not None:
                self.dismiss("agree")
            case "e" if self.can_write:
                self.trail[-1] = self.spot, self.options.pointer
                self.dismiss("write")
            case _:
                return super().turn(key)
        return True

    def row(self) -> list[str]:
        """The benchmarks of a strand, in the order that was chosen."""
        if self.spot.kind != "benchmark":
            return []
        strand = self.view.whole.questionnaire.strand_of(self.spot.id)
        return [node.id for node in in_order(self.view.report, strand.middle, by_need=self.view.by_need)]
