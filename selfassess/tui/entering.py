"""The way into a round on screen: which screen comes after which, for one person after the other."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual.screen import Screen

from selfassess.errors import ProjectError, SelfAssessError, UsageError
from selfassess.model.sheet import Sheet
from selfassess.sitting import entering, round_words
from selfassess.sitting.entering import Entrance, Entrant
from selfassess.sitting.live import Sitting
from selfassess.storage.codes import is_resume_code, normalise
from selfassess.tui.screens import joining, returning
from selfassess.tui.screens.round_welcome import RoundWelcome

if TYPE_CHECKING:
    from selfassess.tui.flow import Flow


class Entering:
    """Shows what people are asked between the welcome of a round and its first question."""

    def __init__(self, flow: "Flow", entrance: Entrance) -> None:
        self.flow = flow
        self.entrance = entrance
        self.was_welcomed = False
        """Whether the welcome was shown, so that it is where people come from and go back to."""

    @property
    def takes_turns(self) -> bool:
        """Whether one person after the other may come: each leaves nothing on the screen for the next."""
        return entering.takes_turns(self.entrance)

    @property
    def has_a_next(self) -> bool:
        """Whether the welcome comes again after a person. It does not where a single one was led past it by the command
        line."""
        return self.takes_turns and (self.was_welcomed or self.flow.begins_at_home)

    def first(self, come: Sitting | Entrant) -> Screen[None]:
        """The first screen for whoever comes."""
        if isinstance(come, Sitting):
            return self.flow.going_on(come)
        if come.before:
            return self._next(come)
        self.was_welcomed = True
        return RoundWelcome(self, come)

    def welcome(self) -> None:
        """The welcome for whoever comes next."""
        self.flow.sitting = None
        self.flow.farewell = ""
        self.flow.attempt(lambda: self.flow.stage.show(self.first(entering.arrive(self.entrance))))

    def go_on(self, entrant: Entrant) -> None:
        """What the person is asked next, or the questions."""
        if entering.still_asked(self.entrance.round, entrant):
            self.flow.stage.show(self._next(entrant))
        else:
            self._begin(entrant)

    def _next(self, entrant: Entrant) -> Screen[None]:
        match entering.still_asked(self.entrance.round, entrant):
            case "code":
                return joining.AskAdmission(self, entrant)
            case "group":
                return joining.RoundGroups(self, entrant)
            case "consent":
                return joining.Consent(self, entrant)
            case "matching":
                return joining.OwnCode(self, entrant)
        return joining.Ready(self, entrant)

    def admit(self, entrant: Entrant, code: str) -> None:
        """Go on with the sitting that a code opens, or with the person whom it admits; or see to somebody who has
        handed in. SelfAssessError where the code is for none of these."""
        code = normalise(code)
        if not is_resume_code(code):
            self.returned(code)
        elif found := self.entrance.find(code):
            self.flow.stage.show(self.flow.going_on(entering.going_on(self.entrance, *found)))
        else:
            self.go_on(entering.admitted(self.entrance, entrant, code))

    def resume(self, code: str) -> None:
        """Go on with the sitting that a code opens."""
        self.flow.stage.show(self.first(entering.arrive(self.entrance, code)))

    def agree(self, entrant: Entrant, agrees: bool) -> None:
        """Take down what the person said. Whoever says no is told what follows."""
        entrant = entering.agreeing(entrant, agrees)
        if agrees:
            self.go_on(entrant)
        else:
            self.flow.stage.show(joining.Refused(self, entrant))

    def with_own_code(self, entrant: Entrant, code: str) -> None:
        """Take down the code that a person made up, or that they made none. UsageError where nothing is left of it."""
        self.go_on(entering.with_own_code(self.entrance, entrant, code))

    def _begin(self, entrant: Entrant) -> None:
        def failed(error: SelfAssessError) -> None:
            if isinstance(error, ProjectError):
                self.flow.stage.show(joining.CannotBeginRound(self, error, partial(self._begin, entrant)))
            else:
                self.flow.notice("That did not work", str(error), self.welcome)

        self.flow.patiently(lambda: self._begun(entering.begin(self.entrance, entrant), entrant), failed)

    def _begun(self, sitting: Sitting, entrant: Entrant) -> None:
        self.flow.sitting = sitting
        if sitting.saver.code:
            from selfassess.tui.screens.codes import KeepCode

            self.flow.stage.show(KeepCode(self.flow, sitting, sitting.saver.code))
        elif entrant.before:
            self.flow.review(sitting)
        else:
            self.flow.questions(sitting)

    def regroup(self, sitting: Sitting) -> None:
        """Ask for the group once more, and then, where the other one is small, whether it may be shown."""
        self.flow.stage.show(joining.Regroup(self, sitting))

    def change_group(self, sitting: Sitting, group: str) -> None:
        """Go on as a person of another group, once everything is asked that this group is asked."""
        if group != sitting.draft.group and entering.asks_consent(self.entrance.round, group):
            self.flow.stage.show(joining.ConsentOfAnother(self, sitting, group))
        else:
            self.flow.change_group(sitting, group)

    def reconsider(self, sitting: Sitting) -> None:
        """Ask about the small group once more, from the review."""
        self.flow.stage.show(joining.Reconsider(self, sitting))

    def decide(self, sitting: Sitting, agrees: bool) -> None:
        """Take down what a person says now."""
        sitting.agree(agrees)
        self.flow.review(sitting)

    # Whoever has handed in

    def handed_in(self, sitting: Sitting, sheet: Sheet, receipt: str) -> None:
        """Thanks, and the receipt."""
        if sent := self.entrance.sent:
            self.flow.farewell = f"{round_words.sent_words(sent)}\n{self.flow.farewell}"
        self.flow.stage.show(returning.RoundHandedIn(self, sitting, sheet, receipt))

    def refused(self, sitting: Sitting, error: SelfAssessError) -> Screen[None] | None:
        """The screen for what can never be handed in; None where it is worth trying again."""
        return returning.Refused(self, sitting, error) if isinstance(error, UsageError) else None

    def give_up(self, sitting: Sitting) -> None:
        """Let go of what can never be handed in."""
        sitting.discard()
        self.flow.sitting = None
        self.done()

    def ask_receipt(self) -> None:
        self.flow.stage.show(joining.AskRoundReceipt(self))

    def ask_code(self, entrant: Entrant) -> None:
        self.flow.stage.show(joining.AskRoundCode(self, entrant))

    def returned(self, receipt: str) -> None:
        """What somebody with a receipt can do. SelfAssessError if it finds nothing."""
        self.flow.stage.show(returning.Returned(self, receipt, self.entrance.handed_in(receipt)))

    def again(self, receipt: str) -> None:
        """Answer again."""

        def act() -> None:
            come = entering.returning(self.entrance, receipt)
            self.flow.stage.show(self.first(come))

        self.attempt(act)

    def take_back(self, receipt: str) -> None:
        """Take back what was handed in."""

        def act() -> None:
            self.entrance.withdraw(receipt)
            self.flow.notice("Gone", "Your answers are taken back, and what you wrote with them.", self.welcome)

        self.attempt(act)

    def confirm_take_back(self, receipt: str) -> None:
        self.flow.stage.show(returning.TakeBack(self, receipt))

    def results(self, sheet: Sheet) -> None:
        """One's own result. Leaving it leaves nothing of it."""
        self.flow.results(self.entrance.edition, sheet, self.done)

    def left(self, sitting: Sitting) -> None:
        """After a sitting that was left, with another person to come."""
        self.flow.sitting = None
        if sitting.let_go():
            self.flow.stage.show(returning.Left(self, sitting))
        else:
            self.welcome()

    def done(self) -> None:
        """What comes after a person is done: the next one, or leaving."""
        if self.has_a_next:
            self.welcome()
        else:
            self.flow.home_or_leave()

    def attempt(self, act: Callable[[], None]) -> None:
        """Do something; what went wrong is said on a screen of its own, and then comes the welcome."""
        self.flow.patiently(act, lambda error: self.flow.notice("That did not work", str(error), self.welcome))
