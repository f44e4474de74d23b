"""What the question page shows of a step: words and values, worked out before anything is drawn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from selfassess.model.asking import comment_wanted
from selfassess.model.item import Item
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.sheet import Missing, Response
from selfassess.sitting import state, words
from selfassess.sitting.live import Sitting
from selfassess.sitting.number import figures, limits
from selfassess.sitting.order import Place, Step, place
from selfassess.tui.widgets.options import Mark, Option

DONT_KNOW = "d"
NOT_APPLICABLE = "a"
LETTERS = "befgijklmnopqsuvwxyz"
"""Letters that stand for options after 1 to 9: all but those with a meaning of their own on the page."""


@dataclass(frozen=True, slots=True)
class View:
    """A step, ready to be shown."""

    part: str
    count: str
    context: str
    """Quiet words above: the strand's, where it begins, and the benchmark's."""
    text: str
    help: str
    options: tuple[Option, ...]
    responses: tuple[Response, ...]
    """What each option stands for."""
    mark: Mark
    entry: str | None
    """What is written so far in the field of the step. None: it has no field."""
    entry_label: str
    is_number: bool
    """Whether the field is for a number, on one line."""
    is_written: bool
    """Whether the step is answered in one's own words: then what explains it is always shown."""
    comment: str
    """What the person has said about the step. Nothing for steps that are a text themselves."""
    wants_answer: bool
    """Whether it counts as open until it is answered. It can be commented on then."""
    invitation: str
    """What asks for a comment, gently, where the author wants one."""
    is_answered: bool

    @property
    def chosen(self) -> int | None:
        """The first option that is chosen."""
        return next((index for index, option in enumerate(self.options) if option.is_chosen), None)


def view(sitting: Sitting) -> View:
    """The step that the person is at."""
    questionnaire, draft, step = sitting.questionnaire, sitting.draft, sitting.step
    at = place(sitting.steps, step)
    item = step.item
    response = draft.responses.get(step.id)
    comment = draft.comments.get(step.id, "")
    offered = tuple(_offered(questionnaire, item)) if item else ()
    wanted = item is not None and not comment and comment_wanted(item, draft.responses)
    return View(
        part=words.part(at, step.strand),
        count=words.count(at),
        context="\n\n".join(_context(step, at)),
        text=step.words(draft.group),
        help=item.help if item else "",
        options=_options(offered, response),
        responses=tuple(value for value, _ in offered),
        mark="many" if item and item.kind == "many" else "one",
        entry=sitting.refused.get(step.id, _entry(item, response, comment)),
        entry_label=_entry_label(item),
        is_written=item is not None and item.kind == "text",
        is_number=item is not None and item.kind == "number",
        comment=comment if step.wants_answer else "",
        wants_answer=step.wants_answer,
        invitation="Would you like to say a little more about this? Press C to write a comment." if wanted else "",
        is_answered=step.id in draft.responses or (item is None and bool(comment)),
    )


def keys(labels: Sequence[str]) -> list[str]:
    """A key for each label: a label that is one figure is its own key, the others get 1 to 9, then letters, until
    there are none left."""
    own = [label if label in set("0123456789") and label not in labels[:at] else "" for at, label in enumerate(labels)]
    free = iter(key for key in "123456789" + LETTERS if key not in own)
    return [key or next(free, "") for key in own]


def _offered(questionnaire: Questionnaire, item: Item) -> Iterator[tuple[Response, str]]:
    """Everything that can be chosen as a response to an item, with its words."""
    if item.has_points:
        scale = questionnaire.scale_of(item)
        for value in scale.values:
            yield value, scale.label(value)
    if label := state.dont_know(questionnaire, item):
        yield Missing.DONT_KNOW, label
    if label := state.not_applicable(questionnaire, item):
        yield Missing.NOT_APPLICABLE, label


def _options(offered: tuple[tuple[Response, str], ...], response: Response | None) -> tuple[Option, ...]:
    points = [label for value, label in offered if not isinstance(value, Missing)]
    own_keys = iter(keys(points))
    special = {Missing.DONT_KNOW: DONT_KNOW, Missing.NOT_APPLICABLE: NOT_APPLICABLE}
    found: list[Option] = []
    for value, label in offered:
        is_missing = isinstance(value, Missing)
        found.append(
            Option(
                label,
                key=special[value] if isinstance(value, Missing) else next(own_keys),
                heading=" " if is_missing and len(found) == len(points) else "",
                is_chosen=value in response if isinstance(response, tuple) else value == response,
                mark="one" if is_missing else None,
            )
        )
    return tuple(found)


def _context(step: Step, at: Place) -> Iterator[str]:
    if at.is_first and step.strand.about:
        yield step.strand.about
    if step.benchmark:
        yield step.benchmark.title


def _entry(item: Item | None, response: Response | None, comment: str) -> str | None:
    match item:
        case None:
            return comment
        case Item(kind="text"):
            return response if isinstance(response, str) else ""
        case Item(kind="number"):
            return figures(response) if isinstance(response, float | int) else ""
        case _:
            return None


def _entry_label(item: Item | None) -> str:
    if item is not None and item.kind == "number":
        accepted = limits(item)
        return f"Your answer ({accepted}):" if accepted else "Your answer, in figures:"
    return "If you like, press W and write here:"
