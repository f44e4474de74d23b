"""The home screen: everything that one can do, in the order in which one is likely to want it."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from selfassess.sitting import words
from selfassess.storage.project import Project
from selfassess.tui.screens.menu import Line, Menu
from selfassess.tui.widgets.scale_options import Option

if TYPE_CHECKING:
    from selfassess.tui.flow import Flow


class Home(Menu):
    """Continue, start, try, results, help, leave."""

    def __init__(self, flow: "Flow") -> None:
        said = ["Answer questions about your partnership in your own time: see its strengths, and what to do next."]
        if flow.project:
            said.append(f"Everything you answer is kept in one file: {flow.project.path}")
        lines = [
            Line(replace(line.option, key=str(number)), line.act) for number, line in enumerate(_lines(flow), start=1)
        ]
        super().__init__(flow, "How well do we work together?", said, lines)


def _lines(flow: "Flow") -> Iterator[Line]:
    project = flow.project
    if project:
        yield from _rounds(flow, project)
        yield from _continue(flow, project)
        yield Line(Option("Start a questionnaire"), partial(flow.choose, save=True))
    yield Line(Option("Try one without saving anything"), partial(flow.choose, save=False))
    if project:
        yield from _results(flow, project)
        yield from _closed_rounds(flow, project)
        yield from _comparison(flow, project)
        yield from _plan(flow, project)
    yield Line(Option("Help"), flow.help)
    yield Line(Option("Leave"), flow.leave)


def _rounds(flow: "Flow", project: Project) -> Iterator[Line]:
    """The open rounds of a shared project."""
    if project.kind == "shared":
        from selfassess.storage.entrances import open_rounds
        from selfassess.tui.shared import take_part

        for round in open_rounds(project):
            yield Line(Option(f"Take part: {round.title}"), partial(take_part, flow, project, round))


def _continue(flow: "Flow", project: Project) -> Iterator[Line]:
    if project.kind == "shared":
        from selfassess.tui.shared import ask_code

        about = "You need the code that you came in with, or wrote down."
        yield Line(Option("Continue", about=about), partial(ask_code, flow, project))
    for saved, edition in flow.open_sittings(project):
        option = Option(
            f"Continue: {edition.questionnaire.title}",
            about=words.sitting_about(edition.questionnaire, saved.draft, saved.saved),
        )
        if saved.draft.ticket:
            act = partial(flow.notice, "By invitation", words.invited(flow.command), flow.home)
            yield Line(replace(option, about=f"{option.about}, by invitation"), act)
        else:
            yield Line(option, partial(flow.resume, project, saved.id))


def _results(flow: "Flow", project: Project) -> Iterator[Line]:
    if project.kind == "shared":
        from selfassess.tui.shared import ask_receipt

        about = "You need the receipt that you wrote down when you handed in."
        yield Line(Option("See my results", about=about), partial(ask_receipt, flow, project))
    elif project.last_sheet():
        about = "Open, change or delete what you have answered."
        yield Line(Option("My answers and results", about=about), partial(flow.sittings, project))


def _closed_rounds(flow: "Flow", project: Project) -> Iterator[Line]:
    """The closed rounds of a shared project: what everybody answered together."""
    if project.kind == "shared":
        from selfassess.tui.dashboard.door import closed_rounds, present

        for round in closed_rounds(project):
            about = "What everybody said together, for the meeting."
            yield Line(Option(f"Results of: {round.title}", about=about), partial(present, flow, project, round))


def _comparison(flow: "Flow", project: Project) -> Iterator[Line]:
    """What moved, once two rounds of a shared project are closed."""
    if project.kind == "shared":
        from selfassess.tui.comparison.door import ask_rounds, can_compare

        if can_compare(project):
            about = "Two closed rounds side by side."
            yield Line(Option("What moved between rounds", about=about), partial(ask_rounds, flow, project, flow.home))


def _plan(flow: "Flow", project: Project) -> Iterator[Line]:
    """What a partnership decided to do, or can take from a closed round."""
    if project.kind == "shared":
        from selfassess.storage.plans import Plans
        from selfassess.tui.dashboard.door import closed_rounds
        from selfassess.tui.planning.door import has_plan, present

        if has_plan(project) or any(closed_rounds(project)):
            about = "What was decided to do, by whom and until when."
            yield Line(Option("The plan", about=about), partial(present, flow, Plans(project), flow.home))
