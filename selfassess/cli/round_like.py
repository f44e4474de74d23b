"""What holds for a new round where nothing is said: what is recommended, or what the round had that it is like."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from selfassess.cli.round_choices import DEFAULT
from selfassess.cli.round_place import edition_of, listed, opened, read_invited, titles_of
from selfassess.cli.streams import say
from selfassess.errors import UsageError
from selfassess.model.round import Rules, groups_of

if TYPE_CHECKING:
    from selfassess.cli.sittings import Place
    from selfassess.model.questionnaire import Edition, Questionnaire
    from selfassess.model.round import Round
    from selfassess.model.sheet import Form
    from selfassess.model.targets import Targets

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
        from selfassess.model.targets import taken_over

        if self.round is None or self.edition is None:
            return {}, {}
        return taken_over(self.round.targets, self.edition.questionnaire, questionnaire, groups)

    def tell_targets(self, made: "Round", questionnaire: "Questionnaire", left: "Targets", command: str) -> None:
        """Say which targets were taken over into the round that was made, how to change them, and which were not."""
        from selfassess.cli.round_targets import lines

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
    with opened(place, to_look=True) as rounds:
        round = rounds.get(name)
        edition = edition_of(rounds, round)
    return Usual(round=round, edition=edition, form=round.form, invited=round.invited, rules=round.rules)
