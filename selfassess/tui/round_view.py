"""What somebody looks at in the results of a round: the place, the group, the order."""

from dataclasses import dataclass, field

from selfassess.documents.round.dashboard import node_of
from selfassess.documents.round.findings_table import findings
from selfassess.documents.round.order import benchmarks, in_order
from selfassess.model.questionnaire import Benchmark, Strand
from selfassess.model.reports import RoundReport
from selfassess.model.results import Cell
from selfassess.services.reports import narrow_report
from selfassess.tui.trail import Trail, beginning


@dataclass
class RoundView:
    """The state of a dashboard: the current place, the group it is narrowed to, and the order of its rows."""

    whole: RoundReport
    """The report of all."""
    group: str | None = None
    """The group that everything is narrowed to."""
    by_need: bool = True
    """Whether what needs discussion comes first."""
    trail: Trail = field(default_factory=beginning)

    @property
    def report(self) -> RoundReport:
        """The report, of the group that was chosen."""
        return self.whole if self.group is None else narrow_report(self.whole, self.group, None)

    @property
    def order(self) -> str:
        """The order in words."""
        return "What to talk about first" if self.by_need else "In the questionnaire's order"

    @property
    def node(self) -> Strand | Benchmark | None:
        """The strand or benchmark of the current place, if any."""
        spot, _ = self.trail[-1]
        return node_of(self.whole, spot) if spot.kind in ("strand", "benchmark", "item") else None

    @property
    def finding(self) -> tuple[Cell | None, Strand | Benchmark] | None:
        """What a finding can be written about at the current place, if anything: whose view it is, where that is known,
        and the benchmark."""
        spot, pointer = self.trail[-1]
        if spot.kind == "by group":
            rows = [(cell, one.node) for cell, found in findings(self.report) for one in found]
            return rows[pointer] if pointer is not None else None
        if self.node not in benchmarks(self.whole):
            return None
        return (None if self.group is None and self.whole.groups else self.report.cell), self.node

    @property
    def topics(self) -> list[Strand | Benchmark]:
        """What the meeting discusses, in the order that was chosen."""
        return in_order(self.whole, benchmarks(self.whole), by_need=self.by_need)

    @property
    def topic(self) -> Strand | Benchmark:
        """Where the meeting begins: the current benchmark, or the first of the current strand, or of all."""
        node = self.node
        for one in self.topics:
            if node and (one.id == node.id or self.whole.questionnaire.strand_of(one.id) is node):
                return one
        return self.topics[0]

    def next_group(self) -> None:
        """Narrow to the next group that is shown by itself; after the last one, to all."""
        groups: list[str | None] = [None, *(cell.id for cell in self.whole.groups if len(self.whole.groups) > 1)]
        self.group = groups[(groups.index(self.group) + 1) % len(groups)]
