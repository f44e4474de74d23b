"""The closed rounds of a project, as they are read from it for reports and comparisons."""

from dataclasses import dataclass, field

from selfassess.disclosure.matching import Occasion, occasion
from selfassess.model.questionnaire import Edition
from selfassess.model.round import Round
from selfassess.model.targets import with_targets
from selfassess.report.edition import edition_of
from selfassess.storage.rounds import Rounds


@dataclass(frozen=True, eq=False)
class Closed:
    """Reads and scores each round once, however many reports and comparisons are made of it."""

    rounds: Rounds
    occasions: dict[str, Occasion] = field(default_factory=dict)
    """By the key of a round."""

    def edition(self, round: Round) -> Edition:
        """What a round asked. ProjectError where what the project holds cannot have been answered to it."""
        return edition_of(self.rounds.project, round.questionnaire)

    def occasion(self, round: Round) -> Occasion:
        """What was answered in a round, scored with its targets, and what was shown of it by now."""
        if round.key not in self.occasions:
            questionnaire = with_targets(self.edition(round).questionnaire, round)
            self.occasions[round.key] = occasion(round, questionnaire, self.rounds.matched_answers(round.id))
        found = self.occasions[round.key] = self.occasions[round.key].after(self.rounds.released(round.id))
        return found
