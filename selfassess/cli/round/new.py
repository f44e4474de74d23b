"""The command `round new`: what is not said as an option is asked for, or taken from the round that it is like."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from selfassess.cli import notice, prompts
from selfassess.cli.options import with_options
from selfassess.cli.place import MAIN, Place
from selfassess.cli.project_choice import of_rounds, open_rounds
from selfassess.cli.round import invite, outlook
from selfassess.cli.round.rules import RULES, say_same_title
from selfassess.cli.round.targets import lines as target_lines
from selfassess.cli.terminal import Cancelled, InputEnded, say
from selfassess.errors import SelfAssessError, UsageError
from selfassess.model.questionnaire import GroupKey
from selfassess.model.round import Rules, SmallGroups, Thresholds, groups_of
from selfassess.numbers import whole_number
from selfassess.paths import named
from selfassess.services.groups import read_number, titles_of
from selfassess.services.project_files import ENDING
from selfassess.services.small_groups import CHOICES, QUESTION, WHY, choices, numbers, recommended
from selfassess.text import listed

if TYPE_CHECKING:
    from selfassess.model.questionnaire import Edition, Questionnaire
    from selfassess.model.round import Round, Targets
    from selfassess.model.sheet import Form
    from selfassess.services.round_setup import Given, Setup, Usual


@click.command("new", short_help="Make a round.")
@click.argument("id", required=False)
@click.option("--questionnaire", metavar="NAME", help=f"A shipped one or a TOML file. [default: {MAIN}]")
@click.option("--like", metavar="ROUND", help="Another round like this one: anything you leave out is as it was there.")
@with_options(RULES)
@click.option(
    "--yes", is_flag=True, help="Ask nothing: use codes and leave small groups out; or do all as with --like."
)
@of_rounds
def new(
    place: Place, /, id: str | None, questionnaire: str | None, like: str | None, yes: bool, **options: Any
) -> None:
    """Make a round: one occasion on which groups answer a questionnaire.

    ID is the short name that commands use, such as autumn_2026. You are asked for anything you leave out. The
    project file is made if it does not exist; several people share it.

    With --like a round is made like another of the project: the same questionnaire (or a newer version of it, with
    --questionnaire), groups, rules, thresholds and targets. You invite people again, and no answers are taken over.

    \b
    selfassess --project ours.selfassess round new
    selfassess --project ours.selfassess round new autumn_2026 --title "Autumn 2026"
        --invited board=12 --invited staff=16 --invited external=4
        --small-groups consent --codes --yes
    selfassess --project ours.selfassess round new spring_2027 --like autumn_2026
        --title "Spring 2027" --invited board=13
    """
    from selfassess.services.round_setup import Given

    make(place, id, questionnaire, Given(**options), yes=yes, like=like)


def make(
    place: Place, id: str | None, questionnaire: str | None, given: "Given", *, yes: bool, like: str | None = None
) -> None:
    """Make a round of what was given and what is answered now; like another round, where one is named. UsageError where
    somebody would have to be asked and nobody is there; with `yes` only for what nobody could guess."""
    from selfassess.services.round_setup import make_round

    try:
        setup = _asked(place, id, questionnaire, given, yes=yes, like=like)
        asks = id is None and not yes and prompts.can_ask()  # who names the round has options for the rest
        said = notice.ask() if asks and not _has_notice(place) else None
    except (InputEnded, KeyboardInterrupt):
        say("Stopped. No round was made.")
        raise Cancelled from None
    with place.open("shared") as project:
        made = make_round(project, setup)
        if said:
            project.set_notice(said)
    asked = setup.edition.questionnaire
    _say_made(place, made.round, asked, made.same_title)
    _say_targets(made.round, setup.usual, asked, made.left, place.command)


def _asked(
    place: Place, id: str | None, questionnaire: str | None, given: "Given", *, yes: bool, like: str | None
) -> "Setup":
    """What the round is made of. Nothing is changed yet."""
    from selfassess.services.round_setup import Setup, Usual, read_id, read_title, short_name_of, thresholds, usual_of

    title = None if given.title is None else read_title(given.title)
    id = None if id is None else read_id(id)
    asks = not yes and prompts.can_ask()
    if not asks:
        _check_complete(given, questionnaire, yes=yes, is_like=like is not None)
    if like is None:
        _check_place(place)
        usual = Usual()
    else:
        with open_rounds(place, to_look=True) as rounds:
            usual = usual_of(rounds, like)
    chosen = thresholds(given, usual.rules.thresholds)
    edition = None if questionnaire is None and asks else usual.chosen(questionnaire, MAIN)
    if edition and given.invited:
        usual.numbers(given.invited, edition.questionnaire)  # what is wrong there is told before anything is asked
    if id is not None:
        read_id(id, _taken(place))
    title = title or prompts.ask("What is the round called? (such as Autumn 2026)", read_title)
    id = id or (_ask_id(place, title) if asks else read_id(short_name_of(title)))
    if edition is None:
        edition = _ask_edition(usual)
    form = given.form or (_ask_form(edition, usual.form) if asks else usual.form)
    if changed := usual.what_changed(edition, form):
        say(changed)
    if gone := usual.gone(edition.questionnaire):
        say(f"No such group in this version, so nobody is invited from it: {listed(gone)}.")
    if asks and not given.invited:
        invited = _ask_invited(edition.questionnaire, usual.invited)
    else:
        invited = usual.numbers(given.invited, edition.questionnaire)
    way = given.small_groups or (
        _ask_small_groups(invited, chosen, edition.questionnaire, form, usual) if asks else usual.rules.small_groups
    )
    codes = _flag(
        given.codes,
        asks,
        "Does everybody need a code that works once? Then nobody can answer twice.",
        usual.rules.codes,
    )
    matching = _flag(
        given.matching, asks, "Can people make up a code of their own, to compare with a later round?",
        usual.rules.matching,
    )  # fmt: skip  # in few lines
    rules = Rules(thresholds=chosen, small_groups=way, codes=codes, matching=matching)
    return Setup(id=id, title=title, edition=edition, form=form, invited=invited, rules=rules, usual=usual)


def _has_notice(place: Place) -> bool:
    """Whether the project says already who looks after people's answers."""
    if not place.path.exists():
        return False
    with open_rounds(place, to_look=True) as rounds:
        return bool(rounds.project.notice)


def _say_made(place: Place, round: "Round", questionnaire: "Questionnaire", same_title: tuple[str, ...]) -> None:
    say_same_title(round, same_title)
    titles, command = titles_of(questionnaire), place.command
    say(f"Made the round “{round.title}” ({round.id}) in {place.path}.")
    for sentence in numbers(round.invited, round.rules.thresholds, titles):
        say(sentence)
    if round.rules.asks_consent:
        asked = listed([titles[group] for group in round.rules.asks_consent])
        say(f"Asked whether their small group can be shown: {asked}.")
    say("Next, invite people, and open the round so that they can answer:")
    for group, number in round.invited.items():
        of = f" --group {group}" if group else ""
        say(f"  {command} round invite {round.id}{of} --number {number}")
    say(f"  {command} round open {round.id}")
    say(f"To say in the letters when to answer by and who to ask, add to each invite: {invite.WITH_BOTH}")


def _say_targets(round: "Round", usual: "Usual", questionnaire: "Questionnaire", left: "Targets", command: str) -> None:
    """Say which targets were taken over into the round that was made, how to change them, and which were not."""
    if usual.round is not None and round.targets:
        say(f"Targets taken over from “{usual.round.title}”:")
        for line in target_lines(round.targets, questionnaire):
            say(line)
        say("Until its first report you can change them, or remove one with --remove instead of the score:")
        say(f"  {command} round target {round.id} ID SCORE")
    if usual.edition is not None and left:
        before = usual.edition.questionnaire
        say("Not taken over, because this round has no such group, or no such score:")
        for line in target_lines(left, before):
            say(line)


def _check_complete(given: "Given", questionnaire: str | None, *, yes: bool, is_like: bool) -> None:
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
        hint = "" if yes else "Add --yes to use what is recommended for the rest, and leave small groups out."
        needs = [name for name in missing if name in ("--title", "--invited")]
        hint = hint if len(needs) < len(missing) else "Such as: --title “Autumn 2026” --invited board=12."
        raise UsageError(f"A round needs more, and nobody can be asked here: {', '.join(missing)}.", hint)


def _check_place(place: Place) -> None:
    """UsageError where the project is one person's own, or would be made where one's own belongs."""
    if place.path.exists():
        with open_rounds(place):
            return
    if not place.is_named:
        raise UsageError(
            "Say which project file the round goes into.",
            f"It is made if it does not exist. Such as: {named(f'ours{ENDING}')} round new",
        )


def _taken(place: Place) -> list[str]:
    if not place.path.exists():
        return []
    with open_rounds(place, to_look=True) as rounds:
        return [round.id for round in rounds.all()]


def _ask_edition(usual: "Usual") -> "Edition":
    from selfassess.definition.library import shipped

    if usual.edition is not None:
        return _ask_version(usual, usual.edition)
    say("Which questionnaire? Type its number, or the path of a TOML file.")
    offered = shipped()
    for position, one in enumerate(offered, 1):
        say(f"  {position}  {one.id}: {one.title}")

    def chosen(line: str) -> "Edition":
        number = whole_number(line, len(offered))
        return _chosen(usual, offered[number - 1].id if number else line)

    return prompts.ask(f"Questionnaire (Enter alone: {MAIN}):", chosen)


def _ask_version(usual: "Usual", before: "Edition") -> "Edition":
    """The questionnaire of the round before, or a newer version of it."""
    same = f"as before, version {before.questionnaire.version}"
    question = f"Questionnaire, or the path of a newer version (Enter alone: {same}):"
    return prompts.ask(question, lambda line: _chosen(usual, line))


def _chosen(usual: "Usual", name: str) -> "Edition":
    """The questionnaire that was typed. UsageError where it cannot be used, so that it is asked for again."""
    try:
        return usual.chosen(name or None, MAIN)
    except SelfAssessError as error:
        raise UsageError(str(error)) from None


def _ask_id(place: Place, title: str) -> str:
    from selfassess.services.round_setup import free_name, read_id

    taken = _taken(place)
    suggested = free_name(title, taken)
    question = f"A short name for commands (Enter alone: {suggested}):"
    return prompts.ask(question, lambda line: read_id(line or suggested, taken))


def _ask_form(edition: "Edition", usual: "Form") -> "Form":
    from selfassess.model.routing import has_short_form
    from selfassess.sitting.notices import how_long

    if not has_short_form(edition.questionnaire):
        return "full"
    forms: tuple[Form, ...] = ("full", "short")
    named = [("whole" if form == "full" else "short", [f"{how_long(edition, None, form)}."]) for form in forms]
    return forms[prompts.choose("The whole questionnaire, or the short form?", named, forms.index(usual))]


def _ask_invited(questionnaire: "Questionnaire", usual: Mapping[GroupKey, int]) -> dict[GroupKey, int]:
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
    invited: Mapping[GroupKey, int], chosen: Thresholds, questionnaire: "Questionnaire", form: "Form", usual: "Usual"
) -> SmallGroups:
    """What is recommended is what shows most. Enter alone stands for it; or for what was before, where there is a
    round that the new one is like: then the two can be compared."""
    titles = titles_of(questionnaire)
    for sentence in numbers(invited, chosen, titles):
        say(sentence)
    ways = choices(invited, chosen, questionnaire, form, titles)
    best = recommended(ways)
    say(QUESTION)
    for line in outlook.table(ways, invited, titles):
        say(line)
    named = []
    for one in ways:
        marks = [WHY] if one.way == best else []
        marks += ["as before"] if usual.round is not None and one.way == usual.rules.small_groups else []
        said = f" ({'; '.join(marks)})" if marks else ""
        named.append((f"{one.way}{said}: {one.meaning}", ()))
    return ways[prompts.choose("Small groups", named, CHOICES.index(usual.way(best)))].way


def _flag(given: bool | None, asks: bool, question: str, usual: bool) -> bool:
    if given is not None:
        return given
    return prompts.ask_yes_no(question, usual) if asks else usual


COMMANDS = (new,)
