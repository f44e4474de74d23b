"""What makes a round: what is said over what was before, and what cannot be."""

from dataclasses import replace
from pathlib import Path

import pytest

from selfassess.errors import UsageError
from selfassess.model.round import Round, Rules, Thresholds
from selfassess.project.rounds import Rounds
from selfassess.services.round_setup import (
    NOTHING,
    Given,
    Setup,
    Usual,
    as_options,
    changed,
    correct_numbers,
    free_name,
    make_round,
    read_id,
    short_name_of,
    thresholds,
    usual_of,
)
from tests.cli.rounds import EDITION, add_round, shared

SMALL = EDITION.questionnaire
AUTUMN = Round(id="autumn", key="k", title="Autumn", questionnaire=EDITION.sha256, invited={"board": 12, "staff": 4})


def given(**said: object) -> Given:
    return replace(NOTHING, **said)  # type: ignore[arg-type]  # whatever a test says


def test_a_short_name_follows_from_the_title() -> None:
    assert short_name_of("2. Autumn, 2026") == "autumn_2026"
    assert short_name_of("2026") == "round"
    assert short_name_of("The children’s café") == "the_childrens_cafe"
    assert short_name_of("Riverside Partnership Autumn 2026") == "riverside_partnership"
    assert short_name_of("Autumn of the partners, 24") == "autumn_of_the_partners"
    assert short_name_of("x" * 30) == "x" * 24
    with pytest.raises(UsageError, match="There is a round “autumn” already"):
        read_id("autumn", ["autumn"])


def test_a_free_name_is_like_the_title_and_nobody_elses() -> None:
    assert free_name("Autumn 2026", []) == "autumn_2026"
    assert free_name("Autumn 2026", ["autumn_2026", "autumn_2026_2"]) == "autumn_2026_3"
    long = free_name("x" * 80, ["x" * 24])
    assert long == "x" * 20 + "_2"
    assert read_id(long) == long


def test_what_was_said_is_said_by_the_options_of_a_command() -> None:
    assert as_options(NOTHING) == []
    said = given(title="Our autumn", short=True, invited=("board=12", "staff=0"), small_groups="pool", codes=False)
    assert as_options(said) == [
        *("--title 'Our autumn'", "--invited board=12", "--invited staff=0", "--small-groups pool"),
        *("--short", "--no-codes"),
    ]
    assert as_options(given(min_group=6, min_detail=12, short=False, matching=True, codes=True)) == [
        *("--min-group 6", "--min-detail 12", "--full", "--codes", "--matching"),
    ]


def test_thresholds_that_would_protect_nobody_are_none() -> None:
    assert thresholds(given(min_group=12), Thresholds()) == Thresholds(12, 12)
    for said in (given(min_group=2), given(min_group=6, min_detail=5), given(min_detail=1_001)):
        with pytest.raises(UsageError):
            thresholds(said, Thresholds())


def test_without_a_round_before_what_is_recommended_is_usual() -> None:
    assert Usual().way("pool") == "pool"
    assert Usual(round=AUTUMN, rules=Rules(small_groups="consent")).way("pool") == "consent"


def test_numbers_go_over_those_before_and_0_takes_a_group_out() -> None:
    usual = Usual(round=AUTUMN, edition=EDITION, invited=AUTUMN.invited)
    assert usual.numbers(("staff=5",), SMALL) == {"board": 12, "staff": 5}
    assert usual.numbers(("staff=0",), SMALL) == {"board": 12}
    with pytest.raises(UsageError, match="Somebody has to be invited"):
        usual.numbers(("staff=0", "board=0"), SMALL)


def test_who_is_asked_for_consent_follows_from_what_is_changed() -> None:
    after = changed(AUTUMN, given(small_groups="consent"), SMALL)
    assert after.rules.asks_consent == ("staff",)
    assert changed(after, given(invited=("board=8",)), SMALL).rules.asks_consent == ("board", "staff")
    assert changed(after, given(title="Fall"), SMALL) == replace(after, title="Fall")


def test_a_round_is_made_like_another(tmp_path: Path) -> None:
    with shared(tmp_path) as project:
        before, rounds = add_round(project), Rounds(project)
        rounds.set_target(before.id, "overall", "", 80)
        usual = usual_of(rounds, before.title)
        setup = Setup(id="spring", title=before.title, edition=EDITION, form=usual.form, invited={"board": 9},
                      rules=usual.rules, usual=usual)  # fmt: skip  # in few lines
        made = make_round(project, setup)
        assert (made.same_title, made.left) == (("autumn",), {})
        assert made.round.targets == {"overall": {"": 80}}
        assert made.round.rules.asks_consent == ("board",)
        assert rounds.previous("spring") == rounds.get("autumn")


def test_numbers_are_corrected_and_who_was_asked_stays(tmp_path: Path) -> None:
    with shared(tmp_path) as project:
        add_round(project)
        rounds = Rounds(project)
        rounds.fix("autumn")
        found = correct_numbers(rounds, "autumn", ("board=8",))
    assert (dict(found.before), dict(found.now)) == ({"board": 12}, {"board": 8})
    assert (found.was_reported, found.would_ask_others) == (False, True)
