"""What people are told of a round follows from its rules, and changes with them."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.definition.tables import edition
from selfassess.definition.toml_source import parse
from selfassess.model.round import EVERYBODY, FLOOR, Round, Rules, Thresholds, asked_for_consent, has_numbered_letters
from selfassess.model.sheet import Ticket
from selfassess.sitting import round_notices
from selfassess.sitting.round_entry import Entrant, Kind, asks_consent, next_step
from tests.sitting.test_state import SMALL

Q = edition(parse("small.toml", SMALL)).questionnaire
KINDS: list[Kind] = ["here", "invitation", "preview"]


@st.composite
def rounds(draw: st.DrawFn) -> Round:
    least = draw(st.sampled_from([1, *range(FLOOR, 9)]))
    groups = draw(st.sampled_from([("board", "staff"), ("staff",), (EVERYBODY,)]))
    invited = {group: draw(st.integers(1, 40)) for group in groups}
    rules = Rules(
        thresholds=Thresholds(least, least + draw(st.integers(0, 20))),
        small_groups=draw(st.sampled_from(["consent", "leave_out", "pool"])),
        codes=draw(st.booleans()),
        matching=draw(st.booleans()),
    )
    rules = replace(rules, asks_consent=asked_for_consent(invited, rules))
    return Round(id="autumn", key="a" * 32, title="Autumn", questionnaire="", invited=invited, rules=rules)


def told(round: Round, kind: Kind = "here") -> str:
    return "\n".join(f"{about}: {words}" for about, words in round_notices.welcome(round, Q, kind))


def changed(round: Round, **rules: object) -> Round:
    return replace(round, rules=replace(round.rules, **rules))  # type: ignore[arg-type]  # of whatever rule it is


@given(rounds(), st.sampled_from(KINDS))
def test_every_threshold_is_told_with_its_number(round: Round, kind: Kind) -> None:
    thresholds, words = round.rules.thresholds, told(round, kind)
    if not thresholds.protect:
        assert "even the answers of one person" in words
        assert "fewer than" not in words
        return
    numbers = set(map(int, re.findall(r"at least (\d+) people", words)))
    assert {thresholds.min_group, thresholds.min_detail} <= numbers
    assert f"fewer than {thresholds.min_group} people" in words


@given(rounds(), st.integers(1, 3))
def test_another_threshold_is_told_otherwise(round: Round, more: int) -> None:
    least, detail = round.rules.thresholds.min_group, round.rules.thresholds.min_detail
    other = max(FLOOR, least + more)
    assert told(changed(round, thresholds=Thresholds(other, max(other, detail)))) != told(round)
    if round.rules.thresholds.protect:
        assert told(changed(round, thresholds=Thresholds(least, detail + more))) != told(round)


@given(rounds())
def test_what_happens_to_small_groups_is_told(round: Round) -> None:
    words = told(round)
    asked = any(asks_consent(round, group) for group in round.invited)
    assert ("have agreed" in words) == asked
    joined = round.rules.thresholds.protect and round.rules.small_groups == "pool" and len(round.invited) > 1
    assert ("joined with others" in words) == joined
    if len(round.invited) > 1:
        for group in round.invited:
            assert (f"({round.invited[group]})" in words) or not asks_consent(round, group)


@given(rounds())
def test_codes_are_told_where_there_are_some(round: Round) -> None:
    for codes in (True, False):
        words = told(changed(round, codes=codes))
        assert ("Your admission code" in words) == codes
        assert ("your admission code brings you back" in words) == codes
        assert ("resume code" in words) != codes


@given(rounds(), st.sampled_from(KINDS))
def test_that_a_made_up_code_can_be_guessed_is_told_where_there_are_some(round: Round, kind: Kind) -> None:
    for matching in (True, False):
        words = told(changed(round, matching=matching), kind)
        assert ("Choose a code nobody could guess" in words) == matching


@given(rounds(), st.sampled_from(KINDS))
def test_who_can_read_what_is_told_in_every_round(round: Round, kind: Kind) -> None:
    words = told(round, kind)
    assert "The person who keeps that file could read single answers in it" in words
    assert "So your answers are confidential, but not anonymous." in words
    assert "So please don't write anything that could identify someone." in words
    assert "Until the round closes, all anyone can see is how many have handed in" in words
    knows = any(has_numbered_letters(round, group) for group in round.invited)
    assert ("the person who runs it also sees which letters have not been used yet" in words) == knows
    assert "until the round closes" in words.lower()
    assert ("knows that it is yours" in words) == (kind == "invitation")
    assert ("Nothing is saved" in words) == (kind == "preview")


@given(rounds())
def test_who_is_asked_is_told_their_number_and_what_follows(round: Round) -> None:
    for group in round.invited:
        if not asks_consent(round, group):
            continue
        words = " ".join(round_notices.consent(round, Q, group))
        least = round.rules.thresholds.min_group
        for said in (
            f"has {round.invited[group]} people",
            f"fewer than {least}",
            f"at least {FLOOR} of you",
            "everyone who hands in says yes",
            "If anyone says no",
            "may guess why",
        ):
            assert said in words
        can_be_enough = round.invited[group] >= least
        after = [round_notices.after_consent(round, group, agrees) for agrees in (True, False)]
        assert (f"If {least} or more of you hand in" in words) == can_be_enough
        assert all((f"If fewer than {least} of you hand in" in said) == can_be_enough for said in (words, *after))
        assert f"at least {FLOOR} hand in" in after[0]


@given(rounds())
def test_nothing_is_asked_twice_and_nothing_left_out(round: Round) -> None:
    entrant, asked = Entrant(ticket=Ticket(round=round.key)), []
    while (what := next_step(round, entrant)) != "begin":
        asked.append(what)
        match what:
            case "welcome":
                entrant = entrant.after_welcome()
            case "code":
                entrant = entrant.admitted(entrant.ticket, "K7QM-3RTP-9XWD", None)
            case "group":
                entrant = entrant.in_group(next(iter(round.invited)))
            case "consent":
                entrant = entrant.agreeing(False)
            case "matching":
                entrant = entrant.matched_by("")
    assert len(asked) == len(set(asked))
    assert asked[0] == "welcome"
    assert ("code" in asked, "matching" in asked) == (round.rules.codes, round.rules.matching)
    assert ("consent" in asked) == asks_consent(round, next(iter(round.invited)))


@pytest.mark.parametrize("group", ["board", "staff"])
def test_a_group_of_two_is_not_asked_what_cannot_be(group: str) -> None:
    invited = {"board": 2, "staff": 3}
    rules = Rules(small_groups="consent")
    rules = replace(rules, asks_consent=asked_for_consent(invited, rules))
    round = Round(id="x", key="a", title="X", questionnaire="", invited=invited, rules=rules)
    assert asks_consent(round, group) == (group == "staff")
