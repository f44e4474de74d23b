"""Commands that change a round: change, correct."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from selfassess.cli.place import Place
from selfassess.cli.project_choice import of_rounds
from selfassess.cli.round.lookup import called, opened
from selfassess.cli.round.rules import Given, read_title, thresholds, with_options
from selfassess.cli.terminal import say
from selfassess.errors import UsageError
from selfassess.services.groups import invited_group, read_invited, titles_of

if TYPE_CHECKING:
    from selfassess.model.questionnaire import Questionnaire
    from selfassess.model.round import Round
    from selfassess.project.rounds import Rounds


@click.command("change", short_help="Change a round that nobody has seen yet.")
@click.argument("round_name", metavar="ROUND")
@with_options
@of_rounds
def change(place: Place, /, round_name: str, **options: Any) -> None:
    """Change the rules of a round, as long as nobody was invited or got a form, has begun or has handed in. The title
    can always be changed.

    --invited GROUP=0 takes a group out. For another questionnaire, delete the round and make a new one.

    \b
    selfassess --project ours.selfassess round change autumn_2026 --invited staff=18
    """
    from selfassess.services.projects import edition_of_round

    given = Given(**options)
    if not any(value is not None and value != () for value in options.values()):
        raise UsageError("Say what to change.", f"See the options: {called(place)} round change --help")
    with opened(place) as rounds:
        before = rounds.get(round_name)
        after = _changed(before, given, edition_of_round(rounds, before).questionnaire)
        rounds.change(after)
        _say_other_titles(rounds, after)
    say(f"Changed: {after.title}.")


def _say_other_titles(rounds: "Rounds", after: "Round") -> None:
    same = [one.id for one in rounds.all() if one.title.casefold() == after.title.casefold() and one.id != after.id]
    if same:
        say(f"There is another round with this title ({', '.join(same)}): say {after.id} in commands, not the title.")


def _changed(before: "Round", given: Given, questionnaire: "Questionnaire") -> "Round":
    from selfassess.model.round import asked_for_consent, groups_of

    read = read_invited(given.invited, questionnaire, may_be_none=True)
    numbers = {**before.invited, **read}
    invited = {group: numbers[group] for group in groups_of(questionnaire) if numbers.get(group)}
    if not invited:
        raise UsageError("Somebody has to be invited.", "Leave at least one group in.")
    old = before.rules
    rules = replace(
        old,
        thresholds=thresholds(given.min_group, given.min_detail, old.thresholds),
        small_groups=given.small_groups or old.small_groups,
        codes=old.codes if given.codes is None else given.codes,
        matching=old.matching if given.matching is None else given.matching,
    )
    if rules != old or invited != before.invited:
        rules = replace(rules, asks_consent=asked_for_consent(invited, rules))
    title = before.title if given.title is None else read_title(given.title)
    return replace(before, title=title, form=given.form or before.form, invited=invited, rules=rules)


@click.command("correct", short_help="Correct how many are invited.")
@click.argument("round_name", metavar="ROUND")
@click.argument("numbers", nargs=-1, required=True, metavar="GROUP=N...")
@of_rounds
def correct(place: Place, round_name: str, numbers: tuple[str, ...]) -> None:
    """Correct how many people are invited, at any time: somebody joined or left, or the first count was wrong. Once a
    report was made, later ones say that the number was corrected, and what it was.

    \b
    selfassess --project ours.selfassess round correct autumn_2026 board=13
    """
    from selfassess.services.projects import edition_of_round

    with opened(place) as rounds:
        round = rounds.get(round_name)
        questionnaire = edition_of_round(rounds, round).questionnaire
        invited = read_invited(numbers, questionnaire)
        for group in invited:
            invited_group(round, questionnaire, group or None)
        rounds.correct(round.id, invited)
        after, reported = rounds.get(round.id), rounds.reported(round.id)
    titles = titles_of(questionnaire)
    for group, number in invited.items():
        say(f"{titles[group]}: {number} invited (it was {round.invited[group]}).")
    if any(group in reported and number != round.invited[group] for group, number in invited.items()):
        say("A report has already been made. Later reports will say that this was corrected, and give both numbers.")
    if words := _asked_differently(round, after):
        say(words)


def _asked_differently(before: "Round", after: "Round") -> str:
    from selfassess.model.round import asked_for_consent

    wanted = asked_for_consent(after.invited, after.rules)
    if set(wanted) <= set(after.rules.asks_consent) or before.rules.small_groups != "consent":
        return ""
    return (
        "Who is asked whether their small group may be shown stays as it is, since people were told the rules already."
    )


COMMANDS = (change, correct)
