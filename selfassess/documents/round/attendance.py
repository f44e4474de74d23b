"""How many have handed in, and what closing a round means for its groups. All of it may be shown at any time."""

from collections.abc import Iterator, Mapping

from selfassess.documents.wording import percent
from selfassess.model.round import FLOOR, Counts, Round, State
from selfassess.text import count, listed

STATES: dict[State, str] = {"new": "not open yet", "open": "open", "closed": "closed"}
STAYS_CLOSED = "Once you make a report or open the dashboard, you cannot open the round again."


def rate(handed_in: int, invited: int) -> str:
    """How many of those invited handed in."""
    if handed_in > invited:
        return f"{handed_in} handed in, more than the {invited} invited: correct that number"
    share = f" ({percent(handed_in, invited)})" if 0 < handed_in < invited else ""
    return f"{handed_in} of {invited} handed in{share}"


def count_lines(round: Round, counts: Counts, titles: Mapping[str, str]) -> Iterator[str]:
    """A line for each group with what may be shown at any time."""
    for group, invited in round.invited.items():
        handed_in, begun = counts.handed_in.get(group, 0), counts.drafts.get(group, 0)
        line = f"{titles[group]}: {rate(handed_in, invited)}"
        if round.state == "open" and handed_in < invited:
            line += f"; {invited - handed_in} still to come"
        if begun:
            line += f"; {begun} started but not handed in"
        if round.rules.codes and round.state != "closed":
            line += f"; {count(counts.codes.get(group, 0), 'code')} issued, {counts.used.get(group, 0)} used"
        yield line
    if len(round.invited) > 1:
        total, invited = sum(counts.handed_in.values()), sum(round.invited.values())
        yield f"All: {rate(total, invited)}"


def rate_lines(round: Round, counts: Counts, titles: Mapping[str, str]) -> Iterator[str]:
    """A short line for each group, and for all, with how many handed in."""
    for group, invited in round.invited.items():
        yield f"{titles[group]}: {rate(counts.handed_in.get(group, 0), invited)}"
    if len(round.invited) > 1:
        yield f"All: {rate(sum(counts.handed_in.values()), sum(round.invited.values()))}"


def before_closing(round: Round, counts: Counts, titles: Mapping[str, str]) -> Iterator[str]:
    """What somebody should know before they close a round."""
    yield from count_lines(round, counts, titles)
    if not sum(counts.handed_in.values()):
        yield "Nobody has handed in, so there would be nothing to report."
    if begun := sum(counts.drafts.values()):
        yield f"{count(begun, 'sitting was', 'sittings were')} started but not handed in. Those answers are lost."
    yield "Sheets that come in later are refused, even if people have already filled them in."
    yield "You can open the round again until a report is made."


def outcomes(round: Round, counts: Counts, titles: Mapping[str, str]) -> Iterator[str]:
    """What became of each group of a closed round."""
    least = round.rules.thresholds.min_group
    pooled = [titles[group] for group in round.pooled]
    for group, standing in round.standing.items():
        handed_in = counts.handed_in.get(group, 0)
        match standing:
            case "shown":
                words = "shown"
            case "consent":
                words = f"shown although it is small ({handed_in} handed in), because all of them agreed"
            case "pooled":
                words = f"shown together as one group: {listed(pooled)}"
            case _:
                words = f"left out, since fewer than {least} handed in"
                if group in round.rules.asks_consent and handed_in:
                    words += f", and a group that small is shown only if {FLOOR} or more hand in and all of them agree"
        yield f"{titles[group]}: {words if handed_in else 'nobody handed in'}."
