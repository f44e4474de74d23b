"""How much a round's report shows: what it showed once, frozen, and what it shows now.

Rounds of the shipped questionnaire are made from seeds, so that the same ones can be made again after the rules of what
is hidden have changed. Nothing but scoring is taken from selfassess.scoring to make them. What was hidden of each is
kept in a file beside this one, together with a hash of its answers.

    python -m tests.disclosure.utility freeze    writes that file; not over one that is there, but with --again
    python -m tests.disclosure.utility compare   prints what was shown then and what is shown now
    python -m tests.disclosure.utility most      prints how many means are published, and how many could be at most

Only `shown_now` asks the program what it hides; it alone has to follow when that changes.
"""

import argparse
import gzip
import hashlib
import json
import sys
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from math import fsum
from pathlib import Path
from random import Random
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from selfassess.definition.loader import read
from selfassess.disclosure.audit import Audit, Quantity, Secrets
from selfassess.disclosure.cells import of_round
from selfassess.disclosure.release import withheld
from selfassess.disclosure.release_log import shown_of
from selfassess.disclosure.suppression import Suppression
from selfassess.model.questionnaire import Benchmark, Edition, Item, Strand
from selfassess.model.results import POOL
from selfassess.model.round import Round, Rules, SmallGroups, Thresholds, asked_for_consent, decided
from selfassess.model.score_tree import OVERALL, nodes, parts
from selfassess.model.sheet import Missing, encode
from selfassess.scoring.answers import from_characters
from selfassess.scoring.scores import Results, score
from tests.conftest import EARLIER

T = TypeVar("T")
Shown = tuple[str, str, str]
"""A figure: the cell, the id of the node or item, and the kind, which is "asked", "missing", "detail" or "score"."""
Place = tuple[str, bool]
"""The sort of a figure (see SORTS), and whether it is of all."""

FROZEN = Path(__file__).with_name("shown_before.json.gz")
ALL = "all"
SIZES: tuple[tuple[int, ...], ...] = ((9, 14, 4), (10, 16, 4), (12, 18, 4))
"""How many there are of the board, of staff and of external partners: the groups in the order of the questionnaire."""
RULES: tuple[SmallGroups, ...] = ("leave_out", "pool", "consent")
"""What becomes of the group of four; where it is asked, all four agree."""
BLANKS = (0, 1, 3, 8)
"""Of a hundred answers, how many are left open."""
SEEDS = 12
THRESHOLDS = Thresholds(min_group=5, min_detail=10)
SORTS = ("asked", "missing", "item", "detail", "score overall", "score strand", "score benchmark")
"""The kinds of figures, told apart by what they are of: "item" is the detail of an item, its mean among it, and
"detail" that of a node."""


# Answers


class Given(NamedTuple):
    """What one person answered: by the id of each item that their group is asked a point, or None where left open."""

    group: str
    answers: tuple[tuple[str, int | None], ...]


MIDDLE = 3.6
"""What people say on the whole, of 1 to 5."""
OF_BENCHMARK, OF_ITEM, OF_GROUP, OF_PERSON, OF_ANSWER = 0.45, 0.25, 0.3, 0.5, 0.7
"""Standard deviations of what is added to the middle: how a benchmark does, how hard one of its items is to agree with,
how a group sees a benchmark, how somebody sees everything, and chance."""
FEW, ONE_MIND, HIGH, HIGHEST, LOWEST, LEFT = 10, 1 / 20, 0.75, 5.1, 0.9, 0.35
"""A group of fewer than ten is of one mind on one benchmark in twenty: three in four of these are as good as can be,
the others as bad. Chance and the person then count a third of what they do otherwise, so that nearly all means of small
groups there are within five points of an end. Few others are."""


def answers_of(seed: int, sizes: Sequence[int], blanks: int) -> tuple[Given, ...]:
    """The answers of so many people of each group, of which `blanks` in a hundred are left open.

    They follow from the seed alone, through nothing but Random.random, which is promised to stay the same: with other
    blanks the answers that are given are the same ones, and what is open at 1 in 100 is open at 3 in 100 as well.
    """
    random = Random(seed)
    questionnaire = edition().questionnaire
    groups = [group.id for group in questionnaire.groups]
    hardness: dict[str, float] = {}
    views: dict[tuple[str, str], float] = {}
    agreed: dict[tuple[str, str], float] = {}
    for holder, below in _benchmarks():
        level = MIDDLE + OF_BENCHMARK * _normal(random)
        hardness |= {item.id: level + OF_ITEM * _normal(random) for item in below}
        for group, size in zip(groups, sizes, strict=True):
            views[group, holder] = OF_GROUP * _normal(random)
            is_agreed, is_high = random.random() < ONE_MIND, random.random() < HIGH
            if is_agreed and size < FEW:
                agreed[group, holder] = HIGHEST if is_high else LOWEST
    found: list[Given] = []
    for group, size in zip(groups, sizes, strict=True):
        for _ in range(size):
            person, answers = OF_PERSON * _normal(random), list[tuple[str, int | None]]()
            for holder, below in _benchmarks():
                for item in below:
                    own = person + OF_ANSWER * _normal(random)
                    view = agreed.get((group, holder))
                    value = hardness[item.id] + views[group, holder] + own if view is None else view + LEFT * own
                    is_open = 100 * random.random() < blanks
                    if item.asks(group):
                        answers.append((item.id, None if is_open else min(5, max(1, int(value + 0.5)))))
            found.append(Given(group, tuple(answers)))
    return tuple(found)


def hash_of(answers: Iterable[Given]) -> str:
    """The SHA-256 of some people's answers."""
    lines = (f"{one.group} " + " ".join(f"{id}={value or '-'}" for id, value in one.answers) for one in answers)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _normal(random: Random) -> float:
    """A number that is as good as normally distributed, and the same on every machine: it is a sum."""
    return fsum(random.random() for _ in range(12)) - 6


@cache
def edition() -> Edition:
    """An earlier version of the shipped questionnaire. Nothing in it may be asked because of what was answered: then
    there are no figures on who was asked, and nobody needs to find out whom they speak of."""
    found = read(EARLIER)
    choices = [item for item in found.questionnaire.items if item.kind == "choice"]
    assert not any(item.show_if or item.reverse for item in choices)
    assert all(found.questionnaire.scale_of(item).values == (1, 2, 3, 4, 5) for item in choices)
    return found


@cache
def _benchmarks() -> tuple[tuple[str, tuple[Item, ...]], ...]:
    """Each strand and benchmark with the scored items that are its own, in the order of the questionnaire."""
    holders: list[Strand | Benchmark] = []
    for strand in edition().questionnaire.strands:
        holders += [strand, *strand.middle]
    return tuple((one.id, tuple(item for item in one.items if item.kind == "choice")) for one in holders)


def structure() -> str:
    """A hash of what the questionnaire's scores are made from, and of who is asked what."""
    questionnaire = edition().questionnaire
    lines = [f"questionnaire {questionnaire.scoring.min_answered}"]
    for id, node in nodes(questionnaire).items():
        lines.append(f"{id} {node.method} {' '.join(part.id for part in parts(questionnaire, node))}")
    lines += [f"{item.id} {' '.join(item.groups)}" for _, below in _benchmarks() for item in below]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


# Rounds


class Setting(NamedTuple):
    """What a round is made from."""

    sizes: tuple[int, ...]
    small_groups: SmallGroups
    blanks: int
    seed: int


@dataclass(frozen=True, eq=False)
class Made:
    """A closed round, everybody's scores, and a hash of the answers."""

    setting: Setting
    round: Round
    results: Results
    hash: str


def settings() -> Iterator[Setting]:
    """Every round that there is: the same people under each rule. Rounds of other sizes have other seeds."""
    for at, sizes in enumerate(SIZES):
        for blanks in BLANKS:
            for seed in range(SEEDS * at, SEEDS * (at + 1)):
                for rule in RULES:
                    yield Setting(sizes, rule, blanks, seed)


def made(setting: Setting) -> Made:
    """The round of a setting: everybody who was invited has handed in, and nobody refuses."""
    groups = [group.id for group in edition().questionnaire.groups]
    sizes = dict(zip(groups, setting.sizes, strict=True))
    rules = Rules(thresholds=THRESHOLDS, small_groups=setting.small_groups)
    rules = replace(rules, asks_consent=asked_for_consent(sizes, rules))
    round = Round(
        id="r", key="k", title="R", questionnaire=edition().sha256, invited=sizes, rules=rules, state="closed"
    )
    results, hash = _scored(setting.seed, setting.sizes, setting.blanks)
    return Made(setting, replace(round, standing=decided(round, sizes, {})), results, hash)


@lru_cache(maxsize=4)
def _scored(seed: int, sizes: tuple[int, ...], blanks: int) -> tuple[Results, str]:
    """Everybody's scores, and the hash of their answers."""
    questionnaire, people = edition().questionnaire, answers_of(seed, sizes, blanks)
    all_items = questionnaire.items
    silent = {item.kind: Missing.SKIPPED if item.kind == "text" else Missing.NOT_ASKED for item in all_items}
    rows: list[str] = []
    for one in people:
        given = {id: Missing.SKIPPED if value is None else value for id, value in one.answers}
        rows.append("".join(encode(item, given.get(item.id, silent[item.kind]), questionnaire) for item in all_items))
    numbers = [str(number) for number in range(len(people))]
    return score(from_characters(questionnaire, rows, [one.group for one in people], numbers)), hash_of(people)


def exist(one: Made) -> frozenset[Shown]:
    """Every figure that there is of a round, whether it may be shown or not. Groups that are left out have none."""
    results, standing = one.results, one.round.standing
    group_of = np.array(results.answers.groups)
    kept = [group for group in standing if standing[group] != "left_out"]
    cells: dict[str, NDArray[np.bool_]] = {ALL: np.isin(group_of, kept)}
    cells |= {group: group_of == group for group in kept if standing[group] != "pooled"}
    if one.round.pooled:
        cells[POOL] = np.isin(group_of, one.round.pooled)
    scores = nodes(edition().questionnaire)
    found: set[Shown] = set()
    for cell, members in cells.items():
        for id in results.columns:
            if id not in scores and (members & results.asked[id]).any():
                found.add((cell, id, "missing"))
            if (members & results.scored[id]).any():
                found |= {(cell, id, "detail"), (cell, id, "score")} if id in scores else {(cell, id, "detail")}
    return frozenset(found)


def shown_now(one: Made) -> frozenset[Shown]:
    """What the program shows of a round that nothing was shown of before."""
    cells, why = withheld(one.round, one.results, frozenset())
    return frozenset(one for one in shown_of(one.results, cells, why) if one[2] not in ("spread", "word"))


# What could be published


class _Offered(Suppression):
    """Keeps what is offered to the audit, and what of it is published before bounds are looked at."""

    start: Audit | None = None
    published: frozenset[tuple[str, Quantity]]

    def publish(self, audit: Audit, offered: Sequence[tuple[str, Quantity]], secrets: Secrets) -> Audit:
        if self.start is None:
            self.start, self.secrets, self.means_offered = audit, secrets, list[tuple[str, Quantity]]()
        self.means_offered += offered
        return super().publish(audit, offered, secrets)

    def decide_by_bounds(self, by_class: object) -> None:
        self.published = frozenset(one for one in self.means_offered if one[1] not in self.reasons[one[0]])


class Means(NamedTuple):
    """How many means of a round are above every threshold, are published, and could be published at most."""

    offered: int
    published: int
    most: int


def means(one: Made) -> Means:
    """How many means the engine publishes, and the largest set from which no secret follows.

    Both by the same audit, so this holds the order in which figures are offered against every other choice; whether the
    audit sees every secret is for the attacks to find out. What bounds take away afterwards is not counted.
    """
    cells = of_round(one.results.answers, one.round)
    engine = _Offered(one.results, one.round.rules.thresholds, cells, frozenset())
    engine.decide()
    start = engine.start
    if start is None:  # nothing is secret, so everything is published
        return Means(0, 0, 0)

    def is_safe(some: frozenset[tuple[str, Quantity]]) -> bool:
        return not start.published(engine.figure(*one) for one in some).discloses(start, engine.secrets)

    most = optimum(engine.means_offered, is_safe)
    return Means(len(engine.means_offered), len(engine.published), len(most))


# What was shown before


class Kept(NamedTuple):
    """What was kept of a round: a hash of its answers, how many figures of each kind there were, and all hidden."""

    hash: str
    there: Mapping[str, int]
    hidden: frozenset[Shown]


def freeze(path: Path = FROZEN, some: Iterable[Setting] | None = None) -> int:
    """Keep what is hidden today in a file. Gives how many rounds there are in it."""
    rounds = [_entry(made(setting)) for setting in some or settings()]
    lines = ",\n".join(json.dumps(one, separators=(",", ":")) for one in rounds)
    text = f'{{"structure":"{structure()}","rounds":[\n{lines}\n]}}\n'
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    return len(rounds)


def _entry(one: Made) -> dict[str, object]:
    there, shown = exist(one), shown_now(one)
    if shown - there:
        raise ValueError(f"shown, but not among what there is: {sorted(shown - there)[:5]}")
    hidden: dict[str, dict[str, str]] = {}
    for cell, id, kind in sorted(there - shown):
        ids = hidden.setdefault(cell, {})
        ids[kind] = f"{ids[kind]} {id}" if kind in ids else id
    kinds = Counter(kind for _, _, kind in there)
    return {**one.setting._asdict(), "answers": one.hash, "there": dict(sorted(kinds.items())), "hidden": hidden}


def frozen(path: Path = FROZEN) -> dict[Setting, Kept]:
    """What was kept. ValueError where the questionnaire makes its scores otherwise than it did then."""
    table = json.loads(gzip.decompress(path.read_bytes()))
    if table["structure"] != structure():
        raise ValueError("The questionnaire has other items, or makes its scores otherwise, than when this was frozen.")
    found: dict[Setting, Kept] = {}
    for one in table["rounds"]:
        setting = Setting(tuple(one["sizes"]), one["small_groups"], one["blanks"], one["seed"])
        hidden = frozenset(
            (cell, id, kind)
            for cell, kinds in one["hidden"].items()
            for kind, ids in kinds.items()
            for id in ids.split()
        )
        found[setting] = Kept(one["answers"], one["there"], hidden)
    return found


def shown_then(one: Made, kept: Kept) -> frozenset[Shown]:
    """What was shown of a round then. ValueError where it is another round than it was."""
    there = exist(one)
    if one.hash != kept.hash or Counter(kind for _, _, kind in there) != kept.there or not kept.hidden <= there:
        raise ValueError(f"This is not the round that it was: {one.setting}.")
    return there - kept.hidden


# Then and now


@dataclass(frozen=True, slots=True)
class Tally:
    """How many figures were shown then, are shown now, and only one of the two."""

    then: int = 0
    now: int = 0
    only_then: int = 0
    only_now: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.then + other.then,
            self.now + other.now,
            self.only_then + other.only_then,
            self.only_now + other.only_now,
        )


@cache
def sort_of(id: str, kind: str) -> str:
    """The sort of a figure, of SORTS."""
    strands = {strand.id for strand in edition().questionnaire.strands}
    level = "overall" if id == OVERALL else "strand" if id in strands else "benchmark"
    if kind == "score":
        return f"score {level}"
    is_item = any(item.id == id for _, below in _benchmarks() for item in below)
    return "item" if kind == "detail" and is_item else kind


def places(figures: Iterable[Shown]) -> Counter[Place]:
    """How many of some figures there are at each place."""
    return Counter((sort_of(id, kind), cell == ALL) for cell, id, kind in figures)


def compare(now: Set[Shown], then: Set[Shown]) -> dict[Place, Tally]:
    """By sort of figure, and by whether it is of all or of a group: how many were shown then and are shown now."""
    were, are, gone, new = (places(one) for one in (then, now, then - now, now - then))
    return {place: Tally(were[place], are[place], gone[place], new[place]) for place in {**were, **are}}


def totals(shown: Set[Shown]) -> frozenset[str]:
    """The strands of which the mean of all is shown, and the whole where its is."""
    return frozenset(
        id for cell, id, kind in shown if cell == ALL and sort_of(id, kind) in ("score overall", "score strand")
    )


@dataclass
class Compared:
    """Some rounds held against what they were."""

    rounds: int
    there: Counter[Place]
    tallies: dict[Place, Tally]
    lost: list[tuple[Setting, tuple[str, ...], tuple[str, ...]]]
    """The rounds in which fewer totals are shown than then: which are gone, and which are new."""

    @classmethod
    def none(cls) -> "Compared":
        return cls(0, Counter(), {}, [])

    def add(self, one: Made, now: Set[Shown], then: Set[Shown]) -> None:
        self.rounds += 1
        self.there += places(exist(one))
        for place, tally in compare(now, then).items():
            self.tallies[place] = self.tallies.get(place, Tally()) + tally
        were, are = totals(then), totals(now)
        if len(are) < len(were):
            self.lost.append((one.setting, tuple(sorted(were - are)), tuple(sorted(are - were))))

    def lines(self, title: str) -> Iterator[str]:
        yield f"{title}, {self.rounds} rounds"
        yield f"  {'':24}{'exist':>8}{'then':>8}{'now':>8}{'only then':>11}{'only now':>11}"
        for is_all in (True, False):
            for sort in SORTS:
                one = self.tallies.get((sort, is_all), Tally())
                name = f"{'all' if is_all else 'groups'}: {sort}"
                yield (
                    f"  {name:24}{self.there[sort, is_all]:>8}{one.then:>8}{one.now:>8}"
                    f"{one.only_then:>11}{one.only_now:>11}"
                )
        yield f"  rounds with fewer overall and strand means of all than then: {len(self.lost)}"
        yield ""


def report(path: Path = FROZEN) -> Iterator[str]:
    """What was shown then and what is shown now, for all rounds, by size and rule; then the rounds that lost totals."""
    whole = Compared.none()
    parts = {(sizes, rule): Compared.none() for sizes in SIZES for rule in RULES}
    for setting, kept in frozen(path).items():
        one = made(setting)
        now, then = shown_now(one), shown_then(one, kept)
        for part in (whole, parts[setting.sizes, setting.small_groups]):
            part.add(one, now, then)
    for (sizes, rule), part in parts.items():
        yield from part.lines(f"{'/'.join(map(str, sizes))}, {rule}")
    yield from whole.lines("Together")
    for setting, gone, new in whole.lost:
        instead = f", shown only now: {' '.join(new)}" if new else ""
        yield (
            f"{'/'.join(map(str, setting.sizes))}, {setting.small_groups}, {setting.blanks} % open, "
            f"seed {setting.seed}: no longer shown of all: {' '.join(gone)}{instead}"
        )


# The most that could be shown


def optimum(candidates: Sequence[T], is_safe: Callable[[frozenset[T]], bool]) -> frozenset[T]:
    """A largest safe set of some candidates, where every subset of a safe set is safe. Of several, one that is as large
    as it gets by taking the candidates in their order is preferred. ValueError where not even nothing is safe.

    Branch and bound over what is left out: of each smallest unsafe set something must be, and of several that share
    nothing, something of each. It is quick where little must be left out, however much is shown.
    """
    return _Search(tuple(dict.fromkeys(candidates)), cache(is_safe)).best()


class _Search(Generic[T]):
    """Looks for a largest safe set."""

    def __init__(self, candidates: Sequence[T], is_safe: Callable[[frozenset[T]], bool]) -> None:
        self.candidates = candidates
        self.is_safe = is_safe
        self.found: frozenset[T] = frozenset()

    def best(self) -> frozenset[T]:
        if not self.is_safe(self.found):
            raise ValueError("not even nothing is safe")
        for one in self.candidates:
            if self.is_safe(self.found | {one}):
                self.found |= {one}
        self.look(frozenset(), [one for one in self.candidates if self.is_safe(frozenset([one]))])
        return self.found

    def look(self, kept: frozenset[T], free: Sequence[T]) -> None:
        """Look among the sets that hold what is kept and some of what is free."""
        cores: list[list[T]] = []
        left = list(free)
        while len(kept) + len(free) - len(cores) > len(self.found):
            if self.is_safe(kept | frozenset(left)):
                break
            if not (core := self.core(kept, left)):
                return  # what is kept is unsafe by itself
            cores.append(core)
            left = [one for one in left if one not in core]
        else:
            return
        self.take(kept | frozenset(left), free)
        if len(kept) + len(free) - len(cores) <= len(self.found):
            return
        # One of the first core must go. Each branch keeps those that an earlier one left out, so that no set is seen
        # twice.
        least = min(cores, key=len)
        for gone in least:
            self.look(kept, [one for one in free if one != gone])
            kept, free = kept | {gone}, [one for one in free if one != gone]

    def take(self, safe: frozenset[T], free: Iterable[T]) -> None:
        """Note down a safe set, with whatever else can be in it."""
        for one in free:
            if one not in safe and self.is_safe(safe | {one}):
                safe |= {one}
        if len(safe) > len(self.found):
            self.found = safe

    def core(self, kept: frozenset[T], free: Sequence[T]) -> list[T]:
        """Of what is free, as few as make an unsafe set with what is kept: none of them can be spared."""
        core: list[T] = []
        free = list(free)
        while self.is_safe(kept | frozenset(core)):
            # The last of the shortest unsafe beginning of what is free is needed, and nothing behind it is.
            known = kept | frozenset(core)
            shortest = bisect_left(
                range(len(free)), True, key=lambda end: not self.is_safe(known | frozenset(free[: end + 1]))
            )
            core.append(free[shortest])
            free = free[:shortest]
        return core


def main(words: Sequence[str] | None = None) -> int:
    """Freeze what is shown, or compare."""
    parser = argparse.ArgumentParser(prog="python -m tests.disclosure.utility")
    parser.add_argument("what", choices=("freeze", "compare", "most"))
    parser.add_argument("--again", action="store_true", help="freeze over what was frozen before")
    given = parser.parse_args(words)
    if given.what == "compare":
        for line in report():
            sys.stdout.write(f"{line}\n")
        return 0
    if given.what == "most":
        found = [means(made(setting)) for setting in settings()]
        offered, published, most = map(sum, zip(*found, strict=True))
        sys.stdout.write(f"{len(found)} rounds: {published:,} of {offered:,} means are published, at most {most:,}\n")
        return 0
    if FROZEN.exists() and not given.again:
        sys.stderr.write(f"{FROZEN.name} is there. To write over what was shown before, say --again.\n")
        return 1
    sys.stdout.write(f"{freeze()} rounds, {FROZEN.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
