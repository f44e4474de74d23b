"""Nothing of few people follows from what is printed of rounds about skills and their comparisons."""

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given

from selfassess.definition.tables import build
from selfassess.model.round import Rules as RoundRules
from selfassess.model.round import Thresholds
from tests.disclosure.attack_learning import then_and_now_as_printed, too_much
from tests.disclosure.attack_skills_over_rounds import Attack, Found, found
from tests.disclosure.made_rounds import closed
from tests.disclosure.printed_rounds import printed
from tests.disclosure.printed_skills import Class, Comparison, Occasion, Report, Respondent, Rules, truth
from tests.disclosure.skilled_stories import Story, skilled_story
from tests.disclosure.ways import Effort, Search
from tests.examples import attack, some_of
from tests.scoring import made

NONE: frozenset[tuple[int, str]] = frozenset()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("stories")


QUICK = (15, 3000018, 3000017, 3000156)
"""Seeds of stories that take a second or less each."""


@pytest.mark.attack
@pytest.mark.slow
def test_no_answer_and_nothing_of_few_follows_from_rounds_about_skills(folder: Path) -> None:
    for seed in some_of([*QUICK, *range(500)], len(QUICK)):
        story = skilled_story(Random(seed), folder)
        if story is not None:
            assert [str(one) for one in of(story) if one.is_promised] == [], seed
            assert too_much(story.occasions, story.reports, story.comparisons, story.plan) == [], seed


def of(story: Story) -> list[Found]:
    return found(story.occasions, story.reports, story.comparisons)


@pytest.mark.xfail(strict=True, reason="which groups counted answers belong to is not looked at for all groups at once")
def test_counted_answers_fit_the_groups_in_more_than_one_way() -> None:
    """All gave six 1s, a 2 and eight 3s; the board has a mean of 50, the staff a code. So all four others gave a 3: if
    the 2 were of the staff, theirs would have to come to what 1s and 3s can't."""
    answers = {"board": (1, 2, 3, 3, 3, 3), "staff": (1,) * 5, "external": (3, 3, 3, 3, "skipped")}
    points = [{"value": value, "label": str(value)} for value in (1, 2, 3, 4)]
    item = {"id": "i1", "kind": "choice", "text": "Something to say.", "scale": "four", "about": "self"}
    skill = {"id": "k1", "title": "Skill k1", "need": "everyone", "shown_from": 3, "items": [item]}
    table: made.Table = {
        "format": 1, "id": "four", "version": "1", "title": "Four", "scale": "four",
        "groups": [{"id": id, "title": id.title()} for id in answers], "scales": {"four": {"points": points}},
        "strands": [{"id": "s1", "title": "S", "from": "items", "skills": [skill]}], "overall": {"from": "items"},
    }  # fmt: skip  # in few lines
    rows = [made.Row(group, {"i1": value}) for group, some in answers.items() for value in some]
    sizes = {group: len(some) for group, some in answers.items()}
    rules = RoundRules(thresholds=Thresholds(5, 10), small_groups="leave_out")
    document = printed(closed(table, sizes, rules, made.answers(build(table), rows), Random(0)))
    assert document is not None
    said = [{id: float(value) for id, value in row.answers.items() if value != "skipped"} for row in rows]
    people = [Respondent(row.group or "", one, "", NONE) for row, one in zip(rows, said, strict=True)]
    some = found([Occasion(table, tuple(people))], [Report(0, document, "")], [])
    assert [str(one) for one in some if one.is_promised] == []


# That the attack is one

SKILL = {
    "id": "k1", "title": "Skill k1", "need": "everyone", "shown_from": 3,
    "items": [{"id": id, "text": id, "scale": "three", "about": "self"} for id in ("i1", "i2")],
}  # fmt: skip  # in few lines
TABLE = {
    "scales": {"three": {"points": [{"value": value} for value in (1, 2, 3)]}},
    "strands": [{"id": "s1", "from": "items", "skills": [SKILL]}],
    "overall": {"from": "items"},
}  # fmt: skip  # in few lines
NOTHING = {"mean": None, "coded": None, "counts": None}
Told = Mapping[tuple[str, str], Mapping[str, Any]]
"""What is printed, by cell and node or item."""


def occasion(*people: tuple[str, str], mark: tuple[int, str] = (0, "all"), matched: Sequence[int] = ()) -> Occasion:
    """Each with a group and two answers; a dash is none."""
    some = [
        Respondent(
            group,
            {id: float(value) for id, value in zip(("i1", "i2"), answers, strict=True) if value != "-"},
            str(place),
            frozenset([mark] if place in matched else []),
        )
        for place, (group, answers) in enumerate(people)
    ]
    return Occasion(TABLE, tuple(some))


def report(one: Occasion, told: Told, round: int = 0, min_group: int = 3) -> Report:
    groups = sorted({person.group for person in one.people})

    def figure(cell: str, id: str) -> dict[str, Any]:
        return {**NOTHING, **told.get((cell, id), {}), "id": id}

    def cell(id: str) -> dict[str, Any]:
        items = [figure(id, item) for item in ("i1", "i2")]
        skill = {**figure(id, "k1"), "items": items}
        return {"id": id, "overall": NOTHING, "strands": [{**figure(id, "s1"), "benchmarks": [skill]}]}

    data = {
        "rules": {"min_group": min_group, "min_detail": 4}, "pooled": [], "differences": [],
        "attendance": [{"group": group, "standing": "shown"} for group in groups],
        "rounds": [{"all": cell("all"), "groups": [cell(group) for group in groups], "left_out": []}],
    }  # fmt: skip  # in few lines
    return Report(round, data, "")


def counts(one: Occasion, item: str) -> dict[str, int]:
    given = [person.given[item] for person in one.people if item in person.given]
    return {f"{value}": given.count(value) for value in (1, 2, 3)}


def mean(one: Occasion, groups: Sequence[str], items: Sequence[str], matched: bool = False) -> float:
    given = [person.given[item] for person in one.people for item in items
             if person.group in groups and item in person.given and (person.marks or not matched)]  # fmt: skip
    return float(int(100 * sum((value - 1) / 2 for value in given) / len(given) + 0.5))


def drawn(random: Random, sizes: Mapping[str, int], **how: Any) -> Occasion:
    return occasion(*((group, "".join(random.choice("-123") for _ in "12")) for group, size in sizes.items()
                      for _ in range(size)), **how)  # fmt: skip  # in few lines


def some_of_it(random: Random, one: Occasion) -> Told:
    """Some figures of a round, as they are."""
    told: dict[tuple[str, str], dict[str, Any]] = {}
    for cell, groups in (("all", "ab"), ("a", "a"), ("b", "b")):
        for id in ("i1", "i2", "k1"):
            items = ["i1", "i2"] if id == "k1" else [id]
            answered = any(item in person.given for person in one.people for item in items if person.group in groups)
            if answered and random.random() < 0.4:
                told[cell, id] = {"mean": mean(one, groups, items)}
    if random.random() < 0.5:
        told["all", "i1"] = {"counts": counts(one, "i1")}
    return told


def compared(first: Occasion, second: Occasion, random: Random) -> Comparison:
    """A comparison on the first item, with how people moved on it."""
    sides = [mean(one, "ab", ["i1"], matched=True) for one in (first, second)]
    then = {person.key: person.given for person in first.people if person.marks}
    changes = [person.given["i1"] - then[person.key]["i1"] for person in second.people
               if person.marks and "i1" in person.given and "i1" in then[person.key]]  # fmt: skip  # one rule
    n = len(changes)
    moves = {name: max(0, min(number, n - 5)) // 5 * 5 for name, number in (
        ("up", sum(one > 0 for one in changes)), ("same", changes.count(0)), ("down", sum(one < 0 for one in changes)),
    )}  # fmt: skip  # in few lines
    matched = {"before": sides[0], "after": sides[1], "change": sides[1] - sides[0], "sd": None, "moves": moves}
    if random.random() < 0.5:
        matched["moves"] = None
    node = {"id": "k1", "items": {"i1": "i1"}, "everybody": None, "matched": matched}
    return Comparison((0, 1), {"cells": [{"id": "all", "groups": ["a", "b"], "nodes": [node]}]}, {})


def by_trying(rules: Rules) -> dict[tuple[int, Class, str], set[float]]:
    """What somebody of a class can have said to an item, from every way in which all can have answered."""
    places = [(round, at, item) for round, one in enumerate(rules.occasions)
              for at, person in enumerate(one.people) for item in person.given]  # fmt: skip  # one for each
    told = [*rules.all()]
    left: dict[tuple[int, Class, str], set[float]] = {}
    for values in product((1.0, 2.0, 3.0), repeat=len(places)):
        given: dict[tuple[int, int], dict[str, float]] = {}
        for (round, at, item), value in zip(places, values, strict=True):
            given.setdefault((round, at), {})[item] = value
        tried = [replace(one, people=tuple(replace(person, given=given.get((round, at), {}))
                                           for at, person in enumerate(one.people)))
                 for round, one in enumerate(rules.occasions)]  # fmt: skip  # one for each
        true = truth(tried, rules.comparisons)
        sums = [(rule, sum(share * true.get(key, 0.0) for key, share in rule.terms.items())) for rule in told]
        if all(rule.low - 1e-6 <= value <= rule.high + 1e-6 for rule, value in sums):
            for (round, at, item), value in zip(places, values, strict=True):
                person = tried[round].people[at]
                left.setdefault((round, (person.group, person.marks), item), set()).add(value)
    return left


def by_programs(rules: Rules) -> dict[tuple[int, Class, str], set[float]]:
    true = truth(rules.occasions, rules.comparisons)
    one = Attack(rules, Search(rules.all(), true, Effort()), true)
    return {
        (round, who, item): one.possible(round, who, item)
        for round, occasion in enumerate(rules.occasions)
        for who in occasion.classes for item in ("i1", "i2") if occasion.n(who, item)
    }  # fmt: skip  # one for each


@attack(1000)
@given(made.SEEDS)
def test_it_finds_what_trying_everything_finds(random: Random) -> None:
    one = drawn(random, {"a": 2, "b": 2})
    if any(person.given for person in one.people):
        rules = Rules([one], [report(one, some_of_it(random, one))], [])
        assert by_programs(rules) == by_trying(rules)


@attack(500)
@given(made.SEEDS)
def test_it_finds_the_same_of_two_rounds_together(random: Random) -> None:
    def short() -> Iterator[tuple[str, str]]:
        for place in range(4):
            yield "ab"[place % 2], random.choice("123") + "-"

    sides = [occasion(*short(), matched=(0, 1, 2)) for _ in "12"]
    reports = [report(one, some_of_it(random, one), round) for round, one in enumerate(sides)]
    rules = Rules(sides, reports, [compared(sides[0], sides[1], random)])
    assert by_programs(rules) == by_trying(rules)


def kinds(some: Sequence[Found]) -> set[tuple[str, str, str]]:
    return {(one.kind, one.about, one.whom) for one in some}


MANY = (("a", "33"), ("a", "33"), ("a", "33"), ("b", "12"), ("b", "21"), ("b", "22"), ("b", "13"))


def test_it_finds_what_a_group_of_one_mind_said_by_taking_the_others_from_all() -> None:
    one = occasion(*MANY)
    told: dict[tuple[str, str], dict[str, Any]] = {("all", "i1"): {"counts": counts(one, "i1")}}
    assert found([one], [report(one, told, min_group=4)], []) == []
    told["b", "i1"] = {"counts": {"1": 2, "2": 2, "3": 0}}
    some = found([one], [report(one, told, min_group=4)], [])
    assert kinds(some) == {("answer", "i1", "a"), ("count", "i1", "a"), ("total", "i1", "a")}
    assert all(one.is_promised for one in some if one.kind == "answer")
    assert {one.low for one in some if one.kind == "answer"} == {1}


def test_but_not_where_the_mean_of_as_many_may_be_told() -> None:
    one = occasion(*MANY)
    told = {("all", "i1"): {"counts": counts(one, "i1")}, ("b", "i1"): {"counts": {"1": 2, "2": 2, "3": 0}}}
    assert found([one], [report(one, told, min_group=3)], []) == []


def test_it_finds_that_people_show_a_behaviour_where_their_answers_stay_open() -> None:
    """The lowest answers are all spoken for by the others, who have a mean of their own."""
    table = copy.deepcopy(TABLE)
    table["strands"][0]["skills"][0]["shown_from"] = 2  # type: ignore[index]  # a table within a table
    one = replace(occasion(("a", "2-"), ("a", "3-"), ("a", "3-"), *[("b", "1-")] * 4), table=table)
    told = {("all", "i1"): {"counts": counts(one, "i1")}, ("b", "k1"): {"mean": 0.0}}
    assert ("reliably", "i1", "a") in kinds(found([one], [report(one, told, min_group=4)], []))


def test_it_finds_the_mean_of_few_by_what_a_comparison_says_of_all_others() -> None:
    """Of nine on one skill, seven are found again: what two said is one subtraction away."""
    people = [("a", "12"), ("a", "31"), ("a", "22"), ("a", "13"), ("a", "23"), ("b", "21"), ("b", "32"), ("b", "11"),
              ("b", "23")]  # fmt: skip  # in few lines
    sides = [occasion(*people, matched=range(7)) for _ in "12"]
    told = {("all", "k1"): {"mean": mean(sides[0], "ab", ["i1", "i2"])}}
    reports = [report(one, told, round) for round, one in enumerate(sides)]
    assert found(sides, reports, []) == []
    same = {side: mean(sides[0], "ab", ["i1", "i2"], matched=True) for side in ("before", "after")}
    node = {"id": "k1", "items": {"i1": "i1", "i2": "i2"}, "everybody": None, "matched": {**same, "moves": None}}
    comparison = Comparison((0, 1), {"cells": [{"id": "all", "groups": ["a", "b"], "nodes": [node]}]}, {})
    some = found(sides, reports, [comparison])
    assert {("mean", id, "b not in (0, 'all')") for id in ("k1", "s1", "overall")} <= kinds(some)
    assert {one.by_sums for one in some if one.kind == "mean"} == {True}


def test_it_tells_a_document_that_it_reads_wrongly() -> None:
    one = occasion(*MANY)
    with pytest.raises(AssertionError, match="mean of k1 of all in round 0"):
        found([one], [report(one, {("all", "k1"): {"mean": 3.0}})], [])


@pytest.fixture(scope="module")
def told(folder: Path) -> Story:
    """A story with verdicts of all and of a group, then and now, and needs."""
    story = skilled_story(Random(7), folder)
    assert story is not None
    assert _says_much(story)
    return story


def _says_much(story: Story) -> bool:
    comparison = next((one for one in story.comparisons if one.rounds == (0, 1)), None)
    words = (
        {word for both in then_and_now_as_printed(comparison.texts["all"]).values() for word in both}
        if comparison
        else ()
    )
    return "covered" in words and "short" in words and story.reports[-1].data["learning"]["needs"] != []


def _tampered(story: Story, place: int, change: Callable[[dict[str, Any]], object]) -> list[str]:
    reports = [*story.reports]
    data = copy.deepcopy(dict(reports[place].data))
    change(data)
    reports[place] = replace(reports[place], data=data)
    return too_much(story.occasions, reports, story.comparisons, story.plan)


def test_it_finds_a_learning_need_that_does_not_follow(told: Story) -> None:
    assert too_much(told.occasions, told.reports, told.comparisons, told.plan) == []
    some = _tampered(told, -1, lambda data: data["learning"]["needs"].pop())
    assert [one.split(":")[0] for one in some] == ["learning"]


def test_it_finds_groups_that_could_learn_from_each_other_and_need_not(told: Story) -> None:
    wrong = {"skill": "k1", "teachers": ["board"], "learners": ["staff"]}
    some = _tampered(told, -1, lambda data: data["exchanges"].append(wrong))
    assert [one.split(":")[0] for one in some] == ["exchanges"]


def test_it_finds_what_is_told_of_then_and_now_beyond_the_reports(told: Story) -> None:
    comparisons = [replace(one, texts={cell: text.replace("covered ▲", "short ▼") for cell, text in one.texts.items()})
                   for one in told.comparisons]  # fmt: skip  # one for each
    some = too_much(told.occasions, told.reports, comparisons, told.plan)
    assert some
    assert {one.split(" of ")[0] for one in some} == {"then and now"}
