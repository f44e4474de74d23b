"""From two closed rounds to a Comparison: the only way there. docs/comparing.md says it in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from statistics import median

import numpy as np

from selfassess.disclosure.cells import ALL
from selfassess.disclosure.comparison import BOTH, Showing
from selfassess.disclosure.matching import Pair
from selfassess.disclosure.moves import told_roughly
from selfassess.disclosure.release_log import Shown
from selfassess.disclosure.rounding import ruler
from selfassess.model.comparison import LITTLE, CellChange, Comparison, Everybody, Matched, Named, NodeChange, View
from selfassess.model.questionnaire import GroupKey, Questionnaire, Strand
from selfassess.model.results import Level
from selfassess.model.round import EVERYBODY, Round
from selfassess.model.score_tree import OVERALL, as_shown, has_score
from selfassess.scoring.change import Errors, bare, everybody, headline, matched, not_matched
from selfassess.scoring.columns import tallied
from selfassess.scoring.intervals import LEVEL, Known, Side, found_from, largest_p, spread
from selfassess.scoring.multiple_comparisons import Seen, claims, tested_by

PROTECTED = "with so few, only their averages are shown"


def compare(
    pair: Pair,
    earlier: Mapping[tuple[str, str], Pair] | None = None,
    errors: Mapping[str, Errors] | None = None,
    foreseen: Sequence[frozenset[Shown]] | None = None,
) -> tuple[Comparison, tuple[frozenset[Shown], frozenset[Shown]]]:
    """The comparison, and what it shows of either round besides their own reports: to be noted down before anybody
    sees it. What the reports show has to be noted down already.

    `earlier` are the pairs of rounds that were compared before, by their keys, as far as both are still there; `errors`
    by node those of measurement, as they follow from what the reports tell of all; `foreseen` what `foresee` gave.
    """
    showing = Showing(pair, earlier or {}, foreseen)
    showing.decide()
    one, other = pair.sides
    comparison = Comparison(
        rounds=(Named(one.round.id, one.round.title), Named(other.round.id, other.round.title)),
        comparability=pair.alike.comparability,
        cells=claimed(
            pair.alike.questionnaire, [_Telling(showing, cell, errors or {}).cell() for cell in pair.cells[1].members]
        ),
        apart=apart((one.round, other.round), pair.cells[1].groups),
        missing=_missing(pair),
        with_codes=(one.with_codes, other.with_codes),
        collided=(one.collided, other.collided),
    )
    return comparison, (frozenset(showing.rounds[0].new), frozenset(showing.rounds[1].new))


def foresee(pair: Pair, earlier: Mapping[tuple[str, str], Pair]) -> tuple[frozenset[Shown], frozenset[Shown]]:
    """What `compare` will show of either round besides their own reports, where both have been reported by then."""
    showing = Showing(pair, earlier)
    showing.decide()
    return frozenset(showing.rounds[0].new), frozenset(showing.rounds[1].new)


def _invited(rounds: tuple[Round, Round]) -> list[GroupKey]:
    """The groups that were invited to either round, in the order of the later."""
    return list(dict.fromkeys([*rounds[1].invited, *rounds[0].invited]))


def _missing(pair: Pair) -> tuple[str, ...]:
    rounds = pair.sides[0].round, pair.sides[1].round
    return tuple(group for group in _invited(rounds) if group not in pair.cells[1].groups[ALL])


def apart(rounds: tuple[Round, Round], cells: Mapping[str, tuple[GroupKey, ...]]) -> dict[GroupKey, str]:
    """By group, why it has no comparison of its own. `cells` are those of the comparison, with their groups."""
    return dict(_apart(rounds, cells))


def _apart(rounds: tuple[Round, Round], cells: Mapping[str, tuple[GroupKey, ...]]) -> Iterator[tuple[GroupKey, str]]:
    for group in _invited(rounds):
        standing = [one.standing.get(group) for one in rounds]
        if group == EVERYBODY or any(group in groups for cell, groups in cells.items() if cell != ALL):
            continue
        if None in standing:
            yield group, f"it took no part in the {'earlier' if standing[0] is None else 'later'} round"
        elif "left_out" in standing:
            when = "either round" if standing[0] == standing[1] else _when(standing[0] == "left_out")
            yield group, f"it was too small to be shown in {when}"
        else:
            when = "either round" if standing[0] == standing[1] else _when(standing[0] == "pooled")
            yield group, f"it was joined with others in {when}, and not with the same ones both times"


def _when(is_earlier: bool) -> str:
    return f"the {'earlier' if is_earlier else 'later'} round"


class _Telling:
    """Puts together what is told of one cell."""

    def __init__(self, showing: Showing, id: str, errors: Mapping[str, Errors]) -> None:
        self.showing = showing
        self.pair = showing.pair
        self.id = id
        self.errors = errors

    def cell(self) -> CellChange:
        sizes = [int(np.count_nonzero(self.pair.cells[side].members[self.id])) for side in BOTH]
        found, least = self.pair.found(self.id), self.showing.thresholds.min_group
        rest = not_matched(found, sizes[0], sizes[1])
        is_told = all(not few or few >= least for few in (found, rest.before, rest.after))
        return CellChange(
            id=self.id,
            groups=self.pair.cells[1].groups[self.id],
            n=(sizes[0], sizes[1]),
            matched=found if is_told else None,
            not_matched=rest if is_told else None,
            same_people=len(self.pair.pairs[self.id].before),
            nodes=tuple(self.node(id) for id in self.showing.nodes),
        )

    def node(self, id: str) -> NodeChange:
        place, sizes = (self.id, id), self.showing.sizes(self.id, id)
        is_first = headline(*sizes)
        order: tuple[View, ...] = ("matched", "everybody") if is_first == "matched" else ("everybody", "matched")
        views = tuple(view for view in order if place in self.showing.shown[view])
        withheld: dict[str, str] = {view: why[place] for view, why in self.showing.why.items() if place in why}
        found = NodeChange(
            id=id,
            level=self.level(id),
            views=views,
            matched=self.matched(id) if "matched" in views else None,
            everybody=self.everybody(id) if "everybody" in views else None,
            few_matched=bool(views) and views[0] == "everybody" == is_first and self.few_found_again(id),
            withheld=withheld,
        )
        change = found.headline
        is_bare = change is not None and change.at_top is None
        return replace(found, withheld={**withheld, "details": PROTECTED}) if is_bare else found

    def few_found_again(self, id: str) -> bool:
        """Whether those who have a score both times are fewer than half of the smaller round."""
        before, after = (results.scored[id] for results in self.pair.alike.results(id))
        cells = [cells.members[self.id] for cells in self.pair.cells]
        there = self.pair.all_pairs.both((cells[0] & before, cells[1] & after))
        return headline(int(np.count_nonzero(there)), *self.showing.sizes(self.id, id)[1:]) == "everybody"

    def level(self, id: str) -> Level:
        if id == OVERALL:
            return "overall"
        return "strand" if isinstance(self.showing.nodes[id], Strand) else "benchmark"

    def matched(self, id: str) -> Matched | None:
        people = self.pair.both(self.id, id)
        before, after = self.pair.shares(0, id)[people.before], self.pair.shares(1, id)[people.after]
        found = matched(before, after, self.errors_of(id), self.means("matched", id))
        if found is None or (self.id, id) not in self.showing.moves:
            return found and bare(found)
        questionnaire, node = self.pair.alike.results(id)[1].answers.questionnaire, self.showing.nodes[id]
        then, now = (ruler(questionnaire, node).score(mean) for mean in found.mean)
        fewest = min(self.pair.alike.items_asked(id, group) for group in self.pair.cells[1].groups[self.id])
        return told_roughly(found, (then, now), fewest, self.showing.thresholds)

    def everybody(self, id: str) -> Everybody | None:
        before, after = (
            tallied(self.pair.shares(side, id)[self.pair.members(side, "everybody", self.id)]) for side in BOTH
        )
        means = self.means("everybody", id)
        then, now = Side.of(before, means[0]), Side.of(after, means[1])
        if not then.n or not now.n:
            return None
        if self.showing.has_details(self.id, id):
            known = self.as_reported(0, id, then), self.as_reported(1, id, now)
            return everybody(before, after, self.errors_of(id), means, known)
        found = everybody(before, after, self.errors_of(id), means)
        then_told, now_told = self.in_a_word(0, id, then), self.in_a_word(1, id, now)
        return found and replace(bare(found), p=largest_p(now_told, then_told) if then_told and now_told else None)

    def as_reported(self, side: int, id: str, people: Side) -> Known:
        """What the report of a round tells: everything else follows from that."""
        own = self.showing.rounds[side]
        precise = ruler(own.occasion.answers.questionnaire, own.nodes[id])
        return Known(people.n, precise.score(people.mean), (precise.size(people.variance**0.5) ** 2,))

    def means(self, view: View, id: str) -> tuple[float, float]:
        """Those of all answers, before and after."""
        before, after = (self.pair.mean(side, view, self.id, id) for side in BOTH)
        return before, after

    def in_a_word(self, side: int, id: str, people: Side) -> Known | None:
        """What is known of a round by its report, where that tells in a word how far apart people are; else None."""
        own = self.showing.rounds[side]
        if not self.showing.is_reported(side, self.id, id) or not own.is_shown(self.id, id, "word"):
            return None
        word = spread(people.variance**0.5 if people.n > 1 else None)
        return Known.in_a_word(people.n, people.mean, word) if word else None

    def errors_of(self, id: str) -> Errors:
        """The errors of measurement of the items that the reports have: of all, and taken for those of each group."""
        is_same = all(self.pair.kind(side, id) == "score" for side in BOTH)
        return self.errors.get(id, (None, None)) if is_same else (None, None)


def claimed(questionnaire: Questionnaire, cells: Sequence[CellChange]) -> tuple[CellChange, ...]:
    """The cells with what is said of each change. The whole and the strands of all cells are one family; the benchmarks
    of a strand in a cell another, and so are those of a strand that has no score the first's."""
    seen = {(cell.id, one.id): Seen(change, _looks_the_same(questionnaire, one.id, change.mean))
            for cell in cells for one in cell.nodes if (change := one.headline)}  # fmt: skip  # one line each
    strand_of = {node.id: strand.id for strand in questionnaire.strands if has_score(questionnaire, strand)
                 for node in strand.middle}  # fmt: skip  # one rule
    first = {key: one for key, one in seen.items() if key[1] not in strand_of}
    below: dict[tuple[str, str], dict[tuple[str, str], Seen]] = {}
    for (cell, id), one in seen.items():
        if id in strand_of:
            below.setdefault((cell, strand_of[id]), {})[cell, id] = one
    said = claims(first, below)
    level = LEVEL / max(1, sum(tested_by(one.change) is not None for one in first.values()))
    return tuple(
        replace(
            cell,
            nodes=tuple(replace(one, claim=said.get((cell.id, one.id))) for one in cell.nodes),
            detectable=_detectable([one.change for (of, _), one in first.items() if of == cell.id], level),
        )
        for cell in cells
    )


def _looks_the_same(questionnaire: Questionnaire, id: str, means: tuple[float, float]) -> bool:
    then, now = (as_shown(questionnaire, id, one) for one in means)
    return then == now


def _detectable(changes: Iterable[Everybody | Matched], level: float) -> float | None:
    found = [found_from(one.error, one.df, level) for one in changes if one.error is not None and one.df is not None]
    return round(max(median(found), LITTLE), 10) if found else None
