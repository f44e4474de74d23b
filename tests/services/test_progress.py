"""How far a round is, and what comes next."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from selfassess.model.plan import Planned
from selfassess.model.questionnaire import Edition
from selfassess.model.round import Round, Rules
from selfassess.model.sheet import RoundKey, Ticket
from selfassess.project.codes import new_key
from selfassess.project.plans import Plans
from selfassess.project.project import create
from selfassess.project.rounds import Rounds
from selfassess.services.progress import Step, progress_of, running
from selfassess.sitting import state


@pytest.fixture
def rounds(tmp_path: Path) -> Iterator[Rounds]:
    with create(tmp_path / "ours.selfassess", "shared") as ours:
        yield Rounds(ours)


def made(rounds: Rounds, edition: Edition, id: str = "autumn", *, codes: bool = False) -> Round:
    """A round of two people."""
    round = Round(
        id=id,
        key=RoundKey(new_key()),
        title=id.capitalize(),
        questionnaire=edition.sha256,
        invited={"board": 1, "staff": 1},
        rules=Rules(codes=codes),
    )
    rounds.add(round, edition)
    return round


def hand_in(rounds: Rounds, edition: Edition, group: str, number: str) -> None:
    round = rounds.get("autumn")
    draft = replace(state.start(edition, group), ticket=Ticket(round=round.key))
    sheet = state.hand_in(edition.questionnaire, draft)
    rounds.papers.enter(round.id, number, sheet, edition.questionnaire)


def test_one_step_follows_the_other(rounds: Rounds, leadership: Edition) -> None:
    found: list[Step] = []

    def see() -> None:
        found.append(progress_of(rounds, rounds.get("autumn")).next)

    made(rounds, leadership)
    see()
    rounds.fix("autumn")
    see()
    rounds.open("autumn")
    see()
    hand_in(rounds, leadership, "board", "1")
    see()
    hand_in(rounds, leadership, "staff", "2")
    see()
    rounds.close("autumn")
    see()
    rounds.release("autumn", frozenset({("all", "", "responses")}))
    see()
    Plans(rounds.project).add(Planned(text="Meet the neighbours"))
    see()
    assert found == ["invite", "open", "wait", "wait", "close", "report", "plan", "ask again"]


def test_more_of_one_group_do_not_make_up_for_another(rounds: Rounds, leadership: Edition) -> None:
    made(rounds, leadership)
    rounds.fix("autumn")
    rounds.open("autumn")
    hand_in(rounds, leadership, "board", "1")
    hand_in(rounds, leadership, "board", "2")
    progress = progress_of(rounds, rounds.get("autumn"))
    assert (progress.handed_in, progress.invited, progress.next) == (2, 2, "wait")


def test_an_open_round_to_which_nobody_was_invited_asks_for_that(rounds: Rounds, leadership: Edition) -> None:
    made(rounds, leadership)
    rounds.open("autumn")
    assert progress_of(rounds, rounds.get("autumn")).next == "invite"


def test_open_rounds_come_first_and_closed_ones_not_at_all(rounds: Rounds, leadership: Edition) -> None:
    for id in ("autumn", "spring", "winter"):
        made(rounds, leadership, id)
    rounds.open("spring")
    rounds.open("winter")
    rounds.close("winter")
    assert [one.round.id for one in running(rounds)] == ["spring", "autumn"]


def test_a_round_is_not_opened_while_only_some_groups_have_codes(rounds: Rounds, leadership: Edition) -> None:
    found: list[Step] = []
    made(rounds, leadership, codes=True)
    for group in ("board", "staff"):
        rounds.admission.issue("autumn", group, 1)
        found.append(progress_of(rounds, rounds.get("autumn")).next)
    assert found == ["others", "open"]
