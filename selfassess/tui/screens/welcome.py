"""The welcome of a questionnaire and of a round: how long it takes, who sees the answers, and how to stop."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from selfassess.model.questionnaire import Edition, Questionnaire
from selfassess.model.routing import has_short_form
from selfassess.model.sheet import Form
from selfassess.project.project import Project
from selfassess.sitting import notices, privacy_notice, round_notices
from selfassess.tui.launch import LaunchOptions
from selfassess.tui.screens.list_screen import Line, ListScreen, Paragraph, numbered
from selfassess.tui.widgets.scale_options import Option

if TYPE_CHECKING:
    from selfassess.services.entrances import Entrance
    from selfassess.sitting.round_entry import Entrant

COLOURS = ("If this is hard to read", "F2 changes the colours; one choice is high contrast.")

Start = Form | Literal["code"] | None


class Welcome(ListScreen[Start]):
    """Before a questionnaire. Returns the form to begin with, "code" to resume a sitting, or None to go back. `project`
    is what the sitting will be saved in."""

    def __init__(self, edition: Edition, options: LaunchOptions, project: Project | None, command: str) -> None:
        super().__init__(
            edition.questionnaire.title,
            list(_paragraphs(edition.questionnaire, project, command)),
            numbered(list(_lines(edition, options, project))),
            back=("Home" if options.begins_at_home else "Leave", None),
            is_long=True,
        )


def _paragraphs(questionnaire: Questionnaire, project: Project | None, command: str) -> Iterator[Paragraph]:
    if questionnaire.about:
        yield questionnaire.about
    yield (
        "Who sees your answers",
        notices.who_sees(project.kind if project else None, str(project.path) if project else ""),
    )
    saved = " Every answer is saved at once. To carry on later, start the same way again." if project else ""
    yield "To stop", f"Press Escape whenever you like.{saved}"
    yield COLOURS
    yield "With a screen reader", f"to be asked line by line, leave and type: {command} take --plain"


def _lines(edition: Edition, options: LaunchOptions, project: Project | None) -> Iterator[Line[Start]]:
    form, group = options.form or "full", options.group
    yield Line(Option("Start", about=notices.how_long(edition, group, form)), form)
    if form == "full" and has_short_form(edition.questionnaire):
        yield Line(Option("Start the short form", about=notices.how_long(edition, group, "short")), "short")
    if project and project.kind == "shared":
        yield Line(Option("Carry on where I stopped", about="You need the resume code that you wrote down."), "code")
    yield Line(Option("Not now"), None)


RoundStart = Literal["start", "code", "receipt", "notice"] | None


class RoundWelcome(ListScreen[RoundStart]):
    """Before taking part in a round. Returns None to go back or leave."""

    def __init__(self, entrance: "Entrance", entrant: "Entrant", *, begins_at_home: bool) -> None:
        self.stays = entrance.takes_turns and not begins_at_home
        super().__init__(
            entrance.round.title,
            list(_round_paragraphs(entrance)),
            numbered(list(_round_lines(entrance, entrant, stays=self.stays))),
            back=("Home" if begins_at_home else "Leave", None),
            is_long=True,
        )

    def back(self) -> None:
        """If another person may come, Escape only moves to the line that leaves: pressed once too often, it must not
        end the program for them."""
        if self.stays:
            self.options.move(len(self.lines))
        else:
            super().back()


def _round_paragraphs(entrance: "Entrance") -> Iterator[Paragraph]:
    questionnaire = entrance.edition.questionnaire
    yield from privacy_notice.summary(entrance.notice)  # first, so that it is seen in a small window too
    if questionnaire.about:
        yield questionnaire.about
    yield from round_notices.welcome(
        entrance.round, questionnaire, entrance.kind, stop="Press Escape whenever you like."
    )
    yield COLOURS
    yield "With a screen reader", "leave, and add --plain to your command. It asks line by line."


class NoticePage(ListScreen[None]):
    """The full notice about who looks after people's answers."""

    def __init__(self, entrance: "Entrance") -> None:
        said = privacy_notice.on_a_page(entrance.notice)
        back = Line(Option("Back", "1"), None)
        super().__init__(privacy_notice.HEADING, [said], [back], back=("Back", None), is_long=True)


def _round_lines(entrance: "Entrance", entrant: "Entrant", *, stays: bool) -> Iterator[Line[RoundStart]]:
    about = notices.how_long(entrance.edition, entrant.group or None, entrance.round.form)
    yield Line(Option("Start", about=about), "start")
    if entrance.has_resume_codes:
        yield Line(Option("Carry on where I stopped"), "code")
    if entrance.kind != "preview":
        yield Line(Option("I have handed in already"), "receipt")
    if entrance.notice:
        yield Line(Option(privacy_notice.HEADING), "notice")
    yield Line(Option("Leave the program" if stays else "Not now"), None)
