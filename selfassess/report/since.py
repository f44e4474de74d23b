"""What was planned after a round, and what happened since: in a later round's report, and where the two are compared.

No cause is claimed anywhere: what was done stands beside what people see now.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from selfassess.model.comparison import Named
from selfassess.model.day import MONTHS
from selfassess.model.plan import Planned, Status
from selfassess.report.blocks import Block, Heading, Section, Words
from selfassess.report.wording import capital

if TYPE_CHECKING:
    from selfassess.report.data import Document

TITLE = "What we planned, and what happened since"
NO_PROOF = (
    "That something was done before is no proof that a change came of it: by chance alone, the lowest scores rise more "
    "often than they fall."
)
ORDER: tuple[Status, ...] = ("done", "under way", "agreed", "proposed", "dropped")


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """An action of the plan, and what became of what it should move."""

    planned: Planned
    cell: str = "all"
    """Whose view is told of: that of all, or of the one group that it is for."""
    words: str = ""
    """What its benchmark did since; nothing where it names none, or nothing can be told of any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """What was planned after one round, as it stands at a later one."""

    before: Named
    actions: tuple[Followed, ...]
    """What is done first, then what is being done, what is not begun, and what was dropped."""
    why_none: str = ""
    """Why nothing can be told of any change; nothing where something can."""

    def narrowed(self, group: str | None, inside: frozenset[str] | None) -> "Since | None":
        """The actions that are for a group, and should move one of these nodes; None where there are none. What is told
        of them stays as it is."""
        found = tuple(
            one
            for one in self.actions
            if (group is None or not one.planned.groups or group in one.planned.groups)
            and (inside is None or one.planned.node in inside)
        )
        return replace(self, actions=found) if found else None


def section(since: Since | None) -> Section | None:
    """The list; None where there is none."""
    if since is None:
        return None
    told = f"What was in the plan, and what its benchmarks did since “{since.before.title}”. {NO_PROOF}"
    blocks: list[Block] = [Words(told, "quiet")]
    if since.why_none:
        blocks.append(Words(f"What they did cannot be told: {since.why_none}"))
    for one in since.actions:
        blocks.append(Heading(one.planned.text, one.planned.id))
        blocks.append(Words(sentence(one)))
    return Section("since", TITLE, tuple(blocks))


def sentence(one: Followed) -> str:
    """How an action stands, and what its benchmark did: "Done in May 2026; “Communication” moved from 41 to 58 …"."""
    words = one.words or ("" if one.planned.node else "no score was named for it")
    return f"{capital('; '.join(filter(None, (state(one.planned), words))))}."


def state(planned: Planned) -> str:
    """How an action stands: "done in May 2026", "dropped (no money for it)"."""
    if planned.status == "done" and planned.done:
        return f"done in {MONTHS[planned.done.month - 1]} {planned.done.year}"
    if planned.status == "dropped" and planned.why:
        return f"dropped ({planned.why.rstrip('.')})"
    return planned.status


def document(since: Since | None) -> "Document | None":
    """The same as JSON has it."""
    if since is None:
        return None
    return {
        "before": since.before.id,
        "why_none": since.why_none or None,
        "actions": [_action(one) for one in since.actions],
    }


def _action(one: Followed) -> "Document":
    planned = one.planned
    return {
        "id": planned.id,
        "action": planned.text,
        "benchmark": planned.node or None,
        "groups": list(planned.groups),
        "status": planned.status,
        "done": planned.done.isoformat() if planned.done else None,
        "why": planned.why or None,
        "cell": one.cell,
        "since": one.words or None,
    }
