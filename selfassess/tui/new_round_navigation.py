"""Which screen follows which while a round is made: each step asks for one thing, and leads back to the one before."""

from dataclasses import replace
from functools import partial

from selfassess.definition.library import shipped
from selfassess.errors import SelfAssessError, UsageError
from selfassess.model.questionnaire import Edition
from selfassess.model.round import EVERYBODY, Rules, SmallGroups, groups_of
from selfassess.model.routing import has_short_form
from selfassess.model.sheet import Form
from selfassess.paths import quoted
from selfassess.project.project import Project
from selfassess.project.rounds import Rounds
from selfassess.services.groups import read_number, titles_of
from selfassess.services.round_setup import (
    NOTHING,
    Given,
    Made,
    Setup,
    Usual,
    as_options,
    free_name,
    make_round,
    read_title,
)
from selfassess.services.small_groups import Choice, choices
from selfassess.sitting.notices import how_long
from selfassess.text import listed
from selfassess.tui.navigator import Navigator
from selfassess.tui.new_file import path_of
from selfassess.tui.screens.form import Field, FieldError, FormContents, Typed
from selfassess.tui.screens.new_round import MakeIt, Questionnaires, SmallGroupWays, WholeOrShort
from selfassess.tui.screens.run_round import YesOrNo
from selfassess.tui.wizard import Ask, Forms, walk

NOBODY = UsageError("Somebody has to be invited.", "Type how many in at least one of the boxes.")


class RoundInTheMaking:
    """A round that is being made: what was entered so far, which is still there after going back."""

    def __init__(self, navigator: Navigator, project: Project, usual: Usual) -> None:
        """`usual` is what holds where nothing else is said."""
        self.navigator = navigator
        self.forms = Forms(navigator)
        self.project = project
        self.usual = usual
        self.taken: tuple[str, ...] = ()
        """The short names that other rounds have."""
        self.given = NOTHING
        self.edition: Edition | None = None
        self.questionnaire = ""
        """How the questionnaire is named in a command; nothing where it need not be."""
        self.outlook: tuple[object, tuple[Choice, ...]] | None = None
        """What each way with small groups shows, and for what that was worked out."""

    async def make(self) -> Made | None:
        """Ask for everything, and make the round. None if the person goes back."""
        rounds = await self.navigator.patiently(Rounds(self.project).all)
        self.taken = tuple(one.id for one in rounds)
        first = 0
        while await walk(self.steps, first):
            try:
                return await self.navigator.patiently(lambda: make_round(self.project, self.setup))
            except SelfAssessError as error:
                await self.navigator.explain_to_facilitator(error)
                first = len(self.steps) - 1
        return None

    @property
    def steps(self) -> list[Ask]:
        """What is asked, in this order."""
        return [
            Ask(self.ask_title),
            Ask(self.ask_questionnaire),
            Ask(self.ask_form, lambda: has_short_form(self.asked.questionnaire)),
            Ask(self.ask_invited),
            Ask(self.ask_small_groups),
            Ask(self.ask_codes),
            Ask(self.ask_matching),
            Ask(self.confirm),
        ]

    @property
    def asked(self) -> Edition:
        """The questionnaire. ValueError before one was chosen: what needs it is asked later."""
        if self.edition is None:
            raise ValueError("there is no questionnaire yet")
        return self.edition

    @property
    def form(self) -> Form:
        """Which form the round asks; without a short form there is only the whole."""
        is_short = has_short_form(self.asked.questionnaire) and (self.given.form or self.usual.form) == "short"
        return "short" if is_short else "full"

    @property
    def setup(self) -> Setup:
        """The setup of the round, once every question is answered."""
        given, usual = self.given, self.usual.rules
        return Setup(
            id=free_name(given.title or "", self.taken),
            title=given.title or "",
            edition=self.asked,
            form=self.form,
            invited=self.usual.numbers(given.invited, self.asked.questionnaire),
            rules=Rules(
                thresholds=usual.thresholds,
                small_groups=given.small_groups or usual.small_groups,
                codes=usual.codes if given.codes is None else given.codes,
                matching=usual.matching if given.matching is None else given.matching,
            ),
            usual=self.usual,
        )

    def command(self, given: Given | None = None, questionnaire: str | None = None, *more: str) -> str:
        """The command that makes the round, as far as it is known; or as it would be known, with more options."""
        given = self.given if given is None else given
        questionnaire = self.questionnaire if questionnaire is None else questionnaire
        name = free_name(given.title, self.taken) if given.title else "NAME"
        words = [self.navigator.command, "round new", name]
        words += [f"--like {self.usual.round.id}"] if self.usual.round else []
        words += [f"--questionnaire {quoted(questionnaire)}"] if questionnaire else []
        return " ".join([*words, *as_options(given), *more])

    # The steps

    async def ask_title(self) -> bool:
        """Ask what the round is called."""
        said = "In a round, all of you answer the same questions. Its name is the first thing people read."
        contents = FormContents(
            heading="A new round",
            said=(f"It is made like “{self.usual.round.title}”." if self.usual.round else said,),
            fields=(Field(name="title", label="What is it called? Such as Autumn 2026", read=read_title),),
            finish=lambda typed: read_title(typed["title"]),
            command=lambda typed: self.command(replace(self.given, title=typed["title"].strip() or None)),
        )
        title = await self.forms.fill_in("title", contents)
        self.given = replace(self.given, title=title or self.given.title)
        return title is not None

    async def ask_questionnaire(self) -> bool:
        """Ask which questionnaire; for a round like another, whether it has changed."""
        before = self.usual.edition
        found = () if before else shipped()
        while True:
            screen = Questionnaires(found, before, self.questionnaire, partial(self.command, self.given))
            choice = await self.navigator.ask(screen)
            if choice is None:
                return False
            if choice == "file":
                if await self.ask_file():
                    return True
                continue
            self.questionnaire = choice.id if choice else ""
            self.edition = await self.navigator.patiently(partial(self.usual.chosen, self.questionnaire or None, ""))
            return True

    async def ask_file(self) -> bool:
        """Ask for a questionnaire in a file."""

        def chosen(typed: Typed) -> tuple[str, Edition]:
            file = typed["file"].strip()
            if not file:
                raise UsageError("Type the name of a TOML file.")
            return file, self.usual.chosen(str(path_of(file)), "")

        contents = FormContents(
            heading="Your own questionnaire",
            said=("It is checked and copied: if you change the file later, the round stays as it is.",),
            fields=(Field(name="file", label="The TOML file"),),
            finish=chosen,
            command=lambda typed: self.command(self.given, typed["file"].strip() or "FILE"),
        )
        found = await self.forms.fill_in("file", contents)
        if found:
            self.questionnaire, self.edition = found
        return found is not None

    async def ask_form(self) -> bool:
        """Ask for the whole questionnaire or the short form."""
        forms: tuple[Form, ...] = ("full", "short")
        steps = {
            form: (f"{how_long(self.asked, None, form)}.", self.command(replace(self.given, short=form == "short")))
            for form in forms
        }
        form = await self.navigator.ask(WholeOrShort(steps, self.form))
        if form is not None:
            self.given = replace(self.given, short=form == "short")
        return form is not None

    async def ask_invited(self) -> bool:
        """Ask how many people of each group are invited."""
        questionnaire, usual = self.asked.questionnaire, self.usual
        titles, groups = titles_of(questionnaire), groups_of(questionnaire)

        def read(text: str) -> int:
            return read_number(text.strip() or "0", may_be_none=True)

        def texts(typed: Typed) -> tuple[str, ...]:
            """As the command has them: with 0 for a group that took part before."""
            numbers = {group: typed[f"group-{group}"].strip() or "0" for group in groups}
            named = {group: number for group, number in numbers.items() if number != "0" or group in usual.invited}
            return tuple(number if group == EVERYBODY else f"{group}={number}" for group, number in named.items())

        def finish(typed: Typed) -> tuple[str, ...]:
            if not any(read(text) for text in typed.values()):
                raise FieldError(f"group-{groups[0]}", NOBODY)
            return texts(typed)

        gone = usual.gone(questionnaire)
        said = ["If a group takes no part, type 0 or leave it empty.", usual.what_changed(self.asked, self.form)]
        said += [f"No such group in this version, so nobody is invited from it: {listed(gone)}."] if gone else []
        contents = FormContents(
            heading="How many people are invited?",
            said=[*filter(None, said)],
            fields=[
                Field(name=f"group-{one}", label=titles[one], typed=str(usual.invited.get(one, "")), read=read)
                for one in groups
            ],
            finish=finish,
            command=lambda typed: self.command(replace(self.given, invited=texts(typed))),
        )
        invited = await self.forms.fill_in(f"invited {self.asked.sha256}", contents)
        self.given = replace(self.given, invited=invited or self.given.invited)
        return invited is not None

    async def ask_small_groups(self) -> bool:
        """Ask what becomes of groups in which too few hand in."""
        questionnaire, setup = self.asked.questionnaire, self.setup
        titles, thresholds = titles_of(questionnaire), setup.rules.thresholds
        about = (setup.invited, self.asked.sha256, self.form)
        if self.outlook is None or self.outlook[0] != about:
            work = partial(choices, setup.invited, thresholds, questionnaire, self.form, titles)
            said = "One moment: what would be shown with these numbers is being worked out."
            self.outlook = about, await self.navigator.work_out(said, work)

        def command(way: SmallGroups) -> str:
            return self.command(replace(self.given, small_groups=way))

        screen = SmallGroupWays(self.outlook[1], thresholds, self.usual, self.given.small_groups, command)
        way = await self.navigator.ask(screen)
        self.given = replace(self.given, small_groups=way or self.given.small_groups)
        return way is not None

    async def ask_codes(self) -> bool:
        """Ask whether people need codes."""
        said = "Each code lets one person answer, once. Only the people you invite can answer."
        answer = await self.navigator.ask(
            YesOrNo(
                "Does everybody need a code?",
                said,
                ("A code comes with each letter.", self.command(replace(self.given, codes=True))),
                (
                    "Anyone who has this file can answer, and more than once.",
                    self.command(replace(self.given, codes=False)),
                ),
                usual=self.setup.rules.codes,
            )
        )
        if answer is not None:
            self.given = replace(self.given, codes=answer)
        return answer is not None

    async def ask_matching(self) -> bool:
        """Ask whether people may make up a code of their own."""
        said = "With it a later round can tell what changed for the same people. Nobody has to."
        answer = await self.navigator.ask(
            YesOrNo(
                "Can people make up a code of their own?",
                said,
                ("They are asked for it before the questions.", self.command(replace(self.given, matching=True))),
                ("", self.command(replace(self.given, matching=False))),
                usual=self.setup.rules.matching,
            )
        )
        if answer is not None:
            self.given = replace(self.given, matching=answer)
        return answer is not None

    async def confirm(self) -> bool:
        """Show all of it, and ask whether to make it."""
        return await self.navigator.ask(MakeIt(self.setup, self.command(None, None, "--yes")))
