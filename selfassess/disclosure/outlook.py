"""What a round is going to show, before anybody has answered: by the very rules that its report is made by.

Nothing about answers is known then. So a few rounds are made up, in which people lean one way or another and leave a
few answers open, and what their reports would show is counted. The same numbers always make up the same rounds.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from random import Random
from statistics import median

from selfassess.disclosure.cells import Cells
from selfassess.disclosure.release import Decided, release_differences, withheld
from selfassess.disclosure.suppression import Reasons
from selfassess.model.questionnaire import GroupKey, Item, Questionnaire
from selfassess.model.results import POOL
from selfassess.model.round import Round, Rules, Standing, decided
from selfassess.model.routing import offered
from selfassess.model.score_tree import OVERALL, has_score, items, nodes
from selfassess.model.sheet import Form, Missing, Response, RoundKey, encode
from selfassess.scoring.answers import from_characters
from selfassess.scoring.scores import Results, score

BLANKS = 0.03
"""The share of answers that are left open."""
TIMES = 3
"""So many rounds are made up; half of them decides."""
LEANING, WITHIN = 0.25, 0.2
"""How far people are apart, and one person's answers: standard deviations, in shares of the scale."""
LARGE = 4
"""So many times the larger threshold, a group is as good as one of any size."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How much is shown of one cell."""

    cell: str
    """ALL, a group, or POOL."""
    scores: int
    """Of strands, benchmarks and skills."""
    of_scores: int
    """How many it could have: those that somebody in it is asked about."""
    items: int
    of_items: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """What a round shows where so many of each group hand in."""

    cells: tuple[Shown, ...]
    """All together first, then each group that is shown by itself, then those that are joined."""
    standing: Mapping[GroupKey, Standing]
    compared: tuple[tuple[str, str], ...]
    """The pairs of groups between which differences are told."""
    figures: int
    """How many scores, items and differences are shown, in all cells."""

    def cell(self, id: str) -> Shown | None:
        """What is shown of a cell; None where there is no such cell."""
        return next((one for one in self.cells if one.cell == id), None)


def outlook(
    questionnaire: Questionnaire,
    form: Form,
    rules: Rules,
    handed_in: Mapping[GroupKey, int],
    *,
    blanks: float = BLANKS,
    times: int = TIMES,
) -> Outlook:
    """What a round by these rules shows where so many of each group hand in, nobody refuses, and a share of the answers
    is left open: the middle of so many made-up rounds."""
    sizes = _bounded(handed_in, rules)
    round = Round(
        id="", key=RoundKey(""), title="", questionnaire="", form=form, invited=sizes, rules=rules, state="closed"
    )
    round = replace(round, standing=decided(round, sizes, {}))
    if not any(sizes.values()):
        return Outlook(cells=(), standing=round.standing, compared=(), figures=0)
    asked = {group: {item.id for item in offered(questionnaire, group or None, form)} for group in sizes}
    seeds = map(Random, range(times))  # nothing secret
    rounds = [_made_up(questionnaire, round, asked, blanks, random) for random in seeds]
    decisions = [withheld(round, results, frozenset(), with_spreads=False) for results in rounds]
    counts = [_shown(results, *decided, asked) for results, decided in zip(rounds, decisions, strict=True)]
    cells = tuple(map(_middle, zip(*counts, strict=True)))
    compared = _compared(round, rounds[0], decisions[0])
    return Outlook(
        cells=cells,
        standing=round.standing,
        compared=compared,
        figures=sum(one.scores + one.items for one in cells) + len(compared),
    )


def _made_up(
    questionnaire: Questionnaire, round: Round, asked: Mapping[GroupKey, Set[str]], blanks: float, random: Random
) -> Results:
    """The scores of a made-up round."""
    people = [group for group, size in round.invited.items() for _ in range(size)]
    answers = from_characters(
        questionnaire,
        [_sheet(questionnaire, asked[group], blanks, random) for group in people],
        [group or None for group in people],
        [""] * len(people),
    )
    return score(answers)


def _bounded(handed_in: Mapping[GroupKey, int], rules: Rules) -> dict[GroupKey, int]:
    """Sizes that decide as these do, and are no larger than need be: larger ones are still larger than others."""
    most = LARGE * max(rules.thresholds.min_group, rules.thresholds.min_detail)
    large = sorted({size for size in handed_in.values() if size > most})
    return {group: most + large.index(size) + 1 if size > most else size for group, size in handed_in.items()}


def _middle(some: Sequence[Shown]) -> Shown:
    return replace(
        some[0],
        scores=round(median(one.scores for one in some)),
        items=round(median(one.items for one in some)),
    )


def _compared(round: Round, results: Results, decided: Decided) -> tuple[tuple[str, str], ...]:
    """The pairs of groups of which a report tells how sure a difference is."""
    order = [*round.invited, POOL]
    told = release_differences(round, results, decided)
    pairs = [sorted((one.higher, one.lower), key=order.index) for one in told if one.p is not None]
    return tuple(dict.fromkeys((first, second) for first, second in pairs))


def _sheet(questionnaire: Questionnaire, asked: Set[str], blanks: float, random: Random) -> str:
    leaning = random.gauss(0.6, LEANING)
    return "".join(
        encode(item, _response(questionnaire, item, leaning, blanks, random) if item.id in asked else Missing.NOT_ASKED,
               questionnaire)
        for item in questionnaire.items
    )  # fmt: skip  # one answer


def _response(questionnaire: Questionnaire, item: Item, leaning: float, blanks: float, random: Random) -> Response:
    if not item.has_figures or random.random() < blanks:
        return Missing.SKIPPED
    values = [one for one in questionnaire.scale_of(item).values if one not in item.not_applicable_values]
    place = round((len(values) - 1) * random.gauss(leaning, WITHIN))
    return values[min(max(place, 0), len(values) - 1)]


def _shown(
    results: Results, cells: Cells, why: Mapping[str, Reasons], asked: Mapping[GroupKey, Set[str]]
) -> Iterator[Shown]:
    """How much is shown of each cell. A coded score is."""
    questionnaire = results.answers.questionnaire
    scored = {id: node for id, node in nodes(questionnaire).items() if id != OVERALL and has_score(questionnaire, node)}
    for cell, members in cells.members.items():
        there = {id for group in cells.groups[cell] for id in asked[group]}
        own = [id for id, node in scored.items() if any(item.id in there for item in items(questionnaire, node))]
        details = [id for id in there if id in results.columns]
        somebody = {id for id in (*own, *details) if (results.scored[id] & members).any()}
        reasons = {id: why[cell].get((id, "score")) for id in own if id in somebody}
        yield Shown(
            cell=cell,
            scores=sum(one is None or one.coded is not None for one in reasons.values()),
            of_scores=len(own),
            items=sum((id, "detail") not in why[cell] for id in details if id in somebody),
            of_items=len(details),
        )


def half(invited: Mapping[GroupKey, int]) -> dict[GroupKey, int]:
    """Half of each group, rounded up."""
    return {group: (number + 1) // 2 for group, number in invited.items()}
