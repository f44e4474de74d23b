"""Who gave the same answer throughout: by the rule for one sheet, and for many at once."""

from collections.abc import Mapping
from random import Random

import pytest

from selfassess.model.questionnaire import Edition, Questionnaire
from selfassess.model.sheet import Missing, Response, encode
from selfassess.model.straight_lining import LEAST, can_be, one_answer_throughout
from selfassess.scoring.answers import from_characters
from selfassess.scoring.straight_lining import straight_liners


def characters(questionnaire: Questionnaire, usual: Mapping[str, Response], **other: Response) -> str:
    """A sheet with the usual answer of each scale, but for some items."""
    return "".join(
        encode(
            item, other.get(item.id, usual[item.scale] if item.scale else Missing.SKIPPED), questionnaire
        )
        for item in questionnaire.items
    )  # fmt: skip  # in few lines


AGREES: Mapping[str, Response] = {"agree": 4, "yes_no": 1, "often": 4}
BLANK: Mapping[str, Response] = dict.fromkeys(AGREES, Missing.SKIPPED)


def test_the_same_answer_throughout_is_told_in_its_words(shipped: Edition) -> None:
    mine = shipped.questionnaire
    words = one_answer_throughout(mine, characters(mine, AGREES))
    assert sorted(words) == ["Agree", "Most of the time", "Yes"]
    reversed_items = [item for item in mine.items if item.reverse]
    assert reversed_items, "they count as given"


@pytest.mark.parametrize("other", [5, Missing.DONT_KNOW, Missing.NOT_APPLICABLE])
def test_one_other_answer_is_enough_to_show_that_somebody_read_on(shipped: Edition, other: Response) -> None:
    mine = shipped.questionnaire
    assert one_answer_throughout(mine, characters(mine, AGREES, vision_say=other)) == ()


def test_one_no_among_facts_is_enough_too(shipped: Edition) -> None:
    mine = shipped.questionnaire
    fact = next(item.id for item in mine.items if item.scale == "yes_no")
    assert one_answer_throughout(mine, characters(mine, AGREES, **{fact: 0})) == ()


def test_blanks_are_passed_over_until_they_are_more(shipped: Edition) -> None:
    mine = shipped.questionnaire
    long = [item.id for item in mine.items if item.scale in ("agree", "often")]

    def words(answered: int) -> tuple[str, ...]:
        return one_answer_throughout(mine, characters(mine, AGREES, **dict.fromkeys(long[answered:], Missing.SKIPPED)))

    assert words(len(long) - 3)
    assert words((len(long) + 1) // 2)
    assert not words((len(long) + 1) // 2 - 1)


def test_little_is_not_throughout(shipped: Edition) -> None:
    mine = shipped.questionnaire
    some = [item.id for item in mine.items if item.scale == "agree"]

    def words(number: int) -> tuple[str, ...]:
        """Of somebody who was asked only so many."""
        given = dict.fromkeys(some[:number], 4)
        sheet = characters(mine, dict.fromkeys(AGREES, Missing.NOT_ASKED), **given)
        return one_answer_throughout(mine, sheet)

    assert words(LEAST) == ("Agree",)
    assert words(LEAST - 1) == ()
    assert can_be(mine)
    facts = [item for item in mine.items if item.scale == "yes_no"]
    assert not one_answer_throughout(mine, characters(mine, BLANK, **{item.id: 1.0 for item in facts}))


@pytest.mark.parametrize("seed", range(20))
def test_of_many_the_same_ones_are_found(shipped: Edition, seed: int) -> None:
    mine, chance = shipped.questionnaire, Random(seed)
    rows = []
    for _ in range(60):
        usual: dict[str, Response] = {"agree": chance.randint(1, 5), "yes_no": chance.randint(0, 1), "often": 2}
        odd = chance.choice(([], [1, 5], [*Missing], [Missing.SKIPPED], [Missing.NOT_ASKED]))
        share = chance.choice((0.02, 0.3, 0.5, 0.8))
        other = {
            item.id: chance.choice(odd) for item in mine.items if item.has_figures and odd and chance.random() < share
        }
        rows.append(
            characters(
                mine,
                usual,
                **{id: 1 if mine.item(id).scale == "yes_no" and given == 5 else given for id, given in other.items()},
            )
        )
    answers = from_characters(mine, rows, ["board"] * len(rows), [""] * len(rows))
    found = straight_liners(answers).tolist()
    assert found == [bool(one_answer_throughout(mine, row)) for row in rows]
    assert 0 < sum(found) < len(rows)
