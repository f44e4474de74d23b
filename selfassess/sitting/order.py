"""The steps of a sitting: its items, and the comments asked for on whole benchmarks."""

from dataclasses import dataclass

from selfassess.model.asking import asked
from selfassess.model.questionnaire import Benchmark, Item, Questionnaire, Strand
from selfassess.model.sheet import Draft


@dataclass(frozen=True, slots=True)
class Step:
    """One thing on screen: an item, or the comment on a benchmark (then `item` is None)."""

    id: str
    strand: Strand
    benchmark: Benchmark | None
    item: Item | None

    def words(self, group: str | None) -> str:
        """What the person reads."""
        return self.item.words(group) if self.item else self.benchmark.comment if self.benchmark else ""


def steps(questionnaire: Questionnaire, draft: Draft) -> tuple[Step, ...]:
    """The steps open to this person as things stand, in order."""
    shown = {item.id for item in asked(questionnaire, draft.group, draft.form, draft.responses)}
    found: list[Step] = []
    for strand in questionnaire.strands:
        found += [Step(item.id, strand, None, item) for item in strand.items if item.id in shown]
        for benchmark in strand.middle:
            own = [Step(item.id, strand, benchmark, item) for item in benchmark.items if item.id in shown]
            found += own
            if own and benchmark.comment:
                found.append(Step(benchmark.id, strand, benchmark, None))
        found += [Step(item.id, strand, None, item) for item in strand.questions if item.id in shown]
    return tuple(found)


def minutes(questionnaire: Questionnaire, draft: Draft) -> int:
    """About how long the sitting takes: fifteen seconds for a choice, a minute for something to write."""
    seconds = sum(15 if step.item and step.item.kind != "text" else 60 for step in steps(questionnaire, draft))
    return max(1, round(seconds / 60))
