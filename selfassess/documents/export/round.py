"""A round's report as JSON and CSV. docs/json.md describes the document."""

from collections.abc import Iterable
from dataclasses import asdict, replace
from typing import Any

from selfassess.documents.export import comparison as follow_up
from selfassess.documents.export import summary as data
from selfassess.documents.export.stock_take import exchange_document, learning_document, stock_document
from selfassess.documents.export.summary import Document, ends
from selfassess.documents.round import findings_table
from selfassess.model.attainment import may_change
from selfassess.model.questionnaire import GroupKey
from selfassess.model.reports import RoundReport
from selfassess.model.results import Attendance, Cell, Difference, Ranked, Settled, Split, Suggestion, Summary
from selfassess.model.score_tree import OVERALL


def round_document(report: RoundReport) -> Document:
    """The round as JSON has it: its figures, who is in, what was found, and what could be done."""
    said, rules = report.results, report.round.rules
    return {
        **data.document(report.edition, _narrowed(report)),
        "title": said.title,
        "made_up": report.made_up,
        "form": report.round.form,
        "group": report.group,
        "strand": report.strand,
        "rules": {
            "min_group": rules.thresholds.min_group,
            "min_detail": rules.thresholds.min_detail,
            "small_groups": rules.small_groups,
            "asks_consent": list(rules.asks_consent),
        },
        "attendance": [_attendance(report, one) for one in said.attendance],
        "pooled": list(said.pooled),
        **_lists(report),
        "splits": [_split(one) for one in report.splits],
        "differences": [_difference(one) for one in replace(report, group=None).differences],
        "detectable": [
            {"groups": list(one.groups), "n": list(one.n), "points": one.points} for one in report.results.detectable
        ],
        "could_not_say": [
            {"item": one.item.id, "benchmark": one.node.id, "could_not": one.could_not, "asked": one.asked}
            for one in report.could_not_say
        ],
        "suggestions": [
            _suggestion(group, one) for group, suggestions in report.suggestions.items() for one in suggestions
        ],
        "in_plan": [_settled(group, one) for group, some in report.settled.items() for one in some],
        "planned": follow_up.since_document(report.since),
        "agreed": [{"id": one.node, "score": one.score, "why": one.why} for one in report.agreed.values()],
        "findings": [
            {"group": group or None, "id": node, "text": text} for group, node, text in findings_table.written(report)
        ],
        "comments": list(_comments(report)),
        "comments_withheld": said.comments_withheld or None,
        "stock_take": stock_document(report),
        "exchanges": exchange_document(report),
        "learning": learning_document(report),
        "straight_lining": said.straight_lining and asdict(said.straight_lining),
    }


def round_csv(report: RoundReport) -> str:
    """The figures of the round as a table."""
    return data.to_csv(report.edition, _narrowed(report), made_up=report.made_up)


def _narrowed(report: RoundReport) -> Summary:
    """The summary with only the group and the strand that the report is narrowed to; all stays beside a group."""

    def of_strand(cell: Cell) -> Cell:
        if report.strand is None:
            return cell
        return replace(cell, overall=None, strands=tuple(one for one in cell.strands if one.id == report.strand))

    said = report.results
    groups = tuple(of_strand(one) for one in said.groups if report.group in (None, one.id))
    return replace(report.summary, rounds=(replace(said, all=of_strand(said.all), groups=groups),))


def _attendance(report: RoundReport, one: Attendance) -> Document:
    return {
        "group": one.group or None,
        "invited": one.invited,
        "reported": list(report.reported.get(one.group, ())),
        "handed_in": one.handed_in,
        "standing": one.standing,
    }


def _lists(report: RoundReport) -> Document:
    """What is strong, what falls short and what is low all the same; and whether those who are left out could change
    that."""
    some = report.ranking
    return {
        "strengths": [{**_coded(one), "may_change": _may_change(report, one)} for one in some.strengths],
        "nearest": [data.aimed(one) for one in some.nearest],
        "highest": [_coded(one) for one in some.highest],
        "low_for_a_group": [one.node.id for one in some.low_for_a_group],
        "contenders": report.contenders,
        "gaps": [{**data.aimed(one), **_coded(one), "may_change": _may_change(report, one)} for one in some.gaps],
        "also_low": [{**_coded(one), "target": one.figure.target} for one in some.also_low],
    }


def _coded(one: Ranked) -> Document:
    return {**data.scored(one), "coded": one.figure.coded}


def _may_change(report: RoundReport, one: Ranked) -> bool:
    return may_change(report.questionnaire, one, report.left_out_of(one.node))


def _split(one: Split) -> Document:
    return {"cell": one.cell, "item": one.item.id, "benchmark": one.node.id}


def _difference(one: Difference) -> Document:
    return {
        "id": one.id,
        "higher": one.higher,
        "lower": one.lower,
        "n": list(one.n),
        "points": one.points,
        "interval": ends(one.interval),
        "delta": one.delta,
        "delta_interval": ends(one.delta_interval),
        "pairs": None if one.pairs is None else {"higher": one.pairs[0], "lower": one.pairs[1]},
        "claim": one.claim,
        "why": one.why or None,
        "matters": one.matters,
    }


def _suggestion(group: GroupKey, one: Suggestion) -> Document:
    return {
        "group": group or None,
        "id": one.action.id,
        "text": one.action.text,
        "source": one.action.source,
        "skills": list(one.action.skills),
        "benchmark": one.ranked.node.id,
        "because": _because(one),
    }


def _settled(group: GroupKey, one: Settled) -> Document:
    """What would be suggested, with how it stands in the plan."""
    return {"group": group or None, **data.in_plan(one)}


def _because(one: Suggestion) -> dict[str, Any]:
    """What calls for an action: "gap", "split" or "difference", with what is needed to find it above."""
    match one.because:
        case Split() as split:
            return {"kind": "split", "cell": split.cell, "item": split.item.id}
        case Difference() as difference:
            return {"kind": "difference", "higher": difference.higher, "lower": difference.lower}
        case _:
            figure = one.ranked.figure
            return {"kind": "gap", "shown": figure.shown, "coded": figure.coded, "target": figure.target}


def _comments(report: RoundReport) -> Iterable[Document]:
    for strand, comments in report.results.comments.items():
        if report.strand in (None, strand):
            for one in comments:
                yield {"strand": _place(strand), "about": _place(one.about), "text": one.text, "past": one.is_past}


def _place(id: str) -> str | None:
    """A place by its id; None for the whole round."""
    return None if id == OVERALL else id
