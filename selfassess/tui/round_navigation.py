"""Taking part in a round on screen: what people are asked between its welcome and the first question, for one person
after the other, and what they can do after they handed in."""

from dataclasses import dataclass, replace
from functools import partial

from selfassess.errors import ProjectError, SelfAssessError
from selfassess.model.round import Round
from selfassess.model.sheet import Sheet
from selfassess.sitting import entering, round_words
from selfassess.sitting.entering import Entrance, Entrant
from selfassess.sitting.live import Sitting
from selfassess.storage.codes import is_resume_code, normalise
from selfassess.storage.entrances import Here
from selfassess.storage.project import Project
from selfassess.storage.rounds import Rounds
from selfassess.tui.session import Session
from selfassess.tui.sitting_navigation import WELCOME_BACK, HandedIn, Place, show_results, sit


@dataclass(frozen=True, slots=True)
class Returned:
    """Somebody who has handed in, with what their receipt found."""

    receipt: str
    sheet: Sheet


def here(session: Session, project: Project, round: Round) -> Here:
    """How people enter a round whose project file is here."""
    return Here(Rounds(project), round, session.frozen(round.questionnaire))


async def take_part(session: Session, entrance: Entrance, first: Sitting | Entrant | None = None) -> None:
    """Let people take part, one after the other where that is possible. `first` is already known of the first."""
    entry = _Entry(session, entrance)
    come = first
    while True:
        if come is None:
            session.sitting = None
            session.farewell = ""
            come = await session.patiently(partial(entering.arrive, entrance))
        try:
            is_next = await entry.receive(come)
        except SelfAssessError as error:
            await session.explain(error)
            is_next = True
        if not is_next:
            return
        come = None


class _Entry:
    """What one person after the other is asked. Each method says whether the welcome comes again afterwards."""

    def __init__(self, session: Session, entrance: Entrance) -> None:
        self.session = session
        self.entrance = entrance
        self.was_welcomed = False
        """Whether the welcome was shown, so that it is where people come from and go back to."""

    @property
    def has_a_next(self) -> bool:
        """Whether the welcome comes again after a person. It does not where a single one was led past it by the command
        line."""
        return entering.takes_turns(self.entrance) and (self.was_welcomed or self.session.begins_at_home)

    async def receive(self, come: Sitting | Entrant) -> bool:
        """Welcome somebody, unless they are known already."""
        if isinstance(come, Sitting):
            return await self.answer(come, "questions", WELCOME_BACK)
        if come.before:
            return await self.admit(come)
        from selfassess.tui.screens.code_entry import receipt_entry, resume_entry
        from selfassess.tui.screens.welcome import RoundWelcome

        self.was_welcomed = True
        at_home = self.session.begins_at_home
        match await self.session.ask(RoundWelcome(self.entrance, come, begins_at_home=at_home)):
            case "start":
                return await self.admit(come)
            case "code":
                return await self.follow(await self.session.ask(resume_entry(partial(self.opened, come))))
            case "receipt":
                returned = await self.session.ask(receipt_entry(self.returned))
                return await self.follow(returned)
            case None:
                return False

    def opened(self, entrant: Entrant, code: str) -> Sitting | Entrant | Returned:
        """The sitting that a code opens, or the person whom it admits, or the one who has handed in. SelfAssessError
        where the code is for none of these."""
        code = normalise(code)
        if not is_resume_code(code):
            return self.returned(code)
        if found := self.entrance.find(code):
            return entering.going_on(self.entrance, *found)
        return entering.admitted(self.entrance, entrant, code)

    def returned(self, receipt: str) -> Returned:
        """What a receipt finds. SelfAssessError if it finds nothing."""
        return Returned(receipt, self.entrance.handed_in(receipt))

    async def follow(self, found: Sitting | Entrant | Returned | None) -> bool:
        """Go on with what a code opened; None: with nothing."""
        match found:
            case None:
                return True
            case Sitting():
                return await self.answer(found, "questions", WELCOME_BACK)
            case Returned():
                return await self.come_back(found)
            case _:
                return await self.admit(found)

    # Before the first question

    async def admit(self, entrant: Entrant) -> bool:
        """Ask what is still to be asked of a person, and go on to the questions."""
        if entering.still_asked(self.entrance.round, entrant) is None and entrant.before:
            from selfassess.tui.screens.resume import AnswerAgain

            if not await self.session.ask(AnswerAgain()):
                return True
        while entering.still_asked(self.entrance.round, entrant):
            found = await self.ask_next(entrant)
            if not isinstance(found, Entrant):
                return await self.follow(found)
            entrant = found
        return await self.begin(entrant)

    async def ask_next(self, entrant: Entrant) -> Sitting | Entrant | Returned | None:
        """Ask one thing. None where the person goes back."""
        from selfassess.tui.screens.code_entry import admission_entry, own_code_entry

        ask, entrance = self.session.ask, self.entrance
        match entering.still_asked(entrance.round, entrant):
            case "code":
                is_preview = entrance.kind == "preview"
                return await ask(admission_entry(partial(self.opened, entrant), is_preview=is_preview))
            case "group":
                from selfassess.tui.screens.group import Groups

                groups = [one for one in entrance.edition.questionnaire.groups if one.id in entrance.round.invited]
                group = await ask(Groups(groups))
                return None if group is None else replace(entrant, group=group)
            case "consent":
                return await self.ask_consent(entrant)
            case _:
                return await ask(own_code_entry(partial(entering.with_own_code, entrance, entrant)))

    async def ask_consent(self, entrant: Entrant) -> Entrant | None:
        """Ask whether the small group may be shown. After a no people are told what follows from it."""
        from selfassess.tui.screens.consent import Consent, ConsentRefused

        round, questionnaire = self.entrance.round, self.entrance.edition.questionnaire
        agrees = await self.session.ask(Consent(round, questionnaire, entrant.group))
        if agrees is None:
            return None
        if not agrees and not await self.session.ask(ConsentRefused(round, entrant.group)):
            return None
        return entering.agreeing(entrant, agrees)

    async def begin(self, entrant: Entrant) -> bool:
        """Begin a sitting."""
        while True:
            try:
                sitting = await self.session.patiently(partial(entering.begin, self.entrance, entrant))
            except ProjectError as error:
                from selfassess.tui.screens.dialogs import CannotBeginRound

                match await self.session.ask(CannotBeginRound(error)):
                    case "leave":
                        return self.has_a_next
                    case None:
                        return True
            else:
                place: Place = "code" if sitting.saver.code else "review" if entrant.before else "questions"
                return await self.answer(sitting, place)

    async def answer(self, sitting: Sitting, place: Place, greeting: str = "") -> bool:
        """A sitting, and what comes after it."""
        match await sit(self.session, sitting, place, greeting):
            case HandedIn(sheet=sheet, receipt=receipt):
                return await self.thank(sitting, sheet, receipt)
            case "given up":
                sitting.discard()
                self.session.sitting = None
                return self.has_a_next
            case "left":
                return await self.part(sitting)

    async def part(self, sitting: Sitting) -> bool:
        """After a sitting that was left."""
        if self.has_a_next:
            from selfassess.tui.screens.receipt import Left

            self.session.sitting = None
            if sitting.let_go():
                await self.session.ask(Left(sitting))
        elif self.session.begins_at_home:
            sitting.let_go()
        return self.has_a_next

    # After handing in

    async def thank(self, sitting: Sitting, sheet: Sheet, receipt: str) -> bool:
        """Thanks, and the receipt. After one's own result it does not come again: nothing stays for the next person."""
        from selfassess.tui.screens.hand_in import RoundHandedIn

        session = self.session
        if sent := self.entrance.sent:
            session.farewell = f"{round_words.sent_words(sent)}\n{session.farewell}"
        at_home = session.begins_at_home
        screen = RoundHandedIn(self.entrance, sitting, receipt, has_a_next=self.has_a_next, begins_at_home=at_home)
        match await session.ask(screen):
            case "results":
                await show_results(session, self.entrance.edition, sheet)
            case "home":
                return False
        return self.has_a_next

    async def come_back(self, found: Returned) -> bool:
        """What somebody can do who has handed in."""
        from selfassess.tui.screens.receipt import ReturnedScreen, TakeBackQuestion

        session = self.session
        while True:
            match await session.ask(ReturnedScreen(takes_turns=entering.takes_turns(self.entrance))):
                case "results":
                    await show_results(session, self.entrance.edition, found.sheet)
                    return self.has_a_next
                case "again":
                    return await self.receive(
                        await session.patiently(partial(entering.returning, self.entrance, found.receipt))
                    )
                case "take back":
                    if await session.ask(TakeBackQuestion()):
                        await session.patiently(partial(self.entrance.withdraw, found.receipt))
                        await session.notice("Gone", "Your answers are taken back, and what you wrote with them.")
                        return True
                    found = self.returned(found.receipt)
                case None:
                    return True
