"""What a project of several people is asked for: its open rounds, and what only a code or a receipt opens."""

from typing import TYPE_CHECKING

from selfassess.model.round import Round
from selfassess.storage import drafts
from selfassess.storage.entrances import Here, round_of_code
from selfassess.storage.project import Project
from selfassess.storage.rounds import Rounds

if TYPE_CHECKING:
    from selfassess.tui.flow import Flow


def take_part(flow: "Flow", project: Project, round: Round) -> None:
    """To the welcome of a round."""
    flow.attempt(lambda: flow.enter(_here(flow, project, round)).welcome())


def ask_code(flow: "Flow", project: Project) -> None:
    """Ask for the code of what somebody began."""
    from selfassess.tui.screens.codes import AskResumeCode

    flow.stage.show(AskResumeCode(flow, project))


def ask_receipt(flow: "Flow", project: Project) -> None:
    """Ask for the receipt of what somebody handed in."""
    from selfassess.tui.screens.codes import AskReceipt

    flow.stage.show(AskReceipt(flow, project))


def resume_with_code(flow: "Flow", project: Project, code: str) -> None:
    """Go on with the draft that a code opens, in a round or outside. SelfAssessError if it opens none."""
    if round := round_of_code(project, code):
        flow.enter(_here(flow, project, round)).resume(code)
    else:
        flow.stage.show(flow.resumed(project, *drafts.resume_with_code(project, code)))


def results_with_receipt(flow: "Flow", project: Project, receipt: str) -> None:
    """What a receipt finds. SelfAssessError if it finds nothing."""
    sheet = project.sheet(receipt)
    flow.results(flow.frozen(project, sheet.questionnaire), sheet, flow.home_or_leave)


def _here(flow: "Flow", project: Project, round: Round) -> Here:
    return Here(Rounds(project), round, flow.frozen(project, round.questionnaire))
