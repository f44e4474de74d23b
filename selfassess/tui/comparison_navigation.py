"""Which screen follows which in a comparison: choosing the rounds, and its pages."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from selfassess.model.round import Round
from selfassess.project.plans import Plans
from selfassess.project.project import Project
from selfassess.project.rounds import Rounds
from selfassess.services.projects import closed_rounds
from selfassess.tui.help_texts import comparison_help
from selfassess.tui.navigator import Navigator

if TYPE_CHECKING:
    from selfassess.model.reports import ComparisonReport

WAITING = "One moment: what moved is being worked out."
WHICH_FIRST = "Which round came first?"
ORDER = "Only you can say which round came first."


def can_compare(project: Project) -> bool:
    """Whether the project has two closed rounds."""
    return len(closed_rounds(project)) > 1


def in_order(project: Project, one: Round, other: Round) -> tuple[Round, Round] | None:
    """Two rounds, the earlier first, if one was created to follow the other; else None."""
    from selfassess.services.plan import previous_round_ids

    for before, after in ((one, other), (other, one)):
        if before.id in previous_round_ids(Rounds(project), after)[1:]:
            return before, after
    return None


async def choose_rounds(navigator: Navigator, project: Project) -> None:
    """Ask which two rounds to compare, and show the comparison."""
    found = await navigator.patiently(lambda: closed_rounds(project))
    if len(found) == 2 and (known := in_order(project, found[0], found[1])):
        await _compare(navigator, project, known)
        return
    while (first := await _ask(navigator, WHICH_FIRST, ORDER, found)) is not None:
        others = [one for one in found if one.key != first.key]
        if len(others) == 1:
            later: Round | None = others[0]
        else:
            later = await _ask(navigator, "And the later one?", f"It is compared with: {first.title}", others)
        if later is not None:
            await _compare(navigator, project, (first, later))
            return


async def choose_other_round(navigator: Navigator, project: Project, round: Round) -> None:
    """Ask which round to compare this one with, and show the comparison."""
    others = [one for one in await navigator.patiently(lambda: closed_rounds(project)) if one.key != round.key]
    if not others:
        await navigator.notice("Nothing to compare with", "There is no other closed round yet.")
        return
    other: Round | None = others[0]
    if len(others) > 1:
        said = f"What moved between it and {round.title}"
        other = await _ask(navigator, "Compare with which round?", said, others)
    if other is None:
        return
    rounds = in_order(project, other, round)
    if rounds is None:
        first = await _ask(navigator, WHICH_FIRST, ORDER, (other, round))
        if first is None:
            return
        rounds = (first, round if first.key == other.key else other)
    await _compare(navigator, project, rounds)


async def _ask(navigator: Navigator, heading: str, said: str, rounds: Sequence[Round]) -> Round | None:
    from selfassess.tui.screens.pickers import RoundPicker

    return await navigator.ask(RoundPicker(heading, said, rounds))


async def _compare(navigator: Navigator, project: Project, rounds: tuple[Round, Round]) -> None:
    """Work out a comparison and show it. What it shows goes into the release log first."""

    def work() -> "ComparisonReport":
        from selfassess.services.comparisons import compare_with_plan

        return compare_with_plan(Rounds(project), rounds)

    report = await navigator.work_out(WAITING, work)
    await show_comparison(navigator, report, Plans(project), back_words="Back")


async def show_comparison(
    navigator: Navigator, report: "ComparisonReport", plans: Plans | None = None, *, back_words: str = "Leave"
) -> None:
    """Show the pages of a comparison. Without plans there is no plan to open from them."""
    from selfassess.tui.screens.compare_rounds import CompareRounds, ComparisonView

    view = ComparisonView(report)
    names = " ".join(one.id for one in report.rounds)
    said, has_plan = navigator.reminder, plans is not None
    with navigator.help_on(comparison_help(f"{navigator.command} compare {names}")):
        while await navigator.ask(CompareRounds(view, said, has_plan=has_plan, back_words=back_words)) == "plan":
            said = ""
            if plans:
                from selfassess.tui.plan_navigation import show_plan

                await show_plan(navigator, plans, back_words="Back")
