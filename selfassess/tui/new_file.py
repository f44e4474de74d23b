"""The new file that a person names to save what is on screen; its ending decides the format."""

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from selfassess.documents.media import MEDIA, format_of
from selfassess.errors import UsageError, reason_of
from selfassess.project.atomic_files import check_folder, exists, shown
from selfassess.services.extras import check_installed
from selfassess.text import listed

OTHERS = {"calendar": ".ics"}
"""Formats that are no media for documents, and how their files end."""
LONGEST_NAME = 60
"""Characters shown of a name that cannot be used, when we say so."""


def path_of(typed: str) -> Path:
    """The path that was typed. UsageError where there can be nothing of that name, or nobody may look."""
    path = Path(typed.strip())
    with suppress(RuntimeError):  # where nobody has the name behind "~", it is one of a folder
        path = path.expanduser()
    try:
        path.exists()
    except (OSError, ValueError) as error:
        why = reason_of(error) if isinstance(error, OSError) else str(error).lower()
        raise UsageError(f"{shown(path, LONGEST_NAME)} cannot be used: {why}.", "Choose another name.") from None
    return path


def folder_here() -> str:
    """The folder that names without one are in, as it is shown."""
    return shown(Path.cwd())


def saved(path: Path) -> str:
    """The sentence that says where a file was saved."""
    return f"Saved: {shown(path)}" + ("." if path.is_absolute() else f", in {folder_here()}.")


def check_can_write(style: str) -> None:
    """UsageError if the library that writes this format is not installed."""
    if style in MEDIA and MEDIA[style].needs:
        check_installed(MEDIA[style].needs, f"{MEDIA[style].name} files are written")


class NewFile:
    """The file whose name is typed. Replacing an existing file takes a second Enter."""

    def __init__(self, styles: Collection[str] = tuple(MEDIA)) -> None:
        """`styles` are the formats that it may have."""
        self.styles = styles
        self.replaces: Path | None = None
        """The existing file that the person has been warned about."""

    def read(self, typed: str) -> Path:
        """The path that was typed. UsageError where nothing of these formats can be written there."""
        path = path_of(typed)
        if not path.name or path.is_dir():
            raise UsageError(
                "Type a name for the file." if not typed.strip() else f"{shown(path)} is a folder. Name a file in it."
            )
        check_can_write(self.style(path))
        check_folder(path)
        if path != self.replaces and exists(path):
            if not path.is_file():
                raise UsageError(f"{shown(path)} is not a file we can write to.", "Name another file.")
            self.replaces = path
            raise UsageError(f"There is a file {shown(path)} already. Press Enter again to replace it.")
        return path

    def style(self, path: Path) -> str:
        """The format that the ending of a path says. UsageError where that is none of these."""
        style = next((one for one, ending in OTHERS.items() if path.suffix.lower() == ending), format_of(path.suffix))
        if style is None or style not in self.styles:
            raise UsageError(f"The name has to end in {self.endings}.")
        return style

    @property
    def endings(self) -> str:
        """The usual endings of these formats."""
        return listed((OTHERS.get(style) or MEDIA[style].endings[0] for style in self.styles), "or")
