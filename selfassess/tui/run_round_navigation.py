"""Which screen follows which for the person who runs a round: the file of a partnership, its rounds, and the steps of
one from invitations to the next round."""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from selfassess.dates import today
from selfassess.documents.round.attendance import outcomes
from selfassess.errors import SelfAssessError, UsageError
from selfassess.model.privacy_notice import PrivacyNotice, read_keep_until, read_line
from selfassess.model.questionnaire import Edition
from selfassess.model.round import Round
from selfassess.paths import called, quoted
from selfassess.project.drive import warning
from selfassess.project.plans import Plans
from selfassess.project.project import Project, open_project, partnership_name
from selfassess.project.rounds import Rounds
from selfassess.services.groups import titles_of
from selfassess.services.privacy_notice import keep_notice
from selfassess.services.progress import Progress, progress_of, running
from selfassess.services.project_files import ENDING, shared_files
from selfassess.services.projects import edition_of_round, make_shared
from selfassess.services.round_setup import Made, Usual, usual_of
from selfassess.tui import new_file
from selfassess.tui.help_texts import running_help
from selfassess.tui.navigator import PATIENCE, Navigator
from selfassess.tui.screens.form import Field, FieldError, FormContents, Typed
from selfassess.tui.screens.run_round import (
    CloseQuestion,
    OpenRound,
    ProjectFiles,
    RoundChoice,
    RoundPage,
    RoundsList,
)
from selfassess.tui.wizard import Forms

if TYPE_CHECKING:
    from selfassess.tui.new_round_navigation import RoundInTheMaking

KEPT = (
    "Everything about your rounds is kept in one file. The person who keeps it could read single answers, so keep it "
    "where only people you all trust can reach it."
)
ORDER = ("open", "new", "closed")
"""The order in which rounds are listed."""


async def run_rounds(navigator: Navigator) -> None:
    """Run the rounds of the project; where it is one person's own, of a partnership whose file is in this folder or is
    made now."""
    with navigator.help_on(running_help(navigator.command)):
        if navigator.project and navigator.project.kind == "shared":
            await _Partnership(navigator, navigator.project).show()
            return
        forms, files = Forms(navigator, navigator.typed), shared_files()
        choice: Path | Literal["new"] | None = files[0] if len(files) == 1 else "new"
        if len(files) > 1:
            choice = await navigator.ask(ProjectFiles(files))
        while choice is not None:
            if choice == "new":
                project = await _make_project(forms)
            else:
                project = await navigator.patiently(partial(open_project, choice, patience=PATIENCE))
            is_other = bool(files) if project is None else await _run(navigator, project)
            files = shared_files()
            choice = await navigator.ask(ProjectFiles(files)) if is_other else None


async def _run(navigator: Navigator, project: Project) -> bool:
    """Run the rounds of another project than the one that the program began with. Whether another partnership is
    wanted next."""
    with navigator.working_in(project), navigator.help_on(running_help(navigator.command)):
        return await _Partnership(navigator, project, warning(project.path)).show(has_others=True)


async def _make_project(forms: Forms) -> Project | None:
    """Ask what the partnership is called, and make its file. None if the person goes back."""

    def read_path(typed: str) -> Path:
        path = new_file.path_of(typed)
        if path.suffix != ENDING or path.stem.startswith("."):
            raise UsageError(f"The name has to end in {ENDING}.", f"Such as: ours{ENDING}")
        return path

    def read_name(typed: str) -> str:
        if not typed.strip():
            raise UsageError("Please type a name.", "Letters and reports begin with it.")
        return partnership_name(typed)

    def made(typed: Typed) -> Project:
        try:
            return make_shared(read_path(typed["file"]), typed["name"])
        except SelfAssessError as error:
            raise FieldError("file", error) from None

    def command(typed: Typed) -> str:
        name = f" --name {quoted(typed['name'].strip())}" if typed["name"].strip() else ""
        return f"{called()} project new {quoted(typed['file'].strip())} --shared{name}"

    contents = FormContents(
        heading="Your partnership",
        said=(KEPT, f"It goes into this folder: {new_file.folder_here()}"),
        fields=(
            Field(name="name", label="What is the partnership called?", read=read_name),
            Field(name="file", label="The name of the file", typed=f"ours{ENDING}", read=read_path),
        ),
        finish=made,
        command=command,
        onward="Make it",
    )
    project = await forms.fill_in("project", contents)
    if project:
        forms.forget("project")
    return project


class _Partnership:
    """Shows the rounds of a partnership, and what is done with them."""

    def __init__(self, navigator: Navigator, project: Project, said: str = "") -> None:
        self.navigator = navigator
        self.project = project
        self.rounds = Rounds(project)
        self.forms = Forms(navigator)
        self.making: dict[str, RoundInTheMaking] = {}
        """The rounds that are being made, by the id of the one that each is like, "" for none."""
        self.said = said
        """What was done last, to be said on the next page."""

    async def show(self, *, has_others: bool = False) -> bool:
        """Show the only round that is not closed, then all of them, until the person leaves them. Whether they want
        another partnership, where it is said that there are `has_others`."""
        now = await self.navigator.patiently(partial(running, self.rounds))
        if len(now) == 1:
            await self.run(now[0].round.id)
        while True:
            choice = await self.navigator.ask(await self.all_rounds(has_others=has_others))
            self.said = ""
            try:
                match choice:
                    case OpenRound(round=round):
                        await self.run(round.id)
                    case "new":
                        await self.make()
                    case "notice":
                        await self.say_notice()
                    case _:
                        return choice == "other"
            except SelfAssessError as error:
                await self.navigator.explain_to_facilitator(error)

    async def all_rounds(self, *, has_others: bool) -> RoundsList:
        """The list of rounds."""

        def read() -> list[Progress]:
            found = sorted(self.rounds.all(), key=lambda one: ORDER.index(one.state))
            return [progress_of(self.rounds, one) for one in found]

        found = await self.navigator.patiently(read)
        partnership, command = self.project.partnership, self.navigator.command
        return RoundsList(partnership, self.project.path, found, command, self.said, has_others=has_others)

    async def make(self, like: Round | None = None) -> bool:
        """Make a round, ask who looks after the answers where that is not said yet, and go to the round. False if the
        person goes back."""
        from selfassess.tui.new_round_navigation import RoundInTheMaking

        name = like.id if like else ""
        if name not in self.making:
            usual = await self.navigator.patiently(lambda: usual_of(self.rounds, name) if name else Usual())
            self.making[name] = RoundInTheMaking(self.navigator, self.project, usual)
        made = await self.making[name].make()
        if made is None:
            return False
        del self.making[name]
        if not self.project.notice:
            await self.say_notice(back="Not now")
        self.said = "\n".join(_of_made(made))
        await self.run(made.round.id)
        return True

    async def say_notice(self, back: str = "Back") -> None:
        """Ask who looks after people's answers."""
        before = self.project.notice

        def notice(typed: Typed) -> PrivacyNotice:
            return replace(
                before,
                holder=read_line(typed["holder"]),
                contact=read_line(typed["contact"]),
                keep_until=_read_until(typed["until"]),
            )

        def command(typed: Typed) -> str:
            options = (
                ("--holder", "holder", before.holder),
                ("--contact", "contact", before.contact),
                ("--keep-until", "until", before.keep_until),
            )
            said = [
                f"{option} {quoted(typed[name].strip())}" for option, name, was in options if was or typed[name].strip()
            ]
            return " ".join([f"{self.navigator.command} project notice", *said])

        contents = FormContents(
            heading="Who looks after the answers",
            said=("People read this before they answer. They answer more freely when they know.",),
            fields=(
                Field(name="holder", label="Who keeps the file with the answers?", typed=before.holder, read=read_line),
                Field(name="contact", label="Who can people ask, and how?", typed=before.contact, read=read_line),
                Field(
                    name="until",
                    label=f"Until when are the answers kept? Such as 31 December {today().year + 1}",
                    typed=before.keep_until.isoformat() if before.keep_until else "",
                    read=_read_until,
                ),
            ),
            finish=notice,
            command=command,
            onward="Save",
            back=back,
        )
        after = await self.forms.fill_in("notice", contents)
        if after is not None:
            said = await self.navigator.patiently(partial(keep_notice, self.project, after))
            self.forms.forget("notice")
            self.said = " ".join(("Saved.", *said))

    # One round

    async def run(self, id: str) -> None:
        """Show how far a round is, again after everything that is done with it."""
        while True:
            progress, edition = await self.navigator.patiently(partial(self.read, id))
            page = RoundPage(
                progress,
                edition.questionnaire,
                self.navigator.command,
                can_compare=_can_compare(self.rounds, progress.round),
                said=self.said,
            )
            choice = await self.navigator.ask(page)
            self.said = ""
            if choice is None:
                return
            try:
                if choice != "again":
                    await self.follow(choice, progress, edition)
                elif await self.make(progress.round):
                    return
            except SelfAssessError as error:
                await self.navigator.explain_to_facilitator(error)

    def read(self, id: str) -> tuple[Progress, Edition]:
        """How far a round is, and what it asks."""
        round = self.rounds.get(id)
        return progress_of(self.rounds, round), edition_of_round(self.rounds, round)

    async def follow(self, choice: RoundChoice, progress: Progress, edition: Edition) -> None:
        """Do what was chosen on the page of a round."""
        round = progress.round
        match choice:
            case "invite":
                from selfassess.tui.invite_navigation import invite

                self.said = await invite(self.navigator, self.forms, self.rounds, round)
            case "notice":
                await self.say_notice()
            case "open":
                await self.navigator.patiently(lambda: self.rounds.open(round.id, today()))
                self.said = "People can answer now."
            case "collect":
                from selfassess.tui.collect_navigation import collect

                self.said = await collect(self.navigator, self.forms, self.rounds, round)
            case "remind" | "calendar":
                self.said = await self.week(choice, round)
            case "form" | "enter" | "page" | "room":
                self.said = await self.in_other_ways(choice, round, edition)
            case "close":
                await self.close(round.id)
            case "reopen":
                await self.navigator.patiently(partial(self.rounds.reopen, round.id))
                self.said = "It is open again. Answers that were started but not handed in before it closed are lost."
            case "report":
                from selfassess.tui.report_navigation import save_report

                self.said = await save_report(self.navigator, self.forms, self.rounds, progress)
            case _:
                await self.look(choice, round, edition)

    async def look(self, choice: RoundChoice, round: Round, edition: Edition) -> None:
        """Show what there is to see."""
        navigator = self.navigator
        match choice:
            case "preview":
                from selfassess.services.entrances import Preview
                from selfassess.tui.round_navigation import take_part

                await take_part(navigator, Preview(round, edition, self.project.notice))
                navigator.sitting, navigator.farewell = None, ""
            case "answer":
                from selfassess.services.entrances import entrance_here
                from selfassess.tui.round_navigation import take_part

                await take_part(navigator, await navigator.patiently(partial(entrance_here, self.project, round)))
                navigator.sitting, navigator.farewell = None, ""
            case "results":
                from selfassess.tui.dashboard_navigation import open_dashboard

                await open_dashboard(navigator, self.project, round)
            case "plan":
                from selfassess.tui.plan_navigation import show_plan

                await show_plan(navigator, Plans(self.project), back_words="Back")
            case "compare":
                from selfassess.tui.comparison_navigation import choose_other_round

                await choose_other_round(navigator, self.project, round)

    async def in_other_ways(
        self, choice: Literal["form", "enter", "page", "room"], round: Round, edition: Edition
    ) -> str:
        """Let people answer on paper or on phones. What was done, in words."""
        from selfassess.tui import elsewhere_navigation as phones
        from selfassess.tui import paper_navigation as paper

        match choice:
            case "form":
                return await paper.make_forms(self.navigator, self.forms, self.rounds, round, edition)
            case "enter":
                return await paper.type_in(self.navigator, self.forms, self.rounds, round)
            case "page":
                return await phones.make_page(self.navigator, self.forms, self.rounds, round)
            case "room":
                return await phones.let_the_room_answer(self.navigator, round)

    async def week(self, choice: Literal["remind", "calendar"], round: Round) -> str:
        """Remind people, or write days for a calendar: of an open round, or of the plan once it is closed. What was
        done, in words."""
        from selfassess.tui import week_navigation as week

        if choice == "remind":
            return await week.remind(self.navigator, self.forms, self.rounds, round)
        if round.state == "closed":
            return await week.plan_calendar(self.navigator, self.forms, self.project)
        return await week.round_calendar(self.navigator, self.forms, self.rounds, round)

    async def close(self, id: str) -> None:
        """Ask, and close a round. Then say what was decided about each group."""
        navigator = self.navigator
        # Read again: sheets may have come in, from another terminal or the room, since the page was drawn.
        progress, edition = await navigator.patiently(partial(self.read, id))
        round = progress.round
        if await navigator.ask(CloseQuestion(progress, edition.questionnaire, navigator.command)):
            from selfassess.services.closing import decide_ahead  # it loads numpy

            closed = await navigator.patiently(lambda: self.rounds.close(round.id, today()))
            await navigator.work_out(
                "One moment: the result is being worked out.", lambda: decide_ahead(self.rounds, closed)
            )
            counts = await navigator.patiently(partial(self.rounds.counts, round.id))
            decided = outcomes(closed, counts, titles_of(edition.questionnaire))
            self.said = "\n".join(("It is closed. What that means for each group:", *decided))


def _of_made(made: Made) -> Iterator[str]:
    """What is said of a round that was made."""
    yield f"The round “{made.round.title}” is made."
    if made.same_title:
        yield f"Another has the same name, so commands call this one {made.round.id}."
    if made.left:
        yield "Some targets of the previous round do not fit this one, and were not carried over."


def _read_until(typed: str) -> datetime.date | None:
    return read_keep_until(typed, today())


def _can_compare(rounds: Rounds, round: Round) -> bool:
    return any(one.state == "closed" and one.key != round.key for one in rounds.all())
