"""The groups of a questionnaire or a round, as people name them, and how many of each are invited."""

from selfassess.errors import UsageError
from selfassess.model.questionnaire import GroupKey, Questionnaire
from selfassess.model.round import EVERYBODY, Round, groups_of
from selfassess.numbers import whole_number
from selfassess.text import all_there_are, clean, meant, nearest_or_all

MOST = 1_000_000
"""More people than this are a slip of the finger."""


def titles_of(questionnaire: Questionnaire) -> dict[str, str]:
    """What the groups are called, by their ids."""
    return {group.id: group.title for group in questionnaire.groups} or {EVERYBODY: "Everybody"}


def group_of(questionnaire: Questionnaire, name: str) -> GroupKey:
    """The id of the group of that id or title. UsageError says which there are."""
    known = {group.id: group.title for group in questionnaire.groups}
    if (found := meant(name, known)) is not None:
        return found
    if not known:
        raise UsageError("This questionnaire has no groups.", "Leave the group out: everybody is one.")
    raise UsageError(f"There is no group “{name}”.", nearest_or_all(name, known, "group"))


def invited_group(round: Round, questionnaire: Questionnaire, name: str | None) -> GroupKey:
    """The group of a round that a name means; without a name the only one. UsageError says which take part."""
    there = list(round.invited)
    if name is None:
        if len(there) == 1:
            return there[0]
        raise UsageError("Say which group.", f"With --group: {', '.join(there)}.")
    group = group_of(questionnaire, name)
    if group not in there:
        raise UsageError(f"The group “{group}” does not take part in this round.", all_there_are("group", there))
    return group


def groups_meant(round: Round | None, questionnaire: Questionnaire, name: str | None) -> list[GroupKey]:
    """The group that a name means; without a name all that take part in the round, or without a round all there are.
    UsageError says which there are."""
    if name is None:
        return list(round.invited) if round else list(groups_of(questionnaire))
    return [invited_group(round, questionnaire, name) if round else group_of(questionnaire, name)]


def read_invited(
    texts: tuple[str, ...], questionnaire: Questionnaire, *, may_be_none: bool = False
) -> dict[GroupKey, int]:
    """How many are invited, by group id in the questionnaire's order, from "board=12" (or "12" where there are no
    groups). UsageError for an unknown group, one named twice, or what is no number of people. With `may_be_none` 0 is
    one."""
    found: dict[GroupKey, int] = {}
    for text in texts:
        name, sign, number = text.rpartition("=")
        if not sign and questionnaire.groups:
            raise UsageError(f"“{text}” does not say how many of which group.", "Write group=number, such as board=12.")
        group = group_of(questionnaire, name) if sign else EVERYBODY
        if group in found:
            raise UsageError(f"“{name or text}” is there twice.", "Give each group one number.")
        found[group] = read_number(number, may_be_none=may_be_none)
    return {group: found[group] for group in groups_of(questionnaire) if group in found}


def read_number(text: str, *, may_be_none: bool = False, most: int = MOST) -> int:
    """A number of people. UsageError for anything else."""
    number, least = whole_number(text, most), 0 if may_be_none else 1
    if number is None or number < least:
        raise UsageError(
            f"“{clean(text.strip(), 40)}” is not a number of people.", f"Write a whole number from {least} to {most:,}."
        )
    return number
