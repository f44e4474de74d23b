"""Which screen follows which while answers are taken in: sheets from a folder, or a table that a survey service
exported."""

from functools import partial
from pathlib import Path

from selfassess.errors import FileError, SelfAssessError, UsageError
from selfassess.model.round import Round
from selfassess.paths import quoted
from selfassess.project.atomic_files import check_folder, shown
from selfassess.project.rounds import Rounds
from selfassess.services import survey_intake
from selfassess.services.collection import Collection, lines
from selfassess.services.collection import collect as collect_sheets
from selfassess.services.groups import invited_group
from selfassess.services.projects import edition_of_round
from selfassess.services.survey_desk import Desk, desk_for, keep_decisions, read_decisions, read_table
from selfassess.services.survey_export import NAMES, Export, is_table
from selfassess.services.survey_intake import Intake
from selfassess.text import count
from selfassess.tui.navigator import Navigator
from selfassess.tui.new_file import path_of
from selfassess.tui.screens.form import Field, FieldError, FormContents, Typed
from selfassess.tui.screens.run_round import YesOrNo
from selfassess.tui.wizard import Forms

COLLECTING = (
    "Save the files that people sent you in a folder that only you can open. Do this as often as you like: nothing is "
    "counted twice."
)
TABLES = (
    "Did people answer in Microsoft or Google Forms, or a program like these? Name the file that it exports: .xlsx or "
    ".csv."
)
MOST = 8
"""How many things that do not fit are listed at a time."""


async def collect(navigator: Navigator, forms: Forms, rounds: Rounds, round: Round) -> str:
    """Ask for a folder or a table, and take in the answers in it. What was done, in words, where that was not shown
    yet."""

    def command(typed: Typed) -> str:
        of = f" --round {round.id}" if is_table(typed["folder"].strip()) else ""
        return f"{navigator.command} collect {quoted(typed['folder'].strip())}{of}"

    contents = FormContents(
        heading="Take in answers",
        said=(COLLECTING, TABLES),
        fields=(Field(name="folder", label="The folder, or the file from a form", typed="returned", read=_there),),
        finish=lambda typed: _there(typed["folder"]),
        command=command,
        onward="Take in",
    )
    refused: FieldError | None = None
    while (path := await forms.fill_in("collect", contents, refused)) is not None:
        refused = None
        try:
            if is_table(path.name) and not path.is_dir():
                if said := await _take_in_table(navigator, forms, rounds, round, path):
                    return said
            else:
                await _take_in_sheets(navigator, rounds, path)
                return ""
        except SelfAssessError as error:
            refused = FieldError("folder", error)
    return ""


def _there(typed: str) -> Path:
    if not typed.strip():
        raise UsageError("Type the name of a folder.", "It is the one where you saved what people sent.")
    path = path_of(typed)
    if not path.exists():
        raise UsageError(f"There is no folder or file {shown(path)}.", "Check the name, or save the files there first.")
    return path


async def _take_in_sheets(navigator: Navigator, rounds: Rounds, path: Path) -> None:
    """Take in the sheets in a folder, and say what became of them."""
    collection = Collection()
    work = partial(collect_sheets, rounds, [path], collection)
    await navigator.work_out("One moment: the answers are being taken in.", work)
    await navigator.notice("Taken in", "\n".join(lines(collection)))


async def _take_in_table(navigator: Navigator, forms: Forms, rounds: Rounds, round: Round, path: Path) -> str:
    """Take in a table, once everything about it is decided. What was done, in words; nothing where the person goes
    back. SelfAssessError where it cannot be taken in."""
    export = await navigator.work_out("One moment: the table is being read.", partial(read_table, path))
    taking = _Taking(navigator, forms, rounds, round, path, export)
    refused: FieldError | None = None
    while (desk := await taking.ask_about_file(refused)) is not None:
        refused = None
        try:
            decided = await taking.decide(desk)
            if decided is None:
                continue
            if said := await taking.take_in(decided):
                return said
        except FileError as error:
            await navigator.notice("Nothing was taken in", _in_words(error))
    return ""


class _Taking:
    """A table, as far as it was asked about."""

    def __init__(
        self, navigator: Navigator, forms: Forms, rounds: Rounds, round: Round, path: Path, export: Export
    ) -> None:
        self.navigator = navigator
        self.forms = forms
        self.rounds = rounds
        self.round = round
        self.path = path
        self.export = export
        self.kept_in = Path(f"{round.id}-form.toml")
        """The file that keeps what is decided."""

    def command(self, typed: Typed | None = None) -> str:
        """The command that takes in the same."""
        words = [f"{self.navigator.command} collect {quoted(str(self.path))} --round {self.round.id}"]
        group = (typed or {}).get("group", "").strip()
        words += [f"--group {quoted(group)}"] if group else []
        kept = typed["map"].strip() if typed else str(self.kept_in)
        return " ".join([*words, f"--map {quoted(kept)}"] if kept else words)

    async def ask_about_file(self, refused: FieldError | None) -> Desk | None:
        """Ask whose answers they are, and where decisions are kept. None if the person goes back."""

        def finish(typed: Typed) -> Desk:
            self.kept_in = _file(typed["map"])
            try:
                decisions = read_decisions(self.kept_in)
            except SelfAssessError as error:
                raise FieldError("map", error) from None
            group = typed.get("group", "").strip() or None
            return desk_for(self.rounds, self.round.id, self.export, decisions, group)

        def read_group(typed: str) -> None:
            if typed.strip():
                invited_group(self.round, edition_of_round(self.rounds, self.round).questionnaire, typed.strip())

        group = Field(
            name="group", label="If all of them are in one group, which? Else leave this empty", read=read_group
        )
        contents = FormContents(
            heading="Answers from a form",
            said=(
                f"{self.path}: {count(len(self.export.rows), 'row')}, from {NAMES[self.export.service]}.",
                "Names, addresses and times are never stored. You see what would come in before it does.",
            ),
            fields=(
                *([group] if len(self.round.invited) > 1 else []),
                Field(
                    name="map",
                    label="The file that keeps what you decide, for the next time",
                    typed=str(self.kept_in),
                    read=_file,
                ),
            ),
            finish=finish,
            command=self.command,
            onward="Go on",
        )
        return await self.forms.fill_in("table", contents, refused)

    async def decide(self, desk: Desk) -> Desk | None:
        """Ask everything that only a person can decide, and keep each decision at once. None if the person goes back.
        ResponsesError where a no means that the file is not the right one."""
        while open_questions := await self.navigator.patiently(desk.undecided):
            first = open_questions[0]
            no = "Leave the column out." if first.no is not None else "Nothing is taken in then."
            page = YesOrNo("What is this?", first.question, ("", self.command()), (no, ""), usual=first.no is not None)
            answer = await self.navigator.ask(page)
            if answer is None:
                return None
            desk = desk.after(first, is_so=answer)
            keep_decisions(self.kept_in, desk.decisions)
        return desk

    async def take_in(self, desk: Desk) -> str:
        """Show what would come in, and take it in after a yes. What was done, in words; nothing where the person goes
        back or says no."""
        intake = await self.navigator.work_out("One moment: the rows are being read.", desk.intake)
        lines = "\n".join(desk.told(intake))
        if not intake.rows:
            await self.navigator.notice("Nothing new", lines)
            return f"Nothing new in {self.path}."
        if intake.may_count_twice and not await self.are_new(intake):
            return ""
        sheets = count(len(intake.rows), "sheet")
        question = YesOrNo(f"Take in {sheets}?", lines, ("", self.command()), ("Nothing is taken in.", ""), usual=True)
        is_wanted = await self.navigator.ask(question)
        if not is_wanted:
            return ""
        take = partial(survey_intake.take_in, self.rounds, desk.edition, intake)
        await self.navigator.work_out("One moment: the answers are being taken in.", take)
        return f"{sheets} taken in, {intake.already_here:,} already here."

    async def are_new(self, intake: Intake) -> bool:
        """Ask whether rows that could be here already are new."""
        said = survey_intake.twice(intake)
        new = f"{self.command()} --all-new"
        question = YesOrNo("Are these people new?", said, ("", new), ("Nothing is taken in.", ""), usual=False)
        answer = await self.navigator.ask(question)
        return bool(answer)


def _file(typed: str) -> Path:
    if not typed.strip():
        raise UsageError("Type a name for the file.", "Such as: form.toml")
    path = path_of(typed)
    if path.is_dir() or path.suffix != ".toml":
        raise UsageError("The name has to end in .toml.", "Such as: form.toml")
    check_folder(path)
    return path


def _in_words(error: FileError) -> str:
    """What is wrong with a file, a line each."""
    lines = []
    for one in error.problems[:MOST]:
        where = f"Row {one.line}: " if one.line else ""
        lines.append(" ".join(filter(None, (f"{where}{one.message}", one.hint))))
    return "\n".join([error.for_facilitator, *lines])
