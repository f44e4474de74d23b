"""What changed between two versions is told once, as what it is, and every key of the model is thought of."""

import dataclasses
import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.definition.diff import diff
from selfassess.definition.json_schema import tables
from selfassess.definition.key_changes import KEYS
from selfassess.model.questionnaire import Edition, Scored
from selfassess.model.versions import SORTS, QuestionnaireChange
from tests.definition.versions import TEXTS, Table, every_item, found, made, setting

Edit = Callable[[Table], object]


def changes(edit: Edit, before: Edit | None = None) -> tuple[QuestionnaireChange, ...]:
    return diff(made(before), made(edit))


def told(edit: Edit, before: Edit | None = None) -> list[tuple[str, str, str, bool]]:
    """Sort, place, key, and whether a comparison is touched."""
    return [(one.sort, " ".join(one.where), one.key, one.touches) for one in changes(edit, before)]


def gone(id: str) -> Edit:
    def edit(whole: Table) -> None:
        for strand in whole["strands"]:
            for node in strand["benchmarks"]:
                node["items"] = [item for item in node["items"] if item["id"] != id]

    return edit


def both(*edits: Edit) -> Edit:
    def edit(whole: Table) -> None:
        for one in edits:
            one(whole)

    return edit


# ------------------------------------------------------------------------------------------------------------
# Every key.


def test_every_key_of_every_table_has_one_entry_and_no_other_has() -> None:
    assert set(KEYS) == {*tables(), Scored}
    for kind, keys in KEYS.items():
        assert set(keys) == {field.name for field in dataclasses.fields(kind)}  # type: ignore[arg-type]  # all tables are dataclasses


def test_what_is_said_of_a_key_is_a_sentence() -> None:
    for keys in KEYS.values():
        for key in keys.values():
            assert key.sort in SORTS
            for text in (key.what, key.means):
                assert text[0].isupper()
                assert text.endswith(".")
            assert not (key.touches and key.sort == "cosmetic")


def test_nothing_changed_in_a_questionnaire_beside_itself(partnership: Edition, skills: Edition) -> None:
    for one in (made(), partnership.questionnaire, skills.questionnaire):
        assert diff(one, one) == ()


def shuffled(whole: Table, chance: random.Random) -> None:
    chance.shuffle(whole["strands"])
    for strand in whole["strands"]:
        chance.shuffle(strand["benchmarks"])
        for node in strand["benchmarks"]:
            chance.shuffle(node["items"])


@given(st.randoms(use_true_random=False))
def test_another_order_is_cosmetic_and_no_more(chance: random.Random) -> None:
    found = changes(lambda whole: shuffled(whole, chance))  # the order may be the same again
    assert {(one.sort, one.touches, one.what) for one in found} <= {("cosmetic", False, "A different order.")}


COSMETIC: dict[str, Any] = {
    "title": "Another",
    "about": "Another",
    "source": "Another",
    "licence": "CC0",
    "version": "2",
}


@pytest.mark.parametrize("key", COSMETIC)
def test_what_is_said_of_the_whole_is_cosmetic(key: str) -> None:
    assert told(lambda whole: whole.update({key: COSMETIC[key]})) == [("cosmetic", "", key, False)]


@pytest.mark.parametrize(
    ("id", "keys", "expected"),
    [
        ("aims_say", {"help": "A hint."}, ("cosmetic", "lead aims aims_say", "help", False)),
        ("aims_say", {"comment_if": "aims_say == 1"}, ("cosmetic", "lead aims aims_say", "comment_if", False)),
        ("aims_say", {"weight": 2}, ("scoring", "lead aims aims_say", "weight", True)),
        ("aims_say", {"scored": False}, ("scoring", "lead aims aims_say", "scored", True)),
        ("aims_say", {"reverse": True}, ("scoring", "lead aims aims_say", "reverse", True)),
        ("aims_say", {"not_applicable_values": [2]}, ("scoring", "lead aims aims_say", "not_applicable_values", True)),
        ("aims_say", {"kind": "many"}, ("structure", "lead aims aims_say", "kind", True)),
        ("aims_say", {"groups": ["staff"]}, ("structure", "lead aims aims_say", "groups", True)),
        ("aims_say", {"groups": ["staff", "board"]}, ("cosmetic", "lead aims aims_say", "groups", False)),
        ("aims_say", {"scale": "often"}, ("structure", "lead aims aims_say", "scale", True)),
        ("aims_say", {"dont_know": "No idea"}, ("wording", "lead aims aims_say", "dont_know", True)),
        ("aims_say", {"dont_know": "Don’t know"}, ("cosmetic", "lead aims aims_say", "dont_know", False)),
        ("aims_say", {"dont_know": False}, ("structure", "lead aims aims_say", "dont_know", True)),
        ("aims_same", {"show_if": "aims_say > 1"}, ("structure", "lead aims aims_same", "show_if", True)),
        ("aims_say", {"short": True}, ("structure", "lead aims aims_say", "short", True)),
        ("aims", {"title": "Another"}, ("cosmetic", "lead aims", "title", False)),
        ("aims", {"discuss": "Why?"}, ("cosmetic", "lead aims", "discuss", False)),
        ("aims", {"target": 80}, ("scoring", "lead aims", "target", False)),
        ("aims", {"decimals": 1}, ("scoring", "lead aims", "decimals", False)),
        ("aims", {"min_answered": 1}, ("scoring", "lead aims", "min_answered", True)),
        ("aims", {"method": "min"}, ("scoring", "lead aims", "method", True)),
        ("lead", {"from": "benchmarks"}, ("scoring", "lead", "from", True)),
        ("lead", {"weight": 3}, ("scoring", "lead", "weight", True)),
    ],
)
def test_a_key_is_of_its_sort(id: str, keys: dict[str, Any], expected: tuple[str, str, str, bool]) -> None:
    assert told(setting(id, **keys)) == [expected]


# ------------------------------------------------------------------------------------------------------------
# Words.


def test_another_text_is_told_with_both() -> None:
    [change] = changes(setting("aims_say", text="I could tell a neighbour what we will change."))
    assert (change.sort, change.key, change.touches) == ("wording", "text", True)
    assert change.before == "I could tell a neighbour what we are trying to change."
    assert change.after == "I could tell a neighbour what we will change."
    assert change.means == "It is left out where scores then and now are compared."


def test_quotation_marks_and_line_ends_are_no_other_words() -> None:
    before = setting("aims_say", text='I say "yes", don\'t I - always?')
    after = setting("aims_say", text="I say “yes”,\n don’t I – always?")
    assert told(after, before) == [("cosmetic", "lead aims aims_say", "text", False)]


def test_words_for_one_group_are_words() -> None:
    edit = setting("aims_say", wording={"staff": "I could tell a colleague what we are trying to change."})
    assert told(edit) == [("wording", "lead aims aims_say", "wording", True)]


def test_words_that_nobody_reads_are_not() -> None:
    wording = {"board": "I could tell a friend.", "staff": "I could tell a colleague."}
    before, after = setting("aims_say", wording=wording), setting("aims_say", wording=wording, text="I could tell.")
    assert told(after, before) == [("cosmetic", "lead aims aims_say", "text", False)]


def test_an_old_id_with_nothing_of_the_old_words_is_perhaps_another_item() -> None:
    [change] = changes(setting("roles_time", text="Cats purr loudly when night falls."))
    assert (change.sort, change.touches) == ("structure", True)
    assert change.what == "Perhaps another item under an old id: none of the old words is left."
    assert "Ids are never used again for something else" in change.means


def test_a_word_that_all_items_share_is_nothing_in_common() -> None:
    def with_partnership(whole: Table) -> None:
        for item in every_item(whole):
            item["text"] = item["text"].replace(".", " in this partnership.")

    new = setting("roles_time", text="Cats purr in this partnership.")
    [change] = changes(both(with_partnership, new), with_partnership)
    assert change.what.startswith("Perhaps another item")


def test_an_id_that_was_something_else_is_told() -> None:
    def edit(whole: Table) -> None:
        gone("roles_time")(whole)
        found(whole, "meet")["items"].append({"id": "free", "text": "There is time."})
        whole["groups"].append({"id": "roles_time", "title": "Others"})

    assert "An old id for something else." in [one.what for one in changes(edit)]


# ------------------------------------------------------------------------------------------------------------
# Scales.


def points(**keys: Any) -> Edit:
    """Another first point of the scale “agree”."""
    return lambda whole: whole["scales"]["agree"]["points"][0].update(keys)


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (points(label="No"), ("wording", "agree", "points", True)),
        (points(value=0), ("scoring", "agree", "points", True)),
        (lambda whole: whole["scales"]["agree"]["points"].pop(0), ("structure", "agree", "points", True)),
        (lambda whole: whole["scales"]["agree"]["points"].reverse(), ("wording", "agree", "points", True)),
        (lambda whole: whole["scales"]["agree"].update(dont_know="No idea"), ("wording", "agree", "dont_know", True)),
        (lambda whole: whole["scales"]["agree"].pop("dont_know"), ("structure", "agree", "dont_know", True)),
        (
            lambda whole: whole["scales"]["agree"].update(not_applicable="Not for me"),
            ("structure", "agree", "not_applicable", True),
        ),
        (lambda whole: whole["scales"].pop("often"), ("structure", "often", "", False)),
        (lambda whole: whole["scales"]["often"].update(dont_know="?!"), ("structure", "often", "dont_know", False)),
    ],
)
def test_a_change_of_a_scale_is_told_of_the_scale(edit: Edit, expected: tuple[str, str, str, bool]) -> None:
    assert told(edit) == [expected]


def test_a_scale_under_another_id_is_the_same_scale() -> None:
    def edit(whole: Table) -> None:
        whole["scales"]["agreement"] = whole["scales"].pop("agree")
        whole["scale"] = "agreement"

    assert {(one.key, one.touches) for one in changes(edit)} == {("scale", False), ("", False)}


# ------------------------------------------------------------------------------------------------------------
# What came, went and moved.


def test_a_renamed_item_keeps_its_answers() -> None:
    assert told(setting("aims_say", id="aims_tell", same_as="aims_say")) == [
        ("structure", "lead aims aims_tell", "id", False)
    ]


def test_the_condition_of_a_renamed_item_is_the_same_condition() -> None:
    before = setting("aims_same", show_if="aims_say>1")
    after = both(setting("aims_same", show_if="aims_tell > 1"), setting("aims_say", id="aims_tell", same_as="aims_say"))
    assert told(after, before) == [
        ("structure", "lead aims aims_tell", "id", False),
        ("cosmetic", "lead aims aims_same", "show_if", False),
    ]


def test_a_split_item_is_told_with_what_became_of_it() -> None:
    def edit(whole: Table) -> None:
        gone("aims_say")(whole)
        for id in ("aims_tell", "aims_write"):
            found(whole, "aims")["items"].append({"id": id, "text": f"I can {id} it.", "was": ["aims_say"]})

    split = [(one.what, one.before, one.after) for one in changes(edit) if one.touches]
    assert ("The item became others.", TEXTS["aims"]["aims_say"], "aims_tell, aims_write") in split
    assert ("An item made from others.", "aims_say", "I can aims_tell it.") in split


def test_what_comes_and_goes_with_a_benchmark_is_told_once() -> None:
    found = changes(lambda whole: whole["strands"][0]["benchmarks"].pop(1))
    assert [(one.where, one.what) for one in found] == [(("lead", "roles"), "The benchmark was removed, with 3 items.")]


def test_an_item_that_comes_or_goes_by_itself_is_told_by_itself() -> None:
    assert told(gone("aims_say")) == [("structure", "lead aims aims_say", "", True)]
    new = {"id": "aims_new", "text": "There is something more."}
    assert told(lambda whole: found(whole, "aims")["items"].append(new)) == [
        ("structure", "lead aims aims_new", "", True)
    ]


def test_an_item_in_no_score_touches_no_comparison() -> None:
    new = {"id": "aims_new", "text": "There is something more.", "scored": False}
    [change] = changes(lambda whole: found(whole, "aims")["items"].append(new))
    assert (change.touches, change.means) == (False, "It is in no score.")
    reworded = setting("aims_say", scored=False, text="I could tell a neighbour.")
    [change] = changes(reworded, setting("aims_say", scored=False))
    assert (change.touches, change.means) == (False, "It is in no score.")


def moved(whole: Table) -> None:
    whole["strands"][1]["benchmarks"].append(whole["strands"][0]["benchmarks"].pop(1))


def test_a_benchmark_that_moved_is_told_without_its_items() -> None:
    [change] = changes(moved)
    assert (change.where, change.what, change.before, change.after) == (
        ("work", "roles"),
        "It moved.",
        "lead › benchmarks",
        "work › benchmarks",
    )


def test_an_item_that_moved_is_told() -> None:
    def edit(whole: Table) -> None:
        found(whole, "aims")["items"].append(found(whole, "roles")["items"].pop())

    [change] = changes(edit)
    assert (change.where, change.what) == (("lead", "aims", "roles_time"), "The item moved.")


def test_a_benchmark_under_another_id_is_told_how_to_stay_the_same() -> None:
    found = changes(setting("aims", id="purpose"))
    new = next(one for one in found if one.what.startswith("A new benchmark"))
    assert "Most of its items were in “aims” before: if it is the same, give it that id" in new.means


def test_a_group_that_comes_or_goes_touches_the_score_of_everybody() -> None:
    assert told(lambda whole: whole["groups"].pop()) == [("structure", "staff", "", True)]
    new = {"id": "external", "title": "Others"}
    assert told(lambda whole: whole["groups"].append(new)) == [("structure", "external", "", True)]


def test_actions_are_cosmetic() -> None:
    action = {"id": "write", "text": "Write it down."}
    before = setting("aims", actions=[action])
    assert told(before) == [("cosmetic", "lead aims write", "", False)]
    assert told(setting("aims", actions=[{**action, "text": "Say it."}]), before) == [
        ("cosmetic", "lead aims write", "text", False)
    ]
    assert told(setting("roles", actions=[action]), before) == [("cosmetic", "lead roles write", "", False)]


def test_the_gravest_come_first() -> None:
    reworded = setting("aims_say", help="A hint.", text="I could tell a neighbour.")
    edit = both(reworded, gone("meet_heard"), setting("aims", target=50))
    assert [one.sort for one in changes(edit)] == ["structure", "scoring", "wording", "cosmetic"]


def test_a_questionnaire_that_shares_nothing_is_told_as_such(partnership: Edition) -> None:
    found = diff(made(), partnership.questionnaire)
    assert {"A different id.", "A new benchmark, with 3 items.", "The benchmark was removed, with 2 items."} <= {
        one.what for one in found
    }
    assert any(one.touches for one in found)


def test_the_other_way_round_as_many_things_changed(partnership: Edition, skills: Edition) -> None:
    one, other = partnership.questionnaire, skills.questionnaire
    there, back = diff(one, other), diff(other, one)
    assert len(there) == len(back)
