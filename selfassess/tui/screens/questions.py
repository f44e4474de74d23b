"""The questionnaire screen: one step at a time.

A number key or a click answers: the choice is shown for a moment, so that nobody is unsure whether the key has worked,
and the page turns by itself. Another key in that moment corrects the choice, Enter goes on at once, and anything else
stays; after it, the arrow to the left is the undo. `typed_ahead` keeps a key that bounces from answering what nobody
has read. Where one press does not say it all, and for those who prefer it, Enter goes on.

If a question is answered with text or a number, its field has the focus from the start, and what is typed there is only
ever text. Tab, Escape or a click on the key bar leaves the field; Ctrl+R leads to the review from there too. In a
question that is answered with text, the next letter that is typed enters it again.
"""

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Literal

from textual import events
from textual.app import ComposeResult
from textual.timer import Timer

from selfassess.sitting import notices
from selfassess.sitting.course import Leave, neighbour
from selfassess.sitting.pace import Pace
from selfassess.sitting.session import Sitting
from selfassess.sitting.steps import Step
from selfassess.tui import preferences, typed_ahead
from selfassess.tui.question_view import keys as question_keys
from selfassess.tui.question_view import view as make_view
from selfassess.tui.screens.base import BaseScreen
from selfassess.tui.typed_ahead import OwnTurn
from selfassess.tui.widgets.key_bar import LOW
from selfassess.tui.widgets.question_page import QuestionPage
from selfassess.tui.widgets.scale_options import Options
from selfassess.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from selfassess.tui.widgets.text_field import TextField


class Questions(BaseScreen[Literal["review", "group"] | Leave]):
    """Shows steps and takes answers. Returns where the person goes from here."""

    def __init__(self, sitting: Sitting, greeting: str = "") -> None:
        super().__init__()
        self.sitting = sitting
        self.greeting = greeting
        """Shown until the first key."""
        self.where = StatusLine("where")
        self.page = QuestionPage()
        self.options: Options = self.page.options
        self.more = StatusLine("more")
        self.status = StatusLine("status")
        self.shown = ""
        """The id of the step whose text is in the fields."""
        self.explained = False
        self.commenting = False
        self.moved = False
        """Whether the pointer was moved, so that Enter chooses what it is on."""
        self.going_on: Timer | None = None
        """Runs while an answer is shown, before the page turns by itself."""
        self.pace = Pace()
        self.meanings: dict[str, Callable[[], None]] = {
            "enter": self.enter,
            "space": self.mark,
            "up": partial(self.move, -1),
            "down": partial(self.move, 1),
            "right": self.next,
            "f3": self.change_pace,
            "left": self.previous,
            "tab": self.onward,
            "shift+tab": self.backward,
            "pagedown": self.page_down,
            "pageup": self.page_up,
            "delete": self.clear,
            "backspace": self.previous,
            "c": self.comment,
            "w": self.write,
            "h": self.explain,
            "r": self.review,
            "ctrl+r": self.review,
        }

    def compose(self) -> ComposeResult:
        yield self.where
        yield self.page
        yield self.more
        yield self.status
        yield self.bar

    def on_mount(self) -> None:
        self.view = make_view(self.sitting)
        self.turn_to(self.sitting.step)
        self.watch(self.page, "scroll_y", self.show_more, init=False)
        self.screen_layout_refresh_signal.subscribe(self, lambda _: self.show_more())

    def on_resize(self) -> None:
        self.call_after_refresh(self.refit)

    # Showing

    def turn_to(self, step: Step) -> None:
        """Show another step."""
        self.pace.turned(self.sitting.step if self.view.is_answered else None, time.monotonic())
        self.sitting.go_to(step)
        self.shown = step.id
        self.explained = self.commenting = self.moved = False
        self.set_focus(None)
        self.page.scroll_home(animate=False, immediate=True)
        self.refill()
        self.write()

    def refill(self, pointer: int | None = None) -> None:
        """Show the current state of the step."""
        view = self.view = make_view(self.sitting)
        with self.app.batch_update():
            self.show_where()
            self.page.fill(view, explained=self.explained, commenting=self.commenting, pointer=pointer)
            self.show_state()

    def refit(self) -> None:
        """Show the step as it fits into a window of another size."""
        self.take_text()
        self.refill(self.options.pointer)
        self.show_more()

    @property
    def is_low(self) -> bool:
        """Whether there is room for the question and its answers alone."""
        return self.app.size.height < LOW

    def show_where(self) -> None:
        """Show the part and the question, how far the person is, and how long the rest takes them."""
        sitting, view = self.sitting, self.view
        bar = notices.progress_bar(sitting.progress)
        left = notices.time_left(self.pace.minutes_left(sitting.steps, sitting.step, sitting.draft))
        if self.is_low:
            more = "↓ more" if self.has_more else ""
            self.where.say(view.count, " ".join(filter(None, (more, left))))
        else:
            told = " ".join(filter(None, (view.count, bar, left)))
            fits = len(view.part) + len(told) + 2 <= (self.where.content_size.width or len(view.part + told) + 2)
            self.where.say(view.part if fits else view.part.partition(":")[0], told, view.count)

    def show_state(self) -> None:
        """Show whether answers are saved, and what keys do."""
        sitting = self.sitting
        self.status.display = not self.is_low or bool(sitting.trouble or self.greeting)
        if sitting.trouble:
            self.status.say(notices.not_saved(sitting.trouble), alarm=True)
        else:
            self.status.say(self.greeting or notices.saved(sitting.saver.where), notices.answered(sitting.progress))
        self.bar.set_keys(
            question_keys(
                self.view,
                is_saved=bool(sitting.saver.where),
                is_writing=self.writing is not None,
                is_explained=self.explained,
                enter_chooses=self.would_choose() is not None,
            )
        )

    def show_more(self) -> None:
        """Say so if there is more below. The line for it is always there: otherwise it would change what fits."""
        self.more.say("↓ There is more below: Page Down" if self.has_more else "")
        if self.is_low:
            self.show_where()

    @property
    def has_more(self) -> bool:
        """Whether there is more of the step below."""
        return self.page.scroll_y < self.page.max_scroll_y

    def would_choose(self) -> int | None:
        """The option that Enter would choose: the one that the pointer was moved to, unless it is chosen already."""
        pointer = self.options.pointer
        return pointer if self.moved and pointer is not None and not self.view.options[pointer].is_chosen else None

    # Keys

    def field_for(self, event: events.Key | events.Paste) -> "TextField | None":
        """In a question that is answered with text, letters and pastes go to its field even if it was left."""
        if not self.writing and self.is_in_words and (isinstance(event, events.Paste) or event.is_printable):
            self.write()
        return self.writing

    @property
    def is_in_words(self) -> bool:
        """Whether the step is answered with text."""
        return self.view.entry is not None and not self.view.is_typed

    def press(self, key: str) -> bool:
        self.greeting = ""
        was_going_on = self.stay()
        index = self.options.index_of(key)
        if index is not None:
            self.answer(index, key)
        elif was_going_on and key in ("left", "backspace"):
            self.show_state()  # the undo: it leads to the question that was answered, which is still here
        elif act := self.meanings.get(key):
            act()
        else:
            return super().press(key)
        return True

    def write(self) -> None:
        """Enter the field of the step, if it has one."""
        if self.view.entry is not None:
            self.set_focus(self.page.entry)

    def enter(self) -> None:
        is_in_words = self.writing is not None and self.writing.kind == "text"
        index = None if is_in_words else self.would_choose()
        if index is None:
            self.next()
        else:
            self.answer(index, "enter")

    def mark(self) -> None:
        """The space bar: mark the option at the pointer, or show the pointer."""
        pointer = self.options.pointer
        if pointer is None:
            self.move(1)
        else:
            self.choose(pointer)

    def move(self, by: int) -> None:
        if not self.view.options:
            self.page.scroll_relative(y=by, animate=False, immediate=True)
            return
        if self.options.pointer is None and self.view.chosen is not None:
            self.options.pointer = self.view.chosen
        self.options.move(by)
        self.moved = True
        self.show_state()

    def choose(self, index: int) -> None:
        """Mark an option, and stay on the step."""
        self.take_text()
        self.sitting.choose(self.view.responses[index])
        self.moved = False
        self.refill(index)
        self.options.show_pointer()

    def answer(self, index: int, key: str = "") -> None:
        """Choose by a key, or a click, and go on by itself where that says it all."""
        self.choose(index)
        asks_more = self.commenting or bool(self.view.invitation)
        if self.view.settles[index] and not asks_more and not self.program.waits_for_enter:
            self.going_on = self.set_timer(typed_ahead.SHOWN, partial(self.turn_by_itself, key))

    def turn_by_itself(self, key: str) -> None:
        """Go on after an answer was shown for a moment."""
        self.going_on = None
        if self.is_active and not self._is_dismissed:
            turn = self.program.own_turn = OwnTurn(key)
            self.app.call_after_refresh(turn.is_drawn)
            self.next()

    def stay(self) -> bool:
        """Do not go on by itself. Whether that was about to happen."""
        if self.going_on is None:
            return False
        self.going_on.stop()
        self.going_on = None
        return True

    def change_pace(self) -> None:
        """Let answers wait for Enter, or go on by themselves again."""
        waits = self.program.waits_for_enter = not self.program.waits_for_enter
        preferences.remember(waits_for_enter=waits)
        self.greeting = notices.WAITS_FOR_ENTER if waits else notices.GOES_ON
        self.show_state()

    def clear(self) -> None:
        """Remove a choice or a number. Text is only removed in its field."""
        if self.view.wants_answer:
            self.take_text()
            self.sitting.clear()
            self.moved = False
            self.refill()

    def comment(self) -> None:
        if self.view.wants_answer:
            self.take_text()
            self.commenting = True
            self.refill(self.options.pointer)
            self.set_focus(self.page.remark)

    def explain(self) -> None:
        self.take_text()
        self.explained = not self.explained
        self.refill(self.options.pointer)

    def review(self) -> None:
        self.take_text()
        self.dismiss("review")

    def next(self) -> None:
        self.take_text()
        if self.sitting.step.id in self.sitting.refused:
            return  # the page says what is wrong with it
        self.go_on(1)

    def previous(self) -> None:
        self.take_text()
        self.go_on(-1)

    def go_on(self, by: Literal[-1, 1]) -> None:
        """Go to what is after or before the step."""
        match neighbour(self.sitting, by):
            case Step() as step:
                self.turn_to(step)
            case None:
                self.greeting = "This is the first question."
                self.show_state()
            case elsewhere:
                self.dismiss(elsewhere)

    def page_down(self) -> None:
        if self.page.scroll_y < self.page.max_scroll_y:
            self.page.turn(1)
        else:
            self.next()

    def page_up(self) -> None:
        if self.page.scroll_y:
            self.page.turn(-1)
        elif self.sitting.neighbour(-1):
            self.previous()

    def onward(self) -> None:
        """Tab: to the next field, and from the last one to the next step."""
        fields, writing = self.page.fields, self.writing
        at = fields.index(writing) + 1 if writing else 0
        if at < len(fields):
            self.set_focus(fields[at])
        else:
            self.next()

    def backward(self) -> None:
        """Shift+Tab: the same backwards, but from a comment to the options first."""
        fields, writing = self.page.fields, self.writing
        at = fields.index(writing) if writing else 0
        if at:
            self.set_focus(fields[at - 1])
        elif writing and self.view.entry is None:
            self.set_focus(None)
        else:
            self.previous()

    def back(self) -> None:
        """Escape: leave the field, or else the sitting."""
        self.take_text()
        if self.writing:
            self.set_focus(None)
        else:
            self.dismiss(Leave())

    def on_options_clicked(self, message: Options.Clicked) -> None:
        turn = self.program.own_turn
        if message.is_still_shown and self.is_active and not (turn and turn.is_settling):
            self.stay()
            self.set_focus(None)
            self.answer(message.index)

    # Writing

    def on_text_area_changed(self) -> None:
        self.take_text()
        self.view = make_view(self.sitting)
        self.show_state()

    def on_text_field_full(self) -> None:
        self.page.say(notices.CUT, alarm=True)

    def on_descendant_focus(self) -> None:
        self.show_state()

    def on_descendant_blur(self) -> None:
        self.show_state()

    def take_text(self) -> None:
        """Save what is in the fields. Called before anything else is shown, since the message that a field has changed
        arrives later than the key that turns the page."""
        if self.sitting.step.id != self.shown:
            return
        if self.view.entry is not None and self.page.entry:
            refusal = self.sitting.write(self.page.entry.text)
            if self.view.is_typed:
                self.page.say(refusal, alarm=True)
        if self.page.remark and self.page.remark.display:
            self.sitting.comment(self.page.remark.text)
