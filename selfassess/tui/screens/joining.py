"""What a person is asked between the welcome of a round and the first question."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from selfassess.errors import ProjectError
from selfassess.model.questionnaire import Group
from selfassess.sitting import round_words
from selfassess.sitting.entering import Entrant
from selfassess.sitting.live import Sitting
from selfassess.tui.screens.codes import AskCode
from selfassess.tui.screens.group import Groups
from selfassess.tui.screens.menu import Line, Menu
from selfassess.tui.widgets.scale_options import Option

if TYPE_CHECKING:
    from selfassess.tui.entering import Entering


class _Ask(AskCode):
    """A field for a code of a round. Escape leads back to its welcome."""

    def __init__(self, way: "Entering", heading: str, said: str, act: Callable[[str], None]) -> None:
        super().__init__(way.flow, heading, said, act)
        self.way = way

    def back(self) -> None:
        self.way.welcome()


class AskAdmission(_Ask):
    """The code that lets somebody in, or leads them back to what they began."""

    def __init__(self, way: "Entering", entrant: Entrant) -> None:
        said = (
            "Type the code that you were given for this round. Small letters are fine. If you have begun already, the "
            "same code leads you back."
        )
        if way.entrance.kind == "preview":
            said = "In this preview any code of 12 letters and digits is taken, such as K7QM-3RTP-9XWD."
        super().__init__(way, "Your admission code", said, partial(way.admit, entrant))


class AskRoundCode(_Ask):
    """The resume code of somebody who has begun, where there are no admission codes."""

    def __init__(self, way: "Entering", entrant: Entrant) -> None:
        said = "Type the code that you wrote down before the first question. Small letters are fine."
        super().__init__(way, "Your resume code", said, partial(way.admit, entrant))


class AskRoundReceipt(_Ask):
    """The receipt of somebody who has handed in."""

    what = "receipt"

    def __init__(self, way: "Entering") -> None:
        said = "Type the receipt that you wrote down when you handed in. Small letters are fine."
        super().__init__(way, "Your receipt", said, way.returned)


class OwnCode(_Ask):
    """A code that a person makes up. Enter alone: none."""

    def __init__(self, way: "Entering", entrant: Entrant) -> None:
        said = f"{round_words.OWN_CODE}\n\n{round_words.GUESSED}\n\nPress Enter alone to go on without one."
        super().__init__(way, round_words.OWN_CODE_HEADING, said, partial(way.with_own_code, entrant))
        self.may_be_empty = True


class RoundGroups(Groups):
    """The groups that take part."""

    def __init__(self, way: "Entering", entrant: Entrant) -> None:
        def choose(group: str) -> None:
            way.go_on(replace(entrant, group=group))

        super().__init__(way.flow, _taking_part(way), choose, way.welcome)


class Regroup(Groups):
    """The same for somebody who is at the first question."""

    def __init__(self, way: "Entering", sitting: Sitting) -> None:
        back = partial(way.flow.questions, sitting)
        choose = partial(way.change_group, sitting)
        super().__init__(way.flow, _taking_part(way), choose, back, now=sitting.draft.group)


def _taking_part(way: "Entering") -> list[Group]:
    return [one for one in way.entrance.edition.questionnaire.groups if one.id in way.entrance.round.invited]


class _Consent(Menu):
    """Whether one's small group may be shown by itself. The pointer is nowhere: nothing is chosen by an Enter too
    many."""

    def __init__(
        self, way: "Entering", group: str | None, decide: Callable[[bool], None], back: Callable[[], None]
    ) -> None:
        entrance = way.entrance
        super().__init__(
            way.flow,
            round_words.CONSENT_HEADING,
            [*round_words.consent(entrance.round, entrance.edition.questionnaire, group or ""), round_words.CHANGEABLE],
            [
                Line(Option(round_words.YES, "1"), partial(decide, True)),
                Line(Option(round_words.NO, "2"), partial(decide, False)),
            ],
            back=("Back", back),
            pointer=None,
            is_long=True,
        )


class Consent(_Consent):
    """Asked before the first question."""

    def __init__(self, way: "Entering", entrant: Entrant) -> None:
        super().__init__(way, entrant.group, partial(way.agree, entrant), way.welcome)


class Reconsider(_Consent):
    """Asked once more, from the review."""

    def __init__(self, way: "Entering", sitting: Sitting) -> None:
        super().__init__(way, sitting.draft.group, partial(way.decide, sitting), partial(way.flow.review, sitting))


class ConsentOfAnother(_Consent):
    """Asked of somebody who turns out to be in a small group."""

    def __init__(self, way: "Entering", sitting: Sitting, group: str) -> None:
        decide = partial(way.flow.change_group, sitting, group)
        super().__init__(way, group, decide, partial(way.flow.questions, sitting))


class Refused(Menu):
    """What follows from a no, in a plain word."""

    def __init__(self, way: "Entering", entrant: Entrant) -> None:
        said = [round_words.after_consent(way.entrance.round, entrant.group or "", False), round_words.CHANGEABLE]
        lines = [Line(Option("Go on", "1"), partial(way.go_on, entrant))]
        super().__init__(way.flow, "You said no", said, lines, back=("Back", way.welcome))


class Ready(Menu):
    """Somebody answers again, and there is nothing more to ask."""

    def __init__(self, way: "Entering", entrant: Entrant) -> None:
        said = (
            "You see your earlier answers. Change what you like, then hand in: they take the place of the earlier ones."
        )
        lines = [Line(Option("To my answers", "1"), partial(way.go_on, entrant))]
        super().__init__(way.flow, "Answer again", [said], lines, back=("Back", way.welcome))


class CannotBeginRound(Menu):
    """There is no draft yet, because it cannot be saved."""

    def __init__(self, way: "Entering", error: ProjectError, begin: Callable[[], None]) -> None:
        lines = [Line(Option("Try again", "1"), begin), Line(Option("Leave", "2"), way.done)]
        super().__init__(way.flow, "Your answers cannot be saved", [str(error)], lines, back=("Back", way.welcome))
