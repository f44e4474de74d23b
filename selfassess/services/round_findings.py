"""The facilitator's own findings about a benchmark, for everybody or for one group that is shown."""

from typing import NamedTuple

from selfassess.errors import UsageError
from selfassess.model.questionnaire import Benchmark, Questionnaire, Strand
from selfassess.model.results import POOL
from selfassess.model.round import EVERYBODY, OwnFinding, Round
from selfassess.paths import program
from selfassess.project.rounds import Rounds
from selfassess.services.groups import invited_group, titles_of
from selfassess.services.projects import check_closed, edition_of_round
from selfassess.services.round_scores import node_of
from selfassess.text import LONGEST_TEXT, all_there_are, clean, listed


class Written(NamedTuple):
    """A finding that was saved or deleted."""

    round: Round
    title: str
    """What the benchmark is called."""
    whose: str
    """The title of the group it is about; "" for everybody."""


def write_finding(rounds: Rounds, name: str, node: str, text: str, group: str | None) -> Written:
    """Store what was found of a benchmark or skill, or of a strand that has none, for all or for one group; an empty
    text deletes it. UsageError where the round is not closed, there is no such benchmark, the group is not shown, the
    text is too long, or there is nothing to delete."""
    round = rounds.get(name)
    path = str(rounds.project.path)
    check_closed(round, path)
    questionnaire = edition_of_round(rounds, round).questionnaire
    found = _benchmark(questionnaire, node)
    cell = EVERYBODY if group is None else shown_group(round, questionnaire, group)
    if len(text) > LONGEST_TEXT:
        raise UsageError(
            f"This is too long: {len(text):,} characters.", f"There is room for {LONGEST_TEXT:,} in each finding."
        )
    kept = clean(text).strip()
    titles = [titles_of(questionnaire)[one] for one in (round.pooled if cell == POOL else [cell] if cell else [])]
    written = Written(round, found.title, listed(titles) if titles else "")
    if not kept and (found.id, cell) not in [(one.node, one.group) for one in rounds.findings(round.id)]:
        of = f" for {written.whose}" if titles else ""
        such_as = f'{program(path)} round finding {round.id} {found.id} "Nobody could name the aim."'
        raise UsageError(f"Nothing was written{of} about “{found.title}”.", f"To write something: {such_as}")
    rounds.write_finding(round.id, OwnFinding(node=found.id, group=cell, text=kept))
    return written


def _benchmark(questionnaire: Questionnaire, name: str) -> Strand | Benchmark:
    found = node_of(questionnaire, name)
    if isinstance(found, Strand) and found.middle:
        raise UsageError(
            f"“{found.title}” is a whole strand, and findings are about benchmarks.",
            all_there_are("benchmark", [one.id for one in found.middle]),
        )
    return found


def shown_group(round: Round, questionnaire: Questionnaire, name: str) -> str:
    """The cell of a group of a closed round: its id, or POOL where it was joined with others. UsageError for one that
    takes no part or is left out."""
    if name == POOL and round.pooled:
        return POOL
    group = invited_group(round, questionnaire, name)
    match round.standing.get(group):
        case "pooled":
            return POOL
        case "left_out":
            title = titles_of(questionnaire)[group]
            raise UsageError(
                f"{title} is left out of this round's figures, so nothing can be written about this group alone.",
                "Leave --group out, to write about everybody.",
            )
    return group
