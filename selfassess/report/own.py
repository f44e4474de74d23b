"""One person's report: what every format of it is made from."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from selfassess.definition.library import skill_titles
from selfassess.disclosure.release import own
from selfassess.errors import ProjectError
from selfassess.model.asking import asked
from selfassess.model.finding import Ranked, Ranking, Settled, Suggestion
from selfassess.model.item import Item
from selfassess.model.plan import Plan, settled_by
from selfassess.model.questionnaire import Edition
from selfassess.model.sheet import Missing, Sheet, responses
from selfassess.model.summary import Cell, Summary
from selfassess.scoring.answers import Answers, from_sheets
from selfassess.scoring.gaps import ranking, suggestions
from selfassess.scoring.score import score
from selfassess.scoring.working import Working, working

WIDEST = 5
"""How many gaps a page speaks of; the data formats hold them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnReport:
    """One person's view, to bring to the table."""

    edition: Edition
    group: str | None
    date: datetime.datetime | None
    short: bool
    summary: Summary
    ranking: Ranking
    suggestions: tuple[Suggestion, ...]
    """For all gaps, in their order; less what is in the plan."""
    settled: tuple[Settled, ...]
    """What would be suggested, and is planned, under way or done."""
    plan: Plan
    """What was decided to do, in the project that the sheet is in."""
    left_open: Mapping[Missing, tuple[Item, ...]]
    """Items without an answer, by kind; those that were not asked are not here."""
    skills: Mapping[str, str]
    """Titles of the skills that actions need, by id."""
    texts: Mapping[str, str]
    """What the person wrote, by the id of what it is about."""

    @property
    def cell(self) -> Cell:
        return self.summary.rounds[0].all

    @property
    def strengths(self) -> tuple[Ranked, ...]:
        return self.ranking.strengths

    @property
    def gaps(self) -> tuple[Ranked, ...]:
        """All of them, the widest first."""
        return self.ranking.gaps

    @property
    def widest(self) -> tuple[Ranked, ...]:
        return self.gaps[:WIDEST]


def own_report(edition: Edition, sheet: Sheet, plan: Plan = ()) -> OwnReport:
    """The report of one sheet, for the person whose it is; `plan` is what was decided to do about its questionnaire."""
    questionnaire = edition.questionnaire
    summary = own(score(_answers(edition, sheet)))
    cell = summary.rounds[0].all
    found = ranking(questionnaire, cell, WIDEST)
    called_for = suggestions(found.gaps, sheet.group)
    settled = {one.action.id: by for one in called_for if (by := settled_by(plan, "", one.action.id)) is not None}
    return OwnReport(
        edition=edition,
        group=sheet.group,
        date=sheet.date,
        short=sheet.form == "short",
        summary=summary,
        ranking=found,
        suggestions=tuple(one for one in called_for if one.action.id not in settled),
        settled=tuple(Settled(one, settled[one.action.id]) for one in called_for if one.action.id in settled),
        plan=plan,
        left_open=_left_open(edition, sheet),
        skills=skill_titles(questionnaire),
        texts=_written(edition, sheet),
    )


def own_working(edition: Edition, sheet: Sheet, id: str) -> Working:
    """How one number of the report came about. UsageError if no strand or benchmark has that id."""
    results = score(_answers(edition, sheet))
    return working(results, own(results), id)


def _answers(edition: Edition, sheet: Sheet) -> Answers:
    try:
        responses(sheet, edition.questionnaire)
    except (KeyError, IndexError, ValueError):
        hint = "Go back to your latest backup copy."
        raise ProjectError("What was handed in is damaged in the project file.", hint) from None
    return from_sheets(edition.questionnaire, [sheet])


def _written(edition: Edition, sheet: Sheet) -> dict[str, str]:
    """What the person wrote, chose of many or gave as a number, in the order asked; then words on benchmarks."""
    found: dict[str, str] = {}
    for item in edition.questionnaire.items:
        given = sheet.beside.get(item.id)
        if isinstance(given, tuple):
            found[item.id] = ", ".join(edition.questionnaire.scale_of(item).label(value) for value in given)
        elif given is not None:
            found[item.id] = f"{given:g} {item.unit}".strip()
        if item.id in sheet.texts:
            found[item.id] = "\n".join(filter(None, (found.get(item.id), sheet.texts[item.id])))
    return found | {id: text for id, text in sheet.texts.items() if id not in found}


def _left_open(edition: Edition, sheet: Sheet) -> dict[Missing, tuple[Item, ...]]:
    given = responses(sheet, edition.questionnaire)
    shown = asked(edition.questionnaire, sheet.group, sheet.form, given)
    wanted = [item for item in shown if item.kind != "text"]
    return {
        kind: tuple(item for item in wanted if given[item.id] is kind)
        for kind in (Missing.SKIPPED, Missing.DONT_KNOW, Missing.NOT_APPLICABLE)
    }
