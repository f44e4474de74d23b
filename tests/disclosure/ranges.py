"""The unknown totals in whole steps, and the ranges that the printed, rounded numbers leave them."""

from collections.abc import Sequence
from math import gcd, lcm

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import LinearConstraint, linprog, milp
from scipy.sparse import csr_array

from selfassess.model.score_tree import exact
from tests.disclosure.printed import Form, System

NOISE = 1e-7


class Ranges:
    """The unknown totals in whole steps, and the ranges that the printed numbers leave them."""

    def __init__(self, system: System) -> None:
        self.system = system
        self.steps = [self._steps(id) for _, id in system.keys]
        """By column, how many steps lie between the ends; none of a node, whose scores are no whole numbers."""
        self.most = np.array([
            system.n(block, id) * (steps or 1) for (block, id), steps in zip(system.keys, self.steps, strict=True)
        ], dtype=float)  # fmt: skip  # in few lines
        self.rows = self.of_forms([form for form, _ in system.told])
        self.low = np.array([told.low / 100 for _, told in system.told]) - NOISE / 100
        self.high = np.array([
            told.high / 100 + (NOISE if told.high == told.low else -NOISE) / 100 for _, told in system.told
        ])  # fmt: skip  # in few lines
        self.sides = csr_array(np.vstack([self.rows, -self.rows])) if len(self.rows) else None
        self.limits = np.concatenate([self.high, -self.low])

    def _steps(self, id: str) -> int:
        if id not in self.system.printed.items:
            return 0
        item = self.system.printed.items[id]
        values = [exact(value) for value in self.system.printed.questionnaire.scale_of(item).values]
        values = [value for value in values if float(value) not in item.not_applicable_values]
        gaps = [value - min(values) for value in values]
        common = lcm(*(gap.denominator for gap in gaps))
        whole = [int(gap * common) for gap in gaps]
        return max(whole) // gcd(*whole)

    def of_forms(self, forms: Sequence[Form]) -> NDArray[np.float64]:
        found = np.zeros((len(forms), len(self.steps)))
        for row, form in enumerate(forms):
            for column, share in form.items():
                found[row, column] = float(share) / (self.steps[column] or 1)
        return found

    def least(self, goal: NDArray[np.float64]) -> float | None:
        found = linprog(goal, A_ub=self.sides, b_ub=self.limits, bounds=np.column_stack([0 * self.most, self.most]))
        return float(found.fun) if found.status == 0 else None

    def whole(self, goal: NDArray[np.float64], otherwise: int) -> int:
        whole = np.array([float(steps > 0) for steps in self.steps])
        found = milp(
            goal, integrality=whole, bounds=(0, self.most), options={"time_limit": 10},
            constraints=LinearConstraint(csr_array(self.rows), self.low, self.high),
        )  # fmt: skip  # in few lines
        return round(found.fun) if found.status == 0 else otherwise
