"""What was decided beforehand of what a round shows, as far as it still holds.

To decide takes seconds, and follows from nothing but the answers, the rules and what was shown before. So it is done
once a round is closed (`closing.py`), and stored with a sum of all that it follows from. Where that is another sum by
the time somebody asks, or where it was another version of this program, it counts for nothing.
"""

import hashlib
from collections.abc import Iterable, Mapping

import selfassess
from selfassess.disclosure.matching import Pair
from selfassess.disclosure.release_log import Shown
from selfassess.model.questionnaire import GroupKey
from selfassess.model.round import Round
from selfassess.project.rounds import Rounds
from selfassess.scoring.answers import Answers


def by_report(rounds: Rounds, round: Round, answers: Answers) -> frozenset[Shown]:
    """What the first report of a closed round will show; nothing where that is not decided."""
    found = rounds.foreseen(round.id, "report")
    return found.shown[0] if found and found.basis == basis(round, answers) else frozenset()


def by_comparison(
    rounds: Rounds, pair: Pair, earlier: Mapping[tuple[str, str], Pair]
) -> tuple[frozenset[Shown], ...] | None:
    """What a comparison of two rounds will show of either; None where that is not decided."""
    found = rounds.foreseen(pair.sides[1].round.id, "comparison")
    return found.shown if found and found.basis == basis_of_pair(pair, earlier) else None


def basis(round: Round, answers: Answers) -> str:
    """A sum of everything that decides what the report of a closed round shows: its targets do not."""
    rules = (round.key, round.questionnaire, round.form, *map(_in_order, (round.invited, round.standing)), round.rules)
    return _sum(
        [repr((selfassess.__version__, *rules, answers.names)).encode(), answers.group_of.tobytes(), answers.codes.data]
    )


def basis_of_pair(pair: Pair, earlier: Mapping[tuple[str, str], Pair]) -> str:
    """A sum of everything that decides what a comparison of two rounds shows, after others were made (`earlier`)."""
    sides = [(basis(side.round, side.answers), side.keys, sorted(side.shown)) for side in pair.sides]
    return _sum([repr((sides, sorted(earlier))).encode()])


def _in_order(table: Mapping[GroupKey, object]) -> list[tuple[str, object]]:
    return sorted(table.items())


def _sum(parts: Iterable[bytes | memoryview]) -> str:
    found = hashlib.sha256()
    for part in parts:
        found.update(part)
    return found.hexdigest()
