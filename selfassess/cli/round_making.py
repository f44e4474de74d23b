"""How a round is made: what was not said as an option is asked for."""

import re
from collections.abc import Mapping
from dataclasses import replace

from selfassess.cli import asking, inviting, round_choices
from selfassess.cli.round_place import called, listed, opened, read_invited, read_number, titles_of
from selfassess.cli.round_rules import CHOICES, Given, read_id, read_title, thresholds
from selfassess.cli.sittings import MAIN, Place
from selfassess.cli.streams import say
from selfassess.cli.which_project import project_files, which_project
from selfassess.errors import SelfAssessError, UsageError
from selfassess.model.questionnaire import Edition, Questionnaire
from selfassess.model.round import Round, Rules, SmallGroups, Thresholds, asked_for_consent, groups_of
from selfassess.model.sheet import Form


def make(place: Place, id: str | None, questionnaire: str | None, given: Given, *, yes: bool) -> None:
    """Make a round of what was given and what is answered now. UsageError where somebody would have to be asked and
    nobody is there; with `yes` only for what nobody could guess."""
    title = None if given.title is None else read_title(given.title)
    id = None if id is None else read_id(id)
    chosen = thresholds(given.min_group, given.min_detail)
    asks = not yes and asking.can_ask()
    if not asks:
        _check_complete(given, questionnaire, yes=yes)
    _check_place(place)
    edition = None if questionnaire is None and asks else _edition(questionnaire or MAIN)
    invited = read_invited(given.invited, edition.questionnaire) if edition else {}
    _check_free(place, id)
    title = title or asking.ask("What is the round called? (such as Autumn 2026)", read_title)
    id = id or (_ask_id(place, title) if asks else read_id(_suggested(title)))
    if edition is None:
        edition = _ask_edition()
        invited = read_invited(given.invited, edition.questionnaire)
    form = given.form or (_ask_form(edition) if asks else "full")
    invited = invited or _ask_invited(edition.questionnaire)
    way = given.small_groups or (
        _ask_small_groups(invited, chosen, edition.questionnaire) if asks else round_choices.DEFAULT
    )
    codes = _flag(given.codes, asks, "Does everybody need a code, used once? Then nobody answers twice.", default=True)
    matching = _flag(
        given.matching, asks, "May people make up a code of their own, to compare with a later round?", default=False
    )
    rules = Rules(thresholds=chosen, small_groups=way, codes=codes, matching=matching)
    _add(place, _round(id, title, edition, form, invited, rules), edition)


def _round(id: str, title: str, edition: Edition, form: Form, invited: Mapping[str, int], rules: Rules) -> Round:
    from selfassess.storage.codes import new_key

    return Round(
        id=id,
        key=new_key(),
        title=title,
        questionnaire=edition.sha256,
        form=form,
        invited=invited,
        rules=replace(rules, asks_consent=asked_for_consent(invited, rules)),
    )


def _add(place: Place, round: Round, edition: Edition) -> None:
    from selfassess.storage.project import open_or_create
    from selfassess.storage.rounds import Rounds

    with open_or_create(place.path, "shared") as project:
        rounds = Rounds(project)
        same = [one.id for one in rounds.all() if one.title.casefold() == round.title.casefold()]
        rounds.add(round, edition)
    if same:
        say(f"There is another round with this title ({', '.join(same)}): say {round.id} in commands, not the title.")
    titles, command = titles_of(edition.questionnaire), called(place)
    say(f"Made the round “{round.title}” ({round.id}) in {place.path}.")
    for sentence in round_choices.numbers(round.invited, round.rules.thresholds, titles):
        say(sentence)
    if round.rules.asks_consent:
        asked = listed([titles[group] for group in round.rules.asks_consent])
        say(f"Asked whether their small group may be shown: {asked}.")
    say("Next, invite people, and open the round so that they can answer:")
    for group, number in round.invited.items():
        of = f" --group {group}" if group else ""
        say(f"  {command} round invite {round.id}{of} --number {number}")
    say(f"  {command} round open {round.id}")
    say(f"So that the letters say until when to answer and whom to ask, add to each invite: {inviting.WITH_BOTH}")


def _check_complete(given: Given, questionnaire: str | None, *, yes: bool) -> None:
    """UsageError, where nobody can be asked, that names the options missing."""
    always = (("--title", given.title), ("--invited", given.invited))
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
    if place.is_named:
        return
    if "shared" in project_files().values():
        raise which_project(place)
    raise UsageError(
        "Say which project file the round goes into.",
        "Such as: selfassess --project ours.selfassess round new. It is made if it is not there.",
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
    from selfassess.definition.reader import read

    return read(find(name))


def _ask_edition() -> Edition:
    from selfassess.definition.library import shipped

    say("Which questionnaire? Type its number, or the path of a TOML file.")
    listed = shipped()
    for position, one in enumerate(listed, 1):
        say(f"  {position}  {one.id}: {one.title}")

    def chosen(line: str) -> Edition:
        number = asking.whole_number(line, len(listed))
        try:
            return _edition(listed[number - 1].id if number else line or MAIN)
        except SelfAssessError as error:
            raise UsageError(str(error)) from None

    return asking.ask(f"Questionnaire (Enter alone: {MAIN}):", chosen)


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

    return asking.ask(f"A short name for commands (Enter alone: {suggested}):", read)


def _ask_form(edition: Edition) -> Form:
    from selfassess.sitting.words import how_long

    if not any(item.short for item in edition.questionnaire.items):
        return "full"
    forms: tuple[Form, ...] = ("full", "short")
    named = [("whole" if form == "full" else "short", [f"{how_long(edition, None, form)}."]) for form in forms]
    return forms[asking.choose("The whole questionnaire, or the short form?", named, 0)]


def _ask_invited(questionnaire: Questionnaire) -> dict[str, int]:
    titles = titles_of(questionnaire)
    while True:
        say("How many people are invited? Enter alone: this group takes no part.")
        found = {
            group: asking.ask(f"  {titles[group]}:", lambda line: read_number(line or "0", may_be_none=True))
            for group in groups_of(questionnaire)
        }
        if invited := {group: number for group, number in found.items() if number}:
            return invited
        say("Somebody has to be invited.")


def _ask_small_groups(invited: Mapping[str, int], chosen: Thresholds, questionnaire: Questionnaire) -> SmallGroups:
    titles = titles_of(questionnaire)
    for sentence in round_choices.numbers(invited, chosen, titles):
        say(sentence)
    say("What should happen to a group in which fewer hand in? People are told before.")
    ways = round_choices.choices(invited, chosen, titles)
    named = [
        (f"{one.way}{f': {round_choices.WHY}' if one.way == round_choices.RECOMMENDED else ''}", one.sentences)
        for one in ways
    ]
    default = CHOICES.index(round_choices.DEFAULT)
    return ways[asking.choose("Small groups", named, default)].way


def _flag(given: bool | None, asks: bool, question: str, *, default: bool) -> bool:
    if given is not None:
        return given
    return asking.ask_yes_no(question, default) if asks else default
