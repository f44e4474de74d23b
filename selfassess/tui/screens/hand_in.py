"""Handing in: a question before, and the receipt after."""

from collections.abc import Iterator

from selfassess.sitting import notices
from selfassess.sitting.session import Sitting
from selfassess.sitting.thanks import Said, Thanks
from selfassess.tui.screens.list_screen import Line, ListScreen, Paragraph
from selfassess.tui.widgets.scale_options import Option


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


class ThanksScreen(ListScreen[Said]):
    """Thanks, and the receipt. There is no pointer at first: an Enter too many must not leave the screen."""

    def __init__(self, thanks: Thanks, *, begins_at_home: bool) -> None:
        leave: tuple[str, Said] = ("Home" if begins_at_home else "Leave", "leave")
        onward: tuple[str, Said] = ("For the next person", "next") if thanks.has_next else leave
        lines: list[Line[Said]] = [
            Line(Option("See my own result", "1"), "result"),
            Line(Option(onward[0], "2"), onward[1]),
        ]
        if thanks.has_next and begins_at_home:
            lines.append(Line(Option(leave[0], "3"), leave[1]))
        super().__init__(
            "Thank you",
            list(_paragraphs(thanks)),
            lines,
            back=onward,
            pointer=None if thanks.receipt else 0,
            is_long=True,
        )


def _paragraphs(thanks: Thanks) -> Iterator[Paragraph]:
    yield thanks.message
    if thanks.receipt:
        yield "Your receipt", thanks.receipt
        yield "\n".join(thanks.uses)
