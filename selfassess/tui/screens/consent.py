"""Asking members of a small group whether it may be shown by itself."""

from selfassess.model.questionnaire import GroupKey, Questionnaire
from selfassess.model.round import EVERYBODY, Round
from selfassess.sitting import round_notices
from selfassess.tui.screens.list_screen import Line, ListScreen
from selfassess.tui.widgets.scale_options import Option


class Consent(ListScreen[bool | None]):
    """The question. None to go back. There is no pointer at first: nothing is chosen by an Enter too many."""

    def __init__(self, round: Round, questionnaire: Questionnaire, group: GroupKey | None) -> None:
        lines: list[Line[bool | None]] = [
            Line(Option(round_notices.YES, "1"), True),
            Line(Option(round_notices.NO, "2"), False),
        ]
        super().__init__(
            round_notices.CONSENT_HEADING,
            [*round_notices.consent(round, questionnaire, group or EVERYBODY), round_notices.CHANGEABLE],
            lines,
            back=("Back", None),
            pointer=None,
            is_long=True,
        )


class ConsentRefused(ListScreen[bool]):
    """What follows from a no. Returns whether to go on."""

    def __init__(self, round: Round, group: GroupKey | None) -> None:
        said = [round_notices.after_consent(round, group or EVERYBODY, False), round_notices.CHANGEABLE]
        super().__init__("You said no", said, [Line(Option("Continue", "1"), True)], back=("Back", False))
