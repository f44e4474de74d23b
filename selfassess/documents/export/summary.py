"""Summaries and one's own report as JSON and CSV. docs/json.md describes the document."""

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from selfassess import csv_text
from selfassess.dates import local_day
from selfassess.model.coverage import OwnStock
from selfassess.model.questionnaire import Edition
from selfassess.model.results import (
    Agreement,
    Cell,
    Figure,
    Range,
    Ranked,
    Ranking,
    Reliability,
    RoundSummary,
    Settled,
    Summary,
)
from selfassess.model.score_tree import Node
from selfassess.model.sheet import Missing

if TYPE_CHECKING:
    from selfassess.model.reports import OwnReport


FORMAT = 1
"""The version of the JSON document. It grows when a field changes its meaning or goes."""
FIGURES = ("n", "mean", "sd", "raw_mean", "raw_sd")
NODE_FIGURES = ("shown", "band", "target", "gap", "coded")
Document = dict[str, Any]


def document(edition: Edition, summary: Summary, *, several: bool = True) -> Document:
    """A summary as JSON; `several`: of several people, with certainty and agreement."""
    questionnaire = edition.questionnaire
    write = _Writer(edition, several=several)
    return {
        "format": FORMAT,
        "questionnaire": {"id": questionnaire.id, "version": questionnaire.version, "sha256": edition.sha256},
        "release": summary.release,
        "rounds": [write.round(one) for one in summary.rounds],
    }


class _Writer:
    """Writes the figures of one questionnaire."""

    def __init__(self, edition: Edition, *, several: bool) -> None:
        self.questionnaire = edition.questionnaire
        self.several = several

    def round(self, one: RoundSummary) -> Document:
        return {
            "id": one.id,
            "all": self.cell(one.all),
            "groups": [{"id": cell.id, **self.cell(cell)} for cell in one.groups],
            "left_out": list(one.left_out),
        }

    def cell(self, cell: Cell) -> Document:
        overall = self.questionnaire.overall
        return {
            "n": cell.n,
            "overall": self.node(overall, cell.overall) if cell.overall else None,
            "strands": [self.strand(figure) for figure in cell.strands],
        }

    def strand(self, figure: Figure) -> Document:
        return {
            **self.node(self.questionnaire.node(figure.id), figure),
            "benchmarks": [self.benchmark(part) for part in figure.parts if part.level == "benchmark"],
            "items": [self.item(part) for part in figure.parts if part.level == "item"],
        }

    def benchmark(self, figure: Figure) -> Document:
        node = self.questionnaire.node(figure.id)
        return {**self.node(node, figure), "items": [self.item(part) for part in figure.parts]}

    def node(self, node: Node, figure: Figure) -> Document:
        found: Document = {"id": figure.id, "n": figure.n}
        found |= {name: getattr(figure, name) for name in FIGURES[1:]}
        found |= {"units": node.units} | {name: getattr(figure, name) for name in NODE_FIGURES}
        found |= further(figure) if self.several else {"one_answer": figure.one_answer}
        return {**found, "why_none": figure.why_none or None, "withheld": dict(figure.withheld) or None}

    def item(self, figure: Figure) -> Document:
        return {
            "id": figure.id,
            **{name: getattr(figure, name) for name in FIGURES},
            "counts": None if figure.counts is None else dict(figure.counts),
            "missing": None if figure.missing is None else dict(figure.missing),
            **(further_of_item(figure) if self.several else {}),
            "withheld": dict(figure.withheld) or None,
        }


def own_document(report: "OwnReport") -> Document:
    """One person's report as JSON has it: the same rounds with one respondent, and what is made of them."""
    return {
        **document(report.edition, report.summary, several=False),
        "group": report.group,
        "date": local_day(report.date).isoformat() if report.date else None,
        "form": "short" if report.short else "full",
        **lists(report.ranking),
        "actions": [
            {
                "id": one.action.id,
                "text": one.action.text,
                "source": one.action.source,
                "skills": list(one.action.skills),
                "because": {
                    "benchmark": one.ranked.node.id,
                    "shown": one.ranked.figure.shown,
                    "target": one.ranked.figure.target,
                },
            }
            for one in report.suggestions
        ],
        "in_plan": [in_plan(one) for one in report.settled],
        "discuss": [{"id": one.node.id, "text": one.node.discuss} for one in report.gaps if one.node.discuss],
        "stock_take": report.stock and own_stock(report.stock),
        "left_open": {kind.key: [item.id for item in report.left_open[kind]] for kind in report.left_open},
        "texts": dict(report.texts),
        "notes": dict(report.notes),
    }


def own_stock(stock: OwnStock) -> Document:
    """What a person could offer others, and what they could practise."""
    return {
        "to_offer": [skill.id for skill in stock.to_offer],
        "to_practise": [
            {"skill": one.skill.id, "item": one.item.id, "action": one.action and one.action.id}
            for one in stock.to_practise
        ],
    }


def lists(ranking: Ranking) -> Document:
    """What is strong, what falls short and what is low all the same, of one person."""
    return {
        "strengths": [scored(one) for one in ranking.strengths],
        "nearest": [aimed(one) for one in ranking.nearest],
        "highest": [scored(one) for one in ranking.highest],
        "gaps": [aimed(one) for one in ranking.gaps],
        "also_low": [{**scored(one), "target": one.figure.target} for one in ranking.also_low],
    }


def scored(one: Ranked) -> Document:
    """A benchmark or skill in a list, with its score."""
    return {"id": one.node.id, "shown": one.figure.shown}


def aimed(one: Ranked) -> Document:
    """The same with its target and its gap."""
    return {**scored(one), "target": one.figure.target, "gap": one.figure.gap}


def in_plan(settled: Settled) -> Document:
    """What would be suggested, with the action of the plan that settles it."""
    suggestion, planned = settled.suggestion, settled.planned
    return {
        "id": suggestion.action.id,
        "benchmark": suggestion.ranked.node.id,
        "planned": planned.id,
        "status": planned.status,
        "done": planned.done.isoformat() if planned.done else None,
        "why": planned.why or None,
    }


def to_json(document: Document) -> str:
    """A document as text: two spaces, letters as they are, keys in the order of the document."""
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def json_pieces(documents: Iterable[Document]) -> Iterator[str]:
    """Documents of rounds of one file, put together, as pieces of text: of very many, all of it would be a lot."""
    end = "\n  ]\n}\n"
    for place, one in enumerate(documents):
        before, rounds, inside = to_json(one).removesuffix(end).partition('"rounds": [')
        yield f",{inside}" if place else before + rounds + inside
    yield end


def csv_pieces(edition: Edition, summaries: Iterable[Summary]) -> Iterator[str]:
    """The same as a table."""
    for place, one in enumerate(summaries):
        text = to_csv(edition, one)
        yield text.partition("\n")[2] if place else text


def to_csv(edition: Edition, summary: Summary, *, several: bool = True, made_up: bool | None = None) -> str:
    """The figures as a table: one row a node or item of each cell, empty where there is none or it is suppressed.
    `several` as in `document`; `made_up` is a column, unless it is None."""
    columns = ["round", "group", "level", "id", "title", *FIGURES, *NODE_FIGURES, *(kind.key for kind in Missing)]
    marks = [] if made_up is None else ["made_up"]
    rows: list[list[object]] = [[*columns, "withheld", *(FURTHER_COLUMNS if several else ()), *marks]]
    for one in summary.rounds:
        for cell in (one.all, *one.groups):
            for figure in _figures(cell):
                fields = [*_fields(edition, one.id, cell, figure), *(further_fields(figure) if several else ())]
                rows.append([*fields, *([] if made_up is None else ["yes" if made_up else "no"])])
    return csv_text.csv_from_rows(rows)


def _figures(cell: Cell) -> Iterator[Figure]:
    if cell.overall:
        yield cell.overall
    for strand in cell.strands:
        yield from strand.walk()


def _fields(edition: Edition, round: str, cell: Cell, figure: Figure) -> Iterator[object]:
    yield from (round, cell.id, figure.level, figure.id, _title(edition, figure))
    for name in (*FIGURES, *NODE_FIGURES):
        yield getattr(figure, name)
    for kind in Missing:
        yield None if figure.missing is None else figure.missing[kind.key]
    yield "; ".join(dict.fromkeys(figure.withheld.values()))


def _title(edition: Edition, figure: Figure) -> str:
    if figure.level == "overall":
        return edition.questionnaire.title
    if figure.level == "item":
        return edition.questionnaire.item(figure.id).text
    return edition.questionnaire.node(figure.id).title


FURTHER_COLUMNS = (
    "invited", "likely_low", "likely_high", "possible_low", "possible_high", "spread", "agreement", "agreement_chance",
    "agreement_chance_high", "opinions", "by_group", "alpha", "alpha_low", "alpha_high", "omega",
)  # fmt: skip  # the columns in their order, at a glance


def further(figure: Figure) -> dict[str, Any]:
    """Of a node."""
    return {
        "invited": figure.invited,
        "likely": ends(figure.likely),
        "possible": ends(figure.possible),
        "spread": figure.spread,
        "agreement": _agreement(figure.agreement),
        "flips": [{"silent": one.silent, "towards": one.towards, "band": one.band} for one in figure.flips],
        "by_group": figure.by_group,
        "reliability": _reliability(figure.reliability),
    }


def further_of_item(figure: Figure) -> dict[str, Any]:
    """Of an item."""
    agreement = _agreement(figure.agreement)
    if agreement is not None and figure.agreement is not None:
        agreement["opinions"] = figure.agreement.opinions
    return {"invited": figure.invited, "spread": figure.spread, "agreement": agreement}


def ends(range: Range | None) -> dict[str, float] | None:
    """A range as a table."""
    return None if range is None else {"low": range.low, "high": range.high}


def _agreement(found: Agreement | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {"index": found.index, "chance": found.chance, "chance_high": found.chance_high}


def _reliability(found: Reliability | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "n": found.n,
        "alpha": found.alpha,
        "low": found.low,
        "high": found.high,
        "item_rest": dict(found.item_rest),
        "without": dict(found.without),
        "omega": found.omega,
        "why_none": found.why_none or None,
    }


def further_fields(figure: Figure) -> Iterator[object]:
    """The cells of a row, in the order of FURTHER_COLUMNS."""
    agreement, reliability = figure.agreement, figure.reliability
    for value in (
        figure.invited, *_both(figure.likely), *_both(figure.possible), figure.spread,
        *((agreement.index, agreement.chance, agreement.chance_high) if agreement else (None, None, None)),
        agreement.opinions if agreement else None,
        figure.by_group,
        *((reliability.alpha, reliability.low, reliability.high, reliability.omega) if reliability else (None,) * 4),
    ):  # fmt: skip  # in the order of the columns
        yield "" if value is None else value


def _both(range: Range | None) -> tuple[float | None, float | None]:
    return (None, None) if range is None else (range.low, range.high)
