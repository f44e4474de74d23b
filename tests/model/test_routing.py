"""Who is asked what."""

from typing import Any

from selfassess.definition.tables import build
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.routing import asked_items, deciding, offered
from selfassess.model.sheet import Missing


def questionnaire(*items: dict[str, Any]) -> Questionnaire:
    return build({
        "format": 1, "id": "q", "version": "1", "title": "Q",
        "groups": [{"id": "board", "title": "Board"}, {"id": "staff", "title": "Staff"}],
        "scales": {"agree": {"points": [{"value": value, "label": ""} for value in (0, 1, 2, 3)]}},
        "strands": [{
            "id": "s", "title": "S", "items": [{"text": "…", **item} for item in items],
            "questions": [{"id": "well", "text": "What works well?"}],
        }],
    })  # fmt: skip  # in few lines


def ids(*items: dict[str, Any], group: str = "board", short: bool = False, **answers: Any) -> str:
    form = "short" if short else "full"
    return " ".join(item.id for item in asked_items(questionnaire(*items), group, form, answers) if item.id != "well")


CHAIN = ({"id": "a"}, {"id": "b", "show_if": "a >= 2"}, {"id": "c", "show_if": "b >= 2"})


def test_a_condition_is_held_against_earlier_answers() -> None:
    assert ids(*CHAIN, a=2.0, b=2.0) == "a b c"
    assert ids(*CHAIN, a=2.0, b=1.0) == "a b"
    assert ids(*CHAIN, a=Missing.DONT_KNOW) == "a"


def test_an_answer_to_a_hidden_item_fulfils_no_condition() -> None:
    assert ids(*CHAIN, a=1.0, b=3.0, c=3.0) == "a"


def test_an_item_is_asked_of_its_groups_and_in_its_form() -> None:
    items = ({"id": "a", "groups": ["staff"]}, {"id": "b", "short": True})
    assert ids(*items) == "b"
    assert ids(*items, group="staff") == "a b"
    assert ids(*items, group="staff", short=True) == "b"
    assert "well" in {item.id for item in offered(questionnaire(*items), "staff", "short")}, "open questions stay"


def test_a_point_that_means_does_not_apply_fulfils_no_condition() -> None:
    items = ({"id": "a", "not_applicable_values": [0]}, {"id": "b", "show_if": "a <= 1"})
    assert ids(*items, a=0.0) == "a"
    assert ids(*items, a=1.0) == "a b"


def test_what_decides_whether_an_item_is_asked_is_found_through_all_conditions() -> None:
    whole = questionnaire(*CHAIN)
    assert deciding(whole, whole.item("c")) == {"a", "b"}
    assert deciding(whole, whole.item("a")) == frozenset()
    # Each of sixty items depends on the two before it: a number of ways that nobody could walk.
    long = [{"id": "i0"}, {"id": "i1"}] + [
        {"id": f"i{n}", "show_if": f"i{n - 1} > 1 or i{n - 2} > 1"} for n in range(2, 60)
    ]
    whole = questionnaire(*long)
    assert len(deciding(whole, whole.item("i59"))) == 59
