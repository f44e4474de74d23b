"""The steps of a sitting: its items, and the comments asked for on whole benchmarks."""

from collections.abc import Iterable
from dataclasses import dataclass

from selfassess.model.questionnaire import Benchmark, GroupKey, Item, Questionnaire, Strand
from selfassess.model.routing import asked_items
from selfassess.model.sheet import PAST, STILL_OR_ONCE, Draft


@dataclass(frozen=True, slots=True)
class Step:
    """One thing on screen: an item; or, where `item` is None, the comment on a benchmark, or whether a barrier that the
    person wrote about is still the case."""

    id: str
    strand: Strand
    benchmark: Benchmark | None
    item: Item | None
    barrier: Item | None = None
    """The question whose barrier it asks about."""

    @property
    def wants_answer(self) -> bool:
        """Whether it counts as open until it is answered. Open questions and comments never do."""
        return self.item is not None and not self.item.is_in_words

    def words(self, group: GroupKey | None) -> str:
        """What the person reads."""
        if self.barrier:
            return STILL_OR_ONCE
        return self.item.words(group) if self.item else self.benchmark.comment if self.benchmark else ""


def steps(questionnaire: Questionnaire, draft: Draft) -> tuple[Step, ...]:
    """The steps open to this person as things stand, in order."""
    shown = {item.id for item in asked_items(questionnaire, draft.group, draft.form, draft.responses)}
    found: list[Step] = []
    for strand in questionnaire.strands:
        found += _of_items(draft, strand, None, [item for item in strand.items if item.id in shown])
        for benchmark in strand.middle:
            own = _of_items(draft, strand, benchmark, [item for item in benchmark.items if item.id in shown])
            found += own
            if own and benchmark.comment:
                found.append(Step(benchmark.id, strand, benchmark, None))
        found += _of_items(draft, strand, None, [item for item in strand.questions if item.id in shown])
    return tuple(found)


def _of_items(draft: Draft, strand: Strand, benchmark: Benchmark | None, items: Iterable[Item]) -> list[Step]:
    """The steps of some items, each barrier that was written followed by whether it is still the case."""
    found = []
    for item in items:
        found.append(Step(item.id, strand, benchmark, item))
        if item.collects_barriers and item.id in draft.responses:
            found.append(Step(f"{item.id}{PAST}", strand, benchmark, None, barrier=item))
    return found


@dataclass(frozen=True, slots=True)
class Place:
    """Where a step stands among the others, all counted from 1."""

    part: int
    """Which of the strands that the person meets."""
    parts: int
    number: int | None
    """Which of the items that want an answer. None for an open question or a comment: nobody owes these."""
    asked: int
    is_first: bool
    """Whether the step opens its strand."""


def place(steps: tuple[Step, ...], step: Step) -> Place:
    """Where one of these steps stands."""
    strands = list(dict.fromkeys(each.strand.id for each in steps))
    wanted = [each.id for each in steps if each.wants_answer]
    return Place(
        part=strands.index(step.strand.id) + 1,
        parts=len(strands),
        number=wanted.index(step.id) + 1 if step.wants_answer else None,
        asked=len(wanted),
        is_first=next(each.id for each in steps if each.strand.id == step.strand.id) == step.id,
    )


def usual_seconds(step: Step) -> int:
    """About how long a step takes: ten seconds for a choice, half a minute for something to write."""
    return 10 if step.wants_answer or step.barrier else 30


def minutes(questionnaire: Questionnaire, draft: Draft) -> int:
    """About how long the sitting takes."""
    return max(1, round(sum(map(usual_seconds, steps(questionnaire, draft))) / 60))
