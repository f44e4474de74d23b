"""What follows about one person from how the same people moved, and not from both reports and the means compared."""

from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given

from selfassess.definition.tables import build
from selfassess.disclosure.rounding import rounded_comparison
from selfassess.errors import TooLittleError
from selfassess.model.comparison import Comparison, NodeChange
from selfassess.model.questionnaire import Edition
from selfassess.model.round import Round, Rules, Thresholds, asked_for_consent, decided
from tests.disclosure.attack_moves import Occasion, Same, told
from tests.disclosure.made_comparisons import Story
from tests.disclosure.made_comparisons import Told as OneRound
from tests.disclosure.printed import Printed
from tests.disclosure.printed_rounds import SMALL, known, printed
from tests.disclosure.printed_stories import as_made, compared
from tests.disclosure.test_attack_spreads import item, table
from tests.examples import attack
from tests.scoring import made
from tests.services.made import released

Sheet = tuple[str, dict[str, object], str]
"""The group, what was answered, and the code."""


def few_items_twice(random: Random) -> Story | None:
    """Ten to twelve people, and in some stories three to ten others, who answer two or three items with few points
    twice, and mostly say the same again. None where a round has no report."""
    scales = random.choice((("yes",), ("four",), ("agree",)))
    items = [item(number, random.choice(scales)) for number in range(random.randint(2, 3 if scales == ("yes",) else 2))]
    groups = random.choice((["board"], ["board", "staff"]))
    mine = table(items, groups, random.choice(("items", "benchmarks")))
    sizes = {group: random.choice((3, 4, 5, 10)) if group == "staff" else random.choice((10, 11, 12))
             for group in groups}  # fmt: skip  # one for each
    blanks, stay, gone = (
        random.choice((0, 0.03, 0.06, 0.15)),
        random.choice((0.5, 0.8, 0.95)),
        random.choice((0, 0, 0.1)),
    )
    sheets: tuple[list[Sheet], list[Sheet]] = ([], [])
    for group in groups:
        mind = {one["id"]: random.choice(made.SCALES[one["scale"]]) for one in items}
        alike, shift = random.choice((0.5, 0.8, 0.95)), random.choice((0, 0, 1, -1))
        for number in range(sizes[group]):
            given: tuple[dict[str, object], dict[str, object]] = ({}, {})
            for one in items:
                scale = list(made.SCALES[one["scale"]])
                own = mind[one["id"]] if random.random() < alike else random.choice(scale)
                later = scale[min(len(scale) - 1, max(0, scale.index(own) + shift))]
                said = own, later if random.random() < stay else random.choice(scale)
                for side in (0, 1):
                    given[side][one["id"]] = "skipped" if random.random() < blanks else said[side]
            for side in (0, 1):
                if not side or random.random() >= gone:
                    sheets[side].append((group, given[side], f"{group} {number}"))
    rules = Rules(thresholds=Thresholds(random.choice((3, 4, 5)), 10), small_groups=random.choice(SMALL), matching=True)
    try:
        return Story([], [_round(mine, own, side, sizes, rules) for side, own in enumerate(sheets)])
    except TooLittleError:
        return None


def _round(mine: made.Table, sheets: list[Sheet], number: int, invited: dict[str, int], rules: Rules) -> OneRound:
    questionnaire = build(mine)
    edition = Edition(questionnaire, b"", f"{number}" * 64)
    answers = made.answers(questionnaire, [made.Row(group, given) for group, given, _ in sheets])
    rules = replace(rules, asks_consent=asked_for_consent(invited, rules))
    one = Round(
        id=f"r{number}", key=f"k{number}", title="R", questionnaire=edition.sha256, invited=invited, rules=rules,
        state="closed",
    )  # fmt: skip  # in few lines
    one = replace(one, standing=decided(one, {id: sum(group == id for group, _, _ in sheets) for id in invited}, {}))
    rows = [(group, "".join(map(chr, answers.codes[:, at])), code) for at, (group, _, code) in enumerate(sheets)]
    report, shown = released(edition, one, [(group, row) for group, row, _ in rows])
    return OneRound(mine, edition, one, tuple(range(len(rows))), [*rows], report.results, shown)


def found(story: Story, comparison: Comparison) -> list[str]:
    """What a comparison tells of single people by how they moved."""
    questionnaire, pair = story.rounds[1].edition.questionnaire, story.pairs["k0", "k1"]
    occasions = []
    for number, one in enumerate(map(as_made, story.rounds)):
        document = printed(one)
        if document is None:
            return []
        means = [*compared(story, number, Printed(document, questionnaire))]
        occasions.append(Occasion(document, known(one), means, one.results.shares))
    same = {
        cell: Same(frozenset(zip(pairs.before.tolist(), pairs.after.tolist(), strict=True)))
        for cell, pairs in pair.pairs.items()
    }
    printed_comparison = rounded_comparison(questionnaire, comparison)
    return [str(one) for _, one in told((occasions[0], occasions[1]), questionnaire, same, printed_comparison)]


def exactly(story: Story, comparison: Comparison) -> Comparison:
    """The comparison with standard deviations of changes in the narrowest step that the attack knows."""
    pair = story.pairs["k0", "k1"]

    def of(cell: str, node: NodeChange) -> NodeChange:
        if node.matched is None or node.matched.up is None:
            return node
        both = pair.both(cell, node.id)
        moved = 100 * (pair.shares(1, node.id)[both.after] - pair.shares(0, node.id)[both.before])
        return replace(node, matched=replace(node.matched, sd=float(moved.std(ddof=1))))

    return replace(
        comparison,
        cells=tuple(replace(cell, nodes=tuple(of(cell.id, one) for one in cell.nodes)) for cell in comparison.cells),
    )


def one_moved() -> Story:
    """Twelve people, of whom one left the second item open both times, and went from the lowest answer to the first to
    the highest; all others stay in the middle."""
    rules = Rules(thresholds=Thresholds(5, 10), small_groups="leave_out", matching=True)
    mine = table([item(0, "agree"), item(1, "agree")], ["board"])
    others: list[Sheet] = [("board", {"i0": 3, "i1": 3}, f"b{number}") for number in range(11)]
    sheets: list[list[Sheet]] = [[*others, ("board", {"i0": said, "i1": "skipped"}, "b11")] for said in (1, 5)]
    return Story([], [_round(mine, own, side, {"board": 12}, rules) for side, own in enumerate(sheets)])


def test_it_finds_who_moved_by_an_exact_standard_deviation_of_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    story = one_moved()
    comparison = story.compare(0, 1)
    assert {node.matched.up for _, node in comparison.walk() if node.matched} == {None}, "one makes up all of it"
    with monkeypatch.context() as patch:
        patch.setattr("selfassess.disclosure.comparison.is_dominated", lambda *_: False)
        story = one_moved()
        comparison = story.compare(0, 1)
    monkeypatch.setattr("tests.disclosure.attack_moves.SD", 1.0)
    assert any(
        line.startswith("score on b0 of 1 of board who answered i0: 0.0 to 4")
        for line in found(story, exactly(story, comparison))
    )


@pytest.mark.slow
@attack(60)
@given(made.SEEDS)
def test_of_a_dozen_people_it_finds_nothing(random: Random) -> None:
    story = few_items_twice(random)
    assume(story is not None)
    assert story is not None
    assert found(story, story.compare(0, 1)) == []


def test_the_moves_of_few_are_told_of_nobody() -> None:
    random = Random(3)
    for _ in range(6):
        story = few_items_twice(random)
        for _, node in story.compare(0, 1).walk() if story else ():
            if node.matched and node.matched.up is not None:
                numbers = node.matched.up, node.matched.same, node.matched.down
                assert all(
                    number is not None and number % 5 == 0 and number <= node.matched.n - 5 for number in numbers
                )
                assert node.matched.sd is not None
                assert node.matched.sd % 15 == 0
                assert node.matched.sd >= 15
                assert np.isfinite(node.matched.error or 0)
