"""Choosing one's group line by line, before the first question and again from there."""

from collections.abc import Sequence

from selfassess.cli.asking import place_in
from selfassess.cli.streams import read_line, say
from selfassess.model.questionnaire import Group, Questionnaire
from selfassess.model.round import Round
from selfassess.sitting import round_words
from selfassess.sitting.entering import asks_consent
from selfassess.sitting.live import Sitting


def ask_group(groups: Sequence[Group]) -> Group:
    """The group that a person says they are in, by its number, id or title."""
    say("Which group do you belong to?")
    for position, group in enumerate(groups, 1):
        say(f"  {position}  {group.title}{f': {group.about}' if group.about else ''}")
    while True:
        line = read_line("Group:")
        if (at := place_in(line, len(groups))) is not None:
            return groups[at]
        if named := [group for group in groups if line.lower() in (group.id, group.title.lower())]:
            return named[0]
        say(f"Please type a number from 1 to {len(groups)}.")


def ask_consent(round: Round, questionnaire: Questionnaire, group: str) -> bool:
    """Whether a person agrees that their small group is shown, after they were told what that means."""
    say(f"\n{round_words.CONSENT_HEADING}")
    for paragraph in round_words.consent(round, questionnaire, group):
        say(paragraph)
    while (answer := read_line("Type yes or no:").lower()) not in ("yes", "y", "no", "n"):
        say("Please type yes or no. There is no right answer.")
    agrees = answer.startswith("y")
    say(f"{round_words.after_consent(round, group, agrees)} {round_words.CHANGEABLE}\n")
    return agrees


def regroup(sitting: Sitting) -> None:
    """Ask for the group once more, from the first question. What was answered stays."""
    questionnaire, round = sitting.questionnaire, sitting.round
    group = ask_group([one for one in questionnaire.groups if one.id in sitting.groups]).id
    if not sitting.would_be_asked(group):
        say("This form of the questionnaire asks people of this group nothing.")
    elif group != sitting.draft.group:
        agrees = None
        if round and asks_consent(round, group):
            agrees = ask_consent(round, questionnaire, group)
        sitting.change_group(group, agrees)
