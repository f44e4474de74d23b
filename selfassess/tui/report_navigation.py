"""Which screen follows which while the report of a round is saved: how much of it, the format, and where."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from selfassess.documents.media import MEDIA, PRINTED, usual
from selfassess.documents.round.file import content
from selfassess.errors import SelfAssessError
from selfassess.paths import quoted
from selfassess.project.atomic_files import write_whole
from selfassess.project.rounds import Rounds
from selfassess.services.comparisons import release_with_follow_up
from selfassess.services.progress import Progress
from selfassess.tui import new_file
from selfassess.tui.navigator import Navigator
from selfassess.tui.new_file import NewFile
from selfassess.tui.screens.form import Field, FieldError, FormContents
from selfassess.tui.screens.save_report import OPENS, ReportFormat, ReportLength
from selfassess.tui.wizard import Ask, Forms, ask_format, walk


async def save_report(navigator: Navigator, forms: Forms, rounds: Rounds, progress: Progress) -> str:
    """Ask how much of the report of a round is wanted, in which format and where, and save it. What was done, in words;
    nothing where the person goes back."""
    report = _Saving(navigator, forms, rounds, progress)
    steps = [Ask(report.ask_length), Ask(report.ask_format), Ask(report.save)]
    return report.said if await walk(steps) else ""


class _Saving:
    """A report, as far as it was asked for."""

    def __init__(self, navigator: Navigator, forms: Forms, rounds: Rounds, progress: Progress) -> None:
        self.navigator = navigator
        self.forms = forms
        self.rounds = rounds
        self.progress = progress
        self.full = False
        self.style = usual(PRINTED)
        self.said = ""

    @property
    def round_id(self) -> str:
        return self.progress.round.id

    def command(self, typed: Mapping[str, str]) -> str:
        """The command that saves the same."""
        file = typed.get("file", "").strip() or f"{self.round_id}{MEDIA[self.style].endings[0]}"
        full = " --full" if self.full else ""
        return f"{self.navigator.command} report {self.round_id}{full} --output {quoted(file)}"

    async def ask_length(self) -> bool:
        """Ask for the one page, or all of it."""
        plain = self.command({}).replace(" --full", "")
        full = plain.replace(" --output", " --full --output")
        screen = ReportLength(plain, full, usual=self.full, is_first=not self.progress.is_released)
        answer = await self.navigator.ask(screen)
        self.full = self.full if answer is None else answer
        return answer is not None

    async def ask_format(self) -> bool:
        """Ask for the format."""
        style = await ask_format(
            self.navigator, self.style, lambda style, refused: ReportFormat(style, self.named, refused)
        )
        self.style = style or self.style
        return style is not None

    def named(self, style: str) -> str:
        """The command for a format."""
        return self.command({"file": f"{self.round_id}{MEDIA[style].endings[0]}"})

    async def save(self) -> bool:
        """Ask for the file, and save the report there. Whether it was saved."""
        file = NewFile()
        contents = FormContents(
            heading="Where should it be saved?",
            said=(f"In this folder, unless you name another: {new_file.folder_here()}",),
            fields=(
                Field(
                    name="file",
                    label="The name of the file",
                    typed=f"{self.round_id}{MEDIA[self.style].endings[0]}",
                    read=file.read,
                ),
            ),
            finish=lambda typed: file.read(typed["file"]),
            command=self.command,
            onward="Save",
        )
        refused: FieldError | None = None
        while (path := await self.forms.fill_in(f"report {self.style}", contents, refused)) is not None:
            try:
                work = partial(self.write, path, file)
                await self.navigator.work_out("One moment: the report is being made.", work)
            except SelfAssessError as error:
                refused = FieldError("file", error)
            else:
                self.said = f"{new_file.saved(path)} {OPENS[file.style(path)]}"
                return True
        return False

    def write(self, path: Path, file: NewFile) -> None:
        """Make the report, which is noted down in the project first, and save it."""
        report = release_with_follow_up(self.rounds, self.rounds.get(self.round_id))
        found = content(report, file.style(path), full=self.full)
        write_whole(path, found, overwrite=path == file.replaces)
