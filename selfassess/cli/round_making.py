"""How a round is made: what was not said as an option is asked for."""

import re
from collections.abc import Mapping
from dataclasses import replace

from selfassess.cli import asking, inviting, round_choices
from selfassess.cli.round_like import Usual, usual_of
from selfassess.cli.round_place import called, listed, opened, read_number, titles_of
from selfassess.cli.round_rules import CHOICES, Given, read_id, read_title, thresholds
from selfassess.cli.sittings import MAIN, Place
from selfassess.cli.streams import Stopped, Told, say
from selfassess.cli.which_project import ENDING
from selfassess.errors import SelfAssessError, UsageError
from selfassess.model.questionnaire import Edition, Questionnaire
from selfassess.model.round import Round, Rules, SmallGroups, Thresholds, asked_for_consent, groups_of
from selfassess.model.sheet import Form
from selfassess.paths import named


def make(
    place: Place, id: str | None, questionnaire: str | None, given: Given, *, yes: bool, like: str | None = None
) -> None:
    """Make a round of what was given and what is answered now; like another round, where one is named. UsageError where
    somebody would have to be asked and nobody is there; with `yes` only for what nobody could guess."""
    try:
        round, edition, usual = _asked(place, id, questionnaire, given, yes=yes, like=like)
    except (Stopped, KeyboardInterrupt):
        say("Stopped. No round was made.")
        raise Told from None
    targets, left = usual.targets(edition.questionnaire, round.invited)
    round = replace(round, targets=targets)
    _add(place, round, edition, usual.round)
    usual.tell_targets(round, edition.questionnaire, left, called(place))


def _asked(
    place: Place, id: str | None, questionnaire: str | None, given: Given, *, yes: bool, like: str | None
) -> tuple[Round, Edition, Usual]:
    """The round, its questionnaire, and what it is like. Nothing is changed yet."""
    title = None if given.title is None else read_title(given.title)
    id = None if id is None else read_id(id)
    asks = not yes and asking.can_ask()
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
    title = title or asking.ask("What is the round called? (such as Autumn 2026)", read_title)
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


def _add(place: Place, round: Round, edition: Edition, after: Round | None) -> None:
    from selfassess.storage.rounds import Rounds

    with place.open("shared") as project:
        rounds = Rounds(project)
        same = [one.id for one in rounds.all() if one.title.casefold() == round.title.casefold()]
        rounds.add(round, edition, after)
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
    from selfassess.definition.reader import read

    return read(find(name))


def _ask_edition(usual: Usual) -> Edition:
    from selfassess.definition.library import shipped

    if usual.edition is not None:
        return _ask_version(usual, usual.edition)
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


def _ask_version(usual: Usual, before: Edition) -> Edition:
    """The questionnaire of the round before, or a newer version of it."""

    def chosen(line: str) -> Edition:
        try:
            return _said(line or None, usual)
        except SelfAssessError as error:
            raise UsageError(str(error)) from None

    same = f"as before, version {before.questionnaire.version}"
    return asking.ask(f"Questionnaire, or the path of a newer version (Enter alone: {same}):", chosen)


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


def _ask_form(edition: Edition, usual: Form) -> Form:
    from selfassess.sitting.words import how_long

    if not any(item.short for item in edition.questionnaire.items):
        return "full"
    forms: tuple[Form, ...] = ("full", "short")
    named = [("whole" if form == "full" else "short", [f"{how_long(edition, None, form)}."]) for form in forms]
    return forms[asking.choose("The whole questionnaire, or the short form?", named, forms.index(usual))]


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
    return asking.ask(f"  {title}{before}:", lambda line: read_number(line or str(usual), may_be_none=True))


def _ask_small_groups(
    invited: Mapping[str, int], chosen: Thresholds, questionnaire: Questionnaire, form: Form, usual: Usual
) -> SmallGroups:
    """What is recommended is what shows most. Enter alone stands for it; or for what was before, where there is a
    round that the new one is like: then the two can be compared."""
    titles = titles_of(questionnaire)
    for sentence in round_choices.numbers(invited, chosen, titles):
        say(sentence)
    ways = round_choices.choices(invited, chosen, questionnaire, form, titles)
    best = round_choices.recommended(ways)
    say("What should happen to a group in which fewer hand in? People are told before.")
    for line in round_choices.table(ways, invited, titles):
        say(line)
    named = []
    for one in ways:
        marks = [round_choices.WHY] if one.way == best else []
        marks += ["as before"] if usual.round is not None and one.way == usual.rules.small_groups else []
        said = f" ({'; '.join(marks)})" if marks else ""
        named.append((f"{one.way}{said}: {one.meaning}", ()))
    default = best if usual.round is None else usual.rules.small_groups
    return ways[asking.choose("Small groups", named, CHOICES.index(default))].way


def _flag(given: bool | None, asks: bool, question: str, usual: bool) -> bool:
    if given is not None:
        return given
    return asking.ask_yes_no(question, usual) if asks else usual
