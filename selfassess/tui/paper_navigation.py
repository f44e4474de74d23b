"""Which screen follows which with paper: forms to print, and typing in the sheets that come back."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from selfassess.documents import media
from selfassess.documents.media import MEDIA, ON_PAPER, PRINTED, usual
from selfassess.documents.paper_form import document
from selfassess.documents.render_text import FORM, to_plain
from selfassess.errors import SelfAssessError, UsageError
from selfassess.model.questionnaire import Edition, GroupKey
from selfassess.model.round import Round
from selfassess.paths import quoted
from selfassess.project.atomic_files import write_whole
from selfassess.project.rounds import Rounds
from selfassess.services.groups import titles_of
from selfassess.services.paper import paper_form
from selfassess.services.paper_desk import Desk, desk_for, row_help
from selfassess.text import count
from selfassess.tui import new_file
from selfassess.tui.navigator import Navigator
from selfassess.tui.new_file import NewFile
from selfassess.tui.screens.form import Field, FieldError, FormContents, Typed
from selfassess.tui.screens.run_round import Groups
from selfassess.tui.wizard import Forms

STYLES = ("text", "markdown", *ON_PAPER)
"""The formats of forms."""
ON_FORMS = (
    "The forms of all groups, one after the other. They tell people the rules of the round, so once you have made them "
    "you cannot change the rules."
)
IN_WORDS = "To type in what people wrote too, use the command below with --words."
MOST = 3
"""How many keys that do not fit are listed at a time."""


async def make_forms(navigator: Navigator, forms: Forms, rounds: Rounds, round: Round, edition: Edition) -> str:
    """Ask for a file, and write the form of each group into it, one after the other. What was done, in words."""
    file = NewFile(STYLES)
    named = f"{round.id}-form{MEDIA[usual(PRINTED)].endings[0]}"
    contents = FormContents(
        heading="Paper forms",
        said=(
            ON_FORMS,
            f"Its ending sets the format: {file.endings}.",
        ),
        fields=(Field(name="file", label="The name of the file", typed=named, read=file.read),),
        finish=lambda typed: file.read(typed["file"]),
        command=lambda typed: f"{navigator.command} round form {round.id} --output {quoted(typed['file'].strip())}",
        onward="Save",
    )

    def write(path: Path) -> None:
        notice = rounds.project.notice
        found = [document(paper_form(edition, round, group, notice)) for group in round.invited]
        rounds.fix(round.id)
        style = file.style(path)
        text = "\n\n\n".join(to_plain(one, FORM) for one in found) if style == "text" else media.together(found, style)
        write_whole(path, text, overwrite=path == file.replaces)

    refused: FieldError | None = None
    while (path := await forms.fill_in("form", contents, refused)) is not None:
        try:
            await navigator.work_out("One moment: the forms are being made.", partial(write, path))
        except SelfAssessError as error:
            refused = FieldError("file", error)
        else:
            return f"{new_file.saved(path)} Number the sheets that come back before you type them in."
    return ""


async def type_in(navigator: Navigator, forms: Forms, rounds: Rounds, round: Round) -> str:
    """Type in sheets of paper, one after the other, until the person goes back. What was done, in words."""
    desk = await navigator.patiently(partial(desk_for, rounds, round.id))
    entering = _Entering(navigator, forms, desk)
    while await entering.choose_group():
        await entering.type_in()
        if len(round.invited) == 1:
            break
    done = sum(desk.done.values())
    return f"{count(done, 'sheet')} typed in." if done else ""


class _Entering:
    """Takes sheets of paper in at a desk."""

    def __init__(self, navigator: Navigator, forms: Forms, desk: Desk) -> None:
        self.navigator = navigator
        self.forms = forms
        self.desk = desk
        self.said = ""
        self.replaces = ""
        """The number of a sheet of which somebody was asked whether it is typed in again."""

    def command(self, group: GroupKey) -> str:
        of = f" --group {group}" if group else ""
        return f"{self.navigator.command} round enter {self.desk.round.id}{of}"

    async def choose_group(self) -> bool:
        """Ask whose sheets they are, if there are several groups. False to go back."""
        round = self.desk.round
        if len(round.invited) == 1:
            return True
        titles = titles_of(self.desk.edition.questionnaire)
        groups: Mapping[GroupKey, tuple[str, str, str]] = {
            group: (titles[group], "", self.command(group)) for group in round.invited
        }
        pointer = list(groups).index(self.desk.group)
        group = await self.navigator.ask(Groups("Whose forms are you typing in?", [], groups, pointer))
        if group is not None:
            self.desk.turn_to(group)
        return group is not None

    async def type_in(self) -> None:
        """Type in sheets of the group until the person goes back."""
        while True:
            said = [row_help(self.desk), IN_WORDS, *([self.said] if self.said else [])]
            questions = len(self.desk.layout().numbered)
            contents = FormContents(
                heading=f"Paper forms: {self.desk.title()}",
                said=said,
                fields=(
                    Field(name="number", label="The number on the sheet", read=self.check_number),
                    Field(name="row", label=f"Its answers, one key each ({questions} questions)"),
                ),
                finish=self.keep,
                command=lambda _: self.command(self.desk.group),
                onward="Keep it",
            )
            name = f"sheet of {self.desk.group}"
            said_now = await self.forms.fill_in(name, contents)
            if said_now is None:
                return
            self.said = said_now
            self.forms.forget(name)

    def check_number(self, typed: str) -> None:
        """UsageError for no number, and once for one that was typed in before."""
        number, before = self.desk.take_up(typed)
        self.desk.leave()
        if before is not None and self.replaces != number:
            self.replaces = number
            raise UsageError(f"Sheet {number} was typed in before.", "Press Enter again to replace it.")

    def keep(self, typed: Typed) -> str:
        """Keep a sheet, and say so. UsageError or FieldError for what does not fit."""
        number, before = self.desk.take_up(typed["number"])
        keyed = self.desk.read(typed["row"])
        if found := self.desk.misfits(keyed):
            self.desk.leave()
            raise FieldError("row", UsageError("\n".join(map(str, found[:MOST]))))
        self.desk.keep(number, keyed, dict(before.texts) if before else {}, before)
        self.desk.put_away(kept=True)
        self.replaces = ""
        return f"Sheet {number} saved: {keyed.in_words}."
