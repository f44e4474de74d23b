"""Which screen comes after which, and what the project file is asked for on the way."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.screen import Screen

from selfassess.errors import ProjectError, SelfAssessError
from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import Draft, Form, Sheet
from selfassess.paths import program
from selfassess.sitting import words
from selfassess.sitting.live import Saver, Sitting
from selfassess.sitting.order import Step, steps
from selfassess.sitting.state import start
from selfassess.storage import drafts
from selfassess.storage.project import Project
from selfassess.tui.opening import Opening
from selfassess.tui.stage import Stage

if TYPE_CHECKING:
    from selfassess.definition.library import Listed
    from selfassess.sitting.entering import Entrance
    from selfassess.tui.entering import Entering


class Flow:
    """The way through the program. Screens are imported when they are first shown: the first one is there sooner."""

    def __init__(self, opening: Opening, stage: Stage) -> None:
        self.opening = opening
        self.stage = stage
        self.project = opening.project
        self.saves = opening.save
        """Whether what is started now is kept, where there is a project to keep it in."""
        self.sitting: Sitting | None = None
        """The sitting that is going on: the one to save when the window is closed."""
        self.entering: Entering | None = None
        """The way into the round that people are taking part in."""
        self.farewell = ""
        """What is left to say on the terminal afterwards."""

    @property
    def kept_in(self) -> Project | None:
        """The project that a new sitting is saved in."""
        return self.project if self.saves else None

    # Beginning

    def first(self) -> Screen[None]:
        """The first screen: the one that the command line asked for, or the questions where they were left."""
        opening, project = self.opening, self.kept_in
        if opening.entrance and opening.come:
            return self.enter(opening.entrance).first(opening.come)
        if project and opening.code:
            return self.resumed(project, *drafts.resume_with_code(project, opening.code))
        if opening.edition is None:
            return self._home()
        for id, draft, edition in self.open_sittings(project):
            same = edition.questionnaire.id == opening.edition.questionnaire.id and opening.form in (None, draft.form)
            # What answers an invitation goes on with the invitation.
            if project and same and opening.group in (None, draft.group) and not draft.ticket:
                return self.resumed(project, *drafts.resume(project, id))
        return self._welcome(opening.edition)

    def open_sittings(self, project: Project | None) -> Iterator[tuple[str, Draft, Edition]]:
        """What there is to go on with: the id, the draft, and the questionnaire as it was when it began."""
        if project is None:
            return
        for saved in project.drafts():
            yield saved.id, saved.draft, self.frozen(project, saved.draft.questionnaire)

    def frozen(self, project: Project, sha256: str) -> Edition:
        """The edition that a project froze."""
        if self.opening.edition and self.opening.edition.sha256 == sha256:
            return self.opening.edition
        from selfassess.definition.reader import restore

        return restore(str(project.path), project.frozen(sha256))

    def _home(self) -> Screen[None]:
        from selfassess.tui.screens.home import Home

        return Home(self)

    def _welcome(self, edition: Edition) -> Screen[None]:
        from selfassess.tui.screens.welcome import Welcome

        return Welcome(self, edition)

    @property
    def begins_at_home(self) -> bool:
        """Whether the program began with the home screen."""
        return self.opening.edition is None and self.opening.entrance is None

    def home_or_leave(self) -> None:
        """Where Escape leads when there is no sitting."""
        (self.home if self.begins_at_home else self.leave)()

    def beginning(self) -> None:
        """Back to the screen that the program began with."""
        self.welcome(self.opening.edition) if self.opening.edition else self.home()

    def home(self) -> None:
        self.sitting = self.entering = None
        self.stage.show(self._home())

    def choose(self, *, save: bool) -> None:
        """Choose a questionnaire, to answer or only to try."""
        from selfassess.tui.screens.choose import Choose

        self.saves = save
        self.stage.show(Choose(self))

    def chosen(self, listed: "Listed") -> None:
        from selfassess.definition.reader import read

        self.attempt(lambda: self.welcome(read(listed.path)))

    def welcome(self, edition: Edition) -> None:
        self.stage.show(self._welcome(edition))

    def start(self, edition: Edition, form: Form) -> None:
        """From the welcome on: the group is asked for unless it is known, or there are none."""
        if edition.questionnaire.groups and self.opening.group is None:
            from selfassess.tui.screens.group import Groups

            self.stage.show(Groups(self, edition, form))
        else:
            self.begin(edition, form, self.opening.group)

    def enter(self, entrance: "Entrance") -> "Entering":
        """The way into a round, to be gone from now on."""
        from selfassess.tui.entering import Entering

        self.entering = Entering(self, entrance)
        return self.entering

    # A sitting

    def begin(self, edition: Edition, form: Form, group: str | None) -> None:
        """Make a draft for a person of this group and go to the questions."""
        draft = start(edition, group, form)
        if not steps(edition.questionnaire, draft):
            said = "This form of the questionnaire asks people of this group nothing."
            self.notice("Nothing to answer", said, partial(self.welcome, edition))
            return
        project = self.kept_in
        try:
            saver = drafts.begin(project, edition, draft) if project else drafts.Unsaved()
        except ProjectError as error:
            from selfassess.tui.screens.trouble import CannotBegin

            self.stage.show(CannotBegin(self, error, partial(self.begin, edition, form, group)))
            return
        dated = project is not None and project.kind == "personal"
        sitting = self.sitting = Sitting(edition, draft, saver, dated=dated)
        if saver.code:
            from selfassess.tui.screens.codes import KeepCode

            self.stage.show(KeepCode(self, sitting, saver.code))
        else:
            self.questions(sitting)

    def resume(self, project: Project, draft_id: str) -> None:
        """Go on with a draft of a personal project."""
        self.attempt(lambda: self.stage.show(self.resumed(project, *drafts.resume(project, draft_id))))

    def resumed(self, project: Project, saver: Saver, draft: Draft) -> Screen[None]:
        """The questions of a draft where they were left."""
        edition = self.frozen(project, draft.questionnaire)
        return self.going_on(Sitting(edition, draft, saver, dated=project.kind == "personal"))

    def going_on(self, sitting: Sitting) -> Screen[None]:
        """The questions of a sitting where they were left."""
        from selfassess.tui.screens.questions import Questions

        self.sitting = sitting
        return Questions(self, sitting, "Welcome back. You stopped here.")

    def questions(self, sitting: Sitting, step: Step | None = None) -> None:
        """The questions, at a step or where the person is."""
        from selfassess.tui.screens.questions import Questions

        if step:
            sitting.go_to(step)
        self.stage.show(Questions(self, sitting))

    def review(self, sitting: Sitting) -> None:
        from selfassess.tui.screens.review import Review

        self.stage.show(Review(self, sitting))

    def confirm_hand_in(self, sitting: Sitting) -> None:
        from selfassess.tui.screens.hand_in import HandIn

        self.stage.show(HandIn(self, sitting))

    def hand_in(self, sitting: Sitting) -> None:
        """Hand in, and show the receipt. Where that fails nothing is lost."""
        try:
            sheet, receipt = sitting.hand_in()
        except SelfAssessError as error:
            from selfassess.tui.screens.trouble import CannotHandIn

            refused = self.entering and self.entering.refused(sitting, error)
            self.stage.show(refused or CannotHandIn(self, sitting, error))
        else:
            self.sitting = None
            if receipt:
                self.farewell = words.to_see_again(program(sitting.saver.where), is_own=sitting.dated)
            self.handed_in(sitting, sheet, receipt)

    def handed_in(self, sitting: Sitting, sheet: Sheet, receipt: str) -> None:
        if self.entering:
            self.entering.handed_in(sitting, sheet, receipt)
            return
        from selfassess.tui.screens.hand_in import HandedIn

        self.stage.show(HandedIn(self, sitting, sheet, receipt))

    def stop(self) -> None:
        """Ctrl+C: leave the program from wherever one is."""
        self.leave_sitting(self.sitting, self.leave) if self.sitting else self.leave()

    def leave_sitting(self, sitting: Sitting, leave: Callable[[], None] | None = None) -> None:
        """Save and leave, where `leave` says. Where something would be lost the person is asked first."""
        from selfassess.tui.screens import trouble

        leave = leave or partial(self.left, sitting)
        if sitting.is_untouched:
            leave()
        elif not sitting.saver.where:
            self.stage.show(trouble.LeaveUnsaved(self, sitting))
        elif sitting.trouble and not sitting.save():
            self.stage.show(trouble.CannotSave(self, sitting, sitting.trouble, leave))
        else:
            leave()

    def left(self, sitting: Sitting) -> None:
        """After a sitting that was left: to the next person, where one comes after the other, or out of the program."""
        if self.entering and self.entering.has_a_next:
            self.entering.left(sitting)
        else:
            self.leave()

    # Results

    def last_results(self, project: Project) -> None:
        """What was handed in last, in a personal project."""

        def show() -> None:
            if sheet := project.last_sheet():
                self.results(self.frozen(project, sheet.questionnaire), sheet)

        self.attempt(show)

    def results(self, edition: Edition, sheet: Sheet, back: Callable[[], None] | None = None) -> None:
        from selfassess.tui.screens.results import Results

        self.stage.show(Results(self, edition, sheet, back or self.home_or_leave))

    # From everywhere

    def help(self) -> None:
        from selfassess.tui.screens.help import Help

        self.stage.lay_over(Help(self))

    def notice(self, heading: str, words: str, then: Callable[[], None]) -> None:
        from selfassess.tui.screens.trouble import Notice

        self.stage.show(Notice(self, heading, words, then))

    def attempt(self, act: Callable[[], None]) -> None:
        """Do something; what a person can do about an error is said on a screen of its own."""
        try:
            act()
        except SelfAssessError as error:
            self.notice("That did not work", str(error), self.home_or_leave)

    def save(self) -> None:
        """Try once more to save what could not be saved so far."""
        if self.sitting and self.sitting.trouble:
            self.sitting.save()

    def leave(self) -> None:
        """Leave the program."""
        sitting = self.sitting
        if sitting is None:
            self.stage.end(0)
        elif sitting.trouble:
            self.farewell = f"What you answered last is not saved. {sitting.trouble.message}"
            self.stage.end(sitting.trouble.exit_code)
        else:
            if sitting.let_go():
                self.farewell = words.to_go_on(sitting.saver.where, sitting.code_to_return)
            self.stage.end(0)
