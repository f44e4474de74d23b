"""Score a file of responses."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selfassess.disclosure.release import release, rules
from selfassess.disclosure.rounding import rounded_summary
from selfassess.errors import Problem
from selfassess.model.questionnaire import Edition
from selfassess.model.results import Summary
from selfassess.model.round import Thresholds
from selfassess.model.sheet import Form
from selfassess.scoring.response_csv import read_responses
from selfassess.scoring.scores import Results, score


@dataclass(frozen=True, eq=False)
class ScoredResponses:
    """The scores of a file of responses."""

    summary: Summary
    """Its figures; rounded, where people are protected."""
    results: Mapping[str, Results]
    """The scores of each respondent, by round."""
    warnings: tuple[Problem, ...]


def thresholds(min_group: int | None) -> Thresholds:
    """Those that are usual, or those for a smallest group. UsageError where it would protect nobody, unless it is 1."""
    return Thresholds() if min_group is None else rules(min_group)


def score_responses(
    edition: Edition, path: Path, form: Form, ignored: Collection[str], thresholds: Thresholds
) -> ScoredResponses:
    """Score a CSV file that has a row for each respondent. Columns in `ignored` are left out. ResponsesError holds
    everything that is wrong with the file."""
    found = read_responses(path, edition.questionnaire, form, ignored)
    results = {id: score(answers) for id, answers in found.rounds.items()}
    summary = release(results, thresholds)
    if thresholds.protect:
        summary = rounded_summary(edition.questionnaire, summary)
    return ScoredResponses(summary, results, found.warnings)


def per_respondent(results: Results) -> list[dict[str, Any]]:
    """Each respondent's scores on 0 to 100, by the ids of nodes and items; null where there is none."""
    scores = {id: [round(100 * float(share), 10) for share in shares] for id, shares in results.shares.items()}
    return [
        {
            "respondent": respondent,
            "group": results.answers.groups[position],
            "scores": {id: None if shares[position] != shares[position] else shares[position]
                       for id, shares in scores.items()},
        }
        for position, respondent in enumerate(results.answers.respondents)
    ]  # fmt: skip  # a table of keys and values
