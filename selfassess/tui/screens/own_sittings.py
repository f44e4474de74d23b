"""A person's own sittings by date: to open, to change, to delete."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from selfassess.model.sheet import Draft
from selfassess.sitting import words
from selfassess.sitting.state import reopen
from selfassess.storage import own_sittings
from selfassess.storage.own_sittings import OwnSitting
from selfassess.storage.project import Project
from selfassess.tui.screens.menu import Line, Menu
from selfassess.tui.widgets.scale_options import Option

if TYPE_CHECKING:
    from selfassess.tui.flow import Flow


class OwnSittings(Menu):
    """All of them, the latest first."""

    def __init__(self, flow: "Flow", project: Project) -> None:
        lines = [
            Line(
                Option(_title(flow, project, one), str(number) if number < 10 else "", _about(flow, project, one)),
                partial(flow.one_sitting, project, one),
            )
            for number, one in enumerate(own_sittings.own_sittings(project), start=1)
        ]
        said = words.OWN_SITTINGS if lines else "You have not answered a questionnaire yet."
        back = ("Home" if flow.begins_at_home else "Leave", flow.home_or_leave)
        super().__init__(flow, "My answers and results", [said], lines, back=back)


class OneSitting(Menu):
    """What can be done with one of them."""

    def __init__(self, flow: "Flow", project: Project, sitting: OwnSitting) -> None:
        back = partial(flow.sittings, project)
        lines = [
            Line(replace(line.option, key=str(number)), line.act)
            for number, line in enumerate(_lines(flow, project, sitting), start=1)
        ]
        said = [_about(flow, project, sitting)]
        if sitting.was_sent:
            said.append(words.SENT_COPY)
        super().__init__(flow, _title(flow, project, sitting), said, lines, back=("Back", back))


class Delete(Menu):
    """The last moment to keep a sitting."""

    def __init__(self, flow: "Flow", project: Project, sitting: OwnSitting) -> None:
        back = partial(flow.one_sitting, project, sitting)

        def delete() -> None:
            own_sittings.delete(project, sitting)
            flow.sittings(project)

        super().__init__(
            flow,
            "Delete these answers?",
            [_title(flow, project, sitting), _about(flow, project, sitting), "This cannot be undone."],
            [Line(Option("No, keep them"), back), Line(Option("Yes, delete them"), lambda: flow.attempt(delete))],
            back=("Back", back),
        )


def _lines(flow: "Flow", project: Project, sitting: OwnSitting) -> Iterator[Line]:
    sheet = sitting.sheet
    if sheet:
        edition = flow.frozen(project, sitting.kept.questionnaire)
        again = partial(flow.one_sitting, project, sitting)
        yield Line(Option("See the results"), partial(flow.results, edition, sheet, again))
        if not sitting.was_sent:
            change = partial(flow.change_sitting, project, sitting, _draft(flow, project, sitting))
            yield Line(Option("Change my answers"), change)
    elif sitting.draft and sitting.draft.ticket:
        yield Line(
            Option("Go on"),
            partial(flow.notice, "By invitation", words.invited(flow.command), partial(flow.sittings, project)),
        )
    else:
        yield Line(Option("Go on"), partial(flow.resume, project, sitting.key))
    yield Line(Option("Delete"), lambda: flow.stage.show(Delete(flow, project, sitting)))
    yield Line(Option("Back"), partial(flow.sittings, project))


def _draft(flow: "Flow", project: Project, sitting: OwnSitting) -> Draft:
    """The answers of a sitting, as a draft."""
    return reopen(flow.frozen(project, sitting.kept.questionnaire).questionnaire, sitting.kept)


def _title(flow: "Flow", project: Project, sitting: OwnSitting) -> str:
    title = flow.frozen(project, sitting.kept.questionnaire).questionnaire.title
    return title if sitting.sheet else f"Not finished: {title}"


def _about(flow: "Flow", project: Project, sitting: OwnSitting) -> str:
    questionnaire = flow.frozen(project, sitting.kept.questionnaire).questionnaire
    draft = _draft(flow, project, sitting)
    return words.sitting_about(questionnaire, draft, sitting.date, is_finished=sitting.sheet is not None)
