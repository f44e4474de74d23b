"""Which screen follows which in a round: a screen for each step to the questions, for one person after another, and
what they can do after they handed in."""

from functools import partial

from selfassess.errors import ProjectError, SelfAssessError
from selfassess.services import participation
from selfassess.services.entrances import Entrance
from selfassess.sitting import round_notices
from selfassess.sitting.course import GivenUp, Left
from selfassess.sitting.round_entry import Entrant, Person, Returned, next_step
from selfassess.sitting.session import HandedIn, Sitting
from selfassess.sitting.thanks import End
from selfassess.tui.navigator import Navigator
from selfassess.tui.sitting_navigation import show_results, sit, thank


async def take_part(navigator: Navigator, entrance: Entrance, first: Person | None = None) -> None:
    """Let people take part, one after another if the round allows that. `first` is what is known of the first one."""
    visit = _Visit(navigator, entrance)
    person = first
    while True:
        if person is None:
            navigator.sitting = None
            navigator.farewell = ""
            person = await navigator.patiently(partial(participation.enter, entrance))
        try:
            following = await visit.show(person)
        except SelfAssessError as error:
            await navigator.explain(error)
            following = "next"
        if following == "stop":
            return
        person = None if isinstance(following, str) else following


class _Visit:
    """Takes people through the round, screen by screen. Every method returns the person as they are then."""

    def __init__(self, navigator: Navigator, entrance: Entrance) -> None:
        self.navigator = navigator
        self.entrance = entrance
        self.was_welcomed = False
        """Whether the welcome was shown, so that it can be returned to."""

    @property
    def has_next(self) -> bool:
        """Whether a next person can follow."""
        at_home = self.navigator.begins_at_home
        return participation.has_next(self.entrance, was_welcomed=self.was_welcomed, begins_at_home=at_home)

    @property
    def after_a_person(self) -> End:
        """What follows when a person has left."""
        return "next" if self.has_next else "stop"

    async def show(self, person: Person) -> Person | End:
        """Show the screen of the next step."""
        match person:
            case Sitting():
                return await self.answer(person)
            case Returned():
                return await self.use_receipt(person)
            case _:
                return await self.ask(person) or "next"

    # Before the first question

    async def ask(self, entrant: Entrant) -> Person | End | None:
        """Ask what is asked next. None if the person goes back."""
        from selfassess.tui.screens.code_entry import admission_entry, own_code_entry

        ask, entrance = self.navigator.ask, self.entrance
        match next_step(entrance.round, entrant):
            case "welcome":
                return await self.welcome(entrant)
            case "code":
                opened = partial(participation.use_code, entrance, entrant)
                return await ask(admission_entry(opened, is_preview=entrance.kind == "preview"))
            case "group":
                from selfassess.tui.screens.pickers import GroupPicker

                group = await ask(GroupPicker(participation.groups_in(entrance)))
                return None if group is None else entrant.in_group(group)
            case "consent":
                return await self.ask_consent(entrant)
            case "matching":
                return await ask(own_code_entry(partial(participation.with_own_code, entrance, entrant)))
            case "answer again":
                from selfassess.tui.screens.returned import AnswerAgain

                return entrant.after_announcement() if await ask(AnswerAgain()) else None
            case "begin":
                return await self.begin(entrant)

    async def welcome(self, entrant: Entrant) -> Person | End | None:
        """Show the welcome, and open the code or receipt of a person who has one."""
        from selfassess.tui.screens.code_entry import receipt_entry, resume_entry
        from selfassess.tui.screens.welcome import NoticePage, RoundWelcome

        self.was_welcomed = True
        ask, entrance = self.navigator.ask, self.entrance
        entrant, at_home = entrant.after_welcome(), self.navigator.begins_at_home
        while (choice := await ask(RoundWelcome(entrance, entrant, begins_at_home=at_home))) == "notice":
            await ask(NoticePage(entrance))
        match choice:
            case "start":
                return entrant
            case "code":
                return await ask(resume_entry(partial(participation.use_code, entrance, entrant)))
            case "receipt":
                return await ask(receipt_entry(partial(participation.use_receipt, entrance)))
            case None:
                return "stop"

    async def ask_consent(self, entrant: Entrant) -> Entrant | None:
        """Ask whether the small group may be shown by itself. After a no, say what follows from it."""
        from selfassess.tui.screens.consent import Consent, ConsentRefused

        round, questionnaire = self.entrance.round, self.entrance.edition.questionnaire
        agrees = await self.navigator.ask(Consent(round, questionnaire, entrant.group))
        if agrees is None:
            return None
        if not agrees and not await self.navigator.ask(ConsentRefused(round, entrant.group)):
            return None
        return entrant.agreeing(agrees)

    async def begin(self, entrant: Entrant) -> End | None:
        """Begin the sitting, and run it."""
        while True:
            try:
                sitting = await self.navigator.patiently(partial(participation.begin, self.entrance, entrant))
            except ProjectError as error:
                from selfassess.tui.screens.dialogs import CannotBeginRound

                match await self.navigator.ask(CannotBeginRound(error)):
                    case "leave":
                        return self.after_a_person
                    case None:
                        return None
            else:
                return await self.answer(sitting)

    async def answer(self, sitting: Sitting) -> End:
        """Run the sitting, and go on depending on how it ended."""
        match await sit(self.navigator, sitting):
            case HandedIn() as done:
                return await self.thank(sitting, done)
            case GivenUp():
                sitting.discard()
                self.navigator.sitting = None
            case Left():
                await self.leave(sitting)
        return self.after_a_person

    async def leave(self, sitting: Sitting) -> None:
        """Close a sitting that was left."""
        if self.after_a_person == "next":
            from selfassess.tui.screens.resume import SavedForLater

            self.navigator.sitting = None
            if sitting.let_go():
                await self.navigator.ask(SavedForLater(sitting))
        elif self.navigator.begins_at_home:
            sitting.let_go()

    # After handing in

    async def thank(self, sitting: Sitting, done: HandedIn) -> End:
        """Show the thanks, the receipt and the person's own result."""
        navigator, entrance = self.navigator, self.entrance
        if sent := entrance.sent:
            navigator.farewell = f"{round_notices.sent_words(sent)}\n{navigator.farewell}"
        thanks = participation.thanks(entrance, sitting, done.receipt, has_next=self.has_next, on_screen=True)
        return await thank(navigator, sitting, done, thanks)

    async def use_receipt(self, returned: Returned) -> Person | End:
        """Let a person who has handed in look, answer again or take their answers back."""
        from selfassess.tui.screens.returned import ReturnedScreen, TakeBackQuestion

        navigator, entrance, receipt = self.navigator, self.entrance, returned.receipt
        match await navigator.ask(ReturnedScreen(takes_turns=entrance.takes_turns)):
            case "results":
                await show_results(navigator, entrance.edition, returned.sheet)
                return self.after_a_person
            case "again":
                return await navigator.patiently(partial(participation.answer_again, entrance, receipt))
            case "take back" if await navigator.ask(TakeBackQuestion()):
                await navigator.patiently(partial(entrance.withdraw, receipt))
                await navigator.notice("Deleted", "Your answers and comments are deleted.")
                return "next"
            case "take back":
                return participation.use_receipt(entrance, receipt)
            case None:
                return "next"
