"""How long what is left of a sitting takes, by the pace of the person who answers. Nothing of it is kept."""

from statistics import median

from selfassess.model.sheet import Draft
from selfassess.sitting.steps import Step, usual_seconds

ENOUGH = 5
"""Steps after which a person's own pace is known."""
BREAK = 180
"""Seconds on one step after which somebody did something else meanwhile."""
FASTEST = 0.2
"""The least part of the usual time: those who only leaf through say nothing of how they answer."""


class Pace:
    """How fast a person is, against what is usual."""

    def __init__(self) -> None:
        self._ratios: list[float] = []
        self._since: float | None = None

    def turned(self, step: Step | None, now: float) -> None:
        """A page was turned, at some second; `step` is the one that was answered on it, if one was."""
        if step and self._since is not None and now - self._since < BREAK:
            self._ratios.append((now - self._since) / usual_seconds(step))
        self._since = now

    @property
    def ratio(self) -> float:
        """The time that this person takes, in the usual times; 1 while too little is known."""
        return max(FASTEST, median(self._ratios)) if len(self._ratios) >= ENOUGH else 1

    def minutes_left(self, steps: tuple[Step, ...], step: Step, draft: Draft) -> int:
        """About how many minutes are left, from a step on: what is answered already takes none."""
        ahead = steps[steps.index(step) :]
        seconds = sum(usual_seconds(each) for each in ahead if not _is_done(draft, each))
        return max(1, round(seconds * self.ratio / 60)) if seconds else 0


def _is_done(draft: Draft, step: Step) -> bool:
    return step.barrier is not None or step.id in draft.responses or (step.item is None and step.id in draft.comments)
