"""The stock-take of skills as JSON. docs/json.md describes the table."""

from selfassess.documents.export.summary import Document
from selfassess.documents.round.stock import is_told
from selfassess.model.coverage import Coverage, SkillStock, Views
from selfassess.model.reports import RoundReport

SHARE = 2
"""Decimals of a share of answers."""


def stock_document(report: RoundReport) -> list[Document] | None:
    """What of each skill is told, of all and of each group; of the one group or strand that the report is narrowed to,
    as far as it is. None where no stock is taken."""
    if report.stock is None:
        return None
    return [_skill(report, one) for one in report.stock.skills if report.strand in (None, one.strand)]


def exchange_document(report: RoundReport) -> list[Document]:
    """Who could learn from whom."""
    found = report.stock.exchanges if report.stock else ()
    return [
        {"skill": one.skill.id, "teachers": list(one.teachers), "learners": list(one.learners)}
        for one in found
        if is_told(report, one)
    ]


def learning_document(report: RoundReport) -> Document | None:
    """What falls short with what hangs on it, and the planned actions that lack a skill. None where there is no round
    about skills that was reported on."""
    found = report.learning
    if found is None:
        return None
    return {
        "round": found.skills.asked.id,
        "beside": found.beside and found.beside.id,
        "needs": [
            {
                "skill": one.stock.skill.id,
                "weight": one.weight,
                "actions": [planned.id for planned in one.actions],
                "gaps": [gap.node.id for gap in one.gaps],
            }
            for one in found.needs
            if report.stock is None or report.strand in (None, one.stock.strand)
        ],
        "at_risk": [one.id for one in found.at_risk],
    }


def _skill(report: RoundReport, one: SkillStock) -> Document:
    skill = one.skill
    return {
        "skill": skill.id,
        "need": skill.need,
        "at_least": skill.at_least,
        "shown_from": skill.shown_from,
        "cells": [_cell(cell) for cell in one.cells if cell.cell in ("all", report.group or cell.cell)],
        "views": one.views and _views(one.views),
    }


def _cell(one: Coverage) -> Document:
    return {
        "cell": one.cell,
        "verdict": one.verdict,
        "least": one.least and one.least.id,
        "reliably": one.showing and one.showing.reliably,
        "sometimes": one.showing and one.showing.sometimes,
        "hardly": one.showing and one.showing.hardly,
        "score": one.score,
        "coded": one.coded,
        "high": one.is_high,
        "why_none": one.why_none or None,
    }


def _views(views: Views) -> Document:
    own, shared = (None, None) if views.shares is None else (round(one, SHARE) for one in views.shares)
    return {"self": own, "partnership": shared, "differ": views.differ}
