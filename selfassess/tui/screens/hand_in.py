"""Handing in: a question before, and the receipt after."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from selfassess.paths import program
from selfassess.sitting import notices, round_notices
from selfassess.sitting.session import Sitting
from selfassess.tui.screens.list_screen import Line, ListScreen, Paragraph
from selfassess.tui.widgets.scale_options import Option

if TYPE_CHECKING:
    from selfassess.services.entrances import Entrance


class HandInQuestion(ListScreen[bool]):
    """Asks before handing in. To hand in takes an arrow key and Enter, or a click: no letter, digit or space does, and
    Enter alone goes back."""

    def __init__(self, sitting: Sitting) -> None:
        said = "You won't be able to change your answers after this."
        if sitting.round:
            said = "You then get a receipt. With it you can answer again until the round closes."
        super().__init__(
            "Hand in now?",
            [notices.left_open(sitting.progress), said],
            [Line(Option("Not yet"), False), Line(Option("Hand in now", about=notices.DELIBERATELY), True)],
            back=("Not yet", False),
        )

    def press(self, key: str) -> bool:
        return key != "space" and super().press(key)


class HandedInScreen(ListScreen[bool]):
    """Thanks, and the receipt, which is not shown again. There is no pointer at first: an Enter too many must not leave
    the screen. Returns True to see the results."""

    def __init__(self, sitting: Sitting, receipt: str, *, begins_at_home: bool) -> None:
        onward = "Home" if begins_at_home else "Leave"
        super().__init__(
            "Thank you",
            _thanks(sitting, receipt),
            [Line(Option("See my results", "1"), True), Line(Option(onward, "2"), False)],
            back=(onward, False),
            pointer=None if receipt else 0,
            is_long=True,
        )


def _thanks(sitting: Sitting, receipt: str) -> list[Paragraph]:
    return [
        f"Your answers are handed in. They are saved in {sitting.saver.where}",
        ("Your receipt", receipt),
        "\n".join(notices.receipt_words(program(sitting.saver.where))),
    ]


Onward = Literal["results", "done", "home"]


class RoundHandedIn(ListScreen[Onward]):
    """The same in a round, where another person may follow."""

    def __init__(
        self, entrance: "Entrance", sitting: Sitting, receipt: str, *, has_a_next: bool, begins_at_home: bool
    ) -> None:
        onward = "For the next person" if has_a_next else "Home" if begins_at_home else "Leave"
        lines: list[Line[Onward]] = [
            Line(Option("See my own result", "1"), "results"),
            Line(Option(onward, "2"), "done"),
        ]
        if has_a_next and begins_at_home:
            lines.append(Line(Option("Home", "3"), "home"))
        super().__init__(
            "Thank you",
            list(_round_thanks(entrance, sitting, receipt)),
            lines,
            back=(onward, "done"),
            pointer=None if receipt else 0,
            is_long=True,
        )


def _round_thanks(entrance: "Entrance", sitting: Sitting, receipt: str) -> Iterator[Paragraph]:
    if not receipt:
        yield "This was a preview: nothing was saved. People see their receipt here."
        return
    yield round_notices.sent_words(entrance.sent) if entrance.sent else "Your answers are handed in."
    yield "Your receipt", receipt
    said = round_notices.receipt_words(
        entrance.kind,
        entrance.to_answer_again,
        program(sitting.saver.where),
        again=sitting.saver.again,
        on_screen=True,
    )
    yield "\n".join(said)
