"""What a person can choose for an item, and the key that chooses it: one rule for the screen, the questions line by
line, the paper form and the rows that are typed from it.

Where the points of a scale are read as figures ("0", "0 - none", or a point without a label), and every such figure is
the value of its point, the values are the keys. Otherwise the keys count from 1; or they are letters, where a count
would give one point the figure that people read at another ("2 or fewer, 3, 4 or more").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from selfassess.model.questionnaire import Item, Questionnaire, Scale
from selfassess.model.routing import dont_know, not_applicable
from selfassess.model.sheet import ONCE, STILL, Missing, Response
from selfassess.numbers import figures, number
from selfassess.sitting.steps import Step

STILL_SO, SO_ONCE = 0.0, 1.0
"""What the choices stand for where it is asked whether a barrier is still the case."""
DONT_KNOW, NOT_APPLICABLE = "d", "a"
LETTERS = "efgijklmopquvz"
"""The keys of points that no single figure stands for: letters that mean nothing else at any door."""

_FIGURE = re.compile(r"\s*[(\[]?\+?([-−]?\d{1,15}(?:[.,]\d{1,6})*)")


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose for an item."""

    response: float | Missing
    label: str
    """What is read beside the key; nothing for a point without a label whose key says no value."""
    press: str
    """The single key that chooses it; nothing where there are more points than keys."""
    written: str
    """What is printed to be circled, and can be typed in full: the key, or a number of more than one figure."""

    @property
    def key(self) -> str:
        """What stands beside it where lines are typed."""
        return self.press or self.written


def choices(questionnaire: Questionnaire, item: Item) -> tuple[Choice, ...]:
    """Everything that an item offers to choose: the points of its scale in their order, then "don't know" and "doesn't
    apply" where they are offered. Nothing to choose among for a text; for a number at most those two."""
    found = list(points(questionnaire.scale_of(item))) if item.has_points else []
    if label := dont_know(questionnaire, item):
        found.append(Choice(Missing.DONT_KNOW, label, DONT_KNOW, DONT_KNOW))
    if label := not_applicable(questionnaire, item):
        found.append(Choice(Missing.NOT_APPLICABLE, label, NOT_APPLICABLE, NOT_APPLICABLE))
    return tuple(found)


def offered_at(questionnaire: Questionnaire, step: Step) -> tuple[Choice, ...]:
    """Everything that a step offers to choose."""
    if step.barrier:
        return (Choice(STILL_SO, STILL, "1", "1"), Choice(SO_ONCE, ONCE, "2", "2"))
    return choices(questionnaire, step.item) if step.item else ()


def points(scale: Scale) -> tuple[Choice, ...]:
    """The points of a scale, each with its key."""
    labels = [point.label for point in scale.points]
    if has_values_as_keys(scale):
        written = [figures(value) for value in scale.values]
        labels = [label or text for label, text in zip(labels, written, strict=True)]
    else:
        written = _counted(labels)
    letters = iter(LETTERS)
    return tuple(
        Choice(value, label, text if len(text) == 1 else next(letters, ""), text)
        for value, label, text in zip(scale.values, labels, written, strict=True)
    )


def _counted(labels: Sequence[str]) -> list[str]:
    """The places of points, from 1; letters where the place of one is the figure that another begins with."""
    read = [_leading_figure(label) for label in labels]
    misleads = any(place in read and figure != place for place, figure in enumerate(read, start=1))
    if misleads and len(labels) <= len(LETTERS):
        return list(LETTERS[: len(labels)])
    return [str(place) for place in range(1, len(labels) + 1)]


def has_values_as_keys(scale: Scale) -> bool:
    """Whether the values of a scale are its keys: some of its points are read as figures, and each of these figures is
    the value of its point."""
    read = [(_leading_figure(point.label or figures(point.value)), point.value) for point in scale.points]
    said = [(figure, value) for figure, value in read if figure is not None]
    return bool(said) and all(figure == value for figure, value in said)


def choice_of(offered: Sequence[Choice], typed: str) -> Choice | None:
    """The choice that was typed, by its key or in full; None if there is no such one."""
    typed = typed.strip().lower()
    return next((choice for choice in offered if typed and typed in (choice.press, choice.written)), None)


def choice_named(offered: Sequence[Choice], typed: str) -> Choice | None:
    """The choice whose words were typed, or their beginning where no other begins so; None if there is no such one."""
    words = _bare(typed)
    labels = [(choice, _bare(choice.label)) for choice in offered]
    found = [choice for choice, label in labels if words and label == words] or [
        choice for choice, label in labels if words and label.startswith(words)
    ]
    return found[0] if len(found) == 1 else None


def _bare(words: str) -> str:
    """Words without what nobody types alike: capitals, spaces, apostrophes and a full stop."""
    return " ".join(words.casefold().replace("’", "'").split()).rstrip(".")


def is_whole(offered: Sequence[Choice], choice: Choice) -> bool:
    """Whether the key of a choice says it all: what is typed for no other begins with it, as 10 does with 1."""
    others = (other.written for other in offered if other is not choice)
    return bool(choice.press) and not any(written.startswith(choice.press) for written in others)


def several(offered: Sequence[Choice], typed: str) -> Response | None:
    """What was typed for an item of which any points can be chosen: their values, in the order of the points, or the
    one kind of missing. None where a word of it is no choice, or there is none."""
    found = [choice_of(offered, word) for word in typed.replace(",", " ").split()]
    if not found or None in found:
        return None
    chosen = {choice.response for choice in found if choice}
    if any(isinstance(response, Missing) for response in chosen):
        return chosen.pop() if len(chosen) == 1 else None
    return tuple(
        choice.response for choice in offered if choice.response in chosen and not isinstance(choice.response, Missing)
    )


def range_of(offered: Sequence[Choice]) -> str:
    """The points of a scale as they are typed: "1 to 5", or "0, 25, 50" where they are not in a row."""
    written = [choice.written for choice in offered if not isinstance(choice.response, Missing)]
    values = [number(text) or 0 for text in written]
    steps = {after - before for before, after in pairwise(values)}
    return f"{min(values):g} to {max(values):g}" if steps in ({1}, {-1}) else ", ".join(written)


def several_named(offered: Sequence[Choice], typed: str) -> Response | None:
    """The same by words, with commas between them."""
    found = [choice_of(offered, words) or choice_named(offered, words) for words in typed.split(",")]
    keys = [choice.key for choice in found if choice]
    return several(offered, " ".join(keys)) if len(keys) == len(found) else None


def _leading_figure(text: str) -> float | None:
    """The number that a text begins with; None where it begins with none."""
    found = _FIGURE.match(text)
    return number(found[1]) if found else None
