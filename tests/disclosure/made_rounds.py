"""Rounds made up at random, with everything that is released of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

import numpy as np

from selfassess.definition.tables import build
from selfassess.disclosure.release import release_round
from selfassess.disclosure.release_log import Shown
from selfassess.errors import TooLittleError
from selfassess.model.questionnaire import Edition
from selfassess.model.reports import RoundReport
from selfassess.model.results import POOL, Cell, Figure, RoundSummary
from selfassess.model.round import EVERYBODY, Round, Rules, SmallGroups, Thresholds, asked_for_consent, decided
from selfassess.scoring.answers import Answers
from selfassess.scoring.means import Means, Units
from selfassess.scoring.scores import Results, people, score
from tests.scoring import made
from tests.services.made import released

SIZES = (0, 1, 2, 3, 3, 4, 4, 5, 5, 6, 7, 8, 9, 9, 10, 11, 12, 14, 16, 20, 25)
NOTHING_SHOWN: frozenset[Shown] = frozenset()


@dataclass(frozen=True, eq=False)
class MadeRound:
    """A closed round of people who are known here, and nowhere else."""

    table: made.Table
    edition: Edition
    round: Round
    answers: Answers
    results: Results
    texts: tuple[tuple[str, str], ...]

    def report(self, before: frozenset[Shown] = NOTHING_SHOWN) -> tuple[RoundReport | None, frozenset[Shown]]:
        """What is released, and the release log after it; None where that is nothing."""
        rows = [(group or None, self.characters(number)) for number, group in enumerate(self.group_of)]
        try:
            return released(self.edition, self.round, rows, self.texts, before=before)
        except TooLittleError:
            return None, before

    def unrounded(self) -> RoundSummary:
        """The figures that a report rounds before it tells them."""
        return release_round(self.round, self.results, self.texts, NOTHING_SHOWN)[0].rounds[0]

    def characters(self, number: int) -> str:
        return "".join(map(chr, self.answers.codes[:, number]))

    @property
    def group_of(self) -> tuple[str, ...]:
        """By respondent, the group."""
        return tuple(group or EVERYBODY for group in self.answers.groups)

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(self.round.invited)

    @property
    def kept(self) -> frozenset[str]:
        return frozenset(group for group in self.groups if self.round.standing[group] != "left_out")

    @property
    def detail(self) -> int:
        thresholds = self.round.rules.thresholds
        return max(thresholds.min_group, thresholds.min_detail)

    def groups_in(self, cell: str) -> frozenset[str]:
        """The groups that a cell is made of."""
        if cell == "all":
            return self.kept
        return frozenset(self.round.pooled) if cell == POOL else frozenset([cell])

    def size(self, people: Sequence[bool], groups: frozenset[str]) -> int:
        """How many of these people are in these groups."""
        return sum(bool(one) and group in groups for one, group in zip(people, self.group_of, strict=True))

    def mean(self, id: str, groups: frozenset[str]) -> float:
        """The mean of all that these groups answered, 0 to 100."""
        members = np.array([group in groups for group in self.group_of])
        return 100 * Means(people(self.results, members), Units(self.results, self.round.pooled)).of(id)

    def has(self, id: str) -> Sequence[bool]:
        """By respondent, whether there is a score or answer."""
        return [not bool(one) for one in np.isnan(self.results.shares[id])]

    def asked(self, id: str) -> Sequence[bool]:
        return [bool(one) for one in self.results.asked[id]]


def made_round(random: Random, *, complete: bool = False, mostly_short: bool = False, **how: object) -> MadeRound:
    """None to five groups of none to 25 people with blanks here and there, some of whom are all of one mind, by any
    privacy rules; in some groups one does not agree to be shown. `mostly_short`: in a short form of most items."""
    table = made.table_from(random, random.randint(0, 5), **how)  # type: ignore[arg-type]  # passed on as it is
    if mostly_short:
        for item in made.items_of(table):
            item["short"] = random.random() < 0.7
    groups = [group["id"] for group in table["groups"]] or [EVERYBODY]
    short = mostly_short or (not complete and random.random() < 0.15)
    rows: list[made.Row] = []
    for group in groups:
        blanks, mind = 0 if complete else random.choice((0, 0.05, 0.3)), random.choice((None, None, None, 0, 1))
        rows += [made.one_person(random, table, group or None, blanks, mind) for _ in range(random.choice(SIZES))]
    rows = rows or [made.one_person(random, table, groups[0] or None, 0, None)]
    answers = made.answers(build(table), rows, short=short)
    sizes = {group: sum((row.group or EVERYBODY) == group for row in rows) for group in groups}
    invited = {group: max(0, size + random.choice((0, 0, 1, 2, 3, 9, -1))) for group, size in sizes.items()}
    small: SmallGroups = random.choice(("consent", "consent", "leave_out", "pool"))
    rules = Rules(thresholds=Thresholds(random.choice((3, 5, 5, 5, 8)), 10), small_groups=small)
    return closed(table, invited, rules, answers, random, short=short)


def closed(
    table: made.Table,
    invited: Mapping[str, int],
    rules: Rules,
    answers: Answers,
    random: Random,
    *,
    short: bool = False,
) -> MadeRound:
    """The round that these people answered; one in five small groups has somebody who refuses."""
    edition = made.edition(table)
    rules = replace(rules, asks_consent=asked_for_consent(invited, rules))
    round = Round(
        id="r", key="k", title="R", questionnaire=edition.sha256, form="short" if short else "full",
        invited=invited, rules=rules, state="closed",
    )  # fmt: skip  # in few lines
    sizes = {group: sum((one or EVERYBODY) == group for one in answers.groups) for group in invited}
    refusals = {group: int(sizes[group] > 0 and random.random() < 0.2) for group in rules.asks_consent}
    round = replace(round, standing=decided(round, sizes, refusals))
    return MadeRound(table, edition, round, answers, score(answers), tuple(_texts(random, answers)))


def _texts(random: Random, answers: Answers) -> Iterator[tuple[str, str]]:
    """Some comments, each on something that its author was asked."""
    questionnaire = answers.questionnaire
    for number in range(len(answers)):
        if random.random() < 0.3:
            asked = [item.id for item in questionnaire.items if chr(answers.of(item.id)[number]) != "."]
            if asked:
                yield random.choice(asked), f"person {number}"


def cells(report: RoundReport) -> tuple[Cell, ...]:
    """Every cell of which something is told."""
    return report.results.all, *report.results.groups


def figures(cell: Cell) -> Iterator[Figure]:
    """Every figure of a cell."""
    if cell.overall:
        yield cell.overall
    for strand in cell.strands:
        yield from strand.walk()
