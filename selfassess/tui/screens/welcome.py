"""The welcome: what it is, how long it takes, who sees it, and how to stop. Before the first question."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from selfassess.model.questionnaire import Edition, Questionnaire
from selfassess.sitting import words
from selfassess.tui.screens.menu import Line, Menu, Paragraph
from selfassess.tui.widgets.scale_options import Option

if TYPE_CHECKING:
    from selfassess.tui.flow import Flow


class Welcome(Menu):
    """Everything a person wants to know before they begin."""

    def __init__(self, flow: "Flow", edition: Edition) -> None:
        back = "Home" if flow.begins_at_home else "Leave"
        super().__init__(
            flow,
            edition.questionnaire.title,
            list(_paragraphs(flow, edition.questionnaire)),
            list(_lines(flow, edition)),
            back=(back, flow.home_or_leave),
            is_long=True,
        )


def _paragraphs(flow: "Flow", questionnaire: Questionnaire) -> Iterator[Paragraph]:
    if questionnaire.about:
        yield questionnaire.about
    project = flow.kept_in
    yield (
        "Who sees your answers",
        words.who_sees(project.kind if project else None, str(project.path) if project else ""),
    )
    saved = " Every answer is saved at once, and the same command brings you back." if project else ""
    yield "To stop", f"Press Escape whenever you like.{saved}"
    yield "If this is hard to read", "F2 changes the colours, with high contrast among them."
    yield "With a screen reader", f"to be asked line by line, leave and type: {flow.command} take --plain"


def _lines(flow: "Flow", edition: Edition) -> Iterator[Line]:
    form, group = flow.opening.form or "full", flow.opening.group
    about = words.how_long(edition, group, form)
    yield Line(Option("Start", "1", about), partial(flow.start, edition, form))
    number = 2
    if form == "full" and _has_short_form(edition.questionnaire):
        about = words.how_long(edition, group, "short")
        yield Line(Option("Start the short form", "2", about), partial(flow.start, edition, "short"))
        number = 3
    project = flow.kept_in
    if project and project.kind == "shared":
        from selfassess.tui.shared import ask_code

        about = "You need the resume code that you wrote down."
        yield Line(Option("Go on with what I began", str(number), about), partial(ask_code, flow, project))
        number += 1
    yield Line(Option("Not now", str(number)), flow.home_or_leave)


def _has_short_form(questionnaire: Questionnaire) -> bool:
    short = [item.short for item in questionnaire.items if item.kind != "text"]
    return any(short) and not all(short)
