"""The targets of a round stand over those of its questionnaire, and change nothing else."""

from dataclasses import replace

from selfassess.definition.build import build
from selfassess.definition.toml import parse
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.round import EVERYBODY, Round
from selfassess.model.targets import with_targets
from selfassess.model.units import nodes, target
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
