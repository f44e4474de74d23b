"""The scores of each respondent of a file of responses, for the one who holds the rows."""

from typing import Any

from selfassess.scoring.score import Results


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
