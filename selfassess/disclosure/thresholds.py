"""Primary suppression: which figures are not published for their own sake. docs/privacy.md says the rules in words."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from selfassess.disclosure.cells import ALL, Cells
from selfassess.disclosure.census import Census, Numbers
from selfassess.model.questionnaire import GroupKey, Item, Questionnaire
from selfassess.model.round import FEW, FLOOR, NEAR_THE_END, Thresholds
from selfassess.model.routing import deciding
from selfassess.model.score_tree import items, nodes
from selfassess.scoring.answers import Flags

Kind = Literal["asked", "missing", "detail", "score", "spread", "word"]
"""What is told of a node or item: "asked", that it was asked at all, where answers decide that; "missing", how many
gave no answer; "detail", everything about an item, and of a node what else takes as many people as that; "score", a
node's mean and what follows; "spread", its standard deviation; "word", the word for that."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a figure is not published as it is."""

    words: str
    coded: str | None = None
    """What is published instead: "95 or more"."""


DISCLOSES = Reason("what is withheld elsewhere could be worked out from it")


class Primary:
    """The rules for one round."""

    def __init__(self, census: Census, thresholds: Thresholds, cells: Cells) -> None:
        self.census = census
        self.thresholds = thresholds
        questionnaire = census.results.answers.questionnaire
        self.nodes = nodes(questionnaire)
        self.told = census.which(cells.members[ALL])
        """The classes of which anything is told."""
        self.consenting = [census.which(cells.members[cell]) for cell in sorted(cells.consenting)]
        self.sizes: dict[tuple[str, str], Numbers] = {}

    @cached_property
    def deciders(self) -> Mapping[str, list[str]]:
        """Of what some are asked only because of what they answered: which items decide that."""
        return deciders(self.census.results.answers.questionnaire)

    @property
    def detail(self) -> int:
        """From how many people on everything is published."""
        return max(self.thresholds.min_detail, self.thresholds.min_group)

    @property
    def enough(self) -> int:
        """Of so many people nothing is secret."""
        return max(FEW, self.detail)

    def size(self, id: str, kind: str) -> Numbers:
        """By class, how many a figure rests on: who has a score, or was asked. Where who is asked depends on several
        answers, the most who gave one of these."""
        if (id, kind) not in self.sizes:
            self.sizes[id, kind] = np.max(self.bases(id, kind), axis=0)
        return self.sizes[id, kind]

    def few_by_a_word(self, cells: Cells, cell: str) -> frozenset[str]:
        """The nodes on which the word for how far apart people are tells as much as the figure: of five people, a mean
        of 50 and "close" on one item say that all chose the middle; and a small group agreed to no more than scores."""
        if cell not in cells.groups:
            return frozenset()
        which = self.census.which(cells.members[cell])
        least = self.thresholds.min_group
        few = frozenset(id for id in self.nodes if self.census.scored_of[id][which].sum() < least)
        return few | cells.of_one_item(self.census.results.answers.questionnaire, cell)

    def few(self) -> dict[tuple[int, str], frozenset[int]]:
        """By class and leaf, who answered it, where they are fewer than anything may be published of."""
        found: dict[tuple[int, str], frozenset[int]] = {}
        least = self.thresholds.min_group * self.told
        for leaf, numbers in self.census.scored_of.items():
            for place in np.flatnonzero((numbers > 0) & (numbers < least)).tolist():
                there = self.census.results.scored[leaf] & (self.census.of_person == place)
                found[place, leaf] = frozenset(np.flatnonzero(there).tolist())
        return found

    @property
    def agreed(self) -> list[frozenset[int]]:
        """The people of each small group that agreed to be shown."""
        return [frozenset(np.flatnonzero(which[self.census.of_person]).tolist()) for which in self.consenting]

    def bases(self, id: str, kind: str) -> list[Numbers]:
        """By class, whom nothing must be known of where they are few: one for each answer that who is asked depends
        on."""
        if kind == "asked":
            return [self.census.answered(one) for one in self.deciders[id]]
        return [self.census.asked(id) if kind == "missing" else self.census.scored_of[id]]

    def reason(self, id: str, kind: str, which: Flags) -> Reason | None:
        """Why a figure of these classes is not published as it is, whatever else is; None where it can be, and where
        there is nobody whom it speaks of."""
        if not self.size(id, kind)[which].any():
            return None
        reasons = (self.reason_of((id, kind), base, which) for base in self.bases(id, kind))
        return next((one for one in reasons if one), None)

    def reason_of(self, quantity: tuple[str, str], base: Numbers, which: Flags) -> Reason | None:
        """The same by one base."""
        id, kind = quantity
        if kind == "asked":
            words = f"who is asked depends on answers that fewer than {self.detail} gave"
            return Reason(words) if 0 < base[which].sum() < self.detail else None
        n = int(self.census.scored_of[id][which].sum())
        if kind != "score":
            return Reason(f"fewer than {self.detail} answered") if n < self.detail else None
        return self.reason_of_score(id, n, which)

    def reason_of_score(self, id: str, n: int, which: Flags) -> Reason | None:
        least = self.thresholds.min_group
        if n < least and not self.have_agreed(id, which):
            agreed = np.bitwise_or.reduce(self.consenting) if self.consenting else np.zeros_like(which)
            return Reason(f"fewer than {FLOOR if n < FLOOR and not (which & ~agreed).any() else least} answered")
        return self.at_an_end(id, which) if n < FEW else None

    def have_agreed(self, id: str, which: Flags) -> bool:
        """Whether these classes are small groups that agreed to be shown, each with all in it who have a score."""
        has = self.census.scored_of[id] > 0
        groups = [one & has for one in self.consenting if (one & which & has).any()]
        if not groups or any(self.census.scored_of[id][one].sum() < FLOOR for one in groups):
            return False
        return bool(np.array_equal(which & has, np.bitwise_or.reduce(groups)))

    def open_mean(self, id: str, kind: str, place: int) -> float | None:
        """The mean of a class, as a share; None where it is a secret."""
        which = np.arange(self.census.number) == place
        return None if self.reason(id, kind, which) else self.census.mean(id, which)

    def is_secret(self, id: str, kind: str, which: Flags) -> bool:
        """Whether a mean of these classes must not be known."""
        if not self.size(id, kind)[which].any():  # nobody has a score, but somebody answered
            return True
        if self.reason(id, kind, which) is None:
            return False
        return not (kind == "detail" and any(self.is_only_item(id, node, which) for node in self.nodes))

    def is_only_item(self, item: str, node: str, which: Flags) -> bool:
        """Whether an item goes by the name of a node of which it is the only one: so much of it may be known."""
        own = [self.census.weights(place, node) for place in np.flatnonzero(which).tolist()]
        return all(one == {item: 1.0} for one in own) and self.reason(node, "score", which) is None

    def at_an_end(self, id: str, which: Flags) -> Reason | None:
        """A mean of few at an end of the scale tells what everybody said, so it is coded."""
        mean, edge = round(100 * self.census.mean(id, which), 10), self.edge(id, which)
        if edge < mean < 100 - edge:
            return None
        code = f"{100 - edge} or more" if mean > 50 else f"{edge} or less"
        return Reason(f"coded: {code}", code)

    def edge(self, id: str, which: Flags) -> int:
        """From how many points of an end on a mean of few is coded: NEAR_THE_END, or more where so few answers on so
        short a scale would leave only the end itself. Then anybody can be a step away from it."""
        steps, answers = [0.0], []
        for place in np.flatnonzero(which).tolist():
            for leaf, weight in self.census.weights(place, id).items():
                steps.append(weight * self.census.scales[leaf].step if leaf in self.census.scales else 0.0)
                answers.append(weight * int(self.census.scored_of[leaf][place]))
        least = 100 * max(steps) / math.fsum(answers)
        return NEAR_THE_END * max(1, math.ceil(round(least / NEAR_THE_END, 6)))


def deciders(questionnaire: Questionnaire) -> Mapping[str, list[str]]:
    """Of the nodes and items that some are asked only because of what they answered: which items decide that."""
    below: dict[str, tuple[Item, ...]] = {item.id: (item,) for item in questionnaire.items if item.has_figures}
    below |= {id: items(questionnaire, node) for id, node in nodes(questionnaire).items()}
    return {
        id: sorted({decider for item in asked for decider in deciding(questionnaire, item)})
        for id, asked in below.items()
        if only_on_condition(questionnaire, asked)
    }


def only_on_condition(questionnaire: Questionnaire, below: tuple[Item, ...]) -> bool:
    """Whether all that some group can be asked of these items depends on answers."""
    groups: list[GroupKey | None] = [group.id for group in questionnaire.groups]
    asked = [[item for item in below if item.asks(group)] for group in groups or [None]]
    return any(one and all(item.show_if for item in one) for one in asked)
