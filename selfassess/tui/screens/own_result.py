"""A person's own result: all of it at a glance, and what opens from there."""

from collections.abc import Callable
from pathlib import Path
from typing import Literal

from textual.content import Content

from selfassess.documents import wording
from selfassess.documents.blocks import Section, Spot
from selfassess.documents.personal_dashboard import page, row
from selfassess.model.reports import OwnReport, Working
from selfassess.model.sheet import Sheet
from selfassess.tui.new_file import NewFile
from selfassess.tui.screens.document import WIDE, BranchingScreen
from selfassess.tui.screens.field_screen import FieldScreen
from selfassess.tui.trail import TOP, Trail
from selfassess.tui.widgets.key_bar import COLOURS, Key


class OwnResult(BranchingScreen[Literal["save", "note"]]):
    """Shows the pages of one person's report. Returns "save" to save it as a file, "note" to write a note on the strand
    or benchmark that is open, or None to go back. In a wide window what the first page points at is open beside it."""

    def __init__(
        self,
        report: OwnReport,
        working: Callable[[str], Working],
        trail: Trail,
        note: str = "",
        said: str = "",
        *,
        can_note: bool = False,
    ) -> None:
        super().__init__(trail, report.edition.questionnaire.title, is_made_up=False, said=said)
        self.report = report
        self.working = working
        self.note = note
        self.can_note = can_note

    def fill(self) -> None:
        spot, pointer = self.trail[-1]
        self.say_where("", wording.whose(self.report))
        self.show(page(self.report, spot, self.working), pointer)

    def glance(self, spot: Spot) -> Section:
        return page(self.report, spot, self.working)

    @property
    def has_room(self) -> bool:
        return self.size.width >= WIDE and self.spot == TOP

    @property
    def about(self) -> str:
        return self.note

    def keys(self) -> list[Key]:
        note = [Key("n", "N", "Your note")] if self.takes_note else []
        return [*self.moving_keys("Back"), Key("s", "S", "Save"), *note, COLOURS]

    @property
    def takes_note(self) -> bool:
        """Whether a note can be written on what is open."""
        return self.can_note and self.spot != TOP

    def turn(self, key: str) -> bool:
        if key == "s":
            self.dismiss("save")
        elif key == "n" and self.takes_note:
            self.dismiss("note")
        else:
            return super().turn(key)
        return True

    def row(self) -> list[str]:
        return row(self.report, self.spot)


class NotePage(FieldScreen[Sheet]):
    """A field for the person's own note on a strand or benchmark. Keeps it and returns the sheet with it, or None to go
    back."""

    def __init__(self, about: str, note: str, keep: Callable[[str], Sheet]) -> None:
        """`about` is the title of the strand or benchmark, `note` what was noted before."""
        said = Content.styled(
            "Only you see it, unless you pass this result on. To remove it, leave the box empty.", "$quiet"
        )
        super().__init__("Your note", Content(about), said, typed=note, onward="Keep", back="Leave it as it was")
        self.keep = keep

    def accept(self, typed: str) -> Sheet:
        return self.keep(typed)


class SavePage(FieldScreen[Path]):
    """A field for the name of a file. Saves there and returns it, or None to go back. Asks before a file is
    replaced."""

    def __init__(self, name: str, file: NewFile, save: Callable[[Path, bool], None]) -> None:
        """`save` takes the path, and whether a file that is there is replaced."""
        said = Content(f"Type a name for the file. Its ending sets the format: {file.endings}.")
        super().__init__("Save this result as a file", said, typed=name, onward="Save")
        self.file = file
        self.save = save

    def accept(self, typed: str) -> Path:
        path = self.file.read(typed)
        self.save(path, path == self.file.replaces)
        return path
