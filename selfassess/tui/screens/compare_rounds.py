"""What moved between rounds: all pages of a comparison on one screen."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import ClassVar, Literal

from selfassess.documents.blocks import Kind, Section, Spot
from selfassess.documents.comparison.dashboard import page, place
from selfassess.model.comparison import Named
from selfassess.model.reports import ComparisonReport
from selfassess.tui.screens.document import LEAST_TITLE, BranchingScreen, cut
from selfassess.tui.trail import TOP, Trail, beginning
from selfassess.tui.widgets.key_bar import MORE, Key

GROUPS = Key("g", "G", "Groups", "all, then group by group")
OVERVIEWS = (
    Key("l", "L", "Left out", "what was worded differently"),
    Key("w", "W", "Who", "the people who are compared"),
    Key("h", "H", "How to read this", "what a change means, and what could be chance"),
    Key("o", "O", "Over the rounds", "all rounds side by side"),
    Key("k", "K", "Skills", "what was covered then, and is now"),
)
PLAN = Key("p", "P", "Plan", "what you decided to do")


@dataclass
class ComparisonView:
    """The state of a comparison: the current place, and the group it is narrowed to."""

    report: ComparisonReport
    """The comparison, of the group that was chosen."""
    trail: Trail = field(default_factory=beginning)

    @property
    def groups(self) -> list[str | None]:
        """The groups that it can be narrowed to; None is all."""
        return [None, *(cell.id for cell in self.report.comparison.cells if cell.id != "all")]

    def next_group(self) -> None:
        """Narrow to the next group that has a comparison of its own; after the last one, to all."""
        at = self.groups.index(self.report.group) + 1
        self.report = replace(self.report, group=self.groups[at % len(self.groups)])


class CompareRounds(BranchingScreen[Literal["plan"]]):
    """Shows the pages of a comparison. Returns "plan" to open the plan, or None to go back."""

    OVERVIEWS: ClassVar[Mapping[str, Kind]] = {
        "l": "left out",
        "w": "who",
        "h": "how to read",
        "o": "trend",
        "k": "skills",
    }

    def __init__(self, view: ComparisonView, said: str = "", *, has_plan: bool, back_words: str) -> None:
        super().__init__(view.trail, is_made_up=view.report.made_up, said=said)
        self.view = view
        self.has_plan = has_plan
        """Whether the plan can be opened."""
        self.back_words = back_words
        """What Escape is called on the first page."""

    def title_in(self, room: int) -> str:
        return titles_in(self.view.report.comparison.rounds, room)

    # What is shown

    def fill(self) -> None:
        report, (spot, pointer) = self.view.report, self.trail[-1]
        then, now = report.cell.n
        self.say_where(place(report, spot), f"{then} then, {now} now")
        self.show(page(report, spot), pointer)

    def glance(self, spot: Spot) -> Section:
        return page(self.view.report, spot)

    def keys(self) -> list[Key]:
        found = self.moving_keys("Back" if len(self.trail) > 1 else self.back_words)
        return [*found, *([PLAN] if self.has_plan and self.spot == TOP else []), MORE]

    def others(self) -> list[Key]:
        kind, overviews = self.spot.kind, self.OVERVIEWS.values()
        found = [GROUPS] if len(self.view.groups) > 1 and kind not in overviews else []
        found += [key for key in OVERVIEWS if self._has(key.key) and self.OVERVIEWS[key.key] != kind]
        return [*found, *([PLAN] if self.has_plan and self.spot != TOP else [])]

    def _has(self, key: str) -> bool:
        report = self.view.report
        return {"o": len(report.rounds) > 2, "k": report.skills is not None}.get(key, True)

    # What keys do

    def turn(self, key: str) -> bool:
        match key:
            case "l" | "w" | "h" | "o" | "k" if self._has(key):
                self.go(Spot(self.OVERVIEWS[key]))
            case "g" if self.spot.kind not in self.OVERVIEWS.values():
                self.view.next_group()
                self.trail[-1] = self.spot, None
                self.fill()
            case "p" if self.has_plan:
                self.dismiss("plan")
            case _:
                return super().turn(key)
        return True

    def row(self) -> list[str]:
        """The benchmarks of the strand through which the current one was opened."""
        if self.spot.kind != "benchmark" or len(self.trail) < 3:
            return []
        report = self.view.report
        inside = {node.id for node in report.questionnaire.strand_of(self.spot.id).middle}
        return [node.id for node in report.cell.nodes if node.id in inside]


def titles_in(rounds: tuple[Named, Named], room: int) -> str:
    """Both titles in so many columns: without their common beginning if they are too long, then cut."""
    titles = [one.title for one in rounds]
    if len(" → ".join(titles)) > room and titles[0] != titles[1]:
        pairs = zip(*map(str.split, titles), strict=False)
        common = " ".join(one for one, _ in takewhile(lambda two: two[0] == two[1], pairs))
        titles = [f"…{title[len(common) :]}" for title in titles] if len(common) >= LEAST_TITLE else titles
    if len(" → ".join(titles)) <= room:
        return " → ".join(titles)
    each = (room - 3) // 2
    return " → ".join(cut(title, each) for title in titles) if each >= LEAST_TITLE else ""
