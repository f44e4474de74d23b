"""The plan on screen: the list, one action, one of its fields, and what reports suggest."""

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from selfassess.errors import SelfAssessError, UsageError
from selfassess.model.plan import Planned
from selfassess.model.plan_fields import given
from selfassess.report.plan import today
from selfassess.report.plan_of import plan_of
from selfassess.storage.plans import Plans
from selfassess.storage.rounds import Rounds
from selfassess.tui.help_texts import plan_help
from selfassess.tui.screens.plan import (
    ActionScreen,
    ChooseField,
    FieldText,
    FieldValues,
    MoveAction,
    NewAction,
    OpenAction,
    PlanChoice,
    PlanList,
    RemoveAction,
    RemoveQuestion,
    Suggestions,
    TakeSuggestions,
    WriteField,
)
from selfassess.tui.session import Session

if TYPE_CHECKING:
    from selfassess.model.round import Round
    from selfassess.report.offered import Offered


async def show_plan(session: Session, plans: Plans, *, back_words: str = "Leave") -> None:
    """The plan, until the person leaves it."""
    plan = await session.patiently(partial(_Plan, session, plans))
    with session.help_on(plan_help(session.command)):
        await plan.show(back_words)


News = tuple[str, str]
"""The action that the pointer goes to in the list, and what is said below it."""


class _Plan:
    """Changes the plan as the person asks. What is changed is kept at once."""

    def __init__(self, session: Session, plans: Plans) -> None:
        self.session = session
        self.plans = plans
        self.report = plan_of(plans.project, today())
        """The plan as it was last read."""

    def read(self) -> None:
        """Read the plan again."""
        self.report = plan_of(self.plans.project, today())

    async def show(self, back_words: str) -> None:
        """The list, and what is done from it."""
        has_rounds = self.plans.project.kind == "shared"
        id, said = "", ""
        while True:
            screen = PlanList(self.report, id, said, has_rounds=has_rounds, back_words=back_words)
            choice = await self.session.ask(screen)
            if choice is None:
                return
            try:
                id, said = await self.follow(choice)
            except SelfAssessError as error:
                await self.session.explain(error)
                id, said = "", ""
                try:
                    self.read()
                except SelfAssessError as unread:
                    self.session.farewell = str(unread)
                    return

    async def follow(self, choice: PlanChoice) -> News:
        """Do what was chosen in the list."""
        match choice:
            case OpenAction(id=id):
                return await self.open(id)
            case MoveAction(id=id, by=by):
                return self.move(id, by)
            case NewAction():
                kept = await self.write(Planned(text=""), WriteField("text"))
                return await self.open(kept.id, "Kept.") if kept else ("", "")
            case TakeSuggestions():
                return await self.suggest()
        return "", ""

    # One action

    async def open(self, id: str, said: str = "") -> News:
        """One action, and what is changed in it."""
        while True:
            planned = self.plans.get(id)
            match await self.session.ask(ActionScreen(self.report, planned, said)):
                case None:
                    return id, ""
                case RemoveAction():
                    if await self.session.ask(RemoveQuestion(planned)):
                        self.plans.remove(planned.id)
                        self.read()
                        return "", f"Gone: {planned.text}"
                    kept = None
                case ChooseField(name=name):
                    kept = await self.choose(planned, name)
                case WriteField() as field:
                    kept = await self.write(planned, field)
            said = "Kept." if kept else ""

    async def choose(self, planned: Planned, name: str) -> Planned | None:
        """Choose the value of a field; where that needs a reason, write it."""
        value = await self.session.ask(FieldValues(self.report, planned, name, self.session.command))
        match value:
            case None:
                return None
            case WriteField():
                return await self.write(planned, value)
            case _:
                return self.change(planned, {name: value})

    async def write(self, planned: Planned, field: WriteField) -> Planned | None:
        """Write a field of an action in one's own words."""
        return await self.session.ask(FieldText(planned, field.name, field.status, partial(self.change, planned)))

    def change(self, planned: Planned, typed: Mapping[str, str]) -> Planned:
        """Keep some fields of an action as they were typed; a new one is added. UsageError, in words, for what is
        wrong with them; SelfAssessError where it cannot be kept."""
        found = given(planned, typed, self.report.known, self.report.today)
        if found.problems:
            lines = [" ".join(filter(None, (one.message, one.hint))) for one in found.problems]
            raise UsageError("\n".join(lines))
        kept = self.plans.change(found.planned, planned) if planned.id else self.plans.add(found.planned)[0]
        self.read()
        return kept

    def move(self, id: str, by: int) -> News:
        """Put an action further up or down in the order."""
        before = self.plans.get(id)
        after = self.plans.move(id, before.place + by)
        self.read()
        end = "It is the first of its kind." if by < 0 else "It is the last of its kind."
        return id, end if after.place == before.place else f"It is at place {after.place} now."

    # Suggestions

    async def suggest(self) -> News:
        """What the report of a closed round suggests; the round is asked for where there are several."""
        project = self.plans.project
        closed = [one for one in Rounds(project).all() if one.state == "closed"] if project.kind == "shared" else []
        if not closed:
            words = "Suggestions come from the report of a closed round, and this project has none."
            await self.session.notice("Nothing to take from", words)
            return "", ""
        round: Round | None = closed[0]
        if len(closed) > 1:
            from selfassess.tui.screens.round_picker import RoundPicker

            said = "What the report of a round suggests can be taken into the plan."
            round = await self.session.ask(RoundPicker("Which round?", said, closed))
        return await self.take(round) if round else ("", "")

    async def take(self, round: "Round") -> News:
        """Take what one round's report suggests and is not in the plan."""
        found = self.offered(round)
        if not found:
            await self.session.notice("Nothing new", f"All that the report of {round.title} suggests is in the plan.")
            return "", ""
        wanted = await self.session.ask(Suggestions(self.report, round.title, found))
        if not wanted:
            return "", ""
        kept = self.plans.add(*wanted)
        self.read()
        number = len(kept)
        return kept[0].id, f"{number} {'suggestion is' if number == 1 else 'suggestions are'} in the plan."

    def offered(self, round: "Round") -> "tuple[Offered, ...]":
        """What a round's report suggests and is not in the plan."""
        from selfassess.report.offered import offered
        from selfassess.report.released import released, with_plan_now

        rounds = Rounds(self.plans.project)
        return offered(with_plan_now(rounds, released(rounds, round)))
