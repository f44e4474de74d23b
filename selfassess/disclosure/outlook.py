"""What a round is going to show, before anybody has answered: by the very rules that its report is made by.

Nothing about answers is known then, so everybody is taken to answer every question that they are asked, each otherwise
than the next. What people leave open, and means at an end of the scale, can only hide more.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace

from selfassess.disclosure.cells import ALL
from selfassess.disclosure.release import release_round
from selfassess.model.asking import offered
from selfassess.model.item import Item
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.round import Round, Rules, Standing, decided
from selfassess.model.sheet import Form, Missing, Response, encode
from selfassess.model.summary import POOL, Cell, Figure
from selfassess.model.units import has_score, items, nodes
from selfassess.scoring.answers import from_characters
from selfassess.scoring.score import score

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
    standing: Mapping[str, Standing]
    compared: tuple[tuple[str, str], ...]
    """The pairs of groups between which differences are told."""
    figures: int
    """How many scores, items and differences are shown, in all cells."""

    def cell(self, id: str) -> Shown | None:
        """What is shown of a cell; None where there is no such cell."""
        return next((one for one in self.cells if one.cell == id), None)


def outlook(questionnaire: Questionnaire, form: Form, rules: Rules, handed_in: Mapping[str, int]) -> Outlook:
    """What a round by these rules shows where so many of each group hand in, and nobody refuses."""
    sizes = _bounded(handed_in, rules)
    round = Round(id="", key="", title="", questionnaire="", form=form, invited=sizes, rules=rules, state="closed")
    round = replace(round, standing=decided(round, sizes, {}))
    if not any(sizes.values()):
        return Outlook(cells=(), standing=round.standing, compared=(), figures=0)
    asked = {group: {item.id for item in offered(questionnaire, group or None, form)} for group in sizes}
    people = [(group, place) for group, size in sizes.items() for place in range(size)]
    answers = from_characters(
        questionnaire,
        [_sheet(questionnaire, asked[group], place) for group, place in people],
        [group or None for group, _ in people],
        [""] * len(people),
    )
    said = release_round(round, score(answers), (), frozenset())[0].rounds[0]
    groups = {ALL: tuple(group for group in sizes if round.standing[group] != "left_out"), POOL: round.pooled}
    cells = tuple(
        _shown(questionnaire, cell, {id for group in groups.get(cell.id, (cell.id,)) for id in asked[group]})
        for cell in (said.all, *said.groups)
        if cell.id not in said.left_out
    )
    pairs = [
        tuple(sorted((one.higher, one.lower), key=[*sizes, POOL].index))
        for one in said.differences
        if one.p is not None
    ]
    return Outlook(
        cells=cells,
        standing=round.standing,
        compared=tuple((first, second) for first, second in dict.fromkeys(pairs)),
        figures=sum(one.scores + one.items for one in cells) + len(pairs),
    )


def _bounded(handed_in: Mapping[str, int], rules: Rules) -> dict[str, int]:
    """Sizes that decide as these do, and are no larger than need be: larger ones are still larger than others."""
    most = LARGE * max(rules.thresholds.min_group, rules.thresholds.min_detail)
    large = sorted({size for size in handed_in.values() if size > most})
    return {group: most + large.index(size) + 1 if size > most else size for group, size in handed_in.items()}


def _sheet(questionnaire: Questionnaire, asked: Set[str], place: int) -> str:
    return "".join(
        encode(item, _response(questionnaire, asked, place + at, item), questionnaire)
        for at, item in enumerate(questionnaire.items)
    )


def _response(questionnaire: Questionnaire, asked: Set[str], place: int, item: Item) -> Response:
    if item.id not in asked:
        return Missing.NOT_ASKED
    if item.kind != "choice":
        return Missing.SKIPPED
    values = [one for one in questionnaire.scale_of(item).values if one not in item.not_applicable_values]
    return values[place % len(values)]


def _shown(questionnaire: Questionnaire, cell: Cell, asked: Set[str]) -> Shown:
    scored = [
        id
        for id, node in nodes(questionnaire).items()
        if has_score(questionnaire, node) and any(item.id in asked for item in items(questionnaire, node))
    ]
    scores = [one for one in _nodes(cell) if one.id in scored]
    details = [one for one in cell.at("item") if one.id in asked]
    return Shown(
        cell=cell.id,
        scores=sum(one.mean is not None or one.coded is not None for one in scores),
        of_scores=len(scores),
        items=sum(one.counts is not None for one in details),
        of_items=len(details),
    )


def _nodes(cell: Cell) -> Iterator[Figure]:
    yield from cell.at("strand")
    yield from cell.at("benchmark")


def half(invited: Mapping[str, int]) -> dict[str, int]:
    """Half of each group, rounded up."""
    return {group: (number + 1) // 2 for group, number in invited.items()}
