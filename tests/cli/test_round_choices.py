"""What each way with small groups would show, before one is chosen."""

import io

import pytest

from selfassess.cli.round.new import _ask_small_groups
from selfassess.cli.round.outlook import table
from selfassess.definition.tables import build
from selfassess.definition.toml_source import parse
from selfassess.model.questionnaire import Edition, Questionnaire
from selfassess.model.round import Round, Rules, SmallGroups, Thresholds, groups_of
from selfassess.services.round_setup import Usual
from selfassess.services.small_groups import Choice, choices, numbers
from tests.cli.conftest import SMALL
from tests.services.made import PLAIN

TITLES = {"board": "Board members", "staff": "Staff", "external": "External partners"}
TEN = {"board": 10, "staff": 16, "external": 4}


@pytest.fixture(scope="module")
def ten(partnership: Edition) -> tuple[Choice, ...]:
    return choices(TEN, Thresholds(), partnership.questionnaire, "full", TITLES)


def small() -> Questionnaire:
    return build(parse("small.toml", SMALL.encode()).table)


def test_the_numbers_invited_are_in_view() -> None:
    assert numbers(TEN, Thresholds(), TITLES) == (
        "Invited: Board members 10, Staff 16, External partners 4 (30 in all).",
        "We show a group's scores once 5 of its people have answered;",
        "single questions and comments once 10 have.",
    )


@pytest.mark.slow
def test_the_table_says_group_by_group_what_each_choice_shows_and_hides(ten: tuple[Choice, ...]) -> None:
    lines = list(table(ten, TEN, TITLES))
    assert lines[:8] == [
        "About how many scores (of 21) / single questions (of 44) each would show:",
        "                           1 consent        2 leave_out      3 pool",
        "If all hand in (2 groups compared)",
        "  All together             21 / 44          21 / 44          21 / 44",
        "  Board members (10)       21 / 0           21 / 26          joined",
        "  Staff (16)               21 / 42          21 / 26          21 / 42",
        "  External partners (4)    20 / 0           left out         joined",
        "  Joined groups, as one    –                –                21 / 42",
    ]
    assert lines[8] == "If half do (2 groups compared)"
    assert "  External partners (2)    left out         left out         joined" in lines


def test_everybody_has_a_name_where_there_are_no_groups() -> None:
    plain = build(parse("plain.toml", PLAIN.encode()).table)
    some = choices({"": 6}, Thresholds(), plain, "full", {})
    lines = list(table(some, {"": 6}, {}))
    assert lines[2:4] == ["If all hand in", "  Everybody (6)            3 / 0            3 / 0            3 / 0"]


def asked(
    monkeypatch: pytest.MonkeyPatch, invited: dict[str, int], questionnaire: Questionnaire, usual: Usual, typed: str
) -> SmallGroups:
    monkeypatch.setattr("selfassess.cli.terminal.is_terminal", lambda *_: True)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    return _ask_small_groups(invited, Thresholds(), questionnaire, "full", usual)


def test_enter_takes_what_is_recommended(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    assert asked(monkeypatch, {"board": 4, "staff": 4}, small(), Usual(), "\n") == "consent"
    said = capsys.readouterr().err
    assert "1  consent (recommended: it shows the most): " in said
    assert "Small groups (Enter alone: consent)" in said
    assert asked(monkeypatch, {"board": 4, "staff": 4}, small(), Usual(), "pool\n") == "pool"


def test_enter_takes_what_was_before_where_there_was_a_round(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Round(id="autumn", key="k", title="Autumn", questionnaire="q")
    usual = Usual(round=before, rules=Rules(small_groups="leave_out"))
    assert asked(monkeypatch, {"board": 4, "staff": 4}, small(), usual, "\n") == "leave_out"
    said = capsys.readouterr().err
    assert "1  consent (recommended: it shows the most): " in said
    assert "2  leave_out (as before): " in said


@pytest.mark.slow
@pytest.mark.parametrize("invited", [(12, 16, 4), (9, 8, 4), (6, 2, 2), (4, 4, 4), (30, 2, 6)])
def test_all_of_it_and_the_question_fit_a_small_terminal(
    leadership: Edition,
    invited: tuple[int, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    sizes = dict(zip(groups_of(leadership.questionnaire), invited, strict=True))
    asked(monkeypatch, sizes, leadership.questionnaire, Usual(), "\n")
    lines = capsys.readouterr().err.splitlines()
    assert lines[-1].strip().startswith("Small groups (Enter alone: ")
    assert len(lines) <= 24, lines
    assert max(map(len, lines)) <= 80
