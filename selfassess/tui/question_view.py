"""What the question screen shows of a step, and what it calls its keys, as plain values."""

from collections.abc import Iterator
from dataclasses import dataclass

from selfassess.model.questionnaire import Item
from selfassess.model.sheet import Draft, Missing, Response
from selfassess.sitting import notices, state
from selfassess.sitting.choices import SO_ONCE, STILL_SO, Choice, is_whole, offered_at
from selfassess.sitting.session import Sitting
from selfassess.sitting.steps import Place, Step, place
from selfassess.tui.widgets.key_bar import COLOURS, HELP, Key
from selfassess.tui.widgets.scale_options import Mark, Option

REVIEW_ANYWHERE = Key("ctrl+r", "Ctrl+R", "Review")
"""The key that leads to the review from a field too, where R is a letter."""


@dataclass(frozen=True, slots=True)
class View:
    """What is shown of a step."""

    part: str
    count: str
    context: tuple[str, ...]
    """Less prominent text above: about the strand, on its first step, and the benchmark."""
    text: str
    help: str
    options: tuple[Option, ...]
    responses: tuple[Response, ...]
    """The response of each option."""
    settles: tuple[bool, ...]
    """Whether each option answers the step at one press: not where several can be chosen, where something else can be
    typed, or where the key of one begins that of another."""
    mark: Mark
    entry: str | None
    """The text in the field of the step. None: it has no field."""
    entry_label: str
    is_typed: bool
    """Whether the field is for one line, such as a number."""
    characters: str
    """The characters that the field takes. Empty: any."""
    is_written: bool
    """Whether the step is answered with text: then its help is always shown."""
    comment: str
    """The comment on the step; "" for steps that are answered with text."""
    wants_answer: bool
    """Whether it counts as open until it is answered. Only such steps can be commented on."""
    invitation: str
    """A request for a comment, if the author wants one."""
    is_answered: bool

    @property
    def chosen(self) -> int | None:
        """The first option that is chosen."""
        return next((index for index, option in enumerate(self.options) if option.is_chosen), None)


def view(sitting: Sitting) -> View:
    """What is shown of the current step."""
    questionnaire, draft, step = sitting.questionnaire, sitting.draft, sitting.step
    at = place(sitting.steps, step)
    item = step.item
    response = _response(draft, step)
    comment = draft.comments.get(step.id, "")
    offered = offered_at(questionnaire, step)
    lacks_comment = item is not None and state.lacks_comment(draft, item)
    return View(
        part=notices.part(at, step.strand),
        count=notices.which_question(at),
        context=tuple(_context(draft, step, at)),
        text=step.words(draft.group),
        help=item.help if item else "",
        options=_options(offered, response),
        responses=tuple(choice.response for choice in offered),
        settles=tuple(
            is_whole(offered, choice) and not (item and (item.takes_several or item.is_typed)) for choice in offered
        ),
        mark="many" if item and item.takes_several else "one",
        entry=None if step.barrier else sitting.refused.get(step.id, _entry(item, response, comment)),
        entry_label=_entry_label(item),
        is_written=item is not None and item.is_in_words,
        is_typed=item is not None and item.is_typed,
        characters=item.answering.characters if item else "",
        comment=comment if step.wants_answer else "",
        wants_answer=step.wants_answer,
        invitation=f"{notices.SAY_MORE} Press C to write a comment." if lacks_comment else "",
        is_answered=response is not None or (item is None and bool(comment)),
    )


def _response(draft: Draft, step: Step) -> Response | None:
    if step.barrier:
        return SO_ONCE if state.is_past(draft, step) else STILL_SO
    return draft.responses.get(step.id)


def _options(offered: tuple[Choice, ...], response: Response | None) -> tuple[Option, ...]:
    first_missing = next((choice for choice in offered if isinstance(choice.response, Missing)), None)
    return tuple(
        Option(
            choice.label,
            key=choice.press,
            heading=" " if choice is first_missing else "",
            is_chosen=choice.response in response if isinstance(response, tuple) else choice.response == response,
            mark="one" if isinstance(choice.response, Missing) else None,
        )
        for choice in offered
    )


def _context(draft: Draft, step: Step, at: Place) -> Iterator[str]:
    if at.is_first and step.strand.about:
        yield step.strand.about
    if step.benchmark:
        yield step.benchmark.title
    if step.barrier and isinstance(text := draft.responses.get(step.barrier.id), str):
        yield f"You wrote: {text}"


def _entry(item: Item | None, response: Response | None, comment: str) -> str | None:
    if item is None:
        return comment
    if not item.is_in_words and not item.is_typed:
        return None
    return "" if response is None or isinstance(response, Missing) else item.answering.typed(response)


def _entry_label(item: Item | None) -> str:
    if item is not None and item.is_typed:
        return f"Your answer ({item.limits}):" if item.limits else f"Your answer, {item.answering.how_typed}:"
    return "Write here if you like:"


def keys(view: View, *, is_saved: bool, is_writing: bool, is_explained: bool, enter_chooses: bool) -> list[Key]:
    """The keys to name, those that one needs most first."""
    if is_writing:
        onward = Key("enter", "Enter", "Next") if view.is_typed else Key("tab", "Tab", "Next")
        stop = Key("escape", "Esc", "Stop writing")
        return [onward, Key("shift+tab", "Shift+Tab", "Back"), stop, REVIEW_ANYWHERE, HELP]
    enter = "Choose" if enter_chooses else "Skip" if view.wants_answer and not view.is_answered else "Next"
    found = [
        Key("enter", "Enter", enter),
        Key("left", "←", "Back"),
        Key("escape", "Esc", "Save and leave" if is_saved else "Leave"),
        HELP,
    ]
    if view.is_typed:
        found.insert(1, Key("w", "W", "Write"))
    if view.wants_answer:
        found.append(Key("c", "C", "Comment"))
    if view.help and not view.is_written:
        found.append(Key("h", "H", "Hide the explanation" if is_explained else "Explain"))
    is_in_words = view.entry is not None and not view.is_typed  # then letters are text
    found.append(REVIEW_ANYWHERE if is_in_words else Key("r", "R", "Review"))
    if view.is_answered and view.wants_answer:
        found.append(Key("delete", "Del", "Clear"))
    return [*found, COLOURS]
