"""The plan of a project as a document: what is to do, done and dropped."""

import datetime
from collections.abc import Iterator

from selfassess.dates import day_words
from selfassess.documents.blocks import ActionEntry, ActionList, Document, Section
from selfassess.documents.wording import MADE_UP
from selfassess.model.plan import Plan, Planned, field_value, is_early_win, is_overdue, needing_skills
from selfassess.model.plan_report import PlanReport
from selfassess.text import capital, count, listed

TITLE = "The plan"
EMPTY = "Nothing is planned yet."
LACKS = "short of a skill"
SECTIONS = (("To do", ""), ("Done", "done"), ("Dropped", "dropped"))
"""The parts of a plan, each with the status of what is in it; nothing for whatever is still to be done."""


def head(report: PlanReport) -> str:
    """How much there is to do, and what stands out."""
    plan = report.plan
    if not plan:
        return EMPTY
    late = _late(plan, report.today)
    wins = sum(map(is_early_win, plan))
    said = [f"{count(len(plan), 'action')}: {', '.join(_numbers(plan))}."]
    said += [f"{late} {'is' if late == 1 else 'are'} OVERDUE."] if late else []
    said += (
        [f"{wins} {'is an early win' if wins == 1 else 'are early wins'}: a good result for little effort."]
        if wins
        else []
    )
    return " ".join(said)


def summary(plan: Plan, today: datetime.date) -> str:
    """How much there is to do and is done: "4 to do (1 OVERDUE), 2 done"."""
    late = _late(plan, today)
    first, *others = _numbers(plan) or [EMPTY]
    return ", ".join((f"{first} ({late} OVERDUE)" if late else first, *others))


def _numbers(plan: Plan) -> list[str]:
    numbers = {name: len(tuple(of_section(plan, status))) for name, status in SECTIONS}
    return [f"{number} {name.lower()}" for name, number in numbers.items() if number]


def _late(plan: Plan, today: datetime.date) -> int:
    return sum(is_overdue(one, today) for one in plan)


def of_section(plan: Plan, status: str) -> Iterator[Planned]:
    """What is in one part of the plan."""
    yield from (one for one in plan if (one.is_open if not status else one.status == status))


def entry(report: PlanReport, planned: Planned) -> ActionEntry:
    """An action with everything that is known of it."""
    lines = (_state(report, planned), _worth(planned), _aim(report, planned), _needs(report, planned), _note(planned),
             _source(report, planned))  # fmt: skip  # in few lines
    told = tuple(line for line in lines if line)
    return ActionEntry(planned.place, planned.text, planned.id, alarm(planned, report.today), told)


def lacks_a_skill(report: PlanReport, planned: Planned) -> bool:
    """Whether an action that is still to be done is known to need a skill that falls short."""
    return report.skills is not None and planned.is_open and bool(report.skills.lacking(planned.skills))


def alarm(planned: Planned, today: datetime.date) -> str:
    """That it is overdue, and by how much; nothing where it is not."""
    if planned.due is None or not is_overdue(planned, today):
        return ""
    return f"OVERDUE by {count((today - planned.due).days, 'day')}"


def field_words(report: PlanReport, planned: Planned, name: str) -> str:
    """A field as it is read beside its name; a dash where it holds nothing."""
    found = field_value(planned, name, report.known)
    if not getattr(planned, name):
        return "–"
    return found[1:-1] if name in ("text", "owner", "why", "node") else found


def _state(report: PlanReport, planned: Planned) -> str:
    if planned.status == "dropped":
        return f"Dropped: {planned.why}" if planned.why else "Dropped."
    status = f"Done on {day_words(planned.done)}" if planned.done else capital(planned.status)
    owner = f"Owner: {planned.owner}." if planned.owner else "No owner yet." if planned.is_open else ""
    due = ""
    if planned.due and planned.is_open:
        was = "Was due" if is_overdue(planned, report.today) else "Due"
        due = f"{was} {'today, ' if planned.due == report.today else ''}{day_words(planned.due)}."
    mark = f"{capital(LACKS)}." if lacks_a_skill(report, planned) else ""
    return " ".join(filter(None, (f"{status}.", owner, due, mark)))


def _worth(planned: Planned) -> str:
    said = [f"{name} {amount}" for name, amount in (("effort", planned.effort), ("effect", planned.effect))
            if amount != "not said"]  # fmt: skip  # reads as one list
    if is_early_win(planned):
        return f"Early win: {', '.join(said)}."
    return capital(f"{', '.join(said)}.") if said else ""


def _aim(report: PlanReport, planned: Planned) -> str:
    known = report.known
    groups = [known.groups.get(id, id) for id in planned.groups]
    parts = (
        f"Should move: {known.nodes.get(planned.node, planned.node)}." if planned.node else "",
        f"For {listed(groups)}." if groups else "",
    )
    return " ".join(filter(None, parts))


def _needs(report: PlanReport, planned: Planned) -> str:
    """The skills that an action needs; while it is to be done, each with whether it is there, if that is known."""
    told = [report.known.skills.get(id, id) for id in planned.skills]
    if told and report.skills is not None and planned.is_open:
        from selfassess.documents.round import stock  # a plan that is told of no skills is there sooner without

        there = (stock.is_there(report.skills, id) for id in planned.skills)
        told = [f"{title} ({said})" for title, said in zip(told, there, strict=True)]
    return f"Needs: {'; '.join(told)}." if told else ""


def on_skills(report: PlanReport) -> str:
    """How many actions need a skill that falls short, or why that cannot be said; nothing where none needs any."""
    planned = needing_skills(report.plan)
    if report.skills is None or not planned:
        return report.why_no_skills
    from selfassess.documents.round import stock  # as above

    return stock.how_many_lack(report.skills, planned)


def _note(planned: Planned) -> str:
    return f"Note: {planned.why}" if planned.why and planned.status != "dropped" else ""


def _source(report: PlanReport, planned: Planned) -> str:
    if not planned.round:
        return ""
    title = report.rounds.get(planned.round)
    return f"Suggested by the report of {title or f'{planned.round}, a round that was deleted'}."


def document(report: PlanReport) -> Document:
    """The whole plan."""
    return Document(
        title=TITLE,
        marks=(MADE_UP,) if report.made_up else (),
        summary=tuple(filter(None, (head(report), on_skills(report)))),
        sections=tuple(_sections(report)),
    )


def _sections(report: PlanReport) -> Iterator[Section]:
    for name, status in SECTIONS:
        if found := tuple(of_section(report.plan, status)):
            yield Section(status or "to_do", name, (ActionList(tuple(entry(report, one) for one in found)),))
