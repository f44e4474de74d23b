"""The way through the plan: the list, one action, one of its fields, and what reports suggest."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from textual.screen import Screen

from selfassess.errors import SelfAssessError, UsageError
from selfassess.model.plan import Planned
from selfassess.model.plan_fields import given
from selfassess.model.round import Round
from selfassess.services.plan import read_plan as plan_of
from selfassess.services.plan import today
from selfassess.storage.plans import Plans
from selfassess.storage.rounds import Rounds
from selfassess.tui.flow import Flow
from selfassess.tui.opening import Opening
from selfassess.tui.stage import Stage


class Planning(Flow):
    """A flow of its own: it begins with the list. What is changed is kept at once."""

    def __init__(self, opening: Opening, stage: Stage, plans: Plans, back: Callable[[], None] | None = None) -> None:
        super().__init__(opening, stage)
        self.plans = plans
        self.way_back = back or self.leave
        self.way_back_words = "Back" if back else "Leave"
        self.report = plan_of(plans.project, today())
        """The plan as it was last read."""

    def read(self) -> None:
        """Read the plan again."""
        self.report = plan_of(self.plans.project, today())

    # Which screen comes next

    def first(self) -> Screen[None]:
        return self._listing("", "")

    def _listing(self, id: str, said: str) -> Screen[None]:
        from selfassess.tui.planning.listing import Listing

        return Listing(self, id, said)

    def listing(self, id: str = "", said: str = "") -> None:
        """The list, with the pointer at an action; `said` is news about it."""
        self.stage.show(self._listing(id, said))

    def one(self, id: str, said: str = "") -> None:
        """One action, as it is now."""
        from selfassess.tui.planning.one import One

        self.attempt(lambda: self.stage.show(One(self, self.plans.get(id), said)))

    def write(self, planned: Planned, name: str, status: str | None = None) -> None:
        """Write a field of an action in one's own words, and with it another status if one is named."""
        from selfassess.tui.planning.write import Write

        self.stage.show(Write(self, planned, name, {} if status is None else {"status": status}))

    def suggestions(self) -> None:
        """What the report of a closed round suggests; the round is asked for where there are several."""
        project = self.plans.project
        closed = [one for one in Rounds(project).all() if one.state == "closed"] if project.kind == "shared" else []
        if len(closed) == 1:
            self.suggested(closed[0])
        elif closed:
            from selfassess.tui.planning.suggestions import WhichRound

            self.stage.show(WhichRound(self, closed))
        else:
            words = "Suggestions come from the report of a closed round, and this project has none."
            self.notice("Nothing to take from", words, self.listing)

    def suggested(self, round: Round) -> None:
        """What one round's report suggests and is not in the plan."""

        def show() -> None:
            from selfassess.documents.suggestions import offered
            from selfassess.services.reports import release_report as released
            from selfassess.services.reports import with_current_plan as with_plan_now
            from selfassess.tui.planning.suggestions import Suggestions

            rounds = Rounds(self.plans.project)
            report = with_plan_now(rounds, released(rounds, round))
            if found := offered(report):
                self.stage.show(Suggestions(self, round, found))
            else:
                self.notice(
                    "Nothing new", f"All that the report of {round.title} suggests is in the plan.", self.listing
                )

        self.attempt(show)

    # What is changed

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

    def set(self, planned: Planned, typed: Mapping[str, str]) -> None:
        """The same, and back to the action."""
        self.attempt(lambda: self.one(self.change(planned, typed).id, "Kept."))

    def move(self, id: str, by: int) -> None:
        """Put an action further up or down in the order."""

        def act() -> None:
            before = self.plans.get(id)
            after = self.plans.move(id, before.place + by)
            self.read()
            end = "It is the first of its kind." if by < 0 else "It is the last of its kind."
            self.listing(id, end if after.place == before.place else f"It is at place {after.place} now.")

        self.attempt(act)

    def remove(self, planned: Planned) -> None:
        """Take an action out for good."""

        def act() -> None:
            self.plans.remove(planned.id)
            self.read()
            self.listing(said=f"Gone: {planned.text}")

        self.attempt(act)

    def take(self, wanted: Iterable[Planned]) -> None:
        """Take suggestions into the plan."""

        def act() -> None:
            kept = self.plans.add(*wanted)
            self.read()
            number = len(kept)
            self.listing(kept[0].id, f"{number} {'suggestion is' if number == 1 else 'suggestions are'} in the plan.")

        self.attempt(act)

    # From everywhere

    def attempt(self, act: Callable[[], None]) -> None:
        try:
            act()
        except SelfAssessError as error:
            self.notice("That did not work", str(error), partial(self._again, error))

    def _again(self, error: SelfAssessError) -> None:
        """The list as it is now; away where that cannot be read."""
        try:
            self.read()
        except SelfAssessError:
            self.farewell = str(error)
            self.way_back()
        else:
            self.listing()

    def home_or_leave(self) -> None:
        self.way_back()

    def help(self) -> None:
        from selfassess.tui.planning.help import HELP_KEYS, help_words
        from selfassess.tui.screens.help import Help

        self.stage.lay_over(Help(self, HELP_KEYS, help_words(self.command)))
