"""Read the plan of a project, change it, and find what of it was decided before a round."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from selfassess.dates import today
from selfassess.definition.library import skill_titles
from selfassess.errors import UsageError
from selfassess.model.plan import NAMES, ORDER, Known, Plan, Planned, edit, field_change, number_of
from selfassess.model.plan_report import PlanReport
from selfassess.model.questionnaire import Benchmark, Questionnaire, Strand
from selfassess.model.round import Round
from selfassess.model.score_tree import has_score
from selfassess.project.plans import Plans
from selfassess.project.project import Project
from selfassess.project.rounds import Rounds
from selfassess.services.projects import edition_of
from selfassess.text import count


def plan_about(project: Project, questionnaire: Questionnaire) -> Plan:
    """The actions of a project's plan that concern this questionnaire: without those taken from a round of another
    questionnaire, whose benchmarks and actions may have the same ids."""
    plan = Plans(project).all()
    named = {one.round for one in plan if one.round}
    has_rounds = named and project.kind == "shared"
    rounds = [one for one in (Rounds(project).all() if has_rounds else ()) if one.id in named]
    ids = {key: edition_of(project, key).questionnaire.id for key in {one.questionnaire for one in rounds}}
    others = {one.id for one in rounds if ids[one.questionnaire] != questionnaire.id}
    return tuple(one for one in plan if one.round not in others)


def plan_before(rounds: Rounds, round: Round, questionnaire: Questionnaire) -> Plan:
    """Of these, what was planned before a round, so that its report stays the same however often it is made and
    whatever is planned later.

    Where the previous round is not known, actions taken from any other round count, unless that is known to be later.
    """
    plan = plan_about(rounds.project, questionnaire)
    before = previous_round(rounds, round, plan) if plan else None
    if before is not None:
        return planned_before(plan, earlier_round_ids(rounds, before, plan))
    not_before = {one.id for one in rounds.all() if round.id in previous_round_ids(rounds, one)}
    return tuple(one for one in plan if one.round and one.round not in not_before)


def previous_round(rounds: Rounds, round: Round, plan: Plan) -> Round | None:
    """The closed round before this one: the one that it was modelled on (`round new --like`); else, of the rounds that
    it was compared with as the later one, the one that an action was taken from last. None where it is not known."""
    noted = rounds.previous(round.id)
    if noted is not None:
        return noted if noted.state == "closed" else None
    from selfassess.disclosure.release_log import pair_of  # it loads numpy

    pairs = {keys for cell, _, _ in rounds.released(round.id) if (keys := pair_of(cell))}
    candidates = {before for before, after in pairs if after == round.key and (after, before) not in pairs}
    taken = {one.round: number_of(one.id) for one in sorted(plan, key=lambda one: number_of(one.id))}
    there = [one for one in rounds.all() if one.key in candidates and one.id in taken]
    return max(there, key=lambda one: taken[one.id], default=None)


def previous_round_ids(rounds: Rounds, round: Round) -> list[str]:
    """The ids of a round and of those before it, the latest first."""
    found: list[str] = []
    one: Round | None = round
    while one is not None and one.id not in found:
        found.append(one.id)
        one = rounds.previous(one.id)
    return found


def reads_backwards(rounds: Rounds, chosen: Sequence[Round]) -> bool:
    """Whether the first of several rounds is known to have come after the last."""
    return chosen[-1].id in previous_round_ids(rounds, chosen[0])[1:]


def earlier_round_ids(rounds: Rounds, round: Round, plan: Plan) -> list[str]:
    """The ids of a round and of those before it, and of deleted rounds, which are taken to be older."""
    there = {one.id for one in rounds.all()}
    return [
        *previous_round_ids(rounds, round),
        *{one.round: None for one in plan if one.round and one.round not in there},
    ]


def planned_before(plan: Plan, earlier_round_ids: Sequence[str]) -> tuple[Planned, ...]:
    """The actions that were planned before a round: taken from the rounds before it, or our own; all of them before
    anything was taken from that round or a later one."""
    others = [number_of(one.id) for one in plan if one.round and one.round not in earlier_round_ids]
    first = min(others, default=None)

    def is_earlier(one: Planned) -> bool:
        return (not one.round or one.round in earlier_round_ids) and (first is None or number_of(one.id) < first)

    return tuple(sorted(filter(is_earlier, plan), key=lambda one: ORDER.index(one.status)))


def read_plan(project: Project, today: datetime.date) -> PlanReport:
    """The plan of a project, with all that it takes to read it."""
    rounds = Rounds(project).all() if project.kind == "shared" else ()
    return PlanReport(
        plan=Plans(project).all(),
        known=_known(project, rounds),
        today=today,
        rounds={round.id: round.title for round in rounds},
        made_up=project.is_made_up,
    )


def _known(project: Project, rounds: tuple[Round, ...]) -> Known:
    """Everything that the questionnaires of a project ask about. Where two of them have a thing with the same id, it is
    called as in the round whose name comes last."""
    frozen, of_rounds = project.frozen_all(), [round.questionnaire for round in rounds]
    nodes: dict[str, str] = {}
    groups: dict[str, str] = {}
    skills: dict[str, str] = {}
    for sha256 in (*(one for one in sorted(frozen) if one not in of_rounds), *of_rounds):
        questionnaire = edition_of(project, sha256).questionnaire
        nodes |= _titles(questionnaire)
        groups |= {group.id: group.title for group in questionnaire.groups}
        skills |= skill_titles(questionnaire)
        skills |= {one.id: one.title for strand in questionnaire.strands for one in strand.skills}
    return Known(nodes, groups, skills)


def _titles(questionnaire: Questionnaire) -> dict[str, str]:
    found: list[Strand | Benchmark] = []
    for strand in questionnaire.strands:
        found += [strand, *strand.middle]
    return {node.id: node.title for node in found if has_score(questionnaire, node)}


@dataclass(frozen=True, slots=True)
class OpenPlan:
    """A plan that is being worked on."""

    plans: Plans
    report: PlanReport
    """As it was when it was opened."""

    def edit(self, before: Planned, typed: Mapping[str, str | None]) -> Planned:
        """An action with some fields as they were typed; None: not typed. UsageError names everything that is wrong."""
        said = {name: text for name, text in typed.items() if text is not None}
        found = edit(before, said, self.report.known, self.report.today)
        if found.problems:
            lines = [" ".join(filter(None, (f"{one.place}: {one.message}", one.hint))) for one in found.problems]
            raise UsageError("\n".join(lines), "Nothing was changed.")
        return found.planned

    def write(self, typed: Mapping[str, str | None]) -> Planned:
        """Put an action of one's own below the others. UsageError as in `edit`."""
        (kept,) = self.plans.add(self.edit(Planned(text=""), typed))
        return kept

    def change(self, id: str, typed: Mapping[str, str | None]) -> "Changed":
        """Change some fields of an action. UsageError as in `edit`, and where there is no such action."""
        before = self.plans.get(id)
        after = self.plans.change(self.edit(before, typed), before)
        words = (field_change(self.report.known, before, after, name) for name in NAMES)
        return Changed(after, tuple(filter(None, words)))

    def drop(self, id: str, why: str) -> Planned:
        """Say that an action will not be done. UsageError as in `change`."""
        return self.change(id, {"status": "dropped", "why": why}).planned

    def move(self, id: str, place: int) -> "Moved":
        """Put an action at another place, counted from 1, or as near as its kind allows. UsageError where there is no
        such action or place."""
        before = self.plans.get(id)
        if place > len(self.report.plan):
            raise UsageError(f"There is no place {place}: the plan has {count(len(self.report.plan), 'action')}.")
        return Moved(self.plans.move(id, place), before.place)


class Changed(NamedTuple):
    """An action that was changed."""

    planned: Planned
    words: tuple[str, ...]
    """A line a field that is not as it was."""


class Moved(NamedTuple):
    """An action that was moved."""

    planned: Planned
    before: int
    """The place where it was."""


def open_plan(project: Project) -> OpenPlan:
    """The plan of a project, to work on it."""
    return OpenPlan(Plans(project), read_plan(project, today()))
