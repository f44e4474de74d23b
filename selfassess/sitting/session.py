"""A sitting that is going on: the draft as it stands, saved at every change, and what to say when it was not."""

import datetime
from contextlib import suppress
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from selfassess.errors import ProjectError, SelfAssessError, UsageError
from selfassess.model.questionnaire import Edition, Group, GroupKey, Item, Questionnaire
from selfassess.model.sheet import Draft, Missing, Response, Sheet
from selfassess.model.straight_lining import one_answer_throughout
from selfassess.sitting import notices, state
from selfassess.sitting.choices import SO_ONCE, STILL_SO
from selfassess.sitting.steps import Step, steps

if TYPE_CHECKING:
    from selfassess.model.round import Round


class Saver(Protocol):
    """What a sitting tells whenever something changed.

    A ProjectError means that this was not saved; what was saved before is. The sitting keeps its draft, and may
    call again with the same draft or a later one.
    """

    @property
    def where(self) -> str:
        """The path of the file that it saves to, to show to people; "" if nothing is saved."""

    @property
    def code(self) -> str | None:
        """The resume code, to show before the first question; None where none is needed."""

    @property
    def again(self) -> bool:
        """Whether a person answers again, with the receipt that they have."""

    def save(self, draft: Draft) -> None:
        """Keep the draft in place of the one before."""

    def hand_in(self, sheet: Sheet) -> str:
        """Hand the sheet in and let go of the draft. The receipt, to show once; "" if nothing is saved. UsageError
        where it is refused permanently: its round was closed meanwhile, or its admission code used."""

    def discard(self) -> None:
        """Forget the draft."""


Arrival = Literal["new", "back", "again"]
"""How a person comes to a sitting: it is new, they go on where they stopped, or they begin with answers that they have
handed in or finished before."""


class HandedIn(NamedTuple):
    """A sheet that was handed in, and its receipt; "" if nothing is saved."""

    sheet: Sheet
    receipt: str


class Sitting:
    """A draft and where it is saved. What could not be saved is kept here and saved with the next change."""

    def __init__(
        self,
        edition: Edition,
        draft: Draft,
        saver: Saver,
        *,
        dated: bool = False,
        round: "Round | None" = None,
        groups: tuple[GroupKey, ...] | None = None,
        arrival: Arrival = "new",
    ) -> None:
        self.edition = edition
        self.draft = draft
        self.saver = saver
        self.dated = dated
        """Whether its sheet carries the date: in a personal project."""
        self.round = round
        """The round that it is part of; None outside rounds."""
        every = tuple(group.id for group in self.questionnaire.groups)
        self.groups: tuple[GroupKey, ...] = every if groups is None else groups
        """The groups among which the person can still choose; none where a code or an invitation has settled that."""
        self.arrival: Arrival = arrival
        self.refused: dict[str, str] = {}
        """What was typed for an item and is no answer to it, by item: it is not gone while one looks elsewhere."""
        self.trouble: ProjectError | None = None
        """Why what was answered last is not saved."""
        self.was_asked_if_meant = False
        """Whether the person was asked if they meant to give the same answer throughout: that is asked once."""
        self._kept = draft
        """The draft as it was last saved."""
        self._steps = draft, steps(edition.questionnaire, draft)
        """The steps of a draft: of the one that there was when they were asked for last."""

    @property
    def questionnaire(self) -> Questionnaire:
        return self.edition.questionnaire

    @property
    def steps(self) -> tuple[Step, ...]:
        draft, found = self._steps
        if draft is not self.draft:  # else nothing was answered since, and it is asked several times a key
            found = steps(self.questionnaire, self.draft)
            self._steps = self.draft, found
        return found

    @property
    def step(self) -> Step:
        """The step that the person is at: the first, where the draft is before it or its step is hidden by now."""
        now = self.steps
        return next((step for step in now if step.id == self.draft.place), now[0])

    @property
    def progress(self) -> state.Progress:
        return state.progress_along(self.steps, self.draft)

    @property
    def is_private(self) -> bool:
        """Whether it stays with the person who answers: nothing is handed in to anybody, and they can open, change or
        delete it whenever they like."""
        return self.round is None and (self.dated or not self.saver.where)

    @property
    def can_regroup(self) -> bool:
        """Whether the person can still say that they are in another group."""
        return len(self.groups) > 1

    @property
    def group_choices(self) -> list[Group]:
        """The groups that the person can say they are in."""
        return [group for group in self.questionnaire.groups if group.id in self.groups]

    def would_be_asked(self, group: GroupKey) -> bool:
        """Whether there is a question for a person of that group."""
        return bool(steps(self.questionnaire, state.change_group(self.draft, group)))

    @property
    def consent(self) -> bool | None:
        """Whether the person agreed that their small group may be shown; None if they were not asked."""
        return self.draft.ticket.agrees if self.round and self.draft.ticket else None

    @property
    def given_throughout(self) -> tuple[str, ...]:
        """The words of the answer that the person gave throughout, one for each scale; nothing where they differ."""
        return one_answer_throughout(self.questionnaire, self.sheet.answers)

    @property
    def is_untouched(self) -> bool:
        """Whether there is nothing in it to lose."""
        return not self.draft.responses and not self.draft.comments

    @property
    def code_to_return(self) -> str:
        """What the code is called that one needs to come back; nothing where none is needed."""
        if self.saver.code:
            return "your resume code"
        if self.round is None or self.dated or not self.saver.where:
            return ""
        return "your admission code" if self.draft.ticket and self.draft.ticket.admission else "your receipt"

    def neighbour(self, by: int) -> Step | None:
        """The step so many before or after this one, if there is one."""
        now = self.steps
        at = now.index(self.step) + by
        return now[at] if 0 <= at < len(now) else None

    def choose(self, response: Response) -> None:
        """A response to the item of this step, or whether a barrier is still the case. Of a choose-many item a point
        is added or taken away."""
        item, barrier = self.step.item, self.step.barrier
        if barrier is not None:
            self._become(state.put_in_past(self.draft, barrier.id, response == SO_ONCE))
        if item is None:
            return
        self.refused.pop(item.id, None)
        if item.takes_several and isinstance(response, float | int):
            self._become(state.toggle(self.questionnaire, self.draft, item.id, response))
        else:
            self._become(state.respond(self.questionnaire, self.draft, item.id, response))

    def write(self, text: str) -> str:
        """What stands in the field of this step: a text, a comment or a line. Why it is refused, if it is not."""
        item, response = self.step.item, self.draft.responses.get(self.step.id)
        if item is None:
            self.comment(text)
        elif not text.strip():
            self.refused.pop(item.id, None)
            if not isinstance(response, Missing):
                self.clear()
        elif item.is_typed:
            return self._write_line(item, text)
        else:
            self.choose(text)
        return ""

    def _write_line(self, item: Item, text: str) -> str:
        value = item.answering.read(text)
        refusal = notices.refusal(self.questionnaire, item, value)
        if refusal or value is None:
            self.clear()
            self.refused[item.id] = text
        else:
            self.choose(value)
        return refusal

    def clear(self) -> None:
        if self.step.barrier is not None:
            self.choose(STILL_SO)
            return
        self.refused.pop(self.step.id, None)
        self._become(state.clear(self.draft, self.step.id))

    def comment(self, text: str) -> None:
        """What the person says about the item or benchmark of this step."""
        self._become(state.comment(self.draft, self.step.id, text))

    def agree(self, agrees: bool) -> None:
        """Whether the person's small group may be shown by itself. It can be changed until they hand in."""
        self._become(state.agree(self.draft, agrees))

    def change_group(self, group: GroupKey, agrees: bool | None = None) -> None:
        """The person is in another group than they said."""
        self._become(state.change_group(self.draft, group, agrees))

    def go_to(self, step: Step) -> None:
        """Be at another step. It is saved with the next answer or on leaving, so that turning pages never keeps others
        waiting who save to the same file."""
        self.draft = state.go_to(self.draft, step.id)
        if self.trouble:
            self.save()

    def _become(self, draft: Draft) -> None:
        if draft != self.draft or self.trouble:
            self.draft = draft
            self.save()

    def save(self) -> bool:
        """Save the draft as it stands. Whether that worked; if not, `trouble` says why."""
        try:
            self.saver.save(self.draft)
            self._kept, self.trouble = self.draft, None
        except ProjectError as error:
            self.trouble = error
        return self.trouble is None

    def keep(self) -> None:
        """Save what is not saved yet, if only the step that the person is at."""
        if self.draft != self._kept or self.trouble:
            self.save()

    def let_go(self) -> bool:
        """Whether there is something to come back to, now that the person leaves. A draft with nothing in it is not
        kept, unless its resume code was shown."""
        if self.is_untouched and not self.saver.code and not self.trouble:
            self.discard()
            return False
        if self.draft != self._kept:
            with suppress(ProjectError):  # every answer is saved
                self.saver.save(self.draft)
        return bool(self.saver.where)

    def discard(self) -> None:
        """Forget the draft. Where that fails an empty one is left behind, and offered the next time."""
        with suppress(ProjectError):
            self.saver.discard()

    @property
    def sheet(self) -> Sheet:
        """What would be handed in now."""
        date = datetime.datetime.now(datetime.UTC) if self.dated else None
        return state.hand_in(self.questionnaire, self.draft, date)

    def hand_in(self) -> HandedIn:
        """Hand in. ProjectError where it could not be handed in: the draft stays. UsageError where it never can be: see
        `is_refused`."""
        sheet = self.sheet
        return HandedIn(sheet, self.saver.hand_in(sheet))

    def is_refused(self, error: SelfAssessError) -> bool:
        """Whether an error at handing in is final: its round was closed meanwhile, or its admission code used.
        Then the person is shown their own result all the same."""
        return self.round is not None and isinstance(error, UsageError)
