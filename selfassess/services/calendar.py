"""The days of a round, and those by which something in the plan is due, for a calendar."""

import datetime
import hashlib
from collections.abc import Iterator

from selfassess.dates import LAST_YEAR, day_words, read_day
from selfassess.errors import Problem, UsageError
from selfassess.model.calendar import MOST_BEFORE, USUAL_BEFORE, Entry
from selfassess.model.plan import Planned
from selfassess.model.plan_report import PlanReport
from selfassess.model.round import Round
from selfassess.numbers import whole_number
from selfassess.paths import NAME, named
from selfassess.project.project import Project
from selfassess.project.rounds import Rounds
from selfassess.text import capital


def read_last_day(text: str, today: datetime.date) -> datetime.date:
    """The last day to answer, as typed. UsageError where it is no day, or has passed."""
    day = _read(text)
    if day < today:
        raise UsageError(f"{day_words(day)} has already passed.", "Choose a day in the future.")
    return day


def read_first_day(text: str) -> datetime.date | None:
    """The day from which people can answer, as typed; None for nothing. UsageError where it is no day."""
    return _read(text) if text.strip() else None


def read_before(text: str) -> int:
    """How many days before the last one the reminder stands; 0 for none. UsageError for anything else."""
    number = whole_number(text.strip(), MOST_BEFORE)
    if number is None:
        raise UsageError("This is not a number of days.", f"Write a whole number from 0 to {MOST_BEFORE}.")
    return number


def _read(text: str) -> datetime.date:
    day = read_day(text)
    if isinstance(day, Problem):
        raise UsageError(day.message, day.hint)
    if day.year > LAST_YEAR:
        raise UsageError(f"The year {day.year} is too far away to plan for.")
    return day


def round_days(
    rounds: Rounds,
    round: Round,
    until: datetime.date,
    opens: datetime.date | None = None,
    before: int = USUAL_BEFORE,
    *,
    today: datetime.date,
) -> tuple[Entry, ...]:
    """The first and the last day on which people can answer, and so many days before the last one a reminder of those
    who have not. The first day is `opens`, else that on which the round was opened, else left out; the reminder is left
    out where it would not come after that and after `today`. UsageError where the round is closed, or the last day is
    before the first."""
    if round.state == "closed":
        raise UsageError(f"The round “{round.title}” is closed.", "Only days that are still to come are put there.")
    first = rounds.days(round.id).opened or opens
    if first is not None and until < first:
        raise UsageError(
            f"The last day, {day_words(until)}, is before the first, {day_words(first)}.", "Check both days."
        )
    return tuple(_round_days(rounds.project, round, first, until, before, today))


def _round_days(
    project: Project,
    round: Round,
    first: datetime.date | None,
    until: datetime.date,
    before: int,
    today: datetime.date,
) -> Iterator[Entry]:
    command = f"{named(project.path.name, NAME)} round"
    if first is not None:
        about = "" if round.state == "open" else f"Open it: {command} open {round.id}"
        yield Entry(uid=_uid(round.key, "opens"), day=first, title=f"{round.title}: people can answer", about=about)
    remind = until - datetime.timedelta(before)
    if before and remind > max(today, first or today):
        yield Entry(
            uid=_uid(round.key, "remind"),
            day=remind,
            title=f"{round.title}: remind those who have not answered",
            about=f"Write the reminders: {command} remind {round.id}",
        )
    yield Entry(
        uid=_uid(round.key, "until"),
        day=until,
        title=f"{round.title}: the last day to answer",
        about=f"Close it afterwards: {command} close {round.id}",
    )


def plan_days(project: Project, report: PlanReport) -> tuple[Entry, ...]:
    """The day by which each action of the plan is due, in their order, the earliest first; without those that are done
    or dropped, or have no day."""
    due = ((one.due, one) for one in report.plan if one.is_open and one.due is not None)
    return tuple(
        Entry(uid=_uid(project.salt, one.id), day=day, title=f"Due: {one.text}", about="\n".join(_about(report, one)))
        for day, one in sorted(due, key=lambda found: (found[0], found[1].place))
    )


def _about(report: PlanReport, planned: Planned) -> Iterator[str]:
    yield f"{planned.id}, {planned.status}"
    if planned.owner:
        yield f"Owner: {planned.owner}"
    if planned.node:
        yield f"About: {report.known.nodes.get(planned.node, planned.node)}"
    if planned.why:
        yield capital(planned.why)


def _uid(*parts: str) -> str:
    """A name that no other entry in the world has: from the random key of a round, or that of a project, which nobody
    can find in it."""
    return f"{hashlib.sha256(' '.join((NAME, *parts)).encode()).hexdigest()[:32]}@{NAME}"
