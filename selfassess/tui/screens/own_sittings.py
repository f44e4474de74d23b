"""A person's own sittings: to open, change or delete them."""

from collections.abc import Sequence

from selfassess.services.sittings import Offer, OwnEntry
from selfassess.sitting import notices
from selfassess.tui.screens.list_screen import Line, ListScreen, numbered
from selfassess.tui.widgets.scale_options import Option


def _title(entry: OwnEntry) -> str:
    title = entry.questionnaire.title
    return title if entry.sitting.sheet else f"Not finished: {title}"


class OwnSittings(ListScreen[OwnEntry | None]):
    """All of them, the latest first. Returns one, or None to go back."""

    def __init__(self, entries: Sequence[OwnEntry], *, begins_at_home: bool) -> None:
        lines: list[Line[OwnEntry | None]] = [Line(Option(_title(one), about=one.about), one) for one in entries]
        said = notices.OWN_SITTINGS if lines else notices.NO_SITTINGS
        back = ("Home" if begins_at_home else "Leave", None)
        super().__init__("My answers and results", [said], numbered(lines), back=back)


WORDS: dict[Offer, str] = {
    "results": "See the results",
    "change": "Change my answers",
    "go on": "Carry on",
    "invited": "Carry on",
    "delete": "Delete",
}


class OneSitting(ListScreen[Offer | None]):
    """What to do with one of them. None to go back."""

    def __init__(self, entry: OwnEntry) -> None:
        said = [entry.about]
        if entry.sitting.was_sent:
            said.append(notices.SENT_COPY)
        lines: list[Line[Offer | None]] = [Line(Option(WORDS[one]), one) for one in entry.offers]
        super().__init__(_title(entry), said, numbered([*lines, Line(Option("Back"), None)]), back=("Back", None))


class DeleteQuestion(ListScreen[bool]):
    """Asks before a sitting is deleted."""

    def __init__(self, entry: OwnEntry) -> None:
        super().__init__(
            "Delete these answers?",
            [_title(entry), entry.about, "This cannot be undone."],
            [Line(Option("No, keep them"), False), Line(Option("Yes, delete them"), True)],
            back=("Back", False),
        )
