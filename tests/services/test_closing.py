"""What is decided when a round closes is what its report and its comparison would have decided later."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from selfassess.disclosure.audit import Audit
from selfassess.disclosure.comparison import Showing
from selfassess.disclosure.release import log_after, withheld
from selfassess.errors import UsageError
from selfassess.model.questionnaire import Edition
from selfassess.project.project import open_project
from selfassess.project.rounds import Rounds
from selfassess.services.closing import decide_ahead
from selfassess.services.comparisons import compare_rounds, release_with_follow_up
from tests.disclosure.made_comparisons import made_story
from tests.examples import some_of
from tests.remembered import GENUINE
from tests.services.made_progress import REWORDED, made_project, note_order, reworded

pytestmark = pytest.mark.slow

Copy = Callable[[], Rounds]


@pytest.fixture
def copy(once: Callable[[str, Callable[[Path], object]], Path], leadership: Edition, tmp_path: Path) -> Iterator[Copy]:
    """Two closed rounds, one after the other, of which nothing was shown: another copy each time."""

    def make(path: Path) -> None:
        made_project(path, {"autumn": leadership, "spring": reworded(leadership, *REWORDED)})
        with open_project(path) as project:
            note_order(project)

    made, opened = once("two_rounds.selfassess", make), []

    def copied() -> Rounds:
        project = open_project(shutil.copy(made, tmp_path / f"{len(opened)}.selfassess"))
        opened.append(project)
        return Rounds(project)

    yield copied
    for project in opened:
        project.close()


@pytest.fixture(autouse=True)
def worked_out_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is worked out each time, as in the program."""
    for where, name, work_out in GENUINE:
        monkeypatch.setattr(where, name, work_out)


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> list[Audit]:
    """Every time that it is looked whether something could be worked out, from now on."""
    found: list[Audit] = []
    discloses = Audit.discloses

    def noted(self: Audit, *given: object) -> bool:
        found.append(self)
        return discloses(self, *given)  # type: ignore[arg-type]  # as they came

    monkeypatch.setattr(Audit, "discloses", noted)
    return found


def decided_ahead(rounds: Rounds, *names: str) -> Rounds:
    for name in names:
        decide_ahead(rounds, rounds.get(name))
    return rounds


def logs(rounds: Rounds) -> list[frozenset[tuple[str, str, str]]]:
    return [rounds.released(name) for name in ("autumn", "spring")]


def test_the_first_report_tells_the_same_and_looks_for_nothing(copy: Copy, searches: list[Audit]) -> None:
    late = copy()
    expected = release_with_follow_up(late, late.get("spring"))
    assert searches
    early = decided_ahead(copy(), "autumn", "spring")
    assert logs(early) == [frozenset(), frozenset()]
    searches.clear()
    assert release_with_follow_up(early, early.get("spring")) == expected
    assert not searches
    assert logs(early) == logs(late)


def test_the_round_before_may_have_been_shown_by_then(copy: Copy, searches: list[Audit]) -> None:
    late, early = copy(), copy()
    for rounds in (late, early):
        compare = compare_rounds(rounds, [rounds.get("spring"), rounds.get("autumn")])  # the other way round
        assert compare.comparison.cells
    assert decided_ahead(early, "spring").foreseen("spring", "report") is None, "a report of it was made"
    searches.clear()
    told = [release_with_follow_up(rounds, rounds.get("spring")) for rounds in (late, early)]
    assert told[0] == told[1]
    assert logs(early) == logs(late)


def test_where_anything_is_different_by_then_it_is_decided_anew(copy: Copy, searches: list[Audit]) -> None:
    late, early = copy(), decided_ahead(copy(), "autumn", "spring")
    for rounds in (late, early):
        rounds.correct("spring", {"board": 14})
    expected = release_with_follow_up(late, late.get("spring"))
    searches.clear()
    assert release_with_follow_up(early, early.get("spring")) == expected
    assert searches
    assert logs(early) == logs(late)


def test_another_comparison_in_between_counts(copy: Copy, searches: list[Audit]) -> None:
    """The one that was foreseen does not know of it."""
    late, early = copy(), decided_ahead(copy(), "autumn", "spring")
    for rounds in (late, early):
        compare_rounds(rounds, [rounds.get("spring"), rounds.get("autumn")])
    searches.clear()
    told = [release_with_follow_up(rounds, rounds.get("spring")) for rounds in (late, early)]
    assert told[0] == told[1]
    assert logs(early) == logs(late)


def test_a_round_can_be_opened_again_and_nothing_is_left_of_it(copy: Copy) -> None:
    rounds = decided_ahead(copy(), "autumn", "spring")
    assert rounds.foreseen("spring", "report") is not None is not rounds.foreseen("spring", "comparison")
    rounds.reopen("spring")
    assert rounds.foreseen("spring", "report") is None is rounds.foreseen("spring", "comparison")
    found = rounds.foreseen("autumn", "report")
    assert found is not None
    with pytest.raises(UsageError, match="not closed"):
        rounds.foresee("spring", "report", found)


def test_it_goes_with_its_round(copy: Copy) -> None:
    rounds = decided_ahead(copy(), "spring")
    rounds.delete("spring")
    left = rounds.project.database.rows("SELECT key FROM project WHERE instr(key, 'foreseen')")
    assert [*left] == []


SOME = (304, 310, 312, 314, 316, 319, 321)
"""Small rounds, in all but the first of which something is withheld because of something else."""
SEEDS = some_of((*SOME, *(seed for seed in range(300, 400) if seed not in SOME)), len(SOME))


@pytest.mark.parametrize("seed", SEEDS)
def test_recalled_and_decided_are_the_same_with_the_same_reasons(seed: int) -> None:
    first, second = made_story(Random(seed)).rounds
    for told in (first, second):
        decided = withheld(told.round, told.results, frozenset())
        assert withheld(told.round, told.results, log_after(told.results, decided, frozenset()))[1] == decided[1]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_comparison_that_was_foreseen_is_the_same(seed: int) -> None:
    pair = made_story(Random(seed)).pair(0, 1)
    searched, known = Showing(pair, {}), Showing(pair, {})
    searched.decide()
    known.foreseen = [one.new for one in searched.rounds]
    known.decide()
    assert (known.shown, known.why, known.moves) == (searched.shown, searched.why, searched.moves)
    assert [one.new for one in known.rounds] == [one.new for one in searched.rounds]
