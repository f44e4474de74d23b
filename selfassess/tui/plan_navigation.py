"""Which screen follows which in the plan: its list, its actions, their fields, and suggestions from reports."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from selfassess.dates import today
from selfassess.errors import SelfAssessError, UsageError
from selfassess.model.plan import Planned, edit
from selfassess.project.plans import Plans
from selfassess.project.rounds import Rounds
from selfassess.services.plan import read_plan
from selfassess.services.plan_skills import with_skills_there
from selfassess.services.projects import closed_rounds
from selfassess.tui.help_texts import plan_help
from selfassess.tui.navigator import Navigator
from selfassess.tui.screens.plan import (
    ActionScreen,
    ChooseField,
    Chosen,
    FieldText,
    FieldValues,
    LeaveChosen,
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

if TYPE_CHECKING:
    from selfassess.model.round import Round


async def show_plan(navigator: Navigator, plans: Plans, *, back_words: str = "Leave") -> None:
    """Show the plan until the person leaves it."""
    plan = await navigator.patiently(partial(_Plan, navigator, plans))
    with navigator.help_on(plan_help(navigator.command)):
        await plan.show(back_words)


ListState = tuple[str, str]
"""The id of the action to point at in the list, and a message to show below it."""


class _Plan:
    """Shows the screens of a plan. Changes are saved at once."""

    def __init__(self, navigator: Navigator, plans: Plans) -> None:
        self.navigator = navigator
        self.plans = plans
        self.report = with_skills_there(plans.project, read_plan(plans.project, today()))
        """The plan as it was last read."""

    def read(self) -> None:
        """Read the plan again. Which skills are there is known already."""
        before = self.report
        self.report = replace(
            read_plan(self.plans.project, today()), skills=before.skills, why_no_skills=before.why_no_skills
        )

    async def show(self, back_words: str) -> None:
        """Show the list, again after everything that is done from it."""
        has_rounds = self.plans.project.kind == "shared"
        id, said = "", ""
        while True:
            screen = PlanList(self.report, id, said, has_rounds=has_rounds, back_words=back_words)
            choice = await self.navigator.ask(screen)
            if choice is None:
                return
            try:
                id, said = await self.follow(choice)
            except SelfAssessError as error:
                await self.navigator.explain(error)
                id, said = "", ""
                try:
                    self.read()
                except SelfAssessError as unread:
                    self.navigator.farewell = str(unread)
                    return

    async def follow(self, choice: PlanChoice) -> ListState:
        """Do what was chosen in the list."""
        match choice:
            case OpenAction(id=id):
                return await self.open(id)
            case MoveAction(id=id, by=by):
                return self.move(id, by)
            case NewAction():
                kept = await self.write(Planned(text=""), WriteField("text"))
                return await self.open(kept.id, "Saved.") if kept else ("", "")
            case TakeSuggestions():
                return await self.suggest()
        return "", ""

    # One action

    async def open(self, id: str, said: str = "") -> ListState:
        """Show one action, again after every change."""
        while True:
            planned = self.plans.get(id)
            match await self.navigator.ask(ActionScreen(self.report, planned, said)):
                case None:
                    return id, ""
                case RemoveAction():
                    if await self.navigator.ask(RemoveQuestion(planned)):
                        self.plans.remove(planned.id)
                        self.read()
                        return "", f"Deleted: {planned.text}"
                    kept = None
                case ChooseField(name=name):
                    kept = await self.choose(planned, name)
                case WriteField() as field:
                    kept = await self.write(planned, field)
            said = "Saved." if kept else ""

    async def choose(self, planned: Planned, name: str) -> Planned | None:
        """Choose the value of a field, and give the reason if it needs one."""
        value = await self.navigator.ask(FieldValues(self.report, planned, name, self.navigator.command))
        match value:
            case None:
                return None
            case WriteField():
                return await self.write(planned, value)
            case _:
                return self.change(planned, {name: value})

    async def write(self, planned: Planned, field: WriteField) -> Planned | None:
        """Write a field as text."""
        return await self.navigator.ask(FieldText(planned, field.name, field.status, partial(self.change, planned)))

    def change(self, planned: Planned, typed: Mapping[str, str]) -> Planned:
        """Save some fields of an action as they were typed, or add a new action. UsageError if something is wrong with
        them; SelfAssessError if they cannot be saved."""
        found = edit(planned, typed, self.report.known, self.report.today)
        if found.problems:
            lines = [" ".join(filter(None, (one.message, one.hint))) for one in found.problems]
            raise UsageError("\n".join(lines))
        kept = self.plans.change(found.planned, planned) if planned.id else self.plans.add(found.planned)[0]
        self.read()
        return kept

    def move(self, id: str, by: int) -> ListState:
        """Move an action up or down."""
        before = self.plans.get(id)
        after = self.plans.move(id, before.place + by)
        self.read()
        end = "It is first in its part of the list." if by < 0 else "It is last in its part of the list."
        return id, end if after.place == before.place else f"Moved to place {after.place}."

    # Suggestions

    async def suggest(self) -> ListState:
        """Take suggestions from the report of a closed round, which is asked for if there are several."""
        closed = closed_rounds(self.plans.project)
        if not closed:
            words = "Suggestions come from the report of a closed round, and this project does not have one yet."
            await self.navigator.notice("Nothing to choose from", words)
            return "", ""
        round: Round | None = closed[0]
        if len(closed) > 1:
            from selfassess.tui.screens.pickers import RoundPicker

            said = "You can add the suggestions of a round's report to the plan."
            round = await self.navigator.ask(RoundPicker("Which round?", said, closed))
        return await self.take(round) if round else ("", "")

    async def take(self, round: "Round") -> ListState:
        """Let the person choose from the suggestions of a round's report, and add these to the plan."""
        found = self.offered(round)
        if not found:
            await self.navigator.notice(
                "Nothing new", f"The plan already has everything that the report of {round.title} suggests."
            )
            return "", ""
        chosen = await self.choose_suggestions(round.title, found)
        if not chosen.places:
            return "", ""
        kept = self.plans.add(*(found[at][0] for at in sorted(chosen.places)))
        self.read()
        number = len(kept)
        return kept[0].id, f"{number} {'suggestion is' if number == 1 else 'suggestions are'} in the plan."

    async def choose_suggestions(self, title: str, found: Sequence[tuple[Planned, str]]) -> Chosen:
        """Let the person choose among suggestions, and ask before what they chose is left out of the plan."""
        chosen = await self.navigator.ask(Suggestions(self.report, title, found))
        while chosen.places and not chosen.are_taken:
            settled = await self.navigator.ask(LeaveChosen(chosen))
            if settled is None:
                settled = await self.navigator.ask(Suggestions(self.report, title, found, chosen.places))
            chosen = settled
        return chosen

    def offered(self, round: "Round") -> list[tuple[Planned, str]]:
        """The suggestions of a round's report that are not in the plan yet, each with what calls for it."""
        from selfassess.documents.round.finding_wording import because
        from selfassess.services.suggestions import offer

        found = offer(Rounds(self.plans.project), round.id)
        return [(one.planned, because(found.report, one.suggestion)) for one in found.suggestions]
