"""The command `round new`: what is not said as an option is asked for, or taken from the round that it is like."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import click

from selfassess.cli import notice, prompts
from selfassess.cli.place import MAIN, Place
from selfassess.cli.project_choice import ENDING, of_rounds
from selfassess.cli.round import invite, outlook
from selfassess.cli.round.lookup import called, opened, read_invited, read_number, titles_of
from selfassess.cli.round.outlook import DEFAULT
from selfassess.cli.round.rules import CHOICES, Given, read_id, read_title, thresholds, with_options
from selfassess.cli.terminal import Stopped, Told, say
from selfassess.errors import SelfAssessError, UsageError
from selfassess.model.questionnaire import Edition, Questionnaire
from selfassess.model.round import Round, Rules, SmallGroups, Thresholds, asked_for_consent, groups_of
from selfassess.model.sheet import Form, RoundKey
from selfassess.paths import named
from selfassess.text import listed

if TYPE_CHECKING:
    from selfassess.model.privacy_notice import PrivacyNotice
    from selfassess.model.round import Round, Targets


@click.command("new", short_help="Make a round.")
@click.argument("id", required=False)
@click.option("--questionnaire", metavar="NAME", help=f"A shipped one or a TOML file. [default: {MAIN}]")
@click.option("--like", metavar="ROUND", help="A further round like this one: what is left out is as it was there.")
@with_options
@click.option("--yes", is_flag=True, help="Ask nothing: codes, small groups left out; or all as with --like.")
@of_rounds
def new(
    place: Place, /, id: str | None, questionnaire: str | None, like: str | None, yes: bool, **options: Any
) -> None:
    """Make a round: one occasion on which groups answer a questionnaire.

    ID is the short name that commands use, such as autumn_2026. Whatever is not said as an option is asked for.
    The project file is made if it is not there; several people share it.

    With --like a round is made like another of the project: the same questionnaire (or a newer version of it, with
    --questionnaire), groups, rules, thresholds and targets. People are invited anew, and nothing of the answers is
    taken over.

    \b
    selfassess --project ours.selfassess round new
    selfassess --project ours.selfassess round new autumn_2026 --title "Autumn 2026"
        --invited board=12 --invited staff=16 --invited external=4
        --small-groups consent --codes --yes
    selfassess --project ours.selfassess round new spring_2027 --like autumn_2026
        --title "Spring 2027" --invited board=13
    """

    make(place, id, questionnaire, Given(**options), yes=yes, like=like)


COMMANDS = (new,)


USUAL = Rules(small_groups=DEFAULT, codes=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """What Enter alone stands for, and what holds where nobody is asked."""

    round: "Round | None" = None
    """The round that the new one is like; None: as is usual, with small groups left out."""
    edition: "Edition | None" = None
    """The frozen questionnaire of that round."""
    form: "Form" = "full"
    invited: Mapping[str, int] = field(default_factory=dict)
    rules: Rules = USUAL

    def checked(self, edition: "Edition") -> "Edition":
        """A questionnaire that was named. UsageError where it is none of the same id as that of the round before."""
        if self.round is None or self.edition is None:
            return edition
        before = self.edition.questionnaire
        if edition.questionnaire.id != before.id:
            raise UsageError(
                f"“{self.round.title}” asked “{before.title}” ({before.id}), and this is another questionnaire "
                f"({edition.questionnaire.id}): nothing of the two could be compared.",
                "Make a new round without --like. Or name a newer version of the same one.",
            )
        return edition

    def tell_change(self, edition: "Edition", form: "Form") -> None:
        """Say in one line what changed since the round before, where the questionnaire or the form did."""
        if self.edition is None or (edition.sha256 == self.edition.sha256 and form == self.form):
            return
        from selfassess.definition.comparability import what_changed

        versions = f"Version {self.edition.questionnaire.version} before, {edition.questionnaire.version} now."
        say(f"{versions} {what_changed(self.edition, edition, forms=(self.form, form))}")

    def numbers(self, texts: tuple[str, ...], questionnaire: "Questionnaire") -> dict[str, int]:
        """How many are invited, from what was said over what was before; GROUP=0 takes a group out. UsageError where
        nobody is left."""
        if self.round is None:
            return read_invited(texts, questionnaire)
        said = read_invited(texts, questionnaire, may_be_none=True)
        numbers = {**self.invited, **said}
        invited = {group: numbers[group] for group in groups_of(questionnaire) if numbers.get(group)}
        if not invited:
            raise UsageError("Somebody has to be invited.", "Say how many, such as: --invited board=12.")
        return invited

    def tell_gone(self, questionnaire: "Questionnaire") -> None:
        """Say which groups took part that the newer version does not have."""
        if self.edition is None:
            return
        titles = titles_of(self.edition.questionnaire)
        if gone := [titles[group] for group in self.invited if group not in groups_of(questionnaire)]:
            say(f"No such group in this version, so nobody is invited for it: {listed(gone)}.")

    def targets(self, questionnaire: "Questionnaire", groups: Collection[str]) -> tuple["Targets", "Targets"]:
        """The targets that the partnership set before and that hold now, and those that do not."""
        from selfassess.model.round import taken_over

        if self.round is None or self.edition is None:
            return {}, {}
        return taken_over(self.round.targets, self.edition.questionnaire, questionnaire, groups)

    def tell_targets(self, made: "Round", questionnaire: "Questionnaire", left: "Targets", command: str) -> None:
        """Say which targets were taken over into the round that was made, how to change them, and which were not."""
        from selfassess.cli.round.targets import lines

        if self.round is None or self.edition is None:
            return
        if made.targets:
            say(f"Targets taken over from “{self.round.title}”:")
            for line in lines(made.targets, questionnaire, titles_of(questionnaire)):
                say(line)
            say("Until its first report you can change them, or take one away with --remove in place of the score:")
            say(f"  {command} round target {made.id} ID SCORE")
        if left:
            say("Not taken over, since this round has no such group, or no such score:")
            for line in lines(left, self.edition.questionnaire, titles_of(self.edition.questionnaire)):
                say(line)


def usual_of(place: "Place", name: str) -> Usual:
    """What a round had, by its id or title. UsageError says which there are; ProjectError where there is no project."""
    from selfassess.services.projects import edition_of_round

    with opened(place, to_look=True) as rounds:
        round = rounds.get(name)
        edition = edition_of_round(rounds, round)
    return Usual(round=round, edition=edition, form=round.form, invited=round.invited, rules=round.rules)


def make(
    place: Place, id: str | None, questionnaire: str | None, given: Given, *, yes: bool, like: str | None = None
) -> None:
    """Make a round of what was given and what is answered now; like another round, where one is named. UsageError where
    somebody would have to be asked and nobody is there; with `yes` only for what nobody could guess."""
    try:
        round, edition, usual = _asked(place, id, questionnaire, given, yes=yes, like=like)
        said = notice.ask() if not yes and prompts.can_ask() and not _has_notice(place) else None
    except (Stopped, KeyboardInterrupt):
        say("Stopped. No round was made.")
        raise Told from None
    targets, left = usual.targets(edition.questionnaire, round.invited)
    round = replace(round, targets=targets)
    _add(place, round, edition, usual.round, said)
    usual.tell_targets(round, edition.questionnaire, left, called(place))


def _asked(
    place: Place, id: str | None, questionnaire: str | None, given: Given, *, yes: bool, like: str | None
) -> tuple[Round, Edition, Usual]:
    """The round, its questionnaire, and what it is like. Nothing is changed yet."""
    title = None if given.title is None else read_title(given.title)
    id = None if id is None else read_id(id)
    asks = not yes and prompts.can_ask()
    if not asks:
        _check_complete(given, questionnaire, yes=yes, is_like=like is not None)
    if like is None:
        _check_place(place)
    usual = Usual() if like is None else usual_of(place, like)
    chosen = thresholds(given.min_group, given.min_detail, usual.rules.thresholds)
    edition = None if questionnaire is None and asks else _said(questionnaire, usual)
    if edition and given.invited:
        usual.numbers(given.invited, edition.questionnaire)  # what is wrong there is told before anything is asked
    _check_free(place, id)
    title = title or prompts.ask("What is the round called? (such as Autumn 2026)", read_title)
    id = id or (_ask_id(place, title) if asks else read_id(_suggested(title)))
    if edition is None:
        edition = _ask_edition(usual)
    form = given.form or (_ask_form(edition, usual.form) if asks else usual.form)
    usual.tell_change(edition, form)
    usual.tell_gone(edition.questionnaire)
    if asks and not given.invited:
        invited = _ask_invited(edition.questionnaire, usual.invited)
    else:
        invited = usual.numbers(given.invited, edition.questionnaire)
    way = given.small_groups or (
        _ask_small_groups(invited, chosen, edition.questionnaire, form, usual) if asks else usual.rules.small_groups
    )
    codes = _flag(
        given.codes, asks, "Does everybody need a code, used once? Then nobody answers twice.", usual.rules.codes
    )
    matching = _flag(
        given.matching, asks, "May people make up a code of their own, to compare with a later round?",
        usual.rules.matching,
    )  # fmt: skip  # in few lines
    rules = Rules(thresholds=chosen, small_groups=way, codes=codes, matching=matching)
    return _round(id, title, edition, form, invited, rules), edition, usual


def _said(questionnaire: str | None, usual: Usual) -> Edition:
    """The questionnaire that was said, else the one of the round before, else the main one."""
    if questionnaire is None and usual.edition is not None:
        return usual.edition
    return usual.checked(_edition(questionnaire or MAIN))


def _round(id: str, title: str, edition: Edition, form: Form, invited: Mapping[str, int], rules: Rules) -> Round:
    from selfassess.project.codes import new_key

    return Round(
        id=id,
        key=RoundKey(new_key()),
        title=title,
        questionnaire=edition.sha256,
        form=form,
        invited=invited,
        rules=replace(rules, asks_consent=asked_for_consent(invited, rules)),
    )


def _has_notice(place: Place) -> bool:
    """Whether the project says already who looks after people's answers."""
    if not place.path.exists():
        return False
    with opened(place, to_look=True) as rounds:
        return bool(rounds.project.notice)


def _add(place: Place, round: Round, edition: Edition, after: Round | None, said: "PrivacyNotice | None") -> None:
    from selfassess.project.rounds import Rounds

    with place.open("shared") as project:
        rounds = Rounds(project)
        same = [one.id for one in rounds.all() if one.title.casefold() == round.title.casefold()]
        rounds.add(round, edition, after)
        if said:
            project.set_notice(said)
    if same:
        say(f"There is another round with this title ({', '.join(same)}): say {round.id} in commands, not the title.")
    titles, command = titles_of(edition.questionnaire), called(place)
    say(f"Made the round “{round.title}” ({round.id}) in {place.path}.")
    for sentence in outlook.numbers(round.invited, round.rules.thresholds, titles):
        say(sentence)
    if round.rules.asks_consent:
        asked = listed([titles[group] for group in round.rules.asks_consent])
        say(f"Asked whether their small group may be shown: {asked}.")
    say("Next, invite people, and open the round so that they can answer:")
    for group, number in round.invited.items():
        of = f" --group {group}" if group else ""
        say(f"  {command} round invite {round.id}{of} --number {number}")
    say(f"  {command} round open {round.id}")
    say(f"So that the letters say until when to answer and whom to ask, add to each invite: {invite.WITH_BOTH}")


def _check_complete(given: Given, questionnaire: str | None, *, yes: bool, is_like: bool) -> None:
    """UsageError, where nobody can be asked, that names the options missing: with another round to go by, all but the
    title are known."""
    yes = yes or is_like
    always = (("--title", given.title), ("--invited", given.invited or is_like))
    asked = (
        ("--questionnaire", questionnaire),
        ("--small-groups", given.small_groups),
        ("--codes or --no-codes", None if given.codes is None else "said"),
        ("--matching or --no-matching", None if given.matching is None else "said"),
    )
    missing = [name for name, value in (*always, *(() if yes else asked)) if not value]
    if missing:
        hint = "" if yes else "Add --yes to go by what is recommended for the others, with small groups left out."
        needs = [name for name in missing if name in ("--title", "--invited")]
        hint = hint if len(needs) < len(missing) else "Such as: --title “Autumn 2026” --invited board=12."
        raise UsageError(f"A round needs more than was said, and there is nobody to ask: {', '.join(missing)}.", hint)


def _check_place(place: Place) -> None:
    """UsageError where the project is one person's own, or would be made where one's own belongs."""
    if place.path.exists():
        with opened(place):
            return
    if not place.is_named:
        raise UsageError(
            "Say which project file the round goes into.",
            f"It is made if it is not there. Such as: {named(f'ours{ENDING}')} round new",
        )


def _check_free(place: Place, id: str | None) -> None:
    if id is not None and id in _taken(place):
        raise UsageError(f"There is a round “{id}” already.", "Choose another short name.")


def _taken(place: Place) -> list[str]:
    if not place.path.exists():
        return []
    with opened(place, to_look=True) as rounds:
        return [round.id for round in rounds.all()]


def _edition(name: str) -> Edition:
    """The questionnaire of that name or file; all its problems are told."""
    from selfassess.definition.library import find
    from selfassess.definition.loader import read

    return read(find(name))


def _ask_edition(usual: Usual) -> Edition:
    from selfassess.definition.library import shipped

    if usual.edition is not None:
        return _ask_version(usual, usual.edition)
    say("Which questionnaire? Type its number, or the path of a TOML file.")
    offered = shipped()
    for position, one in enumerate(offered, 1):
        say(f"  {position}  {one.id}: {one.title}")

    def chosen(line: str) -> Edition:
        number = prompts.whole_number(line, len(offered))
        try:
            return _edition(offered[number - 1].id if number else line or MAIN)
        except SelfAssessError as error:
            raise UsageError(str(error)) from None

    return prompts.ask(f"Questionnaire (Enter alone: {MAIN}):", chosen)


def _ask_version(usual: Usual, before: Edition) -> Edition:
    """The questionnaire of the round before, or a newer version of it."""

    def chosen(line: str) -> Edition:
        try:
            return _said(line or None, usual)
        except SelfAssessError as error:
            raise UsageError(str(error)) from None

    same = f"as before, version {before.questionnaire.version}"
    return prompts.ask(f"Questionnaire, or the path of a newer version (Enter alone: {same}):", chosen)


def _suggested(title: str) -> str:
    """A short name like the title, with its year."""
    words = re.sub(r"[^a-z0-9]+", "_", title.lower())
    return words.lstrip("_0123456789")[:24].strip("_") or "round"


def _ask_id(place: Place, title: str) -> str:
    suggested, taken = _suggested(title), _taken(place)

    def read(line: str) -> str:
        id = read_id(line or suggested)
        if id in taken:
            raise UsageError(f"There is a round “{id}” already.", "Choose another short name.")
        return id

    return prompts.ask(f"A short name for commands (Enter alone: {suggested}):", read)


def _ask_form(edition: Edition, usual: Form) -> Form:
    from selfassess.sitting.notices import how_long

    if not any(item.short for item in edition.questionnaire.items):
        return "full"
    forms: tuple[Form, ...] = ("full", "short")
    named = [("whole" if form == "full" else "short", [f"{how_long(edition, None, form)}."]) for form in forms]
    return forms[prompts.choose("The whole questionnaire, or the short form?", named, forms.index(usual))]


def _ask_invited(questionnaire: Questionnaire, usual: Mapping[str, int]) -> dict[str, int]:
    titles = titles_of(questionnaire)
    while True:
        alone = "as many as before; 0: this group takes no part" if usual else "this group takes no part"
        say(f"How many people are invited? Enter alone: {alone}.")
        found = {group: _ask_number(titles[group], usual.get(group, 0)) for group in groups_of(questionnaire)}
        if invited := {group: number for group, number in found.items() if number}:
            return invited
        say("Somebody has to be invited.")


def _ask_number(title: str, usual: int) -> int:
    before = f" ({usual} before)" if usual else ""
    return prompts.ask(f"  {title}{before}:", lambda line: read_number(line or str(usual), may_be_none=True))


def _ask_small_groups(
    invited: Mapping[str, int], chosen: Thresholds, questionnaire: Questionnaire, form: Form, usual: Usual
) -> SmallGroups:
    """What is recommended is what shows most. Enter alone stands for it; or for what was before, where there is a
    round that the new one is like: then the two can be compared."""
    titles = titles_of(questionnaire)
    for sentence in outlook.numbers(invited, chosen, titles):
        say(sentence)
    ways = outlook.choices(invited, chosen, questionnaire, form, titles)
    best = outlook.recommended(ways)
    say("What should happen to a group in which fewer hand in? People are told before.")
    for line in outlook.table(ways, invited, titles):
        say(line)
    named = []
    for one in ways:
        marks = [outlook.WHY] if one.way == best else []
        marks += ["as before"] if usual.round is not None and one.way == usual.rules.small_groups else []
        said = f" ({'; '.join(marks)})" if marks else ""
        named.append((f"{one.way}{said}: {one.meaning}", ()))
    default = best if usual.round is None else usual.rules.small_groups
    return ways[prompts.choose("Small groups", named, CHOICES.index(default))].way


def _flag(given: bool | None, asks: bool, question: str, usual: bool) -> bool:
    if given is not None:
        return given
    return prompts.ask_yes_no(question, usual) if asks else usual
