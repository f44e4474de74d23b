"""What every command about rounds needs: the shared project, the round that is meant, what its groups are called."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from selfassess.cli.project_choice import open_shared
from selfassess.cli.prompts import whole_number
from selfassess.errors import UsageError, near
from selfassess.paths import program
from selfassess.text import all_there_are, clean, count

if TYPE_CHECKING:
    from selfassess.cli.place import Place
    from selfassess.model.questionnaire import Questionnaire
    from selfassess.model.round import Counts, Round
    from selfassess.project.rounds import Rounds

MOST = 1_000_000
"""More people than this are a slip of the finger."""


@contextmanager
def opened(place: "Place", *, to_look: bool = False) -> Iterator["Rounds"]:
    """The rounds of the project; `to_look` where a file that can only be read will do. UsageError where none is named
    or it is one person's own, ProjectError where there is no such file."""
    from selfassess.project.rounds import Rounds

    with open_shared(place, to_look=to_look) as project:
        yield Rounds(project)


def called(place: "Place") -> str:
    """How the command is called for this project: "selfassess --project ours.selfassess"."""
    return program(str(place.path))


def titles_of(questionnaire: "Questionnaire") -> dict[str, str]:
    """What the groups are called, by their ids."""
    from selfassess.model.round import EVERYBODY

    return {group.id: group.title for group in questionnaire.groups} or {EVERYBODY: "Everybody"}


def group_of(questionnaire: "Questionnaire", name: str) -> str:
    """The id of the group of that id or title. UsageError says which there are."""
    for group in questionnaire.groups:
        if name.strip().casefold() in (group.id, group.title.casefold()):
            return group.id
    known = [group.id for group in questionnaire.groups]
    if not known:
        raise UsageError("This questionnaire has no groups.", "Leave the group out: everybody is one.")
    raise UsageError(f"There is no group “{name}”.", near(name, known) or all_there_are("group", known))


def invited_group(round: "Round", questionnaire: "Questionnaire", name: str | None) -> str:
    """The group of a round that a name means; without a name the only one. UsageError says which take part."""
    there = list(round.invited)
    if name is None:
        if len(there) == 1:
            return there[0]
        raise UsageError("Say which group.", f"With --group: {', '.join(there)}.")
    group = group_of(questionnaire, name)
    if group not in there:
        raise UsageError(f"The group “{group}” takes no part in this round.", all_there_are("group", there))
    return group


def read_invited(
    texts: tuple[str, ...], questionnaire: "Questionnaire", *, may_be_none: bool = False
) -> dict[str, int]:
    """How many are invited, by group id in the questionnaire's order, from "board=12" (or "12" where there are no
    groups). UsageError for an unknown group, one named twice, or what is no number of people. With `may_be_none` 0 is
    one."""
    from selfassess.model.round import EVERYBODY, groups_of

    found: dict[str, int] = {}
    for text in texts:
        name, sign, number = text.rpartition("=")
        if not sign and questionnaire.groups:
            raise UsageError(f"“{text}” does not say how many of which group.", "Write group=number, such as board=12.")
        group = group_of(questionnaire, name) if sign else EVERYBODY
        if group in found:
            raise UsageError(f"“{name or text}” is there twice.", "Give each group one number.")
        found[group] = read_number(number, may_be_none=may_be_none)
    return {group: found[group] for group in groups_of(questionnaire) if group in found}


def read_number(text: str, *, may_be_none: bool = False) -> int:
    """A number of people. UsageError for anything else."""
    number, least = whole_number(text, MOST), 0 if may_be_none else 1
    if number is None or number < least:
        raise UsageError(
            f"“{clean(text.strip(), 40)}” is not a number of people.", f"Write a whole number from {least} to {MOST:,}."
        )
    return number


def rate(handed_in: int, invited: int) -> str:
    """How many of those invited handed in, with a word for it."""
    from selfassess.documents.wording import rate_word

    if handed_in > invited:
        return f"{handed_in} handed in, more than the {invited} invited: correct that number"
    word = rate_word(handed_in, invited)
    return f"{handed_in} of {invited} handed in" + (f" ({word})" if word and handed_in else "")


def count_lines(round: "Round", counts: "Counts", titles: Mapping[str, str]) -> Iterator[str]:
    """What may be told of a round at any time, a line a group."""
    for group, invited in round.invited.items():
        handed_in, begun = counts.handed_in.get(group, 0), counts.drafts.get(group, 0)
        line = f"{titles[group]}: {rate(handed_in, invited)}"
        if begun:
            line += f"; {begun} begun and not handed in"
        if round.rules.codes and round.state != "closed":
            line += f"; {count(counts.codes.get(group, 0), 'code')} given out, {counts.used.get(group, 0)} used"
        yield line
    if len(round.invited) > 1:
        total, invited = sum(counts.handed_in.values()), sum(round.invited.values())
        yield f"All: {rate(total, invited)}"
