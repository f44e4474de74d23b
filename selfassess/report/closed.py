"""The closed rounds of a project, as they are read from it for reports and comparisons."""

from dataclasses import dataclass, field

from selfassess.disclosure.matching import Occasion
from selfassess.disclosure.release import Decided, withheld
from selfassess.disclosure.release_log import Shown
from selfassess.model.questionnaire import Edition
from selfassess.model.round import Round
from selfassess.model.targets import with_targets
from selfassess.report.edition import edition_of
from selfassess.report.round import scored
from selfassess.scoring.score import Results
from selfassess.storage.rounds import Rounds


@dataclass(frozen=True, eq=False)
class Closed:
    """Reads and scores each round once, however many reports and comparisons are made of it."""

    rounds: Rounds
    scored: dict[str, Results] = field(default_factory=dict)
    occasions: dict[str, Occasion] = field(default_factory=dict)
    """Both by the key of a round."""
    decisions: dict[tuple[str, frozenset[Shown]], Decided] = field(default_factory=dict)
    """By that, and what was shown before."""

    def edition(self, round: Round) -> Edition:
        """What a round asked. ProjectError where what the project holds cannot have been answered to it."""
        return edition_of(self.rounds.project, round.questionnaire)

    def results(self, round: Round) -> Results:
        """The scores of a round, of the questionnaire with its targets."""
        if round.key not in self.scored:
            questionnaire = with_targets(self.edition(round).questionnaire, round)
            # Who is found again is looked up sheet by sheet; without that a group at a time is faster.
            read = self.rounds.answers if round.rules.matching else self.rounds.answers_by_group
            self.scored[round.key] = scored(questionnaire, read(round.id))
        return self.scored[round.key]

    def decided(self, round: Round) -> Decided:
        """What of a round is withheld, after all that was shown of it by now."""
        key = round.key, self.rounds.released(round.id)
        if key not in self.decisions:
            self.decisions[key] = withheld(round, self.results(round), key[1])
        return self.decisions[key]

    def occasion(self, round: Round) -> Occasion:
        """A round as comparisons take it: with who is found again, and what was shown of it by now."""
        shown = self.rounds.released(round.id)
        if round.key not in self.occasions:
            results = self.results(round)
            keys: tuple[str | None, ...] = (None,) * len(results.answers)
            if round.rules.matching:  # in the order of the answers: that of the random ids of sheets
                keys = tuple(key or None for _, _, key in self.rounds.matched_answers(round.id))
            self.occasions[round.key] = Occasion(results.answers, round, keys, shown, results)
        found = self.occasions[round.key] = self.occasions[round.key].after(shown, self.decided(round))
        return found
