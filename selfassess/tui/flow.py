"""Which screen comes after which, and what the project file is asked for on the way."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from textual.screen import Screen

from selfassess.errors import ProjectInUseError, SelfAssessError
from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import Draft, Form, Sheet
from selfassess.paths import program
from selfassess.sitting import words
from selfassess.sitting.changes import changes
from selfassess.sitting.live import Saver, Sitting
from selfassess.sitting.order import Step, steps
from selfassess.sitting.state import start
from selfassess.storage import drafts, own_sittings
from selfassess.storage.project import Project
from selfassess.tui.opening import Opening
from selfassess.tui.stage import Stage

if TYPE_CHECKING:
    from selfassess.definition.library import Listed
    from selfassess.sitting.entering import Entrance
    from selfassess.storage.own_sittings import OwnSitting
    from selfassess.storage.rows import SavedDraft
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

    @property
    def command(self) -> str:
        """How the program is called for this project."""
        return program(str(self.opening.project.path) if self.opening.project else "")

    def first(self) -> Screen[None]:
        """The first screen: the one that the command line asked for, or the questions where they were left."""
        opening, project = self.opening, self.kept_in
        if opening.entrance and opening.come:
            return self.enter(opening.entrance).first(opening.come)
        if project and opening.code:
            return self.resumed(project, *drafts.resume_with_code(project, opening.code))
        if opening.sittings and project:
            return self._sittings(project)
        if opening.edition is None:
            return self._home()
        return self._begun(project, opening.edition) if project else self._welcome(opening.edition)

    def _begun(self, project: Project, edition: Edition) -> Screen[None]:
        """The questions of the sitting that was begun with this questionnaire, or the welcome. Where the questionnaire
        asks something else by now, the person is told."""
        begun = list(self._begun_with(project, edition))
        if not begun:
            return self._welcome(edition)
        said = {saved.id: changes(then.questionnaire, edition.questionnaire, saved.draft) for saved, then in begun}
        saved, then = min(begun, key=lambda one: bool(said[one[0].id]))
        if not said[saved.id]:
            return self.resumed(project, *own_sittings.resume(project, saved.id))
        from selfassess.tui.screens.edited import Edited

        return Edited(self, project, edition, then, saved, said[saved.id])

    def _begun_with(self, project: Project, edition: Edition) -> Iterator[tuple["SavedDraft", Edition]]:
        """The sittings that go on of a questionnaire, in whatever version, for the group and form that were named."""
        for saved, then in self.open_sittings(project):
            same = then.questionnaire.id == edition.questionnaire.id and self.opening.form in (None, saved.draft.form)
            # What answers an invitation goes on with the invitation.
            if same and self.opening.group in (None, saved.draft.group) and not saved.draft.ticket:
                yield saved, then

    def open_sittings(self, project: Project | None) -> Iterator[tuple["SavedDraft", Edition]]:
        """What there is to go on with: the draft, and the questionnaire as it was when it began."""
        if project is None:
            return
        for saved in project.drafts():
            yield saved, self.frozen(project, saved.draft.questionnaire)

    def frozen(self, project: Project, sha256: str) -> Edition:
        """The edition that a project froze."""
        if self.opening.edition and self.opening.edition.sha256 == sha256:
            project.vet(self.opening.edition)
            return self.opening.edition
        from selfassess.services.projects import edition_of

        return edition_of(project, sha256)

    def _home(self) -> Screen[None]:
        from selfassess.tui.screens.home import Home

        return Home(self)

    def _welcome(self, edition: Edition) -> Screen[None]:
        from selfassess.tui.screens.welcome import Welcome

        return Welcome(self, edition)

    def _sittings(self, project: Project) -> Screen[None]:
        from selfassess.tui.screens.own_sittings import OwnSittings

        return OwnSittings(self, project)

    @property
    def begins_at_home(self) -> bool:
        """Whether the program began with the home screen."""
        return self.opening.edition is None and self.opening.entrance is None and not self.opening.sittings

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

            begin, back = partial(self.begin, edition, form), partial(self.welcome, edition)
            self.stage.show(Groups(self, edition.questionnaire.groups, begin, back))
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
        self.patiently(partial(self._begin, edition, draft), partial(self._cannot_begin, edition, form, group))

    def _cannot_begin(self, edition: Edition, form: Form, group: str | None, error: SelfAssessError) -> None:
        from selfassess.tui.screens.trouble import CannotBegin

        self.stage.show(CannotBegin(self, error, partial(self.begin, edition, form, group)))

    def _begin(self, edition: Edition, draft: Draft) -> None:
        project = self.kept_in
        saver = drafts.begin(project, edition, draft) if project else drafts.Unsaved()
        dated = project is not None and project.kind == "personal"
        sitting = self.sitting = Sitting(edition, draft, saver, dated=dated)
        if saver.code:
            from selfassess.tui.screens.codes import KeepCode

            self.stage.show(KeepCode(self, sitting, saver.code))
        else:
            self.questions(sitting)

    def resume(self, project: Project, draft_id: str) -> None:
        """Go on with a draft of a personal project."""
        self.attempt(lambda: self.stage.show(self.resumed(project, *own_sittings.resume(project, draft_id))))

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

    def regroup(self, sitting: Sitting) -> None:
        """Ask for the group once more, from the first question. What was answered stays."""
        if self.entering:
            self.entering.regroup(sitting)
            return
        from selfassess.tui.screens.group import Groups

        back = partial(self.questions, sitting)
        choose = partial(self.change_group, sitting)
        self.stage.show(Groups(self, sitting.questionnaire.groups, choose, back, now=sitting.draft.group))

    def change_group(self, sitting: Sitting, group: str, agrees: bool | None = None) -> None:
        """Go on as a person of another group."""
        if not sitting.would_be_asked(group):
            said = "This form of the questionnaire asks people of this group nothing."
            self.notice("Nothing to answer", said, partial(self.regroup, sitting))
            return
        if group != sitting.draft.group:
            sitting.change_group(group, agrees)
        self.questions(sitting)

    def review(self, sitting: Sitting) -> None:
        from selfassess.tui.screens.review import Review

        self.stage.show(Review(self, sitting))

    def confirm_hand_in(self, sitting: Sitting) -> None:
        from selfassess.tui.screens.hand_in import HandIn

        self.stage.show(HandIn(self, sitting))

    def hand_in(self, sitting: Sitting) -> None:
        """Hand in, and show the receipt. Where that fails nothing is lost."""

        def act() -> None:
            sheet, receipt = sitting.hand_in()
            self.sitting = None
            if receipt:
                self.farewell = words.to_see_again(program(sitting.saver.where), is_private=sitting.is_private)
            self.handed_in(sitting, sheet, receipt)

        def failed(error: SelfAssessError) -> None:
            from selfassess.tui.screens.trouble import CannotHandIn

            refused = self.entering and self.entering.refused(sitting, error)
            self.stage.show(refused or CannotHandIn(self, sitting, error))

        self.patiently(act, failed)

    def handed_in(self, sitting: Sitting, sheet: Sheet, receipt: str) -> None:
        if self.entering:
            self.entering.handed_in(sitting, sheet, receipt)
            return
        if sitting.is_private:
            note = "" if sitting.saver.where else words.saved("")
            self.results(sitting.edition, sheet, self.home_or_leave, note)
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
        elif sitting.trouble:
            self.patiently(partial(self._save_and, sitting, leave), partial(self._cannot_save, sitting, leave))
        else:
            leave()

    def _save_and(self, sitting: Sitting, leave: Callable[[], None]) -> None:
        sitting.keep()
        if sitting.trouble:
            raise sitting.trouble
        leave()

    def _cannot_save(self, sitting: Sitting, leave: Callable[[], None], error: SelfAssessError) -> None:
        from selfassess.tui.screens.trouble import CannotSave

        self.stage.show(CannotSave(self, sitting, error, leave))

    def left(self, sitting: Sitting) -> None:
        """After a sitting that was left: to the next person, where one comes after the other; to the home screen, where
        the person came from there; or out of the program."""
        if self.entering and self.entering.has_a_next:
            self.entering.left(sitting)
        elif self.begins_at_home:
            sitting.let_go()
            self.home()
        else:
            self.leave()

    # Results

    def sittings(self, project: Project) -> None:
        """A person's own sittings, to open, change or delete."""
        self.sitting = None
        self.attempt(lambda: self.stage.show(self._sittings(project)))

    def one_sitting(self, project: Project, sitting: "OwnSitting") -> None:
        """What can be done with one of them."""
        from selfassess.tui.screens.own_sittings import OneSitting

        self.attempt(lambda: self.stage.show(OneSitting(self, project, sitting)))

    def change_sitting(self, project: Project, sitting: "OwnSitting", draft: Draft) -> None:
        """Change the answers of a finished sitting: its review, from which one goes to any question."""

        def act() -> None:
            edition = self.frozen(project, sitting.kept.questionnaire)
            saver, begun = own_sittings.change(project, sitting, draft)
            self.sitting = Sitting(edition, begun, saver, dated=True)
            self.review(self.sitting)

        self.attempt(act)

    def results(self, edition: Edition, sheet: Sheet, back: Callable[[], None], note: str = "") -> None:
        """One's own results, with a note below them."""
        from selfassess.tui.screens.results import Results

        self.stage.show(Results(self, edition, sheet, back, note))

    # From everywhere

    def help(self) -> None:
        from selfassess.tui.screens.help import Help

        self.stage.lay_over(Help(self))

    def notice(self, heading: str, words: str, then: Callable[[], None]) -> None:
        from selfassess.tui.screens.trouble import Notice

        self.stage.show(Notice(self, heading, words, then))

    def attempt(self, act: Callable[[], None]) -> None:
        """Do something; what a person can do about an error is said on a screen of its own."""
        self.patiently(act, lambda error: self.notice("That did not work", str(error), self.home_or_leave))

    def patiently(self, act: Callable[[], None], failed: Callable[[SelfAssessError], None]) -> None:
        """Do something with the project file. While another program is using it, say so and try again for a while;
        `failed` shows what can be done about that, or about any other error."""
        try:
            act()
        except ProjectInUseError as error:
            from selfassess.tui.screens.trouble import InUse

            self.stage.show(InUse(self, error, act, failed))
        except SelfAssessError as error:
            failed(error)

    def save(self) -> None:
        """Save what is not saved so far."""
        if self.sitting:
            self.sitting.keep()

    def close(self) -> None:
        """Let go of the project file, which is whole by itself then."""
        if self.project:
            self.project.close()

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
