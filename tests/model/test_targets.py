"""The targets of a round stand over those of its questionnaire, and change nothing else."""

from dataclasses import replace

from selfassess.definition.tables import build
from selfassess.definition.toml_source import parse
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.round import EVERYBODY, Round, carried_over, with_targets
from selfassess.model.score_tree import nodes, target
from tests.cli.conftest import SMALL

ROUND = Round(id="autumn", key="k", title="Autumn", questionnaire="q")


def questionnaire() -> Questionnaire:
    small = build(parse("small.toml", SMALL.encode()).table)
    strand = small.strands[0]
    meeting = replace(strand.benchmarks[0], target=60, targets={"board": 70, "staff": 65})
    return replace(small, strands=(replace(strand, benchmarks=(meeting,)),))


def found(targets: dict[str, dict[str, float]], node: str = "meeting") -> list[float | None]:
    aimed = with_targets(questionnaire(), replace(ROUND, targets=targets))
    return [target(aimed, nodes(aimed)[node], group) for group in (None, "board", "staff")]


def test_a_round_without_targets_leaves_the_questionnaire_as_it_is() -> None:
    small = questionnaire()
    assert with_targets(small, ROUND) is small


def test_a_target_for_everybody_takes_the_place_of_all_others_in_the_file() -> None:
    assert found({}) == [60, 70, 65]
    assert found({"meeting": {EVERYBODY: 80}}) == [80, 80, 80]
    assert found({"meeting": {EVERYBODY: 80, "staff": 85}}) == [80, 80, 85]


def test_a_target_for_one_group_leaves_the_others_as_they_are() -> None:
    assert found({"meeting": {"staff": 90}}) == [60, 70, 90]


def test_strands_and_the_whole_have_targets_too_and_nought_is_one() -> None:
    assert found({"one": {EVERYBODY: 0}}, "one") == [0, 0, 0]
    assert found({"overall": {"board": 50}}, "overall") == [75, 50, 75]


def test_nothing_but_targets_differs() -> None:
    small = questionnaire()
    aimed = with_targets(small, replace(ROUND, targets={"meeting": {EVERYBODY: 80}}))
    back = replace(aimed.strands[0], benchmarks=small.strands[0].benchmarks)
    assert replace(aimed, strands=(back,)) == small


SET = {"overall": {EVERYBODY: 50.0}, "meeting": {EVERYBODY: 80.0, "board": 85.0, "staff": 70.0}}


def test_targets_hold_for_a_later_round_of_the_same() -> None:
    assert carried_over(SET, questionnaire(), questionnaire(), ("board", "staff")) == (SET, {})


def test_the_target_of_a_group_that_takes_no_part_is_left() -> None:
    kept, left = carried_over(SET, questionnaire(), questionnaire(), ("board",))
    assert kept == {"overall": {EVERYBODY: 50}, "meeting": {EVERYBODY: 80, "board": 85}}
    assert left == {"meeting": {"staff": 70}}


def test_a_target_on_another_scale_than_before_is_left() -> None:
    small = questionnaire()
    strand = small.strands[0]
    on_its_own = replace(strand.benchmarks[0], units="own", target=None, targets={})
    later = replace(small, strands=(replace(strand, benchmarks=(on_its_own,)),))
    assert carried_over(SET, small, later, ("board", "staff")) == (
        {"overall": SET["overall"]},
        {"meeting": SET["meeting"]},
    )
    own = {"meeting": {EVERYBODY: 2.5}}
    assert carried_over(own, later, later, ()) == (own, {})
    longer = replace(later, scales={id: replace(one, points=one.points[1:]) for id, one in later.scales.items()})
    assert carried_over(own, later, longer, ()) == ({}, own)


def test_a_target_of_what_is_scored_no_more_is_left() -> None:
    small = questionnaire()
    strand = small.strands[0]
    later = replace(small, strands=(replace(strand, benchmarks=(replace(strand.benchmarks[0], method="none"),)),))
    assert carried_over(SET, small, later, ("board", "staff"))[1] == {"meeting": SET["meeting"]}
