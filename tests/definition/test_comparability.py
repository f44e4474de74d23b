"""What can be compared is what people were asked alike, said strand by strand."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.definition.comparability import comparability, what_changed
from selfassess.definition.diff import diff
from selfassess.model.questionnaire import Edition, Questionnaire
from selfassess.model.versions import Comparability
from tests.definition.versions import TEXTS, Table, every_item, found, made, setting

Edit = Callable[[Table], object]
ALL = [id for items in TEXTS.values() for id in items]


def compared(edit: Edit, before: Edit | None = None) -> Comparability:
    return comparability(made(before), made(edit))


def append(id: str, item: Table) -> Edit:
    return lambda whole: found(whole, id)["items"].append(item)


def test_a_questionnaire_is_comparable_with_itself(partnership: Edition) -> None:
    one = partnership.questionnaire
    whole = comparability(one, one)
    assert whole.same == {item.id: item.id for item in one.items}
    nodes = (whole.overall, *whole.strands, *whole.benchmarks)
    assert all(node.comparable and not node.aside and not node.new_rules for node in nodes)
    assert whole.strands[0].sentence == "All 11 items the same: change is shown."


@pytest.mark.parametrize(
    ("keys", "fate"),
    [
        ({"text": "There are enough days in my week for it."}, "reworded"),
        ({"wording": {"staff": "I could tell a colleague."}}, "reworded"),
        ({"text": "Cats purr loudly when night falls."}, "perhaps something else"),
        ({"scale": "often"}, "with other options"),
        ({"dont_know": False}, "with other options"),
        ({"not_applicable": "Not for me"}, "with other options"),
        ({"not_applicable_values": [2]}, "with other options"),
        ({"reverse": True}, "turned round"),
        ({"kind": "many"}, "of another kind"),
        ({"show_if": "aims_say == 3"}, "asked on another condition"),
        ({"weight": 3}, "same"),
        ({"help": "A hint."}, "same"),
        ({"groups": ["staff"]}, "same"),
    ],
)
def test_an_item_is_comparable_where_people_were_asked_alike(keys: dict[str, Any], fate: str) -> None:
    whole = compared(setting("roles_time", **keys))
    [one] = [one for one in whole.items if one.after == "roles_time"]
    assert (one.fate, one.comparable) == (fate, fate == "same")


def test_a_point_in_other_words_that_are_said_to_mean_the_same_leaves_an_item_comparable() -> None:
    def edit(whole: Table) -> None:
        whole["scales"]["agree"]["points"][1] = {"value": 2, "label": "Neither of the two", "earlier": "Neither"}

    assert not compared(edit).overall.aside
    assert not comparability(made(edit), made()).overall.aside, "nor in the other direction"
    [change] = [one for one in diff(made(), made(edit)) if one.where == ("agree",)]
    assert (change.sort, change.touches) == ("cosmetic", False)


def test_a_point_that_had_other_words_than_it_says_leaves_an_item_out() -> None:
    def edit(whole: Table) -> None:
        whole["scales"]["agree"]["points"][1] = {"value": 2, "label": "Neither of the two", "earlier": "Perhaps"}

    assert set(compared(edit).overall.aside.values()) == {"with other options"}


def test_an_item_is_compared_in_the_groups_that_are_asked_both_times() -> None:
    [one] = [one for one in compared(setting("meet_start", groups=["staff"])).items if one.after == "meet_start"]
    assert one.groups == ("staff",)
    other = compared(setting("meet_start", groups=["board"]), setting("meet_start", groups=["staff"]))
    assert other.node("meet").aside == {"meet_start": "asked of others"}
    assert other.node("meet").sentence == "1 of 2 items the same, 1 asked of others: change is shown on the 1."


def test_the_words_of_a_group_that_was_not_there_do_not_matter() -> None:
    def edit(whole: Table) -> None:
        whole["groups"].append({"id": "external", "title": "Others"})
        found(whole, "aims_say")["wording"] = {"external": "I could tell a friend."}

    assert not compared(edit).node("aims").aside


def test_a_strand_says_on_what_change_is_shown() -> None:
    whole = compared(setting("aims_say", text="I could tell a neighbour."))
    assert whole.node("lead").sentence == "5 of 6 items the same, 1 reworded: change is shown on the 5."
    assert whole.node("lead").left_out("reworded") == ("aims_say",)
    assert whole.node("work").sentence == "All 2 items the same: change is shown."
    assert whole.overall.sentence == "7 of 8 items the same, 1 reworded: change is shown on the 7."


def test_what_was_renamed_is_the_same_and_its_old_id_is_kept() -> None:
    whole = compared(setting("aims_say", id="aims_tell", same_as="aims_say"))
    assert whole.node("aims").same == {"aims_tell": "aims_say", "aims_same": "aims_same", "aims_needs": "aims_needs"}
    assert whole.node("aims").sentence == "All 3 items the same: change is shown."


def test_a_renamed_item_is_found_from_the_later_version_too() -> None:
    later = made(setting("aims_say", id="aims_tell", same_as="aims_say"))
    assert comparability(later, made()).same["aims_say"] == "aims_tell"


def test_an_id_that_was_free_again_does_not_hide_which_item_was_renamed() -> None:
    def edit(whole: Table) -> None:
        node = found(whole, "aims")
        node["items"] = [item for item in node["items"] if item["id"] != "aims_same"]
        found(whole, "aims_say").update(id="aims_same", same_as="aims_say")

    whole = compared(edit)
    assert whole.same["aims_same"] == "aims_say"
    assert whole.node("aims").sentence == "All 2 items the same; of those before, 1 gone: change is shown on the 2."


def test_a_split_item_is_compared_with_nothing() -> None:
    def edit(whole: Table) -> None:
        node = found(whole, "aims")
        node["items"] = [item for item in node["items"] if item["id"] != "aims_say"]
        node["items"] += [{"id": f"aims_{word}", "text": f"I can {word} it.", "was": ["aims_say"]} for word in "ab"]

    node = compared(edit).node("aims")
    assert node.aside == {"aims_a": "made from others", "aims_b": "made from others", "aims_say": "split"}
    assert node.sentence == (
        "2 of 4 items the same, 2 made from others; of those before, 1 split: change is shown on the 2."
    )


def test_less_than_half_is_too_few() -> None:
    def edit(whole: Table) -> None:
        for id in ("aims_say", "aims_same"):
            found(whole, id)["text"] += " Really."

    node = compared(edit).node("aims")
    assert not node.comparable
    assert node.sentence == "1 of 3 items the same, 2 reworded: too few to show a change."


def test_a_benchmark_that_moved_is_compared_and_its_strands_are_without_it() -> None:
    def edit(whole: Table) -> None:
        whole["strands"][1]["benchmarks"].append(whole["strands"][0]["benchmarks"].pop(1))

    whole = compared(edit)
    assert whole.node("roles").sentence == "All 3 items the same: change is shown."
    assert whole.node("lead").sentence == (
        "All 3 items the same; of those before, 3 moved away: change is shown on the 3."
    )
    assert whole.node("work").sentence == "2 of 5 items the same, 3 moved here: change is shown on the 2."
    assert not whole.overall.aside


def test_a_node_that_came_or_went_is_not_compared() -> None:
    whole = compared(setting("aims", id="purpose"))
    assert whole.node("purpose").sentence == "New: there is nothing to compare it with."
    assert whole.node("aims").sentence == "Removed: there is nothing to compare it with."
    assert not whole.node("purpose").comparable
    assert not whole.node("aims").comparable
    assert [node.id for node in whole.benchmarks] == ["purpose", "roles", "meet", "aims"]


def test_a_node_without_a_score_has_nothing_to_compare() -> None:
    assert compared(setting("aims", method="none")).node("aims").sentence == "It has no score to compare."


@pytest.mark.parametrize(
    ("id", "keys", "nodes"),
    [
        ("aims_say", {"weight": 2}, {"aims", "lead", "overall"}),
        ("aims", {"method": "min"}, {"aims"}),  # the strand is made from its items
        ("aims", {"min_answered": 1}, {"aims"}),
        ("lead", {"weight": 2}, {"overall"}),
        ("aims", {"weight": 2}, set()),
        ("lead", {"from": "benchmarks"}, {"lead", "overall"}),
        ("aims", {"target": 50}, set()),
        ("aims_say", {"text": "I could tell a neighbour.", "weight": 2}, set()),  # it is out anyway
    ],
)
def test_a_node_that_is_scored_in_another_way_is_scored_by_the_new_rules(
    id: str, keys: dict[str, Any], nodes: set[str]
) -> None:
    whole = compared(setting(id, **keys))
    every = (whole.overall, *whole.strands, *whole.benchmarks)
    assert {node.id for node in every if node.new_rules} == nodes
    assert {node.id for node in every if "by the new rules" in node.sentence} == nodes


def test_the_rule_for_all_is_a_rule_of_every_node() -> None:
    whole = comparability(made(), made(also={"scoring": {"min_answered": 1}}))
    assert all(node.new_rules for node in whole.strands)


def test_an_item_that_came_into_the_score_counts_and_one_that_left_it_does_not() -> None:
    into = compared(lambda whole: None, setting("aims_say", scored=False))
    assert into.node("aims").sentence == (
        "All 3 items the same: change is shown. Both rounds are scored by the new rules."
    )
    out = compared(setting("aims_say", scored=False))
    assert out.node("aims").sentence == (
        "All 2 items the same; of those before, 1 no longer scored: change is shown on the 2."
    )


def laddered(whole: Table) -> None:
    found(whole, "aims").update(method="ladder", met=3)
    for level, item in enumerate(found(whole, "aims")["items"], 1):
        item["level"] = level


def test_a_ladder_is_compared_as_a_whole() -> None:
    def edit(whole: Table) -> None:
        laddered(whole)
        found(whole, "aims_say")["text"] = "I could tell a neighbour."

    assert compared(laddered, laddered).node("aims").comparable
    node = compared(edit, laddered).node("aims")
    assert not node.comparable
    assert node.sentence == (
        "2 of 3 items the same, 1 reworded: levels are compared only where all items are the same."
    )


def test_in_the_short_form_only_what_is_in_it_counts() -> None:
    short = made(lambda whole: [found(whole, id).update(short=True) for id in ("aims_say", "meet_start")])
    whole = comparability(short, short, forms=("short", "full"))
    assert set(whole.same) == {"aims_say", "meet_start"}
    assert whole.node("meet").sentence == (
        "1 of 2 items the same, 1 not in the short form then: change is shown on the 1."
    )
    assert comparability(short, short, forms=("short", "short")).node("meet").sentence == (
        "Its one item is the same: change is shown."
    )


def test_what_the_short_form_leaves_out_is_neither_new_nor_gone() -> None:
    short = made(lambda whole: [found(whole, id).update(short=True) for id in ("aims_say", "meet_start")])
    later, earlier = (comparability(short, short, forms=forms) for forms in (("full", "short"), ("short", "full")))
    fates = {one.fate for one in later.items}, {one.fate for one in earlier.items}
    assert fates == ({"same", "not in the short form"}, {"same", "not in the short form then"})
    assert later.node("meet").sentence == (
        "Its one item is the same; of those before, 1 not in the short form: change is shown on the 1."
    )


def test_what_is_truly_new_or_gone_is_told_apart_from_what_the_short_form_leaves_out() -> None:
    def shortened(whole: Table) -> None:
        for id in ("aims_say", "meet_start"):
            found(whole, id)["short"] = True

    def without(whole: Table) -> None:
        shortened(whole)
        for strand in whole["strands"]:
            for benchmark in strand.get("benchmarks", ()):
                benchmark["items"] = [item for item in benchmark["items"] if item["id"] != "aims_same"]

    old, new = made(shortened), made(without)
    ids = {item.id for item in old.items} - {item.id for item in new.items}
    whole = comparability(old, new, forms=("full", "short"))
    assert {one.before for one in whole.items if one.fate == "gone"} == ids != set()


def test_one_person_in_another_group_is_compared_on_what_both_groups_are_asked() -> None:
    def edit(whole: Table) -> None:
        found(whole, "aims_say")["groups"] = ["board"]
        found(whole, "meet_start")["groups"] = ["staff"]

    both = made(edit)
    whole = comparability(both, both, groups=("staff", "board"))
    fates = {one.after or one.before: one.fate for one in whole.items if one.fate != "same"}
    assert fates == {"aims_say": "not for this group then", "meet_start": "not for this group"}
    assert "aims_say" not in whole.same
    assert {one.fate for one in comparability(both, both, groups=("staff", "staff")).items} == {"same"}


def edition(questionnaire: Questionnaire, sha256: str) -> Edition:
    return Edition(questionnaire, b"", sha256)


def test_what_changed_is_said_in_one_line() -> None:
    first = edition(made(), "1")
    assert what_changed(first, first) == "The same questionnaire: change can be shown on every item."
    assert what_changed(first, edition(made(also={"title": "Another"}), "2")) == (
        "The items are the same: change can be shown on all 8."
    )
    assert what_changed(first, edition(made(setting("aims_say", weight=2)), "2")) == (
        "The items are the same, but not all the rules: change can be shown on all 8."
    )

    def edit(whole: Table) -> None:
        found(whole, "aims_say")["text"] = "I could tell a neighbour."
        found(whole, "aims_same")["text"] = "The people I meet agree."
        append("roles", {"id": "roles_new", "text": "There is one more."})(whole)

    assert what_changed(first, edition(made(edit), "2")) == ("2 items reworded, 1 new: change can be shown on 6 of 9.")


def test_of_two_that_share_nothing_nothing_can_be_shown(partnership: Edition) -> None:
    line = what_changed(edition(made(), "1"), partnership)
    assert line == "44 items new, 8 gone: change can be shown on none of 44."


KEYS: list[dict[str, Any]] = [
    {"text": "I could tell a neighbour."},
    {"scale": "often"},
    {"reverse": True},
    {"weight": 2},
    {"groups": ["board"]},
    {"groups": ["staff"]},
    {"show_if": "aims_say == 1"},
    {"scored": False},
    {"id": "renamed", "same_as": True},
    {"wording": {"board": "Something of their own."}},
]
Drawn = dict[str, int]


def drawn(keys: Drawn) -> Questionnaire:
    def edit(whole: Table) -> None:
        for id, number in keys.items():
            chosen = dict(KEYS[number])
            if chosen.get("same_as"):
                chosen = {"id": f"{id}_{number}", "same_as": id}
            if "show_if" in chosen and id == "aims_say":
                continue
            found(whole, id).update(chosen)
        if "aims_say" in keys and "same_as" in KEYS[keys["aims_say"]]:
            for item in every_item(whole):
                item.pop("show_if", None)  # what it speaks of has another id

    return made(edit)


VERSIONS = st.dictionaries(st.sampled_from(ALL), st.integers(0, len(KEYS) - 1), max_size=5).map(drawn)


@given(VERSIONS, VERSIONS)
def test_as_much_is_comparable_in_either_direction(one: Questionnaire, other: Questionnaire) -> None:
    there, back = comparability(one, other), comparability(other, one)
    assert there.same == {earlier: later for later, earlier in back.same.items()}
    assert len(there.items) == len(back.items)


@given(VERSIONS, VERSIONS)
def test_every_item_of_the_later_version_is_the_same_or_aside(one: Questionnaire, other: Questionnaire) -> None:
    whole = comparability(one, other)
    for node in (whole.overall, *whole.strands, *whole.benchmarks):
        assert not set(node.same) & set(node.aside)
        assert set(node.same) <= set(whole.same)
        assert node.sentence.endswith(".")
        assert not node.comparable or node.same


def test_nobody_is_matched_where_two_claim_to_be_the_same() -> None:
    strand = made().strands[0]
    first = strand.benchmarks[0].items[0]
    claims = tuple(replace(first, id=id, same_as="aims_say") for id in ("one", "two"))
    node = replace(strand.benchmarks[0], items=claims)
    new = replace(made(), strands=(replace(strand, benchmarks=(node,)),))
    assert comparability(made(), new).same == {}


# ------------------------------------------------------------------------------------------------------------
# What decides who is asked.


def asking(whole: Table) -> None:
    """An unscored item before the others, on which one of them is asked."""
    found(whole, "aims")["items"].insert(
        0, {"id": "came", "text": "I came to a gathering lately.", "scored": False, "scale": "often"}
    )
    found(whole, "meet_heard")["show_if"] = "came == 1"


@pytest.mark.parametrize(
    ("keys", "fate"),
    [
        ({}, "same"),
        ({"help": "A hint."}, "same"),
        ({"reverse": True}, "same"),
        ({"text": "I came to a gathering this year."}, "asked on another condition"),
        ({"groups": ["staff"]}, "asked on another condition"),
        ({"dont_know": "No idea"}, "asked on another condition"),
    ],
)
def test_what_is_asked_because_of_an_item_that_changed_is_asked_on_another_condition(
    keys: dict[str, Any], fate: str
) -> None:
    def edit(whole: Table) -> None:
        asking(whole)
        found(whole, "came").update(keys)

    whole = compared(edit, asking)
    assert [one.fate for one in whole.items if one.after == "meet_heard"] == [fate]
    assert any(one.touches for one in diff(made(asking), made(edit))) == (fate != "same")


def test_so_is_what_is_asked_because_of_an_item_whose_scale_changed() -> None:
    def edit(whole: Table) -> None:
        asking(whole)
        whole["scales"]["often"]["points"][0]["label"] = "Hardly ever"

    assert compared(edit, asking).node("meet").aside == {"meet_heard": "asked on another condition"}
    [change] = diff(made(asking), made(edit))
    assert (change.where, change.touches) == (("often",), True)


def test_of_a_questionnaire_without_a_score_of_the_whole_it_is_said_what_changed() -> None:
    def edit(whole: Table) -> None:
        found(whole, "aims_say")["text"] = "I could tell a neighbour."

    none = {"overall": {"method": "none"}}
    first, second = edition(made(also=none), "1"), edition(made(edit, also=none), "2")
    assert what_changed(first, second) == "1 item reworded: change can be shown on 7 of 8."


@given(VERSIONS, VERSIONS)
def test_where_no_change_touches_a_comparison_everything_can_be_compared(
    one: Questionnaire, other: Questionnaire
) -> None:
    whole = comparability(one, other)
    nodes = (whole.overall, *whole.strands, *whole.benchmarks)
    complete = all(node.comparable and not node.aside and not node.new_rules for node in nodes)
    assert complete or any(change.touches for change in diff(one, other))
