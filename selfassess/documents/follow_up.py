"""What became of the plan, in words: what was done and what has moved since, and what a report need not suggest again.

No cause is claimed anywhere: what was done stands beside what people see now.
"""

from collections.abc import Sequence

from selfassess.dates import MONTHS
from selfassess.documents.blocks import Block, Heading, Paragraph, Section
from selfassess.documents.comparison.wording import followed
from selfassess.documents.wording import Report, notes
from selfassess.model.plan import ORDER, Plan, Planned, dropped_before
from selfassess.model.reports import FollowedAction, FollowUp
from selfassess.model.results import Settled, Suggestion
from selfassess.text import capital

TITLE = "What we planned, and what happened since"
NO_PROOF = (
    "A change after an action does not prove that the action did it: by chance, the lowest scores rise more often "
    "than they fall."
)


def section(since: FollowUp | None) -> Section | None:
    """The list; None where there is none."""
    if since is None:
        return None
    told = f"What was in the plan, and what its benchmarks did since “{since.before.title}”. {NO_PROOF}"
    blocks: list[Block] = [Paragraph(told, "quiet")]
    if since.why_none:
        blocks.append(Paragraph(f"We can't say what they did: {since.why_none}"))
    for one in since.actions:
        blocks.append(Heading(one.planned.text, one.planned.id))
        blocks.append(Paragraph(sentence(one)))
    return Section("since", TITLE, tuple(blocks))


def sentence(one: FollowedAction) -> str:
    """How an action stands, and what its benchmark did: "Done in May 2026; “Communication” moved from 41 to 58 …"."""
    words = followed(one) or ("" if one.planned.node else "no score was named for it")
    return f"{capital('; '.join(filter(None, (state(one.planned), words))))}."


def state(planned: Planned) -> str:
    """How an action stands: "done in May 2026", "dropped (no money for it)"."""
    if planned.status == "done" and planned.done:
        return f"done in {MONTHS[planned.done.month - 1]} {planned.done.year}"
    if planned.status == "dropped" and planned.why:
        return f"dropped ({planned.why.rstrip('.')})"
    return planned.status


SETTLED = "Already in the plan, so not suggested again"


def actions_about(plan: Plan, node: str, group: str | None) -> tuple[Planned, ...]:
    """The actions that are about a node, what is done first; of one group those that are for it, or for everybody."""
    found = [one for one in plan if one.node == node and (group is None or not one.groups or group in one.groups)]
    return tuple(sorted(found, key=lambda one: ORDER.index(one.status)))


def settled_actions(some: Sequence[Settled]) -> tuple[Planned, ...]:
    """The actions of the plan that suggestions are settled by, each once, what is done first."""
    found = {one.planned.id: one.planned for one in some}
    return tuple(sorted(found.values(), key=lambda one: ORDER.index(one.status)))


def standing(planned: Planned) -> str:
    """How an action stands, to be read in brackets: "done in May 2026", "dropped: no money for it"."""
    if planned.status == "dropped" and planned.why:
        return f"dropped: {planned.why.rstrip('.')}"
    return state(planned)


def standing_and_owner(planned: Planned) -> str:
    """The same, and who is responsible: "under way; owner: the chair"."""
    owner = f"owner: {planned.owner}" if planned.owner and planned.is_open else ""
    return "; ".join(filter(None, (standing(planned), owner)))


def headed(planned: Planned) -> tuple[str, str]:
    """How an action stands as a heading, and what else there is to say: "Planned" and "under way; owner: the chair",
    "Done in May 2026" and nothing, "Dropped" and "no money for it"."""
    if planned.is_open:
        return "Planned", standing_and_owner(planned)
    if planned.status == "dropped":
        return "Dropped", planned.why.rstrip(".")
    return capital(state(planned)), ""


def in_a_line(planned: Planned) -> str:
    """An action with how it stands: "Done in May 2026: Send the papers out a week before."."""
    head, note = headed(planned)
    return f"{head}: {planned.text}{f' ({note})' if note else ''}"


def no_suggestions(settled_by: Sequence[Settled]) -> str:
    """The sentence where nothing is suggested."""
    if settled_by:
        return "Nothing new is suggested: all that the results call for is in the plan already."
    return "Nothing is suggested: no gap, split or difference calls for an action."


def action_notes(report: Report, plan: Plan, round: str, one: Suggestion) -> str:
    """Where a suggestion comes from, which skills it needs, and that it was dropped before."""
    return "; ".join(filter(None, (was_dropped(plan, round, one), notes(report, one))))


def was_dropped(plan: Plan, round: str, one: Suggestion) -> str:
    """That a suggestion was in the plan before and why it was dropped; nothing where it was not."""
    before = dropped_before(plan, round, one.action.id)
    return f"it was in the plan before, and {standing(before)}" if before else ""
