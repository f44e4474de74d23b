"""Comparisons as JSON and CSV. docs/json.md describes the document."""

from collections.abc import Iterator
from typing import Any

from selfassess import csv_text
from selfassess.documents.comparison import wording as words
from selfassess.documents.comparison.report import shown_nodes, what_was_planned
from selfassess.documents.comparison.wording import followed
from selfassess.documents.export.summary import FORMAT, Document, ends
from selfassess.model.comparison import CellChange, Change, Matched, NodeChange
from selfassess.model.questionnaire import Edition
from selfassess.model.reports import ComparisonReport, FollowedAction, FollowUp, OwnChange


def since_document(since: FollowUp | None) -> "Document | None":
    """The same as JSON has it."""
    if since is None:
        return None
    return {
        "before": since.before.id,
        "why_none": since.why_none or None,
        "actions": [_since_action(one) for one in since.actions],
    }


def _since_action(one: FollowedAction) -> "Document":
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
        "since": followed(one) or None,
    }


COLUMNS = (
    "before", "after", "group", "level", "id", "title", "headline", "says", "because",
    "matched_n", "matched_before", "matched_after", "matched_change", "up", "same", "down",
    "everybody_n_before", "everybody_n_after", "everybody_before", "everybody_after", "everybody_change",
    "low", "high", "withheld", "made_up",
)  # fmt: skip  # the columns at a glance


def as_document(report: ComparisonReport | OwnChange) -> Document:
    """Rounds, or one person's own sittings, as JSON has them."""
    return own_change_document(report) if isinstance(report, OwnChange) else comparison_document(report)


def as_csv(report: ComparisonReport | OwnChange) -> str:
    """The same as a table."""
    return own_change_csv(report) if isinstance(report, OwnChange) else comparison_csv(report)


def comparison_document(report: ComparisonReport) -> Document:
    """The comparison as JSON. It holds no probabilities: the conclusion about a change is `claim`."""
    found = report.comparison
    return {
        "format": FORMAT,
        "questionnaires": [_edition(one) for one in report.editions],
        "rounds": [{"id": one.id, "title": one.title} for one in report.rounds],
        "compared": [one.id for one in found.rounds],
        "forms": list(report.forms),
        "made_up": report.made_up,
        "group": report.group,
        "strand": report.strand,
        "cells": [_cell(report, one) for one in _cells(report)],
        "planned": since_document(what_was_planned(report)),
        "skills": skills_document(report),
        "apart": dict(found.apart),
        "not_in_all": list(found.missing),
        "codes": [
            {"sheets": sheets, "collided": collided}
            for sheets, collided in zip(found.with_codes, found.collided, strict=True)
        ],
        "items": [{"before": one.before, "after": one.after, "fate": one.fate} for one in found.comparability.items],
        "trend": [
            {"cell": one.cell, "id": one.id, "means": list(one.means), "n": list(one.n)}
            for one in report.trend
            if one.cell in {cell.id for cell in _cells(report)} and report.strand in (None, one.id)
        ],
    }


def skills_document(report: ComparisonReport) -> list[Document] | None:
    """Whether skills were covered then and are now, of those that were asked about alike both times. None of rounds
    about anything else."""
    if report.skills is None:
        return None
    moves = [one for one in report.skills.moves if report.strand in (None, one.now.strand)]
    return [
        {"skill": one.now.skill.id, "cell": id, "before": one.then.of(id).verdict, "after": one.now.of(id).verdict}
        for one in moves
        for id in (cell.id for cell in _cells(report))
    ]


def _cells(report: ComparisonReport) -> tuple[CellChange, ...]:
    return report.comparison.cells if report.group is None else (report.cell,)


def _edition(edition: Edition) -> Document:
    questionnaire = edition.questionnaire
    return {"id": questionnaire.id, "version": questionnaire.version, "sha256": edition.sha256}


def _cell(report: ComparisonReport, cell: CellChange) -> Document:
    rest = cell.not_matched
    return {
        "id": cell.id,
        "groups": [group or None for group in cell.groups],
        "n": list(cell.n),
        "matched": cell.matched,
        "same_people": cell.same_people,
        "not_matched": None if rest is None else [rest.before, rest.after],
        "detectable": cell.detectable,
        "nodes": [_node(report, one) for one in shown_nodes(report, cell)],
    }


def _node(report: ComparisonReport, node: NodeChange) -> Document:
    claim = node.claim
    compared = report.comparison.comparability.node(node.id)
    return {
        "id": node.id,
        "level": node.level,
        "headline": node.views[0] if node.views else None,
        "claim": None if claim is None else {"says": claim.says, "because": claim.because},
        "few_matched": node.few_matched,
        "matched": None if node.matched is None else _matched(node.matched),
        "everybody": None if node.everybody is None else {"n": list(node.everybody.n), **_change(node.everybody)},
        "items": dict(compared.same),
        "aside": dict(compared.aside),
        "withheld": dict(node.withheld) or None,
    }


def _matched(change: Matched) -> Document:
    moves = None if change.up is None else {"up": change.up, "same": change.same, "down": change.down}
    return {"n": change.n, **_change(change), "sd": change.sd, "moves": moves}


def _change(change: Change) -> dict[str, Any]:
    return {
        "before": change.mean[0],
        "after": change.mean[1],
        "change": change.points,
        "interval": ends(change.interval),
    }


def comparison_csv(report: ComparisonReport) -> str:
    """The comparison as a table: one row a node of each cell, empty where there is no value or it is suppressed."""
    rows = [[*_fields(report, cell, node)] for cell in _cells(report) for node in shown_nodes(report, cell)]
    return csv_text.csv_from_rows([COLUMNS, *rows])


def _fields(report: ComparisonReport, cell: CellChange, node: NodeChange) -> Iterator[object]:
    before, after = report.comparison.rounds
    yield from (before.id, after.id, cell.id, node.level, node.id, words.title_of(report, node.id))
    yield node.views[0] if node.views else None
    yield from (node.claim.says, node.claim.because) if node.claim else (None, None)
    same = node.matched
    yield from (same.n, *same.mean, same.points, same.up, same.same, same.down) if same else (None,) * 7
    everybody = node.everybody
    yield from (*everybody.n, *everybody.mean, everybody.points) if everybody else (None,) * 5
    interval = node.headline.interval if node.headline else None
    yield from (interval.low, interval.high) if interval else (None, None)
    yield "; ".join(dict.fromkeys(node.withheld.values()))
    yield "yes" if report.made_up else "no"


def own_change_document(report: OwnChange) -> Document:
    """One person's own change as JSON has it."""
    return {
        "format": FORMAT,
        "questionnaires": [_edition(one) for one in report.editions],
        "sittings": list(report.names),
        "forms": list(report.forms),
        "groups": list(report.groups),
        "made_up": report.made_up,
        "nodes": [{"id": one.id, "level": one.level, "before": one.then, "after": one.now} for one in report.moves],
        "items": [{"before": one.before, "after": one.after, "fate": one.fate} for one in report.comparability.items],
        "trend": [{"id": id, "scores": list(points)} for id, points in report.trend],
    }


def own_change_csv(report: OwnChange) -> str:
    """One person's own change as a table, one row a node."""
    rows: list[tuple[object, ...]] = [("level", "id", "title", "before", "after", "made_up")]
    for one in report.moves:
        title = "Overall" if one.level == "overall" else report.questionnaire.node(one.id).title
        rows.append((one.level, one.id, title, one.then, one.now, "yes" if report.made_up else "no"))
    return csv_text.csv_from_rows(rows)
