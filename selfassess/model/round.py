"""Rounds: one occasion on which groups answer, its rules, and the targets that are set for it."""

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar

from selfassess.model.questionnaire import GroupKey, Questionnaire, Scored, Strand
from selfassess.model.score_tree import OVERALL, ends, has_score, nodes
from selfassess.model.sheet import Form, RoundKey
from selfassess.text import ID, clean

SmallGroups = Literal["consent", "leave_out", "pool"]
"""What happens to a group in which too few answer: it is shown if each of them agrees, it is in no figure, or small
groups are joined until they are large enough."""
Way = Literal["here", "invitation", "page"]
"""How somebody answers: on the facilitator's computer, with this program on another, or on a page in a browser."""
State = Literal["new", "open", "closed"]
Standing = Literal["shown", "consent", "left_out", "pooled"]
"""What was decided for a group at close: shown as any group, shown although small because everybody in it agreed, in no
figure and no total, or joined with others."""

EVERYBODY = GroupKey("")
"""Stands for the one group there is where the questionnaire has none."""
FLOOR = 3
"""No threshold goes below this, but for the one who holds the rows and asks for no protection."""
FEW = 10
"""Below this many, a mean near an end of the scale tells what everybody said."""
NEAR_THE_END = 5
"""Points from either end of 0 to 100 that count as near."""
MOST_NEEDED = 1_000
"""No threshold needs to be higher."""
LONGEST_TITLE = 80
"""Characters of the title of a round."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From how many answers on figures are shown."""

    min_group: int = 5
    """For scores of strands and benchmarks; 1 withholds nothing at all."""
    min_detail: int = 10
    """For spread in numbers, and for anything about an item or a text."""

    @property
    def protect(self) -> bool:
        return self.min_group > 1

    @property
    def can_be_of_a_round(self) -> bool:
        """Whether a round may have them."""
        return FLOOR <= self.min_group <= self.min_detail <= MOST_NEEDED


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The privacy rules of a round. They are fixed as soon as anybody can have read them."""

    thresholds: Thresholds = Thresholds()
    small_groups: SmallGroups = "leave_out"
    asks_consent: tuple[GroupKey, ...] = ()
    """The groups whose members are asked on the welcome screen whether their group may be shown though it is small."""
    codes: bool = False
    """Whether an admission code is needed to answer."""
    matching: bool = False
    """Whether people may make up a code of their own, to be found again in a later round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One occasion on which groups answer."""

    id: str
    """What commands call it: "autumn_2026"."""
    key: RoundKey
    """Random, so that no sheet comes into the round of the same name of another project."""
    title: str
    questionnaire: str
    """SHA-256 of the bytes of its frozen questionnaire."""
    form: Form = "full"
    invited: Mapping[GroupKey, int] = field(default_factory=dict)
    """How many people each group has, by its id (EVERYBODY where there are no groups). A group that is not in it takes
    no part."""
    rules: Rules = Rules()
    state: State = "new"
    standing: Mapping[GroupKey, Standing] = field(default_factory=dict)
    """By group, what was decided at close; empty before."""
    targets: Mapping[str, Mapping[GroupKey, float]] = field(default_factory=dict)
    """The targets that the partnership set itself for this round, over those of the questionnaire: by the id of the
    strand, benchmark or whole, then by group (EVERYBODY for all), in the units of the node."""

    @property
    def pooled(self) -> tuple[GroupKey, ...]:
        """The groups that were joined, in the order of the round."""
        return tuple(group for group in self.invited if self.standing.get(group) == "pooled")


@dataclass(frozen=True, slots=True)
class Days:
    """The days between which a round was open; None where that was not noted."""

    opened: datetime.date | None = None
    closed: datetime.date | None = None
    """None also while it is open."""


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What will be shown of one round by its report, or of two by a comparison, decided before anybody asks for it."""

    basis: str
    """A sum of everything that it follows from."""
    shown: tuple[frozenset[tuple[str, str, str]], ...]
    """By round, what will be in its release log: the cell, the id of the node or item, and the kind of figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What may be published of a round at any time: numbers of people, and nothing else. By group id."""

    handed_in: Mapping[GroupKey, int]
    drafts: Mapping[GroupKey, int]
    """Sittings that are not handed in, in this project file."""
    codes: Mapping[GroupKey, int]
    """Admission codes that were given out."""
    used: Mapping[GroupKey, int]
    """Of these, how many were used."""
    refusals: Mapping[GroupKey, int]
    """How many of those who handed in do not agree that their small group is shown. Not told before close."""


@dataclass(frozen=True, slots=True)
class RowsTaken:
    """Which rows of exports of a survey service became sheets of a round."""

    keys: tuple[str, ...] = ()
    """The key of each row that has an id, in their order, which is no order of arrival. Nothing leads from them to
    sheets. Empty once the round is closed."""
    untold: int = 0
    """How many came besides, which cannot be told from other rows: those without an id, and all that came before the
    round was closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """The score of a benchmark or strand that a meeting agreed on. It stands beside the scores, never instead."""

    node: str
    score: float
    """In the units that the node is shown in."""
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFinding:
    """A finding about a benchmark in the facilitator's own words. It comes before what the figures say, and never
    replaces it."""

    node: str
    group: str
    """The group whose view it is; EVERYBODY for all, POOL for groups that were joined."""
    text: str


def has_numbered_letters(round: Round, group: GroupKey) -> bool:
    """Whether the project file notes which letter brought which code to a group, so that whoever runs the round can see
    which letters nobody has answered with yet. Not where so few are invited that a sheet could be that of one letter:
    in a group that can only be shown because each of them agreed, or below the smallest group."""
    rules = round.rules
    is_small = group in rules.asks_consent or round.invited.get(group, 0) < rules.thresholds.min_group
    return rules.codes and not is_small


def titled(text: str) -> str:
    """A title on one line, safe to show. It is one if it has 1 to LONGEST_TITLE characters."""
    return " ".join(clean(text, 10 * LONGEST_TITLE).split())


def can_be(round: Round) -> bool:
    """Whether there can be a round of this id and title, with these groups, numbers and rules."""
    rules, groups = round.rules, round.invited
    return (
        bool(ID.fullmatch(round.id))
        and titled(round.title) == round.title
        and 1 <= len(round.title) <= LONGEST_TITLE
        and bool(groups)
        and (list(groups) == [EVERYBODY] or all(ID.fullmatch(group) for group in groups))
        and rules.thresholds.can_be_of_a_round
        and set(rules.asks_consent) <= set(groups)
        and (rules.small_groups == "consent" or not rules.asks_consent)
    )


def groups_of(questionnaire: Questionnaire) -> tuple[GroupKey, ...]:
    """The ids of the groups that can be invited: EVERYBODY alone where the questionnaire has none."""
    return tuple(group.id for group in questionnaire.groups) or (EVERYBODY,)


def asked_for_consent(invited: Mapping[GroupKey, int], rules: Rules) -> tuple[GroupKey, ...]:
    """The groups to ask: those with fewer invited than twice the smallest group, since fewer answer than are
    invited. None where the rules do not ask, and nobody whose answer would change nothing: no group is shown below
    FLOOR."""
    least = rules.thresholds.min_group
    if rules.small_groups != "consent" or least <= FLOOR:
        return ()
    return tuple(group for group, number in invited.items() if FLOOR <= number < 2 * least)


def decided(
    round: Round, handed_in: Mapping[GroupKey, int], refusals: Mapping[GroupKey, int]
) -> dict[GroupKey, Standing]:
    """What becomes of each group, decided once at close.

    A group is small where fewer handed in than the smallest group. With `consent` a small group that was asked is
    shown from FLOOR up where nobody refused. With `pool` small groups are joined, the smallest first, until they
    are large enough together, with the next larger group if need be; where even all together are too few, they are
    left out. All other small groups are left out.
    """
    least = round.rules.thresholds.min_group
    sizes = {group: handed_in.get(group, 0) for group in round.invited}
    small = [group for group, size in sizes.items() if size < least]
    standing: dict[GroupKey, Standing] = {group: "left_out" if group in small else "shown" for group in sizes}
    if round.rules.small_groups == "consent":
        for group in small:
            if group in round.rules.asks_consent and sizes[group] >= FLOOR and not refusals.get(group):
                standing[group] = "consent"
    elif round.rules.small_groups == "pool":
        for group in _pool(sizes, [group for group in small if sizes[group]], least):
            standing[group] = "pooled"
    return standing


def _pool(sizes: Mapping[GroupKey, int], small: Iterable[GroupKey], least: int) -> list[GroupKey]:
    pool = list(small)
    others = sorted((group for group in sizes if group not in pool and sizes[group]), key=lambda one: (sizes[one], one))
    while pool and others and (sum(sizes[one] for one in pool) < least or len(pool) == 1):
        pool.append(others.pop(0))
    return pool if sum(sizes[one] for one in pool) >= least else []


Targets = Mapping[str, Mapping[GroupKey, float]]
"""By the id of the strand, benchmark or whole, then by group (EVERYBODY for all), in the units of the node."""
Target = TypeVar("Target", bound=Scored)


def with_targets(questionnaire: Questionnaire, round: Round) -> Questionnaire:
    """The questionnaire with the targets of a round in place of its own. A target for everybody takes the place of
    those for single groups too, but for those that the round sets. Nothing else differs."""
    if not round.targets:
        return questionnaire
    return replace(
        questionnaire,
        overall=_aimed(questionnaire.overall, round.targets.get(OVERALL, {})),
        strands=tuple(_strand(strand, round.targets) for strand in questionnaire.strands),
    )


def carried_over(
    targets: Targets, before: Questionnaire, after: Questionnaire, groups: Collection[GroupKey]
) -> tuple[Targets, Targets]:
    """The targets of a round that hold for a later one too, and those that do not. `before` and `after` are the
    questionnaires of the two, `groups` those that take part in the later one. A target holds where the later version
    has the node with a score on the same scale, and where the group takes part."""
    scales = {id: ends(before, node) for id, node in nodes(before).items()}
    there = {id for id, node in nodes(after).items() if has_score(after, node) and ends(after, node) == scales.get(id)}
    kept: dict[str, dict[GroupKey, float]] = {}
    left: dict[str, dict[GroupKey, float]] = {}
    for id, scores in targets.items():
        for group, score in scores.items():
            holds = id in there and (group == EVERYBODY or group in groups)
            (kept if holds else left).setdefault(id, {})[group] = score
    return kept, left


def _strand(strand: Strand, targets: Targets) -> Strand:
    return replace(
        _aimed(strand, targets.get(strand.id, {})),
        benchmarks=tuple(_aimed(one, targets.get(one.id, {})) for one in strand.benchmarks),
        skills=tuple(_aimed(one, targets.get(one.id, {})) for one in strand.skills),
    )


def _aimed(node: Target, targets: Mapping[GroupKey, float]) -> Target:
    of_groups = {group: score for group, score in targets.items() if group != EVERYBODY}
    if EVERYBODY in targets:
        return replace(node, target=targets[EVERYBODY], targets=of_groups)
    return replace(node, targets={**node.targets, **of_groups})
