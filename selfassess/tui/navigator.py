"""What the navigation modules share: showing a screen and waiting for its value, the current sitting, and the exit."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

from textual.app import App, SuspendNotSupported

from selfassess.errors import ProjectError, ProjectInUseError, SelfAssessError
from selfassess.paths import program, started
from selfassess.project.database import PATIENCE as LONG_PATIENCE
from selfassess.project.project import Project
from selfassess.tui.help_texts import HelpText, answering_help
from selfassess.tui.launch import LaunchOptions
from selfassess.tui.screens.base import LEAVE, BaseScreen

if TYPE_CHECKING:
    from selfassess.sitting.session import Sitting

PATIENCE = 0.2
"""Seconds to wait for a project file that is in use, during which the screen does not react."""

T = TypeVar("T")


class LeaveProgram(Exception):  # noqa: N818  # it is not an error
    """The person leaves the program. Raised where a screen was being waited for."""


class Navigator:
    """Shows screens and holds the state of one run of the program."""

    def __init__(self, options: LaunchOptions, app: App[Any]) -> None:
        self.options = options
        self.project = options.project
        self._others: list[Project] = []
        """The projects that are open below the one that is used now."""
        self.saves = options.save
        """Whether new sittings are saved, if there is a project to save them in."""
        self.sitting: Sitting | None = None
        """The current sitting, to be saved when the window is closed."""
        self.typed: dict[str, Mapping[str, str]] = {}
        """What stands in forms that were left, field by field: see `forms`."""
        self.farewell = ""
        """What to print on the terminal after the screens are gone."""
        self.help_text = answering_help(self.command)
        self.lends_terminal = False
        """Whether another command runs in the place of the screens."""
        self._app = app
        self.be_quick()

    @property
    def saves_to(self) -> Project | None:
        """The project that new sittings are saved in; None if they are not saved."""
        return self.project if self.saves else None

    @property
    def command(self) -> str:
        """The command that starts the program with this project."""
        return program(str(self.project.path) if self.project else "")

    @property
    def reminder(self) -> str:
        """What the facilitator is reminded of when the day comes until which the answers are kept; nothing where the
        project is busy."""
        from selfassess.services.privacy_notice import reminder_of

        with suppress(ProjectError):
            return reminder_of(self.project) if self.project else ""
        return ""

    @property
    def begins_at_home(self) -> bool:
        """Whether the home screen came first."""
        return self.options.begins_at_home

    @property
    def needed_project(self) -> Project:
        """The project. ValueError if there is none: callers are only reached with one."""
        if self.project is None:
            raise ValueError("there is no project")
        return self.project

    @contextmanager
    def working_in(self, project: Project) -> Iterator[None]:
        """Use another project while the block runs, and close it at the end."""
        if self.project:
            self._others.append(self.project)
        before, self.project = self.project, project
        self.be_quick()
        try:
            yield
        finally:
            project.close()
            self.project = before
            if before:
                self._others.remove(before)

    # Screens

    async def ask(self, screen: BaseScreen[T]) -> T:
        """Show a screen and return its value. LeaveProgram if the person leaves the program from it."""
        screen.help_text = self.help_text
        answer = await self._app.push_screen_wait(screen)
        if answer is LEAVE:
            raise LeaveProgram
        return answer

    async def notice(self, heading: str, said: str) -> None:
        """Show a message until the person has read it."""
        from selfassess.tui.screens.dialogs import Notice

        await self.ask(Notice(heading, said))

    async def explain_to_facilitator(self, error: SelfAssessError) -> None:
        """What `explain` shows, with the cure for the person who runs a round."""
        await self.notice("That did not work", error.for_facilitator)

    async def explain(self, error: SelfAssessError) -> None:
        """Show an error, with what can be done about it."""
        await self.notice("That did not work", str(error))

    @contextmanager
    def help_on(self, text: HelpText) -> Iterator[None]:
        """Show this help on F1 while the block runs."""
        before, self.help_text = self.help_text, text
        try:
            yield
        finally:
            self.help_text = before

    # Work

    async def patiently(self, act: Callable[[], T]) -> T:
        """Call a function that uses the project file. While another program is using the file, say so and retry for a
        while. SelfAssessError if it fails."""
        try:
            return act()
        except ProjectInUseError as error:
            from selfassess.tui.screens.dialogs import InUse

            return _value(await self.ask(InUse(error, act)))

    async def work_out(self, said: str, work: Callable[[], T]) -> T:
        """Call a function that takes a moment, with a message on the screen meanwhile, and patiently if another program
        is using the project file. SelfAssessError if it fails."""
        from selfassess.tui.screens.waiting import Waiting

        try:
            return _value(await self.ask(Waiting(said, work)))
        except ProjectInUseError:
            return await self.patiently(work)

    def be_quick(self) -> None:
        """From now on, give up quickly if the project file is in use, so that the screen does not freeze."""
        if self.project:
            self.project.wait_no_longer_than(PATIENCE)

    def be_patient(self) -> None:
        """Until `be_quick` is called, wait long for a project file that is in use: no screen takes keys yet."""
        if self.project:
            self.project.wait_no_longer_than(LONG_PATIENCE)

    async def run_in_terminal(self, arguments: Sequence[str]) -> int | None:
        """Run this program with other arguments in the place of the screens, until it ends or the person ends it with
        Ctrl+C. Its exit code; None where the terminal cannot be lent."""
        self.lends_terminal = True
        try:
            with self._app.suspend(), _ctrl_c_left_alone():
                process = await asyncio.create_subprocess_exec(*started(*arguments))
                code = await process.wait()
                if code:  # what went wrong stands there
                    await asyncio.to_thread(input, "Press Enter to go back. ")
        except SuspendNotSupported:
            return None
        finally:
            self.lends_terminal = False
        return code

    # The end

    def save(self) -> None:
        """Save what is not saved yet."""
        if self.sitting:
            self.sitting.keep()

    def close(self) -> None:
        """Close the project file, and any other that is open."""
        for project in (self.project, *self._others):
            if project:
                project.close()

    def end(self) -> int:
        """Close the sitting and set the farewell. Returns the exit code."""
        sitting = self.sitting
        if sitting is None:
            return 0
        if sitting.trouble:
            self.farewell = f"What you answered last is not saved. {sitting.trouble.message}"
            return sitting.trouble.exit_code
        if sitting.let_go():
            from selfassess.sitting import notices

            self.farewell = notices.to_go_on(sitting.saver.where, sitting.code_to_return)
        return 0


@contextmanager
def _ctrl_c_left_alone() -> Iterator[None]:
    """Ctrl+C goes to every program in the terminal; while the block runs, this one leaves it to the others."""
    before = signal.signal(signal.SIGINT, lambda *_: None)  # to ignore it would be inherited
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _value(answer: T | SelfAssessError) -> T:
    if isinstance(answer, SelfAssessError):
        raise answer
    return answer


Begin = Callable[[Navigator], Callable[[], Awaitable[None]]]
"""Prepares the first screen. Called before anything is drawn; raises SelfAssessError if what was asked for cannot be
opened. What it returns runs while the app does, and shows one screen after the other."""
