"""What each way with small groups would mean, in sentences."""

from hypothesis import given
from hypothesis import strategies as st

from selfassess.cli.round_choices import choices, numbers
from selfassess.model.round import Thresholds

TITLES = {"board": "Board members", "staff": "Staff", "external": "External partners"}
PARTNERSHIP = {"board": 12, "staff": 16, "external": 4}


def sentences(invited: dict[str, int]) -> dict[str, str]:
    return {one.way: " ".join(one.sentences) for one in choices(invited, Thresholds(), TITLES)}


def test_the_numbers_invited_are_in_view() -> None:
    assert numbers(PARTNERSHIP, Thresholds(), TITLES) == (
        "Invited: Board members 12, Staff 16, External partners 4 (32 in all).",
        "A group's scores are shown if 5 or more of it hand in; single questions and comments from 10 answers on.",
    )


def test_consent_names_who_is_asked_and_what_would_be_shown() -> None:
    said = sentences(PARTNERSHIP)["consent"]
    assert "Asked before they answer: External partners (4)." in said
    assert "It is shown from 3 on, if all who hand in agree; one “no”, and it is left out." in said
    assert "shown: Board members and Staff, each by itself; External partners if all of them agree." in said
    assert "If half of each group hand in: shown: Board members and Staff, each by itself. Left out: External" in said


def test_leaving_out_names_who_is_certain_to_be() -> None:
    said = sentences(PARTNERSHIP)["leave_out"]
    assert "With these numbers that is certain for External partners (4)." in said
    assert "Left out: External partners." in said
    assert "certain" not in sentences({"board": 12})["leave_out"]


def test_pooling_names_who_would_be_one_group() -> None:
    assert "shown: Staff; Board members and External partners as one group." in sentences(PARTNERSHIP)["pool"]


def test_without_small_groups_nobody_is_asked() -> None:
    assert "Every group has 10 or more people, so nobody needs to be asked." in sentences({"board": 12})["consent"]


def test_one_or_two_are_never_shown() -> None:
    assert "With fewer than 3 people this is never shown: Staff." in sentences({"board": 12, "staff": 2})["consent"]


def test_too_few_for_single_questions_is_told() -> None:
    assert "No single questions, since that is fewer than 10 people." in sentences({"board": 6})["leave_out"]
    assert "nothing is shown." in sentences({"board": 3, "staff": 2})["leave_out"]


def test_everybody_has_a_name_where_there_are_no_groups() -> None:
    assert "Everybody" in sentences({"": 6})["consent"]
    assert "nothing to join it with" in sentences({"": 6})["pool"]


@given(st.dictionaries(st.sampled_from(["board", "staff", "external"]), st.integers(1, 40), min_size=1))
def test_any_numbers_have_their_sentences(invited: dict[str, int]) -> None:
    for said in sentences(invited).values():
        assert said.endswith(".")
        assert "  " not in said
