"""A person's own sittings: to open, change or delete them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from selfassess.model.questionnaire import Questionnaire
from selfassess.model.sheet import Draft
from selfassess.project.own_sittings import OwnSitting
from selfassess.sitting import notices
from selfassess.sitting.state import reopen
from selfassess.tui.screens.list_screen import Line, ListScreen, numbered
from selfassess.tui.widgets.scale_options import Option


@dataclass(frozen=True, slots=True)
class SittingEntry:
    """A sitting and its questionnaire."""

    sitting: OwnSitting
    questionnaire: Questionnaire

    @property
    def draft(self) -> Draft:
        """The answers, as a draft."""
        return reopen(self.questionnaire, self.sitting.kept)

    @property
    def title(self) -> str:
        title = self.questionnaire.title
        return title if self.sitting.sheet else f"Not finished: {title}"

    @property
    def about(self) -> str:
        sitting = self.sitting
        is_finished = sitting.sheet is not None
        return notices.sitting_about(self.questionnaire, self.draft, sitting.date, is_finished=is_finished)


class OwnSittings(ListScreen[SittingEntry | None]):
    """All of them, the latest first. Returns one, or None to go back."""

    def __init__(self, entries: Sequence[SittingEntry], *, begins_at_home: bool) -> None:
        lines: list[Line[SittingEntry | None]] = [Line(Option(one.title, about=one.about), one) for one in entries]
        said = notices.OWN_SITTINGS if lines else "You have not answered a questionnaire yet."
        back = ("Home" if begins_at_home else "Leave", None)
        super().__init__("My answers and results", [said], numbered(lines), back=back)


Wish = Literal["results", "change", "go on", "invited", "delete"] | None


class OneSitting(ListScreen[Wish]):
    """What to do with one of them. None to go back."""

    def __init__(self, entry: SittingEntry) -> None:
        said = [entry.about]
        if entry.sitting.was_sent:
            said.append(notices.SENT_COPY)
        super().__init__(entry.title, said, numbered(list(_lines(entry.sitting))), back=("Back", None))


def _lines(sitting: OwnSitting) -> Iterator[Line[Wish]]:
    if sitting.sheet:
        yield Line(Option("See the results"), "results")
        if not sitting.was_sent:
            yield Line(Option("Change my answers"), "change")
    else:
        is_invited = sitting.draft is not None and sitting.draft.ticket is not None
        yield Line(Option("Go on"), "invited" if is_invited else "go on")
    yield Line(Option("Delete"), "delete")
    yield Line(Option("Back"), None)


class DeleteQuestion(ListScreen[bool]):
    """Asks before a sitting is deleted."""

    def __init__(self, entry: SittingEntry) -> None:
        super().__init__(
            "Delete these answers?",
            [entry.title, entry.about, "This cannot be undone."],
            [Line(Option("No, keep them"), False), Line(Option("Yes, delete them"), True)],
            back=("Back", False),
        )
