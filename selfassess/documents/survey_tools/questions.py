"""What people are asked in another program: the questions of one group, or of all, and what is lost on the way."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from selfassess.documents.survey_tools.conditions import NEVER, Earlier, Fact, Truth, all_of, any_of, translated
from selfassess.model.conditions import parse
from selfassess.model.questionnaire import GroupKey, Item, Questionnaire, Strand
from selfassess.model.routing import dont_know, not_applicable, offered
from selfassess.model.sheet import Form
from selfassess.numbers import figures
from selfassess.text import count

DONT_KNOW, NOT_APPLICABLE = "dk", "na"
"""The codes of what is no point, as files of answers have them."""
GROUP, WHICH_GROUP = "group", "Which group are you in?"
"""The question for the group, whose id no item can have."""


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose."""

    code: str
    label: str
    is_point: bool = True
    """False for "don't know" and "doesn't apply"."""


@dataclass(frozen=True, slots=True)
class Converted:
    """A questionnaire in the format of another program."""

    content: str | bytes
    told: tuple[str, ...]
    """What that program cannot do, or is not told, in sentences."""


@dataclass(frozen=True)
class Asked:
    """What is asked of a group; without one, of everybody, with the question for their group first."""

    questionnaire: Questionnaire
    group: GroupKey | None
    form: Form
    left_out: frozenset[GroupKey] = frozenset()
    """The groups that take no part."""

    @property
    def groups(self) -> tuple[Option, ...]:
        """The answers to the question for the group. Nothing where it is not asked."""
        there = (one for one in self.questionnaire.groups if one.id not in self.left_out)
        return tuple(Option(one.id, one.title) for one in there) if self.group is None else ()

    @cached_property
    def conditions(self) -> dict[str, Truth | None]:
        """The ids of the items that somebody can be asked, in order, each with when it is asked: None where always."""
        found: dict[str, Truth | None] = {}
        earlier: dict[str, Earlier] = {}
        for item in offered(self.questionnaire, self.group, self.form):
            parts: list[Truth] = []
            if self.groups and item.groups:
                parts.append(any_of(Fact("picked", GROUP, one) for one in item.groups if one not in self.left_out))
            if item.show_if:
                parts.append(translated(parse(item.show_if), earlier))
            whole = all_of(parts) if parts else None
            if whole != NEVER:
                found[item.id], earlier[item.id] = whole, Earlier(item, self._values(item))
        return found

    def _values(self, item: Item) -> tuple[float, ...]:
        values = self.questionnaire.scale_of(item).values if item.has_points else ()
        return tuple(value for value in values if value not in item.not_applicable_values)

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(map(self.questionnaire.item, self.conditions))

    @property
    def parts(self) -> tuple[tuple[Strand, tuple[Item, ...]], ...]:
        """The same by strand, without those of which nothing is asked."""
        parts = [
            (strand, tuple(item for item in strand.all_items if item.id in self.conditions))
            for strand in self.questionnaire.strands
        ]
        return tuple((strand, items) for strand, items in parts if items)

    def options(self, item: Item) -> tuple[Option, ...]:
        """What can be chosen: the points, then "don't know" and "doesn't apply" where they are offered."""
        points = self.questionnaire.scale_of(item).points if item.has_points else ()
        found = [Option(figures(point.value), point.label or figures(point.value)) for point in points]
        others = ((DONT_KNOW, dont_know), (NOT_APPLICABLE, not_applicable))
        found += [Option(code, said, False) for code, words in others if (said := words(self.questionnaire, item))]
        return tuple(found)

    def words(self, item: Item) -> str:
        """The item's text as the group reads it; without one as everybody does, or the only group that is asked it."""
        return item.words(self.group or (item.groups[0] if len(item.groups) == 1 else None))

    def told(self) -> tuple[str, ...]:
        """What is lost in every format."""
        return tuple(self._told())

    def _told(self) -> Iterator[str]:
        reworded = sum(bool(item.wording) and len(item.groups) != 1 for item in self.items)
        if self.groups and reworded:
            yield (
                f"{count(reworded, 'question')} {'has' if reworded == 1 else 'have'} other words for some groups. "
                "Here everybody reads the same. For each group's own words, convert once for each group, with --group."
            )
        comments = sum(item.comment_if is not None for item in self.items)
        comments += sum(bool(node.comment) for strand, _ in self.parts for node in strand.middle)
        if comments:
            yield f"{count(comments, 'place')} to add a comment {'is' if comments == 1 else 'are'} left out."
        if any(item.collects_barriers for item in self.items):
            yield "People who write about a barrier are not asked whether it is still the case."
        unsure = [self.words(item) for item in self.items if item.is_typed and self.options(item)]
        if unsure:
            yield (
                "Where a number is typed, “don't know” can't be offered beside it, so people leave the question empty: "
                + "; ".join(unsure)
            )
