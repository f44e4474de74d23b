"""Cells: whose answers a figure is made from. All who are in, each group by itself, small groups joined."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from selfassess.model.questionnaire import GroupKey, Item, Questionnaire
from selfassess.model.results import POOL
from selfassess.model.round import EVERYBODY, Round, Standing, Thresholds, groups_of
from selfassess.model.score_tree import items, nodes
from selfassess.model.sheet import Form
from selfassess.scoring.answers import Answers, Flags

ALL = "all"


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Everybody in one round by what became of their group."""

    members: Mapping[str, Flags]
    """By cell, who is in it; ALL first, which the others make up."""
    groups: Mapping[str, tuple[GroupKey, ...]]
    """By cell, the groups in it."""
    left_out: Mapping[GroupKey, Flags]
    """The groups that are in no cell."""
    joined: Mapping[GroupKey, Flags] = field(default_factory=dict)
    """The groups that are shown as one with others, and never by themselves."""
    consenting: frozenset[str] = frozenset()
    """The cells that are shown although they are small: those of groups in which everybody agreed."""
    invited: Mapping[GroupKey, int] = field(default_factory=dict)
    """By group, how many there are, where that is known."""
    form: Form = "full"

    def everybody_in(self, cell: str) -> Flags:
        """Who is in a cell, or in a group that is left out."""
        if cell in self.members:
            return self.members[cell]
        return self.left_out[GroupKey(cell)]

    def target_group(self, cell: str) -> GroupKey | None:
        """The group whose own targets a cell has, or one that is left out; None where several are in it."""
        return next((group for group in (*self.groups.get(cell, ()), *self.left_out) if group == cell), None)

    def invited_to(self, questionnaire: Questionnaire, cell: str) -> dict[str, int | None]:
        """By the id of each node and item, how many of those invited to a cell would be asked it. None where that
        is not known: no number was given, or who is asked depends on what people answer."""
        below: dict[str, tuple[Item, ...]] = {item.id: (item,) for item in questionnaire.items if item.has_figures}
        below |= {id: items(questionnaire, node) for id, node in nodes(questionnaire).items()}
        return {id: self._number(self.groups[cell], asked) for id, asked in below.items()}

    def of_one_item(self, questionnaire: Questionnaire, cell: str) -> frozenset[str]:
        """The ids of nodes that may be made from a single item for somebody in a cell: such a score is an answer."""
        return frozenset(
            id
            for id, node in nodes(questionnaire).items()
            for group in self.groups[cell]
            if (asked := self._asked(items(questionnaire, node), group))
            and len([item for item in asked if not item.show_if]) <= 1
        )

    def _asked(self, below: Iterable[Item], group: GroupKey) -> list[Item]:
        return [item for item in below if item.asks(group or None) and (self.form == "full" or item.short)]

    def _number(self, groups: tuple[GroupKey, ...], below: Iterable[Item]) -> int | None:
        """Somebody who is surely asked one of the items counts; where one only may be asked, nobody knows."""
        total = 0
        for group in groups:
            asked = self._asked(below, group)
            if asked and (group not in self.invited or all(item.show_if for item in asked)):
                return None
            total += self.invited[group] if asked else 0
        return total


def of_standing(
    answers: Answers,
    standing: Mapping[GroupKey, Standing],
    invited: Mapping[GroupKey, int] | None = None,
    form: Form = "full",
) -> Cells:
    """The cells that follow from what was decided for each group."""
    flags = {group: _in_group(answers, group) for group in standing}
    kept = tuple(group for group in standing if standing[group] != "left_out")
    alone = tuple(group for group in kept if standing[group] != "pooled" and group != EVERYBODY)
    pooled = tuple(group for group in kept if standing[group] == "pooled")
    groups: dict[str, tuple[GroupKey, ...]] = (
        {ALL: kept} | {group: (group,) for group in alone} | ({POOL: pooled} if pooled else {})
    )
    return Cells(
        members={cell: _union(answers, (flags[group] for group in inside)) for cell, inside in groups.items()},
        groups=groups,
        left_out={group: flags[group] for group in standing if standing[group] == "left_out"},
        joined={group: flags[group] for group in pooled},
        consenting=frozenset(group or ALL for group in kept if standing[group] == "consent"),
        invited=invited or {},
        form=form,
    )


def of_round(answers: Answers, round: Round) -> Cells:
    """The cells of a closed round."""
    return of_standing(answers, round.standing, round.invited, round.form)


def of_rows(answers: Answers, thresholds: Thresholds) -> Cells:
    """The cells of rows without a round: small groups are left out, where anything is protected."""
    standing: dict[GroupKey, Standing] = {}
    for group in groups_of(answers.questionnaire):
        size = int(_in_group(answers, group).sum())
        # Without groups everybody is asked for, however few: a figure at a time is withheld then.
        small = thresholds.protect and 0 < size < thresholds.min_group and group != EVERYBODY
        standing[group] = "left_out" if small else "shown"
    return of_standing(answers, standing)


def _in_group(answers: Answers, group: GroupKey) -> Flags:
    return np.ones(len(answers), dtype=np.bool_) if group == EVERYBODY else answers.in_group(group)


def _union(answers: Answers, parts: Iterable[Flags]) -> Flags:
    union = np.zeros(len(answers), dtype=np.bool_)
    for part in parts:
        union |= part
    return union
