"""The plan of a project as it is read: with what its names mean, and whether the skills are there that it needs."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from selfassess.model.plan import Known, Plan

if TYPE_CHECKING:
    from selfassess.model.coverage import KnownSkills  # a plan that is told of no skills is there sooner without


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReport:
    """A plan, and what it takes to read it."""

    plan: Plan
    known: Known
    today: datetime.date
    rounds: Mapping[str, str] = field(default_factory=dict)
    """The titles of all rounds, by their ids."""
    made_up: bool = False
    """Whether this is the demonstration, which every document says."""
    skills: "KnownSkills | None" = None
    """Whether the skills are there that actions need; None where no round tells."""
    why_no_skills: str = ""
    """Why none does, in a sentence; nothing where nobody was asked about skills, or no action needs any."""
