"""The tables of how often what a report says is false, and how often what is true is found: see README.md beside this.

`python benchmarks/claims.py` prints them; with `--write` it puts them into the documents.
"""

import math
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from multiprocessing import Pool
from pathlib import Path
from statistics import NormalDist, mean, median

from answers import Chance, Partnership
from rates import (
    POPULATIONS,
    SCATTER,
    SHIFTS,
    camps_rate,
    compared,
    false_mentions,
    found,
    in_front,
    largest_unseen,
    moved,
    moves_of_lowest,
    reported,
    says_what_is_false,
    share_moved,
)

DOCS = Path(__file__).parent.parent / "docs"
PEOPLE = (10, 12, 14, 17, 20, 28, 40)
SIZES: Mapping[str, Mapping[str, int]] = {
    "12 / 16 / 5": {"board": 12, "staff": 16, "external": 5},
    "30 / 40 / 20": {"board": 30, "staff": 40, "external": 20},
}
SHARES = (1.0, 0.8, 0.6)
SEED, OF_GROUPS = 2005, 20261130
NULLS, EACH = 400, 60
"""How many rounds are made up in which nothing differs, and for each true difference."""
MANY_NULLS, HALVES = 1000, 400
"""The same of groups: in which nothing differs, and in which half of the benchmarks do."""
Row = tuple[str, ...]


def table(head: Sequence[str], rows: Iterable[Row]) -> str:
    """As Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def percent(share: float) -> str:
    """Whole per cent; below one with a decimal, below a tenth as that."""
    if 0 < share < 0.0005:
        return "< 0.1"
    return f"{100 * share:.1f}" if 0 < share < 0.00995 else f"{100 * share:.0f}"


def within(times: int, of: int) -> str:
    """In how many of a hundred it was so, and between which numbers that lies in the long run (95 %): E. B. Wilson,
    Probable inference, the law of succession, and statistical inference, Journal of the American Statistical
    Association 22 (1927), 209-212."""
    share, z = times / of, NormalDist().inv_cdf(0.975)
    middle, reach = share + z * z / 2 / of, z * math.sqrt(share * (1 - share) / of + (z / 2 / of) ** 2)
    low, high = (100 * (middle + way * reach) / (1 + z * z / of) for way in (-1, 1))
    return f"{100 * share:.1f} ({abs(low):.1f}–{high:.1f})"


# Two camps


def camps_row(name: str, people: Sequence[int] = PEOPLE) -> Row:
    """How often so many people who answer like this are called two camps."""
    return (name, *(percent(camps_rate(n, POPULATIONS[name])) for n in people))


def camps(run: Callable[..., Iterable[Row]] = map) -> str:
    """The table of two camps."""
    return table(["answers", *(f"n = {n}" for n in PEOPLE)], run(camps_row, POPULATIONS))


def mentions() -> str:
    """How often two camps are told in two reports of items with single humps."""
    return f"{false_mentions((12, 16, 10), 44, 2):.2f} times where 12, 16 and 10 people answered"


# Groups of a round


def of_groups(case: tuple[str, float]) -> Row:
    """One row of the table of groups."""
    name, share = case
    where, chance = Partnership(SIZES[name]), Chance(OF_GROUPS)
    wrong = sum(says_what_is_false(where, chance, share) for _ in range(MANY_NULLS))
    chance = Chance(OF_GROUPS)
    half = sum(says_what_is_false(where, chance, share, 25, half=True) for _ in range(HALVES))
    chance = Chance(SEED)
    told = [[reported(where, chance, share, higher=shift) for _ in range(EACH)] for shift in SHIFTS]
    power = [mean(found(one, where) for one in some) for some in told]
    unseen = median(points for some in told for one in some if (points := largest_unseen(one, where)) is not None)
    false = (within(wrong, MANY_NULLS), within(half, HALVES))
    return (name, f"{100 * share:.0f} %", *false, *map(percent, power), f"{unseen:.0f}")


def groups(run: Callable[..., Iterable[Row]] = map) -> str:
    """The table of differences between groups."""
    head = ["people", "answered", "any false claim: nothing differs", "half differs",
            *(f"found at {shift}" for shift in SHIFTS), "X"]  # fmt: skip  # one line a kind
    return table(head, run(of_groups, [(name, share) for name in SIZES for share in SHARES]))


# The order of gaps


def of_order(case: tuple[str, float]) -> Row:
    """One row of the table of gaps."""
    name, share = case
    where, chance = Partnership(SIZES[name]), Chance(SEED)
    found = [in_front(where, chance, share, SCATTER) for _ in range(NULLS)]
    alike = [in_front(where, chance, share, 0) for _ in range(NULLS)]
    first = mean(place == 1 for place, _ in found)
    among = [mean(place <= number for place, number in some) for some in (found, alike)]
    told = f"{median(number for _, number in found):.0f}"
    return (name, f"{100 * share:.0f} %", *map(percent, (first, *among)), told)


def order(run: Callable[..., Iterable[Row]] = map) -> str:
    """The table of which gap is the widest."""
    head = ["people", "answered", "the first is the widest", "the widest is among them", "where all are alike", "told"]
    return table(head, run(of_order, [(name, share) for name in SIZES for share in SHARES]))


def of_lowest(case: tuple[str, float]) -> Row:
    """One row of the table of lowest scores."""
    name, share = case
    where, chance = Partnership(SIZES[name]), Chance(SEED)
    moves = [points for _ in range(NULLS) for points in moves_of_lowest(where, chance, share)]
    shares = (mean(points > 0 for points in moves), mean(points < 0 for points in moves))
    return (name, f"{100 * share:.0f} %", *map(percent, shares), f"{mean(moves):.1f}")


def lowest(run: Callable[..., Iterable[Row]] = map) -> str:
    """The table of the lowest scores in a round that came after."""
    cases = [(name, share) for name in SIZES for share in SHARES]
    return table(["people", "answered", "higher the next time", "lower", "points higher"], run(of_lowest, cases))


# Two rounds


def of_rounds(case: tuple[str, float, bool]) -> Row:
    """One row of the table of comparisons."""
    name, share, codes = case
    where, chance = Partnership(SIZES[name]), Chance(SEED)
    nothing = [compared(where, chance, share, codes=codes) for _ in range(NULLS)]
    wrong = within(sum(bool(moved(cells)) for cells in nothing), NULLS)
    power = [
        sum(share_moved(where, compared(where, chance, share, codes=codes, higher=shift), "all") for _ in range(EACH))
        for shift in SHIFTS
    ]
    unseen = median(cells[0].detectable or 0 for cells in nothing)
    shares = [percent(one / EACH) for one in power]
    return (name, f"{100 * share:.0f} %", "yes" if codes else "no", wrong, *shares, f"{unseen:.0f}")


def rounds(run: Callable[..., Iterable[Row]] = map) -> str:
    """The table of changes between rounds."""
    head = ["people", "answered", "codes", "any false move", *(f"found at {shift}" for shift in SHIFTS), "X"]
    cases = [(name, share, codes) for name in SIZES for share in (1.0, 0.6) for codes in (True, False)]
    return table(head, run(of_rounds, cases))


# Into the documents

BLOCKS: Mapping[str, tuple[str, Callable[..., str]]] = {
    "camps": ("scores.md", camps),
    "groups": ("scores.md", groups),
    "order": ("scores.md", order),
    "rounds": ("comparing.md", rounds),
    "lowest": ("comparing.md", lowest),
}


def written(document: str, name: str, block: str) -> str:
    """A document with a block in its place."""
    place = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
    return place.sub(lambda found: f"{found[1]}{block}\n{found[2]}", document)


def main(arguments: Sequence[str]) -> None:
    """Print the tables; with --write, put them into the documents."""
    wanted = [name for name in BLOCKS if name in arguments] or [*BLOCKS]
    with Pool() as pool:
        for name in wanted:
            file, make = BLOCKS[name]
            block = make(pool.map)
            print(f"{block}\n", flush=True)
            if "--write" in arguments:
                path = DOCS / file
                path.write_text(written(path.read_text(encoding="utf-8"), name, block), encoding="utf-8")
    print(f"Two camps in two reports of single humps: {mentions()}.")


if __name__ == "__main__":
    main(sys.argv[1:])
