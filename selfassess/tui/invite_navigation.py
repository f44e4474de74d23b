"""Which screen follows which while people are invited: the group, how they answer, the letters, and how many."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from selfassess.dates import today
from selfassess.documents.letter import files
from selfassess.documents.media import MEDIA, ON_PAPER, usual
from selfassess.errors import SelfAssessError, UsageError
from selfassess.model.questionnaire import GroupKey
from selfassess.model.round import Counts, Round, Way
from selfassess.paths import NAME, named, quoted
from selfassess.project.rounds import Rounds
from selfassess.services.answer_page import answer_page
from selfassess.services.groups import titles_of
from selfassess.services.invitations import (
    Invitations,
    goes_over,
    invitations_for,
    issue,
    read_address,
    read_contact,
    read_how_many,
    read_until,
    usual_folder,
    words_once_written,
)
from selfassess.services.letters import Said, letters
from selfassess.services.projects import edition_of_round
from selfassess.tui.navigator import Navigator
from selfassess.tui.new_file import path_of
from selfassess.tui.screens.form import Field, FieldError, FormContents, Typed
from selfassess.tui.screens.invite import OPTIONS, AnswerWhere, LettersFormat, Where
from selfassess.tui.screens.run_round import Groups
from selfassess.tui.wizard import Ask, Forms, ask_format, walk
from selfassess.web.invitations import pages

STYLES = (*ON_PAPER, "markdown")
"""The formats of the document with all letters."""


async def invite(navigator: Navigator, forms: Forms, rounds: Rounds, round: Round) -> str:
    """Invite people, group after group. What was done last, in words."""
    counts = await navigator.patiently(partial(rounds.counts, round.id))
    return await _Inviting(navigator, forms, rounds, round, counts).show()


class _Inviting:
    """Invitations, as far as they were asked for."""

    def __init__(self, navigator: Navigator, forms: Forms, rounds: Rounds, round: Round, counts: Counts) -> None:
        self.navigator = navigator
        self.forms = forms
        self.rounds = rounds
        self.round = round
        self.group = next(iter(round.invited))
        self.counts = counts
        self.where: Where = "page"
        self.style = usual(STYLES)
        self.made: Invitations | None = None
        self.agreed: tuple[str, int] | None = None
        """The group and number of which somebody said that they are invited though it is more than expected."""

    async def show(self) -> str:
        """Ask for a group, and invite people of it, until the person goes back; where there is only one group, once.
        What was done last, in words."""
        said = ""
        while True:
            if len(self.round.invited) > 1:
                group = await self.navigator.ask(self.groups(said))
                if group is None:
                    return said.splitlines()[0] if said else ""
                self.group = group
            said = await self.invite() or said
            self.counts = await self.navigator.patiently(partial(self.rounds.counts, self.round.id))
            if len(self.round.invited) == 1:
                return said

    def groups(self, said: str) -> Groups:
        """The groups, each with how many of it were invited; the first that has nobody yet is pointed at."""
        titles = titles_of(edition_of_round(self.rounds, self.round).questionnaire)
        about = {}
        for group, number in self.round.invited.items():
            codes = f"; {self.counts.codes[group]} have a code" if self.round.rules.codes else ""
            about[group] = (titles[group], f"{number} people{codes}", self.command(group=group))
        ids = list(about)
        without = [group for group in ids if self.round.rules.codes and not self.counts.codes[group]]
        at = ids.index(without[0]) if without else 0
        return Groups("Who would you like to invite?", said.splitlines(), about, pointer=at)

    def left(self, group: GroupKey) -> int:
        """How many people of a group are to be invited, as far as that is known; at least one."""
        given_out = self.counts.codes[group] if self.round.rules.codes else 0
        return max(self.round.invited[group] - given_out, 1)

    async def invite(self) -> str:
        """Invite people of the group. What was done, in words; nothing where the person went back."""
        self.made = None
        if not await walk([Ask(self.ask_where), Ask(self.ask_format), Ask(self.write)]) or self.made is None:
            return ""
        self.forms.forget(f"invite {self.group}")
        return "\n".join(words_once_written(self.made, self.rounds.project.notice))

    def command(
        self,
        typed: Mapping[str, str] | None = None,
        *,
        group: GroupKey | None = None,
        where: Where | None = None,
        style: str | None = None,
    ) -> str:
        """The command that writes the same invitations; before anything was typed, those that are still to be
        written."""
        group = self.group if group is None else group
        typed = {"number": str(self.left(group))} if typed is None else typed
        words = [self.navigator.command, "round invite", self.round.id]
        words += [f"--group {group}"] if group else []
        options = (("--number", "number"), ("--until", "until"), ("--contact", "contact"), ("--folder", "folder"))
        for option, name in options:
            text = typed.get(name, "").strip()
            if text and not (name == "folder" and text == str(usual_folder(self.round))):
                words.append(f"{option} {quoted(text)}")
        where = where or self.where
        address = f" {quoted(typed.get('address', '').strip() or 'ADDRESS')}" if where == "address" else ""
        return f"{' '.join(words)}{OPTIONS[where]}{address} --format {style or self.style}"

    async def ask_where(self) -> bool:
        """Ask where people answer."""
        where = await self.navigator.ask(AnswerWhere(self.where, lambda where: self.command(where=where)))
        self.where = where or self.where
        return where is not None

    async def ask_format(self) -> bool:
        """Ask in which format all letters come together."""

        def command(style: str) -> str:
            return self.command(style=style)

        def screen(style: str, refused: str) -> LettersFormat:
            return LettersFormat(STYLES, style, command, refused)

        style = await ask_format(self.navigator, self.style, screen)
        self.style = style or self.style
        return style is not None

    async def write(self) -> bool:
        """Ask how many and what the letters say, and write them. Whether they were written."""
        contents = await self.navigator.patiently(self.contents)
        refused: FieldError | None = None
        while (wanted := await self.forms.fill_in(f"invite {self.group}", contents, refused)) is not None:
            made, said = wanted
            texts = partial(self.texts, made, said)
            try:
                work = partial(issue, self.rounds, made, texts)
                await self.navigator.work_out("One moment: the letters are being written.", work)
            except SelfAssessError as error:
                refused = FieldError("folder", error)
            else:
                self.made = made
                return True
        return False

    def texts(self, made: Invitations, said: Said, codes: Sequence[str]) -> Mapping[str, str | bytes]:
        """What is in each letter, and in each page."""
        found = files(letters(made, said, codes), made.all_letters, self.style)
        if made.way != "page" or made.address:
            return found
        return {**found, **pages(made, answer_page(self.rounds, made.round, contact=said.contact), codes)}

    def contents(self) -> FormContents[tuple[Invitations, Said]]:
        """The form for how many, and for what the letters say."""
        notice = self.rounds.project.notice
        title = titles_of(edition_of_round(self.rounds, self.round).questionnaire)[self.group]

        def finish(typed: Typed) -> tuple[Invitations, Said]:
            made = self.invitations(typed)
            command = named(self.rounds.project.path.name, NAME)
            until = read_until(typed["until"], today())
            said = Said(
                partnership=self.rounds.project.partnership,
                notice=notice,
                command=command,
                until=until,
                contact=read_contact(typed["contact"]),
            )
            return made, said

        address = Field(name="address", label="The address of the page: https://…", read=read_address)
        return FormContents(
            heading=f"Letters for: {title}",
            fields=(
                *([address] if self.where == "address" else []),
                Field(name="number", label="How many people?", typed=str(self.left(self.group)), read=read_how_many),
                Field(
                    name="until",
                    label="When should they answer by? Such as Friday 6 November",
                    read=lambda text: read_until(text, today()),
                ),
                Field(name="contact", label="Who can they ask, and how?", typed=notice.contact, read=read_contact),
                Field(
                    name="folder", label="The folder for the letters", typed=str(usual_folder(self.round)), read=_folder
                ),
            ),
            finish=finish,
            command=self.command,
            onward="Write them",
        )

    def invitations(self, typed: Typed) -> Invitations:
        """The invitations that a form asks for. FieldError for what does not fit; once also for more than are expected,
        so that they are asked about."""
        number, folder = read_how_many(typed["number"]), path_of(typed["folder"])
        try:
            way: Way = "page" if self.where == "address" else self.where
            made = invitations_for(self.rounds, self.round.id, self.group, number, folder, way=way)
            in_all = goes_over(self.rounds, made)
        except SelfAssessError as error:
            raise FieldError("folder", error) from None
        if in_all and self.agreed != (self.group, number):
            self.agreed = self.group, number
            expected = self.round.invited[self.group]
            said = f"With these, {in_all} would be invited, but this round is for {expected}."
            raise FieldError("number", UsageError(said, "If that is right, press Enter in each box again."))
        address = read_address(typed["address"]) if self.where == "address" else ""
        return replace(made, address=address, all_ending=MEDIA[self.style].endings[0])


def _folder(typed: str) -> None:
    if not typed.strip():
        raise UsageError("Type the name of a folder.", "It is made if it does not exist yet.")
