"""What each way with small groups would mean, in sentences."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.cli.round_choices import DEFAULT, choices, numbers
from selfassess.cli.round_making import _ask_small_groups
from selfassess.definition.library import find
from selfassess.definition.reader import read
from selfassess.model.round import Thresholds, groups_of

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
    assert "Shown from 3 on if all who hand in agree." in said
    assert "If all hand in: Board members; Staff; External partners if all agree." in said
    assert "If half do: Board members; Staff. Left out: External partners." in said


def test_leaving_out_names_who_is_certain_to_be() -> None:
    said = sentences(PARTNERSHIP)["leave_out"]
    assert "Certain for External partners (4)." in said
    assert "Left out: External partners." in said
    assert "Certain" not in sentences({"board": 12})["leave_out"]


def test_pooling_names_who_would_be_one_group() -> None:
    assert "If all hand in: Staff; Board members and External partners as one." in sentences(PARTNERSHIP)["pool"]


def test_without_small_groups_nobody_is_asked() -> None:
    assert "Every group has 10 or more people: nobody is asked." in sentences({"board": 12})["consent"]


def test_one_or_two_are_never_shown() -> None:
    assert "Never: Staff." in sentences({"board": 12, "staff": 2})["consent"]


def test_too_few_for_single_questions_is_told() -> None:
    assert "No single questions: below 10 people." in sentences({"board": 6})["leave_out"]
    assert "nothing is shown." in sentences({"board": 3, "staff": 2})["leave_out"]


def test_everybody_has_a_name_where_there_are_no_groups() -> None:
    assert "Everybody" in sentences({"": 6})["consent"]
    assert "nothing to join it with" in sentences({"": 6})["pool"]


@pytest.mark.parametrize("invited", [(12, 16, 4), (9, 8, 4), (6, 2, 2), (4, 4, 4), (30, 2, 6)])
def test_all_of_it_and_the_question_fit_a_small_terminal(
    invited: tuple[int, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    edition = read(find("partnership"))
    asked = dict(zip(groups_of(edition.questionnaire), invited, strict=True))
    monkeypatch.setattr("selfassess.cli.streams.is_terminal", lambda *_: True)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("sys.stdin", io.StringIO("\n"))
    assert _ask_small_groups(asked, Thresholds(), edition.questionnaire, DEFAULT) == "leave_out"
    lines = capsys.readouterr().err.splitlines()
    assert lines[-1].strip() == "Small groups (Enter alone: leave_out)"
    assert len(lines) <= 24, lines
    assert max(map(len, lines)) < 80


@given(st.dictionaries(st.sampled_from(["board", "staff", "external"]), st.integers(1, 40), min_size=1))
def test_any_numbers_have_their_sentences(invited: dict[str, int]) -> None:
    for said in sentences(invited).values():
        assert said.endswith(".")
        assert "  " not in said
