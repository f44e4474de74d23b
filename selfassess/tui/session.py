"""What all navigation shares: the one screen after the other, the sitting that goes on, and what is said at the end."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from textual.app import App

from selfassess.errors import ProjectInUseError, SelfAssessError
from selfassess.model.questionnaire import Edition
from selfassess.paths import program
from selfassess.sitting import words
from selfassess.sitting.live import Sitting
from selfassess.storage.project import Project
from selfassess.storage.waiting import PATIENCE as LONG_PATIENCE
from selfassess.tui.help_texts import HelpText, answering_help
from selfassess.tui.launch import LaunchOptions
from selfassess.tui.screens.base import LEAVE, BaseScreen

PATIENCE = 0.2
"""Seconds to wait for a project file that is in use, while nothing moves on the screen."""

T = TypeVar("T")


class LeaveProgram(Exception):  # noqa: N818  # no error: the person leaves
    """The person leaves the program, from wherever they are."""


class Session:
    """One run of the program. Navigation asks it for one screen after the other."""

    def __init__(self, options: LaunchOptions, app: App[Any]) -> None:
        self.options = options
        self.project = options.project
        self.saves = options.save
        """Whether what is started now is kept, where there is a project to keep it in."""
        self.sitting: Sitting | None = None
        """The sitting that is going on: the one to save when the window is closed."""
        self.farewell = ""
        """What is left to say on the terminal afterwards."""
        self.help_text = answering_help(self.command)
        self._app = app
        self.be_quick()

    @property
    def kept_in(self) -> Project | None:
        """The project that a new sitting is saved in."""
        return self.project if self.saves else None

    @property
    def command(self) -> str:
        """How the program is called for this project."""
        return program(str(self.options.project.path) if self.options.project else "")

    @property
    def begins_at_home(self) -> bool:
        """Whether the home screen came first."""
        return self.options.begins_at_home

    def frozen(self, sha256: str) -> Edition:
        """A questionnaire as the project keeps it."""
        project, edition = self.needed_project, self.options.edition
        if edition and edition.sha256 == sha256:
            project.vet(edition)
            return edition
        from selfassess.report.edition import edition_of

        return edition_of(project, sha256)

    @property
    def needed_project(self) -> Project:
        """The project, where there is no way to get without one."""
        if self.project is None:
            raise ValueError("there is no project")
        return self.project

    # Screens

    async def ask(self, screen: BaseScreen[T]) -> T:
        """Show a screen, and wait for what it returns. LeaveProgram where the person leaves."""
        screen.help_text = self.help_text
        answer = await self._app.push_screen_wait(screen)
        if answer is LEAVE:
            raise LeaveProgram
        return answer

    async def notice(self, heading: str, said: str) -> None:
        """Say something, and go on when the person does."""
        from selfassess.tui.screens.dialogs import Notice

        await self.ask(Notice(heading, said))

    async def explain(self, error: SelfAssessError) -> None:
        """Say what went wrong, and what can be done about it."""
        await self.notice("That did not work", str(error))

    @contextmanager
    def help_on(self, text: HelpText) -> Iterator[None]:
        """Have the help speak of something else for a while."""
        before, self.help_text = self.help_text, text
        try:
            yield
        finally:
            self.help_text = before

    # Work

    async def patiently(self, act: Callable[[], T]) -> T:
        """Do something with the project file. While another program is using it, say so and try again for a while.
        SelfAssessError where it cannot be done."""
        try:
            return act()
        except ProjectInUseError as error:
            from selfassess.tui.screens.dialogs import InUse

            return _value(await self.ask(InUse(error, act)))

    async def work_out(self, said: str, work: Callable[[], T]) -> T:
        """Do what takes longer than a blink, and say so meanwhile. SelfAssessError where it cannot be done."""
        from selfassess.tui.screens.dialogs import Waiting

        return _value(await self.ask(Waiting(said, work)))

    def be_quick(self) -> None:
        """From now on, keep nobody waiting at a screen for a project file that is in use."""
        if self.project:
            self.project.wait_no_longer_than(PATIENCE)

    def be_patient(self) -> None:
        """For now, wait for the project file: nothing can be typed that would have to wait as well."""
        if self.project:
            self.project.wait_no_longer_than(LONG_PATIENCE)

    # The end

    def save(self) -> None:
        """Save what is not saved so far."""
        if self.sitting:
            self.sitting.keep()

    def close(self) -> None:
        """Close the project file, which is whole by itself then."""
        if self.project:
            self.project.close()

    def end(self) -> int:
        """Let go of the sitting, and settle what is said afterwards. The exit code."""
        sitting = self.sitting
        if sitting is None:
            return 0
        if sitting.trouble:
            self.farewell = f"What you answered last is not saved. {sitting.trouble.message}"
            return sitting.trouble.exit_code
        if sitting.let_go():
            self.farewell = words.to_go_on(sitting.saver.where, sitting.code_to_return)
        return 0


def _value(answer: T | SelfAssessError) -> T:
    if isinstance(answer, SelfAssessError):
        raise answer
    return answer


Begin = Callable[[Session], Callable[[], Awaitable[None]]]
"""Where the screens begin. It is called before anything is drawn, and raises SelfAssessError where what was asked for
cannot be opened; what it returns is run then, and shows one screen after the other."""
