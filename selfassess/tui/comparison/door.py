"""The way to a comparison from the home screen and from a round's results, and back."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from selfassess.model.round import Round
from selfassess.storage.plans import Plans
from selfassess.storage.project import Project
from selfassess.storage.rounds import Rounds

if TYPE_CHECKING:
    from selfassess.tui.flow import Flow

WAITING = "One moment: what moved is being worked out."
ORDER = "The program does not know which round came first: that is yours to say."


def can_compare(project: Project) -> bool:
    """Whether there are two closed rounds in a shared project."""
    return project.kind == "shared" and len(list(_closed(project))) > 1


def ask_rounds(flow: "Flow", project: Project, back: Callable[[], None]) -> None:
    """Ask which two rounds to compare, the earlier first; then show them, with another screen behind."""
    found = list(_closed(project))

    def later(first: Round) -> None:
        def both(one: Round) -> None:
            present(flow, project, (first, one), back)

        others = [one for one in found if one.key != first.key]
        if len(others) == 1:
            both(others[0])
        else:
            again = partial(ask_rounds, flow, project, back)
            _ask(flow, "And the later one?", f"It is compared with: {first.title}", others, both, again)

    if len(found) == 2 and (known := in_order(project, found[0], found[1])):
        present(flow, project, known, back)
    else:
        _ask(flow, "Which round came first?", ORDER, found, later, back)


def ask_other(flow: "Flow", project: Project, round: Round, back: Callable[[], None]) -> None:
    """Ask with which round one is compared, and which of the two came first; then show them."""

    def order(other: Round) -> None:
        def both(first: Round) -> None:
            present(flow, project, (first, round if first.key == other.key else other), back)

        if known := in_order(project, other, round):
            present(flow, project, known, back)
        else:
            _ask(flow, "Which round came first?", ORDER, (other, round), both, back)

    others = [one for one in _closed(project) if one.key != round.key]
    if len(others) == 1:
        order(others[0])
    elif others:
        _ask(flow, "Compare with which round?", f"What moved between it and: {round.title}", others, order, back)
    else:
        flow.notice("Nothing to compare with", "There is no other closed round yet.", back)


def present(flow: "Flow", project: Project, rounds: tuple[Round, Round], back: Callable[[], None]) -> None:
    """The comparison of two rounds, with another screen behind it. What it shows is noted down before."""
    from selfassess.tui.screens.waiting import Waiting

    def show() -> None:
        from selfassess.services.comparisons import compare_rounds as compared
        from selfassess.services.comparisons import with_plan
        from selfassess.tui.comparison.flow import Comparing

        kept = Rounds(project)
        report = with_plan(kept, compared(kept, rounds))
        Comparing(flow.opening, flow.stage, report, back, Plans(project)).board()

    flow.stage.show(Waiting(flow, WAITING, partial(flow.attempt, show)))


def in_order(project: Project, one: Round, other: Round) -> tuple[Round, Round] | None:
    """Two rounds, the earlier first, where one was made to follow the other; None where nobody said so."""
    from selfassess.services.plan import previous_round_ids as ids_before

    for before, after in ((one, other), (other, one)):
        if before.id in ids_before(Rounds(project), after)[1:]:
            return before, after
    return None


def _closed(project: Project) -> Iterator[Round]:
    yield from (round for round in Rounds(project).all() if round.state == "closed")


def _ask(
    flow: "Flow",
    heading: str,
    said: str,
    rounds: Iterable[Round],
    chosen: Callable[[Round], None],
    back: Callable[[], None],
) -> None:
    from selfassess.tui.comparison.which import Which

    flow.stage.show(Which(flow, heading, said, tuple(rounds), chosen, back))
