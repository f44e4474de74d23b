"""Which of the suggested actions come first: few, fitting, and in one order for reports, dashboards and the plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from selfassess.model.attainment import in_points
from selfassess.model.questionnaire import Effort, GroupKey, Questionnaire
from selfassess.model.results import Difference, Split, Suggestion

MOST, MOST_OF_A_GROUP = 9, 3
"""How many actions come first, in all and of a group."""
EASE: Mapping[Effort | None, float] = {"low": 1.0, "medium": 0.75, None: 0.75, "high": 0.5}
"""By effort, what a gap counts for."""
OF_A_SPLIT = 25.0
"""What two camps count for, in points of a gap."""


@dataclass(frozen=True, slots=True)
class Prioritised:
    """An action, and the groups that it is suggested to."""

    suggestion: Suggestion
    """What calls for it most."""
    groups: tuple[GroupKey, ...]

    @property
    def by(self) -> tuple[GroupKey, ...]:
        """Who can do it."""
        return self.suggestion.action.by or self.groups

    @property
    def is_early_win(self) -> bool:
        """Whether it takes little effort."""
        return self.suggestion.action.effort == "low"


def prioritised(
    questionnaire: Questionnaire, suggestions: Mapping[GroupKey, Sequence[Suggestion]]
) -> tuple[Prioritised, ...]:
    """Every suggested action once, by how wide the gap is, how many groups see it, and how little effort it takes.
    `suggestions` are those to each group, in their order."""
    called_for: dict[str, list[tuple[GroupKey, Suggestion]]] = {}
    seen_by: dict[str, set[GroupKey]] = {}
    widest: dict[str, float] = {}
    for group, some in suggestions.items():
        for one in some:
            node = one.ranked.node.id
            called_for.setdefault(one.action.id, []).append((group, one))
            seen_by.setdefault(node, set()).add(group)
            widest[node] = max(widest.get(node, 0.0), _points(questionnaire, one))
    found = [
        Prioritised(
            max((one for _, one in some), key=lambda one: _points(questionnaire, one)),
            tuple(group for group, _ in some),
        )
        for some in called_for.values()
    ]

    def weight(one: Prioritised) -> float:
        node, action = one.suggestion.ranked.node.id, one.suggestion.action
        return widest[node] * len(seen_by[node]) * EASE[action.effort]

    return tuple(sorted(found, key=lambda one: -weight(one)))


def first(found: Sequence[Prioritised]) -> tuple[Prioritised, ...]:
    """The few to begin with: at most MOST, of each group at most MOST_OF_A_GROUP, and no two on the same benchmark for
    the same group."""
    chosen: list[Prioritised] = []
    number: dict[str, int] = {}
    taken: set[tuple[str, str]] = set()
    for one in found:
        node = one.suggestion.ranked.node.id
        fits = all(number.get(group, 0) < MOST_OF_A_GROUP and (group, node) not in taken for group in one.groups)
        if fits and len(chosen) < MOST:
            chosen.append(one)
            taken |= {(group, node) for group in one.groups}
            number |= {group: number.get(group, 0) + 1 for group in one.groups}
    return tuple(chosen)


def _points(questionnaire: Questionnaire, one: Suggestion) -> float:
    """How much calls for an action, in points of a gap."""
    gap = in_points(questionnaire, one.ranked)
    match one.because:
        case Split():
            return max(gap, OF_A_SPLIT)
        case Difference() as difference:
            return max(gap, difference.shown)
    return gap
