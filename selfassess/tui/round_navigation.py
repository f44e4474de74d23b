"""Which screen follows which in a round: from its welcome to the questions, for one person after another, and what they
can do after they handed in."""

from dataclasses import dataclass, replace
from functools import partial

from selfassess.errors import ProjectError, SelfAssessError
from selfassess.model.round import Round
from selfassess.model.sheet import Sheet
from selfassess.project.codes import is_resume_code, normalise
from selfassess.project.entrances import Here
from selfassess.project.project import Project
from selfassess.project.rounds import Rounds
from selfassess.sitting import round_entry, round_notices
from selfassess.sitting.round_entry import Entrance, Entrant
from selfassess.sitting.session import Sitting
from selfassess.tui.navigator import Navigator
from selfassess.tui.sitting_navigation import WELCOME_BACK, HandedIn, Place, show_results, sit


@dataclass(frozen=True, slots=True)
class Returned:
    """A person who has handed in before, with the sheet that their receipt opens."""

    receipt: str
    sheet: Sheet


def here(navigator: Navigator, project: Project, round: Round) -> Here:
    """The entrance to a round of the project that is open."""
    return Here(Rounds(project), round, navigator.stored_edition(round.questionnaire))


async def take_part(navigator: Navigator, entrance: Entrance, first: Sitting | Entrant | None = None) -> None:
    """Let people take part, one after another if the round allows that. `first` is what is known of the first one."""
    entry = _Entry(navigator, entrance)
    come = first
    while True:
        if come is None:
            navigator.sitting = None
            navigator.farewell = ""
            come = await navigator.patiently(partial(round_entry.arrive, entrance))
        try:
            is_next = await entry.receive(come)
        except SelfAssessError as error:
            await navigator.explain(error)
            is_next = True
        if not is_next:
            return
        come = None


class _Entry:
    """Takes people through the round. Methods that return bool say whether to show the welcome to a next person."""

    def __init__(self, navigator: Navigator, entrance: Entrance) -> None:
        self.navigator = navigator
        self.entrance = entrance
        self.was_welcomed = False
        """Whether the welcome was shown, so that it can be returned to."""

    @property
    def has_a_next(self) -> bool:
        """Whether the welcome is shown again after a person. Not if the command line led a single person past it."""
        return round_entry.takes_turns(self.entrance) and (self.was_welcomed or self.navigator.begins_at_home)

    async def receive(self, come: Sitting | Entrant) -> bool:
        """Show the welcome, unless it is known already how the person takes part."""
        if isinstance(come, Sitting):
            return await self.answer(come, "questions", WELCOME_BACK)
        if come.before:
            return await self.admit(come)
        from selfassess.tui.screens.code_entry import receipt_entry, resume_entry
        from selfassess.tui.screens.welcome import RoundWelcome

        self.was_welcomed = True
        at_home = self.navigator.begins_at_home
        match await self.navigator.ask(RoundWelcome(self.entrance, come, begins_at_home=at_home)):
            case "start":
                return await self.admit(come)
            case "code":
                return await self.follow(await self.navigator.ask(resume_entry(partial(self.opened, come))))
            case "receipt":
                returned = await self.navigator.ask(receipt_entry(self.returned))
                return await self.follow(returned)
            case None:
                return False

    def opened(self, entrant: Entrant, code: str) -> Sitting | Entrant | Returned:
        """What a code opens: a sitting to resume, admission to the round, or, for a receipt, what was handed in.
        SelfAssessError if the code is none of these."""
        code = normalise(code)
        if not is_resume_code(code):
            return self.returned(code)
        if found := self.entrance.find(code):
            return round_entry.going_on(self.entrance, *found)
        return round_entry.admitted(self.entrance, entrant, code)

    def returned(self, receipt: str) -> Returned:
        """What a receipt opens. SelfAssessError if it opens nothing."""
        return Returned(receipt, self.entrance.handed_in(receipt))

    async def follow(self, found: Sitting | Entrant | Returned | None) -> bool:
        """Go on with what a code opened. None: back to the welcome."""
        match found:
            case None:
                return True
            case Sitting():
                return await self.answer(found, "questions", WELCOME_BACK)
            case Returned():
                return await self.use_receipt(found)
            case _:
                return await self.admit(found)

    # Before the first question

    async def admit(self, entrant: Entrant) -> bool:
        """Ask everything that is asked before the questions, then begin them."""
        if round_entry.still_asked(self.entrance.round, entrant) is None and entrant.before:
            from selfassess.tui.screens.receipt import AnswerAgain

            if not await self.navigator.ask(AnswerAgain()):
                return True
        while round_entry.still_asked(self.entrance.round, entrant):
            found = await self.ask_next(entrant)
            if not isinstance(found, Entrant):
                return await self.follow(found)
            entrant = found
        return await self.begin(entrant)

    async def ask_next(self, entrant: Entrant) -> Sitting | Entrant | Returned | None:
        """Ask the next thing. None if the person goes back."""
        from selfassess.tui.screens.code_entry import admission_entry, own_code_entry

        ask, entrance = self.navigator.ask, self.entrance
        match round_entry.still_asked(entrance.round, entrant):
            case "code":
                is_preview = entrance.kind == "preview"
                return await ask(admission_entry(partial(self.opened, entrant), is_preview=is_preview))
            case "group":
                from selfassess.tui.screens.pickers import GroupPicker

                groups = [one for one in entrance.edition.questionnaire.groups if one.id in entrance.round.invited]
                group = await ask(GroupPicker(groups))
                return None if group is None else replace(entrant, group=group)
            case "consent":
                return await self.ask_consent(entrant)
            case _:
                return await ask(own_code_entry(partial(round_entry.with_own_code, entrance, entrant)))

    async def ask_consent(self, entrant: Entrant) -> Entrant | None:
        """Ask whether the small group may be shown by itself. After a no, say what follows from it."""
        from selfassess.tui.screens.consent import Consent, ConsentRefused

        round, questionnaire = self.entrance.round, self.entrance.edition.questionnaire
        agrees = await self.navigator.ask(Consent(round, questionnaire, entrant.group))
        if agrees is None:
            return None
        if not agrees and not await self.navigator.ask(ConsentRefused(round, entrant.group)):
            return None
        return round_entry.agreeing(entrant, agrees)

    async def begin(self, entrant: Entrant) -> bool:
        """Begin the sitting."""
        while True:
            try:
                sitting = await self.navigator.patiently(partial(round_entry.begin, self.entrance, entrant))
            except ProjectError as error:
                from selfassess.tui.screens.dialogs import CannotBeginRound

                match await self.navigator.ask(CannotBeginRound(error)):
                    case "leave":
                        return self.has_a_next
                    case None:
                        return True
            else:
                place: Place = "code" if sitting.saver.code else "review" if entrant.before else "questions"
                return await self.answer(sitting, place)

    async def answer(self, sitting: Sitting, place: Place, greeting: str = "") -> bool:
        """Run the sitting, and go on depending on how it ended."""
        match await sit(self.navigator, sitting, place, greeting):
            case HandedIn(sheet=sheet, receipt=receipt):
                return await self.thank(sitting, sheet, receipt)
            case "given up":
                sitting.discard()
                self.navigator.sitting = None
                return self.has_a_next
            case "left":
                return await self.leave(sitting)

    async def leave(self, sitting: Sitting) -> bool:
        """Close a sitting that was left."""
        if self.has_a_next:
            from selfassess.tui.screens.resume import SavedForLater

            self.navigator.sitting = None
            if sitting.let_go():
                await self.navigator.ask(SavedForLater(sitting))
        elif self.navigator.begins_at_home:
            sitting.let_go()
        return self.has_a_next

    # After handing in

    async def thank(self, sitting: Sitting, sheet: Sheet, receipt: str) -> bool:
        """Show the receipt. After the result it is not shown again, since the next person must not see it."""
        from selfassess.tui.screens.hand_in import RoundHandedIn

        navigator = self.navigator
        if sent := self.entrance.sent:
            navigator.farewell = f"{round_notices.sent_words(sent)}\n{navigator.farewell}"
        at_home = navigator.begins_at_home
        screen = RoundHandedIn(self.entrance, sitting, receipt, has_a_next=self.has_a_next, begins_at_home=at_home)
        match await navigator.ask(screen):
            case "results":
                await show_results(navigator, self.entrance.edition, sheet)
            case "home":
                return False
        return self.has_a_next

    async def use_receipt(self, found: Returned) -> bool:
        """Let a person who has handed in look, answer again or take their answers back."""
        from selfassess.tui.screens.receipt import ReturnedScreen, TakeBackQuestion

        navigator = self.navigator
        while True:
            match await navigator.ask(ReturnedScreen(takes_turns=round_entry.takes_turns(self.entrance))):
                case "results":
                    await show_results(navigator, self.entrance.edition, found.sheet)
                    return self.has_a_next
                case "again":
                    return await self.receive(
                        await navigator.patiently(partial(round_entry.returning, self.entrance, found.receipt))
                    )
                case "take back":
                    if await navigator.ask(TakeBackQuestion()):
                        await navigator.patiently(partial(self.entrance.withdraw, found.receipt))
                        await navigator.notice("Gone", "Your answers are taken back, and what you wrote with them.")
                        return True
                    found = self.returned(found.receipt)
                case None:
                    return True
