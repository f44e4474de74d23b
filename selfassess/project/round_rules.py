"""The rules for making and changing rounds, and for finding one by its name. Nothing here reads the project file."""

from collections.abc import Iterable, Mapping, Sequence

from selfassess.errors import UsageError
from selfassess.model.questionnaire import Edition, GroupKey
from selfassess.model.round import EVERYBODY, Round, groups_of
from selfassess.project import records
from selfassess.project.codec import TOO_MANY
from selfassess.text import ID, clean, did_you_mean, listed, there_are

_LONGEST_NUMBER = 40


class NoRoundError(UsageError):
    """There is no such round."""


def check_new(round: Round, edition: Edition) -> None:
    """UsageError unless this round can be made. ValueError if it names another questionnaire, or has no key."""
    if round.questionnaire != edition.sha256 or not round.key:
        raise ValueError("a new round names its questionnaire and has a key")
    if not ID.fullmatch(round.id):
        raise UsageError("A round needs a short name.", "Such as autumn_2026: lower-case letters, digits and _.")
    _check_groups(round.invited, groups_of(edition.questionnaire))
    if not round.invited:
        raise UsageError("Nobody is invited to this round.", "Say how many people each group has.")
    check_kept(round)


def not_closed(round: Round) -> UsageError:
    """The error where something needs a closed round, and this one is not."""
    return UsageError(f"The round “{round.title}” is not closed.", "Close it first, so that nobody's answers change.")


def check_change(before: Round, after: Round, *, fixed: bool) -> None:
    """UsageError unless a round may be changed like this."""
    if after.questionnaire != before.questionnaire:
        raise UsageError("A round keeps its questionnaire.", "Make a new round for another one.")
    same = after.form == before.form and after.invited == before.invited and after.rules == before.rules
    if fixed and not same:
        raise UsageError(
            f"The rules of the round “{before.title}” are fixed: somebody may have read them already.",
            "Its title can still be changed, and the numbers of people invited can be corrected. For other rules make "
            "a new round.",
        )
    if before.state == "closed" and not same:
        raise UsageError(
            f"The round “{before.title}” is closed.", "Only its title and the numbers of people invited can change now."
        )
    _check_groups(after.invited, after.invited)
    check_kept(after)


def check_kept(round: Round) -> None:
    """UsageError for a round that could not be read again after it was stored."""
    try:
        records.write_round(round)
    except ValueError:  # UnreadableRowError is one too
        raise UsageError(
            f"The round “{clean(round.title, 100)}” cannot be saved like this.",
            "Check its names, its rules and the numbers of people.",
        ) from None


def check_numbers(round: Round, invited: Mapping[GroupKey, int], handed_in: Mapping[GroupKey, int]) -> None:
    """UsageError unless the numbers of people invited may be corrected like this."""
    _check_groups(invited, round.invited)
    for group, number in invited.items():
        if number < handed_in.get(group, 0):
            who = f" in the group “{clean(group, 100)}”" if group else ""
            raise UsageError(
                f"{number} is too few: more people{who} have handed in already.",
                f"Sheets that are in: {handed_in[group]}. Count again how many you invited.",
            )


def check_codes(round: Round, group: GroupKey, number: int = 0) -> None:
    """UsageError unless a group has codes, and may have this many."""
    if not round.rules.codes:
        raise UsageError(f"The round “{round.title}” has no admission codes.", "Anybody can answer without one.")
    _check_groups({group: number}, round.invited)


def check_issue(round: Round, group: GroupKey, number: int) -> None:
    """UsageError unless codes can be issued to a group."""
    check_codes(round, group, number)
    if round.state == "closed":
        raise UsageError(f"The round “{round.title}” is closed.", "Open it again first, if no report of it was made.")


def check_invitation(round: Round, group: GroupKey | None, code: str) -> None:
    """UsageError unless somebody can be invited like this."""
    if group is not None:
        _check_groups({group: 0}, round.invited)
    elif round.rules.codes and EVERYBODY not in round.invited:
        raise UsageError("An invitation with an admission code is for one group.", "Say for which.")
    if round.rules.codes != bool(code):
        said = "needs an admission code" if round.rules.codes else "has no admission codes"
        raise UsageError(f"The round “{round.title}” {said}.", "Issue a code for each invitation, or for none.")
    if round.state == "closed":
        raise UsageError(f"The round “{round.title}” is closed.", "Open it again first, if no report of it was made.")


def chosen(rounds: Sequence[Round], name: str | None) -> Round:
    """The round with this id or title; without a name the only round. UsageError lists the rounds."""
    if name is None:
        if len(rounds) == 1:
            return rounds[0]
        if rounds:
            raise UsageError(
                "There is more than one round.", f"Name one of them: {listed((each.id for each in rounds), 'or')}."
            )
        raise UsageError("There is no round in this project.", "Make one first.")
    by_id = [each for each in rounds if each.id == name]
    found = by_id or [each for each in rounds if each.title.casefold() == name.strip().casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(
            f"Several rounds have the title “{clean(name, 100)}”.",
            f"Name one of them: {listed((each.id for each in found), 'or')}.",
        )
    raise no_round(name, (each.id for each in rounds))


def no_round(name: str, ids: Iterable[str]) -> NoRoundError:
    """The error for a round that does not exist."""
    there = list(ids)
    hint = did_you_mean(name, there) or (_there_are(there) if there else "This project does not have one.")
    return NoRoundError(f"There is no round “{clean(name, 100)}”.", hint)


def paper_number(text: str) -> str:
    """A number written on paper as it is stored: 007 is 7. UsageError if it is not valid."""
    number = " ".join(clean(text, 10 * _LONGEST_NUMBER).split())
    if not number:
        raise UsageError(
            "A paper sheet needs a number to be found by.",
            f"Write one on each sheet of paper, with at most {_LONGEST_NUMBER} characters.",
        )
    if len(number) > _LONGEST_NUMBER:
        raise UsageError(
            f"“{number[:_LONGEST_NUMBER]}…” is too long for the number of a sheet.",
            f"It has at most {_LONGEST_NUMBER} characters. Is there a space between the number and the row?",
        )
    return without_leading_zeros(number)


def without_leading_zeros(number: str) -> str:
    """A number on paper without leading zeros, which do not distinguish sheets."""
    return number.lstrip("0") or "0" if number.isascii() and number.isdigit() else number


def in_order(number: str) -> tuple[int, str]:
    """The sort key of a number on paper: 2 before 10, and words after digits."""
    figures = number.isascii() and number.isdigit() and len(number) <= _LONGEST_NUMBER
    return (int(number), number) if figures else (10**_LONGEST_NUMBER, number)


def _check_groups(invited: Mapping[GroupKey, int], known: Iterable[GroupKey]) -> None:
    there = list(known)
    for group, number in invited.items():
        if group not in there:
            said = f"no group “{clean(group, 100)}”" if group else "nobody without a group"
            hint = did_you_mean(group, there) or _there_are(there)
            raise UsageError(f"This round has {said}.", hint if any(there) else "It has no groups.")
        if number < 0:
            raise UsageError("A number of people cannot be below zero.", "Write how many people were invited.")
        if number >= TOO_MANY:
            raise UsageError(f"A group has at most {TOO_MANY - 1:,} people.", "Count again how many there are.")


def _there_are(ids: Iterable[str]) -> str:
    return there_are(clean(id, 100) for id in ids)
