"""Who has not answered an open round yet, as far as that may be known, and what they are reminded with."""

from collections.abc import Sequence
from dataclasses import dataclass

from selfassess.errors import UsageError
from selfassess.model.letter import Reminder
from selfassess.model.questionnaire import Edition, GroupKey
from selfassess.model.round import Round
from selfassess.paths import program
from selfassess.project.rounds import Rounds
from selfassess.services.groups import invited_group, titles_of
from selfassess.services.projects import edition_of_round
from selfassess.sitting.notices import how_long
from selfassess.text import count, listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A group in which somebody has not handed in yet. It says neither when nor what anybody answered."""

    group: GroupKey
    title: str
    invited: int
    handed_in: int
    without_code: int
    """How many of these handed in without the code of a letter: on paper, or in a form elsewhere."""
    letters: tuple[str, ...] | None
    """The letters that nobody has answered with yet; None where only the number of people may be known."""

    @property
    def left(self) -> int:
        """How many people have not handed in."""
        return self.invited - self.handed_in


def waiting(rounds: Rounds, round: Round, group: str | None = None) -> tuple[Waiting, ...]:
    """The groups of an open round in which somebody has not handed in yet; or the one that is named, if it is one of
    them. UsageError where the round is not open, or the group takes no part."""
    check_open(rounds, round)
    questionnaire = edition_of_round(rounds, round).questionnaire
    chosen = [*round.invited] if group is None else [invited_group(round, questionnaire, group)]
    titles, counts, unanswered = (
        titles_of(questionnaire),
        rounds.counts(round.id),
        rounds.admission.unanswered(round.id),
    )
    found = (
        Waiting(
            group=one,
            title=titles[one],
            invited=round.invited[one],
            handed_in=counts.handed_in[one],
            without_code=max(counts.handed_in[one] - counts.used[one], 0) if round.rules.codes else 0,
            letters=unanswered.get(one),
        )
        for one in chosen
    )
    return tuple(one for one in found if one.left > 0)


def check_open(rounds: Rounds, round: Round) -> None:
    """UsageError unless people can answer now."""
    if round.state == "closed":
        raise UsageError(f"The round “{round.title}” is closed.", "It is too late to hand in, so nobody is reminded.")
    if round.state == "new":
        command = program(str(rounds.project.path))
        raise UsageError(f"The round “{round.title}” is not open yet.", f"First: {command} round open {round.id}")


def told(groups: Sequence[Waiting]) -> tuple[str, ...]:
    """Who has not answered yet, in a sentence for each group."""
    return tuple(map(_told, groups)) or ("Everybody has handed in.",)


def _told(one: Waiting) -> str:
    said = f"{one.title}: {one.left} of {one.invited} have not handed in yet"
    if one.letters is None:
        return f"{said}."
    said += f". Nothing yet from {'letter' if len(one.letters) == 1 else 'letters'} {listed(one.letters)}."
    if one.without_code:
        people = count(one.without_code, "person", "people")
        said += f" {people} answered on paper or in a form, and may have one of these letters."
    return said


def reminders(
    rounds: Rounds, round: Round, groups: Sequence[Waiting], *, until: str = "", contact: str = ""
) -> list[Reminder]:
    """A reminder for each letter that nobody has answered with; where these are not known, one for everybody in the
    group. UsageError where nobody has to be reminded."""
    edition: Edition = edition_of_round(rounds, round)
    titles = titles_of(edition.questionnaire)
    found = [
        Reminder(
            number=number,
            title=round.title,
            questionnaire=edition.questionnaire.title,
            partnership=rounds.project.partnership,
            group=titles[one.group] if one.group else "",
            how_long=how_long(edition, one.group or None, round.form),
            has_code=round.rules.codes,
            until=until,
            contact=contact,
        )
        for one in groups
        for number in (one.letters if one.letters is not None else ("",))
    ]
    if not found:
        command = f"{program(str(rounds.project.path))} round"
        if waiting(rounds, round):
            said = "Everybody in this group has handed in, so nobody is reminded."
            raise UsageError(said, f"See which groups have not: {command} status {round.id}")
        raise UsageError("Everybody has handed in, so nobody is reminded.", f"Next: {command} close {round.id}")
    return found
