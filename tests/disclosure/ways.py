"""All ways in which people can have answered so that some rules hold (printed_skills.py), by whole programs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import csr_array

from tests.disclosure.printed_skills import Key, Rule

Vector = NDArray[np.float64]

SECONDS = 10
"""So long a whole program may take. What it leaves undone only makes an attack weaker."""
LOOKS = 3
"""So many ways are tried at first that lie far apart: most of what is open shows there."""
CLOSE = 1e-6


@dataclass
class Effort:
    """What was looked at."""

    programs: int = 0
    undecided: int = 0
    """Programs that took too long."""
    places: int = 0
    """Of whom something was asked: of answers, scores, and numbers of few."""


class Search:
    """Everything that people can have said so that some rules hold."""

    def __init__(self, rules: Iterable[Rule], true: Mapping[Key, float], effort: Effort) -> None:
        unlike = {(frozenset(one.terms.items()), one.low, one.high): one for one in rules if one.terms}
        self.rules = [*unlike.values()]
        self.effort = effort
        self.keys = list(dict.fromkeys(key for one in self.rules for key in one.terms))
        self.place = {key: place for place, key in enumerate(self.keys)}
        self.true = np.array([true.get(key, 0.0) for key in self.keys])
        for one in self.rules:
            value = sum(share * true.get(key, 0.0) for key, share in one.terms.items())
            assert one.low - CLOSE <= value <= one.high + CLOSE, f"{one.says}: {one.low} to {one.high}, not {value}"

    @cached_property
    def parts(self) -> list["Part"]:
        """The unknowns that have to do with each other."""
        parent = [*range(len(self.keys))]

        def root(one: int) -> int:
            while parent[one] != one:
                parent[one] = parent[parent[one]]
                one = parent[one]
            return one

        for rule in self.rules:
            first, *others = (self.place[key] for key in rule.terms)
            for other in others:
                parent[root(other)] = root(first)
        members: dict[int, list[int]] = {}
        for one in range(len(self.keys)):
            members.setdefault(root(one), []).append(one)
        inside: dict[int, list[Rule]] = {}
        for rule in self.rules:
            inside.setdefault(root(self.place[next(iter(rule.terms))]), []).append(rule)
        return [Part([self.keys[one] for one in some], inside.get(of, []), self.true[some], self.effort)
                for of, some in members.items()]  # fmt: skip  # one for each

    @cached_property
    def part_of(self) -> dict[Key, "Part"]:
        return {key: part for part in self.parts for key in part.keys}

    def is_sum(self, terms: Mapping[Key, float]) -> bool:
        """Whether it follows from what is printed by adding and subtracting."""
        parts = {id(self.part_of[key]): self.part_of[key] for key in terms}
        return all(part.is_sum(terms) for part in parts.values())


class Part:
    def __init__(self, keys: Sequence[Key], rules: Sequence[Rule], true: Vector, effort: Effort) -> None:
        self.keys = keys
        self.place = {key: place for place, key in enumerate(keys)}
        self.effort = effort
        self.rows = np.zeros((len(rules), len(keys)))
        for number, rule in enumerate(rules):
            for key, share in rule.terms.items():
                self.rows[number, self.place[key]] = share
        self.low = np.array([rule.low for rule in rules])
        self.high = np.array([rule.high for rule in rules])
        self.is_number = np.array([rule.is_number for rule in rules], dtype=bool)
        self.ways = [true]
        """Some ways in which everybody can have answered."""
        self.has_looked = False

    def look(self) -> None:
        """Find some ways that lie far apart."""
        if not self.has_looked:
            self.has_looked = True
            chance = np.random.default_rng(len(self.keys))
            for _ in range(LOOKS):
                self.least(chance.normal(size=len(self.keys)))

    def least(self, goal: Vector, more: "More | None" = None) -> float | None:
        """The least that a sum can be; None where that took too long to find out."""
        self.effort.programs += 1
        rows, low, high, upper = self.rows, self.low, self.high, np.full(len(self.keys), np.inf)
        if more is not None:
            wider = np.hstack([rows, np.zeros((len(rows), more.rows.shape[1] - len(self.keys)))])
            rows, low, high = np.vstack([wider, more.rows]), np.append(low, more.low), np.append(high, more.high)
            upper = np.append(upper, np.ones(rows.shape[1] - len(self.keys)))
        solved = milp(
            goal, integrality=np.ones(rows.shape[1]), bounds=(0, upper),
            constraints=LinearConstraint(csr_array(rows), low, high),
            options={"time_limit": SECONDS, "mip_rel_gap": 0.0},
        )  # fmt: skip  # in few lines
        if solved.x is not None:
            way = np.round(solved.x[: len(self.keys)])
            sums = self.rows @ way
            if (sums >= self.low - CLOSE).all() and (sums <= self.high + CLOSE).all():
                self.ways.append(way)
        if solved.status != 0:
            self.effort.undecided += 1
            return None
        return float(solved.fun)

    def is_sum(self, terms: Mapping[Key, float]) -> bool:
        goal = np.array([terms.get(key, 0.0) for key in self.keys])
        rows = self.rows[self.is_number].T
        return bool(np.abs(rows @ np.linalg.lstsq(rows, goal, rcond=None)[0] - goal).max() < CLOSE)


@dataclass(frozen=True)
class More:
    """One person among their class: which of its answers are theirs."""

    rows: Vector
    low: Vector
    high: Vector
