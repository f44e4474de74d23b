"""What moved between rounds on screen: which rounds are meant, and their comparison."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from selfassess.errors import ProjectInUseError
from selfassess.model.round import Round
from selfassess.storage.plans import Plans
from selfassess.storage.project import Project
from selfassess.storage.rounds import Rounds
from selfassess.tui.help_texts import comparison_help
from selfassess.tui.session import Session

if TYPE_CHECKING:
    from selfassess.report.compared import ComparisonReport

WAITING = "One moment: what moved is being worked out."
WHICH_FIRST = "Which round came first?"
ORDER = "The program does not know which round came first: that is yours to say."


def can_compare(project: Project) -> bool:
    """Whether there are two closed rounds in a shared project."""
    return project.kind == "shared" and len(_closed(project)) > 1


def in_order(project: Project, one: Round, other: Round) -> tuple[Round, Round] | None:
    """Two rounds, the earlier first, where one was made to follow the other; None where nobody said so."""
    from selfassess.report.plan_before import ids_before

    for before, after in ((one, other), (other, one)):
        if before.id in ids_before(Rounds(project), after)[1:]:
            return before, after
    return None


def _closed(project: Project) -> list[Round]:
    return [round for round in Rounds(project).all() if round.state == "closed"]


async def choose_rounds(session: Session, project: Project) -> None:
    """Ask which two rounds to compare, the earlier first; then show them."""
    found = await session.patiently(lambda: _closed(project))
    if len(found) == 2 and (known := in_order(project, found[0], found[1])):
        await _compare(session, project, known)
        return
    while (first := await _ask(session, WHICH_FIRST, ORDER, found)) is not None:
        others = [one for one in found if one.key != first.key]
        if len(others) == 1:
            later: Round | None = others[0]
        else:
            later = await _ask(session, "And the later one?", f"It is compared with: {first.title}", others)
        if later is not None:
            await _compare(session, project, (first, later))
            return


async def choose_other_round(session: Session, project: Project, round: Round) -> None:
    """Ask with which round one is compared, and which of the two came first; then show them."""
    others = [one for one in await session.patiently(lambda: _closed(project)) if one.key != round.key]
    if not others:
        await session.notice("Nothing to compare with", "There is no other closed round yet.")
        return
    other: Round | None = others[0]
    if len(others) > 1:
        said = f"What moved between it and: {round.title}"
        other = await _ask(session, "Compare with which round?", said, others)
    if other is None:
        return
    rounds = in_order(project, other, round)
    if rounds is None:
        first = await _ask(session, WHICH_FIRST, ORDER, (other, round))
        if first is None:
            return
        rounds = (first, round if first.key == other.key else other)
    await _compare(session, project, rounds)


async def _ask(session: Session, heading: str, said: str, rounds: Sequence[Round]) -> Round | None:
    from selfassess.tui.screens.round_picker import RoundPicker

    return await session.ask(RoundPicker(heading, said, rounds))


async def _compare(session: Session, project: Project, rounds: tuple[Round, Round]) -> None:
    """Work out the comparison of two rounds and show it. What it shows is noted down before."""

    def work() -> "ComparisonReport":
        from selfassess.report.compared import compared
        from selfassess.report.since_of import with_plan

        kept = Rounds(project)
        return with_plan(kept, compared(kept, rounds))

    try:
        report = await session.work_out(WAITING, work)
    except ProjectInUseError:
        report = await session.patiently(work)
    await show_comparison(session, report, Plans(project), back_words="Back")


async def show_comparison(
    session: Session, report: "ComparisonReport", plans: Plans | None = None, *, back_words: str = "Leave"
) -> None:
    """The pages of a comparison, and from them to the plan and back. Without plans there is no plan to go to."""
    from selfassess.tui.pages.comparison import ComparisonView
    from selfassess.tui.plan_navigation import show_plan
    from selfassess.tui.screens.compare_rounds import CompareRounds

    view = ComparisonView(report)
    names = " ".join(one.id for one in report.rounds)
    with session.help_on(comparison_help(f"{session.command} compare {names}")):
        while await session.ask(CompareRounds(view, has_plan=plans is not None, back_words=back_words)) == "plan":
            if plans:
                await show_plan(session, plans, back_words="Back")
