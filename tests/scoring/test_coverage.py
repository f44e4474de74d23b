"""Who shows a skill, and whether that is enough: examples worked out by hand."""

from typing import Any

import pytest

from selfassess.definition.tables import build
from selfassess.disclosure.release import own as disclosed
from selfassess.model.coverage import OwnStock, Showing
from selfassess.model.questionnaire import Questionnaire, Skill
from selfassess.scoring.coverage import least_shown, own_stock, see_it_differently, share_at_the_point, showing, verdict
from selfassess.scoring.scores import score
from tests.scoring import made


def questionnaire(points: int = 5, **skill: object) -> Questionnaire:
    """One skill of three items, the last of them reversed, on points from 1 up."""
    items = [{"id": id, "text": "…"} for id in ("first", "second", "third")]
    items[2]["reverse"] = True  # type: ignore[assignment]  # a table holds anything
    one = {"id": "chair", "title": "Chairing", "items": items, "need": "everyone", "shown_from": 4, **skill}
    scale = {"points": [{"value": value, "label": ""} for value in range(1, points + 1)]}
    return build({
        "format": 1, "id": "q", "version": "1", "title": "Q", "scales": {"often": scale},
        "strands": [{"id": "s", "title": "S", "skills": [one]}],
    })  # fmt: skip  # as a file has it


def skill(**keys: object) -> Skill:
    (one,) = questionnaire(**keys).needed_skills  # type: ignore[arg-type]  # keys of a skill
    return one


def counted(*counts: int, item: str = "first", **keys: object) -> tuple[int, int, int]:
    """What is made of so many answers on each point, from the lowest."""
    asked = questionnaire(len(counts), **keys)
    (one,) = asked.needed_skills
    found = showing(asked, one, asked.item(item), {str(value): n for value, n in enumerate(counts, 1)})
    assert found.n == sum(counts)
    return found.reliably, found.sometimes, found.hardly


def test_answers_from_the_point_on_are_reliable_and_the_lower_half_below_it_is_hardly_ever() -> None:
    # Never 1, now and then 2, half the time 3, most of the time 4, every time 5.
    assert counted(1, 2, 3, 4, 5) == (4 + 5, 3, 1 + 2)
    assert counted(1, 2, 3, 4, 5, shown_from=5) == (5, 3 + 4, 1 + 2)
    assert counted(1, 2, 3, 4, shown_from=3) == (3 + 4, 2, 1)
    assert counted(1, 2, shown_from=2) == (2, 0, 1), "of two points the lower one is hardly ever"


def test_a_reversed_behaviour_counts_from_the_other_end() -> None:
    assert counted(5, 4, 3, 2, 1, item="third") == counted(1, 2, 3, 4, 5)


@pytest.mark.parametrize(
    ("n", "reliably", "said"),
    [
        (9, 9, "covered"), (9, 8, "thin"),  # of fewer than ten everybody has to
        (14, 13, "covered"), (14, 12, "thin"), (14, 7, "thin"), (14, 6, "missing"),
        (27, 25, "covered"), (27, 24, "thin"), (27, 14, "thin"), (27, 13, "missing"),
        (1, 1, "covered"), (1, 0, "missing"),
    ],
)  # fmt: skip  # a group of people a line
def test_where_everyone_needs_it_one_in_ten_may_still_be_learning(n: int, reliably: int, said: str) -> None:
    assert verdict(skill(), Showing(reliably, 0, n - reliably)) == said


@pytest.mark.parametrize(
    ("reliably", "said"), [(0, "missing"), (1, "thin"), (2, "thin"), (3, "covered"), (9, "covered")]
)
def test_where_some_need_it_so_many_are_enough(reliably: int, said: str) -> None:
    some = skill(need="some", at_least=3)
    assert verdict(some, Showing(reliably, 5, 4)) == said
    assert verdict(some, Showing(reliably, 50, 40)) == said, "however many there are"


def test_fewer_people_than_it_takes_cannot_cover_a_skill() -> None:
    assert verdict(skill(need="some", at_least=20), Showing(12, 0, 0)) == "thin"


def test_a_skill_rests_on_the_behaviour_that_fewest_show() -> None:
    one = skill()
    first, second, third = one.items
    told = [(first, Showing(10, 2, 2)), (second, Showing(5, 0, 9)), (third, Showing(9, 5, 0))]
    assert least_shown(one, told) == (second, Showing(5, 0, 9))
    assert least_shown(one, [(second, Showing(5, 1, 4)), (third, Showing(6, 0, 6))]) == (second, Showing(5, 1, 4)), (
        "of equal shares the first"
    )


def test_it_rests_on_the_worst_verdict_before_the_smallest_share() -> None:
    some = skill(need="some", at_least=3)
    first, second, _ = some.items
    # Of four people two show the first; of forty three show the second, which is fewer of them and yet enough.
    assert least_shown(some, [(first, Showing(2, 0, 2)), (second, Showing(3, 0, 37))]) == (first, Showing(2, 0, 2))


def test_answers_of_several_behaviours_are_put_together_by_answer() -> None:
    assert share_at_the_point([Showing(3, 1, 0), Showing(0, 0, 6)]) == pytest.approx(3 / 10)
    assert share_at_the_point([Showing(0, 0, 0)]) is None
    assert share_at_the_point([]) is None


def test_a_skill_without_a_need_has_no_verdict() -> None:
    with pytest.raises(ValueError, match="no need"):
        verdict(Skill(id="chair", title="Chairing"), Showing(1, 0, 0))
    asked = questionnaire()
    with pytest.raises(ValueError, match="no point"):
        showing(asked, Skill(id="chair", title="Chairing", need="everyone"), asked.item("first"), {"1": 2})


def test_what_is_about_the_partnership_is_no_behaviour_of_oneself() -> None:
    items = [{"id": "i", "text": "…"}, {"id": "we", "text": "…", "about": "partnership"}]
    one = skill(items=items)
    assert [item.id for item in one.behaviours] == ["i"]
    assert [item.id for item in one.shared_behaviours] == ["we"]


# One person's own


def own(answers: dict[str, Any], *skills: dict[str, object]) -> OwnStock:
    """The stock-take of somebody who gave these answers, 1 to 5."""
    points = [{"value": value, "label": ""} for value in range(1, 6)]
    needed = [{"need": "everyone", "shown_from": 4, "title": one["id"], **one} for one in skills]
    asked = build({
        "format": 1, "id": "q", "version": "1", "title": "Q", "scales": {"often": {"points": points}},
        "groups": [{"id": "board", "title": "Board"}, {"id": "staff", "title": "Staff"}],
        "strands": [{"id": "s", "title": "S", "skills": needed}],
    })  # fmt: skip  # as a file has it
    figures = disclosed(score(made.answers(asked, [made.Row("staff", answers)]))).rounds[0].all
    found = own_stock(asked, figures, "staff")
    assert found is not None
    return found


def skill_of(id: str, items: int = 2, **keys: object) -> dict[str, object]:
    return {
        "id": id,
        "items": [{"id": f"{id}{number}", "text": "…", "kind": "choice"} for number in range(items)],
        **keys,
    }


def test_one_offers_what_one_does_throughout_and_practises_what_one_does_least() -> None:
    skills = [skill_of(id) for id in ("a", "b", "c", "d", "e", "f")]
    answers = {
        "a0": 5, "a1": 4, "b0": 5, "b1": 3, "c0": 2, "c1": 1, "d0": 4, "d1": 4, "e0": 5, "e1": 5, "f0": 4, "f1": 5,
    }  # fmt: skip  # a person a line
    found = own(answers, *skills)
    assert [one.id for one in found.to_offer] == ["e", "a", "f"], "three at most, equal ones in the order asked"
    assert [(one.skill.id, one.item.id) for one in found.to_practise] == [("c", "c1"), ("b", "b1")]


def test_what_is_left_open_is_neither_offered_nor_practised() -> None:
    found = own({"a0": 5, "a1": "skipped", "b0": "dont_know", "b1": "skipped"}, skill_of("a"), skill_of("b"))
    assert [one.id for one in found.to_offer] == ["a"]
    assert found.to_practise == ()


def test_what_could_be_tried_suits_the_person() -> None:
    actions = [{"id": "chair", "text": "Chair.", "groups": ["board"]}, {"id": "watch", "text": "Watch."}]
    (one,) = own({"a0": 1, "a1": 1}, skill_of("a", actions=actions)).to_practise
    assert one.action is not None
    assert one.action.id == "watch"


def test_where_no_skill_says_who_needs_it_there_is_no_stock_to_take() -> None:
    asked = build({
        "format": 1, "id": "q", "version": "1", "title": "Q",
        "scales": {"often": {"points": [{"value": 1, "label": ""}, {"value": 2, "label": ""}]}},
        "strands": [{"id": "s", "title": "S", "skills": [{"title": "A", **skill_of("a", 1)}]}],
    })  # fmt: skip  # as a file has it
    figures = disclosed(score(made.answers(asked, [made.Row(None, {"a0": 2})]))).rounds[0].all
    assert own_stock(asked, figures, None) is None


@pytest.mark.parametrize(
    ("own", "shared", "differ"), [(2 / 3, 0.49, True), (0.66, 0.1, False), (0.9, 0.5, False), (0.3, 0.1, False)]
)
def test_i_and_we_differ_where_most_answers_say_the_one_and_few_the_other(
    own: float, shared: float, *, differ: bool
) -> None:
    assert see_it_differently(own, shared) is differ
