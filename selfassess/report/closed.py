"""The closed rounds of a project, as they are read from it for reports and comparisons."""

from dataclasses import dataclass, field

from selfassess.disclosure.matching import Occasion, occasion
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
            if self.rounds.is_any_matched(round.id):
                found = self.occasions[round.key] = occasion(
                    round, questionnaire, self.rounds.matched_answers(round.id), self.rounds.released(round.id)
                )
                self.scored[round.key] = found.results
            else:  # a group at a time is faster
                self.scored[round.key] = scored(questionnaire, self.rounds.answers_by_group(round.id))
        return self.scored[round.key]

    def decided(self, round: Round) -> Decided:
        """What of a round is withheld, after all that was shown of it by now."""
        key = round.key, self.rounds.released(round.id)
        if key not in self.decisions:
            self.decisions[key] = withheld(round, self.results(round), key[1])
        return self.decisions[key]

    def release(self, round: Round, shown: frozenset[Shown]) -> None:
        """Note down what is shown of a round. What is withheld stays so: whatever else would be shown then would have
        been before."""
        decided = self.decided(round)
        self.rounds.release(round.id, shown)
        self.decisions[round.key, self.rounds.released(round.id)] = decided

    def occasion(self, round: Round) -> Occasion:
        """A round as comparisons take it: with who is found again, and what was shown of it by now."""
        shown = self.rounds.released(round.id)
        results = self.results(round)
        if round.key not in self.occasions:
            nobody = (None,) * len(results.answers)
            self.occasions[round.key] = Occasion(results.answers, round, nobody, shown, results)
        found = self.occasions[round.key] = self.occasions[round.key].after(shown, self.decided(round))
        return found
