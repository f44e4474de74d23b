"""Score a file of responses, and report on it as on a round."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from selfassess.disclosure.release import release, rules
from selfassess.disclosure.rounding import rounded_summary
from selfassess.errors import Problem, ResponsesError, UsageError
from selfassess.model.questionnaire import Edition, GroupKey
from selfassess.model.reports import RoundReport
from selfassess.model.results import Summary
from selfassess.model.round import EVERYBODY, LONGEST_TITLE, Round, Rules, Thresholds, decided, groups_of, titled
from selfassess.model.sheet import Form, RoundKey
from selfassess.paths import quoted
from selfassess.scoring.answers import Answers
from selfassess.scoring.response_columns import ONLY_ROUND
from selfassess.scoring.response_csv import read_responses
from selfassess.scoring.scores import Results, score
from selfassess.services.groups import titles_of
from selfassess.services.reports import build_report
from selfassess.text import clean, listed, meant, nearest_or_all


@dataclass(frozen=True, eq=False)
class ScoredRound:
    """The scores of a round."""

    summary: Summary
    """Its figures; rounded, where people are protected."""
    results: Results
    """The scores of each respondent."""


@dataclass(frozen=True, eq=False)
class ScoredResponses:
    """A file of responses."""

    answers: Mapping[str, Answers]
    """By round."""
    thresholds: Thresholds
    warnings: tuple[Problem, ...]

    def rounds(self) -> Iterator[ScoredRound]:
        """The scores of each round. They are worked out one after the other: what may be shown of a round takes some
        time, and all that is shown of very many is a lot."""
        for id, answers in self.answers.items():
            results = score(answers)
            summary = release({id: results}, self.thresholds)
            if self.thresholds.protect:
                summary = rounded_summary(answers.questionnaire, summary)
            yield ScoredRound(summary, results)


def thresholds(min_group: int | None) -> Thresholds:
    """Those that are usual, or those for a smallest group. UsageError where it would protect nobody, unless it is 1."""
    return Thresholds() if min_group is None else rules(min_group)


def score_responses(
    edition: Edition,
    path: Path,
    form: Form,
    ignored: Collection[str],
    thresholds: Thresholds,
    round_name: str | None = None,
) -> ScoredResponses:
    """Score a CSV file that has a row for each respondent. Columns in `ignored` are left out; `round_name` is the only
    round that is meant. ResponsesError holds everything that is wrong with the file, UsageError says where there is no
    such round."""
    found = read_responses(path, edition.questionnaire, form, ignored)
    answers = found.rounds
    if round_name is not None:
        name = _round_meant(path, answers, round_name)
        answers = {name: answers[name]}
    return ScoredResponses(answers, thresholds, found.warnings)


def report_responses(
    edition: Edition,
    path: Path,
    form: Form,
    ignored: Collection[str],
    thresholds: Thresholds,
    invited: Mapping[GroupKey, int],
    round_name: str | None = None,
) -> tuple[RoundReport, tuple[Problem, ...]]:
    """The report of a CSV file as of a closed round, and warnings. `invited` is how many were asked, by group
    (EVERYBODY where there are none); `round_name` is the round that is meant, of a file with several. Small groups are
    left out, as where the file is scored, so it has the same figures. ResponsesError holds everything that is wrong
    with the file, UsageError what is wrong with `invited`; TooLittleError where there are too few respondents."""
    found = read_responses(path, edition.questionnaire, form, ignored)
    name = _round_meant(path, found.rounds, round_name)
    answers = found.rounds[name]
    handed_in = Counter(group or EVERYBODY for group in answers.groups)
    _check_invited(edition, handed_in, invited)
    round = Round(
        id="responses",
        key=RoundKey("responses"),
        title=titled(path.stem if name == ONLY_ROUND else name)[:LONGEST_TITLE].strip() or "Responses",
        questionnaire=edition.sha256,
        form=form,
        invited=invited,
        rules=Rules(thresholds=thresholds),
        state="closed",
    )
    round = replace(round, standing=decided(round, handed_in, {}))
    report, _ = build_report(edition, round, score(answers), (), (), frozenset(), plan=(), reported={}, made_up=False)
    return report, found.warnings


def _round_meant(path: Path, there: Collection[str], name: str | None) -> str:
    """The round of a file that a name means; without a name the only one. ResponsesError where there are several,
    UsageError where there is no such round."""
    if name is None:
        if len(there) == 1:
            return next(iter(there))
        named = listed((f"“{one}”" for one in there), most=5)
        raise ResponsesError(
            f"{path} has {len(there)} rounds ({named}), and a report is of one.",
            hint=f"Say which: --round {quoted(list(there)[-1])}. With --format json or csv you get them all.",
        )
    found = meant(name, {one: one for one in there})
    if found is None:
        known = [one for one in there if one != ONLY_ROUND]
        hint = nearest_or_all(name, known, "round", most=5) if known else "Leave out --round."
        raise UsageError(f"{path} has no round “{clean(name, 40)}”.", hint)
    return found


def _check_invited(edition: Edition, handed_in: Mapping[GroupKey, int], invited: Mapping[GroupKey, int]) -> None:
    """UsageError where the numbers of people do not go with how many there are in the file."""
    titles = titles_of(edition.questionnaire)
    missing = [group for group in groups_of(edition.questionnaire) if handed_in.get(group) and group not in invited]
    if missing:
        said = " ".join(f"--invited {group}=12" if group else "--invited 12" for group in missing)
        raise UsageError("A report says how many of those who were asked have answered.", f"Add their number: {said}")
    for group, number in invited.items():
        if handed_in.get(group, 0) > number:
            raise UsageError(
                f"{titles[group]}: {handed_in[group]} answered, and {number} were asked.", "Correct --invited."
            )


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
