"""Rounds of the same people, each compared with each other: how long it takes, and how much is told.

`python many_rounds.py [ROUNDS PEOPLE]` makes them up, with answers left open in forty ways. It prints each comparison,
the oldest first: of half as many people, and then of all.
"""

import os
import sys
import time
from itertools import combinations

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the program does, before numpy is imported

from answers import Chance, Partnership, some

from selfassess.definition.comparability import comparability
from selfassess.disclosure.compare import compare
from selfassess.disclosure.matching import Occasion, Pair, occasion
from selfassess.disclosure.release import release_round
from selfassess.model.sheet import Missing

SHARE = 0.8
"""Of the people who answer in each round."""
BLANK_PATTERNS = 40


def occasions(rounds: int, people: int) -> list[Occasion]:
    """Rounds that were reported, with what their reports showed."""
    where, chance = (
        Partnership({"board": people // 10, "staff": people * 6 // 10, "external": people * 3 // 10}),
        Chance(2005),
    )
    everybody = where.people(chance)
    patterns = chance.random_sample((BLANK_PATTERNS, len(where.items))) < 0.03
    found = []
    for number in range(rounds):
        there, places = some(chance, everybody, SHARE)
        blank = patterns[chance.randint(0, BLANK_PATTERNS, len(places))]
        sheets = [
            "".join(Missing.SKIPPED.value if skips and one != Missing.NOT_ASKED.value else one
                    for one, skips in zip(sheet, row, strict=True))
            for sheet, row in zip(where.sheets(chance, there), blank.tolist(), strict=True)
        ]  # fmt: skip  # one answer
        rows = [
            (group, sheet, f"code {place}") for group, sheet, place in zip(there.groups, sheets, places, strict=True)
        ]
        round = where.round(f"r{number}", there)
        reported = occasion(round, where.edition.questionnaire, rows)
        _, shown = release_round(round, reported.results, (), frozenset())
        found.append(occasion(round, where.edition.questionnaire, rows, shown))
    return found


def compare_all(rounds: list[Occasion]) -> list[tuple[float, int, int]]:
    """By comparison, in order: the seconds that it took, and how many means it tells of everybody and of the same
    people."""
    earlier: dict[tuple[str, str], Pair] = {}
    found = []
    for first, second in combinations(range(len(rounds)), 2):
        before, after = rounds[first], rounds[second]
        start = time.perf_counter()
        same = comparability(before.answers.questionnaire, after.answers.questionnaire)
        pair = Pair(before, after, same)
        comparison, new = compare(pair, earlier)
        took = time.perf_counter() - start
        earlier[before.round.key, after.round.key] = pair
        for place, shown in zip((first, second), new, strict=True):
            one = rounds[place]
            rounds[place] = Occasion(one.answers, one.round, one.keys, one.shown | shown)
        told = [
            [view for _, node in comparison.walk() for view in node.views].count(view)
            for view in ("everybody", "matched")
        ]
        found.append((took, told[0], told[1]))
    return found


def main() -> None:
    """Print it for the numbers on the command line: eight rounds of a thousand people where there are none."""
    rounds, people = map(int, sys.argv[1:3] if len(sys.argv) > 2 else (8, 1000))
    totals, longest = [], 0.0
    for size in (people // 2, people):
        done = compare_all(occasions(rounds, size))
        totals.append(sum(took for took, _, _ in done))
        longest = max(took for took, _, _ in done)
        print(f"{size} people, {rounds} rounds: seconds (means of everybody, and of the same people)")
        print(*(f"{took:.2f} ({every}, {same})" for took, every, same in done))
    print(f"Twice the people take {totals[1] / totals[0]:.1f} x the time; the longest comparison {longest:.1f} s.")


if __name__ == "__main__":
    main()
